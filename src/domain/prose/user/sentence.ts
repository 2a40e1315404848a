/** One sentence: what is said of it as a whole is heard here, what is left of it is read clause by clause. */
import { cued } from '../../cue/index.js';
import { statedIn } from '../stated.js';
import { titleOf } from '../title.js';
import { amissIn } from './amiss.js';
import { answerIn, pickIn } from './answers.js';
import { readClauses } from './clause-row.js';
import { letteredIn, ofTwo, soundsRight } from './choice.js';
import { requestOf } from './ask.js';
import { ask } from './asking.js';
import { clausesOf, wordsOf } from './clauses.js';
import { deedIn } from './deeds.js';
import { desiredIn, type Desired } from './desired.js';
import { IF_NOT, verdictIn } from './elliptic.js';
import { NOT_NOW, deedsIn, isEitherOr, outcomeIn, plainly, quotedIn, waitsFor } from './frames.js';
import type { Heard } from './heard.js';
import { HYPOTHESIS, spoken } from './hints.js';
import { cut } from './problem.js';
import { choiceIn } from './numbered.js';
import { recantIn } from './recant.js';
import { isBroken } from './report.js';
import { settledIn } from './settled.js';
import { insteadIn, shownIn, turnedInto } from './shown.js';
import { THROWN_LINE, TOPIC } from './signs.js';
import { struckIn } from './struck.js';
import { straight } from './text.js';
import { personIn } from './things.js';
import { laterIn } from './time.js';
import { reportsIn } from './turned.js';
import { holdIn } from './withdraw.js';
import { FAILING, NUDGES } from './words.js';

/** Opens an answer to a report of success. */
const DISAPPOINTS =
  /^(?:(?:hm+[,. ]+)?(?:nope|no|nah|not quite|not really|sadly not|afraid not|unfortunately not|no luck|no dice|not for me)\b[.!,:;\s–—-]+(?=(?:still|same|now|[\w ]{0,12}\b[45]\d\d\b|not |it(?:'s| is)? (?:still|just|also)|doesn|does not|didn)|$))/i;
const BETTER =
  /^(?:(?:much|a bit|a little|slightly|ok|hm+) )?(?:better|closer|almost|nearly|improved|getting there|not bad|half way|good start)(?: now| there| already)?(?:[.!,:;–—-]+\s*|$)(?:but )?/i;

/** `fix both`: of what was quoted. */
const ALL_QUOTED = cued(
  /^(?:(?:so|and|ok|please|can you|could you|pls)[, ]+)*(?:fix|address|handle|sort(?: out)?|solve|correct|do|take care of|deal with|resolve|change) (?:both|all|all of (?:it|them|that)|these|those|them|it|that|everything)\b/i,
);

/** `back in 2022 we wanted to rewrite it`: a plan of then. */
const ONCE = cued(
  /^(?:(?:back )?in (?:19|20)\d\d|back then|(?:many |a few |two |three |some )?years ago|originally|once upon a time|in the (?:old days|beginning)|at the time),? (?:we|i|they|somebody|someone|the \w+)(?:'d| had)? (?:\w+ )?(?:wanted|planned|meant|tried|were (?:going|about|supposed)|was (?:going|about|supposed)|intended|hoped|thought|considered|decided|talked|used)\b/i,
);
const GO_ON = cued(/^(?:please )?(?:go ahead|do it|proceed)\b/i);
const HOLDING = cued(/^(?:no[, ]+)?(?:hold|not (?:yet|now|so|before|until)|wait|stop)\b/i);
const STOP = cued(/^(?:please )?stop\s*[,!–—-]/i);
const NOT_NOW_BARE = cued(
  /^(?:(?:but|and|just|though|only|well|oh|ok) )*(?:please )?not (?:now|today|tonight|this (?:week|sprint|month|evening|release|round))\b(?![^,.;]* (?:until|before|unless)\b)/i,
);
export function readSentence(heard: Heard, sentence: string, isOpening: boolean): void {
  let text = straight(sentence.trim());
  if (text.length < 2 && !heard.before.isAsking && heard.before.numbers.length === 0) return;
  if (quotes(heard, text)) return;
  text = plainly(text);
  if (NOT_NOW.test(text) || ONCE.test(text) || (heard.trace !== null && THROWN_LINE.test(text))) return;
  if (text.includes(': ')) heard.topic = TOPIC.exec(text)?.[1] ?? heard.topic;
  if (heard.before.topics !== undefined && chooses(heard, text, sentence, heard.before.topics)) return;
  const choice = heard.isItem ? null : choiceIn(text, heard.before.numbers);
  if (choice !== null) {
    for (const act of choice.acts) heard.push({ ...act, quote: spoken(sentence) });
    text = choice.rest;
    if (text.length < 3) return;
  }
  const until = waitsFor(text);
  if (until !== null) return heard.push({ is: 'hold', about: null, until, quote: spoken(sentence) });
  if (isEitherOr(text)) {
    heard.wonders = true;
    return;
  }
  const instead = heard.shown === null ? turnedInto(text) : (insteadIn(text, heard.shown) ?? turnedInto(text));
  if (instead !== null) {
    heard.shown = null;
    wishFor(heard, { wish: instead, rest: '' }, sentence);
    return;
  }
  heard.shown = shownIn(text);
  const desired = heard.isItem && heard.asks > 0 ? null : desiredIn(text);
  if (desired !== null) {
    if (wishFor(heard, desired, sentence)) return;
    text = desired.rest;
  }
  // Of work that was just told of.
  const isAnswer =
    heard.asks === 0 && heard.told.length === 0 && !heard.isItem && (heard.before.topics ?? []).length > 0;
  const amiss = isAnswer ? amissIn(text) : null;
  if (amiss !== null) {
    heard.push({ ...amiss, quote: spoken(sentence) });
    if (FAILING.test(text)) heard.failure(clausesOf(text).at(-1), sentence);
    return;
  }
  const recant = isAnswer ? recantIn(text, heard.before.isAsking) : null;
  if (recant !== null) return heard.push({ ...recant, quote: spoken(sentence) });
  const outcome = heard.before.isAsking ? null : outcomeIn(text, isBroken);
  if (outcome !== null) return heard.push({ ...outcome, quote: spoken(sentence) });
  const reports = reportsIn(text);
  if (reports.length > 0) {
    for (const report of reports) heard.push({ ...report, quote: spoken(sentence) });
    return;
  }
  const struck = heard.isItem ? null : struckIn(text);
  if (struck?.is === 'hold' && struck.about !== null)
    return heard.push({
      is: 'ask',
      kind: 'change',
      title: titleOf(struck.about),
      stated: statedIn(sentence),
      later: struck.until ?? 'not now',
      quote: spoken(sentence),
    });
  if (struck !== null) return heard.said(struck, sentence, text);
  const deed = isAnswer ? deedIn(text) : null;
  if (deed !== null)
    return heard.push({ is: deed.isHanded ? 'elsewhere' : 'done', about: deed.about, quote: spoken(sentence) });
  const settled = heard.isItem || heard.asks > 0 ? null : settledIn(text);
  if (settled !== null) {
    heard.push({ is: 'done', about: settled.about, quote: spoken(sentence) });
    text = settled.rest;
    if (text.length < 3) return;
  }
  const deeds = isOpening ? deedsIn(text) : [];
  if (deeds.length > 0) {
    for (const about of deeds) heard.push({ is: 'done', about, quote: spoken(sentence) });
    return;
  }
  if (heard.ifNot !== null && IF_NOT.test(text)) {
    heard.task(titleOf(heard.ifNot), sentence, null);
    heard.asks += 1;
    heard.ifNot = null;
    return;
  }
  if (heard.before.isAsking && text.length < 300) {
    text = verdicts(heard, text, sentence);
    if (text === '') return;
  }
  if (isOpening && !heard.before.isAsking && DISAPPOINTS.test(text)) {
    heard.push({ is: 'broken', about: null, quote: spoken(sentence) });
    text = text.replace(DISAPPOINTS, '');
  } else if (isOpening && BETTER.test(text)) {
    heard.isHalf = true;
    text = text.replace(BETTER, '');
  }
  if (text.length < 2) return;
  heard.person = personIn(sentence) ?? heard.person;
  if (isOpening || heard.acts.length === 0 || GO_ON.test(text)) {
    const answer = NUDGES.test(text) && !heard.before.isAsking ? null : answerIn(text, heard.before);
    if (answer !== null && !heard.acts.some(({ is }) => is === 'accept' || is === 'decline')) {
      const pick = pickIn(text.replace(/^(?:yes|yeah|yep|ok|okay|sure|no|nah)[,.! ]+/i, ''), heard.before);
      if (pick !== null && !/[,;.] .*\b\d/.test(text)) return heard.push(pick);
      if (pick === null) heard.push({ ...answer.act, quote: spoken(sentence) });
      text = answer.rest;
      if (text.trim().length < 2) return;
    }
  }
  if (NUDGES.test(text)) return;
  if (HYPOTHESIS.test(text) && !/\b(?:please|pls)\b/i.test(text)) return;
  // `… a mail when it fails. not now, the box is busy`: asked for, and put off.
  if (NOT_NOW_BARE.test(text) && heard.acts.at(-1)?.is === 'ask') return heard.calm(text);
  const held = HOLDING.test(text) ? holdIn(text.replace(/[.!]+$/, '')) : null;
  if (held !== null) return heard.said(held, sentence, '');
  if (STOP.test(text)) heard.push({ is: 'hold', about: null, until: null, quote: spoken(sentence) });
  for (const numbered of heard.before.numbers.length > 0 && text.length < 400
    ? text.split(/(?<=[^\d\s,&]),\s+(?=#?\d|the rest|rest|others)|;\s*/)
    : []) {
    const pick =
      /^(?:and )?(?:the )?(?:rest|others|remaining|everything else|(?:numbers? |points? |items? )?#?\d{1,2}(?:\s?[,&+]\s?#?\d{1,2}|\s?(?:and|or)\s#?\d{1,2})*)(?:\s*[:=–—-]|\s+(?:is|are|can|should|has|have|was|were|needs?|belongs?|goes|i|we|yes|no|later|too|please)\b)/i.test(
        numbered,
      )
        ? pickIn(numbered, heard.before)
        : null;
    if (pick === null) break;
    heard.push({ ...pick, quote: spoken(sentence) });
    text = text.slice(text.indexOf(numbered) + numbered.length).replace(/^[\s,;]+/, '');
  }
  if (text === '') return;
  readClauses(heard, clausesOf(text), sentence);
}

/** What would be so, if it was up to the user. @returns whether nothing is left to be read */
function wishFor(heard: Heard, { wish, rest }: Pick<Desired, 'wish' | 'rest'>, sentence: string): boolean {
  heard.told = [];
  const words = wordsOf(wish);
  ask(heard, requestOf(words, false, true) ?? { kind: 'change', words, form: 'imperative' }, {
    text: wish,
    sentence,
    place: '',
    isQuestion: false,
    count: 1,
    isAfterAsk: heard.asks > 0,
    isStep: false,
  });
  return rest.length < 12 || /^(?:it|that|this|right now|currently|at the moment)\b/i.test(rest);
}

/** Choices among what was spoken of. @returns whether the sentence is one */
function chooses(heard: Heard, text: string, sentence: string, topics: readonly string[]): boolean {
  const parts = heard.points.size < 2 ? [] : text.split(/[,;.] (?=[a-h]\b[ :)]| ?and [a-h]\b)/i);
  const chosen = parts.map((part) => letteredIn(part.replace(/^and /i, ''), heard.points));
  if (chosen.length > 0 && chosen.every((one) => one.length > 0)) {
    for (const { what, verdict } of chosen.flat()) {
      if (verdict === 'no') continue;
      const title = titleOf(/^(?:[a-z-]+)\b/.test(what) ? what : `Fix: ${what}`);
      const later = verdict === 'later' ? (laterIn(text) ?? 'later') : null;
      heard.push({ is: 'ask', kind: 'change', title, stated: statedIn(sentence), later, quote: spoken(sentence) });
    }
    heard.asks += 1;
    return true;
  }
  const way = ofTwo(text, topics);
  const thing = way === null ? soundsRight(text, topics) : null;
  if (way === null && thing === null) return false;
  heard.task(way === null ? titleOf(`Add ${thing ?? ''}`) : cut(`Go with: ${way}`), sentence, null);
  heard.asks += 1;
  // `the view sounds right, and …`: the rest is read.
  return way !== null || !/\band\b/i.test(text);
}

/** `she says: "the row is late. also you lose a cent". fix both`: @returns whether the sentence is another's or about it. */
function quotes(heard: Heard, text: string): boolean {
  if (!heard.isQuoting) {
    if (heard.quoted.length > 0 && ALL_QUOTED.test(text)) {
      // It may be said of work that was done: known by its first words.
      for (const fault of heard.quoted)
        heard.push({
          is: 'broken',
          about: fault.split(/,| but /, 1)[0]?.slice(0, 80) ?? null,
          title: cut(`Fix: ${fault}`),
          quote: spoken(fault),
        });
      heard.quoted = [];
      heard.asks += 1;
      // `fix both and then …`: the rest is read.
      return !/\b(?:and|then|,)\b/i.test(text);
    }
    const begun = text.includes('"') || text.includes('“') ? quotedIn(text) : null;
    if (begun === null) return false;
    heard.isQuoting = true;
    return quotes(heard, begun);
  }
  const end = text.search(/["”]/);
  const said = (end < 0 ? text : text.slice(0, end)).replace(/^(?:also|and|but)\b[, ]*/i, '').replace(/[\s.,;]+$/, '');
  if (said.split(' ').length > 2 && heard.quoted.length < 20) heard.quoted.push(said);
  if (end >= 0) heard.isQuoting = false;
  return true;
}

/** `the column sounds useful, the archive no`: takes out what is said of things that were offered. */
function verdicts(heard: Heard, text: string, sentence: string): string {
  const parts = text.split(/(?<=[,;])\s+/);
  const left: string[] = [];
  for (const part of parts) {
    const act = verdictIn(part.replace(/^(?:and|but) /i, ''));
    if (act === null) left.push(part);
    else heard.push({ ...act, quote: spoken(sentence) });
  }
  return left.length === parts.length ? text : left.join(' ').trim();
}
