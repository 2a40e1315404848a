/** Titles of markers, which are notes to oneself: `no backoff, this hammers the API`, `the quorum has to follow the hosts`. */
import { languageOf } from '../language.js';
import { titleOf } from '../title.js';
import { baseForm, isParticiple, isWorkVerb } from '../words.js';

const MAX_TITLE = 80;
/** Where the first sentence ends; a dot inside a name or number does not end one. */
const SENTENCE_END = /[.!?](?=[ \t]+[^\p{Ll}])|[。！？]/u;
const MODAL = String.raw`(?:should|must|needs? to|ha(?:s|ve) to|ought to|shall|is to|are to)`;
const OBLIGED = new RegExp(
  String.raw`^(?<subject>.{2,60}?)[ \t]+${MODAL}[ \t]+(?:(?:also|really|probably|actually|eventually|ideally|at some point)[ \t]+)?(?<rest>.+)$`,
  'i',
);
const BARE_MODAL = new RegExp(
  String.raw`^(?:(?:we|you|i|one|someone|somebody|they)[ \t]+)?(?:should|must|needs? to|ha(?:s|ve) to|ought to|want to|could|can)[ \t]+(?:(?:also|really|probably|actually|eventually|ideally)[ \t]+)?(?<rest>.+)$`,
  'i',
);
const LACKS =
  /^(?:no|missing|lacks?|lacking|without|needs?|wants?|requires?|still missing|still needs?)[ \t]+(?:any[ \t]+|some[ \t]+)?(?<what>[^,;:—–(]{3,60}?)(?:(?:,|;|:|[ \t]-|[ \t]?[—–])[ \t]*(?<why>.+))?$/i;
const IS_MISSING =
  /^(?:the[ \t]+)?(?<what>.{3,50}?)[ \t]+(?:is|are)[ \t]+(?:still[ \t]+)?(?:missing|lacking)(?<rest>.*)$/i;
const CONDITION =
  /^(?<when>(?:once|when|after|as soon as|if|before|until)[ \t][^,]{3,60}),[ \t]*(?:then[ \t]+)?(?<rest>.+)$/i;
const BROKEN =
  /^(?<subject>.{0,50}?)\b(?:wrong|broken|incorrect|inaccurate|flaky|racy|leaky|leaks?|crash(?:es)?|hangs?|breaks?|fails?|panics?|deadlocks?|blocks?|loses?|ignores?|ignored|swallow(?:s|ed)|lost|hard-?coded|duplicated?|unsafe|insecure|vulnerable|outdated|stale|not|too|only (?:works?|handles?|supports?|covers?)|overflows?|explodes?|times out|hammers?|does(?:n't| not)|do(?:n't| not)|isn't|is not|aren't|can't|cannot|won't)\b/i;
const QUESTION = /^(?:why|what|how|where|who|which|do|does|is|are|should|can|could|would|will)\b[^?]*\?$/i;

/** What is added where it is merely named: `pagination`, `tests for the retry path`. */
const ARTEFACT =
  /^(?:(?!(?:maybe|perhaps|probably|possibly|the|an?|this|that|these|those|also|then|only|no|all|if|and|or|in|for|to|we|it)\b)\w+[ \t]+)?(?:tests?|docs|documentation|docstrings?|types|typings|validation|pagination|paging|logging|caching|cache|metrics|tracing|monitoring|alerts?|retries|retry|backoff|timeouts?|error handling|rate limit(?:ing)?|throttling|i18n|l10n|a11y|translations?|authentication|authori[sz]ation|permissions? checks?|checks?|indexe?s?|tooltips?|toasts?|spinners?|empty states?|loading states?|dark mode|keyboard (?:shortcuts|navigation)|benchmarks?|examples?|migrations?|fallbacks?|cleanup)\b(?![ \t](?:is|are|has|have|should|must|does|do|was|were|will|can)\b)/i;

/**
 * @param text what stands after the marker, of one line or several
 * @param isFault whether the marker says that something is wrong
 */
export function titleOfMarker(text: string, isFault = false): string {
  const flat = text
    .replace(/\s+/g, ' ')
    .replace(/[ \t]*(?:\*\/|-->)$/, '')
    .trim();
  const end = SENTENCE_END.exec(flat);
  const sentence = (end === null || end.index < 4 ? flat : flat.slice(0, end.index + (flat[end.index] === '?' ? 1 : 0)))
    .replace(/[.:;,]+$/, '')
    .trim();
  return imperative(sentence, isFault);
}

function imperative(sentence: string, isFault: boolean): string {
  const first = /^[\p{L}'-]+/u.exec(sentence)?.[0] ?? '';
  if (QUESTION.test(sentence)) return cut(`Decide: ${sentence}`);
  if (/^don'?t\b|^do not\b/i.test(sentence)) return capital(cut(sentence));
  const condition = CONDITION.exec(sentence)?.groups;
  if (condition !== undefined) {
    const { when = '', rest = '' } = condition;
    const work = imperative(rest, isFault);
    if (work !== '') return cut(`${work} ${when.charAt(0).toLowerCase()}${when.slice(1)}`);
  }
  const lacking = LACKS.exec(sentence)?.groups;
  if (lacking !== undefined && !/^(?:longer|need|idea|one|way|matter|reason)\b/i.test(lacking['what'] ?? '')) {
    const { what = '', why } = lacking;
    // `needs cleaning`, `needs to be …`: what is wanted is a verb.
    const verb = /^needs?|^wants?|^requires?/i.test(sentence) ? baseForm(what.split(' ')[0] ?? '') : null;
    if (verb !== null && /ing$/.test(what.split(' ')[0] ?? ''))
      return cut(`${capital(verb)} this${what.slice((what.split(' ')[0] ?? '').length)}`);
    return cut(why === undefined ? `Add ${what}` : `Add ${what}: ${why}`);
  }
  const bare = BARE_MODAL.exec(sentence)?.groups?.['rest'];
  if (bare !== undefined) return obliged('this', bare) ?? cut(titleOf(sentence));
  if (isWorkVerb(first)) return cut(capital(titleOf(sentence)));
  const { subject, rest } = OBLIGED.exec(sentence)?.groups ?? {};
  if (subject !== undefined && rest !== undefined) {
    const made = obliged(subject, rest);
    if (made !== null) return made;
  }
  const missing = IS_MISSING.exec(sentence)?.groups;
  if (missing !== undefined) return cut(`Add ${missing['what'] ?? ''}${missing['rest'] ?? ''}`);
  if (ARTEFACT.test(sentence)) return cut(`Add ${sentence}`);
  // Of another language we do not know whether it is an order.
  if (BROKEN.test(sentence) || (isFault && /^(?:en|und)$/.test(languageOf(sentence)))) return cut(`Fix: ${sentence}`);
  return cut(capital(titleOf(sentence) || sentence));
}

/** `the quorum` + `follow the hosts` → `Make the quorum follow …`; `the cache` + `be moved` → `Move the cache`. */
function obliged(subject: string, rest: string): string | null {
  const isThis = /^(?:this|that|it|these|those|we|you|i|one)$/i.test(subject);
  const who = isThis
    ? 'this'
    : /^\p{Lu}\p{Ll}+[ '’]/u.test(subject)
      ? `${subject.charAt(0).toLowerCase()}${subject.slice(1)}`
      : subject;
  const [first = '', second = ''] = rest.split(/[ \t]/, 2);
  if (/^(?:not|never)$/i.test(first) && second === 'be') return cut(`Make ${who} ${rest.replace(/\bbe /i, '')}`);
  if (/^(?:not|never)$/i.test(first))
    return cut(isThis ? `Do not ${rest.slice(first.length + 1)}` : `Make ${who} ${rest}`);
  if (/^be$/i.test(first)) {
    const base = isParticiple(second) ? baseForm(second) : null;
    const after = rest.slice(first.length + 1 + second.length).trim();
    if (base !== null) return cut(`${capital(base)} ${who}${after === '' ? '' : ` ${after}`}`);
    return cut(`Make ${who} ${rest.slice(first.length + 1)}`);
  }
  if (isThis) return cut(capital(rest));
  return /^[a-z]/.test(first) ? cut(`Make ${who} ${rest}`) : null;
}

const capital = (text: string): string => {
  const first = /^[\p{Ll}][\p{L}'-]*(?=[\s,]|$)/u.exec(text)?.[0];
  return first === undefined ? text : `${first.charAt(0).toUpperCase()}${text.slice(1)}`;
};

/** At a word, never in the middle of one. */
function cut(text: string): string {
  const bare = text
    .replace(/`/g, '')
    .replace(/\s+/g, ' ')
    .replace(/[\s.:;,]+$/, '')
    .trim();
  if (bare.length <= MAX_TITLE) return bare;
  const at = bare.lastIndexOf(' ', MAX_TITLE - 1);
  return `${bare.slice(0, at > MAX_TITLE / 2 ? at : MAX_TITLE - 1).replace(/[\s,;:(—–-]+$/, '')}…`;
}
