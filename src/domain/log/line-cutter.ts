/**
 * Lines out of the bytes of a file, however they are cut. A chunk is decoded once, as Latin-1, so that a place in it is a
 * place in the file; only what is asked for is decoded as what it is. Beyond 300 lines: cutting, holding what has no end yet
 * and looking back share the same few buffers, and a call between files for each line would cost more than the cutting.
 */

const MAX_LINE_BYTES = 262_144;
const KEPT_LINE_BYTES = 65_536;
/** Lines before an event are given with it as far as they lie wholly within so many bytes. */
const CONTEXT_BYTES = 4_096;
const CHUNK_BYTES = 1_048_576;
/** Decoded at a time: longer strings are no short-lived objects to V8, and making them takes five times as long. */
const DECODED_BYTES = 65_536;
const MAX_CONTEXT_CHARS = 300;

export type Encoding = 'utf8' | 'utf16le' | 'utf16be';

/** One line; the same object each time, filled anew. */
export interface Line {
  /** Without its line end; of UTF-8 as Latin-1, which is good enough to find a header. */
  readonly rough: string;
  readonly from: number;
  /** Behind its line end. */
  readonly to: number;
  /** Bytes that were left out of it. */
  readonly leftOut: number;
  /** False where no escape sequence is in it. */
  readonly coloured: boolean;
  /** As it stands, with U+FFFD for what is no text and U+2400 for NUL. */
  text(): string;
  /** Where the lines before it begin that are its context, and those. */
  context(lines: number): Context;
}

export interface Context {
  readonly from: number;
  /** To be asked before the next line. */
  readonly lines: () => readonly string[];
}

const NOTHING: Buffer = Buffer.alloc(0);
const ZERO: Buffer = Buffer.alloc(1);
const utf16le = new TextDecoder('utf-16le');
const utf16be = new TextDecoder('utf-16be');

const visible = (text: string): string => (text.includes('\u0000') ? text.replaceAll('\u0000', '\u2400') : text);

/** The last bytes may be the beginning of a character. */
function wholeCharacters(bytes: Buffer): Buffer {
  let end = bytes.length;
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) {
      const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      if (needs > back) end = bytes.length - back;
      break;
    }
    if (byte < 0x80) break;
  }
  return bytes.subarray(0, end);
}

export class LineCutter implements Line {
  rough = '';
  from = 0;
  to = 0;
  leftOut = 0;
  coloured = false;
  /** The first byte of the line that has no end yet. */
  lineAt: number;
  /** Bytes of that line so far. */
  waiting = 0;
  encoding: Encoding | null;

  private held: Buffer[] = [];
  private heldBytes = 0;
  /** Of a wide file: the last byte may be the first half of a line end. */
  private half = false;
  private chunk: Buffer = NOTHING;
  private start = 0;
  private end = 0;
  /** What came before `chunk`, at most CONTEXT_BYTES; it begins with a line. */
  private carry: Buffer = NOTHING;

  /** @param at where the first bytes stand in the file: at the beginning of a line */
  constructor(
    at: number,
    encoding: Encoding | null,
    private readonly each: (line: Line) => void,
    /** Whether a line of UTF-8 that begins at byte `at` of `bytes` and ends in them, `to` in the file, need not be cut out. */
    private readonly skips: (bytes: Buffer, at: number, to: number) => boolean,
  ) {
    this.lineAt = at;
    this.encoding = encoding ?? (at === 0 ? null : 'utf8');
  }

  /** Begins anew at a line that begins there. */
  startAt(at: number): void {
    this.forget();
    this.carry = NOTHING;
    this.lineAt = at;
    if (at > 0) this.encoding ??= 'utf8';
  }

  /** Where the next bytes stand in the file. */
  get position(): number {
    return this.lineAt + this.waiting;
  }

  feed(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) this.feedPiece(bytes.subarray(at, at + CHUNK_BYTES));
  }

  /** The line that has no end yet, if there is one. */
  unended(): Line | null {
    if (this.waiting === 0) return null;
    this.encoding ??= this.detected(Buffer.concat(this.held));
    this.present(Buffer.concat(this.held), this.lineAt, 0, this.heldBytes, this.waiting, 0);
    return this;
  }

  /** Takes what waits for a line whose end will never come. */
  drop(): void {
    this.lineAt = this.position;
    this.forget();
  }

  text(): string {
    const bytes = this.chunk.subarray(this.start, this.end);
    const text = this.leftOut === 0 ? this.decoded(bytes) : this.decoded(wholeCharacters(bytes));
    return this.leftOut === 0 ? text : `${text} … [${String(this.leftOut)} bytes left out]`;
  }

  context(lines: number): Context {
    return this.before(this.chunk, this.start, this.from, lines);
  }

  /** The context of a line that would begin behind the last whole one. */
  contextHere(lines: number): Context {
    return this.before(NOTHING, 0, this.lineAt, lines);
  }

  /** Lines that are only context of what follows. */
  remember(bytes: Buffer): void {
    this.carryOn(bytes, true);
    this.lineAt += bytes.length;
  }

  private decoded(bytes: Buffer): string {
    let text = this.characters(bytes);
    if (text.charCodeAt(0) === 0xfeff && this.from === 0) text = text.slice(1);
    if (text.endsWith('\r')) text = text.slice(0, -1);
    return visible(text);
  }

  private before(chunk: Buffer, start: number, at: number, lines: number): Context {
    let window = chunk.subarray(Math.max(0, start - CONTEXT_BYTES), start);
    let whole = start <= CONTEXT_BYTES;
    if (whole && this.carry.length > 0) {
      const missing = this.carry.subarray(Math.max(0, this.carry.length + start - CONTEXT_BYTES));
      whole = missing.length === this.carry.length;
      window = Buffer.concat([missing, window]);
    }
    const wide = this.encoding === 'utf16le' || this.encoding === 'utf16be';
    const zero = wide ? -1 : window.lastIndexOf(0);
    if (zero !== -1) window = window.subarray(zero + 1);
    // Which lines these are must not depend on how the bytes were cut.
    whole &&= zero === -1 && window.length < CONTEXT_BYTES;
    let from = window.length;
    const ends: number[] = [];
    while (ends.length < lines && from > 0) {
      let nl = this.newlineBefore(window, from, wide, at - window.length);
      if (nl === -1) {
        if (!whole) break;
        nl = 0;
      }
      ends.push(from);
      from = nl;
    }
    const windowAt = at - window.length;
    const text = window.subarray(from);
    return {
      from: windowAt + from,
      lines: () => (ends.length === 0 ? [] : this.contextLines(text, windowAt + from === 0)),
    };
  }

  /** Where the line begins that ends at `end`; -1 where it begins before `window`. */
  private newlineBefore(window: Buffer, end: number, wide: boolean, windowAt: number): number {
    if (!wide) {
      const nl = end < 2 ? -1 : window.lastIndexOf(10, end - 2);
      return nl === -1 ? -1 : nl + 1;
    }
    const low = this.encoding === 'utf16le' ? 0 : 1;
    for (let at = end - 4; at >= 0; at -= 1) {
      if ((windowAt + at) % 2 === 0 && window[at + low] === 10 && window[at + 1 - low] === 0) return at + 2;
    }
    return -1;
  }

  private contextLines(bytes: Buffer, fileStart: boolean): string[] {
    let text = this.characters(bytes);
    if (fileStart && text.charCodeAt(0) === 0xfeff) text = text.slice(1);
    const lines: string[] = [];
    for (const line of visible(text).split('\n')) {
      const shown = line.trimEnd();
      if (shown === '') continue;
      lines.push(shown.length > MAX_CONTEXT_CHARS ? `${shown.slice(0, MAX_CONTEXT_CHARS - 1)}…` : shown);
    }
    return lines;
  }

  private characters(bytes: Buffer): string {
    if (this.encoding === 'utf16le') return utf16le.decode(bytes);
    return this.encoding === 'utf16be' ? utf16be.decode(bytes) : bytes.toString('utf8');
  }

  private detected(first: Buffer): Encoding {
    if (first[0] === 0xff && first[1] === 0xfe) return 'utf16le';
    return first[0] === 0xfe && first[1] === 0xff ? 'utf16be' : 'utf8';
  }

  private feedPiece(piece: Buffer): void {
    let bytes = piece;
    if (this.encoding === null) {
      if (this.waiting + bytes.length < 2 && bytes[0] !== 10) {
        this.hold(bytes, bytes.length);
        return;
      }
      bytes = Buffer.concat([...this.held, bytes]);
      this.forget();
      this.encoding = this.detected(bytes);
    }
    if (this.encoding === 'utf8') this.feedNarrow(bytes);
    else this.feedWide(bytes);
  }

  private feedNarrow(bytes: Buffer): void {
    let start = 0;
    if (this.waiting > 0) {
      const nl = bytes.indexOf(10);
      if (nl === -1) {
        this.hold(bytes, bytes.length);
        return;
      }
      this.hold(bytes.subarray(0, nl), nl);
      this.finishHeld(1);
      start = nl + 1;
    } else if (bytes[0] === 0) {
      start = this.skipZeros(bytes);
    }
    const last = bytes.lastIndexOf(10);
    if (last >= start) {
      this.cutChunk(bytes.subarray(start, last + 1));
      start = last + 1;
    }
    if (start < bytes.length) {
      if (bytes[start] === 0) start += this.skipZeros(bytes.subarray(start));
      this.hold(bytes.subarray(start), bytes.length - start);
    }
  }

  /** A file that was truncated under its writer begins with as many of them as it had bytes: they are no line. */
  private skipZeros(bytes: Buffer): number {
    let zeros = 0;
    while (zeros < bytes.length && bytes[zeros] === 0) zeros += 1;
    this.lineAt += zeros;
    // Nothing before them is context of what follows.
    this.carry = ZERO;
    return zeros;
  }

  private cutChunk(chunk: Buffer): void {
    const base = this.lineAt;
    this.chunk = chunk;
    for (let from = 0; from < chunk.length;) {
      let to = chunk.length;
      if (to - from > DECODED_BYTES) {
        const within = chunk.lastIndexOf(10, from + DECODED_BYTES - 1);
        to = (within >= from ? within : chunk.indexOf(10, from)) + 1;
      }
      this.cutText(chunk, chunk.toString('latin1', from, to), base, from);
      from = to;
    }
    this.carryOn(chunk, false);
    this.chunk = NOTHING;
  }

  /** @param text of `chunk` from its byte `textAt` on: whole lines */
  private cutText(chunk: Buffer, text: string, base: number, textAt: number): void {
    this.coloured = text.includes('\u001b');
    let start = 0;
    while (start < text.length) {
      while (text.charCodeAt(start) === 0) start += 1;
      const nl = text.indexOf('\n', start);
      const bytes = nl - start;
      const at = textAt + start;
      if (bytes <= MAX_LINE_BYTES && base + at > 0 && this.skips(chunk, at, base + textAt + nl + 1)) {
        this.lineAt = base + textAt + nl + 1;
        start = nl + 1;
        continue;
      }
      if (bytes > MAX_LINE_BYTES) {
        this.lineAt = base + at;
        this.present(chunk, base + at, at, at + KEPT_LINE_BYTES, bytes, 1);
      } else {
        let end = nl;
        if (end > start && text.charCodeAt(end - 1) === 13) end -= 1;
        this.from = base + at;
        this.to = base + textAt + nl + 1;
        this.start = at;
        this.end = textAt + end;
        this.leftOut = 0;
        const rough = text.slice(start, end);
        this.rough = base + at === 0 ? this.withoutMark(rough) : rough;
      }
      this.lineAt = base + textAt + nl + 1;
      this.each(this);
      start = nl + 1;
    }
  }

  /** UTF-8's byte order mark, as Latin-1 shows it. */
  private withoutMark(rough: string): string {
    return rough.startsWith('\u00ef\u00bb\u00bf') ? rough.slice(3) : rough;
  }

  /** Sets the line that others see. @param bytes of the whole line, without its end of `endBytes` */
  private present(chunk: Buffer, at: number, start: number, end: number, bytes: number, endBytes: number): void {
    this.chunk = chunk;
    this.from = at;
    this.to = at + bytes + endBytes;
    this.start = start;
    this.leftOut = bytes > MAX_LINE_BYTES ? bytes - KEPT_LINE_BYTES : 0;
    this.end = this.leftOut > 0 ? start + KEPT_LINE_BYTES : end;
    if (this.encoding === 'utf8') {
      if (this.leftOut === 0 && this.end > start && chunk[this.end - 1] === 13) this.end -= 1;
      const rough = chunk.toString('latin1', start, this.end);
      this.rough = at === 0 ? this.withoutMark(rough) : rough;
    } else {
      this.rough = this.decoded(chunk.subarray(start, this.end));
    }
    this.coloured = this.rough.includes('\u001b');
  }

  private finishHeld(endBytes: number): void {
    const line = this.held.length === 1 ? (this.held[0] ?? NOTHING) : Buffer.concat(this.held);
    const at = this.lineAt;
    const bytes = this.waiting;
    this.present(line, at, 0, line.length, bytes, endBytes);
    this.lineAt = at + bytes + endBytes;
    this.held = [];
    this.heldBytes = 0;
    this.waiting = 0;
    this.each(this);
    if (bytes > MAX_LINE_BYTES) this.carry = NOTHING;
    else this.carryOn(Buffer.concat([line, this.lineEnd()]), false);
    this.chunk = NOTHING;
  }

  private lineEnd(): Buffer {
    if (this.encoding === 'utf8') return Buffer.from([10]);
    return Buffer.from(this.encoding === 'utf16le' ? [10, 0] : [0, 10]);
  }

  private forget(): void {
    this.held = [];
    this.heldBytes = 0;
    this.waiting = 0;
    this.half = false;
  }

  /** Keeps a copy: the bytes are the caller's. */
  private hold(bytes: Buffer, count: number): void {
    this.waiting += count;
    // Until it is known to be too long it is all needed; from then on no more than what is kept.
    const room = this.heldBytes > MAX_LINE_BYTES ? 0 : MAX_LINE_BYTES + 1 - this.heldBytes;
    const kept = bytes.subarray(0, Math.max(0, room));
    if (kept.length > 0) {
      this.heldBytes += kept.length;
      this.held.push(Buffer.from(kept));
    }
    if (this.held.length > 1_000) this.held = [Buffer.concat(this.held)];
  }

  private carryOn(bytes: Buffer, all: boolean): void {
    const joined = this.carry.length === 0 || bytes.length > CONTEXT_BYTES ? bytes : Buffer.concat([this.carry, bytes]);
    let from = 0;
    if (!all && joined.length > CONTEXT_BYTES) {
      // It begins with a line: of one that lies only partly within, nothing is kept.
      from = joined.length - CONTEXT_BYTES;
      const wide = this.encoding !== 'utf8';
      const joinedAt = this.lineAt - joined.length;
      from = this.lineStartFrom(joined, from, wide, joinedAt);
    }
    this.carry = Buffer.from(joined.subarray(from));
  }

  private lineStartFrom(bytes: Buffer, from: number, wide: boolean, bytesAt: number): number {
    if (!wide) {
      const nl = bytes.indexOf(10, Math.max(0, from - 1));
      return nl === -1 ? bytes.length : nl + 1;
    }
    const low = this.encoding === 'utf16le' ? 0 : 1;
    for (let at = Math.max(0, from - 2); at + 1 < bytes.length; at += 1) {
      if ((bytesAt + at) % 2 === 0 && bytes[at + low] === 10 && bytes[at + 1 - low] === 0) return at + 2;
    }
    return bytes.length;
  }

  /** Line ends are two bytes there, and the first of them may come alone. */
  private feedWide(bytes: Buffer): void {
    let start = 0;
    const little = this.encoding === 'utf16le';
    for (let at = 0; at < bytes.length; at += 1) {
      const odd = (this.lineAt + this.waiting + at - start) % 2 === 1;
      const byte = bytes[at];
      if (!odd) {
        this.half = byte === (little ? 10 : 0);
        continue;
      }
      if (!this.half || byte !== (little ? 0 : 10)) continue;
      const until = at + 1;
      this.hold(bytes.subarray(start, until), until - start);
      this.half = false;
      // The line end was held with the line.
      this.waiting -= 2;
      const line = Buffer.concat(this.held);
      this.held = [line.subarray(0, Math.min(line.length, this.waiting))];
      this.finishHeld(2);
      start = until;
    }
    if (start < bytes.length) this.hold(bytes.subarray(start), bytes.length - start);
  }
}
