/** What a user promises and reports. */
import { cued } from '../../cue/index.js';
import type { Clause } from './clauses.js';
import { straight } from './text.js';
import { BEFORE_RELEASE, laterIn } from './time.js';
import { aboutOf, type Said } from './withdraw.js';
import { FAILING, VERBS, WRONG, wordSet } from './words.js';

const NOT_PROMISED = cued(
  /^(?:let|be|wait|see|think|try|go|leave|need|have|come|get back|know|stop|send you|give you|paste|show(?! .{2,60} (?:to|with) (?!you\b|u\b)\w)|use|keep|say|assume|guess|take (?:it|that|a look|a break)|look(?! (?:at|into|after) .*\b(?:myself|later|tomorrow)\b)|want|explain|start with|just|tell you|ask (?:you|again)|read|stick|live|pass|miss|accept|add (?:that|it|more)|do (?:so|my|the same)|grab(?! .{2,60}\b(?:tonight|tomorrow|later|at home|this (?:evening|afternoon)|on \w+day)\b)|check (?:it|that|back|in)|probably|never|repeat|test (?:it|that|this|now)|share(?! .{2,60} with (?!you\b|u\b)\w)|continue|also (?:need|want)|provide|attach|admit|bet|answer|call it|trust|rather)\b/i,
);

/** `leave the changelog to me`, `I take care of the DNS`. */
const OWN = cued(
  /^(?:(?:and|but|so|ok|okay|please|also|just|no)[, ]+)*(?:(?:leave|keep) ((?:the|that|this|those|our) .{2,60}?) (?:to|for|with) (?:me|us)\b|(?:i|we)(?:'ll)?(?: also)? take care of ((?:the|that|those|our) .{2,60}?)(?: myself| ourselves)?)[.,;! ]*$/i,
);
/** `which row should win is something I have to settle with Priya`. */
const SETTLE = cued(
  /^(?:(?:and|but|so)[, ]+)*((?:which|what|whether|how|who|when|where) .{3,80}?) (?:is|are) (?:still )?(?:something|a (?:thing|question|point)|one thing|what) (?:that )?(?:i|we)(?:'ll| will| still| first)* (?:have to|need to|must|want to|should|ought to)?(?: still| first)* ?(\w.{2,60})$/i,
);

/** `let me ask the vendor first`: the user's own errand, and not this turn's. */
const ASKING = cued(
  /^(?:(?:and|but|so|ok|okay|hm+|wait|no|first|well|oh|yes|good|right)[,. ]+)*(?:let me|lemme)(?: just| first| quickly)* ((?:ask|check with|talk to|speak (?:to|with)|ping|call|phone|email|write to|consult|confirm with|clear (?:it|that|this) with|run (?:it|that|this) by|discuss (?:it|that|this) with) (?:[A-Z][\p{L}.'-]+|the [\w-]+|our [\w-]+|my [\w-]+|legal|ops|marketing|finance|design|security|support|procurement|hr|him|her|them|someone|somebody|around)\b.{0,100})$/u,
);
/** `I ping Ivo`: said of what comes, in the present. */
const TELLING = cued(
  /^(?:(?:and|but|so|ok|okay|then|yes|good|right|fine)[,. ]+)*[Ii](?: just| also| then)* ((?:ping|call|phone|email|mail|text|write to|write|tell|order from) (?!You\b|I\b|Me\b)[A-Z][\p{L}.'-]+\b.{0,100})$/u,
);
/** `you'll get the log from me on Monday`. */
const COMING = cued(
  /^(?:(?:and|but|so|ok|okay|then|yes)[,. ]+)*you(?:'ll| will| can)(?: then)? (?:get|have|receive|expect) ((?:the|a|an|my|our|some|all) .{3,70}?) (?:from me|by mail|via mail)((?: (?:on|by|in|after|before) .{3,30}| tomorrow| tonight| later)?)(?: then)?[.! ]*$/i,
);
/** `those three get a beta from me tonight`. */
const GETS = cued(
  /^(?:(?:and|but|so|ok|okay|then|yes)[, ]+)*((?!you\b)[\p{L}][\p{L}\d' -]{1,40}?) (?:gets?|will get|'ll get|can have|will have|'ll have) ((?:the|a|an|my|our|some|all) .{2,60}?) from me((?: (?:on|by|in|after|before) .{3,30}| tomorrow| tonight| later| today)?)(?: then)?[.! ]*$/iu,
);

const BEFORE = cued(
  /^before .{3,60}?,? (?=(?:we|you|i|someone|somebody) (?:must|have to|need to|should|'ll have to)\b)/i,
);
/** `I'll do it`, `tomorrow I can look at it`. */
const I_WILL = cued(
  /^(?:(?:and|but|so|k|kk|ok|okay|thanks|then|yes|yeah|fine|good|great|also|no|right|alright|perfect|wait|oh|one of these days|one day|some ?day|tomorrow|tonight|later|next week|on \w+day|this afternoon|at some point|after (?:lunch|work|the \w+))[,. ]+)*(?:i'?ll|i will|i shall|(?:what )?i can do is|i'?m gonna|(?:going to|gonna|will)(?= \w+ (?!you\b))(?! (?:it|that|this|you|the|they|there|be)\b)|i'?m (?:going to|gonna)|i am going to|i'?ve got to|i (?:still )?(?:have|need|want) to|i must|i should|i can|we'?ll|we will|we can|me and \w+ will)(?: also| then| still| probably| just)* (.{2,160})$/i,
);
/** `the certificate I'll renew`. */
const THAT_I_WILL = cued(
  /^(?:and |but |so )*(?:the )?(.{3,60}?) i'?(?:ll| will) (take care of|clean up|[a-z]+)\b(.{0,80})$/i,
);
const THING_VERBS = wordSet('do handle take buy pay organise organize print sign order');
/** `we have to rotate the keys before the release`. */
const HAVE_TO = cued(
  /^(?:(?:and|but|so|ok|okay|also|still|then)[, ]+)*(?:we|you|someone|somebody|one|i) (?:(?:really|also|still|absolutely|definitely) )*(?:must|need to|have to|has to|should|ought to|will have to|'ll have to|got to|gotta)(?: also| still| really| probably| maybe| definitely)* (.{3,160})$/i,
);
/** One of these stands in all of them. */
const PROMISES = cued(
  /(?:to|for|with) (?:me|us)\b|take care of|(?:is|are) (?:still )?(?:something|an? |one thing|what )|let me|lemme|\b(?:ping|call|phone|e?mail|text|write|tell|order from) |from me|(?:by|via) mail|i'?ll |(?:will|shall|must|should|ought) |we'?ll |gonna|going to|got to|gotta|(?:have|has|need|want) to |\bi can |we can |can do is/i,
);

export function promiseIn(clause: Clause): Said | null {
  if (clause.isQuestion) return null;
  const text = straight(clause.text);
  if (!PROMISES.test(text)) return null;
  const when = laterIn(text);
  const own = OWN.exec(text);
  if (own !== null)
    return { is: 'promise', words: `${own[2] === undefined ? 'do' : 'take care of'} ${own[1] ?? own[2] ?? ''}` };
  const settled = SETTLE.exec(text);
  if (settled !== null)
    return { is: 'promise', words: `${(settled[2] ?? '').replace(/[\s.,;!]+$/, '')} ${settled[1] ?? ''}` };
  const lead = BEFORE.exec(text)?.[0] ?? '';
  const asking = ASKING.exec(text)?.[1] ?? TELLING.exec(text)?.[1];
  if (asking !== undefined) return { is: 'promise', words: asking.replace(/[\s.,;!]+$/, '') };
  const coming = COMING.exec(text);
  if (coming !== null) return { is: 'promise', words: `send ${coming[1] ?? ''}${coming[2] ?? ''}` };
  const gets = GETS.exec(text);
  if (gets !== null) return { is: 'promise', words: `send ${gets[2] ?? ''} to ${gets[1] ?? ''}${gets[3] ?? ''}` };
  let found = I_WILL.exec(text);
  if (found?.[1] !== undefined) {
    const rest = found[1];
    const isOwn = /\bmyself\b|\bourselves\b|\bon my (?:own|side|end)\b|\bby hand\b|\bmanually\b/i.test(rest);
    const isSure = /'?ll |will |shall |going to|gonna/i.test(found[0].slice(0, found[0].length - rest.length));
    if (!isSure && when === null && !isOwn) return null;
    if (/^(?:we'?ll|we will|we can)/i.test(found[0]) && when === null) return null;
    if (
      NOT_PROMISED.test(rest) &&
      !(
        isOwn ||
        (when !== null &&
          /^(?:look (?:at|into|for)|check|test|try|read|add|use|answer|have (?:a look|the|to)|send (?:you|u)|give (?:you|u)|paste|share|provide|ask|show (?:you|u)|tell you|put|get you|explain|attach) /i.test(
            rest,
          ))
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
  found = THAT_I_WILL.exec(text);
  if (
    found?.[1] !== undefined &&
    (THING_VERBS.has(found[2] ?? '') || VERBS.has(found[2] ?? '')) &&
    !/\b(?:that|which|if|when|think|then)\b/i.test(found[1])
  )
    return {
      is: 'promise',
      words: `${found[2] ?? 'do'} the ${found[1].replace(/^(?:the|that|this) /i, '')}${found[3] ?? ''}`,
    };
  found = HAVE_TO.exec(text.slice(lead.length));
  if (
    found?.[1] !== undefined &&
    (BEFORE_RELEASE.test(text) ||
      /^(?:(?:and|but|so|ok|also|then)[, ]+)*(?:someone|somebody) /i.test(text) ||
      (when !== null && !/^(?:go|leave|talk|see|think)\b/i.test(found[1])))
  )
    return { is: 'promise', words: found[1] };
  return null;
}

const DONE_VERB =
  'revoked|rotated|merged|deployed|fixed|changed|did|done|updated|set|removed|deleted|added|pushed|approved|installed|restarted|renewed|sent|asked|told|written|wrote|created|moved|reverted|released|published|ordered|uploaded|applied|ran|run|finished|completed|handled|sorted|resolved|solved|replied|reported|filed|closed|enabled|disabled|cleaned|renamed|replaced|tested|verified|signed|migrated|rebooted|tagged|cut|configured|bought|paid|granted';
const NOT_DONE = cued(
  /\b(?:not|n't|never|if|when|unless|should|must|needs? to|have to|has to|will|would|can|could|until|once|as soon as|after|before|to be|but|wrong|almost|half|partly|want|were supposed)\b/i,
);

/** `docs PR is up (#9)`, `the bucket is in place now`. */
const UP = cued(
  /^(?:(?:and|ok|so|fyi|btw|also)[, ]+)*(?:the )?([\w][\w ./-]{1,50}?) (?:is|are|'s) (?:(?:now|already|just) )*(?:up|in place|open|opened|there|in|set up|set|online|live|out)(?: now| already)?(?: \(?#?\d+\)?)?[,.! ]*(?:now|already|just did it)?$/i,
);

const I_DID = cued(
  new RegExp(
    String.raw`^(?:(?:and|so|ok|okay|btw|fyi|yes|also|by the way|update|done|good news|meanwhile|in the meantime)[,:. ]+)*(?:i|we|i've|we've|i have|we have|(?!Process|Build|Job|Task|Error|Server|It|This|That|Tests?|Run|Command|What|Something|Nothing|Everything|Script|Deploy|Pipeline|You|They|There|Please|Now|Then|Also|Next|First|Second|Finally|And|But|Just|Can|Could|Would|Let|Once|After|Before|When|While|If|Unless|Do|Don|Go|Great|Thanks|Good|Nice|Perfect|Instead|Maybe|Kindly|Otherwise)[A-Z][\p{L}-]+|the [\w-]+ team|ops|legal)(?:'ve| have| has)?(?: already| just| now| finally| since)* (?:${DONE_VERB}|put)\s+(.{2,120})$`,
    'u',
  ),
);
/** What was done: without one of these nobody says that he did it. */
const DONE_BY_ONE = cued(new RegExp(`(?:${DONE_VERB}|put)\\s`));
const IS_DONE = cued(
  new RegExp(
    String.raw`^(?:(?:and|so|ok|okay|btw|fyi|yes|also|update|good news|the good news is)[,:. ]+)*(.{2,70}?) (?:is|are|was|were|has been|have been|got|'s)(?: all| now| already| finally| just| both)* (?:${DONE_VERB}|taken care of|dealt with|seen to|gone|live|up again|back up|green(?: again)?|over)(?:[\s,.!]+(?:now|already|again|just did it|by .{1,40}|yesterday|today|this morning|last night|in the meantime|on (?:prod\w*|staging|main|master|the \w+)|(?:[\p{L}]{2,20}|the \w+ team) (?:has |have |already |just )*\w+(?:ed|t|n|d) (?:it|them|those|that)\b.{0,40}))*[.! ]*$`,
    'iu',
  ),
);

/** `works`, `all fixed now`. */
const WORKS = cued(
  /^(?:it |that |this |everything |all )?(?:(?:all |finally |actually |definitely )*(?:works|worked|working|solved|fixed|resolved|confirmed|verified))(?: (?:it|that|now|again|fine|perfectly|great|for me|as expected|like a charm|here|on my (?:machine|side|phone|end)|well|nicely|the (?:problem|issue|bug)|beautifully))*[.! ✨🎉]*$/u,
);
/** `it is merged`. */
const IT_IS_DONE = cued(
  /^(?:it|that|this)(?:'s| is| was| has been)?(?: all| now| already| finally)* (?:fixed|done|solved|resolved|gone|sorted|merged|working|deployed|taken care of|handled|live|up)(?: (?:now|again|already|then|on my (?:side|end)|in the meantime|by .*))*[.! ]*$/,
);
/** `already did that`. */
const DID_IT = cued(
  /^(?:i )?(?:already |just |have |finally )*(?:did|done|merged|fixed|handled|deployed|pushed|tested|approved|sorted) (?:it|that|this|them|so)(?: (?:already|now|myself|just now|this morning|yesterday|today|by hand|manually))*[.! ]*$/,
);
const ALL_DONE = cued(
  /^(?:just did it|already done|(?:merged|deployed|pushed|released|shipped|fixed|tested)(?: and \w+ed)+|all done|done(?: and dusted)?(?: now)?)[.! ]*$/,
);
/** One of these stands in all that `isBroken` and `isDone` know. */
const TELLS = cued(
  /still|again|but not|back|appeared|occurred|surfaced|returned|persist|did|does|same|no change|no difference|no effect|no luck|no improvement|nothing changed|worse|work(?:s|ed|ing)|solved|fixed|resolved|confirmed|verified|done|gone|sorted|merged|deployed|taken care of|handled|\b(?:live|up)\b|pushed|tested|approved|released|shipped/i,
);
const THANKS = /,? (?:thanks?(?: you)?|thx|cheers|great|nice|perfect)[.! ]*$/i;
const THANKED = cued(THANKS);
/** Stands before a report and is no part of it. */
const LEAD =
  /^(?:(?:yes|yeah|ok|great|perfect|nice|cool|awesome|hm+|hey|oh|but|and|wait|sorry|damn|argh|ugh|actually)[,.! ]+)+/;

export function reportIn(clause: Clause): Said | null {
  if (clause.isQuestion) return null;
  const said = straight(clause.text);
  const text = THANKED.test(said) ? said.replace(THANKS, '') : said;
  if (text.length > 240) return null;
  if (TELLS.test(text)) {
    const rest = text.toLowerCase().replace(LEAD, '');
    if (isBroken(rest)) return { is: 'broken', about: brokenAbout(rest) };
    if (WORKS.test(rest) || IT_IS_DONE.test(rest) || DID_IT.test(rest) || ALL_DONE.test(rest))
      return { is: 'done', about: null };
  }
  if (NOT_DONE.test(text)) return null;
  const up = UP.exec(text);
  if (up !== null && (/^pr$|\bpr$/i.test(up[1] ?? '') || /\b(?:now|just|already)\b/i.test(text)))
    return { is: 'done', about: aboutOf((up[1] ?? '').replace(/ ?\bpr$/i, '')) };
  let found = DONE_BY_ONE.test(text) ? I_DID.exec(withSmallI(text)) : null;
  if (
    found?.[1] !== undefined &&
    !/^(?:you|me|that (?:you|we|the|it)|if|whether|how|about|into|up with|for)\b/i.test(found[1]) &&
    !/\bto (?:\w+ )?(?:you|claude)\b/i.test(found[1])
  )
    return { is: 'done', about: aboutOf(found[1].replace(/ and (?:then )?\w+(?:ed|t) .*$/i, '')) };
  found = IS_DONE.exec(text);
  if (
    found?.[1] !== undefined &&
    !/^(?:it|that|this|what|which|who|there|everything i|how|nothing|if|i|you|we)\b/i.test(found[1]) &&
    !/\b(?:that|which|who)\b/i.test(found[1])
  )
    return { is: 'done', about: aboutOf(found[1]) };
  return null;
}

const withSmallI = (text: string): string =>
  text.includes('I') ? text.replace(/^I\b/, 'i').replace(/\bI(?=\s|')/g, 'i') : text;

/** `the preview is still on its head`: still so, and not as it should be. */
const STILL_OFF = cued(
  /^(?:the |my |our )?[\w-]+(?: [\w-]+){0,3} (?:is|are|looks?|sits?|stays?) still (?!(?:ok|okay|fine|good|right|true|valid|needed|relevant|open|pending|in (?:review|progress|use|draft|beta|the (?:works|making|queue|backlog|plan))|on (?:the|my|our|his|her|their) (?:list|board|way|plate|desk|agenda|roadmap|backlog)|on (?:holiday|leave|vacation|v?\d|track|node|python|it)|up|to|there|working|running|a|an|the (?:plan|idea|goal|best|same|default)|using|used|undecided|unclear|unsure|important|possible|correct|green|alive|an?|some|in|nice|better|waiting|under|being|unmerged|not sure)\b)\w/,
);

/** What is still so and was no fault. */
const STILL_FINE = cued(
  /\b(?:still (?:need|want|have to|to do|missing the|think|open|waiting|unsure|love|like|good|fine|works?|working|green|there is|use|using|room|time|plan))\b/,
);
/** `works on staging but not on prod`. */
const NOT_EVERYWHERE = cued(/^(?:it )?works? (?:on|in|for|with|at) .{2,40} but not (?:on|in|for|with|at|when) /);
const STILL = cued(
  /^(?:no|nope|nah|sadly|unfortunately|hm+|sorry)?[,.! ]*(?:it |that |this |he |the \w+ )?(?:'s |is |are )?still\b.{0,80}/,
);
const STILL_NOT = cued(
  /\bstill (?:not|no|doesn'?t|does|the same|there|happen\w*|get\w*|see\w*|red|broken|wrong|an? |happens|occurs|appears|shows|goes|going|getting|having)/,
);
const STILL_FAILS = cued(
  /\bstill (?:\w+ )?(?:crash\w*|fail\w*|hang\w*|freez\w*|broken|not (?:working|fixed|right|there)|leak\w*|flicker\w*|happen\w*|occurs?|does(?:n'?t| not)|do(?:n'?t| not)|can'?t|cannot|won'?t|throw\w*|red|slow|wrong|down|stuck|goes|going|gets?|getting|showing|using|returning|sending|shows? (?:the )?(?:old|wrong|same)|times out|empty|missing|refus\w*|the same|duplicat\w*|off|there)\b/,
);
const IS_BACK = cued(
  /\b(?:it|that|this|bug|problem|issue|error|leak|crash|freeze|hang|failure|glitch|flicker\w*|regression)(?:(?:'s| is| has| just| has just| came| comes)+ (?:back|come back|re-?appeared|re-?occurred)| re-?(?:appeared|occurred|surfaced)| (?:appeared|occurred|surfaced|happened|happens) again| returned| persists?)\b/,
);
const AGAIN = cued(
  /\b(?:froze|crashed|failed|hung|broke|crashes|fails|hangs|freezes|breaks|leaks|died|happened|happens|happening|failing|stuck|down|broken|red|gone|missing|lost|wrong|empty|late|blank|doubled|duplicated) again\b/,
);
const NO_HELP = cued(
  /^(?:no[,.! ]+|nope[,.! ]+|sadly[, ]+)?(?:that |it |this )?(?:did(?:n'?t| not) (?:help|work|fix|do it|change|solve)|does(?:n'?t| not) (?:help|work|fix it|solve)|same (?:error|problem|thing|issue|result|behaviou?r|as before)|no (?:change|difference|effect|luck|improvement)|not fixed|isn'?t fixed|not working|nothing changed|made (?:it|things) worse|is worse)\b/,
);
const NOT_FIXED = cued(/\b(?:is|are|was) (?:not|n't) (?:really |actually |quite )?fixed\b|\bisn't fixed\b/);
/** One of these stands in all of them. */
const IS_FAULT = cued(
  /still|again|but not|back|appeared|occurred|surfaced|returned|persist|did|does|same|no change|no difference|no effect|no luck|no improvement|fixed|not working|nothing changed|worse/,
);

/** @param text in lower case */
export function isBroken(text: string): boolean {
  if (!IS_FAULT.test(text)) return false;
  if (STILL_FINE.test(text)) return false;
  return (
    NOT_EVERYWHERE.test(text) ||
    STILL_OFF.test(text) ||
    (STILL.test(text) && (FAILING.test(text) || WRONG.test(text) || STILL_NOT.test(text))) ||
    STILL_FAILS.test(text) ||
    IS_BACK.test(text) ||
    AGAIN.test(text) ||
    NO_HELP.test(text) ||
    NOT_FIXED.test(text)
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
