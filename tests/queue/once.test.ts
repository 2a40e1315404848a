import { expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { ingest } from '../../jobs/ingest.js';
import { InputError, PermanentError } from '../../src/errors.js';
import { configureLogger } from '../../src/logger.js';
import { queueBench } from './bench.js';
import { chat, heldRun, jobKeys, READ, transcript, tuned, until } from './support.js';

configureLogger({ level: 'silent' });
const { settings: freshSettings, enqueuer, worker, queue } = queueBench();

test('a repeat with the same key leads to the same job while it waits, runs, and after it has completed', async () => {
  const settings = freshSettings();
  const queues = enqueuer(settings);
  const asked = () => queues.enqueue('ingest', transcript('/a', 'asked'), { onceKey: 'k' });
  const first = await asked();
  expect(first).toMatchObject({ state: 'waiting', deduplicated: false, position: 0 });
  expect(await asked()).toEqual({ ...first, deduplicated: true });
  const held = heldRun();
  worker(ingest, held.run, settings);
  await held.begun;
  expect(await asked()).toMatchObject({ jobId: first.jobId, state: 'active', deduplicated: true, position: null });
  held.letGo();
  expect(await queues.waitFor('ingest', first.jobId, 5_000)).toMatchObject({ state: 'completed' });
  for (let again = 0; again < 3; again += 1) {
    expect(await asked()).toMatchObject({ jobId: first.jobId, state: 'completed', deduplicated: true });
  }
  expect(held.runs).toBe(1);
  expect(await jobKeys(settings, 'ingest')).toEqual([first.jobId]);
});

test('also what nobody would wait for without a key can be asked for again when it has completed', async () => {
  const settings = freshSettings();
  const queues = enqueuer(settings);
  worker(ingest, async () => READ, settings);
  const { jobId } = await queues.enqueue('ingest', transcript('/a', 'live'), { onceKey: 'k' });
  await queues.waitFor('ingest', jobId, 5_000);
  expect(await queues.enqueue('ingest', transcript('/a', 'live'), { onceKey: 'k' })).toMatchObject({
    jobId,
    state: 'completed',
  });
});

test('a key is one per kind of job, and two keys ask for two jobs with the same content', async () => {
  const queues = enqueuer(freshSettings());
  const jobs = await Promise.all([
    queues.enqueue('insight', { reason: 'asked' }, { onceKey: 'k' }),
    queues.enqueue('health-check', { reason: 'asked' }, { onceKey: 'k' }),
    queues.enqueue('insight', { reason: 'asked' }, { onceKey: 'l' }),
    queues.enqueue('insight', { reason: 'asked' }),
  ]);
  expect(new Set(jobs.map(({ jobId }) => jobId)).size).toBe(4);
  expect(jobs.map(({ deduplicated }) => deduplicated)).toEqual([false, false, false, false]);
});

test('a job that failed for good is asked for anew; one that will be tried again is not', async () => {
  const settings = tuned(freshSettings(), 'ingest', { attempts: 2, backoffMs: 60_000 });
  const queues = enqueuer(settings);
  worker(
    ingest,
    async ({ payload }) => {
      throw payload.kind === 'transcript' && payload.path === '/never'
        ? new PermanentError('no')
        : new Error('for now');
    },
    settings,
  );
  const ask = (path: string) => queues.enqueue('ingest', transcript(path, 'asked'), { onceKey: path, delayMs: 1 });
  const [never, later] = [await ask('/never'), await ask('/later')];
  await until(async () => (await queues.jobState('ingest', later.jobId)).attempts === 1);
  expect(await queues.waitFor('ingest', never.jobId, 5_000)).toMatchObject({ state: 'failed' });
  const again = await ask('/never');
  expect(again).toMatchObject({ deduplicated: false });
  expect(again.jobId).not.toBe(never.jobId);
  expect(await ask('/later')).toMatchObject({ jobId: later.jobId, state: 'delayed', deduplicated: true });
});

test('a job that was cancelled, removed, or completed longer ago than it is kept, is asked for anew', async () => {
  const settings = freshSettings();
  const queues = enqueuer(settings);
  const ask = () => queues.enqueue('ingest', transcript('/a', 'asked'), { onceKey: 'k' });
  const ids = [(await ask()).jobId];
  await queues.cancel('ingest', ids[0] ?? '');
  ids.push((await ask()).jobId);
  const bull = queue(settings, 'ingest');
  const client = await bull.backend.client;
  // As an eviction or a careless hand would; BullMQ's own removal takes its key along.
  await client.del(bull.toKey(ids[1] ?? ''));
  ids.push((await ask()).jobId);
  worker(ingest, async () => READ, settings);
  await queues.waitFor('ingest', ids[2] ?? '', 5_000);
  expect((await ask()).jobId).toBe(ids[2]);
  await client.hset(bull.toKey(ids[2] ?? ''), { finishedOn: Date.now() - (ingest.keepCompleted.ageS + 1) * 1_000 });
  ids.push((await ask()).jobId);
  expect(new Set(ids).size).toBe(4);
});

test('a key that was used for something else is refused, and says for what', async () => {
  const settings = freshSettings();
  const queues = enqueuer(settings);
  const { jobId } = await queues.enqueue('ingest', chat('secret words'), { onceKey: 'k' });
  // The time at which it was asked for is no difference.
  expect(await queues.enqueue('ingest', chat('secret words', 2), { onceKey: 'k' })).toMatchObject({ jobId });
  const error: unknown = await queues.enqueue('ingest', chat('other words'), { onceKey: 'k' }).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(InputError);
  expect(String(error)).toContain(`job ${jobId}`);
  expect(String(error)).toContain('new key');
  expect(String(error)).not.toContain('words');
  expect(await jobKeys(settings, 'ingest')).toEqual([jobId]);
});

test('50 requests at once are 50 jobs, and with one key they are one', async () => {
  const settings = freshSettings();
  const [one, two] = [enqueuer(settings), enqueuer(settings)];
  const fifty = Array.from({ length: 50 }, (_, index) => index);
  const all = await Promise.all(
    fifty.map((index) => (index % 2 === 0 ? one : two).enqueue('ingest', transcript(`/${index}`, 'asked'))),
  );
  expect([...(await jobKeys(settings, 'ingest'))].sort()).toEqual(all.map(({ jobId }) => jobId).sort());
  expect(all.every(({ deduplicated }) => !deduplicated)).toBe(true);
  expect((await one.queueDepth('ingest')).waiting).toBe(50);

  const same = await Promise.all(
    fifty.map((index) =>
      (index % 2 === 0 ? one : two).enqueue('insight', { reason: 'asked' }, { onceKey: 'k', record: record() }),
    ),
  );
  expect(new Set(same.map(({ jobId }) => jobId)).size).toBe(1);
  expect(same.filter(({ deduplicated }) => !deduplicated)).toHaveLength(1);
  expect(await jobKeys(settings, 'insight')).toEqual([same[0]?.jobId]);
});

test('of two repeats at once for a job that failed one makes the new job, and the other gets it', async () => {
  const settings = freshSettings();
  const queues = enqueuer(settings);
  const failing = worker(
    ingest,
    async () => {
      throw new PermanentError('no');
    },
    settings,
  );
  const ask = () => queues.enqueue('ingest', transcript('/a', 'asked'), { onceKey: 'k' });
  const first = await ask();
  await queues.waitFor('ingest', first.jobId, 5_000);
  await failing.close();
  await sleep(1);
  const again = await Promise.all(Array.from({ length: 10 }, ask));
  expect(new Set(again.map(({ jobId }) => jobId)).size).toBe(1);
  expect(again[0]?.jobId).not.toBe(first.jobId);
});

function record() {
  return { tool: 't', about: null, createdAt: 1, ttlMs: 1_000 };
}
