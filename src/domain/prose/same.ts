/** Whether two texts name one piece of work. */
import { baseForm, stem, stemsOf } from './words.js';

/** What is compared: a text that goes on for long is compared by its start. */
const MOST = 24;

/** From here on two titles name one piece of work. */
export const SAME_FROM = 0.6;
/** From here on the words of a report mean this task. */
export const MEANT_FROM = 0.5;

const CHECKS = new Set(
  'test verify check validate confirm measure benchmark profile review audit inspect prove'.split(' '),
);

/** The verb that a title begins with, as a base form. */
function headOf(title: string): string | null {
  const first = /^[\p{L}'-]+/u.exec(title.trimStart())?.[0] ?? '';
  return first === '' ? null : baseForm(first);
}

const isCheck = (head: string | null): boolean => head !== null && CHECKS.has(head);

interface Work {
  /** What is done to it, as a base form. */
  readonly head: string | null;
  /** What it is done to. */
  readonly object: readonly string[];
}

function workOf(text: string): Work {
  const head = headOf(text);
  const stems = stemsOf(text).slice(0, MOST);
  const verb = head === null ? null : stem(head);
  const object = stems.filter((one) => one !== verb);
  return { head, object: object.length === 0 ? stems : object };
}

/** Equal, or equal but for an ending: stems of two languages' endings rarely agree to the letter. */
const alike = (a: string, b: string): boolean =>
  a === b || (a.length >= 5 && b.length >= 5 && (a.startsWith(b) || b.startsWith(a)));

const has = (stems: readonly string[], one: string): boolean => stems.some((other) => alike(one, other));

/** Names and numbers say which one is meant: `files.py`, `/ws/events`, `2`. */
const isTelling = (one: string): boolean => /\d/.test(one) || one.length >= 7;

/**
 * How surely two titles name one piece of work, 0 to 1: the share of the shorter one's object that the other has. Checking
 * something is other work than making it, and where each names something of its own in place of the other's, they are two.
 */
export function sameWork(a: string, b: string): number {
  const [one, other] = [workOf(a), workOf(b)];
  if (one.object.length === 0 || other.object.length === 0) return 0;
  if (isCheck(one.head) !== isCheck(other.head)) return 0;
  const onlyA = one.object.filter((word) => !has(other.object, word));
  const onlyB = other.object.filter((word) => !has(one.object, word));
  const shared = Math.min(one.object.length - onlyA.length, other.object.length - onlyB.length);
  if (shared === 0) return 0;
  const isOther = onlyA.some(isTelling) && onlyB.some(isTelling);
  const smaller = Math.min(one.object.length, other.object.length);
  const share = shared / smaller;
  // One word in common says little, unless it is all there is and the verbs agree.
  if (shared === 1 && (one.head !== other.head || smaller > 1)) return Math.min(share, SAME_FROM - 0.1);
  return isOther ? Math.min(share, 1) * 0.7 : share;
}

/**
 * How surely `about`, the words of a report, means the task of this title: the share of its words that the title has.
 */
export function means(about: string, title: string): number {
  const words = stemsOf(about).slice(0, MOST);
  const known = stemsOf(title).slice(0, MOST);
  if (words.length === 0 || known.length === 0) return 0;
  const shared = words.filter((word) => has(known, word)).length;
  if (shared === 0) return 0;
  return Math.max(shared / words.length, (shared / known.length) * 0.95);
}
