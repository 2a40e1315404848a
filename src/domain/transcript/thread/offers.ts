/** What the assistant offers, and what the user makes of it. */
import { isOpen } from '../../model.js';
import { MEANT_FROM, means, type UserAct } from '../../prose/index.js';
import { MOST, type Offer, type Thread } from './state.js';
import { add, again, change, sameAs, type Scene } from './tasks.js';

/** Offers of help and of `something else` name no work. */
const VAGUE = /^help (?:you|me)\b|\b(?:something|anything)\b/i;

/** Keeps what was offered, in bounds. */
export function offer(thread: Thread, one: Offer): void {
  if (thread.offers.length < MOST.offers && !VAGUE.test(one.title)) thread.offers.push(one);
}

/** Offers that these words mean; without words all that came without a number. */
export function offersMeant(thread: Thread, about: string | null): readonly Offer[] {
  if (about !== null) {
    const named = (words: string): readonly Offer[] =>
      thread.offers.filter((one) => means(words, one.title) >= MEANT_FROM);
    const each = about.split(/,? (?:and|or|plus) (?:the )?|, (?:the )?/).map(named);
    return each.length > 1 && each.every((some) => some.length > 0) ? each.flat() : named(about);
  }
  const plain = thread.offers.filter((one) => one.number === null);
  return plain.length > 0 ? plain : thread.offers;
}

/** In answer to a report a word is enough to say which of the things it left is meant. */
export const ANSWERED_FROM = 0.2;

export function accept(scene: Scene, about: string | null, quote: string): void {
  const { thread } = scene;
  const only = thread.offers.length === 1 ? thread.offers : [];
  const meant = offersMeant(thread, about);
  const offers = meant.length > 0 ? meant : only;
  for (const one of offers) take(scene, one, 'do', null, quote);
  if (offers.length > 0) return;
  // Yes to what was put off a moment ago.
  const put = thread.tasks.filter(
    (task) => task.turn === thread.turn - 1 && task.source === 'deferred' && isOpen(task.status),
  );
  for (const task of put) {
    if (about !== null && put.length > 1 && means(about, task.title) < ANSWERED_FROM) continue;
    change(scene, task, null, null, quote);
    task.asked = 'now';
  }
}

export function picked(
  thread: Thread,
  act: Extract<UserAct, { is: 'pick' }>,
  acts: readonly UserAct[],
): readonly Offer[] {
  const numbered = thread.offers.filter((offer) => offer.number !== null);
  const isNot = (offer: Offer): boolean =>
    acts.some(
      (other) => other.is === 'decline' && other.about !== null && means(other.about, offer.title) >= MEANT_FROM,
    );
  if (act.numbers === 'all') return numbered.filter((offer) => !isNot(offer));
  if (act.numbers !== 'rest') return numbered.filter((offer) => act.numbers.includes(offer.number as never));
  const named = acts.flatMap((other) =>
    other.is === 'pick' && typeof other.numbers !== 'string' ? other.numbers : [],
  );
  return numbered.filter((offer) => offer.number !== null && !named.includes(offer.number));
}

/** The user's verdict on something offered. */
export function take(
  scene: Scene,
  offer: Offer,
  verdict: 'do' | 'later' | 'wait' | 'no',
  until: string | null,
  quote: string,
): void {
  const { thread } = scene;
  const known =
    offer.id === null ? sameAs(scene, offer.title) : (thread.tasks.find((task) => task.id === offer.id) ?? null);
  if (verdict === 'no') {
    if (known !== null && isOpen(known.status)) change(scene, known, 'cancelled', 'user-said', quote);
    return;
  }
  const status = verdict === 'wait' ? 'blocked' : 'pending';
  if (known !== null) again(scene, known, offer.title, offer.key);
  const task =
    known ??
    add(scene, {
      title: offer.title,
      source: 'request',
      status,
      reason: until,
      quote,
      priority: offer.priority,
      key: offer.key,
    });
  if (known !== null) change(scene, known, isOpen(known.status) && verdict !== 'wait' ? null : status, until, quote);
  task.asked = verdict === 'do' ? 'now' : null;
}
