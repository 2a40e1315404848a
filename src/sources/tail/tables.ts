/** What the steps of following files share: each looks something up here that another has put there. */
import type { Folders } from './folders.js';
import type { Memory } from './memory.js';
import type { FollowerOptions } from './model.js';
import type { Problems } from './problems.js';
import { rotatedSiblings, type Listing, type Sibling } from './siblings.js';
import { foldersOf, type Slot, type Slots } from './slots.js';
import type { Tracks } from './tracks.js';
import type { Turns } from './turns.js';

export type Settled = Required<Pick<FollowerOptions, 'from' | 'graceMs' | 'maxOpen'>>;

export interface Tables {
  readonly settled: Settled;
  readonly slots: Slots;
  readonly tracks: Tracks;
  readonly folders: Folders;
  readonly memory: Memory;
  readonly turns: Turns;
  readonly problems: Problems;
}

/** The names beside what stands in a slot. */
export function listingsOf({ folders }: Tables, slot: Slot): readonly Listing[] {
  return foldersOf(slot).map((folder) => ({ folder, names: folders.names(folder) }));
}

/** Files beside a slot that may be what stood at `path` before, by their names. */
export function siblingsOf(tables: Tables, slot: Slot, path = slot.path): readonly Sibling[] {
  return rotatedSiblings(path, listingsOf(tables, slot), false);
}
