/** Who is told that something has changed: only who asked, by any process of the server, from any process that writes. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { request, type ClientRequest } from 'node:http';
import { dirname } from 'node:path';
import { changesChannel } from '../../src/store/keys.js';
import { taskFact } from '../support/builders.js';
import { startLedger, type HttpProcess, type LedgerRun } from '../support/ledger-run.js';
import { modern, until } from '../support/mcp-http.js';
import { modernMeta, type RawServer } from '../support/mcp-server.js';
import { startRedis, type TestRedis } from '../support/redis.js';

const TASKS = 'autobot://unfinished_tasks';
const CONVERSATIONS = 'autobot://conversations';
const ERRORS = 'autobot://error_patterns';
const PERSISTENT = ['--appendonly', 'yes', '--appendfsync', 'always'];

let run: LedgerRun;
let look: Redis;
let restarted: TestRedis | undefined;
const ends: (() => void)[] = [];

beforeAll(async () => {
  run = await startLedger(PERSISTENT);
  look = new Redis({ path: run.redis.socket });
  look.on('error', () => undefined);
  await run.store.record([taskFact({ id: 'a', title: 'One' }), taskFact({ id: 'b', title: 'Two' })], Date.now());
  await run.work(['ingest']);
}, 60_000);
beforeEach(() => allListen(0));
afterEach(() => {
  for (const end of ends.splice(0)) end();
});
afterAll(async () => {
  look.disconnect();
  await run.stop();
  await restarted?.kill();
});

/** How many processes have asked Redis to be told. */
async function listeningProcesses(): Promise<number> {
  const { prefix, databases } = run.config.redis;
  const [, count] = await look.pubsub('NUMSUB', changesChannel(prefix, databases.tracker));
  return Number(count);
}
const allListen = (processes: number): Promise<void> => until(async () => (await listeningProcesses()) === processes);

interface Heard {
  readonly uri: string;
  readonly atMs: number;
}

/** Reads messages out of a stream of lines, each bare or as the data of an event. */
function collector(): { readonly heard: Heard[]; readonly take: (chunk: string) => void; acknowledged(): unknown } {
  const heard: Heard[] = [];
  let acknowledged: unknown;
  let rest = '';
  const take = (chunk: string): void => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const text = line.replace(/^data: ?/, '');
      if (!text.startsWith('{')) continue;
      const { method, params } = JSON.parse(text) as { method?: string; params?: { uri?: string } };
      if (method === 'notifications/subscriptions/acknowledged') acknowledged = params;
      if (method === 'notifications/resources/updated') {
        heard.push({ uri: params?.uri ?? '', atMs: performance.now() });
      }
    }
  };
  return { heard, take, acknowledged: () => acknowledged };
}

function started(): { server: RawServer; heard: Heard[]; acknowledged: () => unknown } {
  const server = run.stdio();
  const { heard, take, acknowledged } = collector();
  server.child.stdout.on('data', take);
  ends.push(() => server.child.kill('SIGKILL'));
  return { server, heard, acknowledged };
}

async function modernListener(...uris: string[]): Promise<Heard[]> {
  const { server, heard, acknowledged } = started();
  const params = { notifications: { resourceSubscriptions: uris }, ...modernMeta() };
  server.send({ jsonrpc: '2.0', id: 'listen', method: 'subscriptions/listen', params });
  await until(() => acknowledged() !== undefined);
  expect(acknowledged()).toMatchObject({ notifications: { resourceSubscriptions: uris } });
  return heard;
}

async function legacySubscriber(...uris: string[]): Promise<{ server: RawServer; heard: Heard[] }> {
  const { server, heard } = started();
  expect(await server.open()).toMatchObject({ result: { capabilities: { resources: { subscribe: true } } } });
  for (const uri of uris) expect(await server.ask('resources/subscribe', { uri })).toMatchObject({ result: {} });
  return { server, heard };
}

async function httpListener({ port, token }: HttpProcess, ...uris: string[]): Promise<Heard[]> {
  const [body, headers] = modern('subscriptions/listen', { notifications: { resourceSubscriptions: uris } }, 'listen');
  const { heard, take, acknowledged } = collector();
  const asking: ClientRequest = request(
    {
      ...{ host: '127.0.0.1', port, method: 'POST', path: '/mcp', agent: false },
      headers: {
        ...headers,
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
    },
    (response) => {
      response.setEncoding('utf8').on('data', take);
      response.on('error', () => undefined);
    },
  );
  asking.on('error', () => undefined);
  asking.end(JSON.stringify(body));
  ends.push(() => asking.destroy());
  await until(() => acknowledged() !== undefined);
  return heard;
}

const urisOf = (heard: readonly Heard[]): string[] => [...new Set(heard.map(({ uri }) => uri))].sort();

/** Has a worker change a task. @returns when it has been written */
async function byWorker(taskId: string, note: string): Promise<number> {
  const payload = { kind: 'hand', taskId, status: 'blocked', note, at: Date.now() } as const;
  const { jobId } = await run.queues.enqueue('ingest', payload);
  expect(await run.queues.waitFor('ingest', jobId, 20_000)).toMatchObject({ result: { outcome: 'stored', kept: 1 } });
  return performance.now();
}

/** Has a worker take in a conversation. */
async function chatByWorker(sessionId: string): Promise<void> {
  const message = { role: 'user' as const, content: `hello from ${sessionId}`, timestamp: null };
  const payload = { kind: 'chat' as const, sessionId, messages: [message], receivedAt: Date.now() };
  const { jobId } = await run.queues.enqueue('ingest', payload);
  expect(await run.queues.waitFor('ingest', jobId, 20_000)).toMatchObject({ state: 'completed' });
}

test('on stdio only those who asked hear, of what they asked for, within 2 s of what a worker wrote', async () => {
  const ofTasks = await modernListener(TASKS, `${TASKS}/a`);
  const ofOne = await modernListener(`${TASKS}/b`, ERRORS);
  const legacy = await legacySubscriber(TASKS);
  const ofConversations = await legacySubscriber(CONVERSATIONS, `${CONVERSATIONS}/s1`);
  const silent = await legacySubscriber();
  const left = await legacySubscriber(TASKS);
  expect(await left.server.ask('resources/unsubscribe', { uri: TASKS })).toMatchObject({ result: {} });
  await allListen(5);

  const writtenAt = await byWorker('a', 'first');
  await until(() => urisOf(ofTasks).length === 2 && legacy.heard.length > 0, 10_000);
  for (const heard of [ofTasks, legacy.heard]) expect((heard[0]?.atMs ?? Infinity) - writtenAt).toBeLessThan(2_000);
  await byWorker('b', 'second');
  await until(() => ofOne.length > 0);
  await chatByWorker('s1');
  await until(() => urisOf(ofConversations.heard).length === 2);
  // What comes in one stream comes in order: what was sent to them before is there by now.
  for (const { server } of [legacy, ofConversations, silent, left]) await server.ask('ping');

  expect(urisOf(ofTasks)).toEqual([TASKS, `${TASKS}/a`]);
  expect(urisOf(ofOne)).toEqual([`${TASKS}/b`]);
  expect(urisOf(legacy.heard)).toEqual([TASKS]);
  expect(urisOf(ofConversations.heard)).toEqual([CONVERSATIONS, `${CONVERSATIONS}/s1`]);
  expect(silent.heard).toEqual([]);
  expect(left.heard).toEqual([]);
}, 60_000);

test('100 writes are told once a second at most for each address, the last one included', async () => {
  const modernHeard = await modernListener(TASKS, `${TASKS}/a`);
  const { heard: legacyHeard } = await legacySubscriber(TASKS);
  await allListen(2);
  const begunAt = performance.now();
  let lastAt = begunAt;
  for (let n = 0; n < 100; n += 1) {
    const status = n % 2 === 0 ? 'pending' : 'blocked';
    lastAt = performance.now();
    await run.store.record([taskFact({ id: 'a', eventId: `e${n}`, at: Date.now(), status })], Date.now());
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  await until(() => [modernHeard, legacyHeard].every((heard) => (heard.at(-1)?.atMs ?? 0) > lastAt));
  for (const [heard, uri] of [
    [modernHeard, TASKS],
    [modernHeard, `${TASKS}/a`],
    [legacyHeard, TASKS],
  ] as const) {
    const times = heard.filter((one) => one.uri === uri).map(({ atMs }) => atMs);
    expect(times.length).toBeGreaterThan(1);
    expect(times.length).toBeLessThanOrEqual(2 + ((times.at(-1) ?? 0) - begunAt) / 1_000);
    for (const [index, at] of times.entries()) {
      // A notice may be late on a busy machine, and then the next one comes sooner after it.
      if (index > 1) expect(at - (times[index - 2] ?? 0)).toBeGreaterThan(1_000);
    }
  }
}, 60_000);

test('over HTTP every process tells its own listeners, and after Redis was away they hear again', async () => {
  const [one, two] = await Promise.all([run.http(), run.http()]);
  const [first, second] = [await httpListener(one, TASKS), await httpListener(two, TASKS, ERRORS)];
  const other = await httpListener(two, `${ERRORS}/e1`);
  const onStdio = await modernListener(TASKS);
  const { heard: legacy } = await legacySubscriber(`${TASKS}/b`);
  await allListen(4);
  const writtenAt = await byWorker('a', 'over HTTP');
  await until(() => [first, second, onStdio].every((heard) => heard.length > 0));
  for (const heard of [first, second, onStdio]) expect((heard[0]?.atMs ?? Infinity) - writtenAt).toBeLessThan(2_000);
  expect([first, second, other].map(urisOf)).toEqual([[TASKS], [TASKS], []]);

  await run.redis.kill();
  restarted = await startRedis(PERSISTENT, dirname(run.redis.socket));
  await allListen(4);
  // What was missed is not known, so anything may have changed.
  await until(() => other.length > 0);
  const counts = (): number[] => [first, second, onStdio].map(({ length }) => length);
  const before = counts();
  const legacyBefore = legacy.length;
  await byWorker('a', 'after the restart');
  await until(() => counts().every((count, index) => count > (before[index] ?? 0)));
  await byWorker('b', 'after the restart');
  await until(() => legacy.length > legacyBefore);
  expect([first, second, other, onStdio, legacy].map(urisOf)).toEqual([
    [TASKS],
    [ERRORS, TASKS],
    [`${ERRORS}/e1`],
    [TASKS],
    [`${TASKS}/b`],
  ]);
}, 60_000);
