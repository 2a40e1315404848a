/** The base of a verb in the past tense: of what somebody wishes that it did. */
import { baseForm } from '../words.js';
import { VERBS, wordSet } from './words.js';

const IRREGULAR: ReadonlyMap<string, string> = new Map(
  Object.entries({
    was: 'be',
    were: 'be',
    had: 'have',
    did: 'do',
    went: 'go',
    ran: 'run',
    kept: 'keep',
    came: 'come',
    got: 'get',
    gave: 'give',
    took: 'take',
    made: 'make',
    said: 'say',
    told: 'tell',
    sent: 'send',
    stood: 'stand',
    understood: 'understand',
    began: 'begin',
    held: 'hold',
    knew: 'know',
    led: 'lead',
    left: 'leave',
    lost: 'lose',
    found: 'find',
    built: 'build',
    brought: 'bring',
    caught: 'catch',
    chose: 'choose',
    drew: 'draw',
    drove: 'drive',
    fell: 'fall',
    felt: 'feel',
    flew: 'fly',
    froze: 'freeze',
    grew: 'grow',
    hid: 'hide',
    lit: 'light',
    met: 'meet',
    meant: 'mean',
    paid: 'pay',
    rose: 'rise',
    sat: 'sit',
    saw: 'see',
    sold: 'sell',
    shone: 'shine',
    shrank: 'shrink',
    slept: 'sleep',
    slid: 'slide',
    spoke: 'speak',
    stuck: 'stick',
    swam: 'swim',
    swung: 'swing',
    threw: 'throw',
    woke: 'wake',
    wore: 'wear',
    wrote: 'write',
    won: 'win',
    wound: 'wind',
  }),
);
/** The same in both tenses. */
const SAME = wordSet('let put set read cut hit shut split cost quit spread reset upset broadcast');
/** Ends like one and is none. */
const NO_PAST = wordSet(
  'need feed speed seed red bed shed embed exceed proceed indeed hundred unused related detailed nested based limited selected required fixed shared unread advanced',
);

/** `snapped` → `snap`, `ran` → `run`; null for what is no past tense. */
export function baseOfPast(word: string): string | null {
  const known = IRREGULAR.get(word) ?? (SAME.has(word) ? word : null);
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
