/** Faults told with whatever verb: `the postcode field doesn't validate`, `retries aren't logged`, `tooltips hide the buttons`. */
import { cued } from '../../cue/index.js';
import { isParticiple } from '../words.js';
import type { Clause } from './clauses.js';
import { doingIn } from './doing.js';
import { straight } from './text.js';

/** A thing, and what it does not do. */
const NEGATED = cued(
  /^(?:(?:and|but|also|so|then|plus|oh|ok|okay|hey|hi|hello|btw|fyi|well|hm+|another thing|one more|sadly|unfortunately|somehow)[, ]+)*((?:[^\s,;:.!?]\S{0,40} ){1,7}?)(?:(?:just|still|also|really|simply|somehow|now|often|sometimes) )*(doesn'?t|does not|don'?t|do not|isn'?t|is not|aren'?t|are not|wasn'?t|was not|weren'?t|were not|won'?t|will not|can'?t|cannot|can not|didn'?t|did not|never|no longer)(?: (?:really|actually|even|ever|always|properly|correctly|being|been|get|seem to|appear to|want to))* ([a-z][\w'-]*)(.{0,160})$/i,
);
/** Persons, the talk itself, and what has no thing before it. */
const NO_THING =
  /^(?:(?:i|we|you|he|she|it|they|that|this|these|those|there|who|which|what|nobody|noone|everybody|everyone|everything|nothing|something|someone|somebody|anyone|anything|one|people|me|us|my (?:boss|client|colleague|manager|lead|team|wife|kid|brain)|the (?:client|customer|boss|team|others?|guys?|people|rest|point|problem|issue|reason|question|idea|plan|deadline)|(?:marketing|sales|legal|ops|finance|management|support)|if|when|whenever|once|unless|because|since|as|until|before|after|although|though|while|so|or|not|no|yes|yeah|nope|maybe|perhaps|why|how|where|please|make sure|ensure|let|do|just|in case|even|thanks?|sorry|as long as|here|hopefully|ideally|[a-z]+ (?:said|says|thinks|told))(?: |$)|(?:i|we|you|they|it|that|there)')/i;
/** In the middle of what would be the thing there is a clause. */
const CLAUSE_WITHIN =
  /(?:^| )(?:if|when|whenever|because|that|which|who|so|but|and then|is|are|was|were|has|have|had|should|would|could|must|might|may|will|i|we|you|they|he|she|to|please|make|makes|want|wants|think|know|said|says)(?: |$)/i;
/** What is said so of the thing is no fault of it. */
const NO_DOING = new Set(
  `matter mind care know think mean like want need have understand believe agree remember bother hurt exist use used using needed required necessary
  wanted relevant related affected important urgent possible supposed meant done finished decided planned intended sure clear going coming
  about a an the that this it so in on at to for of with my your our yet only just too very also worth ours mine yours theirs there here ready included
  involved allowed ok okay fine bad happy interested aware look sound feel be been seem consider expect recall touch change changed tested
  reviewed approved implemented written documented merged released deployed started live part one enough always`.split(
    /\s+/,
  ),
);
/** A state that a thing should not be in. */
const STATE = /(?:able|ible)$/;
const WANTED_SO =
  /\b(?:on purpose|by design|intentional\w*|that'?s (?:fine|ok|okay|why|good)|(?:which|that|it|this) is (?:fine|ok|okay|good|intended|expected)|fine|as (?:expected|intended|it should|planned)|yet|doesn'?t matter|no matter|anyway|any ?more (?:since|because)|thank|luckily|fortunately|for now)\b|\?/i;
/** What a thing does to those who use it, by itself enough. */
const ILL = cued(
  /^(?:(?:and|but|also|so|then|plus|oh|ok|hey|hi|btw|now)[, ]+)*(?!(?:i|we|you|he|she|they|it|that|this|who|what|which|if|when|please|nobody|everyone)\b)(?:[^\s,;:.!?]\S{0,40} ){1,7}?(?:(?:just|still|also|now|always|sometimes|often|randomly|constantly|suddenly) )*(?:stalls?|stalled|keeps? (?!an? |the |track|us |in |up )(?:on )?(?:[a-z]+ing)|traps?|swallows?|mangles?|clobbers?|hogs?|drifts?|jitters?|stays? (?:open|gr[ae]y|gr[ae]yed|disabled|empty|blank|stuck|locked|on screen|at 0|hidden)|eats? (?:up )?(?:all|the|my|our|too|\d)|(?:logs|kicks|throws|locks|signs) (?:me|us|you|users|people|everybody|everyone) (?:out|back)|(?:go|goes|went) out (?:twice|double)|(?:arrives?|comes?|shows? up|appears?|runs?|fires?|counts?|prints?) (?:twice|double)|(?:expires?|closes?|ends?|quits?) (?:right away|too (?:early|soon)|immediately|by (?:itself|themselves)|on (?:its|their) own)|(?:runs?|takes?|lasts?) (?:forever|ages|for ages|far too long|way too long|hours)|fills? up|overflows?|spills? (?:over|out)|(?:climbs?|grows?) (?:with every|by|and never|without|forever|until)|never comes? (?:back )?down|(?:sits?|sit|lies?|hangs?) (?:on top of|over|behind|outside)|(?:blocks?|hides?|covers?) (?:the|half|our|my|all) (?:\w+ ){0,2}?(?:buttons?|log-?in|keyboard|price|toolbar|sidebar|cursor|image|picture|legend|axis|video|content|text|menu|screen|page|view|input|field|form|header|footer|title|list|map|label|labels))\b/i,
);
/** Tests and documents cover and hide what they should. */
const COVERING = /\b(?:tests?|specs?|suite|docs?|guide|section|chapter|flag|option|setting|switch|toggle|insurance)\b/i;
/** Said as a wish, a plan or a supposition. */
const NOT_REAL =
  /\b(?:would|should|could|might|may|must|if|unless|in case|so that|make sure|ensure|want|wish|hope|expected to|supposed to|used to)\b/i;

const WE_FAIL = cued(
  /^(?:(?:and|but|also|so|ok|hey|hi)[, ]+)*we (?:(?:now|still|also|currently|always) )*(?:fail|break) (?:the |our |all |every )?(?:build|lint\w*|ci|tests?|pipeline|checks?|type ?check\w*|audit|suite|deploy\w*|compliance|contract|schema|validation)\b/i,
);
/** What a thing does that nobody wants of it: words of harm in what follows its subject. */
const HARM = cued(
  new RegExp(
    String.raw`^(?:` +
      [
        String.raw`(?:forget|lose|ignore|overwrite|swallow|truncate|mangle|garble|corrupt|confuse|miscount|misread|miss|duplicate|flicker|clip|misplace|stutter|lag|wobble|disregard|clobber|skip over|mix up|cut off|eat|leak|steal|sneak|mess up|fall over|blow up|give up|lock up) .*|(?:forget|flicker|wobble|stutter|lag|leak|misbehave)$`,
        String.raw`swap (?:the |my |first|last|day|month|name|two|x\b|lat|left|width|height|rows?|columns?).*`,
        String.raw`(?:accept|allow|let through|pass|save|store|take) (?:negative|invalid|malformed|impossible|nonsense|empty|any|wrong|expired|non-|letters|dates? in the (?:past|future)).*`,
        String.raw`(?:reject|refuse|decline|deny|drop|block|kill|flag) (?:valid|correct|perfectly|legitimate|all|every|my|our|good|real|the (?:last|first)|umlauts|names with|addresses with).*`,
        String.raw`(?:use|show|have|open|link to|point to|load|send|display|print|return|take|pick|contain|say|read|delete|update|charge|call|hit|write|get|download|render|save|notify|import|export) (?:to |up )?(?:the |an? |our |its )?(?:old|outdated|obsolete|previous|yesterday's|last (?:year|week|month)'s|wrong|stale|dummy|placeholder|broken|incorrect|garbage|undefined|null|nan|infinity|\[object|lorem)\b.*`,
        String.raw`return (?:null|undefined|nothing|nan|none|false|an empty|0|-1) (?:for|when|if|on|although|even|instead)\b.*`,
        String.raw`(?:round|count|treat|read|parse|interpret|store|show|print|log|save|charge|bill) .{2,40} (?:as (?:if|adults?|zero|0|null|text|strings?|utc|midnight)|twice|double|in plain ?text|in clear ?text|the wrong way|for real)\b.*`,
        String.raw`log (?:the |our |all )?(?:passwords?|secrets?|tokens?|credentials?|card numbers?|iban\w*|personal data|api keys?)\b.*`,
        String.raw`add (?:an? )?(?:blank|empty|extra|second|stray|trailing|superfluous|unwanted) .*`,
        String.raw`(?:scroll|jump|fall|snap|go|switch|revert) back to .*`,
        String.raw`.*\b(?:by (?:one|a|1|2|\d+) (?:pixels?|px|day|hour|cents?|row|column|minute|second|week|month|line)s?|for real|into the void|by mistake|by accident|again and again|over and over|after every \w+|on every (?:key|scroll|click|page|request|reload|render|start|save|deploy|build|run)\b.*|every (?:single )?time|each time|for no reason|without (?:asking|warning|any warning|notice|telling anyone)|instead of .{3,}|even though .*|although .*|even if .*|in the middle of (?:an?|the) .*|(?:far |way |much )?too (?:often|early|late|soon|slowly|quickly|fast|much|many|long|short|high|low)\b.*)$`,
        String.raw`block the (?:main|ui|event|whole|render|request) .*|eat \d.*|crash.*|hide the (?:save|submit|next|login|cancel|send|pay|close)\b.*|reset (?:the (?:board|whole|entire|form|page|scroll|filter|cart|password|session|counter)|itself|everything|all my|my|our)\b.*|deploy for real.*`,
      ].join('|') +
      ')',
    'i',
  ),
);
/** Says of whatever a thing does that it should not. */
const COMPLAINT =
  /^(?:(?:and|but|also|so|oh|hey|hi)[, ]+)*(?:unfortunately|sadly|somehow|annoyingly|for some (?:odd |strange |unknown )?reason|strangely|oddly|suddenly|by mistake|sometimes|once in a while|every now and then|since (?:the|our|yesterday|last|this|today|version|v?\d)[\w .']{0,30}?,?)\b|\b(?:still|suddenly|sometimes|randomly|accidentally|wrongly|mistakenly|erroneously|occasionally|needlessly) [a-z]+s\b/i;
/** Good, or nobody's fault. */
const PRAISED =
  /\b(?:works?|worked|passes|passed|builds?|compiles?|runs? (?:fine|well|green|through)|looks? (?:good|great|fine|nice)|green|makes? sense|feels? (?:good|great|right)|exists?|lives?|belongs?|stands?|applies|remains?|needs?|wants?|counts?(?! .* as)|holds? true)\b/i;

/** A fault by what the thing is said to do, in whatever verb. */
function doesHarm(clause: Clause, text: string): boolean {
  const complains = COMPLAINT.test(text);
  const doing = doingIn(complains ? clause.words.slice(leadOf(clause)) : clause.words);
  if (doing === null || (PERSONS.test(doing.subject) && !/^the client$/i.test(doing.subject))) return false;
  if (HARM.test(`${doing.verb} ${doing.rest}`.replace(/[\s.,;!]+$/, ''))) return true;
  // `the report job still reads from it`: why it has to stay.
  return complains && !PRAISED.test(text) && !/\b(?:it|them|this|that|those|these)[.!]*$/i.test(text);
}

/** How many words say only when, or how sad it is. */
function leadOf(clause: Clause): number {
  if (!/^(?:since|for|every|once|by)$/.test(clause.words[0]?.low ?? '')) return 0;
  const at = clause.words.findIndex(({ low }, index) => index > 1 && /^(?:the|our|my|all|every|each|a|an)$/.test(low));
  return at < 0 ? 0 : at;
}
const PERSONS =
  /^(?:(?:the|our|my|a|some|two|three|these|those|all|most|many|one|every|each) )?(?:\w+ )?(?:users?|customers?|clients?|people|team|boss|manager|colleagues?|testers?|support|marketing|sales|admins?|guests?|members?|partners?|teachers?|doctors?|drivers?|editors?|auditors?|owners?|growers?|patients?|pupils?|students?|somebody|lawyers?|designers?|developers?)$|^[A-Z][a-z]+$/i;

/** What is longer tells more than one thing. */
const MOST_CHARS = 260;
/** Of what was just reported. */
const AS_BEFORE = /\bthe same (?:way|as before|place|again)\b|\bsame here\b/i;

/** Whether a thing is said not to do what it is for, or to do harm. */
export function isFaultOf(clause: Clause): boolean {
  if (clause.isQuestion || clause.words.length < 3 || clause.words.length > 34) return false;
  const text = straight(clause.text);
  if (text.length > MOST_CHARS || AS_BEFORE.test(text)) return false;
  if (WE_FAIL.test(text) && !NOT_REAL.test(text)) return true;
  if (doesHarm(clause, text) && !WANTED_SO.test(text) && !NOT_REAL.test(text)) return true;
  if (ILL.test(text) && !COVERING.test(text) && !WANTED_SO.test(text) && !NOT_REAL.test(text)) return true;
  const found = NEGATED.exec(text);
  if (found === null) return false;
  const [, what = '', how = '', verb = ''] = found;
  const doing = verb.toLowerCase();
  const thing = what.trim();
  if (NO_THING.test(`${thing} `) || CLAUSE_WITHIN.test(thing) || NO_DOING.has(doing)) return false;
  if (WANTED_SO.test(text) || NOT_REAL.test(text)) return false;
  // `Tom doesn't answer`: a person.
  if (
    /^[A-Z][a-z]+$/.test(thing) &&
    !/^(?:Safari|Chrome|Firefox|Edge|Docker|Redis|Postgres|Search|Login|Export|Import|Vite|Webpack|Jest|Nginx|Slack|Stripe|Android|Windows|Linux|Excel)$/.test(
      thing,
    )
  )
    return false;
  if (/^(?:is|are|was|were)/i.test(how) || /^(?:never|no longer)$/i.test(how)) {
    // `two growers never share a lot`: how the world is.
    if (/^(?:no |any )?(?:two|three|four|most)\b/i.test(thing)) return false;
    if (/^(?:never|no longer)$/i.test(how)) return /s$|^(?:is|are|was)$|(?:ed|en)$/.test(doing) || /s$/i.test(thing);
    return isParticiple(doing) || /ing$/.test(doing) || STATE.test(doing);
  }
  return /^[a-z-]{2,}$/.test(doing);
}
