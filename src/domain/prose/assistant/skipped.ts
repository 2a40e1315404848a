/** What was passed over, told in a word or two: `that's not in`, `the only bit I skipped`, `I had no Safari to try it in`. */
import { cued } from '../../cue/index.js';
import { deed } from './deeds.js';
import { found, verbed, type Found, type Rule } from './left.js';
import { RELEASE } from './steps.js';
import { isPronoun, objectIn, resolved, trimmed } from './things.js';
import { CHECKING } from './verbs.js';

/** One of these is in whatever the rule below finds. */
const CUE = cued(
  /not |n't|skip|left|leave|out|miss|only|without|no |nothing|worth|become|turn into|make way|besides|except|apart/i,
);

const NOT_IN = cued(
  /^(?:and |but |though )?(that|this|it|they|those|these|none of (?:it|that|this))(?:'s|'re| is| are)?(?:n't| not| still not| not yet)?\s+(?:yet\s+)?(?:in|in there|included|part of (?:it|this|that))(?:\s+(?:yet|here|so far|this (?:change|pr|round|time)))?[.!]?$/i,
);
const IS_NOT = cued(/\bnot\b|n't|\bnone\b/i);
const WOULD_WANT = cued(
  /^(?:and |but |so )?(?:for |in )?([\p{L}\d][^,;:]{1,60}?)\s+(?:would|will|'d|'ll)\s+(?:still |also |really )?(?:want|need|take|call for|require|like|ask for|have to have)\s+((?:an?|its own|their own|another|some|more)\s.{2,80})$/iu,
);
const SKIPPED_IT = cued(
  /^(?:and |but )?(?:that|this|which|it|they|those)(?:'s|'re| is| are| was| were) (?:really |about |pretty much )?(?:the |all )?(?:(?:one|only|single|last|main|two) )*(?:bits?|things?|parts?|pieces?|points?|items?|ones?|steps?|what)? ?(?:that |which )?(?:i|we)(?:'ve| have)? (?:skipped|left out|left undone|passed over|omitted|dropped|ducked|dodged|missed)\b/i,
);
const I_SKIPPED = cued(
  /^(?:and |but |so )?(?:the )?(?:(?:one|only|single|last|main) )+(?:bit|thing|part|piece|point|item|step)(?: that| which)? (?:i|we)(?:'ve| have)? (?:skipped|left out|left undone|passed over|omitted|ducked|dodged)(?: here| for now| so far| this time)? (?:is|are|was|were)\s+(.{3,100})$/i,
);
/** The state that a word of this kind tells is one that work has to end. */
const LACKING = cued(
  /^(?:and |but |so |though )?([\p{L}\d`][^,;:]{1,70}?)\s+(?:does not|doesn't|do not|don't|still has no|has no|have no|lacks?|misses)\s+(?:yet\s+|still\s+)?(?:(know|mention|show|list|have|cover|handle|support|offer|include|carry|contain|say|tell|explain|document)\s+)?(.{2,80})$/iu,
);
const DOCUMENT =
  /\b(?:page|docs?|documentation|readme\S*|manual|guide|wiki|changelog|help|runbook|handbook|reference|tutorial)$/i;

const NO_PLACE = cued(
  /\b(?:(?:i|we)(?:'ve| have)?\s+(?:had|have|got)|there(?:'s| is| was))\s+no\s+(.{2,40}?)\s+(?:here\s+|around\s+|at hand\s+)?to\s+([\p{L}-]+)\s+(.{2,80}?)\s+(in|on|with|against|from|under|for)(?=$|[.,;:!]|\s(?:and|so|but|here|from)\b)/iu,
);
const ONLY_BUILT = cued(
  /\b(?:i|we)(?:'ve| have| could| can| was able to)?(?: only| just)+ (?:been able to )?(?:type-?check|compile|build|built|compiled|type-?checked|lint|linted|simulate|simulated|dry-run|emulate|emulated|parse|parsed|stub|render|reason)(?:ed|d)?\b/i,
);
const NONE_HERE = cued(
  /(?:^|[;,.]\s)(?:and |but |with |as )?(?:there(?:'s| is) )?no (.{2,30}?) (?:here|around|at hand|in reach|on this (?:machine|box))\b/i,
);
const WORTH_A_TRY = cued(
  /\b(?:worth|deserves?|wants?|needs?) (?:a |an? (?:quick|real|proper) )?(?:try|test|look|check|run|spin|go|trying|testing|checking|running|looking at)\s+(on|in|with|against|under)\s+((?:an?|the|your|real)\s.{2,40}?)(?=$|[.,;:!]|\s(?:before|first|once|and|so)\b)/i,
);
const BECOMES = cued(
  /^(?:and |but |so )?(it|that|this|they|those|(?:the|our|your|that)\s.{2,50}?)\s+(?:still\s+)?(?:has to|have to|must|needs? to|ought to|should|will have to)\s+(?:still\s+)?(?:become|turn into|be turned into|be made|make way for|give way to)\s+((?:an?|the|its own)\s.{2,60})$/i,
);

const notPronoun = (words: string | null): string | null => (words === null || isPronoun(words) ? null : words);

/** The work that a clause before names by what it tells to be lacking. */
function lackedIn(before: readonly string[]): Found | null {
  const last = before.at(-1) ?? '';
  const wants = WOULD_WANT.exec(last);
  const who = wants?.[1] === undefined ? null : notPronoun(resolved(wants[1], before.slice(0, -1)));
  if (who !== null && wants?.[2] !== undefined) return found('left', `Add ${objectIn(wants[2])} for ${who}`);
  const lacks = LACKING.exec(knowing(last));
  return lacks === null ? null : lackOf(lacks, before.slice(0, -1));
}

/** All that says that a thing is not known of, in one form. */
const knowing = (text: string): string =>
  text
    .replace(/\b(?:knows? nothing|ha(?:s|ve) no (?:idea|notion|concept)) (?:about|of)\b/i, "doesn't know")
    .replace(/\bknow (?:about|of) /i, 'know ');

function lackOf(lacks: RegExpExecArray, before: readonly string[]): Found | null {
  const owner = notPronoun(resolved(lacks[1] ?? '', before));
  const verb = lacks[2]?.toLowerCase();
  const thing = objectIn((lacks[3] ?? '').replace(/\b(?:yet|so far|for now|at the moment)\b/gi, ' ').trim());
  if (
    owner === null ||
    thing === '' ||
    isPronoun(thing) ||
    /^(?:i|we|you|users?|people)\b|\b(?:library|upstream|framework|browsers?|vendor|sdk|spec|standard|compiler)$/i.test(
      owner,
    )
  )
    return null;
  if (DOCUMENT.test(owner)) return found('left', `Mention ${thing} in ${owner}`);
  if (verb === undefined || /^(?:have|show|list|carry|contain|offer|include)$/.test(verb))
    return found('left', `Add ${thing} to ${owner}`);
  return found('left', verb === 'know' ? `Teach ${owner} ${thing}` : `Make ${owner} ${verb} ${thing}`);
}

const KNOWS_NOT = cued(
  /\b(?:(?:doesn't|does not|don't|do not) (?:yet |even )?know|knows? nothing|ha(?:s|ve) no (?:idea|notion|concept))\s+(?:about |of )?.{2,80}?\s(?:yet|so far)\b/i,
);
/** `I passed over that`, `we skipped it for now`. */
const SKIPPED_THAT = cued(
  /^(?:which (?:i|we)(?:'ve| have)? (?:skipped|passed over|left out|omitted)(?: for now| so far)?[.!]?$|(?:and |but |so )?(?:i|we)(?:'ve| have)? (?:just |simply )?(?:skipped|passed over|left out|ducked|dodged|glossed over) (?:that|it|this|them|those)(?: (?:for now|so far|here|this time|part|bit))?[.!]?$)/i,
);

/** Passed over, or not looked at for want of a thing to try it on. */
export const skipped: Rule = ({ text, before, isStrict }) => {
  if (!CUE.test(text)) return null;
  const place = NO_PLACE.exec(text);
  if (
    place?.[1] !== undefined &&
    place[2] !== undefined &&
    (CHECKING.has(place[2]) || /^(?:see|look|install|flash)$/i.test(place[2]))
  )
    return found('untested', triedOn(place[2], place[3] ?? '', place[4] ?? 'on', place[1], before));
  const becomes = RELEASE.test(text) ? BECOMES.exec(text) : null;
  if (becomes?.[1] !== undefined && becomes[2] !== undefined) {
    const thing = notPronoun(resolved(becomes[1], before));
    return found('before', thing === null ? null : `Make ${thing} ${objectIn(becomes[2])}`);
  }
  const one = I_SKIPPED.exec(text);
  if (one?.[1] !== undefined) return found('unfinished', deed(trimmed(objectIn(one[1])), before));
  if (isStrict) return null;
  if (SKIPPED_IT.test(text) || SKIPPED_THAT.test(text)) return lackedIn(before);
  if (KNOWS_NOT.test(text)) {
    const lacks = LACKING.exec(knowing(text));
    return lacks === null ? null : lackOf(lacks, before);
  }
  const not = IS_NOT.test(text) ? NOT_IN.exec(text) : null;
  if (not?.[1] !== undefined) {
    const lacked = lackedIn(before);
    if (lacked !== null) return lacked;
    return /\b(?:yet|so far|here)\b/i.test(text) ? found('unfinished', verbed('add', not[1], before)) : null;
  }
  return worth(text, before);
};

function triedOn(verb: string, object: string, where: string, place: string, before: readonly string[]): string | null {
  const thing = notPronoun(resolved(object, before)) ?? 'the change';
  const on = /^(?:an?|the|our|your|real)\s/i.test(place) || /^\p{Lu}\p{Ll}+(?: \p{Lu}\w*)*$/u.test(place);
  return `${verb} ${thing} ${where} ${on ? '' : `${/^[aeiou]/i.test(place) ? 'an' : 'a'} `}${trimmed(place)}`;
}

/** `no Samsung here, so that is worth a try on a real one`: advice, unless it is told that nobody could. */
function worth(text: string, before: readonly string[]): Found | null {
  const hit = WORTH_A_TRY.exec(text);
  if (hit?.[2] === undefined) return null;
  const near = [...before.slice(-3), text.slice(0, hit.index)];
  const none = near.map((clause) => NONE_HERE.exec(clause)?.[1]).find((place) => place !== undefined);
  if (
    none === undefined &&
    !near.some((clause) => ONLY_BUILT.test(clause) || /\b(?:untested|not (?:been )?(?:tested|tried))\b/i.test(clause))
  )
    return null;
  const place = none === undefined ? hit[2] : hit[2].replace(/\bone\b/i, none);
  return found('untested', `Try the change ${hit[1] ?? 'on'} ${place}`);
}

const LIVES = cued(
  /\b(?:(?:lives?|sits?|is|are|stands?|resides?|kept|stored|found|belongs?|reads?|uses?|comes? from|happens?)\s+(?:(?:in|on|at|under|inside|from)\s+)?)((?:the|our|your|their)\s(?:[\w./-]+ ){0,3}(?:repo(?:sitory)?|service|server|console|dashboard|portal|panel|project|cluster|database|registry|account|pipeline|package|config|wiki|sheet|bucket)s?|[\w-]+\/[\w./-]+|[\w-]+\.\w{1,5})(?=$|[\s.,;:])/iu,
);

/** `rename the queries there`: where that is, if a clause before says so. */
export function placed(one: Found, before: readonly string[]): Found {
  const at = /\s(?:in there|there)(?=$|\s(?:by|with|first|once)\b)/i.exec(one.work);
  if (at === null) return one;
  for (const clause of before.slice(-4).reverse()) {
    const place = LIVES.exec(clause.slice(0, 300))?.[1];
    if (place !== undefined)
      return {
        ...one,
        work: `${one.work.slice(0, at.index)} in ${trimmed(place)}${one.work.slice(at.index + at[0].length)}`,
      };
  }
  return one;
}
