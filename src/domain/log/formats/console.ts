import { CAPITAL, endIn, levelAt, levelIn, LOWER, nameOfLevel, styleIn } from '../level.js';
import { type LogFormat } from '../model.js';
import { timeOf } from '../time.js';
import { headerOf } from './define.js';

const VITE = /(?:\d{1,2}:\d\d:\d\d(?: ?[AaPp][Mm])? )?\[vite\] {0,2}(?:\((?:client|ssr|rsc)\) )?/y;
/** What Vite itself puts first when something went wrong; it prints no level. */
const VITE_ERROR =
  /(?:Internal server error|Pre-transform error|Error when |[Ee]rror\b|Failed to |(?:http|ws) proxy (?:socket )?error)/y;
const VITE_WARNING = /(?:warning\b|warn\b|\(!\))/y;

/** `12:00:00 PM [vite] Internal server error: msg`, `[vite] connected.` */
export const vite: LogFormat = {
  name: 'vite',
  loose: true,
  level(line) {
    VITE.lastIndex = 0;
    if (!VITE.test(line)) return -1;
    VITE_ERROR.lastIndex = VITE_WARNING.lastIndex = VITE.lastIndex;
    return VITE_ERROR.test(line) ? 5 : VITE_WARNING.test(line) ? 4 : 2;
  },
  header(line, clock) {
    const level = nameOfLevel(vite.level(line));
    return headerOf({
      at: line.startsWith('[') ? null : timeOf(line, 0, clock),
      level,
      logger: 'vite',
      messageAt: VITE.lastIndex,
    });
  },
};

const NPM = /npm (?:ERR!|error|WARN|warn|notice|info|http|verb|verbose|sill|silly|timing) ?/y;
const NPM_LEVELS: Readonly<Record<string, number>> = { E: 5, e: 5, W: 4, w: 4, n: 3, i: 2, h: 2, v: 1, s: 0, t: 0 };

/** `npm ERR! code E404`, `npm warn deprecated x` */
export const npm: LogFormat = {
  name: 'npm',
  loose: true,
  level(line) {
    NPM.lastIndex = 0;
    return NPM.test(line) ? (NPM_LEVELS[line.charAt(4)] ?? -1) : -1;
  },
  header(line) {
    const level = nameOfLevel(npm.level(line));
    return headerOf({ level, logger: 'npm', messageAt: NPM.lastIndex });
  },
};

const NODE_WARNING = /\(node:\d{1,9}\) (?:\[\w{1,20}\] )?(?=\w{0,40}Warning: )/y;

/** Where the level word of a console line stands: behind a mark such as `✘ `, in a bracket or at the start. */
function wordStart(line: string): number {
  let at = 0;
  // A mark is one sign outside ASCII (as UTF-8 bytes read one by one, up to four) and a blank.
  while (at < 4 && line.charCodeAt(at) > 127) at++;
  if (at > 0 && line.charCodeAt(at) === 32) at++;
  return at;
}

/** The level and where the message begins, as `message * 16 + level`; -1 for a line without. */
function consoleWord(line: string): number {
  const start = wordStart(line);
  const bracket = line.charCodeAt(start) === 91;
  const packed = levelAt(line, bracket ? start + 1 : start);
  // Go's `panic: ` begins a trace.
  if (packed < 0 || line.startsWith('panic: ', start)) return -1;
  let end = endIn(packed);
  const style = styleIn(packed);
  const next = line.charCodeAt(end);
  if (bracket) {
    if (next !== 93) return -1;
    end++;
    if (line.charCodeAt(end) === 58) end++;
  } else if (next === 58 && style !== CAPITAL) end++;
  else if (next === 91 && style === LOWER) {
    // rustc: error[E0308]: mismatched types
    const close = line.indexOf(']: ', end);
    if (close < 0 || close > end + 12) return -1;
    end = close + 2;
  } else if (style !== CAPITAL && style !== LOWER && (next === 32 || next === 9)) end++;
  else return -1;
  const blank = line.charCodeAt(end);
  if (end < line.length && blank !== 32 && blank !== 9 && line.charCodeAt(end - 1) > 32) return -1;
  while (line.charCodeAt(end) === 32 || line.charCodeAt(end) === 9) end++;
  return end * 16 + levelIn(packed);
}

/** `ERROR: msg`, `[error] msg`, `error: msg`, `✘ [ERROR] msg`, `(node:12) Warning: msg`; never `Error: msg`, an exception. */
export const consoleFormat: LogFormat = {
  name: 'console',
  loose: true,
  level(line) {
    if (line.charCodeAt(0) === 40) {
      NODE_WARNING.lastIndex = 0;
      return NODE_WARNING.test(line) ? 4 : -1;
    }
    const word = consoleWord(line);
    return word < 0 ? -1 : word % 16;
  },
  header(line) {
    const level = nameOfLevel(consoleFormat.level(line));
    if (line.charCodeAt(0) !== 40) return headerOf({ level, messageAt: Math.floor(consoleWord(line) / 16) });
    return headerOf({ level, stream: line.slice(6, line.indexOf(')')), messageAt: NODE_WARNING.lastIndex });
  },
};
