/** The thread of a conversation: what prose, edits and refusals mean for its tasks. One entry at a time, in order. */
import { isOpen } from '../../model.js';
import {
  assistantActs,
  covers,
  isQuestion,
  planItems,
  readMessage,
  readReply,
  sentencesIn,
  statedIn,
  splitPlan,
  userActs,
  withNews,
  type Message,
  type UserAct,
} from '../../prose/index.js';
import { reportsIn, told } from '../../failures/index.js';
import type { Effect } from '../entry.js';
import { hearAssistant, reconsider } from './assistant.js';
import { subjectOf, tellClaims } from './claims.js';
import { labelsIn } from './labels.js';
import { offer } from './offers.js';
import type { Thread } from './state.js';
import { add, change, forget, type Scene } from './tasks.js';
import { considerGist, takeGist } from './unasked.js';
import { letterTasks, unitsOf } from './units.js';
import { beforeOf, hearRefusal, hearUser } from './user.js';

export type { Thread } from './state.js';
export { seeEdit, seeFile, undoEdit } from './markers.js';
export { listed, type Place, type Scene } from './tasks.js';

/** What a message tells beside its tasks. */
export interface Heard {
  /** Failures that the user reports or pastes. */
  readonly failures: readonly string[];
  /** Set where the message is in a language that is not read. */
  readonly isForeign: boolean;
}

const NOTHING: Heard = { failures: [], isForeign: false };

/** @param failuresIn finds failures in what was pasted */
export function hearPrompt(scene: Scene, text: string, failuresIn: (pasted: string) => readonly string[]): Heard {
  const { thread } = scene;
  settleList(scene);
  const { offers, isAsking } = thread;
  const split = splitPlan(text);
  const message = readMessage(split === null ? text : split.ask);
  const heard = userActs(message, beforeOf(thread));
  const acts = heard === null ? null : withPriority(message, withNews(message, heard));
  if (acts === null) {
    hearUser(scene, []);
    thread.subject = null;
    return { ...NOTHING, isForeign: true };
  }
  const steps = split === null ? [] : planItems(split.plan);
  const asks: UserAct[] = steps.map(({ title, quote }) => ({
    is: 'ask',
    kind: 'change',
    later: null,
    stated: null,
    title,
    quote,
  }));
  // A plan's steps are the work; the sentence that asks for it is not another piece.
  hearUser(scene, steps.length === 0 ? acts : [...acts.filter((act) => act.is !== 'ask'), ...asks]);
  numberTasks(scene, message, acts);
  letterTasks(scene, split === null ? text : split.ask, acts);
  if (split === null) considerGist(scene, message, acts, { offers, isAsking });
  tellClaims(scene, message);
  thread.subject = subjectOf(message) ?? thread.subject;
  return { failures: told(reported(message, acts), pasted(message, failuresIn)), isForeign: false };
}

/** Tasks of a numbered list are known by their numbers: `2 is stuck`. */
function numberTasks({ thread, key }: Scene, { blocks }: Message, acts: readonly UserAct[]): void {
  for (const { number, text } of blocks) {
    if (number === null) continue;
    const asked = acts.flatMap((act) => (act.is === 'ask' && text.includes(act.quote) ? [act.title] : []));
    const task = thread.tasks.find((one) => one.key === key && asked.includes(one.title));
    if (task === undefined) continue;
    for (const other of thread.tasks) if (other.number === number) delete other.number;
    task.number = number;
  }
}

/** Longest text that states a priority of all that is asked for in it. */
const PRESSING_CHARS = 1_000;

/** Where one thing is asked for, what the message says of its urgency is said of that, in whatever sentence it stands. */
function withPriority(message: Message, acts: readonly UserAct[]): readonly UserAct[] {
  const asks = acts.filter((act) => act.is === 'ask' && act.kind !== 'answer' && act.later === null);
  const [ask] = asks;
  if (asks.length !== 1 || ask?.is !== 'ask' || ask.stated !== null) return acts;
  const others = acts.flatMap((act) => (act !== ask && 'stated' in act ? [act.quote] : []));
  const text = message.blocks.map((block) => block.text).join('. ');
  const stated = statedIn(others.reduce((rest, quote) => rest.replace(quote, ' '), text.slice(0, PRESSING_CHARS)));
  return stated === null ? acts : acts.map((act) => (act === ask ? { ...ask, stated } : act));
}

/** Sentences of a message that are looked at for reports of failures. */
const MOST_TOLD = 60;

function reported({ blocks }: Message, acts: readonly UserAct[]): readonly string[] {
  const sentences: string[] = [];
  for (const block of blocks) {
    if (sentences.length >= MOST_TOLD) break;
    if (block.kind !== 'heading') sentences.push(...sentencesIn(block).slice(0, MOST_TOLD));
  }
  return reportsIn(
    acts.flatMap((act) => (act.is === 'failure' ? [act.message] : [])),
    sentences,
  );
}

const pasted = (message: Message, failuresIn: (text: string) => readonly string[]): string[] =>
  message.pasted.flatMap(({ kind, text }) => (kind === 'quote' ? [] : failuresIn(text)));

/** Sentences of a report that are compared with tasks. */
const MOST_SENTENCES = 60;
const FEW_SENTENCES = 2;

export function hearReply(scene: Scene, text: string): Heard {
  settleList(scene);
  const message = readReply(text);
  const acts = assistantActs(message);
  if (acts === null) return { ...NOTHING, isForeign: true };
  const sentences = message.blocks
    .filter((block) => block.kind !== 'heading')
    .flatMap((block) => sentencesIn(block).slice(0, MOST_SENTENCES));
  const labels = labelsIn(message);
  hearAssistant(scene, {
    acts,
    sentences: sentences.slice(0, MOST_SENTENCES),
    labels,
    units: unitsOf(scene, text, message, labels),
    isAsking: isQuestion(message),
  });
  // A question, or a word or two, is what the user answers; a long account tells of many things.
  if (isQuestion(message) || sentences.length <= FEW_SENTENCES) {
    scene.thread.subject = subjectOf(message) ?? scene.thread.subject;
  }
  return NOTHING;
}

/** What a subagent leaves undone counts, the rest of its report does not. */
export function hearReport(scene: Scene, text: string): void {
  const acts = assistantActs(readReply(text)) ?? [];
  for (const act of acts) {
    if (act.is !== 'defer') continue;
    const { title, quote, stated } = act;
    add(scene, { title, quote, source: 'deferred', status: 'pending', priority: stated?.priority ?? null });
  }
}

export function hearReason(scene: Scene, text: string, call: string): void {
  const message = readMessage(text);
  hearRefusal(scene, userActs(message, beforeOf(scene.thread)) ?? [], call);
  tellClaims(scene, message);
}

/** A call: the turn goes on. */
export function seeCall(scene: Scene, effect: Effect, callId: string): void {
  const { thread } = scene;
  reconsider(scene);
  if (effect !== 'lists') settleList(scene);
  takeGist(scene, effect);
  if (effect === 'commits') thread.proof ??= 'commit';
  if (effect === 'looks' || effect === 'lists' || thread.begunBy !== null) return;
  thread.begunBy = callId;
  for (const task of thread.tasks) {
    if (task.asked === 'now' && task.status === 'pending' && task.source !== 'structured' && task.isQuestion !== true) {
      change(scene, task, 'in_progress', 'begun', null);
    }
  }
}

/** Something was done. */
export function seeDone(thread: Thread, tests: 'pass' | 'fail' | null): void {
  thread.worked = true;
  if (tests !== null) thread.tests = tests;
}

/** A pull request of what was done: it says more than the commits in it. */
export function seePullRequest(thread: Thread): void {
  if (thread.worked) thread.proof = 'pull-request';
}

/** A call that was refused did nothing. @param by what refused it: the user, or the settings */
export function seeRefused(scene: Scene, callId: string, by: 'user' | 'settings'): void {
  const { thread } = scene;
  if (by === 'settings') thread.denied = true;
  if (thread.begunBy !== callId) return;
  thread.begunBy = null;
  for (const task of thread.tasks) {
    if (task.asked === 'now' && task.status === 'in_progress' && task.source !== 'structured')
      change(scene, task, 'pending', 'refused', null);
  }
}

export function seePlan(scene: Scene, text: string): void {
  const { thread } = scene;
  thread.offers = [];
  for (const { title } of planItems(text)) {
    offer(thread, { key: scene.key, title, number: null, priority: null, id: null });
  }
}

/** The user let the plan pass. */
export function approvePlan(scene: Scene): void {
  const { thread } = scene;
  for (const { key, title } of thread.offers) {
    add(scene, { key, title, source: 'request', status: 'pending', quote: title, asked: 'now' });
  }
  thread.offers = [];
}

export function seeInterrupt(scene: Scene, reason: 'interrupted' | 'limit'): void {
  const { thread } = scene;
  if (reason === 'interrupted') {
    // Nobody interrupts what is over: the last text ended no turn, unless it was a report and something else had begun.
    if (thread.draft?.isReport === false) reconsider(scene, 'interrupted');
    thread.isReported = true;
  }
  for (const task of [...thread.tasks]) {
    if (task.asked !== 'now' || !isOpen(task.status)) continue;
    if (task.isQuestion === true) {
      thread.tasks = thread.tasks.filter((one) => one !== task);
      if (reason === 'interrupted')
        add(scene, { title: task.title, source: 'request', status: 'pending', quote: task.title, reason });
    } else scene.tell(task.id, task.source, { status: task.status, reason });
  }
}

/**
 * The items of a list that was begun in this turn tell of what was asked for as a whole: a request that none of them is the
 * same as, but that they share words with, would stand there twice. The first of several is their heading in any case.
 */
function settleList(scene: Scene): void {
  const { thread } = scene;
  if (thread.listed.length === 0) return;
  const items = thread.listed.join(' ');
  const isList = thread.listed.length > 1;
  thread.listed = [];
  if (!isList) return;
  const asked = thread.tasks.filter(
    (task) => task.asked === 'now' && task.source === 'request' && task.isQuestion !== true && isOpen(task.status),
  );
  asked.forEach((task, index) => {
    if (index === 0 || covers(items, task.title) > 0) forget(scene, task.id);
  });
}
