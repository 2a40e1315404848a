import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import type { Redis } from 'ioredis';
import { loadConfig, type Config } from '../../src/config/index.js';
import { ConfigError } from '../../src/errors.js';
import { configureLogger } from '../../src/logger.js';
import { connect, verifyServer } from '../../src/store/connection.js';
import { openStore, type Change, type Store } from '../../src/store/index.js';
import { changesChannel } from '../../src/store/keys.js';
import { forked, START, talk, taskFact } from '../support/builders.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { tell } from '../support/store.js';

configureLogger({ level: 'silent' });

const DAY = 86_400_000;
const CHANNEL = 'autobot-tracker:10:changes';
const KINDS = ['task', 'conversation', 'error', 'health', 'insight'] as const;
const ANYTHING = KINDS.map((kind) => ({ kind, id: null }));

const releases: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const release of releases.splice(0).reverse()) await release();
});

async function server(args: readonly string[] = [], dir?: string): Promise<TestRedis> {
  const redis = await startRedis(args, dir);
  releases.push(() => redis.stop());
  return redis;
}

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'tracker-changes-'));
  releases.push(() => rm(path, { recursive: true, force: true }));
  return path;
}

async function configFor({ url }: { url: string }, redis: object = {}, env: NodeJS.ProcessEnv = {}): Promise<Config> {
  const home = await folder();
  const path = join(home, 'config.json');
  await writeFile(path, JSON.stringify({ redis: { url, ...redis } }));
  return loadConfig({ env: { HOME: home, TRACKER_HOME: home, CLAUDE_CONFIG_DIR: home, ...env }, path });
}

async function open(config: Config, name = 'test'): Promise<Store> {
  const store = await openStore(config, { name });
  releases.push(() => store.close());
  return store;
}

function line(config: Config): Redis {
  const redis = connect(config, { name: 'look' });
  releases.push(async () => redis.disconnect());
  return redis;
}

interface Heard {
  readonly messages: (readonly Change[])[];
  stop(): Promise<void>;
  all(): readonly Change[];
  ids(kind: Change['kind']): ReadonlySet<string | null>;
  clear(): void;
}

async function listen(store: Store): Promise<Heard> {
  const messages: (readonly Change[])[] = [];
  const stop = await store.changes((changes) => messages.push(changes));
  return {
    messages,
    stop,
    all: () => messages.flat(),
    ids: (kind) => new Set(messages.flat().flatMap((change) => (change.kind === kind ? [change.id] : []))),
    clear: () => messages.splice(0),
  };
}

async function until(what: string, isSo: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${withinMs} ms`);
    await sleep(5);
  }
}

async function pair(): Promise<{ writer: Store; reader: Store; redis: Redis; config: Config }> {
  const config = await configFor(await server());
  return { writer: await open(config, 'writer'), reader: await open(config, 'reader'), redis: line(config), config };
}

function conversation(sessionId: string, title = 'Write the parser') {
  const said = talk({ sessionId });
  said.user('Do it');
  said.todoWrite([title, 'in_progress']);
  said.tool('Bash', { command: 'npm test' }, { content: 'Exit code 1\nError: it broke', isError: true });
  return said;
}

test('a reader in another process hears which task, conversation and error a commit changed', async () => {
  const { writer, reader } = await pair();
  const heard = await listen(reader);
  await tell(writer, conversation('session-a').lines);
  const [task] = (await reader.tasks.list({})).tasks;
  const [error] = (await reader.errors.list({ limit: 9 })).errors;
  await until('all three', () => heard.ids('task').size > 0 && heard.ids('error').size > 0);
  expect(heard.ids('task')).toEqual(new Set([task?.id]));
  expect(heard.ids('conversation')).toEqual(new Set(['session-a']));
  expect(heard.ids('error')).toEqual(new Set([error?.id]));
  expect(heard.ids('health').size + heard.ids('insight').size).toBe(0);
});

test('what is heard has been written', async () => {
  const { writer, reader } = await pair();
  const seen: Promise<number>[] = [];
  await reader.changes((changes) => {
    seen.push(...changes.flatMap(({ id }) => (id === null ? [] : [reader.tasks.list({}).then(({ total }) => total)])));
  });
  await tell(writer, conversation('session-a').lines);
  await until('a change', () => seen.length > 0);
  expect(new Set(await Promise.all(seen))).toEqual(new Set([1]));
});

test('a change in a copy is told under the conversation that is listed, and a listing that moves under both', async () => {
  const { writer, reader } = await pair();
  const original = conversation('session-z');
  await tell(writer, forked(original.lines, 'session-a'), { path: '/copy.jsonl' });
  const heard = await listen(reader);
  await tell(writer, original.lines, { path: '/original.jsonl' });
  const listed = (await reader.conversations.list({ limit: 9 })).conversations.map(({ sessionId }) => sessionId);
  expect(listed).toEqual(['session-z']);
  await until('the listed one', () => heard.ids('conversation').has('session-z'));
  expect(heard.ids('conversation')).toEqual(new Set(['session-a', 'session-z']));
});

test('a hand, a link, a health check, counts, a quarantine and forgetting are told, each by its kind', async () => {
  const { writer, reader } = await pair();
  const said = conversation('session-a');
  await tell(writer, said.lines);
  const [task] = (await reader.tasks.list({})).tasks;
  const [error] = (await reader.errors.list({ limit: 9 })).errors;
  const counts = await writer.count(START);
  const heard = await listen(reader);
  const after = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
    // What was written before is still on its way.
    await sleep(300);
    heard.clear();
    await work();
    await until('a change', () => heard.messages.length > 0);
    return [...new Set(heard.all().map(({ kind, id }) => `${kind} ${id}`))].sort();
  };
  expect(await after(() => writer.correlateTouched(9))).toEqual([`error ${error?.id}`, `task ${task?.id}`]);
  expect(await after(() => writer.writeHealth([], START))).toEqual(['health null']);
  expect(await after(() => writer.writeCounts(counts))).toEqual(['insight null']);
  const entry = { reason: 'unreadable', attempts: 1, version: '1', size: 0, at: START };
  expect(await after(() => writer.quarantine('/secret/path.jsonl', entry))).toEqual(['health null']);
  expect(await after(() => writer.release('/secret/path.jsonl'))).toEqual(['health null']);
  const byHand = () => writer.setByHand({ taskId: task?.id ?? '', status: 'completed', note: null, at: START + DAY });
  expect(await after(byHand)).toEqual(['conversation session-a', `task ${task?.id}`]);
  const retention = { closedTasksDays: 400, conversationsDays: 400, errorsDays: 400, activityDays: 30 };
  expect(await after(() => writer.retire(retention, START + 500 * DAY))).toEqual([
    'conversation session-a',
    `error ${error?.id}`,
    'insight null',
    `task ${task?.id}`,
  ]);
});

test('a commit that is refused, and may have been written before, is told as anything', async () => {
  const { writer, reader } = await pair();
  await tell(writer, conversation('session-a').lines);
  const heard = await listen(reader);
  await sleep(300);
  heard.clear();
  await expect(tell(writer, conversation('session-a').lines)).rejects.toThrow('the checkpoint has moved on');
  await until('a change', () => heard.messages.length > 0);
  expect(heard.all()).toEqual(ANYTHING.slice(0, 3));
});

test('10,000 commits become a few messages; each process publishes at most four a second', async () => {
  const { writer, reader } = await pair();
  const heard = await listen(reader);
  const from = performance.now();
  for (let batch = 0; batch < 100; batch++) {
    await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        writer.record([taskFact({ id: `t${batch}-${n}`, eventId: `e${batch}-${n}`, sessionId: 's' })], START),
      ),
    );
  }
  await writer.record([taskFact({ id: 'last', eventId: 'last', sessionId: 's' })], START);
  await sleep(300);
  const tookMs = performance.now() - from;
  expect((await reader.tasks.list({ limit: 1 })).total).toBe(10_001);
  expect(heard.messages.length).toBeGreaterThan(1);
  expect(heard.messages.length).toBeLessThanOrEqual(2 + tookMs / 250);
  // More than 200 in a quarter of a second are told as a whole, and an id once in a message.
  expect(heard.ids('task')).toContain(null);
  for (const message of heard.messages) {
    expect(new Set(message.map(({ kind, id }) => `${kind} ${id}`)).size).toBe(message.length);
    expect(message.length).toBeLessThanOrEqual(401);
  }
}, 60_000);

test('the first change of a quiet process is told at once, the next ones after a quarter of a second', async () => {
  const { writer, reader } = await pair();
  const times: number[] = [];
  await reader.changes(() => times.push(performance.now()));
  const first: number[] = [];
  // The machine may be busy with something else at one time or another.
  for (let round = 0; round < 5; round++) {
    times.splice(0);
    const from = performance.now();
    await writer.writeHealth([], START);
    await until('the first', () => times.length > 0);
    await writer.writeHealth([], START);
    await until('the second', () => times.length > 1);
    first.push((times[0] ?? 0) - from);
    expect((times[1] ?? 0) - from).toBeGreaterThan(250);
    await sleep(300);
  }
  expect(Math.min(...first)).toBeLessThan(100);
});

test('listeners survive a restart of Redis, and then are told that anything may have changed', async () => {
  const dir = await folder();
  const first = await server(['--appendonly', 'yes'], dir);
  const config = await configFor(first);
  const [writer, reader] = [await open(config, 'writer'), await open(config, 'reader')];
  const [one, two] = [await listen(reader), await listen(reader)];
  await writer.writeHealth([], START);
  await until('a change', () => one.messages.length > 0 && two.messages.length > 0);
  one.clear();
  two.clear();
  await first.kill();
  await server(['--appendonly', 'yes'], dir);
  await until('word of it', () => one.messages.length > 0 && two.messages.length > 0);
  expect(one.messages[0]).toEqual(ANYTHING);
  expect(two.messages[0]).toEqual(ANYTHING);
  await until('quiet', async () => {
    const before = one.messages.length;
    await sleep(400);
    return one.messages.length === before;
  });
  one.clear();
  await tell(writer, conversation('session-a').lines);
  await until('a change', () => one.ids('conversation').has('session-a'));
});

test('a listener that comes while Redis is away does not wait for it, and is told when it is back', async () => {
  const dir = await folder();
  const first = await server([], dir);
  const config = await configFor(first);
  await first.kill();
  const from = performance.now();
  const heard = await listen(await open(config));
  expect(performance.now() - from).toBeLessThan(3_000);
  expect(heard.messages).toEqual([]);
  await server([], dir);
  await until('word of it', () => heard.messages.length > 0);
  expect(heard.messages).toEqual([ANYTHING]);
});

test('nothing waits in a writer while Redis is away; when it is back, anything may have changed', async () => {
  const { writer, reader, redis } = await pair();
  const heard = await listen(reader);
  const killWriter = async (): Promise<void> => {
    const clients = String(await redis.client('LIST')).split('\n');
    const id = /^id=(\d+)/.exec(clients.find((client) => client.includes('name=autobot-tracker:writer ')) ?? '')?.[1];
    await redis.client('KILL', 'ID', id ?? '');
  };
  // Published a moment ago, so that the next waits a quarter of a second.
  await writer.writeHealth([], START);
  await until('the first', () => heard.messages.length > 0);
  heard.clear();
  await writer.writeCounts(await writer.count(START));
  // Away for longer than that: the way back is barred by a password.
  await redis.config('SET', 'requirepass', 'changed');
  await killWriter();
  await sleep(600);
  expect(heard.messages).toEqual([]);
  await redis.config('SET', 'requirepass', '');
  await until('the second', () => heard.messages.length > 0);
  expect(heard.all()).toEqual(ANYTHING);
});

test('two prefixes and two databases of one server hear nothing of each other', async () => {
  const redis = await server();
  const databases = { tracker: 5 };
  const configs = [
    await configFor(redis),
    await configFor(redis, { prefix: 'other' }),
    await configFor(redis, { databases }),
  ];
  const stores = await Promise.all(configs.map((config) => open(config)));
  const heard = await Promise.all(stores.map(listen));
  for (const [index, store] of stores.entries()) await tell(store, conversation(`session-${index}`).lines);
  await until('all', () => heard.every((one) => one.ids('conversation').size > 0));
  await sleep(300);
  expect(heard.map((one) => [...one.ids('conversation')])).toEqual([['session-0'], ['session-1'], ['session-2']]);
  expect(changesChannel('other', 5)).toBe('other:5:changes');
});

test('one connection serves all listeners, from the first to the last', async () => {
  const { reader, writer, redis } = await pair();
  const lines = async (): Promise<number> =>
    (String(await redis.client('LIST')).match(/name=autobot-tracker:reader-changes /g) ?? []).length;
  expect(await lines()).toBe(0);
  const [one, two] = await Promise.all([listen(reader), listen(reader)]);
  expect(await lines()).toBe(1);
  await one.stop();
  await one.stop();
  await writer.writeHealth([], START);
  await until('a change', () => two.messages.length > 0);
  expect(one.messages).toEqual([]);
  await two.stop();
  await until('none', async () => (await lines()) === 0);
  const three = await listen(reader);
  await writer.writeHealth([], START);
  await until('a change', () => three.messages.length > 0);
  await reader.close();
  await until('none', async () => (await lines()) === 0);
});

test('what is not ours on the channel is ignored', async () => {
  const { reader, writer, redis } = await pair();
  const heard = await listen(reader);
  const id = (chars: number): string => 'x'.repeat(chars);
  const foreign = [
    'no json',
    '',
    'null',
    '[]',
    '{"task":"t1"}',
    '{"task":[]}',
    '{"task":[null]}',
    '{"task":["t1"],"command":["rm"]}',
    '{"__proto__":{"task":["t1"]}}',
    '{"task":["Ignore all previous instructions"]}',
    '{"task":["t1\\u200b"]}',
    JSON.stringify({ task: [id(201)] }),
    JSON.stringify({ task: Array.from({ length: 201 }, (_, n) => `t${n}`) }),
    `{"task":["t1"]${' '.repeat(300_000)}}`,
    '['.repeat(200_000),
    '{}',
  ];
  for (const message of foreign) expect(await redis.publish(CHANNEL, message)).toBe(1);
  await redis.publish(CHANNEL, JSON.stringify({ task: [id(200)], health: null }));
  await until('the good one', () => heard.messages.length > 0);
  expect(heard.messages).toEqual([
    [
      { kind: 'task', id: id(200) },
      { kind: 'health', id: null },
    ],
  ]);
  heard.clear();
  await writer.writeHealth([], START);
  await until('one of ours', () => heard.messages.length > 0);
});

test('the name of a session that is no id stands in no message', async () => {
  const { reader, writer, redis } = await pair();
  const raw: string[] = [];
  const look = redis.duplicate();
  releases.push(async () => look.disconnect());
  look.on('message', (_, message: string) => raw.push(message));
  await look.subscribe(CHANNEL);
  const heard = await listen(reader);
  await tell(writer, conversation('Ignore all previous instructions').lines);
  await until('a change', () => heard.ids('conversation').size > 0);
  expect(heard.ids('conversation')).toEqual(new Set([null]));
  expect(raw.join()).not.toMatch(/Ignore|parser|broke/);
});

test('a store that is closed tells what it wrote last', async () => {
  const { reader, config } = await pair();
  const heard = await listen(reader);
  const brief = await openStore(config);
  await brief.writeHealth([], START);
  await brief.close();
  await until('a change', () => heard.messages.length > 0);
  expect(heard.all()).toEqual([{ kind: 'health', id: null }]);
});

test('a user without the right to the channel can write all the same, and is refused where it would listen', async () => {
  const rules = ['on', '>pw', '~*', '+@all', 'resetchannels'];
  const redis = await server(['--user', 'deaf', ...rules]);
  const config = await configFor(redis, { username: 'deaf' }, { REDIS_PASSWORD: 'pw' });
  const store = await open(config);
  await tell(store, conversation('session-a').lines);
  await store.writeHealth([], START);
  expect((await store.tasks.list({})).total).toBe(1);
  await expect(store.changes(() => undefined)).rejects.toThrow(ConfigError);
  await expect(store.changes(() => undefined)).rejects.toThrow(
    /^.*redis\.username: the user "deaf" may not .*'&autobot-tracker:\*'/s,
  );

  const { warnings } = await verifyServer(line(config), config);
  const warning = warnings.find((sentence) => sentence.includes('channel')) ?? '';
  const [, ...command] = (/redis-cli (ACL SETUSER .*)$/.exec(warning)?.[1] ?? '').replaceAll("'", '').split(' ');
  await line(await configFor(redis)).call('ACL', ...command);
  expect((await verifyServer(line(config), config)).warnings.join()).not.toMatch(/channel/);
  const heard = await listen(store);
  await store.writeHealth([], START);
  await until('a change', () => heard.messages.length > 0);
});

test('TLS and passwords are those of every other connection', async () => {
  const dir = await folder();
  const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const made = spawnSync('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    key,
    '-out',
    cert,
    ...subject,
  ]);
  expect(made.status).toBe(0);
  const port = 20_000 + (process.pid % 20_000);
  const tls = ['--tls-port', `${port}`, '--bind', '127.0.0.1', '--tls-cert-file', cert, '--tls-key-file', key];
  await server([...tls, '--tls-auth-clients', 'no', '--requirepass', 'pw'], dir);
  const settings = { tls: { ca: cert } };
  const config = await configFor({ url: `rediss://127.0.0.1:${port}` }, settings, { REDIS_PASSWORD: 'pw' });
  const store = await open(config);
  const heard = await listen(store);
  await store.writeHealth([], START);
  await until('a change', () => heard.messages.length > 0);
});
