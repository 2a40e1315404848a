/** What the user says of work that this conversation knows nothing of: it may be work of another one. */
import { means, MEANT_FROM, nameOf, sentencesIn, stemsOf, type Message, type UserAct } from '../../prose/index.js';
import { meantBy, type Scene } from './tasks.js';

const SAYS = { done: 'done', cancel: 'cancelled', broken: 'broken' } as const;
/** Enough for what is under way here, too little for the work of another day. */
const DOUBT =
  /\b(?:maybe|perhaps|probably|possibly|hopefully|i (?:think|guess|hope|believe|suppose)|not sure|seems?|appears?|supposedly|should be|might|almost|nearly|half|partly)\b|\?\s*$/i;
/** Of one message; what says so of more is a list of something else. */
const MOST = 12;
/** Turns for which `that` means what was spoken of. */
const RECENT_TURNS = 2;
const SUBJECT_CHARS = 160;
/** Words that a sentence names something by. */
const LEAST_WORDS = 2;

/** Tells what was said of no task of this conversation, once all of the message is known. */
export function tellClaims(scene: Scene, message: Message): void {
  const { thread, missed } = scene;
  const told = new Set<string>();
  for (const act of missed.slice(0, MOST)) {
    if (act.is !== 'done' && act.is !== 'cancel' && act.is !== 'broken') continue;
    if (act.is === 'done' && DOUBT.test(act.quote)) continue;
    const about = act.about === null ? aboutOf(scene, act, message) : nameOf(act.about);
    if (about === null || meantBy(scene, about) !== null) continue;
    if (thread.offers.some((offer) => means(about, offer.title) >= MEANT_FROM)) continue;
    const says = SAYS[act.is];
    if (told.size === told.add(`${says} ${about}`).size) continue;
    scene.claim({ says, about, isContext: act.about === null, quote: act.quote });
  }
}

/** What `that` means: what the message speaks of before, else what was spoken of before it; nothing where it may be work of this conversation. */
function aboutOf({ thread }: Scene, act: UserAct, message: Message): string | null {
  // `Forget it` takes back what was just said.
  if (act.is === 'cancel' || thread.tasks.some((task) => task.turn >= thread.turn - RECENT_TURNS)) return null;
  return subjectBefore(message, act.quote) ?? thread.subject;
}

/** The last sentence of a message that names something, of its last block. */
export function subjectOf({ blocks }: Message): string | null {
  const last = blocks.at(-1);
  return last === undefined ? null : subjectAmong(sentencesIn(last));
}

/** The same, of all sentences before the one that was quoted. */
function subjectBefore({ blocks }: Message, quote: string): string | null {
  const sentences = blocks.flatMap(sentencesIn);
  const until = sentences.findIndex((sentence) => sentence.startsWith(quote.slice(0, SUBJECT_CHARS)));
  return until === -1 ? null : subjectAmong(sentences.slice(0, until));
}

const subjectAmong = (sentences: readonly string[]): string | null =>
  sentences.findLast((sentence) => new Set(stemsOf(sentence)).size >= LEAST_WORDS)?.slice(0, SUBJECT_CHARS) ?? null;
