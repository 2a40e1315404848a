/** Small signs by which one sentence is tied to those before it. */
import { cued } from '../../cue/index.js';
import { baseOf } from './ask.js';
import { endsIn } from './text.js';
import { wordSet } from './words.js';
import { verbAt, type Clause, type Word } from './clauses.js';

/** An imperative or a polite question by its form alone. */
export const isAsked = ({ words }: Clause): boolean =>
  verbAt(words) >= 0 || POLITE_START.test(`${words[0]?.low ?? ''} ${words[1]?.low ?? ''}`);
const POLITE_START = cued(/^(?:can|could|would|will|please) (?:you|we|also|please|\w+)$/);
export const ASKED_ABOUT = cued(
  /\b(?:why|how come|what|how|whether|where|when|if)\b.{0,12}? ((?:(?:the|this|that|our) [\w./-]+|[\w-]+[._/][\w./-]+))/i,
);
export const spoken = (text: string): string => (text.length > 200 ? `${text.slice(0, 199)}…` : text);
export const PRONOUN = wordSet('it this that them these those him her');
/** Verbs that ask to mend; with a pronoun they ask for the problem told before. */
export const MENDING = wordSet(
  'fix look check investigate find solve resolve repair debug address handle sort correct see take figure have diagnose do mend get track deal help stop dig chase patch',
);
export const ALSO = cued(
  /^(?:\W*(?:and|also|plus|another|besides|additionally|second|next|one more|oh|btw|separately|meanwhile)\b)/i,
);
export const WONDERS = cued(
  /\b(?:why|how come|any idea|what(?:'s| is| could| might| would)|is (?:that|this|it)|does (?:that|this|it)|did (?:we|you|i)|related|expected|do you know|or is|could it be)\b/i,
);
export const CALM = cued(
  /^(?:(?:and|but|so|though|it(?:'s| is)|that(?:'s| is)|this(?:'s| is)?|there(?:'s| is)|but|the last one)\W+)*(?:can (?:easily |well )?wait|(?:is )?(?:not|nothing) urgent|no (?:rush|hurry|pressure)|for later|not (?:now|today|yet|tonight|this (?:week|sprint|month|evening|round))|when(?:ever)? (?:you|there|some(?:one|body)|any(?:one|body))|harmless|low prio\w*|can be (?:done )?later|later is fine|tomorrow is fine|take your time|urgent|asap|high prio\w*|needed (?:today|by))\b/i,
);
export const THROWN = cued(/\b(?:\w+\.){0,6}[A-Z]\w{0,40}(?:Error|Exception)\b(?:: [^\n)]{1,160})?/);
export const IDEA = cued(
  /\b(?:(?:i|we) (?:had|have|got|'ve got|'ve had) (?:this |an? |the )(?:\w+ )?idea (?:to|of)|(?:i was|i'm|we were|been) thinking (?:of|about|we could|we should|to)|how about|what about|what if we|maybe we (?:could|should)|it might be (?:nice|good|worth) to|idea:)\s+(.{3,160})$/i,
);
export const QUESTION = cued(
  /^(?:(?:and|but|so|ok|okay|hm+|wait|oh|well|also|or|hey|thanks)[,. ]+)*(?:why|what|where|when|who|whose|which|how|is|are|was|were|am|does|did|has|had|should|shall|isn'?t|aren'?t|doesn'?t|didn'?t|won'?t|wouldn'?t|couldn'?t|shouldn'?t|haven'?t|hasn'?t|what'?s|who'?s|where'?s|how'?s|any (?:idea|chance we|thoughts)|do (?:you|we|they|i|these|those|the)|have (?:you|we|they|i))\b/i,
);
export const HYPOTHESIS = cued(
  /\b(?:if (?:we|i|you|they|one) (?:ever|wanted|were|had|would|could|went|did|used|moved|switched|decided)|hypothetical\w*|theoretically|in theory|not planning|just (?:curious|wondering|asking|thinking)|what if|suppose (?:we|that)|imagine|thought experiment)\b/i,
);
export const NEGATED = cued(
  /^(?:(?:and|but|so|please|also|just|ok|okay|then|oh|or)[, ]+)*(?:don'?t|dont|do not|never|no need|no|not|without|nothing(?! happens)|nobody|avoid|leave|keep|you (?:don'?t|needn'?t|must not|should(?:n'?t| not)|can(?:'?t|not))|we (?:don'?t|won'?t|shouldn'?t|can'?t|must not)|let'?s not|i don'?t|there(?:'s| is) no|it (?:must|should|shall|may|can)(?:n'?t| ?not))\b/i,
);
export const EXPLAINS = cued(
  /^(?:because|since|as|so that|that way|otherwise|the reason|which (?:means|is)|this (?:means|way)|that (?:means|is|was)|i (?:think|guess|believe|suspect|mean|see|know|wonder|like|love|prefer|noticed|saw|tried|thought|understand|assume|was|am|had|did|have)|i'm|i've|we're|we've|it'?s|they'?re|here(?:'s| is| are)|there(?:'s| is| are)|example|e\.g|for example|for instance|fyi|note)\b/i,
);

/** `putting a fourth one there` → `put …`. */
export const baseFirst = (text: string): string =>
  text.replace(/^[a-z]+ing\b/i, (gerund) => baseOf(gerund.toLowerCase()));

const ENDS_OBJECT = wordSet(
  'to in on from for with at by into onto of and so that which when if as until because please too also instead like between after before up down out off again',
);

/** What an imperative is about: `add a timeout to the client` → `the timeout`. */
export function objectOf(words: readonly Word[]): string | null {
  const found: string[] = [];
  for (const { low, raw } of words.slice(1, 8)) {
    if (ENDS_OBJECT.has(low)) break;
    found.push(raw);
    if (endsIn(raw, ',;:.')) break;
  }
  const text = found
    .join(' ')
    .replace(/[\s,;:.]+$/, '')
    .replace(/^(?:an?|another|some) /i, 'the ');
  return text === '' || PRONOUN.has(text.toLowerCase()) || found.length > 6 ? null : text;
}
