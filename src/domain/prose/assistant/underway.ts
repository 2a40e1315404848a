/** Other ways to say that something is begun and not through, or not begun. */
import { cued } from '../../cue/index.js';
import { aboutOf, type Said, type Spoken } from './status.js';
import { objectIn, subjectOf, trimmed, unled } from './things.js';

/** One of these is in whatever `begunIn` finds. */
const BEGUN_CUE = cued(
  /begun|start|called|reported|declared|marked|too (?:soon|early)|premature|a mistake|after all|middle|midst|half|midway|mid-way|partway|part of the way|through|still|busy|working on|as far as|up to|only|then|after that|afterwards|next|n't|not|\bno\b|none|neither|as before|attempt|better|to go|left|to come|remain|stays?\b|persist|where (?:it|they)|as (?:it|they)/i,
);
/** Without one of these it is none of them; asked last, since it is in most clauses. */
const CUE = cued(
  /to go|left|called|reported|declared|marked|too (?:soon|early)|premature|mistake|after all|part[ -]?way|nearly|almost|along|through|works|change|gone|reproducib|failed|working|third|quarter|begun|began|started|middle|half|mid-?way|still|\bas far\b|\bred\b|\bthere\b|help|only|\bnext\b|\bafter\b|not[.!\s]*$|n't[.!\s]*$|(?:not|n't) yet[.!\s]*$|nothing|where (?:it|they) (?:was|were|is|are)|trouble|as before|counterpart|of (?:the|their|them|\d)|missing|failing|other|touched|reached|got to/i,
);
const BEGUN = cued(
  /^(?:and |but |so )?(?:i|we)(?:'ve| have)\s+(?:only |just |already )?(?:begun|started|made a start)(?:\s+(?:to|on|with|off))?\s+(.{3,100})$/i,
);
const AMID = cued(
  /\b(?:i|we)(?:'m| am|'re| are)\s+(?:still |right |currently )?(?:in the (?:middle|midst) of|halfway through|half-way through|midway through|partway through|part of the way through|not yet through with|not through with|still at|still busy with|still working on|working on)\s*(.{3,100})$/iu,
);
const IS_NEXT = cued(
  /^(?:and |but )?(?!what\b|who\b|that\b|this\b|it\b|here\b)(.{2,50}?)\s+(?:is|are|comes?|goes|will be|follows?)\s+(?:up )?(?:next|after (?:that|this|it)|afterwards|last|then)[.!]?$/i,
);
const ELLIPTIC = cued(
  /^(?:and |but |though )?((?:number |no\. |#)?\d{1,2}(?:(?:, | and |, and )\d{1,2})*|(?:the|a|an|my|your|our|its)\s[\w `./-]{2,50}?|\p{Lu}[\w.-]+(?: [\w.-]+){0,3})\s+(?:is|are|has|have|does|do|did|was)(?: not|n't)(?: yet| so far)?[.!]?$/iu,
);
const HALF_DONE = cued(
  /^(?:and |but |so )?(.{2,60}?)\s+(?:is|are|was|has been|have been)\s+(?:only |about |still )?(?:half|partly|partially|in part|mostly|largely|nearly|almost|three quarters|two thirds|a third|a quarter)[ -](?:[\p{L}-]+(?:ed|en|t|ne)|through|there)\b/iu,
);
/** What one works with, and not on. */
const OWN_MEANS = /^(?:my|this session's|the) (?:context|budget|time|tokens?|window|session|quota)\b/i;
const HALF_WAY = cued(
  /^(?:and |but |so )?([\p{L}\d`].{1,60}?)\s+(?:is|are|'s)\s+(?:(?:only|about|roughly|just|still|now|currently|maybe|not quite|more than|less than)\s+)*(?:(?:half|part|mid)[ -]?way|half (?:in|over)|(?:nearly|almost|not quite|not yet|three quarters|two thirds|a third|a quarter|a good part|most|part|some) (?:of the way )?(?:there|through|in|along))(?: (?:there|through|done|in|along|finished|across))?(?=$|[.,:;!]|\s(?:and|with|but|so)\b)/iu,
);
/** What was called done and is not. */
const TAKEN_BACK = cued(
  /^(?:and |but |so |sorry,? )*(?:what (?:i|we)(?:'d|'ve| had| have)? (?:called|reported|declared|marked|sold|told you was|said was|thought was|took for) (?:as )?(?:done|finished|fixed|solved|working|complete|ready)\s+(?:isn't|is not|wasn't|was not|doesn't|does not|never was)\b|(?:i|we)(?:'ve| have)? (?:spoke|spoken|cheered|celebrated|called it (?:done|fixed|finished)|declared (?:it|victory)) too (?:soon|early)\b|(?:that|my (?:report|claim|"?done"?)|calling it (?:done|fixed|finished)) was (?:premature|too early|wrong|a mistake)\b|(?:it|that|this) (?:isn't|is not|wasn't|was not|never was) (?:really |actually |as )?(?:done|fixed|finished|solved) (?:as|after all|at all|like)\b)/i,
);
const GOT_TO = cued(
  /\b(?:i|we)(?:'ve| have)?\s+(?:only )?(?:got|came|made it|gotten)\s+(?:only |just )?(?:as far as|up to|half-?way through|through the first)\s+(.{3,80})$/i,
);
const ONLY_DID = cued(
  /^(?:(?:on|for|with|of|in)\s+(the .{2,60}?),?\s+)?(?:i|we)(?:'ve| have)?\s+(?:so far )?only\s+(?:written|done|converted|moved|ported|built|migrated|finished|made|got|fixed|renamed|translated)\s+(.{3,80})$/i,
);
const RED = cued(
  /^(?:but |and |so |now )?(.{2,60}?)\s+(?:is|are|went|goes|turned|stays?)\s+(?:now |still |back (?:to|at) )?(?:red|failing|broken)(?:\s+(?:again|still|now))?(?=$|[.,:;!]|\s(?:with|on|in|because|since|for)\b)/i,
);
const STILL_THERE = cued(
  /^(?:but |and |so |then )?((?:the|this|that|your)\s(?:[\w-]+ ){0,3}(?:bug|crash|error|problem|issue|flicker\w*|leak|failure|hang|freeze|warning|symptom|delay|exception|race|deadlock|regression|overlap|glitch|mismatch)s?|it)\s+(?:is|are|'s|remains?|stays?|persists?)(?:\s+(?:still|also))?\s*(?:there|present|around|alive|the same|unsolved|unfixed|open|with us|as (?:before|it was))?[.!]?$/i,
);
const NO_HELP = cued(
  /^(?:but |and |so |sadly,? )?(?:that|this|it|none of (?:it|this|that|them)|neither|nothing)(?: alone)?\s+(?:did(?:n't| not)|has(?:n't| not)|had no|made no|makes no|does(?:n't| not)|changed nothing|had|made)?\s*(?:help(?:ed|s)?|work(?:ed)?(?! (?:for|on|in|with|by|like|that|this|as)\b)|change(?:d)? (?:anything|a thing|it)|make (?:any|a) difference|made? (?:it )?(?:any|a|no) difference|fix(?:ed)? it|cure[ds]? it|(?:any |no )?effect|difference)\b/i,
);
const AS_BEFORE = cued(
  /^(?:no (?:change|difference|improvement|effect)\b|(?:it|that) (?:got|is|'s) (?:\w+ )?better\b.{0,20}\bnot\b|.{3,60}\bas (?:\w+ ){1,2}as before\b|the (?:first|second|last) attempt failed)/i,
);
const ONLY_WORKS = cued(
  /^(?:so far|until now|for now|yet),?\s+only\s+.{2,50}\s+(?:works?|runs?|is|are|exists?|passe?s?)\b|\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|some|a few|several) (?:more )?(?:are |is |still )?(?:to go|left|to come|remain(?:ing)?)(?=$|[.,;])/i,
);
const NEXT_COMES = cued(/^(?:and )?(?:then|after that|afterwards|next) (?:comes?|come|follows?|is|are)\s+(.{3,60})$/i);
const FRONTED = cued(
  /^((?:the|a|your|our)\s.{2,50}?)\s+(?:i|we)\s+(?:haven't|have not|didn't|did not)\s+(?:yet\s+)?(begun|started|touched|finished|got to|get to|reached|done|begin|start)\b/i,
);
const UNMOVED = cued(
  /^(?:and |but |so )?(?:(?:nothing|none of (?:it|this|that|them))\s+(?:applied|changed|moved|deleted|pushed|written|sent|deployed|merged|run|done|happened|gone|migrated|is in place|yet)|(.{3,60}?)\s+(?:is|are|was|were|stays?|remain)\s+(?:still |all |exactly |just )?(?:where (?:it|they) (?:was|were|is|are)|as (?:it|they) (?:was|were)))\b/i,
);
const SOME_OF = cued(
  /^(?:so )?((?:\d[\d ]*|one|two|three|four|five|six|seven|eight|nine|ten|half|most|some)(?: out)? of (?:the |their |its |our |your |them\b|these |those )?.{0,40}?)\s+(?:have|has|are|is|got|went|do|can)\b/i,
);
const THE_OTHERS = cued(/\b(?:the (?:other|remaining|rest|last)|others|the rest)\b/i);
const NOT_ALL = cued(
  /\bnot\b|n't|\bstill\b|\bleft\b|\bremain|\bneeds?\b|\bmust\b|\bhas to\b|\bhave to\b|\bmissing\b|\bopen\b|\byet\b|\bwould\b|'d\b|\bfail/i,
);
const NOT_ONCE = cued(/\b(?:was|were|had|if|when|because|since|why|until|whether)\b/i);

const unfinished = (about: string | null, begun: boolean): Said => ({ is: 'unfinished', about, begun });

/** Begun and not through, or not begun. */
export function underwayIn({ text, before }: Spoken): Said | null {
  const bare = text.trim();
  const said = (BEGUN_CUE.test(text) ? begunIn(bare, before) : null) ?? standingIn(bare, before);
  return said !== null && CUE.test(text) ? said : null;
}

/** The same in a sentence without the words of `doors.ts`: these two forms need none of them. */
export function plainlyUnderway({ text, before }: Spoken): Said | null {
  const bare = text.trim();
  const said = helpsNot(bare) && BEGUN_CUE.test(text) ? unfinished(null, true) : unlessPast(nextIn(bare, before), bare);
  return said !== null && CUE.test(text) ? said : null;
}

const helpsNot = (bare: string): boolean => NO_HELP.test(bare) && /\bnot\b|n't|\bno\b|nothing|none|neither/i.test(bare);

function nextIn(bare: string, before: readonly string[]): Said | null {
  const next = IS_NEXT.exec(bare);
  return next?.[1] !== undefined && next[1].split(' ').length <= 7
    ? unfinished(aboutIn(next[1], before) ?? next[1], false)
    : null;
}

function aboutIn(words: string | undefined, before: readonly string[]): string | null {
  const plain = trimmed(words ?? '').replace(/^to\s+/i, '');
  return plain === '' ? null : aboutOf(plain, before);
}

function begunIn(bare: string, before: readonly string[]): Said | null {
  const begun = BEGUN.exec(bare);
  if (
    begun?.[1] !== undefined &&
    !/^(?:the |a |your )?(?:dev |local |test )?(?:server|container|service|process|watcher|stack|app|build|job|run)\b/i.test(
      begun[1],
    )
  )
    return unfinished(aboutIn(objectIn(begun[1]), before), true);
  const amid = AMID.exec(bare);
  if (amid?.[1] !== undefined) return unfinished(aboutIn(objectIn(amid[1]), before), true);
  if (TAKEN_BACK.test(bare)) return unfinished(null, true);
  const got = GOT_TO.exec(bare);
  if (got !== null) return unfinished(null, true);
  const only = ONLY_DID.exec(bare);
  if (only !== null) return unfinished(aboutIn(only[1], before), true);
  const comes = NEXT_COMES.exec(bare);
  if (comes?.[1] !== undefined) return unfinished(aboutIn(objectIn(comes[1]), before) ?? comes[1], false);
  const fronted = FRONTED.exec(bare);
  if (fronted?.[1] !== undefined) return unfinished(aboutIn(fronted[1], before), /finish/i.test(fronted[2] ?? ''));
  if (AS_BEFORE.test(bare) || ONLY_WORKS.test(bare)) return unfinished(null, true);
  if (helpsNot(bare)) return unfinished(null, true);
  const unmoved = UNMOVED.exec(bare);
  if (unmoved !== null)
    return unfinished(
      /^(?:everything|all|it|they|things)$/i.test(trimmed(unmoved[1] ?? '')) ? null : aboutIn(unmoved[1], before),
      false,
    );
  const there = STILL_THERE.exec(bare);
  if (there?.[1] !== undefined && /\b(?:still|remains?|stays?|persists?)\b/i.test(bare))
    return unfinished(aboutIn(there[1], before), true);
  return null;
}

/** How a thing stands, where the clause does not tell of what was. */
const standingIn = (bare: string, before: readonly string[]): Said | null => unlessPast(stateIn(bare, before), bare);

const unlessPast = (said: Said | null, bare: string): Said | null =>
  said === null || NOT_ONCE.test(bare) ? null : said;

function stateIn(bare: string, before: readonly string[]): Said | null {
  const half = HALF_DONE.exec(bare);
  if (half?.[1] !== undefined && !OWN_MEANS.test(half[1]))
    return unfinished(aboutIn(subjectOf(unled(`${half[1]} is x`)) ?? half[1], before), true);
  const way = HALF_WAY.exec(bare);
  if (way?.[1] !== undefined) return unfinished(aboutIn(subjectOf(unled(`${way[1]} is x`)) ?? way[1], before), true);
  const next = nextIn(bare, before);
  if (next !== null) return next;
  const dots = ELLIPTIC.exec(bare);
  if (dots?.[1] !== undefined && (!/\b(?:does|do|did)(?: not|n't)/i.test(bare) || /\byet\b/i.test(bare)))
    return unfinished(aboutIn(dots[1], before) ?? trimmed(dots[1]), true);
  const red = RED.exec(bare);
  if (red?.[1] !== undefined && /\b(?:again|now|still|tests?|ci|build|pipeline|suite|spec)\b/i.test(bare))
    return unfinished(aboutIn(red[1], before), true);
  return null;
}

/** `31 of 44 have a counterpart. For the other 13 …`: the work is done in part. */
export function partlyIn(sentence: string, before: readonly string[]): Said | null {
  if (!THE_OTHERS.test(sentence)) return null;
  const inOne = SOME_OF.exec(sentence);
  const earlier = before.slice(-2).some((clause) => SOME_OF.test(clause.trim()));
  if (inOne === null && !earlier) return null;
  return NOT_ALL.test(sentence) ? unfinished(null, true) : null;
}
