/** The Tasks extension on real jobs, in requests written by hand: no SDK of a client stands between. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ledgerKeys } from '../../src/store/keys.js';
import { jsonl, talk } from '../support/builders.js';
import { startLedger, type LedgerRun } from '../support/ledger-run.js';
import { modern, send, until } from '../support/mcp-http.js';
import { modernMeta, type RawReply, type RawServer } from '../support/mcp-server.js';
import type { Kept } from '../support/processes.js';

const TASKS = 'io.modelcontextprotocol/tasks';
const declared = modernMeta({ extensions: { [TASKS]: {} } });
const SHORT_LOCKS = { lockMs: 1_000, stalledEveryMs: 500 };

let run: LedgerRun;
let server: RawServer;
const working: Kept[] = [];

beforeAll(async () => {
  run = await startLedger();
  server = run.stdio();
}, 60_000);
afterEach(async () => {
  await Promise.all(working.splice(0).map((worker) => worker.stop()));
});
afterAll(() => run.stop());

const work = async (name: 'ingest' | 'health-check'): Promise<Kept> => {
  const [worker] = await run.work([name], SHORT_LOCKS);
  if (worker === undefined) throw new Error('no worker');
  working.push(worker);
  return worker;
};

/** What a task is on the wire. */
interface TaskOnWire {
  readonly taskId: string;
  readonly status: string;
  readonly ttlMs: number;
  readonly createdAt: string;
  readonly statusMessage?: string;
  readonly result?: Readonly<Record<string, unknown>>;
}

const call = (name: string, args: object, meta: object = declared): Promise<RawReply> =>
  server.ask('tools/call', { name, arguments: args, ...meta });
const create = async (name: string, args: object): Promise<TaskOnWire> =>
  (await call(name, args)).result as unknown as TaskOnWire;
const get = async (taskId: string, at = server): Promise<TaskOnWire> => {
  const { result, error } = await at.ask('tasks/get', { taskId, ...declared });
  if (result === undefined) throw new Error(error?.message);
  expect(result).toMatchObject({ resultType: 'complete', taskId });
  return result as unknown as TaskOnWire;
};
const cancel = (taskId: string): Promise<RawReply> => server.ask('tasks/cancel', { taskId, ...declared });

/** Asks until the task is no longer `working`. */
async function ended(taskId: string, at = server): Promise<TaskOnWire> {
  let task = await get(taskId, at);
  const isEnded = async (): Promise<boolean> => {
    if (task.status === 'working') task = await get(taskId, at);
    return task.status !== 'working';
  };
  await until(isEnded, 25_000).catch((error: unknown) => {
    throw new Error(`${JSON.stringify(task)}\n${working.map((worker) => worker.stderr()).join('\n')}`, {
      cause: error,
    });
  });
  return task;
}

const aChat = (session: string): object => ({
  session_id: session,
  messages: [{ role: 'user', content: `hello from ${session}`, timestamp: '2026-11-01T10:00:00Z' }],
});

/** A transcript that takes a worker longer than all that a test does meanwhile. */
async function longTranscript(name: string): Promise<string> {
  const { lines, todoWrite, say } = talk({ sessionId: name });
  for (let n = 0; n < 12_000; n += 1) {
    if (n % 4 === 0) todoWrite(`Do number ${n}`, `And number ${n}`);
    // A listing: prose would have to be read sentence by sentence, longer than a lock of a second is held.
    else say(`\`\`\`\n${`This is line ${n} of many. `.repeat(20)}\n\`\`\``);
  }
  const folder = join(run.home, 'claude/projects/long');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${name}.jsonl`);
  await writeFile(path, jsonl(lines));
  return path;
}

describe('without a worker', () => {
  test('only a request that declares the extension gets a task, and another process can read it at once', async () => {
    const task = await create('ingest_chat', aChat('declared'));
    expect(task).toMatchObject({
      resultType: 'task',
      status: 'working',
      statusMessage: expect.stringContaining('waits'),
      pollIntervalMs: expect.any(Number),
      ttlMs: 3_600_000,
    });
    expect(task).not.toHaveProperty('structuredContent');
    expect(task.taskId).toMatch(/^ingest\.[0-9a-f-]{36}$/);
    const other = run.stdio();
    expect(await get(task.taskId, other)).toMatchObject({ status: 'working', createdAt: task.createdAt });

    const plain = await call('ingest_chat', aChat('plain'), modernMeta());
    expect(plain.result).toMatchObject({ resultType: 'complete', structuredContent: { state: 'waiting' } });
    // Once is not for all: the same connection has declared it before.
    expect(plain.result).not.toHaveProperty('taskId');
    const read = await call('get_unfinished_tasks', {});
    expect(read.result).toMatchObject({ resultType: 'complete', structuredContent: { tasks: [] } });
    const wrong = await call('ingest_chat', { session_id: 's' });
    expect(wrong.result).toMatchObject({ resultType: 'complete', isError: true });
  });

  test('the same request gets the same task', async () => {
    const [first, again] = [await create('ingest_chat', aChat('twice')), await create('ingest_chat', aChat('twice'))];
    expect(again.taskId).toBe(first.taskId);
  });

  test('one that waits can be cancelled, and is never done', async () => {
    const { taskId } = await create('ingest_chat', aChat('cancelled'));
    expect(await cancel(taskId)).toMatchObject({ result: { resultType: 'complete' } });
    expect(await get(taskId)).toMatchObject({ status: 'cancelled' });
    expect(await cancel(taskId)).toMatchObject({ result: {} });
    const later = await create('ingest_chat', aChat('after'));
    await work('ingest');
    expect(await ended(later.taskId)).toMatchObject({ status: 'completed' });
    expect(await get(taskId)).toMatchObject({ status: 'cancelled' });
    expect(await run.store.conversations.get('cancelled')).toBeNull();
    expect(await run.store.conversations.get('after')).not.toBeNull();
  }, 60_000);
});

describe('what is refused', () => {
  const unknown = ['ingest.00000000-0000-4000-8000-000000000000', 'nonsense', '../ingest', '__proto__.x', 'ingest.'];
  test.each(unknown)('the id %j, which nothing has, with -32602', async (taskId) => {
    for (const method of ['tasks/get', 'tasks/update', 'tasks/cancel']) {
      const params = { taskId, inputResponses: {}, ...declared };
      expect(await server.ask(method, params)).toMatchObject({ error: { code: -32_602 } });
    }
    expect(await server.ask('tasks/get', declared)).toMatchObject({ error: { code: -32_602 } });
  });

  test('a job that nobody made a task of', async () => {
    const { jobId } = await run.queues.enqueue('insight', { reason: 'asked' });
    expect(await server.ask('tasks/get', { taskId: `insight.${jobId}`, ...declared })).toMatchObject({
      error: { code: -32_602 },
    });
  });

  test('a request that does not declare it, with -32021, and a legacy client, with -32601', async () => {
    const { taskId } = await create('ingest_chat', aChat('refused'));
    const legacy = run.stdio();
    await legacy.open();
    for (const method of ['tasks/get', 'tasks/update', 'tasks/cancel']) {
      expect(await server.ask(method, { taskId, inputResponses: {}, ...modernMeta() })).toMatchObject({
        error: { code: -32_021, data: { requiredCapabilities: { extensions: { [TASKS]: {} } } } },
      });
      expect(await legacy.ask(method, { taskId })).toMatchObject({ error: { code: -32_601 } });
    }
    for (const gone of ['tasks/list', 'tasks/result'])
      expect(await server.ask(gone, { taskId, ...declared })).toMatchObject({ error: { code: -32_601 } });
  });
});

describe('with a worker', () => {
  test('its result is that of the call', async () => {
    await work('ingest');
    const { taskId } = await create('ingest_chat', aChat('result'));
    const task = await ended(taskId);
    expect(task).toMatchObject({
      status: 'completed',
      result: { structuredContent: { state: 'completed', result: { outcome: 'stored' } } },
    });
    const { content, structuredContent } = task.result as { content: [{ text: string }]; structuredContent: object };
    expect(content[0].text).toBe(JSON.stringify(structuredContent));
    // Done before it was asked for: there is nothing to cancel.
    expect(await cancel(taskId)).toMatchObject({ result: {} });
    expect(await get(taskId)).toMatchObject({ status: 'completed' });
  }, 60_000);

  test('one that runs when its server and its worker are killed is told to its end by another server', async () => {
    const worker = await work('ingest');
    const doomed = run.stdio();
    const path = await longTranscript('killed');
    const { result } = await doomed.ask('tools/call', {
      ...{ name: 'ingest_chat', arguments: { transcript_path: path } },
      ...declared,
    });
    const { taskId } = result as unknown as TaskOnWire;
    await until(async () => (await get(taskId)).statusMessage?.includes('at it') === true);
    doomed.child.kill('SIGKILL');
    worker.kill();
    await doomed.exited;
    const heir = run.stdio();
    expect(['working', 'completed']).toContain((await get(taskId, heir)).status);
    expect(await ended(taskId, heir)).toMatchObject({
      status: 'completed',
      result: { structuredContent: { result: { outcome: expect.stringMatching(/read|unchanged/) } } },
    });
    expect(worker.starts()).toBe(2);
  }, 60_000);

  test('one that runs is told to stop', async () => {
    await work('ingest');
    // A worker looks four times a second whether it shall stop, and may be done before.
    const ends: string[] = [];
    for (let n = 0; n < 8 && !ends.includes('cancelled'); n += 1) {
      const { taskId } = await create('ingest_chat', { transcript_path: await longTranscript(`stopped-${n}`) });
      await until(async () => (await get(taskId)).statusMessage?.includes('at it') === true);
      expect(await cancel(taskId)).toMatchObject({ result: {} });
      ends.push((await ended(taskId)).status);
    }
    expect(ends.at(-1)).toBe('cancelled');
  }, 60_000);

  test('one whose job fails is completed, with the error of a tool', async () => {
    const redis = new Redis({ path: run.redis.socket, db: run.config.redis.databases.tracker });
    const health = ledgerKeys(run.config.redis.prefix).of('health');
    try {
      // What no worker can write to.
      await redis.set(health, 'no hash');
      const { taskId } = await create('system_health_check', { fresh: true });
      await work('health-check');
      expect(await ended(taskId)).toMatchObject({
        status: 'completed',
        result: { isError: true, content: [{ text: expect.stringContaining('mcp-autobot-tracker doctor') }] },
      });
    } finally {
      await redis.del(health);
      redis.disconnect();
    }
  }, 60_000);

  test('one is kept while 2,000 other jobs are done', async () => {
    await work('ingest');
    const { taskId, createdAt, ttlMs } = await create('ingest_chat', aChat('kept'));
    const done = await ended(taskId);
    const last = await others(2_000);
    await until(async () => (await run.queues.jobState('ingest', last)).state === 'completed', 40_000);
    expect(await get(taskId)).toEqual(done);
    expect(done).toMatchObject({ createdAt, ttlMs });
  }, 90_000);

  async function others(count: number): Promise<string> {
    const at = Date.now();
    let last = '';
    for (let from = 0; from < count; from += 100) {
      const asked = await Promise.all(
        Array.from({ length: 100 }, (_, n) =>
          run.queues.enqueue('ingest', { kind: 'hand', taskId: `none-${from + n}`, status: 'blocked', note: null, at }),
        ),
      );
      last = asked.at(-1)?.jobId ?? '';
    }
    return last;
  }
});

test('over HTTP any process tells of a task', async () => {
  const [one, two] = await Promise.all([run.http(), run.http()]);
  const ask = async (at: { port: number; token: string }, method: string, params: object): Promise<RawReply> => {
    const [body, headers] = modern(method, params);
    const { params: all } = body as { params: object };
    const authorization = `Bearer ${at.token}`;
    const name = 'taskId' in params ? { 'mcp-name': String(params.taskId) } : {};
    const answer = await send(
      at.port,
      { ...body, params: { ...all, ...declared } },
      { ...headers, ...name, authorization },
    );
    return JSON.parse(answer.text) as RawReply;
  };
  const created = await ask(one, 'tools/call', { name: 'ingest_chat', arguments: aChat('http') });
  const { taskId } = created.result as unknown as TaskOnWire;
  expect(created.result).toMatchObject({ resultType: 'task', status: 'working' });
  expect(await ask(two, 'tasks/get', { taskId })).toMatchObject({ result: { taskId, status: 'working' } });
  expect(await ask(two, 'tasks/cancel', { taskId })).toMatchObject({ result: {} });
  await one.kill();
  expect(await ask(two, 'tasks/get', { taskId })).toMatchObject({ result: { status: 'cancelled' } });
  expect(await ask(two, 'tasks/get', { taskId: 'nonsense' })).toMatchObject({ error: { code: -32_602 } });
}, 60_000);
