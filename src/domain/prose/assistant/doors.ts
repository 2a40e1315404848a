/**
 * What a sentence must contain for families of rules to find anything in it. Nearly every sentence holds none of it, and ends at these
 * doors. Each names, for every expression behind it, words that it cannot do without; `tests/domain/prose/assistant-doors.test.ts` tells
 * where one is forgotten.
 */
import { cued, type Cued } from '../../cue/index.js';

/** One question for several families. */
const doorOf = (...families: readonly RegExp[]): Cued =>
  cued(new RegExp(families.map(({ source }) => source).join('|'), 'i'));

function isAnyOpen(doors: readonly Cued[], text: string): boolean {
  for (const door of doors) if (door.test(text)) return true;
  return false;
}

const UNABLE =
  /can't|cannot|can not|couldn't|could not|won't|will not|may not|mustn't|must not|unable|(?:not|n't) able|not (?:allowed|permitted|authori[sz]ed|entitled|cleared)|wasn't allowed/;
const SO_FAR =
  /yet|so far|for now|for today|for the (?:moment|time being)|at (?:the moment|present)|currently|until later/;
const IN_PART =
  /half|partly|partially|partial|part[ -]?way|part of the way|in part|midway|mid[ -]way|middle|midst|mostly|largely|nearly|almost|quarter|third|not (?:quite|yet)|most |(?:part|some) (?:of the way )?(?:there|through|in|along)/;
/** `of` stands in every other sentence. */
const N_OF_M =
  /(?:0|1|2|3|4|5|6|7|8|9|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?:out )?of /;

/** `shut.ts` */
const SHUT =
  /nowhere|none the wiser|no (?:further|headway|progress|wiser)|not (?:far|anywhere)|empty-handed|up empty|a blank|(?:n't|not) (?:get|come|make it)|dead end|no-go|non-starter|cul-de-sac|wall|lost cause|standstill|impasse|in limbo|dead in the water|going nowhere|stuck fast|(?:before|until|till) (?:i|we)|wait|hangs|depends|is on hold|parked|need/;
/** `halted.ts`, as far as it reads clauses. */
const HALTED =
  /denied|refuse|allowed|permitted|authori[sz]ed|entitled|no rights?|no permission|lacks|the rights?|rejects?|block|forbid|turned down|declined|locked|locks me|protected|read-only|disabled for me|expired|revoked|unreachable|not reachable|denies|let me|turns me away|luck|joy|success|dice|stuck|at a loss|ideas|options|my depth|give up|giving up|gave up|given up|pass|admit defeat|throw in|stop here|leave it at that|nothing i|none of (?:my|the) attempts|tried (?:everything|all|what)|beyond|out of (?:what|my)|as far as|i can do|guess|inventing|making (?:it|things|them) up|your (?:call|decision|choice)|dead end|the limit|my limit|closer|further|wiser|defeats|beats|stumps|escapes|(?:see|know|think of|find|come up with) (?:a|any|another|the|of a|of any) |no (?:more )?(?:idea|explanation|theory|lead)|more than i|some(?:one|body) (?:who|with)|human|pair|impossible|out of reach|not possible|off limits|out of the question|(?:'s|s') (?:hands|court)|with |without|before|until|unless|till|stopped|did not allow|didn't allow|from here|as long as|hold|keep(?:ing)? off|paused|frozen|stand|rest|sleep|lies? (?:still|idle)|on ice|hangs on|halt|say|decide|tell|choose|pick|clarify|confirm|settle|answer|rule/;
/** `stuckIn` of `status.ts` */
const STUCK =
  /failed to|gave up|n't manage|not manage|no (?:way|means) to|n't have|not have|require|await|pending|held up|i(?:'ll| will) (?:wait|hold|pause|stop)|hinges|have no|lack|am missing|access|permission|credential|rights|internet/;
/** `standsIn` of `barred.ts` */
const STANDS = /(?:it|they) (?:was|were)|untouched| (?:at|on) it/;
/** `underway.ts` */
const UNDERWAY =
  /begun|started|made a start|still|busy|working on|through with|called|reported|declared|marked|sold|told you was|said was|thought was|took for|too (?:soon|early)|premature|mistake|was wrong|after all|at all|(?:done|fixed|finished|solved) (?:as|like)|as far as|up to|through the first|only|(?:then|after that|afterwards|next) (?:comes?|follows?|is|are)|(?:is|are|has|have|does|do|did|was) not|n't|no (?:change|difference|improvement|effect)|better|as before|attempt failed|to go|left|to come|remain|nothing|none of|where (?:it|they)|as (?:it|they)|stay|persist|red|failing|broken/;
/** `unfinishedIn` of `status.ts` */
const UNFINISHED =
  /again|finish|complete|touched|begin|start|fixed|solved|resolved|done|working|green|gone|there|ready|applied|migrated|over|but|however|except that|though|where (?:i|things|we)|i (?:stopped|ran out)|'m not|am not|pick(?:ing)? (?:it|this|that) up|in progress|not (?:all|everything)|converted|ported/;
/** `droppedIn` of `status.ts` */
const DROPPED =
  /leave |leaving |kept |keeping |out of (?:the )?(?:plan|scope)|off the table|dropped|cancell?ed|skipped|removed from|omitted| then| it is/;
/** `doneToo` of `barred.ts` */
const DONE_TOO = /finished|completed|succeeded|(?:went|ran|came|got) through|no longer/;

/** Without this a sentence says nothing of how work stands, but by its verbs (`doneIn`) and by what `plainlyUnderway` knows. */
const STANDING = [
  doorOf(UNFINISHED, DROPPED, DONE_TOO, STANDS),
  doorOf(UNABLE, HALTED, SHUT, STUCK),
  doorOf(UNDERWAY, IN_PART, SO_FAR, N_OF_M),
];
export const tellsStanding = (sentence: string): boolean => isAnyOpen(STANDING, sentence);

/** `barred.ts`, `locked.ts`: what only the whole sentence says. */
const BARRED =
  /need|want|require|must |have to (?:have|see|know)|behind|guessing|nothing to |some(?:body|one)|human|admin|owner|operator|root|people|can only|no rights?|take|call|idea|know (?:what|how)|first|middle|midst|half|midway|partway/;
const LOCKED =
  /n't|do not|does not|will not|did not|may not|must not|not allowed|isn't able|cannot|can not|held|hold|no |revert|rolled back|undone|undid|backed out|discarded|drop|kept|put|take|thr(?:ew|own) away|took|allow|permit|grant|approve|unlock|unblock|enable|send|give|get|hand|mail|forward|paste|pass|let/;
const BARRED_CUE =
  /beyond|reach|closed|limits|decide|place|judge|say|rights|access|role|token|account|settings|sandbox|nothing|unless|until|till|before|work out|come off|pan out|through|nowhere|anywhere|keeping|wait|as it was|as they were|they were|it was|way|mine|my |for me|cover|stay|remain|off|open|there/;
/** `haltedBy` of `halted.ts`, `partlyIn` of `underway.ts`, `running.ts` */
const HALTED_WHOLE =
  /stay|remain|wait|archived|read-only|configured|installed|available|set up|accept|denied|declined|rejected|refused|forbidden|401|403|protected|locked|expired|vault|keyring|keychain|password|vpn|unreachable|not reachable|not (?:resolve|answer|respond)|timed out|permission|credential|licen[cs]e|ask|others|the (?:rest|last|other|remaining)/;
const RUNNING =
  /running|copying|going|under ?way|in progress|in flight|at work|churning|crunching|chugging|processing|uploading|downloading|importing|exporting|syncing|indexing|training|rendering|replaying|migrating|backfilling|being /;

/** Without this nothing bars the way that takes a whole sentence to tell. */
const WHOLE = doorOf(BARRED, LOCKED, BARRED_CUE, HALTED_WHOLE, RUNNING);
export const tellsAsWhole = (sentence: string): boolean => WHOLE.test(sentence);

const NEGATED = /never|n't|(?:have|has|had|did|could|is|are) not|'ve not|i ?have|we ?have|i've|we've/;
const LATER =
  /later|eventually|at some point|some ?day|soon|one day|afterward|tomorrow|tonight|next (?:week|sprint|month|time|session)|in (?:a|an|the next|another|its own|a later|a separate|a new|a second) (?:follow-?up|separate|pr|session|change|pass|step|release|version|later|new|second)|as an? (?:follow-?up|separate|later|new|second)|another|sunday|monday|tuesday|wednesday|thursday|friday|saturday/;
const RELEASE = /before|prior to|ahead of|until|till|unless|by/;
const PEOPLE =
  /you|they|some(?:body|one)|whoever |nobody|no-?one|no one|none of us|neither of us|one of us|admin|operator|human|owner|maintainer|speaker|ops|legal|infra|platform|security|network|design|dba| team/;

/** `rest.ts` */
const PASSING =
  /a different|a separate|an extra|the next|of its own|something for|(?:first|next) (?:thing|job|item|step|task)|still|up next|had|got|found|there was|need|want|lack|(?:i|we|'d|would|'ll|will|still|really|now) miss|(?:am|be) missing|come (?:back )?out|come off|be (?:gone|out|off)|go|disappear|vanish|to be/;
/** `skipped.ts` */
const SKIPPED =
  /skipped|left out|left undone|passed over|omitted|ducked|dodged|dropped|missed|glossed over|become|turn(?:ed)? into|be made|make way|give way|not (?:yet |even )?know|knows? nothing|no (?:idea|notion|concept)|(?:that|this|it|they|those|these|'s|'re|still) not|none of|worth |deserve/;
/** `handed.ts`, `reminded` of `orders.ts` */
const HANDED =
  /please|remember|forget|sure|mind that|after|for (?:this|it|that|the)|to (?:take effect|apply|work|kick in|be picked up|pick)|take effect/;
/** `notByMe`, `undone` of `left.ts`, `unlooked.ts` */
const UNDONE =
  /can't|cannot|can not|unable to|not able to|un(?:tested|verified|implemented|finished|documented|translated|measured|handled|migrated|reviewed|resolved|wired|tried|benchmarked|checked|solved|known|clear|decided|proven|certain|seen|answered)|open|guess|in the air|not (?:clear|known|checked|tested|verified|measured)|do not|whether|how|if|none of the|only/;
/** `somebodyMust`, `stillNeeds`, `laterByMe` of `steps.ts` */
const DUTY =
  /approve|sign|confirm|decide|agree (?:to|on)|review|okay|grant|provide|deliver|out of (?:time|context|budget|room|tokens|steam)|have to |require|misses/;
/** `gaps.ts`, `notYet` of `states.ts` */
const GAPS = /nowhere|nothing|temporar|provisional|interim|quick|stop-?gap|makeshift|short-term/;
/** `others.ts` */
const OTHERS =
  /wait|postpone|defer|parked|shelved|put |left |leave|leaving|hand|kept |keep |keeping |saved |save |saving |moved |pushed |do(?:ne)? (?:later|separately|tomorrow)|tackle |come back|in the long run|in time|follow-?up|next move|thing for |job for |candidate for |separately|on its own|in isolation|apart from this|some other time|revisit|look(?: again)? at|reconsider|re-?evaluate|rethink|(?:its|their|an?|some) (?:own|proper|real|dedicated)|(?:would|will|'ll|'d) (?:have|need) to |take/;
/** `ordered` of `orders.ts`, and what has to be done first of `people.ts` */
const ORDERED =
  /it suits|when(?:ever)? (?:ready|convenient)|once |as soon as|today|on (?:prod|staging|the (?:server|host|cluster|node|box|live ))|in (?:prod|staging)|otherwise|or else|too|as well|first|up front/;

/** `remains.ts`, `apart.ts` */
const REMAINS =
  /remain|(?:is|are) left|outstanding|pending|missing|to come|comes? (?:next|later|after|last)|follows|what i|no time|dirty|ugly|crude|neither|except|apart from|besides|aside from|other than|save for|(?:everything|all|done|finished|complete|else|rest|it) but|deserve|require|have to go|(?:will get|gets|goes|go|belongs) in|gets? (?:its|their) own|'d like|turned|switched|commented|out of (?:this|the)|has to|must |still (?:miss|lack)|(?:look|deed|restart|backfill|reload|rebuild|review|cleanup|check|test)(?:[.,;!]|$)/;

/** Of several rules; parts of too many other words to be asked for without what stands around them. */
const SHORT_WORDS = cued(/\b(?:be|get|no|not one|not a single)\s/i);

/** Without this most of the rules that say what is left find nothing; the few that need no more than `not` or `next` are asked anyway. */
const WORK = [
  doorOf(HANDED, UNDONE, PASSING, SKIPPED),
  doorOf(PEOPLE, RELEASE, NEGATED, SO_FAR, LATER),
  doorOf(OTHERS, ORDERED, DUTY, GAPS, REMAINS),
  SHORT_WORDS,
];
export const leavesWork = (sentence: string): boolean => isAnyOpen(WORK, sentence);
