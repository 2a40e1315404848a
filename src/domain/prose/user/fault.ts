/** Faults told with whatever verb: `the postcode field doesn't validate`, `retries aren't logged`, `tooltips hide the buttons`. */
import { cued } from '../../cue/index.js';
import { isParticiple } from '../words.js';
import type { Clause } from './clauses.js';
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
    if (/^(?:never|no longer)$/i.test(how)) return /s$|^(?:is|are|was)$|(?:ed|en)$/.test(doing) || /s$/i.test(thing);
    return isParticiple(doing) || /ing$/.test(doing) || STATE.test(doing);
  }
  return /^[a-z-]{2,}$/.test(doing);
}
