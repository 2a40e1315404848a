/** Text of any language in a form that rules are matched against, sign for sign as long as the text itself. */

const LATIN = /\p{Script=Latin}/u;
const folded = new Map<string, string>();

/** One sign in lower case without its accent; `й` and the marks of kana tell words apart and stay. */
function foldSign(sign: string): string {
  const known = folded.get(sign);
  if (known !== undefined) return known;
  const lower = sign.toLowerCase();
  let plain = lower.length === sign.length ? lower : sign;
  if (plain === 'ё') plain = 'е';
  else if (plain === 'ß') plain = 's';
  else if (plain === 'ł') plain = 'l';
  else if (plain === '’' || plain === '‘') plain = "'";
  else if (plain === '\u00a0' || plain === '\u3000' || plain === '\u202f') plain = ' ';
  else if (LATIN.test(plain)) plain = plain.normalize('NFD').charAt(0);
  if (folded.size < 4_000) folded.set(sign, plain);
  return plain;
}

/** Lower case without accents, every sign in its place. */
export function plainly(text: string): string {
  return text.toLowerCase().length === text.length
    ? text.replace(/[^\u0020-\u0040\u005b-\u007e]/g, foldSign)
    : text.replace(/[^]/g, foldSign);
}

/** The source of an expression made plain; `\\S` and `\\p{L}` are no letters of it. */
const plainSource = (source: string): string =>
  source.replace(/\\p\{[^}]*\}|\\.|[^\\]+/gu, (part) => (part.startsWith('\\') ? part : plainly(part)));

/** Of any of these words or phrases, as whole words. `|` parts them, as in every expression. */
export function word(source: string, flags = 'u'): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${plainSource(source)})(?![\\p{L}\\p{N}_])`, flags);
}

/** The same at the start of a text, with the blanks and marks after it. */
export function start(source: string): RegExp {
  return new RegExp(`^(?:${plainSource(source)})(?![\\p{L}\\p{N}_])[\\s,:!.]*`, 'u');
}

const QUOTE_CHARS = 200;
export const quoteOf = (text: string): string =>
  text.length > QUOTE_CHARS ? `${text.slice(0, QUOTE_CHARS - 1)}…` : text;

const MAX_TITLE = 80;

/** First letter upper case, nothing that dangles, short. */
export function titled(text: string): string {
  const bare = text
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;:.!?¡¿、。，；：–—-]+/u, '')
    .replace(/[\s,;:.!?…、。，；：！？–—]+$/u, '');
  const first = /^\S+/.exec(bare)?.[0] ?? '';
  const isName = /[_/\\.@\d]|^[-$~#]|\p{Ll}\p{Lu}/u.test(first);
  const whole = isName ? bare : bare.charAt(0).toUpperCase() + bare.slice(1);
  if (whole.length <= MAX_TITLE) return whole;
  const kept = whole.slice(0, MAX_TITLE - 1);
  const blank = kept.lastIndexOf(' ');
  const end = blank > MAX_TITLE / 2 ? kept.slice(0, blank) : kept.replace(/[\ud800-\udbff]$/, '');
  return `${end.replace(/[\s,;:.(–—-]+$/u, '')}…`;
}

/** Removes every match from the text; matched in its plain form, cut from the text itself. */
export function without(text: string, form: RegExp): string {
  const plain = plainly(text);
  let rest = '';
  let from = 0;
  for (const match of plain.matchAll(form)) {
    rest += `${text.slice(from, match.index)} `;
    from = match.index + match[0].length;
  }
  return from === 0
    ? text
    : (rest + text.slice(from))
        .replace(/\s+/g, ' ')
        .replace(/\s+([,.;:!?])(?=\s|$)/g, '$1')
        .trim();
}

/** The first words of what is said: who or what it is said of stands there in most languages. */
export const firstWords = (said: string): string => said.split(/\s+/).slice(0, 4).join(' ');

/** What began a sentence and does so no more: `На Switch`, `Le texte`. */
export const lowered = (text: string): string =>
  /^\p{Lu}(?:\p{Ll}{0,2}|['’])(?=\s|['’\p{L}])/u.test(text) && !/^\p{Lu}\p{Lu}|^\p{Lu}\p{Ll}{3,}/u.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;
