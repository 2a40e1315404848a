/** What a message has said so far, and what later sentences need of it: open problems, what `it` is, what was put off. */
import type { Before, UserAct } from '../model.js';
import { statedIn } from '../stated.js';
import { titleOf } from '../title.js';
import type { Announced } from './announced.js';
import { pointsOf } from './choice.js';
import { textOf, type Clause } from './clauses.js';
import { spoken } from './hints.js';
import { partsOf, problemTitle, type Told } from './problem.js';
import type { Shown } from './shown.js';
import { thingsIn, withPerson } from './things.js';
import { laterIn } from './time.js';
import { waitedFor, type Said } from './withdraw.js';

type Ask = Extract<UserAct, { is: 'ask' }>;

/** Work for an idle hour: what was told before it is to be done. */
const WHEN_IDLE =
  /\bwhen(?:ever)? (?:some(?:one|body)|any(?:one|body)|you|we|i|there)(?:'s| is|'re| are|'m| am)? (?:bored|idle|free|time|nothing (?:better|else))\b|\b(?:no (?:rush|hurry)|can wait|low prio\w*|some ?day)\b/i;
const OWN = /^(?:i|we|you|he|she|they)\b|\?\s*$/i;

/** What a pasted trace says that failed. */
export interface Trace {
  readonly title: string;
  readonly message: string;
}

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

export class Heard {
  readonly acts: UserAct[] = [];
  told: Told[] = [];
  it: string | null = null;
  unclaimed = '';
  wonders = false;
  asks = 0;
  traced = false;
  /** An idea or a statement that `add it` or `fix it` may mean. */
  idea: string | null = null;
  stated: Told | null = null;
  /** What `them` may mean, and who `her` may be. */
  them: string | null = null;
  person: string | null = null;
  /** What is wanted if the question just asked is answered by no. */
  ifNot: string | null = null;
  /** Whether the clause just read asked for something, be it only once more. */
  isTaken = false;
  /** A question after the cause of something. */
  wondered: string | null = null;
  /** `better!`: what is said next is what is left of it. */
  isHalf = false;
  /** The problem whose cause was asked for. */
  why: Told | null = null;
  /** What the message begins by telling. */
  opening: Told | null = null;
  /** What another is quoted with: found fault with, if it is to be fixed. Whether the quotation is still open. */
  quoted: string[] = [];
  isQuoting = false;
  /** `the bars:` — what the rest of the message is about. */
  topic: string | null = null;
  /** What was just said to show something, or to have a value. */
  shown: Shown | null = null;
  /** What the message said that it would tell. */
  announced: Announced | null = null;
  /** In the item of a list. */
  isItem = false;

  /** The sentence last asked for what it states: each of its clauses asks again. */
  #sentence = '';
  #stated: ReturnType<typeof statedIn> = null;
  /** What was spoken of by letters. */
  readonly points: ReadonlyMap<string, string>;

  constructor(
    readonly before: Before,
    readonly trace: Trace | null,
  ) {
    this.points = pointsOf(before.topics ?? []);
  }

  task(title: string, quote: string, where: string | null): void {
    if (title === '') return;
    const full = where === null || title.toLowerCase().includes(where.toLowerCase()) ? title : `${title} (${where})`;
    this.push({
      is: 'ask',
      kind: 'change',
      title: full.length > 110 ? title : full,
      stated: statedIn(quote),
      later: where === null ? laterIn(quote) : null,
      quote: spoken(quote),
    });
  }

  /** The priority that a sentence states. */
  statedBy(sentence: string): ReturnType<typeof statedIn> {
    if (sentence !== this.#sentence) {
      this.#sentence = sentence;
      this.#stated = statedIn(sentence);
    }
    return this.#stated;
  }

  wasTaken(): boolean {
    return this.isTaken;
  }

  remember(text: string): void {
    const { it, them } = thingsIn(text);
    this.them = them ?? this.them;
    this.it = it ?? this.it;
  }

  /** `PROD IS DOWN. Bring it back`: how pressing it is was said with the problem. */
  urgency(): ReturnType<typeof statedIn> {
    for (const { sentence } of this.told) {
      const stated = this.statedBy(sentence);
      if (stated !== null) return stated;
    }
    return null;
  }

  problem(told: Told, due: ReturnType<typeof statedIn> = null): void {
    this.push({
      is: 'ask',
      kind: 'problem',
      title: problemTitle(told.clause),
      stated: due ?? this.statedBy(told.sentence) ?? statedIn(this.unclaimed),
      later: null,
      quote: spoken(told.sentence),
    });
  }

  failure(clause: Clause | undefined, sentence: string): void {
    if (clause === undefined) return;
    const message = textOf(clause.words)
      .replace(
        /^(?:(?:and|but|also|ok|so|then|no|nope|nah|sadly|wait|hey|hi|yes|argh|ugh|oh|hm+|why (?:is|are|was|does|do|did))[,. ]+)+/i,
        '',
      )
      .replace(/[\s,;:.!?]+$/, '');
    if (message.length > 4) this.push({ is: 'failure', message: message.slice(0, 300), quote: spoken(sentence) });
  }

  said(said: Said, sentence: string, text: string): void {
    const quote = spoken(sentence);
    if (said.is === 'hold' && said.until === null) {
      const until = waitedFor(sentence);
      return this.push({ ...said, until, quote });
    }
    if (
      said.is === 'hold' &&
      said.about === null &&
      /\b(?:wait|hold off|hold|hang on) (?:with|on) (?:that|this|it)\b/i.test(text)
    ) {
      const last = this.acts.at(-1);
      if (last?.is === 'ask') return this.push({ ...said, about: last.title, quote });
    }
    if (said.is !== 'promise') return this.push({ ...said, quote });
    const title = titleOf(promised(withPerson(this.mine(said.words), this.person), sentence, this.asks > 0));
    const stated = statedIn(text) ?? statedIn(sentence);
    // `tonight` says when the user will get to it, and not that it presses.
    const due = /^(?:tonight|today|this evening)$/i.test(stated?.words ?? '') ? null : stated;
    if (title.length > 2) this.push({ is: 'promise', title, stated: due, quote });
  }

  /** `it is out of date. I'll redo it`: what the user does is asked of nobody. */
  mine(words: string): string {
    const it = this.it;
    if (it === null || it.length > 60) return words;
    const named = words.replace(/^([a-z]+) (?:it|that|this)\b(?! \w+s\b)/i, (_, verb: string) => `${verb} ${it}`);
    if (named !== words) this.told = this.told.filter(({ clause }) => partsOf(clause).subject !== it);
    return named;
  }

  calm(text: string): void {
    const last = this.acts.at(-1);
    const told = this.stated;
    if (
      last === undefined &&
      told !== null &&
      told.clause.words.length > 3 &&
      WHEN_IDLE.test(text) &&
      !OWN.test(told.sentence)
    ) {
      this.stated = null;
      return this.push({
        is: 'ask',
        kind: 'problem',
        title: problemTitle(told.clause),
        stated: statedIn(text) ?? { priority: 'low', words: text.slice(0, 60) },
        later: laterIn(text) ?? 'some time',
        quote: spoken(told.sentence),
      });
    }
    if (last === undefined || last.is !== 'ask') {
      this.unclaimed = `${this.unclaimed} ${text}`.slice(-300);
      return;
    }
    const amended: Ask = { ...last, stated: last.stated ?? statedIn(text), later: last.later ?? laterIn(text) };
    this.acts[this.acts.length - 1] = amended;
  }

  push(act: UserAct): void {
    const last = this.acts.at(-1);
    // `hold it. … so not that one`: what was held is taken back.
    if (act.is === 'cancel' && act.about === null && last?.is === 'hold' && last.about !== null)
      return void (this.acts[this.acts.length - 1] = { ...act, about: last.about });
    // `the certs are done, Femi rotated them`: once more.
    if (act.is === 'done' && act.about === null && last?.is === 'done' && last.quote === act.quote) return;
    // `no, still crashes` says it once.
    if (act.is === 'broken' && last?.is === 'broken' && last.about === null) this.acts.pop();
    const isTwice = act.is === 'ask' && this.acts.some((one) => one.is === 'ask' && one.title === act.title);
    if (!isTwice) this.acts.push(act);
  }
}
