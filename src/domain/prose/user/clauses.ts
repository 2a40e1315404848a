/**
 * Sentences to clauses: `The spinner hangs, look into it and update the docs` is three. A cut is made only where a new
 * clause surely begins, for a task cut in two is two wrong ones.
 */
import { cued } from '../../cue/index.js';
import { baseForm } from '../words.js';
import { CLOSED, DETERMINERS, FILLERS, NOUNISH, PREPOSITIONS, VERBS } from './words.js';

export interface Word {
  readonly raw: string;
  /** Lower case, without punctuation around it. */
  readonly low: string;
}

export interface Clause {
  readonly words: readonly Word[];
  /** What joined it to the clause before: `and`, `,`, `:` … or nothing. */
  readonly joiner: string;
  /** Of its sentence. */
  readonly isQuestion: boolean;
}

/** A longer sentence is no speech; its beginning says what it is about. */
const MAX_WORDS = 120;
/** How many adverbs may stand before a verb. */
const MAX_FILLERS = 6;

const JOINERS: ReadonlySet<string> = new Set([
  'and',
  'then',
  'but',
  'plus',
  '&',
  'or',
  'so',
  'also',
  'while',
  'because',
  'since',
  'however',
  'otherwise',
]);
const SUBJECTS: ReadonlySet<string> = new Set(
  "i i'll i'd i've i'm we we'll we'd we've we're you he she they they'll he'll she'll it it's it'll that's this there there's someone somebody everyone nobody let's lets".split(
    ' ',
  ),
);
const FINITE =
  /^(?:is|are|was|were|has|have|had|should|must|needs?|can|could|will|would|may|might|does|do|did|never|always|still|keeps?|(?:is|are|was|were|has|have|does|do|did|should|ca|could|wo|would)n'?t|cannot|shows?|looks?|works?|gets?|says?|takes?|wants?|goes|fails?|crash(?:es)?|hangs?|freezes?|breaks?|stops?|returns?|throws|leaks?|refuses|dies|misses|loses|comes|appears?|disappears?|flickers?|times)$/;
/** Frames whose verb stands in the base form, so that another base form after `and` belongs to the same frame. */
const BASE_FRAME = cued(
  /\b(?:will|'ll|can|could|should|would|must|may|might|to|do|does|did|(?:do|does|did|wo|would|should|could|can|is|are)n'?t|cannot|not|never|no need|without)\b/i,
);

const clean = (raw: string): string =>
  raw
    .replace(/[’‘]/g, "'")
    .replace(/^[^\p{L}\p{N}#@/.$_+-]+|[^\p{L}\p{N}/$_+#%)]+$/gu, '')
    .toLowerCase();

export const wordsOf = (text: string): Word[] => {
  const words: Word[] = [];
  for (const raw of text.split(/\s+/, MAX_WORDS))
    if (raw !== '') words.push({ raw, low: clean(raw.length > 80 ? raw.slice(0, 80) : raw) });
  return words;
};

export const textOf = (words: readonly Word[]): string => words.map((word) => word.raw).join(' ');

const isObject = (low: string): boolean => DETERMINERS.has(low) || /^[\d#@$/]|[_./\\()]|\d/.test(low);
/** How a verb is often made that no list knows: `denormalise`, `dockerify`. */
const VERB_FORM = /^(?:de|re|un|pre|dis)-?[a-z]{4,}(?:e|t|d|k|y|p|n|l)$|[a-z]{3,}(?:i[sz]e|ify)$/;

/** Whether a verb in the base form stands at `at`, as in an imperative. */
export function isVerbAt(words: readonly Word[], at: number, isFirst: boolean): boolean {
  const word = words[at];
  if (word === undefined) return false;
  const { low } = word;
  if (low === '' || low.length > 24 || (FILLERS.has(low) && /[,!]$/.test(word.raw))) return false;
  const next = words[at + 1]?.low ?? '';
  if (/[:]$/.test(word.raw) && !VERBS.has(low)) return false;
  if (low === 'do' && /^(?:you|we|they|i|not|these|those|people|users)$/.test(next)) return false;
  if (low === 'have')
    return /^(?:a|the|it|them|this|that|all|your|one|someone|somebody)$/.test(next) && words[at + 2] !== undefined;
  if (low === 'be' || /-(?:up|out|in|off|down)$/.test(low)) return false;
  if (/^(?:get|go|give|keep|take|put|bring|set|let|make|look)$/.test(low))
    return words[at + 1] !== undefined && !FINITE_ONLY.test(next);
  if (VERBS.has(low) || NOUNISH.has(low)) {
    if (/[,;.]$/.test(word.raw) && (!isFirst || words.length > 1)) return !NOUNISH.has(low) || low === 'fix';
    if (!NOUNISH.has(low))
      return (
        !FINITE_ONLY.test(next) && !(next === '' && !isFirst && /^(?:do|go|let|put|get|set|say|see|run|use)$/.test(low))
      );
    if (isObject(next)) return !FINITE_ONLY.test(next);
    if (next === '') return isFirst && words.length === 1 && VERBS.has(low);
    if (PREPOSITIONS.has(next))
      return isFirst || /^(?:up|down|on|off|out|in|to|for|from|by|with|into|at|over)$/.test(next);
    return isFirst && !hasFiniteAfter(words, at + 1);
  }
  if (CLOSED.has(low) || FILLERS.has(low) || PREPOSITIONS.has(low) || !/^[a-z][a-z-]+$/.test(low)) return false;
  const base = baseForm(low);
  if (base !== null && base !== low) return false;
  if (/(?:ing|ed|ly|tion|ness|ment|ity|s|er|or|ous|ive|al|ful|less|able|ible|ic|ish)$/.test(low)) return false;
  if (/^(?:the|a|an|all|our|my|this|that|it|them|these|those|each|every|any|its|their|your|his|her)$/.test(next))
    return isFirst || low.length > 3;
  return isFirst && VERB_FORM.test(low) && next !== '' && !PREPOSITIONS.has(next) && !hasFiniteAfter(words, at + 1);
}

const FINITE_ONLY =
  /^(?:is|are|was|were|has|had|should|must|will|would|isn'?t|aren'?t|wasn'?t|weren'?t|doesn'?t|didn'?t|hasn'?t|does|did|never)$/;

/** `Test coverage is low` is no request to test. A relative clause does not count. */
function hasFiniteAfter(words: readonly Word[], from: number): boolean {
  for (let at = from; at < words.length && at < from + 8; at += 1) {
    const word = words[at];
    if (
      word === undefined ||
      /^(?:that|which|who|if|when|where|what|how|why|whether|so|until|because|whenever|as|once)$/.test(word.low)
    )
      return false;
    if (
      /^(?:is|are|was|were|has|had|does|did|got|gets|goes|went|came|comes|says|said|can|could|would|may|might|should|must|needs|will|doesn'?t|didn'?t|can'?t|won'?t|don'?t|isn'?t|aren'?t|fails?|works|takes|looks|keeps|shows|never)$/.test(
        word.low,
      )
    )
      return true;
    if (/[,;:]$/.test(word.raw)) return false;
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

const POLITE = /^(?:can|could|would|will|cud)$/;

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
  if (POLITE.test(word.low) && /^(?:you|we|u|i)$/.test(next)) return true;
  if (/^(?:don'?t|dont|never)$/.test(word.low) || (word.low === 'do' && next === 'not')) return true;
  if (word.low === 'no' && /^(?:need|longer)$/.test(next)) return true;
  if (/^(?:forget|nevermind|nvm|hold|stop|park|scratch|scrap|skip|ditch|leave)$/.test(word.low))
    return isVerbAt(words, from, false) || /^(?:off|on|it|that|the|out)$/.test(next);
  if (SUBJECTS.has(word.low))
    return !/^(?:and|or|,)$/.test(next) && next !== '' && !(joiner === 'or' && word.low === 'it');
  if (joiner !== 'or' && isVerbAt(words, from, false)) return true;
  if (joiner === 'or' || joiner === 'because') return joiner === 'because';
  if (/[,;:]$/.test(word.raw)) return false;
  // A noun phrase and its verb: `the footer is fine`, `totals are off`, `colours are silly`.
  for (let seek = from + 1; seek < words.length && seek <= from + 6; seek += 1) {
    const found = words[seek];
    if (
      found === undefined ||
      /^(?:that|which|who|if|when|where|what|how|and|or|to|with|because|so|as)$/.test(found.low)
    )
      return false;
    if (FINITE.test(found.low)) return !(VERBS.has(found.low) && PREPOSITIONS.has(words[seek - 1]?.low ?? ''));
    if (/[,;:]$/.test(found.raw)) return false;
  }
  return false;
}

const BREAK = /[;:]$|^[-–—]+$/;
const PLACE = /^(?:on|in|for|at|under|within|inside)$/;

function fits(words: readonly Word[], start: number, at: number): boolean {
  // Leading conditions and places belong to what follows.
  const first = words[start]?.low ?? '';
  return !(
    /^(?:if|when|whenever|once|after|as|before|until|unless|while|since|because)$/.test(first) && at - start < 1
  );
}

export function clausesOf(sentence: string): Clause[] {
  const words = wordsOf(sentence.length > 1_200 ? sentence.slice(0, 1_200) : sentence);
  const isQuestion = /\?["')\]]*\s*$/.test(sentence);
  const clauses: Clause[] = [];
  let start = 0;
  let joiner = '';
  let depth = 0;
  const push = (to: number, next: number, by: string): void => {
    if (to > start) clauses.push({ words: words.slice(start, to), joiner, isQuestion });
    start = next;
    joiner = by;
  };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined) break;
    for (const mark of word.raw) {
      if (mark === '(' || mark === '[' || mark === '“') depth += 1;
      else if ((mark === ')' || mark === ']' || mark === '”') && depth > 0) depth -= 1;
    }
    if (depth > 0 || at < start) continue;
    if (at > start && JOINERS.has(word.low) && !/[,;:]$/.test(words[at - 1]?.raw ?? '')) {
      if (isJoined(words, start, at) && fits(words, start, at)) push(at, at + 1, word.low);
      continue;
    }
    if (!/[,;:]$|^[-–—]+$/.test(word.raw) || at + 1 >= words.length) continue;
    const isBreak = BREAK.test(word.raw);
    const skip = JOINERS.has(words[at + 1]?.low ?? '') ? 1 : 0;
    const by = skip === 1 ? (words[at + 1]?.low ?? '') : isBreak ? word.raw.slice(-1) : ',';
    if (isBreak || (startsAt(words, at + 1 + skip, by) && !isSeries(words, start, at, by)))
      push(at + 1, at + 1 + skip, by);
    else if (PLACE.test(words[start]?.low ?? '') && verbAt(words, at + 1) >= 0) push(at + 1, at + 1, ',');
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
