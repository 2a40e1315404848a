/** What asks for work, in one clause: an imperative, a polite question, a wish, a requirement. */
import { cued } from '../../cue/index.js';
import { isVerbAt, lowOf, textOf, verbAt, type Word } from './clauses.js';
import { ANSWER_VERBS, FILLERS, MENTAL, USER_DOES, VERBS, wordSet } from './words.js';
import { formOf, nounOf, requirementOf, wishOf, type Request } from './wish.js';

const LOOKING = wordSet('find look see figure check verify investigate');
/** Which of the two is asked for, what follows them says. */
const BY_OBJECT = wordSet(`
  find look see figure check verify investigate show give get send run rerun re-run test try have take tell remind ask say go merge rebase tag
  cherry-pick open create make raise submit draft update let write squash stash list print count
`);

/** Asks for something said rather than something done. */
function kindOf(words: readonly Word[]): 'change' | 'answer' {
  const verb = words[0]?.low ?? '';
  // A value on the terminal is an answer, what a program prints is none.
  if (verb === 'print') return /^(?:me|us|out|it|that|this|them)\b/i.test(textOf(words.slice(1))) ? 'answer' : 'change';
  if (!BY_OBJECT.has(verb)) return ANSWER_VERBS.has(verb) ? 'answer' : 'change';
  const rest = textOf(words.slice(1)).toLowerCase();
  if (LOOKING.has(verb)) {
    if (/\band (?:then )?(?:fix|repair|correct|solve|resolve|replace|remove|sort it|clean)/.test(rest)) return 'change';
    if (verb === 'look') return /^(?:into)\b/.test(rest) ? 'change' : 'answer';
    return 'answer';
  }
  if (verb === 'show' || verb === 'give' || verb === 'get' || verb === 'send')
    return /^(?:me|us)\b/.test(rest) && !MADE.test(rest) ? 'answer' : 'change';
  // Run against a system it does something there.
  if (/^(?:re-?)?run$/.test(verb) && ELSEWHERE.test(rest)) return 'change';
  if (verb === 'run' || verb === 'rerun' || verb === 're-run' || verb === 'test' || verb === 'try')
    return verb === 'test' ||
      (verb === 'try' && /^(?:it|that|this|again|to)\b/.test(rest)) ||
      cued(
        /\b(?:tests?|suite|lint\w*|build|checks?|bench\w*|it|that|this|them|command|script|again|specs?|type ?check\w*|tsc|eslint|pytest|jest)\b/,
      ).test(rest)
      ? 'answer'
      : 'change';
  if (verb === 'have' || verb === 'take')
    return /^an? (?:\w+ )?(?:look|peek|glance|read)\b/.test(rest) ? 'answer' : 'change';
  if (verb === 'tell' || verb === 'remind' || verb === 'ask' || verb === 'say')
    return /^(?:me|us)\b/.test(rest) ? 'answer' : 'change';
  if (verb === 'go') return 'answer';
  if (verb === 'merge' || verb === 'rebase' || verb === 'tag' || verb === 'cherry-pick')
    return words.length < 3 ||
      /^(?:it|this|that|them|the (?:pr|mr|branch|pull request)|from|to|into|onto|on|main|master|pr|#?\d+)\b/.test(rest)
      ? 'answer'
      : 'change';
  if (
    verb === 'open' ||
    verb === 'create' ||
    verb === 'make' ||
    verb === 'raise' ||
    verb === 'submit' ||
    verb === 'draft' ||
    verb === 'update'
  )
    return /^(?:an? |the |another |new |draft )*(?:pr|mr|pull request|merge request|draft pr|commit)s?\b/.test(rest)
      ? 'answer'
      : 'change';
  if (verb === 'let') return /^(?:me|us) (?:know|see)\b/.test(rest) ? 'answer' : 'change';
  if (verb === 'write')
    return /^(?:me )?(?:an? )?(?:short |quick |brief )?(?:summary|overview)\b/.test(rest) ? 'answer' : 'change';
  if (verb === 'squash' || verb === 'stash') return words.length > 3 ? 'change' : 'answer';
  if (verb === 'print' && PRINTED.test(rest)) return 'change';
  if (verb === 'list' || verb === 'print' || verb === 'count')
    return /\b(?:endpoint|page|view|screen|table)\b/.test(rest) ? 'change' : 'answer';
  return ANSWER_VERBS.has(verb) ? 'answer' : 'change';
}

/** `give me a script that …`: a thing to be made, no answer. */
const MADE = cued(
  /^(?:me|us) (?:(?:an?|the|some|one|two|three|another|small|little|simple|quick|short|proper|new|separate|shell|bash|python|sql|npm|rake|make|cli|unit|e2e|daily|nightly|\w+-?\w*) ){0,3}(?:scripts?|tasks?|commands?|tools?|pages?|tests?|components?|functions?|endpoints?|quer(?:y|ies)|buttons?|migrations?|workflows?|jobs?|configs?|files?|templates?|helpers?|hooks?|tables?|views?|columns?|fields?|forms?|switch(?:es)?|flags?|aliases|alias|methods?|class(?:es)?|modules?|targets?|makefile|dockerfile|readme|dashboards?|charts?|fixtures?|stubs?|mocks?|types?|routes?|wrappers?|seeds?|snapshots?|exports?|screens?|menus?|toggles?|options? (?:to|for))\b/,
);
/** Printed by the program, not for whoever asks. */
const PRINTED = cued(
  /\b(?:on|in|into|onto|to|under|above|below|at|next to) (?:the|each|every|all|our) (?!(?:screen|terminal|console|chat|log|logs|answer|shell|output|stdout)\b)/,
);
const ELSEWHERE = cued(
  /\b(?:against|on|in|over) (?:the )?(?:staging|stage|prod\w*|live|real|test (?:db|database|server|system)|server|cluster|whole|full|all|backup|replica|canary|sandbox|customer)\b/,
);

/** `can you open it directly or do I have to convert it`, `would you take A or B`: a question. */
const OR_QUESTION = cued(
  /^(?:\w+,? ){0,2}would you (?:normally|usually|generally|rather|ever|typically|still|personally|even|in general) |\bor (?:do|does|did|should|shall|is|are|must|would|can|will|has|have) (?:i|we|you|it|they|there|the|that|this)\b|^(?:\w+,? ){0,2}would you (?:\w+ )?(?:use|take|choose|prefer|recommend|go (?:with|for)|pick|say|rather|consider|suggest) .{1,80}\bor\b/,
);

const asked = (words: readonly Word[], form: Request['form']): Request => ({ kind: kindOf(words), words, form });

/** Imperatives that move the talk on and ask for nothing. */
const IDLE = cued(
  /^(?:go (?:on|ahead|for it)|keep (?:going|in mind|me|it up|on|at it|that in mind|us)|take (?:your time|care(?! of\b)|note|it easy|into account|this as|as (?:a |an )?(?:example|reference))|(?:look|sound)s\b|let me (?:know|think|see|check|try|look|explain|be|rephrase|clarify|ask|tell|guess|say|start|give|add that|share|finish|test|read|put it|paste)|let(?:'s|s| us) (?:see|wait|go with|go for|say|assume|keep|stick|start|begin|think|talk|discuss|hope|call it|pretend|leave it|stay|be|not|suppose|go|have a look|imagine)\b|make sense|mind (?:you|the)|note (?:that|for|to (?:self|whoever|anyone|the))\b|see (?:above|below|you|the (?:screenshot|log|output|trace|attached|comment))|remember (?:that|to|the|we|i)|think (?:about|of|step|hard|carefully|through)|assume|consider (?:this|that|it)|imagine|suppose|say (?:we|i|you|that)|feel free|trust me|bear in mind|(?:code|write|work|act|behave|speak|talk|reply|think|proceed|respond|answer) (?:\w+ly\b|as (?:if|usual|an?)\b|like an?\b|clean (?:and|code)|clean$)|keep (?!.*\b(?:as an?|in sync|track|an? (?:copy|backup|log|list|history|record)|for (?:the|all|every|each|our) (?!now\b|moment\b|time being|record\b|rest\b|next\b)\w+)\b)|forgive|excuse|pardon|believe|watch out|never mind|guess|come on|hang on|hold on|wait|stop(?! (?!asking|guessing|doing|apologi|working|being|talking|saying|telling|trying|there)\w+ing (?:the|a|an|all|our|my|any|this|that|\w+s)\b)|ignore|skip|leave (?!an? |some |out |in |room|space|behind )|use your|do not|be (?:sure|careful|aware|brief)|start with\b|begin with\b|focus on|prefer|stick to|stay (?:on|in|with)|respect|follow the (?:style|convention|existing|pattern|guide|same)|proceed|continue|resume|carry on|do (?:so|that|it|this)\b(?! (?:for|in|to|on|with)\b)|try again|return (?:only )?(?:json|your)|respond with|answer (?:in|with|only|briefly)|give (?:me )?(?:a |your )?(?:moment|minute|sec)|run (?:npm|pnpm|yarn|npx|go|cargo|the following) .*\berror|follow(?:ing)?\b.*\b(?:convention|style)s?\b|tell you what|ask (?:me|if|before|away)|keep (?:it|things|everything|the (?:api|rest|other|public|diff|change|style|format|name|current|same))\b|put (?:it|that|this|them|those) (?:on|in(?:to)?) (?:the|our|my|your) (?:\w+ )?(?:list|backlog|board|to-?do\w*|queue)|(?:report|read|analysis|plan) only|only\b|leave (?:me|us)\b|set aside|thank (?:you|u|him|her|them|everyone|goodness|god|heavens)\b|(?:have|enjoy) (?:an?|your|the|some) (?:\w+ ){0,2}(?:evening|day|weekend|night|one|time|holidays?|trip|morning|afternoon|week|break|rest|vacation|fun|lunch|coffee)\b|gimme (?:an?|one|two|some|five) (?:\w+ )?(?:secs?|seconds?|mins?|minutes?|moment|hour|break)\b|make (?:tasks|tickets|todos|to-dos|issues|items|a (?:list|plan|todo list)) (?:out )?(?:of|from) (?:it|this|that|them|these|those)\b|(?:start|begin) (?:at|from) the (?:top|beginning|start|first)\b)/i,
);

/** Verbs that are a manner of doing what was asked already: after another request they are no work of their own. */
export const DETAIL = cued(
  /^(?:make (?:sure|certain)|ensure|be sure|keep (?:it|them|this|in|everything|(?:the|your) [\w -]{2,40} (?:as (?:is|it is|they are)|same|unchanged|intact|working|green|small|short|simple|stable|backwards?|compatible))\b|use (?:the|a|an|our|that|this|it|same|only|plain|whatever|existing|tabs|spaces|[\w.-]+ (?:for|as|instead|like)|\w+$)|see (?:if|whether|that|to it)|verify|confirm|check (?:that|if|whether|it)|double-?check|follow|stick|stay|try (?:to|it|not)|avoid|prefer|note|remember|start with|reuse|respect|let me (?:know|see)|show me|tell me|give me|run (?:the|all|a)? ?(?:unit |whole |full |e2e )*(?:tests?|suite|lint\w*|checks?|build)|do (?:it|this|that) (?:in|with|by|as|like|without|properly|carefully|on)|think|take care|mind|base it|put it (?:in|under|next|on|at|below|above|behind|into)|call it|name it|default (?:it )?to|write it (?:in|as)|test it|leave (?:the|everything|all|it))\b/i,
);

/** Whether a text is an idle imperative. */
export const isIdle = (text: string): boolean => IDLE.test(text);

/** `could you`, `would you mind`, `I'd like you to`: the verb stands after it. */
const POLITE = cued(
  new RegExp(
    '^(?:' +
      [
        `(?:can|could|would|will|cud) (?:you|u|y'all|somebody|someone|claude)(?: be able to| be so kind (?:as )?to| please be so kind as to| mind)?`,
        `(?:do you )?(?:think|reckon) you (?:can|could)`,
        `(?:do you |would you )?mind`,
        `(?:is there )?any chance (?:that )?(?:you|we) (?:can|could|might)`,
        `(?:is it|would it be|might it be|could it be) (?:at all )?possible (?:for you |for us )?to`,
        `(?:are|were) you able to`,
        `(?:i|we)(?:'d| would| do)?(?: really| also| still| just)* (?:like|love|want|need|prefer|appreciate it if|ask)(?: for)? (?:you|claude)(?: to)?`,
        `i(?:'d| would) (?:be (?:happy|glad|grateful)|appreciate it) if you (?:could|would|can)?`,
        `(?:it )?would be (?:nice|great|good|cool|lovely|helpful|awesome|useful|handy)(?: if (?:you|we) (?:could|can)?| to)`,
        `(?:it'?d|that'?d) be (?:nice|great|good|cool|lovely|helpful|awesome|useful|handy)(?: if (?:you|we) (?:could|can)?| to)`,
        `(?:you|we) (?:can|could|should|need to|have to|must|might want to|may|ought to)(?: also| now| then| just| please| probably| really)*`,
        `(?:your (?:task|job|goal) is to|the (?:task|job) is to|i'?m asking you to|help (?:me|us)(?: to)?|go ahead and|be so kind (?:as )?to|why don'?t you|how about (?:you|we)|time to|don'?t forget to|remember to|make sure to|be sure to|try to|feel free to|(?:the )?next(?: step| thing| task| job)?(?: now)? is to|remind me (?:again )?to|i want (?:us )?to|we (?:also |really |still )?(?:want|need) to|i(?:'d| would)(?: also| really)* (?:like|love) to|we(?:'d| would)(?: also| really)* (?:like|love) to|let'?s|let us|lets|i (?:also |really |still )?need to be able to|(?:i|we|users?|people|admins?|everyone) (?:also |really )?(?:want|need|should|must|have) (?:to )?be able to)`,
      ].join('|') +
      ')(?: (?:please|pls|also|then|now|just|maybe|perhaps|possibly|kindly|quickly|first|next|instead|again|too))*,? ',
    'i',
  ),
);

/** Stative verbs after `can we`, `we should`, `I want to`: an opinion, not work. */
const STATIVE =
  /^(?:be|have|use|trust|rely|assume|go|know|think|see|talk|discuss|agree|say|expect|call|afford|live|wait|hope|believe|want|like|stay|keep|consider|worry|care|understand|learn|look|ask|decide|continue|try|get away)$/;

function politeOf(words: readonly Word[], all: string, isQuestion: boolean): Request | null {
  let from = 0;
  while (from < words.length && from < 6 && FILLERS.has(words[from]?.low ?? '') && words[from]?.low !== 'wait')
    from += 1;
  const rest = from === 0 ? words : words.slice(from);
  const text = from === 0 ? all : lowOf(rest);
  const found = POLITE.exec(text.slice(0, 160));
  if (found === null) return null;
  const head = found[0].toLowerCase();
  const after = rest.slice(head.trim().split(/ +/).length);
  const low = after[0]?.low ?? '';
  if (low === '' || /^(?:not|never|no)$/.test(low)) return null;
  if (/\bmind\b/.test(head)) {
    const gerund = /^([a-z]+)ing$/.exec(low);
    return gerund === null ? null : asked([{ raw: baseOf(low), low: baseOf(low) }, ...after.slice(1)], 'polite');
  }
  const isYou = /\byou\b|claude|\bu\b/.test(head);
  if (/^(?:we|i) (?:can|could|need to|should|must|have to|may|might|ought)/.test(head) && !/be able to/.test(head)) {
    // A statement of the user: a plan where it has `please`, or where the verb is work and nothing makes it an opinion.
    if (isQuestion && /^(?:we|i) /.test(head)) return null;
    if (!VERBS.has(low) || STATIVE.test(low)) return null;
    return /^(?:we|i) (?:can|could|may|might)/.test(head) && !/please/.test(text) ? null : asked(after, 'plan');
  }
  if (/^you (?:can|could|may|might|should|need|have|must|ought)/.test(head)) {
    if (
      !VERBS.has(low) ||
      STATIVE.test(low) ||
      /^(?:see|find|read|tell|check|ask|run|test|ignore|skip|look)$/.test(low)
    )
      return null;
    return asked(after, 'plan');
  }
  if (/\b(?:want|like|love|need) (?:us )?to $|^let/.test(head) || /^(?:we|i)\b/.test(head)) {
    if (!isYou && (MENTAL.has(low) || STATIVE.test(low)) && !/be able to/.test(head)) return null;
    if (/^let/.test(head) && isIdle(textOf(rest))) return null;
  }
  if (/^remind me/.test(head)) return asked(after, 'wish');
  if (!isYou && isQuestion && STATIVE.test(low)) return null;
  if (isYou || VERBS.has(low) || isVerbAt(after, 0, true) || /be able to|help (?:me|us)|^let/.test(head)) {
    if (isIdle(textOf(after))) return null;
    if (
      /^(?:help|imagine|guess|believe|hear|know|remember|recall|think)$/.test(low) &&
      !/^(?:me|us)$/.test(after[1]?.low ?? '')
    )
      return null;
    if (low === 'help' && after.length > 2) {
      const inner = after.slice(2).filter(({ low: one }, at) => !(at === 0 && one === 'to'));
      return inner.length > 0 && isVerbAt(inner, 0, true) ? asked(inner, 'polite') : null;
    }
    return asked(after, 'polite');
  }
  return null;
}

/** `adding` → `add`, `making` → `make`, `running` → `run`. */
export function baseOf(gerund: string): string {
  const stem = gerund.replace(/ing$/, '');
  if (VERBS.has(stem)) return stem;
  if (VERBS.has(`${stem}e`)) return `${stem}e`;
  const single = /([b-df-hj-np-tv-z])\1$/.test(stem) ? stem.slice(0, -1) : stem;
  return VERBS.has(single) ? single : /[aeiou][b-df-hj-np-tvz]$/.test(stem) && stem.length > 4 ? stem : single;
}

const CAN_WE = cued(
  /^(?:(?:and|also|ok|okay|so|yes|yeah|now|but|then|hey|please)[, ]+)*(?:can|could|shall|may|should) (?:we|i) (?:please |also |now |just |then |maybe |perhaps )*/,
);
/** `can we rebase on main, please?`: work where the verb is work; an opinion where it is not. */
function togetherOf(words: readonly Word[], text: string, isQuestion: boolean): Request | null {
  const found = CAN_WE.exec(text.slice(0, 120));
  if (found === null) return null;
  const after = words.slice(found[0].trim().split(/ +/).length);
  const low = after[0]?.low ?? '';
  const isAsked = /\b(?:please|pls)\b/.test(text);
  if (/\b(?:should|shall|may|can i|could i)\b/.test(found[0]) && !isAsked) return null;
  // `could we have a retry button there?`
  if (/^(?:have|get)$/.test(low) && /^(?:an?|some|more|another)$/.test(after[1]?.low ?? '') && after.length > 2) {
    const rest = after.slice(1).filter(({ low: one }) => !/^(?:please|maybe|perhaps)$/.test(one));
    const isTold = cued(
      /\b(?:summary|overview|list|explanation|look|call|chat|idea|estimate|recap|diff|hint|status|example|comparison|rundown|breakdown|review|answer|minute|moment|break)\b/,
    ).test(text);
    return isTold ? null : asked([{ raw: 'add', low: 'add' }, ...rest], 'polite');
  }
  if (!VERBS.has(low) || (STATIVE.test(low) && !isAsked)) return null;
  if (/\b(?:somehow|in theory|at all|theoretically|or (?:is|would|does|do|should|not)\b)/.test(text)) return null;
  return isQuestion || isAsked || /\b(?:can|could) we /.test(found[0]) ? asked(after, 'polite') : null;
}

const PLACED = wordSet('in on for at inside within under below above behind');

/** `in the payload make the amounts strings`: a place first, and no comma after it. */
function placedOf(words: readonly Word[]): readonly Word[] | null {
  const from = FILLERS.has(words[0]?.low ?? '') ? 1 : 0;
  if (!PLACED.has(words[from]?.low ?? '')) return null;
  if (!/^(?:the|our|all|my|each|every|both|[\w./-]*[._/][\w./-]*)$/.test(words[from + 1]?.low ?? '')) return null;
  if (/^(?:time|moment|meantime|future|record|end|beginning|first|rest|way|other)$/.test(words[from + 2]?.low ?? ''))
    return null;
  for (let at = from + 2; at < words.length - 1 && at < from + 8; at += 1) {
    const low = words[at]?.low ?? '';
    if (
      /[,;:.]$/.test(words[at - 1]?.raw ?? '') ||
      /^(?:that|which|who|to|and|or|we|you|i|they|it|is|are|can|should)$/.test(low)
    )
      return null;
    if (
      !VERBS.has(low) ||
      !/^(?:the|a|an|all|every|each|our|its|their|this|that|these|those|both|it|them|two|three|another|any|me|us)$/.test(
        words[at + 1]?.low ?? '',
      )
    )
      continue;
    return [...words.slice(at), ...words.slice(from, at)].map((word, index, all) =>
      index === all.length - (at - from) - 1 ? { ...word, raw: word.raw.replace(/[.,;!]+$/, '') } : word,
    );
  }
  return null;
}

/** One of these stands in all that is asked by a frame: in `OR_QUESTION`, `formOf`, `togetherOf`, `politeOf`, `wishOf`, `requirementOf`. */
const ASKS = cued(
  /\b(?:can|could|would|will|cud|shall|should|may|might|must|ought|mind|want|need|like|love|prefer|appreciate|ask|help|lets|let'?s|let us)|'d |any chance|possible|able to|(?:think|reckon) you|(?:it|that)d be|ha(?:ve|s) to|had better|rather (?:have|see) |(?:task|job|goal|next|step) is to|go ahead and|so kind|why don'?t you|how about|time to|forget to|remember to|sure to|try to|feel free to|remind me|\bor (?:do|does|did|is|are|has|have) |(?:what|all) (?:i|we) |(?:request|wish) is|the same|likewise|ditto|you (?:forgot|missed|overlooked|left out)/,
);

/** What one clause asks for, or null. */
export function requestOf(words: readonly Word[], isQuestion: boolean, isAlone: boolean): Request | null {
  const text = lowOf(words);
  const isFramed = ASKS.test(text);
  if (isFramed) {
    if (OR_QUESTION.test(text)) return null;
    const framed =
      formOf(words, text, isQuestion) ?? togetherOf(words, text, isQuestion) ?? politeOf(words, text, isQuestion);
    if (framed !== null) return framed;
  }
  const placed = isQuestion ? null : placedOf(words);
  if (placed !== null) return asked(placed, 'imperative');
  const at = verbAt(words);
  if (at >= 0) {
    const rest = words.slice(at);
    if (isIdle(textOf(rest))) {
      const inner =
        /^let me$/i.test(`${rest[0]?.low ?? ''} ${rest[1]?.low ?? ''}`) && USER_DOES.has(rest[2]?.low ?? '');
      return inner ? asked(rest, 'imperative') : null;
    }
    if (rest[0]?.low === 'let' && rest[1]?.low === 'me' && !USER_DOES.has(rest[2]?.low ?? '')) return null;
    if (
      isQuestion &&
      !/^(?:fix|add|remove|update|make|change|rename|move|delete|replace|write|create)$/.test(rest[0]?.low ?? '')
    )
      return null;
    return asked(rest, 'imperative');
  }
  if (isQuestion) return null;
  return (isFramed ? (wishOf(words, text) ?? requirementOf(words, text, isAlone)) : null) ?? nounOf(words);
}
