/** What the session offers to do, and asks. */
import { cued } from '../../cue/index.js';
import { verbed, workIn } from './left.js';
import { objectIn, isPronoun, resolved } from './things.js';
import { isVerb } from './verbs.js';

const ASKS = cued(
  /\b(?:(?:do you |would you |d'you )?want me to|would you (?:like|prefer)(?: (?:it|that|this))?(?: (?:for )?me to| if i)|do you want (?:that|this|it|me to)|shall (?:i|we)|should (?:i|we)|may i|can i(?: go ahead and)?|(?:happy|glad|ready) (?:for me )?to|let me know (?:if|whether) (?:you(?:'d| would)? (?:like|want|prefer)(?: me)?(?: to)?|i should|it is ok to)|(?:just )?(?:say (?:the word|so)|tell me|give me the (?:word|go|green light)) and i(?:'ll| will| can)|okay (?:if i|to)|ok (?:if i|to|for me to))\s*(.*)$/i,
);
const IF_YOU_LIKE = cued(
  /\bif (?:you(?:'d| would)? (?:like|want|wish|prefer|need|care|are interested)(?: (?:it|that|this|me to|to))?|(?:that's|it's|this is) (?:useful|helpful|of interest|okay|ok)|useful|wanted|helpful)[^,.:]{0,30}[,:]?\s*(?:then )?(?:i|we)(?:'ll| will| can| could|'d be happy to| would be happy to)\s+(?:also |happily |easily |gladly )*(.+)$/i,
);
const I_COULD = cued(
  /\b(?:i|we) (?:can|could|would|might)\s+(?:also |easily |happily |gladly |then |instead |of course )*([\p{L}-]+)\s+(.+)$/iu,
);
const ONLY_IF = cued(
  /\bif (?:you(?:'d| would)? (?:like|want|wish|prefer|need)|(?:that's|it's) (?:useful|helpful|wanted)|wanted|useful|helpful)\b|\blet me know\b|\bjust (?:ask|say)\b|\bwant me to\b|\binterested\b/i,
);

/** One of these is in whatever the patterns above find. */
const CUE = cued(
  /useful|wanted|helpful|(?:that's|it's|this is) (?:of interest|ok)|you (?:like|want|wish|prefer|need|care|are interested)|you'd|you would|want me to|(?:shall|should|may|can) (?:i|we)|(?:happy|glad|ready|ok|okay) (?:for me )?to|let me know|say (?:the word|so)|tell me|give me the|ok(?:ay)? if i|just (?:ask|say)|interested/i,
);

/** Title words of the offer that a sentence makes; null where it makes none. */
export function offerIn(sentence: string, before: readonly string[]): string | null {
  if (!CUE.test(sentence)) return null;
  const liked = IF_YOU_LIKE.exec(sentence);
  if (liked?.[1] !== undefined) return offered(liked[1], before);
  // A choice between two is a question, no offer.
  const asked = ASKS.exec(sentence);
  if (asked !== null && !/\b(?:should|shall) we\b.*\bor\b/i.test(sentence))
    return offered(asked[1] ?? '', before) ?? couldBe(before);
  const could = ONLY_IF.test(sentence) ? I_COULD.exec(sentence) : null;
  return could?.[1] !== undefined && isVerb(could[1]) ? verbed(could[1], cut(could[2] ?? ''), before) : null;
}

const cut = (object: string): string =>
  objectIn(
    object
      .replace(/\s+or\s+(?:leave|keep|do you|not|would|should|is|rather|wait|skip)\b.*$/i, '')
      .replace(/\s*,?\s*if you.*$/i, '')
      .replace(/\?.*$/, ''),
  );

function offered(words: string, before: readonly string[]): string | null {
  if (
    /^(?:go ahead|proceed|start|begin|continue|do (?:it|that|this|so|both|all of (?:it|them|this)))\b[\s?.!]*$/i.test(
      words,
    )
  )
    return null;
  const bare = words.replace(/^(?:to|go ahead and|go ahead|also|then|just)\s+/i, '');
  const [first = '', ...rest] = bare.split(/\s+/);
  const object = cut(rest.join(' '));
  const verb = first.replace(/[?.,!]+$/, '');
  if (
    !/^[a-z-]{2,20}$/.test(verb) ||
    object === '' ||
    (!isVerb(verb) && !/^(?:tackle|take|look|have|give|put|do|try|walk|spin|whip|kick)$/.test(verb))
  )
    return null;
  if (isPronoun(object) && resolved(object, before) === null) return null;
  return /^(?:do|proceed|continue|try)$/i.test(verb) && isPronoun(object)
    ? null
    : (verbed(verb, object, before) ?? workIn(bare, before));
}

/** `I could switch it to a virtual list. Want me to?` */
function couldBe(before: readonly string[]): string | null {
  for (let at = before.length - 1; at >= 0 && at >= before.length - 4; at -= 1) {
    const could =
      I_COULD.exec(before[at] ?? '') ?? /\b(?:we|one|you) could\s+([\p{L}-]+)\s+(.+)$/iu.exec(before[at] ?? '');
    if (could?.[1] !== undefined && isVerb(could[1])) return verbed(could[1], cut(could[2] ?? ''), before.slice(0, at));
  }
  return null;
}
