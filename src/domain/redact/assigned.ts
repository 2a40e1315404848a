/**
 * Secrets that are known by the name before them: `password=…`, `"api_key": "…"`, `TOKEN := …`, `--secret …`, `<token>…`. The
 * automaton finds names with a character behind them that may lead to a value; here is what follows.
 */
import type { Hit } from './forms.js';
import {
  entropyOf,
  hasDigit,
  isFiller,
  isSecretValue,
  isSetting,
  JUDGED_CHARS as DIGIT_CHARS,
  LEAST_CHARS,
  looksRandom,
  type Kind,
} from './plausible.js';
import { charSet, charSetWithout, has, type Scene } from './scene.js';

/** What may follow a name directly, so that `tokens` and `keyboard` need no look. */
const LEADS = '"\'`\\] \t\r\n:=>?+|<-';
export const fold = (word: string): string[] => [...word].map((char) => `${char.toLowerCase()}${char.toUpperCase()}`);
export const leading = (word: string): string[] => [...fold(word), LEADS];

const BARE = charSetWithout(' \t\r\n\v\f"\'`},;&\\\0');
/** In an environment file a value goes on to the white space. */
const UP_TO_SPACE = charSetWithout(' \t\r\n\v\f"\'`\0');
const IN_TAG = charSetWithout(' \t\r\n\v\f"\'`<>&\\\0');

const QUOTE = /\\{0,8}["'`]/y;
const OPERATOR = /\s{0,4}(?:=>|->|<-|:{1,3}=(?!=)|[?+]=(?!=)|\|\|=|=(?!=)|:(?![:/=]))(?:[ \t]{5,24}|\s{0,4})/y;
const ALIGNED_OPERATOR = /[ \t]{5,24}(?:=(?!=)|:(?![:/=]))[ \t]{0,24}/y;
/** `token string = "…"`, `token: str = "…"` */
const TYPED =
  /\s{0,2}:?\s{0,2}(?:str|[sS]tring|&str|&'static str|text|char ?\*|Optional\[str\])(?: ?\| ?(?:None|null|undefined))?\s{0,4}=\s{0,4}(?=\\{0,8}["'`])/y;
/** The first two characters of each of these types. */
const TYPE_STARTS: ReadonlySet<string> = new Set(['st', 'St', '&s', "&'", 'te', 'ch', 'Op']);
const LISTED = /\s{0,2},\s{0,4}(?=\\{0,8}["'`])/y;
/** What may stand between the operator and a quote: `("…")`, `b'…'`, `@"…"`. */
const OPENING = /[([]?[bBrRuUL@]?(?=["'`])/y;
const OPENS = charSet('([bBrRuUL@"\'`');
const LONGEST_QUOTED = 4_096;
/** So much of a bare value is looked at for where it ends earlier. */
const JUDGED_CHARS = 300;

interface Value {
  readonly separator: string;
  readonly quoted: boolean;
  readonly start: number;
  readonly end: number;
  /** In a list of arguments or with a rare operator, where only what looks random is one. */
  readonly doubtful: boolean;
}

const after = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
};

const QUOTING = charSet('"\'`\\');
const LEADING_ON = charSet(' \t\r\n\v\f:=?+|<-,');
/** What must follow where an operator begins with one of these. */
const SECOND: Readonly<Record<string, string>> = { '?': '=', '+': '=', '|': '|', '<': '-', '-': '>' };

/** Whether no operator stands at `at`, as two characters tell: most names in a text are no names of values. */
function isNoOperator(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  // White space beyond ASCII is left to the patterns.
  if (code >= 128) return false;
  if (!has(LEADING_ON, code)) return true;
  const second = SECOND[text.charAt(at)];
  return second !== undefined && text.charAt(at + 1) !== second;
}

const SIMPLE = charSet(':=');
const PLAIN = charSetWithout(':=/> \t\r\n\v\f');

/** Where the operator at `at` ends with the white space behind it, or -1. Nearly all are `=` or `: `: these need no pattern. */
function operatorEnd(text: string, at: number): number {
  if (has(SIMPLE, text.charCodeAt(at))) {
    const end = text.charCodeAt(at + 1) === 32 ? at + 2 : at + 1;
    const code = text.charCodeAt(end);
    if (code < 128 && has(PLAIN, code)) return end;
  }
  return after(OPERATOR, text, at);
}

function readValue(scene: Scene, nameEnd: number, isConstant: boolean): Value | null {
  const { text } = scene;
  const closing = has(QUOTING, text.charCodeAt(nameEnd)) ? after(QUOTE, text, nameEnd) : -1;
  let at = closing < 0 ? nameEnd : closing;
  if (text[at] === ']') at += 1;
  if (isNoOperator(text, at)) return null;
  let end = operatorEnd(text, at);
  if (end < 0) end = after(ALIGNED_OPERATOR, text, at);
  const mayBeTyped = end < 0 || (text[at] === ':' && TYPE_STARTS.has(text.slice(end, end + 2)));
  const typed = mayBeTyped ? after(TYPED, text, at) : -1;
  let doubtful = false;
  if (typed >= 0) end = typed;
  else if (end < 0 && closing >= 0) {
    end = after(LISTED, text, at);
    doubtful = true;
  }
  if (end < 0) return null;
  const separator = text.slice(at, end);
  const opened = has(OPENS, text.charCodeAt(end)) ? after(OPENING, text, end) : -1;
  const quoteAt = opened < 0 ? end : opened;
  const inner = has(QUOTING, text.charCodeAt(quoteAt)) ? after(QUOTE, text, quoteAt) : -1;
  if (inner >= 0) {
    const close = closingQuote(scene, text.slice(quoteAt, inner), inner);
    if (close >= 0) return { separator, quoted: true, start: inner, end: close, doubtful };
  }
  if (doubtful || separator.includes('->')) return null;
  // A text that was cut off has no closing quote.
  const start = inner >= 0 ? inner : end;
  const set = isConstant && separator === '=' && inner < 0 ? UP_TO_SPACE : BARE;
  return { separator, quoted: false, start, end: scene.runEnd(set, start), doubtful };
}

/** Where the quote is closed in this line, if it is; a quote with more backslashes before it stands within. */
function closingQuote(scene: Scene, quote: string, from: number): number {
  const last = Math.min(from + LONGEST_QUOTED, scene.next('\n', from));
  let at = from;
  for (let tries = 0; tries < 16; tries++) {
    const close = scene.next(quote, at);
    if (close > last) return -1;
    if (close === from || scene.text[close - 1] !== '\\') return close;
    at = close + 1;
  }
  return -1;
}

const BRACKETS = charSet('([{<');
const DIGITS = charSet('0123456789');
const CLOSING = ')]}>.:!?';
/** An escaped line end with another setting behind it, as where a file stands in a line of JSON. */
const NEXT_SETTING = /\\+[nr](?=[A-Za-z_][\w.-]{0,80}[=:]|[\s#\\]|$)/;

/** A bare value without what belongs to the text around it. */
function trimmed(scene: Scene, { start, end }: Value, isConstant: boolean): number {
  const { text } = scene;
  const judgedEnd = Math.min(end, start + JUDGED_CHARS);
  if (isConstant) {
    const next = NEXT_SETTING.exec(text.slice(start, judgedEnd));
    if (next !== null) return start + next.index;
  }
  return scene.holds(BRACKETS, start, judgedEnd)
    ? end
    : withoutClosing(text, start, end, isConstant ? ')]}>' : CLOSING);
}

/** Where a value ends without the brackets and full stops behind it. */
export function withoutClosing(text: string, start: number, end: number, closing = CLOSING): number {
  let to = end;
  while (to > start && closing.includes(text[to - 1] ?? ' ')) to -= 1;
  return to;
}

const FLAG = /(?<=--(?:[\w-]{1,40}[-_])?)/y;
const FLAG_VALUE = /[ \t]{1,4}["']?([^\s"'`\\\0-][^\s"'`\\\0]{5,4000})/y;
const IS_VALUE = /\s(?:is|was)\s["'`]?([^\s"'`\\\0]{5,400}[^\s"'`\\\0.,;:!?)])/iy;

function isUpperCase(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (text.charCodeAt(at) > 90) return false;
  return true;
}

interface Name {
  readonly kind: Kind;
  readonly type: string;
  /** Whether the value must look random, as the name alone says little. */
  readonly weak: boolean;
}

/** What the text before a name makes of it. Patterns for it look back from the name, so that none searches for its place. */
type Judge = (text: string, nameAt: number) => Name | null;

const stands = (pattern: RegExp, text: string, at: number): boolean => {
  pattern.lastIndex = at;
  return pattern.test(text);
};

function assignment(word: string, judge: Judge): Hit {
  return {
    places: leading(word),
    take: (scene, at) => {
      const { text } = scene;
      const nameEnd = at - 1;
      const nameAt = nameEnd - word.length;
      if (scene.isCovered(nameAt, 1) || scene.isMasked(nameEnd)) return;
      const name = judge(text, nameAt);
      if (name === null) return;
      if (text[nameEnd] === '>' && text[nameEnd + 1] !== '=') takeElement(scene, name, nameAt, nameEnd + 1);
      else if (!takeAssigned(scene, name, nameAt, nameEnd)) takeSpoken(scene, name, nameAt, nameEnd);
    },
  };
}

function takeAssigned(scene: Scene, { kind, type, weak }: Name, nameAt: number, at: number): boolean {
  const { text } = scene;
  const isConstant = isUpperCase(text, nameAt, at);
  const value = readValue(scene, at, isConstant);
  if (value === null) return false;
  const { separator, quoted, start } = value;
  const end = quoted ? value.end : trimmed(scene, value, isConstant && separator === '=');
  const secret = text.slice(start, end);
  const isWholeSetting = (): boolean => isSetting(text, nameAt, separator, secret, end);
  // The cheaper questions first.
  if (end - start < LEAST_CHARS) return true;
  if (
    (weak || value.doubtful) &&
    !(scene.holds(DIGITS, start, Math.min(end, start + DIGIT_CHARS)) && isKeyLike(secret))
  )
    return true;
  if (!isSecretValue(kind, secret, { isConstant, separator, quoted, isWholeSetting })) return true;
  scene.add(start, end, type, 1);
  return true;
}

/** A key of a service rather than a word: for names that say little. */
const isKeyLike = (value: string): boolean =>
  value.length >= 16 && hasDigit(value) && /[A-Za-z]/.test(value) && !/\s/.test(value) && entropyOf(value) >= 3;

const OPENED = /(?<=<[\w.:-]{0,40})/y;

/** `<password>…</password>` */
function takeElement(scene: Scene, { type }: Name, nameAt: number, start: number): void {
  if (!stands(OPENED, scene.text, nameAt)) return;
  const end = scene.runEnd(IN_TAG, start);
  const value = scene.text.slice(start, end);
  if (scene.text[end] !== '<' || isFiller(value)) return;
  if (value.length >= 6 && looksRandom(value)) scene.add(start, end, type, 1);
}

const SPACES = charSet(' \t\r\n');

/** `--password hunter2`, `the password is hunter2` */
function takeSpoken(scene: Scene, { kind, type }: Name, nameAt: number, at: number): void {
  const { text } = scene;
  if (!has(SPACES, text.charCodeAt(at))) return;
  const isFlag = stands(FLAG, text, nameAt);
  const pattern = isFlag ? FLAG_VALUE : kind === 'password' ? IS_VALUE : null;
  if (pattern === null) return;
  pattern.lastIndex = at;
  const value = pattern.exec(text)?.[1];
  if (value === undefined || !hasDigit(value) || isFiller(value)) return;
  scene.add(pattern.lastIndex - value.length, pattern.lastIndex, isFlag ? 'password' : type, 1);
}

const named = (type: string, kind: Kind, weak = false): Name => ({ type, kind, weak });
const always = (kind: Kind): Judge => {
  const name = named(kind, kind);
  return () => name;
};
const where = (kind: Kind, before: RegExp): Judge => {
  const name = named(kind, kind);
  return (text, at) => (stands(before, text, at) || stands(CAMEL, text, at) ? name : null);
};

/** `dbPass` */
const CAMEL = /(?<=[a-z])[A-Z][a-z]/y;
const SECRET_KEY = /(?<=secret[_-]?(?:access[_-]?)?)/iy;
const STRONG_KEY = /(?<=(?:api|access|account|private|auth|signing|encryption|master)[_-]?)/iy;
const WEAK_KEY =
  /(?<=(?:app|application|client|consumer|licen[cs]e|subscription|functions?|shared|storage|service|server|deploy|admin|hmac|webhook|integration|project|session|rest|user)[_-]?)/iy;
const IN_QUERY = /(?<=[?&;]|(?:^|[?&;\s"'])[Xx]-[A-Za-z]{1,40}-)/y;

const SECRET = named('secret', 'secret');
const API_KEY = named('api-key', 'api-key');
const MAYBE_API_KEY = named('api-key', 'api-key', true);
const CREDENTIAL = named('secret', 'secret', true);
const SIGNATURE = named('signature', 'token', true);

const key: Judge = (text, at) => {
  if (stands(SECRET_KEY, text, at)) return SECRET;
  if (stands(STRONG_KEY, text, at)) return API_KEY;
  return stands(WEAK_KEY, text, at) ? MAYBE_API_KEY : null;
};
const credential: Judge = () => CREDENTIAL;
const signature: Judge = (text, at) => (stands(IN_QUERY, text, at) ? SIGNATURE : null);

export const ASSIGNED: readonly Hit[] = [
  assignment('password', always('password')),
  assignment('passwd', always('password')),
  assignment('passphrase', always('password')),
  assignment('pass', where('password', /(?<=[a-z0-9][_-]|require|[?&]|["'])/iy)),
  assignment('pwd', where('password', /(?<=[a-z0-9][_-]|[;&?"']\s?)/iy)),
  assignment('secret', always('secret')),
  assignment('token', always('token')),
  assignment('key', key),
  assignment('credential', credential),
  assignment('credentials', credential),
  assignment('sig', signature),
  assignment('signature', signature),
];
