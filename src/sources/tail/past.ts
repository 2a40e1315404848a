/** Generations that stand at their path no more: those that a ledger knows to be unfinished, and those nobody saw. */
import { closeSync, statSync } from 'node:fs';
import { copied, isOpen } from './copies.js';
import { isKnown } from './identity.js';
import type { Remembered } from './memory.js';
import { Packed } from './packed.js';
import { byAge, findCopy, findRenamed, rotatedSiblings, tryOpen, type Listing } from './siblings.js';
import type { Slot } from './slots.js';
import { listingsOf, siblingsOf, type Tables } from './tables.js';
import { keyOf, type Before, type Opened, type Track } from './track.js';

/** When a file was made and last written to. */
export type Times = Pick<Opened, 'birthMs' | 'mtimeMs'>;

export class Past {
  readonly #packed = new Set<Packed>();

  constructor(private readonly tables: Tables) {}

  /** Files that were one log are read one after the other, the one that still has its name last. */
  inOrder(slots: readonly Slot[]): void {
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

  /**
   * Generations that came and went between two looks at a path, and lie beside it under rotated names: read from their
   * beginning, oldest first. They are younger than `before`; older ones were not followed and are not read.
   * @returns what the next generation comes after
   */
  between(slot: Slot, before: Before | null, times: Times, now: Opened | null): Before | null {
    const { slots, tracks, memory } = this.tables;
    let last = before;
    if (slot.origin !== slot.path) return last;
    const found = siblingsOf(this.tables, slot)
      .filter(({ stat }) => stat.mtimeMs >= times.mtimeMs && stat.birthtimeMs >= times.birthMs)
      .filter(({ stat }) => now === null || stat.birthtimeMs <= now.birthMs)
      .sort(byAge);
    for (const { path, stat } of found) {
      const followed = tracks.get(keyOf(stat));
      if (followed !== undefined && followed !== before && !followed.fromCopy) last = followed;
      if (followed !== undefined || slots.get(path)?.inert != null) continue;
      const file = tryOpen(path);
      if (file === null) continue;
      if (memory.of([slot.origin]).some(({ identity }) => isKnown(identity, file))) {
        closeSync(file.fd);
        continue;
      }
      const track = tracks.make(slot.origin, slot.pattern.source, file);
      if (isOpen(track) && copied(this.tables, track, [slot.path]) === 'yes') {
        tracks.drop(track);
        continue;
      }
      track.begin(file.fd, 0);
      track.after = last;
      tracks.orphan(track);
      last = track;
    }
    return last;
  }

  /**
   * At the start: generations of `path` that were not read to their end and do not stand there any more; and those
   * that came and went since.
   */
  async finish(path: string, slot: Slot): Promise<void> {
    const { tracks, memory } = this.tables;
    const listings = listingsOf(this.tables, slot).filter(({ names }) => names.length > 0);
    // Not looked at is not gone.
    if (listings.length === 0) return;
    let last: Before | null = null;
    const since: Times[] = [];
    for (const known of memory.of([path])) {
      if (!tracks.isFree(known)) continue;
      const file = findPlain(known, listings);
      if (file !== null) since.push(file);
      if (known.ended || (file !== null && tracks.get(keyOf(file)) !== undefined)) {
        if (file !== null) closeSync(file.fd);
      } else if (file !== null) {
        const track = tracks.make(path, slot.pattern.source, file, known);
        track.begin(file.fd, known.nextByte);
        track.fromCopy = known.identity.ino !== file.ino;
        tracks.orphan(track);
        track.after = last;
        last = track;
      } else {
        const feed = this.#unpack(known, slot);
        const mtimeMs = await feed.find(rotatedSiblings(path, listings, true));
        if (mtimeMs !== null) since.push({ birthMs: 0, mtimeMs });
        last = feed;
      }
    }
    // Of the youngest that is known: younger ones were never seen.
    since.sort((a, b) => b.mtimeMs - a.mtimeMs);
    const [youngest] = since;
    if (youngest !== undefined && (slot.track === null || this.#isNew(slot.track))) {
      last = this.between(slot, last, youngest, null);
    }
    if (slot.track !== null && last !== null && last !== slot.track) slot.track.after = last;
  }

  close(): void {
    for (const feed of this.#packed) feed.close();
  }

  #unpack(known: Remembered, slot: Slot): Packed {
    const { tracks, turns } = this.tables;
    const feed = new Packed(known, slot.pattern.source, turns, (remembered) => {
      this.#packed.delete(feed);
      tracks.ended(remembered);
    });
    this.#packed.add(feed);
    tracks.follow(known.id);
    return feed;
  }

  #isNew(track: Track): boolean {
    return !this.tables.memory.of([track.path]).some(({ id }) => id === track.id);
  }
}

function findPlain({ identity, path }: Remembered, listings: readonly Listing[]): Opened | null {
  return findRenamed(identity, path, listings) ?? findCopy(identity, rotatedSiblings(path, listings, false));
}
