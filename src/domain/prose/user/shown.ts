/** What something shows or is set to, and what it is to be instead: `the footer still says 2021, make that 2024`. */
import { cued } from '../../cue/index.js';
import { withoutEnd } from './text.js';

/** A thing that shows something, or has a value. */
export interface Shown {
  readonly thing: string;
  readonly isText: boolean;
}

const LEAD = String.raw`^(?:(?:and|but|also|so|ok|okay|oh|hey|hi|then|now|plus|btw|ps|by the way|one more(?: thing)?|i see|i noticed|just noticed|fyi)[,:.! –—-]+)*(?:also |and |oh )*`;
const THING = String.raw`((?!(?:i|we|you|he|she|it|that|this|there|they|who|what|if|when|why|how|make|set|change)\b)(?:[\w./#'-]+ ){0,8}?[\w./#'-]+?)`;
const STILL = '(?:(?:still|currently|now|just|always|even|only|at the moment|right now) )*';
const STATE = new RegExp(
  String.raw`${LEAD}${THING}(?: ${STILL}(says?|reads?|shows?|displays?|prints?|greets (?:\w+ )?with|claims|mentions?|calls itself|calls it|is (?:called|named|labell?ed|titled))|(?:'s| is| are| stands| sits| runs| defaults| was| has| uses) ?${STILL}(?:(?:set|fixed|capped|limited|hard-?coded|at|on|to|up|down) )*(?=["'“]?\d|"|“|true\b|false\b|off\b|on\b|(?:red|green|blue|grey|gray|black|white|bold|left|right|daily|hourly|weekly)\b)) ?(.{1,60})$`,
  'i',
);
/** One of these stands in it: a verb of showing, or one of being and a value. */
const SHOWS = cued(/ (?:say|read|show|display|print|greets |claims|mention|calls i|is (?:called|named|label|titled))/i);
const IS = cued(/'s| (?:is|are|stands|sits|runs|defaults|was|has|uses)/i);
const VALUE = /["“\d]|(?:true|false|off|on|red|green|blue|gr[ae]y|black|white|bold|left|right|daily|hourly|weekly)\b/i;
const INSTEAD = cued(
  /^(?:(?:and|so|please|pls|can you|could you|let'?s|just|then|should|better|rather)[, ]+)*(?:make|change|turn|set|bump|raise|lower|switch|update|correct|put|increase|decrease|reduce|move|call|rename|have) (?:that|it|this|them|those)(?: (?:to|into|say|read|be|as|up to|down to|at))* ((?:the |an? )?["“]?[\w#.%/'’-]+["”]?(?: [\w"”#.%/'’-]+){0,6})(?:,? (?:please|pls|instead|then|now|too|again|everywhere))*[.!?]*$/i,
);
/** Nothing that it could show or be. */
const NO_VALUE =
  /^(?:work|run|stop|so|happen|go|right|better|faster|smaller|bigger|nicer|clear|possible|easy|consistent|again|optional|required|configurable|up|an? (?:\w+ )?(?:task|issue|pr|branch|option|setting|flag|constant|function|component|priority|ticket|habit))\b/i;

/** What a sentence says that something shows; null where it says nothing of the kind. */
export function shownIn(said: string): Shown | null {
  if (said.length > 160 || !(SHOWS.test(said) || (IS.test(said) && VALUE.test(said)))) return null;
  const found = STATE.exec(withoutEnd(said, '.,;:!'));
  const thing = found?.[1];
  if (thing === undefined || /\b(?:that|which|who|because|if|when)\b/i.test(thing)) return null;
  return { thing: thing.replace(/^(?:the|our|my) (?=.)/i, 'the '), isText: found?.[2] !== undefined };
}

/** `make that 2024`: what it is to be. */
export function insteadIn(said: string, { thing, isText }: Shown): string | null {
  const value = said.length > 120 ? undefined : INSTEAD.exec(said)?.[1];
  if (value === undefined || NO_VALUE.test(value)) return null;
  const named = /^(?:the|our|my|all|every|each|this|that|these|those|[A-Z])/.test(thing) ? thing : `the ${thing}`;
  return isText ? `make ${named} say ${value}` : `set ${named} to ${value}`;
}

const TURNED = cued(
  /[,;–—-] (?:and |so |please |pls |can you |could you |let'?s |just |then |should |better )*(?:make|change|turn|set|bump|raise|lower|switch|update|correct|put|increase|decrease|reduce|move|call|rename|have) (?:that|it|this|them|those)\b/i,
);
/** Both in one sentence. */
export function turnedInto(said: string): string | null {
  const at = said.length > 240 ? undefined : TURNED.exec(said)?.index;
  if (at === undefined) return null;
  const shown = shownIn(said.slice(0, at));
  return shown === null ? null : insteadIn(said.slice(at + 1).trim(), shown);
}
