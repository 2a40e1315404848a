import { healthCheck } from '../jobs/health-check.js';
import type { TargetHealth } from '../src/domain/model.js';
import { JOB_NAMES } from '../src/queue/settings.js';
import { defineWorker } from './define.js';

/** A write and read that takes this long means that tools keep people waiting. */
const SLOW_MS = 250;
const WORST_FIRST = ['down', 'degraded', 'unknown', 'up'] as const;

/** Probes the tracker's own parts: Redis by a real write and read, and whether each queue has someone who serves it. */
export default defineWorker(healthCheck, async ({ store, queues, now }) => {
  const since = now();
  const redisMs = await store.exercise();
  const redis: TargetHealth = {
    name: 'redis',
    status: redisMs > SLOW_MS ? 'degraded' : 'up',
    latencyMs: redisMs,
    since,
    lastError: redisMs > SLOW_MS ? `a write and read took ${Math.round(redisMs)} ms` : null,
  };
  const workers = JOB_NAMES.map(async (name): Promise<TargetHealth> => {
    const [online, { failed, waiting }] = await Promise.all([queues.workersOnline(name), queues.queueDepth(name)]);
    const kept = failed > 0 ? `${failed} failed job(s) kept` : null;
    const lastError = online > 0 ? kept : `no worker serves this queue; ${waiting} job(s) wait`;
    return { name: `worker:${name}`, status: online > 0 ? 'up' : 'degraded', latencyMs: null, since, lastError };
  });
  const targets = [redis, ...(await Promise.all(workers))];
  await store.writeHealth(targets, since);
  const status = WORST_FIRST.find((candidate) => targets.some((target) => target.status === candidate)) ?? 'unknown';
  return { status, targets };
});
