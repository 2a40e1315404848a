/** Items of a list that says of itself that it holds work which is left. */
import { cued } from '../../cue/index.js';
import { clausesOf as asksOf } from '../clauses.js';
import { partsOf } from './clauses.js';
import { notByMe, notDone, undone, workIn, type Found, type Rule } from './left.js';
import { inState, notYet } from './states.js';
import type { Section } from './sections.js';
import { putOff, somebodyMust, stillNeeds, toBeDone, mustBeDone } from './steps.js';
import { objectIn, trimmed, unled } from './things.js';
import { handed } from './handed.js';
import { lacks, soFar, undocumented } from './gaps.js';
import { unlooked } from './unlooked.js';
import { isVerb, ofGerund } from './verbs.js';
import { isNounToo } from '../words.js';

const MAX_ITEMS = 12;
const HOW: Readonly<Partial<Record<Section, Found['how']>>> = {
  left: 'left',
  next: 'next',
  untested: 'untested',
  handed: 'handed',
};
const NOTHING =
  /^(?:\W*)(?:none|nothing|n\/?a|no(?:thing)? (?:open|left|remaining|outstanding|follow-?ups?|known|further|more)\b.*|all (?:done|good|clear|set|green)\b.*|done|-+|✅.*|~~.*)[\s.!]*$/iu;
const IS_DONE =
  /^(?:✅|☑|✔|\[x\])|\((?:done|fixed|completed|resolved)\)\s*$|\s[—–-]\s(?:done|fixed|completed|resolved)\b|:\s(?:done|fixed)\.?$/iu;
const RULES: readonly Rule[] = [
  handed,
  unlooked,
  notByMe,
  putOff,
  toBeDone,
  mustBeDone,
  notDone,
  undone,
  somebodyMust,
  stillNeeds,
  lacks,
  notYet,
  inState,
  undocumented,
  soFar,
];

/** The pieces of work that an item names. */
export function workOf(item: string, section: Section, before: readonly string[]): readonly Found[] {
  const how = HOW[section];
  const text = item.slice(0, 400).replace(/^[\p{So}\p{Sk}\uFE0F\u200D\s]+/u, '');
  if (how === undefined || text.length < 3 || NOTHING.test(text) || IS_DONE.test(item) || /\?\s*$/.test(text))
    return [];
  // Names of fields under "not captured" tell what is so; and what the matter is, is no work.
  if (
    section === 'left' &&
    (/^[A-Za-z_$]\w*[\p{Ll}\d_][\p{Lu}_]\w*$/u.test(text) ||
      /^(?:the )?(?:issue|problem|cause|reason) (?:is|was)\b/i.test(text))
  )
    return [];
  const all: Found[] = [];
  for (const part of asksOf(text).slice(0, MAX_ITEMS)) {
    const work = section === 'untested' ? checkOf(part, before) : workOfPart(part, before);
    if (work !== null) all.push({ how, work });
  }
  return all;
}

function workOfPart(part: string, before: readonly string[]): string | null {
  const bare = unled(part).replace(
    /^(?:i(?:'d| would| will|'ll)?|we(?:'d| will|'ll| should)?|you(?:'ll| will| should)?)\s+(?:still\s+)?(?:need to|have to|want to|like to|should|must)?\s*(?=[a-z])/i,
    (led) => (/\b(?:need|have|want|like|should|must|'ll|will|'d|would)\b/i.test(led) ? '' : led),
  );
  const labelled = /^([^:—–]{2,60}?)(?::\s|\s[—–-]\s|\s?—\s?)(.+)$/.exec(bare);
  const first = firstWord(bare);
  if (startsWork(bare, first)) return workIn(trimmed(stopAt(bare)), before);
  if (labelled?.[1] !== undefined && labelled[2] !== undefined) return ofLabel(labelled[1], labelled[2], before);
  const told = toldIn(bare, before);
  if (told !== null) return told;
  const phrase = trimmed(stopAt(bare));
  return phrase === '' ? null : nounWork(phrase);
}

/** `Rate limiting — not wired to /login yet`, `Docs: update the README`. */
function ofLabel(label: string, rest: string, before: readonly string[]): string | null {
  if (startsWork(rest, firstWord(rest))) {
    const work = trimmed(stopAt(rest));
    return /^\p{Lu}?\p{Ll}+$/u.test(label) || work.toLowerCase().includes(label.toLowerCase())
      ? work
      : `${work} (${trimmed(label)})`;
  }
  const phrase = trimmed(label);
  // A place and what it lacks: `ExportDialog: progress indicator`.
  if (/[._/()]|\p{Ll}\p{Lu}/u.test(label) && rest.split(' ').length <= 6 && !nounWork(trimmed(rest)).startsWith('Fix:'))
    return `Add ${lowerFirst(trimmed(rest))} (${phrase})`;
  if (startsWork(phrase, firstWord(phrase))) return workIn(phrase, before);
  const told = toldIn(rest, [...before, `the ${lowerFirst(phrase.replace(/^the /i, ''))} is here`]);
  return told !== null && told.length < 100 ? told : nounWork(phrase);
}

const firstWord = (text: string): string => /^[\p{L}-]+/u.exec(text)?.[0] ?? '';

export function startsWork(text: string, first = firstWord(text)): boolean {
  if (ofGerund(first) !== null)
    return !/\b(?:is|are|was|still|fails?|doesn't|does not|isn't)\b/i.test(text.slice(0, 90));
  if (!isVerb(first)) return false;
  const next = text.slice(first.length).trim();
  if (next === '' || /^(?:is|are|was|were|of|has|have|does|do|fails?|will|would|for the|still)\b/i.test(next))
    return false;
  // "Test coverage for the parser" names a thing, "Test the parser" a deed.
  return (
    !isNounToo(first) ||
    /^(?:the|a|an|that|this|these|those|all|every|each|it|them|your|our|with|on|in|whether|if|how|against|out|up|more|new|old|from|to|as)\b|^["'`/A-Z\d._-]|^\S*[_./]/.test(
      next,
    ) ||
    !/^[\p{L}-]+\s+(?:for|of|in|on|to|is|are)\b|^[\p{L}-]+$/u.test(next) ||
    (/^(?:add|write|run|set|build|move|update|document|test|check|fix|port|wire|hook|translate|rename|replace|support|handle)$/i.test(
      first,
    ) &&
      !/^(?:coverage|cases?|suite|plan|data|config\w*|scripts?|steps?|files?|logs?|results?|errors?|time|limits?)\b/i.test(
        next,
      ))
  );
}

/** Up to where the item goes on to say why, when or what else. */
function stopAt(text: string): string {
  const at = cued(
    /[.!;](?:\s|$)|\s[—–-]\s|—|:\s|\s\((?=(?:it|they|that|because|since|i|we|you|there|which|currently|not|needs?|see)\b)|(?:,\s|\s(?!which(?: [\w-]+){1,3}? to\b))(?:because|since|which|so that|so (?:it|they|that|we)|as (?:it|that|they|this)|but|otherwise|right now|currently|although|though)\s/i,
  ).exec(text);
  return at === null || at.index < 3 ? text : text.slice(0, at.index);
}

function toldIn(text: string, before: readonly string[]): string | null {
  const earlier = [...before];
  for (const clause of partsOf(text)) {
    for (const rule of RULES) {
      const found = rule({ text: unled(clause), before: earlier, isStrict: false });
      if (found !== null) return found.work;
    }
    earlier.push(clause);
  }
  return null;
}

const STATES = cued(
  /\s(?:is|are|was|were|has|have|does|doesn't|don't|do|fails?|crash\w*|throws?|breaks?|hangs?|leaks?|loses?|can|can't|cannot|isn't|aren't|needs?|should|must|will|won't|still|returns?|shows?|gets?|lives?|sits|goes|takes|gives|lacks|knows?|stays?|keeps|runs|relies|depends)\s/i,
);

/** Whether it is a sentence about a thing, and not its name. */
export const tellsState = (phrase: string): boolean =>
  STATES.test(
    ` ${(phrase.split(/\s(?:that|which|who|while|when|where|whose|if|after|before|as)\s/, 1)[0] ?? '').split(' ').slice(1, 9).join(' ')} `,
  );

/** A thing, or what is wrong with it, as work: `German labels for the menu` → `Add German labels for the menu`. */
function nounWork(phrase: string): string {
  const first = firstWord(phrase);
  if (tellsState(phrase)) return `Fix: ${phrase}`;
  if (
    /^(?:an? |the |some |more |unit |integration |e2e |end-to-end |regression |load )*(?:tests?|docs?|documentation|labels?|translations?|pagination|validation|support|error handling|metrics|alerts?|logging|retries|caching|dark mode|\p{Lu}?\w* (?:labels?|tests?|docs?|support|translations?|button|page|endpoint))\b/iu.test(
      phrase,
    )
  )
    return `Add ${lowerFirst(phrase)}`;
  if (/^(?:an?|no)\s/i.test(phrase))
    return `${/\b(?:that|when|while|whose|which|where|with)\b/i.test(phrase) ? 'Handle' : 'Add'} ${lowerFirst(phrase).replace(/^no /, '')}`;
  if (/^the\s/i.test(phrase)) return `Handle ${lowerFirst(phrase)}`;
  return first === '' ? phrase : phrase.charAt(0).toUpperCase() + phrase.slice(1);
}

/** A finding or proposal as one would name it in a list. */
export function findingOf(words: string): string {
  return startsWork(words, firstWord(words)) ? words : nounWork(words);
}

export const lowerFirst = (text: string): string =>
  /^\p{Lu}\p{Ll}/u.test(text) &&
  !/^(?:German|French|English|Spanish|Windows|Linux|Mac|Python|Redis|Android)\b/.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;

/** `the failover against a real Sentinel`, `Windows` under "Not tested". */
function checkOf(part: string, before: readonly string[]): string | null {
  const bare = unled(part);
  if (startsWork(bare, firstWord(bare))) return workIn(trimmed(stopAt(bare)), before);
  const told = toldIn(bare, before);
  if (told !== null) return told;
  const object = trimmed(objectIn(stopAt(bare)));
  return object === '' ? null : `Test ${lowerFirst(object)}`;
}

/** What is left, told in one sentence behind a label: `Remaining: labels, guest mode and the empty state`. */
export function splitInline(rest: string): readonly string[] {
  // "X, Ada has it": the end says something of the last; "X, and Y, which the format allows", too.
  const whole = rest
    .slice(0, 600)
    .replace(/[.!]\s*$/, '')
    .replace(/,\s+(?:(?:the|that|this) )?[\p{L}-]+ (?:is|are|has|have|does|needs?|wants?|will|would)\s[^,;]*$/iu, '');
  const named = whole.replace(/,\s+(?:which|who|where|whose)\s[^,;]*$/i, '');
  const text = /,\s|\sand\s/.test(named) ? named : whole;
  const numbered = text.split(/[,;]?\s*\(?\b\d[.)]\s+/).filter((piece) => piece.trim() !== '');
  if (numbered.length > 1) return numbered.map((piece) => trimmed(piece)).slice(0, MAX_ITEMS);
  const strong = text.split(/;\s+/);
  if (strong.length > 1) return strong.slice(0, MAX_ITEMS);
  const asks = asksOf(text);
  if (asks.length > 1) return asks.slice(0, MAX_ITEMS);
  const pieces = text
    .split(/,\s+(?:and |or )?|\s+and\s+(?=(?:the|a|an|some|its|our)\s|\p{L}+$|\p{L}+ \p{L}+$|\p{L}+ \p{L}+ \p{L}+$)/u)
    .map((piece) => piece.replace(/^and\s+/, ''));
  const isList =
    pieces.length > 1 &&
    pieces.every(
      (piece) =>
        piece.split(' ').length <= 9 &&
        piece.length > 2 &&
        !/^(?:which|who|because|since|so|but|it|they|that|when|while|if|as|where|i|we|you|there)\b/i.test(piece),
    );
  return isList ? pieces.slice(0, MAX_ITEMS) : [text];
}

/** Says how things are, at length, and names no deed. */
export const isStatement = (title: string): boolean =>
  /^Fix: /.test(title) ||
  (title.split(' ').length > 5 &&
    !/^[A-Z`"']?[\w.-]*[/_.]/.test(title) &&
    !isVerb(/^[\p{L}-]+/u.exec(title)?.[0] ?? '') &&
    !/^(?:Handle|Finish|Do|Add|Test|Check)\b/.test(title));
