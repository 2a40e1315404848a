/** All failures that the lines of one text tell of, each once. */
import { CUES } from './cues.js';
import { isAftermath, isCode, isNamed, isNone, isNumbered, saidBy, wrapsAnother } from './forms.js';
import { loggedIn, type Logged } from './logged.js';
import { MAX_PIECES, numberless, plain, type Piece, type Trust } from './piece.js';
import { compiledIn, detailEnd, told } from './spoken.js';
import { testRunOf } from './tested.js';
import type { Line } from './window.js';

export interface Found {
  readonly message: string;
  /** Of the text, from 1. */
  readonly line: number;
}

const MAX_FOUND = 16;
const MAX_MESSAGE_CHARS = 2_000;
/** Lines around a trace or an entry that its reader is shown. */
const BEFORE = 3;
const AFTER = 80;

/** Where the reader of logs has something to do in the output of a program. */
const TRACED =
  /^(?:\s*[|+ ]*)?Traceback \(most recent|^\s+at .{0,300}[:(\]]|^goroutine \d+ \[|^thread '.{0,80}panicked at|^(?:panic|fatal error): |^Unhandled exception|^PHP (?:Fatal|Parse) error|^Fatal error: Uncaught|:in [`']/;
const LEVELLED =
  /^.{0,60}\b(?:ERROR|CRITICAL|FATAL|SEVERE|EMERG|ALERT|PANIC|ERR|CRIT)\b|^.{0,60}(?:\[(?:error|fatal|critical|crit|alert|emerg|err)\]| (?:error|fatal|critical|crit)(?:: | {2}| \|))|\blevel=(?:error|fatal|critical|panic)\b|"(?:level|severity|lvl)":\s?(?:"(?:error|fatal|critical|err|crit)|[56]0\b)|^[EF]\d{4} |" 50\d\b/i;
/** A time or a level at the very beginning: what only a log has. */
const DATED = /^\W{0,3}(?:\w{3} +\d{1,2} |\d{2,4}[-/.]\d\d|\d\d:\d\d)|^[EF]\d{4} |^\{"|\blevel=|^\w+ +\[?\d{4}-/;

export const scan = (lines: readonly Line[], trust: Trust): readonly Found[] => answer(piecesOf(lines, trust), lines);

export function piecesOf(lines: readonly Line[], trust: Trust): readonly Piece[] {
  const pieces: Piece[] = [];
  const tests = testRunOf(lines);
  for (const test of tests.failed)
    pieces.push({ at: test.at, to: test.to, message: test.message, key: testKey(test.name, test.message) });
  // What a test run prints besides is what its tests are about.
  if (pieces.length > 0 && trust !== 'pasted') return pieces;
  const quiet = tests.passed && trust !== 'log' && trust !== 'error';
  if (!quiet) {
    const compiled = compiledIn(lines, trust, pieces);
    const entries = logged(lines, trust).filter((entry) => !compiled.some((piece) => overlaps(piece, entry)));
    pieces.push(...compiled, ...entries);
    pieces.push(...told(lines, trust, pieces));
  }
  if (pieces.length === 0 && tests.summaryAt !== -1) pieces.push(plain(lines, tests.summaryAt, tests.summaryAt));
  if (pieces.length === 0 && !quiet && (trust === 'run' || trust === 'log')) {
    const tells = ({ text, cues }: Line): boolean => (cues & CUES.TELLS) !== 0 && isAftermath(text) && !isNone(text);
    // The last word of a log says whose end it was.
    const at = trust === 'log' ? lines.findLastIndex(tells) : lines.findIndex(tells);
    if (at !== -1) pieces.push(wentWrong(lines) ?? plain(lines, at, at));
  } else if (pieces.length === 0 && trust === 'pasted') {
    const at = lines.findIndex(({ text }) => ENDED.test(text) && isAftermath(text) && !isNone(text));
    if (at !== -1) pieces.push(plain(lines, at, detailEnd(lines, at, 8)));
  }
  return withoutWrappers(pieces);
}

/** Gradle tells why below a heading of its own. */
function wentWrong(lines: readonly Line[]): Piece | null {
  const at = lines.findIndex(({ text }) => text === '* What went wrong:');
  if (at === -1) return null;
  const end = lines.findIndex(({ text }, index) => index > at && (text === '' || text.startsWith('* ')));
  const piece = plain(lines, at + 1, Math.min(end === -1 ? lines.length : end, at + 9) - 1);
  return piece.message === '' ? null : piece;
}

/** The last word of a program that a person pasted. */
const ENDED = /^(?:ERROR|FAILURE|FAILED|[Ee]rror|npm (?:ERR!|error)|make(?:\[\d+\])?|BUILD FAILED)\b/;

/** Lines between what failed and the one who had started it. */
const NEAR = 24;

const overlaps = (one: Piece, other: Piece): boolean => one.at <= other.to && other.at <= one.to;

function withoutWrappers(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.filter(
    (piece) =>
      !wrapsAnother(piece.message.split('\n', 2).join('\n')) ||
      !pieces.some((other) => other !== piece && other.at < piece.at && piece.at - other.to <= NEAR),
  );
}

/** Tests that fail by one exception, such as an import that is missing, fail by one failure. */
function testKey(name: string, message: string): string {
  const raised = /^(?:E {2,}|\s*)((?:[\w.]+[.:])?(?!Assertion)\w{2,60}(?:Error|Exception)): \S.{4,}/m.exec(message);
  return raised === null || /Assert|Expectation|TestingLibrary/.test(raised[0])
    ? `test ${name}`
    : `raised ${numberless(raised[0].trim().replace(/^E +/, ''))}`;
}

function logged(lines: readonly Line[], trust: Trust): readonly Piece[] {
  const found: Logged[] = [];
  if (trust === 'log') {
    if (lines.some(mayBeLogged)) found.push(...loggedIn(lines));
  } else {
    for (const [from, to] of windows(lines)) found.push(...loggedIn(lines, from, to));
  }
  const pieces: Piece[] = [];
  found.slice(0, MAX_PIECES).forEach((event, index) => {
    const [first = ''] = event.text.split('\n', 1);
    const line = lines[event.at]?.text ?? '';
    if (event.trace === null) {
      if (!event.headed && (trust !== 'log' || saidBy(line) === null)) return;
      if (!DATED.test(line) && trust !== 'log') return;
      if (isNone(first) || (trust !== 'log' && isCode(line))) return;
      // `500` of an access log beside the error itself is the same failure.
      if (/" 50\d\b/.test(line) && near(found, index)) return;
    } else {
      if (/Warning$/.test(event.trace.type) || /^\W*(?:\(node:\d+\) )?(?:\w*Warning|warn)\b/i.test(first)) return;
      if (trust === 'mixed' && event.trace.frames.length === 0) return;
      if (trust !== 'log' && isNumbered(line)) return;
    }
    const piece = entry(event, lines, trust);
    const before = pieces.at(-1);
    // Where every line has a header, the stack comes in entries of its own.
    if (before !== undefined && event.at - before.to <= 1 && goesOn(first, before.message))
      pieces[pieces.length - 1] = { ...before, to: piece.to, message: `${before.message}\n${piece.message}` };
    else pieces.push(piece);
  });
  return pieces;
}

const TOLD_IN_LOGS = CUES.TRACES | CUES.LEVELS;

const mayBeLogged = ({ text, cues }: Line): boolean =>
  (cues & TOLD_IN_LOGS) !== 0 && (TRACED.test(text) || LEVELLED.test(text) || isNamed(text));

const CONTINUES =
  /^(?:\s|at |Traceback|File "|Caused by|(?:[\w$]+\.)*[\w$]*(?:Error|Exception)(?::|$)|\w+(?:Error|Exception)$)/;

const goesOn = (line: string, before: string): boolean =>
  (CONTINUES.test(line) && !CONTINUES.test(before)) ||
  (/^FATAL EXCEPTION: /.test(before) && /^Process: |^\S+(?:Error|Exception)\b|^\s*at /.test(line));

const near = (found: readonly Logged[], index: number): boolean => {
  const self = found[index];
  return found.some(
    (other, at) =>
      at !== index && self !== undefined && Math.abs(other.at - self.at) <= 3 && (other.trace !== null || at > index),
  );
};

function entry(event: Logged, lines: readonly Line[], trust: Trust): Piece {
  let { at } = event;
  let message = event.text;
  // The reader of a trace begins where the stack is sure: what was said above it belongs to it.
  if (!event.headed && trust !== 'log') {
    const above = lines[at - 1]?.text ?? '';
    if (above !== '' && saidBy(above) !== null && !isNone(above) && !isCode(above)) {
      at -= 1;
      message = `${above}\n${message}`;
    }
  }
  const { trace } = event;
  const head = message.split('\n', 1)[0] ?? '';
  const key = trace === null ? head : `${trace.type}: ${trace.message.split('\n', 1)[0] ?? ''}`;
  if (trace === null) return { at, to: event.to, message, key: numberless(key) };
  // In Python the exception stands last: too far down, it would be cut off or overlooked.
  const named = `${trace.type}: ${trace.message.split('\n', 1)[0] ?? ''}`.replace(/: $/, '');
  const shown = message.indexOf(trace.message.split('\n', 1)[0] ?? '');
  return {
    at,
    to: event.to,
    message: shown > 300 || shown === -1 ? `${named}\n${message}` : message,
    key: numberless(key),
  };
}

/** Parts of a program's output that hold a trace or an entry of a log. */
function windows(lines: readonly Line[]): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  lines.forEach(({ text, cues }, at) => {
    if ((cues & TOLD_IN_LOGS) === 0) return;
    if (!TRACED.test(text) && !(DATED.test(text) && LEVELLED.test(text))) return;
    const last = found.at(-1);
    const from = Math.max(0, at - BEFORE);
    const to = Math.min(lines.length, at + AFTER);
    if (last !== undefined && from <= last[1]) last[1] = to;
    else found.push([from, to]);
  });
  return found;
}

export function answer(pieces: readonly Piece[], lines: readonly Line[]): readonly Found[] {
  const seen = new Set<string>();
  const found: Found[] = [];
  for (const piece of [...pieces].sort((one, other) => one.at - other.at)) {
    if (seen.has(piece.key) || piece.message.trim() === '') continue;
    seen.add(piece.key);
    found.push({ message: cut(piece.message), line: lines[piece.at]?.number ?? 1 });
    if (found.length === MAX_FOUND) break;
  }
  return found;
}

export const cut = (message: string): string =>
  message.length > MAX_MESSAGE_CHARS ? message.slice(0, MAX_MESSAGE_CHARS) : message;
