/** What pronouns of a request stand for. */
import { wordsOf, type Word } from './clauses.js';
import type { Heard } from './heard.js';
import { PRONOUN } from './hints.js';
import { wordSet } from './words.js';

/** `gas and heat meters use it. write adapters for both`: one for each. */
export function eachOf(body: string, stated: string): readonly string[] {
  const at = /^(.{6,80}? (?:for|in|to|on|with|of)) both(?: of them)?$/i.exec(body)?.[1];
  if (at === undefined) return [];
  const [, one, two, kind = ''] =
    /^(?:(?:the|our|both) )?([\w-]+) and (?:the )?([\w-]+)( [a-z]{3,}s)? \w/i.exec(stated) ?? [];
  if (one === undefined || two === undefined) return [];
  return [`${at} ${/^[A-Z][a-z]+$/.test(one) && kind !== '' ? one.toLowerCase() : one}${kind}`, `${at} ${two}${kind}`];
}

const SUBJECTS = wordSet('they it these those this');
const MANY = wordSet('them those these they');

/** The words with what `it` is in the place of the pronoun that is the verb's object. */
export function asMeant(heard: Heard, words: readonly Word[]): readonly Word[] {
  const at =
    SUBJECTS.has(words[0]?.low ?? '') && words.length > 1
      ? 0
      : words.findIndex(({ low }, index) => index >= 1 && index <= 3 && PRONOUN.has(low));
  // `we have no template, write one`.
  if (at < 0 && words[1]?.low === 'one' && heard.it !== null && heard.it.length < 60) {
    const one = heard.it.replace(/^(?:the|our|no) /i, '');
    if (!/\bone\b/.test(one))
      return [...words.slice(0, 1), ...wordsOf(`${/^[aeiou]/i.test(one) ? 'an' : 'a'} ${one}`), ...words.slice(2)];
  }
  const word = words[at];
  const thing = MANY.has(word?.low ?? '') ? (heard.them ?? heard.it) : heard.it;
  if (thing === null || word === undefined || thing.length > 60) return words;
  if (at === 3 && !/^(?:get|take)$/.test(words[0]?.low ?? '')) return words;
  const next = words[at + 1]?.low ?? '';
  // `this page`, `that column`: a determiner.
  if (
    /^(?:this|that|these|those)$/.test(word.low) &&
    next !== '' &&
    !/^(?:in|on|to|from|for|with|at|by|please|too|as|back|again|up|down|out|into|and|after|before|so|first|now|when|once|everywhere|instead|an?)$/.test(
      next,
    )
  )
    return words;
  if (/^(?:him|her)$/.test(word.low)) return words;
  if (/^(?:make|call|name|turn)$/.test(words[0]?.low ?? '')) return words;
  return [
    ...words.slice(0, at),
    ...wordsOf(thing.replace(/^[A-Z][a-z]+(?= [a-z])|^[A-Z][a-z]+s$/, (one) => one.toLowerCase())),
    ...words.slice(at + 1),
  ];
}
