/** Answers too short for their language to be told. */
import type { UserAct } from '../model.js';
import { plainly, quoteOf } from './text.js';
import type { Tongue } from './tongue.js';

const MAX_CHARS = 40;
/** What is left of a short answer: courtesy, and that it is to be done. */
const AND_THEN =
  /^[\s,.!;:、。，！–—-]*(?:(?:bitte|danke|mach(?:t)? (?:das|es|mal)|gerne?|so|dann|das|merci|vas-y|fais(?:-le| ca)?|s'il te plait|stp|svp|avec plaisir|por favor|gracias|hazlo|dale|adelante|obrigad[oa]|pode fazer|faz isso|manda ver|давай(?:те)?|делай|сделай|пожалуйста|спасибо|так|да|お願いします|ください|です|麻烦了?|谢谢|做吧|吧|的|ok|please|go|ahead|grazie|prego|fallo|graag|doe maar|dank je)[\s,.!、。，！]*)*$/u;

/** A yes or no in any of the languages, said without a question of its own; null where it says more. */
export function shortAnswerIn(text: string, tongues: readonly Tongue[]): UserAct | null {
  const plain = plainly(text.trim());
  if (plain.length > MAX_CHARS || plain === '' || /[?？]\s*$/u.test(plain)) return null;
  for (const { yes, no } of tongues) {
    const refused = no.exec(plain);
    if (refused !== null && AND_THEN.test(plain.slice(refused[0].length)))
      return { is: 'decline', about: null, quote: quoteOf(text.trim()) };
    const agreed = yes.exec(plain);
    if (agreed !== null && AND_THEN.test(plain.slice(agreed[0].length)))
      return { is: 'accept', about: null, quote: quoteOf(text.trim()) };
  }
  return null;
}
