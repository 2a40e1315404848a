/** One clause: which of the things that people say it says, asked in the order in which one outweighs the other. */
import { cued } from '../../cue/index.js';
import { statedIn } from '../stated.js';
import { titleOf } from '../title.js';
import { EXPECTED, NOT_TO_BE } from './announced.js';
import { pickIn } from './answers.js';
import type { Around } from './around.js';
import { requestOf } from './ask.js';
import { ask } from './asking.js';
import { textOf, wordsOf, type Clause } from './clauses.js';
import { doingIn } from './doing.js';
import { ifNotIn } from './elliptic.js';
import { elsewhereIn } from './elsewhere.js';
import { isFaultOf } from './fault.js';
import { AWAY_WITH_IT, droppedBy, givenTo, nextThing } from './frames.js';
import type { Heard } from './heard.js';
import { ALSO, ASKED_ABOUT, EXPLAINS, IDEA, NEGATED, QUESTION, THROWN, WONDERS, spoken } from './hints.js';
import { kindlyIn } from './kindly.js';
import { cut, partsOf, problemIn, withTitle, withoutSource } from './problem.js';
import { putOff } from './put-off.js';
import { promiseIn, reportIn } from './report.js';
import { BINNED, DOING_IT, LEFT_OUT, NEEDS_MENDING, PRESENT, SUBJECT_COMMAND } from './signs.js';
import { turnedIn } from './turned.js';
import { askWithoutVerb } from './verbless.js';
import { chanceIn } from './wanted.js';
import { holdIn, withdrawalIn } from './withdraw.js';
import { FAILING, FILLERS, isNudge, wordSet } from './words.js';

const STOPPING = cued(
  /^(?:please |just |can you |could you )*(?:stop|halt|kill|pause|shut down|turn off|disable) (it|that|them|this)\b/i,
);
const BECAUSE = wordSet('because since while otherwise');
/** What runs by itself, and can be stopped. */
const RUNNING = cued(
  /\b(?:job|script|process|service|worker|import|export|migration|deploy\w*|cron\w*|server|container|task|sync|bot|crawler|scraper|instance|pipeline|daemon|workflow|backup|cleanup|sweep|rollout|loop|consumer|scheduler|trigger|webhook|campaign|mailer|function|lambda|thread|build|vm|pod|queue|retention \w+)s?$/i,
);

/** `drop the shim` among other steps is one of them. */
const STEP = cued(/^(?:(?:please|then|just|finally|so|and|can you|could you)[, ]+)*(?:drop|freeze|pause|suspend)\b/i);
export function readClause(heard: Heard, clause: Clause, around: Around): void {
  const { words } = clause;
  const { text, sentence, isQuestion, count, isAfterAsk } = around;
  if (words.length === 0 || isNudge(words[0]?.low ?? '', text) || PRESENT.test(text)) return;
  // `wait, the lantern …`: an exclamation.
  if (
    count > 1 &&
    words.length <= 2 &&
    words.every(({ low }) => FILLERS.has(low) || low === 'stop' || low === 'no' || low === 'hold' || low === 'on')
  )
    return;
  const pick = pickIn(text, heard.before);
  if (pick !== null) return heard.push({ ...pick, quote: spoken(sentence) });
  const previous = heard.acts.at(-1);
  if (previous?.is === 'cancel' && AWAY_WITH_IT.test(text)) return;
  if (
    previous?.quote === spoken(sentence) &&
    (previous.is === 'accept' || (previous.is === 'ask' && previous.title.startsWith('Do the '))) &&
    DOING_IT.test(text)
  )
    return;
  if (BINNED.test(text) && (heard.topic !== null || heard.it === null))
    return heard.push({ is: 'cancel', about: heard.topic, quote: spoken(sentence) });
  const leftOut = isQuestion ? undefined : LEFT_OUT.exec(text)?.[1];
  if (leftOut !== undefined) {
    heard.asks += 1;
    return heard.task(titleOf(leftOut), sentence, null);
  }
  if (heard.told.length > 0 && !isQuestion && NEEDS_MENDING.test(text)) {
    for (const told of heard.told.splice(0)) heard.problem(told, statedIn(text));
    heard.asks += 1;
    return;
  }
  if (!isQuestion && (NOT_TO_BE.test(text) || EXPECTED.test(text)) && isOfStated(heard, text)) return;
  const dropped = isQuestion ? null : droppedBy(text);
  if (dropped !== null) return heard.push({ is: 'cancel', about: dropped, quote: spoken(sentence) });
  const isBecause = BECAUSE.has(clause.joiner);
  if (!isQuestion && !isBecause) {
    const turned = heard.isItem || isAfterAsk ? null : turnedIn(text, previous?.is === 'done');
    if (turned !== null) return heard.push({ ...turned, quote: spoken(sentence) });
    if (askWithoutVerb(heard, clause, around)) return;
    if (putOff(heard, clause, text, sentence)) return;
    const isStep = (heard.isItem || isAfterAsk || around.isStep || isDroppable(heard, text)) && STEP.test(text);
    const said = isStep
      ? null
      : (elsewhereIn(text) ?? holdIn(text) ?? withdrawalIn(text) ?? promiseIn({ ...clause, isQuestion: false }));
    if (
      said !== null &&
      !(said.is === 'elsewhere' && /^(?:stop|wait|hold|not)\b/i.test(sentence) && !/\bleave\b/.test(text))
    )
      return heard.said(said, sentence, text);
    const report = reportIn({ ...clause, isQuestion: false });
    if (report !== null) {
      heard.said(report.is === 'broken' ? withTitle(report, clause) : report, sentence, text);
      const thrown = report.is === 'broken' ? THROWN.exec(sentence)?.[0] : undefined;
      if (thrown !== undefined) heard.push({ is: 'failure', message: thrown.trim(), quote: spoken(sentence) });
      else if (report.is === 'broken' && FAILING.test(text)) heard.failure(clause, sentence);
      return;
    }
  }
  if (NEGATED.test(text) && !/^(?:leave|keep) /i.test(text)) {
    // `there is no seed script, add one`.
    if (/^there/i.test(text)) heard.remember(text);
    return;
  }
  if (STOPPING.test(text) && heard.it !== null && RUNNING.test(heard.it)) {
    heard.task(titleOf(text.replace(/\b(?:it|that|them|this)\b/i, heard.it)), sentence, null);
    heard.asks += 1;
    return;
  }
  const more =
    chanceIn(text) ??
    (isBecause ? null : kindlyIn(text, isQuestion)) ??
    (isQuestion || heard.asks === 0
      ? null
      : (nextThing(text) ?? (isAfterAsk || clause.joiner === '' ? givenTo(text) : null)));
  const asked =
    more === null
      ? SUBJECT_COMMAND.test(text)
        ? null
        : requestOf(words, isQuestion, heard.asks === 0 && heard.told.length === 0)
      : ({ kind: 'change', words: wordsOf(more), form: 'imperative' } as const);
  if (asked !== null && !(isBecause && asked.form !== 'imperative')) {
    if (asked.form === 'requirement' && EXPLAINS.test(text)) return;
    // `…, so the porters have to click again`: what comes of it.
    if (
      clause.joiner === 'so' &&
      heard.told.length > 0 &&
      /^(?:that )?(?:the|our|my|all|every)? ?[\w-]+s? (?:always |now |then )?(?:ha(?:s|ve)|needs?) to\b/i.test(text)
    )
      return;
    // Why it has to stop, or is not wanted any more.
    if (asked.form === 'requirement' && (previous?.is === 'hold' || previous?.is === 'cancel') && heard.asks === 0) {
      if (previous.about === null)
        heard.acts[heard.acts.length - 1] = { ...previous, about: partsOf(clause).subject || null };
      return;
    }
    // `move it to the other port, we need this one for the GPS`: a reason.
    if (
      asked.form === 'wish' &&
      isAfterAsk &&
      clause.joiner === ',' &&
      /^(?:we|i) (?:need|want) (?:the|our|that|this|it|them)\b/i.test(text)
    )
      return;
    if (ask(heard, asked, around)) return;
  }
  if (asked !== null) return;
  if (isQuestion || QUESTION.test(text)) {
    heard.ifNot = ifNotIn(text) ?? heard.ifNot;
    if (/^(?:\w+,? )?(?:why|how come) \w+ (?:the|our|my|this|these|all)\b/i.test(text))
      heard.wondered = text.replace(/[\s?]+$/, '');
    heard.it = ASKED_ABOUT.exec(text)?.[1] ?? heard.it;
    if (WONDERS.test(text) || /^(?:is|does|did|are|was|has)\b/i.test(text)) heard.wonders = true;
    if (/^(?:\w+,? )?(?:why|how come)\b/i.test(text) && FAILING.test(text)) heard.failure(clause, sentence);
    return;
  }
  if (isBecause) return;
  const source = withoutSource(clause);
  if (isAfterAsk && /^(?:it|this|that|they|he|she)\b/i.test(text)) return;
  const problem = problemIn(source) ?? (isFault(heard, source, around) ? { isFailure: false } : null);
  if (problem !== null) {
    const spokenOf = heard.acts.at(-1);
    if (
      (heard.isHalf || spokenOf?.is === 'broken') &&
      !/^(?:the|my|our|all|also|another)\b/i.test(text) &&
      clause.joiner !== 'also'
    ) {
      if (spokenOf?.is !== 'broken') heard.push({ is: 'broken', about: null, quote: spoken(sentence) });
      if (problem.isFailure) heard.failure(source, sentence);
      return;
    }
    // `still not right: the totals are counted twice`: how it is broken.
    if (spokenOf?.is === 'broken' && spokenOf.quote === spoken(sentence)) {
      heard.acts[heard.acts.length - 1] = { ...spokenOf, about: spokenOf.about ?? (partsOf(source).subject || null) };
      return;
    }
    // `make the needle snap. it wobbles so much`: why it is asked for.
    if (
      spokenOf?.is === 'ask' &&
      spokenOf.kind === 'change' &&
      spokenOf.later === null &&
      !problem.isFailure &&
      /^(?:it|they|that|this)\b/i.test(text)
    )
      return;
    heard.told.push({ clause: source, sentence, isFailure: problem.isFailure });
    if (problem.isFailure) heard.failure(source, sentence);
    const { subject } = partsOf(source);
    if (subject !== '') heard.it = subject;
    heard.remember(text);
    return;
  }
  const idea = IDEA.exec(text)?.[1];
  heard.idea = idea ?? null;
  if (words.length > 2 || heard.stated === null) heard.stated = { clause, sentence, isFailure: false };
  const { subject } = partsOf(clause);
  if (!/^(?:i|we|you|they|he|she)\b/i.test(subject)) heard.it = null;
  if (heard.opening === null && subject !== '' && words.length > 3 && !/^(?:i|we|you|it|there)\b/i.test(subject))
    heard.opening = heard.stated;
  if (
    subject !== '' &&
    words.length > 3 &&
    !/^(?:i|we|you|it|that|this|they|there|he|she)\b/i.test(subject) &&
    subject.split(' ').length <= 6
  ) {
    const doing = doingIn(words);
    // `the lab wants a login`: what is wanted is spoken of.
    heard.it =
      doing !== null && /^(?:want|need|request|expect|ask|like)$/.test(doing.verb) ? plain(doing.rest) : subject;
  }
  heard.remember(text);
}

/** `drop them` where they were just named is work on them, and takes no request back. */
function isDroppable(heard: Heard, text: string): boolean {
  return heard.asks === 0 && /\b(?:them|those|these)\b/i.test(text) && heard.them !== null;
}

/** Said of what stands beside it. */
const NO_MATTER = cued(
  /\b(?:(?:that|which|this)(?:'s| is) (?:fine|ok|okay|good|intended|expected|by design|on purpose)|on purpose|by design|intentional\w*)\b/i,
);

/** A fault in words that are no sign of one by themselves: what is said after a request, or beside a yes, is why. */
function isFault(heard: Heard, clause: Clause, { text, isAfterAsk, sentence }: Around): boolean {
  if (NO_MATTER.test(sentence)) return false;
  const isMore = ALSO.test(text) || clause.joiner === 'and';
  if (isAfterAsk && !isMore) return false;
  if (heard.asks > 0 && !heard.isItem && !isMore) return false;
  if (heard.acts.some(({ is }) => is === 'accept' || is === 'decline' || is === 'hold' || is === 'cancel'))
    return false;
  return isFaultOf(clause);
}

const plain = (text: string): string =>
  text.replace(/[\s.,;!]+$/, '').replace(/^(?:for|an?) /i, (word) => (word === 'for ' ? '' : 'the '));

const CAN_STILL =
  /^(?:\w+,? )?(?:(?:the|our|my|all|some|any|every) )?[\w-]+(?: [\w-]+){0,4}? (?:can|could|may|is|are|gets?|has|have|does) /i;
/** `that must not happen`: of what was just said. @returns whether something was */
function isOfStated(heard: Heard, text: string): boolean {
  if (heard.told.length > 0) return !EXPECTED.test(text);
  const { stated } = heard;
  if (stated === null || heard.asks > 0 || heard.acts.some(({ is }) => is === 'done' || is === 'accept')) return false;
  const said = textOf(stated.clause.words);
  if (/^(?:i|we|you|that|this|there)\b/i.test(said) || stated.clause.isQuestion) return false;
  const isDoing = doingIn(stated.clause.words) !== null;
  if (!isDoing && (EXPECTED.test(text) ? !/ (?:is|are) /.test(said) : !CAN_STILL.test(said))) return false;
  heard.stated = null;
  if (isDoing || EXPECTED.test(text)) heard.told.push(stated);
  else {
    heard.push({
      is: 'ask',
      kind: 'problem',
      title: cut(`Prevent that ${said.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())}`),
      stated: statedIn(text) ?? statedIn(stated.sentence),
      later: null,
      quote: spoken(stated.sentence),
    });
    heard.asks += 1;
  }
  return true;
}
