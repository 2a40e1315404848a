/** The rest of a generation that was compressed before it was read to its end. */
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { codeOf } from '../code-of.js';
import { hashOf, TAIL_BYTES } from './identity.js';
import type { Remembered } from './memory.js';
import type { FileSource, Generation, Piece } from './model.js';
import type { Sibling } from './siblings.js';
import { PIECE_BYTES } from './track.js';
import type { Feed, Turns } from './turns.js';

const NOTHING = Buffer.alloc(0);

/** Its last piece says `ended`, also if no archive has it: then it is the only one. */
export class Packed implements Feed {
  readonly drained = false;
  readonly next = null;
  ended = false;
  #waiting: Buffer | null = null;
  #taken: (() => void) | null = null;
  #nextByte: number;
  #mtimeMs = 0;
  #over = false;
  #closed = false;

  constructor(
    private readonly known: Remembered,
    private readonly source: FileSource,
    private readonly turns: Turns,
    private readonly onEnd: (remembered: Remembered) => void,
  ) {
    this.#nextByte = known.nextByte;
  }

  /**
   * Looks for it in these archives and begins to read it.
   * @returns when the file that was packed was last written to; null if none of the archives has it
   */
  async find(archives: readonly Sibling[]): Promise<number | null> {
    for (const { path, stat } of archives) {
      if (!path.endsWith('.gz') || !(await this.#isIn(path))) continue;
      this.#mtimeMs = stat.mtimeMs;
      void this.#read(path);
      return stat.mtimeMs;
    }
    this.#over = true;
    this.turns.add(this);
    return null;
  }

  waits(): boolean {
    return false;
  }

  take(): Piece | null {
    if (this.ended) return null;
    const bytes = this.#waiting;
    if (bytes === null) return this.#over ? this.#end() : null;
    const fromByte = this.#nextByte;
    this.#waiting = null;
    this.#nextByte += bytes.length;
    this.#taken?.();
    return { ...this.#piece(), fromByte, bytes, atEnd: false };
  }

  close(): void {
    this.#closed = true;
    this.#taken?.();
  }

  #end(): Piece {
    this.ended = true;
    this.onEnd({ ...this.known, nextByte: this.#nextByte, ended: true });
    return { ...this.#piece(), fromByte: this.#nextByte, bytes: NOTHING, ended: true, atEnd: true };
  }

  #piece(): Omit<Piece, 'fromByte' | 'bytes' | 'atEnd'> {
    const { id, path, identity } = this.known;
    const generation: Generation = { id, path, source: this.source, identity };
    return { generation, ended: false, behindBytes: 0, mtimeMs: this.#mtimeMs };
  }

  async #isIn(path: string): Promise<boolean> {
    const { headBytes, head, tailByte, tail } = this.known.identity;
    let at = 0;
    let first = NOTHING;
    let last = NOTHING;
    for await (const chunk of unpacked(path)) {
      if (first.length < headBytes) {
        first = Buffer.concat([first, chunk.subarray(0, headBytes - first.length)]);
        if (first.length === headBytes && hashOf(first) !== head) return false;
      }
      const before = chunk.subarray(0, Math.max(0, tailByte - at));
      last = Buffer.concat([last, before.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES);
      at += chunk.length;
      if (at >= Math.max(headBytes, tailByte)) return hashOf(last) === tail;
    }
    return false;
  }

  async #read(path: string): Promise<void> {
    let at = 0;
    for await (const chunk of unpacked(path)) {
      const rest = chunk.subarray(Math.max(0, Math.min(chunk.length, this.#nextByte - at)));
      at += chunk.length;
      if (rest.length > 0) await this.#give(rest);
      if (this.#closed) return;
    }
    this.#over = true;
    this.turns.add(this);
  }

  async #give(bytes: Buffer): Promise<void> {
    const taken = new Promise<void>((resolve) => {
      this.#taken = resolve;
    });
    this.#waiting = bytes;
    this.turns.add(this);
    await taken;
  }
}

/** All members of the archive, in pieces. What is broken in it ends it. */
async function* unpacked(path: string): AsyncGenerator<Buffer> {
  const file = createReadStream(path);
  const gunzip = createGunzip({ chunkSize: PIECE_BYTES });
  file.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const chunk of file.pipe(gunzip)) yield chunk as Buffer;
  } catch (error) {
    if (codeOf(error) === null) throw error;
  } finally {
    file.destroy();
    gunzip.destroy();
  }
}
