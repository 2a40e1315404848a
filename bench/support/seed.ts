/** A ledger of invented tasks. */
import { round } from './numbers.js';
import { say } from './options.js';
import type { System } from './system.js';
import { factsOf, sessionOf, taskId } from './tasks.js';

/** Writes the tasks `from` to `to` by the store's own commit, and looks whether all are there. */
export async function seedTasks(
  { store, redisBytes }: System,
  from: number,
  to: number,
  batch = 1_000,
): Promise<object> {
  say(`writing tasks up to ${to} …`);
  const now = Date.now();
  const startedAt = performance.now();
  for (let first = from; first < to; first += batch) {
    const indexes = Array.from({ length: Math.min(batch, to - first) }, (_, offset) => first + offset);
    await store.record(
      indexes.flatMap((index) => factsOf(index, now)),
      now,
    );
  }
  const tookS = (performance.now() - startedAt) / 1_000;
  const [known, { openTasks, closedTasks }] = [await store.tasks.get(taskId(to - 1)), await store.count(now)];
  if (known?.sessionId !== sessionOf(to - 1) || openTasks + closedTasks !== to) throw new Error('not all was written');
  const mib = (await redisBytes()) / 2 ** 20;
  return {
    openTasks,
    closedTasks,
    tookS: round(tookS),
    tasksPerS: Math.round((to - from) / tookS),
    redisMib: round(mib),
  };
}
