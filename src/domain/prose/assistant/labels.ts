/** What stands before a colon, and what that makes of the words behind it. */
import { cued } from '../../cue/index.js';
import type { Block } from '../model.js';
import { sentencesOf } from '../sentences.js';
import { isAsking } from './clauses.js';
import { lowerFirst, splitInline, startsWork, tellsState } from './items.js';
import type { Found } from './left.js';
import { sectionOf, type Section } from './sections.js';
import type { Said } from './status.js';
import { objectIn, trimmed } from './things.js';
import { CHECKING, MAKING, ofParticiple } from './verbs.js';

export interface Label {
  readonly section: Section;
  readonly rest: string;
}

/** `There are two gaps: …`, `One thing is missing, though: …`, `It works, with three holes: …`. */
const GAPS = cued(
  /^(?=[^:—]{4,110}(?::|\s—)\s)[^:—]{0,90}?\b(?:(?:(?:there(?:'s| is| are)|with|leaves?|has|have|but|except for|known|two|three|one|some|a few|remaining|open)\s(?:[\w-]+\s){0,3}?(?:gaps?|holes?|loose ends?|shortcomings?|open ends?|omissions?|to-?dos)\b)|(?:one|two|three|four|some|a few|several|only|\d) (?:\w+ ){0,2}(?:thing|bit|piece|part|point|item)s?\b[^:—]{0,30}\b(?:missing|lacking|left(?! (?:out|as|alone|in|on|over|me|us|him|her|it|them|to)\b)|open(?! (?:to|source)\b)|remain(?:s|ing)?|pending|unfinished|undone|not there|(?:is|are)n't (?:there|in|done|covered)|not (?:done|covered|in)|outstanding|to do|to be done|(?:i|we) (?:(?:could|did|have|had|can)(?:n't| not)|can't|cannot|never|was not able to|wasn't able to|still (?:have|need) to) (?:yet )?(?:do|done|g[eo]t (?:a?round )?to|finish(?:ed)?|manage(?:d)?|cover(?:ed)?|handled?|change|settle|touch|reach(?:ed)?))\b|(?<=^(?:still )?)missing (?:from|in|here)\b)[^:—]{0,40}(?::|\s—)\s(.{3,})$/i,
);

const NAMELY = cued(/,\s+(?:namely|viz\.?|to wit|that is to say)[,:]?\s+/i);
/** A label ends in one of these, or is made of what a word of these leads in. */
const LEADS_IN = cued(/:|—|namely|viz|to wit|that is to say/i);
const LABEL = cued(/^[^:—,]{3,60}?(?::\s|\s—\s)/);

/** `Two things are outstanding, namely a test and the label`: as a list. */
function counted(sentence: string): string | null {
  const at = NAMELY.exec(sentence);
  if (at === null) return null;
  const list = sentence
    .slice(at.index + at[0].length)
    .replace(/,\s+which\s[^,;]*$/i, '')
    .replace(/\s+and\s+(?=(?:an?|the|our|your|its)\s)/i, ', and ');
  return `${sentence.slice(0, at.index)}: ${list}`;
}

/** `Still open: …`, `Next steps: …` within a paragraph. */
export function labelOf(sentence: string): Label | null {
  if (!LEADS_IN.test(sentence)) return null;
  const list = counted(sentence);
  const gaps = GAPS.exec(sentence) ?? (list === null ? null : GAPS.exec(list));
  if (gaps?.[1] !== undefined && !isAsking(sentence)) return { section: 'left', rest: gaps[1] };
  const at = LABEL.exec(sentence);
  if (at === null || /\bplease\s+\w/i.test(at[0])) return null;
  const section = sectionOf(at[0].replace(/[:—\s]+$/, ''));
  const rest = sentence.slice(at[0].length).trim();
  return section === null ||
    rest.length < 3 ||
    rest.endsWith('?') ||
    (section === 'next' && /^\W*next\W*$/i.test(at[0]))
    ? null
    : { section, rest };
}

/** What a paragraph or an item begins with, apart from what is said of it: `**Export** – not there yet`, `PDF: done`. */
export interface Named {
  readonly label: string;
  readonly rest: string;
}

const NAMED = /^([\p{L}\p{N}`][^:.!?—–]{1,59}?)(?::|\s[—–-])\s+(\S.*)$/u;
/** Words that lead in a remark, whatever it is about. */
const NO_NAME =
  /^(?:note|notes|nb|ps|hint|tip|warning|caution|caveat|caveats|important|attention|heads[- ]?up|fyi|also|update|result|results|summary|question|answer|problem|cause|root cause|reason|why|fix|solution|example|usage|before|after|now|then|first|second|third|one .*|two .*|the (?:one|only|other|main) .*|good (?:news|to know)|bad news|in short|tl;?dr|meaning|effect|impact|risk|context|background|status|state|decision|verdict|conclusion|file|files|to \w+|what .*|how .*|where .*|when .*|if .*)$/i;

export function namedIn(text: string): Named | null {
  const start = text.slice(0, 600);
  const hit = /[:—–-]/.test(start) ? NAMED.exec(start) : null;
  return hit?.[1] === undefined || hit[2] === undefined ? null : { label: hit[1].trim(), rest: hit[2] };
}

const LED_IN =
  /^(?:(?:and|but|so) )?(?:as for|as to|about|regarding|concerning|on the topic of|for|with) ((?:the|that|your|our) [\p{L}\d][^,;:]{1,50}|\p{Lu}[^,;:]{2,50})(?:,|:) /iu;

/** `Dark mode: the colours are in`, `As for the export, …`: what a sentence says that it is about. */
export function topicOf(sentence: string): string | null {
  if (!/[,:—–-]/.test(sentence)) return null;
  const led = LED_IN.exec(sentence.slice(0, 90))?.[1];
  if (led !== undefined) return led;
  const label = namedIn(sentence)?.label;
  return label !== undefined && /^[\p{Lu}\d\x60]/u.test(label) && !/,|\b(?:not|no)\b|n't/i.test(label) && isTopic(label)
    ? label
    : null;
}

/** What a block begins with in bold, where that stayed with it. */
export function ownLabel({ kind, lead, text }: Block): Named | null {
  return kind === 'paragraph' && lead !== null && text.startsWith(`${lead}: `)
    ? { label: lead, rest: text.slice(lead.length + 2) }
    : null;
}

/** Whether it names what is spoken of: `Gift note`, and neither `Heads-up` nor a sentence. */
export const isTopic = (label: string): boolean =>
  label.split(' ').length <= 6 && !NO_NAME.test(label) && sectionOf(label) === null && !tellsState(label);

const NOT_LABEL = /^(?:(?:still|also|but|as yet)\s+)?not\s+(?:yet\s+)?(?:been\s+)?([\p{L}-]+)(?:\s+(?:yet|so far))?$/iu;
/** Whether the words behind say why, and not what. */
const isReason = (rest: string): boolean =>
  !/^(?:what|how|whether|if|when|anything|everything)\b/i.test(rest) &&
  !startsWork(rest) &&
  (/^(?:i|we|there|it|that|nobody|you)\b(?=.*\s)/i.test(rest) || tellsState(rest));

/** `Not deployed: the pipeline is down`, `Not included: the PDF export`: what was not done, and to what. */
export function notDoneBy(label: string, rest: string): readonly Found[] | null {
  const word = NOT_LABEL.exec(label)?.[1]?.toLowerCase();
  const verb = word === undefined ? null : verbOf(word);
  const section = sectionOf(label);
  const [first = rest] = sentencesOf(rest);
  const why = isReason(first);
  // Other labels of the kind hold lists, whose items are read as such.
  if (verb === null || (section !== null && !(section === 'untested' && why))) return null;
  const how = CHECKING.has(verb) || /-test$/.test(verb) ? 'untested' : 'unfinished';
  if (why) return [{ how, work: `${verb} the change` }];
  return splitInline(first).flatMap((piece) => {
    const object = objectIn(piece);
    return object === '' ? [] : [{ how, work: `${verb} ${object}` } as const];
  });
}

function verbOf(participle: string): string | null {
  if (participle === 'included') return 'include';
  const tested = /^(\p{L}+-)tested$/u.exec(participle)?.[1];
  if (tested !== undefined) return `${tested}test`;
  const verb = ofParticiple(participle);
  return verb !== null && (MAKING.has(verb) || CHECKING.has(verb)) && !/^(?:fix|resolve|solve|apply|tell)$/.test(verb)
    ? verb
    : null;
}

const END = String.raw`(?=$|\s*[.,;:!(–—]|\s-\s|\s(?:because|since|as|so|but|until|till|yet|so far|for now|either|at all|in this|for (?:the|my|your)|from|here)\b)`;
const NOT_DONE = cued(
  new RegExp(
    String.raw`^(?:(?:sadly|unfortunately|but|still),? )*not (?:yet )?(?:been )?([\p{L}-]+)(?: (?:up|over|through))?${END}`,
    'iu',
  ),
);
const OPEN = cued(
  new RegExp(
    String.raw`^\(?(?:is |are )?(?:still )?(missing|absent|nothing yet|none yet|to come|to do|todo|to be done|outstanding|pending|open|tbd|planned|untouched|undone)${END}`,
    'i',
  ),
);
const BARRED = cued(
  /^(?:blocked|stuck|on hold|parked|waiting (?:for|on)|waits (?:for|on)|no luck|no (?:access|login|permissions?|rights|credentials|key|token|account|network|answer|reply)\b|needs? (?:your|an? (?:approval|decision|login|password))\b|awaiting\b|given up|gave up)/i,
);
/** Says that it cannot go on, and not what it waits for. */
const OUT_OF_LUCK = /^(?:blocked$|stuck$|no luck|given up|gave up)/i;
const DROPPED = cued(
  new RegExp(
    String.raw`^(?:dropped|cancelled|canceled|abandoned|descoped|no longer (?:needed|wanted|planned)|off the (?:table|list)|out of the plan)${END}`,
    'i',
  ),
);
const BEGUN = cued(
  /^(?:in progress|wip\b|under ?way\b|ongoing|started\b|half(?:way)?\b|partly\b|partially\b|in part\b|mostly\b|nearly\b|almost\b|running\b|\d\d? ?%)/i,
);
const DONE = cued(
  new RegExp(
    String.raw`^(?:all )?(?:done|finished|completed?|ready|live|in|in place|fixed|merged|removed|added|shipped|deployed|through|works)${END}`,
    'i',
  ),
);
/** `17 of 23`. */
function isPart(state: string): boolean {
  const [, some, all] = /^(\d{1,6}) (?:of|out of|\/) (\d{1,6})\b(?! (?:tests? )?(?:pass|green))/i.exec(state) ?? [];
  return some !== undefined && all !== undefined && Number(some) < Number(all);
}

/** Of a place or a door it is said that it is open, of a name that it is missing. */
const IS_SO = /\b(?:ports?|door|gate|window|pr|prs|issues?|tickets?|file|connection|access|shop|registration)$/i;

export interface Stand {
  readonly said: Said | null;
  readonly found: Found | null;
}

export const isDoneState = (rest: string): boolean => DONE.test(bareState(rest));

const bareState = (rest: string): string => rest.replace(/^[\p{So}\p{Sk}\uFE0F\u200D\s]+/u, '');

/**
 * How it stands with what a label names: `Confidence intervals: not included`, `Netlify: no login`.
 * @param isAccount other things of the same text are done: then what is not is left
 */
export function standOf(label: string, rest: string, isAccount: boolean): Stand | null {
  const state = bareState(rest).slice(0, 200);
  const said = (one: Said): Stand => ({ said: one, found: null });
  if (BARRED.test(state)) {
    const on = OUT_OF_LUCK.test(state) ? '' : trimmed(objectIn(state)).slice(0, 120);
    return said({ is: 'stuck', about: label, on: on === '' ? null : on });
  }
  if (DROPPED.test(state)) return said({ is: 'dropped', about: label });
  if (BEGUN.test(state) || isPart(state)) return said({ is: 'unfinished', about: label, begun: true });
  if (DONE.test(state)) return said({ is: 'done', about: label });
  const isSure = isAccount || /\b(?:yet|still|so far|for now)\b/i.test(state.slice(0, 40));
  const not = isSure ? NOT_DONE.exec(state)?.[1]?.toLowerCase() : undefined;
  if (not !== undefined) {
    const verb = /^(?:there|in|available|present|included)$/.test(not)
      ? 'add'
      : /^(?:done|finished|complete|completed|ready)$/.test(not)
        ? 'finish'
        : /^(?:started|begun)$/.test(not)
          ? 'do'
          : verbOf(not);
    return verb === null ? null : { said: null, found: workOn(verb, label) };
  }
  const open = isSure && !IS_SO.test(label) ? OPEN.exec(state)?.[1]?.toLowerCase() : undefined;
  return open === undefined
    ? null
    : { said: null, found: workOn(/missing|absent|nothing|none/.test(open) ? 'add' : 'finish', label) };
}

const workOn = (verb: string, label: string): Found => ({
  how: CHECKING.has(verb) || /-test$/.test(verb) ? 'untested' : 'unfinished',
  work: startsWork(label) ? label : `${verb} ${/\s/.test(label) ? lowerFirst(label) : label}`,
});
