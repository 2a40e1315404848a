/** Lines of Markdown: each by itself, and by what the line above was. */
import { goesOn, isOutput } from './pasted.js';

/** What a line of a message is; the rest of a line without its marks is `rest`. */
export interface Line {
  readonly is:
    | 'blank'
    | 'apart'
    | 'fence'
    | 'quote'
    | 'table'
    | 'rule'
    | 'underline'
    | 'heading'
    | 'item'
    | 'box'
    | 'output'
    | 'code'
    | 'text';
  readonly rest: string;
  readonly indent: number;
  readonly number: number | null;
  readonly checked: boolean;
}

const FENCE = /^(`{3,}|~{3,})[^`]*$/;
const HEADING = /^#{1,6}\s+(.+?)\s*#*$/;
const BULLET = /^(?:[-*+•◦▪▸►‣●○·→➜➤–—]|\p{Extended_Pictographic}\ufe0f?\s?(?=\S))\s*/u;
const MARK = /^(?:[-*+•◦▪▸►‣●○·→➜➤–—])\s+/;
const EMOJI =
  /^(?:\p{Extended_Pictographic}(?:\ufe0f|\u200d\p{Extended_Pictographic}|[\u{1f3fb}-\u{1f3ff}])*|[0-9]\ufe0f?\u20e3)\s*/u;
const LETTER = /^(?:[a-h]\)|\([a-h]\)|[a-h]\.(?=\s+[a-z]))\s+(?=\S)/;
/** `Step 3: …`, `Issue 2 – …`, of a heading. */
const NAMED_NUMBER =
  /^(?:step|task|finding|issue|phase|option|part|item|point|problem|bug|question|proposal)\s+#?(\d{1,3})\s?[:.)–—-]\s*/i;
const NUMBER =
  /^(?:(\d{1,3})[.)](?=\s|\*\*|$)|\((\d{1,3})\)(?=\s)|#(\d{1,3})[:.)](?=\s)|(?:\*\*)(\d{1,3})[.)](?=\s)|([0-9])\ufe0f?\u20e3)\s*/u;
const BOX = /^(?:\[( |x|X|✓|✔|-|~)?\]\s+|(☐|☑|☒|✅|⬜|🔲|◻️?|✔️?)\s*)(?=\S)/u;
const RULE = /^(?:-\s?){3,}$|^(?:\*\s?){3,}$|^(?:_\s?){3,}$|^[=─━═—–]{3,}$/;
export const NOTHING: Line = { is: 'blank', rest: '', indent: 0, number: null, checked: false };

/** What is known of the lines above. `apart`: output, then a blank line. */
interface Before {
  readonly was: Line['is'];
  /** A paragraph may go on. */
  readonly isOpen: boolean;
  /** Of the innermost item that is open. */
  readonly itemIndent: number | null;
}

export function readLine(line: string, before: Before): Line {
  const trimmed = line.trim();
  if (trimmed === '') return NOTHING;
  const indent = indentOf(line);
  const first = trimmed.charAt(0);
  const of = (is: Line['is'], rest = trimmed): Line => ({ is, rest, indent, number: null, checked: false });
  if (first === '`' || first === '~') {
    const fence = FENCE.exec(trimmed);
    if (fence !== null) return of('fence', fence[1] ?? '```');
  }
  const wasOutput = before.was === 'output';
  if (first === '>') {
    if ((wasOutput && goesOn(line)) || (before.was === 'apart' && indent >= 2)) return of('output', line);
    return of('quote', trimmed.replace(/^(?:>\s?)+/, ''));
  }
  if (first === '|' && (trimmed.endsWith('|') || trimmed.split('|').length > 2)) return of('table');
  if (RULE.test(trimmed))
    return of(/^[=-]+$/.test(trimmed) && before.isOpen && before.was === 'text' ? 'underline' : 'rule');
  if (first === '#') {
    const heading = HEADING.exec(trimmed);
    if (heading !== null) return { ...numbered(of('heading', heading[1] ?? '')), is: 'heading' };
  }
  // Four blanks after an empty line are code, but within a list they are a paragraph of an item.
  const isDeep = indent >= (before.itemIndent === null ? 4 : before.itemIndent + 6);
  if (wasOutput && goesOn(line) && !/^[-*] \[/.test(trimmed)) return of('output', line);
  if (before.was === 'apart' && indent >= 2 && before.itemIndent === null) return of('output', line);
  if (isDeep && (before.was === 'code' || (isBlank(before.was) && !before.isOpen && before.itemIndent === null)))
    return of('code', line);
  const item = readItem(of('text'), trimmed, indent);
  if (item !== null && !isOutput(item.rest)) return item;
  if (isOutput(trimmed) || (indent >= 2 && isOutput(line))) return of('output', line);
  return of(/^[\s:|-]{3,}$/.test(trimmed) && trimmed.includes('-|') ? 'table' : 'text');
}

function isBlank(was: Line['is']): boolean {
  return was === 'blank' || was === 'apart';
}

function indentOf(line: string): number {
  let indent = 0;
  for (let at = 0; at < line.length && at < 60; at++) {
    const sign = line.charAt(at);
    if (sign === ' ') indent++;
    else if (sign === '\t') indent += 4 - (indent % 4);
    else break;
  }
  return indent;
}

/** Begins with a letter that is no mark of an item, as `a)` is. */
const isWord = (line: string): boolean => {
  const code = line.charCodeAt(0) | SMALL;
  const sign = line.charAt(1);
  return code >= 97 && code <= 122 && sign !== ')' && sign !== '.';
};

/** The bit that makes a letter a small one. */
const SMALL = 32;

function readItem(base: Line, trimmed: string, indent: number): Line | null {
  if (isWord(trimmed)) return null;
  const mark = MARK.exec(trimmed)?.[0] ?? '';
  const unmarked = trimmed.slice(mark.length);
  const box = BOX.exec(unmarked);
  if (box !== null) {
    const checked = /[xX✓✔☑☒✅]/u.test(box[0]);
    return { ...base, is: 'box', rest: unmarked.slice(box[0].length), indent, checked };
  }
  const number = numbered({ ...base, rest: unmarked });
  if (number.number !== null) return { ...number, is: 'item' };
  if (mark !== '') return { ...base, is: 'item', rest: unmarked.replace(EMOJI, '') };
  const letter = LETTER.exec(trimmed);
  if (letter !== null) return { ...base, is: 'item', rest: trimmed.slice(letter[0].length) };
  const emoji = EMOJI.exec(trimmed);
  return emoji !== null && BULLET.test(trimmed) && trimmed.length > emoji[0].length
    ? { ...base, is: 'item', rest: trimmed.slice(emoji[0].length) }
    : null;
}

export function numbered(line: Line): Line {
  const match = NUMBER.exec(line.rest) ?? (line.is === 'heading' ? NAMED_NUMBER.exec(line.rest) : null);
  if (match === null) return line;
  const digits = match[1] ?? match[2] ?? match[3] ?? match[4] ?? match[5] ?? '';
  const rest = line.rest.slice(match[0].length);
  if (rest === '' && line.is !== 'heading') return line;
  return { ...line, number: Number(digits), rest: match[0].startsWith('**') ? `**${rest}` : rest };
}
