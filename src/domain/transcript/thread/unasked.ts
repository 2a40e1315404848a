/**
 * Work that nobody asked for in words that are known, and that was done all the same: whatever the user said before it, in the
 * same turn, asked for it. Told only where nothing else is under way that the work may belong to.
 */
import { covers, gistOf, type Message, type UserAct } from '../../prose/index.js';
import type { Effect } from '../entry.js';
import type { Offer, Thread } from './state.js';
import { add, change, isLeft, isWaiting, type Scene } from './tasks.js';

/** What was open when the message came. */
export interface Asked {
  readonly offers: readonly Offer[];
  readonly isAsking: boolean;
}

/** What may have been asked for: what the message says most of, or the one thing offered before that it speaks of. */
export function considerGist(scene: Scene, message: Message, acts: readonly UserAct[], asked: Asked): void {
  const { thread, key, line, at } = scene;
  const isPlain = acts.every(({ is }) => is === 'failure' || is === 'elsewhere');
  const gist = isPlain && !isUnderWay(thread) ? gistOf(message) : null;
  if (gist === null) return;
  const meant = offerMeant(message, asked.offers);
  // Amid a conversation people answer, add and remark: only what is missing, or not as it was said to be, is more work.
  const isWork = meant !== null || ((gist.isNeed || gist.isAgain) && !asked.isAsking);
  if (thread.turn > 1 && !isWork) return;
  const { title, quote, isNeed, isAgain } = gist;
  thread.gist = { title: meant?.title ?? title, quote, isNeed, isAgain, key: meant?.key ?? key, line, at };
}

/** The one thing offered that the message speaks of; findings are told and not offered. */
function offerMeant({ blocks }: Message, offers: readonly Offer[]): Offer | null {
  const text = blocks.map((block) => block.text).join(' ');
  let [found, most]: [Offer | null, number] = [null, OFFERED_FROM];
  for (const offer of offers) {
    if (offer.number !== null) continue;
    const share = covers(text.slice(0, COMPARED_CHARS), offer.title);
    if (share > most) [found, most] = [offer, share];
  }
  return found;
}

const COMPARED_CHARS = 400;
/** Share of what an offer names. */
const OFFERED_FROM = 0.2;

/** Something that work may belong to: it waits in a list, or the user waits for it. */
const isUnderWay = (thread: Thread): boolean =>
  thread.tasks.some((task) => isWaiting(task) || (task.source === 'structured' && isLeft(task)));

/** Turns after which nobody says `still` of what was done. */
const RECENT_TURNS = 1;

/** A call that changes something: what the message was about is wanted. */
export function takeGist(scene: Scene, effect: Effect): void {
  const { thread } = scene;
  const { gist } = thread;
  if (gist === null || effect === 'looks') return;
  // A list says better what is wanted.
  if (effect === 'lists' || isUnderWay(thread)) return void (thread.gist = null);
  if (effect !== 'changes' && !gist.isNeed) return;
  thread.gist = null;
  const done = thread.tasks.findLast(
    (task) => task.status === 'completed' && task.source === 'request' && task.turn >= thread.turn - RECENT_TURNS,
  );
  if (gist.isAgain && done !== undefined) {
    change(scene, done, 'in_progress', 'reopened', gist.quote);
    done.asked = 'now';
    return;
  }
  const { title, quote, key, line, at } = gist;
  add(scene, { title, source: 'request', status: 'pending', quote, asked: 'now', key, from: { key, line, at } });
}
