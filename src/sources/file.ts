/**
 * Reading a growing transcript: which file it is, and its whole lines from a byte on.
 *
 * The reads are synchronous: at most one chunk (1 MiB) at a time, some 0.2 ms from the page cache. A trip to the thread
 * pool and back costs more than that: the asynchronous calls reach 0.9 GB/s where these reach 3, and what is read is
 * parsed on this thread anyway.
 */
import { isAscii } from 'node:buffer';
import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { hostname } from 'node:os';
import type { FileRef } from '../domain/model.js';
import { PermanentError } from '../errors.js';
import { isGone } from './code-of.js';

const MIB = 1024 * 1024;
const HEAD_BYTES = 1024;
const BEFORE_BYTES = 256;
/** How much of a line that is too long is kept, to tell its type. */
const LONG_HEAD_BYTES = 4096;
const NEWLINE = 10;
const RETURN = 13;

/**
 * A line of a file, without its newline (and without a carriage return before it). Empty lines are lines too.
 *
 * `fromByte`: its first byte in the file. `lineCount`: how many lines end between the start of this read and here, this
 * one included, so that the number of a line is the lines read before plus `lineCount`. It is 0 for what follows, on the
 * same line, an object that an earlier read took before its newline was there.
 *
 * `bytes` of a `line` is a view of the reader's buffer: it holds only until the next chunk is asked for.
 */
export type RawLine =
  | { readonly kind: 'line'; readonly bytes: Buffer; readonly fromByte: number; readonly lineCount: number }
  | {
      readonly kind: 'too-long';
      /** Length in bytes; the line itself was streamed past and not kept. */
      readonly bytes: number;
      /** Its first 4 KiB, decoded lossily: enough to sniff a type. */
      readonly head: string;
      readonly fromByte: number;
      readonly lineCount: number;
    };

export interface Chunk {
  readonly lines: readonly RawLine[];
  /** Where the next read goes on: after the last line of this chunk. */
  readonly nextByte: number;
  /** Nothing but an unfinished line (of `tailBytes` bytes) is left. The last chunk says so, and there always is one. */
  readonly atEnd: boolean;
  readonly tailBytes: number;
}

export interface ReadOptions {
  /** Bytes asked of the file at once. */
  readonly chunkBytes?: number;
  /** A longer line is not kept but counted as `too-long`. */
  readonly maxLineBytes?: number;
  readonly signal?: AbortSignal;
}

/** A file as it was when it was looked at. */
export interface SeenFile extends FileRef {
  readonly size: number;
  readonly mtimeMs: number;
}

/** One open transcript. All answers are about the same file, whatever happens to its path meanwhile. */
export interface OpenTranscript {
  readonly ref: FileRef;
  /** Size in bytes and change time when it was opened. */
  readonly size: number;
  readonly mtimeMs: number;
  /** Hash of the first `bytes` bytes, to compare with an older `head`; null if the file has fewer. */
  hashFirst(bytes: number): string | null;
  /** Hash of the 256 bytes before `offset` (fewer at the start); null if the file is shorter than `offset`. */
  hashBefore(offset: number): string | null;
  /** As `readChunks`, on this open file. */
  chunks(fromByte: number, options?: ReadOptions): AsyncIterable<Chunk>;
  close(): void;
}

/** What a line says. Bytes that are not UTF-8 become U+FFFD; a byte order mark at the start of the file is left out. */
export function text(line: Extract<RawLine, { kind: 'line' }>): string {
  // Three lines of four are plain ASCII, which is copied four times as fast as UTF-8 is decoded.
  const decoded = line.bytes.toString(isAscii(line.bytes) ? 'latin1' : 'utf8');
  return line.fromByte === 0 && decoded.startsWith('\uFEFF') ? decoded.slice(1) : decoded;
}

/**
 * Which file stands at `path` now; null when there is none.
 * @throws PermanentError when it is no regular file
 */
export function identify(path: string, host: string = hostname()): SeenFile | null {
  const file = openTranscript(path, host);
  if (file === null) return null;
  file.close();
  return { ...file.ref, size: file.size, mtimeMs: file.mtimeMs };
}

/**
 * Opens a transcript for one reading; null when there is none. The caller closes it.
 * @throws PermanentError when it is no regular file; system errors such as `EACCES` as they come
 */
export function openTranscript(path: string, host: string = hostname()): OpenTranscript | null {
  let fd: number;
  try {
    // Without O_NONBLOCK, opening a named pipe would wait for a writer for ever.
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) throw new PermanentError(`${path} is not a regular file`);
    const head = hashOf(fd, 0, Math.min(stat.size, HEAD_BYTES));
    return {
      ref: { host, path, dev: stat.dev, ino: stat.ino, ...head },
      size: stat.size,
      mtimeMs: stat.mtimeMs,
      hashFirst: (bytes) => whole(hashOf(fd, 0, bytes), bytes),
      hashBefore: (offset) => {
        const bytes = Math.min(offset, BEFORE_BYTES);
        return whole(hashOf(fd, offset - bytes, bytes), bytes);
      },
      chunks: (fromByte, options = {}) => chunksOf(fd, stat.size, fromByte, options),
      close: () => closeSync(fd),
    };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/**
 * Whole lines of `path` from `fromByte` on. A tail without newline is given once it parses as a JSON object (no strict
 * prefix of an object does), else it is left for the next read. Lines are to be used before the next chunk is asked for.
 * @param fromByte bytes from the start, as `nextByte` of an earlier chunk; 0 for a new file; past the end, nothing is read
 * @throws PermanentError when the file is gone or not a regular file; the signal's reason when it aborts
 */
export async function* readChunks(path: string, fromByte: number, options: ReadOptions = {}): AsyncGenerator<Chunk> {
  const file = openTranscript(path);
  if (file === null) throw new PermanentError(`${path} is gone`);
  try {
    yield* file.chunks(fromByte, options);
  } finally {
    file.close();
  }
}

async function* chunksOf(
  fd: number,
  size: number,
  fromByte: number,
  { chunkBytes = MIB, maxLineBytes = 16 * MIB, signal }: ReadOptions,
): AsyncGenerator<Chunk> {
  // A small file gets a small buffer, so that thousands of them cost no more than their bytes.
  let buffer: Buffer = Buffer.allocUnsafeSlow(clamp(size - fromByte + 1, Math.min(4096, chunkBytes), chunkBytes));
  /** Bytes at the start of the buffer that belong to a line whose end was not there yet. */
  let held = 0;
  let lineCount = 0;
  /** Where in the file the buffer's first byte stands. */
  let base = fromByte;
  /** A line that became too long: its bytes are no longer kept, only its start. */
  let passing: { fromByte: number; head: string } | null = null;
  /** Set until the end of a line whose object was taken before its newline came. */
  let continued = fromByte > 0 && !endsLine(fd, fromByte);

  for (;;) {
    signal?.throwIfAborted();
    if (held > buffer.length / 2) buffer = enlarge(buffer, held, chunkBytes, maxLineBytes);
    const room = Math.min(chunkBytes, buffer.length - held);
    const bytesRead = readSync(fd, buffer, held, room, base + held);
    const end = held + bytesRead;
    // A short read alone may be a network file system's mood; the size is as of opening.
    const atEnd = bytesRead === 0 || (bytesRead < room && base + end >= size);
    const view = buffer.subarray(0, end);
    const lines: RawLine[] = [];
    let start = 0;

    const take = (until: number): void => {
      const from: number = base + start;
      if (passing !== null || until - start > maxLineBytes) {
        const long = passing ?? { fromByte: from, head: headOf(view, start) };
        lineCount += continued ? 0 : 1;
        lines.push({ kind: 'too-long', bytes: base + until - long.fromByte, ...long, lineCount });
        passing = null;
      } else {
        const bytes = view.subarray(start, until > start && view[until - 1] === RETURN ? until - 1 : until);
        if (!continued) lines.push({ kind: 'line', bytes, fromByte: from, lineCount: ++lineCount });
        else if (!isBlank(bytes)) lines.push({ kind: 'line', bytes, fromByte: from, lineCount });
      }
    };

    for (let newline = view.indexOf(NEWLINE, held); newline !== -1; newline = view.indexOf(NEWLINE, start)) {
      take(newline);
      continued = false;
      start = newline + 1;
    }
    if (passing === null && end - start > maxLineBytes) {
      passing = { fromByte: base + start, head: headOf(view, start) };
    }
    if (passing === null && atEnd && start < end && isWhole(view.subarray(start, end), continued)) {
      take(end);
      start = end;
    }

    const nextByte: number = passing === null ? base + start : passing.fromByte;
    if (lines.length > 0 || atEnd) yield { lines, nextByte, atEnd, tailBytes: base + end - nextByte };
    if (atEnd) return;

    if (passing !== null) start = end;
    buffer.copyWithin(0, start, end);
    base += start;
    held = end - start;
  }
}

/** Room for a long line is taken at once: doubling would hold the old and the new bytes side by side. */
function enlarge(buffer: Buffer, held: number, chunkBytes: number, maxLineBytes: number): Buffer {
  const wanted = buffer.length < chunkBytes ? chunkBytes : maxLineBytes + chunkBytes;
  if (wanted <= buffer.length) return buffer;
  const larger = Buffer.allocUnsafeSlow(wanted);
  buffer.copy(larger, 0, 0, held);
  return larger;
}

/** Whether a tail without newline is complete: it parses as an object, or adds nothing to an object already taken. */
function isWhole(tail: Buffer, continued: boolean): boolean {
  if (continued && isBlank(tail)) return true;
  // Looking at both ends first spares the parser every tail that is still being written.
  const trimmed = tail.subarray(firstInk(tail), lastInk(tail) + 1);
  if (trimmed[0] !== 0x7b || trimmed[trimmed.length - 1] !== 0x7d) return false;
  try {
    JSON.parse(trimmed.toString('utf8'));
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

const isBlank = (bytes: Buffer): boolean => firstInk(bytes) === bytes.length;
const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09 || byte === RETURN;

function firstInk(bytes: Buffer): number {
  let at = 0;
  while (at < bytes.length && isSpace(bytes[at])) at += 1;
  return at;
}

function lastInk(bytes: Buffer): number {
  let at = bytes.length - 1;
  while (at >= 0 && isSpace(bytes[at])) at -= 1;
  return at;
}

function endsLine(fd: number, offset: number): boolean {
  const before = Buffer.alloc(1);
  return readSync(fd, before, 0, 1, offset - 1) === 0 || before[0] === NEWLINE;
}

/** Hash of `bytes` bytes from `from` on, or of as many as there are. */
function hashOf(fd: number, from: number, bytes: number): { head: string; headBytes: number } {
  const buffer = Buffer.alloc(bytes);
  const headBytes = readSync(fd, buffer, 0, bytes, from);
  const head = createHash('sha256').update(buffer.subarray(0, headBytes)).digest('hex').slice(0, 16);
  return { head, headBytes };
}

const whole = (hash: { head: string; headBytes: number }, bytes: number): string | null =>
  hash.headBytes === bytes ? hash.head : null;
const headOf = (view: Buffer, start: number): string => view.subarray(start, start + LONG_HEAD_BYTES).toString('utf8');
const clamp = (value: number, min: number, max: number): number => Math.max(min, Math.min(max, value));
