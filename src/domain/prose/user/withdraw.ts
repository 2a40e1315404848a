/** What a user takes back, and what has to wait. */
import { cued, type Cued } from '../../cue/index.js';
import { NOT_NOW } from './frames.js';
import { straight } from './text.js';
import { untilIn } from './time.js';

/** An act that needs no title; the quote is put in by whoever reads the sentence. */
export type Said =
  | { readonly is: 'cancel' | 'done' | 'broken' | 'elsewhere'; readonly about: string | null }
  | { readonly is: 'hold'; readonly about: string | null; readonly until: string | null }
  | { readonly is: 'promise'; readonly words: string };

const PRONOUN = cued(
  /^(?:(?:it|that|this|them|these|those|one) (?:here|there|now|too|over|again|in|on|at|for|until|after|before|with|when|today|tomorrow|yesterday|already|this|last|by|myself|and|a few|some|an hour|half|\d+|one|two|three|four|five|ten|twenty|thirty)\b.*|it|that|this|them|these|those|him|her|one|everything|all|all (?:of )?(?:it|that|this)|the (?:whole )?thing|things|so|there|here|here's|that one|this one|the idea|the rest)$/i,
);

/** The thing a phrase names: without articles, reasons and politeness; null for a pronoun. */
export function aboutOf(phrase: string): string | null {
  const text = phrase
    .replace(/^(?:fyi|btw|ps|ok|hey)[,:]? /i, '')
    .replace(/[,;:(–—].*$/s, '')
    .replace(
      /\b(?:because|since|as we|as they|until|till|unless|before|after|for (?:now|the moment|today|later)|anyway|anyways|after all|please|pls|then|though|again|completely|entirely|altogether|any ?more|any longer|btw|by the way|lol|instead|when|once|if|so that|already|yet|too|for real|in the end|first)\b.*$/is,
      '',
    )
    .replace(
      /^(?:about|with|on|off|the (?:idea of|thing (?:about|with)|part (?:about|with)|whole)|doing|adding|building|implementing|writing|making|creating|bothering with|worrying about|your|my|our|that|this|those|these|the|a|an|any|all|of|more|to)\s+/i,
      '',
    )
    .replace(/^(?:the|a|an|any)\s+/i, '')
    .replace(/[.!?\s]+$/, '')
    .trim();
  return text === '' || PRONOUN.test(text) || PRONOUN.test(phrase.trim()) ? null : text.slice(0, 120);
}

/** What is a part of code is dropped from the code; other things are dropped from the plan. */
const CODE_PART = cued(
  /\b(?:columns?|tables?|ind(?:ex(?:es)?|ices)|database|db|schema|constraints?|fields?|support for|dependenc\w*|packages?|require\w*|param\w*|arguments?|flags?|prefix\w*|suffix\w*|privileges|capabilit\w+|caches?|connections?|views?|triggers?|node \d|python \d|py\d|ie ?11|rows?|records?|keys?|collections?|queues?|topics?|partitions?|imports?|from|jquery|lodash|moment|replicas?|headers?|cookies?|containers?|volumes?|duplicates?|messages?|packets?|events?|requests?)\b/i,
);

/** What may stand before the words that take back. */
const LEAD = String.raw`^(?:(?:and|but|so|then|ok(?:ay)?|right|well|hmm?|actually|please|wait|oh|yes|yeah|no|sorry|fine|let'?s|we can|we could|we should|you can|could you|can you|i (?:think|guess) we (?:can|should)|on second thoughts?|thinking about it|in fact|just|also|maybe|alright|better|ah|nice|great|cool|good|perfect|lovely|meanwhile|i'?d (?:say )?)[, ]+)*`;
const leds = new Map<string, Cued>();

/** A form behind whatever leads in; put together once. */
function led(body: RegExp): Cued {
  let known = leds.get(body.source);
  if (known === undefined) leds.set(body.source, (known = cued(new RegExp(LEAD + body.source, 'i'))));
  return known;
}

/** `forget password?`: no order to forget. */
const OF_MACHINES = cued(/^\S+ (?:memory|ping|password\?)/i);
const NOT_THAT = cued(/^(?:so |then |and |but |ok,? )*not (?:that|this) one(?: then| after all| please)*[.! ]*$/i);
const NOT_NEEDED = cued(
  /^(?:and |but |so )*(.{2,60}?) (?:is|are)(?:n'?t| not| no longer) (?:needed|necessary|required|wanted|relevant)(?: any ?more| any longer| after all)?[.!]*$/i,
);
/** One of these stands in each form of `withdrawalIn`. */
const TAKES_BACK = cued(
  /forget|scrap|scratch|ditch|nix|axe|abandon|shelve|abort|cancel|undo the|withdraw|mind|nvm|drop|leave|skip|kill|lose|remove|take|strike|cut|n't|dont|wont|isnt|arent|not (?:that|this|going|needed|necessary|required|wanted|relevant)|do not|let'?s not|no longer|no need|stop|\bno /i,
);

export function withdrawalIn(text: string): Said | null {
  const low = straight(text);
  if (!TAKES_BACK.test(low)) return null;
  const match = (body: RegExp): RegExpExecArray | null => led(body).exec(low);
  if (OF_MACHINES.test(low)) return null;
  if (NOT_NOW.test(low)) return null;
  if (NOT_THAT.test(low)) return { is: 'cancel', about: null };
  let found = match(
    /(?:forget|scrap|scratch|ditch|nix|axe|abandon|shelve|abort|cancel|undo the request for|withdraw)\b(?: about)?(.*)$/,
  );
  if (found !== null) {
    if (
      /\b(?:cancel|abort|abandon)\b/i.test(found[0]) &&
      /\b(?:button|when|if|endpoint|link|option|on|orders?|in|after|requests?|running|fetch|all)\b/i.test(
        found[1] ?? '',
      )
    )
      return null;
    if (/^\s*(?:to|password|does|doesn't|did|didn't|is|isn't|button|never|works?|still)\b/i.test(found[1] ?? ''))
      return null;
    return { is: 'cancel', about: aboutOf((found[1] ?? '').trim()) };
  }
  found = match(/(?:never ?mind|nvm)\b(?: about)?(.*)$/);
  if (found !== null) return { is: 'cancel', about: aboutOf((found[1] ?? '').replace(/^[\s,.!–—-]+/, '')) };
  found = match(/drop\s+(.*)$/);
  if (
    found !== null &&
    !CODE_PART.test(found[1] ?? '') &&
    !/\b(?:to|below|below|into|in|on)\b/i.test((found[1] ?? '').split(',')[0] ?? '')
  )
    return { is: 'cancel', about: aboutOf(found[1] ?? '') };
  found =
    match(
      /leave\s+(?!it (?:to|for|in|as|at)\b)(.{1,80}?)\s+out\b(?! of the (?:response|output|log|index|build|bundle|payload))/,
    ) ?? match(/leave out\s+(.{1,80})$/);
  if (found !== null) return { is: 'cancel', about: aboutOf(found[1] ?? '') };
  found = match(/skip\s+(.{1,80})$/);
  if (
    found !== null &&
    !/\b(?:if|when|whose|rows?|lines?|files?|empty|header|null|missing|invalid|weekends?)\b/i.test(found[1] ?? '')
  )
    return { is: 'cancel', about: aboutOf(found[1] ?? '') };
  found = match(
    /(?:kill|lose|remove|take|strike|cut)\s+(.{1,60}?)\s+(?:idea|from the (?:list|plan|scope|todo\w*)|off the (?:list|plan|table)|feature|thing)\b/,
  );
  if (found !== null) return { is: 'cancel', about: aboutOf(found[1] ?? '') };
  found = match(
    /(?:don'?t|do not|let'?s not|no need to|not going to|we won'?t|we'?re not going to|i (?:don'?t|no longer) want you to|stop|you (?:don'?t|no longer) (?:need|have) to|we (?:don'?t|no longer) (?:need|have) to)\s+(?:bother (?:with|about)|do|build(?:ing)?|implement(?:ing)?|pursue|worry about|work(?:ing)? on|start(?: on)?|proceed with)\s+(.{1,80})$/,
  );
  if (found !== null && !/\b(?:yet|until|before|till|like|so|for now|today|now)\b/i.test(found[1] ?? ''))
    return { is: 'cancel', about: aboutOf(found[1] ?? '') };
  found = match(
    /(?:we|i|they) (?:don'?t|do not|no longer|won'?t) (?:really |actually )?(?:need|want)\s+(.{1,80}?)(?:\s+(?:any ?more|any longer|after all|now|at all))?[.!]*$/,
  );
  if (found !== null && /no longer|any ?more|any longer|after all/i.test(found[0]))
    return { is: 'cancel', about: aboutOf(found[1] ?? '') };
  found = NOT_NEEDED.exec(low);
  if (found !== null) return { is: 'cancel', about: aboutOf(found[1] ?? '') };
  found = match(
    /no\s+(?!need\b|idea\b|problem\b|worries\b|rush\b|hurry\b|way\b|wonder\b|doubt\b|one\b|longer\b|more than\b|thanks\b|it\b|that\b|this\b|still\b|matter\b|i\b|we\b|the\b|not\b|you\b|\w+ (?:found|available|provided|given|left|matched|returned|was|were|is|are|has|have)\b|comment\b|pressure\b|stress\b|changes?\b|questions?\b|luck\b|errors?\b|output\b|results?\b|response\b|data\b|they\b|wait\b|but\b|and\b)([\w./+-]+(?: [\w./+-]+){0,3})(?:\s+(?:please|then|after all|thanks|for now|either|any ?more))*[.!]*$/,
  );
  if (found !== null) return { is: 'cancel', about: aboutOf(found[1] ?? '') };
  return null;
}

/** People and offices whose doing is waited for. */
const WHO = String.raw`(?:[A-Z][\p{L}'-]+|the \w+(?: team| people| guys| folks)?|legal|ops|security|my (?:boss|manager|lead|colleague)|our \w+|marketing|finance|they|she|he|someone|somebody|i|we|design|qa)`;
const JUDGING = String.raw`(?:look(?:s|ed)? at|approve[sd]?|review(?:s|ed)?|sign(?:s|ed)? (?:\w+ )?off|check(?:s|ed)?|confirm(?:s|ed)?|decide[sd]?|agree[sd]?|ok(?:ay)?s?(?:ed)?|answer(?:s|ed)?|merge[sd]?|finish(?:es|ed)?|see[ns]?|say[s]?|give[sn]?|bless|reply|replies|talk(?:s)? to|ask)`;
const NEEDS_WORD = cued(
  new RegExp(
    String.raw`\b${WHO} (?:\w+ )?(?:has|have|needs?|must|wants?|should|will|first has|hasn't|haven't|still has|still needs?)(?: still| first| not yet)? (?:to )?${JUDGING}\b`,
    'u',
  ),
);

/** `wait, before you do that, show me the diff` asks for something first. */
const BEFORE_YOU = cued(/\bbefore you\b/i);
const ON_ICE = cued(
  /\b(?:put|keep|place|leave|have)\s+(.{1,80}?)\s+(?:on (?:ice|hold|pause|the back ?burner)|parked|paused)\b/i,
);
const HOLDS = cued(
  /^(?:(?:and|but|so|ok|okay|please|no|let'?s|we should|actually|oh|hmm|could you|can you|just)[, ]+)*(?:hold off|hold back|hold|park|shelve(?=.{0,60}\b(?:until|till)\b)|pause|postpone|freeze|defer|delay|stop (?:work on|working on|with)|suspend)\b(?: on| with| from)?\s*(.*)$/i,
);
const WAITS = cued(
  /^(?:(?:and|but|so|ok|okay|please|no|oh|hmm|let'?s|we should|better|stop)[, ]+)*wait (?:for|until|till|on|with)\b/i,
);
const NOT_YET = cued(
  /^(?:no[, ]+)?(?:not (?:yet|now|so fast|before|until)|wait|stop|hold it|one (?:moment|sec(?:ond)?))\b/i,
);
const DO_NOT_YET = cued(
  /^(?:and |but |please |so |also )*(?:don'?t|do not) (\w+)((?: .{1,60}?)??) (?:yet|until .*|till .*|before .*)(?: though| please)?[.!]*$/i,
);
const LEAVE_UNTIL = cued(/^(?:and |but |please |so )*(?:leave|keep) (.{1,60}?) (?:until|till) (.{2,100})$/i);
/** One of these stands in each form of `holdIn`. */
const HOLDS_UP = cued(
  /shelve|\bice\b|hold|pause|burner|park|postpone|freeze|defer|delay|stop|suspend|wait|yet|not now|not so fast|before|until|till|first|one moment|one sec|want|need|have to get|must get/i,
);

export function holdIn(text: string): Said | null {
  const low = straight(text);
  if (!HOLDS_UP.test(low)) return null;
  if (BEFORE_YOU.test(low)) return null;
  const hold = (about: string | null, until: string | null): Said => ({ is: 'hold', about, until });
  let found = ON_ICE.exec(low);
  if (found !== null) return hold(aboutOf(found[1] ?? ''), untilIn(low.slice(found.index + found[0].length)));
  found = HOLDS.exec(low);
  if (
    found !== null &&
    !/^(?:the )?(?:animation|video|screen|timer|game|values?|header|columns?|music|job|queue|versions?|dependenc\w+|prototype|object|car|execution|playback|carousel)\b/i.test(
      found[1] ?? '',
    )
  ) {
    const rest = (found[1] ?? '').replace(/^on\b[\s,.!–—-]*/i, '');
    const isBare = /^hold on/i.test(found[0].replace(/^.*?\bhold\b/i, 'hold'));
    if (isBare)
      return NEEDS_WORD.test(low) || /\b(?:until|till|before|first)\b/i.test(rest)
        ? hold(null, untilIn(rest) ?? reasonOf(rest))
        : rest.length < 3
          ? hold(null, null)
          : null;
    return hold(
      /^(?:until|till|before|for|that|it)\b/i.test(rest)
        ? null
        : aboutOf(rest.replace(/^applying|^merging|^deploying/i, '').trim()),
      untilIn(rest) ?? (NEEDS_WORD.test(low) ? reasonOf(rest) : null),
    );
  }
  if (WAITS.test(low)) return hold(null, untilIn(low));
  if (NOT_YET.test(low)) {
    const rest = low.replace(
      /^(?:no[, ]+)?(?:not (?:yet|now|so fast)|wait|stop|hold it|one (?:moment|sec(?:ond)?))\b[\s,.:;!–—-]*/i,
      '',
    );
    if (rest === '') return hold(null, null);
    if (NEEDS_WORD.test(rest) || OKAY.test(rest) || /\b(?:until|till|unless|before|first)\b/i.test(rest))
      return hold(null, untilIn(rest) ?? reasonOf(rest));
    return /^(?:no[, ]+)?not (?:yet|before|until)/i.test(low) ? hold(null, reasonOf(rest)) : null;
  }
  if (OKAY.test(low)) return hold(aboutOf(/\b(?:on|for) (.{3,80})$/i.exec(low)?.[1] ?? ''), reasonOf(low));
  if (NEEDS_WORD.test(low) && /\b(?:first|before|until)\b/i.test(low) && !/^(?:if|when)\b/i.test(low))
    return hold(null, reasonOf(low));
  found = DO_NOT_YET.exec(low);
  // What is named is held; `don't publish it yet` holds the publishing and not what was asked beside it.
  if (found !== null)
    return hold(
      aboutOf((found[2] ?? '').trim()) ?? found[1] ?? null,
      untilIn(low.replace(/\b(?:yet|though)\b.*$/i, '')),
    );
  found = LEAVE_UNTIL.exec(low);
  if (found !== null) return hold(aboutOf(found[1] ?? ''), found[2]?.replace(/[.!]+$/, '') ?? null);
  return null;
}

/** Whose word is missing, in a sentence that holds. */
export const waitedFor = (sentence: string): string | null => {
  const found = NEEDS_WORD.exec(sentence);
  return found === null ? null : reasonOf(sentence.slice(found.index));
};

const OKAY = cued(
  /\b(?:i|we) (?:first |still )?(?:want|need|have to get|must get|am waiting for|are waiting for|'m waiting for|'re waiting for)(?: to (?:get|have|see))? (?:[\p{L}]+'s?|the \w+(?:'s?)?|an?|their|her|his) (?:\w+ )?(?:ok(?:ay)?|approval|sign-?off|go(?:-?ahead)?|blessing|answer|decision|review|feedback|opinion|word)\b/iu,
);
const reasonOf = (text: string): string | null => {
  const done = text.replace(/^[\s,.:;!–—-]+|[\s.!]+$/g, '').replace(/\s+first$/i, '');
  return done === '' ? null : done.slice(0, 120);
};
