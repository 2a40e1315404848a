import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Client as ClientV2 } from '@modelcontextprotocol/client';
import { StdioClientTransport as StdioV2 } from '@modelcontextprotocol/client/stdio';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as StdioV1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import fc from 'fast-check';
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { aConversation, aTask } from '../support/memory-ledger.js';
import { ledgerServer, startRaw, type RawServer } from '../support/mcp-server.js';

let entry: string;
let remove: () => Promise<void>;
const started: RawServer[] = [];
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const at = Date.now() - 60_000;
  const tasks = ['t1', 't2', 't3'].map((id, index) => aTask(id, { rank: 100 - index }));
  const activity = [
    { at, kind: 'task', what: 'pending', id: 't1', title: 'Task t1', sessionId: 's-1', project: null },
  ] as const;
  ({ entry, remove } = await ledgerServer({ tasks, conversations: [aConversation('s-1')], activity: [...activity] }));
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  for (const server of started.splice(0)) server.child.kill('SIGKILL');
});
afterAll(() => remove());

function raw(): RawServer {
  const server = startRaw(entry);
  started.push(server);
  return server;
}

interface AnyClient {
  listTools(): Promise<{ tools: { name: string; annotations?: object }[] }>;
  callTool(params: { name: string; arguments?: Record<string, unknown> }): Promise<Record<string, unknown>>;
  listResources(): Promise<{ resources: { uri: string }[] }>;
  listResourceTemplates(): Promise<{ resourceTemplates: { uriTemplate: string }[] }>;
  readResource(params: { uri: string }): Promise<{ contents: unknown[] }>;
  close(): Promise<void>;
}

const info = { name: 'test', version: '1.0.0' };
const clients: Readonly<Record<string, () => Promise<AnyClient>>> = {
  'client v2, 2026-07-28': async () => {
    const client = new ClientV2(info, { versionNegotiation: { mode: { pin: '2026-07-28' } } });
    await client.connect(new StdioV2({ command: process.execPath, args: [entry], stderr: 'ignore' }));
    return client as unknown as AnyClient;
  },
  'client v2, 2025-11-25': async () => {
    const client = new ClientV2(info, { versionNegotiation: { mode: 'legacy' } });
    await client.connect(new StdioV2({ command: process.execPath, args: [entry], stderr: 'ignore' }));
    return client as unknown as AnyClient;
  },
  'client v1': async () => {
    const client = new ClientV1(info);
    await client.connect(new StdioV1({ command: process.execPath, args: [entry], stderr: 'ignore' }));
    return client as unknown as AnyClient;
  },
};

/** What every client is asked, in this order. */
async function conversation(client: AnyClient): Promise<Record<string, unknown>> {
  const call = async (name: string, args?: Record<string, unknown>): Promise<unknown> => {
    const result = await client.callTool({ name, ...(args && { arguments: args }) });
    const { structuredContent, isError, content } = result;
    const [block] = content as { text: string }[];
    if (isError === true) return { error: block?.text };
    expect(JSON.parse(block?.text ?? '')).toEqual(structuredContent);
    return { ...(structuredContent as object), since: undefined };
  };
  const read = async (uri: string): Promise<unknown> =>
    JSON.parse(((await client.readResource({ uri })).contents[0] as { text: string }).text);
  return {
    tools: (await client.listTools()).tools,
    resources: (await client.listResources()).resources,
    templates: (await client.listResourceTemplates()).resourceTemplates,
    first: await call('get_unfinished_tasks', { limit: 2 }),
    second: await call('get_unfinished_tasks', { limit: 2, cursor: 'after:t2' }),
    none: await call('get_unfinished_tasks', { query: 'nothing like it' }),
    activity: await call('get_recent_activity'),
    update: await call('update_task_status', { task_id: 't2', status: 'completed', note: 'done' }),
    after: await call('get_unfinished_tasks'),
    ingest: await call('ingest_chat', { session_id: 's-9', messages: [{ role: 'user', content: 'hello' }] }),
    unknownId: await call('update_task_status', { task_id: 'nope', status: 'completed' }),
    badStatus: await call('update_task_status', { task_id: 't1', status: 'complete' }),
    badCursor: await call('get_unfinished_tasks', { cursor: 'forged' }),
    conversations: await read('autobot://conversations'),
    unfinished: await read('autobot://unfinished_tasks'),
    conversation: await read('autobot://conversations/s-1'),
    task: await read('autobot://unfinished_tasks/t1'),
    missing: await client
      .readResource({ uri: 'autobot://unfinished_tasks/nope' })
      .catch((error: unknown) => String(error).includes('There is no resource')),
    missingTool: await client
      .callTool({ name: 'get_unfinished_task' })
      .catch((error: unknown) => String(error).includes('Did you mean get_unfinished_tasks?')),
  };
}

test('clients of all generations get the same results', async () => {
  const results: Record<string, unknown>[] = [];
  for (const connect of Object.values(clients)) {
    const client = await connect();
    closing.push(() => client.close());
    results.push(await conversation(client));
  }
  const [first, ...others] = results;
  expect(first).toMatchObject({
    first: { tasks: [{ id: 't1' }, { id: 't2' }], total: 3, total_is: 'exact', next_cursor: 'after:t2' },
    second: { tasks: [{ id: 't3' }], next_cursor: null },
    none: { tasks: [], total: 0 },
    activity: { events: [{ id: 't1', kind: 'task' }], total: 1 },
    update: { id: 't2', status: 'completed', state: 'completed', deduplicated: false },
    after: { tasks: [{ id: 't1' }, { id: 't3' }] },
    ingest: {
      state: 'waiting',
      deduplicated: false,
      workers_online: 1,
      next: { tool: 'get_unfinished_tasks', arguments: { session_id: 's-9' } },
    },
    unknownId: { error: expect.stringContaining('get_unfinished_tasks') },
    badStatus: { error: expect.stringContaining('did you mean "completed"?') },
    badCursor: { error: expect.stringContaining('next_cursor') },
    conversation: { conversation: { session_id: 's-1', open_tasks: 2 } },
    task: { task: { id: 't1', history_total: 1 } },
    missing: true,
    missingTool: true,
  });
  for (const other of others) expect(withoutIds(other)).toEqual(withoutIds(first));
});

/** Job ids differ, and the modern era adds cache fields that the clients hand on. */
function withoutIds(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, entry: unknown) => (key === 'job_id' ? undefined : entry)));
}

test('the list of tools is small, in a fixed order, and sets every hint', async () => {
  const server = raw();
  await server.open();
  server.send({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
  const { result } = (await server.reply(1)) as { result: { tools: Record<string, unknown>[] } };
  expect(result.tools.map(({ name }) => name)).toEqual([
    'get_unfinished_tasks',
    'update_task_status',
    'get_recent_activity',
    'ingest_chat',
  ]);
  expect(Buffer.byteLength(JSON.stringify(result))).toBeLessThan(9_000);
  for (const tool of result.tools) {
    expect(Object.keys(tool['annotations'] as object).sort()).toEqual([
      'destructiveHint',
      'idempotentHint',
      'openWorldHint',
      'readOnlyHint',
    ]);
    expect(tool['title']).toEqual(expect.any(String));
    expect(String(tool['description']).length).toBeLessThan(300);
    expect(tool).toMatchObject({
      inputSchema: { type: 'object', additionalProperties: false },
      outputSchema: { type: 'object' },
    });
  }
});

test('a modern list says how long it may be kept', async () => {
  const server = raw();
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientInfo': info,
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  server.send({ jsonrpc: '2.0', id: 1, method: 'server/discover', params: { _meta } });
  server.send({ jsonrpc: '2.0', id: 2, method: 'tools/list', params: { _meta } });
  server.send({
    jsonrpc: '2.0',
    id: 3,
    method: 'resources/read',
    params: { _meta, uri: 'autobot://unfinished_tasks' },
  });
  const discovered = (await server.reply(1)) as { result: { instructions: string; supportedVersions: string[] } };
  expect(discovered.result.supportedVersions).toContain('2026-07-28');
  expect(discovered.result.instructions.length).toBeLessThanOrEqual(2_000);
  expect(await server.reply(2)).toMatchObject({ result: { ttlMs: 300_000, cacheScope: 'public' } });
  expect(await server.reply(3)).toMatchObject({ result: { ttlMs: 1_000, cacheScope: 'private' } });
});

describe('stdout', () => {
  test('carries nothing but JSON-RPC, whatever comes in and whatever libraries print', async () => {
    const server = raw();
    await server.open();
    const line = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record(
          { jsonrpc: fc.constant('2.0'), id: fc.anything(), method: fc.string(), params: fc.anything() },
          { requiredKeys: [] },
        )
        .map((message) => JSON.stringify(message)),
      fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
      fc.constantFrom(
        '{',
        '[]',
        'null',
        '[{"jsonrpc":"2.0"}]',
        '\u0000',
        '{"jsonrpc":"2.0","id":{},"method":"x"}',
        '{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"get_unfinished_tasks","arguments":[]}}',
      ),
    );
    for (const text of fc.sample(line, { numRuns: 400, seed: 7 })) server.write(`${text}\n`);
    server.write(
      Buffer.concat([Buffer.from('{"jsonrpc":"2.0","id":"cut-'), Buffer.from([0xff, 0xfe, 0x80]), Buffer.from('\n')]),
    );
    server.send({ jsonrpc: '2.0', id: 'last', method: 'tools/call', params: { name: 'get_unfinished_tasks' } });
    expect(await server.reply('last')).toMatchObject({ result: { structuredContent: { total: 3 } } });
    for (const text of server.lines) expect(JSON.parse(text)).toMatchObject({ jsonrpc: '2.0' });
    expect(server.stderr()).toContain('a stray line of a library');
  });

  test('a message of more than 16 MiB is refused and the next one answered', async () => {
    const server = raw();
    await server.open();
    server.write(
      `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"${'x'.repeat(17 * 1_024 * 1_024)}"}}\n`,
    );
    server.send({ jsonrpc: '2.0', id: 2, method: 'tools/list' });
    expect(await server.reply(2)).toMatchObject({ result: {} });
    expect(server.lines.some((text) => text.includes('longer than'))).toBe(true);
  });
});

test('what was asked right before the end of stdin is still answered', async () => {
  const server = raw();
  server.send({
    jsonrpc: '2.0',
    id: 'open',
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: info },
  });
  server.send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'get_unfinished_tasks' } });
  server.child.stdin.end();
  expect(await server.reply(1)).toMatchObject({ result: { structuredContent: { total: 3 } } });
  expect(await server.exited).toEqual({ code: 0, signal: null });
});

test('two clients at the same time never see each other’s answers', async () => {
  const both = [raw(), raw()];
  await Promise.all(both.map((server) => server.open()));
  for (let id = 1; id <= 50; id += 1) {
    both[0]?.send({
      jsonrpc: '2.0',
      id,
      method: 'tools/call',
      params: { name: 'get_unfinished_tasks', arguments: { limit: 1 } },
    });
    both[1]?.send({
      jsonrpc: '2.0',
      id,
      method: 'tools/call',
      params: { name: 'ingest_chat', arguments: { session_id: `s${id}`, messages: [{ role: 'user', content: 'x' }] } },
    });
  }
  for (let id = 1; id <= 50; id += 1) {
    expect(await both[0]?.reply(id)).toMatchObject({ result: { structuredContent: { tasks: [{ id: 't1' }] } } });
    expect(await both[1]?.reply(id)).toMatchObject({
      result: { structuredContent: { next: { arguments: { session_id: `s${id}` } } } },
    });
  }
});

test('a server whose parent died ends, though somebody else still holds its stdin', async () => {
  const fifo = join(dirname(entry), 'stdin');
  execFileSync('mkfifo', [fifo]);
  const held = openSync(fifo, 'r+');
  const script = 'exec 3<&0; "$0" "$1" <&3 & wait';
  const shell = spawn('sh', ['-c', script, process.execPath, entry], { stdio: [held, 'pipe', 'ignore'] });
  writeSync(held, `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' })}\n`);
  await new Promise((resolve) => shell.stdout?.once('data', resolve));
  // Its stdout closes when the last process that holds it has ended.
  const ended = new Promise((resolve) => shell.once('close', resolve));
  shell.kill('SIGKILL');
  await ended;
  closeSync(held);
}, 15_000);
