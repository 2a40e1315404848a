/** The generations that are followed, and the handles of their files. */
import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, statSync } from 'node:fs';
import { codeOf } from '../code-of.js';
import type { Memory, Remembered } from './memory.js';
import type { FileSource, Lag, Piece } from './model.js';
import type { Problems } from './problems.js';
import { openFile, Track, type Opened } from './track.js';
import type { Turns } from './turns.js';

export class Tracks {
  /** By device and inode: all that are not ended. */
  readonly #byKey = new Map<string, Track>();
  /** With a handle; the one used least lately first. */
  readonly #open = new Set<Track>();
  /** Those that have lost their last name, and when. */
  readonly #orphans = new Map<Track, number>();
  /** Ids of the generations that are followed. */
  readonly #ids = new Set<string>();
  #closed = false;

  constructor(
    private readonly maxOpen: number,
    private readonly memory: Memory,
    private readonly turns: Turns,
    private readonly problems: Problems,
    private readonly take: (track: Track) => Piece | null,
  ) {}

  get closed(): boolean {
    return this.#closed;
  }

  /** @param key of device and inode, see `keyOf` */
  get(key: string): Track | undefined {
    return this.#byKey.get(key);
  }

  /** Those that the ledger knows by one of these paths. */
  readAs(paths: readonly string[]): readonly Track[] {
    const found: Track[] = [];
    for (const track of this.#byKey.values()) if (paths.includes(track.path)) found.push(track);
    return found;
  }

  /** Without a name, and since when. */
  orphans(): Iterable<[Track, number]> {
    return this.#orphans;
  }

  /** Whether nothing is read of this generation. */
  isFree({ id }: Remembered): boolean {
    return !this.#ids.has(id);
  }

  make(path: string, source: FileSource, file: Opened, known?: Remembered): Track {
    const id = known?.id ?? randomBytes(8).toString('hex');
    const track = new Track(id, known?.path ?? path, source, file, this.take);
    this.#byKey.set(track.key, track);
    this.follow(id);
    this.use(track);
    return track;
  }

  /** It turned out to be a known generation. */
  recognise(track: Track, { id, path }: Remembered): void {
    this.#ids.delete(track.id);
    track.id = id;
    track.path = path;
    this.follow(id);
  }

  /** Something is read of this generation. */
  follow(id: string): void {
    this.#ids.add(id);
  }

  /** It goes on under another name or in a copy. */
  move(track: Track, file: Opened): void {
    this.#forget(track);
    track.moveTo(file);
    this.#byKey.set(track.key, track);
    this.use(track);
  }

  /** A path leads to it. */
  named(track: Track, path: string): void {
    if (!track.names.includes(path)) track.names = [...track.names, path];
    this.#orphans.delete(track);
  }

  /** Without a name: it is read to its end. */
  orphan(track: Track): void {
    this.#orphans.set(track, Date.now());
    this.turns.add(track);
  }

  /** Its file is another generation's now. @returns the handle, which is the caller's to close */
  release(track: Track): number | null {
    const { fd } = track;
    this.#forget(track);
    this.#open.delete(track);
    this.#orphans.delete(track);
    track.fd = null;
    return fd;
  }

  drop(track: Track): void {
    track.ended = true;
    const fd = this.release(track);
    if (fd !== null) closeSync(fd);
    this.#ids.delete(track.id);
    this.turns.remove(track);
  }

  /** The last piece of a generation was given. */
  ended(remembered: Remembered): void {
    this.memory.keep(remembered);
    this.#ids.delete(remembered.id);
  }

  /** @returns null, and a problem is told, when it cannot be read; nothing is told when it is not there */
  openAt(path: string): Opened | null {
    try {
      const file = openFile(path);
      if (file === null) this.problems.report(path, 'not-a-file');
      else this.problems.solved(path);
      return file;
    } catch (error) {
      const code = codeOf(error);
      if (code === null) throw error;
      if (code === 'ENOENT' || code === 'ENOTDIR') return null;
      if (code === 'EMFILE' || code === 'ENFILE') this.#closeIdle(16);
      this.problems.failed(path, code);
      return null;
    }
  }

  /** Notes that a handle was used, and closes those that were not for longest when there are too many. */
  use(track: Track): void {
    this.#open.delete(track);
    this.#open.add(track);
    const over = this.#open.size - this.maxOpen;
    if (over > 0) this.#closeIdle(over, track);
  }

  lag(): readonly Lag[] {
    const followed = [...this.#byKey.values()].filter((track) => track.decided);
    return followed.map((track) => {
      const stat = track.fd === null ? null : fstatSync(track.fd);
      const size = stat?.size ?? track.names.map((path) => sizeOf(path)).find((one) => one !== null) ?? track.size;
      return {
        path: track.path,
        generation: track.id,
        behindBytes: Math.max(0, size - track.nextByte),
        nextByte: track.nextByte,
        mtimeMs: stat?.mtimeMs ?? track.mtimeMs,
      };
    });
  }

  close(): void {
    this.#closed = true;
    for (const track of this.#open) if (track.fd !== null) closeSync(track.fd);
    this.#open.clear();
    this.#byKey.clear();
    this.#orphans.clear();
  }

  #closeIdle(count: number, except: Track | null = null): void {
    let left = count;
    for (const track of this.#open) {
      if (left === 0) return;
      if (track === except || track.fd === null || !track.decided || track.names.length === 0) continue;
      closeSync(track.fd);
      track.fd = null;
      this.#open.delete(track);
      left -= 1;
    }
  }

  #forget(track: Track): void {
    if (this.#byKey.get(track.key) === track) this.#byKey.delete(track.key);
  }
}

function sizeOf(path: string): number | null {
  try {
    return statSync(path, { throwIfNoEntry: false })?.size ?? null;
  } catch (error) {
    if (codeOf(error) === null) throw error;
    return null;
  }
}
