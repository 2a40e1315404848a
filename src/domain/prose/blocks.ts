/** Markdown, and what people write instead of it, as blocks: what was said, apart from what was pasted. */
import { languageOf } from './language.js';
import type { Block, Message, Pasted } from './model.js';
import { plainOf } from './inline.js';
import { goesOn, isOutput } from './pasted.js';
import { withoutTags } from './tags.js';

/** A message longer than this is a file that was pasted; its beginning says what is wanted. */
const MAX_TEXT = 200_000;
const MAX_LINE = 4_000;

/** What a line of a message is; the rest of a line without its marks is `rest`. */
interface Line {
  readonly is:
    | 'blank'
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

/** What stands above: carried from line to line. */
interface Above {
  heading: string | null;
  /** The sentence that leads in what comes next, and whether it is about a list only. */
  lead: string | null;
  /** Items that are open, outermost first. */
  items: { readonly indent: number; readonly text: string; readonly lead: string | null }[];
  isAfterBlank: boolean;
  /** Of a text that may go on in the next line. */
  open: {
    readonly kind: Block['kind'];
    readonly number: number | null;
    readonly checked: boolean;
    readonly depth: number;
    readonly lead: string | null;
    text: string;
    last: string;
  } | null;
}

export function readMessage(text: string): Message {
  const blocks: Block[] = [];
  const pasted: Pasted[] = [];
  const above: Above = { heading: null, lead: null, items: [], isAfterBlank: true, open: null };
  const paste = pasting(pasted);
  const lines = withoutTags(text.slice(0, MAX_TEXT)).replace(/\r\n?/g, '\n').split('\n');
  let fence: string | null = null;
  let wasOutput = false;
  for (const [at, raw] of lines.entries()) {
    const line = raw.slice(0, MAX_LINE);
    if (fence !== null) {
      if (isFenceEnd(line, fence)) fence = null;
      else paste('fence', line);
      continue;
    }
    const read = readLine(line, lines[at + 1] ?? '', above, wasOutput);
    wasOutput = read.is === 'output' || (read.is === 'code' && wasOutput);
    if (read.is === 'fence') {
      close(above, blocks);
      paste('end', '');
      fence = read.rest;
    } else if (read.is === 'quote' || read.is === 'output' || read.is === 'code') {
      close(above, blocks);
      paste(read.is === 'code' ? 'fence' : read.is, read.rest);
    } else {
      paste('end', '');
      take(read, above, blocks);
    }
    above.isAfterBlank = read.is === 'blank';
  }
  close(above, blocks);
  paste('end', '');
  return { blocks, pasted, language: languageOf(blocks.map(({ text: said }) => said).join('\n')) };
}

/** Lines of one kind that follow each other are one piece. */
function pasting(pasted: Pasted[]): (kind: Pasted['kind'] | 'end', line: string) => void {
  let kind: Pasted['kind'] | 'end' = 'end';
  let lines: string[] = [];
  return (next, line) => {
    if (next !== kind || next === 'end') {
      const text = lines.join('\n').trimEnd();
      if (kind !== 'end' && text.trim() !== '') pasted.push({ kind, text });
      [kind, lines] = [next, []];
    }
    if (next !== 'end') lines.push(line);
  };
}

function isFenceEnd(line: string, fence: string): boolean {
  const trimmed = line.trim();
  return trimmed.startsWith(fence) && trimmed.replaceAll(fence.charAt(0), '') === '';
}

const FENCE = /^(`{3,}|~{3,})[^`]*$/;
const HEADING = /^#{1,6}\s+(.+?)\s*#*$/;
const BULLET = /^(?:[-*+•◦▪▸►‣●○·→➜➤–—]|\p{Extended_Pictographic}\ufe0f?\s?(?=\S))\s*/u;
const MARK = /^(?:[-*+•◦▪▸►‣●○·→➜➤–—])\s+/;
const EMOJI =
  /^(?:\p{Extended_Pictographic}(?:\ufe0f|\u200d\p{Extended_Pictographic}|[\u{1f3fb}-\u{1f3ff}])*|[0-9]\ufe0f?\u20e3)\s*/u;
const NUMBER =
  /^(?:(\d{1,3})[.)](?=\s|\*\*|$)|\((\d{1,3})\)(?=\s)|#(\d{1,3})[:.)](?=\s)|(?:\*\*)(\d{1,3})[.)](?=\s)|([0-9])\ufe0f?\u20e3)\s*/u;
const BOX = /^(?:\[( |x|X|✓|✔|-|~)?\]\s+|(☐|☑|☒|✅|⬜|🔲|◻️?|✔️?)\s*)(?=\S)/u;
const RULE = /^(?:-\s?){3,}$|^(?:\*\s?){3,}$|^(?:_\s?){3,}$|^[=─━═—–]{3,}$/;
const NOTHING: Line = { is: 'blank', rest: '', indent: 0, number: null, checked: false };

function readLine(line: string, next: string, above: Above, wasOutput: boolean): Line {
  const trimmed = line.trim();
  if (trimmed === '') return NOTHING;
  const indent = indentOf(line);
  const first = trimmed.charAt(0);
  const of = (is: Line['is'], rest = trimmed): Line => ({ is, rest, indent, number: null, checked: false });
  if (first === '`' || first === '~') {
    const fence = FENCE.exec(trimmed);
    if (fence !== null) return of('fence', fence[1] ?? '```');
  }
  if (first === '>' && !/^>\s?$/.test(trimmed) && !/^>>>\s/.test(trimmed))
    return of('quote', trimmed.replace(/^(?:>\s?)+/, ''));
  if (first === '>') return of('quote', '');
  if (first === '|' && (trimmed.endsWith('|') || trimmed.split('|').length > 2)) return of('table');
  if (RULE.test(trimmed))
    return of(
      /^[=-]+$/.test(trimmed) && above.open?.kind === 'paragraph' && !above.isAfterBlank ? 'underline' : 'rule',
    );
  if (first === '#') {
    const heading = HEADING.exec(trimmed);
    if (heading !== null) return { ...numbered(of('heading', heading[1] ?? '')), is: 'heading' };
  }
  // Four blanks after an empty line are code, but within a list they are a paragraph of an item.
  const isDeep = indent >= 4 && (above.items.length === 0 || indent >= (above.items.at(-1)?.indent ?? 0) + 6);
  if (wasOutput && !above.isAfterBlank && goesOn(line) && !/^[-*] \[/.test(trimmed)) return of('output', line);
  const item = readItem(of('text'), trimmed, indent);
  if (item !== null && !isOutput(item.rest) && !(isDeep && above.isAfterBlank && above.items.length === 0)) return item;
  if (isOutput(trimmed) || (indent >= 2 && isOutput(line))) return of('output', line);
  if (isDeep && (above.isAfterBlank || wasOutput) && above.open === null) return of('code', line);
  if (/^\|?[\s:|-]{3,}\|[\s:|-]*$/.test(trimmed) || (trimmed.includes(' | ') && /^\|?\s?:?-{2,}/.test(next.trim())))
    return of('table');
  return of('text');
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

function readItem(base: Line, trimmed: string, indent: number): Line | null {
  const mark = MARK.exec(trimmed)?.[0] ?? '';
  const unmarked = trimmed.slice(mark.length);
  const box = BOX.exec(unmarked) ?? (mark === '' ? null : BOX.exec(unmarked));
  if (box !== null) {
    const checked = /[xX✓✔☑☒✅]/u.test(box[0]);
    // ✅ in front of a sentence is praise as often as a box; it is one in a list.
    return { ...base, is: 'box', rest: unmarked.slice(box[0].length), indent, checked };
  }
  const number = numbered({ ...base, rest: unmarked });
  if (number.number !== null) return { ...number, is: 'item' };
  if (mark !== '') return { ...base, is: 'item', rest: unmarked.replace(EMOJI, '') };
  const emoji = EMOJI.exec(trimmed);
  return emoji !== null && BULLET.test(trimmed) && trimmed.length > emoji[0].length
    ? { ...base, is: 'item', rest: trimmed.slice(emoji[0].length) }
    : null;
}

function numbered(line: Line): Line {
  const match = NUMBER.exec(line.rest);
  if (match === null) return line;
  const digits = match[1] ?? match[2] ?? match[3] ?? match[4] ?? match[5] ?? '';
  const rest = line.rest.slice(match[0].length);
  if (rest === '' && line.is !== 'heading') return line;
  return { ...line, number: Number(digits), rest: match[4] === undefined ? rest : `**${rest}` };
}

function take(line: Line, above: Above, blocks: Block[]): void {
  if (line.is === 'heading') return heading(line, above, blocks);
  if (line.is === 'underline') return underline(above, blocks);
  if (line.is === 'item' || line.is === 'box') return item(line, above, blocks);
  if (line.is === 'text') return text(line, above, blocks);
  close(above, blocks);
  if (line.is === 'rule') [above.items, above.lead] = [[], null];
}

function heading(line: Line, above: Above, blocks: Block[]): void {
  close(above, blocks);
  const said = plainOf(line.rest);
  if (said === '') return;
  blocks.push({
    kind: 'heading',
    text: said,
    number: line.number,
    checked: false,
    depth: 0,
    heading: null,
    lead: null,
  });
  above.heading = said.replace(/:$/, '');
  [above.items, above.lead] = [[], null];
}

/** `Title` over `=====`. */
function underline(above: Above, blocks: Block[]): void {
  const { open } = above;
  above.open = null;
  if (open !== null) heading({ ...NOTHING, is: 'heading', rest: open.text }, above, blocks);
}

function item(line: Line, above: Above, blocks: Block[]): void {
  close(above, blocks);
  if (above.items.length === 0 && line.indent >= 0) above.lead ??= null;
  while (above.items.length > 0 && (above.items.at(-1)?.indent ?? 0) >= line.indent) above.items.pop();
  const parent = above.items.at(-1);
  const lead = parent === undefined ? above.lead : /:$/.test(parent.text) ? parent.text.slice(0, -1) : parent.lead;
  const depth = above.items.length;
  above.items.push({ indent: line.indent, text: plainOf(line.rest), lead });
  above.open = {
    kind: line.is === 'box' ? 'box' : 'item',
    number: line.number,
    checked: line.checked,
    depth,
    lead,
    text: line.rest,
    last: line.rest,
  };
}

const BOLD_LINE = /^(?:\*\*|__)([^*_].{0,118}?)(?:\*\*:?|__:?)$/;
const BOLD_LEAD = /^(?:\*\*|__)([^*\n]{2,60}?)(?:(?::|\.| [-–—])(?:\*\*|__)\s*|(?:\*\*|__)\s?(?::|[-–—])\s*)(?=\S)/;

function text(line: Line, above: Above, blocks: Block[]): void {
  const { open } = above;
  if (open !== null && !above.isAfterBlank && isWrapped(open, line)) {
    open.text += ` ${line.rest}`;
    open.last = line.rest;
    return;
  }
  close(above, blocks);
  const bold = BOLD_LINE.exec(line.rest)?.[1];
  const inItem = above.items.some(({ indent }) => line.indent > indent);
  if (bold !== undefined && !inItem && !/[.!?]$/.test(bold)) {
    const number = numbered({ ...line, rest: bold });
    heading({ ...number, is: 'heading', rest: number.rest }, above, blocks);
    above.lead = above.heading;
    return;
  }
  if (!inItem) [above.items, above.lead] = [[], null];
  const lead = inItem ? (above.items.at(-1)?.lead ?? null) : null;
  const strong = BOLD_LEAD.exec(line.rest);
  above.open = {
    kind: 'paragraph',
    number: null,
    checked: false,
    depth: inItem ? above.items.length : 0,
    lead: strong === null ? lead : plainOf(strong[1] ?? '').replace(/:$/, ''),
    text: strong === null ? line.rest : line.rest.slice(strong[0].length),
    last: line.rest,
  };
}

/** A line that was broken by its width goes on; people who talk put each request on a line of its own. */
function isWrapped(open: NonNullable<Above['open']>, line: Line): boolean {
  if (/^(?:\*\*|__)/.test(line.rest)) return false;
  if (open.kind !== 'paragraph' && line.indent > 0) return true;
  if (open.last.length < 50 || /[.!?:;。！？]["')*]*$/.test(open.last))
    return open.last.length >= 50 && /^\p{Ll}/u.test(line.rest) && /,$/.test(open.last);
  return /^[\p{Ll}\d("'`]/u.test(line.rest) || open.last.length >= 66;
}

function close(above: Above, blocks: Block[]): void {
  const { open, heading: over } = above;
  if (open === null) return;
  above.open = null;
  const said = plainOf(open.text);
  if (!/[\p{L}\p{N}]/u.test(said)) return;
  const { kind, number, checked, depth, lead } = open;
  blocks.push({ kind, text: said, number, checked, depth, heading: over, lead });
  if (kind === 'paragraph' && depth === 0) above.lead = leadOf(said, lead);
}

/** `Two things are left:` leads in what follows; so does `Still open` before it. */
function leadOf(said: string, lead: string | null): string | null {
  if (!/[:：]$/.test(said)) return lead;
  const from = Math.max(said.lastIndexOf('. ') + 2, said.lastIndexOf('! ') + 2, said.lastIndexOf('? ') + 2, 0);
  return said.slice(from > 1 ? from : 0, -1).trim();
}
