/** What a message says it will say: `two bugs:`, `I need three changes.`, `there is a problem with the map`; and what conditions mean. */
import { cued } from '../../cue/index.js';
import { doingIn } from './doing.js';
import { textOf, wordsOf, type Clause } from './clauses.js';
import type { Told } from './problem.js';
import { withoutEnd } from './text.js';

export interface Announced {
  readonly kind: 'faults' | 'changes' | 'either';
  /** What `it` is in what follows. */
  readonly name: string;
  /** Said of one fault: it stands by itself where nothing follows. */
  readonly told: Told | null;
}

const FAULT = String.raw`(?:bug|problem|issue|fault|defect|regression|complaint|glitch(?:e)?|error)`;
const CHANGE = String.raw`(?:change|wish(?:e)?|request|tweak|improvement|adjustment|requirement|feature|correction|ask|edit|addition|fix(?:e)?)`;
const EITHER = String.raw`(?:thing|point|item|ticket|task|job|to-?do|remark|note|comment)`;
const COUNT = String.raw`(?:(?:the )?(?:two|three|four|five|six|seven|several|some|a few|a couple(?: of)?|multiple|\d{1,2}|these|the following))`;
const WHO = String.raw`(?:(?:i|we|they|there|qa|support|the [\w-]+(?: [\w-]+)?|[a-z]+)(?:'ve|'d|'s)? (?:(?:have|has|just|also|now|still|would|actually) )*(?:need|want|like|have|has|got|get|found|see|saw|noticed|report|reported|spotted|sent|raised|filed|opened|are|is)s? (?:me |us )?)`;
const PLACE = String.raw`(?: (?:for|with|in|on|of|to|from|about|regarding|concerning|came out of|came up in|turned up in|remain in|since) (.{2,60}))?`;
const LEAD = String.raw`^(?:(?:and|also|ok|okay|so|now|then|hi|hey|hello|thanks|great|please|well|next)[,. ]+)*(?:(?:for|on|in|about|regarding|concerning|as for) ((?:the|our|this|that) .{2,40}?),? )?`;
const MANY = cued(
  new RegExp(
    String.raw`${LEAD}${WHO}?${COUNT} (?:(?:more|other|small|little|new|quick|further|minor|big|last|open|tiny|important|urgent) )*(?:(${FAULT})|(${CHANGE})|(${EITHER}))s${PLACE}(?:,? (?:please|pls|though|here|left|today|now|both|all)(?: from .{2,20})?)*$`,
    'i',
  ),
);
const ONE = cued(
  new RegExp(
    String.raw`${LEAD}(?:(?:i|we|there)(?:'ve|'s)? (?:(?:have|has|just|also|still|now) )*(?:is|have|has|got|found|see|seems to be) )?(?:an?|another|one more|one) (?:(?:small|little|new|big|strange|odd|weird|minor|serious|bad|nasty) )*(${FAULT}) (?:with|in|on) ((?:the|our|this|that|my) .{2,50}|[\w./-]+)$`,
    'i',
  ),
);
/** One of these stands in all of them. */
const NAMING =
  /(?:bug|problem|issue|fault|defect|regression|complaint|glitch|error|change|wish|request|tweak|improvement|adjustment|requirement|feature|correction|ask|edit|addition|fix|thing|point|item|ticket|task|job|do|remark|note|comment)/i;

/** @returns null for what announces nothing */
export function announcedIn(clause: Clause, sentence: string): Announced | null {
  if (clause.isQuestion || clause.words.length > 18 || !NAMING.test(clause.text)) return null;
  const text = withoutEnd(clause.text, '.,;:!–—-');
  const many = MANY.exec(text);
  if (many !== null) {
    const [, before = '', fault, change, , after = ''] = many;
    const kind = fault !== undefined ? 'faults' : change !== undefined ? 'changes' : 'either';
    const name = before !== '' ? before : after;
    return {
      kind,
      name: /\b(?:yesterday|today|last|qa|support|me|us|tester|customer)\b/i.test(name) ? '' : name,
      told: null,
    };
  }
  const one = ONE.exec(text);
  if (one === null) return null;
  return { kind: 'faults', name: one[3] ?? '', told: { clause, sentence, isFailure: false } };
}

/** `the number goes into the title`, where changes were announced: make it so. */
export function madeSo(clause: Clause): string | null {
  const doing = doingIn(clause.words);
  if (doing === null) return null;
  const subject = doing.subject.replace(/^(?:The|Our|All|Each|Every|A|An|Its|Their|This|These|Both)\b/, (word) =>
    word.toLowerCase(),
  );
  return withoutEnd(`make ${subject} ${doing.verb} ${doing.rest}`, '.,;:!');
}

const NEXT_THING = /,? and (?=(?:the|our|each|every|all|a|an) )|, (?=(?:the|our|each|every|all) )/i;
/** What is told of several things in one breath, each by itself. */
export function toldIn(clause: Clause): readonly Clause[] {
  const parts: string[] = [];
  for (const part of clause.text.split(NEXT_THING)) {
    const last = parts.length - 1;
    if (last < 0 || doingIn(wordsOf(part)) !== null) parts.push(part);
    else parts[last] = `${parts[last] ?? ''} and ${part}`;
  }
  const told = parts.length < 2 ? [clause] : parts.map((text) => ({ ...clause, text, words: wordsOf(text) }));
  return told.filter(({ words }) => doingIn(words) !== null);
}

const IT = /^(?:it|they|this|that)$/;
/** The clause with a name in the place of its pronoun. */
export function naming(clause: Clause, name: string): Clause {
  const [first, ...rest] = clause.words;
  if (name === '' || first === undefined || !IT.test(first.low)) return clause;
  const words = [...wordsOf(name), ...rest];
  return { ...clause, words, text: textOf(words) };
}

const CONDITION = cued(
  /^(?:(?:and|also|but|then|ok|so|please)[, ]+)*(?:if|when|whenever|as soon as|each time|every time) (?!(?:you|you're|i|i'm|we|we're|it|it's|that|that's|this|they|he|she|there|possible|needed|necessary|in doubt|so|not|all|ready|done|everything|anything|nothing)\b)(?:the|an?|our|all|any|some|each|every|no|two|somebody|someone|anybody|nobody|users?|people|guests?|members?|customers?|[\w-]+)\b.{3,80}$/i,
);
/** Said of the work and not of what is built. */
const OF_WORK =
  /\b(?:tests?|build|ci|pipeline|review|pr|mr|branch|merged?|deployed|released?|release|approved?|approves|tom|green|through|done with|finished with|next sprint|week|time)\b/i;

/** `when a reader closes the tab`, of what is built: what the wish after it depends on. */
export const conditionIn = (text: string): string | null =>
  text.length < 90 && CONDITION.test(text) && !OF_WORK.test(text)
    ? ` ${text.replace(/^(?:(?:and|also|but|then|ok|so|please)[, ]+)+/i, '').replace(/^[A-Z]/, (letter) => letter.toLowerCase())}`
    : null;

/** `to save space, …`: what the request after it is for. */
export const PURPOSE = cued(/^(?:(?:and|so|also)[, ]+)*(?:in order )?to [a-z]+ .{2,80}$/i);

/** Says of what was told before it that it should not be so. */
export const NOT_TO_BE = cued(
  /^(?:(?:and|but|so|well|obviously|of course|surely)[, ]+)*(?:(?:that|this|it|which|they) (?:(?:really|just|clearly|obviously|simply|also) )*(?:should|must|may|ought|shall)(?:n'?t| not| never)(?: ever)?(?: (?:to )?(?:be (?:possible|allowed|the case|so|there|able to|like (?:that|this)|necessary|visible)|happen|do (?:that|this|it|so)|occur|work (?:like (?:that|this)|that way|this way)))?(?: (?:at all|any ?more|again|please|of course|ever|in production))*|(?:that|this|it|which)(?:'s| is) (?:(?:clearly|obviously|really|just|plain|simply|quite|very|so|pretty) )*(?:wrong|incorrect|annoying|unacceptable|dangerous|embarrassing|a (?:bug|problem|no-?go|regression|mistake|nuisance|mess|defect|(?:security|privacy|legal|compliance) (?:issue|problem|risk|hole))|not (?:right|ok|okay|good|correct|acceptable|allowed|what (?:we|i) (?:want|need|expect\w*|asked for|agreed)|how it should (?:be|work)|(?:supposed|meant) to (?:be (?:like )?(?:that|so|possible)|happen|do (?:that|so))))(?: (?:that|for|since|because|of course|obviously|please)\b.{0,60})?)[.! ]*$/i,
);

/** `the customer expects milligrams`: beside what is, what is wanted. */
export const EXPECTED = cued(
  /^(?:(?:and|but|though|while|whereas)[, ]+)*(?:(?:the|our|my|a) )?(?:customers?|clients?|users?|spec(?:ification)?|standard|law|contract|design(?:er)?|mock-?up|auditors?|regulator|boss|they|we|people|docs|ticket|requirement|norm|importer|receiver|bank|api|partner|product owner|po) (?:(?:all|really|actually|clearly) )*(?:expects?|wants?|demands?|requires?|asks? for|asked for|calls? for|prescribes?|says?|ordered|needs?|uses?) (?!to\b|us\b|you\b|me\b|that\b|if\b|it\b|a fix|this\b).{2,100}$/i,
);
