/** Wishes put as questions, hopes and compliments: `could the list be sorted?`, `I'd much prefer a menu`, `a shorter title would help`. */
import { cued } from '../../cue/index.js';
import { baseForm, isParticiple } from '../words.js';
import { withoutEnd } from './text.js';
import { VERBS } from './words.js';

const LEAD =
  /^(?:(?:and|but|also|ok|okay|so|now|then|plus|next|oh|hey|hi|hello|yes|yeah|great|thanks|please|actually|ideally|or|well|perhaps|maybe)[, ]+)+/i;
/** `could the list be sorted by name?` */
const BE_DONE = cued(
  /^(?:could|can|would|might|may) ((?:the|our|this|that|these|those|all|each|every|both|my|it|they|[\w./#-]+(?=(?: [\w./#-]+)? (?:please |also |perhaps |maybe |rather |now )*be ))(?: [\w./'#-]+){0,6}?) (?:(?:please|also|perhaps|maybe|rather|now|possibly|instead|at least) )*be (?:(?:please|also|rather|simply|just) )*([a-z-]+)((?:[ ,].{0,140})?)$/i,
);
/** Asks how things are, or whether something else is to blame. */
const NO_CHANGE = new Set(
  `cause relate explain use reuse run trust read call find reproduce see do expect involve mistake delay affect trigger say blame avoid attribute`.split(
    /\s+/,
  ),
);
const POSSIBLE = cued(
  /^(?:(?:would|might|could|is) it (?:be )?(?:at all )?possible to|is there (?:any|a) (?:way|chance) (?:for us )?to|(?:any|a) (?:way|chance) to) (have|get|make|offer|see) ((?:the|an?|our|all|some|this|that|these|those|more|my) .{3,150})$/i,
);
const HOPING = cued(
  /^(?:i|we)(?:'d| was| were| am|'m| are|'re| had| have)? ?(?:(?:just|rather|kind of|also|really) )*(?:hoping|wondering|hoped|wonder|wondered) (?:if|whether|that|for) (.{6,180})$/i,
);
const THEY_WONDER = cued(
  /^(?:(?:they|users|people|customers|some|everybody|everyone|(?:the|our) [\w-]+|[A-Z][a-z]+) )?(?:(?:also|all|often) )*(?:wonder(?:s|ed)?|asked|asks?) (?:if|whether) (?:we|you) (?:could|can|might) (.{4,160})$/i,
);
const RATHER = cued(
  /^(?:i|we)(?:'d| would) (?:(?:much|really|actually|still|also|far|personally|always) )*(?:prefer|rather (?:have|see)|rather) ((?:an?|the|our|its|their|some|plain|real|just) .{2,120})$/i,
);
const EXPECT = cued(
  /^(?:they|users|people|customers|everybody|everyone|most|visitors|readers|players|(?:the|our) [\w-]{3,20}s)(?:'d| would| will|'ll)? (?:(?:also|all|rather|really|naturally) )*expect ((?!us\b|you\b|me\b|it to\b)\S.{3,140})$/i,
);
const PLEASED = cued(
  /^(?:i|we)(?:'d| would) (?:(?:also|really|very much|be|so) )*(?:(?:grateful|thankful|glad|happy|delighted) (?:for|about)|appreciate|welcome|fancy) ((?:an?|the|some|more|another) .{3,140})$/i,
);
const MAY_I = cued(
  /^(?:could|may|can|might) (?:i|we) (?:also |perhaps |please |maybe )*(?:ask|beg|trouble) (?:you )?(for|to) (.{3,160})$/i,
);
const WOULD_HELP = cued(
  /^((?:an?|some|more|another) .{3,60}?) (?:would|'d|might) (?:(?:also|really|already|certainly|definitely|surely|actually) )*(?:help\b|be (?:(?:a|an|of|very|perfectly|really|so|quite|more|most|great|big|much) )*(?:fine|good|nice|lovely|great|useful|ideal|perfect|welcome|appreciated|helpful|handy|help|relief|improvement|better)\b)(?!.{0,60}\bif\b).{0,60}$/i,
);
const HELPS_IS = cued(
  /^(?:what (?:would|might) (?:really |also |already )?help(?: (?:me|us|them|a lot|most))* (?:is|would be)|it (?:would|'d) (?:really |also )?help(?: (?:me|us|them|everyone|a lot|a great deal|enormously))* to (?:have|get|see)) (.{4,140})$/i,
);
const WANT_TO = cued(
  /^(?:want|wanna|would like|'?d like|need|have|got) to ((?!know\b|see\b|understand\b|think\b|be\b|talk\b|ask\b|say\b|go\b|leave\b|check\b|run\b|wait\b|make sure\b|you\b)[a-z]{3,} (?:the|a|an|all|our|this|that|these|those|every|each|both|any) .{2,140})$/i,
);
const BUT_NOT_NOW = cued(
  /^((?:the|that|this|our|a|an) .{2,50}?) (?:we|i)(?: (?:definitely|really|do|still|certainly|absolutely|surely))* (?:want|need|would like|'d like),? (?:(?:just|but|only) )*not (?:before|until|now|yet|this|in|for|today|tonight)\b(.{0,60})$/i,
);

/** Stands in it. */
const LATER = cued(/(?:want|need|like),? (?:(?:just|but|only) )*not /i);

/** One of these stands in all of them. */
const KIND = cued(
  /\bbe |possible|way to|chance to|hop|wonder|whether|prefer|rather|expect|grateful|thankful|glad|happy|delighted|appreciate|welcome|fancy|ask|beg|trouble|help|would|'d|might|want|wanna|like to|need to|have to|got to/i,
);

/** What is so wished for, as an imperative; null where nothing is. */
export function kindlyIn(said: string, isQuestion: boolean): string | null {
  if (said.length > 260 || !KIND.test(said)) return null;
  const text = withoutEnd(said.replace(LEAD, ''), '.,;:!?');
  return (isQuestion ? null : hoped(text)) ?? passive(text, isQuestion) ?? asked(text);
}

/** `if it takes over an hour again I want a mail`. */
const IN_CASE = cued(
  /^if (.{4,60}?),? (?:i|we)(?:'d| would| will|'ll)? (?:also )?(?:want|need|like) (?:to (?:have|get|see) )?((?:an?|some) (?:e-?mail|mail|message|msg|alert|warning|notification|note|ping|page|error|log|hint|banner|toast|dialog|popup|ticket|report|button|prompt|badge|line)\b.{0,80})$/i,
);

function passive(text: string, isQuestion: boolean): string | null {
  const found = BE_DONE.exec(text);
  if (found === null) return null;
  const [, what = '', done = '', rest = ''] = found;
  const isAsked = /\b(?:please|pls)\b/i.test(text);
  if (!isQuestion && !isAsked && !/^(?:can|could|might)\b/i.test(text)) return null;
  if (
    / or (?:not|is|do|does|should|must)\b/i.test(rest) ||
    /^(?:i|we|you|he|she|there|that|this|these|those)$/i.test(what)
  )
    return null;
  const tail = rest.replace(/,? (?:please|pls)$/i, '');
  if (/^(?:made|kept|left|called|named)$/i.test(done)) {
    if (tail.trim() === '') return null;
    const verb = /^(?:called|named)$/i.test(done) ? 'Call' : (baseForm(done.toLowerCase()) ?? 'make');
    return `${verb} ${what}${tail}`;
  }
  const base = isParticiple(done) ? baseForm(done.toLowerCase()) : null;
  if (base === null || !VERBS.has(base) || (NO_CHANGE.has(base) && !isAsked)) return null;
  return `${base} ${what}${tail}`;
}

function asked(text: string): string | null {
  const possible = POSSIBLE.exec(text);
  if (possible !== null) return possibly(possible[1] ?? '', possible[2] ?? '');
  const may = MAY_I.exec(text);
  if (may !== null) {
    const what = (may[2] ?? '').replace(/ (?:as well|too|please)$/i, '');
    if (/^(?:an? )?(?:favou?r|moment|minute|hand|help|advice|opinion|question)\b/i.test(what)) return null;
    return may[1]?.toLowerCase() === 'to' ? what : `Add ${what}`;
  }
  return null;
}

function possibly(verb: string, what: string): string {
  if (/^(?:have|get|see)$/i.test(verb)) return /^(?:an?|some|more) /i.test(what) ? `Add ${what}` : `Have ${what}`;
  return `${verb} ${what}`;
}

function hoped(text: string): string | null {
  const hoping = HOPING.exec(text)?.[1];
  if (hoping !== undefined) return hopedFor(hoping);
  const wonder = THEY_WONDER.exec(text)?.[1];
  if (wonder !== undefined) return wonder;
  const rather = RATHER.exec(text)?.[1];
  if (rather !== undefined) return TALK.test(rather) ? null : `Use ${rather}`;
  const expect = EXPECT.exec(text)?.[1];
  if (expect !== undefined) return expectedOf(expect);
  const thing = PLEASED.exec(text)?.[1] ?? WOULD_HELP.exec(text)?.[1] ?? HELPS_IS.exec(text)?.[1];
  if (thing !== undefined)
    return TALK.test(thing) || /^(?:if|when|you|that you)\b/i.test(thing)
      ? null
      : `Add ${thing.replace(/,? so that .*$/i, '').replace(/^An? /, (article) => article.toLowerCase())}`;
  const inCase = IN_CASE.exec(text);
  if (inCase !== null) return `Add ${inCase[2] ?? ''} if ${inCase[1] ?? ''}`;
  const want = WANT_TO.exec(text)?.[1];
  if (want !== undefined) return want;
  return null;
}

/** Of the talk, and no part of what is built. */
const TALK =
  /^(?:an?|the|some|more|another|your|plain|just) (?:\w+ )?(?:answer|opinion|hint|moment|minute|word|chat|call|explanation|idea|advice|coffee|break|hand|help|look|pointer|day|week|time|pair of eyes)\b/i;

function hopedFor(text: string): string | null {
  const ours =
    /^(?:we|you|i|it (?:would|might|could|is|was) possible to)(?: (?:could|can|might|would|will))?(?: (?:also|perhaps|maybe|please))* (.{4,160})$/i.exec(
      text,
    )?.[1];
  if (ours !== undefined) {
    const verb = /^[a-z-]+/i.exec(ours)?.[0].toLowerCase() ?? '';
    return VERBS.has(verb) && !/^(?:know|see|tell|say|explain|help)$/.test(verb) ? ours : null;
  }
  const passed =
    /^((?:the|our|this|that|these|those|all|each|every) .{2,60}?) (?:could|can|might|would) (?:also |perhaps |maybe )*be ([a-z-]+)(.{0,100})$/i.exec(
      text,
    );
  if (passed !== null) {
    const base = isParticiple(passed[2] ?? '') ? baseForm(passed[2] ?? '') : null;
    return base === null || !VERBS.has(base) ? null : `${base} ${passed[1] ?? ''}${passed[3] ?? ''}`;
  }
  const does =
    /^((?:the|our|this|that|these|those|all|each|every) .{2,60}?) (?:could|can|might|would) (?:also |perhaps |maybe )*([a-z]{3,} .{2,100})$/i.exec(
      text,
    );
  return does === null ? null : `Make ${does[1] ?? ''} ${does[2] ?? ''}`;
}

function expectedOf(text: string): string | null {
  const to = /^(.{3,60}?) to (?!be (?:fine|ok|okay|ready|back)\b)(.{3,100})$/i.exec(text);
  if (to !== null) return `Make ${to[1] ?? ''} ${to[2] ?? ''}`;
  return /^\S.{0,40} (?:in|on|at|under|above|below|next to|first|as|by|sorted|with) .{2,}/i.test(text)
    ? `Show ${text}`
    : null;
}

/** `the dark theme we do want, just not before the launch`: wanted, and not now. */
export function wantedLater(said: string): string | null {
  if (said.length > 160 || !LATER.test(said)) return null;
  const found = BUT_NOT_NOW.exec(withoutEnd(said.replace(LEAD, ''), '.,;:!'));
  return found?.[1] ?? null;
}
