/** What is said to be not queued must never appear. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { UnavailableError } from '../../src/errors.js';
import { configureLogger } from '../../src/logger.js';
import { createEnqueuer, type Enqueuer } from '../../src/queue/enqueue.js';
import { startRedis } from '../support/redis.js';
import { jobKeys, testSettings, transcript } from './support.js';

configureLogger({ level: 'silent' });
let folder: string;
const ends: (() => Promise<void>)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracker-away-'));
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  await rm(folder, { recursive: true, force: true });
});

function enqueuer(settings = testSettings(join(folder, 'r.sock'))): { settings: typeof settings; queues: Enqueuer } {
  const queues = createEnqueuer(settings);
  ends.push(() => queues.close());
  return { settings, queues };
}

async function redis(...args: string[]) {
  const started = await startRedis(['--appendonly', 'yes', ...args], folder);
  ends.push(() => started.stop());
  return started;
}

/** Asks for a job, which must fail with UnavailableError, and gives the time it took. */
async function refused({ enqueue }: Enqueuer, path: string): Promise<number> {
  const startedAt = performance.now();
  await expect(enqueue('ingest', transcript(path))).rejects.toThrow(UnavailableError);
  return performance.now() - startedAt;
}

test('with Redis down from the start, each request fails within two seconds and nothing appears when it comes', async () => {
  const { settings, queues } = enqueuer();
  const took = await Promise.all(['/a', '/b', '/c'].map((path) => refused(queues, path)));
  expect(Math.max(...took)).toBeLessThan(2_300);
  await redis();
  const { jobId } = await queues.enqueue('ingest', transcript('/later'));
  await sleep(300);
  expect(await jobKeys(settings, 'ingest')).toEqual([jobId]);
});

test('with Redis killed after a good start, nothing appears when it comes back', async () => {
  const { settings, queues } = enqueuer();
  const first = await redis();
  const before = await queues.enqueue('ingest', transcript('/before'));
  await first.kill();
  expect(await refused(queues, '/during')).toBeLessThan(2_300);
  await redis();
  const after = await queues.enqueue('ingest', transcript('/after'));
  await sleep(300);
  expect([...(await jobKeys(settings, 'ingest'))].sort()).toEqual([before.jobId, after.jobId].sort());
});

test('with Redis stopped in the middle, what lies in its socket is refused when it goes on', async () => {
  const { settings, queues } = enqueuer();
  const { pid } = await redis();
  const before = await queues.enqueue('ingest', transcript('/before'));
  process.kill(pid, 'SIGSTOP');
  try {
    expect(await refused(queues, '/during')).toBeLessThan(2_300);
    expect(await refused(queues, '/again')).toBeLessThan(2_300);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  const after = await queues.enqueue('ingest', transcript('/after'));
  await sleep(300);
  expect([...(await jobKeys(settings, 'ingest'))].sort()).toEqual([before.jobId, after.jobId].sort());
});

test('a short absence is waited for', async () => {
  const { queues } = enqueuer();
  const first = await redis();
  await queues.enqueue('ingest', transcript('/before'));
  await first.kill();
  const asked = queues.enqueue('ingest', transcript('/during'));
  await redis();
  expect((await asked).deduplicated).toBe(false);
});

test('a wrong password is named', async () => {
  const { queues } = enqueuer();
  await redis('--requirepass', 'right');
  await expect(queues.enqueue('insight', { reason: 'asked' })).rejects.toThrow(/NOAUTH|no answer/);
});
