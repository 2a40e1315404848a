/** Comments that name work: `TODO: …`, `FIXME(ana): …`, `@todo …`, over one line or several. */
import { fold, stemsOf } from '../words.js';
import type { CommentLine } from './comments.js';
import { titleOfMarker } from './wording.js';

export interface Marker {
  /** Short and, where that is sure, imperative. */
  readonly title: string;
  /** What identifies it: its words, folded, wherever it stands. */
  readonly words: string;
  readonly kind: 'todo' | 'box';
  readonly quote: string;
}

const MAX_QUOTE = 200;
const MAX_TEXT = 400;
const MAX_LINES = 12;
/** More markers than that are data. */
const MOST = 2_000;

/** The word, who owns it, and what divides it from the text. Anchored, bounded, and without ways to match twice. */
const WORD = String.raw`TODO|ToDo|TO-DO|TO DO|FIXME|FIX ME|XXX|HACK`;
const OWNER = String.raw`(?:[ \t]?[([{<][^)\]}>\n]{0,60}[)\]}>]|-\d{1,8}|[ \t]?#\d{1,8}|[ \t]@[\w.-]{1,40})?`;
const AT_START = new RegExp(
  String.raw`^(?<lead>[-*+]?[ \t]?[@\\[(*_~]{0,3})(?<word>${WORD}|(?:(?<=[@\\[])|(?=\w{4,5}[:：]|\w{4,5}\([^)\n]{1,40}\)[:：]))(?:[Tt]odo|[Ff]ixme))(?!\w)[\])*_~]{0,3}(?<owner>${OWNER})[\])*_~]{0,2}(?<mark>[ \t]*(?:[:：]|[-–—]{1,2}(?=[ \t])|!(?=[ \t])|[.…]{1,3}(?=[ \t]))?)[*_]{0,2}[ \t]*`,
);
/** After other words of the comment only the plainest form, and never in quotes. */
const FURTHER_ON = new RegExp(
  String.raw`(?:[.;!?)\]—–]|[ \t]--?|[(\[|]|,)[ \t]*(?<word>TODO|FIXME|XXX|HACK)(?<owner>${OWNER})[ \t]?[:：][ \t]+`,
);
const ANY_WORD = /TODO|ToDo|TO[- ]DO|FIX ?ME|XXX|HACK|[Tt]odo|fixme|Fixme/;
const EXAMPLE =
  /\b(?:e\.?g\.?|i\.e\.|examples?|such as|like|format|matches|finds|looks for|recogni[sz]es|written as|usage|syntax)\b/i;

/** Words after a bare marker that make it a mention: `TODO comments are collected here`. */
const MENTION =
  /^(?:lists?|items?|comments?|markers?|tags?|words?|keywords?|entries|entry|lines?|apps?|applications?|boards?|pages?|components?|models?|views?|screens?|tasks?|boxes|box|text|types?|parser|scanner|tracker|extract\w*|count\w*|manager|api|service|title|status|and|or|is|are|was|were|of|at|above|below|here|in this|has|have|that|which|blocks?|annotations?|states?|files?|notes?|s)\b/i;
/** Of HACK and XXX, which as often explain as ask. */
const WORK =
  /\b(?:should|must|needs? to|need|needs|until|till|once|when|remove|replace|drop|fix|rewrite|refactor|clean|revert|delete|move|make|use|switch|handle|add|change|rework|temporar(?:y|ily)|for now|get rid|properly|broken|wrong|breaks?|fails?|leaks?|crash(?:es)?|never|race|why)\b/i;
const NOTHING =
  /^(?:none|nothing|n\/a|done|tbd|fill(?: this)?(?: in)?|implement(?: this| me)?|fix(?: this| me)?|remove(?: this)?|your code(?: goes)?(?: here)?|add your .{0,40}|description|what|x|y|foo|bar|\.{2,})\W*$/i;
const PLACEHOLDER = /^(?:<[^>]{1,40}>|\{\{?[^}]{1,40}\}\}?|\[[^\]]{1,40}\]|\.{3}|…)\W*$/;
const LIST_ITEM = /^(?:[-*+•]|\d{1,2}[.)])[ \t]+(?=\S)/;
/** A line that begins something else: a tag of a doc comment, a directive of a tool. */
const OTHER =
  /^(?:[@\\][a-z]|(?:eslint|prettier|ts|istanbul|pylint|noqa|type|mypy|nolint|rubocop|NOLINT|biome|c8|v8|NOTE|WARN|WARNING|INFO|SAFETY|Note|See|Copyright|SPDX)\b[-:]?|[-=*#~_]{3,}|[{}()[\];<]|(?:const|let|var|return|import|def|class|if|for|while|func|fn|public|private)\b.*[;{:(]$)/;
const DANGLING =
  /(?:,|\b(?:a|an|the|to|of|for|and|or|with|in|on|by|from|at|as|that|which|when|if|so|is|are|be|into|than|because|but|we|it|this|not))$/i;

export function markersOfComments(lines: readonly CommentLine[]): readonly Marker[] {
  const found: Marker[] = [];
  let fenceGroup = -1;
  let exampleGroup = -1;
  for (let index = 0; index < lines.length && found.length < MOST; index++) {
    const line = lines[index];
    if (line === undefined || line.text === '') continue;
    // Code in a doc comment is an example.
    if (/^(?:```|~~~)/.test(line.text)) fenceGroup = fenceGroup === line.group ? -1 : line.group;
    else if (/^@example\b/.test(line.text)) exampleGroup = line.group;
    else if (exampleGroup === line.group && /^@\w/.test(line.text)) exampleGroup = -1;
    if (fenceGroup === line.group || exampleGroup === line.group) continue;
    if (!ANY_WORD.test(line.text)) continue;
    index = readMarker(lines, index, found);
  }
  return found;
}

/** @returns the last line that was read */
function readMarker(lines: readonly CommentLine[], index: number, found: Marker[]): number {
  const line = lines[index];
  if (line === undefined) return index;
  const head = headOf(line);
  if (head === null) return index;
  let last = index;
  const parts = [head.text];
  let length = head.text.length;
  const items: string[] = [];
  for (let next = index + 1; next < lines.length && next <= index + MAX_LINES && length < MAX_TEXT; next++) {
    const further = lines[next];
    if (further === undefined || further.group !== line.group || further.text === '' || OTHER.test(further.text)) break;
    if (/^(?:```|~~~)/.test(further.text) || (ANY_WORD.test(further.text) && headOf(further) !== null)) break;
    if (LIST_ITEM.test(further.text)) {
      // A list below a bare word: each item is a piece of work. Below a sentence it says how.
      if (head.text !== '' && !(items.length > 0 || /[:：]$/.test(head.text))) break;
      items.push(further.text.replace(LIST_ITEM, '').replace(/^\[ \][ \t]*/, ''));
    } else if (items.length > 0) {
      if (further.column <= line.column) break;
      items.push(`${items.pop() ?? ''} ${further.text}`);
    } else if (goesOn(line, parts.at(-1) ?? '', further)) {
      parts.push(further.text);
    } else break;
    length += further.text.length + 1;
    last = next;
  }
  const text = parts.join(' ').trim();
  if (items.length === 0) put(found, head.word, text, line.text);
  else if (text === '' || /[:：]$/.test(text)) for (const item of items) put(found, head.word, item, item);
  return last;
}

/** Whether a sentence goes on in the line below. */
function goesOn(first: CommentLine, before: string, next: CommentLine): boolean {
  if (before === '' || next.column > first.column + 1) return true;
  if (/[.!?。！？;]["')\]]?$/.test(before)) return false;
  return DANGLING.test(before) || /^[\p{Ll}\p{Lo}\d(`"'&]/u.test(next.text) || before.length > 60;
}

interface Head {
  readonly word: string;
  readonly text: string;
}

function headOf(line: CommentLine): Head | null {
  const start = AT_START.exec(line.text);
  if (start !== null) {
    const { word = '', owner = '', mark = '', lead = '' } = start.groups ?? {};
    const text = line.text
      .slice(start[0].length, MAX_TEXT)
      .replace(/[ \t]*(?:\*\/|-->|\}\})$/, '')
      .replace(/(?<=\S)[)\]]$/, (end) => (hasOpen(line.text, end) ? end : ''));
    const isPlain = mark.trim() !== '' || owner.trim() !== '' || /[@\\[(*]/.test(lead);
    if (line.inDocs && !isPlain) return null;
    if (!isPlain && (/^[^\p{L}\p{N}`"'<(#@]/u.test(text) || MENTION.test(text))) return null;
    // Bare, these are words of a sentence.
    if (!isPlain && /^(?:TO DO|FIX ME|ToDo)$/.test(word)) return null;
    if (!isPlain && text === '' && line.inDocs) return null;
    return { word, text };
  }
  if (line.inDocs) return null;
  const further = FURTHER_ON.exec(line.text);
  if (further === null) return null;
  const before = line.text.slice(0, further.index + 1);
  if (
    EXAMPLE.test(before) ||
    /["'`“‘]/.test(line.text.slice(Math.max(0, further.index - 1), further.index + further[0].length))
  )
    return null;
  return {
    word: further.groups?.['word'] ?? '',
    text: line.text.slice(further.index + further[0].length, MAX_TEXT).replace(/[ \t]*\)$/, ''),
  };
}

const hasOpen = (text: string, close: string): boolean => text.includes(close === ')' ? '(' : '[', 1);

function put(found: Marker[], word: string, text: string, quote: string): void {
  const marker = markerOf('todo', text, quote, word.toUpperCase().startsWith('FIX'));
  if (marker === null) return;
  if (/^(?:HACK|XXX)$/.test(word) && !WORK.test(text)) return;
  found.push(marker);
}

/** A marker of these words, or null where they name no work: too short, or to be filled in by whoever copies them. */
export function markerOf(kind: Marker['kind'], text: string, quote: string, isFault = false): Marker | null {
  const short = text.slice(0, MAX_TEXT).trim();
  if (NOTHING.test(short) || PLACEHOLDER.test(short)) return null;
  if (
    !/\p{L}{3}|\p{L}\p{N}{1,3}\p{L}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{2}/u.test(
      short,
    )
  )
    return null;
  const words = wordsOf(short);
  const title = titleOfMarker(short, isFault);
  if (words === '' || title === '') return null;
  return { title, words, kind, quote: quote.length > MAX_QUOTE ? `${quote.slice(0, MAX_QUOTE - 1)}…` : quote };
}

/** Letters and digits alone: case, signs and line ends do not make another marker. */
function wordsOf(text: string): string {
  return (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
}

/** How much of their words two markers share, 0 to 1: a typo mended or a clause added leaves most. */
export function likeness(a: Marker, b: Marker): number {
  const [one, other] = [new Set(stemsOf(a.words)), new Set(stemsOf(b.words))];
  const smaller = Math.min(one.size, other.size);
  if (smaller === 0) return 0;
  let shared = 0;
  for (const stem of one) if (other.has(stem)) shared += 1;
  return shared / smaller;
}
