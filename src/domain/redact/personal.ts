/** What tells of a person: e-mail addresses, and numbers of payment cards. */
import type { Hit } from './forms.js';
import { ALNUM, canBegin, DIGIT } from './forms.js';
import { charSet, has } from './scene.js';

const WORD = `${ALNUM}_`;
const LOCAL = charSet(`${WORD}.%+-`);
const MAX_LOCAL_CHARS = 64;
const DOMAIN = /[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,63}){1,8}(?![\w-])/y;
/** Ends of names that look like an address behind `@` and are none: files in a stack, units, packages, hosts of a network. */
const NO_DOMAIN =
  /\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|kt|php|html?|css|json|vue|so|lock|exe|dll|jar|service|socket|timer|mount|slice|scope|target|local|localdomain|internal|lan)$/i;
/** The account of a machine, as in git@github.com, or of nobody. */
const ACCOUNT = /^(?:git|hg|svn|ssh|root|www-data|no-?reply|do-?not-?reply)$/i;

const email: Hit = {
  places: [WORD, '@', ALNUM],
  take: (scene, at) => {
    const { text } = scene;
    const sign = at - 2;
    if (scene.isCovered(sign - 1, 1)) return;
    let start = sign;
    while (start > 0 && sign - start < MAX_LOCAL_CHARS && has(LOCAL, text.charCodeAt(start - 1))) start -= 1;
    if (text[start - 1] === '\\' && sign - start > 1 && 'nrt'.includes(text[start] ?? '')) start += 1;
    while (text[start] === '.' || text[start] === '-') start += 1;
    // The user of an address such as ssh://git@host; what is longer is no local part.
    if (
      start >= sign ||
      text.startsWith('//', start - 2) ||
      scene.isCovered(start - 2, 1) ||
      has(LOCAL, text.charCodeAt(start - 1))
    )
      return;
    DOMAIN.lastIndex = sign + 1;
    if (!DOMAIN.test(text)) return;
    let end = DOMAIN.lastIndex;
    while (text[end - 1] === '-') end -= 1;
    const domain = text.slice(sign + 1, end);
    if (!/\.[A-Za-z][A-Za-z-]*[A-Za-z]$/.test(domain) || NO_DOMAIN.test(domain)) return;
    if (ACCOUNT.test(text.slice(start, sign))) return;
    scene.add(start, end, 'email', 1);
  },
};

const INSIDE = charSet(`${WORD}.`);
const GROUPED = /\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}(?![\w-])|\d{4}([ -])\d{6}\2\d{5}(?![\w-])/y;
const SOLID = /\d{14,19}(?![\w-]|\.\d)/y;
/** Visa, Mastercard, American Express, Discover, JCB, Diners, UnionPay: first digits and length. */
const ISSUED =
  /^(?:4\d{15}|4\d{18}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|6(?:011|4[4-9]\d|5\d\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|62\d{14,17})$/;

/** What the first digit of a card may be. */
const FIRST = charSet('23456');
const takeCard =
  (pattern: RegExp, back: number): Hit['take'] =>
  (scene, at) => {
    const { text } = scene;
    const start = at - back;
    if (!has(FIRST, text.charCodeAt(start)) || scene.isCovered(start, 1) || !canBegin(scene, start, INSIDE)) return;
    if (text[start - 1] === '-' && /[\w-]/.test(text[start - 2] ?? '')) return;
    pattern.lastIndex = start;
    if (!pattern.test(text)) return;
    const end = pattern.lastIndex;
    if (isLuhn(text, start, end) && ISSUED.test(text.slice(start, end).replaceAll(/\D/g, '')))
      scene.add(start, end, 'card', 1);
  };

/** The check digit of payment cards (ISO/IEC 7812-1). */
function isLuhn(text: string, start: number, end: number): boolean {
  let [sum, isSecond] = [0, false];
  for (let at = end - 1; at >= start; at--) {
    const digit = text.charCodeAt(at) - 48;
    // A blank or a dash between two groups.
    if (digit < 0) continue;
    const twice = digit * 2;
    sum += isSecond ? (twice > 9 ? twice - 9 : twice) : digit;
    isSecond = !isSecond;
  }
  return sum % 10 === 0;
}

const digits = (count: number): string[] => Array<string>(count).fill(DIGIT);

export const EMAIL = email;
export const CARDS: readonly Hit[] = [
  { places: digits(14), take: takeCard(SOLID, 14) },
  { places: [...digits(4), ' -', ...digits(4), ' -', ...digits(4)], take: takeCard(GROUPED, 14) },
  { places: [...digits(4), ' -', ...digits(6), ' -', ...digits(4)], take: takeCard(GROUPED, 16) },
];
