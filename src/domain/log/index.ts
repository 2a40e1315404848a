/** The door of reading logs. */
export { createLogReader } from './reader.js';
export type { LogReader, LogReaderOptions, LogReaderState } from './reader-model.js';
export { traceOf } from './trace/index.js';
