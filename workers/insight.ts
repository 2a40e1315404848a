import { insight } from '../jobs/insight.js';
import { defineWorker } from './define.js';

/** Counts what the ledger holds. */
export default defineWorker(insight, async ({ store, now }) => {
  const counts = await store.count(now());
  await store.writeCounts(counts);
  const { conversations, openTasks, closedTasks, errors } = counts;
  return { conversations, openTasks, closedTasks, errors };
});
