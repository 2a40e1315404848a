/** What a hand says of tasks: a status, that something is no task, that it is the same as another. */
import type { Redis } from 'ioredis';
import { SAYS_NOTHING, type TaskFact } from '../domain/facts.js';
import { eventIdOf, lookOf } from '../domain/ids.js';
import { SOURCES, type Status } from '../domain/model.js';
import type { Offers } from '../domain/precision.js';
import { isHidden, refusalOf, type MergeRefusal, type TaskRecord } from '../domain/tasks/index.js';
import { MergeRefusedError, type Commit } from './commit.js';
import type { Keys } from './keys.js';
import { learnsBy, loadLessons } from './lessons.js';
import { answersOf } from './pipeline.js';
import { loadTasks } from './tasks.js';

export interface HandChange {
  readonly taskId: string;
  readonly status: Status | 'dismissed' | 'merged';
  /** The task to merge it into. */
  readonly into?: string | null | undefined;
  readonly note: string | null;
  readonly at: number;
}

/** Nobody says two things of one task in so short a time, but programs do. */
const AT_ONCE_MS = 50;
/** Tasks that learn something at once. */
const AT_ONCE = 200;

/**
 * @returns the id that the task is kept under; null if there is none
 * @throws MergeRefusedError
 */
export async function changeByHand(
  redis: Redis,
  keys: Keys,
  save: (commit: Commit) => Promise<void>,
  change: HandChange,
): Promise<string | null> {
  const { taskId, status, note } = change;
  const asked = change.into ?? null;
  const loaded = await loadTasks(redis, keys, asked === null ? [taskId] : [taskId, asked]);
  const record = loaded.get(taskId);
  if (record === undefined) return null;
  const target = asked === null ? undefined : loaded.get(asked);
  const into = target?.id ?? null;
  if (status === 'merged' && into === null) throw new MergeRefusedError('unknown');
  const eventId = eventIdOf(`hand:${record.id}:${status}:${into ?? ''}:${note ?? ''}:${change.at}`);
  const at = instantFor(record, eventId, change.at);
  const isRuling = status === 'dismissed' || status === 'merged';
  const fact: TaskFact = {
    ...SAYS_NOTHING,
    is: 'task',
    id: record.id,
    eventId,
    // That it is no task is no work on it.
    at: isRuling ? record.lastAt : at,
    sessionId: '',
    line: 0,
    source: record.source,
    project: null,
    agent: record.agent,
    by: 'hand',
    ...(isRuling ? { ruling: { is: status, into, why: note, at } } : { status, reason: note }),
  };
  await save({ facts: [fact], now: at, hand: { id: record.id, into: status === 'merged' ? into : null } });
  if (record.title !== null) await teach(redis, keys, save, lookOf(record.title.value), at);
  return record.id;
}

/** Of two things that a hand said at the same instant, or nearly, the one that is done later was said later. */
function instantFor({ events, hand, ruling }: TaskRecord, ev: string, at: number): number {
  const said = [hand, ruling].filter((one) => one != null);
  const before = [...said, ...events].find((one) => one.ev === ev);
  if (before !== undefined) return before.at;
  const last = Math.max(...said.map((one) => one.at), 0);
  return at <= last && last - at < AT_ONCE_MS ? last + 1 : at;
}

/**
 * Has the tasks with these words learn what was taught of them. One that is told of just now either sees the lesson, or is in
 * the index by the time that this looks for it.
 */
async function teach(
  redis: Redis,
  keys: Keys,
  save: (commit: Commit) => Promise<void>,
  look: string,
  now: number,
): Promise<void> {
  const lesson = (await loadLessons(redis, keys, [look])).get(look)?.lesson;
  if (lesson === undefined) return;
  const ids = await redis.smembers(keys.of(lesson.is === 'dismissed' ? 'look' : 'dismissed', look));
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const records = await loadTasks(redis, keys, ids.slice(from, from + AT_ONCE));
    const learns = (record: TaskRecord): boolean => learnsBy(record) === look && record.lesson?.ev !== lesson.ev;
    const again = [...records.values()].filter(learns).map(({ id }) => id);
    if (again.length > 0) await save({ facts: [], again, now });
  }
}

/** Why one task cannot be merged into another, as far as is known now; `task` if there is no such task. */
export async function mergeRefusal(
  redis: Redis,
  keys: Keys,
  id: string,
  into: string,
): Promise<MergeRefusal | 'task' | null> {
  const records = await loadTasks(redis, keys, [id, into]);
  const [task, target = null] = [records.get(id), records.get(into)];
  return task === undefined ? 'task' : refusalOf(task, target !== null && isHidden(target) ? null : target);
}

/** Tasks that prose tells of, as they were listed: those that are kept, and those that a hand dismissed. */
export async function readOffers(redis: Redis, keys: Keys): Promise<Offers[]> {
  const sources = SOURCES.filter((source) => source !== 'structured');
  const sizes = redis.pipeline();
  for (const source of sources) sizes.scard(keys.of('offered', source)).scard(keys.of('offered', source, 'dismissed'));
  const counts = (await answersOf(sizes)) as number[];
  return sources.map((source, index) => {
    const [kept = 0, dismissed = 0] = counts.slice(2 * index);
    return { source, offered: kept + dismissed, dismissed };
  });
}
