import { insight } from '../jobs/insight.js';
import { createStudy, type Study } from '../src/domain/learning/index.js';
import type { Store } from '../src/store/index.js';
import { defineWorker } from './define.js';

const SHARE_MS = 2_000;
/** What was learned is good for so long, and for so many times what it took: a large ledger costs no more than a small one. */
const GOOD_FOR_MS = 30 * 60_000;
const GOOD_FOR_TIMES = 200;

interface Walk {
  readonly pages: ReturnType<Store['history']>;
  readonly study: Study;
  tookMs: number;
}
/** Where a walk is that went beyond one job. It is begun anew where its process ends. */
const walks = new WeakMap<Store, Walk>();

/** Forgets what is older than its retention, counts what the ledger holds, and learns from how its tasks went. */
export default defineWorker(insight, async ({ payload, store, config, enqueue, now, signal }) => {
  await store.retire(config.retention, now());
  const counts = await store.count(now());
  await store.writeCounts(counts);
  const { conversations, openTasks, closedTasks, errors } = counts;
  const isDue = payload.reason === 'asked' || walks.has(store) || (await isOld(store, now()));
  // Also where this job is one that goes on: it still runs, so the request is kept and follows it.
  if (isDue && !(await learn(store, now(), signal))) await enqueue('insight', { reason: 'more' });
  return { conversations, openTasks, closedTasks, errors };
});

async function isOld(store: Store, now: number): Promise<boolean> {
  const known = await store.forecast();
  return known === null || now - known.at >= Math.max(GOOD_FOR_MS, GOOD_FOR_TIMES * known.tookMs);
}

/** Goes on with the walk over all tasks, for a share of the time of a job. @returns whether it is at its end */
async function learn(store: Store, now: number, signal: AbortSignal): Promise<boolean> {
  const walk = walks.get(store) ?? { pages: store.history(), study: createStudy(now), tookMs: 0 };
  // What fails on the way begins anew.
  walks.delete(store);
  const startedAt = performance.now();
  for (let pages = 0; ; pages++) {
    const page = await walk.pages.next();
    const isLate = performance.now() - startedAt >= SHARE_MS || (pages > 0 && signal.aborted);
    if (page.done === true && !isLate) break;
    if (page.done !== true) walk.study.add(page.value);
    if (!isLate) continue;
    walk.tookMs += performance.now() - startedAt;
    walks.set(store, walk);
    return false;
  }
  // A second of reckoning on a slow machine, for which a late job leaves no time.
  await store.writeLearned(walk.study.finish(Math.round(walk.tookMs + performance.now() - startedAt)));
  return true;
}
