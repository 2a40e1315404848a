/** What compilers and programs say of their failures in lines of their own. */
import { cued } from '../cue/index.js';
import { compiledAt, isAftermath, isCode, isNamed, isNone, isNumbered, saidBy, TELLING } from './forms.js';
import { MAX_PIECES, numberless, plain, type Piece, type Trust } from './piece.js';
import type { Line } from './window.js';

/** Lines of one story that are kept. */
const MAX_STORY = 40;

export function compiledIn(lines: readonly Line[], trust: Trust, taken: readonly Piece[]): readonly Piece[] {
  const pieces: Piece[] = [];
  const strict = trust !== 'run' && trust !== 'error';
  for (let at = 0; at < lines.length && pieces.length < MAX_PIECES; at += 1) {
    const raw = lines[at]?.text ?? '';
    if (raw.length < 6 || !TELLING.test(raw) || taken.some((piece) => at >= piece.at && at <= piece.to)) continue;
    if (isNumbered(raw) || isNone(raw) || isAftermath(raw) || (strict && isCode(raw)) || LOGGING.test(raw)) continue;
    const found = compiledAt(raw, lines[at + 1]?.text ?? '');
    if (found === null || /^warning\b/i.test(found.message)) continue;
    const to = /^ERROR in /.test(raw) ? Math.min(at + 2, lines.length - 1) : detailEnd(lines, at, 6);
    const piece = plain(lines, at, to);
    pieces.push({ ...piece, key: `compiled ${found.code} ${found.file} ${found.message}` });
    at = to;
  }
  return pieces;
}

const LOGGING = /\b(?:console|logger?|fmt)\.\w+\(/;

/** What programs say, outside of what is taken already. */
export function told(lines: readonly Line[], trust: Trust, taken: readonly Piece[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let last: { readonly at: number; readonly to: number } | null = null;
  const first = lines.findIndex(({ text }) => text.trim() !== '');
  const end = lines.findLastIndex(({ text }) => text.trim() !== '');
  for (let at = 0; at < lines.length && pieces.length < MAX_PIECES; at += 1) {
    const raw = lines[at]?.text ?? '';
    if (raw.length < 6 || !TELLING.test(raw)) continue;
    if (taken.some((piece) => at >= piece.at && at <= piece.to)) continue;
    if (isNone(raw) || isAftermath(raw)) continue;
    // What a log says at a level below is no failure, whatever it begins with.
    if (trust === 'log' && BELOW.test(raw)) continue;
    const said = saidBy(
      trust === 'run' || trust === 'error' ? raw.trimStart() : trust === 'log' ? afterHead(raw) : raw,
    );
    if (said === null || (trust !== 'log' && isCode(raw))) continue;
    if (said === 'likely' && trust !== 'run') continue;
    // Beside a document only the first and the last line are sure to be of the program.
    if (trust === 'mixed' && at !== first && at !== end) continue;
    if (trust === 'pasted' && !isNamed(raw) && !PASTED.test(raw)) continue;
    const to = detailEnd(lines, at, 8);
    const before = pieces.at(-1);
    if (before !== undefined && last !== null && isOneStory(lines, last, at, trust)) {
      // Said over and over, it is long enough.
      const isLong = to - before.at > MAX_STORY;
      pieces[pieces.length - 1] = isLong ? { ...before, to } : { ...plain(lines, before.at, to), key: before.key };
    } else pieces.push(plain(lines, at, to));
    last = { at, to };
    at = to;
  }
  return pieces;
}

/**
 * What failed, and why, often comes from two programs, in lines that follow each other. Lines of the same form are a list:
 * each of them tells of its own.
 */
function isOneStory(
  lines: readonly Line[],
  last: { readonly at: number; readonly to: number },
  at: number,
  trust: Trust,
): boolean {
  const one = lines[last.at]?.text.trim() ?? '';
  const other = lines[at]?.text.trim() ?? '';
  const gap = at - last.to;
  if (trust === 'error') return gap <= 12;
  if (numberless(one) === numberless(other)) return gap <= 1;
  if (leadOf(one) === leadOf(other)) return false;
  return gap <= 1 ? !(PROGRAM.test(one) && PROGRAM.test(other)) : gap <= 8 && GIT.test(one) && GIT.test(other);
}

/** The level of a line, near its beginning, where it is none of those that tell of failures. */
const BELOW = cued(
  /^.{0,90}?(?:\b(?:INFO|DEBUG|WARN|WARNING|TRACE|NOTICE)\b|\[(?:info|debug|warn|notice)|level=(?:info|warn|debug)|"level":\s?(?:"(?:info|warn|debug)|[1-4]0\b))/,
);
/** Behind the time, the host and the program. */
const afterHead = (line: string): string =>
  line
    .slice(0, 500)
    .replace(/^[[(<]?(?:\w{3} +\d{1,2} )?\d[\d:.,T+Z/-]{4,40}(?: [\d:.,+]{5,16})?[\])>]?:?\s*(?:[-|]\s)?/, '')
    .replace(/^(?:[\w.-]{1,60} )?[\w.@/-]{1,60}\[\d+\]: /, '')
    .trimStart();

const leadOf = (line: string): string => (/^\W{0,4}[\w.[\]-]{1,40}/.exec(line)?.[0] ?? '').toLowerCase();
const PROGRAM = /^(?!error|fatal|warning)[a-z][\w-]{1,20}: /;
const GIT = /^(?:error: |fatal: |CONFLICT |Could not apply|Automatic merge)/;

/** What people paste without a trace: the console of a browser, a package manager, a deployment. */
const PASTED =
  /^(?:fatal|error|ERROR|Error|FATAL|npm ERR!|npm error)(?::| ) ?\S|^\[(?:ERROR|FATAL|error|fatal|crit|alert|emerg)\]|^[\w.-]{1,40}\[[\w.-]{1,20}\]: (?:ERROR|FATAL|CRITICAL)\b|^FATAL ERROR|^curl: \(|^psql: |^Error (?:response )?from |^Segmentation fault|^panic: /;

/** The last line that only goes on with what `at` says: set further in, a frame, a cause. */
function detailEnd(lines: readonly Line[], at: number, most: number): number {
  const indent = indentOf(lines[at]?.text ?? '');
  let to = at;
  for (let next = at + 1; next < lines.length && next <= at + most; next += 1) {
    const text = lines[next]?.text ?? '';
    if (text === '' && DETAIL.test(lines[next + 1]?.text ?? '')) continue;
    if (text === '' || !(indentOf(text) > indent || DETAIL.test(text)) || isNone(text)) break;
    to = next;
  }
  return to;
}

const indentOf = (line: string): number => line.length - line.trimStart().length;
const DETAIL =
  /^(?:\s*-->|\s*\||\s*\d* \||│|╵|╰|Caused by|DETAIL:|HINT:|CONTEXT:|LINE \d+:|Reason:|npm (?:ERR!|error) |remote: )/;
