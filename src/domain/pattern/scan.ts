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

const [BLANK, LOWER, UPPER, DIGIT, GLUE, BREAK] = [0, 1, 2, 3, 4, 5];
const CLASSES = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const char = String.fromCharCode(code);
  CLASSES[code] =
    code <= 32 || code === 127
      ? BLANK
      : char >= 'a' && char <= 'z'
        ? LOWER
        : char >= 'A' && char <= 'Z'
          ? UPPER
          : char >= '0' && char <= '9'
            ? DIGIT
            : '=,;|()[]{}<>"\'`:'.includes(char)
              ? BREAK
              : GLUE;
}
const classOf = (code: number): number => (code < 128 ? (CLASSES[code] ?? GLUE) : code === 0xa0 ? BLANK : LOWER);

const isHex = (code: number): boolean =>
  (code >= 48 && code <= 57) || ((code | 32) >= 97 && (code | 32) <= 102 && code >= 65);
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isLetter = (code: number): boolean => (code | 32) >= 97 && (code | 32) <= 122;

const COLON = 58;
const SLASH = 47;
const QUESTION = 63;
const BACKSLASH = 92;
const DOT = 46;
const AT = 64;
const UNDERSCORE = 95;
const DASH = 45;
const STAR = 42;

const scanned: Scan = {
  text: '',
  count: 0,
  kind: new Uint8Array(MAX_TOKENS + 8),
  start: new Int32Array(MAX_TOKENS + 8),
  end: new Int32Array(MAX_TOKENS + 8),
  gap: new Uint8Array(MAX_TOKENS + 8),
};

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
    if (code === 60 && text.startsWith(WILDCARD, at)) {
      const to = endOfAtom(text, at + 3, end);
      push(s, VALUE, at, to, gap);
      at = to;
    } else if (code === DOT && text.charCodeAt(at + 1) === DOT && text.charCodeAt(at + 2) !== SLASH) {
      push(s, MARK, at, at + 1, gap);
      while (at < end && text.charCodeAt(at) === DOT) at++;
    } else if (
      code === COLON &&
      text.charCodeAt(at + 1) === COLON &&
      isHex(text.charCodeAt(at + 2)) &&
      isApart(s, gap)
    ) {
      const to = endOfAtom(text, at + 2, end);
      push(s, VALUE, at, to, gap);
      at = to;
    } else if (kind === BREAK) {
      const to = code === 91 ? endOfTag(text, at) : 0;
      if (to > 0) {
        push(s, WORD, at, to, gap);
        at = to;
      } else {
        let next = at + 1;
        while (next < end && text.charCodeAt(next) === code && !text.startsWith(WILDCARD, next)) next++;
        push(s, MARK, at, at + 1, gap);
        at = next;
      }
    } else {
      const to = endOfAtom(text, at, end);
      at = pushAtom(s, at, to, gap);
    }
    gap = 0;
  }
  return s;
}

/** `::1` is an address where it stands alone, the end of a name in `Name::add`. */
const isApart = (s: Scan, gap: number): boolean => gap === 1 || s.count === 0 || s.kind[s.count - 1] === MARK;

function push(s: Scan, kind: number, start: number, end: number, gap: number): void {
  const at = s.count++;
  s.kind[at] = kind;
  s.start[at] = start;
  s.end[at] = end;
  s.gap[at] = gap;
}

/** End of `[redacted:type]` or `[redacted:type:hash]`, the latter without its hash; 0 where there is none. */
function endOfTag(text: string, at: number): number {
  if (!text.startsWith('[redacted:', at)) return 0;
  const close = text.indexOf(']', at);
  return close > 0 && close - at < 80 ? close + 1 : 0;
}

/** A colon belongs to what it stands in only within times, ports, addresses, URLs and drives. */
function endOfAtom(text: string, from: number, end: number): number {
  let at = from;
  let hex = true;
  let path = false;
  let dotted = false;
  let query = false;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    const kind = classOf(code);
    if (kind === BLANK) break;
    if (code === SLASH) path = true;
    // The dots that lead from a name to its value in a table.
    if (code === DOT) {
      if (!path && text.charCodeAt(at + 1) === DOT) break;
      dotted = true;
    } else if (code === QUESTION) query = path;
    // What is asked of a path is full of signs that part words elsewhere.
    if (query && code !== 34 && code !== 39 && code !== 41 && code !== 62) continue;
    if (kind !== BREAK) {
      if (hex && !isHex(code)) hex = false;
      continue;
    }
    if (code !== COLON || at + 1 >= end) break;
    const next = text.charCodeAt(at + 1);
    const before = at > from ? text.charCodeAt(at - 1) : 0;
    const stays =
      ((isDigit(before) || dotted) && isDigit(next)) ||
      (next === SLASH && text.charCodeAt(at + 2) === SLASH) ||
      (at === from + 1 && (next === BACKSLASH || next === SLASH)) ||
      (hex && at - from >= 2 && isHex(next));
    if (!stays) break;
  }
  return at;
}

/** @returns where to go on: behind the atom */
function pushAtom(s: Scan, from: number, end: number, gap: number): number {
  const { text } = s;
  let to = end;
  // Full stops and the like at the end belong to the sentence.
  while (to > from) {
    const code = text.charCodeAt(to - 1);
    if (code !== DOT && code !== 33 && code !== 63) break;
    to--;
  }
  if (to === from) {
    push(s, MARK, from, from + 1, gap);
    return end;
  }
  let [letters, digits, slashes, backslashes, ats, dots] = [0, 0, 0, 0, 0, 0];
  let [hexOnly, url] = [true, false];
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    const kind = classOf(code);
    if (kind === DIGIT) digits++;
    else if (kind === LOWER || kind === UPPER) {
      letters++;
      if (hexOnly && !isHex(code)) hexOnly = false;
    } else if (code === SLASH) slashes++;
    else if (code === BACKSLASH) backslashes++;
    else if (code === AT) ats++;
    else if (code === DOT) dots++;
    else if (code === COLON && text.charCodeAt(at + 1) === SLASH) url = true;
  }
  if (letters + digits === 0 && slashes < 2) {
    // `****` stands where a value is hidden or missing.
    push(s, text.charCodeAt(from) === STAR && to - from > 2 ? VALUE : MARK, from, from + 1, gap);
  } else {
    const first = text.charCodeAt(from);
    const value =
      digits > 1 ||
      (digits === 1 && !isNameWithDigit(text, from, to, letters)) ||
      url ||
      (first === SLASH && to - from > 1) ||
      slashes > 1 ||
      (slashes > 0 && dots > 0) ||
      backslashes > 1 ||
      (ats > 0 && letters > 1) ||
      (hexOnly && letters >= 8) ||
      // Too short for a word: `x+`, the name of a direction.
      (to - from === 2 && letters === 1);
    push(s, value ? VALUE : WORD, from, to, gap);
  }
  if (to < end) push(s, MARK, to, to + 1, 0);
  return end;
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
