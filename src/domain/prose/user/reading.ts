/**
 * Reads a message sentence by sentence and keeps what later sentences need: open problems, what `it` is, what was put off.
 * One file, although a long one: every method changes what the next sentence means.
 */
import type { Before, UserAct } from '../model.js';
import { statedIn } from '../stated.js';
import { titleOf } from '../title.js';
import { answerIn, pickIn } from './answers.js';
import { DETAIL, isIdle, requestOf } from './ask.js';
import { carriesOn, clausesOf, textOf, wordsOf, type Clause, type Word } from './clauses.js';
import {
  AWAY_WITH_IT,
  NOT_NOW,
  deedsIn,
  droppedBy,
  givenTo,
  isEitherOr,
  lettersIn,
  nextThing,
  outcomeIn,
  plainly,
  quotedIn,
  waitsFor,
} from './frames.js';
import {
  ALSO,
  ASKED_ABOUT,
  CALM,
  EXPLAINS,
  HYPOTHESIS,
  IDEA,
  MENDING,
  NEGATED,
  PRONOUN,
  QUESTION,
  THROWN,
  WONDERS,
  baseFirst,
  isAsked,
  objectOf,
  spoken,
} from './hints.js';
import { cut, partsOf, problemIn, problemTitle, withTitle, withoutSource, type Told } from './problem.js';
import { elsewhereIn, isBroken, promiseIn, reportIn } from './report.js';
import { BEFORE_RELEASE, laterIn } from './time.js';
import { holdIn, waitedFor, withdrawalIn, type Said } from './withdraw.js';
import { chainOf, datedIn, IF_NOT, ifNotIn, likewiseIn, verdictIn } from './elliptic.js';
import { personIn, thingsIn, withPerson } from './things.js';
import { chanceIn, wantedIn } from './wanted.js';
import {
  BINNED,
  DOING_IT,
  LEFT_OUT,
  MADE_RIGHT,
  NEEDS_MENDING,
  PRESENT,
  SUBJECT_COMMAND,
  THROWN_LINE,
  TOPIC,
  USED_ELSEWHERE,
} from './signs.js';
import type { Request } from './wish.js';
import { FAILING, FILLERS, NUDGES } from './words.js';

type Ask = Extract<UserAct, { is: 'ask' }>;

const MAX_ACTS = 120;
/** Where a clause stands. */
interface Around {
  readonly text: string;
  readonly sentence: string;
  /** `On the knowledge page:` before it. */
  readonly place: string;
  readonly isQuestion: boolean;
  /** Clauses of its sentence. */
  readonly count: number;
  readonly isAfterAsk: boolean;
  /** In a series of imperatives. */
  readonly isStep: boolean;
}

/** `gas and heat meters use it. write adapters for both`: one for each. */
function eachOf(body: string, stated: string): readonly string[] {
  const at = /^(.{6,80}? (?:for|in|to|on|with|of)) both(?: of them)?$/i.exec(body)?.[1];
  const [, one, two, kind = ''] =
    /^(?:(?:the|our|both) )?([\w-]+) and (?:the )?([\w-]+)( [a-z]{3,}s)? \w/i.exec(stated) ?? [];
  if (at === undefined || one === undefined || two === undefined) return [];
  return [`${at} ${/^[A-Z][a-z]+$/.test(one) && kind !== '' ? one.toLowerCase() : one}${kind}`, `${at} ${two}${kind}`];
}

/** Opens an answer to a report of success. */
const DISAPPOINTS =
  /^(?:(?:nope|no|nah|not quite|not really|sadly not|afraid not|unfortunately not|no luck|no dice|not for me)\b[.!,:;\s–—-]+(?=(?:still|same|now|[\w ]{0,12}\b[45]\d\d\b|not |it(?:'s| is)? (?:still|just|also)|doesn|does not|didn)|$))/i;
const BETTER =
  /^(?:(?:much|a bit|a little|slightly|ok|hm+) )?(?:better|closer|almost|nearly|improved|getting there|not bad|half way|good start)(?: now| there| already)?(?:[.!,:;–—-]+\s*|$)(?:but )?/i;
/** Of what turns up, by looking. */
const FOUND =
  /^(?:fix|correct|repair|clean(?: up)?|solve|adjust|update|sort out|handle|remove|replace|address|patch|resolve|change)(?: up)? (?:what(?:ever)?|anything|everything|all|those|the ones|the problems?|the issues?|the rest)\b.{0,40}$/i;
/** Names what a short promise is about by what it was said with. */
function promised(words: string, sentence: string, isAsked: boolean): string {
  const text = words.replace(
    /^(send|give|get|hand|pass|mail|bring|show|forward) (?:you|u) /i,
    (_, verb: string) => `${verb} `,
  );
  const [first = ''] = sentence.split(/, (?:and |so |then )?(?=i\b|i'|we\b)/i, 1);
  const content = text.split(/\s+/).filter((word) => word.length > 3).length;
  return content > 4 ||
    isAsked ||
    first.length > 40 ||
    first.length < 12 ||
    sentence.length - first.length < 8 ||
    /^(?:ok|yes|sure|thanks|right)\b/i.test(first)
    ? text
    : `${text.replace(/[\s.,;]+$/, '')}: ${first}`;
}

/** `fix both`: of what was quoted. */
const ALL_QUOTED =
  /^(?:(?:so|and|ok|please|can you|could you|pls)[, ]+)*(?:fix|address|handle|sort(?: out)?|solve|correct|do|take care of|deal with|resolve|change) (?:both|all|all of (?:it|them|that)|these|those|them|it|that|everything)\b/i;
const STOPPING =
  /^(?:please |just |can you |could you )*(?:stop|halt|kill|pause|shut down|turn off|disable) (it|that|them|this)\b/i;
/** What runs by itself, and can be stopped. */
const RUNNING =
  /\b(?:job|script|process|service|worker|import|export|migration|deploy\w*|cron\w*|server|container|task|sync|bot|crawler|scraper|instance|pipeline|daemon|workflow|backup|cleanup|sweep|rollout|loop|consumer|scheduler|trigger|webhook|campaign|mailer|function|lambda|thread|build|vm|pod|queue|retention \w+)s?$/i;

export class Reading {
  readonly #acts: UserAct[] = [];
  #told: Told[] = [];
  #it: string | null = null;
  #unclaimed = '';
  #wonders = false;
  #asks = 0;
  #traced = false;
  /** An idea or a statement that `add it` or `fix it` may mean. */
  #idea: string | null = null;
  #stated: Told | null = null;
  /** What `them` may mean, and who `her` may be. */
  #them: string | null = null;
  #person: string | null = null;
  /** What is wanted if the question just asked is answered by no. */
  #ifNot: string | null = null;
  /** Whether the clause just read asked for something, be it only once more. */
  #isTaken = false;
  /** A question after the cause of something. */
  #wondered: string | null = null;
  /** `better!`: what is said next is what is left of it. */
  #isHalf = false;
  /** The problem whose cause was asked for. */
  #why: Told | null = null;
  /** What the message begins by telling. */
  #opening: Told | null = null;
  /** What another is quoted with: found fault with, if it is to be fixed. Whether the quotation is still open. */
  #quoted: string[] = [];
  #isQuoting = false;
  /** `the bars:` — what the rest of the message is about. */
  #topic: string | null = null;
  /** In the item of a list. */
  #isItem = false;

  constructor(
    private readonly before: Before,
    private readonly trace: { readonly title: string; readonly message: string } | null,
  ) {}

  get count(): number {
    return this.#acts.length + this.#told.length;
  }

  acts(): readonly UserAct[] {
    this.paragraph();
    for (const fault of this.#quoted.splice(0))
      for (const clause of clausesOf(fault)) {
        const problem = problemIn(clause);
        if (problem !== null) this.#told.push({ clause, sentence: fault, ...problem });
      }
    if (!this.#wonders) for (const told of this.#told) this.#problem(told);
    this.#told = [];
    // `yes to 1 and 3`: the numbers say what is accepted.
    const hasPicks = this.#acts.some(({ is }) => is === 'pick');
    const acts = hasPicks
      ? this.#acts.filter((act) => !((act.is === 'accept' || act.is === 'decline') && act.about === null))
      : this.#acts;
    return acts.slice(0, MAX_ACTS);
  }

  /** What was said of urgency stays with its paragraph. */
  paragraph(): void {
    this.#unclaimed = '';
  }

  task(title: string, quote: string, where: string | null): void {
    if (title === '') return;
    const full = where === null || title.toLowerCase().includes(where.toLowerCase()) ? title : `${title} (${where})`;
    this.#push({
      is: 'ask',
      kind: 'change',
      title: full.length > 110 ? title : full,
      stated: statedIn(quote),
      later: where === null ? laterIn(quote) : null,
      quote: spoken(quote),
    });
  }

  item(sentences: readonly string[]): void {
    const told = this.#told.length;
    this.#isItem = true;
    for (const sentence of sentences) this.sentence(sentence, false);
    this.#isItem = false;
    for (const one of this.#told.splice(told)) this.#problem(one);
    this.#unclaimed = '';
    this.#it = null;
  }

  sentence(sentence: string, isOpening: boolean): void {
    let text = sentence.trim().replace(/[’‘]/g, "'");
    if (text.length < 2 || this.#acts.length > MAX_ACTS) return;
    if (this.#quotes(text)) return;
    text = plainly(text);
    if (NOT_NOW.test(text) || (this.trace !== null && THROWN_LINE.test(text))) return;
    this.#topic = TOPIC.exec(text)?.[1] ?? this.#topic;
    const lettered = this.before.topics === undefined ? [] : lettersIn(text, this.before.topics);
    if (lettered.length > 0) {
      for (const one of lettered) this.task(cut(`Fix: ${one}`), sentence, null);
      this.#asks += 1;
      return;
    }
    const until = waitsFor(text);
    if (until !== null) return this.#push({ is: 'hold', about: null, until, quote: spoken(sentence) });
    if (isEitherOr(text)) {
      this.#wonders = true;
      return;
    }
    const outcome = this.before.isAsking ? null : outcomeIn(text, isBroken);
    if (outcome !== null) return this.#push({ ...outcome, quote: spoken(sentence) });
    const deeds = isOpening ? deedsIn(text) : [];
    if (deeds.length > 0) {
      for (const about of deeds) this.#push({ is: 'done', about, quote: spoken(sentence) });
      return;
    }
    if (this.#ifNot !== null && IF_NOT.test(text)) {
      this.task(titleOf(this.#ifNot), sentence, null);
      this.#asks += 1;
      this.#ifNot = null;
      return;
    }
    if (this.before.isAsking && text.length < 300) {
      text = this.#verdicts(text, sentence);
      if (text === '') return;
    }
    if (isOpening && !this.before.isAsking && DISAPPOINTS.test(text)) {
      this.#push({ is: 'broken', about: null, quote: spoken(sentence) });
      text = text.replace(DISAPPOINTS, '');
    } else if (isOpening && BETTER.test(text)) {
      this.#isHalf = true;
      text = text.replace(BETTER, '');
    }
    if (text.length < 2) return;
    this.#person = personIn(sentence) ?? this.#person;
    if (isOpening || this.#acts.length === 0 || /^(?:please )?(?:go ahead|do it|proceed)\b/i.test(text)) {
      const answer = NUDGES.test(text) && !this.before.isAsking ? null : answerIn(text, this.before);
      if (answer !== null && !this.#acts.some(({ is }) => is === 'accept' || is === 'decline')) {
        const pick = pickIn(text.replace(/^(?:yes|yeah|yep|ok|okay|sure|no|nah)[,.! ]+/i, ''), this.before);
        if (pick !== null && !/[,;.] .*\b\d/.test(text)) return this.#push(pick);
        if (pick === null) this.#push({ ...answer.act, quote: spoken(sentence) });
        text = answer.rest;
        if (text.trim().length < 2) return;
      }
    }
    if (NUDGES.test(text)) return;
    if (HYPOTHESIS.test(text) && !/\b(?:please|pls)\b/i.test(text)) return;
    const held = /^(?:no[, ]+)?(?:hold|not (?:yet|now|so|before|until)|wait|stop)\b/i.test(text)
      ? holdIn(text.replace(/[.!]+$/, ''))
      : null;
    if (held !== null) return this.#said(held, sentence, '');
    if (/^(?:please )?stop\s*[,!–—-]/i.test(text))
      this.#push({ is: 'hold', about: null, until: null, quote: spoken(sentence) });
    for (const numbered of this.before.numbers.length > 0 && text.length < 400
      ? text.split(/(?<=[^\d\s,&]),\s+(?=#?\d|the rest|rest|others)|;\s*/)
      : []) {
      const pick =
        /^(?:and )?(?:the )?(?:rest|others|remaining|everything else|(?:numbers? |points? |items? )?#?\d{1,2}(?:\s?[,&+]\s?#?\d{1,2}|\s?(?:and|or)\s#?\d{1,2})*)(?:\s*[:=–—-]|\s+(?:is|are|can|should|has|have|was|were|needs?|belongs?|goes|i|we|yes|no|later|too|please)\b)/i.test(
          numbered,
        )
          ? pickIn(numbered, this.before)
          : null;
      if (pick === null) break;
      this.#push({ ...pick, quote: spoken(sentence) });
      text = text.slice(text.indexOf(numbered) + numbered.length).replace(/^[\s,;]+/, '');
    }
    if (text === '') return;
    this.#clauses(clausesOf(text), sentence);
  }

  /** `she says: "the row is late. also you lose a cent". fix both`: @returns whether the sentence is another's or about it. */
  #quotes(text: string): boolean {
    if (!this.#isQuoting) {
      if (this.#quoted.length > 0 && ALL_QUOTED.test(text)) {
        // It may be said of work that was done: known by its first words.
        for (const fault of this.#quoted)
          this.#push({
            is: 'broken',
            about: fault.split(/,| but /, 1)[0]?.slice(0, 80) ?? null,
            title: cut(`Fix: ${fault}`),
            quote: spoken(fault),
          });
        this.#quoted = [];
        this.#asks += 1;
        // `fix both and then …`: the rest is read.
        return !/\b(?:and|then|,)\b/i.test(text);
      }
      const begun = text.includes('"') || text.includes('“') ? quotedIn(text) : null;
      if (begun === null) return false;
      this.#isQuoting = true;
      return this.#quotes(begun);
    }
    const end = text.search(/["”]/);
    const said = (end < 0 ? text : text.slice(0, end))
      .replace(/^(?:also|and|but)\b[, ]*/i, '')
      .replace(/[\s.,;]+$/, '');
    if (said.split(' ').length > 2 && this.#quoted.length < 20) this.#quoted.push(said);
    if (end >= 0) this.#isQuoting = false;
    return true;
  }

  /** `the column sounds useful, the archive no`: takes out what is said of things that were offered. */
  #verdicts(text: string, sentence: string): string {
    const parts = text.split(/(?<=[,;])\s+/);
    const left: string[] = [];
    for (const part of parts) {
      const act = verdictIn(part.replace(/^(?:and|but) /i, ''));
      if (act === null) left.push(part);
      else this.#push({ ...act, quote: spoken(sentence) });
    }
    return left.length === parts.length ? text : left.join(' ').trim();
  }

  #clauses(clauses: readonly Clause[], sentence: string): void {
    let last: Clause | null = null;
    let lastWas: 'ask' | 'not' | 'none' = 'none';
    let place = '';
    let isFaults = false;
    const start = this.#acts.length;
    const isQuestion = clauses[0]?.isQuestion ?? false;
    for (const [index, clause] of clauses.entries()) {
      const carried = last !== null && lastWas === 'not' && carriesOn(clause, last);
      if (carried && !/^(?:can|could|would|will|please)\b/i.test(clause.words[0]?.low ?? '')) continue;
      const text = textOf(clause.words).replace(/[\s,;:–—-]+$/, '');
      if (
        index < clauses.length - 1 &&
        /^(?:on|in|for|at|under|within|inside)\b/i.test(text) &&
        clause.words.length <= 8
      ) {
        place = ` ${text.charAt(0).toLowerCase()}${text.slice(1)}`;
        continue;
      }
      if (
        index < clauses.length - 1 &&
        /\b(?:bugs?|problems?|issues?|complaints?|faults?|defects?|regressions?)\b.{0,30}$/i.test(text) &&
        /:$/.test(clause.words.at(-1)?.raw ?? '')
      ) {
        isFaults = true;
        continue;
      }
      const before = this.#acts.length;
      const told = this.#told.length;
      if (lastWas === 'ask' && clause.joiner === ':' && !isAsked(clause)) continue;
      this.#isTaken = false;
      this.#clause(clause, {
        text,
        sentence,
        place,
        isQuestion: isQuestion && index === clauses.length - 1 && !(lastWas === 'ask' && isAsked(clause)),
        count: clauses.length,
        isAfterAsk: lastWas === 'ask',
        isStep: clauses.length > 2 && index + 1 < clauses.length && isAsked(clauses[index + 1] ?? clause),
      });
      const added = this.#acts.length > before;
      if (added) place = '';
      lastWas =
        this.#wasTaken() || (added && this.#acts.at(-1)?.is === 'ask')
          ? 'ask'
          : this.#told.length > told
            ? 'none'
            : 'not';
      if (isFaults && !added && this.#told.length === told && clause.words.length > 2)
        this.#told.push({ clause, sentence, isFailure: false });
      if (!added && this.#told.length === told) {
        if (CALM.test(text)) this.#calm(text);
        else if (!isIdle(clause.words)) this.#unclaimed = `${this.#unclaimed} ${text}`.slice(-300);
      }
      last = clause;
    }
    // What another does, said in one sentence with the wish, is nobody's task here.
    const mine = this.#acts.slice(start);
    const elsewhere = mine.filter((act) => act.is === 'elsewhere');
    if (elsewhere.length > 0) {
      const asked = mine.filter(
        (act) => act.is === 'ask' && /\b(?:needs?|should|must|has to|have to)\b/.test(act.quote),
      );
      const named = asked[0]?.is === 'ask' ? asked[0].title : null;
      const kept = mine.filter(
        (act) => !asked.includes(act) && act.is !== 'elsewhere' && !(act.is === 'cancel' && act.about === null),
      );
      const about = elsewhere.map((act) => ('about' in act ? act.about : null)).find((one) => one !== null) ?? named;
      this.#acts.splice(start, this.#acts.length - start, ...kept, { is: 'elsewhere', about, quote: spoken(sentence) });
    }
  }

  #clause(clause: Clause, around: Around): void {
    const { words } = clause;
    const { text, sentence, isQuestion, count, isAfterAsk } = around;
    if (words.length === 0 || NUDGES.test(text) || PRESENT.test(text)) return;
    // `wait, the lantern …`: an exclamation.
    if (
      count > 1 &&
      words.length <= 2 &&
      words.every(({ low }) => FILLERS.has(low) || low === 'stop' || low === 'no' || low === 'hold' || low === 'on')
    )
      return;
    const pick = pickIn(text, this.before);
    if (pick !== null) return this.#push({ ...pick, quote: spoken(sentence) });
    const previous = this.#acts.at(-1);
    if (previous?.is === 'cancel' && AWAY_WITH_IT.test(text)) return;
    if (
      previous?.quote === spoken(sentence) &&
      (previous.is === 'accept' || (previous.is === 'ask' && previous.title.startsWith('Do the '))) &&
      DOING_IT.test(text)
    )
      return;
    if (BINNED.test(text) && (this.#topic !== null || this.#it === null))
      return this.#push({ is: 'cancel', about: this.#topic, quote: spoken(sentence) });
    const leftOut = isQuestion ? undefined : LEFT_OUT.exec(text)?.[1];
    if (leftOut !== undefined) {
      this.#asks += 1;
      return this.task(titleOf(leftOut), sentence, null);
    }
    if (this.#told.length > 0 && !isQuestion && NEEDS_MENDING.test(text)) {
      for (const told of this.#told.splice(0)) this.#problem(told, statedIn(text));
      this.#asks += 1;
      return;
    }
    const dropped = isQuestion ? null : droppedBy(text);
    if (dropped !== null) return this.#push({ is: 'cancel', about: dropped, quote: spoken(sentence) });
    const isBecause = /^(?:because|since|while|otherwise)$/.test(clause.joiner);
    if (!isQuestion && !isBecause) {
      if (this.#elliptic(clause, around)) return;
      if (this.#putOff(clause, text, sentence)) return;
      const isStep =
        (this.#isItem || isAfterAsk || around.isStep || this.#isDroppable(text)) &&
        /^(?:(?:please|then|just|finally|so|and|can you|could you)[, ]+)*(?:drop|freeze|pause|suspend)\b/i.test(text);
      const said = isStep
        ? null
        : (elsewhereIn(text) ?? holdIn(text) ?? withdrawalIn(text) ?? promiseIn({ ...clause, isQuestion: false }));
      if (
        said !== null &&
        !(said.is === 'elsewhere' && /^(?:stop|wait|hold|not)\b/i.test(sentence) && !/\bleave\b/.test(text))
      )
        return this.#said(said, sentence, text);
      const report = reportIn({ ...clause, isQuestion: false });
      if (report !== null) {
        this.#said(report.is === 'broken' ? withTitle(report, clause) : report, sentence, text);
        const thrown = report.is === 'broken' ? THROWN.exec(sentence)?.[0] : undefined;
        if (thrown !== undefined) this.#push({ is: 'failure', message: thrown.trim(), quote: spoken(sentence) });
        else if (report.is === 'broken' && FAILING.test(text)) this.#failure(clause, sentence);
        return;
      }
    }
    if (NEGATED.test(text) && !/^(?:leave|keep) /i.test(text)) {
      // `there is no seed script, add one`.
      if (/^there/i.test(text)) this.#remember(text);
      return;
    }
    if (STOPPING.test(text) && this.#it !== null && RUNNING.test(this.#it)) {
      this.task(titleOf(text.replace(/\b(?:it|that|them|this)\b/i, this.#it)), sentence, null);
      this.#asks += 1;
      return;
    }
    const more =
      chanceIn(text) ??
      (isQuestion || this.#asks === 0 ? null : (nextThing(text) ?? (isAfterAsk ? givenTo(text) : null)));
    const asked =
      more === null
        ? SUBJECT_COMMAND.test(text)
          ? null
          : requestOf(words, isQuestion, this.#asks === 0 && this.#told.length === 0)
        : ({ kind: 'change', words: wordsOf(more), form: 'imperative' } as const);
    if (asked !== null && !(isBecause && asked.form !== 'imperative')) {
      if (asked.form === 'requirement' && EXPLAINS.test(text)) return;
      // Why it has to stop, or is not wanted any more.
      if (asked.form === 'requirement' && (previous?.is === 'hold' || previous?.is === 'cancel') && this.#asks === 0) {
        if (previous.about === null)
          this.#acts[this.#acts.length - 1] = { ...previous, about: partsOf(clause).subject || null };
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
      if (this.#ask(asked, around)) return;
    }
    if (asked !== null) return;
    if (isQuestion || QUESTION.test(text)) {
      this.#ifNot = ifNotIn(text) ?? this.#ifNot;
      if (/^(?:\w+,? )?(?:why|how come) \w+ (?:the|our|my|this|these|all)\b/i.test(text))
        this.#wondered = text.replace(/[\s?]+$/, '');
      this.#it = ASKED_ABOUT.exec(text)?.[1] ?? this.#it;
      if (WONDERS.test(text) || /^(?:is|does|did|are|was|has)\b/i.test(text)) this.#wonders = true;
      if (/^(?:\w+,? )?(?:why|how come)\b/i.test(text) && FAILING.test(text)) this.#failure(clause, sentence);
      return;
    }
    if (isBecause) return;
    const source = withoutSource(clause);
    if (isAfterAsk && /^(?:it|this|that|they|he|she)\b/i.test(text)) return;
    const problem = problemIn(source);
    if (problem !== null) {
      const spokenOf = this.#acts.at(-1);
      if (
        (this.#isHalf || spokenOf?.is === 'broken') &&
        !/^(?:the|my|our|all|also|another)\b/i.test(text) &&
        clause.joiner !== 'also'
      ) {
        if (spokenOf?.is !== 'broken') this.#push({ is: 'broken', about: null, quote: spoken(sentence) });
        if (problem.isFailure) this.#failure(source, sentence);
        return;
      }
      // `still not right: the totals are counted twice`: how it is broken.
      if (spokenOf?.is === 'broken' && spokenOf.quote === spoken(sentence)) {
        this.#acts[this.#acts.length - 1] = { ...spokenOf, about: spokenOf.about ?? (partsOf(source).subject || null) };
        return;
      }
      this.#told.push({ clause: source, sentence, isFailure: problem.isFailure });
      if (problem.isFailure) this.#failure(source, sentence);
      const { subject } = partsOf(source);
      if (subject !== '') this.#it = subject;
      this.#remember(text);
      return;
    }
    const idea = IDEA.exec(text)?.[1];
    this.#idea = idea ?? null;
    this.#stated = { clause, sentence, isFailure: false };
    const { subject } = partsOf(clause);
    if (!/^(?:i|we|you|they|he|she)\b/i.test(subject)) this.#it = null;
    if (this.#opening === null && subject !== '' && words.length > 3 && !/^(?:i|we|you|it|there)\b/i.test(subject))
      this.#opening = this.#stated;
    if (
      subject !== '' &&
      words.length > 3 &&
      !/^(?:i|we|you|it|that|this|they|there|he|she)\b/i.test(subject) &&
      subject.split(' ').length <= 6
    )
      this.#it = subject;
    this.#remember(text);
  }

  #wasTaken(): boolean {
    return this.#isTaken;
  }

  #remember(text: string): void {
    const { it, them } = thingsIn(text);
    this.#them = them ?? this.#them;
    this.#it = it ?? this.#it;
  }

  /** `drop them` where they were just named is work on them, and takes no request back. */
  #isDroppable(text: string): boolean {
    return this.#asks === 0 && /\b(?:them|those|these)\b/i.test(text) && this.#them !== null;
  }

  /** What asks without a verb of asking: wanted states, things named with a yes or a day. */
  #elliptic(clause: Clause, around: Around): boolean {
    const { text, sentence } = around;
    if (clause.words.length < 2 || clause.words.length > 40) return false;
    const wanted = this.#told.length > 0 && /^it\b/i.test(text) ? null : wantedIn(text);
    if (wanted !== null) return this.#ask({ kind: 'change', words: wordsOf(wanted), form: 'imperative' }, around);
    if (text.length > 90) return false;
    const quote = spoken(sentence);
    const likewise = this.#told.length > 0 ? null : likewiseIn(text);
    if (likewise !== null && (this.#asks > 0 || around.count === 1)) {
      const last = this.#acts.findLast((act) => act.is === 'ask');
      const title = cut(
        last?.is === 'ask' && !last.title.startsWith('Do the same') ? `${likewise}: ${last.title}` : likewise,
      );
      this.#push({ is: 'ask', kind: 'change', title, stated: statedIn(text), later: laterIn(text), quote });
      this.#asks += 1;
      return true;
    }
    const dated =
      this.before.isAsking || this.#acts.length > 0 || clause.words.length < 6
        ? datedIn(text, this.before.topics ?? [])
        : null;
    if (dated !== null) {
      this.#push({ is: 'promise', title: dated, stated: statedIn(text), quote });
      return true;
    }
    const verdict = /\byes\b/i.test(text) && !this.before.isAsking ? verdictIn(text) : null;
    if (verdict?.is === 'accept' && verdict.about !== null) {
      this.task(titleOf(`Do the ${verdict.about}`), sentence, null);
      this.#asks += 1;
      return true;
    }
    return false;
  }

  /** `the empty state can wait`, `leave the docs for tomorrow`. */
  #putOff(clause: Clause, text: string, sentence: string): boolean {
    const found =
      /^(?:(?:and|but|so|then|also|ok|okay)[, ]+)*(.{3,70}?) (?:(?:goes|go|moves?|slips?|gets? (?:moved|pushed|postponed))(?: back)?(?: in)?to (?:the next|next|the backlog|v?\d|phase|a later|another|the following)|(?:can|could|should|must|may|will have to) (?:\w+ )?wait|(?:is|are) (?:for|something for) (?:later|another (?:day|time|pr)|next \w+|tomorrow|after)|comes? (?:later|after|next week))\b(.{0,80})$/i.exec(
        text,
      ) ??
      /^(?:(?:and|but|so|then|also|ok|okay|please|let'?s|we can|you can)[, ]+)*(?:leave|save|postpone|defer|move|push|keep|do|put off|delay) (.{3,70}?) (?:(?:for|to|until|till) )?((?:later|tomorrow|next (?:week|sprint|month|release|time|year)|another (?:day|time|pr)|after .*|(?:mon|tues|wednes|thurs|fri)day|a follow-?up.*|someday|some other time|the next \w+)\b.{0,80})$/i.exec(
        text,
      );
    const what = found?.[1];
    if (what === undefined || clause.isQuestion) return false;
    if (
      /^(?:it|that|this|they|the rest|everything|all|i|we|you|who|which|them|those|these|everybody|everyone|that one|this one|the last one|whatever|anything|what|other (?:stuff|things)|the other (?:stuff|things|ones))\b/i.test(
        what,
      ) &&
      !/^(?:this|that|these|those) \w{3,}/i.test(what)
    )
      return false;
    if (/\b(?:button|retry|client|request|job)s? (?:must|should|can) wait\b/i.test(text)) return false;
    const until = /\b(?:until|till)\b.{2,78}$/i.exec(text)?.[0];
    const later = until ?? laterIn(text) ?? 'can wait';
    if (/\b(?:in)?to the (?:next|backlog|following)|\bto a later\b/i.test(text)) {
      this.#push({ is: 'promise', title: titleOf(what), stated: statedIn(text), quote: spoken(sentence) });
      return true;
    }
    this.#push({
      is: 'ask',
      kind: 'change',
      title: titleOf(what.replace(/^(?:do|the) (?=\w+ing\b)/i, '')),
      stated: statedIn(text),
      later,
      quote: spoken(sentence),
    });
    return true;
  }

  /** @returns whether it was taken in */
  #ask(asked: Request, around: Around): boolean {
    const { text, sentence, place, count } = around;
    const said = textOf(asked.words).replace(/[\s,;:.!?–—-]+$/, '');
    const verb = asked.words[0]?.low ?? '';
    this.#isTaken = true;
    const known = this.#acts.at(-1);
    // `track it down and get rid of it`: asked for once.
    if (
      known?.is === 'ask' &&
      (known.kind === 'problem' || /^(?:Track|Hunt|Chase|Pin|Find|Figure|Dig) (?:it|that|this)\b/.test(known.title)) &&
      /^(?:get rid of|fix|stop|kill|solve|sort|squash|remove|eliminate|repair|resolve|end) (?:it|that|this)(?: out| please| for good)*$/i.test(
        said,
      )
    )
      return true;
    if (MADE_RIGHT.test(said) && (this.#told.length > 0 || !/\bwork/i.test(said)))
      return this.#ask({ ...asked, words: wordsOf('fix it') }, around);
    if (
      this.#asks > 0 &&
      DETAIL.test(said) &&
      !USED_ELSEWHERE.test(said) &&
      !(asked.kind === 'change' && /^give (?:me|us)\b/i.test(said))
    )
      return true;
    const looked = this.#acts.at(-1);
    if (looked?.is === 'ask' && looked.kind === 'answer' && FOUND.test(said)) {
      this.#acts[this.#acts.length - 1] = { ...looked, kind: 'change', title: cut(`${looked.title} and ${said}`) };
      return true;
    }
    if (/^do #?\d{1,2}$/i.test(said)) return true;
    if (asked.form === 'plan' && BEFORE_RELEASE.test(text)) {
      this.#said({ is: 'promise', words: said }, sentence, text);
      return true;
    }
    // `find out why`: of what was told; nothing is to be changed.
    const told = this.#told[0] ?? (this.#asks === 0 ? this.#opening : null) ?? undefined;
    if (
      told !== undefined &&
      /^(?:find out|figure out|check|see|tell me|explain|know|understand|look into)\b.{0,12}\b(?:why|how|what(?:'s| is) (?:going|wrong|up|happening)\b.*|the (?:reason|cause))(?:,? (?:&|and) (?:then )?(?:make (?:it|that|this) (?:stop|work|go away|right|pass)|(?:fix|stop|solve|repair|prevent|end|correct) (?:it|that|this)))?(?: please| pls| for me)*$/i.test(
        said,
      )
    ) {
      this.#told = [];
      this.#why = told;
      this.#asks += 1;
      this.#push({
        is: 'ask',
        kind: / (?:&|and) /.test(said) ? 'change' : 'answer',
        title: cut(`${said.charAt(0).toUpperCase()}${said.slice(1)}: ${textOf(told.clause.words)}`),
        stated: statedIn(sentence) ?? statedIn(told.sentence),
        later: null,
        quote: spoken(sentence),
      });
      return true;
    }
    const object = asked.words
      .slice(1)
      .filter(
        ({ low }) =>
          !/^(?:please|pls|also|as|well|too|now|first|again|asap|then|right|away|up|into|at|out|after|for|me|us|it|this|that|them|these|those|and|fix|one|issue|problem|bug|look|a|the|quick|thanks|today|rid|of|on|over|down|get|here|there|both|all|going|in|back|through|working|work|properly|solved|fixed|sorted|with|if|can|you|quickly|immediately|soon|possible)$/.test(
            low,
          ),
      );
    const isPronoun = asked.form !== 'requirement' && asked.form !== 'wish' && object.length === 0;
    const later =
      laterIn(this.#unclaimed) ??
      laterIn(text) ??
      (count === 1 ? laterIn(sentence) : null) ??
      (/\bremind me\b/i.test(text) ? 'remind me' : null);
    const stated = statedIn(sentence) ?? statedIn(this.#unclaimed) ?? this.#urgency();
    const isKnown = this.#them !== null && asked.words.some(({ low }) => /^(?:them|those|these)$/.test(low));
    if (isPronoun && !isKnown && asked.words.length <= 8) {
      if (this.#why !== null && MENDING.test(verb)) {
        this.#problem(this.#why);
        this.#why = null;
        return true;
      }
      const isOne =
        /\b(?:it|this|that)\b/i.test(said) &&
        !this.#told.some(({ clause, sentence }) => ALSO.test(sentence) || clause.joiner === 'also');
      const looked = this.#acts.at(-1);
      if (
        looked?.is === 'ask' &&
        looked.kind === 'answer' &&
        this.#told.length === 0 &&
        /^(?:fix|stop|solve|repair|correct|mend|resolve|change|prevent|remove)$/.test(verb)
      ) {
        this.#acts[this.#acts.length - 1] = { ...looked, kind: 'change', title: cut(`${looked.title} and ${said}`) };
        return true;
      }
      if (this.#told.length === 0 && this.#wondered !== null && MENDING.test(verb)) {
        this.task(cut(`Fix: ${this.#wondered}`), sentence, null);
        this.#wondered = null;
        this.#asks += 1;
        return true;
      }
      if (this.#told.length > 0 && (MENDING.test(verb) || /\bfix\b/.test(said))) {
        // `the shop is dead. every order answers 502. get it working`: one fault and its sign.
        for (const told of isOne ? this.#told.slice(0, 1) : this.#told) this.#problem(told);
        this.#told = [];
        this.#asks += 1;
        return true;
      }
      if (this.trace !== null && (MENDING.test(verb) || asked.words.length === 1) && !this.#traced) {
        this.#traced = true;
        this.#asks += 1;
        this.#push({ is: 'ask', kind: 'problem', title: this.trace.title, stated, later, quote: spoken(sentence) });
        return true;
      }
      if (this.#idea !== null) {
        this.#push({
          is: 'ask',
          kind: 'change',
          title: titleOf(baseFirst(this.#idea)),
          stated,
          later,
          quote: spoken(sentence),
        });
        this.#idea = null;
        this.#asks += 1;
        return true;
      }
      if (/^(?:fix|solve|repair|resolve|correct|mend|find|investigate|look|sort)$/.test(verb)) {
        const { subject } = this.#stated === null ? { subject: '' } : partsOf(this.#stated.clause);
        if (
          this.#asks === 0 &&
          this.#stated !== null &&
          subject !== '' &&
          !/^(?:i|we|you|it|that|this|they|there)\b/i.test(subject)
        ) {
          this.#problem(this.#stated);
          this.#asks += 1;
        }
        return true;
      }
      if (
        this.#stated !== null &&
        this.#it === null &&
        !/^(?:commit|push|merge|deploy|ship|release|publish|revert|restart|rebase|test|run|rerun|stop|undo|do|show|tell|explain|review|check|send|forget)$/.test(
          verb,
        )
      ) {
        this.#asks += 1;
        this.#push({
          is: 'ask',
          kind: asked.kind,
          title: cut(`${said.charAt(0).toUpperCase()}${said.slice(1)}: ${textOf(this.#stated.clause.words)}`),
          stated,
          later,
          quote: spoken(sentence),
        });
        return true;
      }
      // `worth it, add it`: a yes to what was offered.
      if (this.before.isAsking && asked.kind === 'change' && this.#asks === 0 && this.#acts.length === 0)
        return (this.#push({ is: 'accept', about: null, quote: spoken(sentence) }), true);
      const isNeutral =
        /^(?:commit|push|merge|deploy|ship|release|publish|revert|restart|rebase|test|run|rerun|stop|undo)$/.test(verb);
      const isOfTopic =
        (this.before.topics ?? []).length > 0 &&
        asked.form === 'polite' &&
        asked.kind === 'change' &&
        / (?:it|that|this|them|those|these)$/i.test(said) &&
        !MENDING.test(verb) &&
        !/^(?:make|put|keep|use|add|try|change|give|let|explain|apply|continue|begin|start)$/.test(verb);
      if (!isNeutral && this.#it === null && !isOfTopic) return true;
      if (!isNeutral && !asked.words.some(({ low }) => low === 'one' || PRONOUN.test(low))) return true;
    }
    if (
      this.#it === null &&
      asked.form === 'requirement' &&
      /^(?:they|it|these|those|this)$/.test(asked.words[0]?.low ?? '') &&
      this.#stated !== null
    )
      this.#it = /\b(?:the|our|all|some) [a-z-]+/i.exec(textOf(this.#stated.clause.words))?.[0] ?? null;
    const first = this.#told[0];
    if (first !== undefined) {
      const { subject } = partsOf(first.clause);
      const acting =
        /^(?:(?:and|but|also|oh)[, ]+)*((?:the|our|my|this|that) (?:[\w-]+ ){0,2}?[\w-]+?) (?=[a-z]+s\b)/i.exec(
          textOf(first.clause.words),
        )?.[1];
      if (subject !== '') this.#it = subject;
      else if (acting !== undefined) this.#it = acting;
    }
    const resolved = asked.form === 'wish' ? asked.words : this.#resolved(asked.words);
    let body = textOf(resolved).replace(/[\s,;:.!?–—-]+$/, '');
    if (asked.kind === 'change')
      body = body.replace(
        /^(make|write|build|create|draft|generate|prepare|set|give|get|fetch|find|add|send) (?:me|us) (?=(?:an?|the|some|two|three|all|another) )/i,
        (_, verb: string) => (/^(?:give|get|send)$/i.test(verb) ? 'create ' : `${verb} `),
      );
    body = body
      .replace(
        /,? (?:same \w+ as|if you (?:can|have time|don't mind)|when you (?:can|have)|while you(?:'re| are)) .*$/i,
        '',
      )
      .replace(/,? (?:though|first|please|too|as well|of course|thanks|then|but not(?: now| yet| today)?)+$/i, '');
    if (asked.form === 'wish' && asked.kind === 'change') {
      const inner = requestOf(resolved, false, false);
      body =
        inner === null
          ? `Add ${body}`
          : inner.form === 'imperative'
            ? textOf(inner.words).replace(/[\s,;:.!?–—-]+$/, '')
            : body;
    }
    const steps = asked.form === 'imperative' || asked.form === 'polite' ? chainOf(body) : [body];
    const both =
      asked.kind === 'change' && this.#stated !== null ? eachOf(body, textOf(this.#stated.clause.words)) : [];
    const chain = both.length === 0 ? steps : both;
    const named = titleOf(
      place === '' || body.length + place.length > 90 ? (chain[0] ?? body) : `${chain[0] ?? body}${place}`,
    );
    if (named.length < 3) return true;
    // `…, that flag has to go`: which one stands before it.
    const title =
      /^[A-Z][a-z]+ (?:that|those) [a-z-]+$/.test(named) && sentence.length > text.length + 20
        ? cut(`${named}: ${sentence.replace(text, '').replace(/[\s,;:.!–—-]+$/, '')}`)
        : named;
    // What was told before is why; `also` begins something else.
    const isOfTold = asked.kind === 'answer' && resolved !== asked.words;
    if (this.#told.length > 0 && (asked.kind === 'change' || isOfTold)) {
      if (
        !isOfTold &&
        (ALSO.test(text) || (ALSO.test(sentence) && this.#told[0]?.sentence !== sentence) || later !== null)
      )
        for (const told of this.#told) this.#problem(told);
      this.#told = [];
    }
    this.#push({ is: 'ask', kind: asked.kind, title, stated, later, quote: spoken(sentence) });
    for (const next of chain.slice(1))
      this.#push({ is: 'ask', kind: asked.kind, title: titleOf(next), stated, later, quote: spoken(sentence) });
    this.#unclaimed = '';
    this.#asks += 1;
    const thing = objectOf(resolved);
    if (asked.kind === 'change' && thing !== null) this.#it = thing;
    else if (asked.kind === 'answer') this.#it = ASKED_ABOUT.exec(said)?.[1] ?? this.#it;
    return true;
  }

  /** `PROD IS DOWN. Bring it back`: how pressing it is was said with the problem. */
  #urgency(): ReturnType<typeof statedIn> {
    for (const { sentence } of this.#told) {
      const stated = statedIn(sentence);
      if (stated !== null) return stated;
    }
    return null;
  }

  /** The words with what `it` is in the place of the pronoun that is the verb's object. */
  #resolved(words: readonly Word[]): readonly Word[] {
    const at =
      /^(?:they|it|these|those|this)$/.test(words[0]?.low ?? '') && words.length > 1
        ? 0
        : words.findIndex(({ low }, index) => index >= 1 && index <= 3 && PRONOUN.test(low));
    // `we have no template, write one`.
    if (at < 0 && words[1]?.low === 'one' && this.#it !== null && this.#it.length < 60) {
      const one = this.#it.replace(/^(?:the|our|no) /i, '');
      if (!/\bone\b/.test(one))
        return [...words.slice(0, 1), ...wordsOf(`${/^[aeiou]/i.test(one) ? 'an' : 'a'} ${one}`), ...words.slice(2)];
    }
    const word = words[at];
    const thing = /^(?:them|those|these|they)$/.test(word?.low ?? '') ? (this.#them ?? this.#it) : this.#it;
    if (thing === null || word === undefined || thing.length > 60) return words;
    if (at === 3 && !/^(?:get|take)$/.test(words[0]?.low ?? '')) return words;
    const next = words[at + 1]?.low ?? '';
    // `this page`, `that column`: a determiner.
    if (
      /^(?:this|that|these|those)$/.test(word.low) &&
      next !== '' &&
      !/^(?:in|on|to|from|for|with|at|by|please|too|as|back|again|up|down|out|into|and|after|before|so|first|now|when|once|everywhere|instead|an?)$/.test(
        next,
      )
    )
      return words;
    if (/^(?:him|her)$/.test(word.low)) return words;
    if (/^(?:make|call|name|turn)$/.test(words[0]?.low ?? '')) return words;
    return [
      ...words.slice(0, at),
      ...wordsOf(thing.replace(/^[A-Z][a-z]+(?= [a-z])|^[A-Z][a-z]+s$/, (one) => one.toLowerCase())),
      ...words.slice(at + 1),
    ];
  }

  #problem(told: Told, due: ReturnType<typeof statedIn> = null): void {
    this.#push({
      is: 'ask',
      kind: 'problem',
      title: problemTitle(told.clause),
      stated: due ?? statedIn(told.sentence) ?? statedIn(this.#unclaimed),
      later: null,
      quote: spoken(told.sentence),
    });
  }

  #failure(clause: Clause, sentence: string): void {
    const message = textOf(clause.words)
      .replace(
        /^(?:(?:and|but|also|ok|so|then|no|nope|nah|sadly|wait|hey|hi|yes|argh|ugh|oh|hm+|why (?:is|are|was|does|do|did))[,. ]+)+/i,
        '',
      )
      .replace(/[\s,;:.!?]+$/, '');
    if (message.length > 4) this.#push({ is: 'failure', message: message.slice(0, 300), quote: spoken(sentence) });
  }

  #said(said: Said, sentence: string, text: string): void {
    const quote = spoken(sentence);
    if (said.is === 'hold' && said.until === null) {
      const until = waitedFor(sentence);
      return this.#push({ ...said, until, quote });
    }
    if (
      said.is === 'hold' &&
      said.about === null &&
      /\b(?:wait|hold off|hold|hang on) (?:with|on) (?:that|this|it)\b/i.test(text)
    ) {
      const last = this.#acts.at(-1);
      if (last?.is === 'ask') return this.#push({ ...said, about: last.title, quote });
    }
    if (said.is !== 'promise') return this.#push({ ...said, quote });
    const title = titleOf(promised(withPerson(this.#mine(said.words), this.#person), sentence, this.#asks > 0));
    const stated = statedIn(text) ?? statedIn(sentence);
    // `tonight` says when the user will get to it, and not that it presses.
    const due = /^(?:tonight|today|this evening)$/i.test(stated?.words ?? '') ? null : stated;
    if (title.length > 2) this.#push({ is: 'promise', title, stated: due, quote });
  }

  /** `it is out of date. I'll redo it`: what the user does is asked of nobody. */
  #mine(words: string): string {
    const it = this.#it;
    if (it === null || it.length > 60) return words;
    const named = words.replace(/^([a-z]+) (?:it|that|this)\b(?! \w+s\b)/i, (_, verb: string) => `${verb} ${it}`);
    if (named !== words) this.#told = this.#told.filter(({ clause }) => partsOf(clause).subject !== it);
    return named;
  }

  #calm(text: string): void {
    const last = this.#acts.at(-1);
    if (last === undefined || last.is !== 'ask') {
      this.#unclaimed = `${this.#unclaimed} ${text}`.slice(-300);
      return;
    }
    const amended: Ask = { ...last, stated: last.stated ?? statedIn(text), later: last.later ?? laterIn(text) };
    this.#acts[this.#acts.length - 1] = amended;
  }

  #push(act: UserAct): void {
    const last = this.#acts.at(-1);
    // `hold it. … so not that one`: what was held is taken back.
    if (act.is === 'cancel' && act.about === null && last?.is === 'hold' && last.about !== null)
      return void (this.#acts[this.#acts.length - 1] = { ...act, about: last.about });
    // `the certs are done, Femi rotated them`: once more.
    if (act.is === 'done' && act.about === null && last?.is === 'done' && last.quote === act.quote) return;
    // `no, still crashes` says it once.
    if (act.is === 'broken' && last?.is === 'broken' && last.about === null) this.#acts.pop();
    const isTwice = act.is === 'ask' && this.#acts.some((one) => one.is === 'ask' && one.title === act.title);
    if (!isTwice) this.#acts.push(act);
  }
}
