/** Sentences to clauses. A cut is made only where a new clause surely begins, for a task cut in two is two wrong ones. */
import { cued } from '../../cue/index.js';
import { baseForm } from '../words.js';
import { isHalfSubject } from './half-subject.js';
import { isTold } from './told.js';
import { bareWord, depthAfter, endsIn, isBlank, isParting, type Word } from './text.js';
import {
  ASKS,
  COUNTED,
  DO_SUBJECTS,
  FINITE,
  HAVE_OBJECTS,
  JOINERS,
  LEADS_TO,
  LIGHT_VERBS,
  OBJECT_WORDS,
  PARTICLES,
  STATES,
  SUBJECTS,
  WITH_OBJECT,
} from './clause-words.js';
import { CLOSED, DETERMINERS, FILLERS, NOUNISH, PREPOSITIONS, VERBS, wordSet } from './words.js';

export type { Word } from './text.js';

export interface Clause {
  readonly words: readonly Word[];
  /** What joined it to the clause before: `and`, `,`, `:` … or nothing. */
  readonly joiner: string;
  /** Of its sentence. */
  readonly isQuestion: boolean;
  /** Its words as they were written. */
  readonly text: string;
}

/** A longer sentence is no speech; its beginning says what it is about. */
const MAX_WORDS = 120;
/** How many adverbs may stand before a verb. */
const MAX_FILLERS = 6;

/** Frames whose verb stands in the base form, so that another base form after `and` belongs to the same frame. */
const BASE_FRAME = cued(
  /\b(?:will|'ll|can|could|should|would|must|may|might|to|do|does|did|(?:do|does|did|wo|would|should|could|can|is|are)n'?t|cannot|not|never|no need|without)\b/i,
);

export const wordsOf = (text: string): Word[] => {
  const words: Word[] = [];
  let from = 0;
  for (let at = 0; at <= text.length && words.length < MAX_WORDS; at += 1) {
    if (at < text.length && !isBlank(text.charCodeAt(at))) continue;
    if (at > from) {
      const raw = text.slice(from, at);
      words.push({ raw, low: bareWord(raw.length > 80 ? raw.slice(0, 80) : raw) });
    }
    from = at + 1;
  }
  return words;
};

export function textOf(words: readonly Word[]): string {
  let text = '';
  for (let at = 0; at < words.length; at += 1) text += at === 0 ? (words[at]?.raw ?? '') : ` ${words[at]?.raw ?? ''}`;
  return text;
}

/** The words in lower case and without punctuation, as frames are looked for. */
export function lowOf(words: readonly Word[]): string {
  let text = '';
  for (let at = 0; at < words.length; at += 1) text += at === 0 ? (words[at]?.low ?? '') : ` ${words[at]?.low ?? ''}`;
  return text;
}

const isObject = (low: string): boolean => DETERMINERS.has(low) || /[\d_./\\()]|^[#@$]/.test(low);
/** How a verb is often made that no list knows: `denormalise`, `dockerify`. */
const VERB_FORM = /^(?:de|re|un|pre|dis)-?[a-z]{4,}(?:e|t|d|k|y|p|n|l)$|[a-z]{3,}(?:i[sz]e|ify)$/;

/** Whether a verb in the base form stands at `at`, as in an imperative. */
export function isVerbAt(words: readonly Word[], at: number, isFirst: boolean): boolean {
  const word = words[at];
  if (word === undefined) return false;
  const { low } = word;
  if (low === '' || low.length > 24 || (FILLERS.has(low) && endsIn(word.raw, ',!'))) return false;
  const next = words[at + 1]?.low ?? '';
  if (endsIn(word.raw, ':') && !VERBS.has(low)) return false;
  if (low === 'do' && DO_SUBJECTS.has(next)) return false;
  if (low === 'have') return HAVE_OBJECTS.has(next) && words[at + 2] !== undefined;
  if (low === 'be' || (low.includes('-') && /-(?:up|out|in|off|down)$/.test(low))) return false;
  if (LIGHT_VERBS.has(low)) return words[at + 1] !== undefined && !FINITE_ONLY.has(next);
  if (VERBS.has(low) || NOUNISH.has(low)) {
    if (endsIn(word.raw, ',;.') && (!isFirst || words.length > 1)) return !NOUNISH.has(low) || low === 'fix';
    if (!NOUNISH.has(low)) return !FINITE_ONLY.has(next) && !(next === '' && !isFirst && WITH_OBJECT.has(low));
    if (isObject(next)) return !FINITE_ONLY.has(next) && !(COUNTED.has(low) && /^#?\d/.test(next));
    if (isFirst && isTold(words, at + 1)) return false;
    if (next === '') return isFirst && words.length === 1 && VERBS.has(low);
    if (PREPOSITIONS.has(next)) return isFirst || PARTICLES.has(next);
    return isFirst && !hasFiniteAfter(words, at + 1);
  }
  if (CLOSED.has(low) || FILLERS.has(low) || PREPOSITIONS.has(low) || !/^[a-z][a-z-]+$/.test(low)) return false;
  const base = baseForm(low);
  if (base !== null && base !== low) return false;
  if (/(?:ing|ed|ly|tion|ness|ment|ity|s|er|or|ous|ive|al|ful|less|able|ible|ic|ish)$/.test(low)) return false;
  if (OBJECT_WORDS.has(next)) return isFirst || low.length > 3;
  return isFirst && VERB_FORM.test(low) && next !== '' && !PREPOSITIONS.has(next) && !hasFiniteAfter(words, at + 1);
}

const FINITE_ONLY = wordSet(`
  is are was were has had should must will would isn't isnt aren't arent wasn't wasnt weren't werent doesn't doesnt didn't didnt hasn't hasnt
  does did never
`);
const RELATIVE = wordSet('that which who if when where what how why whether so until because whenever as once');
const FINITE_AFTER = wordSet(`
  is are was were has had does did got gets goes went came comes says said can could would may might should must needs will
  doesn't doesnt didn't didnt can't cant won't wont don't dont isn't isnt aren't arent fail fails works takes looks keeps shows never
`);

const NOW = wordSet('again now since here today');

const isEndOrPlace = (words: readonly Word[], at: number): boolean => {
  const next = words[at + 1]?.low ?? '';
  return next === '' || isParting(words[at]?.raw ?? '') || PREPOSITIONS.has(next) || NOW.has(next);
};

/** `Test coverage is low` is no request to test. A relative clause does not count. */
function hasFiniteAfter(words: readonly Word[], from: number): boolean {
  for (let at = from; at < words.length && at < from + 8; at += 1) {
    const word = words[at];
    if (word === undefined || RELATIVE.has(word.low)) return false;
    if (FINITE_AFTER.has(word.low)) return true;
    // `build broken on windows`: what it is like.
    if (STATES.has(word.low) && isEndOrPlace(words, at)) return true;
    if (isParting(word.raw)) return false;
  }
  return false;
}

/** Where the verb of an imperative stands, after `please`, `then`, `also`; -1 where there is none. */
export function verbAt(words: readonly Word[], from = 0, isFirst = true): number {
  for (let at = from; at < words.length && at <= from + MAX_FILLERS; at += 1) {
    if (isVerbAt(words, at, isFirst)) return at;
    if (!FILLERS.has(words[at]?.low ?? '')) return -1;
  }
  return -1;
}

const POLITE = wordSet('can could would will cud');
const ASKED = wordSet('you we u i');
const TAKING_BACK = wordSet('forget nevermind nvm hold stop park scratch scrap skip ditch leave');
const NOT_SUBJECT = wordSet('that which who if when where what how and or to with because so as');

/** Whether a clause surely begins at `at`. */
function startsAt(words: readonly Word[], at: number, joiner: string): boolean {
  let from = at;
  while (from < words.length && from < at + MAX_FILLERS && FILLERS.has(words[from]?.low ?? '')) {
    if (isVerbAt(words, from, false)) break;
    from += 1;
  }
  const word = words[from];
  if (word === undefined) return false;
  const next = words[from + 1]?.low ?? '';
  if (POLITE.has(word.low) && ASKED.has(next)) return true;
  const { low } = word;
  if (low === "don't" || low === 'dont' || low === 'never' || (low === 'do' && next === 'not')) return true;
  if (low === 'no' && (next === 'need' || next === 'longer')) return true;
  if (TAKING_BACK.has(low)) return isVerbAt(words, from, false) || /^(?:off|on|it|that|the|out)$/.test(next);
  if (SUBJECTS.has(word.low))
    return !/^(?:and|or|,)$/.test(next) && next !== '' && !(joiner === 'or' && word.low === 'it');
  if (joiner !== 'or' && isVerbAt(words, from, false)) return true;
  if (joiner === 'or' || joiner === 'because') return joiner === 'because';
  if (isParting(word.raw)) return false;
  // A noun phrase and its verb: `the footer is fine`, `totals are off`, `colours are silly`.
  for (let seek = from + 1; seek < words.length && seek <= from + 6; seek += 1) {
    const found = words[seek];
    if (found === undefined || NOT_SUBJECT.has(found.low)) return false;
    if (FINITE.has(found.low)) return !(VERBS.has(found.low) && PREPOSITIONS.has(words[seek - 1]?.low ?? ''));
    if (isParting(found.raw)) return false;
  }
  return false;
}

const PLACES = wordSet('on in for at under within inside');
const LEADING = wordSet('if when whenever once after as before until unless while since because');
const BRACKETS = /[()[\]“”]/;
/** A dash that stands alone. */
const isDash = (raw: string): boolean => {
  const first = raw.charCodeAt(0);
  return (first === 45 || first === 8211 || first === 8212) && /^[-–—]+$/.test(raw);
};

/** Where a request begins in the midst of what was dictated: `… nobody can read it please fix that`. */
function isAskedAt(words: readonly Word[], at: number): boolean {
  const { low = '' } = words[at] ?? {};
  const before = words[at - 1];
  if (!ASKS.has(low) || before === undefined || LEADS_TO.has(before.low) || FILLERS.has(before.low)) return false;
  if (isParting(before.raw)) return false;
  return low.startsWith('pl')
    ? !VERBS.has(before.low) && isVerbAt(words, at + 1, false)
    : words[at + 1]?.low === 'you' && verbAt(words, at + 2, false) >= 0;
}

function fits(words: readonly Word[], start: number, at: number): boolean {
  // Leading conditions and places belong to what follows.
  const first = words[start]?.low ?? '';
  return !(at - start < 1 && LEADING.has(first));
}

export function clausesOf(sentence: string): Clause[] {
  const words = wordsOf(sentence.length > 1_200 ? sentence.slice(0, 1_200) : sentence);
  const isQuestion = sentence.includes('?') && /\?["')\]]*\s*$/.test(sentence);
  const hasBrackets = BRACKETS.test(sentence);
  const clauses: Clause[] = [];
  let start = 0;
  let joiner = '';
  let depth = 0;
  const push = (to: number, next: number, by: string): void => {
    if (to > start) {
      const own = start === 0 && to === words.length ? words : words.slice(start, to);
      clauses.push({ words: own, joiner, isQuestion, text: textOf(own) });
    }
    start = next;
    joiner = by;
  };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined) break;
    if (hasBrackets) depth = depthAfter(word.raw, depth);
    if (depth > 0 || at < start) continue;
    if (at - start > 3 && isAskedAt(words, at)) {
      push(at, at, ',');
      continue;
    }
    if (at > start && JOINERS.has(word.low) && !isParting(words[at - 1]?.raw ?? '')) {
      if (isJoined(words, start, at) && fits(words, start, at)) push(at, at + 1, word.low);
      continue;
    }
    if (at + 1 >= words.length || !(isParting(word.raw) || isDash(word.raw))) continue;
    const isBreak = !word.raw.endsWith(',');
    const skip = JOINERS.has(words[at + 1]?.low ?? '') ? 1 : 0;
    const by = skip === 1 ? (words[at + 1]?.low ?? '') : isBreak ? word.raw.slice(-1) : ',';
    if (isBreak || (startsAt(words, at + 1 + skip, by) && !isSeries(words, start, at, by)))
      push(at + 1, at + 1 + skip, by);
    else if (PLACES.has(words[start]?.low ?? '') && verbAt(words, at + 1) >= 0) push(at + 1, at + 1, ',');
  }
  push(words.length, words.length, '');
  return clauses;
}

/** `find and fix it` is one clause, and so is `to read and write files`. */
function isJoined(words: readonly Word[], start: number, at: number): boolean {
  const before = words[at - 1];
  if (before === undefined) return false;
  const by = words[at]?.low ?? '';
  if (
    by === 'but' &&
    /^(?:nobody|no-one|one|anyone|everyone|anybody|everybody|nothing|everything|all|none)$/.test(before.low)
  )
    return false;
  if (!startsAt(words, at + 1, by)) return false;
  if ((by === 'and' || by === '&' || by === 'or') && isHalfSubject(words, start, at)) return false;
  // `there are nodes and branch names that …`: one more of the things that there are.
  if (by === 'and' && words[start]?.low === 'there' && NOUNISH.has(words[at + 1]?.low ?? ''))
    return DETERMINERS.has(words[at + 2]?.low ?? '');
  // `fix and add a test` mends what was told before; `fix and test it` has one object.
  const isMending =
    /^(?:fix|solve|investigate)$/.test(before.low) && !/^(?:it|this|that|them)$/.test(words[at + 2]?.low ?? '');
  if (isMending && verbAt(words, at + 1, false) >= 0) return true;
  if (at - start === 1 && VERBS.has(before.low)) return false;
  if (
    VERBS.has(before.low) &&
    /^(?:to|please|you|and)$/.test(words[at - 2]?.low ?? '') &&
    verbAt(words, at + 1, false) >= 0
  )
    return false;
  // `the search and filter controls`: what stands before `and` has a determiner and the verb would be its fellow noun.
  if (
    by === 'and' &&
    NOUNISH.has(words[at + 1]?.low ?? '') &&
    /^(?:the|a|an|both|our|all)$/.test(words[at - 2]?.low ?? '')
  ) {
    const next = words[at + 2]?.low ?? '';
    return DETERMINERS.has(next) || PREPOSITIONS.has(next);
  }
  return true;
}

/** `I'll test it and update the docs`: the second verb stands in the frame of the first, and so does what a series lists. */
function isSeries(words: readonly Word[], start: number, at: number, by: string): boolean {
  return by === 'or' && at - start < 2;
}

/** Whether a clause after `and` carries on a frame that is no request, as in `I'll test it and update the docs`. */
export const carriesOn = (clause: Clause, before: Clause): boolean =>
  (clause.joiner === 'and' || clause.joiner === 'or' || clause.joiner === 'then') &&
  !clause.words.some(({ low }) => low === 'please' || low === 'pls') &&
  BASE_FRAME.test(textOf(before.words));
