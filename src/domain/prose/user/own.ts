/** What the user keeps or puts off, the thing named first: `the runbook is mine`, `retries are next sprint`, `the wiki page I do myself`. */
import { cued } from '../../cue/index.js';
import { withoutEnd } from './text.js';

export interface Kept {
  readonly title: string;
  /** When, in the words that were said; null where only who does it is said. */
  readonly later: string | null;
  /** The user does it, or it is only not now. */
  readonly isOwn: boolean;
}

const LEAD =
  /^(?:(?:and|but|also|ok|okay|k|so|then|good|great|fine|nice|yes|yeah|no|cool|perfect|thanks|oh|well|as for)[,. ]+)+/i;
const THING = String.raw`((?!(?:i|we|you|he|she|it|they|that|this|there|who|which|what|where|when|why|how|if|nobody|everyone|everything|all|nothing|something|today|tomorrow|now|here|not|one|both|as|because|since|please|so|first|second|last|next|early|late|right|back|see|until|till|by|maybe|sometime|again|good|great|thanks|done)\b)[\w@./#-]+(?: [\w@./#'-]+){0,5}?)`;
const DAY = '(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|nesday|rsday|urday)?';
const MONTH =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)';
const WHEN = String.raw`(?:(?:for |in |on |due |planned for |scheduled for |at |after )?(?:the )?next (?:sprint|week|month|release|quarter|year|iteration|milestone|version|time|round|pr|branch)|(?:for |something for |a thing for )?(?:tomorrow|tmrw|tmw|later|another (?:day|time|pr|sprint)|some other (?:day|time)|after (?:the )?[\w-]+(?: \w+)?|the backlog|a (?:later|follow-?up|separate) (?:pr|release|sprint|version|branch|day)|the (?:weekend|follow-?up))|(?:for |on )${DAY}(?: \w+)?|in (?:early |late |mid-?)?${MONTH}|(?:in |for )?(?:q[1-4]|spring|summer|autumn|winter|fall)|next ${DAY})`;
const MINE = cued(
  new RegExp(
    String.raw`^${THING} (?:is|are|'s|stays?|will be)(?: all| still)? (?:mine|ours|on (?:me|us)|my (?:job|task|part|business|problem|turf)|up to me|with me)((?:[, ]+.{2,40})?)$`,
    'i',
  ),
);
const MYSELF = cued(
  new RegExp(
    String.raw`^${THING},? (?:i|we)(?:'ll| will)?(?: then| can)? (do|write|handle|make|finish|take care of|check|test|send|take|draw|translate|sort|order|fix|deal with|look after|prepare)(?: (?:that|it|them))? (myself|ourselves|on my own|by hand|together|with \w+|${WHEN})((?:[, ]+.{2,60})?)$`,
    'i',
  ),
);
const IS_LATER = cued(
  new RegExp(
    String.raw`^${THING} (?:is|are|goes|comes|'s|then|only|only then) (?:only |then |just |rather )*(${WHEN})((?:[, ]+.{2,60})?)$`,
    'i',
  ),
);
const BARE_LATER = cued(
  new RegExp(
    String.raw`^${THING},? (another (?:day|time)|some other (?:day|time)|next (?:sprint|week|release|time)|(?:tomorrow|tmrw)(?: then)?)[.! ]*$`,
    'i',
  ),
);
/** `we'll get round to it in the next one`: of what was spoken of. */
const IT_LATER = cued(
  new RegExp(
    String.raw`^(?:we|i)(?:'ll| will| shall) (?:(?:rather|then|just|better|surely|definitely) )*(?:get (?:a?round )?to|come back to|return to|see to|deal with|look (?:at|into|after)|take care of|do|fix|tackle|handle|sort(?: out)?|address|solve|clean(?: up)?) (it|that|this|them|those) ((?:in|with|on|after|during) (?:the|a|an) (?:next|another|separate|later|follow-?up)(?: (?:one|branch|pr|mr|round|sprint|release|commit|step|pass))?|another (?:day|time)|some other (?:day|time)|next (?:time|round|sprint|week|release)|in (?:early |late |mid-?)?${MONTH})((?: .{1,20})?)$`,
    'i',
  ),
);
/** `we'll switch it off in december`. */
const IN_MONTH = cued(
  new RegExp(
    String.raw`^(?:we|i)(?:'ll| will| shall| can| want to| are going to|'re going to)(?: then| just| rather)* ([a-z]{3,} (?:it|that|this|them|the|our|all|these|those)\b.{0,60}?) (in (?:early |late |mid-?)?${MONTH}|after (?:the holidays|christmas|easter|new year|black friday|summer))$`,
    'i',
  ),
);
/** Happens on a day and is no work. */
const EVENT =
  /(?:^| )(?:releases?|launch|demo|meeting|call|stand-?up|deadline|holidays?|vacation|weekend|review|audit|conference|presentation|exams?|interview|appointment|freeze|go-?live|sprint|retro|planning|birthday|party|flight|train|workshop|training|lunch|dinner|event|cutover|feature freeze|due date|kick-?off|sync|pitch|payday|eol|expiry|end of life|version|day|today|date|talk|wedding|trip|shift|hearing)$/i;
const NOT_MINE =
  /^(?:the )?(?:pleasure|fault|mistake|bad|idea|guess|turn|turf|treat|drinks?|beer|next round|hand|laptop|machine|phone|pc|branch|code|repo|project|screenshot|name|opinion)$/i;
const CLAUSE =
  /(?:^| )(?:is|are|was|were|has|have|had|does|do|if|when|that|which|who|but|because|works?|failed|fails?|said|says)(?: |$)/i;
const WORK =
  /^(?:fix|add|do|write|test|check|move|remove|update|run|make|take|leave|keep|try|start|let|put|get|go|show|use|see|meet|continue|resume|look|push|commit|finish|remind|ping|talk)\b/i;

/** One of these stands in all of them. */
const KEEPS = cued(
  /'ll |will |shall |mine|ours|on me|on us|my |up to me|with me|myself|ourselves|my own|by hand|together|next |tomorrow|tmrw|tmw|later|another|some other|after |backlog|follow|weekend|\bq[1-4]\b|spring|summer|autumn|winter|fall|mon|tue|wed|thu|fri|sat|sun|day|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec/i,
);
/** Narrower, and seldom open: what each of them cannot do without. */
const MAY_KEEP = cued(
  new RegExp(
    String.raw`mine|ours|\bon (?:me|us)\b|\bmy |with |to me|(?:my|our)sel|on my own|by hand|together|(?:a|an|the) next|next (?:sprint|week|month|release|quarter|year|iteration|milestone|version|time|round|pr|branch|${DAY})|tomorrow|tmrw|tmw|later|another|separate|follow|some other|after |backlog|weekend|(?:for|on) ${DAY}|in (?:early |late |mid-?)?${MONTH}|\b(?:q1|q2|q3|q4)\b|spring|summer|autumn|winter|fall`,
    'i',
  ),
);

const plain = (text: string): string => text.replace(/ (?:thing|bit|part|stuff|story|topic)$/i, '');

export function keptIn(said: string): Kept | null {
  if (said.length > 160 || !MAY_KEEP.test(said) || !KEEPS.test(said)) return null;
  const text = withoutEnd(said.replace(LEAD, ''), '.,;:!');
  const isOf = (thing: string): boolean => CLAUSE.test(thing) || WORK.test(thing);
  const it = IT_LATER.exec(text);
  if (it !== null) return { title: `Fix ${it[1] ?? 'it'} ${it[2] ?? ''}${it[3] ?? ''}`, later: null, isOwn: true };
  const dated = IN_MONTH.exec(text);
  if (dated !== null) return { title: `${dated[1] ?? ''} ${dated[2] ?? ''}`, later: null, isOwn: true };
  const mine = MINE.exec(text);
  if (mine !== null) {
    const [, thing = '', when = ''] = mine;
    return isOf(thing) || NOT_MINE.test(thing)
      ? null
      : { title: `Do ${named(thing)}${when}`, later: null, isOwn: true };
  }
  const own = MYSELF.exec(text);
  if (own !== null) {
    const [, thing = '', verb = '', how = '', rest = ''] = own;
    const when = /^(?:myself|ourselves|on my own|by hand|together)$/i.test(how) ? '' : ` ${how}`;
    return isOf(thing) || NOT_MINE.test(thing)
      ? null
      : { title: `${verb} ${named(thing)}${when}${rest}`, later: null, isOwn: true };
  }
  const later = IS_LATER.exec(text) ?? BARE_LATER.exec(text);
  if (later === null) return null;
  const [, thing = '', when = ''] = later;
  if (isOf(thing) || EVENT.test(thing) || thing.length < 2) return null;
  return { title: plain(thing), later: when, isOwn: false };
}

/** `release notes` as `the release notes`: after `do` it needs its article. */
const named = (thing: string): string =>
  /^(?:the|a|an|this|that|these|those|our|my|all|both|\d|[A-Z#@])/.test(thing) ? thing : `the ${thing}`;
