/** What a user takes back, puts off or keeps amid the work: `I changed my mind`, `without the badge then`, `agreed, next sprint`. */
import { cued } from '../../cue/index.js';
import { titleOf } from '../title.js';
import { laterIn } from './time.js';
import { aboutOf } from './withdraw.js';

type Meant =
  | { readonly is: 'cancel' | 'decline'; readonly about: string | null; readonly title?: string }
  | { readonly is: 'hold'; readonly about: string | null; readonly until: string | null }
  | { readonly is: 'promise'; readonly title: string; readonly stated: null };

const LEAD =
  /^(?:(?:and|but|so|ok(?:ay)?|oh|hm+|well|right|no+(?! need)|nope|nah|yes|fine|good|then|actually|please|wait|sorry|thanks|stop|on (?:second|reflection) thoughts?|on reflection|thinking about it|in that case|you know what|now|in the end)(?:[,:.!–—-]+ ?| )+(?=\S))+/i;
const IT = String.raw`(?:it|that|this|them|those|everything|things|the (?:whole )?(?:thing|idea|plan|task|work))`;
const END = String.raw`(?: (?:then|please|after all|any ?more|any longer|now|again|for good|altogether|entirely|completely|at all|either|alone|be|as (?:it|they|everything) (?:is|are|was|were)|as is|from the list|off the list))*(?:[,;.:–—-]+ ?.{0,90})?$`;
const IT_IS_OFF = cued(
  new RegExp(
    String.raw`^(?:(?:i|we)(?:'ve| have)? (?:just )?changed (?:my|our) minds?|don'?t(?: bother| do ${IT})?|let'?s (?:just )?not(?: do ${IT})?|(?:let'?s )?(?:just )?(?:leave|cancel|scrap|drop|forget(?: about)?|skip|abandon|kill|bin|scratch) ${IT}|(?:i|we|they|he|she)(?: don'?t| do not| no longer| won'?t) (?:really |actually )?(?:need|want) ${IT}|(?:${IT}(?:'s| is| are|s) )?(?:not|no longer) (?:needed|wanted|necessary|required|relevant|worth it)|(?:i|we|they)(?:'ve| have)? decided against ${IT}|${IT}(?:'s| is|s) no longer (?:wanted|needed|necessary)|cancel ${IT})${END}`,
    'i',
  ),
);
const THING = String.raw`((?:the |our |that |this |those |my )?(?!(?:i|we|you|it|they|there|if|when|what|which)\b)[\w][\w./'"-]*(?: [\w./'"-]+){0,5}?)`;
const STAYS = cued(
  new RegExp(
    String.raw`^(?:(?:let'?s|please|just|you can|we can|better|then|i'd) )*(?:leave|keep) ${THING} (?:as (?:it|they) (?:is|are|was|were)|as is|alone|untouched|the way (?:it|they) (?:is|are))(?: (?:then|please|after all))*(?:[,;.–—-]+ ?.{0,90})?$|^${THING} (?:stays?|can stay|remains?) (?:as (?:it|they) (?:is|are)|as is|the way (?:it|they) (?:is|are))(?:,? (?:then|after all))*(?:[,;.–—-]+ ?.{0,90})?$`,
    'i',
  ),
);
const NEED_NOT = cued(
  /^(?:(?:you|we|i) (?:don'?t|do not|no longer) (?:need|have) to|(?:please )?(?:don'?t|do not)|let'?s (?:not|rather not)|no need to) ([a-z]{3,} (?:the|our|that|those|any|my) [\w ./'"-]{2,60}?|bother (?:with|about) (?:the |our |that )?[\w][\w ./'"-]{2,50}?)(?: (?:any ?more|any longer|after all|then|now))*(?:[,;.–—-]+ ?.{0,90})?$/i,
);
const YET =
  /\b(?:yet|until|till|before|unless|without|for now|today|while|when|if|so|like|that (?:way|much)|too|only|first)\b/i;
const CONSTRAINT =
  /^(?:touch|change|break|forget|use|worry|mind|care|see|want|need|know|think|make|let|be|get|mess|overdo|push|commit|merge|add|ask|tell|assume|rely|hardcode|modify|edit|rewrite|rename any|install)\b/i;
const WITHOUT = cued(
  new RegExp(
    String.raw`^(?:do it |just |we do it |go |then )*without (?:the |that |any )([\w][\w ./'"-]{1,50}?)(?:,? (?:then|please|for now|after all))*[.! ]*$|^no ((?!more |need |idea |problem |rush |worries |changes? |way |one |longer |it |that |this |thanks? )[\w][\w./'"-]*(?: [\w./'"-]+){0,3}?) then[.! ]*$`,
    'i',
  ),
);
const DROPPED = cued(
  new RegExp(
    String.raw`^(?:(?:we|you|i) can (?:drop|skip|forget(?: about)?|leave out|do without|ditch|scrap) ${THING}|${THING} can be (?:dropped|skipped|scrapped|left out|omitted|cancell?ed|ignored))(?: (?:from the (?:list|plan|scope)|off the list|then|for good|altogether|entirely|after all|now))*(?:[,;.–—-]+ ?.{0,90})?$`,
    'i',
  ),
);
const PART_OF_CODE =
  /\b(?:columns?|tables?|ind(?:ex|exes|ices)|fields?|flags?|support|dependenc\w*|packages?|imports?|params?|parameters?|endpoints?|files?|keys?|functions?|class(?:es)?|methods?|tests?|rows?|constraints?|views?|prefix|code|check|hack|fallback|shim|rule|legacy|old)\b/i;
const WAITS = cued(
  new RegExp(
    String.raw`^${THING} (?:(?:has|have|will have|needs|need) to|must|should|will|can) wait (?:for|until|till) (.{3,90})$|^${THING} (?:is|are|'s) (?:currently |still |now )?(?:blocked|on hold|stuck|held up) (?:until|till|by|because|for|as|since) (.{3,90})$`,
    'i',
  ),
);
const WHEN = String.raw`(?:not (?:now|today|yet|this \w+)|(?:in |for |at )?(?:the )?next (?:sprint|week|month|release|quarter|year|iteration|milestone|version|time|round|pr)|later(?: on)?|tomorrow|(?:on |next )?(?:mon|tues|wednes|thurs|fri)day|another (?:day|time|pr)|in (?:a|another|the next|a separate|a follow-?up) (?:pr|release|sprint|branch|session)|after (?:the )?[\w -]{3,30}|in the follow-?up|some other time)`;
const AGREED = cued(
  new RegExp(
    String.raw`^(?:agreed|i agree|ok(?:ay)?|yes|yep|yeah|sure|good (?:idea|point|call)|great idea|nice idea|makes? sense|right|fine|true|absolutely|definitely|sounds good|fair(?: enough| point)?|correct)(?:[,.;:!]| [–—-])+ ?(?:but |rather |maybe |perhaps |let'?s (?:do (?:it|that) )?|do (?:it|that) |only |though )*${WHEN}(?:,? (?:then|maybe|please|though|thanks))*[.! ]*$`,
    'i',
  ),
);
const OWN = cued(
  /^(?:(?:no|yes|ok(?:ay)?|thanks|right|good|fine|no need|sure|i know)[,.;:! –—-]+)*(?:i|we)(?:'ll| will| can) (?:then |also |just |rather )*(?:do|take(?: care of)?|handle|get to|see to|deal with|sort(?: out)?|manage) (?:it|that|this|those|them|that (?:part|one|bit)|this (?:part|one|bit))(?: (?:myself|ourselves|later|tomorrow|tonight|soon|then|by hand|on \w+day|next \w+|this \w+|at (?:home|work)|from here))*[.! ]*$|^(?:(?:no|ok(?:ay)?|thanks|please)[,. ]+)*leave (?:it|that|this|that (?:part|one|bit)|this (?:part|one|bit)) (?:to|with|for) (?:me|us)(?: then| please)*[.! ]*$/i,
);
const NOTE = cued(
  /^(?:(?:and|also|ok|oh)[, ]+)*(?:(?:mental )?note to (?:my)?self|reminder(?: (?:to|for) (?:me|(?:my)?self))?|for my own (?:list|notes?)|mental note)(?:: | [–—-] |, )(.{6,140})$/i,
);
/** One of these stands in all of them. */
const HINT = cued(
  /\bmind|n'?t\b|\bnot\b|leave|cancel|scrap|drop|forget|skip|abandon|kill|bin\b|scratch|no longer|against|stays?\b|remain|keep|need|without|\bno \w+.{0,40} then|can be|\bcan (?:do|ditch|take|handle|get|see|deal|sort|manage)|wait|blocked|on hold|stuck|held up|agree|later|next|tomorrow|another|after|day\b|'ll |will |(?:to|with|for) (?:me|us)|note|reminder/i,
);

/** @param isAsking whether something was asked or offered: what is taken back may be that */
export function recantIn(said: string, isAsking: boolean): Meant | null {
  if (said.length > 200 || !HINT.test(said) || /\?\s*$/.test(said)) return null;
  const note = NOTE.exec(said)?.[1];
  if (note !== undefined) return { is: 'promise', title: titleOf(note), stated: null };
  if (AGREED.test(said) || OWN.test(said)) return { is: 'promise', title: 'Do that later', stated: null };
  const text = said.replace(LEAD, '').replace(/[\s.,;:!]+$/, '');
  const back = (about: string | null, title?: string): Meant =>
    isAsking ? { is: 'decline', about } : { is: 'cancel', about, ...(title === undefined ? {} : { title }) };
  if (IT_IS_OFF.test(text)) return back(null);
  const [, one, two] = STAYS.exec(text) ?? WITHOUT.exec(text) ?? [];
  const stays = aboutOf(one ?? two ?? '');
  if (stays !== null && !/\b(?:until|till|for now|for later|for \w+day)\b/i.test(text)) return back(stays);
  const deed = NEED_NOT.exec(text)?.[1];
  if (deed !== undefined && !YET.test(text) && !CONSTRAINT.test(deed)) {
    const about = aboutOf(deed.replace(/^bother (?:with|about) /i, ''));
    if (about !== null) return back(about);
  }
  const dropped = DROPPED.exec(text);
  const thing = aboutOf(dropped?.[1] ?? dropped?.[2] ?? '');
  if (thing !== null && !PART_OF_CODE.test(thing))
    return back(thing, titleOf(`Drop ${dropped?.[1] ?? dropped?.[2] ?? ''}`));
  const waits = WAITS.exec(text);
  const about = aboutOf(waits?.[1] ?? waits?.[3] ?? '');
  const until = waits?.[2] ?? waits?.[4] ?? '';
  return about === null || laterIn(`until ${until}`) !== null || new RegExp(`^${WHEN}`, 'i').test(until)
    ? null
    : { is: 'hold', about, until };
}
