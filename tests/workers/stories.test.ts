/** Stories of a day and a week, told through real processes: workers from the build, and a client that starts the MCP server. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DAY, HOUR, talk, type Talk } from '../support/builders.js';
import { startLedger, type LedgerRun } from '../support/ledger-run.js';
import { until } from '../support/mcp-http.js';
import { sdkClients, type SdkClient } from '../support/sdk-clients.js';

interface Told {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly rank: number;
  readonly project: string | null;
  readonly flags?: readonly { readonly name: string }[];
  readonly evidence: readonly { readonly session_id: string; readonly quote: string }[];
  readonly history?: readonly {
    readonly at: string;
    readonly status: string;
    readonly reason: string | null;
    readonly session_id: string | null;
  }[];
}

let ledger: LedgerRun;
let client: SdkClient;
beforeAll(async () => {
  ledger = await startLedger();
  await ledger.work(['ingest', 'correlate']);
  const connect = sdkClients['client 2.x, 2026-07-28'];
  if (connect === undefined) throw new Error('there is no such client');
  client = await connect(ledger.stdioCommand);
}, 120_000);
afterAll(async () => {
  await client.close();
  await ledger.stop();
});

async function call<Result>(name: string, args: Record<string, unknown> = {}): Promise<Result> {
  const { isError, structuredContent, content } = await client.callTool({ name, arguments: args });
  if (isError === true || structuredContent === undefined) throw new Error(content[0]?.text ?? `${name} failed`);
  return structuredContent as unknown as Result;
}
const tasks = async (args: Record<string, unknown> = {}): Promise<readonly Told[]> =>
  (await call<{ tasks: readonly Told[] }>('get_unfinished_tasks', { limit: 50, ...args })).tasks;
const titles = async (args: Record<string, unknown> = {}): Promise<readonly string[]> =>
  (await tasks(args)).map(({ title }) => title);

const session = (digit: string): string => [8, 4, 4, 4, 12].map((length) => digit.repeat(length)).join('-');

/** Hands messages over, each a minute after the one before. */
async function handOver(
  session_id: string,
  at: number,
  ...messages: readonly (readonly [role: string, text: string])[]
) {
  const sent = messages.map(([role, content], index) => ({
    role,
    content,
    timestamp: new Date(at + index * 60_000).toISOString(),
  }));
  const done = await call<{ state: string }>('ingest_chat', { session_id, messages: sent, wait_ms: 20_000 });
  expect(done).toMatchObject({ state: 'completed' });
}

/** Has a transcript read to its end. */
async function ingest({ sessionId, lines }: Talk): Promise<void> {
  const path = join(ledger.home, 'claude', 'projects', 'shop', `${sessionId}.jsonl`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const done = await call<{ state: string }>('ingest_chat', {
    session_id: sessionId,
    transcript_path: path,
    wait_ms: 20_000,
  });
  expect(done).toMatchObject({ state: 'completed' });
}

test('daily session: an error and a task of plain prose are closed by "that is fixed now" in a later conversation', async () => {
  const now = Date.now();
  const [first, later] = [session('1'), session('2')];
  await handOver(
    first,
    now - 2 * DAY,
    [
      'user',
      'The nightly export failed again:\n\n```\nTraceback (most recent call last):\n  File "jobs/export.py", line 88, in upload\n    client.put(part)\nConnectionResetError: [Errno 104] Connection reset by peer\n```\n\nPlease fix the nightly export.',
    ],
    [
      'assistant',
      'The bucket closes the connection after a minute. I could not find out why yet, so the nightly export is not fixed.',
    ],
  );
  const open = await tasks({ session_id: first, response_format: 'detailed' });
  const export_ = open.find(({ title }) => /nightly export/i.test(title));
  expect(export_).toMatchObject({ evidence: expect.arrayContaining([expect.objectContaining({ session_id: first })]) });
  const id = export_?.id ?? '';
  const { patterns } = await call<{ patterns: readonly { id: string; template: string }[] }>('get_error_correlations');
  const error = patterns.find(({ template }) => template.includes('Connection reset by peer'));
  expect(error).toBeDefined();

  await handOver(later, now - HOUR, [
    'user',
    'Good morning. I had another look at the nightly export. That is fixed now. What else is on the list?',
  ]);
  await until(
    async () => (await titles({ status: ['completed'] })).some((title) => /nightly export/i.test(title)),
    30_000,
  );
  const [closed] = (await tasks({ status: ['completed'], response_format: 'detailed' })).filter(
    (task) => task.id === id,
  );
  expect(closed?.evidence.map(({ session_id }) => session_id)).toEqual(expect.arrayContaining([first, later]));
  expect(closed?.history?.at(-1)).toMatchObject({
    status: 'completed',
    reason: 'the user said so',
    session_id: later,
  });
  await until(async () => (await fixes(id)).length > 0, 30_000);
  expect((await fixes(id))[0]).toMatchObject({
    verdict: 'unverified',
    claimed_at: closed?.history?.at(-1) && expect.any(String),
  });
  expect(await titles()).not.toContain(export_?.title);
}, 120_000);

const fixes = async (task_id: string): Promise<readonly object[]> =>
  (await call<{ fixes: readonly object[] }>('validate_fixes', { task_id })).fixes;

test('blocked by X: what waits for an approval, and what waits for another task', async () => {
  const at = Date.now() - DAY;
  const it = talk({ sessionId: session('3'), at, cwd: '/work/gateway' });
  it.user('Roll out the new gateway to production.');
  it.say('I cannot roll out the gateway yet: the change needs an approval from Priya before the rollout can start.');
  it.user('Please rename the metrics exporter. Wait with the exporter until the dashboards team has agreed.');
  it.taskCreate('1', 'Migrate the session schema');
  it.taskCreate('2', 'Backfill the session archive');
  it.taskUpdate('2', { addBlockedBy: ['1'] });
  await ingest(it);
  expect(await titles({ blocked_by: 'approval' })).toEqual([expect.stringMatching(/gateway/i)]);
  expect(await titles({ blocked_by: 'Priya' })).toHaveLength(1);
  expect(await titles({ blocked_by: 'dashboards team' })).toEqual([expect.stringMatching(/exporter/i)]);
  expect(await titles({ blocked_by: 'session schema' })).toEqual(['Backfill the session archive']);
  const schema = (await tasks({ query: 'session schema' }))[0];
  expect(await titles({ blocked_by: schema?.id })).toEqual(['Backfill the session archive']);
}, 60_000);

test('weekly review: what is unfinished in several sessions, in rank order, with what was dropped by name', async () => {
  const now = Date.now();
  const project = '/work/weekly';
  const old = talk({ sessionId: session('4'), at: now - 20 * DAY, cwd: project });
  old.todoWrite('Archive the old invoices');
  const monday = talk({ sessionId: session('5'), at: now - 6 * DAY, cwd: project });
  monday.todoWrite('Draw the seating plan', 'Print the name tags');
  monday.todoWrite('Draw the seating plan', 'Order the flowers');
  const tuesday = talk({ sessionId: session('6'), at: now - 5 * DAY, cwd: project });
  tuesday.user('The ticket shop is down in production, fix the payment callback, this is urgent!');
  const friday = talk({ sessionId: session('7'), at: now - 2 * DAY, cwd: project });
  friday.user('Please add a dark theme to the programme page, nice to have. And translate the invitation into Dutch.');
  for (const one of [old, monday, tuesday, friday]) await ingest(one);

  const all = await tasks({ project: 'weekly', response_format: 'detailed' });
  const names = all.map(({ title }) => title);
  expect(names).toEqual(
    expect.arrayContaining(['Archive the old invoices', 'Draw the seating plan', 'Order the flowers']),
  );
  expect(names).not.toContain('Print the name tags');
  expect(all.map(({ rank }) => rank)).toEqual(all.map(({ rank }) => rank).sort((a, b) => b - a));
  expect(all[0]?.title).toMatch(/payment callback/i);
  const stale = all.filter(({ flags }) => flags?.some(({ name }) => name === 'stale'));
  expect(stale.map(({ title }) => title)).toEqual(['Archive the old invoices']);

  const theme = all.find(({ title }) => /dark theme/i.test(title));
  await call('update_task_status', { task_id: theme?.id, status: 'dismissed', note: 'only an idea', wait_ms: 20_000 });
  const week = await titles({ project: 'weekly', since: '7d' });
  expect(week).not.toContain('Archive the old invoices');
  expect(week).not.toContain(theme?.title);
  expect(week).toEqual(expect.arrayContaining(['Draw the seating plan', expect.stringMatching(/invitation/i)]));
  expect(await titles({ project: 'weekly', status: ['dropped'] })).toEqual(['Print the name tags']);

  const report = JSON.stringify(await call('generate_system_report', { since: '7d', format: 'json' }));
  expect(report).toContain('Print the name tags');
  expect(report).toContain('payment callback');
  expect(report).not.toContain('dark theme');
}, 120_000);
