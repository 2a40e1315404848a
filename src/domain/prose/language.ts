/** Which language a text is in: by its script, and by its commonest words where several share one. */
import { fold, isWorkVerb } from './words.js';

/** Enough to tell, and a bound on the work. */
const LOOKED_AT = 1_200;
/** With so many words of one language ahead of any other, it is that one. */
const AHEAD = 8;

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Words that no other of these languages has, but for a few; of those each counts for all that have it. */
const COMMON: Readonly<Record<string, ReadonlySet<string>>> = {
  en: words(`the and to of is are was it this that for with you we my our your please can could should would not don't be have has need
    from but when what why how all now also then there they i'm it's let's i on in a an if or do does at by as after before make add fix
    no yes rush later first last rest only same too`),
  de: words(`der die das und ist nicht ein eine einen einem einer mit den dem des auf fur von zu im bitte wir ich du sie noch auch wenn
    dass kann konntest kannst soll sollte mussen muss werden wird sind war aus bei nach oder aber wie was hier jetzt mal mach es fehlt
    nur schon dann damit zum zur beim vom sich uns als keine kein hat habe`),
  fr: words(`le la les des et est pas une un dans pour sur avec que qui du ce cette il nous vous je tu peux peut faut merci aussi ajoute
    ajouter mais ou sont au aux fait plus sans quand puis encore c'est n'est l'erreur veuillez doit devrait stp`),
  es: words(`el los las una un y es que en por para con no se del al lo como pero esta este esto hay puedes puede debe tambien cuando
    anade agrega por favor gracias ya sin mas son ahora despues falta hacer todavia nos`),
  pt: words(`o os as um uma e que em por para com nao se do da dos das no na nos nas mas esta este isso voce pode deve tambem quando
    adiciona adicione obrigado ja sem mais sao agora depois falta fazer ainda ao pelo pela`),
  it: words(`il lo gli le un una e che di del della dei per con non si sono ma questo questa puoi deve anche quando aggiungi grazie senza
    piu adesso dopo ancora nel nella al alla`),
  nl: words(`de het een en is niet met van op voor te dat die wij ik je jij nog ook als kan kun moet worden zijn maar hoe wat hier nu
    dan geen heeft heb graag alsjeblieft naar bij uit`),
  pl: words('i w z na nie to jest sie do ze jak ale dla czy prosze trzeba oraz tego juz tylko przez'),
  sv: words('och att det som en ett inte med for pa av till den kan ska vi jag du har fran eller nar ocksa'),
  tr: words('ve bir bu icin ile da de degil var yok gibi daha ama lutfen olarak'),
};

/** Whose word it is: English ones are counted apart, since most are. */
interface Speakers {
  readonly english: number;
  readonly others: readonly string[];
}

const SPEAKERS = new Map<string, Speakers>();
for (const [language, common] of Object.entries(COMMON)) {
  for (const word of common) {
    const { english, others } = SPEAKERS.get(word) ?? { english: 0, others: [] };
    SPEAKERS.set(word, language === 'en' ? { english: 1, others } : { english, others: [...others, language] });
  }
}

const SCRIPTS: readonly (readonly [script: RegExp, weight: number])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 3],
  [/\p{Script=Han}/gu, 3],
  [/\p{Script=Hangul}/gu, 3],
  [/\p{Script=Cyrillic}/gu, 1],
  [/\p{Script=Arabic}/gu, 1],
  [/\p{Script=Hebrew}/gu, 1],
  [/\p{Script=Greek}/gu, 1],
  [/\p{Script=Devanagari}/gu, 1],
  [/\p{Script=Thai}/gu, 1],
];
const NAMES = ['ja', 'zh', 'ko', 'ru', 'ar', 'he', 'el', 'hi', 'th'];
const BEYOND_ASCII = /[^\u0000-\u007f]/;
const LATIN = /\p{Script=Latin}/gu;
const BEYOND_LATIN = /[^\u0000-\u02ff\u2000-\u2bff\ufe0f\u{1f000}-\u{1faff}]/u;
const WORD = /[\p{Script=Latin}\p{M}]+(?:['’][\p{Script=Latin}]+)?/gu;

/** ISO 639-1, `und` where there is too little to tell. Names of code count for nothing, `rename tmp in a.py` is English. */
export function languageOf(text: string): string {
  const start = text.slice(0, LOOKED_AT);
  if (!BEYOND_ASCII.test(start)) return ascii(start);
  if (BEYOND_LATIN.test(start)) {
    const counts = SCRIPTS.map(([script, weight]) => (start.match(script)?.length ?? 0) * weight);
    // Kana stand beside Han in Japanese only.
    const [kana = 0, han = 0] = counts;
    if (kana > 0 && kana * 8 >= han) counts.splice(0, 2, kana + han, 0);
    const most = Math.max(...counts);
    const at = counts.indexOf(most);
    if (most > 0 && most * 2 >= (start.match(LATIN)?.length ?? 0)) {
      return NAMES[at] === 'ru' && /[іїєґ]/i.test(start) ? 'uk' : (NAMES[at] ?? 'und');
    }
  }
  return latin(start);
}

/** The same where there is nothing but ASCII: letters, perhaps with more of them behind an apostrophe. */
function ascii(text: string): string {
  const score = new Score();
  // Lower case at once, where that is all there is to do.
  const said = text.toLowerCase();
  for (let at = 0; at < said.length; at += 1) {
    if (!isSmall(said, at)) continue;
    const from = at;
    at = lettersEnd(said, at);
    if (said.charCodeAt(at) === APOSTROPHE && isSmall(said, at + 1)) at = lettersEnd(said, at + 1);
    if (score.isTold(said.slice(from, at))) break;
  }
  return score.best();
}

const APOSTROPHE = 39;

function isSmall(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 97 && code <= 122;
}

function lettersEnd(text: string, from: number): number {
  let end = from;
  while (isSmall(text, end)) end += 1;
  return end;
}

function latin(text: string): string {
  const score = new Score();
  addLetters(text, score);
  WORD.lastIndex = 0;
  for (let match = WORD.exec(text); match !== null; match = WORD.exec(text)) {
    if (score.isTold(fold(match[0]))) break;
  }
  return score.best();
}

function addLetters(text: string, score: Score): void {
  if (/ß|[äöü]/i.test(text)) score.add('de', 1);
  if (/[ãõ]/i.test(text)) score.add('pt', 1);
  if (/[ñ¿¡]/i.test(text)) score.add('es', 1);
  if (/[èêàçœ]/i.test(text)) score.add('fr', 0.75);
  if (/[ąęłśżźń]/i.test(text)) score.add('pl', 2);
  if (/[ğş]/.test(text)) score.add('tr', 1);
}

/** How much speaks for each language. */
class Score {
  #english = 0;
  #seen = 0;
  readonly #others = new Map<string, number>();

  add(language: string, by: number): void {
    this.#others.set(language, (this.#others.get(language) ?? 0) + by);
  }

  /** Counts a word. @returns whether it is clear by now */
  isTold(word: string): boolean {
    const speakers = SPEAKERS.get(word);
    if (speakers !== undefined) {
      this.#english += speakers.english;
      for (const language of speakers.others) this.add(language, 1);
    }
    const isFirst = this.#seen === 0;
    if ((isFirst || word.length > 3) && isWorkVerb(word)) this.#english += isFirst ? 1 : 0.5;
    this.#seen += 1;
    return this.#seen % 12 === 0 && this.#isAhead();
  }

  #isAhead(): boolean {
    let [most, next] = [this.#english, 0];
    for (const score of this.#others.values()) {
      if (score > most) [most, next] = [score, most];
      else if (score > next) next = score;
    }
    return most - next >= AHEAD;
  }

  /** Of several that come as far, English, else the one that was met first. */
  best(): string {
    let best = 'und';
    let most = 0;
    for (const [language, score] of this.#others) if (score > most) [best, most] = [language, score];
    return this.#english > 0 && this.#english >= most ? 'en' : best;
  }
}
