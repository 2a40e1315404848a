/** What the assistant says: reports, puts off, offers; and what follows from its having said nothing against. */
import { isOpen, type Status } from '../../model.js';
import type { AssistantAct } from '../../prose/index.js';
import type { ThreadTask } from './state.js';
import { add, change, forget, meantBy, sameAs, type Scene } from './tasks.js';
import { offer } from './user.js';

type Is<Name extends AssistantAct['is']> = Extract<AssistantAct, { is: Name }>;

/** The assistant has said something; it may be the last word of the turn, and is taken for that until work goes on. */
export function hearAssistant(scene: Scene, acts: readonly AssistantAct[], isAsking: boolean): void {
  const { thread } = scene;
  const added: string[] = [];
  const closed: (readonly [string, Status])[] = [];
  const spoken = new Set<ThreadTask>();
  const isLast = !acts.some((act) => act.is === 'narration');
  thread.offers = acts.some((act) => act.is === 'offer' || act.is === 'finding') ? [] : thread.offers;
  thread.isAsking = isAsking;
  for (const act of acts) {
    switch (act.is) {
      case 'stuck':
      case 'unfinished':
      case 'dropped':
        for (const task of tasksOf(scene, act.about)) {
          spoken.add(task);
          standStill(scene, task, act);
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
      case 'done': {
        const task =
          act.about === null ? null : meantBy(scene, act.about, (one) => isOpen(one.status) && one.isQuestion !== true);
        if (task === null || spoken.has(task)) break;
        closed.push([task.id, task.status]);
        spoken.add(task);
        change(scene, task, 'completed', backing(scene), act.quote);
        break;
      }
      case 'offer':
      case 'finding':
        offer(thread, {
          key: scene.key,
          line: scene.line,
          at: scene.at,
          title: act.title,
          number: act.number,
          priority: act.stated?.priority ?? null,
          id: sameAs(scene, act.title)?.id ?? null,
        });
        break;
      case 'noted':
      case 'narration':
        break;
    }
  }
  if (isLast) closed.push(...conclude(scene, acts, spoken));
  thread.draft = { added, closed };
}

/** Which tasks a report is about: the one it names, or what was asked for in this turn. */
function tasksOf(scene: Scene, about: string | null): readonly ThreadTask[] {
  const { thread } = scene;
  const asked = thread.tasks.filter((task) => task.isAsked && isOpen(task.status) && task.isQuestion !== true);
  if (about === null) return asked.length === 1 ? asked : asked.filter((task) => task.status === 'blocked');
  const meant =
    meantBy(scene, about, (task) => task.isAsked && isOpen(task.status)) ??
    meantBy(scene, about, (task) => isOpen(task.status)) ??
    meantBy(scene, about, (task) => task.turn === thread.turn);
  return meant === null || meant.isQuestion === true ? [] : [meant];
}

function standStill(scene: Scene, task: ThreadTask, act: Is<'stuck' | 'unfinished' | 'dropped'>): void {
  if (act.is === 'stuck') change(scene, task, 'blocked', act.on ?? 'stuck', act.quote);
  else if (act.is === 'dropped') {
    if (isOpen(task.status)) change(scene, task, 'cancelled', 'left-out', act.quote);
  } else if (act.begun) change(scene, task, 'in_progress', 'unfinished', act.quote);
  else change(scene, task, task.status === 'in_progress' && !task.isAsked ? null : 'pending', 'not-begun', act.quote);
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
    // Asked for in this turn and named among what is left: it was not done.
    if (isOpen(known.status) && known.isAsked && !spoken.has(known))
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

/** What backs a report that something is done, as a reason. */
function backing({ thread }: Scene): string {
  if (thread.tests === 'fail') return 'tests-fail';
  return thread.proof ?? (thread.tests === 'pass' ? 'tests-pass' : 'reported');
}

/** What was asked for in this turn is done, where work was done and nothing was said against it. */
function conclude(
  scene: Scene,
  acts: readonly AssistantAct[],
  spoken: ReadonlySet<ThreadTask>,
): (readonly [string, Status])[] {
  const { thread } = scene;
  const closed: (readonly [string, Status])[] = [];
  const isReport = acts.some((act) => act.is === 'done');
  const isUndecided =
    acts.some((act) => (act.is === 'stuck' || act.is === 'unfinished') && act.about === null) && spoken.size === 0;
  const isNoted = acts.some((act) => act.is === 'noted');
  for (const task of thread.tasks.filter((one) => one.isAsked && isOpen(one.status) && !spoken.has(one))) {
    if (task.isQuestion === true) {
      thread.tasks = thread.tasks.filter((one) => one !== task);
      continue;
    }
    if (task.source === 'structured' || task.status === 'blocked' || isUndecided) continue;
    if (!(thread.worked || isReport) || (isNoted && !thread.worked)) continue;
    closed.push([task.id, task.status]);
    task.isAsked = true;
    change(scene, task, 'completed', backing(scene), null);
  }
  return closed;
}

/** Work goes on after all: what the last text closed or put off because it seemed to be the last is as it was. */
export function reconsider(scene: Scene): void {
  const { thread } = scene;
  const { draft } = thread;
  if (draft === null) return;
  thread.draft = null;
  for (const id of draft.added) forget(scene, id);
  for (const [id, before] of draft.closed) {
    const task = thread.tasks.find((one) => one.id === id);
    if (task?.status !== 'completed') continue;
    task.status = before;
    task.isAsked = true;
    scene.tell(id, task.source, { status: before, reason: 'undone' });
  }
}
