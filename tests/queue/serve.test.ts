import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { insight } from '../../jobs/insight.js';
import { ingest } from '../../jobs/ingest.js';
import { PermanentError } from '../../src/errors.js';
import { configureLogger } from '../../src/logger.js';
import { createEnqueuer, type Enqueuer } from '../../src/queue/enqueue.js';
import { queuePrefix } from '../../src/queue/connection.js';
import { serve, type Serving } from '../../src/queue/serve.js';
import type { QueueSettings } from '../../src/queue/settings.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { gate, READ, testSettings, transcript, tuned, until } from './support.js';

configureLogger({ level: 'silent' });
const COUNTS = { conversations: 1, openTasks: 2, closedTasks: 3, errors: 4 };
let redis: TestRedis;
const open: (Enqueuer | Serving)[] = [];
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

function keep<T extends Enqueuer | Serving>(made: T): T {
  open.push(made);
  return made;
}

test('a job whose payload does not fit fails for good at once, and its text goes nowhere', async () => {
  const settings = testSettings(redis.socket);
  const queue = new Queue('insight', {
    connection: { path: redis.socket, db: 10 },
    prefix: queuePrefix(settings, 'insight'),
  });
  await queue.add('insight', { reason: 'secret words' }, { jobId: 'odd', attempts: 5 });
  await queue.close();
  let ran = false;
  keep(
    serve(
      insight,
      async () => {
        ran = true;
        return COUNTS;
      },
      settings,
    ),
  );
  const report = await keep(createEnqueuer(settings)).waitFor('insight', 'odd', 5_000);
  expect(report).toMatchObject({ state: 'failed', attempts: 1 });
  expect(report.reason).toBe('PermanentError: the payload does not fit at reason (invalid value)');
  expect(ran).toBe(false);
});

test('a result that its contract does not know fails for good', async () => {
  const settings = testSettings(redis.socket);
  keep(serve(insight, async () => ({ ...COUNTS, secret: 'words' }), settings));
  const queues = keep(createEnqueuer(settings));
  const { jobId } = await queues.enqueue('insight', { reason: 'asked' });
  expect(await queues.waitFor('insight', jobId, 5_000)).toMatchObject({ state: 'failed', attempts: 1 });
});

test('a permanent error fails at once, any other after the last attempt, and both are told once', async () => {
  const settings = tuned(testSettings(redis.socket), 'ingest', { attempts: 3, backoffMs: 10 });
  const told: unknown[] = [];
  const runs: Record<string, number> = {};
  keep(
    serve(
      ingest,
      async ({ payload, attempt }) => {
        const path = payload.kind === 'transcript' ? payload.path : '';
        runs[path] = (runs[path] ?? 0) + 1;
        expect(attempt).toBe(runs[path]);
        if (path === '/never') throw new PermanentError('it cannot be');
        JSON.parse('{"words of a transcript"');
        return READ;
      },
      settings,
      {
        onExhausted: async ({ payload, reason, attempts }) => {
          told.push({ path: payload.kind === 'transcript' ? payload.path : '', reason, attempts });
        },
      },
    ),
  );
  const { enqueue } = keep(createEnqueuer(settings));
  await enqueue('ingest', transcript('/never'));
  await enqueue('ingest', transcript('/torn'));
  await until(() => told.length === 2);
  await sleep(50);
  expect(told).toEqual([
    { path: '/never', reason: 'PermanentError: it cannot be', attempts: 1 },
    { path: '/torn', reason: 'SyntaxError', attempts: 3 },
  ]);
  expect(runs).toEqual({ '/never': 1, '/torn': 3 });
});

test('a job that takes too long is aborted, and fails even if it does not notice', async () => {
  const settings = tuned(testSettings(redis.socket), 'insight', { attempts: 1 });
  const reasons: unknown[] = [];
  keep(
    serve(
      { ...insight, timeoutMs: 100 },
      ({ signal }) => {
        signal.addEventListener('abort', () => reasons.push(String(signal.reason)));
        return new Promise(() => undefined);
      },
      settings,
    ),
  );
  const queues = keep(createEnqueuer(settings));
  const { jobId } = await queues.enqueue('insight', { reason: 'asked' });
  const report = await queues.waitFor('insight', jobId, 5_000);
  expect(reasons).toEqual(['Error: took longer than 100 ms']);
  expect(report).toMatchObject({ state: 'failed', reason: 'Error: took longer than 100 ms' });
});

test('a worker that closes aborts its job, which another one does at once and as the same attempt', async () => {
  const settings = testSettings(redis.socket);
  const queues = keep(createEnqueuer(settings));
  const started = gate();
  const first = serve(
    insight,
    ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
        started.open();
      }),
    settings,
  );
  const { jobId } = await queues.enqueue('insight', { reason: 'asked' });
  await started.opened;
  const startedAt = performance.now();
  await first.close();
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  expect((await queues.jobState('insight', jobId)).state).toBe('waiting');
  const attempts: number[] = [];
  keep(
    serve(
      insight,
      async ({ attempt }) => {
        attempts.push(attempt);
        return COUNTS;
      },
      settings,
    ),
  );
  expect(await queues.waitFor('insight', jobId, 2_000)).toMatchObject({ state: 'completed', result: COUNTS });
  expect(attempts).toEqual([1]);
});

test('a worker that was started without Redis begins when it comes, and goes on after it was away', async () => {
  const own = await startRedis(['--appendonly', 'yes']);
  const folder = own.socket.slice(0, own.socket.lastIndexOf('/'));
  const settings = testSettings(own.socket);
  await own.kill();
  let runs = 0;
  const worker = serve(
    insight,
    async () => {
      runs += 1;
      return COUNTS;
    },
    settings,
  );
  const queues = createEnqueuer(settings);
  let again = await startRedis(['--appendonly', 'yes'], folder);
  try {
    for (const expected of [1, 2]) {
      const { jobId } = await queues.enqueue('insight', { reason: 'asked' });
      // Noted before Redis goes: what is done and not noted would rightly be done again.
      expect(await queues.waitFor('insight', jobId, 8_000)).toMatchObject({ state: 'completed' });
      expect(runs).toBe(expected);
      await again.kill();
      again = await startRedis(['--appendonly', 'yes'], folder);
    }
  } finally {
    await again.kill();
    const closingAt = performance.now();
    await worker.close(1_000);
    expect(performance.now() - closingAt).toBeLessThan(2_500);
    await queues.close();
    await own.stop();
  }
});

test('jobs are done at the same time as far as the settings allow', async () => {
  const settings: QueueSettings = tuned(testSettings(redis.socket), 'ingest', { concurrency: 3 });
  let now = 0;
  let most = 0;
  let done = 0;
  keep(
    serve(
      ingest,
      async () => {
        most = Math.max(most, (now += 1));
        await sleep(50);
        now -= 1;
        done += 1;
        return READ;
      },
      settings,
    ),
  );
  const { enqueue } = keep(createEnqueuer(settings));
  for (let file = 0; file < 9; file += 1) await enqueue('ingest', transcript(`/${file}`));
  await until(() => done === 9);
  expect(most).toBe(3);
});
