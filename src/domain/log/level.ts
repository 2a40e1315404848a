import { LEVELS, type Level, NO_LEVEL } from './model.js';

const WORDS: Readonly<Record<Level, readonly string[]>> = {
  trace: ['trace', 'trc', 'finest', 'finer', 'silly'],
  debug: ['debug', 'dbg', 'fine', 'verbose'],
  info: ['info', 'inf', 'information', 'informational', 'success'],
  notice: ['notice', 'note'],
  warning: ['warning', 'warn', 'wrn'],
  error: ['error', 'err', 'severe'],
  critical: ['critical', 'crit', 'fatal', 'ftl', 'alert', 'emerg', 'emergency', 'panic', 'dpanic'],
};

const LONGEST = 13;

/** Letters folded to lower case, as one small integer; words are told apart by it without cutting the line. */
const mix = (hash: number, code: number): number => (Math.imul(hash, 31) + code) & 0x3fffffff;

const byHash = new Map<number, number>(
  LEVELS.flatMap((level, index) => WORDS[level].map((word) => [hashOf(word), index] as const)),
);

function hashOf(word: string): number {
  let hash = word.length;
  for (let at = 0; at < word.length; at++) hash = mix(hash, word.charCodeAt(at));
  return hash;
}

export const UPPER = 0;
export const LOWER = 1;
export const CAPITAL = 2;

/**
 * The level word that stands at `at`, as one number so that nothing is allocated: see `levelIn`, `styleIn` and `endIn`.
 * -1 where none does. A word in mixed case is none, nor is one that a letter, digit or underscore goes on with.
 */
export function levelAt(line: string, at: number): number {
  let end = at;
  let uppers = 0;
  for (; end - at <= LONGEST; end++) {
    const code = line.charCodeAt(end);
    if (code >= 65 && code <= 90) uppers++;
    else if (!(code >= 97 && code <= 122)) break;
  }
  const length = end - at;
  if (length < 3 || length > LONGEST) return -1;
  const next = line.charCodeAt(end);
  if (next === 95 || (next >= 48 && next <= 57)) return -1;
  const style = uppers === length ? UPPER : uppers === 0 ? LOWER : CAPITAL;
  if (style === CAPITAL && (uppers > 1 || line.charCodeAt(at) > 90)) return -1;
  let hash = length;
  for (let index = at; index < end; index++) hash = mix(hash, line.charCodeAt(index) | 32);
  const level = byHash.get(hash);
  return level === undefined ? -1 : end * 64 + style * 16 + level;
}

export const levelIn = (packed: number): number => packed & 15;
export const styleIn = (packed: number): number => (packed >> 4) & 3;
export const endIn = (packed: number): number => packed >> 6;

/** Index into `LEVELS` of a word by itself, in any case; `NO_LEVEL` for a word that is none. */
export function levelOfWord(word: string): number {
  return word.length > LONGEST ? NO_LEVEL : (byHash.get(hashOf(word.toLowerCase())) ?? NO_LEVEL);
}

/** As klog, glog and Android write it; -1 for any other letter. */
export function levelOfLetter(code: number): number {
  switch (code) {
    case 86: // V
      return 0;
    case 68: // D
      return 1;
    case 73: // I
      return 2;
    case 87: // W
      return 4;
    case 69: // E
      return 5;
    case 70: // F
    case 67: // C
      return 6;
    default:
      return -1;
  }
}

/** A syslog severity, 0 (emergency) to 7 (debug). @see https://www.rfc-editor.org/rfc/rfc5424#section-6.2.1 */
export function levelOfSeverity(severity: number): number {
  return [6, 6, 6, 5, 4, 3, 2, 1][severity] ?? NO_LEVEL;
}

/** An access log has no level of its own: what the server got wrong is an error, what the client did a warning. */
export function levelOfStatus(status: number): number {
  return status >= 500 ? 5 : status >= 400 ? 4 : 2;
}

export function nameOfLevel(index: number): Level | null {
  return LEVELS[index] ?? null;
}
