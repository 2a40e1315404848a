/** Whether something stands in the way of whoever speaks. */
import { cued } from '../../cue/index.js';

const HINDERED = cued(
  /\b(?:i|we)(?:'m| am|'re| are)? (?:can't|cannot|can not|couldn't|could not|may not|unable|not able|not allowed|wasn't able|have no (?:way|access|rights|permission)|don't have|am locked out|get no(?:where)?|got no(?:where)?)\b|\b(?:denied|refused|rejected|forbidden|40[13]|blocked|locked out|no access)\b/i,
);

export const hinderedIn = (clauses: readonly string[]): boolean => clauses.some((clause) => HINDERED.test(clause));
