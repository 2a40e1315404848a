/** One generation of a file while it is read. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { HEAD_BYTES, TAIL_BYTES, hashOf, readAt, tailAt, type OpenFile } from './identity.js';
import type { FileSource, Generation, Identity, Piece } from './model.js';
import type { Feed } from './turns.js';

export const PIECE_BYTES = 256 * 1024;
/** NUL bytes before the first line are the hole that a writer leaves who does not know that its file was truncated. */
const HOLE_BYTES = 64;
const NEWLINE = 10;
const NOTHING = Buffer.alloc(0);

/** Shared: a piece is valid until the next one is asked for. */
const buffer = Buffer.allocUnsafeSlow(TAIL_BYTES + PIECE_BYTES);

export interface Opened extends OpenFile {
  readonly size: number;
  readonly mtimeMs: number;
  readonly birthMs: number;
}

/**
 * Opens a regular file for reading.
 * @returns null when something else stands there: a FIFO would block, a device might do anything
 * @throws system errors: nothing there, no right, no descriptors left
 */
export function openFile(path: string): Opened | null {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    const { dev, ino } = fstatSync(fd, { bigint: true });
    // With fractions of a millisecond, which the other has not.
    const stat = fstatSync(fd);
    if (stat.isFile()) {
      const { size, mtimeMs, birthtimeMs: birthMs } = stat;
      return { fd, dev: String(dev), ino: String(ino), size, mtimeMs, birthMs };
    }
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  closeSync(fd);
  return null;
}

/** Of a file that is there: no two have the same. Numbers as `stat` gives them, without their last bits if need be. */
export function keyOf({ dev, ino }: { readonly dev: string | number; readonly ino: string | number }): string {
  return `${Number(dev)}:${Number(ino)}`;
}

/** What is read before something else: to its end at least once. */
export interface Before {
  readonly drained: boolean;
  readonly ended: boolean;
  readonly next: Track | null;
}

export type Read =
  | { readonly kind: 'bytes'; readonly piece: Piece }
  /** Nothing new; `more` when a hole was passed over that goes on. */
  | { readonly kind: 'nothing'; readonly more: boolean }
  /** What was read before does not stand there any more: truncated, or written anew. */
  | { readonly kind: 'rewritten' };

export class Track implements Feed {
  fd: number | null;
  dev: string;
  ino: string;
  mtimeMs: number;
  readonly birthMs: number;
  nextByte = 0;
  /** As last seen; for telling whether something was lost. */
  size: number;
  /** Reached its end at least once: what followed it at its path may be read. */
  drained = false;
  /** Whether `begin` was called: before, it is not known where to read. */
  decided = false;
  activeAtMs = 0;
  /** The rest is taken from a copy. */
  fromCopy = false;
  /** It has been at its end for long enough without a name: the next read that finds nothing ends it. */
  ending = false;
  ended = false;
  /** What stood at the path before: read first. */
  after: Before | null = null;
  /** What stands in its file since it was written anew. */
  next: Track | null = null;
  /** The followed paths that lead here now. */
  names: readonly string[] = [];
  /** Bytes as latin1, which costs half of what a buffer does: there may be ten thousand of these. */
  #head = '';
  #headHash: string | null = null;
  #tail = '';
  #inHole = false;

  constructor(
    public id: string,
    public path: string,
    readonly source: FileSource,
    file: Opened,
    private readonly takeFrom: (track: Track) => Piece | null,
  ) {
    this.fd = file.fd;
    this.dev = file.dev;
    this.ino = file.ino;
    this.size = file.size;
    this.mtimeMs = file.mtimeMs;
    this.birthMs = file.birthMs;
  }

  get key(): string {
    return keyOf(this);
  }

  /** Whether this file and one that begins with `head`, as latin1, are equal as far as both are known. */
  beginsLike(head: string): boolean {
    return head.startsWith(this.#head) || this.#head.startsWith(head);
  }

  get identity(): Identity {
    this.#headHash ??= hashOf(this.#head);
    return {
      dev: this.dev,
      ino: this.ino,
      headBytes: this.#head.length,
      head: this.#headHash,
      tailByte: this.nextByte,
      tail: hashOf(this.#tail),
    };
  }

  get generation(): Generation {
    return { id: this.id, path: this.path, source: this.source, identity: this.identity };
  }

  take(): Piece | null {
    return this.takeFrom(this);
  }

  waits(): boolean {
    // Forgotten as soon as it is through, or each generation would hold all before it.
    while (this.after !== null && (this.after.drained || this.after.ended)) {
      const { next } = this.after;
      this.after = next === this ? null : next;
    }
    return this.after !== null || !this.decided;
  }

  /** Reads from `byte` on, or from after the last whole line. */
  begin(fd: number, byte: number | 'end'): void {
    this.decided = true;
    this.nextByte = byte === 'end' ? afterLastLine(fd, fstatSync(fd).size) : byte;
    this.#head = readAt(fd, 0, HEAD_BYTES).toString('latin1');
    this.#headHash = null;
    this.#tail = tailAt(fd, this.nextByte).toString('latin1');
    // It shrank meanwhile: the first read finds out.
    if (this.#tail.length < Math.min(TAIL_BYTES, this.nextByte)) this.#tail = '\u0001'.repeat(TAIL_BYTES);
  }

  /** Goes on in a file with the same content. */
  moveTo(file: Opened): void {
    this.fd = file.fd;
    this.dev = file.dev;
    this.ino = file.ino;
    this.size = file.size;
    this.mtimeMs = file.mtimeMs;
  }

  /**
   * The next bytes. The bytes before them are read along and compared, in one call: so a file that was truncated and
   * has grown beyond the old place again is found out, and nothing can come between the question and the reading.
   */
  read(fd: number): Read {
    const before = this.#tail.length;
    const read = readSync(fd, buffer, 0, before + PIECE_BYTES, this.nextByte - before);
    if (read < before || this.#tail !== buffer.toString('latin1', 0, before)) return { kind: 'rewritten' };
    const stat = fstatSync(fd);
    this.size = stat.size;
    this.mtimeMs = stat.mtimeMs;
    if (read === before) return { kind: 'nothing', more: false };
    let bytes = buffer.subarray(before, read);
    let fromByte = this.nextByte;
    this.#pass(bytes, buffer.subarray(0, read));
    if (fromByte === 0 || this.#inHole) {
      const hole = holeOf(bytes);
      this.#inHole = hole === bytes.length && (hole >= HOLE_BYTES || this.#inHole);
      if (hole >= HOLE_BYTES || (this.#inHole && hole > 0)) {
        fromByte += hole;
        bytes = bytes.subarray(hole);
      }
      if (bytes.length === 0) return { kind: 'nothing', more: this.size > this.nextByte };
    }
    const behindBytes = Math.max(0, stat.size - this.nextByte);
    const piece = {
      generation: this.generation,
      fromByte,
      bytes,
      atEnd: behindBytes === 0,
      ended: false,
      behindBytes,
      mtimeMs: stat.mtimeMs,
    };
    return { kind: 'bytes', piece };
  }

  /** The last piece. */
  end(): Piece {
    return {
      generation: this.generation,
      fromByte: this.nextByte,
      bytes: NOTHING,
      atEnd: true,
      ended: true,
      behindBytes: 0,
      mtimeMs: this.mtimeMs,
    };
  }

  #pass(bytes: Buffer, withTail: Buffer): void {
    // What was seen there before anything was read may have been written over since.
    if (this.nextByte === 0) this.#head = '';
    const known = this.#head.length;
    if (known < HEAD_BYTES && this.nextByte <= known) {
      const grown = bytes.toString('latin1', known - this.nextByte, HEAD_BYTES - this.nextByte);
      if (grown !== '') {
        this.#head += grown;
        this.#headHash = null;
      }
    }
    this.nextByte += bytes.length;
    this.#tail = withTail.toString('latin1', Math.max(0, withTail.length - TAIL_BYTES));
  }
}

function holeOf(bytes: Buffer): number {
  let at = 0;
  while (at < bytes.length && bytes[at] === 0) at += 1;
  return at;
}

/** Where the line begins that is being written; 0 if there is none in the last 256 KiB. */
function afterLastLine(fd: number, size: number): number {
  const from = Math.max(0, size - PIECE_BYTES);
  const newline = readAt(fd, from, size - from).lastIndexOf(NEWLINE);
  // A line as long as that is given from its middle: its reader keeps no such line anyway.
  return newline === -1 ? from : from + newline + 1;
}
