/** One chunk of a transcript, from its lines to facts: sift, redact every text, fold. */
import { redactByType, type Redact } from '../redact/index.js';
import { createTextBag, type Sifted } from './entry.js';
import { readTranscript, type Reading } from './fold.js';
import { siftLine, sniffType } from './sift.js';
import type { ReaderState } from './state.js';

export type TranscriptLine =
  | { readonly line: number; readonly text: string }
  /** A line that is too long to be parsed, with its beginning. */
  | { readonly line: number; readonly tooLong: string };

/** @param redact by default masks that tell the type alone */
export function readLines(state: ReaderState, lines: Iterable<TranscriptLine>, redact: Redact = redactByType): Reading {
  const bag = createTextBag();
  const sifted: Sifted[] = [];
  for (const line of lines) {
    sifted.push(
      'text' in line
        ? siftLine(line.text, line.line, bag)
        : { kind: 'skipped', line: line.line, why: `too-long:${sniffType(line.tooLong)}` },
    );
  }
  return readTranscript(state, sifted, bag.texts.map(redact));
}
