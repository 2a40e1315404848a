/** What the ledger knows of some sessions, in the shape that `extract` reports from. */
import type { Redis } from 'ioredis';
import type { SessionFacts } from '../domain/report.js';
import { loadFailures } from './failures.js';
import { scored, type Keys } from './keys.js';
import { orderOf } from './sessions.js';
import { loadTasks } from './tasks.js';

export type SessionReport = SessionFacts;

/** Everything is read for these sessions only: cost grows with them, not with the ledger. */
export async function readSessions(redis: Redis, keys: Keys, ids: readonly string[]): Promise<SessionReport> {
  const lists = redis.pipeline();
  for (const id of ids) {
    lists
      .zrange(keys.of('s', id, 'open'), 0, -1)
      .zrange(keys.of('s', id, 'done'), 0, -1)
      .zrange(keys.of('serr', id), 0, -1, 'WITHSCORES');
  }
  const answers = ((await lists.exec()) ?? []).map(([, answer]) => answer as string[]);
  const failures = new Map<string, { error: string; event: string; line: number }[]>();
  const taskIds = new Set<string>();
  const errorIds = new Set<string>();
  ids.forEach((id, index) => {
    for (const task of [...(answers[3 * index] ?? []), ...(answers[3 * index + 1] ?? [])]) taskIds.add(task);
    const found = scored(answers[3 * index + 2] ?? []).map(([entry, line]) => {
      const [error = '', event = ''] = entry.split(':');
      errorIds.add(error);
      return { error, event, line };
    });
    failures.set(id, found);
  });
  const tasks = [...(await loadTasks(redis, keys, [...taskIds])).values()];
  const errors = await loadFailures(redis, keys, [...errorIds]);
  const order = await orderOf(redis, keys, [...ids, ...tasks.flatMap((task) => Object.keys(task.sessions))]);
  return { tasks, errors, failures, order };
}
