/** What a follower is asked for and what it gives. */

/** A file by its path, files by a glob, or what a command prints. */
export type LogSource = FileSource | CommandSource;

export interface FileSource {
  readonly kind: 'files';
  /** Absolute path, or a glob with an absolute beginning. Nothing has to exist yet, and nothing is ever created. */
  readonly pattern: string;
  /** Where to begin in a file that was there before the follower and is not known, if not where the follower says. */
  readonly from?: 'start' | 'end';
}

export interface CommandSource {
  readonly kind: 'command';
  /** Pieces and problems carry `command:<name>` as their path, and so is `recall` asked. */
  readonly name: string;
  /** Program and arguments; started without a shell, again and again with growing pauses when it ends. */
  readonly argv: readonly string[];
  /**
   * How it goes on after a restart, see `command.ts`. `journald`, `docker`: with `--since` the time that the last line
   * began with, what was read already is left out; of `docker` stderr is read too, in order. `none`: what it prints
   * while nobody listens is lost, and each run is a generation.
   */
  readonly resume: 'journald' | 'docker' | 'none';
}

/**
 * What tells one file from another, and from itself before it was written anew. For a ledger it is opaque: kept and
 * given back as it is, the latest one of a generation.
 */
export interface Identity {
  readonly dev: string;
  readonly ino: string;
  /** Of how many bytes `head` is the hash: at most 1,024, fewer in a shorter file. */
  readonly headBytes: number;
  readonly head: string;
  /** `tail` is the hash of the up to 256 bytes before this byte, which were read. */
  readonly tailByte: number;
  /** For a command: where in its output which time stood. */
  readonly tail: string;
}

/** A file from its first byte until it is truncated, written anew or gone; under whatever names it has meanwhile. */
export interface Generation {
  readonly id: string;
  /** The path under which it was found first, as configured or from a glob: what the ledger knows it by. */
  readonly path: string;
  /** The first of the follower's sources that asked for it, the very object. */
  readonly source: LogSource;
  readonly identity: Identity;
}

/** What a ledger remembers of a generation. */
export interface Known {
  readonly id: string;
  readonly identity: Identity;
  /** The first byte that has to be given again. */
  readonly nextByte: number;
  readonly ended: boolean;
}

/** Bytes of one generation, cut anywhere. Those of a generation come in order, without a gap after its first piece. */
export interface Piece {
  readonly generation: Generation;
  /**
   * Where `bytes` begin. The first piece of a generation begins at `Known.nextByte`, at 0, or at the end that a file
   * never seen had when the follower began; NUL bytes at the very beginning of a file are passed over.
   */
  readonly fromByte: number;
  /** At most 256 KiB; valid until the next call of `next`. Empty only when `ended`. */
  readonly bytes: Buffer;
  /** There was nothing more when it was read. */
  readonly atEnd: boolean;
  /** Nothing will follow in this generation. */
  readonly ended: boolean;
  readonly behindBytes: number;
  /** When the file was last written to. Of a command: now. */
  readonly mtimeMs: number;
}

export type ProblemCode =
  /** A folder, FIFO, socket or device. */
  | 'not-a-file'
  /** No right to read or to look. Reading begins once there is. */
  | 'no-permission'
  /** The kernel gives no more watches or descriptors: files are looked at in turn instead, each within seconds. */
  | 'no-watches'
  | 'no-descriptors'
  /** Truncated or written over before it was read to its end. `detail` says how many bytes are not there any more, if known. */
  | 'lost-bytes'
  /** A command that cannot be started, or ended. `detail` says how. */
  | 'command-ended'
  /** What a command writes to stderr is counted, not kept. `detail` is the number of bytes. */
  | 'command-stderr'
  /** Any other system error; `detail` is its code. */
  | 'unreadable';

/** Told once until it has changed. */
export interface Problem {
  readonly path: string;
  readonly code: ProblemCode;
  readonly detail: string | null;
}

export interface Lag {
  readonly path: string;
  readonly generation: string;
  /** Bytes that are there and were not given yet. */
  readonly behindBytes: number;
  readonly nextByte: number;
  readonly mtimeMs: number;
}

export interface FollowerOptions {
  readonly sources: readonly LogSource[];
  /** What the ledger knows of the generations that were found first at `path`. Asked when a path is seen first. */
  readonly recall: (path: string) => Promise<readonly Known[]>;
  /**
   * Where to begin in a file that was there before the follower and is not known; `end` is after its last whole line.
   * What comes later is read from 0.
   */
  readonly from: 'start' | 'end';
  readonly onProblem: (problem: Problem) => void;
  /** How often what was touched lately is looked at even if nobody told of it; the others in turn, all within 20 times that. */
  readonly pollMs?: number;
  /** How long a file that has lost its name is still looked at after its last byte. */
  readonly graceMs?: number;
  /** Files held open; beyond it those idle longest are closed. One that has lost its name stays open. */
  readonly maxOpen?: number;
  readonly signal?: AbortSignal;
}

export interface Follower {
  /**
   * The next piece; waits for one. Nothing is read until it is called. Files with data take turns. One call at a time.
   * @returns null once the follower is closed or its signal aborted
   */
  next(): Promise<Piece | null>;
  /** Every generation that is followed. Costs a system call for each open file. */
  lag(): readonly Lag[];
  close(): Promise<void>;
}
