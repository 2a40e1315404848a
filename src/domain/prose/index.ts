/** Prose of conversations: what is asked, promised, put off and reported in it. The door of this room. */
import { assistantActs as englishReply } from './assistant/index.js';
import type { AssistantAct, Before, Message, UserAct } from './model.js';
import { assistantActsIn, shortAnswer, tellTongue, userActsIn } from './tongues/index.js';
import { withBare } from './user/bare.js';
import { gistOf as englishGist, type Gist } from './user/gist.js';
import { userActs as englishPrompt } from './user/index.js';

export { doubtIn, shortfallIn } from './assistant/doubt.js';
export {
  bareStand,
  isRefusal,
  isVerbless,
  leadStand,
  piecesOf,
  standIn,
  standOfIt,
  type Stand,
} from './assistant/standing.js';
export { readMessage, readReply } from './blocks.js';
export { editMarkers, markersIn, type Marker } from './code/index.js';
export { masked, type Masked } from './masked.js';
export type { AssistantAct, Before, Message, UserAct } from './model.js';
export { planItems, splitPlan } from './plan.js';
export {
  Account,
  covering,
  covers,
  meaning,
  means,
  MEANT_FROM,
  namesLittle,
  namesSomething,
  pointsAt,
  SAME_FROM,
  sameWorkAs,
  telltaleVerb,
} from './same.js';
export { sentencesIn } from './sentences.js';
export { statedIn } from './stated.js';
export { nameOf, withNews } from './user/news.js';
export { laterIn } from './user/time.js';
export { stemsOf } from './words.js';

const isEnglish = (language: string): boolean => language === 'en' || language === 'und';

/** @returns null for a language that is not read */
export function userActs(message: Message, before: Before): readonly UserAct[] | null {
  const language = tellTongue(message);
  const acts = isEnglish(language)
    ? withBare(message, englishPrompt(message, before))
    : userActsIn(language, message, before);
  if (acts !== null && acts.length > 0) return acts;
  // `dale`, `mach das`: too short for its language to be told.
  const [only, more] = before.isAsking ? message.blocks : [];
  const answer = only === undefined || more !== undefined ? null : shortAnswer(only.text);
  return answer === null ? acts : [answer];
}

/** @returns null for a language that is not read */
export function assistantActs(message: Message): readonly AssistantAct[] | null {
  const language = tellTongue(message);
  return isEnglish(language) ? englishReply(message) : assistantActsIn(language, message);
}

/** Whether a message ends in a question. */
export const isQuestion = ({ blocks }: Message): boolean => /[?？]\s*$/.test(blocks.at(-1)?.text ?? '');

/** What a message in English is about, where it asks for nothing; null elsewhere. */
export const gistOf = (message: Message): Gist | null => (isEnglish(tellTongue(message)) ? englishGist(message) : null);
