/** What others did or do, where a verb seems to stand first: `support complained again`, `dispatch prints them`. */
import { baseForm } from '../words.js';
import { isParting, type Word } from './text.js';
import { VERBS, wordSet } from './words.js';

const AFTER_PAST = wordSet(`
  a about again all also an and another at because by for from if in it its me my on our out over so some that the their them these this
  those to today up us with yesterday you
`);
const AFTER_PRESENT = wordSet('it them him her us me the a an our my your all every each');

/** Whether the word at `at` is what somebody did or does. A participle before a noun is none: `support nested lists`. */
export function isTold(words: readonly Word[], at: number): boolean {
  const low = words[at]?.low ?? '';
  const next = words[at + 1]?.low ?? '';
  const isLast = next === '' || isParting(words[at]?.raw ?? '');
  if (/^[a-z]{2,}ed$/.test(low)) return isLast || AFTER_PAST.has(next);
  if (!/^[a-z]{3,}s$/.test(low) || isLast || !AFTER_PRESENT.has(next)) return false;
  const base = baseForm(low);
  return base !== null && base !== low && VERBS.has(base);
}
