/** Priorities that a text states in words. A tone, a FIXME or an exclamation mark states none. */
import type { Priority } from '../model.js';
import { doorOf, type Cued } from '../cue/index.js';
import type { Stated } from './model.js';
import { CALM, CALM_SIGNS, CRITICAL, CRITICAL_SIGNS, HIGH, HIGH_SIGNS, LABELS, LOW, LOW_SIGNS } from './stating.js';

const MAX_TEXT = 2_000;
/** `a high priority queue`, `the urgent flag`: the words are part of what is built. */
const BUILT =
  /^[-\s"'`]*(?:queues?|lanes?|labels?|flags?|tags?|badges?|columns?|filters?|fields?|levels?|jobs?|alerts?|logs?|events?|messages?|notifications?|tickets?|tasks|items|threads?|icons?|sections?|paths?|css|values?|regions?|lines?|chars?|thresholds?|mass|workers?|processes|requests|threads)(?![\p{L}])/iu;

const AS_CRITICAL = [...CRITICAL, CRITICAL_SIGNS];
const AS_HIGH = [...HIGH, HIGH_SIGNS];
const AS_LOW = [...LOW, LOW_SIGNS];
const DOOR = doorOf([...LABELS.map(([, form]) => form), CALM, CALM_SIGNS, ...AS_CRITICAL, ...AS_HIGH, ...AS_LOW]);

/** The priority that is stated and the words that state it; of several the most pressing, unless the text says that it is not. */
export function statedIn(text: string): Stated | null {
  const start = text.slice(0, MAX_TEXT);
  if (!DOOR.isOpen(start)) return null;
  for (const [priority, form] of LABELS) {
    const match = form.exec(start);
    if (match !== null && !isBuilt(start, match)) return { priority, words: wordsOf(match) };
  }
  const calm = CALM.exec(start) ?? CALM_SIGNS.exec(start);
  // They hold the words of the others.
  const rest = calm === null ? start : `${start.slice(0, calm.index)} · ${start.slice(calm.index + calm[0].length)}`;
  return (
    found('critical', AS_CRITICAL, rest) ??
    found('high', AS_HIGH, rest) ??
    (calm === null ? null : { priority: 'low', words: wordsOf(calm) }) ??
    found('low', AS_LOW, rest)
  );
}

function found(priority: Priority, forms: readonly Cued[], text: string): Stated | null {
  for (const form of forms) {
    const match = form.exec(text);
    if (match !== null && !isBuilt(text, match)) return { priority, words: wordsOf(match) };
  }
  return null;
}

function isBuilt(text: string, match: RegExpExecArray): boolean {
  return BUILT.test(text.slice(match.index + match[0].length, match.index + match[0].length + 24));
}

function wordsOf(match: RegExpExecArray): string {
  return match[0].replace(/^[\s–—:-]+|[\s–—:-]+$/g, '');
}
