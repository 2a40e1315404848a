/** Where to begin in a file: it is known, a copy of a known one, or new. */
import { copied, isOpen, type OpenTrack } from './copies.js';
import { isKnown } from './identity.js';
import type { Remembered } from './memory.js';
import { basesOf } from './names.js';
import type { Past } from './past.js';
import type { Slot } from './slots.js';
import type { Tables } from './tables.js';
import { keyOf, type Opened, type Track } from './track.js';

export class Beginnings {
  /** Whether they are copies shows later. */
  readonly #perhaps = new Map<Track, Slot>();

  constructor(
    private readonly tables: Tables,
    private readonly past: Past,
  ) {}

  decide(track: Track, slot: Slot): void {
    const { memory, slots, tracks } = this.tables;
    if (track.decided || track.ended || !isOpen(track) || tracks.closed) return;
    const bases = basesOf(slot.path);
    const paths = [slot.path, ...bases];
    if (!memory.has(paths)) {
      void this.#recall(paths, slot).then(() => this.decide(track, slot));
      return;
    }
    // A generation that was found first at `app.log.1` may be `app.log.2` now.
    const kin = new Set([...paths, ...slots.rotatedOf(bases)]);
    const known = memory.of([...kin]).find((one) => tracks.isFree(one) && isKnown(one.identity, track));
    const copy = known !== undefined || bases.length === 0 ? 'no' : copied(this.tables, track, bases);
    if (copy === 'perhaps') {
      this.#perhaps.set(track, slot);
      return;
    }
    this.#perhaps.delete(track);
    if (copy === 'yes') this.#pass(track, slot);
    else this.#begin(track, slot, known);
  }

  /** Looks again at those that may be copies which are being made. */
  poll(): void {
    for (const [track, slot] of this.#perhaps) this.decide(track, slot);
  }

  /** @returns whether what was found by its name before it could be told to be a copy is not followed any more */
  giveUp(copy: Opened): boolean {
    const track = this.tables.tracks.get(keyOf(copy));
    const slot = track === undefined ? undefined : this.#perhaps.get(track);
    if (track === undefined || slot === undefined) return false;
    this.#perhaps.delete(track);
    this.#pass(track, slot);
    return true;
  }

  close(): void {
    this.#perhaps.clear();
  }

  /** As at the start: what a glob finds only now may have been followed before, under names that are rotated by now. */
  async #recall(paths: readonly string[], slot: Slot): Promise<void> {
    await this.tables.memory.load(paths);
    if (!this.tables.tracks.closed) await this.past.finish(slot.path, slot);
  }

  #begin(track: OpenTrack, slot: Slot, known: Remembered | undefined): void {
    const { settled, tracks, turns } = this.tables;
    if (known !== undefined) {
      tracks.recognise(track, known);
      track.begin(track.fd, known.nextByte);
    } else {
      const from = slot.pattern.source.from ?? settled.from;
      track.begin(track.fd, slot.initial && from === 'end' ? 'end' : 0);
      slot.initial = false;
    }
    turns.add(track);
  }

  /** A copy of what is read elsewhere: not read. */
  #pass(track: Track, slot: Slot): void {
    if (slot.track === track) {
      slot.inert = track.key;
      slot.track = null;
    }
    this.tables.tracks.drop(track);
  }
}
