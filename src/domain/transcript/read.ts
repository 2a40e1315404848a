/** One chunk of a transcript, from its lines to facts: sift, redact every text, fold. */
import { redactByType, untagged, type Redact } from '../redact/index.js';
import { createTextBag, type Sifted } from './entry.js';
import { readTranscript, type Reading } from './fold.js';
import type { KnownCall, Sifting } from './said.js';
import { siftLine, sniffType } from './sift.js';
import type { ReaderState } from './state.js';

export type TranscriptLine =
  | { readonly line: number; readonly text: string }
  /** A line that is too long to be parsed, with its beginning. */
  | { readonly line: number; readonly tooLong: string };

/** How much is read of a line. */
export interface ReadOptions {
  /** Whether tasks and errors are read from prose too, and not only from lists and failed calls. */
  readonly prose: boolean;
}

/** @param redact by default masks that tell the type alone */
export function readLines(
  state: ReaderState,
  lines: Iterable<TranscriptLine>,
  redact: Redact = redactByType,
  { prose }: ReadOptions = { prose: true },
): Reading {
  const bag = createTextBag();
  const sifted: Sifted[] = [];
  const calls = new Map<string, KnownCall>();
  const sifting: Sifting = {
    prose,
    bag,
    call: (id) => calls.get(id) ?? knownCall(state, id),
    // As it will be remembered: where a file is cut into chunks makes no difference.
    opened: (id, { tool, summary }) =>
      calls.set(id, { tool, summary: summary === null ? null : untagged(redact(summary)) }),
  };
  for (const line of lines) {
    sifted.push(
      'text' in line
        ? siftLine(line.text, line.line, sifting)
        : { kind: 'skipped', line: line.line, why: `too-long:${sniffType(line.tooLong)}` },
    );
  }
  return readTranscript(state, sifted, bag.texts.map(redact));
}

function knownCall(state: ReaderState, id: string): KnownCall | undefined {
  const call = state.calls[id];
  return call === undefined ? undefined : { tool: call.tool, summary: call.summary ?? null };
}
