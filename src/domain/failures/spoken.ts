/** What compilers and programs say of their failures in lines of their own. */
import { cued } from '../cue/index.js';
import { CUES } from './cues.js';
import { compiledAt, isAftermath, isCode, isNamed, isNone, isNumbered, saidBy } from './forms.js';
import { behindHead, entryOf } from './levels.js';
import { MAX_PIECES, numberless, plain, type Piece, type Trust } from './piece.js';
import type { Line } from './window.js';

/** Lines of one story that are kept. */
const MAX_STORY = 40;

export function compiledIn(lines: readonly Line[], trust: Trust, taken: readonly Piece[]): readonly Piece[] {
  const pieces: Piece[] = [];
  const strict = trust !== 'run' && trust !== 'error';
  for (let at = 0; at < lines.length && pieces.length < MAX_PIECES; at += 1) {
    const raw = lines[at]?.text ?? '';
    if (raw.length < 6 || !tellsAt(lines, at) || taken.some((piece) => at >= piece.at && at <= piece.to)) continue;
    const found = compiledAt(raw, lines[at + 1]?.text ?? '');
    if (found === null || /^warning\b/i.test(found.message)) continue;
    if (isNumbered(raw) || isNone(raw) || isAftermath(raw) || (strict && isCode(raw)) || LOGGING.test(raw)) continue;
    const to = /^ERROR in /.test(raw) ? Math.min(at + 2, lines.length - 1) : detailEnd(lines, at, 6);
    const piece = plain(lines, at, to);
    pieces.push({ ...piece, key: `compiled ${found.code} ${found.file} ${found.message}` });
    at = to;
  }
  return pieces;
}

const tellsAt = (lines: readonly Line[], at: number): boolean => ((lines[at]?.cues ?? 0) & CUES.TELLS) !== 0;

const LOGGING = /\b(?:console|logger?|fmt)\.\w+\(/;

/** What programs say, outside of what is taken already. */
export function told(lines: readonly Line[], trust: Trust, taken: readonly Piece[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let last: { readonly at: number; readonly to: number } | null = null;
  const first = lines.findIndex(({ text }) => text.trim() !== '');
  const end = lines.findLastIndex(({ text }) => text.trim() !== '');
  for (let at = 0; at < lines.length && pieces.length < MAX_PIECES; at += 1) {
    const raw = lines[at]?.text ?? '';
    if (raw.length < 6 || !tellsAt(lines, at)) continue;
    if (taken.some((piece) => at >= piece.at && at <= piece.to)) continue;
    const entry = trust === 'error' ? null : entryOf(raw);
    // What a log says at a level below is no failure, whatever it begins with.
    if (entry?.failed === false || isNone(raw) || isAftermath(raw) || (trust === 'log' && BELOW.test(raw))) continue;
    if (entry !== null && (isNone(entry.text) || isAftermath(entry.text))) continue;
    const said =
      entry !== null
        ? 'entry'
        : saidBy(trust === 'run' || trust === 'error' ? raw.trimStart() : trust === 'mixed' ? raw : behindHead(raw));
    if (said === null || (trust !== 'log' && said !== 'entry' && isCode(raw))) continue;
    if (said === 'likely' && trust !== 'run' && !(trust === 'pasted' && behindHead(raw) !== raw)) continue;
    // Beside a document only the first and the last line are sure to be of the program.
    if (trust === 'mixed' && said !== 'entry' && at !== first && at !== end) continue;
    if (trust === 'pasted' && said !== 'entry' && !isPasted(raw)) continue;
    const to = detailEnd(lines, at, 8);
    const before = pieces.at(-1);
    if (
      before !== undefined &&
      last !== null &&
      said !== 'entry' &&
      !DEVICE.test(raw) &&
      isOneStory(lines, last, at, trust)
    ) {
      // Said over and over, it is long enough.
      const isLong = to - before.at > MAX_STORY;
      pieces[pieces.length - 1] = isLong ? { ...before, to } : { ...plain(lines, before.at, to), key: before.key };
    } else pieces.push(entry === null ? plain(lines, at, to) : behind(plain(lines, at, to), raw, entry.text));
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
/** The failure by what the entry says, without its head. */
const behind = (piece: Piece, line: string, text: string): Piece => {
  const message = `${text.trim()}${piece.message.slice(line.trim().length)}`;
  return { ...piece, message, key: numberless(text.trim().split('\n', 1)[0] ?? '') };
};

const leadOf = (line: string): string => (/^\W{0,4}[\w.[\]-]{1,40}/.exec(line)?.[0] ?? '').toLowerCase();
const PROGRAM = /^(?!error|fatal|warning)[a-z][\w-]{1,20}: /;
const GIT = /^(?:error: |fatal: |CONFLICT |Could not apply|Automatic merge)/;

/** A line that nobody writes: by its form, or by the time in front of it. */
const isPasted = (raw: string): boolean => isNamed(raw) || PASTED.test(raw) || behindHead(raw) !== raw.trimStart();

/** What people paste without a trace: the console of a browser, a package manager, a deployment. */
const PASTED =
  /^(?:fatal|error|ERROR|Error|FATAL|npm ERR!|npm error)(?::| ) ?\S|^\[(?:ERROR|FATAL|error|fatal|crit|alert|emerg)\]|^[\w.-]{1,40}\[[\w.-]{1,20}\]: (?:ERROR|FATAL|CRITICAL)\b|^FATAL ERROR|^curl: \(|^psql: |^Error (?:response )?from |^Segmentation fault|^panic: |^Module not found: |^\[vite\] |^docker: Error|^(?:[A-Z][\w-]{1,20} ){1,3}[Ee]rror: \S|^Fatal Python error|^ORA-\d{5}|^(?:GET|POST|PUT|PATCH|DELETE) \S{1,300} 5\d\d\b|net::ERR_|blocked by CORS|^Refused to |^\*\* \(\w|^assert failed: |^\*{3} ?(?:ERROR|FATAL)|^[\w.-]{1,30}: \[(?:emerg|alert|crit|error)\] |^\S{1,60}: (?:fatal |linker )?error: \S/;

/** A device that goes down begins a story of its own. */
const DEVICE = /^(?:Guru Meditation|assert failed: |abort\(\) was|\*{3} ?(?:ERROR|FATAL))/;

/** What is said of these stands below them. */
const LEADS = /^(?:Msg \d+, Level|═+╡ EXCEPTION|\S+ aborted!$|== Compilation error|\[error\] \S+:\d+:\d+$)/;

/** The last line that only goes on with what `at` says: set further in, a frame, a cause. */
export function detailEnd(lines: readonly Line[], at: number, most: number): number {
  const indent = indentOf(lines[at]?.text ?? '');
  let to = LEADS.test(lines[at]?.text ?? '') ? Math.min(at + 2, lines.length - 1) : at;
  for (let next = to + 1; next < lines.length && next <= at + most; next += 1) {
    const text = lines[next]?.text ?? '';
    if (text === '' && DETAIL.test(lines[next + 1]?.text ?? '')) continue;
    if (text === '' || !(indentOf(text) > indent || DETAIL.test(text)) || isNone(text)) break;
    to = next;
  }
  return to;
}

const indentOf = (line: string): number => line.length - line.trimStart().length;
const DETAIL =
  /^(?:\s*-->|\s*\||\s*\d* \||│|╵|╰|Caused by|DETAIL:|HINT:|CONTEXT:|LINE \d+:|Reason:|npm (?:ERR!|error) |remote: |\[error\] {2,})/;
