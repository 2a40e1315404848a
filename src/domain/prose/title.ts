/** A title: what is to be done, in a few words, as one would write it into a list. */
import { imperative } from './imperative.js';
import { plainOf } from './inline.js';
import { languageOf } from './language.js';
import { ASIDE, GERUND_OPENING, INTERJECTION, MANNERLY, NO_PLACE, OPENINGS, PLACE, TAILS } from './manners.js';
import { statedIn } from './stated.js';
import { baseForm, isGerund, isWorkVerb } from './words.js';

const MAX_TITLE = 80;
const MAX_WORDS = 600;

/** Where the words are not English they are only cut: a wrong ending is worse than a long title. */
export function titleOf(words: string): string {
  const plain = unmarked(words.slice(0, MAX_WORDS));
  const language = languageOf(plain);
  if (language !== 'en' && language !== 'und') return cut(plain);
  const asked = withoutManners(plain);
  const trimmed = withoutTail(imperative(asked));
  return cut(capital(tidy(trimmed === '' ? plain : trimmed)));
}

function unmarked(words: string): string {
  const item = words.replace(/^\s*(?:[-*+•◦‣]|\d{1,3}[.)]|#{1,6})\s+/, '').replace(/^\[[ xX]?\]\s*/, '');
  return plainOf(item).replace(ASIDE, '').replace(/\s+/g, ' ').trim();
}

function withoutManners(plain: string): string {
  if (!MANNERLY.test(plain) && !plain.includes(': ')) return plain;
  let rest = plain;
  for (let rounds = 0; rounds < 8; rounds++) {
    const shorter = gerundRequest(OPENINGS.reduce(stripped, withoutInterjection(wanted(withoutPress(rest)))));
    if (shorter === rest) break;
    rest = shorter;
  }
  return placed(rest);
}

function withoutInterjection(text: string): string {
  const match = INTERJECTION.exec(text);
  if (match === null) return text;
  const rest = text.slice(match[0].length);
  const isParted = /[,:;!.–—-]\s*$/.test(match[0]);
  return isParted || isVerbAhead(rest) || /^(?:and|but|so|please|pls|also|btw|hey|hi)\s/i.test(match[0]) ? rest : text;
}

/** `no rush at all, some day when it is quiet: sort …`. */
function withoutPress(text: string): string {
  const colon = text.indexOf(': ');
  if (colon < 3 || colon > 70) return text;
  const rest = text.slice(colon + 2);
  const isPress =
    isVerbAhead(rest) && statedIn(text.slice(0, colon)) !== null && !isWorkVerb(/^\w+/.exec(text)?.[0] ?? '');
  return isPress ? rest : text;
}

/** `we need a quarantine table`. */
function wanted(text: string): string {
  return text
    .replace(
      /^(?:i|we)(?:'d| would)? (?:(?:also|still|really|just) )*(?:need|want|like) (?=(?:an?|another|some|more) )/i,
      'add ',
    )
    .replace(/^(?:i|we) (?:(?:also|still|really|just) )*(?:need|want) (?=the (?:same|rest) )/i, 'do ');
}

function placed(text: string): string {
  const match = PLACE.exec(text);
  if (match === null || NO_PLACE.test(text)) return text;
  const rest = OPENINGS.reduce(stripped, withoutInterjection(text.slice(match[0].length)));
  return isWorkVerb(/^[\w-]+/.exec(rest)?.[0] ?? '')
    ? `${withoutTail(rest)} ${(match[1] ?? '').replace(/^\w/, (sign) => sign.toLowerCase())}`
    : text;
}

function stripped(text: string, form: RegExp): string {
  const match = form.exec(text);
  if (match === null) return text;
  const rest = text.slice(match[0].length);
  // `we must not touch it` must not become an order to touch it.
  return rest === '' || /^(?:not|never|n't)\b/i.test(rest) ? text : rest;
}

function isVerbAhead(rest: string): boolean {
  const first = /^[\p{L}-]+/u.exec(rest)?.[0] ?? '';
  return (
    isWorkVerb(first) ||
    /^(?:please|could|can|would|you|we|i|let's|also|the|a|an|this|that)$/i.test(first) ||
    isGerund(first)
  );
}

function gerundRequest(text: string): string {
  const match = GERUND_OPENING.exec(text);
  if (match === null) return text;
  const rest = text.slice(match[0].length);
  const verb = /^\w+/.exec(rest)?.[0] ?? '';
  const base = isGerund(verb) ? baseForm(verb) : null;
  if (base === null) return text;
  const after = rest.slice(verb.length);
  return base + after;
}

/** Without signs at the end; the search for them begins at every sign amid the text, too. */
const withoutEnd = (text: string): string => (/[A-Za-z\d)]$/.test(text.slice(-1)) ? text : text.replace(ENDS, ''));
const ENDS = /[\s.,;:!?…]+$/;

function withoutTail(text: string): string {
  let rest = text;
  for (let rounds = 0; rounds < 8; rounds++) {
    const shorter = TAILS.reduce((all, tail) => {
      const less = withoutEnd(all).replace(tail, '');
      return less.trim().split(' ').length >= 2 ? less : all;
    }, rest);
    if (shorter === rest) break;
    // `put it on the list for (next week)`
    rest = shorter.replace(/[\s,]+(?:for|by|until|till|on|in|at|to|with|and|or|but|of|from)$/i, '');
  }
  return rest;
}

/** Without brackets and quotes that have no other half, and the signs at its ends. */
function tidy(text: string): string {
  let rest = text.trim();
  for (const [open, close] of [
    ['(', ')'],
    ['[', ']'],
  ] as const) {
    const opens = rest.split(open).length;
    const closes = rest.split(close).length;
    if (opens > closes) rest = rest.slice(0, rest.lastIndexOf(open)).trim() || rest;
    if (closes > opens) rest = rest.replace(close, '');
  }
  for (const quote of ['"', '“', '„'])
    if (quote !== '"' ? rest.includes(quote) && !rest.includes('”') : rest.split('"').length % 2 === 0)
      rest = rest.replace(quote, '');
  return rest
    .replace(/^[\s\-–—:;,.!?•>]+(?=[^\s\d])(?<!\s-(?=-))/, (debris) =>
      /[.-]$/.test(debris) && /\w/.test(rest.charAt(debris.length)) ? debris.slice(-1).trim() : '',
    )
    .replace(/[\s,;:.!?…–—-]+$/, '');
}

function capital(text: string): string {
  const first = /^\S+/.exec(text)?.[0] ?? '';
  // `useSocket.ts`, `npm_config`, `/ws/chat` and `--unit` are written as they are.
  if (/[_/\\.@\d]|^[-$~#]|[a-z][A-Z]/.test(first)) return text;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function cut(text: string): string {
  if (text.length <= MAX_TITLE) return text;
  const kept = text.slice(0, MAX_TITLE - 1);
  const blank = kept.lastIndexOf(' ');
  const whole = blank > MAX_TITLE / 2 ? kept.slice(0, blank) : kept.replace(/[\ud800-\udbff]$/, '');
  return `${whole.replace(/[\s,;:.(–—-]+$/, '')}…`;
}
