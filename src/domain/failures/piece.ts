/** A part of a text that tells of one failure. */
import type { Line } from './window.js';

/**
 * How much a line must prove: in a program's own output less than where documents stand beside it. Of an `error` it is known
 * that something failed: only what surely are several failures are several.
 */
export type Trust = 'run' | 'log' | 'mixed' | 'pasted' | 'error';

export interface Piece {
  readonly at: number;
  readonly to: number;
  readonly message: string;
  /** Two pieces with one key are one failure. */
  readonly key: string;
}

/** Pieces of one text that are looked at before they are put together. */
export const MAX_PIECES = 400;

/** What stays the same when the same thing is said of another time, file or count. */
export const numberless = (text: string): string =>
  text
    .slice(0, 300)
    .toLowerCase()
    .replace(/"[^"\n]{0,80}"|'[^'\n]{0,80}'|`[^`\n]{0,80}`/g, '"')
    .replace(/(?:[\w.:-]*\/)+[\w.-]+/g, '/')
    .replace(/\b(?=\w*\d)[\w-]+/g, '#')
    .replace(/\s+/g, ' ');

export const plain = (lines: readonly Line[], at: number, to: number): Piece => {
  const message = lines
    .slice(at, to + 1)
    .map(({ text }) => text)
    .join('\n')
    .trim();
  return { at, to, message, key: numberless(message.split('\n', 1)[0] ?? '') };
};
