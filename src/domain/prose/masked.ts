/** A text without the names of a piece of work: what is left says how it stands. */
import { has, workOf } from './same.js';
import { baseForm, isGerund, isParticiple, stemsOfWord } from './words.js';

const WORD = /(?<![¤\p{L}\p{N}])[\p{L}\p{N}](?:[\p{L}\p{N}'’_./-]*[\p{L}\p{N}])?/gu;
const NAMED_ON = /¤(?:(?:[ -]|'s )(?:(?:of|for|in|on|the|a|an|to|and|from) )*¤(?!d))+/g;
const DETERMINED = /\b(?:the|an?|this|that|your|our|its|my|these|those|new) (?=¤(?!d))/gi;

const VERB_AS_NOUN = /\b((?:the|this|that|your|our) )¤do\b(?!ne|ing)/gi;

const BEFORE_NAME = /\b([a-z]{4,}) ¤(?!d)/gi;

export interface Masked {
  readonly text: string;
  readonly named: ReadonlySet<string>;
  readonly isByVerb: boolean;
}

/** A text with `¤` for what a title names in it, and `¤do`, `¤done`, `¤doing` for its verb; and the words that it names. */
export function masked(text: string, title: string): Masked {
  const { object, root } = workOf(title);
  const named = new Set<string>();
  const marked = text.replace(WORD, (word) => {
    const stems = stemsOfWord(word);
    if (stems.length === 0) return word;
    if (stems.every((one) => has(object, one))) {
      for (const one of stems) named.add(one);
      return '¤';
    }
    if (root === null || stems.length > 1 || !has(stems, root)) return word;
    if (isGerund(word)) return '¤doing';
    if (baseForm(word) === null) return '¤';
    return isParticiple(word) && baseForm(word) !== word.toLowerCase() ? '¤done' : '¤do';
  });
  // `the upload`: what is done, as a thing.
  const things = root === null ? marked : marked.replace(VERB_AS_NOUN, '$1¤');
  const known = ` ${title.toLowerCase()} `;
  // `done column`: a word that says nothing elsewhere is part of a name.
  const whole = things.replace(BEFORE_NAME, (found, word: string) =>
    known.includes(` ${word.toLowerCase()} `) ? '¤' : found,
  );
  return { text: whole.replace(NAMED_ON, '¤').replace(DETERMINED, ''), named, isByVerb: things !== marked };
}
