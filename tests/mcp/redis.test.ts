import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { builtServer, startRaw, type RawServer } from '../support/mcp-server.js';
import { startRedis, type TestRedis } from '../support/redis.js';

let home: string;
let redis: TestRedis;
const started: RawServer[] = [];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'tracker-mcp-'));
  await mkdir(join(home, 'claude/projects'), { recursive: true });
  redis = await startRedis();
});
afterEach(() => {
  process.kill(redis.pid, 'SIGCONT');
  for (const server of started.splice(0)) server.child.kill('SIGKILL');
});
afterAll(async () => {
  await redis.stop();
  await rm(home, { recursive: true, force: true });
});

function start(url: string): RawServer {
  const env = {
    TRACKER_HOME: home,
    CLAUDE_CONFIG_DIR: join(home, 'claude'),
    REDIS_URL: url,
    TRACKER_CONFIG: '',
    DEBUG: '',
  };
  const server = startRaw(builtServer(), env);
  started.push(server);
  return server;
}

/** What the tests look at of a structured result. */
interface Facts {
  readonly job_id?: string;
  readonly hint?: string;
}

let id = 0;
/** Calls a tool and says how long the answer took. */
async function call(
  server: RawServer,
  name: string,
  args: object = {},
): Promise<{ text: string; facts: Facts | undefined; tookMs: number }> {
  id += 1;
  const at = performance.now();
  server.send({ jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: args } });
  const { result } = (await server.reply(id)) as {
    result: { content: { text: string }[]; structuredContent?: Facts };
  };
  return { text: result.content[0]?.text ?? '', facts: result.structuredContent, tookMs: performance.now() - at };
}
async function list(server: RawServer): Promise<number> {
  id += 1;
  const at = performance.now();
  server.send({ jsonrpc: '2.0', id, method: 'tools/list' });
  await server.reply(id);
  return performance.now() - at;
}

const CALLS = [
  ['get_unfinished_tasks', {}, 'nothing could be read'],
  ['get_recent_activity', {}, 'nothing could be read'],
  ['update_task_status', { task_id: 't', status: 'completed' }, 'nothing was queued'],
  ['ingest_chat', { session_id: 's', messages: [{ role: 'user', content: 'x' }] }, 'nothing was queued'],
] as const;

describe('with Redis down', () => {
  test('everything is listed, and each tool says within 2 s what is wrong and what to start', async () => {
    const server = start(`unix://${home}/none.sock`);
    expect(await server.open()).toMatchObject({ result: { serverInfo: { name: 'mcp-autobot-tracker' } } });
    await list(server);
    for (const [name, args, told] of CALLS) {
      const { text, tookMs } = await call(server, name, args);
      expect(text).toContain(told);
      expect(text).toContain('mcp-autobot-tracker up');
      expect(tookMs).toBeLessThan(2_000);
    }
    id += 1;
    server.send({ jsonrpc: '2.0', id, method: 'resources/read', params: { uri: 'autobot://unfinished_tasks' } });
    expect(await server.reply(id)).toMatchObject({
      error: { message: expect.stringContaining('Redis does not answer') },
    });
  });
});

describe('with Redis up', () => {
  test('an empty ledger is an answer, a chat is queued, and without workers it says what to start', async () => {
    const server = start(redis.url);
    await server.open();
    await list(server);
    expect((await call(server, 'get_unfinished_tasks')).facts).toMatchObject({
      tasks: [],
      total: 0,
      total_is: 'exact',
      next_cursor: null,
    });
    expect((await call(server, 'get_recent_activity')).facts).toMatchObject({ events: [], total: 0 });
    const messages = [{ role: 'user', content: 'token sk-ant-api03-abc' }];
    const first = await call(server, 'ingest_chat', { session_id: 's', messages });
    expect(first.facts).toMatchObject({
      state: 'waiting',
      deduplicated: false,
      workers_online: 0,
      hint: expect.stringContaining('up'),
    });
    const again = await call(server, 'ingest_chat', { session_id: 's', messages });
    expect(again.facts).toMatchObject({ job_id: first.facts?.job_id, deduplicated: true });
    expect((await call(server, 'update_task_status', { task_id: 'nope', status: 'completed' })).text).toContain(
      'no task with the id "nope"',
    );
    expect((await call(server, 'get_unfinished_tasks', { cursor: 'forged' })).text).toContain('next_cursor');
  });

  test('a Redis that stops answering is told within 2 s, and used again when it answers', async () => {
    const server = start(redis.url);
    await server.open();
    await call(server, 'get_unfinished_tasks');
    await call(server, 'ingest_chat', { session_id: 'warm', messages: [{ role: 'user', content: 'x' }] });
    process.kill(redis.pid, 'SIGSTOP');
    for (const [name, args, told] of CALLS) {
      const { text, tookMs } = await call(server, name, args);
      expect(text).toContain(told);
      expect(tookMs).toBeLessThan(2_000);
    }
    expect(await list(server)).toBeLessThan(500);
    process.kill(redis.pid, 'SIGCONT');
    const deadline = Date.now() + 10_000;
    for (;;) {
      const { facts } = await call(server, 'get_unfinished_tasks');
      if (facts !== undefined) break;
      expect(Date.now()).toBeLessThan(deadline);
    }
  });
});

describe('with a Redis that up would refuse', () => {
  test('each tool says why and what to do, and works as soon as that is done', async () => {
    const evicting = await startRedis(['--maxmemory-policy', 'allkeys-lru']);
    try {
      const server = start(evicting.url);
      await server.open();
      for (const [name, args] of CALLS) {
        const { text, facts } = await call(server, name, args);
        expect(facts).toBeUndefined();
        expect(text).toContain('nothing was done');
        expect(text).toContain('redis.url: maxmemory-policy is allkeys-lru');
        expect(text).toContain('run: redis-cli CONFIG SET maxmemory-policy noeviction');
      }
      const admin = new Redis({ path: evicting.socket });
      await admin.config('SET', 'maxmemory-policy', 'noeviction');
      admin.disconnect();
      const { facts } = await call(server, 'get_unfinished_tasks');
      expect(facts).toMatchObject({ tasks: [], hint: expect.stringContaining('Nothing has been read yet') });
      expect(facts?.hint).toContain('npm start');
    } finally {
      await evicting.stop();
    }
  });
});

describe('the process ends with 0 within 500 ms', () => {
  const ends = {
    'stdin end': (server: RawServer) => void server.child.stdin.end(),
    SIGTERM: (server: RawServer) => void server.child.kill('SIGTERM'),
    SIGINT: (server: RawServer) => void server.child.kill('SIGINT'),
  };
  const states = {
    'before the first message': () => Promise.resolve(start(redis.url)),
    'with Redis connected': async () => {
      const server = start(redis.url);
      await server.open();
      await call(server, 'get_unfinished_tasks');
      return server;
    },
    'with Redis down': async () => {
      const server = start(`unix://${home}/none.sock`);
      await server.open();
      await call(server, 'get_unfinished_tasks');
      return server;
    },
    'with a call that hangs in Redis': async () => {
      const server = start(redis.url);
      await server.open();
      await call(server, 'ingest_chat', { session_id: 'warm', messages: [{ role: 'user', content: 'x' }] });
      process.kill(redis.pid, 'SIGSTOP');
      server.send({ jsonrpc: '2.0', id: 'hangs', method: 'tools/call', params: { name: 'get_unfinished_tasks' } });
      await list(server);
      return server;
    },
    'with a call that waits for its job': async () => {
      const server = start(redis.url);
      await server.open();
      await call(server, 'ingest_chat', { session_id: 'warm', messages: [{ role: 'user', content: 'x' }] });
      server.send({
        jsonrpc: '2.0',
        id: 'waits',
        method: 'tools/call',
        params: {
          name: 'ingest_chat',
          arguments: { session_id: 'w', messages: [{ role: 'user', content: 'x' }], wait_ms: 20_000 },
        },
      });
      await list(server);
      return server;
    },
  };
  for (const [state, prepare] of Object.entries(states)) {
    test.each(Object.entries(ends))(`${state}, after %s`, async (_name, end) => {
      const server = await prepare();
      if (state.startsWith('before')) await started_(server);
      const at = performance.now();
      end(server);
      expect(await server.exited).toEqual({ code: 0, signal: null });
      expect(performance.now() - at).toBeLessThan(500);
    });
  }
  /** Until the process has said that it runs: a signal that comes while Node itself starts is Node's to handle. */
  async function started_(server: RawServer): Promise<void> {
    const deadline = Date.now() + 5_000;
    while (!server.stderr().includes('mcp.started') && Date.now() < deadline)
      await new Promise((r) => setTimeout(r, 10));
  }
});
