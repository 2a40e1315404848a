/** When two templates that differ at some places are one, and those places are values: a question of how many values were seen. */
import { WILDCARD, type Token } from './tokens.js';

/**
 * How many different texts must have been seen at a place before it counts as a value. The numbers were found by leaving
 * one set of logs out and choosing by the others (`npm run bench -- grouping`); all are in the middle of wide plateaus.
 */
export interface Thresholds {
  /** Words in lower case: users and hosts are called so, but so are verbs. */
  readonly lower: number;
  /** `Started`, `readOnly`: more often the program's own words. */
  readonly mixed: number;
  /** `GET`, `NEW`: names of states and verbs; a program has few of them and they carry the meaning. */
  readonly upper: number;
  /** `db.example.org`, `build-host`: compounds are mostly names. */
  readonly compound: number;
  /** Something was seen there that is a value by its shape. */
  readonly besideValue: number;
  /** Times these by the number of words that all have in common: a short message is its words. */
  readonly byShared: readonly number[];
  /** Places that may differ at a time, and the words in common that each further one asks for. */
  readonly maxHoles: number;
  readonly sharedPerHole: number;
  /** Times this for each further place. */
  readonly perHole: number;
}

export const THRESHOLDS: Thresholds = {
  lower: 4,
  mixed: 6,
  upper: 10,
  compound: 3,
  besideValue: 2,
  byShared: [Infinity, 6, 3, 1.25, 1],
  maxHoles: 3,
  sharedPerHole: 2,
  perHole: 2,
};

/** Places at which the two differ; null where they are more than `max`. A hole agrees with everything. */
export function differences(a: readonly Token[], b: readonly Token[], max: number): number[] | null {
  if (a.length !== b.length) return null;
  const places: number[] = [];
  for (let at = 0; at < a.length; at++) {
    const x = a[at];
    const y = b[at];
    if (x === undefined || y === undefined || x.text === y.text || x.kind === 'hole' || y.kind === 'hole') continue;
    if (places.length === max) return null;
    places.push(at);
  }
  return places;
}

/** Whether all of `group`, alike but for `places`, are one. */
export function isEnough(group: readonly (readonly Token[])[], places: readonly number[], limits: Thresholds): boolean {
  if (places.length === 0) return true;
  const shared = sharedWords(group, places);
  if (shared < 1 || shared < limits.sharedPerHole * (places.length - 1)) return false;
  const factor = limits.perHole ** (places.length - 1);
  return places.every((place) => {
    const values = new Set(group.map((tokens) => tokens[place]?.text ?? ''));
    return values.size >= neededAt(values, shared, limits) * factor;
  });
}

function sharedWords(group: readonly (readonly Token[])[], places: readonly number[]): number {
  const [first = [], ...others] = group;
  let shared = 0;
  for (const [at, token] of first.entries()) {
    if (token.kind === 'word' && !places.includes(at) && others.every((other) => other[at]?.text === token.text))
      shared++;
  }
  return shared;
}

function neededAt(values: ReadonlySet<string>, shared: number, limits: Thresholds): number {
  const { byShared } = limits;
  const factor = byShared[Math.min(shared, byShared.length - 1)] ?? 1;
  const words = [...values].filter((value) => value !== WILDCARD && !value.startsWith('[redacted:'));
  const beside = words.length < values.size;
  if (words.every((word) => COMPOUND.test(word))) return beside ? limits.besideValue : limits.compound;
  if (beside) return shared > 2 ? limits.besideValue : limits.besideValue * factor;
  if (words.every((word) => !LOWER.test(word))) return limits.upper * factor;
  return (words.some((word) => UPPER.test(word)) ? limits.mixed : limits.lower) * factor;
}

const COMPOUND = /[-._/@$\d\\]/;
const LOWER = /\p{Ll}/u;
const UPPER = /\p{Lu}/u;
