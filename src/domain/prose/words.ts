/** Words: their stems, by which two texts are compared, and the verbs that name work. */
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

/** Said alike in two ways; the right-hand side is a stem. */
const SAME: ReadonlyMap<string, string> = new Map(
  Object.entries({
    app: 'applic',
    config: 'configur',
    conf: 'configur',
    db: 'databas',
    dep: 'dependenc',
    dir: 'directori',
    doc: 'document',
    env: 'environ',
    repo: 'repositori',
    param: 'paramet',
    perm: 'permiss',
    perf: 'perform',
    msg: 'messag',
    btn: 'button',
    docs: 'document',
    deps: 'dependenc',
    params: 'paramet',
    perms: 'permiss',
    envs: 'environ',
    repos: 'repositori',
    spec: 'specif',
    readme: 'readm',
    authn: 'authentic',
    authz: 'author',
    dependency: 'dependenc',
    dependencies: 'dependenc',
    directory: 'directori',
    directories: 'directori',
    repository: 'repositori',
    repositories: 'repositori',
    removal: 'remov',
    setup: 'set',
    colour: 'color',
    colours: 'color',
    behaviour: 'behavior',
    behaviours: 'behavior',
    backup: 'back',
    fallback: 'fall',
    cleanup: 'clean',
    rollback: 'roll',
    analysis: 'analy',
    analyse: 'analy',
    analyze: 'analy',
    pictures: 'pictur',
    tests: 'test',
    testing: 'test',
  }),
);
const ENDINGS: readonly (readonly [end: string, keep: number])[] = [
  ['izations', 4],
  ['isations', 4],
  ['ization', 4],
  ['isation', 4],
  ['ators', 4],
  ['ator', 4],
  ['ations', 4],
  ['ation', 4],
  ['ements', 4],
  ['ement', 4],
  ['ments', 4],
  ['ment', 4],
  ['ising', 4],
  ['izing', 4],
  ['ised', 4],
  ['ized', 4],
  ['ises', 4],
  ['izes', 4],
  ['ise', 4],
  ['ize', 4],
  ['ating', 4],
  ['ated', 4],
  ['ates', 4],
  ['ate', 4],
  ['nesses', 4],
  ['ness', 4],
  ['ities', 4],
  ['ity', 4],
  ['ically', 4],
  ['ings', 4],
  ['ing', 4],
  ['ions', 4],
  ['ion', 4],
  ['edly', 4],
  ['ied', 3],
  ['ies', 3],
  ['ed', 4],
  ['ers', 4],
  ['er', 4],
  ['ors', 4],
  ['or', 4],
  ['able', 4],
  ['ible', 4],
  ['ally', 4],
  ['ly', 4],
  ['es', 4],
  ['e', 3],
  ['y', 3],
  ['s', 3],
];
const RUSSIAN =
  /(?:иями|ями|ами|ией|иям|ием|иях|ого|его|ому|ему|ыми|ими|ать|ять|ить|еть|ешь|ишь|ете|ите|али|яли|или|ала|яла|ила|ает|яет|ует|ют|ут|ат|ят|ов|ев|ей|ой|ий|ый|ая|яя|ое|ее|ие|ые|ию|ия|ью|ах|ях|ам|ям|ом|ем|ую|юю|ал|ял|ил|ай|и|й|а|е|о|у|ы|ь|ю|я)$/;

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

/** Words that say nothing about what a text is about. */
const EMPTY: ReadonlySet<string> = new Set(
  `a about above actually after again all along already also although am an and another any anyone anything are aren't around as at away
  be because been before being below beside between both but by can can't cannot could couldn't did didn't do does doesn't doing don't
  done down during each either else even ever every everything few for from further gets give goes going gonna good got had hadn't has
  hasn't have haven't having he hello her here hers hey hi him his how however i i'd i'll i'm i've if in instead into is isn't it it's its
  itself just kind know later least less let let's lets like lot make makes many may maybe me might mine more most much must my myself need
  needs neither never next no nor not nothing now of off ok okay on once one ones only onto or other others our ours out over own per
  perhaps please pls possible put quite rather really right same see shall she should shouldn't since so some somebody someone something
  sometime somewhere soon still stuff such sure take than thank thanks that that's the their theirs them then there there's these they
  they're thing things this those though through thus till to today together tomorrow too toward towards under until up upon us use used
  using very via want wants was wasn't way we we'd we'll we're we've well were weren't what what's whatever when where whether which while
  who whole whom whose why will with within without won't would wouldn't yes yet you you'd you'll you're you've your yours yourself
  der die das den dem des ein eine einen einem einer eines und oder nicht mit von fur auf aus bei nach zu zum zur im ist sind war wird
  werden bitte noch auch nur wenn dass ich du wir ihr sie es man mal
  le la les un une des du de et ou ne pas pour dans sur avec est sont que qui il elle nous vous je tu ce cette ces au aux
  el los las una unos unas y o no por para con es son que se lo al del en este esta esto yo nos
  os as um uma e do da dos das em na nos nas por com nao se
  и в на не что это как по из за от до для к с у о а но или бы же ли так то мы вы я он она они пожалуиста`
    .trim()
    .split(/\s+/),
);

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
