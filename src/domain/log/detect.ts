import { formatOf } from './formats/index.js';
import { plain } from './formats/plain.js';
import { type LogFormat } from './model.js';

/** What a detector knows, as plain JSON. */
export interface DetectorState {
  readonly wanted: string;
  /** Name of the decided format; null before that. */
  readonly decided: string | null;
  /** Hits of the formats seen so far, by name. */
  readonly hits: Readonly<Record<string, number>>;
  /** Lines seen before the decision; since then, lines of the present window. */
  readonly lines: number;
}

/** Finds out how the lines of one file are to be read. */
export interface Detector {
  /** Null while undecided. */
  readonly format: LogFormat | null;
  /** What the format that `see` gave out says of that line: `format.level(line)`, without asking it again. */
  readonly lastLevel: number;
  /** The format to read this line with; feeds the decision. */
  see(line: string): LogFormat;
  save(): DetectorState;
}

/** @param wanted `auto`, or a format's name: then only carriers are looked for */
export function createDetector(wanted: string, state?: DetectorState): Detector {
  const format = formatOf(state?.decided ?? wanted);
  return {
    format,
    lastLevel: -1,
    see: () => format ?? plain,
    save: () => ({ wanted, decided: format?.name ?? null, hits: {}, lines: 0 }),
  };
}

/** The message of one line by itself; the line, where nothing in front of it surely is a header. */
export function messageOf(line: string): string {
  return line;
}
