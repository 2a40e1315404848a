/** What a user finds of work that was just called done: `still not ok`, `same as before`, `works here but not on the server`. */
import { cued, type Cued } from '../../cue/index.js';
import { cut } from './problem.js';
import { withoutEnd } from './text.js';
import { aboutOf } from './withdraw.js';

export interface Amiss {
  readonly is: 'broken';
  readonly about: string | null;
  /** What to do about it, where nobody knows of work on it. */
  readonly title?: string;
}

/** One of these stands in all of them. */
const MAY_BE_AMISS = cued(
  /still|same|again|\bnot\b|n'?t\b|\bno (?:change|difference|improvement|effect|luck)\b|nothing (?:has |is |was )?(?:changed|happens|happened|different)|\b(?:wrong|worse|broke|breaks|broken)\b|\bback to\b|reopen|\b(?:off|weird|fishy|problems?|issues?|trouble) with\b|only works|only (?:half|part|some)|\bas before\b|unchanged|worked (?:yesterday|before|until|earlier|once|last|this|at first|for)/i,
);
const LEAD =
  /^(?:(?:and|but|so|ok(?:ay)?|hm+|hey|oh|ah|argh|ugh|nope|nah|yes|yeah|well|sorry|sadly|unfortunately|afraid|damn|actually|thanks|wait|hi|mhh?|strange(?:ly)?|weird(?:ly)?|interesting(?:ly)?|i'm afraid|i am afraid)[,.!: –—-]+(?=\S)|(?:no+|not quite|not really|nice try|close|almost)(?:[,.!:–—]+ ?| [–—-] )(?=\S))+/i;
/** `I just deployed it and`, `checked on the test server:`. */
const TRIED =
  /^(?:i(?:'ve| have)?|we(?:'ve| have)?)? ?(?:(?:just|now|quickly|also|already|have) )*(?:re-?)?(?:tried|tested|checked|loaded|deployed|started|built|ran|looked|opened|updated|pulled|freshed|cleared|installed|verified|booted|had a look|have a look|gave it (?:a|another) (?:try|spin|go)|took a look|logged in)(?: (?!and\b|but\b)[\w'"./-]+){0,7}?(?:,? (?:and|but)|[,:;]| [–—-])+ (?=\S)/i;
const IT = String.raw`(?:it|that|this|they|these|those|everything|the (?:problem|issue|error|bug|behaviou?r|result|thing|same thing|whole thing|output)|(?:mine|ours))`;
const HOW = String.raw`(?:(?:really|quite|actually|completely|fully|entirely|exactly|just|all|pretty much|now|yet|even|simply|basically|totally|also|only|always|sometimes) )*`;
/** What is still so and is no fault. */
const FINE = String.raw`(?!${HOW}(?:works?\b|working|fine|good|ok(?:ay)?\b|great|nice|perfect|need|want|have\b|has to|had|think|thinking|open\b|love|like|use|using|up\b|running|there's|a bit of time|waiting|room|to\b|in\b|on\b|green|valid|true|unsure|not sure|undecided|wondering|hoping|early|time|don'?t (?:know|understand|get|see why|need|want|like|have)|missing the|plan|hope|prefer|remember|believe|better|possible|there if))`;
const STILL = cued(new RegExp(String.raw`^(?:${IT}(?:'s| is| are)? |(?:is|are|does|it's) )?still ${FINE}\w`, 'i'));
const NOT_WORKING = cued(
  new RegExp(
    String.raw`^(?:(?:for me|here),? )?(?:${IT} )?(?:still )?(?:doesn'?t|does not|didn'?t|did not|won'?t|don'?t|do not) ${HOW}(?:seem to )?(?:work|help|fix|do (?:it|anything|the trick|much)|change (?:anything|a thing|much)|solve|make (?:a|any) difference|look right)\b`,
    'i',
  ),
);
const SAME = cued(
  new RegExp(
    String.raw`^(?:${IT}(?:'s| is| are| was)? |(?:i (?:still )?(?:get|see|have|got|am seeing|am getting)|looks?|behaves?|still|now|get|getting|seeing) )*${HOW}(?:(?:the )?same (?:as (?:before|it was|ever|yesterday|always|earlier)|(?:old )?(?:problem|issue|thing|errors?|result|behaviou?r|bug|message|story|picture|failure|outcome|crash)\b(?! (?:exists?|is|in|as|with|for) (?:the |our |in the )?\w+ (?:page|view|form|list|module|file|table|screen|component)\b)|to me\b|for me\b)|no (?:change|difference|improvement|effect|luck)\b|nothing (?:has |is |was )?(?:changed|happens|happened|different)|(?:i )?(?:don'?t|do not|can'?t|cannot|can not) (?:really )?see (?:any|a|the|much) (?:difference|change|improvement|effect)|${IT}(?:'s| is| are|s)? back(?: again| to (?:the old|how it|what it|normal crashing|square|where)|[.! ]*$)|back to (?:square one|where we were|the old))`,
    'i',
  ),
);
const NOT_IT = cued(
  new RegExp(
    String.raw`^(?:${IT}(?:'s| is| are|s| was|'re) (?:still )?${HOW}(?:not|n'?t)|${IT} (?:isn'?t|aren'?t|wasn'?t)|not) ${HOW}(?:it[.!, ]*$|what (?:i|we|they|she|he)\b|how (?:i|we|it)\b|right\b|correct\b|fixed\b|working\b|ok(?:ay)?\b|good enough|enough[.! ]*$|there(?: yet)?[.! ]*$|done(?: yet)?[.! ]*$|solved\b|gone\b|(?:quite|really|fully|completely)[.! ]*$)`,
    'i',
  ),
);
const WORSE = cued(
  new RegExp(
    String.raw`^(?:${IT}|now ${IT}(?:'s| is)?|that change|the change) ?(?:has |have |is |got |'s )?${HOW}(?:(?:made|makes|make) (?:it|things|that|everything)(?: even| much| a lot)? worse|(?:even |much |a lot )?worse\b|(?:broke|breaks|broken) (?:it|that|them|everything|things|something else|the [\w -]{2,40})(?: again| now| completely)?[.! ]*$|(?:wrong|broken)(?: (?:now|again|too|here))*[.! ]*$)`,
    'i',
  ),
);
const WHERE = String.raw`(?:on|in|with|for|at|when|if|once|after|from|under|over)`;
const PARTLY = cued(
  new RegExp(
    String.raw`^(?:${IT} )?(?:(?:now )?works? ${WHERE} [\w './-]{2,40},? but (?:not|doesn'?t|fails?|it doesn'?t|it fails)\b|(?:worked|was fine|was ok) (?:yesterday|before|until|earlier|once|last|this|at first|for)\b.{0,60}?(?:,| but| and|;|\.) ?.*\b(?:again|not?\b|n'?t|broken|wrong|fails?|gone|crash\w*|empty|stopped|missing)\b|only (?:half|part|some|a part) of (?:it|that|this|them)\b|only works (?:half|some(?:times)?|part|when|if|for|in|on|once|with)\b)`,
    'i',
  ),
);
/** The thing that is found fault with. */
const THING = String.raw`((?!(?:i|we|you|he|she|it|they|that|this|there|who|which|what|why|how|if|when|nothing|something|everything|please)\b)(?:the |my |our |that |this |your )?[\w][\w./'"-]*(?: [\w./'"-]+){0,5}?)`;
const STATE = String.raw`(?:right|correct|ok(?:ay)?|finished|fixed|there|done|as (?:it should(?: be)?|expected|i (?:asked|wanted)))`;
const NAMED: readonly Cued[] = [
  new RegExp(
    String.raw`^${THING} (?:is|are|looks?|got|has|have|was|gets?|went|'s) (?:gone |been |come )?(?:broken|wrong|down|gone|red|failing|empty|off|bad|stuck|missing|blank|late|slow|lost) again\b`,
    'i',
  ),
  new RegExp(
    String.raw`^${THING} (?:isn'?t|is not|aren'?t|are not|doesn'?t look|don'?t look) ${HOW}${STATE}(?: yet)?[.! ]*$`,
    'i',
  ),
  new RegExp(
    String.raw`^(?:something(?:'s| is)?|there(?:'s| is| are| seem to be)|i (?:still )?(?:have|see)|we (?:still )?have)(?: (?:still|also|some|a few|more|an?|other))* (?:off|wrong|weird|fishy|problems?|issues?|trouble|not right) with ${THING}[.! ]*$`,
    'i',
  ),
  new RegExp(String.raw`^(?:please )?re-?open ${THING}(?:$|[,.;:!]| [–—-] | because | since | as )`, 'i'),
  new RegExp(
    String.raw`^i (?:don'?t|do not) (?:think|believe) (?:that )?${THING} (?:is|are|was|were|got|has been|have been) ${HOW}(?:[a-z]+(?:ed|en|t|n)|right|correct|ok|done)\b`,
    'i',
  ),
  new RegExp(String.raw`^${THING} only works (?:half|some(?:times)?|part|when|if|for|in|on|once|with)\b`, 'i'),
  new RegExp(
    String.raw`^${THING} (?:looks?|is|are|behaves?|stay(?:s|ed)|remains?|shows?|does|do) ${HOW}(?:still )?${HOW}(?:(?:the )?same(?: as (?:before|ever|it was|yesterday))?|as before|unchanged|as (?:bad|slow|broken) as before)[.! ]*$`,
    'i',
  ),
  new RegExp(
    String.raw`^${THING} (?:still )?has (?:still )?(?:the|that) (?:same|old)(?: old)? (?:problem|issue|bug|error|fault)`,
    'i',
  ),
  new RegExp(
    String.raw`^(?:for|with|on|in) ${THING},? (?:nothing (?:has )?(?:changed|happened)|there(?:'s| is) no (?:change|difference)|no (?:change|difference))`,
    'i',
  ),
  new RegExp(
    String.raw`^(?:that|this|it)(?: has| did)? (?:fix(?:ed)?|solved?|help(?:ed)?(?: with)?) [\w ./'-]{2,50}?,? but not ${THING}[.! ]*$`,
    'i',
  ),
].map((form) => cued(form));

/** Where it was amiss only now and then, or is asked about. */
const NO_COMPLAINT = cued(
  /\?\s*$|\b(?:that'?s|which is|is|it'?s) (?:fine|ok(?:ay)?|good|intended|expected|by design|on purpose)\b|\bno (?:problem|worries|rush)\b|\bif (?:it|that|this)\b/i,
);

/** @param said a sentence that answers an account of work */
export function amissIn(said: string): Amiss | null {
  if (said.length > 200 || !MAY_BE_AMISS.test(said) || NO_COMPLAINT.test(said)) return null;
  const bare = said.replace(LEAD, '');
  const text = withoutEnd(bare.replace(TRIED, '').replace(LEAD, ''), '.,;:!');
  if (
    STILL.test(text) ||
    NOT_WORKING.test(text) ||
    SAME.test(text) ||
    NOT_IT.test(text) ||
    WORSE.test(text) ||
    PARTLY.test(text)
  )
    return { is: 'broken', about: null };
  for (const form of NAMED) {
    const thing = form.exec(text)?.[1];
    const about = thing === undefined ? null : aboutOf(thing);
    if (about !== null) return { is: 'broken', about, title: cut(`Fix: ${text}`) };
  }
  return null;
}
