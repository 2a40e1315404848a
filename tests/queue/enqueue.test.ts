import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { ingest } from '../../jobs/ingest.js';
import { InputError } from '../../src/errors.js';
import { configureLogger } from '../../src/logger.js';
import { createEnqueuer, type Enqueuer } from '../../src/queue/enqueue.js';
import { serve, type JobRun, type Serving } from '../../src/queue/serve.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { gate, jobKeys, READ, testSettings, transcript, tuned, until } from './support.js';
import type { z } from 'zod';
import type { QueueSettings } from '../../src/queue/settings.js';

configureLogger({ level: 'silent' });
let redis: TestRedis;
const open: (Enqueuer | Serving)[] = [];
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

function enqueuer(settings: QueueSettings): Enqueuer {
  const made = createEnqueuer(settings);
  open.push(made);
  return made;
}

type Payload = z.infer<typeof ingest.payload>;
function worker(settings: QueueSettings, run: (job: JobRun<Payload>) => Promise<typeof READ>): Serving {
  const made = serve(ingest, run, settings);
  open.push(made);
  return made;
}

const pathOf = (payload: Payload): string => (payload.kind === 'transcript' ? payload.path : '');

test('a second request for the same file gets the id of the first', async () => {
  const { enqueue } = enqueuer(testSettings(redis.socket));
  const first = await enqueue('ingest', transcript('/a'));
  const second = await enqueue('ingest', transcript('/a'));
  const other = await enqueue('ingest', transcript('/b'));
  expect(first).toMatchObject({ state: 'waiting', deduplicated: false });
  expect(second).toEqual({ jobId: first.jobId, state: 'waiting', deduplicated: true, position: 0 });
  expect(other.deduplicated).toBe(false);
});

test('a payload that does not fit is refused without repeating it', async () => {
  const { enqueue } = enqueuer(testSettings(redis.socket));
  const wrong = { ...transcript('/a'), urgency: 'secret words' } as never;
  const error: unknown = await enqueue('ingest', wrong).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  expect(String(error)).toContain('urgency');
  expect(String(error)).not.toContain('secret words');
});

test('a burst of 1,000 requests for one file makes few jobs, and one of them starts after the last request', async () => {
  const settings = testSettings(redis.socket);
  const { enqueue } = enqueuer(settings);
  const starts: number[] = [];
  worker(settings, async () => {
    starts.push(performance.now());
    await new Promise((resolve) => setTimeout(resolve, 20));
    return READ;
  });
  let lastAskedAt = 0;
  for (let burst = 0; burst < 20; burst += 1) {
    await Promise.all(
      Array.from({ length: 50 }, () => {
        lastAskedAt = performance.now();
        return enqueue('ingest', transcript('/a'));
      }),
    );
  }
  await until(() => (starts.at(-1) ?? 0) > lastAskedAt);
  expect(starts.length).toBeLessThan(200);
});

test('a request that comes while the file is read is kept and follows once', async () => {
  const settings = testSettings(redis.socket);
  const { enqueue, queueDepth } = enqueuer(settings);
  const first = gate();
  let runs = 0;
  worker(settings, async () => {
    runs += 1;
    if (runs === 1) await first.opened;
    return READ;
  });
  const { jobId } = await enqueue('ingest', transcript('/a'));
  await until(() => runs === 1);
  for (let again = 0; again < 5; again += 1) {
    expect(await enqueue('ingest', transcript('/a'))).toMatchObject({
      jobId,
      state: 'active',
      deduplicated: true,
      position: null,
    });
  }
  first.open();
  await until(() => runs === 2);
  await until(async () => (await queueDepth('ingest')).active === 0);
  expect(runs).toBe(2);
});

test('live jobs go before backfill, and a file asked for live leaves the backfill', async () => {
  const settings = testSettings(redis.socket);
  const { enqueue, queueDepth } = enqueuer(settings);
  for (const path of ['/old-1', '/old-2', '/old-3']) await enqueue('ingest', transcript(path, 'backfill'));
  await enqueue('ingest', transcript('/live'));
  const raised = await enqueue('ingest', transcript('/old-3'));
  expect(raised).toMatchObject({ deduplicated: true, state: 'waiting' });
  expect(await queueDepth('ingest')).toEqual({ waiting: 5 - 1, active: 0, delayed: 0, failed: 0, position: 2 });
  const order: string[] = [];
  worker(settings, async ({ payload }) => {
    order.push(pathOf(payload));
    return READ;
  });
  await until(() => order.length === 4);
  expect(order).toEqual(['/live', '/old-3', '/old-1', '/old-2']);
});

test('a live request does not wait for the pause of a job that failed', async () => {
  const settings = tuned(testSettings(redis.socket), 'ingest', { backoffMs: 60_000 });
  const { enqueue, queueDepth } = enqueuer(settings);
  let runs = 0;
  worker(settings, async () => {
    runs += 1;
    if (runs === 1) throw new Error('for now');
    return READ;
  });
  await enqueue('ingest', transcript('/a'));
  await until(async () => (await queueDepth('ingest')).delayed === 1);
  expect(await enqueue('ingest', transcript('/a'))).toMatchObject({ deduplicated: true });
  await until(() => runs === 2);
});

test('a request with a delay waits, and a second one with a delay does not hurry it', async () => {
  const { enqueue, queueDepth } = enqueuer(testSettings(redis.socket));
  expect((await enqueue('correlate', { reason: 'ingested' }, { delayMs: 60_000 })).state).toBe('delayed');
  expect((await enqueue('correlate', { reason: 'ingested' }, { delayMs: 60_000 })).state).toBe('delayed');
  expect((await queueDepth('correlate')).delayed).toBe(1);
  expect((await enqueue('correlate', { reason: 'asked' })).state).toBe('waiting');
});

test('waiting for a job gives its result, or how it stands when the time is up', async () => {
  const settings = testSettings(redis.socket);
  const { enqueue, waitFor, workersOnline } = enqueuer(settings);
  const { jobId } = await enqueue('ingest', transcript('/a', 'asked'));
  expect(await workersOnline('ingest')).toBe(0);
  expect((await waitFor('ingest', jobId, 50)).state).toBe('waiting');
  await worker(settings, async () => ({ ...READ, kept: 7 }) as never).ready;
  expect(await waitFor('ingest', jobId, 5_000)).toMatchObject({
    state: 'completed',
    result: { kept: 7 },
    reason: null,
  });
  expect((await waitFor('ingest', 'never-was', 5_000)).state).toBe('gone');
  expect(await workersOnline('ingest')).toBe(1);
  expect(await workersOnline('insight')).toBe(0);
});

test('the keys of a queue carry its own hash tag', async () => {
  const settings = testSettings(redis.socket);
  const { jobId } = await enqueuer(settings).enqueue('ingest', transcript('/a'));
  expect(await jobKeys(settings, 'ingest')).toEqual([jobId]);
});
