/** The terms of a text: identifiers whole and in their parts, words in one form. */

/** Terms of one text, each with its weight. */
export type Terms = ReadonlyMap<string, number>;

const LOOKED_AT = 4_000;
const MOST_TERMS = 400;
/** What is written like a name means more than a word, and a word of a name less than the name. */
const WEIGHT = { identifier: 3, part: 1, word: 1 } as const;
/** Said of every error and every task. */
const COMMON = new Set(
  (
    'a an and are as at be been but by can could did do does error errors exception fail failed fails failure failing fix fixed for from ' +
    'get got had has have if in into is it its line make may more need needs new no not of on one or our should so some task test ' +
    'that the their then there these they this to up use used using was we were what when which will with would you your via ' +
    'info debug warning warn critical fatal redacted traceback recent call last file none null true false add update check'
  ).split(' '),
);

/**
 * `ChatRoutes.sendMessage`, `send_message`, `src/chat/routes.py` and `E1002` count as what they are and by their parts, so that
 * prose which writes them as words still meets them.
 */
export function termsOf(text: string): Terms {
  const terms = new Map<string, number>();
  const add = (term: string, weight: number): void => {
    if (terms.size >= MOST_TERMS && !terms.has(term)) return;
    terms.set(term, Math.max(terms.get(term) ?? 0, weight));
  };
  for (const [token] of text.slice(0, LOOKED_AT).matchAll(/[\p{L}\p{N}_$./\\-]{2,100}/gu)) {
    const whole = token.replace(/^[^\p{L}\p{N}_]+|[^\p{L}\p{N}_]+$/gu, '');
    const parts = partsOf(whole);
    const isName =
      parts.length > 1 || /\d/.test(whole) || (/^E[A-Z]{4,}$/.test(whole) && !COMMON.has(whole.toLowerCase()));
    if (isName && /\p{L}/u.test(whole) && whole.length > 2) add(whole.toLowerCase(), WEIGHT.identifier);
    // The last name of a path or of a dotted name is what prose calls it by.
    const last = whole.split(/[/\\]/).at(-1) ?? '';
    if (last !== whole && last.length > 3) add(last.toLowerCase(), WEIGHT.identifier);
    for (const name of whole.split(/[/\\.]/)) {
      if (name !== whole && partsOf(name).length > 1) add(name.toLowerCase(), WEIGHT.identifier);
    }
    // `ECONNREFUSED` has no parts.
    if (isName && parts.length === 1) continue;
    for (const part of parts) {
      const word = stem(part.toLowerCase());
      if (word.length > 2 && !COMMON.has(word) && !COMMON.has(part.toLowerCase()) && !/^\d+$/.test(word)) {
        add(word, isName ? WEIGHT.part : WEIGHT.word);
      }
    }
  }
  return terms;
}

const partsOf = (token: string): string[] =>
  token
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '');

/** Plural, past and -ing off: enough that `timeouts` meets `timeout`. */
function stem(word: string): string {
  if (word.length > 5 && word.endsWith('ing')) return word.slice(0, -3);
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && word.endsWith('ed')) return word.slice(0, -2);
  if (word.length > 3 && word.endsWith('s') && !word.endsWith('ss')) return word.slice(0, -1);
  return word;
}
