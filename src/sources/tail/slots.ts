/** The followed paths, links among them, and which of them may be rotated names of which. */
import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from '../code-of.js';
import { basesOf } from './names.js';
import type { Pattern } from './patterns.js';
import type { Track } from './track.js';

/** A followed path. */
export interface Slot {
  readonly path: string;
  readonly pattern: Pattern;
  /** What stands there; null when nothing does, or nothing that is read. */
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

export class Slots {
  readonly #byPath = new Map<string, Slot>();
  readonly #byTarget = new Map<string, Set<Slot>>();
  /** Followed paths with a rotated name, by what they may have been called before. */
  readonly #families = new Map<string, Set<string>>();

  get size(): number {
    return this.#byPath.size;
  }

  get(path: string): Slot | undefined {
    return this.#byPath.get(path);
  }

  all(): MapIterator<Slot> {
    return this.#byPath.values();
  }

  /** @returns null when the path is followed already */
  add(path: string, pattern: Pattern, initial: boolean): Slot | null {
    if (this.#byPath.has(path)) return null;
    const bases = basesOf(path);
    const origin = bases.find((base) => pattern.matches(base)) ?? path;
    const slot: Slot = { path, pattern, track: null, initial, inert: null, target: null, origin };
    this.#byPath.set(path, slot);
    for (const base of bases) put(this.#families, base, path);
    return slot;
  }

  remove(slot: Slot): void {
    this.#byPath.delete(slot.path);
    for (const base of basesOf(slot.path)) take(this.#families, base, slot.path);
    if (slot.target !== null) take(this.#byTarget, slot.target, slot);
  }

  clear(): void {
    this.#byPath.clear();
  }

  /** The slot of `path`, and those of links that lead there. */
  *touchedBy(path: string): Iterable<Slot> {
    const slot = this.#byPath.get(path);
    if (slot !== undefined) yield slot;
    yield* this.#byTarget.get(path) ?? [];
  }

  /** Followed paths with a rotated name of one of these. */
  rotatedOf(bases: readonly string[]): readonly string[] {
    return bases.flatMap((base) => [...(this.#families.get(base) ?? [])]);
  }

  /** Notes where a link leads to: events of a file come from the folder that it lies in. */
  aim(slot: Slot): void {
    const real = realOf(slot.path);
    const target = real === slot.path ? null : real;
    if (target === slot.target) return;
    if (slot.target !== null) take(this.#byTarget, slot.target, slot);
    slot.target = target;
    if (target !== null) put(this.#byTarget, target, slot);
  }
}

/** Where rotated names of what stands in a slot may lie. */
export function foldersOf({ path, target }: Slot): readonly string[] {
  const folder = dirname(path);
  return target === null || dirname(target) === folder ? [folder] : [folder, dirname(target)];
}

function realOf(path: string): string | null {
  try {
    return realpathSync(path);
  } catch (error) {
    if (codeOf(error) === null) throw error;
    return null;
  }
}

function put<Value>(sets: Map<string, Set<Value>>, key: string, value: Value): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}

function take<Value>(sets: Map<string, Set<Value>>, key: string, value: Value): void {
  const set = sets.get(key);
  set?.delete(value);
  if (set?.size === 0) sets.delete(key);
}
