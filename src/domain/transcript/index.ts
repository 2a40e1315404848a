/** Reading Claude Code's transcripts: `readLines` takes a chunk's lines to facts. */
export { readLines, type TranscriptLine } from './read.js';
export { initialState, READER_VERSION, type ReaderState } from './state.js';
export { sessionOfFile } from './session-of-file.js';
