/** A title: what is to be done, in a few words, as one would write it into a list. */
import { cued } from '../cue/index.js';
import { plainOf } from './inline.js';
import { languageOf } from './language.js';
import { ASIDE, GERUND_OPENING, INTERJECTION, MANNERLY, NO_PLACE, OPENINGS, PLACE, TAILS } from './manners.js';
import { statedIn } from './stated.js';
import { baseForm, isGerund, isParticiple, isWorkVerb } from './words.js';

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

const LEFT = cued(
  /(?:,| -| –| —)? (?:(?:is|are|was|were|has been|will be|stays|remains?) (?:(?:still|also|now|deliberately|therefore|intentionally) )*(?:left|open|outstanding|pending|missing|undone|postponed|deferred|remaining|next|not (?:yet )?done(?: yet)?|not (?:yet )?(?:started|begun)(?: yet)?|to be done|to do|on the list|up next|future work|a follow-?up|out of scope|for (?:later|another|a later|a follow|the next))|remains?(?: (?:to be done|open|undone))?|comes next|will follow|(?:can|could|must|has to|have to|will|should) (?:wait|follow|come (?:later|next)))(?=[\s.,;:]|$)[^;]{0,80}$/i,
);

/** Says what is so, or is to be: without one of these none of the forms below is there. */
const STATED = / (?:are|be|ha[sv]|is|must|need|not|ought|should|want|was|were)|n't/i;

function imperative(asked: string): string {
  const text = asked.replace(/[.!?…\s]+$/, '');
  const first = /^[\p{L}-]+/u.exec(text)?.[0] ?? '';
  if (isGerund(first)) return ofGerund(text, first);
  if (!STATED.test(text)) return text;
  return passive(text) ?? obliged(text) ?? needing(text) ?? undone(text) ?? notDone(text) ?? lacking(text) ?? text;
}

/** `removing that wrapper is left for later`, and a gerund alone. */
function ofGerund(text: string, first: string): string {
  const base = baseForm(first) ?? first;
  const left = LEFT.exec(text);
  const object = text.slice(first.length, left === null ? undefined : left.index);
  if (
    left === null &&
    /^\s(?:is|was|does|would|will|has|takes|makes|should|can|needs)\b|\s(?:is|are|was|would be|fails|takes)\s/i.test(
      object,
    )
  )
    return text;
  return /^\s\S/.test(object) ? base + object : text;
}

const ADVERBS = String.raw`(?:(?:still|also|now|really|probably|then|at least|therefore|first|just|all|only|manually|eventually|definitely|finally|always) )*`;
const PASSIVE = new RegExp(
  String.raw`^(?<what>.{2,90}?) ${ADVERBS}(?:(?:needs?|ha(?:s|ve)|ought|remains?|wants?) ${ADVERBS}to ${ADVERBS}be|(?:should|must|shall|can|could|will have to|will need to|would need to|would have to|needs?) ${ADVERBS}be|(?:is|are|'s|'re) ${ADVERBS}to be|(?:is|are) (?:yet|still) to be) (?<adverbs>${ADVERBS})(?<done>[a-z-]+)(?<rest>(?:[ ,].*)?)$`,
  'i',
);

/** `the log format needs to be changed to …`: what is done with it goes first. */
function passive(text: string): string | null {
  const groups = PASSIVE.exec(text)?.groups;
  if (groups === undefined) return null;
  const { what = '', done = '', rest = '' } = groups;
  return active(what, done, rest);
}

function active(what: string, done: string, rest: string): string | null {
  if (!isParticiple(done) || !isNounPhrase(what)) return null;
  const base = baseForm(done);
  if (base === null) return null;
  // `has to be filled in`: the particle goes with its verb.
  const particle = /^ (?:in|out|up|down|off|on|over|away|back)$/i.exec(rest)?.[0] ?? '';
  return `${base}${particle} ${objectOf(what)}${rest.slice(particle.length)}`;
}

const OBLIGED = new RegExp(
  String.raw`^(?<what>.{2,60}?) ${ADVERBS}(?:(?:needs?|ha(?:s|ve)|ought) ${ADVERBS}to|should|must) ${ADVERBS}(?<verb>[a-z-]+)(?<rest>(?: .*)?)$`,
  'i',
);
const DETERMINED = /^(?:the|our|all|each|every|this|that|these|those|both|my|[A-Z]{2,}|[\w-]*[./_])/i;
const OBJECTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    they: 'them',
    he: 'him',
    she: 'her',
    it: 'it',
    this: 'this',
    that: 'that',
  }),
);

/** `the page has to show the prompt`: make it do so. */
function obliged(text: string): string | null {
  const { what = '', verb = '', rest = '' } = OBLIGED.exec(text)?.groups ?? {};
  // `should be idempotent`, `should have a footer`
  if (/^(?:be|have)$/.test(verb) && isNounPhrase(what) && DETERMINED.test(what)) {
    if (verb === 'have')
      return /^ (?:an?|some|more|two|three|its|the) /i.test(rest) ? `give ${objectOf(what)}${rest}` : null;
    return /^ (?:not|able|there|it|on|in|at|to|fine|ok|okay|done|possible|enough|good|easy|clear)\b/i.test(rest) ||
      rest === ''
      ? null
      : `make ${objectOf(what)}${rest}`;
  }
  if (!/^[a-z-]+$/.test(verb) || /^(?:be|not|never|have|use)$/.test(verb) || !isNounPhrase(what)) return null;
  if (/^(?:i|we|you|he|she|who|there|what|nobody|[A-Z][a-z]+)$/i.test(what) && !OBJECTS.has(what.toLowerCase()))
    return null;
  if (verb === 'get' && rest !== '') return `give ${objectOf(what)}${rest}`;
  return isWorkVerb(verb) ||
    /^(?:work|happen|stay|look|fit|match|come|go|appear|end|survive|react|accept|remain|respect|say|carry|contain|wait|become|live|last|fall|feel|sit|stand|belong|depend|know|speak|care|hang|rely)$/.test(
      verb,
    )
    ? `make ${objectOf(what)} ${verb}${rest}`
    : null;
}

function objectOf(what: string): string {
  return OBJECTS.get(what.toLowerCase()) ?? lowered(what);
}

function isNounPhrase(what: string): boolean {
  const words = what.split(' ');
  if (
    words.length > 10 ||
    cued(
      /[,;:?!]|\b(?:if|when|because|which|who|not|never|is|are|was|were|and (?:then|it|they|we|i)|but|so|nobody|nothing)\b/i,
    ).test(what)
  )
    return false;
  return !isWorkVerb(words[0] ?? '') || words.length === 1 || /^[A-Z]/.test(what) || words.length < 4;
}

function lowered(what: string): string {
  return what.replace(
    /^(?:The|A|An|This|That|These|Those|All|Our|My|Your|Their|Its|It|They|Both|Each|Every|Some|Any|Two|Three)(?= |$)/,
    (word) => word.toLowerCase(),
  );
}

/** `the docs need updating`. */
function needing(text: string): string | null {
  const match = cued(
    /^(.{2,90}?) (?:(?:still|also|really) )?(?:needs?|wants?) (?:(?:some|a|more|proper|better) )?([a-z-]+ing)((?:[ ,].*)?)$/i,
  ).exec(text);
  if (match === null) return null;
  const [, what = '', gerund = '', rest = ''] = match;
  const base = isGerund(gerund) ? baseForm(gerund) : null;
  return base === null || !isNounPhrase(what) ? null : `${base} ${objectOf(what)}${rest}`;
}

/** `the importer is not implemented yet`. */
function undone(text: string): string | null {
  const match = cued(
    /^(.{2,90}?) (?:is|are|was|were|has|have)(?: (?:still|also|yet))? ?(?:n't|not|not yet|never|yet to be|un)(?: (?:yet|been|even|fully|properly|actually))* ([a-z-]+)((?:[ ,].*)?)$/i,
  ).exec(text.replace(/\b(is|are|was|were|has|have)n't\b/gi, '$1 not'));
  if (match === null) return null;
  const [, what = '', done = '', rest = ''] = match;
  return active(what, done, rest.replace(/^ (?:yet|so far|for now|at the moment|right now|here|now)(?= |$)/i, ''));
}

/** `the empty state is still missing`. */
function lacking(text: string): string | null {
  const match =
    /^(.{2,60}?) (?:is|are) (?:(?:still|also|completely|just) )*missing(?: (?:from|in|on) (.{2,40}))?$/i.exec(text);
  if (match === null || !isNounPhrase(match[1] ?? '')) return null;
  return `add ${lowered(match[1] ?? '')}${match[2] === undefined ? '' : ` to ${match[2]}`}`;
}

/** `I haven't tested X`, `we did not run the migration`. */
function notDone(text: string): string | null {
  const match =
    /^(?:i|we|you) (?:have|had|did|do|has|could)(?:n't| not)(?: (?:yet|actually|been able to|really|even))* ([a-z-]+) (.+)$/i.exec(
      text,
    );
  if (match === null) return null;
  const [, verb = '', rest = ''] = match;
  const base = baseForm(verb);
  return base === null || base === 'get' || base === 'find' || base === 'see'
    ? null
    : `${base} ${rest.replace(/ (?:yet|so far|at all)$/i, '')}`;
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
