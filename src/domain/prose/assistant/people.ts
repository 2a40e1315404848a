/** What somebody has to do, told by what waits for it: `no badge until somebody prints one`, `nobody has told the pilots`. */
import { cued } from '../../cue/index.js';
import { baseForm } from '../words.js';
import { hinderedIn } from './hindered.js';
import { found, verbed, type Found, type Rule } from './left.js';
import { subjectIn } from './subjects.js';
import { isPronoun, objectIn, resolved } from './things.js';
import { isUse } from './uses.js';
import { MAKING, isVerb, ofParticiple } from './verbs.js';

/** One of these is in whatever the rule below finds. */
const CUE = cued(
  /some(?:body|one)|no-?body|no one|no-one|none of us|until|till|unless|before|\bfirst\b|\bup to\b|\bnot\b|n't|starts?|begin|pick|tackle|continue|resume/i,
);

const NO_ONE = String.raw`(?:some(?:body|one)(?: (?:else|(?:with|from|in|at|on|who) [^,;:]{2,30}?))?|whoever [^,;:]{2,40}?|an? (?:(?:[\p{L}-]+ )?(?:admin|operator|human|owner|maintainer|colleague|person|lawyer|designer|translator|technician|engineer|electrician|plumber|doctor|physician|librarian|moderator|reviewer|accountant|native speaker))|the (?:owner|maintainers?|admins?|[\p{L}-]+ team))`;
/** What is not, or stays, as long as nobody does something about it. */
const UNTIL = cued(
  new RegExp(
    String.raw`^(.{3,160}?)\s(?:until|till|before|unless)\s+${NO_ONE}\s+(?:(?:has|have|can|could|actually|first)\s+)*([\p{L}-]+)\s+(.{2,100})$`,
    'iu',
  ),
);
const IS_BARRED = cued(
  /n't\b|\b(?:not|no|never|nothing|none|cannot|stays?|remains?|waits?|blocked|stuck|hangs?|dead|impossible|useless|off|locked|closed|without)\b/i,
);
/** `until somebody frees one`, of what a clause before says that there is none. */
const NONE_OF = cued(
  /\b(?:no|not an?|without an?|lacks an?|zero) ((?:[\p{L}-]+ ){0,2}?[\p{L}-]{3,})(?=$|[,.;:]|\s(?:left|free|at|on|in|for|here|there|yet|available|so|and|to|with|around)\b)/iu,
);

const TELLING =
  /^(?:tell|inform|notify|warn|remind|invite|brief|answer|reply|approve|sign|book|order|renew|register|announce|contact|proofread|confirm|document|translate|write|migrate|rotate|update|revoke|merge|pay|clean|fix|review|back up|schedule|agree)$/;
const NOBODY_DID = cued(
  /^(?:and |but |so |also )*(?:nobody|no one|no-one|none of us)\s+(?:has|have|'s)\s+(?:so far |yet |actually |ever |really |even |thought to )*([\p{L}-]+)\s+(?:to\s+)?(.{2,120})$/iu,
);
const LONG_AGO = cued(/\b(?:since|in (?:years|months|ages|weeks)|for (?:years|months|ages|weeks))\b/i);

const FIRST = cued(
  /^(.{2,90}?)\s+(?:has|have|needs?|must|ought)(?: to)?\s+(?:be|get)\s+([\p{L}-]+)\b(.{0,80}?)\s+(?:first|beforehand|up front)[.!]?$/iu,
);

const STARTS_ON = cued(
  /^(?:and |but |so )*(.{2,70}?)\s+(?:is|are)\s+(?:what|the (?:thing|part|bit|one)(?: that| which)?|where)\s+(?:i|we)(?:'ll| will|'d| would)?\s+(?:then\s+)?(?:start|begin|continue|carry on|go on|pick up|pick it up|resume|do|tackle|take on|turn to|work on|look at)(?:\s+(?:on|with|at|from|again))?\s+(?:next|tomorrow|first thing|then|later|after|in the (?:next|morning|new)|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|when|once|as soon as)\b/iu,
);

/** `put` of `puts`, also of verbs that name no work elsewhere. */
const plainOf = (word: string): string | null => {
  const lower = word.toLowerCase();
  const base = baseForm(lower) ?? (lower.endsWith('s') && isVerb(lower.slice(0, -1)) ? lower.slice(0, -1) : null);
  return base !== null && (isVerb(base) || MAKING.has(base)) ? base : null;
};

/** Steps that wait for somebody, without an order. */
export const awaited: Rule = ({ text, before, isStrict }) => {
  if (!CUE.test(text)) return null;
  const next = startIn(text);
  if (next !== null) return startsWith(next, before);
  if (isStrict) return null;
  return untilSomebody(text, before) ?? nobodyDid(text, before) ?? mustFirst(text, before);
};

/** What the work goes on with, as `awaited` finds it. */
export const startsOn: Rule = ({ text, before }) => {
  const next = startIn(text);
  return next !== null && CUE.test(text) ? startsWith(next, before) : null;
};

function startIn(text: string): string | null {
  const next = STARTS_ON.exec(text)?.[1];
  return next === undefined || isPronoun(next) || /^(?:here|there|that|this)\b/i.test(next) ? null : next;
}

function startsWith(next: string, before: readonly string[]): Found | null {
  const thing = resolved(next, before);
  return found('next', thing === null || isPronoun(thing) ? null : `Do ${thing}`);
}

function untilSomebody(text: string, before: readonly string[]): Found | null {
  const hit = UNTIL.exec(text);
  if (hit?.[1] === undefined || hit[2] === undefined || hit[3] === undefined || !IS_BARRED.test(hit[1])) return null;
  const clause = text.slice(hit[1].length).replace(/^\s*(?:until|till|before|unless)\s/i, '');
  const verb = plainOf(hit[2]);
  if (verb === null || isUse(clause) || /^(?:say|notice|know|find|see|get|have|do|be)$/.test(verb)) return null;
  const one = /^one\b(.*)$/i.exec(objectIn(hit[3]));
  if (one === null) return found('handed', verbed(verb, objectIn(hit[3]), [...before, hit[1]]));
  for (const earlier of [text.slice(0, hit[1].length), ...before.slice(-3).reverse()]) {
    const thing = NONE_OF.exec(earlier)?.[1];
    if (thing !== undefined)
      return found('handed', `${verb} ${/^[aeiou]/i.test(thing) ? 'an' : 'a'} ${thing}${one[1] ?? ''}`);
  }
  return null;
}

function nobodyDid(text: string, before: readonly string[]): Found | null {
  const hit = NOBODY_DID.exec(text);
  const verb = hit?.[1] === undefined ? null : (ofParticiple(hit[1]) ?? (hit[1] === 'told' ? 'tell' : null));
  if (hit?.[2] === undefined || verb === null || !TELLING.test(verb) || LONG_AGO.test(text)) return null;
  if (/^(?:it|this|that|them|anything|about)\b/i.test(hit[2]) && !/\b(?:yet|so far)\b/i.test(text)) return null;
  return found('left', verbed(verb, objectIn(hit[2].replace(/\s+(?:yet|so far)[.!]?$/i, '')), before));
}

/** Where something stands in the way, what has to be done first is somebody's. */
function mustFirst(text: string, before: readonly string[]): Found | null {
  const hit = FIRST.exec(text);
  const verb = hit?.[2] === undefined ? null : ofParticiple(hit[2]);
  if (hit?.[1] === undefined || verb === null || !hinderedIn(before.slice(-2))) return null;
  const thing = subjectIn(hit[1], before);
  const rest = objectIn(hit[3] ?? '');
  return found('handed', thing === null ? null : `${verb} ${thing}${rest === '' ? '' : ` ${rest}`}`);
}
