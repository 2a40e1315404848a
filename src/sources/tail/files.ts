/**
 * Which generation stands at each followed path, and what became of those that stood there before. Beyond 300 lines,
 * since each of its steps changes the same tables: names, generations, handles.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, realpathSync, statSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from '../code-of.js';
import { Folders } from './folders.js';
import { isKnown, readAt, HEAD_BYTES } from './identity.js';
import type { Memory, Remembered } from './memory.js';
import type { FileSource, FollowerOptions, Lag, Piece } from './model.js';
import { basesOf } from './names.js';
import { Packed } from './packed.js';
import { patternOf, type Pattern } from './patterns.js';
import type { Problems } from './problems.js';
import { copyOf, findCopy, findRenamed, rotatedSiblings, tryOpen, type Sibling } from './siblings.js';
import { openFile, Track, type Before, type Opened, type Read } from './track.js';
import type { Turns } from './turns.js';

/** Polls within which every file and folder has been looked at. */
const ROUNDS = 20;
/** Looked at with each poll even if nobody told of them: those touched in the last seconds, and so many of the others. */
const HOT_MS = 10_000;
const HOT_FILES = 1_000;
const COLD_FILES = 200;
/** For so long may a file with a rotated name be a copy that is being made. */
const COPYING_MS = 1_000;

/** How far the clock of a file system may lag behind that of the process. */
const TICK_MS = 20;
const LATEST = 50_000;

/** A followed path. */
interface Slot {
  readonly path: string;
  readonly pattern: Pattern;
  track: Track | null;
  /** Whether a file that is found here was there before the follower. */
  initial: boolean;
  /** A copy of what is read elsewhere stands here: device and inode. */
  inert: string | null;
  /** Where a link leads to, as far as it is another path. */
  target: string | null;
  /** What the ledger knows the file by: of a rotated name that a glob means too, the path that it had before. */
  readonly origin: string;
}

type Times = Pick<Opened, 'birthMs' | 'mtimeMs'>;

export type Settled = Required<Pick<FollowerOptions, 'from' | 'graceMs' | 'maxOpen'>>;

export class Files {
  readonly #slots = new Map<string, Slot>();
  readonly #targets = new Map<string, Set<Slot>>();
  /** Followed paths with a rotated name, by what they may have been called before. */
  readonly #families = new Map<string, Set<string>>();
  /** By device and inode: all that are not ended. */
  readonly #tracks = new Map<string, Track>();
  /** With a handle; the one used least lately first. */
  readonly #open = new Set<Track>();
  readonly #orphans = new Set<Track>();
  /** When the file that stood last at a path, and stands there no more, was made and written to. */
  readonly #latest = new Map<string, Times>();
  readonly #startedAt: Times = { birthMs: Date.now() - TICK_MS, mtimeMs: Date.now() - TICK_MS };
  readonly #packed = new Set<Packed>();
  /** Ids of the generations that are followed. */
  readonly #followed = new Set<string>();
  readonly #hot = new Map<Slot, number>();
  /** Whether they are copies shows later. */
  readonly #perhaps = new Map<Track, Slot>();
  readonly #folders: Folders;
  readonly #patterns: readonly Pattern[];
  #turn: MapIterator<Slot> | null = null;
  #starting = true;
  #closed = false;

  constructor(
    sources: readonly FileSource[],
    private readonly settled: Settled,
    private readonly memory: Memory,
    private readonly turns: Turns,
    private readonly problems: Problems,
  ) {
    this.#patterns = sources.map(patternOf);
    this.#folders = new Folders({
      touched: (path, named) => this.#touched(path, named),
      found: (path, pattern) => this.#found(path, pattern),
      failed: (path, code) => this.#folderFailed(path, code),
      recovered: (path) => problems.solved(path),
    });
  }

  /** Finds what is there. Resolves when each file is known for what it is, and reading can begin. */
  async start(): Promise<void> {
    for (const pattern of this.#patterns) {
      if (pattern.literal !== null) this.#found(pattern.literal, pattern);
      else this.#folders.search(pattern.base, pattern, pattern.levels);
    }
    const slots = [...this.#slots.values()];
    for (let at = 0; at < slots.length; at += 256) {
      await this.memory.load(slots.slice(at, at + 256).flatMap(({ path }) => [path, ...basesOf(path)]));
    }
    this.#starting = false;
    // What has its own name comes before what may be a copy of it.
    const isRotated = (slot: Slot): number => Math.min(1, basesOf(slot.path).length);
    slots.sort((a, b) => isRotated(a) - isRotated(b));
    for (const slot of slots) this.#check(slot);
    const paths = new Map(slots.flatMap((slot) => [slot.path, ...basesOf(slot.path)].map((path) => [path, slot])));
    for (const slot of slots) paths.set(slot.path, slot);
    this.#inOrder(slots);
    for (const [path, slot] of paths) await this.#finish(path, slot);
    for (const slot of slots) if (slot.track === null && !exists(slot.path)) slot.initial = false;
  }

  /** Files that were one log are read one after the other, the one that still has its name last. */
  #inOrder(slots: readonly Slot[]): void {
    const rotated = slots.filter((slot) => slot.origin !== slot.path && slot.track !== null);
    const siblings = rotated.flatMap(({ path, track }) => {
      const stat = statSync(path, { throwIfNoEntry: false });
      return stat === undefined || track === null ? [] : [{ path, stat, track }];
    });
    const last = new Map<string, Track>();
    for (const { track } of siblings.sort(byAge)) {
      track.after = last.get(track.path) ?? null;
      last.set(track.path, track);
    }
    for (const { path, track } of slots) {
      const before = last.get(path);
      if (track !== null && before !== undefined) track.after = before;
    }
  }

  /** Looks at what may have changed without anybody telling. */
  poll(): void {
    const now = Date.now();
    let looked = 0;
    for (const [slot, touchedMs] of this.#hot) {
      if (now - touchedMs > HOT_MS) this.#hot.delete(slot);
      if ((looked += 1) <= HOT_FILES) this.#check(slot);
    }
    for (const track of this.#orphans) this.#lookAfter(track, now);
    for (const path of this.#latest.keys()) {
      if (this.#latest.size <= LATEST) break;
      this.#latest.delete(path);
    }
    for (const [track, slot] of this.#perhaps) this.#decide(track, slot);
    for (let left = Math.max(COLD_FILES, Math.ceil(this.#slots.size / ROUNDS)); left > 0; left -= 1) {
      this.#turn ??= this.#slots.values();
      const { done, value } = this.#turn.next();
      if (done === true) {
        this.#turn = null;
        break;
      }
      this.#check(value);
    }
    this.#folders.sweep(ROUNDS);
  }

  lag(): readonly Lag[] {
    const followed = new Set([...this.#tracks.values(), ...this.#orphans].filter((track) => track.decided));
    return [...followed].map((track) => {
      const stat = track.fd === null ? null : fstatSync(track.fd);
      const size = stat?.size ?? [...track.names].map((path) => sizeOf(path)).find((one) => one !== null) ?? track.size;
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
    this.#folders.close();
    for (const feed of this.#packed) feed.close();
    for (const track of this.#open) if (track.fd !== null) closeSync(track.fd);
    this.#open.clear();
    this.#tracks.clear();
    this.#orphans.clear();
    this.#slots.clear();
    this.#hot.clear();
    this.#perhaps.clear();
  }

  #folderFailed(path: string, code: string): void {
    if (code === 'ENOSPC' || code === 'EMFILE' || code === 'ENFILE') this.problems.report('', 'no-watches', code);
    else this.problems.failed(path, code);
  }

  #found(path: string, pattern: Pattern): void {
    if (this.#slots.has(path)) return;
    const bases = basesOf(path);
    const origin = bases.find((base) => pattern.matches(base)) ?? path;
    const slot: Slot = { path, pattern, track: null, initial: this.#starting, inert: null, target: null, origin };
    this.#slots.set(path, slot);
    for (const base of bases) this.#families.set(base, (this.#families.get(base) ?? new Set()).add(path));
    this.#folders.add(dirname(path));
    if (!this.#starting) this.#check(slot);
  }

  #touched(path: string, named: boolean): void {
    if (this.#starting) return;
    const slot = this.#slots.get(path);
    if (slot !== undefined) this.#hit(slot, named);
    for (const link of this.#targets.get(path) ?? []) this.#hit(link, named);
  }

  #hit(slot: Slot, named: boolean): void {
    this.#hot.delete(slot);
    this.#hot.set(slot, Date.now());
    if (named || slot.track === null) this.#check(slot);
    else if (slot.track.decided) this.turns.add(slot.track);
    else this.#decide(slot.track, slot);
  }

  /** Compares what stands at a path with what stood there. */
  #check(slot: Slot): void {
    let stat: Stats | undefined;
    try {
      stat = statSync(slot.path, { throwIfNoEntry: false });
    } catch (error) {
      const code = codeOf(error);
      if (code === null) throw error;
      // Not looked at is not gone.
      this.problems.failed(slot.path, code);
      return;
    }
    if (stat?.isFile() !== true) {
      if (stat === undefined) this.problems.solved(slot.path);
      else this.problems.report(slot.path, 'not-a-file');
      this.#leave(slot);
      slot.inert = null;
      if (stat === undefined && slot.pattern.literal === null) this.#forget(slot);
      return;
    }
    const key = `${stat.dev}:${stat.ino}`;
    if (slot.inert === key) return;
    const before = slot.track;
    if (before?.key === key) {
      if (stat.size !== before.nextByte || stat.mtimeMs !== before.mtimeMs) this.turns.add(before);
      return;
    }
    slot.inert = null;
    const other = this.#tracks.get(key);
    if (other === undefined) {
      this.#adopt(slot, before);
      return;
    }
    this.#leave(slot);
    this.#attach(slot, other);
  }

  /** Begins with the file that has come to stand at a path. */
  #adopt(slot: Slot, before: Track | null): void {
    const file = this.#openAt(slot.path);
    if (file === null) return;
    this.#leave(slot);
    const other = this.#tracks.get(keyOf(file));
    if (other !== undefined) {
      closeSync(file.fd);
      this.#attach(slot, other);
      return;
    }
    const since = this.#latest.get(slot.origin) ?? (slot.initial ? null : this.#startedAt);
    const last = since === null ? null : this.#between(slot, before, since, file);
    const track = this.#make(slot.origin, slot.pattern.source, file);
    track.after = last;
    this.#attach(slot, track);
    this.#decide(track, slot);
  }

  #make(path: string, source: FileSource, file: Opened, known?: Remembered): Track {
    const id = known?.id ?? randomBytes(8).toString('hex');
    const track = new Track(id, known?.path ?? path, source, file, (one) => this.#take(one));
    this.#tracks.set(track.key, track);
    this.#followed.add(id);
    this.#use(track);
    return track;
  }

  #attach(slot: Slot, track: Track): void {
    if (track.fromCopy) {
      slot.inert = track.key;
      return;
    }
    slot.track = track;
    track.names.add(slot.path);
    track.orphanedAtMs = null;
    this.#orphans.delete(track);
    this.#aim(slot);
    this.turns.add(track);
  }

  /** Events of a file come from the folder that it lies in, not from that of a link to it. */
  #aim(slot: Slot): void {
    let target: string | null = null;
    try {
      target = realpathSync(slot.path);
    } catch (error) {
      if (codeOf(error) === null) throw error;
    }
    if (target === slot.path) target = null;
    if (target === slot.target) return;
    if (slot.target !== null) {
      const links = this.#targets.get(slot.target);
      links?.delete(slot);
      if (links?.size === 0) this.#targets.delete(slot.target);
    }
    slot.target = target;
    if (target === null) return;
    this.#targets.set(target, (this.#targets.get(target) ?? new Set()).add(slot));
    this.#folders.add(dirname(target));
  }

  /** Nothing, or another file, stands at the path now. What stood there is read to its end. */
  #leave(slot: Slot): void {
    const { track } = slot;
    if (track === null) return;
    this.#latest.set(slot.origin, { birthMs: track.birthMs, mtimeMs: track.mtimeMs });
    slot.track = null;
    track.names.delete(slot.path);
    if (track.names.size > 0 || track.ended) return;
    if (track.fd === null) {
      const renamed = this.#foldersOf(slot)
        .map((folder) => findRenamed(track.identity, track.path, folder, this.#folders.names(folder)))
        .find((file) => file !== null);
      if (renamed !== undefined) {
        track.moveTo(renamed);
        this.#use(track);
      }
    }
    this.#orphan(track);
  }

  #forget(slot: Slot): void {
    this.#slots.delete(slot.path);
    this.#hot.delete(slot);
    for (const base of basesOf(slot.path)) {
      const family = this.#families.get(base);
      family?.delete(slot.path);
      if (family?.size === 0) this.#families.delete(base);
    }
    if (slot.target !== null) this.#targets.get(slot.target)?.delete(slot);
  }

  #foldersOf(slot: Slot): readonly string[] {
    return [...new Set([dirname(slot.path), ...(slot.target === null ? [] : [dirname(slot.target)])])];
  }

  /** Finds out where to begin in a file: it is known, a copy of a known one, or new. */
  #decide(track: Track, slot: Slot): void {
    if (track.decided || track.ended || track.fd === null || this.#closed) return;
    const bases = basesOf(slot.path);
    const paths = [slot.path, ...bases];
    // A generation that was found first at `app.log.1` may be `app.log.2` now.
    const kin = new Set([...paths, ...bases.flatMap((base) => [...(this.#families.get(base) ?? [])])]);
    if (!this.memory.has(paths)) {
      // As at the start: what a glob finds only now may have been followed before, under names that are rotated by now.
      void this.memory
        .load(paths)
        .then(() => (this.#closed ? undefined : this.#finish(slot.path, slot)))
        .then(() => this.#decide(track, slot));
      return;
    }
    const file = track as Track & { fd: number };
    const known = this.memory.of([...kin]).find((one) => this.#isFree(one) && isKnown(one.identity, file));
    if (known !== undefined) {
      this.#resume(track, file.fd, known);
      return;
    }
    const copied = bases.length === 0 ? 'no' : this.#copied(file, bases);
    if (copied === 'perhaps') {
      this.#perhaps.set(track, slot);
      return;
    }
    this.#perhaps.delete(track);
    if (copied === 'yes') {
      this.#still(track, slot);
      return;
    }
    const from = slot.pattern.source.from ?? this.settled.from;
    track.begin(file.fd, slot.initial && from === 'end' ? 'end' : 0);
    slot.initial = false;
    this.turns.add(track);
  }

  #isFree(known: Remembered): boolean {
    return !this.#followed.has(known.id);
  }

  #resume(track: Track, fd: number, known: Remembered): void {
    this.#followed.delete(track.id);
    track.id = known.id;
    track.path = known.path;
    this.#followed.add(known.id);
    track.begin(fd, known.nextByte);
    this.#perhaps.delete(track);
    this.turns.add(track);
  }

  /** Whether a file with a rotated name is a copy of what is or was read as one of `bases`. */
  #copied(file: Track & { fd: number }, bases: readonly string[]): 'yes' | 'no' | 'perhaps' {
    const stat = fstatSync(file.fd);
    const head = readAt(file.fd, 0, HEAD_BYTES);

    const live = [...this.#tracks.values(), ...this.#orphans].filter(
      (one) => one !== file && one.decided && bases.includes(one.path),
    );
    const answers = [
      ...live.map((one) => copyOf(one.identity, one.head, head, file, stat.size)),
      ...this.memory.of(bases).map((one) => copyOf(one.identity, null, head, file, stat.size)),
    ];
    if (answers.includes('yes')) return 'yes';
    return answers.includes('perhaps') && Date.now() - stat.mtimeMs < COPYING_MS ? 'perhaps' : 'no';
  }

  /**
   * Generations that came and went between two looks at a path, and lie beside it under rotated names: read from their
   * beginning, oldest first. They are younger than `before`; older ones were not followed and are not read.
   * @returns what the next generation comes after
   */
  #between(
    slot: Slot,
    before: Before | null,
    times: Pick<Opened, 'birthMs' | 'mtimeMs'>,
    now: Opened | null,
  ): Before | null {
    let last = before;
    if (slot.origin !== slot.path) return last;
    const found = this.#foldersOf(slot)
      .flatMap((folder) => rotatedSiblings(slot.path, folder, this.#folders.names(folder), false))
      .filter(({ stat }) => stat.mtimeMs >= times.mtimeMs && stat.birthtimeMs >= times.birthMs)
      .filter(({ stat }) => now === null || stat.birthtimeMs <= now.birthMs)
      .sort(byAge);
    for (const { path, stat } of found) {
      const followed = this.#tracks.get(`${stat.dev}:${stat.ino}`);
      if (followed !== undefined && followed !== before && !followed.fromCopy) last = followed;
      if (followed !== undefined || this.#slots.get(path)?.inert != null) continue;
      const file = tryOpen(path);
      if (file === null) continue;
      if (this.memory.of([slot.origin]).some(({ identity }) => isKnown(identity, file))) {
        closeSync(file.fd);
        continue;
      }
      const track = this.#make(slot.origin, slot.pattern.source, file);
      if (this.#copied(track as Track & { fd: number }, [slot.path]) === 'yes') {
        this.#drop(track);
        continue;
      }
      track.begin(file.fd, 0);
      track.after = last;
      this.#orphan(track);
      last = track;
    }
    return last;
  }

  /**
   * At the start: generations of `path` that were not read to their end and do not stand there any more; and those
   * that came and went since.
   */
  async #finish(path: string, slot: Slot): Promise<void> {
    const folders = this.#foldersOf(slot).filter((folder) => this.#folders.names(folder).length > 0);
    // Not looked at is not gone.
    if (folders.length === 0) return;
    let last: Before | null = null;
    const since: Times[] = [];
    for (const known of this.memory.of([path])) {
      if (!this.#isFree(known)) continue;
      const file = this.#findPlain(known, folders);
      if (file !== null) since.push(file);
      if (known.ended || (file !== null && this.#tracks.has(keyOf(file)))) {
        if (file !== null) closeSync(file.fd);
      } else if (file !== null) {
        const track = this.#make(path, slot.pattern.source, file, known);
        track.begin(file.fd, known.nextByte);
        track.fromCopy = known.identity.ino !== file.ino;
        this.#orphan(track);
        track.after = last;
        last = track;
      } else {
        const feed = new Packed(known, slot.pattern.source, this.turns, (one) => this.#ended(one));
        this.#packed.add(feed);
        this.#followed.add(known.id);
        const archives = folders.flatMap((folder) => rotatedSiblings(path, folder, this.#folders.names(folder), true));
        const mtimeMs = await feed.find(archives);
        if (mtimeMs !== null) since.push({ birthMs: 0, mtimeMs });
        last = feed;
      }
    }
    // Of the youngest that is known: younger ones were never seen.
    since.sort((a, b) => b.mtimeMs - a.mtimeMs);
    const [youngest] = since;
    if (youngest !== undefined && (slot.track === null || this.#isNew(slot.track))) {
      last = this.#between(slot, last, youngest, null);
    }
    if (slot.track !== null && last !== null && last !== slot.track) slot.track.after = last;
  }

  #isNew(track: Track): boolean {
    return !this.memory.of([track.path]).some(({ id }) => id === track.id);
  }

  #findPlain(known: Remembered, folders: readonly string[]): Opened | null {
    for (const folder of folders) {
      const names = this.#folders.names(folder);
      const file =
        findRenamed(known.identity, known.path, folder, names) ??
        findCopy(known.identity, rotatedSiblings(known.path, folder, names, false));
      if (file !== null) return file;
    }
    return null;
  }

  /** Without a name: it is read to its end. */
  #orphan(track: Track): void {
    track.orphanedAtMs = Date.now();
    this.#orphans.add(track);
    this.turns.add(track);
  }

  #openAt(path: string): Opened | null {
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
  #use(track: Track): void {
    this.#open.delete(track);
    this.#open.add(track);
    const over = this.#open.size - this.settled.maxOpen;
    if (over > 0) this.#closeIdle(over, track);
  }

  #closeIdle(count: number, except: Track | null = null): void {
    let left = count;
    for (const track of this.#open) {
      if (left === 0) return;
      if (track === except || track.fd === null || !track.decided || track.names.size === 0) continue;
      closeSync(track.fd);
      track.fd = null;
      this.#open.delete(track);
      left -= 1;
    }
  }

  #lookAfter(track: Track, now: number): void {
    if (track.fd === null || !track.decided) {
      this.turns.add(track);
      return;
    }
    const stat = fstatSync(track.fd);
    if (stat.size !== track.nextByte) {
      this.turns.add(track);
    } else if (track.drained && now - Math.max(track.orphanedAtMs ?? now, track.activeAtMs) >= this.settled.graceMs) {
      track.ending = true;
      this.turns.add(track);
    }
  }

  #take(track: Track): Piece | null {
    if (track.ended || !track.decided || this.#closed) return null;
    const fd = track.fd ?? this.#reopen(track);
    // Of one that has lost its name nothing is left then.
    if (fd === null) return track.names.size === 0 ? this.#end(track) : null;
    const read = this.#read(track, fd);
    if (read === null) return null;
    if (read.kind === 'rewritten') return this.#rewritten(track);
    this.#use(track);
    if (read.kind === 'nothing') {
      if (read.more) this.turns.add(track);
      else track.drained = true;
      return track.ending && !read.more ? this.#end(track) : null;
    }
    track.activeAtMs = Date.now();
    track.ending = false;
    if (read.piece.atEnd) track.drained = true;
    else this.turns.add(track);
    return read.piece;
  }

  /** Null when the disk or the server that it lies on fails: tried again with the next look at it. */
  #read(track: Track, fd: number): Read | null {
    try {
      return track.read(fd);
    } catch (error) {
      const code = codeOf(error);
      if (code === null || code === 'EBADF') throw error;
      this.problems.failed(track.path, code);
      return null;
    }
  }

  #reopen(track: Track): number | null {
    const [path] = track.names;
    const file = path === undefined ? null : this.#openAt(path);
    if (file === null) return null;
    if (keyOf(file) !== track.key) {
      closeSync(file.fd);
      const slot = path === undefined ? undefined : this.#slots.get(path);
      if (slot !== undefined) this.#check(slot);
      return track.fd;
    }
    track.fd = file.fd;
    this.#use(track);
    return file.fd;
  }

  /** Truncated, or written anew: what stands there now is another generation. The rest may lie in a copy. */
  #rewritten(track: Track): Piece | null {
    const { fd } = track;
    const slots = [...track.names].flatMap((path) => this.#slots.get(path) ?? []);
    this.#tracks.delete(track.key);
    this.#open.delete(track);
    this.#orphans.delete(track);
    track.fd = null;
    if (fd !== null && !track.fromCopy) this.#renew(track, fd, slots);
    else if (fd !== null) closeSync(fd);
    const [slot] = slots;
    const siblings =
      slot === undefined
        ? []
        : this.#foldersOf(slot).flatMap((folder) =>
            rotatedSiblings(track.path, folder, this.#folders.names(folder), false),
          );
    const copy = track.fromCopy ? null : findCopy(track.identity, siblings);
    if (copy === null || (this.#tracks.has(keyOf(copy)) && !this.#giveUp(copy))) {
      if (copy !== null) closeSync(copy.fd);
      const lost = track.size - track.nextByte;
      if (lost > 0) this.problems.happened(track.path, 'lost-bytes', String(lost));
      return this.#end(track);
    }
    track.moveTo(copy);
    track.fromCopy = true;
    track.orphanedAtMs = Date.now();
    track.drained = false;
    this.#tracks.set(track.key, track);
    this.#orphans.add(track);
    this.#use(track);
    this.turns.add(track);
    return null;
  }

  /** A copy that was found by its name before it could be told to be one. */
  #giveUp(copy: Opened): boolean {
    const track = this.#tracks.get(keyOf(copy));
    const slot = track === undefined ? undefined : this.#perhaps.get(track);
    if (track === undefined || slot === undefined) return false;
    this.#still(track, slot);
    return true;
  }

  /** A copy of what is read elsewhere: not read. */
  #still(track: Track, slot: Slot): void {
    if (slot.track === track) {
      slot.inert = track.key;
      slot.track = null;
    }
    this.#drop(track);
  }

  #renew(track: Track, fd: number, slots: readonly Slot[]): void {
    const stat = fstatSync(fd);
    const file = { fd, dev: track.dev, ino: track.ino, size: stat.size, mtimeMs: stat.mtimeMs, birthMs: track.birthMs };
    const fresh = this.#make(track.path, track.source, file);
    fresh.begin(fd, 0);
    fresh.after = track;
    track.next = fresh;
    fresh.orphanedAtMs = track.orphanedAtMs;
    if (slots.length === 0) this.#orphans.add(fresh);
    for (const slot of slots) {
      slot.track = fresh;
      fresh.names.add(slot.path);
    }
    track.names.clear();
    this.turns.add(fresh);
  }

  #end(track: Track): Piece {
    const piece = track.end();
    const { id, path, identity, nextByte } = track;
    this.#ended({ id, path, identity, nextByte, ended: true });
    this.#drop(track);
    return piece;
  }

  #ended(remembered: Remembered): void {
    this.memory.keep(remembered);
    this.#followed.delete(remembered.id);
  }

  #drop(track: Track): void {
    track.ended = true;
    if (this.#tracks.get(track.key) === track) this.#tracks.delete(track.key);
    this.#open.delete(track);
    this.#orphans.delete(track);
    this.#perhaps.delete(track);
    this.#followed.delete(track.id);
    this.turns.remove(track);
    if (track.fd !== null) closeSync(track.fd);
    track.fd = null;
  }
}

function keyOf(file: Opened): string {
  return `${Number(file.dev)}:${Number(file.ino)}`;
}

/** Oldest first. Within a tick of the file system's clock the higher number is the older one. */
function byAge(a: Sibling, b: Sibling): number {
  return (
    a.stat.mtimeMs - b.stat.mtimeMs ||
    a.stat.birthtimeMs - b.stat.birthtimeMs ||
    b.path.localeCompare(a.path, 'en', { numeric: true })
  );
}

function sizeOf(path: string): number | null {
  try {
    return statSync(path, { throwIfNoEntry: false })?.size ?? null;
  } catch (error) {
    if (codeOf(error) === null) throw error;
    return null;
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
