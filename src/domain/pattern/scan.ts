/**
 * One pass over a text by character codes, without regular expressions: tokens, and which of them are values by their shape.
 * One file of more than 200 lines, since the loops share the classes of characters and the buffers.
 */

export const WORD = 0;
export const VALUE = 1;
export const MARK = 2;

/** Where in `Scan.text` a token stands. The arrays are reused by the next scan. */
export interface Scan {
  text: string;
  count: number;
  readonly kind: Uint8Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** 1 where blanks stand in front of the token. */
  readonly gap: Uint8Array;
}

/** More tells no more about what kind of message it is. */
const MAX_TOKENS = 160;
/** A text is looked at so far; what follows is data. */
const MAX_CHARS = 8_192;
const WILDCARD = '<*>';

const [BLANK, HEX, LETTER, DIGIT, GLUE, BREAK] = [0, 1, 2, 3, 4, 5];
/** All but ASCII is letters, so that any language has words. */
const CLASSES = new Uint8Array(1 << 16).fill(LETTER);
for (let code = 0; code < 128; code++) {
  const char = String.fromCharCode(code);
  if (code <= 32 || code === 127) CLASSES[code] = BLANK;
  else if (/[a-f]/i.test(char)) CLASSES[code] = HEX;
  else if (/[a-z]/i.test(char)) CLASSES[code] = LETTER;
  else if (/[0-9]/.test(char)) CLASSES[code] = DIGIT;
  else CLASSES[code] = '=,;|()[]{}<>"\'`:'.includes(char) ? BREAK : GLUE;
}
CLASSES[0xa0] = BLANK;
// Every code of a string is in the table.
const classOf = (code: number): number => CLASSES[code] as number;
const isHex = (code: number): boolean => classOf(code) === HEX || classOf(code) === DIGIT;
const isDigit = (code: number): boolean => classOf(code) === DIGIT;
const isLetter = (code: number): boolean => classOf(code) === HEX || classOf(code) === LETTER;

const COLON = 58;
const SLASH = 47;
const QUESTION = 63;
const BACKSLASH = 92;
const DOT = 46;
const AT = 64;
const UNDERSCORE = 95;
const DASH = 45;
const STAR = 42;
const BANG = 33;
const LESS = 60;
const MORE = 62;
const OPEN = 91;
const MAX_TAG = 80;

/** Room for so many tokens. */
export const emptyScan = (size: number): Scan => ({
  text: '',
  count: 0,
  kind: new Uint8Array(size),
  start: new Int32Array(size),
  end: new Int32Array(size),
  gap: new Uint8Array(size),
});

const scanned = emptyScan(MAX_TOKENS + 8);

/** The result is overwritten by the next call. */
export function scan(text: string): Scan {
  const s = scanned;
  s.text = text;
  s.count = 0;
  const end = Math.min(text.length, MAX_CHARS);
  let at = 0;
  let gap = 0;
  while (at < end && s.count < MAX_TOKENS) {
    const code = text.charCodeAt(at);
    const kind = classOf(code);
    if (kind === BLANK) {
      gap = 1;
      at++;
      continue;
    }
    if (kind < BREAK && code !== DOT) at = readAtom(s, text, at, end, gap);
    else at = readMark(s, code, at, end, gap);
    gap = 0;
  }
  return s;
}

/** What begins with a mark, which is most often the mark itself; one that is repeated counts once. */
function readMark(s: Scan, code: number, at: number, end: number, gap: number): number {
  const { text } = s;
  const next = at + 1 < end ? text.charCodeAt(at + 1) : 0;
  if (code === DOT && (next !== DOT || text.charCodeAt(at + 2) === SLASH)) return readAtom(s, text, at, end, gap);
  if (code === LESS && text.startsWith(WILDCARD, at)) {
    const first = s.count;
    push(s, VALUE, at, at + 3, gap);
    const to = readAtom(s, text, at + 3, end, 0);
    // What is glued to it is part of the value, but for the full stop behind.
    const stop = s.count - 1;
    s.count = first + 1;
    if (stop > first && s.kind[stop] === MARK) push(s, MARK, s.start[stop] ?? 0, s.end[stop] ?? 0, 0);
    return to;
  }
  if (code === OPEN && text.startsWith('[redacted:', at)) {
    const to = readTag(s, at, gap);
    if (to > at) return to;
  }
  // `::1` is an address where it stands alone, the end of a name in `Name::add`.
  const apart = gap === 1 || s.count === 0 || s.kind[s.count - 1] === MARK;
  if (code === COLON && next === COLON && apart && isHex(text.charCodeAt(at + 2))) {
    const to = readAtom(s, text, at + 2, end, gap);
    s.kind[s.count - 1] = VALUE;
    return to;
  }
  push(s, MARK, at, at + 1, gap);
  let to = at + 1;
  while (to < end && text.charCodeAt(to) === code && (code !== LESS || !text.startsWith(WILDCARD, to))) to++;
  return to;
}

/** `[redacted:type]` and `[redacted:type:hash]` are one word: which secret it was does not count. */
function readTag(s: Scan, at: number, gap: number): number {
  const { text } = s;
  const close = text.indexOf(']', at);
  if (close < 0 || close - at > MAX_TAG) return at;
  const colon = text.indexOf(':', at + '[redacted:'.length);
  push(s, WORD, at, colon > 0 && colon < close ? colon : close, gap);
  push(s, MARK, close, close + 1, 0);
  return close + 1;
}

function push(s: Scan, kind: number, start: number, end: number, gap: number): void {
  const at = s.count++;
  s.kind[at] = kind;
  s.start[at] = start;
  s.end[at] = end;
  s.gap[at] = gap;
}

/**
 * A run of characters without blanks or brackets; a colon belongs to it only within times, ports, addresses, URLs and drives.
 * @returns where to go on: behind it
 */
function readAtom(s: Scan, text: string, from: number, end: number, gap: number): number {
  let letters = 0;
  let digits = 0;
  let slashes = 0;
  let backslashes = 0;
  let ats = 0;
  let dots = 0;
  let hex = true;
  let url = false;
  let query = false;
  let at = from;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    const kind = classOf(code);
    if (kind === LETTER) {
      letters++;
      hex = false;
    } else if (kind === HEX) letters++;
    else if (kind === DIGIT) digits++;
    else if (kind === BLANK) break;
    else if (kind === GLUE) {
      if (code === DOT) {
        // The dots that lead from a name to its value in a table.
        if (slashes === 0 && at > from && at + 1 < end && text.charCodeAt(at + 1) === DOT) break;
        dots++;
      } else if (code === SLASH) slashes++;
      else if (code === BACKSLASH) backslashes++;
      else if (code === AT) ats++;
      else if (code === QUESTION) query = slashes > 0;
      if (code !== DASH && code !== UNDERSCORE) hex = false;
    } else if (query && code !== 34 && code !== 39 && code !== 41 && code !== MORE) {
      // What is asked of a path is full of signs that part words elsewhere.
    } else {
      if (code !== COLON || at + 1 >= end) break;
      const next = text.charCodeAt(at + 1);
      if (next === SLASH && text.charCodeAt(at + 2) === SLASH) url = true;
      else if (at === from + 1 && (next === BACKSLASH || next === SLASH)) backslashes++;
      else if (!isHex(next)) break;
      else if (
        !(isDigit(next) && (dots > 0 || (at > from && isDigit(text.charCodeAt(at - 1))))) &&
        !(hex && at - from >= 2)
      )
        break;
    }
  }
  let to = at;
  // Full stops and the like at the end belong to the sentence.
  while (to > from) {
    const code = text.charCodeAt(to - 1);
    if (code === DOT) dots--;
    else if (code !== BANG && code !== QUESTION) break;
    to--;
  }
  if (to === from) {
    if (at > from) push(s, MARK, from, from + 1, gap);
    return at;
  }
  if (letters + digits === 0 && slashes < 2) {
    // `****` stands where a value is hidden or missing.
    push(s, text.charCodeAt(from) === STAR && to - from > 2 ? VALUE : MARK, from, from + 1, gap);
  } else {
    const value =
      digits > 1 ||
      (digits === 1 && !isNameWithDigit(text, from, to, letters)) ||
      url ||
      slashes > 1 ||
      (slashes > 0 && (dots > 0 || text.charCodeAt(from) === SLASH)) ||
      backslashes > 1 ||
      (ats > 0 && letters > 1) ||
      (hex && letters >= 8) ||
      // Too short for a word: `x+`, the name of a direction.
      (to - from === 2 && letters === 1);
    push(s, value ? VALUE : WORD, from, to, gap);
  }
  if (to < at) push(s, MARK, to, to + 1, 0);
  return at;
}

/**
 * End of the letters that a value begins with and that tell its kind, as `node` in `node-12`; `from` where there are none.
 */
export function endOfLead(text: string, from: number, end: number): number {
  let at = from;
  let hex = true;
  for (; at < end && isLetter(text.charCodeAt(at)); at++) if (!isHex(text.charCodeAt(at))) hex = false;
  const next = at < end ? text.charCodeAt(at) : 0;
  return !hex && at - from > 2 && (isDigit(next) || next === DASH || next === UNDERSCORE) ? at : from;
}

/** `log4j`-like: one digit between the letters of a longer name is part of the name. */
function isNameWithDigit(text: string, from: number, to: number, letters: number): boolean {
  if (letters < 6) return false;
  let hex = true;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === DASH) return false;
    if (hex && !isHex(code)) hex = false;
    if (!isDigit(code)) continue;
    const next = at + 1 < to ? text.charCodeAt(at + 1) : 0;
    if (at === from || !isLetter(text.charCodeAt(at - 1)) || !(isLetter(next) || next === UNDERSCORE)) return false;
  }
  return !hex;
}
