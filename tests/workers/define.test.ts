import { expect, test } from '@jest/globals';
import { insight } from '../../jobs/insight.js';
import { ingest } from '../../jobs/ingest.js';
import { defineProcess, defineWorker, type Tools } from '../../workers/define.js';
import { WORKER_NAMES } from '../../workers/launch.js';
import { contracts } from '../../jobs/index.js';
import { READ, transcript } from '../queue/support.js';
import { run } from './tools.js';

const tools = { now: () => 42 } as unknown as Tools;
const COUNTS = { conversations: 0, openTasks: 0, closedTasks: 0, errors: 0 };

test('a worker is one function that gets its job and its tools', async () => {
  const worker = defineWorker(insight, async ({ payload, attempt, now }) => {
    expect([payload.reason, attempt, now()]).toEqual(['asked', 1, 42]);
    return COUNTS;
  });
  expect(worker.contract.name).toBe('insight');
  expect(await worker.run(run({ reason: 'asked' as const }), tools)).toEqual(COUNTS);
});

test('a worker may be a table by kind, and a kind without a row is an error', async () => {
  const worker = defineWorker(ingest, {
    transcript: async ({ payload }) => ({ ...READ, kept: payload.path.length }),
    chat: async ({ payload }) => ({ ...READ, kept: payload.messages.length }),
    hand: async () => READ,
  });
  expect(await worker.run(run(transcript('/abc')), tools)).toMatchObject({ kept: 4 });
  const odd = run({ ...transcript('/abc'), kind: 'constructor' } as never);
  expect(() => worker.run(odd, tools)).toThrow('ingest has no handler for kind constructor');
});

test('what is done about a job that failed for good sees the tools as well', async () => {
  const seen: unknown[] = [];
  const worker = defineWorker(
    insight,
    async () => COUNTS,
    async ({ payload, reason, attempts, now }) => {
      seen.push([payload.reason, reason, attempts, now()]);
    },
  );
  await worker.exhausted({ id: 'a', payload: { reason: 'asked' }, reason: 'Error: no', attempts: 3 }, tools);
  expect(seen).toEqual([['asked', 'Error: no', 3, 42]]);
  await defineWorker(insight, async () => COUNTS).exhausted(
    { id: 'a', payload: { reason: 'asked' }, reason: 'Error: no', attempts: 3 },
    tools,
  );
});

test('defining a process starts nothing', () => {
  let started = false;
  const definition = defineProcess({
    name: 'watch',
    start: async () => {
      started = true;
    },
  });
  expect(definition).toMatchObject({ type: 'process', name: 'watch' });
  expect(started).toBe(false);
});

test('each job has a row in the launcher', () => {
  expect(WORKER_NAMES).toEqual(expect.arrayContaining(Object.keys(contracts)));
});
