/** Sentences of a text. Linear: one pass over the signs. */
import type { Block } from './model.js';
import { isWorkVerb } from './words.js';

/** A period after these ends nothing. */
const ABBREVIATIONS = new Set(
  `e.g i.e eg ie vs cf approx no nos fig figs sec ch ver dr mr mrs ms prof st jr sr resp incl excl max min avg est dept ca al pp vol ed
  z.b d.h u.a bzw ggf evtl usw s.o s.u inkl nr zb dh p.ex ex p.ej ej т.е т.д т.п напр`.split(/\s+/),
);
const CLOSING = new Set([')', ']', '"', "'", '”', '’', '»', '*', '_', '`']);
const WIDE_ENDS = new Set(['。', '！', '？', '｡']);
export const MAX_SENTENCE = 2_000;
const MAX_TEXT = 200_000;
const END = /[.!?…;。！？｡]/g;
/** Of each block while it is there: several rooms read its sentences one after the other. */
const ofBlocks = new WeakMap<Block, readonly string[]>();

export function sentencesIn(block: Block): readonly string[] {
  const known = ofBlocks.get(block);
  if (known !== undefined) return known;
  const found = sentencesOf(block.text);
  ofBlocks.set(block, found);
  return found;
}

/** A reply is read by its text, and then by its one block. */
let latest: { readonly text: string; readonly sentences: readonly string[] } = { text: '', sentences: [] };

/** A line break ends a sentence; a period does when blanks follow it and no abbreviation, list number or initial precedes it. */
export function sentencesOf(text: string): readonly string[] {
  if (latest.text === text) return latest.sentences;
  const sentences = cutApart(text);
  latest = { text, sentences };
  return sentences;
}

function cutApart(text: string): readonly string[] {
  const sentences: string[] = [];
  for (const line of text.slice(0, MAX_TEXT).split('\n')) {
    let from = 0;
    END.lastIndex = 0;
    for (let sign = END.exec(line); sign !== null; sign = END.exec(line)) {
      const end = endAt(line, sign.index, from);
      if (end === 0) continue;
      keep(sentences, line.slice(from, end));
      from = end;
      END.lastIndex = end;
    }
    keep(sentences, line.slice(from));
  }
  return sentences;
}

function keep(sentences: string[], piece: string): void {
  const whole = piece.trim().slice(0, MAX_SENTENCE);
  const sentence = whole.endsWith(';') ? whole.slice(0, -1) : whole;
  // Most begin with a letter, which says enough.
  if (isAsciiLetter(sentence.charCodeAt(0)) || /[\p{L}\p{N}]/u.test(sentence)) sentences.push(sentence);
}

const isAsciiLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

/** Where the sentence ends that the sign at `at` ends; 0 if it ends none. */
function endAt(line: string, at: number, from: number): number {
  const sign = line.charAt(at);
  if (WIDE_ENDS.has(sign)) return pastClosing(line, at + 1);
  if (sign === ';')
    return isBlank(line, at + 1) &&
      isClause(line.slice(Math.max(from, at - 160), at)) &&
      isClause(nextPart(line, at + 1))
      ? at + 1
      : 0;
  if (sign !== '.' && sign !== '!' && sign !== '?' && sign !== '…') return 0;
  const end = pastClosing(line, at + 1);
  if (!isBlank(line, end)) return 0;
  if (sign === '.' && line.charAt(at - 1) !== '.' && isAbbreviated(line, at, from, end)) return 0;
  return end;
}

function pastClosing(line: string, at: number): number {
  let end = at;
  while (end < line.length && CLOSING.has(line.charAt(end))) end++;
  return end;
}

function isBlank(line: string, at: number): boolean {
  return at >= line.length || line.charAt(at) === ' ' || /\s/.test(line.charAt(at));
}

/** Longer words are no abbreviations. */
const LONGEST = 6;
/** Words that some sentences end with and others abbreviate by: what follows tells. */
const AT_TIMES = /^(?:no|max|min|ed|fig|sec|est|al|ex|ms|st|ch)$/i;
/** All words of more than a letter that are looked at more closely. */
const UNSURE = new Set([...ABBREVIATIONS, 'etc', ...'no max min ed fig sec est al ex ms st ch'.split(' ')]);

/** Whether the word before a period is a plain one, as most sentences end with: no abbreviation, number or initial. */
function isPlainWord(line: string, from: number, at: number): boolean {
  let start = at;
  while (start > from && isAsciiLetter(line.charCodeAt(start - 1))) {
    start--;
    if (at - start > LONGEST) return true;
  }
  return (
    at - start > 1 &&
    (start === from || line.charCodeAt(start - 1) === BLANK) &&
    !UNSURE.has(line.slice(start, at).toLowerCase())
  );
}

const BLANK = 32;

function isAbbreviated(line: string, at: number, from: number, end: number): boolean {
  if (isPlainWord(line, from, at)) return false;
  const before = line.slice(Math.max(from, at - 12), at);
  const word = /[\p{L}\p{N}.]+$/u.exec(before)?.[0] ?? '';
  const next = line.slice(end).trimStart().charAt(0);
  // `1. first`: the number of an item, not a sentence of its own.
  if (/^\d{1,2}$/.test(word) && line.slice(from, at).trim() === word) return true;
  if (/^\p{Lu}$/u.test(word)) return word !== 'I' && /\p{Lu}/u.test(next) && !/^[A-F]$/.test(word);
  if (word.toLowerCase() === 'etc') return /[\p{Ll},;)]/u.test(next);
  if (AT_TIMES.test(word)) return /[\d(]/.test(next);
  return ABBREVIATIONS.has(word.toLowerCase());
}

function nextPart(line: string, from: number): string {
  return line.slice(from, from + 160).split(/[;.!?]\s/, 1)[0] ?? '';
}

const FINITE =
  /^(?:i|you|we|they|he|she|it|this|that|there|is|are|was|were|has|have|had|can|could|should|must|will|would|need|needs|don't|doesn't|isn't|can't|it's|i'm|we're|you'll|i'll|let's|that's|there's)$/i;

function isClause(part: string): boolean {
  const words = part.trim().split(/\s+/, 24);
  if (words.length < 2) return false;
  const first = bare(words[0] ?? '');
  return (
    isWorkVerb(first) ||
    words.some((word) => FINITE.test(bare(word))) ||
    (words.length > 2 && /^(?:the|a|an|my|our|your)$/i.test(first))
  );
}

/** A word without what stands around it. */
export function bare(word: string): string {
  return word.replace(/^[("'“‘*_]{1,4}|[.,:;!?)"'”’*_]{1,4}$/g, '');
}
