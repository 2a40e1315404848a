/** Finding under which name the rest of a generation lies, after its path has been given to another. */
import { closeSync, statSync, type Stats } from 'node:fs';
import { basename, join } from 'node:path';
import { codeOf } from '../code-of.js';
import { isCopy, isKnown, type OpenFile } from './identity.js';
import type { Identity } from './model.js';
import { isCompressed, isRotatedName } from './names.js';
import { openFile, type Opened } from './track.js';

/** More files than that in a folder: only those with a rotated name are looked at. */
const MANY = 2_000;

/** A file beside a followed path. */
export interface Sibling {
  readonly path: string;
  readonly stat: Stats;
}

/** A folder that rotated files may lie in. */
export interface Listing {
  readonly folder: string;
  readonly names: readonly string[];
}

/** What may be opened, read and closed again without being in the way of anyone. */
export function tryOpen(path: string): Opened | null {
  try {
    return openFile(path);
  } catch (error) {
    if (codeOf(error) === null) throw error;
    return null;
  }
}

function statAt(path: string): Stats | null {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat?.isFile() === true ? stat : null;
  } catch (error) {
    if (codeOf(error) === null) throw error;
    return null;
  }
}

/** Files that may be what stood at `path` before, by their names. @param compressed whether packed ones are meant */
export function rotatedSiblings(path: string, listings: readonly Listing[], compressed: boolean): readonly Sibling[] {
  const base = basename(path);
  return listings.flatMap(({ folder, names }) =>
    names
      .filter((name) => isCompressed(name) === compressed && isRotatedName(name, base))
      .flatMap((name) => {
        const stat = statAt(join(folder, name));
        return stat === null ? [] : [{ path: join(folder, name), stat }];
      }),
  );
}

/** Oldest first. Within a tick of the file system's clock the higher number is the older one. */
export function byAge(a: Sibling, b: Sibling): number {
  return (
    a.stat.mtimeMs - b.stat.mtimeMs ||
    a.stat.birthtimeMs - b.stat.birthtimeMs ||
    b.path.localeCompare(a.path, 'en', { numeric: true })
  );
}

/** The file itself under another name, open; null if there is none. */
export function findRenamed(identity: Identity, path: string, listings: readonly Listing[]): Opened | null {
  const base = basename(path);
  for (const { folder, names } of listings) {
    for (const name of names) {
      if (isCompressed(name) || (names.length > MANY && !isRotatedName(name, base))) continue;
      const at = join(folder, name);
      if (statAt(at)?.ino !== Number(identity.ino)) continue;
      const file = tryOpen(at);
      if (file === null) continue;
      if (isKnown(identity, file)) return file;
      closeSync(file.fd);
    }
  }
  return null;
}

/** A copy of it with a rotated name (`copytruncate`), open; null if there is none. */
export function findCopy(identity: Identity, siblings: readonly Sibling[]): Opened | null {
  for (const { path, stat } of siblings) {
    if (stat.size < identity.tailByte) continue;
    const file = tryOpen(path);
    if (file === null) continue;
    if (isCopy(identity, file)) return file;
    closeSync(file.fd);
  }
  return null;
}

/**
 * Whether `file`, which has a rotated name, is a copy of `identity`. `perhaps`: it is shorter so far, and may be being
 * written by whoever copies.
 */
export function copyOf(identity: Identity, file: OpenFile, size: number): 'yes' | 'no' | 'perhaps' {
  if (size < identity.headBytes) return 'perhaps';
  if (size >= identity.tailByte) return isCopy(identity, file) ? 'yes' : 'no';
  // A copy from before the last reads: its end cannot be compared, its beginning can.
  return isCopy({ ...identity, tailByte: 0, tail: EMPTY_HASH }, file) ? 'yes' : 'no';
}

const EMPTY_HASH = 'e3b0c44298fc1c149afbf4c8996fb924';
