/** `Please fix it`: the work is told by the sentence before, whatever its words are. */
import { cued } from '../../cue/index.js';
import type { Message, UserAct } from '../model.js';
import { sentencesIn } from '../sentences.js';
import { statedIn } from '../stated.js';
import { titleOf } from '../title.js';

const BARE = cued(
  /^(?:(?:ok|so|and|then|also|please|pls|can you|could you|would you|kindly|let's|go and)[, ]+)*(?:fix|repair|solve|sort|resolve|mend|correct|stop|look into|take care of|deal with|see to|handle|address)(?: it| that| this| these| them| both)(?: out| up)?(?: (?:please|pls|today|now|asap|soon|tonight|tomorrow|first|right away|quickly|for (?:me|us)|before .{1,40}|by .{1,20}))*(?:, .{1,60})?[.!?]*$/i,
);
/** One of these words stands in it. */
const MENDING = cued(/fix|repair|solve|sort|mend|correct|stop|look|care|deal|see|handle|address/i);
/** No statement of anything: a question, a greeting, a word of thanks. */
const EMPTY = cued(/\?$|^(?:hi|hello|hey|thanks|thank you|ok|good|great|nice|yes|no|morning)\b.{0,20}$/i);
const MOST_SENTENCES = 40;
const FEWEST_WORDS = 3;
const QUOTE_CHARS = 200;

/** The acts, and where a bare request was heard by none of them, that as well. */
export function withBare({ blocks }: Message, acts: readonly UserAct[]): readonly UserAct[] {
  if (!blocks.some(({ kind, text }) => kind === 'paragraph' && MENDING.test(text))) return acts;
  const sentences = blocks
    .filter(({ kind }) => kind === 'paragraph')
    .flatMap(sentencesIn)
    .slice(0, MOST_SENTENCES);
  const at = sentences.findIndex((sentence, index) => index > 0 && BARE.test(sentence));
  const fault = sentences[at - 1]?.trim() ?? '';
  if (at < 1 || EMPTY.test(fault) || fault.split(/\s+/).length < FEWEST_WORDS) return acts;
  const isHeard = acts.some(
    (act) => (act.is === 'ask' && act.kind !== 'answer') || act.is === 'broken' || act.is === 'pick',
  );
  if (isHeard) return acts;
  const title = titleOf(`Fix: ${fault.replace(/[.!]+$/, '')}`);
  return [
    ...acts,
    {
      is: 'ask',
      kind: 'problem',
      later: null,
      stated: statedIn(sentences[at] ?? '') ?? statedIn(fault),
      title,
      quote: fault.slice(0, QUOTE_CHARS),
    },
  ];
}
