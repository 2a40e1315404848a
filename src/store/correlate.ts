/** Ties the errors of a session to the tasks that were under way when they happened. */
import type { Redis } from 'ioredis';
import type { TaskRecord } from '../domain/tasks.js';
import type { Change } from './changes.js';
import type { Keys } from './keys.js';
import { loadTasks } from './tasks.js';

/** Spans of time in which the task was in progress; the last one may still be open. */
function spansOf(record: TaskRecord): (readonly [number, number])[] {
  return record.events.flatMap((event, index) =>
    event.status === 'in_progress'
      ? [[event.at, record.events[index + 1]?.at ?? Number.MAX_SAFE_INTEGER] as const]
      : [],
  );
}

export async function correlateTouched(
  redis: Redis,
  keys: Keys,
  limit: number,
): Promise<{ sessions: number; links: number; more: boolean; changes: readonly Change[] }> {
  const sessions = await redis.srandmember(keys.of('touched'), limit);
  let links = 0;
  const changes: Change[] = [];
  for (const session of sessions) links += await correlateSession(redis, keys, session, changes);
  // Taken off only now: a worker that dies in between leaves the work to the next.
  if (sessions.length > 0) await redis.srem(keys.of('touched'), ...sessions);
  return { sessions: sessions.length, links, more: (await redis.scard(keys.of('touched'))) > 0, changes };
}

/** @param changes takes the two ends of each link that was not there before */
async function correlateSession(redis: Redis, keys: Keys, session: string, changes: Change[]): Promise<number> {
  const [open, done, failures] = await Promise.all([
    redis.zrange(keys.of('s', session, 'open'), 0, 1_000),
    redis.zrange(keys.of('s', session, 'done'), 0, 1_000),
    redis.zrange(keys.of('serr', session), 0, 2_000),
  ]);
  if (failures.length === 0 || open.length + done.length === 0) return 0;
  const records = await loadTasks(redis, keys, [...open, ...done]);
  const times = redis.pipeline();
  for (const failure of failures) {
    const [error = '', event = ''] = failure.split(':');
    times.zscore(keys.of('err', error, 'ev'), event);
  }
  const answers = (await times.exec()) ?? [];
  const write = redis.pipeline();
  const seen = new Set<string>();
  const ends: Change[] = [];
  failures.forEach((failure, index) => {
    const at = Number(answers[index]?.[1]);
    const [error = ''] = failure.split(':');
    for (const [id, record] of records) {
      if (seen.has(`${id}:${error}`) || !spansOf(record).some(([from, to]) => at >= from && at < to)) continue;
      seen.add(`${id}:${error}`);
      write.sadd(keys.of('rel', id), error).sadd(keys.of('relt', error), id);
      ends.push({ kind: 'task', id }, { kind: 'error', id: error });
    }
  });
  const added = seen.size > 0 ? await write.exec() : null;
  added?.forEach(([, count], index) => {
    const end = ends[index];
    if (count === 1 && end !== undefined) changes.push(end);
  });
  return seen.size;
}
