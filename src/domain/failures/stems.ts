/** The words that a message is about, by their stems. */

/** Words that many failures share, and those that prose is made of. */
const COMMON = new Set(
  (
    'the and for that this with from not was are were has have had but you your our its his her they them then than when while after before about into onto over under more most some any all one two been being does did doing done will would could should can cannot may might must just only very also still again now here there what which who why how out off get got gets same always never every ' +
    'error errors exception exceptions fail fails failed failing failure fault fatal crash crashes panic abort cause caused call called calls could unable unexpected invalid test tests spec expected received actual assert assertion value values object line lines file files code exit status message type name null undefined none true false at in on of to is it be as by or no an if we me my do so up us ' +
    'traceback recent last most main module anonymous async await native node modules internal site packages lib src app users home usr var tmp work projects system string int number function method class self return please look fix broken breaks something nothing thing wrong problem issue bug run runs running process thread'
  ).split(' '),
);

/** Longest first: what is cut off is the longest that fits. */
const ENDINGS = 'ations ation ments ings ions edly ment ing ion ers ed es er ly s e'.split(' ');
const SHORT_ENDINGS = 'ed es s e'.split(' ');

const without = (word: string, endings: readonly string[]): string => {
  const ending = endings.find((one) => word.endsWith(one));
  return ending === undefined ? word : word.slice(0, -ending.length);
};

const isVowel = (sign: string): boolean => 'aeiou'.includes(sign);

/** Inflections of English put together; other words by their first letters. */
function stemOf(small: string): string {
  if (small.startsWith('froz') || small.startsWith('freez')) return 'freez';
  let stem = small.length > 5 ? without(small, ENDINGS) : small.length > 3 ? without(small, SHORT_ENDINGS) : small;
  const last = stem.at(-1) ?? '';
  if (last === stem.at(-2) && last >= 'a' && last <= 'z' && !isVowel(last)) stem = stem.slice(0, -1);
  return stem.length > 7 ? stem.slice(0, 7) : stem;
}

const LONGEST_WORD = 40;

export function stemsOf(text: string): ReadonlySet<string> {
  const stems = new Set<string>();
  const add = (word: string): void => {
    const small = word.toLowerCase();
    if (!COMMON.has(small)) stems.add(stemOf(small));
  };
  if (!/[\u0080-\uffff]/.test(text)) plainWords(text, add);
  else {
    const split = text.replace(/([\p{Ll}\d])(?=\p{Lu})/gu, '$1 ').replace(/(\p{Lu})(?=\p{Lu}\p{Ll})/gu, '$1 ');
    for (const [word] of split.matchAll(/[\p{L}]{3,40}/gu)) add(word);
  }
  return stems;
}

const isSmall = (code: number): boolean => code >= 97 && code <= 122;
const isCapital = (code: number): boolean => code >= 65 && code <= 90;

/** Words of three letters and more, those that are put together as `readFile` and `HTTPServer` taken apart. */
function plainWords(text: string, add: (word: string) => void): void {
  let start = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isCap = isCapital(code);
    if (isSmall(code)) continue;
    // A capital begins a word behind a small letter, and as the last of a run of them before a small one.
    if (isCap && isCapital(text.charCodeAt(at - 1)) && !isSmall(text.charCodeAt(at + 1))) continue;
    for (let from = start; at - from >= 3; from += LONGEST_WORD)
      add(text.slice(from, Math.min(from + LONGEST_WORD, at)));
    start = isCap ? at : at + 1;
  }
}
