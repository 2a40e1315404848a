/**
 * The comments of a text of code, which may be a piece cut out of a file anywhere: it can begin inside a string or a comment.
 * Strings are skipped; one that never closes is read as text again, at most once per line and sign, so time stays linear.
 */
import type { Opener, Syntax } from './syntax.js';

export interface CommentLine {
  /** Without the sign that opens the comment and what decorates it. */
  readonly text: string;
  /** Column of `text` in its line. */
  readonly column: number;
  /** Lines of one comment, or of comments below each other, have the same number. */
  readonly group: number;
  /** In a docstring: prose, in which only the plainest marker counts. */
  readonly inDocs: boolean;
}

/** How often the end of something that may end in many ways is looked for in vain, before such are no longer looked at. */
const MOST_IN_VAIN = 8;
/** How far back the start of a line is looked for. */
const WIDEST = 400;
const CHAR = /'(?:\\[^\n]{1,10}|[^\\'\n])'/y;
const REGEX = /\/(?![*/])(?:[^\\/[\n]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n]){0,300}\]){1,500}\/[a-z]*/y;
/** What a regular expression can stand after; elsewhere a slash divides. */
const BEFORE_REGEX = /(?:^|[(,=:[!&|?{};+\-*%~^<>]|\b(?:return|case|typeof|of|in|do|else))[ \t]*$/;
const STARRED = /^[ \t]*\*(?:[ \t]|$|\/)/;

/** Where the comment begins that the text is cut out of, if it is: everything before this place is comment. */
function endOfHead(code: string): number {
  let at = 0;
  while (at < code.length) {
    const end = lineEnd(code, at);
    if (!STARRED.test(code.slice(at, Math.min(end, at + 200)))) break;
    at = end + 1;
  }
  if (at > 0) return Math.min(at, code.length);
  const close = code.indexOf('*/');
  if (close < 0) return 0;
  const open = code.indexOf('/*');
  return startsLine(code, close) && (open < 0 || open > close) ? close : 0;
}

/** The text between the start of the line and `at`; where the line is very long, its last part. */
const before = (code: string, at: number): string => {
  const near = code.slice(Math.max(0, at - WIDEST), at);
  return near.slice(near.lastIndexOf('\n') + 1);
};

const startsLine = (code: string, at: number): boolean => {
  const lead = before(code, at);
  return lead.length < WIDEST && lead.trim() === '';
};

const lineEnd = (code: string, from: number): number => {
  const end = code.indexOf('\n', from);
  return end < 0 ? code.length : end;
};

/** Whether the first of an odd number of equal signs closes what began before the text. */
function closesAtFirst(code: string, at: number, sign: string): boolean {
  const lead = before(code, at).trimEnd();
  const after = code.slice(at + sign.length, Math.min(lineEnd(code, at), at + sign.length + WIDEST)).trim();
  if (sign === '`') return /^(?:[;),\]}.]|$)/.test(after) && !/[=(,[{:+?&|>!]$/.test(lead);
  if (lead !== '') return !/(?:[=(,[{:+]|\b[rbfu]{1,2}|\breturn)$/i.test(lead);
  if (after !== '') return /^[),.\]}]/.test(after);
  const above = code.slice(Math.max(0, at - WIDEST), at).trimEnd();
  return above !== '' && !/[:(=,[]$/.test(above);
}

class Lines {
  readonly found: CommentLine[] = [];
  private group = 0;
  private lastRow = -2;
  private lastColumn = -1;
  private row = 0;
  private seen = 0;

  constructor(private readonly code: string) {}

  /** Row of a place; places are asked for in ascending order. */
  private rowOf(at: number): number {
    for (let end = this.code.indexOf('\n', this.seen); end >= 0 && end < at;) {
      this.row += 1;
      this.seen = end + 1;
      end = this.code.indexOf('\n', this.seen);
    }
    return this.row;
  }

  /** A comment to the end of its line: below another one at the same column it goes on. */
  line(open: number, from: number, to: number): void {
    const row = this.rowOf(open);
    const lead = before(this.code, open);
    const column = lead.length;
    const fills = column < WIDEST && lead.trim() === '';
    if (!(fills && row === this.lastRow + 1 && column === this.lastColumn)) this.group += 1;
    this.lastRow = row;
    this.lastColumn = column;
    this.put(from, to, open - column, /^[/#;!%*|-]*(?=[ \t]|$)|^[/#!]+/);
  }

  /** A comment over lines. */
  block(from: number, to: number, inDocs = false): void {
    this.group += 1;
    this.lastRow = -2;
    // A short one with no word of ours in it says nothing, and is no part of another.
    if (to - from < 40 && !/[TtFfXH]/.test(this.code.slice(from, to))) return;
    for (let at = from; at <= to;) {
      const end = Math.min(lineEnd(this.code, at), to);
      // Nothing is compared with the column of a comment of one line.
      const start = at === from && end < to ? at - before(this.code, at).length : at;
      this.put(at, end, start, inDocs ? /^[ \t]*/ : /^[ \t]*[*!]*(?=[ \t]|$)/, inDocs);
      at = end + 1;
    }
  }

  private put(from: number, to: number, start: number, decoration: RegExp, inDocs = false): void {
    const raw = this.code.slice(from, Math.min(to, from + 2_000));
    const bare = raw.replace(decoration, '');
    const text = bare.trim();
    const column = from - start + (raw.length - bare.trimStart().length);
    this.found.push({ text, column, group: this.group, inDocs });
  }
}

interface Unclosed {
  readonly sign: string;
  readonly first: number;
}

export function commentsOf(code: string, syntax: Syntax): readonly CommentLine[] {
  const head = syntax.openers.some((one) => one.is === 'block' && one.close === '*/') ? endOfHead(code) : 0;
  const lines = new Lines(code);
  if (head > 0) lines.block(0, head - (code.startsWith('*/', head) ? 0 : 1));
  const unclosed = scan(code, head, syntax, lines);
  if (unclosed === null || !closesAtFirst(code, unclosed.first, unclosed.sign)) return lines.found;
  const again = new Lines(code);
  scan(code, unclosed.first + unclosed.sign.length, syntax, again);
  return again.found;
}

/** @returns a string over lines that is open at the end, and where its sign stands first */
function scan(code: string, from: number, syntax: Syntax, lines: Lines): Unclosed | null {
  const { token, openers } = syntax;
  const firsts = new Map<string, number>();
  /** Signs that open nothing up to a place: their other end was looked for in vain. */
  const dead = new Map<string, number>();
  let unclosed: Unclosed | null = null;
  let inVain = 0;
  let at = from;
  let stop = -1;
  /** End of the line of a place: asked for in ascending order, and remembered, since lines can be long. */
  const stopOf = (place: number): number => (place <= stop ? stop : (stop = lineEnd(code, place)));
  for (;;) {
    token.lastIndex = at;
    const match = token.exec(code);
    if (match === null) return unclosed;
    const sign = match[0];
    const start = match.index;
    at = start + Math.max(sign.length, 1);
    const opener = openerOf(match, openers);
    if (opener === undefined || start < (dead.get(sign) ?? 0)) continue;
    switch (opener.is) {
      case 'line': {
        if (!mayBegin(code, start, opener.after)) break;
        const end = stopOf(at);
        lines.line(start, at, end);
        at = end;
        break;
      }
      case 'block': {
        const close = code.indexOf(opener.close, at);
        const end = close < 0 ? code.length : close;
        lines.block(at, end);
        at = close < 0 ? code.length : close + opener.close.length;
        break;
      }
      case 'string': {
        if (opener.close === null && inVain >= MOST_IN_VAIN) break;
        const close = opener.close ?? closeOf(sign);
        const end = endOfString(code, at, opener.multi ? code.length : stopOf(at), close, opener.escapes);
        if (!firsts.has(sign)) firsts.set(sign, start);
        if (end < 0) {
          inVain += opener.close === null ? 1 : 0;
          dead.set(sign, opener.multi ? code.length : stopOf(at));
          if (opener.multi && /^(?:"""|'''|`)$/.test(sign)) {
            unclosed ??= { sign, first: firsts.get(sign) ?? start };
            return unclosed;
          }
          break;
        }
        if (syntax.docstrings && sign.length === 3 && isDocstring(code, start)) lines.block(at, end, true);
        at = end + close.length;
        break;
      }
      case 'char':
        CHAR.lastIndex = start;
        if (CHAR.test(code)) at = CHAR.lastIndex;
        break;
      case 'heredoc': {
        if (inVain >= MOST_IN_VAIN) break;
        const end = endOfHeredoc(code, at, sign);
        if (end < 0) inVain += 1;
        else at = end;
        break;
      }
      case 'regex': {
        if (!BEFORE_REGEX.test(before(code, start).slice(-40))) break;
        REGEX.lastIndex = start;
        if (REGEX.test(code)) at = REGEX.lastIndex;
        else dead.set(sign, stopOf(at));
        break;
      }
    }
  }
}

function openerOf(match: RegExpExecArray, openers: readonly Opener[]): Opener | undefined {
  for (let index = 0; index < openers.length; index++) if (match[index + 1] !== undefined) return openers[index];
  return undefined;
}

function mayBegin(code: string, at: number, after: Extract<Opener, { is: 'line' }>['after']): boolean {
  const sign = at === 0 ? '\n' : (code[at - 1] ?? '\n');
  switch (after) {
    case 'any':
      return true;
    case 'blank':
      return /[\s;({[]/.test(sign);
    case 'no-colon':
      return sign !== ':';
    case 'no-escape':
      return sign !== '\\';
    case 'start':
      return startsLine(code, at);
  }
}

/** The end that belongs to an opener of its own making. */
function closeOf(sign: string): string {
  if (sign.startsWith('R"')) return `)${sign.slice(2, -1)}"`;
  if (sign.startsWith('r')) return `"${sign.slice(1, -1)}`;
  return sign.replaceAll('[', ']');
}

/** Where `close` stands unescaped before `to`, or -1. */
function endOfString(code: string, from: number, to: number, close: string, escapes: boolean): number {
  const text = to === code.length ? code : code.slice(0, to);
  let at = text.indexOf(close, from);
  while (escapes && at >= 0 && isEscaped(code, at, from)) at = text.indexOf(close, at + 1);
  return at;
}

function isEscaped(code: string, at: number, from: number): boolean {
  let slashes = 0;
  while (at - slashes > from && code[at - slashes - 1] === '\\') slashes += 1;
  return slashes % 2 === 1;
}

/** A string that is a statement of its own, first in its block or file. */
function isDocstring(code: string, at: number): boolean {
  if (!startsLine(code, at)) return false;
  const above = code.slice(Math.max(0, at - WIDEST), at).trimEnd();
  return above === '' || above.endsWith(':') || /(?:^|\n)[ \t]*#[^\n]*$/.test(above);
}

/** The end of the line that closes a heredoc, or -1. */
function endOfHeredoc(code: string, from: number, sign: string): number {
  const word = sign.replace(/^<<[-~]?\s?["']?/, '').replace(/["']$/, '');
  for (let at = lineEnd(code, from) + 1; at < code.length;) {
    const end = lineEnd(code, at);
    if (end - at < 200 && code.slice(at, end).trim().replace(/;$/, '') === word) return end;
    at = end + 1;
  }
  return -1;
}
