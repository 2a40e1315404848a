/**
 * Patterns that look at a text only where it contains what they cannot do without. Hundreds of rules read every sentence, and few
 * have anything to do in it: one walk over it finds the literals of all of them. The results are those of the patterns.
 */
import { Marks } from './marks.js';
import { needOf, type Need } from './needs.js';

export interface Cued {
  test(text: string): boolean;
  exec(text: string): RegExpExecArray | null;
}

class Pattern implements Cued {
  /** Where its questions begin, or what is known instead. */
  start = UNKNOWN;
  asked = 0;
  /** Of the same source with other flags. */
  other: Pattern | null = null;

  constructor(readonly pattern: RegExp) {}

  test(text: string): boolean {
    return mayBeIn(this, text) && this.pattern.test(text);
  }

  exec(text: string): RegExpExecArray | null {
    return mayBeIn(this, text) ? this.pattern.exec(text) : null;
  }

  isOf({ ignoreCase, unicode, multiline, dotAll }: RegExp): boolean {
    const { pattern } = this;
    return (
      pattern.ignoreCase === ignoreCase &&
      pattern.unicode === unicode &&
      pattern.multiline === multiline &&
      pattern.dotAll === dotAll
    );
  }
}

/** Ends of a way through the questions, and what is known of a pattern that has none. */
const MET = -1;
const UNMET = -2;
const UNKNOWN = -3;

/** A longer text is no sentence, and holds most literals. */
const MAX_CHARS = 8_000;

/** To read a pattern takes as long as to try it a few times: one that is hardly asked is not worth it. */
const PATIENCE = 24;

const known = new Map<string, Pattern>();

/** @param pattern without `g` and `y`; the same literal, met again, is the same pattern */
export function cued(pattern: RegExp): Cued {
  const first = known.get(pattern.source);
  for (let one = first; one !== undefined; one = one.other ?? undefined) if (one.isOf(pattern)) return one;
  const fresh = new Pattern(pattern);
  fresh.other = first ?? null;
  known.set(pattern.source, fresh);
  return fresh;
}

function mayBeIn(one: Pattern, text: string): boolean {
  let at = one.start;
  if (at < 0) {
    if (at === MET || ++one.asked < PATIENCE) return true;
    at = one.start = learned(one);
    if (at < 0) return true;
  }
  if (text !== latest) {
    if (text.length > MAX_CHARS || !turnTo(text)) return true;
  }
  do {
    const isFound = ((found[questions[at] ?? 0] ?? 0) & (questions[at + 1] ?? 0)) !== 0;
    at = questions[isFound ? at + 2 : at + 3] ?? MET;
  } while (at >= 0);
  return at === MET;
}

const marks = new Marks();

/**
 * What all patterns need, as questions: whether of these marks, by word of 32 bits and mask, one is there, and where it goes on
 * if so and if not. In one row, since a pattern's questions are asked one after the other.
 */
let questions = new Int32Array(1 << 12);
let end = 0;

/** @returns where its first question is */
function learned({ pattern }: Pattern): number {
  const need = needOf(pattern);
  if (need === null) return MET;
  const start = questionsOf(need, MET, UNMET);
  // What was found so far was looked for without these.
  forget();
  return start;
}

/** Those that are asked later are put down first: it is known then where they stand. */
function questionsOf(need: Need, met: number, unmet: number): number {
  if (need.is === 'any') return questionsOfAny(need.of, met, unmet);
  let next = need.is === 'all' ? met : unmet;
  for (const part of [...need.of].reverse()) {
    next = need.is === 'all' ? questionsOf(part, next, unmet) : questionsOf(part, met, next);
  }
  return next;
}

function questionsOfAny(literals: readonly string[], met: number, unmet: number): number {
  const masks = new Map<number, number>();
  for (const literal of literals) {
    const number = marks.numberOf(literal);
    masks.set(number >>> 5, (masks.get(number >>> 5) ?? 0) | (1 << (number & 31)));
  }
  let next = unmet;
  for (const [word, mask] of masks) next = question(word, mask, met, next);
  return next;
}

function question(word: number, mask: number, met: number, unmet: number): number {
  if (end + 4 > questions.length) {
    const wider = new Int32Array(questions.length * 2);
    wider.set(questions);
    questions = wider;
  }
  questions.set([word, mask, met, unmet], end);
  end += 4;
  return end - 4;
}

interface Look {
  text: string | null;
  found: Uint32Array;
}

/** The last few texts: rules look at a sentence and at its clauses in turns. */
const looks: readonly Look[] = Array.from({ length: 4 }, () => ({ text: null, found: new Uint32Array(0) }));
let oldest = 0;
/** Asked about once so far, the later and the earlier one. */
let once: string | null = null;
let onceBefore: string | null = null;
let latest: string | null = null;
let found: Uint32Array = new Uint32Array(0);

function forget(): void {
  for (const look of looks) look.text = null;
  latest = null;
}

/** @returns whether it is known now what the text contains */
function turnTo(text: string): boolean {
  const look = lookOf(text);
  if (look === null) {
    onceBefore = once;
    once = text;
    return false;
  }
  latest = text;
  found = look.found;
  return true;
}

/** Null for a text that is asked about for the first time: many are lines of which one pattern alone wants to know. */
function lookOf(text: string): Look | null {
  for (const look of looks) if (look.text === text) return look;
  for (const look of looks) if (holds(look, text)) return look;
  return text === once || text === onceBefore ? lookAt(text) : null;
}

/** What a clause contains its sentence contains: where that is not much longer, to have looked at it is enough. */
const holds = ({ text: whole }: Look, text: string): boolean =>
  whole !== null && whole.length > text.length && whole.length < text.length * 2 && whole.includes(text);

function lookAt(text: string): Look {
  const look = looks[oldest] ?? { text, found };
  oldest = (oldest + 1) % looks.length;
  look.text = text;
  if (look.found.length < marks.words) look.found = new Uint32Array(marks.words * 2);
  else look.found.fill(0, 0, marks.words);
  marks.find(text, look.found);
  return look;
}
