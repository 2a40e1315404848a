import { expect, test } from '@jest/globals';
import { configureLogger } from '../../src/logger.js';
import { NOW } from '../support/errors-ledger.js';
import { batchOf, idOf, inARow, intentOf, logged } from '../support/log-batches.js';
import { withReading } from './reading.js';

configureLogger({ level: 'silent' });

test('batches that come again and again are counted once, and leave nothing on the queue', () =>
  withReading(async ({ store, enqueue, idle, queues }) => {
    const batches = inARow(...Array.from({ length: 12 }, (_, n) => [logged('a', NOW - n * 1_000, n + 1)]));
    for (const batch of batches) await store.intendLogBatch(intentOf(batch));
    const asked: string[] = [];
    for (const _ of ['first', 'again']) {
      const jobs = await Promise.all([...batches].reverse().map((batch) => enqueue('ingest', batch)));
      asked.push(...jobs.map(({ jobId }) => jobId));
      await idle();
    }
    expect(await store.errors.pattern(idOf('a'), { now: NOW, mostTasks: 0 })).toMatchObject({ count: 78 });
    expect((await store.recallLog('host-a', '/var/log/backend.log'))[0]).toMatchObject({
      watermark: 1_200,
      beyond: [],
    });
    const states = await Promise.all(asked.map(async (id) => (await queues.jobState('ingest', id)).state));
    expect(new Set(states)).toEqual(new Set(['gone']));
    // What was counted wants to be correlated.
    const { waiting, delayed } = await queues.queueDepth('correlate');
    expect(waiting + delayed).toBe(1);
  }));

test('a batch of which a part was counted fails for good and is kept, where people look', () =>
  withReading(async ({ store, done, enqueue, idle, queues }) => {
    const batch = batchOf([logged('a', NOW)]);
    await store.intendLogBatch(intentOf(batch));
    await enqueue('ingest', batch);
    await idle();
    const overlapping = { ...batch, fromByte: 50, toByte: 150 };
    await store.intendLogBatch(intentOf(overlapping));
    await expect(done(overlapping)).rejects.toThrow('a part of them was counted before');
    expect(await queues.queueDepth('ingest')).toMatchObject({ failed: 1 });
    expect(await store.errors.pattern(idOf('a'), { now: NOW, mostTasks: 0 })).toMatchObject({ count: 1 });
  }));
