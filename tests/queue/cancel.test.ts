import { expect, test } from '@jest/globals';
import { correlate } from '../../jobs/correlate.js';
import { ingest } from '../../jobs/ingest.js';
import { configureLogger } from '../../src/logger.js';
import { queueBench } from './bench.js';
import { chat, gate, heldRun, READ, transcript, tuned, until } from './support.js';

configureLogger({ level: 'silent' });
const { settings: freshSettings, enqueuer, worker } = queueBench();
const record = { tool: 'ingest_chat', about: { session: 's' }, createdAt: Date.now(), ttlMs: 60_000 } as const;

test('a job that waits is cancelled at once and never begun, with a record or without', async () => {
  const settings = freshSettings();
  const queues = enqueuer(settings);
  const plain = await queues.enqueue('ingest', transcript('/plain', 'asked'));
  const recorded = await queues.enqueue('ingest', transcript('/recorded', 'asked'), { record });
  const delayed = await queues.enqueue('ingest', transcript('/delayed', 'asked'), { record, delayMs: 300 });
  const ids = [plain, recorded, delayed].map(({ jobId }) => jobId);
  for (const id of ids) {
    expect(await queues.cancel('ingest', id)).toBe('asked');
    expect(await queues.jobState('ingest', id)).toMatchObject({
      cancelled: true,
      state: id === ids[2] ? 'delayed' : 'waiting',
    });
    expect(await queues.cancel('ingest', id)).toBe('asked');
  }
  const ran: string[] = [];
  const told: string[] = [];
  worker(
    ingest,
    async ({ payload }) => {
      ran.push(payload.kind === 'transcript' ? payload.path : '');
      return READ;
    },
    settings,
    { onExhausted: async ({ reason }) => void told.push(reason) },
  );
  await until(async () => (await queues.queueDepth('ingest')).failed === 3);
  for (const id of ids) {
    expect(await queues.jobState('ingest', id)).toMatchObject({
      state: 'failed',
      cancelled: true,
      reason: 'cancelled',
    });
    expect(await queues.cancel('ingest', id)).toBe('finished');
  }
  const other = await queues.enqueue('ingest', transcript('/other', 'asked'));
  await queues.waitFor('ingest', other.jobId, 5_000);
  expect(ran).toEqual(['/other']);
  // Who keeps a file from being read again after its job failed must not hear of it.
  expect(told).toEqual([]);
});

test('a job that runs is told through its signal, fails for good, and is not tried again', async () => {
  const settings = tuned(freshSettings(), 'ingest', { attempts: 5, backoffMs: 1 });
  const queues = enqueuer(settings);
  const begun = gate();
  let runs = 0;
  worker(
    ingest,
    ({ signal }) => {
      runs += 1;
      begun.open();
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('I was interrupted')), { once: true });
      });
    },
    settings,
  );
  const { jobId } = await queues.enqueue('ingest', transcript('/a', 'asked'), { record });
  await begun.opened;
  const askedAt = performance.now();
  expect(await queues.cancel('ingest', jobId)).toBe('asked');
  // It may still come to its end.
  expect(await queues.jobState('ingest', jobId)).toMatchObject({ state: 'active', cancelled: false });
  expect(await queues.waitFor('ingest', jobId, 5_000)).toMatchObject({
    state: 'failed',
    cancelled: true,
    reason: 'cancelled',
    attempts: 1,
    record,
  });
  expect(performance.now() - askedAt).toBeLessThan(1_500);
  expect(runs).toBe(1);
});

test('a job that completes all the same stays completed, and so does one that was complete before', async () => {
  const settings = freshSettings();
  const queues = enqueuer(settings);
  const [begun, aborted] = [gate(), gate()];
  worker(
    ingest,
    async ({ signal }) => {
      signal.addEventListener('abort', aborted.open);
      begun.open();
      await aborted.opened;
      return READ;
    },
    settings,
  );
  const { jobId } = await queues.enqueue('ingest', transcript('/a', 'asked'), { record });
  await begun.opened;
  await queues.cancel('ingest', jobId);
  expect(await queues.waitFor('ingest', jobId, 5_000)).toMatchObject({ state: 'completed', cancelled: false });
  expect(await queues.cancel('ingest', jobId)).toBe('finished');
  expect(await queues.jobState('ingest', jobId)).toMatchObject({ state: 'completed', cancelled: false, result: READ });
  expect(await queues.cancel('ingest', 'never-was')).toBe('gone');
});

test('a job without a record is not watched; it is not begun again', async () => {
  const settings = tuned(freshSettings(), 'ingest', { attempts: 5, backoffMs: 50 });
  const queues = enqueuer(settings);
  const [begun, end] = [gate(), gate()];
  let runs = 0;
  worker(
    ingest,
    async ({ signal }) => {
      runs += 1;
      begun.open();
      await end.opened;
      expect(signal.aborted).toBe(false);
      throw new Error('for now');
    },
    settings,
  );
  const { jobId } = await queues.enqueue('ingest', transcript('/a', 'asked'));
  await begun.opened;
  await queues.cancel('ingest', jobId);
  end.open();
  expect(await queues.waitFor('ingest', jobId, 5_000)).toMatchObject({ cancelled: true });
  await until(async () => (await queues.jobState('ingest', jobId)).state === 'failed');
  expect(runs).toBe(1);
});

test('a job that was cancelled swallows no further request, whether it waits or runs', async () => {
  const settings = freshSettings();
  const queues = enqueuer(settings);
  const again = chat('x');
  const first = await queues.enqueue('ingest', again);
  await queues.cancel('ingest', first.jobId);
  const second = await queues.enqueue('ingest', again);
  expect(second).toMatchObject({ deduplicated: false });
  expect(await queues.enqueue('ingest', again)).toMatchObject({ jobId: second.jobId, deduplicated: true });
  const held = heldRun();
  worker(ingest, held.run, settings);
  await held.begun;
  await queues.cancel('ingest', second.jobId);
  const third = await queues.enqueue('ingest', again);
  expect(third).toMatchObject({ deduplicated: false });
  held.letGo();
  expect(await queues.waitFor('ingest', third.jobId, 5_000)).toMatchObject({ state: 'completed' });
  expect(held.runs).toBe(2);
});

test('what was asked for while a cancelled job ran follows it', async () => {
  const settings = freshSettings();
  const queues = enqueuer(settings);
  const nothing = { sessions: 0, links: 0, prints: 0, errors: 0, signals: 0, ties: 0, claims: 0, unclear: 0 };
  const begun = gate();
  let runs = 0;
  worker(
    correlate,
    ({ signal }) => {
      runs += 1;
      begun.open();
      if (runs > 1) return Promise.resolve({ ...nothing, more: false });
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('interrupted'))));
    },
    settings,
  );
  const { jobId } = await queues.enqueue('correlate', { reason: 'asked' }, { record });
  await begun.opened;
  await queues.enqueue('correlate', { reason: 'ingested' });
  await queues.cancel('correlate', jobId);
  await until(() => runs === 2);
  expect(await queues.jobState('correlate', jobId)).toMatchObject({ cancelled: true });
});
