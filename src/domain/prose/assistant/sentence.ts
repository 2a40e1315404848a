/** The acts of one sentence. */
import { cued } from '../../cue/index.js';
import type { AssistantAct, Stated } from '../model.js';
import { clausesOf as asksOf } from '../sentences.js';
import { statedIn } from '../stated.js';
import { titleOf } from '../title.js';
import { isAsking, isQuoted, partsOf } from './clauses.js';
import { doneIn } from './done.js';
import { lacking, soFar, undocumented, unlooked } from './gaps.js';
import { haltedBy, haltedIn } from './halted.js';
import { handed } from './handed.js';
import { notByMe, notDone, undone, type Clause, type Found, type Rule } from './left.js';
import { alsoSo, inState, notYet } from './states.js';
import { splitInline, startsWork } from './items.js';
import { ordered, reminded } from './orders.js';
import { someTime, takesA, toldOf, wouldHaveTo, yours } from './others.js';
import { offerIn } from './offers.js';
import { comesNext, droppedIn, narrationIn, notedIn, stuckIn, unfinishedIn, type Said, type Spoken } from './status.js';
import { laterByMe, mustBeDone, putOff, somebodyMust, stillNeeds, toBeDone, whatIsNext } from './steps.js';
import { unled } from './things.js';
import { isVerb } from './verbs.js';
import { amidIn, barredBy, doneToo, standsIn } from './barred.js';
import { askedBack, inPassing, ordersAfter, storyIn } from './rest.js';
import { partlyIn, underwayIn } from './underway.js';

const MAX_QUOTE = 200;

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

export interface Heard {
  readonly acts: readonly AssistantAct[];
  readonly clauses: readonly string[];
  readonly deferred: readonly Found[];
}

/** Without one of these nothing is deferred. It is asked last: it is in most sentences, and few rules find anything. */
const CUE = cued(
  /n't\b|\b(?:not|never|neither|nothing|none|ran out|yet|still|un(?:tested|verified|implemented|finished|documented|translated|measured|handled|migrated|reviewed|resolved|wired|tried|benchmarked|checked|solved)|later|follow|left|leav\w*|remain\w*|missing|stub\w*|placeholder|no-op|mock\w*|todo|tbd|wip|pending|outstanding|incomplete|half|please|you|must|need\w*|ought|should|has to|have to|somebody|someone|nobody|no one|whoever|next|before|after|defer\w*|postpone\w*|park\w*|skip\w*|punt\w*|tomorrow|eventually|follows?|wait\w*|for now|so far|remember|make sure|take effect|restart|what|only|there|open|to come|could|so is|so are|hard-?coded|an admin|the [\w-]+ team|legal|lacks?|is in (?:English|German|French|Spanish)|time being|the moment|temporar\w*|interim|whether|how|no|up to|yours|in your|from your|for you|tell|told|informed|notified|warned|would|they'd|another day|separately|when|once|otherwise|tomorrow|tonight|take|takes|prod|production|staging|i postponed|too|as well|to be|another|chance|opportunity|first|of its own|come out)\b/i,
);

/** In this order: what is surest to say what the work is comes first. */
const RULES: readonly Rule[] = [
  inPassing,
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
  someTime,
  takesA,
  ordered,
  reminded,
];
const LENIENT_RULES: readonly Rule[] = [...RULES, mustBeDone];

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
]);

export const quoteOf = (text: string): string =>
  text.length <= MAX_QUOTE ? text : `${text.slice(0, MAX_QUOTE - 1).trimEnd()}…`;

/** A deferral as an act; null where its words make no title. */
export function deferral(found: Found, sentence: string, pressing: string | null): AssistantAct | null {
  const title = titleOf(found.work);
  if (!namesWork(title)) return null;
  // A title that ends on a pronoun that nothing explains names nothing.
  if (title.length < 4 || (/\s(?:it|them|that|this|these|those)$/i.test(title) && title.split(' ').length < 4))
    return null;
  return {
    is: 'defer',
    how: found.how,
    title,
    about: null,
    stated: statedBy(sentence, pressing),
    quote: quoteOf(sentence),
  };
}

const NO_OBJECT = cued(
  /^(?:(?:the|a|an|two|three|four|some|a few|several|other|more|all|up|out|on|at|to|into|with|for|of|in|\d+)\s*)*(?:things?|items?|points?|parts?|bits?|pieces?|stuff|rest|others?|ones?|work|it|them|that|this|those|these|one)?$/i,
);
const BROKEN = cued(
  /\s(?:through|with|from|at|of|by|via|the|an?|my|your|its|and|or|which|whose)$|\s(?:through|with|of|by|via|the|an?)\s(?:come|go|be|have|get|is|are|was|were)\s/i,
);

/** A verb of work and something that it is done to: `Get to` and `Finish two things` name nothing. */
function namesWork(title: string): boolean {
  const [first = '', ...rest] = title.split(' ');
  const object = rest.join(' ');
  if (BROKEN.test(title)) return false;
  return !(isVerb(first) || /^(?:handle|look|get|do|try)$/i.test(first)) || !NO_OBJECT.test(object);
}

export function statedBy(sentence: string, pressing: string | null): Stated | null {
  return statedIn(sentence) ?? (pressing === null ? null : statedIn(pressing));
}

export function hear(sentence: string, setting: Setting): Heard {
  const clauses = partsOf(sentence);
  const offer = offerIn(sentence, setting.before);
  if (offer !== null && OFFER_CUE.test(sentence)) {
    const quote = quoteOf(sentence);
    const act: AssistantAct = { is: 'offer', number: null, title: titleOf(offer), stated: statedIn(sentence), quote };
    return { acts: [act], clauses, deferred: NOTHING };
  }
  const isQuestion = isAsking(sentence);
  const spoken = spokenIn(clauses, setting);
  const deferred = isQuestion
    ? present(askedBack(sentence, setting.before))
    : (told(sentence, setting) ?? deferredIn(sentence, spoken, setting));
  const acts: AssistantAct[] = [];
  let hands = false;
  for (const found of deferred) {
    const act = deferral(found, sentence, setting.pressing);
    if (act !== null) acts.push(act);
    hands ||= found.how === 'handed' || found.how === 'before';
  }
  const said = isQuestion ? askedIn(sentence) : saidIn(sentence, spoken, setting, hands);
  if (said.length > 0) {
    const quote = quoteOf(sentence);
    for (const one of said) acts.push({ ...one, quote });
  }
  return { acts, clauses, deferred };
}

const NOTHING: readonly never[] = [];

/** The clauses, each with what stands before it. */
function spokenIn(clauses: readonly string[], { before, isFirst }: Setting): readonly Spoken[] {
  let earlier = before;
  return clauses.map((text, index) => {
    if (index > 0) earlier = [...earlier, clauses[index - 1] ?? ''];
    return { text, unled: unled(text), before: earlier, isFirst: isFirst && index === 0 };
  });
}

function deferredIn(sentence: string, spoken: readonly Spoken[], setting: Setting): readonly Found[] {
  const all = deferralsIn(spoken, setting);
  if (all.length === 0 || !CUE.test(sentence)) return NOTHING;
  return withoutEchoes(all).filter((found) => !(found.how === 'handed' && isRestOf(sentence)));
}

const present = (one: Found | null): readonly Found[] => (one === null ? NOTHING : [one]);

/** What only the whole sentence leaves to somebody; null where it does not. */
function told(sentence: string, { before, isStrict }: Setting): readonly Found[] | null {
  const story = storyIn(sentence, before);
  if (story !== null) return [story];
  const orders = isStrict ? [] : ordersAfter(sentence, before);
  return orders.length === 0 ? null : orders;
}

/** "The scene I cannot cut from here, somebody has to open it in the editor": the step is how to do what could not be done. */
const isRestOf = (sentence: string): boolean => REST_OF.test(sentence);

const REST_OF = cued(
  /\bi (?:could not|couldn't|cannot|can't|was not able to|wasn't able to)\b.{1,200}\b(?:some(?:body|one)|you|a human) (?:else )?(?:\w+ ){1,3}(?:it|them|that|this)\b/i,
);
const IS_REASON = cued(/^(?:since|because|as)\s/i);
const OFFER_CUE = cued(
  /\b(?:want|like|shall|should|may|can|happy|glad|let me know|say|tell me|prefer|wish|useful|helpful|could|green light|okay|ok)\b/i,
);

function deferralsIn(spoken: readonly Spoken[], setting: Setting): readonly Found[] {
  const rules = setting.isLenient ? LENIENT_RULES : RULES;
  const all: Found[] = [];
  for (const [index, { text: clause, unled: text, before }] of spoken.entries()) {
    const last = all.at(-1) ?? (index === 0 ? (setting.last ?? undefined) : undefined);
    const more = last === undefined ? null : alsoSo(clause);
    if (more !== null && last !== undefined) {
      const verb = /^\S+/.exec(last.work)?.[0] ?? 'Handle';
      all.push({ how: last.how, work: `${verb} ${more}` });
      continue;
    }
    const hit = foundBy(rules, { text, before, isStrict: setting.isStrict }, clause, spoken, index);
    if (hit !== null && CUE.test(clause))
      for (const piece of severalIn(hit.found, text, hit.rule === handed, hit.rule === whatIsNext)) all.push(piece);
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
    return { rule, found };
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
    return !all.some(
      (other, n) => n !== at && holds(other.work, found.work) && (n < at || !holds(found.work, other.work)),
    );
  });
}

const holds = (long: string, short: string): boolean => long.toLowerCase().includes(short.toLowerCase());

/** `Before I delete them: is that the right bucket?` */
const askedIn = (sentence: string): readonly Said[] =>
  /^before (?:i|we)\b/i.test(sentence) ? [{ is: 'stuck', about: null, on: 'an answer' }] : NOTHING;

function saidIn(sentence: string, clauses: readonly Spoken[], setting: Setting, hands: boolean): readonly Said[] {
  const said: Said[] = [];
  const next = comesNext(sentence);
  if (next !== null) return [next];
  const barred = setting.isStrict ? null : (barredBy(sentence, setting.before) ?? amidIn(sentence, setting.before));
  if (barred !== null) said.push(barred);
  for (const [index, spoken] of clauses.entries()) {
    const act = oneOf(spoken, hands && index > 0, setting);
    if (act === null) continue;
    if (barred !== null && (act.is !== 'done' || act.about === about(barred))) continue;
    if (
      said.some(
        (other) => other.is === act.is && (act.is === 'stuck' || act.is === 'narration' || about(other) === about(act)),
      )
    )
      continue;
    said.push(act);
  }
  if (setting.isStrict || said.some(({ is, ...act }) => is === 'stuck' && 'about' in act && act.about !== null))
    return said;
  const whole = haltedBy(sentence, setting.before) ?? partlyIn(sentence, setting.before);
  if (whole !== null) said.push(whole);
  return said;
}

const about = (said: Said): string | null => ('about' in said ? said.about : null);

function oneOf(spoken: Spoken, hands: boolean, setting: Setting): Said | null {
  const noted = spoken.isFirst ? notedIn(spoken) : null;
  if (noted !== null) return noted;
  const isReport = setting.isStrict;
  return (
    droppedIn(spoken) ??
    (isReport ? null : haltedIn(spoken)) ??
    narrationIn(spoken) ??
    (hands || isReport ? null : stuckIn(spoken)) ??
    (isReport ? null : (standsIn(spoken.text, spoken.before) ?? underwayIn(spoken) ?? unfinishedIn(spoken))) ??
    doneIn(spoken) ??
    doneToo(spoken.text, spoken.before)
  );
}
