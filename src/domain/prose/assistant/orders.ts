/** Bare orders to the reader: `Turn it on when you're ready`, `Run the migration on prod after the deploy`. */
import { cued } from '../../cue/index.js';
import { clausesOf as asksOf } from '../clauses.js';
import { found, verbed, type Found, type Rule } from './left.js';
import { objectIn } from './things.js';
import { isVerb, ofParticiple as participleOf } from './verbs.js';

const ORDER = /^(?:(?:so|then|and|also|finally|afterwards|just|but)\s*,?\s+)?(?:just\s+)?((?:re-)?[\p{L}]+)\s+(.+)$/iu;
/** After what: `After the deploy, …`. */
const AFTER = cued(
  /^(?:after|once|when|as soon as|before)\s+[^,]{3,60},\s+(?:just\s+|please\s+)?((?:re-)?[\p{L}]+)\s+(.+)$/iu,
);
/** When, where or lest what: an order with one of these is meant for now; one without may only tell how a thing is used. */
const MEANT = cued(
  /\b(?:when(?:ever)? (?:you(?:'re| are| have| can| get| feel| like|'ve)|it suits|ready|convenient)|once (?:you|it|that|the|this|everything|all|they|\w+ (?:is|has|are))|as soon as|after (?:the|you|this|that|it|merging|deploying|your)|before (?:you|the|it|this|that|merging|deploying|starting)|tomorrow|tonight|today|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|next (?:week|time)|on (?:prod|production|staging|the (?:server|host|cluster|node|box|live \w+))|in (?:prod|production|staging)|(?:on|in|from|with) your (?:machine|side|end|laptop|account|browser|shell|terminal|phone|environment|console)|otherwise|or else|for (?:this|it) to (?:work|take effect))\b/i,
);
const TOO = /^(?:it|that|them|this|those|these|that one)\s+(?:too|as well|also|there|yourself)[.!]?$/i;
const ALSO = cued(/\b(?:too|as well)\b/i);
const NO_STEP =
  /^(?:use|call|see|open|note|try|let|keep|be|have|look|go|say|tell|read|check|pass|consider|do|get|take|make|give|think|leave|feel|wait|stop|start|select|click|type|find|watch|fix|test|found|done|added|refactor|support)$/i;
const NOT_OBJECT =
  /^(?:is|are|was|were|has|have|had|will|would|should|must|can|could|and|or|of|does|did|do|to|be|fails?|passe?s?|now|still|not|in|on|at|for|by|from|as|with)\b/i;

export const ordered: Rule = ({ text, before, isStrict }) => {
  if (isStrict || !(MEANT.test(text) || ALSO.test(text))) return null;
  const after = AFTER.exec(text);
  const hit = after ?? ORDER.exec(text);
  const verb = hit?.[1];
  const rest = hit?.[2] ?? '';
  if (verb === undefined || !isVerb(verb) || NOT_OBJECT.test(rest)) return null;
  if (TOO.test(rest)) {
    const object = /^\S+(?: one)?/.exec(rest)?.[0] ?? 'it';
    return before.slice(-2).some((clause) => /\byour?\b/i.test(clause))
      ? found('handed', verbed(verb, object, before))
      : null;
  }
  if (NO_STEP.test(verb) || (after === null && !MEANT.test(rest))) return null;
  if (
    /^(?:it|this|that)\s+(?:when|if|whenever)\b/i.test(rest) &&
    !/\bwhen(?:ever)? you(?:'re| are| have|'ve)\b/i.test(rest)
  )
    return null;
  // "Run `x` when you add a table" tells how it is used.
  if (
    /\b(?:whenever|every time|each time|if)\b/i.test(text) ||
    /\bwhen you (?!are|have|can|get|feel|like|want)/i.test(text)
  )
    return null;
  const plain = rest.replace(
    /\s+(?:when(?:ever)? (?:you|it|ready|conv)|once\b|as soon as|after\b|before\b|tomorrow|tonight|today|otherwise|or else).*$/i,
    '',
  );
  return found(/\bbefore\b/i.test(text) ? 'before' : 'handed', verbed(verb, objectIn(plain), before));
};

/** `Two things are on your side.`, `From you I need two steps.`: what follows is for the reader to do. */
const YOUR_PART = cued(
  /^(?:and |but |so |only |still,? )?(?:(?:there (?:are|is)|that leaves|which leaves) )?(?:one|two|three|four|five|some|a few|a couple of|several|the rest|the following)(?: (?:of )?(?:[\w-]+ )?(?:things?|steps?|bits?|points?|jobs?|tasks?|actions?|errands?|parts?|pieces?))?(?: (?:that|which))?(?: (?:is|are|remains?|stays?|will be|falls?|only))*(?: still)?(?: left| open)? (?:(?:on|at) your (?:side|end|plate|desk|list|machine)|yours(?: to do)?|(?:i(?:'d| would|'ll)? )?(?:need|want|ask) (?:from|of) you|(?:i(?:'ll| must| have to)? )?(?:leave|left|hand|pass) (?:over )?to you|(?:needs?|wants?|takes?) (?:you|a human|your (?:hands|login|account|password|rights))|beyond (?:me|my reach|my rights)|out of my (?:reach|hands)|not mine(?: to do)?|up to you|for you(?: to do)?|in your hands|with you|to you|i can(?:'t|not) do(?: for you| from here| myself)?|you (?:still )?(?:have|need) to do(?: yourself)?|only you can do)[^.:]{0,30}[.:]?$/i,
);
/** `Two things only you can do: do this, and that`: the orders behind the colon. */
export function ordersBehind(sentence: string, before: readonly string[]): readonly Found[] {
  const at = sentence.indexOf(': ');
  if (at < 0 || at > 140 || !YOUR_PART.test(sentence.slice(0, at))) return [];
  return ordersIn(asksOf(sentence.slice(at + 2, at + 600).replace(/,\s+(?:otherwise|or else)\s[^;]*$/i, '')), before);
}

export const isYourPart = (sentence: string): boolean => sentence.length < 140 && YOUR_PART.test(sentence);

/** The orders of a sentence that stands among what the reader has to do. */
export function ordersIn(clauses: readonly string[], before: readonly string[]): readonly Found[] {
  return clauses.flatMap((clause, at) => {
    const hit =
      /^(?:(?:first|second|third|then|so|and|please|just|also|finally|next|last|\d[.)])[,:]?\s+)*((?:re-)?[\p{L}]+)\s+(.+)$/iu.exec(
        clause,
      );
    const [verb, rest] = [hit?.[1], hit?.[2] ?? ''];
    if (verb === undefined || !isVerb(verb) || NOT_OBJECT.test(rest)) return [];
    const object = objectIn(rest).replace(/\s+(?:today|tonight|tomorrow|now|soon|at once|right away|once)$/i, '');
    const one = found('handed', verbed(verb, object, [...before, ...clauses.slice(0, at)]));
    return one === null ? [] : [one];
  });
}

const FORGET = cued(
  /^(?:and |but |also )?(?:please )?(?:don't|do not) forget (?:about )?((?:the|your|a|an|to)\s.{2,80})$/i,
);
const REMEMBER_THAT = cued(
  /^(?:please )?(?:remember|don't forget|do not forget|mind|bear in mind|keep in mind) that\s+(.{5,140})$/i,
);
const DUE = cued(/^(.{3,80}?)\s+(?:has|have|needs?|must|should)(?: still)?(?: to)?\s+be\s+([\p{L}-]+)\b\s*(.*)$/iu);

/** `Don't forget the DNS entry`, `Remember that the job has to be enabled on the host`. */
export const reminded: Rule = ({ text, before }) => {
  const that = REMEMBER_THAT.exec(text)?.[1];
  const due = that === undefined ? null : DUE.exec(that);
  if (due?.[1] !== undefined && due[2] !== undefined && participleOf(due[2]) !== null)
    return found('handed', verbed(participleOf(due[2]) ?? '', `${due[1]} ${objectIn(due[3] ?? '')}`.trim(), before));
  const thing = FORGET.exec(text)?.[1];
  if (thing === undefined || /^to\s/i.test(thing)) return null;
  return found('handed', `See to ${objectIn(thing)}`);
};
