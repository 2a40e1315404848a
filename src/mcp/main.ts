/** `node dist/src/mcp/main.js`: the stdio server alone, as `mcp-autobot-tracker mcp` runs it. */
import { serveProcess } from './stdio/process.js';

await serveProcess();
