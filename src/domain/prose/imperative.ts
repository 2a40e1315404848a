/** What is said of a thing, turned into what is to be done: `the flag has to be renamed`, `tests are missing`. */
import { cued } from '../cue/index.js';
import { baseForm, isGerund, isParticiple, isWorkVerb } from './words.js';

const LEFT = cued(
  /(?:,| -| –| —)? (?:(?:is|are|was|were|has been|will be|stays|remains?) (?:(?:still|also|now|deliberately|therefore|intentionally) )*(?:left|open|outstanding|pending|missing|undone|postponed|deferred|remaining|next|not (?:yet )?done(?: yet)?|not (?:yet )?(?:started|begun)(?: yet)?|to be done|to do|on the list|up next|future work|a follow-?up|out of scope|for (?:later|another|a later|a follow|the next))|remains?(?: (?:to be done|open|undone))?|comes next|will follow|(?:can|could|must|has to|have to|will|should) (?:wait|follow|come (?:later|next)))(?=[\s.,;:]|$)[^;]{0,80}$/i,
);

/** Says what is so, or is to be: without one of these none of the forms below is there. */
const STATED = / (?:are|be|ha[sv]|is|must|need|not|ought|should|want|was|were)|n't/i;

/** An order, where the words say what is so or is to be in a form that is known; else as it was. */
export function imperative(asked: string): string {
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
