/**
 * Failures that a person tells of. What the reader of messages took for one is looked at again, for the words of failures have other
 * meanings; and what tells of one in words that ask for nothing is added.
 */
import { cued, type Cued } from '../cue/index.js';

/** Without one of these nothing below says that a computer failed. Most sentences are asked no more than this: not worth a walk. */
const TELLS =
  /clos|quit|exit|shut|terminat|stall|spin|loading|lock(?:s|ed)\b|halt|beach ?ball|wedged|jam|still|offline|outage|dark|reach|nobody|no[ -]one|none|cannot|can'?t|5\d\d|5xx|keel|f[ae]ll|belly|bail|bomb|barf|chok|explo|spew|spit|kill|memory|disk|error|reboot|core|kicks|throws|lädt|5\d\d/i;

/** Something that was running is gone. */
const GONE = cued(
  /\b(?:closes|closed|quits?|exits|exited|shuts? down|terminates|terminated|reboots|rebooted|restarts)(?: itself)? (?:(?:all )?by itself|on its own|itself|all of a sudden|(?:immediately|instantly|straight away|right away|at once)(?: (?:after|when|on|as soon)\b|[.,;!)]|$)|unexpectedly|out of nowhere|without (?:a word|an? (?:error|warning|message)|any (?:error|warning|message)|warning|saying)|randomly|at random|mid-?\w+)|\bforce[- ]?clos(?:es|ed)|\bsuddenly (?:closes|quits|exits|shuts down)|\b(?:keel(?:s|ed) over|(?:falls?|fell) (?:over|flat on)|(?:goes|went) belly up|core[- ]?dump(?:s|ed)|bombs out|bail(?:s|ed) out (?:with|on|at|half)|blue ?screens?|kicks? (?:me|us|you|users|people) (?:back )?(?:out )?to the (?:home|start|login|lock))\b/i,
);
/** Something began and does not go on. */
const STALLED = cued(
  /\b(?:stalls|stalled|(?:locks|locked) up|(?:is|are|gets|got|was) (?:completely |totally )?(?:wedged|jammed)|(?:grinds?|ground|comes?|came) to a (?:complete )?(?:halt|standstill)|beach ?balls|(?:just |only )?spins (?:forever|endlessly|and spins|for ever|on and on|indefinitely|without end)|(?:just|only) spins|keeps (?:on )?(?:spinning|loading)|spinning forever|loads forever|loading forever|stays (?:on|at) (?:loading|the (?:spinner|splash)\b)|sits (?:there )?(?:forever|at \d+ ?%))(?!\w)|(?:^| )stall(?=[.,;!)]|$| (?:half-?way|mid-?way|at|after|when|with|on|for|around|somewhere)\b)/i,
);
/** Nobody gets in, or nothing answers. */
const OUT = cued(
  /\b(?:(?:prod(?:uction)?|live|site|shop|website|server|api|service|app|system|staging|cluster|database|db|everything|warehouse|line|plant|checkout|queue)\b[\w ]{0,20}? (?:is|are|stands?|has come to a|went|is completely|has gone) (?:standing still|still standing|stopped dead|at a standstill|standstill|offline|dark|dead in the water|not (?:reachable|accessible)|inaccessible)|(?:cannot|can'?t|could ?n'?t) be reached|(?:nobody|no[ -]one|none of (?:the|our|my)(?: [\w-]+){1,4}|no (?:user|customer|client|one|member|student|player|device)s?) (?:can|could|is able to|are able to|manages? to|gets?)(?: \w+)? (?:log|sign|pay|check ?out|connect|reach|open|print|order|book|get|in\b|through|upload|download|save|submit|play|access|join|buy|scan|register|load)|(?:there(?:'s| is| was)|we have|we had|having|since) (?:an? |the )?(?:\w+ )?outage)\b/i,
);
/** What answered an error. */
const ANSWERED = cued(
  /\b(?:(?:comes?|came|coming) back (?:with )?(?:an? |only )?(?:http )?5(?:\d\d|xx)(?! (?:rows|items|lines|ms|px|tests|files|users|requests|times|[mgk]b|char(?:acter)?s|words|entries|pixels|records|pages|units|euros?|dollars|seconds|minutes|days|steps|points|per)\b|[.,]?\d)|(?:gives?|gave|gets?|got|getting|returns?|returned|returning|throws?|threw|throwing|answers?|answered|responds?|responded|shows?|serves?|served|sends?|sees?|seeing|is|are|was|were|ends? in|greeted by|with|nothing but|only) (?:\w+ )?(?:with )?(?:an? |only |constant |random |occasional )?(?:http )?5(?:\d\d|xx)(?! (?:rows|items|lines|ms|px|tests|files|users|requests|times|[mgk]b|char(?:acter)?s|words|entries|pixels|records|pages|units|euros?|dollars|seconds|minutes|days|steps|points|per)\b|[.,]?\d)(?:'?s| errors?)?|5\d\d(?:s|ing|ed)|5\d\d(?:s|'s)? (?:on|from|for|at) (?:every|the|all|each|any|\/)|errors? out|errored out|(?:spits?|spat|spews?|spewed) (?:out )?(?:\w+ )?(?:errors?|exceptions?|stack ?traces?)|bar(?:fs|fed) (?:on|at|when|with)|chok(?:es|ed) (?:on|at|when)|explodes|exploded|(?:gets?|got|was|is|were) (?:oom[- ]?)?killed(?: by)?|runs? out of (?:memory|disk|file handles|connections)|ran out of (?:memory|disk|file handles|connections))\b/i,
);
/** The same in other tongues, where a number says it. */
const ANSWERED_ABROAD = cued(
  /(?:^|[\s(])(?:antwortet|antworten|liefert|gibt|wirft|schmeißt|endet|r[ée]pond|renvoie|retourne|devuelve|responde|retorna|lanza|da)(?=\s)[^.!?\n]{0,80}?\s5\d\d(?=$|[\s.,;:!?)]|er\b)(?! (?:Zeilen|Euro|Stück|Einträge|lignes|filas|linhas))/iu,
);
const FORMS: readonly Cued[] = [GONE, STALLED, OUT, ANSWERED, ANSWERED_ABROAD];

/** It did not happen, or happens no more. */
const NOT =
  /\b(?:no|zero|without(?: an?| any)?|0|not an?|not one|never an?|free of) (?:(?:more|single|further|new|other|longer|\w+ing) )?(?:crash(?:es|ed)?|hangs?|hung|freezes?|time-?outs?|errors?|panics?|exceptions?|deadlocks?|failures?|stalls?|segfaults?|ooms?|outages?|50\d'?s?|5xx)\b|(?:\b(?:no longer|not|never|neither|hardly|hasn't|haven't|stopped|stops|quit|nothing|none)|n't)(?: (?:ever|even|once|yet|actually|really|been|any of them|of (?:them|the \w+)))* (?:crash|hang|hung|freez|frozen|froze|fail|stall|spin|time[ds]? out|timing out|panic|die[ds]?|dying|stuck|refus|throw|abort|lock|clos|explod|chok|error)\w*|\b(?:crash|hang|freeze|time-?out|deadlock|panic|stall|outage|error|failure)(?:e?s)? (?:is|are|was|were|has been|have been|seems?) (?:\w+ )?(?:gone|fixed|solved|resolved|over|history|handled|caught|mended|away)\b|\b(?:crash|error|panic)[- ]?free\b/i;
/** It might, should or must not happen; or is asked. */
const SUPPOSED =
  /\b(?:would|should|could|might|may|must)(?:n't| not)? (?:\w+ )?(?:be|crash|hang|freeze|fail|stall|spin|time|panic|die|get|throw|lock|close|quit|exit|return|give|answer|respond|end|explode|choke|run|come|go|fall|bail)\b|^(?:(?:and|but|so|or|also)[, ]+)*(?:(?:so )?that (?:we|you|it|they|i|the \w+) (?:don'?t|do not|won'?t|can'?t|doesn'?t|never|always)\b|if\b|in case\b|unless\b|once\b|until\b|what (?:if|happens)|imagine|suppose|assume|let'?s say|to (?:avoid|prevent))|\b(?:make sure|ensure|so that|in case|avoid|prevent|instead of|to keep .{1,30} from|for (?:when|the case))\b(?=.{0,60}$|.{0,60}\b(?:crash|hang|freez|fail|stall|spin|5\d\d|throw|close|quit|exit))/i;
/** Words of failures said of people, goods and plans, and of settings. */
const OTHERWISE: readonly RegExp[] = [
  /\bstuck (?:in|at|with|to|inside|on) (?:(?:the|a|an|my|our|another|back-to-back) )?(?:customs|traffic|transit|(?:\w+ )?meetings?|calls?|mail|post|limbo|line at|airport|train|elevator|office|(?:code |legal |security )?review|approval|procurement|legal|qa|warehouse|past|middle of|same (?:page|team|room)|it|him|her|them|this (?:version|job|team)|my head|old (?:version|ways))\b|\b(?:i'?m|i am|we'?re|we are|got me) (?:\w+ )?stuck\b|\bstuck (?:with|to) (?:it|that|this|the plan|our)\b/i,
  /\b(?:code|feature|release|merge|hiring|change|deploy\w*|holiday|winter|christmas|content|price|design) freezes?\b|\bfreeze (?:starts|begins|ends|is (?:over|on|until)|until|on \w+day|period|window|the|our|all|it|them)\b|\bfrozen (?:lock ?file|string|dataclass|object|food|requirements|dependencies|peas)\b|--frozen|\bdrop[- ]?dead\b/i,
  /\btime-?outs? (?:(?:is|was|of|at|to|=|should|setting|value|option|parameter|config\w*|constant|flag|argument|header|per|for (?:the|each|every))\b)(?! (?:again|back|still|hit|killing|every|exceeded|reached))|\b(?:idle|session|login|read|connect|default|longer|shorter|higher|lower|max\w*|our|own|30 ?s|\d+ ?m?s) time-?outs?\b(?! (?:again|still|on every|error|kick|hit))/i,
  /\b(?:with|make|makes|making|made|an|one|two|few|some|the only|no|only|are) exceptions?(?: (?:for|to|is|are|of|being|here)\b|[.,;!)]|$)(?! (?:thrown|raised|at|in the (?:log|console)))/i,
  /\bthr(?:ow(?:n|s|ing)?|ew) (?:(?:it|that|this|them|those|the|some|these|my|our|all|away|out|in)(?: [\w-]+){0,3} )?(?:away|out|together|in(?:to the (?:bin|trash|mix))?|a party|shade|overboard)\b/i,
  /^(?:(?:and|but|so|also|btw|fyi|then|yesterday|ok)[, ]+)*(?:i|we)(?:'ve| have| had| just| just now)* (?:aborted|killed|stopped|cancell?ed|shut down|refused?|froze|threw|refuse|frozen)\b/i,
  /^(?:(?:and|but|so|also|because|as|since)[, ]+)*(?:we|you|they|people|i|others|most teams) (?:(?:usually|normally|generally|really|just|simply|still|also) )*(?:don'?t|do not|didn'?t|won'?t|will not|never) (?:(?:even|want to|need to|have to) )*(?:start|build|deploy|install|open|run|finish|compile|launch|fail|throw|refuse|abort)\b(?! up\b)/i,
  /^(?:(?:and|but|so|also)[, ]+)*(?:the |our |my )?(?:customers?|boss|manager|legal|landlord|vendor|bank|supplier|lawyers?|he|she|board|council|team|colleagues?|accountant|auditors?|[A-Z][a-z]+) (?:\w+ )?(?:refuse[sd]?|rejected|aborted) (?:to (?:pay|sign|approve|accept|merge|review|use|come|work|talk|ship)\b|it\b|the (?:offer|contract|plan|idea|proposal))/,
  /\b(?:v?\d+(?:\.\d+)*|versions? \S+) (?:won'?t|will not|doesn'?t|does not|can'?t|cannot) (?:even )?(?:run|work|build|compile|install|start|load|boot) (?:on|with|under|against|in) (?:\w+ )?v?\d/i,
  /\bdown (?:to (?!the ground)|from \d|by \d|the (?:road|line|page|list|stairs|street)|below|there|here|with the flu|in (?:the (?:basement|docs|list)|price)|on paper|for (?:lunch|that|it))|\b(?:slow(?:s|ed)?|write|wrote|written|note[ds]?|scroll(?:s|ed|ing)?|narrow(?:s|ed)?|break(?:s|ing)?|boils?|calm|cut|cuts|tone[ds]?|come|comes|pin(?:ned)?|track(?:ed)?|turn(?:ed)?|count(?:s|ed|ing)?|drop|page|arrow|key|drill|round(?:s|ed|ing)?|upside) down\b(?!.*\b(?:crash|hang|fail|freez|froze|stuck|time[sd]? ?out|5\d\d))/i,
];
/** Beside those, a failure in words that have no other meaning. */
const SURELY =
  /\b(?:crash(?:es|ed|ing)|segfault\w*|panicked|hangs|hung|exceptions? (?:in|at|from|thrown)|deadlock(?:s|ed)?|unreachable|unresponsive|out of memory|(?:fails|failed|failing) (?:with|at|on|after|in|when|to)|refused connections?)\b/i;

/** Whether what a sentence says by a word for failures is one that happened. */
export function happened(sentence: string): boolean {
  const said = sentence.replace(/[’‘]/g, "'");
  if (SURE_AGAIN.test(said)) return true;
  if (NOT.test(said) || SUPPOSED.test(said)) return hasOther(said);
  return SURELY.test(said) || !OTHERWISE.some((meaning) => meaning.test(said));
}

/** `no hang but it crashes on exit`: what is left where the denial is taken out. */
function hasOther(said: string): boolean {
  const parts = said.split(/[,;]? (?:but|and|yet|although|though|instead|only|except(?: that)?|now) |[;:]\s/);
  return parts.length > 1 && parts.some((part) => SURELY.test(part) && !NOT.test(part) && !SUPPOSED.test(part));
}
const SURE_AGAIN = /\b(?:still|again|keeps?) (?:crash|hang|fail|freez|tim(?:es|ing) out|panic|stall|throw|refus)\w*/i;

const LONG = 160;
const MOST = 8;
const MAX_CHARS = 2_000;
/** A question, or a condition in front, tells of nothing; `why does it …` does. */
const ASKS = /\?\s*$/;
const WHY = /\b(?:why|how come)\b/i;

/**
 * @param heard what the reader of messages took for failures
 * @param sentences of the message
 */
export function reportsIn(heard: readonly string[], sentences: readonly string[]): readonly string[] {
  const reports = heard.filter(happened);
  let added = 0;
  for (const whole of sentences) {
    const sentence = whole.length > MAX_CHARS ? whole.slice(0, MAX_CHARS) : whole;
    if (added >= MOST || !TELLS.test(sentence) || (ASKS.test(sentence) && !WHY.test(sentence))) continue;
    const found = foundIn(sentence.replace(/[’‘]/g, "'"));
    if (found === null || isHeard(found, heard, sentence)) continue;
    reports.push(found);
    added += 1;
  }
  return reports;
}

function foundIn(sentence: string): string | null {
  const at = FORMS.map((form) => form.exec(sentence)?.index ?? -1).find((index) => index !== -1);
  if (at === undefined) return null;
  const part = partAt(sentence, at);
  if (NOT.test(part) || SUPPOSED.test(part) || WISHED.test(part)) return null;
  return (sentence.length <= LONG ? sentence : part.replace(/ \((?=[^)]*$)/, ': ')).replace(/[\s,;:.!(]+$/, '').trim();
}
/** Of what is to be done, and of what a rule says. */
const WISHED =
  /^(?:(?:please|and|then|also|so|can you|could you|let'?s)[, ]+)*(?:make|let|have|add|show|return|respond|answer|log|handle|catch|retry|test|check|simulate|mock|write|when|if|whenever|whether|once|only|never|always|treat|map|ignore|expect|assert|close|quit|exit|lock|kill)\b(?!.* (?:now|it|that|today) (?:just |only |always )?(?:stalls|spins|closes|quits|returns|gives))|\b(?:will|'ll|going to|supposed to|expected to|meant to|designed to|needs? to|has to|have to|want(?:s)? (?:it|the|that|to)|used to|by design|on purpose|is fine|are fine|test(?:s|ed)? (?:that|whether|if|for))\b/i;

/** The clause around a place, with what it begins with where that names nothing itself. */
function partAt(sentence: string, at: number): string {
  const starts = [...sentence.matchAll(/[,;:(–—]\s|\s(?:and|but|so|because|since)\s/g)].map(
    ({ index, 0: sign }) => index + sign.length,
  );
  const from = starts.findLast((start) => start <= at) ?? 0;
  const rest = sentence.slice(from);
  const end = rest.slice(at - from).search(/[,;)](?:[\s,.;]|$)|\s[–—-]\s/);
  const own = end === -1 ? rest : rest.slice(0, at - from + end);
  if (from === 0 || !/^(?:(?:right )?now |then |today )?(?:it|that|this|they|which)\b/i.test(own)) return own;
  const before = starts.findLast((start) => start < from) ?? 0;
  return sentence.slice(before, from + own.length);
}

/** Whether the reader of messages took it already, in this sentence or in one like it. */
const isHeard = (found: string, heard: readonly string[], sentence: string): boolean =>
  heard.some((report) => sentence.includes(report) || report.includes(found) || found.includes(report));
