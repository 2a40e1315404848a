/** What the reader of a log is asked and what it answers. */
import type { DetectorState } from './detect.js';
import type { Level, LineClock, LogEvent } from './model.js';
import type { Shape } from './starts.js';

/** How lines become entries: by headers and languages, each line alone, or where `start` matches. */
export type Multiline = boolean | { readonly start: string; readonly maxLines: number };

export interface LogReaderOptions {
  /** A format's name, or `auto`. */
  readonly format: string;
  /** Events below it are counted and skipped. */
  readonly level: Level;
  readonly multiline: Multiline;
  /** Lines before an event that are given with it; 3 where not told. */
  readonly contextLines?: number;
  readonly clock: () => LineClock;
  /** What `state()` answered; then the first bytes are those at its `readFrom`. */
  readonly state?: LogReaderState;
}

/** A stream whose lines go on with an entry that is over, by its hash; `shape` null where all its lines do. */
export interface Skipped {
  readonly stream: number;
  readonly shape: Shape | null;
}

/** Where a reader stands, without a word of the log: plain JSON of a few hundred bytes. */
export interface LogReaderState {
  readonly version: 1;
  /**
   * Where a restarted reader must be given bytes from. At or before `nextByte`: what lies between is an event that was given
   * out but may still grow, and the lines before it that are its context. They are read again and not given out again.
   */
  readonly readFrom: number;
  /** Every byte before it is in an event given out, or was skipped. */
  readonly nextByte: number;
  /** Lines that end at or before it are context only. */
  readonly resumeAt: number;
  /** Up to where events that may still grow were given out; null where none was. */
  readonly givenAt: number | null;
  /** A line without its end was given out as well. */
  readonly givenPartial: boolean;
  /** The level, as `LogFormat.level` tells it, of the entry that goes on at `resumeAt`. */
  readonly before: number;
  readonly skipping: readonly Skipped[];
  /** Of the file: how its bytes are to be read; null where its first bytes are still to come. */
  readonly encoding: 'utf8' | 'utf16le' | 'utf16be' | null;
  readonly detector: DetectorState;
  /** The detector knows the line at `resumeAt` already. */
  readonly lineSeen: boolean;
}

/** Counted since the last call of `counts`; a line counts where it ends. */
export interface LogCounts {
  readonly lines: number;
  /** Entries, not lines. */
  readonly byLevel: Partial<Record<Level | 'none', number>>;
  /** Lines that neither begin an entry nor belong to one. */
  readonly unparsed: number;
  readonly truncatedLines: number;
}

/** Reads one generation of one file from its first byte to its last, or from where another reader stopped. */
export interface LogReader {
  /**
   * @param bytes any cut of the file, kept by reference only during the call
   * @param fromByte where they stand in the file: behind the bytes of the call before
   * @returns events that these bytes finished, in the order of the file
   */
  read(bytes: Buffer, fromByte: number): readonly LogEvent[];
  /**
   * Gives out what waits for more lines: after 150 ms of silence an open event, after 1,000 ms a last line without an end. What
   * comes later is given out as an event that `amends` it.
   * @param quietMs since the last bytes
   */
  settle(quietMs: number): readonly LogEvent[];
  /** The generation is over: gives out everything that is left. */
  end(): readonly LogEvent[];
  /** The first byte that is in no event given out and was not skipped. Grows with every call that gives out an event. */
  readonly nextByte: number;
  /** Belongs to `nextByte`. */
  state(): LogReaderState;
  counts(): LogCounts;
}
