/** What the clauses of a sentence leave to be done: the rules, in their order. */
import { cued } from '../../cue/index.js';
import { clausesOf as asksOf } from '../clauses.js';
import { isQuoted } from './clauses.js';
import { leavesWork } from './doors.js';
import { lacking, soFar, undocumented } from './gaps.js';
import { laterByMe } from './ahead.js';
import { exceptionIn, neitherIn } from './apart.js';
import { fronted } from './fronted.js';
import { handed } from './handed.js';
import { splitInline, startsWork } from './items.js';
import { negated, notByMe, notDone, undone, type Clause, type Found, type Rule } from './left.js';
import { ordered, reminded } from './orders.js';
import { someTime, takesA, toldOf, wouldHaveTo, yours } from './others.js';
import { leftOver, whatIsNext } from './remains.js';
import { inPassing } from './rest.js';
import { alsoSo, inState, notYet } from './states.js';
import { awaited, startsOn } from './people.js';
import { placed, skipped } from './skipped.js';
import type { Spoken } from './status.js';
import { mustBeDone, putOff, somebodyMust, stillNeeds, toBeDone } from './steps.js';
import { unlooked } from './unlooked.js';

export interface Setting {
  /** Clauses before the sentence, the nearest last. */
  readonly before: readonly string[];
  /** Findings or explanations stand here: only words that leave no doubt make work. */
  readonly isStrict: boolean;
  /** Work stands here: "must be changed" is enough. */
  readonly isLenient: boolean;
  readonly isFirst: boolean;
  /** What the heading or lead says about how pressing it all is. */
  readonly pressing: string | null;
  /** What the sentence before deferred. */
  readonly last: Found | null;
}

/** Without one of these nothing is deferred. */
const CUE = cued(
  /n't\b|\b(?:not|never|neither|nothing|none|ran out|yet|still|un(?:tested|verified|implemented|finished|documented|translated|measured|handled|migrated|reviewed|resolved|wired|tried|benchmarked|checked|solved)|later|follow|left|leav\w*|remain\w*|missing|stub\w*|placeholder|no-op|mock\w*|todo|tbd|wip|pending|outstanding|incomplete|half|please|you|must|need\w*|ought|should|has to|have to|somebody|someone|nobody|no one|whoever|next|before|until|till|unless|after|defer\w*|postpone\w*|park\w*|skip\w*|punt\w*|tomorrow|eventually|follows?|wait\w*|for now|so far|remember|make sure|take effect|restart|what|only|there|open|to come|could|so is|so are|hard-?coded|an admin|the [\w-]+ team|legal|lacks?|is in (?:English|German|French|Spanish)|time being|the moment|temporar\w*|interim|whether|how|no|up to|yours|in your|from your|for you|tell|told|informed|notified|warned|would|they'd|another day|separately|when|once|skipped|worth|otherwise|tomorrow|tonight|take|takes|prod|production|staging|i postponed|too|as well|to be|another|chance|opportunity|first|of its own|come out|except\w*|apart from|besides|aside from|other than|everything|all but|separate|different|own|kept|out of this|out of the|comes|wants|requires|deserves|job|task|matter|i'll|we'll)\b/i,
);

/** In this order: what is surest to say what the work is comes first. */
const RULES: readonly Rule[] = [
  inPassing,
  skipped,
  handed,
  notByMe,
  putOff,
  toBeDone,
  unlooked,
  notDone,
  undone,
  somebodyMust,
  stillNeeds,
  lacking,
  notYet,
  inState,
  undocumented,
  soFar,
  toldOf,
  wouldHaveTo,
  yours,
  whatIsNext,
  laterByMe,
  leftOver,
  fronted,
  someTime,
  awaited,
  takesA,
  ordered,
  reminded,
];
const LENIENT_RULES: readonly Rule[] = [...RULES, mustBeDone];
/** Those of them that need no word of `doors.ts`, in the same order. */
const COMMON_RULES: readonly Rule[] = [putOff, negated, inState, wouldHaveTo, whatIsNext, startsOn];

/** "since nobody has paid for it yet": a reason, not a piece of work. */
const OF_REASONS: ReadonlySet<Rule> = new Set([
  handed,
  somebodyMust,
  stillNeeds,
  inState,
  notYet,
  soFar,
  lacking,
  wouldHaveTo,
  takesA,
  someTime,
  awaited,
  startsOn,
]);

const NOTHING: readonly never[] = [];

/** What a sentence leaves to be done, each piece once. */
export function deferredIn(sentence: string, spoken: readonly Spoken[], setting: Setting): readonly Found[] {
  const isFew = !leavesWork(sentence);
  if (!isFew && !CUE.test(sentence)) return NOTHING;
  const apart = setting.isStrict ? null : exceptionIn(sentence, setting.before);
  if (apart !== null) return [apart];
  const all = deferralsIn(spoken, setting, isFew);
  return all.length === 0 || (isFew && !CUE.test(sentence))
    ? NOTHING
    : withoutEchoes(all).filter(
        ({ how }) => !(how === 'handed' && isRestOf(sentence)) && !(/^un/.test(how) && UNASKED.test(sentence)),
      );
}

/** "The scene I cannot cut from here, somebody has to open it in the editor": the step is how to do what could not be done. */
const isRestOf = (sentence: string): boolean => REST_OF.test(sentence);

const REST_OF = cued(
  /\bi (?:could not|couldn't|cannot|can't|was not able to|wasn't able to)\b.{1,200}\b(?:some(?:body|one)|you|a human) (?:else )?(?:\w+ ){1,3}(?:it|them|that|this)\b/i,
);
/** What nobody asked for is no work that is left. */
const UNASKED = cued(
  /\b(?:you|nobody|no one) (?:did not|didn't|never|hadn't|had not)? ?(?:ask(?:ed)?|mention(?:ed)?|want(?:ed)?) (?:about|for|me to|it|that|this|any)\b.{0,40}$|\b(?:was not|wasn't|were not|weren't) (?:asked for|part of (?:the|this|your) (?:task|request|question|ticket|order))|\bso (?:this|that|it|all of this)(?:'s| is) (?:only |just )?(?:an? |my )?(?:guess|guesswork|from memory|speculation|assumption)/i,
);
const IS_REASON = cued(/^(?:since|because|as)\s/i);
/** @param isFew only the rules of common words can find anything: they are cheaper than `CUE`, which is then asked last */
function deferralsIn(spoken: readonly Spoken[], setting: Setting, isFew: boolean): readonly Found[] {
  const rules = isFew ? COMMON_RULES : setting.isLenient ? LENIENT_RULES : RULES;
  const all: Found[] = [];
  for (const [index, { text: clause, unled: text, before }] of spoken.entries()) {
    const neither = isFew ? null : neitherIn(text, before);
    if (neither !== null) {
      all.push(...neither);
      continue;
    }
    const last = all.at(-1) ?? (index === 0 ? (setting.last ?? undefined) : undefined);
    const more = last === undefined ? null : alsoSo(clause);
    if (more !== null && last !== undefined) {
      const verb = /^\S+/.exec(last.work)?.[0] ?? 'Handle';
      all.push({ how: last.how, work: `${verb} ${more}` });
      continue;
    }
    if (!isFew && !CUE.test(clause)) continue;
    const led = clause.slice(0, Math.max(0, clause.trim().length - text.length));
    const hit = foundBy(rules, { text, led, before, isStrict: setting.isStrict }, clause, spoken, index);
    if (hit === null || (isFew && !CUE.test(clause))) continue;
    const same = index === 0 || all.length === 0 || !OF_THE_SAME.test(text) ? undefined : all.pop();
    if (same !== undefined) all.push(ofBoth(same, hit.found));
    else for (const piece of severalIn(hit.found, text, hit.rule === handed, hit.rule === whatIsNext)) all.push(piece);
  }
  return all;
}

/** What the first rule finds that finds anything. */
function foundBy(
  rules: readonly Rule[],
  told: Clause,
  clause: string,
  spoken: readonly Spoken[],
  index: number,
): { readonly rule: Rule; readonly found: Found } | null {
  for (const rule of rules) {
    const found = rule(told);
    if (found === null || (OF_REASONS.has(rule) && IS_REASON.test(clause)) || isQuotedAt(spoken, index)) continue;
    return { rule, found: placed(found, told.before) };
  }
  return null;
}

/** Whether the clause stands within quotes of its sentence. */
function isQuotedAt(spoken: readonly Spoken[], index: number): boolean {
  const clauses = spoken.map(({ text }) => text);
  return isQuoted(clauses.join(' '), clauses.slice(0, index).join(' ').length + 2);
}

/** The steps and the remaining things that one clause counts up. */
function severalIn(found: Found, text: string, isStep: boolean, isNext: boolean): readonly Found[] {
  if (isNext) {
    const [verb = '', ...rest] = found.work.split(' ');
    const pieces = splitInline(rest.join(' '));
    return pieces.length === 1
      ? [found]
      : pieces.map((piece, at) => ({
          how: found.how,
          work: at === 0 || verb === 'Handle' ? `${verb} ${piece}` : piece,
        }));
  }
  if (!isStep) return [found];
  const others = asksOf(text)
    .slice(1)
    .filter((ask) => !/^\S+\s+(?:it|them|that|this|those|these)\b|\bones?\b/i.test(ask));
  return [
    found,
    ...others.flatMap((ask) => (startsWork(ask) && !found.work.includes(ask) ? [{ how: found.how, work: ask }] : [])),
  ];
}

/** "I could not run it, so please run X once": the step says it all. And nothing twice. */
function withoutEchoes(all: readonly Found[]): readonly Found[] {
  const hands = all.length > 1 && all.some((found) => found.how === 'handed');
  return all.filter((found, at) => {
    if (hands && found.how === 'untested') return false;
    // "The form is not finished: the hints are missing": what is missing is all that is left of it.
    if (
      at === 0 &&
      /^Finish /.test(found.work) &&
      all.length > 1 &&
      all.slice(1).every(({ work }) => work.startsWith('Add '))
    )
      return false;
    if (/^Extend /.test(found.work) && all.length > 1) return false;
    const thing = SAYS_LITTLE.test(found.work) ? found.work.replace(SAYS_LITTLE, '') : null;
    if (thing !== null && all.some((other, n) => n !== at && other.work.replace(/^\S+ /, '').startsWith(thing)))
      return false;
    return !all.some(
      (other, n) => n !== at && holds(other.work, found.work) && (n < at || !holds(found.work, other.work)),
    );
  });
}

/** `that still has to be tested`, of what the clause before has told not to be done. */
const OF_THE_SAME =
  /^(?:(?:and|but|so|which|though) )*(?:it|that|this|they|those|these|which|both)(?:'s|'ll)?\s(?!one\b|\w+ing\b)|,\s(?:and |but |so )?(?:that|this|it) (?:still |also )/i;
const SAYS_LITTLE = /^(?:Handle|Do|Finish) /;

/** One piece of work, told twice: the fuller name with the verb that says more. */
function ofBoth(first: Found, second: Found): Found {
  if (!SAYS_LITTLE.test(first.work) || SAYS_LITTLE.test(second.work)) return first;
  const [verb = ''] = second.work.split(' ');
  const thing = first.work.replace(SAYS_LITTLE, '');
  const rest = second.work.slice(verb.length + 1);
  const more = rest.toLowerCase().startsWith(thing.toLowerCase()) ? rest.slice(thing.length) : '';
  return { how: second.how, work: `${verb} ${thing}${more}` };
}

const holds = (long: string, short: string): boolean => long.toLowerCase().includes(short.toLowerCase());
