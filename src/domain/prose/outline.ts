/** The frame of a Markdown document: headings, list items, boxes and paragraphs. Fences, quotes, tables and comments are left out. */

export interface OutlineLine {
  readonly kind: 'heading' | 'item' | 'paragraph';
  /** Of a heading 1 to 6, 7 of a bold line by itself, 8 of a line that leads in what follows; of an item its depth, from 0. */
  readonly level: number;
  readonly text: string;
  readonly number: number | null;
  /** Of an item with a box. */
  readonly checked: boolean | null;
}

const FENCE = /^[ \t]*(?:[-*+][ \t]+)?(`{3,}|~{3,})/;
const HEADING = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/;
const ITEM = /^([ \t]*)(?:[-*+•–]|(\d{1,3})[.)]|\((\d{1,3})\))[ \t]+(\S.*)$/;
const BOX = /^(?:\[([ xX~-]?)\]|([☐☑☒✅]))[ \t]+(?=\S)/u;
const BOLD = /^(?:\*\*|__)(.{2,80}?)(?:\*\*|__)[:：]?$/;
const MAX_TEXT = 600;

interface Open {
  kind: OutlineLine['kind'];
  level: number;
  text: string;
  number: number | null;
  checked: boolean | null;
}

const widthOf = (indent: string): number => indent.replaceAll('\t', '    ').length;

/** @param most lines that are read at most: a document that goes on for longer is no plan */
export function outlineOf(markdown: string, most = 20_000): readonly OutlineLine[] {
  const found: Open[] = [];
  let indents: number[] = [];
  let open: Open | null = null;
  let fence: string | null = null;
  let inComment = false;
  let row = 0;
  let at = 0;
  if (/^---[ \t]*\n/.test(markdown)) {
    const end = markdown.indexOf('\n---', 3);
    if (end > 0) at = end + 4;
  }
  const add = (
    kind: Open['kind'],
    level: number,
    text: string,
    number: number | null = null,
    checked: boolean | null = null,
  ): void => {
    open = { kind, level, text: text.slice(0, MAX_TEXT).trim(), number, checked };
    found.push(open);
  };
  for (; at <= markdown.length && row < most; row++) {
    const stop = markdown.indexOf('\n', at);
    const end = stop < 0 ? markdown.length : stop;
    const line = markdown.slice(at, Math.min(end, at + 2_000)).trimEnd();
    at = end + 1;
    if (inComment) {
      inComment = !line.includes('-->');
      continue;
    }
    const marks = FENCE.exec(line)?.[1];
    if (fence !== null) {
      if (marks?.startsWith(fence) === true && line.trim() === marks) fence = null;
      continue;
    }
    if (marks !== undefined) {
      fence = marks;
      open = null;
      continue;
    }
    const bare = line.trimStart();
    if (bare === '') {
      open = null;
      continue;
    }
    if (bare.startsWith('<!--')) {
      inComment = !bare.includes('-->');
      continue;
    }
    if (/^[>|]/.test(bare) || /^(?:-{3,}|\*{3,}|_{3,}|={3,})$/.test(bare)) {
      open = null;
      continue;
    }
    const heading = HEADING.exec(line);
    if (heading !== null) {
      indents = [];
      add('heading', (heading[1] ?? '').length, (heading[2] ?? '').replace(/[ \t]#+$/, ''));
      open = null;
      continue;
    }
    const item = ITEM.exec(line);
    if (item !== null) {
      const width = widthOf(item[1] ?? '');
      if (width >= 4 && indents.length === 0) continue;
      while (indents.length > 0 && width < (indents.at(-1) ?? 0)) indents.pop();
      if (indents.length === 0 || width > (indents.at(-1) ?? 0) + 1) indents.push(width);
      const number = item[2] ?? item[3];
      const text = item[4] ?? '';
      const box = BOX.exec(text);
      const checked = box === null ? null : !(box[1] === ' ' || box[1] === '' || box[2] === '☐');
      add(
        'item',
        indents.length - 1,
        text.slice(box?.[0].length ?? 0),
        number === undefined ? null : Number(number),
        checked,
      );
      continue;
    }
    // A line below an item or a paragraph is part of it.
    const above = open as Open | null;
    if (above !== null) {
      if (above.text.length < MAX_TEXT) above.text = `${above.text} ${bare}`.slice(0, MAX_TEXT);
      if (above.kind === 'heading') open = null;
      continue;
    }
    const box = BOX.exec(bare);
    if (box !== null) {
      add('item', 0, bare.slice(box[0].length), null, !(box[1] === ' ' || box[1] === '' || box[2] === '☐'));
      open = null;
      continue;
    }
    const indent = widthOf(line.slice(0, line.length - bare.length));
    if (indent === 0) indents = [];
    if (indent >= 4 && indents.length === 0) continue;
    add('paragraph', indents.length, bare);
  }
  return found.map(framed);
}

/** A bold line by itself and a line that ends in a colon stand over what follows. */
function framed(line: Open): OutlineLine {
  if (line.kind !== 'paragraph' || line.text.length > 90 || line.level > 0) return line;
  const bold = BOLD.exec(line.text)?.[1];
  if (bold !== undefined && !bold.includes('**'))
    return { ...line, kind: 'heading', level: 7, text: bold.replace(/[:：]$/, '') };
  if (/[:：]$/.test(line.text))
    return { ...line, kind: 'heading', level: 8, text: line.text.replace(/[*_]{2}/g, '').replace(/[:：]$/, '') };
  return line;
}
