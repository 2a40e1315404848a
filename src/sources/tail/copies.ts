/** Telling whether a file with a rotated name is a copy of what is read under its own name (`copytruncate`). */
import { fstatSync } from 'node:fs';
import { HEAD_BYTES, readAt } from './identity.js';
import { copyOf } from './siblings.js';
import type { Tables } from './tables.js';
import type { Track } from './track.js';

/** For so long may a file with a rotated name be a copy that is being made. */
const COPYING_MS = 1_000;

/** A generation with a handle. */
export type OpenTrack = Track & { readonly fd: number };

export function isOpen(track: Track): track is OpenTrack {
  return track.fd !== null;
}

/** Whether a file with a rotated name is a copy of what is or was read as one of `bases`. */
export function copied(
  { tracks, memory }: Tables,
  file: OpenTrack,
  bases: readonly string[],
): 'yes' | 'no' | 'perhaps' {
  const stat = fstatSync(file.fd);
  const head = readAt(file.fd, 0, HEAD_BYTES).toString('latin1');
  const live = tracks.readAs(bases).filter((one) => one !== file && one.decided && one.beginsLike(head));
  const answers = [...live, ...memory.of(bases)].map(({ identity }) => copyOf(identity, file, stat.size));
  if (answers.includes('yes')) return 'yes';
  return answers.includes('perhaps') && Date.now() - stat.mtimeMs < COPYING_MS ? 'perhaps' : 'no';
}
