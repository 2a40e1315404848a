/** More ways to say that it goes no further: `I'm not allowed to`, `The upgrade is a dead end`, `It can't start before somebody plugs it in`. */
import { cued } from '../../cue/index.js';
import { namedBy, stuck, type Said, type Spoken } from './status.js';
import { subjectOf, trimmed } from './things.js';
import { isUse } from './uses.js';

/** One of these is in whatever the patterns below find. */
const CUE = cued(
  /n't|not\b|unable|nowhere|headway|progress|empty|blank|wiser|dead|no-go|non-starter|standstill|impasse|limbo|wall|wait|hang|hold|park|depend|need|before|until|till|unless/i,
);

const ELLIPTIC = cued(
  /^(?:(?:sorry|sadly|unfortunately|alas|no|afraid|but|and|only|that|this|here)[, ]+)*(?:i|we)(?:(?:'m| am|'re| are)(?: simply| just)? (?:not (?:allowed|permitted|able|authori[sz]ed|entitled|cleared) to|unable to)|(?: simply| just)? (?:can't|cannot|can not|couldn't|could not|may not|mustn't|must not|won't be able to|wasn't able to|wasn't allowed to))(?: do (?:so|that|it|this))?(?: (?:here|myself|alone|though|from (?:here|this \w+)|(?:in|on) this \w+|as (?:it|things) (?:is|are|stands?)))*(?:,? (?:sadly|though|unfortunately|alas|i'm afraid|i am afraid))?(?:[.!]?$|[:;]\s)/i,
);
const THING = String.raw`(?:the|that|this|your|our|its|all|both)\s[^,;:]{2,50}?|[\p{Lu}\d][\w./-]*(?: [\w./-]+){0,4}?`;
const NOWHERE = cued(
  new RegExp(
    String.raw`^(?:(?:and|but|so|sadly|only)[, ]+)*(?:(?:for|with|on|as for|in|at|about|regarding)\s+(${THING}),?\s+)?(?:i|we)(?:'ve| have|'m| am)?\s+(?:(?:got|gotten|get|getting|came|come|made|make|making|drew|draw|am)\s+(?:absolutely |simply )?(?:nowhere|no (?:further|headway|progress|wiser)|none the wiser|not far|not anywhere|away empty-handed|up empty|a blank)|(?:didn't|did not|don't|do not|couldn't|can't) (?:get|come|make it) (?:far|anywhere|any (?:further|headway|progress)|very far))(?:\s+(?:with|on|in|at)\s+(${THING}|it|that|this))?(?=$|[.,;:!]|\s(?:because|since|as|so|without|until|there|either)\b)`,
    'iu',
  ),
);
const DEAD_END = cued(
  new RegExp(
    String.raw`^(?:(?:and|but|so|sadly|only)[, ]+)*(${THING})\s+(?:is|are|remains?|stays?|ends in|has hit|have hit|hits?|runs into|leads? (?:in)?to)\s+(?:(?:therefore|currently|now|still|simply|sadly|also|really)\s+)*(?:an? (?:dead end|no-go|non-starter|cul-de-sac|(?:brick )?wall|lost cause)|at (?:a (?:complete )?standstill|an impasse)|in limbo|dead in the water|going nowhere|stuck fast)\b`,
    'iu',
  ),
);
const WHO = String.raw`(?:some(?:body|one)|whoever|you|your|he|she|they|his|her|their|an? (?:admin|operator|human|owner|maintainer|approval|decision|answer|key|login)|the (?:owner|maintainers?|admins?|approval|decision|vendor|supplier|customer|[\p{L}-]+ team|[\p{L}-]+ (?:is|are) (?:signed|approved|back|delivered|there|here))|legal|ops|infra|security|\p{Lu}\p{Ll}+ (?:has|have|gets?|is back|comes|signs?|says|sends?|approves?|agrees|delivers?|frees|gives))\b`;
const NOT_BEFORE = cued(
  new RegExp(
    String.raw`^(?:(?:[Aa]nd|[Bb]ut|[Ss]o)\s+)*([\p{L}\d\x60][^,;:]{1,60}?)\s+(?:can't|cannot|can not|won't|will not|isn't able to|is not able to|is unable to|are unable to|couldn't|could not)\s+(?:be\s+)?([\p{L}-]+)((?:\s[^,;:]{1,60}?)?),?\s+(?:before|until|till|unless|without)\s+(${WHO}.{0,100})$`,
    'u',
  ),
);
/** Those who use it, and what runs by itself: they wait all day. */
const OF_PROGRAM =
  /^(?:it|that|this|there|which|who|i|we|you|they|he|she|one|nobody|users?|people|visitors?|customers?|clients?|guests?|players?|callers?)$|\b(?:users?|clients?|callers?|visitors?|customers?|servers?|workers?|watchers?|importers?|exporters?|loaders?|readers?|writers?|handlers?|threads?|process(?:es)?|scripts?|requests?|buttons?|forms?|pages?|functions?|commands?|jobs?|loops?|daemons?|tests?|players?|guests?)$/i;
const BEFORE_I_CAN = cued(
  /^(?:and |but |so )?(?:before|until|till) (?:i|we)(?: can| could|'m able to| am able to)? (?:get|go|do|carry|take|finish|continue|proceed|start|move|resume|complete|come)\b(?:.{0,30}\b(?:further|on|ahead|forward|anything|more|anywhere|through|with (?:it|this|that)|it|this|that|the rest))?[.!]?$/i,
);
/** What has to be brought by people. */
const BROUGHT = cued(
  new RegExp(
    String.raw`^(?:(?:and|but|so|then|ok(?:ay)?|right|understood|noted|good|fine|sure)[, ]+)*((?:the|that|this|your|our)\s[^,;:]{2,50}?|\p{Lu}?[\p{L}\d.-]+(?: [\p{L}\d.-]+){0,3}?)\s+(?:waits?|is waiting|are waiting|will wait|has to wait|have to wait|must wait|hangs|depends|is on hold|is parked|are parked|stays parked)\s+(?:for|on|until|till)\s+(?:the|an?|your|his|her|their|that|those|these|[\p{Lu}]\p{Ll}+'s?)\s+(?:[\p{L}\d-]+ ){0,2}(?:files?|recordings?|art(?:work)?|assets?|keys?|cables?|hardware|deliver(?:y|ies)|parts?|contracts?|translations?|texts?|copy|logos?|icons?|samples?|data|dumps?|quotes?|invoices?|numbers?|figures?|documents?|photos?|pictures?|images?|fonts?|sounds?|drawings?|licen[cs]es?|cards?|devices?|cop(?:y|ies)|material|measurements?|templates?|lists?|specs?|schemas?|words?|go)(?:\s(?:to (?:arrive|come|land|turn up|be (?:sent|delivered))|(?:is|are) (?:here|there|in)|arrives?|comes?|lands?|turns? up|from\s.{2,50}))?[.!]?$`,
    'iu',
  ),
);
const NEED_FROM = cued(
  /(?:^|[,;:—]\s|\b(?:otherwise|but|and|so|for (?:that|this|it)),?\s)(?:i|we)(?:'d|'ll| would| will)?\s+(?:(?:still|first|really|only|just|also)\s+)*need\s+(?!to\b)([^,;:]{2,60}?)\s+from\s+(?:you\b|whoever\b|some(?:body|one)\b|him\b|her\b|them\b|your\b|an? (?:admin|owner|native speaker|lawyer|designer)|the (?:owner|maintainers?|admins?|vendor|supplier|customer|author|[\p{L}-]+ (?:team|people|department))\b|\p{Lu}\p{Ll}+\b)/iu,
);
const TO_ITS_END = cued(
  new RegExp(
    String.raw`\b(?:i|we)\s+(?:(?:still|simply|just)\s+)*(?:can't|cannot|can not|couldn't|could not|am unable to|am not able to|won't be able to|wasn't able to|am not allowed to)\s+(?:(?:quite|really)\s+)?(?:take|get|bring|see|push|drag|carry|make|wrap|finish|close|tie)\s+(it|this|that|them|these|those|${THING})\s+(?:over the (?:finish(?:ing)? )?line|across the (?:finish(?:ing)? )?line|to the finish|home|through|to (?:work|run|go|an end|the end|a close)|done|live|off the ground|off|up|any further|further|finished|working|going|(?:up|in|to) and running|past (?:this|that|the) \w+)(?=$|[.,;:!]|\s)`,
    'iu',
  ),
);
const IS_PAST = cued(/\b(?:at first|earlier|previously|back then|used to|if (?:i|we|you|it))\b/i);

/** Cannot go on, as far as one clause says it. */
export function shutIn({ text, before, isFirst }: Spoken): Said | null {
  if (!CUE.test(text) || IS_PAST.test(text)) return null;
  const bare = text.trim();
  // With these words a reply begins that refuses whatever was asked for.
  if (ELLIPTIC.test(bare)) return stuck(isFirst && before.length === 0 ? 'all of it' : null, bare);
  if (BEFORE_I_CAN.test(bare)) return stuck(null, bare);
  const nowhere = NOWHERE.exec(bare);
  if (nowhere !== null) return stuck(namedBy(nowhere[1] ?? nowhere[2], before), null);
  const end = DEAD_END.exec(bare);
  if (end?.[1] !== undefined) return stuck(namedBy(end[1], before), bare);
  const line = TO_ITS_END.exec(bare);
  if (line?.[1] !== undefined) return stuck(namedBy(line[1], before), bare.slice(line.index + line[0].length));
  const need = NEED_FROM.exec(bare);
  if (need?.[1] !== undefined) return stuck(null, need[0]);
  return waiting(bare, before);
}

function waiting(bare: string, before: readonly string[]): Said | null {
  const not = NOT_BEFORE.exec(bare);
  if (not?.[1] !== undefined && !OF_PROGRAM.test(trimmed(not[1])) && !isUse(not[4] ?? '')) {
    const subject = subjectOf(`${not[1]} is x`) ?? trimmed(not[1]);
    return stuck(namedBy(`${subject} ${not[2] ?? ''}${not[3] ?? ''}`, before), not[4] ?? null);
  }
  const brought = BROUGHT.exec(bare);
  return brought?.[1] === undefined || OF_PROGRAM.test(trimmed(brought[1]))
    ? null
    : stuck(namedBy(brought[1], before), bare);
}
