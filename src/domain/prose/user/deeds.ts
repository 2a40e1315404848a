/** What a user says, amid the work, that somebody did, whatever the verb: `Maria has archived the logs`, `the tags are pinned already`. */
import { cued } from '../../cue/index.js';
import { baseForm, isParticiple } from '../words.js';
import { baseOfPast } from './past.js';
import { aboutOf } from './withdraw.js';
import { VERBS, wordSet } from './words.js';

const LEAD =
  /^(?:(?:and|but|so|ok(?:ay)?|oh|hey|hi|yes|yeah|yep|no(?! need)|fyi|btw|update|good news|by the way|meanwhile|in the meantime|right|great|cool|thanks|thank you|k|well|perfect|good)(?:[,:.!–—-]+ ?| )+(?=\S))+/i;
const WHEN = String.raw`(?:yesterday|today|already|just now|now|right away|this (?:morning|afternoon|week|evening)|last (?:night|week|month|\w+day)|earlier|on \w+day|by hand|manually|myself|ourselves|in the meantime|meanwhile|(?:an?|one|two|ten|\d+) \w+ ago|over (?:lunch|the weekend)|too|as well|at last|while you (?:were|worked)\b.{0,25}|before lunch|in between)`;
const ADVERB = String.raw`(?:already|just|finally|now|also|since|meanwhile|quickly|both|all|actually)`;
const WHO = String.raw`(?:i|we|he|she|they|somebody|someone|ops|legal|support|marketing|finance|design|hr|sales|security|qa|infra|(?:[Mm]y|[Oo]ur|[Tt]he|[Aa]) (?:[a-z-]+ ){0,2}?(?:boss|manager|lead|colleagues?|co-?workers?|teammates?|team|admins?|people|guys|folks|client|customer|vendor|provider|hoster|host|supplier|designer|translator|owner|dba|sysadmin|department|office|agency|intern|tester|developer|engineer)|(?!It\b|This\b|That\b|There\b|What\b|Build\b|Tests?\b|Server\b|Deploy\b|Script\b|Job\b|Process\b|Nothing\b|Everything\b|Something\b|Command\b|You\b|Please\b|And\b|But\b|The\b|Now\b|Then\b|Also\b|Users?\b|Customers?\b|Just\b|Already\b|Finally\b)[A-Z][\p{L}'-]{1,14})`;
const DID = String.raw`(?:did|done|finished|completed|fixed|handled|solved|made|sorted(?: out)?|wrote|written|took care of|taken care of|dealt with|saw to|seen to|wrapped up|set up)`;
const PRONOUN = String.raw`(?:it|that|this|those|them|these|everything|all of (?:it|that|them)|so)`;
const BECAUSE = String.raw`(?:,|;|\.|:| [–—-]| as| because| since)+ `;
const REST = String.raw`(?:[,;.–—-]+ ?.{0,80})?$`;
/** Some deed, and what it was done to. */
const DEED = new RegExp(
  String.raw`^(${WHO})(?:'ve|'s|'d| has| have| had)?((?: ${ADVERB})*) (took care of|taken care of|dealt with|[a-z]+(?: (?:up|out|off|in|down|over|back))?) ((?:the|our|my|all|both|that|those|these|this|an?) .{2,90}?|[\w./-]+\b.{0,80}?)((?: ${WHEN})*)$`,
  'u',
);
const BARE = new RegExp(
  String.raw`^((?:${ADVERB} )+)?(${DID}|[a-z]+ed) ((?:the|our|my|all|both|that|those|these) .{2,90}?)((?: ${WHEN})*)$`,
  'i',
);
const OVER = new RegExp(
  String.raw`^(?:(?:i'?m|we'?re|i am|we are) (?:${ADVERB} )*)?(?:done|through|finished|ready) with (the .{2,60}?)((?: ${WHEN})*)$`,
  'i',
);
const PASSIVE = new RegExp(
  String.raw`^((?:[Tt]he |[Oo]ur |[Mm]y |[Tt]hat |[Tt]hose |[Aa]ll )?[\w][\w./'"-]*(?: [\w./'"-]+){0,6}?) (is|are|was|were|has been|have been|got)((?: ${ADVERB})*) ([a-z]+)((?: (?:${WHEN}|by (?:[A-Z][\p{L}'-]+|ops|legal|support|(?:my|our|the) \w+(?: team)?)|thanks to .{2,30}|for good|again))*)$`,
  'u',
);
const THROUGH =
  /^((?:the |our |my |that )?[\w][\w./'"-]*(?: [\w./'"-]+){0,5}?) (?:is|are|'s) (?:(?:now|all|already|finally|both) )*(?:through|out of the way|off the list|up and running|in place|dealt with|taken care of|seen to|handled|wrapped up)(?: (?:now|already|too|as well))*$/i;
const TICKED = new RegExp(
  String.raw`^(?:(?:you|we) can |please |feel free to |let'?s )*(?:(?:check|tick|cross|strike) off (the .{2,60}?|[\w-]+(?: [\w-]+){0,3}?)|(?:check|tick|cross|strike) (the .{2,60}?) off)(?: (?:the|your|our) (?:to-?do )?list)?(?: (?:now|too|as well))*$|^((?:the |our )?[\w][\w ./'-]{2,50}?) can be (?:closed|ticked|crossed|checked|struck)(?: off)?(?: (?:now|the list|too))*$`,
  'i',
);
/** `never mind the imprint, Samir has done it`. */
const NEED_NOT = new RegExp(
  String.raw`^(?:[Nn]ever ?mind|[Nn]o need(?: (?:for|to \w+))?|[Dd]on'?t (?:worry|bother)(?: (?:about|with|to \w+))?|[Ff]orget(?: about)?|[Ss]kip|[Yy]ou can (?:skip|forget|drop|leave out)|[Yy]ou don'?t (?:need|have) to \w+|[Nn]ot needed|[Nn]o worries(?: about)?)(?: ((?:the |that |our )?(?!${WHO} )[\w][\w ./'-]{2,50}?))?(?: any ?more| then)?${BECAUSE}${WHO}(?:'s|'ve| has| have| had)?(?: ${ADVERB})* (?:${DID}|[a-z]+ed|took|taken|filled|sent)(?: (?:in|out|up|off))? ${PRONOUN}\b(?: (?:in|out|up|off)\b)?(?: ${WHEN})*${REST}`,
  'u',
);
/** `no need, Tomasz filled them in`. */
const NO_NEED = new RegExp(
  String.raw`^(?:[Nn]o need|[Nn]ever ?mind|[Nn]ot needed|[Dd]on'?t bother|[Nn]o worries)(?: any ?more| then)?${BECAUSE}${WHO}(?:'s|'ve| has| have| had)?(?: ${ADVERB})* ([a-z]+)(?: (?:in|out|up|off))? ${PRONOUN}\b(?: (?:in|out|up|off)\b)?(?: ${WHEN})*${REST}`,
  'u',
);
/** `done`, `did it by hand, all fine`, `my colleague has done that already`. */
const DONE = new RegExp(
  String.raw`^(?:(?:all |${ADVERB} )*done(?: and dusted)?|(?:${WHO}(?:'ve|'s| has| have| had)? ?)?(?:${ADVERB} )*(?:${DID}|merged|deployed|pushed|sent|ran|run|tested|updated|changed) ${PRONOUN}(?: ${WHEN})*|(?:that|it|this)(?:'s| is| was|s) (?:${ADVERB} )*(?:done|finished|handled|sorted|dealt with|taken care of)(?: ${WHEN})*)(?:,? ?(?:what(?:'s)? (?:is )?next|next|all (?:fine|good|ok|green)|works?(?: fine)?|no problems?|thanks?|thank you|fine|on to the next(?: one)?|and it works|took .{2,20}))?$`,
  'iu',
);
const DONE_OF =
  /\b(?:done|did|finish|complet|fixed|handled|solved|made|sorted|wrote|written|took|taken|dealt|saw to|seen to|wrapped|merged|deployed|pushed|sent|ran|run|tested|updated|changed)/i;
/** One of these stands in all of them. */
const HINT = cued(
  /[a-z](?:ed|id|awn|own|one|itten|aken|iven|osen|oken|ade|ote|ook|old|ept|elt|ent|ought|aught|ew|eft|eld|ound|uilt)\b|\b(?:ran|run|put|set|cut|split|got)\b|tick|check|cross|strike|through|the list|running|in place|finish/i,
);
const UNSURE =
  /\b(?:not|never|if|when|unless|should|must|needs? to|have to|has to|will|would|can(?! be )|could|until|once|as soon as|before(?! lunch)|to be|but|wrong|almost|half|partly|except|instead of|so that|by mistake|accidentally|still|again|only|which|please|whether|maybe|why|how|what|supposed|errors?|fails?|failed|crash\w*|broke\w*|nothing|now it|and (?:now|then|got|it|the|i|we|that))\b|n't\b|\?\s*$/i;
/** What people do to see, to tell and to think is no work that is done. */
const NO_DEED = wordSet(
  'use try see get need want find open start stop play leave keep let hit think say ask tell know look watch click press select notice report mention expect decide agree happen fail break crash like love mean have be go come feel call hear read check show discover observe reproduce lose miss guess assume wonder forget remember discuss talk visit reload refresh scroll drag hover meet take do make',
);
/** Of a thing that is so by itself, as a fault. */
const NO_STATE = wordSet(
  'remove delete drop lose hide cut break disable truncate reset block duplicate rename overwrite clip',
);
const NO_THING =
  /^(?:(?:my|our|her|his|their) minds?|me|us|you|him|her|it|that|this|them|those|these|everything|all|what|the problem|the same|an? (?:error|message|bug|question|problem|mistake|typo|bit|few|lot|look))\b(?! \w+ed\b)/i;
const NO_SUBJECT = /^(?:i|we|you|he|she|they|it|that|this|there|which)\b/i;
const TICKET =
  /^(?:an? |the )?(?:[\w-]+ )?(?:ticket|issue|request|card|bug report|task|story) (?:for|about|on) (?:the )?(.{3,60})$/i;
const WHOLE =
  /^(?:did|done|finished|completed|took care of|taken care of|handled|dealt with|sorted|sorted out|wrapped up)$/;

export interface Deed {
  /** null for what was spoken of last. */
  readonly about: string | null;
  /** It is only handed on. */
  readonly isHanded: boolean;
}

const isWork = (base: string | null): base is string => base !== null && VERBS.has(base) && !NO_DEED.has(base);
const done = (about: string | null): Deed => ({ about, isHanded: false });

/** @param said a sentence that follows an account of work */
export function deedIn(said: string): Deed | null {
  if (said.length > 200 || !HINT.test(said)) return null;
  const text = said
    .replace(LEAD, '')
    .replace(/[\s.,;:!]+$|(?<=next) ?\?$/, '')
    .replace(/^I\b/, 'i');
  const need = NEED_NOT.exec(text);
  if (need !== null) return done(need[1] === undefined ? null : aboutOf(need[1]));
  const filled = NO_NEED.exec(text)?.[1];
  if (filled !== undefined && baseOfPast(filled) !== null) return done(null);
  if (DONE_OF.test(text) && DONE.test(text)) return done(null);
  const [head = ''] = text.split(/[,;] | [–—-] /, 1);
  const [, one, two, three] = TICKED.exec(head) ?? [];
  const ticked = one ?? two ?? three;
  if (ticked !== undefined) return named(ticked);
  if (UNSURE.test(head)) return null;
  const over = OVER.exec(head)?.[1] ?? THROUGH.exec(head)?.[1];
  return over === undefined ? deedOf(head) : named(over);
}

function named(thing: string): Deed | null {
  const about = NO_SUBJECT.test(thing) ? null : aboutOf(thing);
  return about === null ? null : done(about);
}

function deedOf(head: string): Deed | null {
  const passive = PASSIVE.exec(head);
  if (passive !== null) {
    const [, thing = '', is = '', adverb = '', verb = '', when = ''] = passive;
    const base = isParticiple(verb) ? baseForm(verb) : null;
    const isSure = adverb !== '' || when !== '' || is.endsWith('been');
    if (isWork(base) && isSure && !NO_STATE.has(base) && !NO_SUBJECT.test(thing))
      return done(aboutOf(`${base} ${thing}`));
  }
  const deed = DEED.exec(head);
  const by = deed === null ? null : toThing(deed[3] ?? '', deed[4] ?? '');
  if (by !== null) return by;
  const bare = BARE.exec(head);
  if (bare === null) return null;
  const verb = (bare[2] ?? '').toLowerCase();
  const isSure = bare[1] !== undefined || (bare[4] ?? '') !== '' || WHOLE.test(verb);
  return isSure ? toThing(verb, bare[3] ?? '') : null;
}

function toThing(verb: string, thing: string): Deed | null {
  const ticket = TICKET.exec(thing)?.[1];
  if (ticket !== undefined) {
    const about = aboutOf(ticket.replace(/ with .*$/i, ''));
    return about === null ? null : { about, isHanded: true };
  }
  if (NO_THING.test(thing)) return null;
  if (WHOLE.test(verb)) return named(thing);
  const [first = '', ...more] = verb.split(' ');
  const base = baseOfPast(first) ?? (isParticiple(first) ? baseForm(first) : null);
  const about = isWork(base) ? aboutOf(thing) : null;
  return base === null || about === null ? null : done([base, ...more, about].join(' '));
}
