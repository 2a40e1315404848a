/** Whether two texts name one piece of work. */
import { baseForm, stem, stemsOf } from './words.js';

/** What is compared: a text that goes on for long is compared by its start. */
const MOST = 24;

/** From here on two titles name one piece of work. */
export const SAME_FROM = 0.6;
/** From here on the words of a report mean this task. */
export const MEANT_FROM = 0.55;

/** Work about something that exists: other work than making it. */
const ABOUT_IT: readonly ReadonlySet<string>[] = [
  new Set('test verify check validate confirm measure benchmark profile review audit inspect prove'.split(' ')),
  new Set('document mention describe note explain announce'.split(' ')),
  new Set('remove delete drop revert disable deprecate'.split(' ')),
];
/** Verbs that say little: what they are said of says which work it is. */
const LIGHT = new Set(
  `do make add get put set keep let have implement build write create handle fix finish complete support use ensure continue start
  give bring take go look work tackle address resolve`.split(/\s+/),
);

interface Work {
  /** What is done to it, as a base form; null where a title begins with no verb, or with one that says little. */
  readonly head: string | null;
  readonly kind: number;
  /** Stem of the head. */
  readonly root: string | null;
  /** Stems of all words but the head. */
  readonly object: readonly string[];
  /** A bit for how each of these begins, and the root: works without a bit in common have no word in common. */
  readonly marks: readonly [number, number];
}

/** The verb that a title begins with, as a base form. */
function verbOf(title: string): string | null {
  const first = /^[\p{L}'-]+/u.exec(title.trimStart())?.[0] ?? '';
  return first === '' ? null : baseForm(first);
}

const read = new Map<string, Work>();
/** So many titles are kept read: a conversation compares the same ones again and again. */
const READ = 512;

/** `Write a test`, `Add docs`: the noun says what kind of work it is, where the verb does not. */
const MADE: readonly RegExp[] = [
  /^\p{L}+ (?:(?:a|an|the|some|more|new|missing|unit|integration|regression|end-to-end|e2e) )*tests?\b/iu,
  /^\p{L}+ (?:(?:a|an|the|some|more|new|missing|api|user) )*(?:docs?|documentation)\b/iu,
];

function kindOf(verb: string | null, title: string): number {
  if (verb === null) return -1;
  const kind = ABOUT_IT.findIndex((verbs) => verbs.has(verb));
  return kind >= 0 || !LIGHT.has(verb) ? kind : MADE.findIndex((made) => made.test(title));
}

export function workOf(title: string): Work {
  const known = read.get(title);
  if (known !== undefined) return known;
  const verb = verbOf(title);
  const stems = [...new Set(stemsOf(title))].slice(0, MOST);
  const root = verb === null ? null : stem(verb);
  const rest = stems.filter((one) => one !== root);
  const head = verb === null || LIGHT.has(verb) ? null : verb;
  const object = rest.length === 0 ? stems : rest;
  const work: Work = {
    head,
    root: head === null ? null : root,
    kind: kindOf(verb, title),
    object,
    marks: marksOf(head === null || root === null ? object : [...object, root]),
  };
  if (read.size >= READ) read.clear();
  read.set(title, work);
  return work;
}

/** What is alike begins alike. */
const START = 5;
function marksOf(stems: readonly string[]): readonly [number, number] {
  let [low, high] = [0, 0];
  for (const one of stems) {
    // What is alike has the first three letters in common, or has fewer and is equal.
    const bit = (one.charCodeAt(0) * 31 + (one.charCodeAt(1) || 0) * 7 + (one.charCodeAt(2) || 0)) & 63;
    if (bit < 32) low |= 1 << bit;
    else high |= 1 << (bit - 32);
  }
  return [low, high];
}

/** Equal, or equal but for an ending: stems of two languages' endings rarely agree to the letter. */
const alike = (a: string, b: string): boolean =>
  a === b ||
  (a.length >= START &&
    b.length >= START &&
    a.charCodeAt(0) === b.charCodeAt(0) &&
    (a.startsWith(b) || b.startsWith(a)));

export function has(stems: readonly string[], one: string): boolean {
  for (const other of stems) if (alike(one, other)) return true;
  return false;
}

/** What two telling verbs take off: cordoning a node and draining it are two. */
const OTHER_VERB = 0.58;

/** Names and numbers say which one is meant: `files.py`, `/ws/events`, `2`. */
const isTelling = (one: string): boolean => /\d/.test(one) || one.length >= 7;

/** With the verb, where it is the object of the other: `Backfill May`, `Do the backfill`. */
function objectsOf(a: Work, b: Work): readonly string[] {
  const { root } = a;
  return root !== null && has(b.object, root) ? [...a.object, root] : a.object;
}

/**
 * How surely two titles name one piece of work, 0 to 1: mostly the share of the shorter one's object that the other has, partly
 * what both have of all they name. Testing, documenting or removing something is other work than making it, and where each
 * names something of its own in place of the other's, they are two.
 */
export const sameWork = (a: string, b: string): number => similarity(workOf(a), workOf(b));

/** The same, for a title that is compared with many: it is read once. */
export function sameWorkAs(title: string): (other: string) => number {
  const work = workOf(title);
  return (other) => similarity(work, workOf(other));
}

function similarity(one: Work, other: Work): number {
  if (one.kind !== other.kind) return 0;
  if (((one.marks[0] & other.marks[0]) | (one.marks[1] & other.marks[1])) === 0) return 0;
  const [x, y] = [objectsOf(one, other), objectsOf(other, one)];
  if (x.length === 0 || y.length === 0) return 0;
  const onlyX = x.filter((word) => !has(y, word));
  if (onlyX.length === x.length) return 0;
  const onlyY = y.filter((word) => !has(x, word));
  const shared = Math.min(x.length - onlyX.length, y.length - onlyY.length);
  if (shared === 0) return 0;
  const smaller = Math.min(x.length, y.length);
  const agree = one.head === null || other.head === null || one.head === other.head;
  const score = 0.6 * (shared / smaller) + 0.4 * (shared / (shared + onlyX.length + onlyY.length));
  if (shared === 1 && smaller > 1) return Math.min(score, SAME_FROM - 0.1);
  const isOther = onlyX.some(isTelling) && onlyY.some(isTelling);
  return score * (isOther ? 0.75 : 1) * (agree ? 1 : OTHER_VERB);
}

/**
 * How surely `about`, the words of a report, means the task of this title: the share of its words that the title has, or of
 * the title's that it has.
 */
export const means = (about: string, title: string): number => meaning(about)(title);

/** The same, for words that are compared with many titles: they are read once. */
export function meaning(about: string): (title: string) => number {
  const words = [...new Set(stemsOf(about))].slice(0, MOST);
  return (title) => shareMeant(words, workOf(title));
}

function shareMeant(words: readonly string[], { object, root }: Work): number {
  const known = root === null ? object : [...object, root];
  if (words.length === 0 || known.length === 0) return 0;
  let shared = 0;
  for (const word of words) if (has(known, word)) shared += 1;
  if (shared === 0) return 0;
  // One word that is all a title names is said in passing as well.
  const whole = known.length === 1 ? 0.65 : 0.95;
  return Math.max(shared / words.length, (shared / known.length) * whole);
}

/** Share of what a title names that a sentence names too, 0 to 1. */
export const covers = (sentence: string, title: string): number => covering(sentence)(title);

/** The same, for a sentence that is compared with many titles: it is read once. */
export function covering(sentence: string): (title: string) => number {
  const words = stemsOf(sentence);
  return (title) => (words.length === 0 ? 0 : shareOf(workOf(title), (one) => has(words, one)));
}

function shareOf({ object, root }: Work, isNamed: (stem: string) => boolean): number {
  if (object.length === 0) return 0;
  let found = 0;
  for (const one of object) if (isNamed(one)) found += 1;
  const verb = root !== null && isNamed(root) ? 1 : 0;
  return Math.max(found / object.length, (found + verb) / (object.length + (root === null ? 0 : 1)));
}

/** Sentences that are compared with many titles: each is read once, and not one by one where all of them do not name enough. */
export class Account {
  readonly #stems = new Map<string, readonly string[]>();
  readonly #all = new Set<string>();
  readonly #byStart = new Map<string, string[]>();

  constructor(readonly sentences: readonly string[]) {}

  /** The first sentence that covers so much of a title. */
  telling(title: string, from: number): string | undefined {
    const work = workOf(title);
    this.#read();
    if (shareOf(work, this.#isNamed) < from) return undefined;
    return this.sentences.find((sentence) => {
      const words = this.#stems.get(sentence) ?? [];
      return shareOf(work, (one) => has(words, one)) >= from;
    });
  }

  /** The sentences that cover so much of a title, each with the one after it. */
  tellings(title: string, from: number): readonly (readonly [string, string])[] {
    const work = workOf(title);
    this.#read();
    return this.sentences.flatMap((sentence, at) =>
      shareOf(work, (one) => has(this.#stems.get(sentence) ?? [], one)) < from
        ? []
        : [[sentence, this.sentences[at + 1] ?? ''] as const],
    );
  }

  /** Share of a title's words that are named anywhere. */
  share(title: string): number {
    this.#read();
    return shareOf(workOf(title), this.#isNamed);
  }

  /** Whether any word of a title is named. */
  names(title: string): boolean {
    this.#read();
    return shareOf(workOf(title), this.#isNamed) > 0;
  }

  readonly #isNamed = (one: string): boolean =>
    this.#all.has(one) ||
    (one.length >= START &&
      (this.#byStart.get(one.slice(0, START)) ?? []).some((word) => word.startsWith(one) || one.startsWith(word)));

  #read(): void {
    if (this.#stems.size > 0) return;
    for (const sentence of this.sentences) {
      const words = stemsOf(sentence);
      this.#stems.set(sentence, words);
      for (const word of words) {
        if (this.#all.has(word)) continue;
        this.#all.add(word);
        if (word.length < START) continue;
        const start = word.slice(0, START);
        const others = this.#byStart.get(start);
        if (others === undefined) this.#byStart.set(start, [word]);
        else others.push(word);
      }
    }
  }
}

/** Whether a title names so little that only its verb tells which work it is. */
export const namesLittle = (title: string): boolean => workOf(title).object.length <= 2;

/** The verb of a title, where it says which work it is. */
export const telltaleVerb = (title: string): string | null => workOf(title).head;

/** Whether a title names anything by which it could be told from others. */
export const namesSomething = (title: string): boolean => workOf(title).object.length > 0;

/** Whether a title only points at work that was named before: `Finish the tab`, `Do the fallback`. */
export function pointsAt(title: string, other: string): boolean {
  const { head, object } = workOf(title);
  if (head !== null || object.length === 0 || object.length > 3 || !/\b(?:the|this|that|these|those)\b/i.test(title))
    return false;
  const { object: known, root } = workOf(other);
  const all = root === null ? known : [...known, root];
  return object.every((word) => has(all, word));
}
