/** What is left out of what is said: `everything is done except the map`, `neither the map nor the list is built`. */
import { cued } from '../../cue/index.js';
import { deed } from './deeds.js';
import { found, verbed, type Found } from './left.js';
import { RELEASE } from './steps.js';
import { isPronoun, objectIn, trimmed } from './things.js';
import { CHECKING, MAKING, ofParticiple } from './verbs.js';

const BUT = String.raw`(?:except(?: for)?|apart from|besides|aside from|other than|with the exception of|save for|but(?: for)?(?= (?:the|that|this|these|our|your|its|an?|[A-Z\d])))`;
const DONE = String.raw`(?:(?:is|are|was|were|has been|have been)\s+(?:(?:now|already)\s+)?(?:done|finished|completed?|in place|ready|implemented|ported|migrated|converted|translated|covered|written|in|there|moved|fixed|built|through|settled|closed|wired up))`;
const ALL = String.raw`(?:everything(?: else)?|all(?: of (?:it|them|that|this))?|all (?:the )?(?:other )?[\p{L}-]+|the rest|it all|the whole thing)`;
/** `everything is done except X`, `everything but X is done`, `all done apart from X`. */
const EXCEPT = cued(
  new RegExp(
    String.raw`^(?:(?:so|and|now|with that|done|ok|okay)[,:]? )*(?:${ALL}\s(?:\w+ )?${DONE}[^,]{0,40}?,? ${BUT}|(?:all |it's |that's )?(?:done|finished|complete)(?: now)?,? ${BUT}) (.{2,100})$`,
    'iu',
  ),
);
const EXCEPT_IS = cued(new RegExp(String.raw`^(?:so |and |now )?${ALL}\s(?:\w+ )?${BUT} (.{2,80}?),? ${DONE}\b`, 'iu'));

/** The one thing that is not done. */
export function exceptionIn(sentence: string, before: readonly string[]): Found | null {
  if (sentence.length > 300) return null;
  const thing = EXCEPT.exec(sentence)?.[1] ?? EXCEPT_IS.exec(sentence)?.[1];
  if (thing === undefined || /^(?:that|when|if|where|in|on|at|under|with|case|it|this|what|you|nothing)\b/i.test(thing))
    return null;
  const named = trimmed(objectIn(thing));
  return isPronoun(named) ? null : found('left', deed(named, before));
}

const NEITHER = cued(
  /^(?:and |but )?(?:so far )?neither (.{2,70}?) nor (.{2,70}?) (?:is|are|was|were|has|have)(?: (?:been|yet|so far|actually|really))* ([\p{L}-]+)(?: (?:up|out|in|over))?\b(.*)$/iu,
);

/** `neither the map nor the list has been built so far`: two pieces of work. */
export function neitherIn(text: string, before: readonly string[]): readonly Found[] | null {
  const hit = NEITHER.exec(text);
  const word = hit?.[3]?.toLowerCase();
  if (hit?.[1] === undefined || hit[2] === undefined || word === undefined) return null;
  const verb = /^(?:there|in|included|present)$/.test(word)
    ? 'add'
    : /^(?:finished|ready|complete)$/.test(word)
      ? 'finish'
      : ofParticiple(word);
  if (verb === null || !(CHECKING.has(verb) || MAKING.has(verb))) return null;
  if (/^(?:fix|resolve|solve|change)$/.test(verb) || /\bby\b(?! (?:hand|me|us)\b)/i.test(hit[4] ?? '')) return null;
  const how = CHECKING.has(verb) ? 'untested' : RELEASE.test(text) ? 'before' : 'unfinished';
  return [hit[1], hit[2]].flatMap((thing) => {
    const one = found(how, verbed(verb, thing, before));
    return one === null ? [] : [one];
  });
}
