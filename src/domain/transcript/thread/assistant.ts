/** What the assistant says: reports, puts off, offers; and what follows from its having said nothing against. */
import { isOpen, type Status } from '../../model.js';
import { Account, namesSomething, shortfallIn, type AssistantAct } from '../../prose/index.js';
import {
  ASKED_FROM,
  backing,
  byNumbers,
  closeLabelled,
  closeLikeliest,
  closeListed,
  closeMentioned,
  closeNumbered,
} from './closing.js';
import { labelledTask } from './labels.js';
import { offer } from './offers.js';
import { MOST, type ThreadTask } from './state.js';
import { statusOf } from './standing.js';
import { add, again, change, forget, isWaiting, meantBy, sameAs, type Scene } from './tasks.js';
import { isTold, REASONS, tellings } from './told.js';
import type { Unit } from './units.js';

type Is<Name extends AssistantAct['is']> = Extract<AssistantAct, { is: Name }>;

/** What the assistant says at one point. */
export interface Reply {
  readonly acts: readonly AssistantAct[];
  readonly sentences: readonly string[];
  /** See `labels.ts`. */
  readonly labels: ReadonlyMap<string, string>;
  /** See `standing.ts`. */
  readonly units: readonly Unit[];
  /** It ends in a question. */
  readonly isAsking: boolean;
}

/** The assistant has said something; it may be the last word of the turn, and is taken for that until work goes on. */
export function hearAssistant(scene: Scene, { acts: heard, sentences, labels, units, isAsking }: Reply): void {
  const { thread } = scene;
  const added: string[] = [];
  const closed: (readonly [string, Status])[] = [];
  const spoken = new Set<ThreadTask>();
  const last = sentences.at(-1) ?? '';
  const told = tellings(scene, heard, units);
  const acts = told.size === 0 ? heard : heard.filter((act) => !isTold(act, told));
  const tells = acts.filter((act) => act.is === 'narration');
  // Amid a longer account a word on what comes next does not make it a beginning; at its end it does.
  const isLast = !tells.some(({ quote }) => !thread.worked || last.includes(quote) || quote.includes(last));
  thread.offers = acts.some((act) => act.is === 'offer' || act.is === 'finding') ? [] : thread.offers;
  thread.isAsking = isAsking;
  thread.topics = sentences.slice(-MOST.topics).map((sentence) => sentence.slice(0, MOST.topicChars));
  const rest = new Account(affirmed(acts, sentences));
  for (const [task, one] of told) {
    const before = task.status;
    const status = statusOf(task, one);
    change(scene, task, status, status === null ? null : (REASONS[one.status] ?? backing(scene)), one.quote);
    if (status === 'pending' && before === 'in_progress') closed.push([task.id, before]);
    spoken.add(task);
  }
  for (const act of acts) {
    switch (act.is) {
      case 'stuck':
      case 'unfinished':
      case 'dropped':
        for (const task of tasksOf(scene, act, rest, labels)) {
          if (told.has(task) && (act.is !== 'stuck' || act.about === null || !isOpen(task.status))) continue;
          standStill(scene, task, act, spoken.has(task));
          spoken.add(task);
        }
        break;
      case 'defer':
      case 'box': {
        const task = putOff(scene, act, spoken);
        if (task === null) break;
        spoken.add(task);
        if (!thread.draft?.added.includes(task.id) && task.turn === thread.turn && task.source !== 'structured')
          added.push(task.id);
        break;
      }
      case 'offer':
      case 'finding':
        offer(thread, {
          key: scene.key,
          title: act.title,
          number: act.number,
          priority: act.stated?.priority ?? null,
          id: sameAs(scene, act.title)?.id ?? null,
        });
        break;
      case 'done':
      case 'noted':
      case 'narration':
        break;
    }
  }
  closeNumbered(scene, rest, spoken);
  closeLabelled(scene, rest, labels, spoken);
  closeMentioned(scene, rest, spoken);
  closeListed(scene, acts, rest, spoken);
  if (!isLast && acts.some((act) => act.is === 'done')) closeLikeliest(scene, rest, spoken);
  if (isLast) {
    thread.isReported = true;
    closed.push(...conclude(scene, acts, rest, spoken, sentences));
  }
  thread.draft = { added, closed, isReport: acts.some((act) => act.is === 'done') };
}

/** Sentences that nothing says less of than that they are so. */
function affirmed(acts: readonly AssistantAct[], sentences: readonly string[]): readonly string[] {
  const less = acts.filter((act) => act.is !== 'done').map((act) => act.quote.slice(0, QUOTE_CHARS));
  return sentences.filter((sentence) => !less.some((quote) => sentence.includes(quote) || quote.includes(sentence)));
}

/** As much of a quote tells which sentence it is. */
const QUOTE_CHARS = 80;
/** After a failed call so short a text is no account but says what is tried next. */
const FEW_SENTENCES = 2;

/** Which tasks a report is about: the one it names, or what was asked for in this turn. */
function tasksOf(
  scene: Scene,
  act: Is<'stuck' | 'unfinished' | 'dropped'>,
  account: Account,
  labels: ReadonlyMap<string, string>,
): readonly ThreadTask[] {
  const { thread } = scene;
  const { about } = act;
  const numbered = about === null ? [] : byNumbers(thread, about);
  if (numbered.length > 0) return numbered;
  const sentence = [...labels.keys()].find((one) => one.includes(act.quote) || act.quote.includes(one));
  const labelled = sentence === undefined ? null : labelledTask(scene, labels.get(sentence));
  if (labelled !== null) return [labelled];
  const meant =
    about === null
      ? null
      : (meantBy(scene, about, isWaiting) ??
        meantBy(scene, about, (task) => isOpen(task.status)) ??
        meantBy(scene, about, (task) => task.turn === thread.turn));
  if (meant !== null) return meant.isQuestion === true ? [] : [meant];
  // What was not begun and is none of what is known is other work.
  if (about !== null && act.is === 'unfinished' && !act.begun) return [];
  const all = thread.tasks.filter((task) => isWaiting(task) && task.asked === 'now');
  // What the user spoke of last is meant before what still waits from earlier.
  const fresh = all.filter((task) => task.turn === thread.turn);
  const asked = fresh.length > 0 ? fresh : all;
  if (about !== null && ALL_OF_IT.test(about)) return asked;
  const blocked = asked.filter((task) => task.status === 'blocked');
  if (blocked.length > 0) return blocked;
  const left = asked.filter((task) => account.telling(task.title, ASKED_FROM) === undefined);
  // It cannot go on, and of nothing that was asked for it says how it is: it is all of that.
  const isAll = act.is === 'stuck' && about === null && left.length === asked.length;
  return left.length === 1 || isAll ? left : [];
}

const ALL_OF_IT = /\b(?:either|neither|both|(?:all|none|any) of (?:them|it|this|these|those))\b/i;

function standStill(
  scene: Scene,
  task: ThreadTask,
  act: Is<'stuck' | 'unfinished' | 'dropped'>,
  wasTold: boolean,
): void {
  if (act.is === 'stuck') change(scene, task, 'blocked', act.on ?? 'stuck', act.quote);
  else if (act.is === 'dropped') {
    if (isOpen(task.status)) change(scene, task, 'cancelled', 'left-out', act.quote);
  } else if (act.begun)
    // "I have to pass; the bug is still there": that it is not done is no news then.
    change(scene, task, task.status === 'blocked' && wasTold ? null : 'in_progress', 'unfinished', act.quote);
  else {
    // What waits for something is not begun either, and what a list says is under way may be so in another part.
    const stays = task.status === 'blocked' || (task.status === 'in_progress' && task.asked === null);
    change(scene, task, stays ? null : 'pending', 'not-begun', act.quote);
  }
}

/** Work that is left: new, or what is known already and is not done. */
function putOff(scene: Scene, act: Is<'defer' | 'box'>, spoken: ReadonlySet<ThreadTask>): ThreadTask | null {
  const { title, quote, stated } = act;
  const known = sameAs(scene, title, (task) => task.isQuestion === true);
  const priority = stated?.priority ?? null;
  if (act.is === 'box' && act.checked) {
    if (known !== null && isOpen(known.status)) change(scene, known, 'completed', 'reported', quote);
    return known;
  }
  if (known !== null) {
    again(scene, known, title);
    // Asked for in this turn and named among what is left: it was not done.
    if (isOpen(known.status) && known.asked !== null && !spoken.has(known))
      change(scene, known, 'pending', 'not-begun', quote);
    else change(scene, known, null, null, quote);
    if (priority !== null && known.priority === undefined) {
      known.priority = priority;
      scene.tell(known.id, known.source, { priority, priorityWords: stated?.words ?? null });
    }
    return known;
  }
  const source = act.is === 'box' ? 'marker' : 'deferred';
  return add(scene, { title, source, status: 'pending', quote, priority, priorityWords: stated?.words ?? null });
}

/**
 * What was asked for in this turn is done, where work was done and nothing was said against it. Of several things an account
 * that names some leaves the others open.
 */
function conclude(
  scene: Scene,
  acts: readonly AssistantAct[],
  account: Account,
  spoken: ReadonlySet<ThreadTask>,
  sentences: readonly string[],
): (readonly [string, Status])[] {
  const { thread } = scene;
  const closed: (readonly [string, Status])[] = [];
  thread.tasks = thread.tasks.filter((task) => !(task.isQuestion === true && task.asked === 'now'));
  const isReport = acts.some((act) => act.is === 'done');
  const isAll = acts.some((act) => act.is === 'done' && act.about !== null && ALL_OF_IT.test(act.about));
  const isUndecided = acts.some((act) => act.is === 'stuck' || act.is === 'unfinished');
  const isNoted = acts.some((act) => act.is === 'noted');
  if (thread.denied && !thread.worked && !isReport) {
    for (const task of thread.tasks) {
      if (!isWaiting(task) || task.asked !== 'now' || spoken.has(task)) continue;
      closed.push([task.id, task.status]);
      change(scene, task, 'blocked', 'refused', null);
    }
    return closed;
  }
  if (!(thread.worked || isReport) || (isNoted && !thread.worked)) return closed;
  const isStuck = thread.tests === 'fail' || (thread.failed && account.sentences.length <= FEW_SENTENCES);
  if (isStuck && !isReport) return closed;
  const waiting = thread.tasks.filter((task) => isWaiting(task) && task.asked === 'now' && !spoken.has(task));
  const named = thread.tasks.filter(
    (task) => spoken.has(task) && task.source !== 'deferred' && task.turn === thread.turn,
  );
  // It says what was not done, and of nothing that it was.
  const short = isReport ? null : shortfallIn(sentences);
  for (const task of waiting) {
    if (task.status === 'blocked') continue;
    const isOther = namesSomething(task.title) && !account.names(task.title);
    if (isOther && !isAll && (isUndecided || named.length > 0 || (waiting.length > 1 && !isReport))) continue;
    closed.push([task.id, task.status]);
    if (short === null) change(scene, task, 'completed', backing(scene), null);
    else change(scene, task, short, REASONS[short] ?? null, null);
    task.asked = 'now';
  }
  return closed;
}

/** Work goes on after all: what the last text closed or put off because it seemed to be the last is as it was. */
export function reconsider(scene: Scene, why: 'undone' | 'interrupted' = 'undone'): void {
  const { thread } = scene;
  const { draft } = thread;
  thread.isReported = false;
  if (draft === null) return;
  thread.draft = null;
  for (const id of draft.added) forget(scene, id);
  for (const [id, before] of draft.closed) {
    const task = thread.tasks.find((one) => one.id === id);
    if (task === undefined || !['completed', 'blocked', 'pending'].includes(task.status)) continue;
    task.status = before;
    task.asked = 'now';
    scene.tell(id, task.source, { status: before, reason: why });
  }
}
