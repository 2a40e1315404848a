/** `node dist/src/mcp/http-main.js`: the PM2 app `tracker-mcp-http`. */
import { serveHttpProcess } from './http/process.js';

await serveHttpProcess({ isManaged: true });
