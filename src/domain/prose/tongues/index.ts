/** Prose in other languages than English: the same acts, read by one engine over a table per language. The door of this room. */
import type { AssistantAct, Before, Message, UserAct } from '../model.js';
import { assistantActs } from './assistant.js';
import { de } from './de.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { ja } from './ja.js';
import { pt } from './pt.js';
import { ru } from './ru.js';
import { shortAnswerIn } from './short.js';
import { tellTongue } from './tell.js';
import type { Tongue } from './tongue.js';
import { zh } from './zh.js';
import { userActs } from './user.js';

const TONGUES: Readonly<Partial<Record<string, Tongue>>> = { de, es, fr, ja, pt, ru, zh };

/** @returns null for a language that is not read */
export function userActsIn(language: string, message: Message, before: Before): readonly UserAct[] | null {
  const tongue = TONGUES[language];
  return tongue === undefined ? null : userActs(tongue, message, before);
}

/** @returns null for a language that is not read */
export function assistantActsIn(language: string, message: Message): readonly AssistantAct[] | null {
  const tongue = TONGUES[language];
  return tongue === undefined ? null : assistantActs(tongue, message);
}

const ALL: readonly Tongue[] = [de, fr, es, pt, ru, ja, zh];

/** A yes or no in any of the languages: `да, давай`, `ok, mach das`. Means something only after a question. */
export const shortAnswer = (text: string): UserAct | null => shortAnswerIn(text, ALL);

export { tellTongue };
