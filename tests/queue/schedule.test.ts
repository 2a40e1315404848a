import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { clock } from '../../jobs/clock.js';
import { insight } from '../../jobs/insight.js';
import { configureLogger } from '../../src/logger.js';
import { queuePrefix } from '../../src/queue/connection.js';
import { scheduleRows, syncSchedulers, type ScheduleRow } from '../../src/queue/schedule.js';
import { serve } from '../../src/queue/serve.js';
import type { QueueSettings } from '../../src/queue/settings.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { testSettings, until } from './support.js';

configureLogger({ level: 'silent' });
let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const row = (schedule: ScheduleRow['schedule'], name: ScheduleRow['name'] = 'insight'): ScheduleRow => ({
  name,
  payload: { reason: 'scheduled' },
  schedule,
});

async function withQueue<T>(settings: QueueSettings, use: (queue: Queue) => Promise<T>): Promise<T> {
  const connection = { path: redis.socket, db: 10 };
  const queue = new Queue('insight', { connection, prefix: queuePrefix(settings, 'insight') });
  try {
    return await use(queue);
  } finally {
    await queue.close();
  }
}

const present = (settings: QueueSettings) =>
  withQueue(settings, async (queue) =>
    (await queue.getJobSchedulers(0, -1)).map(({ key, every, pattern }) => ({ key, every, pattern })),
  );

test('schedulers are added, left as they are, changed and removed', async () => {
  const settings = testSettings(redis.socket);
  expect(await syncSchedulers(settings, [row({ everyMs: 60_000 })])).toEqual({ set: ['insight'], removed: [] });
  expect(await present(settings)).toEqual([{ key: 'insight', every: 60_000, pattern: undefined }]);

  expect(await syncSchedulers(settings, [row({ everyMs: 60_000 })])).toEqual({ set: [], removed: [] });

  expect(await syncSchedulers(settings, [row({ everyMs: 90_000 })])).toEqual({ set: ['insight'], removed: [] });
  expect(await present(settings)).toEqual([{ key: 'insight', every: 90_000, pattern: undefined }]);

  expect(await syncSchedulers(settings, [row({ cron: '0 3 * * *' })])).toEqual({ set: ['insight'], removed: [] });
  expect(await present(settings)).toEqual([{ key: 'insight', every: undefined, pattern: '0 3 * * *' }]);
  expect(await syncSchedulers(settings, [row({ cron: '0 3 * * *' })])).toEqual({ set: [], removed: [] });

  expect(await syncSchedulers(settings, [row(false)])).toEqual({ set: [], removed: ['insight'] });
  expect(await present(settings)).toEqual([]);
});

test('a scheduler that has no row any more is removed', async () => {
  const settings = testSettings(redis.socket);
  await withQueue(settings, (queue) => queue.upsertJobScheduler('of-an-older-version', { every: 1_000 }));
  expect(await syncSchedulers(settings, [])).toEqual({ set: [], removed: ['of-an-older-version'] });
  expect(await present(settings)).toEqual([]);
});

test('a scheduler whose jobs would be kept otherwise is set again', async () => {
  const settings = testSettings(redis.socket);
  await syncSchedulers(settings, [row({ everyMs: 60_000 })]);
  await withQueue(settings, async (queue) => {
    // As a version that kept jobs by number had it: each that completed would push out those of others.
    const { opts = {}, data } = (await queue.getJobScheduler('insight'))?.template ?? {};
    const template = {
      name: 'insight',
      data: data as unknown,
      opts: { ...opts, removeOnComplete: { age: 60, count: 2 } },
    };
    await queue.upsertJobScheduler('insight', { every: 60_000 }, template);
  });
  expect(await syncSchedulers(settings, [row({ everyMs: 60_000 })])).toEqual({ set: ['insight'], removed: [] });
  expect(await syncSchedulers(settings, [row({ everyMs: 60_000 })])).toEqual({ set: [], removed: [] });
});

test('a scheduler whose next job was removed is set again', async () => {
  const settings = testSettings(redis.socket);
  await syncSchedulers(settings, [row({ cron: '0 3 * * *' })]);
  await withQueue(settings, async (queue) => {
    // As `flush` of a careless administrator would: the scheduler stays, its job is gone.
    const [job] = await queue.getDelayed();
    const client = new Redis({ ...settings.connection });
    await client.del(queue.toKey(job?.id ?? ''));
    await client.zrem(queue.toKey('delayed'), job?.id ?? '');
    client.disconnect();
  });
  expect(await syncSchedulers(settings, [row({ cron: '0 3 * * *' })])).toEqual({ set: ['insight'], removed: [] });
});

test('what is scheduled comes again and again', async () => {
  const settings = testSettings(redis.socket);
  const reasons: string[] = [];
  const worker = serve(
    insight,
    async ({ payload }) => {
      reasons.push(payload.reason);
      return { conversations: 0, openTasks: 0, closedTasks: 0, errors: 0 };
    },
    settings,
  );
  try {
    await syncSchedulers(settings, [row({ everyMs: 100 })]);
    await until(() => reasons.length >= 3);
    expect(new Set(reasons)).toEqual(new Set(['scheduled']));
    await syncSchedulers(settings, []);
  } finally {
    await worker.close();
  }
});

test('the configuration has the last word about the clock', () => {
  const schedules = { correlate: false, insight: { cron: '1 2 * * *' }, 'health-check': { everyMs: 5_000 } } as const;
  expect(scheduleRows({ schedules }).map(({ name, schedule }) => [name, schedule])).toEqual(
    clock.map(({ name }) => [name, schedules[name]]),
  );
});
