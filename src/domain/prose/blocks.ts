/** Markdown, and what people write instead of it, as blocks: what was said, apart from what was pasted. */
import { languageOf } from './language.js';
import type { Block, Message, Pasted } from './model.js';
import { plainOf } from './inline.js';
import { NOTHING, numbered, readLine, type Line } from './lines.js';
import { TableReader } from './tables.js';
import { withoutTags } from './tags.js';

/** A message longer than this is a file that was pasted; its beginning says what is wanted. */
const MAX_TEXT = 200_000;
const MAX_LINE = 4_000;

/** What stands above: carried from line to line. */
interface Above {
  readonly isReply: boolean;
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

export const readMessage = (text: string): Message => read(text, false);

/** What the assistant writes: rows of a table of states are items, and what a paragraph begins with in bold stays with it. */
export const readReply = (text: string): Message => read(text, true);

function read(text: string, isReply: boolean): Message {
  const blocks: Block[] = [];
  const pasted: Pasted[] = [];
  const above: Above = { heading: null, lead: null, items: [], isAfterBlank: true, open: null, isReply };
  const table = isReply ? new TableReader() : null;
  const paste = pasting(pasted);
  const lines = withoutTags(text.slice(0, MAX_TEXT)).replace(/\r\n?/g, '\n').split('\n');
  let fence: string | null = null;
  let was: Line['is'] = 'blank';
  for (const raw of lines) {
    const line = raw.slice(0, MAX_LINE);
    if (fence !== null) {
      if (isFenceEnd(line, fence)) fence = null;
      else {
        if (isReply) commanded(blocks, line);
        paste('fence', line);
      }
      continue;
    }
    const isOpen = above.open?.kind === 'paragraph';
    const read = readLine(line, { was, isOpen, itemIndent: above.items.at(-1)?.indent ?? null });
    if (read.is === 'fence') {
      close(above, blocks);
      paste('end', '');
      fence = read.rest;
    } else if (read.is === 'quote' || read.is === 'output' || read.is === 'code') {
      close(above, blocks);
      if (isReply && read.is === 'code') commanded(blocks, read.rest);
      paste(read.is === 'code' ? 'fence' : read.is, read.rest);
    } else {
      paste(read.is === 'blank' ? 'blank' : 'end', '');
      take(read, above, blocks);
    }
    if (table !== null) row(read, table, blocks);
    above.isAfterBlank = read.is === 'blank';
    was = afterLine(was, read.is);
  }
  close(above, blocks);
  paste('end', '');
  return { blocks, pasted, language: languageOf(saidIn(blocks)) };
}

const COMMANDS =
  /\b(?:runs?|running|execute|apply|issue|enter|type|paste|call)(?: (?:this|that|it|the following|these))?:?$/i;
const MAX_COMMAND = 120;

/** `Somebody with root has to run` over a line of code: that line is what the sentence ends with. */
function commanded(blocks: Block[], line: string): void {
  const last = blocks.at(-1);
  const command = line.trim().slice(0, MAX_COMMAND);
  if (last === undefined || last.kind === 'heading' || command === '' || !COMMANDS.test(last.text.slice(-40))) return;
  const text = last.text.replace(/(?: (?:this|that|it|the following|these))?:?$/i, '');
  blocks[blocks.length - 1] = { ...last, text: `${text} ${command.replace(/[;.\s]+$/, '')}.` };
}

/** As much as the language is told by. */
function saidIn(blocks: readonly Block[]): string {
  let said = '';
  for (const { text } of blocks) {
    said += `${text}\n`;
    if (said.length > 1_200) break;
  }
  return said;
}

/** A blank line below output does not end it yet: what is indented goes on. */
function afterLine(was: Line['is'], is: Line['is']): Line['is'] {
  return is === 'blank' && (was === 'output' || was === 'apart') ? 'apart' : is;
}

/** Lines of one kind that follow each other are one piece; output goes on over a blank line. */
function pasting(pasted: Pasted[]): (kind: Pasted['kind'] | 'end' | 'blank', line: string) => void {
  let kind: Pasted['kind'] | 'end' = 'end';
  let lines: string[] = [];
  return (next, line) => {
    if (next === 'blank' && kind === 'output') {
      lines.push('');
      return;
    }
    const starts = next === 'blank' ? 'end' : next;
    if (starts !== kind || starts === 'end') {
      const text = lines.join('\n').trimEnd();
      if (kind !== 'end' && text.trim() !== '') pasted.push({ kind, text });
      [kind, lines] = [starts, []];
    }
    if (starts !== 'end') lines.push(line);
  };
}

function isFenceEnd(line: string, fence: string): boolean {
  const trimmed = line.trim();
  return trimmed.startsWith(fence) && trimmed.replaceAll(fence.charAt(0), '') === '';
}

function row(line: Line, table: TableReader, blocks: Block[]): void {
  if (line.is !== 'table') {
    table.end();
    return;
  }
  const text = table.line(line.rest);
  if (text !== null)
    blocks.push({ kind: 'item', text, number: null, checked: false, depth: 0, heading: null, lead: null });
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
  const label = strong === null ? null : plainOf(strong[1] ?? '').replace(/:$/, '');
  above.open = {
    kind: 'paragraph',
    number: null,
    checked: false,
    depth: inItem ? above.items.length : 0,
    lead: label ?? lead,
    text:
      strong === null ? line.rest : `${above.isReply ? `${label ?? ''}: ` : ''}${line.rest.slice(strong[0].length)}`,
    last: line.rest,
  };
}

/** Ends in the middle of a thought. */
const UNFINISHED = /(?:,|\s(?:and|then|or|but|the|an?|to|of|with|for|in|so|that|which|because|when|if|from|by))$/i;

/** A line that was broken by its width goes on; people who talk put each request on a line of its own. */
function isWrapped(open: NonNullable<Above['open']>, line: Line): boolean {
  if (/^(?:\*\*|__)/.test(line.rest)) return false;
  if (open.kind !== 'paragraph' && line.indent > 0) return true;
  const { last } = open;
  if (/[.!?:;。！？]["')*]*$/.test(last)) return false;
  if (/^[\p{Ll}("'`]/u.test(line.rest) && (last.length >= 50 || UNFINISHED.test(last))) return true;
  return last.length >= 66;
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

/** `Two things are left:` leads in what follows; so does `Still open` before it, and a few words over a list. */
function leadOf(said: string, lead: string | null): string | null {
  if (!/[:：]$/.test(said)) return lead ?? (said.length <= 40 && !/[.!?,]/.test(said) ? said : null);
  const from = Math.max(...['. ', '! ', '? '].map((end) => said.lastIndexOf(end)));
  return said.slice(from === -1 ? 0 : from + 2, -1).trim();
}
