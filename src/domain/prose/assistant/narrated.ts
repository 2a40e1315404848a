/** What is no account of work: taking note of it, and telling what comes next in this turn. */
import { cued } from '../../cue/index.js';
import type { Said, Spoken } from './status.js';
import { isHowTo } from './uses.js';
import { ofGerund } from './verbs.js';

const NOTED = cued(
  /^(?:noted|understood|got it|acknowledged|duly noted|will do|makes sense|makes note|ok(?:ay)?, noted|it's on the list|added to the list|on the list|it is on the list|good to know|i'll (?:leave (?:it|that|this)|keep (?:it|that|this) in mind|note (?:it|that)|remember|put (?:it|that|this) on (?:the|my) list|come back to (?:it|that))|i have noted|i've (?:noted|put (?:it|that) on))\b/i,
);
export function notedIn({ text }: Spoken): Said | null {
  return NOTED.test(text.trim()) ? { is: 'noted' } : null;
}

const NARRATION = cued(
  /^(?:let me\b|let's\b|now (?:i|let|the|to|for|on|that|we|with)\b|i(?:'ll| will|'m going to| am going to|'m about to| should| need to| want to| have to| must|'d better)\b|first(?:,| i| the| let|:| off)|next(?:,? i\b|,? let| i'll)|then (?:i|the)\b|starting with\b|picking up\b|moving on\b|on to\b|time to\b|before i\b(?!(?: can| could)? (?:get|go|carry|continue|proceed|move|resume)\b)|one moment\b|back to\b|i(?:'m| am) (?:now |going |starting |about )|give me a\b|going to\b|hang on\b|hold on\b|hmm\b|next i\b|i still (?:need|have) to see\b)/i,
);
/** At the end of what else is told: `the list is in the vault, let me fetch it`. */
const AT_THE_END = cued(
  /[,;:.—–]\s*(?:so |and |but )*(?:let me (?:just |quickly |first )?(?!know\b)[\p{L}-]+\b[^,;:]{0,60}|one (?:moment|second|sec)|(?:give me )?(?:a|one) (?:moment|second|sec|minute)|hang on|bear with me|i'll (?:just |quickly |go and )?(?:fetch|look|check|read|see|try|grab|find out)\b[^,;:]{0,40}(?: first| now)?)[.!…]?$/iu,
);

export const endsInNarration = (sentence: string): boolean =>
  AT_THE_END.test(sentence.slice(-160)) &&
  !/\b(?:later|tomorrow|once|when|if|until|after)\b/i.test(sentence.slice(-90));

export function narrationIn({ text, isFirst }: Spoken): Said | null {
  const bare = text.trim();
  if (NARRATION.test(bare))
    return /\b(?:wait|leave|later|tomorrow|follow-?up)\b/i.test(bare) ? null : { is: 'narration' };
  const first = isFirst ? /^([A-Z][\p{L}-]+ing)\s/u.exec(bare)?.[1] : undefined;
  if (
    first !== undefined &&
    ofGerund(first) !== null &&
    !isHowTo(bare) &&
    !/\b(?:is|are|was|were|has|would|will|takes?|makes?|should|must|still|yet|left)\b/i.test(bare.slice(0, 80))
  )
    return { is: 'narration' };
  return null;
}
