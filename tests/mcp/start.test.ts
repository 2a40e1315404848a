/** The file that clients start, `dist/mcp.js`: how it starts, what it lets through, how it ends. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRaw, type RawServer } from '../support/mcp-server.js';
import { built } from '../support/processes.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { survivors } from '../supervisor/system.js';

/** 200 take 40 s on two cores that have nothing else to do. */
const STARTS = Number(process.env['TRACKER_TEST_STARTS'] ?? (process.env['CI'] === undefined ? 40 : 200));
const AT_ONCE = 8;
const LIBRARIES = 'mcp-libraries.cjs';

const entry = built('mcp.js');
let home: string;
let redis: TestRedis;
let nowhere: string;
const started: RawServer[] = [];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'tracker-start-'));
  await mkdir(join(home, 'claude/projects'), { recursive: true });
  nowhere = `unix://${home}/none.sock`;
  redis = await startRedis();
});
afterEach(() => {
  for (const server of started.splice(0)) server.child.kill('SIGKILL');
});
afterAll(async () => {
  await redis.stop();
  await rm(home, { recursive: true, force: true });
});

function start(url: string, env: NodeJS.ProcessEnv = {}, file = entry): RawServer {
  const server = startRaw(file, {
    ...{ TRACKER_HOME: home, CLAUDE_CONFIG_DIR: join(home, 'claude'), REDIS_URL: url },
    ...{ TRACKER_CONFIG: '', DEBUG: '', ...env },
  });
  started.push(server);
  return server;
}

let lastId = 0;
/** The reply to a request of our own; its id is none that a fuzzed message could have. */
function ask(server: RawServer, method: string, params: object = {}): Promise<Record<string, unknown>> {
  lastId += 1;
  const id = `own ${lastId}`;
  server.send({ jsonrpc: '2.0', id, method, params });
  return server.reply(id);
}
const callTool = (server: RawServer, name: string, args: object = {}): Promise<Record<string, unknown>> =>
  ask(server, 'tools/call', { name, arguments: args });
const aChat = (session: string, rest: object = {}): object => ({
  ...{ session_id: session, messages: [{ role: 'user', content: 'hello' }] },
  ...rest,
});

/** What a client of 2026-07-28 puts into each request. */
const modern = {
  _meta: {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientInfo': { name: 'raw', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
  },
};

describe('the start', () => {
  const lists = {
    '2025-11-25': async (server: RawServer) => {
      expect(await server.open()).toMatchObject({ result: { serverInfo: { name: 'mcp-autobot-tracker' } } });
      return ask(server, 'tools/list');
    },
    '2026-07-28': async (server: RawServer) => {
      expect(await ask(server, 'server/discover', modern)).toMatchObject({
        result: { supportedVersions: expect.arrayContaining(['2026-07-28']) },
      });
      return ask(server, 'tools/list', modern);
    },
  };

  test.each(Object.entries(lists))(
    'a client of %s gets the list where there is nothing but the file',
    async (_, list) => {
      const folder = await mkdtemp(join(home, 'alone-'));
      await copyFile(entry, join(folder, 'mcp.js'));
      await writeFile(join(folder, 'package.json'), '{"type":"module"}');
      const server = start(nowhere, {}, join(folder, 'mcp.js'));
      expect(await list(server)).toMatchObject({
        result: { tools: expect.arrayContaining([expect.objectContaining({ name: 'get_unfinished_tasks' })]) },
      });
      // Neither BullMQ nor a Redis client is there, so that the list has not waited for them; a call says so.
      const call = { name: 'get_unfinished_tasks', arguments: {}, ...modern };
      expect(await ask(server, 'tools/call', call)).toMatchObject({ result: { isError: true } });
    },
  );

  test('the libraries are loaded after the list, and by nothing that comes before it', async () => {
    const server = start(redis.url, { NODE_DEBUG: 'module' });
    await server.open();
    await ask(server, 'ping');
    await ask(server, 'resources/list');
    expect(server.stderr()).not.toContain(LIBRARIES);
    await ask(server, 'tools/list');
    await callTool(server, 'get_unfinished_tasks');
    expect(server.stderr()).toContain(LIBRARIES);
  });

  test('its version is that of the package, and its young generation is held small', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    const server = start(nowhere);
    expect(await server.open()).toMatchObject({ result: { serverInfo: { version } } });
    const first = (await readFile(entry, 'utf8')).slice(0, 250);
    expect(first).toContain('--max-semi-space-size=1');
    expect(first).toContain('--semi-space-growth-factor=1');
  });

  test('it reads and queues with the libraries that lie beside it', async () => {
    const server = start(redis.url);
    await server.open();
    expect(await callTool(server, 'get_unfinished_tasks')).toMatchObject({
      result: { structuredContent: { tasks: [], total: 0 } },
    });
    const secret = `sk-ant-api03-${'a1B2'.repeat(24)}`;
    const messages = [{ role: 'user', content: `the key is ${secret}` }];
    expect(await callTool(server, 'ingest_chat', { session_id: 'start', messages })).toMatchObject({
      result: { structuredContent: { state: 'waiting', deduplicated: false } },
    });
    expect(await callTool(server, 'ingest_chat', { session_id: 'start', messages })).toMatchObject({
      result: { structuredContent: { deduplicated: true } },
    });
  });
});

describe('the end', () => {
  const states = {
    'Redis up': async () => {
      const server = start(redis.url);
      await server.open();
      await callTool(server, 'get_unfinished_tasks');
      return server;
    },
    'Redis down': async () => {
      const server = start(nowhere);
      await server.open();
      await callTool(server, 'get_unfinished_tasks');
      return server;
    },
    'a call that waits for its job': async () => {
      const server = start(redis.url);
      await server.open();
      await callTool(server, 'ingest_chat', aChat('warm'));
      const params = { name: 'ingest_chat', arguments: aChat('waits', { wait_ms: 20_000 }) };
      server.send({ jsonrpc: '2.0', id: 'waits', method: 'tools/call', params });
      await ask(server, 'ping');
      return server;
    },
  };
  const ends = {
    'stdin end': (server: RawServer) => void server.child.stdin.end(),
    SIGTERM: (server: RawServer) => void server.child.kill('SIGTERM'),
  };
  for (const [state, prepare] of Object.entries(states)) {
    test.each(Object.entries(ends))(`with ${state}, %s ends it with 0 within 500 ms`, async (_, end) => {
      const server = await prepare();
      const at = performance.now();
      end(server);
      expect(await server.exited).toEqual({ code: 0, signal: null });
      expect(performance.now() - at).toBeLessThan(500);
    });
  }

  test(
    `${STARTS} starts and ends leave no process`,
    async () => {
      const place = await mkdtemp(join(home, 'many-'));
      let next = 0;
      const oneAfterTheOther = async (): Promise<void> => {
        while (next < STARTS) {
          const turn = next++;
          const server = start(turn % 2 === 0 ? redis.url : nowhere, { TRACKER_HOME: place });
          // Some end before they were asked anything, some while they load, some after a call.
          if (turn % 4 > 0) await server.open();
          if (turn % 4 > 1) await ask(server, 'tools/list');
          if (turn % 4 > 2) await callTool(server, 'get_unfinished_tasks');
          if (turn % 3 === 0 && turn % 4 > 0) server.child.kill('SIGTERM');
          else server.child.stdin.end();
          expect(await server.exited).toEqual({ code: 0, signal: null });
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, oneAfterTheOther));
      expect(await survivors(place)).toEqual([]);
    },
    2_000 * STARTS + 20_000,
  );
});

describe('what comes in', () => {
  const id = fc.oneof(fc.integer(), fc.string(), fc.constant(null), fc.double(), fc.object({ maxDepth: 1 }));
  const method = fc.constantFrom(
    ...['tools/call', 'tools/list', 'resources/read', 'initialize', 'ping', 'server/discover', 'no/such/method', ''],
    ...['notifications/initialized', 'notifications/cancelled', 'notifications/progress', 'subscriptions/listen'],
    ...['tasks/get', 'logging/setLevel', 'completion/complete', '__proto__'],
  );
  const params = fc.oneof(
    fc.anything(),
    fc.record({ name: fc.string(), arguments: fc.anything(), _meta: fc.anything() }, { requiredKeys: [] }),
    fc.record({ name: fc.constant('get_unfinished_tasks'), arguments: fc.object() }),
    fc.record({ uri: fc.webUrl(), requestId: id, cursor: fc.string() }, { requiredKeys: [] }),
  );
  const message = fc.record({ jsonrpc: fc.constant('2.0'), id, method, params }, { requiredKeys: ['jsonrpc'] });
  const text = (value: unknown): string =>
    JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? 0 : part));
  const line = fc.oneof(
    message.map(text),
    message.map(text).chain((whole) => fc.nat(whole.length).map((cut) => whole.slice(0, cut))),
    fc.array(message, { maxLength: 3 }).map(text),
    fc.json(),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.constantFrom(
      '{"a":'.repeat(5_000),
      '['.repeat(100_000),
      `"${'x'.repeat(300_000)}"`,
      '\r\n\r\n',
      '\u0000',
      '\ufeff{}',
    ),
  );

  test('whatever it is, each line of stdout is JSON-RPC, and a good request is answered after it', async () => {
    const server = start(redis.url);
    await server.open();
    let seen = 0;
    const isFine = fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 12 }), async (lines) => {
      for (const one of lines) server.write(Buffer.concat([Buffer.from(one), Buffer.from('\n')]));
      expect(await ask(server, 'ping')).toEqual({ jsonrpc: '2.0', id: `own ${lastId}`, result: {} });
      for (; seen < server.lines.length; seen++) {
        const reply = JSON.parse(server.lines[seen] ?? '') as Record<string, unknown>;
        expect(reply).toMatchObject({ jsonrpc: '2.0' });
        expect(['result', 'error', 'method'].filter((key) => key in reply)).toHaveLength(1);
      }
    });
    await fc.assert(isFine, { numRuns: 100, endOnFailure: true });
    expect(await callTool(server, 'get_unfinished_tasks')).toMatchObject({
      result: { structuredContent: { tasks: [] } },
    });
    server.child.stdin.end();
    expect(await server.exited).toEqual({ code: 0, signal: null });
  }, 60_000);

  test('lines longer than what it keeps are refused, however many there are', async () => {
    const server = start(nowhere);
    await server.open();
    const huge = Buffer.alloc(17 * 1_024 * 1_024, 'x');
    for (let turn = 0; turn < 3; turn++) server.write(Buffer.concat([huge, Buffer.from('\n')]));
    expect(await ask(server, 'ping')).toMatchObject({ result: {} });
    expect(server.lines.filter((reply) => reply.includes('longer than'))).toHaveLength(3);
  });
});
