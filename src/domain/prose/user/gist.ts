/**
 * What a message is about that asks for nothing in words that are known. By itself it asks for nothing; where files are changed
 * upon it, it did: `sweep.py wants a --dry-run`, `450 and 451 the same`.
 */
import { cued } from '../../cue/index.js';
import type { Message } from '../model.js';
import { sentencesIn } from '../sentences.js';
import { titleOf } from '../title.js';
import { stemsOf } from '../words.js';

export interface Gist {
  readonly title: string;
  readonly quote: string;
  /** It says that something is missing, wrong or wanted. */
  readonly isNeed: boolean;
  /** It says so of what was just done: `same on my phone`. */
  readonly isAgain: boolean;
}

const MOST_SENTENCES = 24;
const QUOTE_CHARS = 200;
/** Stems that say what it is about. */
const FEWEST = 2;
/** More say no more. */
const ENOUGH = 8;

/** Words of one who keeps somebody going, who greets, who thanks. */
const NUDGE = new Set(
  stemsOf(
    `try again retry go keep continue carry proceed resume start over back wrong window sorry thanks morning evening hello please still works
    working good great nice perfect lovely fine right done ready now here there next stop wait look ok yes no hmm wow cool`,
  ),
);
const ASKS_KINDLY = cued(
  /^(?:[^,:?]{0,60}[,:] )?(?:(?:and|so|or|then|also) )?(?:could|can|can't|couldn't|would|will|might|may|shall|should|is it possible|any chance)\b/i,
);
/** What one did, saw or is about to do oneself. */
const OWN =
  /^(?:(?:and|so|but|ok|sorry|hi|hello|hey|morning)[,. ]+)*(?:i|we)(?:'ve|'m|'re|'ll| am| are| have| had| was| were| just| already| will| shall)* (?!(?:'d )?(?:need|want|miss|lack|prefer|like|love|expect|should|must|can't|cannot|could|ought)\b)[a-z]+/i;
const NEED = cued(
  /\b(?:needs?|wants?|wanted|lacks?|lacking|missing|without|instead|should|ought|must|ha(?:s|ve) to|supposed|expect\w*|prefer|rather|can go|may go|goes away|isn'?t|aren'?t|doesn'?t|don'?t|won'?t|can'?t|cannot|never|no longer|nothing|nobody|only|wrong|broken|too \w+|forgot\w*|same for|same with)\b/i,
);
const AGAIN = cued(/\b(?:still|again|same|nope|no change|no difference|not? better|worse)\b/i);
const QUESTION = /\?\s*$/;
/** What was typed for a shell. */
const COMMAND =
  /^(?:\$ |\.\/|(?:python3?|node|npm|npx|pnpm|yarn|git|make|cargo|go|docker|kubectl|conda|pip3?|uv|bash|sh|ls|cd|cat) [\w./-]+(?: [-\w./=]+)*$)/;
/** An answer is wanted, or nothing at all. */
const TALK = cued(
  /\b(?:fyi|show me|tell me|explain|help me understand|how to|walk me through|just so you know|for your information)\b/i,
);
/** What somebody turns down, or answers with. */
const ANSWER = /^(?:(?:hm+|mm+h?|oh|ah|well|ok)[,. ]+)*(?:no|nope|nah|yes|yep|yeah|sure)\b/i;

/** @returns null where nothing in it could be work */
export function gistOf({ blocks }: Message): Gist | null {
  let best: Gist | null = null;
  let most = 0;
  let left = MOST_SENTENCES;
  let isAgain = false;
  for (const block of blocks) {
    if (block.kind === 'heading') continue;
    for (const sentence of sentencesIn(block)) {
      if ((left -= 1) < 0) return best;
      isAgain ||= AGAIN.test(sentence);
      const isKind = ASKS_KINDLY.test(sentence);
      if ((QUESTION.test(sentence) && !isKind) || ANSWER.test(sentence)) continue;
      if (COMMAND.test(sentence) || TALK.test(sentence)) continue;
      const telling = new Set(stemsOf(sentence).filter((stem) => !NUDGE.has(stem)));
      if (telling.size < FEWEST) continue;
      const isNeed = isKind || NEED.test(sentence);
      if (OWN.test(sentence) && !isNeed) continue;
      const score = Math.min(telling.size, ENOUGH) + (isNeed ? ENOUGH : 0);
      if (score <= most) continue;
      most = score;
      best = { title: titleOf(sentence), quote: sentence.slice(0, QUOTE_CHARS), isNeed, isAgain };
    }
  }
  return best === null ? null : { ...best, isAgain };
}
