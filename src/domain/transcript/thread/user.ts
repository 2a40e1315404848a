/** What the user says: asks for, takes back, agrees to, says is done or is not. */
import { saidTaskId } from '../../ids.js';
import { isOpen } from '../../model.js';
import { pointsAt, telltaleVerb, type Before, type UserAct } from '../../prose/index.js';
import { answer, held, lastLeft, mend, numbered, TAKES_BACK, VAGUE } from './amid.js';
import { accept, ANSWERED_FROM, offersMeant, picked, take } from './offers.js';
import type { Thread, ThreadTask } from './state.js';
import { add, again, change, isLeft, meantBy, sameAs, type Scene } from './tasks.js';

export const beforeOf = (thread: Thread): Before => ({
  isAsking: thread.isAsking || thread.offers.some((one) => one.number === null),
  numbers: thread.offers.flatMap((one) => one.number ?? []),
  topics: thread.topics,
});

/** Acts that say what to do now; a message without one is a nudge, and what was asked for is still wanted. */
const DIRECTS = new Set<UserAct['is']>(['ask', 'pick', 'accept', 'cancel', 'decline', 'hold']);

/** The user has said something: the turn before is over, and this one is about what is asked now. */
export function hearUser(scene: Scene, acts: readonly UserAct[]): void {
  const { thread } = scene;
  thread.turn += 1;
  thread.draft = null;
  thread.gist = null;
  // Said amid the work, it comes on top of what was asked for; after an account of it, or a stop, it is the next thing.
  if (thread.isReported && acts.some((act) => DIRECTS.has(act.is))) {
    for (const task of thread.tasks) if (task.asked === 'now') task.asked = 'before';
  }
  thread.worked = thread.isReported = thread.failed = false;
  thread.begunBy = null;
  thread.denied = false;
  thread.tests = null;
  thread.proof = null;
  answer(scene, acts);
  follow(scene, acts);
  thread.offers = [];
  thread.isAsking = false;
}

/** What the user says amid a turn, as a reason for a refusal: what was offered and asked still stands. */
export function hearRefusal(scene: Scene, acts: readonly UserAct[], refused: string): void {
  const { thread } = scene;
  const asked = thread.tasks.filter((task) => task.asked !== null && isOpen(task.status));
  const meant = meantBy(scene, refused, (task) => asked.includes(task)) ?? asked.at(-1) ?? null;
  for (const act of acts) {
    if ((act.is === 'hold' || act.is === 'cancel') && meant !== null) {
      const task = (act.about === null ? null : meantBy(scene, act.about, (one) => isOpen(one.status))) ?? meant;
      change(scene, task, act.is === 'hold' ? 'blocked' : 'cancelled', untilOf(act), act.quote);
    } else if (act.is !== 'hold' && act.is !== 'cancel' && act.is !== 'decline') obey(scene, act, acts);
  }
}

function follow(scene: Scene, acts: readonly UserAct[]): void {
  const isNamed = acts.some((act) => act.is === 'hold' && act.about !== null);
  for (const act of acts) if (!(isNamed && act.is === 'hold' && act.about === null)) obey(scene, act, acts);
}

function obey(scene: Scene, act: UserAct, acts: readonly UserAct[]): void {
  const { thread } = scene;
  switch (act.is) {
    case 'ask':
      return ask(scene, act);
    case 'promise':
      return promise(scene, act);
    case 'accept':
      return accept(scene, act.about, act.quote);
    case 'decline': {
      const meant = offersMeant(thread, act.about);
      for (const offer of meant) take(scene, offer, 'no', null, act.quote);
      // A question of how was answered by that it is not wanted.
      if (meant.length > 0 || (act.about === null && !TAKES_BACK.test(act.quote))) return;
      const task = aboutOpen(scene, act.about);
      if (task !== null) change(scene, task, 'cancelled', 'user-said', act.quote);
      return;
    }
    case 'pick': {
      for (const offer of picked(thread, act, acts)) take(scene, offer, act.verdict, act.until, act.quote);
      return;
    }
    case 'cancel':
    case 'hold': {
      const task = aboutOpen(scene, act.about) ?? (act.is === 'cancel' ? justClosed(scene, act.about) : null);
      if (task !== null) change(scene, task, act.is === 'hold' ? held(act) : 'cancelled', untilOf(act), act.quote);
      if (act.is === 'cancel' && task === null && act.about === null) thread.offers = [];
      if (act.is === 'cancel' && task === null && act.title !== undefined)
        return ask(scene, { is: 'ask', kind: 'change', later: null, stated: null, title: act.title, quote: act.quote });
      if (act.is === 'cancel' && task === null) scene.missed.push(act);
      return;
    }
    case 'done': {
      const task =
        act.about === null ? lastUnderWay(thread) : (numbered(thread, act.about) ?? aboutOpen(scene, act.about));
      if (task !== null) change(scene, task, 'completed', 'user-said', act.quote);
      else scene.missed.push(act);
      return;
    }
    case 'broken': {
      const task =
        act.about === null
          ? (latest(thread, (one) => one.status === 'completed' && one.turn >= thread.turn - 2) ??
            latest(thread, (one) => isOpen(one.status)))
          : meantBy(scene, act.about, undefined, BROKEN_FROM);
      if (task === null && act.title !== undefined) {
        return ask(scene, {
          is: 'ask',
          kind: 'problem',
          later: null,
          stated: null,
          title: act.title,
          quote: act.quote,
        });
      }
      if (task === null) return act.about === null ? mend(scene, act.quote) : void scene.missed.push(act);
      change(scene, task, isOpen(task.status) ? null : 'in_progress', 'reopened', act.quote);
      task.asked = 'now';
      return;
    }
    case 'elsewhere': {
      // Handed to a person, who has not done it yet.
      const task = act.about === null ? null : aboutOpen(scene, act.about);
      if (task !== null) change(scene, task, task.status === 'blocked' ? 'pending' : null, 'promised', act.quote);
      return;
    }
    case 'failure':
      return;
  }
}

const untilOf = (act: UserAct): string | null => ('until' in act && act.until !== null ? act.until : 'user-said');

function ask(scene: Scene, act: Extract<UserAct, { is: 'ask' }>): void {
  const { thread } = scene;
  const isNow = act.later === null;
  const known =
    sameAs(scene, act.title, (task) => task.isQuestion === true || isAskedHere(scene, task)) ??
    pointedAt(thread, act.title);
  const priority = act.stated?.priority ?? null;
  if (known !== null) {
    again(scene, known, act.title);
    // Asked for again: it was not finished after all, or it has to wait.
    change(scene, known, isOpen(known.status) || !isNow ? null : 'in_progress', 'reopened', act.quote);
    if (priority !== null) state(scene, known, act);
    known.asked = isNow ? 'now' : null;
    return;
  }
  if (act.kind === 'answer') {
    if (!isNow) return;
    // Told of only if no answer comes.
    thread.tasks.push({
      id: '',
      key: scene.key,
      era: thread.era,
      title: act.title,
      status: 'pending',
      source: 'request',
      turn: thread.turn,
      asked: 'now',
      isQuestion: true,
    });
    return;
  }
  add(scene, {
    title: act.title,
    source: 'request',
    status: 'pending',
    reason: act.later,
    quote: act.quote,
    priority,
    priorityWords: act.stated?.words ?? null,
    asked: isNow ? 'now' : null,
  });
}

/** Asked for in this message; what was offered and is accepted in it is not. */
const isAskedHere = ({ key }: Scene, task: ThreadTask): boolean =>
  task.key === key && task.id === saidTaskId(key, task.title);

function state(scene: Scene, task: ThreadTask, { stated }: Pick<Extract<UserAct, { is: 'ask' }>, 'stated'>): void {
  if (stated === null || task.priority === stated.priority) return;
  task.priority = stated.priority;
  scene.tell(task.id, task.source, { priority: stated.priority, priorityWords: stated.words });
}

/** When someone will do it himself is no urgency. */
const OWN_TIME = /^(?:today|tonight|tomorrow|this (?:morning|afternoon|evening))$/i;

function promise(scene: Scene, said: Extract<UserAct, { is: 'promise' }>): void {
  const { thread } = scene;
  const act = said.stated !== null && OWN_TIME.test(said.stated.words) ? { ...said, stated: null } : said;
  const known =
    sameAs(scene, act.title) ??
    meantBy(scene, act.title, (task) => isOpen(task.status)) ??
    answered(scene, act.title) ??
    (VAGUE.test(act.title) ? lastLeft(thread) : null);
  if (known !== null) {
    again(scene, known, act.title);
    if (isOpen(known.status)) change(scene, known, 'pending', 'promised', act.quote);
    state(scene, known, act);
    known.asked = null;
    return;
  }
  const { title, quote, stated } = act;
  // `I'll do that tomorrow`, of the one thing that was offered.
  const [offer] = thread.offers;
  if (VAGUE.test(title)) {
    if (thread.offers.length === 1 && offer !== undefined) take(scene, offer, 'later', null, quote);
    return;
  }
  const priority = stated?.priority ?? null;
  add(scene, { title, source: 'deferred', status: 'pending', quote, priority, priorityWords: stated?.words ?? null });
}

/** A complaint names a thing and what it does, and the task what was to be done with it. */
const BROKEN_FROM = 0.45;

function aboutOpen(scene: Scene, about: string | null): ThreadTask | null {
  const { thread } = scene;
  if (about !== null) return meantBy(scene, about, isLeft) ?? answered(scene, about);
  const isWanted = (task: ThreadTask): boolean => task.asked !== null || task.source === 'request';
  return latest(thread, (task) => isLeft(task) && isWanted(task) && task.turn >= thread.turn - 2);
}

/** The open task that a title like `Finish the tab` points at. */
function pointedAt(thread: Thread, title: string): ThreadTask | null {
  // A verb of its own says which work it is.
  if (telltaleVerb(title) !== null) return null;
  return latest(thread, (task) => isLeft(task) && pointsAt(title, task.title));
}

/** In answer to a report a word is enough to say which of the things it left is meant. */
function answered(scene: Scene, about: string): ThreadTask | null {
  const { thread } = scene;
  return meantBy(
    scene,
    about,
    (task) => isOpen(task.status) && task.source === 'deferred' && task.turn === thread.turn - 1,
    ANSWERED_FROM,
  );
}

/** What a report closed a moment ago, though the user does not want it any more. */
function justClosed(scene: Scene, about: string | null): ThreadTask | null {
  if (about === null) return null;
  const { turn } = scene.thread;
  return meantBy(
    scene,
    about,
    (task) => task.status === 'completed' && task.source === 'request' && task.turn >= turn - 1,
  );
}

/** What `that is done` means: what the user waited for, else what is under way; nothing, if it was just said to be done. */
function lastUnderWay(thread: Thread): ThreadTask | null {
  const asked = latest(thread, (task) => isLeft(task) && task.asked !== null);
  if (asked !== null) return asked;
  const handed = thread.tasks.filter(
    (task) => isLeft(task) && task.source === 'deferred' && task.turn === thread.turn - 1,
  );
  if (handed.length === 1) return handed[0] ?? null;
  if (thread.tasks.some((task) => task.status === 'completed' && task.turn >= thread.turn - 1)) return null;
  return latest(thread, (task) => isLeft(task) && task.status === 'in_progress') ?? latest(thread, isLeft);
}

const latest = (thread: Thread, which: (task: ThreadTask) => boolean): ThreadTask | null =>
  thread.tasks.reduce<ThreadTask | null>(
    (found, task) => (which(task) && (found === null || task.turn >= found.turn) ? task : found),
    null,
  );
