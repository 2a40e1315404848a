/** More of what bars the way, as a whole sentence tells it: `The settings don't let me run it`, `No tag, gpg asks for a passphrase`. */
import { cued } from '../../cue/index.js';
import { aboutOf, namedBy, stuck, type Said } from './status.js';
import { isPronoun, objectIn } from './things.js';

const CUE = cued(
  /let me|allow me|permit me|held|hold|may not|somebody|someone|from you|send|give|itself|continue|proceed|go on|first|\bno [\p{L}-]+[,:;]|yet[,:;]|can only|reverted|rolled back|backed|put (?:everything|it)|took|taken|what else|word|say-so|nod|blessing|yes from|passphrase|my (?:side|end)|access|won't|refus|cannot|can't/iu,
);
const LETS_NOT = cued(
  /^(?:and |but |so )?((?:the|this|that|my|our|your)\s.{2,60}?|\p{Lu}[\w.-]+)\s+(?:don't|doesn't|won't|wouldn't|didn't|do not|does not|will not|did not)\s+(?:let|allow|permit)\s+(?:me|us|this session)\s+(?:to\s+)?([\p{L}-]+)\b\s*([^,;:.]{0,80})/iu,
);
const HELD_OFF = cued(
  /\b(?:i|we)(?:'ve| have|'m| am)?\s+(?:therefore |so far |deliberately |for now )?(?:held|holding|hold)\s+(?:off|back)\s+(?:(?:on|with|from)\s+|(?=(?:the|that|this|your)\s))((?:the|that|this|your|a|an|any|all)?\s?[\p{L}\d`][^,;:.]{1,60}?)(?=$|[,;:.]|\s(?:until|till|for|before|because|since|as)\b)/iu,
);
const FRONTED_HELD = cued(
  /^(?:and |but )?((?:the|that|your|our)\s[^,;:]{2,50}?|\p{Lu}[\w.-]*(?: [\w.-]+){0,3})\s+(?:i|we)(?:'ve| have)?\s+(?:therefore |so far )?(?:held back|held off(?: on)?|put on hold|kept back)(?=$|[\s,;:.])/iu,
);
/** Refused by a program that asks for what only a person has. */
const ASKS_FOR = String.raw`\b(?:asks?|wants?|needs?|requires?|demands?|expects?|insists on|takes?|is|are|has|have|can't|cannot|won't|refus\w+|den\w+|reject\w+|lacks?|prompts?|fail\w*)\b`;
const NO_X = cued(
  new RegExp(
    String.raw`^(?:sadly,? |but |and )?no ([\p{L}\d][\p{L}\d.-]*(?: (?!yet\b|so\b|for\b)[\p{L}\d.-]+){0,2})(?:\s+(?:yet|so far|for now))?\s?[,:;—–]\s+(?!so\b|but\b|and\b|just\b|only\b)(?=.{0,60}${ASKS_FOR})(.{6,200})$`,
    'iu',
  ),
);
const NOT_TO_BE =
  /^(?:problem|worries|need|change|changes|error|errors|idea|doubt|rush|luck|surprise|thanks|matter|difference|regressions?|warnings?|failures?|issues?|one|longer|more|other|further|access|trouble|harm|hurry|way)\b/i;
const OUTSIDE =
  /\b(?:passphrase|password|login|log-in|token|credentials?|2fa|otp|pin|permission|rights|approval|account|admin|owner|root|you|your|licen[cs]e|signature|terminal|vpn|access|key|captcha|certificate|review|sign-?off)\b/i;
const TAKES_SOMEBODY = cued(
  /\b(?:that|this|it)(?:'ll| will|'d| would)?\s+(?:needs?|takes?|wants?|requires?)\s+(?:some(?:body|one)|an? (?:human|admin|owner|operator)|root|people)\s+(?:with|who|from|in|on|at)\s+(.{2,80})/i,
);
const AND_MAY_NOT = cued(
  /\b(?:i|we)\b[^,;:.]{2,60}?,?\s(?:and|so|where i|but)\s+(?:there\s+)?(?:i\s+)?(?:may not|mustn't|must not|can only (?:read|look)|am not allowed to|have no rights? to)\b\s*([^,;:.]{0,60})/i,
);
const WANTS_WORD = cued(
  /^(?:.{0,200}?(?:,|;|—|\bso|\band|\bbut)\s)?(it|that|this|they|(?:the|that|this|your|our)\s[^,;:]{2,50}?)\s+(?:(?:really|still|first|therefore)\s+)*(?:wants?|needs?|takes?|requires?|calls? for)\s+((?:an?|the|your|some)\s(?:\w+ )?(?:word|nod|yes|say-so|blessing|okay|ok|go|green light|signature|ruling|second opinion)\s+(?:from|by|of)\s.{2,80})$/i,
);
const CANT_CONTINUE = cued(
  /^(?:and |but |so )?((?:the|that|this|your|our|my)\s[^,;:]{2,50}?|\p{Lu}[\w.-]*(?: [\w.-]+){0,3})\s+(?:can't|cannot|can not|won't|will not|isn't able to)\s+(?:continue|go on|proceed|go (?:any )?further|move on|be (?:done|finished|completed|continued)|be [\p{L}-]+(?:ed|n|t)(?= without (?:your|some|an admin|the \S+'s))|start|happen)\s+(?:from|on|without|before|until|as long as|unless)\s+(.{2,120})$/iu,
);
const FOR_X_I_NEED = cued(
  /(?:^|[,;:.]\s)(?:and |but |so )?(?:for|to do|to finish|to make)\s+((?:the|that|this|your|our)\s[^,;:]{2,50}?|it)\s+(?:i|we)(?:'d|'ll| would| will)?\s+(?:(?:only|just|still|first|really|now|also)\s+)*need\s+(?!to\b)([^;:]{3,120})/iu,
);
const FROM_A_PERSON = cued(
  /\b(?:from (?:you|him|her|them|your|the [\p{L}-]+ team|\p{Lu}\p{Ll}+)|your|itself|themselves|the original|a (?:decision|name|yes|login|password|key|token|account)|access|credentials|permission|approval)\b/u,
);
const SEND_ME = cued(
  /^(?:so |and |then |please )*(?:send|give|get|hand|mail|forward|paste|drop|put|pass|let)\s+(?:me|us|it|them|that|one|the)\b[^;:]{2,100}?(?:,|\band|—)\s*(?:and |then |so )*i(?:'ll| will| can|'d| do)?\s+(?:then |also )?(?:fill|swap|add|finish|do|put|go on|continue|carry on|take|build|use|wire|complete|make|set)\b/i,
);
const PEOPLE_FIRST = cued(
  /^(?:and |but |so |then )?((?:some(?:body|one)|they|(?:the|your|our)\s(?:[\p{L}-]+\s)?(?:people|team|folks|owners?|admins?|group|department|guys)|ops|legal|security|infra|\p{Lu}\p{Ll}+)(?:\s(?:with|from|in|who)\s[^,;:]{2,40}?)?)\s+(?:has|have|needs?|must|would have|'d have|will have)\s+to\s+(?!be\b)([^,;:]{3,80}?)\s+first[.!]?$/iu,
);
const ALLOW_IT = cued(
  /\byou(?:'d|'ll| would| will)?\s+(?:have|need)\s+to\s+(?:allow|permit|grant|approve|unlock|unblock|enable)\s+(?:it|that|this|the|me)\b/i,
);
const IS_PAST = cued(/\b(?:at first|earlier|previously|back then|used to)\b/i);

/** Cannot go on without a person. */
export function lockedIn(sentence: string, before: readonly string[]): Said | null {
  if (sentence.length > 600 || !CUE.test(sentence) || IS_PAST.test(sentence)) return null;
  const lets = LETS_NOT.exec(sentence);
  if (lets?.[2] !== undefined) {
    const object = objectIn(lets[3] ?? '');
    const thing = object === '' || isPronoun(object) ? null : aboutOf(object, before);
    return /^(?:see|find|tell|know|say|guess)$/i.test(lets[2])
      ? null
      : stuck(thing === null ? null : `${lets[2]} ${thing}`, lets[0]);
  }
  const held = HELD_OFF.exec(sentence) ?? FRONTED_HELD.exec(sentence);
  if (held?.[1] !== undefined)
    return stuck(namedBy(held[1], before), sentence.slice(held.index + held[0].length) || null);
  const none = NO_X.exec(sentence);
  if (none?.[1] !== undefined && none[2] !== undefined && !NOT_TO_BE.test(none[1]) && OUTSIDE.test(none[2]))
    return stuck(none[1], none[2]);
  const need = FOR_X_I_NEED.exec(sentence);
  if (need?.[1] !== undefined && need[2] !== undefined && FROM_A_PERSON.test(need[2]))
    return stuck(namedBy(need[1], before), need[2]);
  const word = WANTS_WORD.exec(sentence);
  if (word?.[1] !== undefined) return stuck(namedBy(word[1], []), word[2] ?? null);
  const more = CANT_CONTINUE.exec(sentence);
  if (more?.[1] !== undefined && OUTSIDE_OR_ME.test(more[2] ?? ''))
    return stuck(namedBy(more[1], before), more[2] ?? null);
  return gaveUp(sentence, before) ?? ofPeople(sentence);
}

const OUTSIDE_OR_ME = new RegExp(
  `${OUTSIDE.source}|\\b(?:my|here|this (?:side|machine|session)|(?:has|have) (?:sent|delivered|signed|answered|decided|approved|confirmed|replied|said)|sends?|delivers?|answers?|decides?|approves?|signs?|confirms?|replies)\\b`,
  'i',
);

/** Nothing of what was tried is left: `all of them fail, so I took my changes out again`. */
const UNDID = cued(
  /\b(?:i|we)(?:'ve| have|'m| am)?\s+(?:therefore |so |now |then )*(?:reverted|reverting|rolled back|undone|undid|backed out|discarded|dropped|put back|taken back|threw away|thrown away|put|took|taken)\s+(?:(?:all |all of )?(?:my|the|these|those) (?:attempts?|changes?|tries|edits|experiments?|patch(?:es)?)|everything|it all|all of (?:it|them)|all)\b/i,
);
const TOOK_OUT = cued(
  /\band\s+(?:reverted|rolled back|took|undid|backed out|discarded)\s+(?:my|the|all|these|those) (?:attempts?|changes?|edits|of it)\b/i,
);
const IN_VAIN = cued(
  /\b(?:still (?:red|fails?|failing|flaky|broken|hangs?|crash\w*|there)|stays? (?:red|flaky|broken)|red (?:both|every|each)|deadlocks?|(?:all|each|none|neither|both|every one) of (?:them|these|those)|tried|attempts?|tries|in vain|to no avail|couldn't|could not|no (?:cause|better|luck|way)|out of ideas|fails?|failed)\b/i,
);
const NO_MORE_IDEAS = cued(
  /\b(?:don't|do not|didn't|wouldn't) know (?:what|how) (?:else |more )?(?:to (?:try|do)|(?:i|we) (?:could|can) (?:try|do))\b|\bout of (?:\w+ )?ideas\b|\bno (?:more |further |other )ideas?\b/i,
);

/** Given up after trying. */
function gaveUp(sentence: string, before: readonly string[]): Said | null {
  if (NO_MORE_IDEAS.test(sentence) && !/\bif\b/i.test(sentence.slice(0, 20))) return stuck(null, null);
  if (!UNDID.test(sentence) && !TOOK_OUT.test(sentence)) return null;
  return [...before.slice(-3), sentence].some((text) => IN_VAIN.test(text)) ? stuck(null, null) : null;
}

/** What people have to do first; of what work, the sentences before say. */
function ofPeople(sentence: string): Said | null {
  const takes = TAKES_SOMEBODY.exec(sentence);
  if (takes !== null) return stuck(null, takes[0]);
  const may = AND_MAY_NOT.exec(sentence);
  if (may !== null) return stuck(null, may[0]);
  const first = PEOPLE_FIRST.exec(sentence);
  if (first !== null) return stuck(null, first[0]);
  if (ALLOW_IT.test(sentence)) return stuck(null, 'your permission');
  return SEND_ME.test(sentence) ? stuck(null, sentence) : null;
}
