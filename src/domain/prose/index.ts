/** Prose of conversations: what is asked, promised, put off and reported in it. The door of this room. */
import { assistantActs as englishReply } from './assistant/index.js';
import type { AssistantAct, Before, Message, UserAct } from './model.js';
import { assistantActsIn, userActsIn } from './tongues/index.js';
import { userActs as englishPrompt } from './user/index.js';

export { readMessage } from './blocks.js';
export { editMarkers, markersIn, type Marker } from './code/index.js';
export type { AssistantAct, Before, Message, UserAct } from './model.js';
export { planItems, splitPlan } from './plan.js';
export { sentencesOf } from './sentences.js';
export { shortAnswer } from './tongues/index.js';

const isEnglish = ({ language }: Message): boolean => language === 'en' || language === 'und';

/** @returns null for a language that is not read */
export const userActs = (message: Message, before: Before): readonly UserAct[] | null =>
  isEnglish(message) ? englishPrompt(message, before) : userActsIn(message.language, message, before);

/** @returns null for a language that is not read */
export const assistantActs = (message: Message): readonly AssistantAct[] | null =>
  isEnglish(message) ? englishReply(message) : assistantActsIn(message.language, message);

/** Whether a message ends in a question. */
export const isQuestion = ({ blocks }: Message): boolean => /[?？]\s*$/.test(blocks.at(-1)?.text ?? '');
