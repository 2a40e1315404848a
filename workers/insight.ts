import { insight } from '../jobs/insight.js';
import { defineWorker } from './define.js';

/** Forgets what is older than its retention, then counts what the ledger holds. */
export default defineWorker(insight, async ({ store, config, now }) => {
  await store.retire(config.retention, now());
  const counts = await store.count(now());
  await store.writeCounts(counts);
  const { conversations, openTasks, closedTasks, errors } = counts;
  return { conversations, openTasks, closedTasks, errors };
});
