/** `node dist/src/mcp/main.js`: the stdio server alone, as `mcp-autobot-tracker mcp` runs it. */
import { serveProcess } from './serve-process.js';

await serveProcess();
