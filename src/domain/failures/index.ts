/** Failures in conversations: in the output of tools, in what users paste, and which messages tell of the same one. */
import { cued } from '../cue/index.js';
import { isProbe, mayBeLog, originOf, type Call, type Origin } from './call.js';
import { CUES, tells } from './cues.js';
import { isAftermath, isCode, isNone, saidBy } from './forms.js';
import { entryOf, looksLogged, mayLookLogged } from './levels.js';
import { mayAlarm } from './logged.js';
import type { Piece } from './piece.js';
import { answer, cut, piecesOf, scan, type Found } from './scan.js';
import { showsStates, statesIn } from './states.js';
import { someWhere, windowOf, type Line } from './window.js';

export { refusalOf } from './refused.js';
export { happened, reportsIn } from './reported.js';
export { isTold, mayExplain, namesNothing, sameFailure, told } from './same.js';
export type { Found };

/**
 * Failures that happened, in the output of a call that itself counts as successful: a failing test run behind a pipe, a trace, an
 * entry of level error in a log that was looked at. One each; nothing of code, documents and listings.
 * @returns in the order of the output; `line` counts from 1
 */
export function failuresInOutput(output: string, call: Call): readonly Found[] {
  if (output.length < 3) return [];
  const { command } = call;
  const known = originOf(call);
  const states = showsStates(command);
  const unsure = (known === 'none' || known === 'mixed') && mayBeLog(call) && mayLookLogged(output);
  if (known === 'none' && !unsure && !states && !/^fatal: /.test(output)) return [];
  if (!states && !someWhere(output, tells) && !(known === 'fetch' && ANSWERED.test(output))) return [];
  const lines = windowOf(output);
  if (states && command !== null) {
    const shown = statesIn(lines, command);
    if (shown.length > 0) return answer([...shown, ...besides(shown, lines, known)], lines);
  }
  const origin = unsure && looksLogged(lines) ? 'log' : known;
  if (origin === 'none') return isProbe(call) || !/^fatal: /.test(output) ? [] : whole(lines);
  if (origin === 'fetch') return fetched(lines, command ?? '');
  const found = scan(lines, origin);
  // What the command itself says is no evidence: `echo "FAILED"`, a pattern that is searched for.
  if (command === null || origin === 'log') return found;
  return found.filter(({ message }) => {
    const [first = ''] = message.split('\n', 1);
    if (command.includes(first.trim())) return false;
    if (isProbe(call) && /^fatal: /.test(message) && !message.includes('\n')) return false;
    return !(isAftermath(first) && LINTS.test(command));
  });
}

/** What other commands beside a table told. */
const besides = (shown: readonly Piece[], lines: readonly Line[], origin: Origin): readonly Piece[] =>
  origin !== 'run' && origin !== 'log'
    ? []
    : piecesOf(lines, origin).filter(
        (piece) =>
          !isAftermath(piece.message.split('\n', 1)[0] ?? '') &&
          !shown.some((row) => row.at <= piece.to && piece.at <= row.to + 1),
      );

/** What these find is no failure; that they ended because of it is none either. */
const LINTS = cued(/\b(?:\w*lint\w*|ruff|flake8|biome|prettier|shellcheck|knip|isort|black|rubocop|clippy)\b/);

/** A short output that is nothing but the complaint of the program that should have shown something. */
function whole(lines: readonly Line[]): readonly Found[] {
  const told = lines.filter(({ text }) => text.trim() !== '');
  if (told.length > 4) return [];
  const message = told.map(({ text }) => text).join('\n');
  return [{ message: cut(message), line: told[0]?.number ?? 1 }];
}

const SERVER_FAILED = cued(
  /^(?:< )?HTTP\/[\d.]{1,3} 5\d\d\b|^\W{0,30}(?:500 )?Internal Server Error\W*$|\b50[234] (?:Bad Gateway|Service (?:Temporarily )?Unavailable|Gateway Time-?out)\b|^\{"(?:detail|error|message)":\s?"Internal Server Error"|^\{.{0,200}"(?:status|statusCode|code)":\s?5\d\d\b|^upstream connect error or disconnect|^no healthy upstream|^error code: 5\d\d$|^(?:HTTP request sent, awaiting response\.{3}|\d{4}-\S+ \S+ ERROR) 5\d\d\b/i,
);
/** What curl writes of the answer when it is asked for its status. */
const ANSWERED = /^\W{0,3}(?:\w{1,20}[:=]? ?)?5\d\d\b(?:[ \t][\d.a-z]{1,12})*\s*$/m;
const ASKS_STATUS = /%\{(?:http_code|response_code)\}/;
const ADDRESS = /\bhttps?:\/\/[^\s"'`|;]{1,200}|\blocalhost[^\s"'`|;]{1,200}/;

/** Of what was fetched only that it could not be: the rest is a document. */
function fetched(lines: readonly Line[], command: string): readonly Found[] {
  const at = lines.findIndex(
    ({ text }) => /^curl: \(\d+\) /.test(text) || /^wget: .*(?:unable|failed|refused)/.test(text),
  );
  if (at !== -1) return [{ message: lines[at]?.text ?? '', line: lines[at]?.number ?? 1 }];
  if (ASKS_STATUS.test(command)) {
    const told = lines.find(({ text }) => ANSWERED.test(text));
    const address = ADDRESS.exec(command)?.[0] ?? '';
    if (told !== undefined) return [{ message: `HTTP ${told.text.trim()} ${address}`.trim(), line: told.number }];
  }
  const failed = lines.slice(0, 40).find(({ text }) => SERVER_FAILED.test(text));
  return failed === undefined || isNone(failed.text) ? [] : [{ message: failed.text.trim(), line: failed.number }];
}

/** What leads in an example: an exception that is only quoted. */
const EXAMPLE = cued(
  /\b(?:for example|e\.g\.|such as|something like|looks? like|formatted|should (?:print|raise|throw|show|log|say|read|be)|expected output|sample|template|zum beispiel|z\. ?b\.|par exemple|por ejemplo)\b.{0,80}$/i,
);

/** Failures in a log or a trace that a user pasted; the text may be the whole message. One per different error. */
export function failuresInPasted(text: string): readonly Found[] {
  if (text.length < 8 || !someWhere(text, tells)) return [];
  const lines = windowOf(text.includes('\n>') || text.startsWith('>') ? text.replace(/^> ?/gm, '') : text);
  return scan(lines, 'pasted').filter(({ line }) => {
    for (let at = line - 2; at >= 0 && at >= line - 5; at -= 1) {
      const before = lines[at]?.text ?? '';
      if (before.trim() === '' || before.startsWith('```')) continue;
      // Nobody introduces an example with a line of a log.
      return entryOf(before) !== null || !EXAMPLE.test(before);
    }
    return true;
  });
}

const EXIT_CODE = /^(?:Exit code \d+|Error: Exit code \d+|Command failed with exit code \d+|exit status \d+)$/;

/** The messages of an output that is known to be an error: one per different failure, at least one. */
export function failuresInError(text: string): readonly string[] {
  const lines = windowOf(text).filter(({ text: line }) => !EXIT_CODE.test(line.trim()));
  const told = lines.some((line) => line.text.trim() !== '');
  if (!told) return [text.trim() === '' ? 'Tool failed without a message' : cut(text.trim())];
  if (isOneFailure(lines)) return [oneOf(lines, null)];
  const found = tells(text) || text.length > 64 * 1024 ? scan(lines, 'error') : [];
  const different = found.filter(({ message }) => {
    const [first = ''] = message.split('\n', 1);
    return !isNone(first) && !isAftermath(first);
  });
  if (different.length > 1) return different.map(({ message }) => message);
  return [oneOf(lines, different[0]?.line ?? null)];
}

/** Whether a text is so short that it is kept whole, and in no more than one line a failure begins. */
function isOneFailure(lines: readonly Line[]): boolean {
  let chars = 0;
  let begun = 0;
  for (const line of lines) {
    chars += line.text.length + 1;
    if ((line.cues & BEGINS) !== 0 || mayAlarm(line)) begun += 1;
    if (begun > 1 || chars > SEEN_CHARS) return false;
  }
  return true;
}

/** Beside what the reader of logs has to do with: a mark of a test, and what compilers and programs say. */
const BEGINS = CUES.TELLS | CUES.MARKS;

/** How far down a message is still read by whoever shows it. */
const SEEN_CHARS = 300;

/** The whole text where it fits, with what tells of the failure first where that stands far down. */
function oneOf(lines: readonly Line[], number: number | null): string {
  const message = lines
    .map(({ text }) => text)
    .join('\n')
    .trim();
  if (message.length <= SEEN_CHARS) return message;
  const at =
    number === null
      ? lines.findIndex(({ text }) => saidBy(text) !== null && !isNone(text) && !isCode(text) && !isAftermath(text))
      : lines.findIndex((line) => line.number === number);
  if (at <= 0) return cut(message);
  const before = lines.slice(0, at).reduce((chars, { text }) => chars + text.length + 1, 0);
  if (before < SEEN_CHARS) return cut(message);
  const telling = lines
    .slice(at)
    .map(({ text }) => text)
    .join('\n')
    .trim();
  return cut(telling);
}
