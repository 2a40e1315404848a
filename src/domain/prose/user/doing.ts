/** What a thing does, in whatever verb: `the porter list forgets its order`, `retries hide the button`. */
import { baseForm } from '../words.js';
import { textOf, type Word } from './clauses.js';
import { endsIn } from './text.js';
import { DETERMINERS, FILLERS, PREPOSITIONS, VERBS, wordSet } from './words.js';

export interface Doing {
  /** Where the subject begins among the words. */
  readonly from: number;
  /** As it was written. */
  readonly subject: string;
  /** In the base form. */
  readonly verb: string;
  readonly rest: string;
}

/** Begins no thing. */
const NO_THING = wordSet(`
  i we you he she it they that there who which what nobody everybody everyone someone somebody if when whenever once because since as until before
  after although though while so or not no yes how why where this here please to
`);
/** Stands before the verb and says how often or how well. */
const ADVERBS = wordSet(`
  still also now always often sometimes never only just suddenly randomly silently again simply actually currently even accidentally constantly
  wrongly occasionally apparently
`);
/** What is no verb although it looks like one: `the address`, `the news`. */
const NO_VERB = wordSet(`
  this his its is was has does always sometimes news series status access process address css https js ts aws dns os ios gas bus alias canvas
  analysis basis focus bonus campus census class loss glass pass less unless across plus minus perhaps yes thus us towards besides various
`);
/** May stand between a verb and its object, or end what it says. */
const AFTER_VERB = wordSet(`
  twice again too only just right back up down out off over away wrongly correctly always never more less nothing everything something anything null
  undefined yesterday's today's negative invalid valid empty old new wrong one two three children users people
`);
/** After these a word in -s is the fellow of a noun. */
const FINITE = wordSet(
  "is are was were has have had should must can could will would may might does do did isn't aren't doesn't don't won't can't never cannot",
);
const MAX_SUBJECT = 9;

/** `goes` → `go`, `carries` → `carry`, `resets` → `reset`. */
function baseOfThird(word: string): string {
  const known = baseForm(word);
  if (known !== null) return known;
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  return /(?:ch|sh|ss|x|zz|[^aeiou]o)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}

/** Null where no thing with a verb in the present tense is found. */
export function doingIn(words: readonly Word[]): Doing | null {
  let from = 0;
  while (from < words.length - 2 && from < 6 && isLead(words, from)) from += 1;
  const first = words[from];
  if (first === undefined || NO_THING.has(first.low) || PREPOSITIONS.has(first.low)) return null;
  for (let at = from + 1; at < words.length && at <= from + MAX_SUBJECT; at += 1) {
    const word = words[at];
    if (word === undefined || FINITE.has(word.low)) return null;
    const before = words[at - 1]?.low ?? '';
    if ((isVerb(words, at) || isVerbOfMany(words, at)) && (at > from + 1 || !DETERMINERS.has(first.low)))
      return {
        from,
        subject: subjectOf(words, from, at),
        verb: /s$/.test(word.low) ? baseOfThird(word.low) : word.low,
        rest: textOf(words.slice(at + 1)),
      };
    if (endsIn(word.raw, ',;:.') || NO_THING.has(word.low) || (ADVERBS.has(before) && !/^(?:only|just)$/.test(before)))
      return null;
  }
  return null;
}

const isLead = (words: readonly Word[], at: number): boolean => {
  const low = words[at]?.low ?? '';
  return FILLERS.has(low) || /^(?:sometimes|unfortunately|sadly|somehow|currently|strangely|often)$/.test(low);
};

function subjectOf(words: readonly Word[], from: number, at: number): string {
  let to = at;
  while (to > from + 1 && ADVERBS.has(words[to - 1]?.low ?? '')) to -= 1;
  return textOf(words.slice(from, to));
}

/** `the photos open in a frame`: the verb of many is in the base form. */
function isVerbOfMany(words: readonly Word[], at: number): boolean {
  const low = words[at]?.low ?? '';
  const subject = words[at - 1]?.low ?? '';
  if (!/[^sui]s$|^(?:people|children|men|women)$/.test(subject) || DETERMINERS.has(subject) || isVerb(words, at - 1))
    return false;
  if (endsIn(words[at - 1]?.raw ?? '', ',;:.') || !(VERBS.has(low) || MORE.has(low))) return false;
  const next = words[at + 1]?.low ?? '';
  return DETERMINERS.has(next) || PREPOSITIONS.has(next) || AFTER_VERB.has(next);
}

function isVerb(words: readonly Word[], at: number): boolean {
  const low = words[at]?.low ?? '';
  if (!/^[a-z]{2,}[^su]s$/.test(low) || NO_VERB.has(low)) return false;
  const raw = words[at]?.raw ?? '';
  const next = words[at + 1]?.low ?? '';
  if (
    FINITE.has(next) ||
    ADVERBS.has(next) ||
    /^(?:of|and|or|that|which|who|missing|broken|gone|down|failing|stuck|too|also|please)$/.test(next)
  )
    return false;
  if (endsIn(raw, ',;:') || raw.endsWith("'s")) return false;
  if (next === '') return ADVERBS.has(words[at - 1]?.low ?? '');
  const isBefore = DETERMINERS.has(next) || AFTER_VERB.has(next) || /^["“'`(]?\d/.test(words[at + 1]?.raw ?? '');
  if (isBefore) return true;
  // `the notes in the header`: a place. `the export goes into the …`: a verb that everybody knows.
  const base = baseOfThird(low);
  if (PREPOSITIONS.has(next)) return VERBS.has(base) && !NOUNS.has(low) && !isVerbLater(words, at + 2);
  return (VERBS.has(base) || MORE.has(base)) && !isVerbLater(words, at + 1);
}

/** Of a series of words in -s the last is the verb: `the release notes shifts`. */
function isVerbLater(words: readonly Word[], from: number): boolean {
  for (let at = from; at < words.length && at < from + 4; at += 1) {
    if (FINITE.has(words[at]?.low ?? '')) return true;
    if (endsIn(words[at - 1]?.raw ?? '', ',;:.')) return false;
    if (at > from - 1 && isVerb(words, at)) return true;
  }
  return false;
}
/** Verbs of things that are no work. */
const MORE = wordSet(`
  accept appear arrive become belong blink block bounce break come contain cost count crash deny depend disappear eat exceed expect expire fail fall
  fit flicker forget freeze gain go grow hang happen hide ignore jump keep lack leak lie lose match mean miss need occur open overlap print reject
  remain remember reset respond return round shift shrink sit start stay stop swap take trigger truncate turn vanish vary wait want work
`);
const NOUNS = wordSet(
  'notes tests logs files names rows lines links pages issues points steps changes settings results reports docs',
);
