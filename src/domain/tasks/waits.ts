/** What a blocked task waits for, as far as words say it: an approval, a decision, work that has no task of its own. */
import { foldWords } from '../ids.js';
import { reasonInWords } from './reasons.js';
import type { TaskRecord } from './record.js';
import type { Standing } from './standing.js';

const MOST_CHARS = 400;
/** Who looks for one of these looks for all of them. Spelt with a hyphen or without one, as it comes. */
const FAMILIES: readonly (readonly string[])[] = [
  'approval approve approves approved approving signoff greenlight'.split(' '),
  'review reviews reviewed reviewing reviewer reviewers'.split(' '),
  'decision decide decides decided deciding choice'.split(' '),
  'access permission permissions rights credentials credential privileges'.split(' '),
  'answer answers answered reply replies replied response responds feedback'.split(' '),
  'release released releases releasing'.split(' '),
  'merge merged merges merging'.split(' '),
  'deployment deploy deploys deployed deploying rollout'.split(' '),
  'migration migrate migrates migrated migrating'.split(' '),
];

/** The reason that its change gives, and the sentence that tells of it; null for a task that is not blocked. */
export function waitsOf(record: TaskRecord, { status, event }: Standing): string | null {
  if (status !== 'blocked' || event === null) return null;
  // A code says that it waits, and not what for.
  const reason = reasonInWords(event) === event.why ? event.why : null;
  const quote = (record.mentions ?? []).find(({ ev }) => ev === event.ev)?.quote ?? null;
  const text = [reason, quote].filter((one) => one !== null).join(' ');
  return text === '' ? null : text.slice(0, MOST_CHARS);
}

/** The words of what is waited for, each once, with those that mean the same. */
export function wordsWaitedFor(text: string): readonly string[] {
  const found = foldWords(text).match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? [];
  const words = found.flatMap((word) => (word.includes('-') ? [...word.split('-'), word.replaceAll('-', '')] : [word]));
  const kin = FAMILIES.filter((family) => words.some((word) => family.includes(word))).flat();
  // A question's words are cut at hyphens.
  return [...new Set([...words, ...kin, ...(kin.includes('signoff') ? ['sign', 'off'] : [])])];
}
