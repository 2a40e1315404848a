/** Words: their stems, by which two texts are compared, and the verbs that name work. */
import { EMPTY, ENDINGS, RUSSIAN, SAME } from './stems.js';
import { DOUBLED, IRREGULAR, NEVER_DOUBLED, NOUN_OR_VERB, WORK_VERBS } from './verbs.js';

/** Longer words are hashes, paths and noise; cut, so that no rule works on them for long. */
const MAX_WORD = 60;
const MARKS = /\p{M}+/gu;
const ASCII = /^[ -~]*$/;

/** Lower case without accents. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  return ASCII.test(lower)
    ? lower
    : lower.normalize('NFD').replace(MARKS, '').normalize('NFC').replaceAll('ß', 'ss').replaceAll('’', "'");
}

/** The server loads this and hardly ever asks for it. */
let forms: ReadonlyMap<string, string> | null = null;
const basesOf = (): ReadonlyMap<string, string> => (forms ??= formsOfVerbs());

function formsOfVerbs(): ReadonlyMap<string, string> {
  const bases = new Map<string, string>();
  for (const verb of WORK_VERBS) for (const form of inflected(verb)) if (!bases.has(form)) bases.set(form, verb);
  for (const [base, others] of Object.entries(IRREGULAR)) for (const form of others.split(' ')) bases.set(form, base);
  for (const verb of WORK_VERBS) bases.set(verb, verb);
  return bases;
}

function inflected(verb: string): readonly string[] {
  if (verb.endsWith('ee')) return [`${verb}s`, `${verb}d`, `${verb}ing`];
  if (verb.endsWith('ie')) return [`${verb}s`, `${verb}d`, `${verb.slice(0, -2)}ying`];
  if (verb.endsWith('e')) return [`${verb}s`, `${verb}d`, `${verb.slice(0, -1)}ing`];
  if (/[^aeiou]y$/.test(verb)) return [`${verb.slice(0, -1)}ies`, `${verb.slice(0, -1)}ied`, `${verb}ing`];
  const s = /(?:s|x|z|ch|sh)$/.test(verb) ? `${verb}es` : `${verb}s`;
  const plain = [s, `${verb}ed`, `${verb}ing`];
  const last = verb.at(-1) ?? '';
  const isShort = /^(?:re|un|pre|de|over|under)?-?[^aeiou]*u?[aeiouy][^aeiouwxy]$/.test(verb);
  const isDoubled = (isShort || DOUBLED.has(verb)) && !NEVER_DOUBLED.has(verb);
  return isDoubled ? [...plain, `${verb}${last}ed`, `${verb}${last}ing`] : plain;
}

/** A base form of a verb that names work; of `roll back` and `clean up` the first word. */
export function isWorkVerb(word: string): boolean {
  return WORK_VERBS.has(word.toLowerCase());
}

/** Also a noun: `build`, `test`, `log`. */
export function isNounToo(word: string): boolean {
  return NOUN_OR_VERB.has(word.toLowerCase());
}

/** The verb of work that a word is a form of: `renamed`, `renames` and `renaming` are `rename`. */
export function baseForm(word: string): string | null {
  return basesOf().get(word.toLowerCase()) ?? null;
}

export function isGerund(word: string): boolean {
  if (!endsInIng(word)) return false;
  const lower = word.toLowerCase();
  return basesOf().has(lower) && !WORK_VERBS.has(lower);
}

function endsInIng(word: string): boolean {
  const { length } = word;
  return (
    length > 4 &&
    (word.charCodeAt(length - 1) | LOWER) === 103 &&
    (word.charCodeAt(length - 2) | LOWER) === 110 &&
    (word.charCodeAt(length - 3) | LOWER) === 105
  );
}

/** The bit that makes a letter a small one. */
const LOWER = 32;

/** `changed`, `written`: what may stand after `be`. */
export function isParticiple(word: string): boolean {
  const lower = word.toLowerCase();
  const base = basesOf().get(lower);
  if (base === undefined) return false;
  const irregular = IRREGULAR[base];
  if (irregular !== undefined)
    return (
      irregular.split(' ').at(base === 'do' || base === 'go' || base.endsWith('do') ? 1 : -1) === lower ||
      lower === 'got'
    );
  return (
    lower.endsWith('ed') ||
    (lower === base && /^(?:put|set|cut|reset|unset|split|spread|read|shut|let|cast)$/.test(base))
  );
}

/** What is common to the forms of a word: `migrate`, `migrations` and `migrating` have one stem. Not always a word itself. */
export function stem(word: string): string {
  if (word.length > SHORT) return stemmed(word);
  const known = stems.get(word);
  if (known !== undefined) return known;
  const found = stemmed(word);
  if (stems.size >= MOST_KNOWN) stems.clear();
  stems.set(word, found);
  return found;
}

/** Conversations use few words, and these again and again. What is longer would keep the text that it is cut from. */
const SHORT = 12;
const MOST_KNOWN = 10_000;
const stems = new Map<string, string>();

function stemmed(word: string): string {
  let folded = fold(word.slice(0, MAX_WORD)).replace(/(ement|ment)ations?$/, '$1');
  const same = SAME.get(folded);
  if (same !== undefined) return same;
  if (!ASCII.test(folded)) return folded.length > 4 ? folded.replace(RUSSIAN, '') || folded : folded;
  folded = basesOf().get(folded) ?? folded;
  const base = SAME.get(folded);
  if (base !== undefined) return base;
  for (const [end, keep] of ENDINGS) {
    if (folded.endsWith(end) && folded.length - end.length >= keep && !folded.endsWith('ss')) {
      folded = folded.slice(0, -end.length);
      break;
    }
  }
  // Of what an ending leaves: `dropp`, `config-ur`, `cache` and `cach`.
  if (/([bdgmnprt])\1$/.test(folded)) folded = folded.slice(0, -1);
  return folded.length > 3 && /[ei]$/.test(folded) ? folded.slice(0, -1) : folded;
}

const TOKEN =
  /\p{Script=Han}+|[\p{Script=Hiragana}]+|[\p{Script=Katakana}ー]+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{M}\p{N}'’])+/gu;
const HUMP = /(\p{Ll}|\p{N})(\p{Lu})|(\p{Lu})(\p{Lu}\p{Ll})/gu;
const HAN = /^\p{Script=Han}/u;
const HIRAGANA = /^\p{Script=Hiragana}/u;

const HAS_HUMP = /[a-z\d][A-Z]|[A-Z]{2}[a-z]|[^ -~\s]/;
const PLAIN = /^[ -~\s]*$/;
const PLAIN_TOKEN = /[A-Za-z\d']+/g;

/** Stems of the words that carry meaning, in their order, each as often as it occurs; names of code come apart. */
export function stemsOf(text: string): readonly string[] {
  const stems: string[] = [];
  const apart = HAS_HUMP.test(text) ? text.replace(HUMP, '$1$3 $2$4') : text;
  if (PLAIN.test(apart)) {
    for (const token of apart.match(PLAIN_TOKEN) ?? []) {
      const found = tokenStem(token);
      if (found !== '') stems.push(found);
    }
    return stems;
  }
  for (const [token] of apart.matchAll(TOKEN)) {
    if (HIRAGANA.test(token)) continue;
    if (HAN.test(token)) {
      // Without spaces, a word is about two signs long.
      if (token.length < 3) stems.push(token);
      else for (let at = 0; at + 2 <= token.length; at++) stems.push(token.slice(at, at + 2));
      continue;
    }
    const found = tokenStem(token);
    if (found !== '') stems.push(found);
  }
  return stems;
}

const words = new Map<string, readonly string[]>();

/** The same of one word, which comes again and again. */
export function stemsOfWord(word: string): readonly string[] {
  const known = words.get(word);
  if (known !== undefined) return known;
  const found = stemsOf(word);
  if (word.length <= SHORT) {
    if (words.size >= MOST_KNOWN) words.clear();
    words.set(word, found);
  }
  return found;
}

const tokens = new Map<string, string>();

/** Empty for a word that says nothing. */
function tokenStem(token: string): string {
  const known = tokens.get(token);
  if (known !== undefined) return known;
  const folded = fold(token).replace(/'s?$|^'/g, '');
  const isEmpty = folded === '' || EMPTY.has(folded) || (folded.length === 1 && !/\d/.test(folded));
  const found = isEmpty ? '' : stem(folded);
  if (token.length <= SHORT) {
    if (tokens.size >= MOST_KNOWN) tokens.clear();
    tokens.set(token, found);
  }
  return found;
}
