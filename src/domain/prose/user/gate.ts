/** The last look at a title: work has a verb and names a thing. */
import { wordSet } from './words.js';

/** Names nothing by itself. */
const EMPTY = wordSet(`
  it its this that these those them they one ones him her me us you thing things stuff two three four both all some any a an the of to
  at on in into for from with up out off over down back about and or by as so too also again now then first please pls here there just
  only more few couple something anything everything nothing well ok okay later today tomorrow soon way lot bit let get look do is be
  are was
`);
const isEmpty = (word: string): boolean => EMPTY.has(word) || /^(?:[a-z]|\d{1,2})$/.test(word);
/** At the beginning, where a look costs less than a walk over the title. */
const NO_WORK =
  /^(?:let (?:it|this|that|them|things|me|us|him|her|[\w ]{1,20}) (?:stay|be|rest|go|remain|slide|pass|lie|sink in|run its course)\b|forget (?:it|that|about|what|the last)\b|(?:never ?mind|look at|get to|come on|wrong window|no worries)\b.{0,6}$|(?:outside|inside|within|without|during|despite|beneath|beyond|besides|unlike|except|thanks|because|since|whereas)\b)/i;
/** `Fix 3, which are the wrong way round`. */
const NUMBER = /^Fix (?:\d{1,2}|it|this|that|they|them|those|these),? (?:which|that)\b/i;

/** Whether a title can stand in a list and be understood the morning after. */
export function namesWork(title: string): boolean {
  if (NO_WORK.test(title) || NUMBER.test(title)) return false;
  if (title.length > 40 || /\b(?:those|these) \d+\b/i.test(title) || /[^\u0000-\u024f]/.test(title)) return true;
  const words = title.toLowerCase().match(/[\p{L}\p{N}_./#-]+/gu) ?? [];
  return words.slice(1).some((word) => !isEmpty(word)) || (words.length === 1 && words.join('').length > 3);
}
