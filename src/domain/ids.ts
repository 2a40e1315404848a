/** Ids are hashes of what stays the same in every copy of a line, on every machine. */
import { hash } from 'node:crypto';
import { untagged } from './mask.js';
import { lookWords } from './prose/look.js';

const digest = (text: string, chars: number): string => hash('sha256', text).slice(0, chars);

/** Wording without case, spacing and the hashes of masks: two spellings of one list item agree, on every machine. */
export function foldWords(words: string): string {
  const text = untagged(words);
  // Plain ASCII, which most is, has only one normal form.
  const normal = /^[\0-\x7f]*$/.test(text) ? text : text.normalize('NFKC');
  return normal.toLowerCase().replace(/\s+/g, ' ').trim();
}

/** A task created by a tool call that told its number. */
export const createdTaskId = (callId: string): string => `t${digest(`create\0${callId}`, 16)}`;

/** A task of a numbered list whose creation we have not seen. */
export const numberedTaskId = (root: string, agent: string, number: string): string =>
  `t${digest(`number\0${root}\0${agent}\0${number}`, 16)}`;

/** An item of a written list, the `nth` of those with this wording that stand in the list at once. */
export const listedTaskId = (root: string, agent: string, content: string, nth: number): string =>
  `t${digest(`item\0${root}\0${agent}\0${foldWords(content)}\0${nth}`, 16)}`;

/** A task that prose tells of, by the line that told of it first. */
export const saidTaskId = (lineKey: string, title: string): string =>
  `t${digest(`said\0${lineKey}\0${foldWords(title)}`, 16)}`;

/** A marker in a file, whatever stands around it. */
export const markerKey = (path: string, words: string): string => digest(`marker\0${path}\0${foldWords(words)}`, 10);

/** What a line says of one thing is one event, the same in every copy of the line. */
export const eventIdOf = (lineKey: string): string => digest(lineKey, 12);

/** Of the error that this fingerprint stands for, wherever it was met. */
export const errorIdOf = (fingerprint: string): string => `e${fingerprint}`;

/** Tasks of different sessions that say the same look alike; see `lookWords`. */
export function lookOf(title: string): string {
  const folded = foldWords(title);
  // What holds nothing but such words is known by all of them.
  return digest(lookWords(untagged(title)) || folded, 16);
}
