/** Which tongue a short text is in that was taken for English, or for another one, by too few of its words. */
import type { Message } from '../model.js';
import { plainly } from './text.js';

const MAX_CHARS = 160;
const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

const ENGLISH = set(
  `the a an to of and is are it this that in on for with from we you my our please can could should add fix make be not don't i if when but or do does have has remove update use no as me and test tests committed done ok yes thanks by at into`,
);
const WORDS: readonly (readonly [string, ReadonlySet<string>])[] = [
  [
    'de',
    set(`der die das den dem ein eine einen und oder nicht kein keine ist sind bitte mach mache lass benenne fuge andere entferne schreib bau
    teste testen entfernen umbenennen hinzufugen danach dann noch auch aber wir ich mir das geht ja nein danke mit fur auf aus um im zum zur`),
  ],
  [
    'fr',
    set(`le la les un une des du et ou pas ne je tu on il est sont oui non merci vas-y fais laisse tomber ajoute corrige supprime mets dans pour
    sur avec que qui c'est l'export encore toujours au aux ca stp svp d'accord renomme`),
  ],
  [
    'es',
    set(`el la los las un una y o de del al que es son en por para con lo su mi tu yo me se tengo voy habria hay haz agrega arregla cambia quita
    elimina primero archivo aparte acceso dale vale gracias sigue funciona necesito quiero equipo encargo si ya todavia`),
  ],
  [
    'pt',
    set(`o a os as um uma e de do da dos das no na nos nas que em por para pra com nao voce gente amanha vou preciso quero isso seu minha meu
    esta ainda sim obrigado pode arruma corrige adiciona remove tira primeiro olhar ve parte tambem ja`),
  ],
];

/** The language by more words than `languageOf` knows; that of the message where it is long, or in another script. */
export function tellTongue({ language, blocks }: Message): string {
  const first = blocks[0];
  if (first === undefined || blocks.length > 2 || first.text.length > MAX_CHARS) return language;
  if (!/^(?:en|und|de|fr|es|pt|nl|it)$/.test(language)) return language;
  const words = plainly(first.text)
    .split(/[^\p{L}'-]+/u)
    .filter((word) => word !== '');
  const isEnglish = language === 'en' || language === 'und';
  const english = words.filter((word) => ENGLISH.has(word)).length;
  // What English has too tells nothing.
  const count = (known: ReadonlySet<string>): number =>
    words.filter((word) => known.has(word) && !ENGLISH.has(word)).length;
  const own = WORDS.find(([name]) => name === language)?.[1];
  let best = language;
  let most = isEnglish ? english : own === undefined ? 0 : count(own);
  if (!isEnglish && english > most) [best, most] = ['en', english];
  for (const [name, known] of WORDS) {
    const hits = count(known);
    if (hits > most && (!isEnglish || hits >= 2)) [best, most] = [name, hits];
  }
  return best;
}
