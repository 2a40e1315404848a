/** Subjects of two: `the header and the footer should be blue`. */
import { FINITE } from './clause-words.js';
import { isParting, type Word } from './text.js';
import { DETERMINERS, FILLERS, PREPOSITIONS, wordSet } from './words.js';

/** What stands before `and` has no verb of its own. */
export function isHalfSubject(words: readonly Word[], start: number, at: number): boolean {
  let from = start;
  while (from < at && FILLERS.has(words[from]?.low ?? '')) from += 1;
  if (at - from < 2 || at - from > 6 || !HALVES.has(words[from]?.low ?? '')) return false;
  if (!HALVES.has(words[at + 1]?.low ?? '')) return false;
  for (let seek = from + 1; seek < at; seek += 1) {
    const { low = '', raw = '' } = words[seek] ?? {};
    if (FINITE.has(low) || (/[^su]s$/.test(low) && DETERMINERS.has(words[seek + 1]?.low ?? '')) || isParting(raw))
      return false;
    if (PREPOSITIONS.has(low) && seek > from + 1 && /s$/.test(words[seek - 1]?.low ?? '')) return false;
  }
  return true;
}
const HALVES = wordSet('the our both my all each every');
