import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { toolNames } from '../../src/mcp/tools/index.js';
import { taskFact } from '../support/builders.js';
import { startLedger, type LedgerRun } from '../support/ledger-run.js';
import { until } from '../support/mcp-http.js';
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

interface Called {
  readonly text: string;
  readonly facts: Facts | undefined;
  readonly tookMs: number;
}

let id = 0;
/** Calls a tool and says how long the answer took. */
async function call(server: RawServer, name: string, args: object = {}): Promise<Called> {
  const own = (id += 1);
  const at = performance.now();
  server.send({ jsonrpc: '2.0', id: own, method: 'tools/call', params: { name, arguments: args } });
  const { result } = (await server.reply(own)) as {
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

const [READ, QUEUED] = ['nothing could be read', 'nothing was queued'];
/** Every tool, those that ask for a job with a wait too, and what it says where Redis does not answer. */
const CALLS: readonly (readonly [name: string, args: object, told: string])[] = [
  ['get_unfinished_tasks', {}, READ],
  ['get_error_correlations', {}, READ],
  ['validate_fixes', {}, READ],
  ['correlate_conversations', {}, READ],
  ['get_recent_activity', {}, READ],
  ['system_health_check', {}, READ],
  ['get_task_analytics', { group_by: 'project' }, READ],
  ['get_insights', {}, READ],
  ['generate_system_report', {}, READ],
  ['update_task_status', { task_id: 't', status: 'completed', wait_ms: 20_000 }, QUEUED],
  ['ingest_chat', { session_id: 's', messages: [{ role: 'user', content: 'x' }], wait_ms: 20_000 }, QUEUED],
  ['analyze_and_generate_knowledge', { wait_ms: 20_000 }, QUEUED],
  ['system_health_check', { fresh: true, wait_ms: 20_000 }, READ],
];

test('every tool is called here', () => {
  expect([...new Set(CALLS.map(([name]) => name))].sort()).toEqual([...toolNames].sort());
});

/**
 * Calls every tool, all at once: each must answer within 2 s.
 * @param waits whether those that ask for a job wait for its end
 */
async function callAll(
  server: RawServer,
  { waits = true } = {},
): Promise<readonly (Called & { name: string; told: string })[]> {
  const all = await Promise.all(
    CALLS.map(async ([name, args, told]) => {
      const given = !waits && 'wait_ms' in args ? { ...args, wait_ms: 0 } : args;
      return { name, told, ...(await call(server, name, given)) };
    }),
  );
  for (const { name, tookMs } of all) expect([name, tookMs < 2_000 ? 'in time' : tookMs]).toEqual([name, 'in time']);
  return all;
}

describe('with Redis down', () => {
  test('everything is listed, and each tool says within 2 s what is wrong and what to start', async () => {
    const server = start(`unix://${home}/none.sock`);
    expect(await server.open()).toMatchObject({ result: { serverInfo: { name: 'mcp-autobot-tracker' } } });
    await list(server);
    for (const { name, text, told } of await callAll(server)) {
      expect([name, text]).toEqual([name, expect.stringContaining(told)]);
      expect(text).toContain('mcp-autobot-tracker up');
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
    for (const { name, text, told } of await callAll(server))
      expect([name, text]).toEqual([name, expect.stringContaining(told)]);
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

describe('with a Redis that has trouble', () => {
  let ledger: LedgerRun;
  let admin: Redis;
  let server: RawServer;
  let again: TestRedis | undefined;
  let isStopped = false;
  beforeEach(async () => {
    ledger = await startLedger(['--appendonly', 'yes']);
    await ledger.store.record([taskFact({ id: 't' })], Date.now());
    admin = new Redis({ path: ledger.redis.socket, retryStrategy: () => 50 });
    admin.on('error', () => undefined);
    server = ledger.stdio();
    await server.open();
    // Everything is loaded and connected once.
    await worksAgain();
  }, 60_000);
  afterEach(async () => {
    if (isStopped) process.kill(ledger.redis.pid, 'SIGCONT');
    isStopped = false;
    admin.disconnect();
    await ledger.stop();
    await again?.kill();
    again = undefined;
  });

  /** Until every tool has answered with facts. */
  async function worksAgain(): Promise<void> {
    const deadline = Date.now() + 15_000;
    for (;;) {
      const silent = (await callAll(server, { waits: false })).filter(({ facts }) => facts === undefined);
      if (silent.length === 0) return;
      if (Date.now() > deadline) throw new Error(silent.map(({ name, text }) => `${name}: ${text}`).join('\n'));
    }
  }
  /** Jobs that wait, of those queues that tools ask. */
  async function jobs(): Promise<number> {
    const depths = await Promise.all(
      (['ingest', 'insight', 'health-check'] as const).map((name) => ledger.queues.queueDepth(name)),
    );
    return depths.reduce((sum, { waiting }) => sum + waiting, 0);
  }

  test('out of memory, what writes says so and what reads goes on; with memory all work by themselves', async () => {
    const before = await jobs();
    await admin.config('SET', 'maxmemory', '1mb');
    const asking = new Set(['update_task_status', 'ingest_chat', 'analyze_and_generate_knowledge']);
    for (const { name, text, facts } of await callAll(server)) {
      if (asking.has(name)) expect([name, text]).toEqual([name, expect.stringContaining('out of memory')]);
      // Of the two calls of the health check one asks for a job.
      else if (name !== 'system_health_check')
        expect([name, facts === undefined ? text : 'facts']).toEqual([name, 'facts']);
    }
    expect((await call(server, 'system_health_check', { fresh: true })).text).toContain('out of memory');
    await admin.config('SET', 'maxmemory', '0');
    expect(await jobs()).toBe(before);
    await worksAgain();
  }, 60_000);

  test('slow, every tool answers within 2 s, with facts or with what is wrong', async () => {
    let isSlow = true;
    const pause = async (): Promise<void> => {
      while (isSlow) {
        process.kill(ledger.redis.pid, 'SIGSTOP');
        await sleep(300);
        process.kill(ledger.redis.pid, 'SIGCONT');
        await sleep(5);
      }
    };
    const pausing = pause();
    try {
      for (let n = 0; n < 3; n += 1) {
        for (const { name, text, facts, told } of await callAll(server, { waits: false }))
          if (facts === undefined) expect([name, text]).toEqual([name, expect.stringContaining(told)]);
      }
    } finally {
      isSlow = false;
      await pausing;
    }
    await worksAgain();
  }, 60_000);

  test('gone and back, every tool works by itself, and what was said not to be queued is not', async () => {
    const before = await jobs();
    await ledger.redis.kill();
    for (const { name, text, told } of await callAll(server))
      expect([name, text]).toEqual([name, expect.stringContaining(told)]);
    again = await startRedis(['--appendonly', 'yes'], dirname(ledger.redis.socket));
    await until(async () => (await jobs()) === before);
    // Nobody has the requests in memory, to send them when Redis is back.
    await sleep(500);
    expect(await jobs()).toBe(before);
    await worksAgain();
  }, 60_000);

  test('gone while a call waits for its job, it says that the job is queued', async () => {
    const messages = [{ role: 'user', content: 'waits' }];
    const before = await jobs();
    const waiting = call(server, 'ingest_chat', { session_id: 'waits', messages, wait_ms: 20_000 });
    await until(async () => (await jobs()) === before + 1);
    // The server hears of it after we do.
    await sleep(500);
    const stoppedAt = performance.now();
    isStopped = true;
    process.kill(ledger.redis.pid, 'SIGSTOP');
    expect((await waiting).facts).toMatchObject({ state: 'waiting', job_id: expect.any(String) });
    expect(performance.now() - stoppedAt).toBeLessThan(2_000);
  }, 60_000);
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
