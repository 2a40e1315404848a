/** Clauses that promise work for another time: `I'll wire the metrics in a follow-up`, `the map gets translated tomorrow`. */
import { cued } from '../../cue/index.js';
import { isSupposed } from './clauses.js';
import { found, verbed, type Found, type Rule } from './left.js';
import { objectIn } from './things.js';
import { isVerb, ofParticiple } from './verbs.js';

/** Another day or another change, after which nothing more of the work is told. */
export const SOME_DAY = String.raw`(?:later(?: on)?|tomorrow(?: \w+)?|tonight|afterwards|another (?:day|time)|next (?:time|week|month|sprint|session|round)|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:in|with|as|during) (?:the (?:next|following|coming|second)|an?(?:other)?|its own|their own) (?:(?:separate|later|next|new|own|different|dedicated|small) )*(?:follow-?ups?|session|pr|pull request|change|commit|pass|step|round|sprint|iteration|ticket|release|version|phase|stage|patch)(?: (?:pr|change|commit|ticket|session))?)`;
const FRONTED_DAY = cued(
  new RegExp(
    String.raw`^(?:and |but |then |so )?${SOME_DAY},? (?:i|we)(?:'ll| will|'m going to| am going to|'re going to|'d| would| want to| can)\s+(?:(?:then|also|still|probably|first|start to|go on to)\s+)*([\p{L}-]+)\s+(.+)$`,
    'iu',
  ),
);
const LATER_BY_ME = cued(
  new RegExp(
    String.raw`\b(?:i|we)(?:'ll| will| am going to|'m going to|'re going to|(?:'d| would)(?: rather| prefer to)?)\s+(?!wait|be\b|leave|keep|stop|not\b)(?:then |also |still |probably |rather )*([\p{L}-]+)\s+(.+?)\s+${SOME_DAY}\b`,
    'iu',
  ),
);
const BY_ME = cued(
  /^(?:(?:and|then) )?(?:i|we)(?:'ll| will)\s+(?!wait|be\b|leave|keep|stop|not\b|let\b|know\b|tell\b)(?:then |also |still )*([\p{L}-]+)\s+(.+)$/iu,
);
/** `once this is merged, …`: that is not in this turn. */
const ONCE_LIVE = cued(
  /^(?:and |but |then )?(?:once|after|when|as soon as)\s.{2,60}\b(?:merged|deployed|released|live|shipped|published|landed|rolled out|in production|on (?:main|master|staging|prod\w*))$/i,
);
const WILL_BE = cued(
  new RegExp(
    String.raw`^(?:and |but |so )?(.{2,90}?)\s+(?:(?:will|'ll|is going to|are going to)\s+(?:(?:then|also|still|probably|only)\s+)*(?:be|get)|gets?|(?:is|are)(?: (?:due )?to be)?)\s+(?:(?:then|also|only|properly)\s+)*([\p{L}-]+)(?:\s+(up|out|over|in|off))?\s+(?:(?:in|on|to|for|with)\s[^,;]{2,40}?\s)?${SOME_DAY}(?=[.!]?$|,|\s(?:by me|then)\b)`,
    'iu',
  ),
);
/** What goes on by itself, again and again. */
const BY_ITSELF =
  /\b(?:automatic\w*|every|each|by the|whenever|always|users|(?:the|a|any) user(?= (?:is|has|can|will|clicks|opens))|cron|nightly|deprecated|upstream|library|browsers?)\b/i;

const byMe = (verb: string | undefined, object: string | undefined, before: readonly string[]): Found | null =>
  verb !== undefined && (isVerb(verb) || /^(?:do|look)$/i.test(verb))
    ? found('next', verbed(verb, objectIn(object ?? ''), before))
    : null;

/** `I'll wire the metrics in a follow-up`, `tomorrow I'll port the map`, `the map will be ported in the next session`. */
export const laterByMe: Rule = ({ text, before, led = '' }) => {
  const later = LATER_BY_ME.exec(text);
  if (later !== null) return byMe(later[1], later[2], before);
  const fronted = FRONTED_DAY.exec(`${led}${text}`);
  if (fronted !== null && !isSupposed(text)) return byMe(fronted[1], fronted[2], before);
  const mine = ONCE_LIVE.test(before.at(-1) ?? '') ? BY_ME.exec(text) : null;
  if (mine !== null) return byMe(mine[1], mine[2], before);
  const due = BY_ITSELF.test(text) ? null : WILL_BE.exec(text);
  // "Is rebuilt later" tells how a thing works.
  if (
    due !== null &&
    /\s(?:is|are|gets?)\s(?!going\b).*\s(?:later(?: on)?|afterwards)$/i.test(due[0]) &&
    !/\b(?:is|are) (?:due )?to be\b/i.test(due[0])
  )
    return null;
  const verb = due?.[2] === undefined ? null : ofParticiple(due[2]);
  if (due?.[1] === undefined || verb === null || /^(?:if|when|once|as|that|which|who|until)\b/i.test(due[1]))
    return null;
  return found('next', verbed(`${verb}${due[3] === undefined ? '' : ` ${due[3]}`}`, due[1], before));
};
