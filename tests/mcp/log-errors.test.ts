/** Errors of logs as a real client meets them, from the batch on the queue to the tool, its resource and the activity. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { HOUR } from '../support/builders.js';
import { batchOf, idOf, intentOf, logged } from '../support/log-batches.js';
import { startLedger, type LedgerRun } from '../support/ledger-run.js';
import { sdkClients, type SdkClient } from '../support/sdk-clients.js';

const NOW = Date.now();
let run: LedgerRun;
let client: SdkClient;

beforeAll(async () => {
  run = await startLedger();
  await run.work(['ingest']);
  const connect = sdkClients['client 2.x, 2026-07-28'];
  if (connect === undefined) throw new Error('no such client');
  client = await connect(run.stdioCommand);
  const sample = { at: NOW - HOUR, byte: 0, text: 'pool exhausted for user 17', context: ['before it'] };
  const batches = [
    batchOf([
      logged('pool', NOW - HOUR, 40, { level: 'critical', samples: [sample] }),
      logged('slow', NOW - 2 * HOUR, 3, { level: 'warning' }),
    ]),
    batchOf([logged('render', NOW - 3 * HOUR)], { path: '/var/log/front.log', component: 'frontend' }),
  ];
  for (const batch of [...batches, ...batches]) {
    await run.store.intendLogBatch(intentOf(batch));
    const { jobId } = await run.queues.enqueue('ingest', batch);
    await run.queues.waitFor('ingest', jobId, 20_000);
  }
}, 120_000);
afterAll(async () => {
  await client.close();
  await run.stop();
}, 30_000);

const call = async (name: string, args: object): Promise<Record<string, unknown>> =>
  (await client.callTool({ name, arguments: { ...args } })).structuredContent as Record<string, unknown>;

test.each([
  [{}, ['pool', 'slow', 'render']],
  [{ severity: 'critical' }, ['pool']],
  [{ component: 'backend' }, ['pool', 'slow']],
  [{ component: 'frontend', severity: 'high' }, ['render']],
  [{ component: 'frontend', severity: 'low' }, []],
  [{ since: '150m' }, ['pool', 'slow']],
  [{ query: 'exhausted user' }, ['pool']],
])('%j gives %j', async (args, names) => {
  const { patterns, ...rest } = await call('get_error_correlations', args);
  expect((patterns as { id: string }[]).map(({ id }) => id)).toEqual(names.map(idOf));
  expect(rest).toMatchObject({ total: names.length, total_is: 'exact', next_cursor: null });
});

test('each is counted once, and is shown by the resource and the activity', async () => {
  const { patterns } = await call('get_error_correlations', { severity: 'critical', response_format: 'detailed' });
  expect(patterns).toMatchObject([
    {
      count: 40,
      severity_reason: 'logged as critical',
      component: 'backend',
      sources: ['/var/log/backend.log'],
      samples: [{ text: 'pool exhausted for user 17', context: ['before it'] }],
    },
  ]);
  const { contents } = await client.readResource({ uri: 'autobot://error_patterns' });
  expect(JSON.stringify(contents)).toContain(idOf('pool'));
  const { events } = await call('get_recent_activity', { minutes: 300 });
  expect(events).toMatchObject([
    { what: 'logged', id: idOf('render'), count: 1 },
    { what: 'logged', id: idOf('slow'), count: 3 },
    { kind: 'error', what: 'logged', id: idOf('pool'), title: 'pool failed after <*> ms', count: 40 },
  ]);
});

test('a severity that there is not is refused with those that there are', async () => {
  const { isError, content } = await client.callTool({
    name: 'get_error_correlations',
    arguments: { severity: 'bad' },
  });
  expect(isError).toBe(true);
  expect(JSON.stringify(content)).toMatch(/critical.*high.*medium.*low/);
});
