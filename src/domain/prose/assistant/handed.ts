/** Steps that are handed to a person. */
import { cued } from '../../cue/index.js';
import { isSupposed } from './clauses.js';
import { found, verbed, type Found, type Rule } from './left.js';
import { RELEASE } from './steps.js';
import { isPronoun, objectIn, resolved } from './things.js';
import { isVerb } from './verbs.js';

/** What one asks of a reader without giving work away. */
const TALK =
  /^(?:let|note|see|tell|know|say|refer|bear|keep|be|feel|consider|review|read|have|take|decide|choose|confirm|share|provide|paste|send me|give me|specify|clarify|describe|advise|excuse|wait|ignore|find|think|understand|remember|look|check (?:out|whether you|if you)|expect|worry|go ahead|continue|proceed|correct)\b/i;
const YOU = cued(
  /\byou(?:'ll| will|'d| would)?\s+(?:(?:still|also|then|just|only|now|first|probably)\s+)*(need to|have to|must|should|ought to|want to|'ve got to|only need to)\s+(?:(?:still|also|then|first|manually|just|now|re-)\s+)*([\p{L}-]+)\s+(.+)$/iu,
);
const PLEASE = cued(
  /(?:^|[,;:]\s|\b(?:so|and|then|but|once|also)\s|—\s)(?:could you |can you |would you )?please\s+(?:(?:also|still|then|first|just|do|manually|remember to|make sure to|make sure you|don't forget to)\s+)*([\p{L}-]+)\s*(.*)$/iu,
);
const REMEMBER = cued(
  /(?:^|[,;:]\s|\b(?:so|and|but|then|also)\s)(?:(?:please|do|just)\s+)*(?:remember to|don't forget to|do not forget to|make sure to|make sure you|be sure to|it's on you to|it is on you to|it's up to you to)\s+(?:also |still |first )?([\p{L}-]+)\s+(.+)$/iu,
);
const COULD_YOU = cued(
  /^(?:(?:so|and|also|then|meanwhile)\s*,?\s+)?(?:can|could|would|will) you (?:also |then |please )*([\p{L}-]+)\s+(.+?(?:\bonce\b|\bon (?:your|the|a)\b|\byourself\b|\bfor me\b|\bmanually\b|\bby hand\b|\bwhen you (?:get|have|can|find)\b|\bat some point\b|\bbefore (?:you|the)\b).*)\?*$/iu,
);
const TO_TAKE_EFFECT = cued(
  /\b(?:take effect|takes effect|to (?:apply|activate|pick (?:it|this|them|the .{1,30}) up|finish|complete)|have an effect|go live|kick in|load the new|see the change)\b/i,
);
/** One of these is in whatever asks a reader for a step. */
const HANDED_CUE = cued(
  /please|remember|forget|sure|you|before|prior to|ahead of|until|by|after|for (?:this|it|that|the)|to pick|take effect/i,
);
const USAGE = /^(?:to|whenever|when|if|in order to|for each|every time|each time)\s/i;

/** `you'll need to set X on the server`, `please run Y once on yours`, `don't forget to rotate the key`. */
export const handed: Rule = ({ text, before, isStrict }) => {
  if (!HANDED_CUE.test(text)) return null;
  const asked = PLEASE.exec(text) ?? REMEMBER.exec(text);
  if (asked?.[1] !== undefined && !TALK.test(`${asked[1]} ${asked[2] ?? ''}`) && isStep(asked[1])) {
    return found(howOf(text), step(asked[1], asked[2] ?? '', before));
  }
  if (isStrict) return null;
  const you = YOU.exec(text);
  if (you?.[1] !== undefined && you[2] !== undefined && isStep(you[2]) && !TALK.test(`${you[2]} ${you[3] ?? ''}`)) {
    const isWeak = /want|should|would|'d\b/i.test(you[0].slice(0, you[0].length - (you[3]?.length ?? 0)));
    const isFuture = /'ll|will|still/i.test(you[0].slice(0, 24));
    const led = text.slice(0, you.index);
    const isUsage =
      /\b(?:when(?:ever)?|every time|each time|if) you\b(?! (?:release|deploy|merge|ship|publish|roll|go live))/i.test(
        text,
      ) ||
      (USAGE.test(text.trim()) && !TO_TAKE_EFFECT.test(led) && !RELEASE.test(text));
    if (isUsage || /\b(?:that|which|if|when|what|where|how|whether)\s*$/i.test(led) || isSupposed(text)) return null;
    if (isWeak && !isFuture && !RELEASE.test(text) && !/\b(?:now|today|urgent\w*|still)\b/i.test(text)) return null;
    if (!isFuture && /must/i.test(you[1]) && !RELEASE.test(text)) return null;
    return found(howOf(text), step(you[2], you[3] ?? '', before));
  }
  const could = COULD_YOU.exec(text);
  if (could?.[1] !== undefined && isStep(could[1]) && !TALK.test(could[1]))
    return found('handed', step(could[1], could[2] ?? '', before));
  return bare(text, before);
};

const howOf = (text: string): Found['how'] => (RELEASE.test(text) ? 'before' : 'handed');
const isStep = (verb: string): boolean =>
  isVerb(verb) || /^(?:point|ssh|log|sign|put|double-check|re-?\w+|do)$/i.test(verb);

const AHEAD = cued(
  /^(?:before|prior to|once|after)\s+[^,]{2,70},\s+(?:(?:please|just|also|you(?:'ll)? (?:need|have|must|should)(?: to)?)\s+)*([\p{L}-]+)\s+(.+)$/iu,
);
const AFTER = cued(/^after\s/i);
const EFFECT = cued(
  /\bfor (?:this|it|that|the .{1,30}) to (?:take effect|apply|work|kick in|be picked up)\b|\bto pick (?:it|this|them) up\b|\bto take effect\b/i,
);
const IMPERATIVE = /^(?:(?:then|also|finally|afterwards|next)\s*,?\s+)?([\p{L}-]+)\s+(.+)$/iu;

/** `Restart the worker for this to take effect`, `Before merging, rotate the key`. */
function bare(text: string, before: readonly string[]): Found | null {
  const isBefore = RELEASE.test(text);
  const ahead = isBefore || AFTER.test(text) ? AHEAD.exec(text) : null;
  if (
    ahead?.[1] !== undefined &&
    isVerb(ahead[1]) &&
    ahead[1] === ahead[1].toLowerCase() &&
    !isSupposed(text) &&
    startsObject(ahead[2] ?? '')
  )
    return found('before', step(ahead[1], ahead[2] ?? '', before));
  if (!isBefore && !EFFECT.test(text)) return null;
  const order = IMPERATIVE.exec(text);
  if (order?.[1] === undefined || !isVerb(order[1]) || !startsObject(order[2] ?? '') || isSupposed(text)) return null;
  return found(howOf(text), step(order[1], order[2] ?? '', before));
}

const startsObject = (rest: string): boolean =>
  !/^(?:is|are|was|were|has|have|will|would|should|must|can|and|of|does|do|to be|fails?|passes)\b/i.test(rest);

const WHEN = cued(
  /^(.*?)\s+(?:once|today|tomorrow|now|immediately|asap|as soon as possible|first|yourself|manually)\b(?=\s*(?:[.,;!]|$|and\b|on\b|in\b|from\b|with\b))/i,
);

/** One step. `revoke it and store a fresh one` stays together: its second half means nothing alone. */
function step(verb: string, rest: string, before: readonly string[]): string | null {
  const when = WHEN.exec(rest.slice(0, 200));
  const plain = when === null ? rest : `${when[1] ?? ''} ${rest.slice(when[0].length).trimStart()}`;
  const pair = /^(it|them|that|this)\s+(and\s.+)$/i.exec(plain.trim());
  if (pair?.[1] !== undefined) {
    const thing = resolved(pair[1], before);
    const second = objectIn(pair[2] ?? '');
    return thing === null || isPronoun(thing) ? null : `${verb} ${thing} ${second}`;
  }
  if (/^ask$/i.test(verb)) {
    const asked = asking(plain, before);
    if (asked !== null) return asked;
  }
  return verbed(verb, objectIn(plain), before);
}

const DUTY = cued(
  /\b((?:the )?[\p{L}-]+(?: team| department| owner| people)?)\s+(?:has|have|needs?|must|ought|should|would have)\s+(?:first\s+)?(?:to\s+)?([\p{L}-]+)\s+(.+)$/iu,
);

/** `please ask them`: whom, and what for, stands in a clause before it. */
function asking(object: string, before: readonly string[]): string | null {
  if (!/^(?:them|him|her|it|for (?:it|that|this))\b/i.test(object.trim())) return null;
  for (const clause of before.slice(-4).reverse()) {
    const duty = DUTY.exec(clause);
    if (duty?.[1] === undefined || /^(?:it|this|that|i|we|you|they)$/i.test(duty[1])) continue;
    return `Ask ${duty[1]} to ${duty[2] ?? ''} ${objectIn(duty[3] ?? '')}`;
  }
  return null;
}
