/** Each tool, resource and prompt gives every client the same, whatever it speaks and over whatever it speaks. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/client/validators/ajv';
import { readFileSync } from 'node:fs';
import { resourceUris } from '../../src/mcp/resources/index.js';
import { toolNames } from '../../src/mcp/tools/index.js';
import { ALL_WORKERS, startLedger, type LedgerRun } from '../support/ledger-run.js';
import { sdkClients, type ListedTool, type SdkClient, type ToolResult } from '../support/sdk-clients.js';
import { tellThreeDays } from '../support/three-days.js';

let run: LedgerRun;
let clients: readonly { readonly name: string; readonly client: SdkClient }[];
let listed: readonly ListedTool[];
/** Of the seeded ledger. */
let ids: { readonly task: string; readonly error: string };

beforeAll(async () => {
  run = await startLedger();
  await tellThreeDays(run.store, { now: Date.now() });
  const [http] = await Promise.all([run.http(), run.work(ALL_WORKERS)]);
  const places = { stdio: run.stdioCommand, http };
  clients = await Promise.all(
    Object.entries(places).flatMap(([transport, place]) =>
      Object.entries(sdkClients).map(async ([name, connect]) => ({
        name: `${name}, ${transport}`,
        client: await connect(place),
      })),
    ),
  );
  const [{ tasks }, { errors }] = await Promise.all([
    run.store.tasks.list({ query: 'bank', limit: 1 }),
    run.store.errors.list({ limit: 1 }),
  ]);
  ids = { task: tasks[0]?.id ?? '', error: errors[0]?.id ?? '' };
  listed = (await clients[0]?.client.listTools())?.tools ?? [];
}, 120_000);
afterAll(async () => {
  await Promise.all(clients.map(({ client }) => client.close()));
  await run.stop();
}, 30_000);

/** What differs from call to call: the ids of jobs, what the clock says, and how long something took. */
const OF_THE_CALL = new Set(['job_id', 'since', 'until', 'checked_at', 'latency_ms', 'silent_for_s', 'probability']);

function withoutChance<T>(value: T): T {
  const text = JSON.stringify(value, (key, entry: unknown) =>
    OF_THE_CALL.has(key) && typeof entry !== 'object' ? typeof entry : entry,
  );
  return JSON.parse(text) as T;
}

/** Asks all clients, one after the other, and expects that the answers are the same. @returns that answer */
async function same<T>(ask: (client: SdkClient) => Promise<T>): Promise<T> {
  const answers: (readonly [string, T])[] = [];
  for (const { name, client } of clients) answers.push([name, withoutChance(await ask(client))]);
  const [first, ...others] = answers;
  if (first === undefined) throw new Error('no clients');
  for (const [name, answer] of others) expect([name, answer]).toEqual([name, first[1]]);
  return first[1];
}

/** What a result must be, and what of it is the same for all. */
function checked(name: string, { content, structuredContent, isError, _meta }: ToolResult): object {
  const [block, ...more] = content;
  expect(more).toEqual([]);
  expect(block?.type).toBe('text');
  const untrusted = _meta?.['dev.mcp-autobot-tracker/content'];
  if (isError === true) {
    expect(structuredContent).toBeUndefined();
    return { error: block?.text };
  }
  expect(block?.text).toBe(JSON.stringify(structuredContent));
  const { outputSchema, annotations } = listed.find((tool) => tool.name === name) ?? {};
  const validate = new AjvJsonSchemaValidator().getValidator(outputSchema ?? { not: {} });
  expect(validate(structuredContent)).toMatchObject({ valid: true });
  expect(untrusted).toEqual(annotations?.['openWorldHint'] === true ? { integrity: 'untrusted' } : undefined);
  return { facts: structuredContent };
}

const call = (name: string, args: Record<string, unknown> = {}): Promise<object> =>
  same(async (client) => checked(name, await client.callTool({ name, arguments: args })));

/** The text of a JSON-RPC error, without what the clients put before it. */
async function refusal(answer: Promise<unknown>): Promise<string> {
  const error: unknown = await answer.then(
    () => new Error('no error'),
    (thrown: unknown) => thrown,
  );
  return error instanceof Error ? error.message.replace(/^MCP error -?\d+: /, '') : '';
}

test('all clients list the same: the tools of the snapshot, five resources, five templates, three prompts', async () => {
  const snapshot = JSON.parse(readFileSync('tests/fixtures/tools-list.json', 'utf8')) as object;
  expect(await same(async (client) => ({ tools: (await client.listTools()).tools }))).toEqual(snapshot);
  const { resources } = await same(async (client) => ({ resources: (await client.listResources()).resources }));
  const { templates } = await same(async (client) => ({
    templates: (await client.listResourceTemplates()).resourceTemplates,
  }));
  expect(resources).toHaveLength(5);
  expect(templates).toHaveLength(5);
  const uris = [...resources, ...templates].map(
    (entry) => Object.entries(entry).find(([key]) => key.startsWith('uri'))?.[1],
  );
  expect([...uris].sort()).toEqual([...resourceUris].sort());
  const { prompts } = await same(async (client) => ({ prompts: (await client.listPrompts()).prompts }));
  expect(prompts).toMatchObject([
    { name: 'morning_review' },
    { name: 'hand_off_report' },
    { name: 'why_does_this_keep_failing', arguments: [{ name: 'failure', required: true }, { name: 'project' }] },
  ]);
});

/** Calls of tools that read, with what must be in the answer. */
const READS: readonly (readonly [string, () => Record<string, unknown>, object])[] = [
  ['get_unfinished_tasks', () => ({ limit: 2 }), { tasks: [{ status: 'pending' }, {}], total: 9, total_is: 'exact' }],
  ['get_unfinished_tasks', () => ({ query: 'bank', response_format: 'detailed' }), { total: 3 }],
  ['get_error_correlations', () => ({}), { patterns: [{ count: 3, conversations_total: 3 }], total: 1 }],
  ['validate_fixes', () => ({ error_id: ids.error }), { fixes: [{}, { verdict: 'regressed' }, {}] }],
  ['correlate_conversations', () => ({ session_id: 'monday' }), { links: [{ a: 'monday' }, {}], total: 2 }],
  [
    'get_recent_activity',
    () => ({ minutes: 10_000, limit: 5, project: '/work/shop' }),
    { events: [{}, {}, {}, {}, {}] },
  ],
  ['system_health_check', () => ({}), { status: 'down', targets: [{ name: 'backend' }, { name: 'redis' }] }],
  ['get_task_analytics', () => ({ group_by: 'project' }), { totals: { all: 12 }, groups: [{ key: '/work/shop' }] }],
  ['get_insights', () => ({}), { insights: [{ category: 'recurring_error' }], total: 1 }],
  [
    'generate_system_report',
    () => ({ since: '14d' }),
    { summary: { open_tasks: 9 }, recommendations: [{}, {}, {}, {}] },
  ],
];

describe('a tool that reads', () => {
  test.each(READS)('%s answers every client alike', async (name, args, facts) => {
    expect(await call(name, args())).toMatchObject({ facts });
  });

  test('pages are the same for everyone, and go on where the last one ended', async () => {
    const seen: unknown[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const { facts } = (await call('get_unfinished_tasks', {
        limit: 4,
        ...(cursor !== undefined && { cursor }),
      })) as { facts: { tasks: { id: string }[]; next_cursor: string | null } };
      seen.push(...facts.tasks.map(({ id }) => id));
      cursor = facts.next_cursor;
    }
    expect(new Set(seen).size).toBe(9);
    expect(seen).toHaveLength(9);
  });
});

describe('a resource', () => {
  const read = (uri: string) =>
    same(async (client) => {
      const [content, ...more] = (await client.readResource({ uri })).contents;
      expect(more).toEqual([]);
      expect(content).toMatchObject({
        uri,
        mimeType: 'application/json',
        _meta: { 'dev.mcp-autobot-tracker/content': { integrity: 'untrusted' } },
      });
      return JSON.parse(content?.text ?? '') as Record<string, unknown>;
    });

  test.each([
    [
      'conversations',
      (): string => 'monday',
      { conversations: [{}, {}, {}], total: 3 },
      { conversation: { session_id: 'monday' } },
    ],
    ['unfinished_tasks', () => ids.task, { total: 9 }, { task: { history_total: 2 } }],
    ['error_patterns', () => ids.error, { total: 1 }, { pattern: { count: 3 } }],
    ['system_insights', () => `recurs-${ids.error}`, { total: 1 }, { insight: { category: 'recurring_error' } }],
    ['health_status', (): string => 'backend', { status: 'down' }, { target: { name: 'backend', status: 'down' } }],
  ] as const)('autobot://%s and one of it are the same for everyone', async (name, id, all, one) => {
    expect(await read(`autobot://${name}`)).toMatchObject(all);
    expect(await read(`autobot://${name}/${id()}`)).toMatchObject(one);
    const uri = `autobot://${name}/no-such-one`;
    expect(await same((client) => refusal(client.readResource({ uri })))).toContain('There is no resource');
  });
});

test('a prompt is the same for everyone', async () => {
  for (const [name, args] of [
    ['morning_review', {}],
    ['hand_off_report', { project: 'shop', since: '7d' }],
    ['why_does_this_keep_failing', { failure: 'payment refused' }],
  ] as const) {
    const { messages } = await same(async (client) => {
      const prompt = await client.getPrompt({ name, arguments: args });
      return { messages: prompt.messages };
    });
    expect(messages).toMatchObject([{ role: 'user', content: { type: 'text', text: expect.any(String) } }]);
  }
});

describe('a mistake of the caller', () => {
  test.each([
    ['update_task_status', { task_id: 'nope', status: 'completed' }, 'no task with the id "nope"'],
    ['update_task_status', { task_id: 'nope', status: 'complete' }, 'did you mean "completed"?'],
    ['get_unfinished_tasks', { cursor: 'forged' }, 'next_cursor'],
    ['get_unfinished_tasks', { limt: 1 }, 'did you mean "limit"?'],
    ['validate_fixes', { error_id: 'nope' }, 'Call get_error_correlations'],
    ['correlate_conversations', { session_id: 'nope' }, 'autobot://conversations'],
    ['system_health_check', { targets: ['nope'] }, 'Checked: backend, redis'],
    ['ingest_chat', { session_id: 's' }, 'messages is missing'],
  ])('in %s %j is told to everyone in the same words', async (name, args, text) => {
    expect(await call(name, args)).toEqual({ error: expect.stringContaining(text) });
  });

  test('a tool that there is not is told to everyone with the nearest one', async () => {
    const told = await same((client) => refusal(client.callTool({ name: 'get_unfinished_task' })));
    expect(told).toContain('Did you mean get_unfinished_tasks?');
  });
});

/** Calls of tools that ask for a job, with what must be in the answer once it is done. */
const ASKS: readonly (readonly [string, () => Record<string, unknown>, object])[] = [
  ['update_task_status', () => ({ task_id: ids.task, status: 'completed', note: 'done' }), { status: 'completed' }],
  [
    'ingest_chat',
    () => ({ session_id: 'handed', messages: [{ role: 'user', content: 'hello', timestamp: '2026-11-01' }] }),
    { result: { outcome: 'stored' }, next: { arguments: { session_id: 'handed' } } },
  ],
  ['analyze_and_generate_knowledge', () => ({}), { result: { conversations: 4 } }],
  ['system_health_check', () => ({ fresh: true, targets: ['worker:ingest'] }), { targets: [{ status: 'up' }] }],
];

describe('a tool that asks for a job', () => {
  test.each(ASKS)(
    '%s tells every client alike how it went',
    async (name, args, facts) => {
      // The first time something changes; from then on asking again changes nothing.
      await clients[0]?.client.callTool({ name, arguments: { ...args(), wait_ms: 20_000 } });
      expect(await call(name, { ...args(), wait_ms: 20_000 })).toMatchObject({
        facts: { ...facts, state: 'completed', deduplicated: false, position: null },
      });
    },
    60_000,
  );

  test('every tool is called above', () => {
    expect([...new Set([...READS, ...ASKS].map(([name]) => name))].sort()).toEqual([...toolNames].sort());
  });
});
