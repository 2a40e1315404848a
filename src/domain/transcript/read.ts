/** One chunk of a transcript, from its lines to facts: sift, redact everything in one pass, fold. */
import { redactTexts, type RedactionRules } from '../redact.js';
import { createTextBag, type Sifted } from './entry.js';
import { readTranscript, type Reading } from './fold.js';
import { siftLine, sniffType } from './sift.js';
import type { ReaderState } from './state.js';

export type TranscriptLine =
  | { readonly line: number; readonly text: string }
  /** A line that is too long to be parsed, with its beginning. */
  | { readonly line: number; readonly tooLong: string };

/**
 * @param lines are looked at before anything is awaited, so they may be views of a buffer that is used again
 * @param rules further redaction rules, from the configuration
 */
export async function readLines(
  state: ReaderState,
  lines: Iterable<TranscriptLine>,
  rules?: RedactionRules,
): Promise<Reading> {
  const bag = createTextBag();
  const sifted: Sifted[] = [];
  for (const line of lines) {
    sifted.push(
      'text' in line
        ? siftLine(line.text, line.line, bag)
        : { kind: 'skipped', line: line.line, why: `too-long:${sniffType(line.tooLong)}` },
    );
  }
  return readTranscript(state, sifted, await redactTexts(bag.texts, rules));
}
