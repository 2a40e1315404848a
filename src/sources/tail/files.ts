/** Which generation stands at each followed path: found at the start, told of by watches, and looked at in turn. */
import { closeSync, statSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from '../code-of.js';
import { Beginnings } from './beginnings.js';
import { Folders } from './folders.js';
import type { Memory } from './memory.js';
import type { FileSource, Lag } from './model.js';
import { basesOf } from './names.js';
import { Past, type Times } from './past.js';
import { patternOf, type Pattern } from './patterns.js';
import type { Problems } from './problems.js';
import { Reader } from './reader.js';
import { findRenamed } from './siblings.js';
import { Slots, type Slot } from './slots.js';
import { listingsOf, type Settled, type Tables } from './tables.js';
import { keyOf, type Track } from './track.js';
import { Tracks } from './tracks.js';
import type { Turns } from './turns.js';

/** Polls within which every file and folder has been looked at. */
const ROUNDS = 20;
/** Looked at with each poll even if nobody told of them: those touched in the last seconds, and so many of the others. */
const HOT_MS = 10_000;
const HOT_FILES = 1_000;
const COLD_FILES = 200;
/** How far the clock of a file system may lag behind that of the process. */
const TICK_MS = 20;
const LATEST = 50_000;

export class Files {
  readonly #tables: Tables;
  readonly #past: Past;
  readonly #beginnings: Beginnings;
  readonly #reader: Reader;
  readonly #patterns: readonly Pattern[];
  /** When the file that stood last at a path, and stands there no more, was made and written to. */
  readonly #latest = new Map<string, Times>();
  readonly #startedAt: Times = { birthMs: Date.now() - TICK_MS, mtimeMs: Date.now() - TICK_MS };
  readonly #hot = new Map<Slot, number>();
  #turn: MapIterator<Slot> | null = null;
  #starting = true;

  constructor(sources: readonly FileSource[], settled: Settled, memory: Memory, turns: Turns, problems: Problems) {
    this.#patterns = sources.map(patternOf);
    const folders = new Folders({
      touched: (path, named) => this.#touched(path, named),
      found: (path, pattern) => this.#found(path, pattern),
      failed: (path, code) => problems.folderFailed(path, code),
      recovered: (path) => problems.solved(path),
    });
    const tracks = new Tracks(settled.maxOpen, memory, turns, problems, (track) => this.#reader.take(track));
    this.#tables = { settled, slots: new Slots(), tracks, folders, memory, turns, problems };
    this.#past = new Past(this.#tables);
    this.#beginnings = new Beginnings(this.#tables, this.#past);
    this.#reader = new Reader(this.#tables, this.#beginnings, (slot) => this.#check(slot));
  }

  /** Finds what is there. Resolves when each file is known for what it is, and reading can begin. */
  async start(): Promise<void> {
    const { folders, memory, tracks } = this.#tables;
    for (const pattern of this.#patterns) {
      if (pattern.literal !== null) this.#found(pattern.literal, pattern);
      else folders.search(pattern.base, pattern, pattern.levels);
    }
    const slots = [...this.#tables.slots.all()];
    for (let at = 0; at < slots.length; at += 256) {
      await memory.load(slots.slice(at, at + 256).flatMap(({ path }) => [path, ...basesOf(path)]));
    }
    if (tracks.closed) return;
    this.#starting = false;
    const bases = new Map(slots.map((slot) => [slot, basesOf(slot.path)]));
    // What has its own name comes before what may be a copy of it.
    const isRotated = (slot: Slot): number => Math.min(1, bases.get(slot)?.length ?? 0);
    slots.sort((a, b) => isRotated(a) - isRotated(b));
    for (const slot of slots) this.#check(slot);
    const paths = new Map(slots.flatMap((slot) => [slot.path, ...(bases.get(slot) ?? [])].map((path) => [path, slot])));
    for (const slot of slots) paths.set(slot.path, slot);
    this.#past.inOrder(slots);
    for (const [path, slot] of paths) await this.#past.finish(path, slot);
    for (const slot of slots) if (slot.track === null && !exists(slot.path)) slot.initial = false;
  }

  /** Looks at what may have changed without anybody telling. */
  poll(): void {
    const { folders, slots } = this.#tables;
    const now = Date.now();
    let looked = 0;
    for (const [slot, touchedMs] of this.#hot) {
      if (now - touchedMs > HOT_MS) this.#hot.delete(slot);
      if ((looked += 1) <= HOT_FILES) this.#check(slot);
    }
    this.#reader.poll(now);
    for (const path of this.#latest.keys()) {
      if (this.#latest.size <= LATEST) break;
      this.#latest.delete(path);
    }
    this.#beginnings.poll();
    for (let left = Math.max(COLD_FILES, Math.ceil(slots.size / ROUNDS)); left > 0; left -= 1) {
      this.#turn ??= slots.all();
      const { done, value } = this.#turn.next();
      if (done === true) {
        this.#turn = null;
        break;
      }
      this.#check(value);
    }
    folders.sweep(ROUNDS);
  }

  lag(): readonly Lag[] {
    return this.#tables.tracks.lag();
  }

  close(): void {
    const { folders, slots, tracks } = this.#tables;
    folders.close();
    this.#past.close();
    tracks.close();
    slots.clear();
    this.#hot.clear();
    this.#beginnings.close();
  }

  #found(path: string, pattern: Pattern): void {
    const slot = this.#tables.slots.add(path, pattern, this.#starting);
    if (slot === null) return;
    this.#tables.folders.add(dirname(path));
    if (!this.#starting) this.#check(slot);
  }

  #touched(path: string, named: boolean): void {
    if (this.#starting) return;
    for (const slot of this.#tables.slots.touchedBy(path)) this.#hit(slot, named);
  }

  #hit(slot: Slot, named: boolean): void {
    this.#hot.delete(slot);
    this.#hot.set(slot, Date.now());
    if (named || slot.track === null) this.#check(slot);
    else if (slot.track.decided) this.#tables.turns.add(slot.track);
    else this.#beginnings.decide(slot.track, slot);
  }

  /** Compares what stands at a path with what stood there. */
  #check(slot: Slot): void {
    const { problems, tracks, turns } = this.#tables;
    let stat: Stats | undefined;
    try {
      stat = statSync(slot.path, { throwIfNoEntry: false });
    } catch (error) {
      const code = codeOf(error);
      if (code === null) throw error;
      // Not looked at is not gone.
      problems.failed(slot.path, code);
      return;
    }
    if (stat?.isFile() !== true) {
      if (stat === undefined) problems.solved(slot.path);
      else problems.report(slot.path, 'not-a-file');
      this.#leave(slot);
      slot.inert = null;
      if (stat === undefined && slot.pattern.literal === null) this.#forget(slot);
      return;
    }
    const key = keyOf(stat);
    if (slot.inert === key) return;
    const before = slot.track;
    if (before?.key === key) {
      if (stat.size !== before.nextByte || stat.mtimeMs !== before.mtimeMs) turns.add(before);
      return;
    }
    slot.inert = null;
    const other = tracks.get(key);
    if (other === undefined) {
      this.#adopt(slot, before);
      return;
    }
    this.#leave(slot);
    this.#attach(slot, other);
  }

  /** Begins with the file that has come to stand at a path. */
  #adopt(slot: Slot, before: Track | null): void {
    const { tracks } = this.#tables;
    const file = tracks.openAt(slot.path);
    if (file === null) return;
    this.#leave(slot);
    const other = tracks.get(keyOf(file));
    if (other !== undefined) {
      closeSync(file.fd);
      this.#attach(slot, other);
      return;
    }
    const since = this.#latest.get(slot.origin) ?? (slot.initial ? null : this.#startedAt);
    const last = since === null ? null : this.#past.between(slot, before, since, file);
    const track = tracks.make(slot.origin, slot.pattern.source, file);
    track.after = last;
    this.#attach(slot, track);
    this.#beginnings.decide(track, slot);
  }

  #attach(slot: Slot, track: Track): void {
    const { folders, slots, tracks, turns } = this.#tables;
    if (track.fromCopy) {
      slot.inert = track.key;
      return;
    }
    slot.track = track;
    tracks.named(track, slot.path);
    slots.aim(slot);
    if (slot.target !== null) folders.add(dirname(slot.target));
    turns.add(track);
  }

  /** Nothing, or another file, stands at the path now. What stood there is read to its end. */
  #leave(slot: Slot): void {
    const { tracks } = this.#tables;
    const { track } = slot;
    if (track === null) return;
    this.#latest.set(slot.origin, { birthMs: track.birthMs, mtimeMs: track.mtimeMs });
    slot.track = null;
    track.names = track.names.filter((path) => path !== slot.path);
    if (track.names.length > 0 || track.ended) return;
    if (track.fd === null) {
      const renamed = findRenamed(track.identity, track.path, listingsOf(this.#tables, slot));
      if (renamed !== null) tracks.move(track, renamed);
    }
    tracks.orphan(track);
  }

  #forget(slot: Slot): void {
    this.#tables.slots.remove(slot);
    this.#hot.delete(slot);
  }
}

/** What may not be looked at is there. */
function exists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if (codeOf(error) === null) throw error;
    return true;
  }
}
