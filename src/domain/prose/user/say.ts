/** What a user says of work without asking for it: takes back, holds, promises, reports. */
import { isParticiple } from '../words.js';
import { textOf, type Clause, type Word } from './clauses.js';
import { laterIn, untilIn, BEFORE_RELEASE } from './time.js';
import { FAILING, FILLERS, VERBS, WRONG } from './words.js';

/** An act that needs no title; the quote is put in by whoever reads the sentence. */
export type Said =
  | { readonly is: 'cancel' | 'done' | 'broken' | 'elsewhere'; readonly about: string | null }
  | { readonly is: 'hold'; readonly about: string | null; readonly until: string | null }
  | { readonly is: 'promise'; readonly words: string };

const PRONOUN =
  /^(?:it|that|this|them|these|those|him|her|one|everything|all|all (?:of )?(?:it|that|this)|the (?:whole )?thing|things|so|there|here|here's|that one|this one|the idea|the rest)$/i;

/** The thing a phrase names: without articles, reasons and politeness; null for a pronoun. */
export function aboutOf(phrase: string): string | null {
  const text = phrase
    .replace(/[,;:(–—].*$/s, '')
    .replace(
      /\b(?:because|since|as we|as they|until|till|unless|before|after|for (?:now|the moment|today|later)|anyway|anyways|after all|please|pls|then|though|again|completely|entirely|altogether|any ?more|any longer|instead|when|once|if|so that|already|yet|too|for real|in the end|first)\b.*$/is,
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
const CODE_PART =
  /\b(?:columns?|tables?|ind(?:ex(?:es)?|ices)|database|db|schema|constraints?|fields?|support for|dependenc\w*|packages?|require\w*|param\w*|arguments?|flags?|prefix\w*|suffix\w*|privileges|capabilit\w+|caches?|connections?|views?|triggers?|node \d|python \d|py\d|ie ?11|rows?|records?|keys?|collections?|queues?|topics?|partitions?|imports?|from|jquery|lodash|moment|replicas?|headers?|cookies?|containers?|volumes?|duplicates?|messages?|packets?|events?|requests?)\b/i;

export function withdrawalIn(text: string): Said | null {
  const low = text.replace(/[’‘]/g, "'");
  const lead = String.raw`^(?:(?:and|but|so|then|ok(?:ay)?|right|well|hmm?|actually|please|wait|oh|yes|yeah|no|sorry|fine|let'?s|we can|we could|we should|you can|could you|can you|i (?:think|guess) we (?:can|should)|on second thoughts?|thinking about it|in fact|just|also|maybe|alright|better|i'?d (?:say )?)[, ]+)*`;
  const match = (body: string): RegExpExecArray | null => new RegExp(lead + body, 'i').exec(low);
  if (/^\S+ (?:memory|ping|password\?)/i.test(low)) return null;
  let found = match(
    String.raw`(?:forget|scrap|scratch|ditch|nix|axe|abandon|shelve|abort|cancel|undo the request for|withdraw)\b(?: about)?(.*)$`,
  );
  if (found !== null) {
    if (
      /\b(?:cancel|abort|abandon)\b/i.test(found[0]) &&
      /\b(?:button|when|if|endpoint|link|option|on|orders?|in|after|requests?|running|fetch|all)\b/i.test(
        found[1] ?? '',
      )
    )
      return null;
    if (/^\s*(?:to|password)\b/i.test(found[1] ?? '')) return null;
    return { is: 'cancel', about: aboutOf((found[1] ?? '').trim()) };
  }
  found = match(String.raw`(?:never ?mind|nvm)\b(?: about)?(.*)$`);
  if (found !== null) return { is: 'cancel', about: aboutOf((found[1] ?? '').replace(/^[\s,.!–—-]+/, '')) };
  found = match(String.raw`drop\s+(.*)$`);
  if (
    found !== null &&
    !CODE_PART.test(found[1] ?? '') &&
    !/\b(?:to|below|below|into|in|on)\b/i.test((found[1] ?? '').split(',')[0] ?? '')
  )
    return { is: 'cancel', about: aboutOf(found[1] ?? '') };
  found =
    match(
      String.raw`leave\s+(?!it (?:to|for|in|as|at)\b)(.{1,80}?)\s+out\b(?! of the (?:response|output|log|index|build|bundle|payload))`,
    ) ?? match(String.raw`leave out\s+(.{1,80})$`);
  if (found !== null) return { is: 'cancel', about: aboutOf(found[1] ?? '') };
  found = match(String.raw`skip\s+(.{1,80})$`);
  if (
    found !== null &&
    !/\b(?:if|when|whose|rows?|lines?|files?|empty|header|null|missing|invalid|weekends?)\b/i.test(found[1] ?? '')
  )
    return { is: 'cancel', about: aboutOf(found[1] ?? '') };
  found = match(
    String.raw`(?:kill|lose|remove|take|strike|cut)\s+(.{1,60}?)\s+(?:idea|from the (?:list|plan|scope|todo\w*)|off the (?:list|plan|table)|feature|thing)\b`,
  );
  if (found !== null) return { is: 'cancel', about: aboutOf(found[1] ?? '') };
  found = match(
    String.raw`(?:don'?t|do not|let'?s not|no need to|not going to|we won'?t|we'?re not going to|i (?:don'?t|no longer) want you to|stop|you (?:don'?t|no longer) (?:need|have) to|we (?:don'?t|no longer) (?:need|have) to)\s+(?:bother (?:with|about)|do|build(?:ing)?|implement(?:ing)?|pursue|worry about|work(?:ing)? on|start(?: on)?|proceed with)\s+(.{1,80})$`,
  );
  if (found !== null && !/\b(?:yet|until|before|till|like|so|for now|today|now)\b/i.test(found[1] ?? ''))
    return { is: 'cancel', about: aboutOf(found[1] ?? '') };
  found = match(
    String.raw`(?:we|i|they) (?:don'?t|do not|no longer|won'?t) (?:really |actually )?(?:need|want)\s+(.{1,80}?)(?:\s+(?:any ?more|any longer|after all|now|at all))?[.!]*$`,
  );
  if (found !== null && /no longer|any ?more|any longer|after all/i.test(found[0]))
    return { is: 'cancel', about: aboutOf(found[1] ?? '') };
  found =
    /^(?:and |but |so )*(.{2,60}?) (?:is|are)(?:n'?t| not| no longer) (?:needed|necessary|required|wanted|relevant)(?: any ?more| any longer| after all)?[.!]*$/i.exec(
      low,
    );
  if (found !== null) return { is: 'cancel', about: aboutOf(found[1] ?? '') };
  found = match(
    String.raw`no\s+(?!need\b|idea\b|problem\b|worries\b|rush\b|hurry\b|way\b|wonder\b|doubt\b|one\b|longer\b|more than\b|thanks\b|it\b|that\b|this\b|still\b|matter\b|i\b|we\b|the\b|not\b|you\b|comment\b|pressure\b|stress\b|changes?\b|questions?\b|luck\b|error\b|they\b|wait\b|but\b|and\b)([\w./+-]+(?: [\w./+-]+){0,3})(?:\s+(?:please|then|after all|thanks|for now|either|any ?more))*[.!]*$`,
  );
  if (found !== null) return { is: 'cancel', about: aboutOf(found[1] ?? '') };
  return null;
}

/** People and offices whose doing is waited for. */
const WHO = String.raw`(?:[A-Z][\p{L}'-]+|the \w+(?: team| people| guys| folks)?|legal|ops|security|my (?:boss|manager|lead|colleague)|our \w+|marketing|finance|they|she|he|someone|somebody|i|we|design|qa)`;
const JUDGING = String.raw`(?:look(?:s|ed)? at|approve[sd]?|review(?:s|ed)?|sign(?:s|ed)? (?:\w+ )?off|check(?:s|ed)?|confirm(?:s|ed)?|decide[sd]?|agree[sd]?|ok(?:ay)?s?(?:ed)?|answer(?:s|ed)?|merge[sd]?|finish(?:es|ed)?|see[ns]?|say[s]?|give[sn]?|bless|reply|replies|talk(?:s)? to|ask)`;
const NEEDS_WORD = new RegExp(
  String.raw`\b${WHO} (?:\w+ )?(?:has|have|needs?|must|wants?|should|will|first has|hasn't|haven't|still has|still needs?)(?: still| first| not yet)? (?:to )?${JUDGING}\b`,
  'u',
);

export function holdIn(text: string): Said | null {
  const low = text.replace(/[’‘]/g, "'");
  const hold = (about: string | null, until: string | null): Said => ({ is: 'hold', about, until });
  let found =
    /\b(?:put|keep|place|leave|have)\s+(.{1,80}?)\s+(?:on (?:ice|hold|pause|the back ?burner)|parked|paused)\b/i.exec(
      low,
    );
  if (found !== null) return hold(aboutOf(found[1] ?? ''), untilIn(low.slice(found.index + found[0].length)));
  found =
    /^(?:(?:and|but|so|ok|okay|please|no|let'?s|we should|actually|oh|hmm|could you|can you|just)[, ]+)*(?:hold off|hold back|hold|park|pause|postpone|freeze|defer|delay|stop (?:work on|working on|with)|suspend)\b(?: on| with| from)?\s*(.*)$/i.exec(
      low,
    );
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
  if (
    /^(?:(?:and|but|so|ok|okay|please|no|oh|hmm|let'?s|we should|better|stop)[, ]+)*wait (?:for|until|till|on|with)\b/i.test(
      low,
    )
  )
    return hold(null, untilIn(low));
  if (
    /^(?:no[, ]+)?(?:not (?:yet|now|so fast|before|until)|wait|stop|hold it|one (?:moment|sec(?:ond)?))\b/i.test(low)
  ) {
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
  found = /^(?:and |but |please )*(?:don'?t|do not) (?:\w+ )(.{1,60}?) (?:yet|until .*|before .*|for now)[.!]*$/i.exec(
    low,
  );
  if (found !== null && /\b(?:yet|until|before)\b/i.test(found[0])) return hold(aboutOf(found[1] ?? ''), untilIn(low));
  found = /^(?:and |but |please |so )*(?:leave|keep) (.{1,60}?) (?:until|till) (.{2,100})$/i.exec(low);
  if (found !== null) return hold(aboutOf(found[1] ?? ''), found[2]?.replace(/[.!]+$/, '') ?? null);
  return null;
}

const OKAY =
  /\b(?:i|we) (?:first |still )?(?:want|need|have to get|must get|am waiting for|are waiting for|'m waiting for|'re waiting for)(?: to (?:get|have|see))? (?:[\p{L}]+'s?|the \w+(?:'s?)?|an?|their|her|his) (?:\w+ )?(?:ok(?:ay)?|approval|sign-?off|go(?:-?ahead)?|blessing|answer|decision|review|feedback|opinion|word)\b/iu;
const reasonOf = (text: string): string | null => {
  const done = text.replace(/^[\s,.:;!–—-]+|[\s.!]+$/g, '').replace(/\s+first$/i, '');
  return done === '' ? null : done.slice(0, 120);
};

const NOT_PROMISED =
  /^(?:let|be|wait|see|think|try|go|leave|need|have|come|get back|know|stop|send you|give you|paste|show|use|keep|say|assume|guess|take (?:it|that|a look|a break)|look(?! (?:at|into|after) .*\b(?:myself|later|tomorrow)\b)|want|explain|start with|just|tell you|ask (?:you|again)|read|stick|live|pass|miss|accept|add (?:that|it|more)|grab|check (?:it|that|back|in)|probably|never|repeat|test (?:it|that|this|now)|share|continue|also (?:need|want)|provide|attach|admit|bet|answer|call it|trust|rather)\b/i;

export function promiseIn(clause: Clause): Said | null {
  const text = textOf(clause.words).replace(/[’‘]/g, "'");
  if (clause.isQuestion) return null;
  const when = laterIn(text);
  let found =
    /^(?:(?:and|but|so|ok|okay|thanks|then|yes|yeah|fine|good|great|also|no|right|alright|perfect|wait|oh)[,. ]+)*(?:i'?ll|i will|i'?m (?:going to|gonna)|i am going to|i'?ve got to|i (?:still )?(?:have|need|want) to|i must|i should|i can|we'?ll|we will|we can|me and \w+ will)(?: also| then| still| probably| just)* (.{2,160})$/i.exec(
      text,
    );
  if (found?.[1] !== undefined) {
    const rest = found[1];
    const isOwn = /\bmyself\b|\bourselves\b|\bon my (?:own|side|end)\b|\bby hand\b|\bmanually\b/i.test(rest);
    const isSure = /'?ll |will |going to|gonna/i.test(found[0].slice(0, found[0].length - rest.length));
    if (!isSure && when === null && !isOwn) return null;
    if (/^(?:we'?ll|we will|we can)/i.test(found[0]) && when === null) return null;
    if (
      NOT_PROMISED.test(rest) &&
      !(
        isOwn ||
        (when !== null &&
          /^(?:look (?:at|into|for)|check|test|try|read|add|use|answer|have (?:a look|the|to)) /i.test(rest))
      )
    )
      return null;
    if (
      /^(?:do|take|handle|cut|fix|test|check|finish|look at|review|merge|deploy|think about) (?:it|that|this|them|those)\b/i.test(
        rest,
      ) &&
      rest.split(/\s+/).length < 8 &&
      !/\b(?:about|with|for|to)\b/i.test(rest.slice(12))
    )
      return null;
    return { is: 'promise', words: rest };
  }
  found =
    /^(?:and |but |so )*(?:the )?(.{3,60}?) i'?(?:ll| will) (do|handle|take|take care of|change|fix|set|rotate|update|send|write|review|test|revoke|order|finish)\b(.{0,80})$/i.exec(
      text,
    );
  if (found?.[1] !== undefined && !/\b(?:that|which|if|when|think|then)\b/i.test(found[1]))
    return {
      is: 'promise',
      words: `${found[2] ?? 'do'} the ${found[1].replace(/^(?:the|that|this) /i, '')}${found[3] ?? ''}`,
    };
  found =
    /^(?:(?:and|but|so|ok|okay|also|still|then)[, ]+)*(?:we|you|someone|somebody|one|i) (?:(?:really|also|still|absolutely|definitely) )*(?:must|need to|have to|has to|should|ought to|will have to|'ll have to|got to|gotta)(?: also| still| really)* (.{3,160})$/i.exec(
      text,
    );
  if (
    found?.[1] !== undefined &&
    (BEFORE_RELEASE.test(text) || (when !== null && !/^(?:go|leave|talk|see|think)\b/i.test(found[1])))
  )
    return { is: 'promise', words: found[1] };
  return null;
}

const DONE_VERB =
  'revoked|rotated|merged|deployed|fixed|changed|did|done|updated|set|removed|deleted|added|pushed|approved|installed|restarted|renewed|sent|asked|told|written|wrote|created|moved|reverted|released|published|ordered|uploaded|applied|ran|run|finished|completed|handled|sorted|resolved|solved|replied|reported|filed|closed|enabled|disabled|cleaned|renamed|replaced|tested|verified|signed|migrated|rebooted|tagged|cut|configured|bought|paid|granted';
const NOT_DONE =
  /\b(?:not|n't|never|if|when|unless|should|must|needs? to|have to|has to|will|would|can|could|until|once|after|before|to be|but|wrong|almost|half|partly|want|were supposed)\b/i;

export function reportIn(clause: Clause): Said | null {
  const text = textOf(clause.words).replace(/[’‘]/g, "'");
  if (clause.isQuestion || text.length > 240) return null;
  const low = text.toLowerCase();
  if (
    /^(?:(?:yes|yeah|ok|great|perfect|nice|cool|awesome|no|hm+|hey|oh|but|and|wait|sorry|damn|argh|ugh|nope|actually|hmm)[,.! ]+)*/.test(
      low,
    )
  ) {
    const rest = low.replace(
      /^(?:(?:yes|yeah|ok|great|perfect|nice|cool|awesome|hm+|hey|oh|but|and|wait|sorry|damn|argh|ugh|actually)[,.! ]+)+/,
      '',
    );
    if (isBroken(rest)) return { is: 'broken', about: brokenAbout(rest) };
    if (
      /^(?:it |that |this |everything |all )?(?:(?:all |finally |actually |definitely )*(?:works|worked|working|solved|fixed|resolved|confirmed|verified))(?: (?:it|that|now|again|fine|perfectly|great|for me|as expected|like a charm|here|on my (?:machine|side|phone|end)|well|nicely|the (?:problem|issue|bug)|beautifully))*[.! ✨🎉]*$/u.test(
        rest,
      )
    )
      return { is: 'done', about: null };
    if (
      /^(?:it|that|this)(?:'s| is| was| has been)?(?: all| now| already| finally)* (?:fixed|done|solved|resolved|gone|sorted|merged|working|deployed|taken care of|handled|live|up)(?: (?:now|again|already|then|on my (?:side|end)|in the meantime|by .*))*[.! ]*$/.test(
        rest,
      )
    )
      return { is: 'done', about: null };
    if (
      /^(?:i )?(?:already |just |have |finally )*(?:did|done|merged|fixed|handled|deployed|pushed|tested|approved|sorted) (?:it|that|this|them|so)(?: (?:already|now|myself|just now|this morning|yesterday|today|by hand|manually))*[.! ]*$/.test(
        rest,
      ) ||
      /^(?:just did it|already done|all done|done(?: and dusted)?(?: now)?)[.! ]*$/.test(rest)
    )
      return { is: 'done', about: null };
  }
  if (NOT_DONE.test(low)) return null;
  let found = new RegExp(
    String.raw`^(?:(?:and|so|ok|okay|btw|fyi|yes|also|by the way|update|done|good news|meanwhile|in the meantime)[,:. ]+)*(?:i|we|i've|we've|i have|we have|[A-Z][\p{L}-]+|the [\w-]+ team|ops|legal)(?:'ve| have| has)?(?: already| just| now| finally| since)* (?:${DONE_VERB})\s+(.{2,120})$`,
    'u',
  ).exec(text.replace(/^I\b/, 'i').replace(/\bI(?=\s|')/g, 'i'));
  if (
    found?.[1] !== undefined &&
    !/^(?:you|me|that (?:you|we|the|it)|if|whether|how|about|into|up with|for)\b/i.test(found[1]) &&
    !/\bto (?:\w+ )?(?:you|claude)\b/i.test(found[1])
  )
    return { is: 'done', about: aboutOf(found[1]) };
  found = new RegExp(
    String.raw`^(?:(?:and|so|ok|okay|btw|fyi|yes|also|update|good news|the good news is)[,:. ]+)*(.{2,70}?) (?:is|are|was|were|has been|have been|got|'s)(?: all| now| already| finally| just| both)* (?:${DONE_VERB}|gone|live|up again|back up|green(?: again)?|over)(?:[\s,.!]+(?:now|already|again|just did it|by .{1,40}|yesterday|today|this morning|last night|in the meantime|on (?:prod\w*|staging|main|master|the \w+)))*[.! ]*$`,
    'i',
  ).exec(text);
  if (
    found?.[1] !== undefined &&
    !/^(?:it|that|this|what|which|who|there|everything i|how|nothing|if|i|you|we)\b/i.test(found[1]) &&
    !/\b(?:that|which|who)\b/i.test(found[1])
  )
    return { is: 'done', about: aboutOf(found[1]) };
  return null;
}

function isBroken(text: string): boolean {
  if (
    /\b(?:still (?:need|want|have to|to do|missing the|think|open|waiting|unsure|love|like|good|fine|works?|working|green|there is|use|using|room|time|plan))\b/.test(
      text,
    )
  )
    return false;
  return (
    (/^(?:no|nope|nah|sadly|unfortunately|hm+|sorry)?[,.! ]*(?:it |that |this |he |the \w+ )?(?:'s |is |are )?still\b.{0,80}/.test(
      text,
    ) &&
      (FAILING.test(text) ||
        WRONG.test(text) ||
        /\bstill (?:not|no|doesn'?t|does|the same|there|happen\w*|get\w*|see\w*|red|broken|wrong|an? |happens|occurs|appears|shows|goes|going|getting|having)/.test(
          text,
        ))) ||
    /\bstill (?:\w+ )?(?:crash\w*|fail\w*|hang\w*|freez\w*|broken|not (?:working|fixed|right|there)|leak\w*|flicker\w*|happen\w*|occurs?|does(?:n'?t| not)|do(?:n'?t| not)|can'?t|cannot|won'?t|throw\w*|red|slow|wrong|down|stuck|goes|going|gets?|getting|shows? (?:the )?(?:old|wrong|same)|times out|empty|missing|refus\w*|the same|duplicat\w*|off|there)\b/.test(
      text,
    ) ||
    /\b(?:it|that|this|bug|problem|issue|error|leak|crash|freeze|hang|failure|glitch|flicker\w*|regression)(?:(?:'s| is| has| just| has just| came| comes)+ (?:back|come back|re-?appeared|re-?occurred)| re-?(?:appeared|occurred|surfaced)| (?:appeared|occurred|surfaced|happened|happens) again| returned| persists?)\b/.test(
      text,
    ) ||
    /\b(?:froze|crashed|failed|hung|broke|crashes|fails|hangs|freezes|breaks|leaks|died|happened|happens|happening|failing|stuck|down|broken|red) again\b/.test(
      text,
    ) ||
    /^(?:no[,.! ]+|nope[,.! ]+|sadly[, ]+)?(?:that |it |this )?(?:did(?:n'?t| not) (?:help|work|fix|do it|change|solve)|does(?:n'?t| not) (?:help|work|fix it|solve)|same (?:error|problem|thing|issue|result|behaviou?r|as before)|no (?:change|difference|effect|luck|improvement)|not fixed|isn'?t fixed|not working|nothing changed|made (?:it|things) worse|is worse)\b/.test(
      text,
    ) ||
    /\b(?:is|are|was) (?:not|n't) (?:really |actually |quite )?fixed\b|\bisn't fixed\b/.test(text)
  );
}

function brokenAbout(text: string): string | null {
  const subject = text
    .replace(/^(?:no|nope|nah|sadly|unfortunately|sorry|wait|\w+ says(?: that)?)[,.! ]+/, '')
    .replace(
      /\b(?:is|are|'s|keeps?|has|have)?\s*\b(?:still|again|not fixed|isn't fixed|came back|is back|comes back)\b/g,
      ' ',
    )
    .replace(/^(?:it|that|this|then|and|he|she|they)\b/, '')
    .replace(
      /\b(?:the same(?: (?:error|problem|thing|issue))?|same (?:error|problem|thing|issue)|did(?:n'?t| not) (?:help|work|fix it|change anything)|no (?:change|difference|luck))\b/g,
      ' ',
    )
    .replace(/[,.!(:].*$/s, '')
    .replace(/\s+/g, ' ')
    .trim();
  return subject.split(' ').filter((word) => word.length > 2).length === 0 ? null : aboutOf(subject);
}

/** `Tomas is drawing one`, `leave that to ops`, `Ines will take the map`. */
export function elsewhereIn(text: string): Said | null {
  const low = text.replace(/[’‘]/g, "'");
  let found =
    /\b(?:leave|keep) (.{1,60}?) (?:to|for|with) (?:[A-Z][\p{L}-]+|him|her|them|the [\w-]+(?: team| people| folks)?|ops|legal|design|qa|security|someone else|us|me)\b[.!]*$/u.exec(
      low,
    );
  if (found !== null && !/^(?:a|an|some|room|space|it as)\b/.test(found[1] ?? ''))
    return /\b(?:us|me)[.!]*$/.test(found[0]) ? null : { is: 'elsewhere', about: aboutOf(found[1] ?? '') };
  found =
    /^(?:(?:and|but|so|as|because|since|also|the rest:|ok|no need|actually)[, ]+)*(?:[A-Z][\p{L}-]{2,20}|the [\w-]+ (?:team|people|folks|guys)|someone else|somebody else|another team|legal|ops|marketing|a colleague|my colleague|my co-?worker)(?:'s| is| are| will|'ll| has| already| is already| can| wants to| said (?:s?he|they)(?:'d|'ll| will| would))+ (?:already |now |currently |going to |gonna |be |also )*(do(?:ing|es)?|draw(?:ing)?|handl(?:e|ing)|tak(?:e|ing)(?: care of)?|work(?:ing)? on|writ(?:e|ing)|fix(?:ing)?|build(?:ing)?|look(?:ing)? (?:after|into)|prepar(?:e|ing)|design(?:ing)?|review(?:ing)?|rewrit(?:e|ing)|own(?:s|ing)?|on|implement(?:ing)?|mak(?:e|ing)|test(?:ing)?|migrat(?:e|ing)|deal(?:ing)? with) (.{2,80})$/u.exec(
      low,
    );
  if (
    found?.[2] !== undefined &&
    !/^(?:I|It|We|You|This|That|They|He|She|There|What|Everything|Nothing|Production|Prod|The)\b/.test(low)
  )
    return { is: 'elsewhere', about: aboutOf(found[2]) };
  return null;
}

const HAS_VERB =
  /\b(?:is|are|was|were|has|have|had|keeps?|does|do|did|can|will|never|always|still|goes|gets?|got|\w+n'?t|isn'?t|cannot|\w{3,}s|\w+ed|broke|froze|hung|threw|went|lost|came)\b/;

/** What went wrong, or null. `isFailure`: a computer would call it an error. */
export function problemIn(clause: Clause): { readonly isFailure: boolean } | null {
  const text = textOf(clause.words).replace(/[’‘]/g, "'");
  if (clause.words.length < 2) return null;
  const low = text.toLowerCase();
  if (
    /^(?:if|when|whenever|unless|in case|once|so that|because|maybe|make sure|until|before|after|even if|what if|as|to|without|would|i (?:think|guess|believe|suspect|wonder|mean|know|see|want|need)|you|let|we (?:should|must|need|want|can|could|will)|no|not|that'?s (?:because|why|fine|ok)|which|nothing|there (?:is|are) no|for|like|such|is|are|does|do|did|can|could|should|has|have|was|were|how|what|where|who|no longer|never mind|otherwise|unlike)\b/.test(
      low,
    )
  )
    return null;
  if (
    /\b(?:would|should|could|might|may|must|if|in case|no longer (?:fails?|crash\w*|hangs?)|not (?:fail|crash|hang|broken)\w*|never (?:fail|crash)\w*|used to|expected|on purpose|intentional\w*|by design|supposed to|fine|no errors?|without errors?)\b/.test(
      low,
    )
  )
    return null;
  const isFailure = FAILING.test(text);
  if (!isFailure && !WRONG.test(text)) return null;
  // `wrong moment for that` has neither a verb nor a thing that broke.
  if (
    !HAS_VERB.test(low) &&
    !/\b(?:crash(?:es)?|bugs?|typos?|errors?|leaks?|freezes?|hangs?|timeouts?|exceptions?|regressions?|deadlocks?|glitch(?:es)?|failures?)\b/.test(
      low,
    )
  )
    return null;
  return { isFailure };
}

/** A participle or a filler before a noun does not make a sentence; used to tell a told problem from a heading. */
export const isBare = (words: readonly Word[]): boolean =>
  words.every(({ low }) => FILLERS.has(low) || VERBS.has(low) || isParticiple(low));
