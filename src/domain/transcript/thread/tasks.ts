/** Tasks of a thread: telling of them, and finding the one that words mean. */
import type { ClaimFact, TaskFact } from '../../facts.js';
import {
  MEANT_FROM,
  meaning,
  namesLittle,
  SAME_FROM,
  sameWorkAs,
  telltaleVerb,
  type UserAct,
} from '../../prose/index.js';
import { saidTaskId } from '../../ids.js';
import { isOpen, type Priority, type Source, type Status } from '../../model.js';
import { MOST, type Thread, type ThreadTask } from './state.js';

type Said = Partial<Pick<TaskFact, 'status' | 'reason' | 'title' | 'priority' | 'quote' | 'priorityWords'>>;

/** A line, and what every copy of it has in common. */
export interface Place {
  readonly key: string;
  readonly line: number;
  readonly at: number;
}

/** Where something is said, and how to tell of it. */
export interface Scene extends Place {
  readonly thread: Thread;
  /** @param from where it was said, if not here */
  readonly tell: (id: string, source: Source, said: Said, from?: Place) => void;
  readonly alias: (alias: string, id: string) => void;
  /** Tells that the user says so of work which is not of this conversation. */
  readonly claim: (claim: Pick<ClaimFact, 'says' | 'about' | 'isContext' | 'quote'>) => void;
  /** Acts of this message that no task of this conversation was meant by. */
  readonly missed: UserAct[];
}

export interface NewTask {
  readonly title: string;
  readonly source: Source;
  readonly status: Status;
  readonly quote: string;
  readonly reason?: string | null;
  readonly priority?: Priority | null;
  readonly priorityWords?: string | null;
  readonly asked?: 'now' | 'before' | null;
  /** Line of which it is known, where that is another one than this. */
  readonly key?: string;
  /** Where it was said, if not here. */
  readonly from?: Place;
}

/** Work that is left to be done, and no question. */
export const isLeft = (task: ThreadTask): boolean => isOpen(task.status) && task.isQuestion !== true;

/** The user waits for it. */
export const isWaiting = (task: ThreadTask): boolean => task.asked !== null && isLeft(task);

const ANY = (): boolean => true;
const NONE = (): boolean => false;

/** The open task that says the same, or the closed one that came up lately. */
export function sameAs({ thread }: Scene, title: string, but: (task: ThreadTask) => boolean = NONE): ThreadTask | null {
  return best(thread, (task) => !but(task), sameWorkAs(title), SAME_FROM);
}

/** The task that these words mean; of several the surest, then the latest. */
export function meantBy(
  { thread }: Scene,
  about: string,
  which: (task: ThreadTask) => boolean = ANY,
  from: number = MEANT_FROM,
): ThreadTask | null {
  return thread.tasks.some(which) ? best(thread, which, meaning(about), from) : null;
}

function best(
  { tasks, turn }: Thread,
  which: (task: ThreadTask) => boolean,
  score: (title: string) => number,
  from: number,
): ThreadTask | null {
  let found: ThreadTask | null = null;
  let most = 0;
  for (const task of tasks) {
    if (!which(task)) continue;
    const value = score(task.title);
    if (value < from) continue;
    // What is asked for now, then what is open, is meant before others that fit as well.
    const weighed =
      value + (task.asked === 'now' ? 0.03 : 0) + (isOpen(task.status) ? 0.05 : 0) + (task.turn / (turn + 1)) * 0.02;
    if (weighed >= most) [found, most] = [task, weighed];
  }
  return found;
}

/** A task that was not known before: told of, and remembered. */
export function add(scene: Scene, task: NewTask): ThreadTask {
  const { thread } = scene;
  const id = saidTaskId(task.key ?? scene.key, task.title);
  const known = thread.tasks.find((other) => other.id === id);
  if (known !== undefined) return known;
  const { title, source, status, priority = null } = task;
  const fresh: ThreadTask = {
    id,
    key: scene.key,
    era: thread.era,
    title,
    status,
    source,
    turn: thread.turn,
    asked: task.asked ?? null,
    ...(priority === null ? {} : { priority }),
  };
  remember(thread, fresh);
  const said = {
    status,
    reason: task.reason ?? null,
    title,
    priority,
    priorityWords: task.priorityWords ?? null,
    quote: task.quote,
  };
  scene.tell(id, source, said, task.from);
  return fresh;
}

/**
 * Said again. A copy that begins at a compaction does not know what was said before it and takes this for another task, so
 * what it would call that is a name of this one.
 */
export function again(scene: Scene, task: ThreadTask, title: string, key = scene.key): void {
  if (task.era < scene.thread.era && task.isQuestion !== true) scene.alias(saidTaskId(key, title), task.id);
}

/** Says how a task stands now; without a status, that it was spoken of. */
export function change(
  scene: Scene,
  task: ThreadTask,
  status: Status | null,
  reason: string | null,
  quote: string | null,
): void {
  const isSame = status === null || status === task.status;
  task.turn = scene.thread.turn;
  if (isSame && quote === null) return;
  const reopened = status !== null && !isOpen(task.status) && isOpen(status);
  if (status !== null) task.status = status;
  if (status !== null && !isOpen(status)) task.asked = null;
  scene.tell(task.id, task.source, {
    status: isSame ? null : status,
    reason: isSame ? null : (reason ?? (reopened ? 'reopened' : null)),
    quote,
  });
}

/** Takes back a task that this thread told of, as if it had never been. */
export function forget(scene: Scene, id: string): void {
  const task = scene.thread.tasks.find((other) => other.id === id);
  if (task === undefined) return;
  scene.thread.tasks = scene.thread.tasks.filter((other) => other !== task);
  scene.tell(id, task.source, { status: 'cancelled', reason: 'undone' });
}

function remember(thread: Thread, task: ThreadTask): void {
  thread.tasks.push(task);
  // What is done goes first, and of that the oldest.
  while (thread.tasks.length > MOST.tasks) {
    const closed = thread.tasks.findIndex((other) => !isOpen(other.status));
    thread.tasks.splice(closed < 0 ? 0 : closed, 1);
  }
}

/**
 * An item of a list: the same as what was said before in other words, which becomes evidence of it. Two items of lists
 * are never one.
 */
export function listed(scene: Scene, id: string, title: string | null, status: Status | null): void {
  const { thread } = scene;
  const known = thread.tasks.find((task) => task.id === id);
  const short = title?.slice(0, MOST.titleChars) ?? null;
  if (known !== undefined) {
    if (short !== null) known.title = short;
    if (status !== null) known.status = status;
    known.turn = thread.turn;
    return;
  }
  if (title === null || short === null) return;
  const item: ThreadTask = {
    id,
    key: scene.key,
    era: thread.era,
    title: short,
    status: status ?? 'pending',
    source: 'structured',
    turn: thread.turn,
    asked: null,
  };
  for (;;) {
    const said = sameAs(scene, title, (task) => task.source === 'structured');
    if (said === null) break;
    thread.tasks = thread.tasks.filter((task) => task !== said);
    if (said.isQuestion !== true) scene.alias(said.id, id);
    if (said.number !== undefined) item.number = said.number;
  }
  const namesake = sameVerb(thread, short);
  if (namesake?.number !== undefined) item.number = namesake.number;
  if (namesake !== null) {
    thread.tasks = thread.tasks.filter((task) => task !== namesake);
    scene.alias(namesake.id, id);
  }
  remember(thread, item);
  if (thread.listed.length < MOST.listed) thread.listed.push(short);
}

/** The one request of this turn with the verb of a new item: `Reply to him`, `Reply to Lukas about the name`. */
function sameVerb(thread: Thread, title: string): ThreadTask | null {
  const verb = telltaleVerb(title);
  if (verb === null) return null;
  const asked = thread.tasks.filter(
    (task) =>
      task.asked === 'now' &&
      task.source === 'request' &&
      task.isQuestion !== true &&
      telltaleVerb(task.title) === verb,
  );
  return asked.length === 1 && namesLittle(asked[0]?.title ?? '') ? (asked[0] ?? null) : null;
}
