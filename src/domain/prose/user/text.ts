/** Cheap looks at a text before dear ones: most texts have nothing that would have to be replaced. */

const isLetterOrDigit = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);

export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 127) return false;
  return true;
}

/** `don’t` as `don't`. */
export const straight = (text: string): string =>
  text.includes('’') || text.includes('‘') ? text.replace(/[’‘]/g, "'") : text;

/** Without white space and `signs` at its end; an expression would look for them at each blank amid the text, too. */
export function withoutEnd(text: string, signs: string): string {
  let end = text.length;
  while (end > 0 && isEnd(text.charCodeAt(end - 1), signs)) end -= 1;
  return end === text.length ? text : text.slice(0, end);
}

const isEnd = (code: number, signs: string): boolean =>
  !isLetterOrDigit(code) && (isBlank(code) || signs.includes(String.fromCharCode(code)));

/** Whether it is white space, as `\s` has it. */
export const isBlank = (code: number): boolean =>
  code === 32 || (code >= 9 && code <= 13) || (code >= 160 && /\s/.test(String.fromCharCode(code)));

/** Whether the last sign of a word is one of `signs`. */
export const endsIn = (word: string, signs: string): boolean =>
  word !== '' && signs.includes(word.charAt(word.length - 1));

/** Of a word: whether a comma, semicolon or colon parts it from the next one. */
export function isParting(word: string): boolean {
  const last = word.charCodeAt(word.length - 1);
  return last === 44 || last === 59 || last === 58;
}

/** Signs that belong to a word that they begin or end: `@scope/name`, `50%`. */
const BEGINNING = '#@/.$_+-';
const ENDING = '/$_+#%)';

/** A word in lower case and without punctuation around it. */
export function bareWord(word: string): string {
  if (!isAscii(word)) return bareForeign(word);
  let from = 0;
  let to = word.length;
  while (from < to && !isKept(word.charCodeAt(from), BEGINNING)) from += 1;
  while (to > from && !isKept(word.charCodeAt(to - 1), ENDING)) to -= 1;
  return word.slice(from, to).toLowerCase();
}

const isKept = (code: number, signs: string): boolean =>
  isLetterOrDigit(code) || signs.includes(String.fromCharCode(code));

const bareForeign = (word: string): string =>
  straight(word)
    .replace(/^[^\p{L}\p{N}#@/.$_+-]+|[^\p{L}\p{N}/$_+#%)]+$/gu, '')
    .toLowerCase();

/** In how many brackets and quotes one is after a word, from how many one was in before it. */
export function depthAfter(word: string, before: number): number {
  let depth = before;
  for (const mark of word) {
    if (mark === '(' || mark === '[' || mark === '“') depth += 1;
    else if ((mark === ')' || mark === ']' || mark === '”') && depth > 0) depth -= 1;
  }
  return depth;
}

export interface Word {
  readonly raw: string;
  /** Lower case, without punctuation around it. */
  readonly low: string;
}
