/** The nouns of reading a service's log. Texts are as they stand in the file: nothing leaves `tail` before it is redacted. */

/** From the least to the most pressing; a format's own words are mapped to these. */
export const LEVELS = ['trace', 'debug', 'info', 'notice', 'warning', 'error', 'critical'] as const;
export type Level = (typeof LEVELS)[number];

/** What stands in front of the message on the first line of an entry. */
export interface LogHeader {
  /** Epoch milliseconds; null where the line tells no time. */
  readonly at: number | null;
  /** Null where the line tells none; by the format's own field or, of an access log, by the HTTP status. */
  readonly level: Level | null;
  /** Logger, module or program. */
  readonly logger: string | null;
  /** Process, thread or request that wrote the entry: lines of two streams never join. */
  readonly stream: string | null;
  /** HTTP status of an access log's line. */
  readonly status: number | null;
  /** Where the message begins, in UTF-16 units; the line's end where it has none. */
  readonly messageAt: number;
  /** The message where it is no plain rest of the line, as in JSON; null otherwise. */
  readonly message: string | null;
  /** A stack trace that stands in a field of its own, as in JSON; null otherwise. */
  readonly stack: string | null;
}

/** How the lines of one program look. Stateless: `clock` brings what the line leaves out. */
export interface LogFormat {
  readonly name: string;
  /**
   * The fast half, called for every line: -1 where the line begins no entry of this format, else an index into `LEVELS`,
   * or `NO_LEVEL`.
   */
  level(line: string): number;
  /**
   * How many characters at the start of a line decide what `level` says: any other that begins with them, other digits in
   * their places, is at the same level. 0 where that is not known.
   */
  settled?(line: string): number;
  /**
   * What `level` says of the line that begins at byte `at`, where its first bytes alone tell; -1 where `level` is to be asked.
   * Of UTF-8; a line end must follow in `bytes`. `NO_LEVEL` only of a line that tells of no crash.
   */
  quick?(bytes: Uint8Array, at: number): number;
  /** The whole header; called only for lines whose `level` is not -1. */
  header(line: string, clock: LineClock): LogHeader;
  /** True where a line without a header is an entry of its own (console output) rather than more of the entry before it. */
  readonly loose?: boolean;
  /**
   * Only where docker, journald or the like put columns in front of *every* line: the line as the program wrote it, to be
   * asked of lines that begin no entry (`level` gave -1). The header has its parts already.
   */
  carried?(line: string): Carried;
}

/** A line as its program wrote it. */
export interface Carried {
  readonly text: string;
  /** As `LogHeader.stream`. */
  readonly stream: string | null;
  /** The carrier cut the line: the next one of the stream goes on with it, without a line end between. */
  readonly unfinished: boolean;
}

/** A line that begins an entry and tells no level. */
export const NO_LEVEL = LEVELS.length;

/** What a line does not tell: the year and the day, and the zone of a time that names none. */
export interface LineClock {
  /** Epoch milliseconds of about when the line was written: the file's last change or now. */
  readonly now: number;
  /** Minutes east of UTC for times without a zone. */
  readonly zoneMinutes: number;
}

/** One call of a stack. */
export interface Frame {
  readonly function: string | null;
  readonly file: string | null;
  /** From 1. */
  readonly line: number | null;
  /** Of the program itself, neither of its language nor of a library. */
  readonly inApp: boolean;
}

/** An exception as structure. */
export interface Trace {
  readonly language: string;
  /** Such as `ValueError`, `java.io.IOException`, `panic`. */
  readonly type: string;
  readonly message: string;
  /** The call that failed first. */
  readonly frames: readonly Frame[];
  /** Causes and contexts, the nearest first. */
  readonly causes: readonly { readonly type: string; readonly message: string }[];
}

/** One entry of a log, all its lines. */
export interface LogEvent {
  readonly fromByte: number;
  /** Behind its last line end. */
  readonly toByte: number;
  readonly at: number | null;
  readonly level: Level;
  readonly logger: string | null;
  readonly stream: string | null;
  readonly status: number | null;
  /** Without header, colours and line end; further lines behind `\n`. */
  readonly text: string;
  readonly trace: Trace | null;
  /** How often it happened: 1, and what a suppression counter in the line adds; 0 where what it amends was none after all. */
  readonly repeats: number;
  /** Lines of the same log just before it, oldest first. */
  readonly context: readonly string[];
  /** Lines that a cap left out of `text`. */
  readonly linesLeftOut: number;
  /** Its last line had no end yet. */
  readonly partial: boolean;
  /** The same event was given out before, shorter (same `fromByte`): this one replaces it. */
  readonly amends: LogEvent | null;
}
