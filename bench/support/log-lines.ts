/** A service's log of a given size, with few errors. */
import { closeSync, openSync, writeSync } from 'node:fs';

const LINE_BYTES = 111;
const BATCH_LINES = 20_000;

/** What goes wrong, in words that nobody takes for another. */
export const ERRORS = [
  'connection to npu worker refused after # ms',
  'redis timed out while reading knowledge #',
  'upload of chunk # was cut short by the peer',
  'cannot decode reply of model server at byte #',
  'lock of session # expired before commit',
  'frontend sent a token that is # s too old',
  'embedding # has the wrong number of dimensions',
  'disk quota exceeded while writing snapshot #',
  'websocket # closed without a closing frame',
  'migration step # left a dangling index',
  'scheduler missed # ticks in a row',
  'certificate of browser node expired # days ago',
] as const;

/** One line as Python's logging writes it, filled up to 111 bytes. */
export function logLine(at: number, level: string, message: string): string {
  const time = new Date(at).toISOString().replace('T', ' ').replace('.', ',').slice(0, 23);
  return `${time} ${level.padEnd(8)} backend.worker ${message}`.padEnd(LINE_BYTES - 1, '.').slice(0, LINE_BYTES - 1);
}

/**
 * Writes `bytes` of lines, a millisecond after each other, the last one about now.
 * @param share of errors, 0 to 1
 */
export function writeLog(path: string, bytes: number, share: number): { lines: number; errors: number } {
  const lines = Math.floor(bytes / LINE_BYTES);
  const every = share > 0 ? Math.round(1 / share) : Infinity;
  const fd = openSync(path, 'w');
  let errors = 0;
  try {
    for (let from = 0; from < lines; from += BATCH_LINES) {
      let text = '';
      const until = Math.min(lines, from + BATCH_LINES);
      for (let index = from; index < until; index += 1) {
        const at = Date.now() - (lines - index);
        if (index % every === every - 1) {
          const message = ERRORS[errors % ERRORS.length] ?? '';
          text += `${logLine(at, 'ERROR', `${message.replace('#', String(index))} `)}\n`;
          errors += 1;
        } else {
          text += `${logLine(at, 'INFO', `request ${index} of client ${index % 997} done in ${index % 89} ms, 0 errors `)}\n`;
        }
      }
      writeSync(fd, text);
    }
  } finally {
    closeSync(fd);
  }
  return { lines, errors };
}
