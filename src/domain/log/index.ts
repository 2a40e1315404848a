/** The door of reading logs. */
export { createLogReader } from './reader.js';
export type { LogCounts, LogReader, LogReaderOptions, LogReaderState, Multiline } from './reader-model.js';
export { traceOf } from './trace/index.js';
