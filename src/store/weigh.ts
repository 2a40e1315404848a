/**
 * What is around tasks: which component they belong to, which errors tied to them still happen, how many tasks wait for them.
 * It is kept beside the record and puts the task in its place in the lists. Only tasks that something happened to are looked at.
 */
import { hash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { KnownComponent } from '../config/components.js';
import { placeOf, RANK_VERSION, type Around, type TaskRecord } from '../domain/tasks/index.js';
import { lookAround } from './around.js';
import type { Change } from './changes.js';
import { aroundOf, indexOps, runCommit, taskFields, type CommitCommand } from './commit.js';
import { componentKey, type Keys } from './keys.js';
import { answersOf } from './pipeline.js';
import type { Op } from './scripts.js';

/** Tasks of one error. */
const MOST_TIED = 200;
const PAGE = 1_000;
/** An error that comes all the time has its tasks looked at once in so long. */
const STIR_EVERY_MS = 6 * 3_600_000;
const MOST_STIRRED = 20_000;

export interface WeighStep {
  /** Tasks that were looked at. */
  readonly weighed: number;
  readonly more: boolean;
  readonly changes: readonly Change[];
}

export interface Weighing {
  /** These tasks are to be looked at soon. */
  ask(tasks: readonly string[]): Promise<void>;
  /** Errors happened, or are judged or tied differently (`isSure`): what is tied to them is looked at soon. */
  stir(errors: readonly string[], now: number, isSure?: boolean): Promise<void>;
  /** Looks around up to `limit` tasks that changed, or whose time has come, and around what they wait for. */
  step(limit: number, now: number): Promise<WeighStep>;
}

interface Loaded {
  readonly id: string;
  readonly version: string;
  readonly text: string;
  readonly record: TaskRecord;
  readonly before: string;
  /** Where it stands: status, priority, component. */
  readonly cell: readonly [status: string, priority: string, component: string];
}

export function createWeighing(
  redis: Redis & CommitCommand,
  keys: Keys,
  components: readonly KnownComponent[],
): Weighing {
  const [unweighed, weighing, weighAt] = [keys.of('unweighed'), keys.of('weighing'), keys.of('weighat')];
  const stirredAt = new Map<string, number>();
  const rules = hash(
    'sha256',
    JSON.stringify([RANK_VERSION, components.map(({ name, words, paths }) => [name, words, paths])]),
  ).slice(0, 16);
  let isBegun = false;

  const ask = async (ids: readonly string[]): Promise<void> => {
    for (let from = 0; from < ids.length; from += PAGE) await redis.sadd(unweighed, ...ids.slice(from, from + PAGE));
  };

  /** Other components, or another way to reckon: all that is listed is looked at again. */
  async function begin(): Promise<void> {
    if (isBegun) return;
    if ((await redis.get(keys.of('weighed'))) !== rules) {
      for (const list of ['open', 'completed', 'cancelled']) {
        for (let from = 0; ; from += PAGE) {
          const ids = await redis.zrange(keys.of('n', list, '*'), from, from + PAGE - 1);
          await ask(ids);
          if (ids.length < PAGE) break;
        }
      }
      await redis.set(keys.of('weighed'), rules);
    }
    isBegun = true;
  }

  /** What a worker that died has left, and then more; nothing is lost of what changes while these are looked at. */
  async function take(limit: number, now: number): Promise<string[]> {
    const due = await redis.zrangebyscore(weighAt, '-inf', now, 'LIMIT', 0, limit);
    await ask(due);
    const left = await redis.srandmember(weighing, limit);
    const next = left.length >= limit ? [] : await redis.srandmember(unweighed, limit - left.length);
    const pipeline = redis.pipeline();
    for (const id of due) pipeline.zrem(weighAt, id);
    for (const id of next) pipeline.smove(unweighed, weighing, id);
    await answersOf(pipeline);
    return [...new Set([...left, ...next])];
  }

  return {
    ask,

    async stir(errors, now, isSure = false) {
      const due = errors.filter((id) => isSure || (stirredAt.get(id) ?? 0) <= now - STIR_EVERY_MS);
      if (stirredAt.size > MOST_STIRRED) stirredAt.clear();
      const pipeline = redis.pipeline();
      for (const id of due) {
        stirredAt.set(id, now);
        pipeline.hkeys(keys.of('tie', id)).sscan(keys.of('relt', id), 0, 'COUNT', MOST_TIED);
      }
      const answers = await answersOf(pipeline);
      const tasks = due.flatMap((_, index) => {
        const [tied, [, beside]] = answers.slice(2 * index) as [string[], [string, string[]]];
        return [...tied, ...beside.slice(0, MOST_TIED)];
      });
      await ask([...new Set(tasks)]);
    },

    async step(limit, now) {
      await begin();
      const taken = await take(limit, now);
      const own = await load(redis, keys, taken);
      const waitedFor = [...new Set(own.flatMap(({ record }) => record.blockedBy))];
      const other = await load(redis, keys, await leadsOf(redis, keys, waitedFor));
      const tasks = [...new Map([...own, ...other].map((task) => [task.id, task])).values()];
      const found = await lookAround(redis, keys, components, tasks, now);
      const changes: Change[] = [];
      const settle = redis.pipeline();
      for (const task of tasks) {
        const { around, until } = found.get(task.id) ?? { around: {}, until: null };
        const written = await write(redis, keys, task, around, now);
        if (written === 'changed') changes.push({ kind: 'task', id: task.id });
        // Somebody writes it just now: it is looked at again.
        if (written === 'refused') settle.sadd(unweighed, task.id);
        else if (until === null) settle.zrem(weighAt, task.id);
        else settle.zadd(weighAt, until, task.id);
      }
      // Names that turned out to be others of a task lead to it.
      const gone = taken.filter((id) => !own.some((task) => task.id === id));
      for (const id of await leadsOf(redis, keys, gone)) if (!gone.includes(id)) settle.sadd(unweighed, id);
      for (const id of taken) settle.srem(weighing, id);
      await answersOf(settle);
      const left = (await redis.scard(unweighed)) + (await redis.scard(weighing));
      return { weighed: tasks.length, more: left > 0, changes };
    },
  };
}

/** The tasks that stand in a list. */
async function load(redis: Redis, keys: Keys, ids: readonly string[]): Promise<Loaded[]> {
  const pipeline = redis.pipeline();
  for (const id of ids) pipeline.hmget(keys.of('task', id), 'v', 'r', 'a', 's', 'p', 'c');
  const answers = (await answersOf(pipeline)) as (string | null)[][];
  return ids.flatMap((id, index) => {
    const [version = null, text = null, before, status, priority, component] = answers[index] ?? [];
    if (version === null || text === null) return [];
    const record = JSON.parse(text) as TaskRecord;
    if (placeOf(record) === null) return [];
    return [{ id, version, text, record, before: before ?? '', cell: [status ?? '', priority ?? '', component ?? ''] }];
  });
}

/** Where ids lead, past other names of a task. */
async function leadsOf(redis: Redis, keys: Keys, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const names = await redis.hmget(keys.of('aliases'), ...ids);
  return [...new Set(ids.map((id, index) => names[index] ?? id))];
}

/** Keeps what was found, and puts the task in its place, unless it was changed meanwhile. */
async function write(
  redis: Redis & CommitCommand,
  keys: Keys,
  { id, version, text, record, before, cell }: Loaded,
  around: Around,
  now: number,
): Promise<'changed' | 'same' | 'refused'> {
  const place = placeOf(record, around);
  if (place === null) return 'same';
  const found = Object.keys(around).length === 0 ? '' : JSON.stringify(around);
  const component = place.component === null ? '' : componentKey(place.component);
  const isThere = [place.status, place.priority, component].every((value, index) => value === cell[index]);
  if (found === before && isThere) {
    const rank = await redis.zscore(keys.of('c', place.status, '*', '*', '*'), id);
    if (Number(rank) === place.rank) return 'same';
  }
  // What tells of when it was read, and of its events, stays as it is.
  const moved = indexOps(id, null, place, now, true).filter(([, key]) => key !== 'closed' && key !== 'activity');
  const ops: Op[] = [
    ...moved,
    ['HSET', `task:${id}`, 'v', String(Number(version) + 1), ...taskFields(record, text, place)],
    found === '' ? ['HDEL', `task:${id}`, 'a'] : ['HSET', `task:${id}`, 'a', found],
  ];
  if (place.component !== null) ops.push(['SADD', 'components', place.component]);
  const commit = { records: [[`task:${id}`, version]] as const, plain: [id], ops, session: null };
  const { answer } = await runCommit(redis, keys, commit);
  if (answer !== 'ok') return 'refused';
  return JSON.stringify(placeOf(record, aroundOf(before))) === JSON.stringify(place) && found === before
    ? 'same'
    : 'changed';
}
