/** Reading what happened lately: changes of tasks, errors, health. */
import type { Redis } from 'ioredis';
import type { Activity } from '../domain/model.js';
import type { TaskRecord } from '../domain/tasks/index.js';
import { loadFailures } from './failures.js';
import { scored, type Keys } from './keys.js';
import { loadErrors } from './known-errors.js';
import { answersOf } from './pipeline.js';
import { loadTasks } from './tasks.js';

/** Events that are looked at to find those of one project, and how many at once. */
const BUDGET = 2_000;
const STEP = 200;

/** Oldest first; of more than `limit` events the latest. */
export async function listActivity(
  redis: Redis,
  keys: Keys,
  { since, limit, project }: { readonly since: number; readonly limit: number; readonly project?: string },
): Promise<{ events: Activity[]; total: number }> {
  const total = await redis.zcount(keys.of('activity'), since, '+inf');
  if (project === undefined) {
    // Hours in which errors were logged stand apart: there are many where services fail, and they must not push out the rest.
    const [told, hours, logged] = await Promise.all([
      entriesOf(redis, keys.of('activity'), since, 0, limit),
      entriesOf(redis, keys.of('logged'), since, 0, limit),
      redis.zcount(keys.of('logged'), since, '+inf'),
    ]);
    const all = [...told, ...hours.map(([entry, at]) => [`l:${entry}`, at] as const)];
    const latest = all.sort(([a, x], [b, y]) => y - x || (a < b ? 1 : -1)).slice(0, limit);
    return { events: (await eventsOf(redis, keys, latest)).reverse(), total: total + logged };
  }
  const events: Activity[] = [];
  // What happened elsewhere is looked at on the way, as far as the budget goes.
  for (let offset = 0; offset < Math.min(total, BUDGET); offset += STEP) {
    const entries = await entriesOf(redis, keys.of('activity'), since, offset, STEP);
    const step = await eventsOf(redis, keys, entries);
    events.push(...step.filter((event) => event.project === project));
  }
  return { events: events.slice(0, limit).reverse(), total: events.length };
}

type Entry = readonly [entry: string, at: number];

/** Latest first. */
const entriesOf = async (redis: Redis, key: string, since: number, offset: number, limit: number): Promise<Entry[]> =>
  scored(await redis.zrevrangebyscore(key, '+inf', since, 'WITHSCORES', 'LIMIT', offset, limit));

/** In the order of the entries. */
async function eventsOf(redis: Redis, keys: Keys, entries: readonly Entry[]): Promise<Activity[]> {
  const tasks = await loadTasks(redis, keys, idsOf(entries, 't'));
  const failures = await loadFailures(redis, keys, idsOf(entries, 'e'));
  const errors = await loadErrors(redis, keys, [...idsOf(entries, 'l'), ...idsOf(entries, 'p')]);
  const counts = await hourCounts(redis, keys, entries);
  const events: Activity[] = [];
  for (const [entry, at] of entries) {
    const [kind, id = '', ev] = entry.split(':');
    const task = tasks.get(id);
    const failure = failures.get(id);
    if (kind === 't' && task !== undefined) events.push(taskActivity(task, ev ?? '', at));
    else if (kind === 'e' && failure !== undefined) {
      const title = failure.message.text.slice(0, 200);
      const [sessionId = null] = failure.sessions;
      events.push({
        at,
        kind: 'error',
        what: 'occurred',
        id,
        title,
        sessionId,
        project: failure.project?.text ?? null,
      });
    } else if (kind === 'l' || kind === 'p') {
      const error = errors.get(id);
      const count = counts.get(entry);
      if (error === undefined || (kind === 'l' && count === undefined)) continue;
      const what = kind === 'l' ? 'logged' : (ev ?? '');
      const event = { at, kind: 'error' as const, what, id: error.id, title: error.message.slice(0, 200) };
      events.push({ ...event, sessionId: null, project: null, ...(count !== undefined && { count }) });
    } else if (kind === 'h') {
      const name = decodeURIComponent(id);
      events.push({ at, kind: 'health', what: ev ?? '', id: name, title: name, sessionId: null, project: null });
    }
  }
  return events;
}

/** How often an error was logged in the hour of its entry. */
async function hourCounts(
  redis: Redis,
  keys: Keys,
  entries: readonly (readonly [string, number])[],
): Promise<Map<string, number>> {
  const logged = entries.map(([entry]) => entry).filter((entry) => entry.startsWith('l:'));
  const pipeline = redis.pipeline();
  for (const entry of logged) {
    const [, id = '', hour = ''] = entry.split(':');
    pipeline.hget(keys.of('err', id, 'h'), hour);
  }
  const answers = (await answersOf(pipeline)) as (string | null)[];
  return new Map(
    logged.flatMap((entry, index) => {
      const count = Number(answers[index] ?? 0);
      return count > 0 ? [[entry, count] as const] : [];
    }),
  );
}

const idsOf = (entries: readonly (readonly [string, number])[], kind: string): string[] => [
  ...new Set(entries.flatMap(([entry]) => (entry.startsWith(`${kind}:`) ? [entry.split(':')[1] ?? ''] : []))),
];

function taskActivity(task: TaskRecord, ev: string, at: number): Activity {
  const event = task.events.find((one) => one.ev === ev);
  const ruling = task.ruling?.ev === ev ? task.ruling : undefined;
  return {
    at,
    kind: 'task',
    what: event?.status ?? ruling?.is ?? 'changed',
    id: task.id,
    title: task.title?.value ?? '',
    sessionId: Object.keys(event?.refs ?? {})[0] ?? null,
    project: task.project?.value ?? null,
  };
}
