import { expect, test } from '@jest/globals';
import { ingest } from '../../jobs/ingest.js';
import { insight } from '../../jobs/insight.js';
import { InputError } from '../../src/errors.js';
import { configureLogger } from '../../src/logger.js';
import { pack, traceOf, unpack } from '../../src/queue/record.js';
import { queueBench } from './bench.js';
import { gate, READ, transcript, until } from './support.js';

configureLogger({ level: 'silent' });
const { settings: freshSettings, enqueuer, worker, queue } = queueBench();
const record = { tool: 'ingest_chat', about: { session: 's', list: [] }, createdAt: 1_000, ttlMs: 60_000 } as const;
const COUNTS = { conversations: 1, openTasks: 2, closedTasks: 3, errors: 4 };
const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${TRACE_ID}-00f067aa0ba902b7-01`;

test('what goes beside a payload comes off again, and a payload alone stays as it is', () => {
  const payload = { kind: 'x', list: [] };
  expect(pack(payload, {})).toBe(payload);
  expect(unpack(payload)).toEqual({ payload, beside: {} });
  const beside = { digest: 'ab', record, trace: { traceparent } };
  const packed = pack(payload, beside);
  expect(JSON.stringify(packed)).toMatch(/^{"\$asked":{"digest":"ab",/);
  expect(unpack(JSON.parse(JSON.stringify(packed)))).toEqual({ payload, beside });
  for (const odd of [null, 7, 'text', [1]]) expect(unpack(odd)).toEqual({ payload: odd, beside: {} });
  expect(unpack({ a: 1, $asked: { record: { tool: 7 }, trace: 'x' } })).toEqual({ payload: { a: 1 }, beside: {} });
  expect(unpack({ a: 1, $asked: 'x' })).toEqual({ payload: { a: 1 }, beside: {} });
});

test.each([
  [
    { traceparent, tracestate: 'a=b', baggage: 'k=v' },
    { traceparent, tracestate: 'a=b', baggage: 'k=v' },
  ],
  [{ traceparent: `${traceparent}-more` }, undefined],
  [{ traceparent: `cc${traceparent.slice(2)}-more` }, { traceparent: `cc${traceparent.slice(2)}-more` }],
  [{ traceparent: `ff${traceparent.slice(2)}` }, undefined],
  [{ traceparent: traceparent.toUpperCase() }, undefined],
  [{ traceparent: traceparent.replace(TRACE_ID, '0'.repeat(32)) }, undefined],
  [{ traceparent: `00-${TRACE_ID}-${'0'.repeat(16)}-01` }, undefined],
  [{ traceparent: `${traceparent}\n` }, undefined],
  [{ tracestate: 'a=b', baggage: 'k=v' }, { baggage: 'k=v' }],
  [{ traceparent, tracestate: 'x'.repeat(513), baggage: 'k=\u202e' }, { traceparent }],
  [{ traceparent: 7 }, undefined],
  [undefined, undefined],
])('of the trace %j stays %j', (given, kept) => {
  expect(traceOf(given)).toEqual(kept);
});

test('a record is there with the job, before it is begun and after it has ended', async () => {
  const settings = freshSettings();
  const queues = enqueuer(settings);
  const { jobId } = await queues.enqueue('ingest', transcript('/a', 'asked'), { record, onceKey: 'k' });
  const before = await queues.jobState('ingest', jobId);
  expect(before).toMatchObject({
    state: 'waiting',
    record,
    cancelled: false,
    position: 0,
    progressPct: null,
    changedAt: null,
  });
  expect(Math.abs((before.createdAt ?? 0) - Date.now())).toBeLessThan(5_000);
  worker(
    ingest,
    async ({ payload }) => {
      expect(payload).toEqual(transcript('/a', 'asked'));
      return READ;
    },
    settings,
  );
  const after = await queues.waitFor('ingest', jobId, 5_000);
  expect(after).toMatchObject({ state: 'completed', record, result: READ, attempts: 1, position: null });
  expect(after.changedAt).toBeGreaterThanOrEqual(before.createdAt ?? Infinity);
  expect(await queues.jobState('ingest', 'never-was')).toEqual({
    jobId: 'never-was',
    state: 'gone',
    result: null,
    reason: null,
    attempts: 0,
    cancelled: false,
    createdAt: null,
    changedAt: null,
    progressPct: null,
    position: null,
    record: null,
  });
});

test('a record that does not fit is refused, and nothing is queued', async () => {
  const settings = freshSettings();
  const queues = enqueuer(settings);
  const refused = async (changes: object, named: string): Promise<void> => {
    const error: unknown = await queues
      .enqueue('insight', { reason: 'asked' }, { record: { ...record, ...changes } })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toContain(named);
  };
  await refused({ about: 'x'.repeat(4_096) }, 'about');
  await refused({ tool: '' }, 'tool');
  await refused({ ttlMs: 0.5 }, 'ttlMs');
  await refused({ ttlMs: insight.keepCompleted.ageS * 1_000 + 1 }, 'jobs are kept');
  expect((await queues.queueDepth('insight')).waiting).toBe(0);
  expect(
    await queues.enqueue('insight', { reason: 'asked' }, { record: { ...record, about: 'x'.repeat(4_094) } }),
  ).toMatchObject({ deduplicated: false });
});

test('a record whose request is swallowed is noted with the job that was there, waiting or running', async () => {
  const settings = freshSettings();
  const queues = enqueuer(settings);
  const trace = { traceparent };
  const first = await queues.enqueue('insight', { reason: 'scheduled' }, { trace });
  expect((await queues.jobState('insight', first.jobId)).record).toBeNull();
  const second = await queues.enqueue('insight', { reason: 'asked' }, { record });
  expect(second).toMatchObject({ jobId: first.jobId, deduplicated: true, position: 0 });
  expect((await queues.jobState('insight', first.jobId)).record).toEqual(record);
  // The first one stays: it may have been answered for already.
  await Promise.all(
    Array.from({ length: 5 }, () =>
      queues.enqueue('insight', { reason: 'asked' }, { record: { ...record, tool: 'other' } }),
    ),
  );
  expect((await queues.jobState('insight', first.jobId)).record).toEqual(record);
  const [begun, end] = [gate(), gate()];
  const payloads: unknown[] = [];
  worker(
    insight,
    async ({ payload }) => {
      payloads.push(payload);
      begun.open();
      await end.opened;
      return COUNTS;
    },
    settings,
  );
  await begun.opened;
  await queues.enqueue('insight', { reason: 'asked' }, { record });
  end.open();
  expect(await queues.waitFor('insight', first.jobId, 5_000)).toMatchObject({ state: 'completed', record });
  expect(payloads).toEqual([{ reason: 'scheduled' }]);

  const bare = gate();
  const health = await queues.enqueue('health-check', { reason: 'asked' });
  expect(await queues.enqueue('health-check', { reason: 'asked' }, { record })).toMatchObject({ jobId: health.jobId });
  expect((await queues.jobState('health-check', health.jobId)).record).toEqual(record);
  bare.open();
});

test('jobs of an older version and of schedulers, which carry a payload alone, are done', async () => {
  const settings = freshSettings();
  const bull = queue(settings, 'insight');
  await bull.add('insight', { reason: 'asked' }, { jobId: 'old' });
  await bull.upsertJobScheduler('s', { every: 60_000 }, { name: 'insight', data: { reason: 'scheduled' } });
  const ran: string[] = [];
  worker(
    insight,
    async ({ payload }) => {
      ran.push(payload.reason);
      return COUNTS;
    },
    settings,
  );
  await until(() => ran.length === 2);
  expect(ran.sort()).toEqual(['asked', 'scheduled']);
  expect(await enqueuer(settings).waitFor('insight', 'old', 5_000)).toMatchObject({ state: 'completed', record: null });
});

test('the ids of a trace are in what the worker logs of the job', async () => {
  const settings = freshSettings();
  const lines: Record<string, unknown>[] = [];
  const write = process.stderr.write.bind(process.stderr);
  process.stderr.write = (text: string | Uint8Array) => {
    lines.push(JSON.parse(String(text)) as Record<string, unknown>);
    return true;
  };
  configureLogger({ level: 'debug' });
  try {
    const queues = enqueuer(settings);
    let runs = 0;
    const serving = worker(
      ingest,
      async () => {
        runs += 1;
        if (runs === 1) throw new Error('for now');
        return READ;
      },
      { ...settings, queues: { ...settings.queues, ingest: { ...settings.queues.ingest, backoffMs: 1 } } },
    );
    const { jobId } = await queues.enqueue('ingest', transcript('/a', 'asked'), { trace: { traceparent }, delayMs: 1 });
    await until(() => lines.some(({ event }) => event === 'job.failed'));
    await queues.enqueue('ingest', transcript('/a', 'asked'));
    await queues.waitFor('ingest', jobId, 5_000);
    await serving.close();
  } finally {
    configureLogger({ level: 'silent' });
    process.stderr.write = write;
  }
  const events = lines.filter(({ event }) => String(event).startsWith('job.'));
  expect(events.map(({ event }) => event)).toEqual(['job.started', 'job.failed', 'job.started', 'job.completed']);
  for (const line of events) expect(line).toMatchObject({ traceId: TRACE_ID, spanId: '00f067aa0ba902b7' });
});
