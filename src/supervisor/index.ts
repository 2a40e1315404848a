/** Starting, stopping and describing the processes of one home. PM2 is known here and nowhere else. */
export { boardAddress } from './board.js';
export { readLag, transcriptSizes, type Lag } from './lag.js';
export { layoutOf } from './layout.js';
export { mcpAddress } from './mcp-http.js';
export { systemState, systemStatus, type SystemStatus } from './status.js';
export { down, up, type UpResult } from './up.js';
