/** Going down a sorted set, highest score first, from where a page ended. */
import { hash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { InputError } from '../errors.js';
import { scored } from './keys.js';

/** A member and its score. */
export type Entry = readonly [id: string, score: number];

/** Where a page ended, and from when on its query reads: a span such as 24h would be another instant on the next page. */
export interface Place {
  readonly at: number;
  readonly id: string;
  /** Further down in what this member holds, where it holds several. */
  readonly part: string;
  readonly since: number | null;
  /** How many were shown up to here. */
  readonly seen: number;
}

/** Whether an entry comes after the place where the last page ended. */
const isBehind = ([id, score]: Entry, after: Place | null): boolean =>
  after === null || score < after.at || (score === after.at && id < after.id);

/** Entries in pieces of at most `step`, by score and, of equal scores, by name, both downwards; none below `floor`. */
export async function* walkDown(
  redis: Redis,
  key: string,
  { after, floor, step }: { readonly after: Place | null; readonly floor: number | null; readonly step: number },
): AsyncGenerator<readonly Entry[]> {
  let max: number | string = after?.at ?? '+inf';
  let offset = 0;
  for (;;) {
    const rows = scored(
      await redis.zrevrangebyscore(key, max, floor ?? '-inf', 'WITHSCORES', 'LIMIT', offset, Math.max(step, 1)),
    );
    const behind = rows.filter((row) => isBehind(row, after));
    if (behind.length > 0) yield behind;
    const lowest = rows.at(-1)?.[1];
    if (lowest === undefined || rows.length < step) return;
    // The next rows begin at the last score, behind those of its rows that were had.
    const ties = rows.filter(([, score]) => score === lowest).length;
    offset = lowest === max ? offset + ties : ties;
    max = lowest;
  }
}

/** The same for a list that is at hand, in any order. */
export function* piecesOf(entries: readonly Entry[], after: Place | null, step: number): Generator<readonly Entry[]> {
  const sorted = entries
    .filter((entry) => isBehind(entry, after))
    .sort(([a, x], [b, y]) => y - x || (a < b ? 1 : a > b ? -1 : 0));
  for (let from = 0; from < sorted.length; from += step) yield sorted.slice(from, from + step);
}

const owner = (asked: string): string => hash('sha256', asked).slice(0, 8);

/** @param asked all that decides what is listed, as the caller wrote it: the cursor is good for nothing else */
export const writePlace = ({ at, id, part, since, seen }: Place, asked: string): string =>
  Buffer.from([owner(asked), at, id, part, since ?? '', seen].join('|')).toString('base64url');

/** @throws InputError for a cursor that was not given out for `asked` */
export function readPlace(text: string, asked: string): Place {
  const [from, at = '', id = '', part = '', since = '', seen = ''] = Buffer.from(text, 'base64url')
    .toString()
    .split('|');
  const isWhole =
    [at, seen].every((number) => /^\d{1,16}(\.\d+)?$/.test(number)) && /^(-?\d{1,16}(\.\d+)?)?$/.test(since);
  if (from === owner(asked) && isWhole && id !== '') {
    return { at: Number(at), id, part, since: since === '' ? null : Number(since), seen: Number(seen) };
  }
  throw new InputError(
    'cursor: this cursor does not belong to this query; use the next_cursor of a call with the same filters, or leave it out to begin anew',
  );
}
