/** Reading on in a generation, to its end: also after its file was truncated, written anew or closed. */
import { closeSync, fstatSync } from 'node:fs';
import { codeOf } from '../code-of.js';
import type { Beginnings } from './beginnings.js';
import type { Piece } from './model.js';
import { findCopy } from './siblings.js';
import type { Slot } from './slots.js';
import { siblingsOf, type Tables } from './tables.js';
import { keyOf, type Read, type Track } from './track.js';

export class Reader {
  constructor(
    private readonly tables: Tables,
    private readonly beginnings: Beginnings,
    /** Compares what stands at a path with what stood there. */
    private readonly check: (slot: Slot) => void,
  ) {}

  /** The next piece of a generation; null if there is none now. */
  take(track: Track): Piece | null {
    const { tracks, turns } = this.tables;
    if (track.ended || !track.decided || tracks.closed) return null;
    const fd = track.fd ?? this.#reopen(track);
    // Of one that has lost its name nothing is left then.
    if (fd === null) return track.names.length === 0 ? this.#end(track) : null;
    const read = this.#read(track, fd);
    if (read === null) return null;
    if (read.kind === 'rewritten') return this.#rewritten(track);
    tracks.use(track);
    if (read.kind === 'nothing') {
      if (read.more) turns.add(track);
      else track.drained = true;
      return track.ending && !read.more ? this.#end(track) : null;
    }
    track.activeAtMs = Date.now();
    track.ending = false;
    if (read.piece.atEnd) track.drained = true;
    else turns.add(track);
    return read.piece;
  }

  /** Those without a name end when nothing has come for a while. */
  poll(now: number): void {
    for (const [track, orphanedAtMs] of this.tables.tracks.orphans()) this.#lookAfter(track, orphanedAtMs, now);
  }

  #lookAfter(track: Track, orphanedAtMs: number, now: number): void {
    const { settled, turns } = this.tables;
    if (track.fd === null || !track.decided || fstatSync(track.fd).size !== track.nextByte) {
      turns.add(track);
    } else if (track.drained && now - Math.max(orphanedAtMs, track.activeAtMs) >= settled.graceMs) {
      track.ending = true;
      turns.add(track);
    }
  }

  /** Null when the disk or the server that it lies on fails: tried again with the next look at it. */
  #read(track: Track, fd: number): Read | null {
    try {
      return track.read(fd);
    } catch (error) {
      const code = codeOf(error);
      if (code === null || code === 'EBADF') throw error;
      this.tables.problems.failed(track.path, code);
      return null;
    }
  }

  #reopen(track: Track): number | null {
    const { slots, tracks } = this.tables;
    const [path] = track.names;
    if (path === undefined) return null;
    const file = tracks.openAt(path);
    if (file === null) return null;
    if (keyOf(file) !== track.key) {
      closeSync(file.fd);
      const slot = slots.get(path);
      if (slot !== undefined) this.check(slot);
      return track.fd;
    }
    track.fd = file.fd;
    tracks.use(track);
    return file.fd;
  }

  /** Truncated, or written anew: what stands there now is another generation. The rest may lie in a copy. */
  #rewritten(track: Track): Piece | null {
    const { problems, slots, tracks } = this.tables;
    const own = track.names.flatMap((path) => slots.get(path) ?? []);
    const fd = tracks.release(track);
    if (fd !== null && !track.fromCopy) this.#renew(track, fd, own);
    else if (fd !== null) closeSync(fd);
    const [slot] = own;
    const siblings = slot === undefined || track.fromCopy ? [] : siblingsOf(this.tables, slot, track.path);
    const copy = findCopy(track.identity, siblings);
    if (copy === null || (tracks.get(keyOf(copy)) !== undefined && !this.beginnings.giveUp(copy))) {
      if (copy !== null) closeSync(copy.fd);
      const lost = track.size - track.nextByte;
      if (lost > 0) problems.happened(track.path, 'lost-bytes', String(lost));
      return this.#end(track);
    }
    tracks.move(track, copy);
    track.fromCopy = true;
    track.drained = false;
    tracks.orphan(track);
    return null;
  }

  /** The generation that stands in the file now. */
  #renew(track: Track, fd: number, slots: readonly Slot[]): void {
    const { tracks, turns } = this.tables;
    const { dev, ino, birthMs } = track;
    const { size, mtimeMs } = fstatSync(fd);
    const fresh = tracks.make(track.path, track.source, { fd, dev, ino, size, mtimeMs, birthMs });
    fresh.begin(fd, 0);
    fresh.after = track;
    track.next = fresh;
    if (slots.length === 0) tracks.orphan(fresh);
    for (const slot of slots) slot.track = fresh;
    fresh.names = slots.map(({ path }) => path);
    track.names = [];
    turns.add(fresh);
  }

  #end(track: Track): Piece {
    const { tracks } = this.tables;
    const piece = track.end();
    const { id, path, identity, nextByte } = track;
    tracks.ended({ id, path, identity, nextByte, ended: true });
    tracks.drop(track);
    return piece;
  }
}
