/** Events out of the bytes of a log. */
import type { LogReader, LogReaderOptions } from './reader-model.js';

export function createLogReader(options: LogReaderOptions): LogReader {
  let nextByte = options.state?.nextByte ?? 0;
  return {
    read: (bytes, fromByte) => {
      nextByte = fromByte + bytes.length;
      return [];
    },
    settle: () => [],
    end: () => [],
    get nextByte() {
      return nextByte;
    },
    state: () => ({
      version: 1,
      readFrom: nextByte,
      nextByte,
      resumeAt: nextByte,
      givenAt: null,
      givenPartial: false,
      before: -1,
      encoding: 'utf8',
      detector: null,
    }),
    counts: () => ({ lines: 0, byLevel: {}, unparsed: 0, truncatedLines: 0 }),
  };
}
