/** Whether a list item that changed its words is still the same item. */
import { foldWords } from '../ids.js';

const EMPTY_WORDS = new Set(
  'a an the to of in on for and or with from into at by that this it its is are be as so all any each new via per'.split(
    ' ',
  ),
);

/** What is compared: each word of one item with each of the other, so a text that goes on for long is compared by its start. */
const MOST_WORDS = 30;

function wordsOf(text: string): readonly string[] {
  const words = foldWords(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words.filter((word) => !EMPTY_WORDS.has(word)))].slice(0, MOST_WORDS);
}

/** Same stem: equal, or equal but for an ending of up to three letters. */
function sameStem(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return (
    short.length >= 4 &&
    long.length - short.length <= 3 &&
    long.startsWith(short.slice(0, Math.max(4, short.length - 1)))
  );
}

/** `Phase 2: …`, `Task 14 - …`, `3. …`: a label that says which item it is, whatever follows. */
const LABEL = /^((?:\p{L}+ )?#?\d+)\s*[:.)–—-]\s/u;
/** What stands before an explanation: `Find the cause - the parser is fine`. */
const EXPLAINED = /^(.{12,}?)\s+[-–—]\s+\S/u;

/** Two items that bear one label, or say one thing with different explanations. */
function sameHead(a: string, b: string): boolean {
  const [labelA, labelB] = [LABEL.exec(a)?.[1], LABEL.exec(b)?.[1]];
  if (labelA !== undefined && labelB !== undefined) {
    const [first, second] = [wordsOf(a.slice(labelA.length)), wordsOf(b.slice(labelB.length))];
    return labelA === labelB && first[0] !== undefined && first[0] === second[0];
  }
  const [headA, headB] = [EXPLAINED.exec(a)?.[1] ?? a, EXPLAINED.exec(b)?.[1] ?? b];
  return headA === headB && wordsOf(headA).length >= 3;
}

/**
 * How surely `after` is `before` in other words, 0 to 1. Words that only one of them has are an addition; words that
 * both have in place of each other ("sqlite", "a redis stream") make it another piece of work: 0.
 */
export function sameItem(before: string, after: string): number {
  const a = wordsOf(before);
  const b = wordsOf(after);
  if (a.length === 0 || b.length === 0) return 0;
  if (sameHead(foldWords(before), foldWords(after))) return SAME_HEAD;
  const onlyA = a.filter((word) => !b.some((other) => sameStem(word, other)));
  const onlyB = b.filter((word) => !a.some((other) => sameStem(word, other)));
  if (onlyA.length > 0 && onlyB.length > 0) return 0;
  const shared = Math.min(a.length - onlyA.length, b.length - onlyB.length);
  return shared < 2 && onlyA.length + onlyB.length > 0 ? 0 : shared / Math.max(a.length, b.length);
}

const SAME_HEAD = 0.9;
/** Below this, an extension says more than the item it extends. */
export const REWORDED_FROM = 0.3;
