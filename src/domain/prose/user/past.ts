/** The base of a verb in the past tense: of what somebody wishes that it did. */
import { baseForm } from '../words.js';
import { VERBS, wordSet } from './words.js';

/** Of verbs that are no work; those that are, `baseForm` knows. */
const IRREGULAR: ReadonlyMap<string, string> = new Map(
  Object.entries({
    was: 'be',
    were: 'be',
    had: 'have',
    came: 'come',
    said: 'say',
    stood: 'stand',
    understood: 'understand',
    knew: 'know',
    led: 'lead',
    lost: 'lose',
    fell: 'fall',
    felt: 'feel',
    flew: 'fly',
    grew: 'grow',
    lit: 'light',
    met: 'meet',
    meant: 'mean',
    rose: 'rise',
    sat: 'sit',
    shone: 'shine',
    slept: 'sleep',
    slid: 'slide',
    spoke: 'speak',
    swam: 'swim',
    swung: 'swing',
    woke: 'wake',
    wore: 'wear',
    won: 'win',
    wound: 'wind',
  }),
);
const PAST = wordSet(
  'did went ran kept got gave took made told sent began held left found built brought caught chose drew drove froze hid paid saw sold shrank stuck threw wrote',
);
/** The same in both tenses. */
const SAME = wordSet('let put set read cut hit shut split cost quit spread reset upset broadcast');
/** Ends like one and is none. */
const NO_PAST = wordSet(
  'need feed speed seed red bed shed embed exceed proceed indeed hundred unused related detailed nested based limited selected required fixed shared unread advanced',
);

/** `snapped` → `snap`, `ran` → `run`; null for what is no past tense. */
export function baseOfPast(word: string): string | null {
  const known = IRREGULAR.get(word) ?? (SAME.has(word) ? word : PAST.has(word) ? baseForm(word) : null);
  if (known !== null) return known;
  if (!/^[a-z-]{2,}ed$/.test(word) || NO_PAST.has(word)) return null;
  const base = baseForm(word);
  if (base !== null) return base;
  const stem = word.slice(0, -2);
  if (VERBS.has(stem)) return stem;
  if (VERBS.has(`${stem}e`)) return `${stem}e`;
  if (stem.endsWith('i')) return `${stem.slice(0, -1)}y`;
  if (/([bdgmnprt])\1$/.test(stem)) return stem.slice(0, -1);
  return /(?:[vzcu]|[^s]s|[^aeiou]l|dg|ng|[aeiou]g|[^aeiou][aeiou][kt]|[^aeiou][aiou]r|[^aeiou][aiu][nmp])$/.test(
    stem,
  ) && !/(?:en|on|er|it|et|ot|an|in)$/.test(stem)
    ? `${stem}e`
    : stem;
}
