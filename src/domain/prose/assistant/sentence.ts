/** The acts of one sentence. */
import { cued } from '../../cue/index.js';
import type { AssistantAct, Stated } from '../model.js';
import { statedIn } from '../stated.js';
import { titleOf } from '../title.js';
import { amidIn, barredBy, doneToo, standsIn } from './barred.js';
import { isAsking, partsOf } from './clauses.js';
import { deferredIn, type Setting } from './deferred.js';
import { doneIn } from './done.js';
import { tellsAsWhole, tellsStanding } from './doors.js';
import { haltedBy, haltedIn } from './halted.js';
import type { Found } from './left.js';
import { lockedIn } from './locked.js';
import { endsInNarration, narrationIn, notedIn } from './narrated.js';
import { offerIn } from './offers.js';
import { ordersBehind } from './orders.js';
import { askedBack, ordersAfter, storyIn } from './rest.js';
import { runningIn } from './running.js';
import { shutIn } from './shut.js';
import { comesNext, droppedIn, stuckIn, unfinishedIn, type Said, type Spoken } from './status.js';
import { unled } from './things.js';
import { partlyIn, plainlyUnderway, underwayIn } from './underway.js';
import { isVerb } from './verbs.js';

const MAX_QUOTE = 200;

export interface Heard {
  readonly acts: readonly AssistantAct[];
  readonly clauses: readonly string[];
  readonly deferred: readonly Found[];
}

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
  /^(?:(?:the|a|an|two|three|four|some|a few|several|other|more|all|up|out|on|at|to|into|with|for|of|in|\d+)\s*)*(?:things?|items?|points?|parts?|bits?|pieces?|stuff|rest|others?|ones?|work|it|them|that|this|those|these|one|me|us|you|him|her)?$/i,
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
  const said = isQuestion ? askedIn(sentence) : besides(deferred, saidIn(sentence, spoken, setting, hands), sentence);
  if (said.length > 0) {
    const quote = quoteOf(sentence);
    for (const one of said) acts.push({ ...one, quote });
  }
  return { acts, clauses, deferred };
}

/** What stays said beside what is put off: `tomorrow I'll port it` tells of no next step, `all but the map is done` not that the map is. */
function besides(deferred: readonly Found[], said: readonly Said[], sentence: string): readonly Said[] {
  if (deferred.length === 0 || said.length === 0) return said;
  const isLater = deferred.some(({ how }) => how === 'next');
  const isApart = IS_APART.test(sentence);
  return said.filter(
    (one) => !(isLater && one.is === 'narration') && !(isApart && one.is === 'done' && one.about !== null),
  );
}

const IS_APART = cued(
  /^(?:\w+,? )*?(?:everything|all|the rest|it all|the whole thing|done|finished|complete)\b.{0,60}\b(?:except|apart from|besides|aside from|other than|exception|but|save for)\b/i,
);
const NOTHING: readonly never[] = [];

/** The clauses, each with what stands before it. */
function spokenIn(clauses: readonly string[], { before, isFirst }: Setting): readonly Spoken[] {
  let earlier = before;
  return clauses.map((text, index) => {
    if (index > 0) earlier = [...earlier, clauses[index - 1] ?? ''];
    return { text, unled: unled(text), before: earlier, isFirst: isFirst && index === 0 };
  });
}

const present = (one: Found | null): readonly Found[] => (one === null ? NOTHING : [one]);

/** What only the whole sentence leaves to somebody; null where it does not. */
function told(sentence: string, { before, isStrict }: Setting): readonly Found[] | null {
  if (!PARTED.test(sentence)) return null;
  const story = storyIn(sentence, before);
  if (story !== null) return [story];
  const parts = ordersBehind(sentence, before);
  const orders = parts.length > 0 || isStrict ? parts : ordersAfter(sentence, before);
  return orders.length === 0 ? null : orders;
}

/** One of these signs parts what leaves work to somebody from what tells why. */
const PARTED = cued(/[,;:–—-]/);
const OFFER_CUE = cued(
  /\b(?:want|like|shall|should|may|can|happy|glad|let me know|say|tell me|prefer|wish|useful|helpful|could|green light|okay|ok)\b/i,
);

/** `Before I delete them: is that the right bucket?` */
const askedIn = (sentence: string): readonly Said[] =>
  /^before (?:i|we)\b/i.test(sentence) ? [{ is: 'stuck', about: null, on: 'an answer' }] : NOTHING;

function saidIn(sentence: string, clauses: readonly Spoken[], setting: Setting, hands: boolean): readonly Said[] {
  const said: Said[] = [];
  const next = comesNext(sentence);
  if (next !== null) return [next];
  const isWhole = !setting.isStrict && tellsAsWhole(sentence);
  const barred = !isWhole
    ? null
    : (barredBy(sentence, setting.before) ?? lockedIn(sentence, setting.before) ?? amidIn(sentence, setting.before));
  if (barred !== null) said.push(barred);
  const isStanding = tellsStanding(sentence);
  for (const [index, spoken] of clauses.entries()) {
    const act = isStanding ? oneOf(spoken, hands && index > 0, setting) : plainly(spoken, setting);
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
  if (endsInNarration(sentence) && !said.some(({ is }) => is === 'narration')) said.push({ is: 'narration' });
  if (!isWhole || said.some(({ is, ...act }) => is === 'stuck' && 'about' in act && act.about !== null)) return said;
  const whole =
    haltedBy(sentence, setting.before) ??
    partlyIn(sentence, setting.before) ??
    (said.some(({ is }) => is === 'unfinished') ? null : runningIn(sentence, setting.before));
  if (whole !== null) said.push(whole);
  return said;
}

const about = (said: Said): string | null => ('about' in said ? said.about : null);

/** What needs no word that few sentences have. */
function plainly(spoken: Spoken, { isStrict }: Setting): Said | null {
  const noted = spoken.isFirst ? notedIn(spoken) : null;
  return noted ?? narrationIn(spoken) ?? (isStrict ? null : plainlyUnderway(spoken)) ?? doneIn(spoken);
}

function oneOf(spoken: Spoken, hands: boolean, setting: Setting): Said | null {
  const noted = spoken.isFirst ? notedIn(spoken) : null;
  if (noted !== null) return noted;
  const isReport = setting.isStrict;
  return (
    droppedIn(spoken) ??
    (isReport ? null : (shutIn(spoken) ?? haltedIn(spoken))) ??
    narrationIn(spoken) ??
    (hands || isReport ? null : stuckIn(spoken)) ??
    (isReport ? null : (standsIn(spoken.text, spoken.before) ?? underwayIn(spoken) ?? unfinishedIn(spoken))) ??
    doneIn(spoken) ??
    doneToo(spoken.text, spoken.before)
  );
}
