/** What ties an error to a task: how close, and why in words. */
import { commonTail, fileOfKey } from './keys.js';

export interface Tie {
  /** 0 to 1. */
  readonly score: number;
  /** By what it was found first of all. */
  readonly by: 'key' | 'words' | 'time';
  readonly why: string;
}

export interface Reason {
  readonly score: number;
  readonly by: Tie['by'];
  readonly text: string;
}

/** Ties that say less are not kept. */
const LEAST_SCORE = 0.2;
const MOST_CHARS = 300;
/** Of the keys that name one thing: how sure it makes that the same is meant. Others share their files, types and codes. */
const SURE: ReadonlyMap<string, number> = new Map(
  Object.entries({ task: 0.98, request: 0.95, trace: 0.95, session: 0.8 }),
);
const LIKELY = { line: 0.95, path: 0.8, name: 0.6, edited: 0.45, type: 0.5, code: 0.5 } as const;

/** Independent reasons: that none of them holds is what is left of each. Null where they say too little. */
export function tieOf(reasons: readonly Reason[]): Tie | null {
  const sorted = [...reasons].sort((a, b) => b.score - a.score);
  const [best] = sorted;
  const score = 1 - sorted.reduce((rest, reason) => rest * (1 - reason.score), 1);
  if (best === undefined || score < LEAST_SCORE) return null;
  const why = sorted.map(({ text }) => text).join('; ');
  return {
    score: Math.round(score * 1_000) / 1_000,
    by: best.by,
    why: why.length > MOST_CHARS ? `${why.slice(0, MOST_CHARS - 1)}…` : why,
  };
}

/**
 * A key of an error against one of a task.
 * @param holders how many errors have the error's key: what all have says little of each
 * @param edited the task does not name the file, its conversation has worked on it
 */
export function keyReason(ofError: string, ofTask: string, holders: number, edited = false): Reason | null {
  const rare = 1 / (1 + Math.log2(Math.max(1, holders)) / 2);
  const one = fileOfKey(ofError);
  const other = fileOfKey(ofTask);
  if (one !== null && other !== null) {
    const tail = commonTail(one.path, other.path);
    if (tail === 0) return null;
    const at = one.line === null ? one.path : `${one.path}:${one.line}`;
    if (edited) return { score: LIKELY.edited * rare, by: 'key', text: `its conversation worked on ${one.path}` };
    if (one.line !== null && one.line === other.line) {
      return { score: LIKELY.line, by: 'key', text: `both name ${at}` };
    }
    const score = (tail > 1 ? LIKELY.path : LIKELY.name) * rare;
    return { score, by: 'key', text: `the task names ${other.path}, the error happened at ${at}` };
  }
  if (ofError !== ofTask) return null;
  const [kind = '', ...rest] = ofError.split(':');
  const name = rest.join(':');
  const sure = SURE.get(kind);
  if (sure !== undefined) return { score: sure, by: 'key', text: `both name ${kind} ${name}` };
  if (kind === 'type') return { score: LIKELY.type * rare, by: 'key', text: `the task names ${name}` };
  if (kind === 'code') return { score: LIKELY.code * rare, by: 'key', text: `the task names the code ${name}` };
  return null;
}

/** The most that words alone can say. */
const WORDS = 0.7;
const LEAST_SHARED = 2;

/** @param share see `TextHit` */
export function wordsReason(share: number, shared: readonly string[]): Reason | null {
  if (shared.length < LEAST_SHARED) return null;
  // A task is short beside an error: half of the error's words is as much as can be hoped for.
  const score = WORDS * Math.min(1, 2 * share);
  if (score < LEAST_SCORE) return null;
  return { score, by: 'words', text: `both speak of ${shared.slice(0, 5).join(', ')}` };
}

/** A service that the task's title names. */
export const componentReason = (component: string): Reason => ({
  score: 0.25,
  by: 'key',
  text: `the task's title names ${component}`,
});

export function timeReason(found: {
  readonly both: number;
  readonly ofTask: number;
  readonly chance: number;
  readonly lift: number;
}): Reason {
  const { both, ofTask, chance, lift } = found;
  const score = Math.min(0.6, 0.6 * (1 - 1 / Math.max(1, lift)));
  const p = chance < 0.001 ? '< 0.001' : `= ${chance.toFixed(3)}`;
  const text = `happened in ${both} of the ${ofTask} ten-minute spans while it was under way, at least ${lift.toFixed(1)} times as often as else (p ${p})`;
  return { score, by: 'time', text };
}
