/**
 * Text from transcripts and logs, made fit to be shown: it may hold colours, a bell, text that runs backwards, or words that
 * nobody sees but a model reads.
 */

const ESC = '\\u001b';
/** ECMA-48: control sequences, then strings (titles, links) up to their end, then two-byte escapes. */
const ANSI = new RegExp(
  [
    `(?:${ESC}\\[|\\u009b)[0-?]*[ -/]*[@-~]`,
    `(?:${ESC}[\\]PX^_]|[\\u0090\\u0098\\u009d-\\u009f])[^\\u0007\\u001b\\u009c\\n]*(?:\\u0007|${ESC}\\\\|\\u009c)`,
    `${ESC}[ -/]*[0-~]`,
  ].join('|'),
  'gu',
);
/**
 * Controls but \n and \t, soft hyphen, direction marks, zero-width signs, tags and further variation selectors (both carry
 * hidden text), lone surrogates. A joiner between two emoji stays: it makes one of them.
 */
const UNSEEN = String.raw`[\p{Cs}\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]`;
const JOINER = String.raw`(?<!\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d|\u200d(?!\p{Extended_Pictographic})`;
const DIRTY = new RegExp(`${UNSEEN}|${JOINER}`, 'u');
const DIRT = new RegExp(`${UNSEEN}|${JOINER}`, 'gu');
const LINE_END = /\r\n?|[\u0085\u2028\u2029]/g;

/**
 * `text` without escape sequences and signs that cannot be seen, its line ends as `\n`, cut to `maxChars` UTF-16 units: a cut
 * one ends in `…` and never inside a character. A text that is fit already is returned as it is.
 */
export function clean(text: string, maxChars: number): string {
  return cut(strip(text), maxChars);
}

/** Like `clean`, on one line: white space at the ends is dropped and folded to one blank elsewhere. */
export function oneLine(text: string, maxChars: number): string {
  const stripped = strip(text);
  return cut(/^\s|\s$|\s\s|[^\S ]/.test(stripped) ? stripped.replace(/\s+/g, ' ').trim() : stripped, maxChars);
}

function strip(text: string): string {
  if (!DIRTY.test(text)) return text;
  return text.replace(ANSI, '').replace(LINE_END, '\n').replace(DIRT, '');
}

function cut(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  if (maxChars < 1) return '';
  const kept = text.slice(0, maxChars - 1);
  // Half a pair, or a joiner that joins nothing any more.
  return `${kept.replace(/[\ud800-\udbff]$/, '').replace(/\u200d$/, '')}…`;
}
