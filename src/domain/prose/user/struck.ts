/** What is said of a thing that is named first: `the glossary: marketing does its own now, bin that one`, `undo: keep that for phase 2`. */
import { cued } from '../../cue/index.js';
import type { Said } from './withdraw.js';
import { aboutOf } from './withdraw.js';

const LEAD = String.raw`^(?:(?:and|but|also|so|ok|okay|oh|well|hm+|no|then|right|fair|now|yes|actually|sorry)[,.! –—-]+)*(?:(?:as for|about|re|regarding|concerning|on|that thing with) )?`;
const TOPIC = String.raw`((?:the |our |that |your )?(?!(?:i|we|you|it|that|this|they|there|one|please|note|update|question|reason|error|problem|result|bug|todo|edit|and|but|so)\b)[\w#./'-]+(?: [\w#./'-]+){0,4}?)`;
const AWAY = String.raw`(?:so |then |just |please |pls |let'?s |we can |you can |better |rather |and )*(?:kill|bin|scratch|drop|strike|scrap|forget(?: about)?|skip|axe|ditch|lose|cut|nix|dump|cancel|shelve|leave|trash|cross)`;
const TAIL = String.raw`(?: (?:then|please|pls|for good|again|altogether|entirely|from the list|off the list|off|after all|now|completely|as well|too))*[.! ]*$`;
const STRUCK = cued(
  new RegExp(
    String.raw`${LEAD}${TOPIC}(?::|,|\?| [-–—]) (?:(.{2,140}?)(?:[,;.:!–—-]|,? so|,? and)+ )?${AWAY} (?:(?:that|this) (?:one|bit|part|item|point|idea|thing)(?: out)?|(?:it|that|this|them) out)${TAIL}`,
    'i',
  ),
);
const SCRAPPED = cued(
  new RegExp(
    String.raw`${LEAD}${TOPIC}(?::|,|\?| [-–—]) (?:(.{2,140}?)(?:[,;.:!–—-]|,? so|,? and)+ )?(?:so |then |just |please |let'?s |we can )*(?:scrap|strike|scratch|ditch|nix|axe|bin|shelve|forget(?: about)?|drop|skip) (?:it|that|this|them)${TAIL}`,
    'i',
  ),
);
const NO_MORE = cued(
  new RegExp(
    String.raw`${LEAD}(?:(?:there(?:'s| is) )?no (?:more |longer |further )(?:need|use|point|reason) (?:for|in)|(?:we|i) can (?:do|live|manage) without|(?:we|i)(?:'ll| will)? (?:do|live) without|(?:i|we)(?:'ve| have)? (?:dropped|given up on|gave up on|buried)) ((?:the|our|that|those|an?)? ?[\w ./'-]{2,50}?)(?:,? (?:now|after all|any ?more|then|for now|too))*[.! ]*(?:[,;–—-]+ .{2,90})?$`,
    'i',
  ),
);
const DEAD = cued(
  new RegExp(
    String.raw`${LEAD}${TOPIC} ?(?:is|are|'s|has been|have been|'s been|was|were|got) (?:(?:now|all|officially|just|finally) )*(?:cancell?ed|scrapped|axed|binned|shelved|off the table|called off|out of scope|obsolete|moot|superseded|history|(?:n't|not|no longer) (?:needed|wanted|necessary|required)(?: any ?more| any longer| after all)?)(?:[,;–—-]+ .{2,120})?[.! ]*$`,
    'i',
  ),
);
const LATER = String.raw`((?:phase|version|release|milestone|part|round|iteration|sprint|v)[- ]?\d[\w.]*|v?\d+\.\d+[\w.]*|(?:the |a )?(?:next|following|later|second|another|separate|follow-?up)(?: (?:phase|version|release|sprint|iteration|milestone|round|pr|week|month|year|quarter|time|day|one))?|later(?: on)?|tomorrow|after [\w' -]{3,40}|(?:mon|tues|wednes|thurs|fri)day|q[1-4]|another (?:day|time)|some ?day|the (?:backlog|weekend|follow-?up))`;
const MAYBE = String.raw`(?:,? (?:maybe|perhaps|probably|though|then|after all|please|i think|i guess|instead))*[.! ]*$`;
const PUT_OFF = cued(
  new RegExp(
    String.raw`${LEAD}(?:${TOPIC}(?::|,|\?| [-–—]) )?(?:(?:hm+|well|let'?s|we|we can|we'll|i'd|i'd rather|please|rather|then|ok|better|you can|no|on second thought)[,. ]+)*(?:keep|leave|save|do|postpone|park|move|push|put|shift|defer|reserve|take) (?:that|it|this|those|them)(?: one| off| back)? (?:for|to|until|till|into|in|on) ${LATER}${MAYBE}`,
    'i',
  ),
);
const NOT_NOW = cued(
  new RegExp(
    String.raw`${LEAD}${TOPIC}(?::|,|\?| [-–—]) (?:not (?:now|today|yet|this (?:week|sprint|release|time|round)|before ${LATER})|(?:rather |only |maybe |perhaps |in |for |that'?s |let'?s say )*${LATER})(?:,? (?:maybe |perhaps |rather |in |for )*${LATER})?${MAYBE}`,
    'i',
  ),
);
const LIVES = cued(
  new RegExp(
    String.raw`${LEAD}${TOPIC} (?:can|could|may|might|should|will|'ll|must) (?:(?:just|also|happily|well|easily|probably) )*(?:live|land|go|come|be|happen|follow|arrive|stay|move|slip|ship) (?:in|into|with|to|for|after|on) ${LATER}${MAYBE}`,
    'i',
  ),
);
/** One of these stands in all of them. */
const HINT = cued(
  /kill|\bbin\b|scratch|drop|strike|scrap|forget|skip|axe|ditch|lose|cut|nix|dump|cancel|shelve|leave|trash|cross|no more|no longer|no further|without|given up|gave up|buried|binned|off the|called off|scope|obsolete|moot|supersed|history|n't|not |phase|version|release|sprint|v\d|\d\.\d|later|tomorrow|next|after|backlog|day|another|q[1-4]/i,
);
/** Narrower, and seldom open: what each of them cannot do without. */
const MAY_STRIKE = cued(
  /(?:kill|bin|scratch|drop|strike|scrap|forget(?: about)?|skip|axe|ditch|lose|cut|nix|dump|cancel|shelve|leave|trash|cross) (?:that|this|it|them)\b|no (?:more|longer|further) |without|dropped|given up|gave up|buried|cancel|scrapped|axed|binned|shelved|off the table|called off|scope|obsolete|moot|supersed|history|(?:n't|not|no longer) (?:needed|wanted|necessary|required)|[:,?] | [–—-] |(?:keep|leave|save|do|postpone|park|move|push|put|shift|defer|reserve|take) (?:that|it|this|those|them)|(?:can|could|may|might|should|will|'ll|must) /i,
);
/** `Ama is rewriting the` of a reason. */
const DOING =
  /^[\p{L}'-]+(?: [\p{L}'-]+)? (?:is|are|was|has|have|will|already|now) (?:(?:already|now|just|being) )*[a-z]+(?:ing|ed|en|t)? (?:the |a |an |our )?|(?: from scratch| herself| himself| already| anyway)+$/giu;
/** No name: a clause. */
const FINITE =
  /\b(?:is|are|was|were|has|have|had|does|do|did|can|will|would|should|must|needs?|wants?|says?|said|works?|fails?)\b/i;
/** Parts of code are dropped from the code. */
const CODE =
  /\b(?:columns?|tables?|ind(?:ex|ices|exes)|cache|files?|lines?|rows?|keys?|flags?|imports?|rule|class|function|button|field|branch)\b/i;

/** What is said of a thing that is named in front. */
export function struckIn(said: string): Said | null {
  if (said.length > 220 || !MAY_STRIKE.test(said) || !HINT.test(said)) return null;
  const struck = STRUCK.exec(said) ?? (CODE.test(said) ? null : SCRAPPED.exec(said));
  if (struck !== null && !FINITE.test(struck[1] ?? '')) {
    const [, topic = '', why = ''] = struck;
    // `about 3: Ama rewrites the bar, so scratch that one`: named by why.
    const isNumber = /^(?:(?:number|no\.?|point|item|the) )*#?\d{1,2}$/i.test(topic);
    return { is: 'cancel', about: aboutOf(isNumber && why !== '' ? why.replace(DOING, '') : topic) };
  }
  const dead = NO_MORE.exec(said)?.[1] ?? DEAD.exec(said)?.[1];
  if (dead !== undefined) {
    const about = aboutOf(dead);
    return about === null ? null : { is: 'cancel', about };
  }
  const off = PUT_OFF.exec(said) ?? NOT_NOW.exec(said);
  if (off !== null && !FINITE.test(off[1] ?? ''))
    return { is: 'hold', about: aboutOf(off[1] ?? ''), until: off[2] ?? off[3] ?? null };
  const lives = LIVES.exec(said);
  return lives === null ? null : { is: 'hold', about: aboutOf(lives[1] ?? ''), until: lives[2] ?? null };
}
