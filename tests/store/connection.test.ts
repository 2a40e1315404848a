import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import { loadConfig, type Config } from '../../src/config/index.js';
import { ConfigError, UnavailableError } from '../../src/errors.js';
import { configureLogger } from '../../src/logger.js';
import { findClashes } from '../../src/store/clashes.js';
import {
  connect,
  connectionOptions,
  embeddedSocket,
  judgeServer,
  shortSocketPath,
  verifyServer,
  waitForRedis,
  type ServerFacts,
} from '../../src/store/connection.js';
import { startRedis, type TestRedis } from '../support/redis.js';

configureLogger({ level: 'silent' });

const releases: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const release of releases.splice(0).reverse()) await release();
});

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'tracker-connection-'));
  releases.push(() => rm(path, { recursive: true, force: true }));
  return path;
}

async function server(...args: string[]): Promise<TestRedis> {
  const redis = await startRedis(args);
  releases.push(() => redis.stop());
  return redis;
}

async function configFor(url: string, env: NodeJS.ProcessEnv = {}, redis: object = {}): Promise<Config> {
  const home = await folder();
  const path = join(home, 'config.json');
  await writeFile(path, JSON.stringify({ redis: { url, ...redis } }));
  return loadConfig({ env: { HOME: home, TRACKER_HOME: home, ...env }, path });
}

async function verify(config: Config): Promise<ServerFacts> {
  const redis = connect(config, { name: 'test' });
  try {
    return await verifyServer(redis, config);
  } finally {
    redis.disconnect();
  }
}

const refused = (config: Config): Promise<unknown> =>
  verify(config).then(
    () => 'accepted',
    (error: unknown) => error,
  );

async function faultsOf(config: Config): Promise<readonly string[]> {
  const error = await refused(config);
  if (!(error instanceof ConfigError)) throw new Error(`expected a ConfigError, got ${String(error)}`);
  return error.faults;
}

test('a unix socket is verified, and what the server is comes back', async () => {
  const facts = await verify(await configFor((await server('--appendonly', 'yes')).url));
  expect(facts).toMatchObject({ mode: 'standalone', mayEvict: false, aof: true, rdb: false, warnings: [] });
  expect(facts.version).toMatch(/^\d+\.\d+/);
});

test('the tracker and knowledge go to their databases', async () => {
  const config = await configFor((await server()).url);
  const tracker = connect(config, { name: 'tracker' });
  const knowledge = connect(config, { name: 'knowledge', purpose: 'knowledge' });
  releases.push(async () => [tracker.disconnect(), knowledge.disconnect()]);
  await tracker.set('{autobot-tracker:ledger}:a', '1');
  await knowledge.set('{autobot-tracker:knowledge}:b', '1');
  const facts = await verifyServer(tracker, config);
  expect(facts.keysByDatabase).toEqual({ 1: 1, 10: 1 });
  expect(String(await tracker.client('GETNAME'))).toBe('autobot-tracker:tracker');
});

test('knowledge may have a server of its own, with its own password', async () => {
  const [own, other] = [await server(), await server('--requirepass', 'theirs')];
  const home = await folder();
  await writeFile(
    join(home, 'config.json'),
    JSON.stringify({ redis: { url: own.url }, knowledge: { redisUrl: other.url } }),
  );
  const config = loadConfig({ env: { HOME: home, TRACKER_HOME: home, KNOWLEDGE_REDIS_PASSWORD: 'theirs' } });
  const redis = connect(config, { name: 'knowledge', purpose: 'knowledge' });
  releases.push(async () => redis.disconnect());
  expect(await redis.config('GET', 'unixsocket')).toEqual(['unixsocket', other.socket]);
});

test('a missing, a wrong and the right password are told apart, and no fault repeats one', async () => {
  const { url } = await server('--requirepass', 'right-one');
  expect(await faultsOf(await configFor(url))).toEqual([
    'REDIS_PASSWORD: the server wants a password and none is set; put it in the environment or in secrets.env',
  ]);
  expect(await faultsOf(await configFor(url, { REDIS_PASSWORD: 'wrong-one' }))).toEqual([
    'REDIS_PASSWORD: the server refuses the password of the default user; correct it, or redis.username',
  ]);
  await expect(verify(await configFor(url, { REDIS_PASSWORD: 'right-one' }))).resolves.toMatchObject({ aof: false });
});

test('a password for a server that has none does no harm', async () => {
  const { url } = await server();
  await expect(verify(await configFor(url, { REDIS_PASSWORD: 'unused' }))).resolves.toMatchObject({ rdb: false });
});

test('a user who may not write our keys is refused with the command that allows it', async () => {
  const { url } = await server('--user', 'reader', 'on', '>pw', '~other:*', '+@all');
  const [fault] = await faultsOf(await configFor(url, { REDIS_PASSWORD: 'pw' }, { username: 'reader' }));
  expect(fault).toMatch(/^redis\.username: the user "reader" may not do what we need .*ACL SETUSER reader /);
});

test('the command in that fault is enough', async () => {
  const { url, socket } = await server('--user', 'reader', 'on', '>pw', '~other:*', '+@read');
  const config = await configFor(url, { REDIS_PASSWORD: 'pw' }, { username: 'reader' });
  const command = /redis-cli (ACL SETUSER .*)$/.exec((await faultsOf(config))[0] ?? '')?.[1] ?? '';
  const admin = connect(await configFor(`unix://${socket}`), { name: 'admin' });
  releases.push(async () => admin.disconnect());
  const [, ...args] = command.replaceAll("'", '').split(' ');
  await admin.call('ACL', ...args);
  await expect(verify(config)).resolves.toMatchObject({ mayEvict: false, rdb: null });
});

test('a server that may drop keys is refused, unless that is accepted', async () => {
  const { url } = await server('--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lru');
  expect(await faultsOf(await configFor(url))).toEqual([
    'redis.url: maxmemory-policy is allkeys-lru with maxmemory 104857600 bytes, so when it is full it drops keys, ' +
      'BullMQ jobs and the ledger among them, without an error; ' +
      'run: redis-cli CONFIG SET maxmemory-policy noeviction, or set redis.url to "embedded", ' +
      'or accept the loss with redis.allowEviction',
  ]);
  const facts = await verify(await configFor(url, {}, { allowEviction: true }));
  expect(facts).toMatchObject({ mayEvict: true, maxmemoryPolicy: 'allkeys-lru' });
  expect(facts.warnings[0]).toMatch(/allowed by redis\.allowEviction/);
});

test('a database that the server does not have is named', async () => {
  const { url } = await server('--databases', '4');
  expect(await faultsOf(await configFor(url))).toEqual([
    'redis.databases.tracker: the server has no database 10; give a smaller number, or raise `databases` in redis.conf',
  ]);
});

test('a replica is refused', async () => {
  const { url } = await server('--replicaof', '127.0.0.1 1');
  expect((await faultsOf(await configFor(url)))[0]).toMatch(/^redis\.url: the server there is a replica/);
});

test('a server that is not there is reported within 2 s, with the address and what to do', async () => {
  const config = await configFor(`unix://${join(await folder(), 'none.sock')}`);
  const from = performance.now();
  const error = await refused(config);
  expect(performance.now() - from).toBeLessThan(2_000);
  expect(error).toBeInstanceOf(UnavailableError);
  expect(String(error)).toMatch(/none\.sock\) does not answer: .*connect ENOENT .*; start it, or correct redis\.url$/);
});

test('a server that takes the connection and says nothing is reported within 2 s', async () => {
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  releases.push(async () => silent.close());
  const at = silent.address();
  const config = await configFor(`redis://127.0.0.1:${typeof at === 'object' && at !== null ? at.port : 0}`);
  const from = performance.now();
  expect(await refused(config)).toBeInstanceOf(UnavailableError);
  expect(performance.now() - from).toBeLessThan(2_500);
});

test('waiting ends when Redis comes, and at once when it is aborted', async () => {
  const dir = await folder();
  const config = await configFor(`unix://${join(dir, 'r.sock')}`);
  const waiting = waitForRedis(config, new AbortController().signal);
  await expect(Promise.race([waiting, sleep(300, 'still waiting')])).resolves.toBe('still waiting');
  const redis = await startRedis([], dir);
  releases.push(() => redis.stop());
  await expect(waiting).resolves.toMatchObject({ mode: 'standalone' });
  await redis.kill();
  const stop = new AbortController();
  const again = waitForRedis(config, stop.signal);
  setTimeout(() => stop.abort(new Error('stopped')), 50);
  await expect(again).rejects.toThrow('stopped');
});

test('waiting does not go on when the server will not do', async () => {
  const config = await configFor((await server('--requirepass', 'x')).url);
  await expect(waitForRedis(config, new AbortController().signal)).rejects.toBeInstanceOf(ConfigError);
});

test('waiting outlasts the loading of a data set', async () => {
  const dir = await folder();
  const first = await startRedis(['--appendonly', 'yes'], dir);
  const config = await configFor(first.url);
  const redis = connect(config, { name: 'fill' });
  await redis.eval("for i = 1, 20000 do redis.call('SET', 'k' .. i, 'x') end", 0);
  redis.disconnect();
  await first.kill();
  const slow = ['--key-load-delay', '100', '--loading-process-events-interval-bytes', '1024'];
  const from = performance.now();
  const starting = startRedis(['--appendonly', 'yes', ...slow], dir);
  releases.push(async () => (await starting).kill());
  const facts = await waitForRedis(config, AbortSignal.timeout(20_000));
  expect(performance.now() - from).toBeGreaterThan(1_500);
  expect(facts.keysByDatabase[10]).toBe(20_000);
});

test('a socket path over 100 bytes moves to a short folder, another for each home', async () => {
  const short = '/home/someone/.mcp-autobot-tracker';
  expect(embeddedSocket(short)).toBe(`${short}/redis/redis.sock`);
  const long = join(await folder(), 'x'.repeat(90));
  const moved = embeddedSocket(long);
  expect(moved).toMatch(/^\/tmp\/tracker-\d+-[0-9a-f]{8}\/redis\.sock$/);
  expect(embeddedSocket(`${long}y`)).not.toBe(moved);
  expect(shortSocketPath(long, 'pm2/rpc.sock')).toBe(join(dirname(moved), 'rpc.sock'));
  await mkdir(dirname(moved), { mode: 0o700 });
  releases.push(() => rm(dirname(moved), { recursive: true, force: true }));
  await symlink((await server()).socket, moved);
  const config = loadConfig({ env: { HOME: long, TRACKER_HOME: long } });
  expect(connectionOptions(config).path).toBe(moved);
  await expect(verify(config)).resolves.toMatchObject({ mode: 'standalone' });
});

test('every byte of the path counts, not every character', () => {
  const home = `/${'ä'.repeat(50)}`;
  expect(shortSocketPath(home, 'redis/redis.sock')).toMatch(/^\/tmp\//);
  expect(shortSocketPath(`/${'a'.repeat(50)}`, 'redis/redis.sock')).toBe(`/${'a'.repeat(50)}/redis/redis.sock`);
});

test('a short folder that others can open is refused', async () => {
  const long = join(await folder(), 'x'.repeat(90));
  const where = dirname(embeddedSocket(long));
  await mkdir(where, { mode: 0o755 });
  releases.push(() => rm(where, { recursive: true, force: true }));
  const config = loadConfig({ env: { HOME: long, TRACKER_HOME: long } });
  expect(() => connectionOptions(config)).toThrow(/is not yours alone; remove it, or set TRACKER_HOME/);
});

test('keys in the wrong database are found', async () => {
  const config = await configFor((await server()).url);
  const redis = connect(config, { name: 'clash' });
  releases.push(async () => redis.disconnect());
  await redis.mset('fact:1', 'x', '{autobot-tracker:ledger}:task', 'x');
  await redis.select(0);
  await redis.mset('their:own', 'x', '{autobot-tracker:ledger}:task', 'x');
  expect(await findClashes(config)).toEqual({ foreign: ['fact:1'], strayed: ['{autobot-tracker:ledger}:task'] });
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) process.stderr.write('SKIPPED: the TLS tests need openssl, which is not on PATH\n');

(hasOpenssl ? describe : describe.skip)('over TLS', () => {
  async function secured(): Promise<{ url: string; certificate: string; key: string }> {
    const dir = await folder();
    const [key, certificate] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    const files = ['-keyout', key, '-out', certificate, '-days', '2'];
    await promisify(execFile)('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...files, ...subject]);
    const port = await freePort();
    const tls = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-ca-cert-file', certificate];
    await server('--bind', '127.0.0.1', '--tls-port', String(port), ...tls);
    return { url: `rediss://localhost:${port}`, certificate, key };
  }

  test('the certificates named in the configuration are used', async () => {
    const { url, certificate: ca, key } = await secured();
    await expect(verify(await configFor(url, {}, { tls: { ca, cert: ca, key } }))).resolves.toMatchObject({
      rdb: false,
    });
    const strange = await refused(await configFor(url, {}, { tls: { cert: ca, key } }));
    expect(strange).toBeInstanceOf(UnavailableError);
    expect(String(strange)).toMatch(/self-signed certificate/);
    const without = await refused(await configFor(url, {}, { tls: { ca } }));
    expect(without).toBeInstanceOf(UnavailableError);
    const trusting = await configFor(url, {}, { tls: { cert: ca, key, rejectUnauthorized: false } });
    await expect(verify(trusting)).resolves.toMatchObject({ rdb: false });
  });

  test('the name to expect in the certificate can be given', async () => {
    const { url, certificate: ca, key } = await secured();
    const byAddress = url.replace('localhost', '127.0.0.1');
    expect(String(await refused(await configFor(byAddress, {}, { tls: { ca, cert: ca, key } })))).toMatch(/IP: 127/);
    const named = await configFor(byAddress, {}, { tls: { ca, cert: ca, key, servername: 'localhost' } });
    await expect(verify(named)).resolves.toMatchObject({ rdb: false });
  });
});

async function freePort(): Promise<number> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const at = listener.address();
  await new Promise((resolve) => listener.close(resolve));
  return typeof at === 'object' && at !== null ? at.port : 0;
}

describe('a server judged by its reply to INFO', () => {
  const info = (lines: Record<string, string>): string =>
    ['# Server', ...Object.entries(lines).map(([key, value]) => `${key}:${value}`), ''].join('\r\n');
  const judged = (lines: Record<string, string>, allowEviction = false): ReturnType<typeof judgeServer> => {
    const { redis } = loadConfig({ env: { HOME: '/nowhere', TRACKER_HOME: '/nowhere' } });
    return judgeServer(info({ aof_enabled: '1', ...lines }), { redis: { ...redis, allowEviction } });
  };

  test.each([
    ['2.8.19', false],
    ['5.0.7', false],
    ['6.0.16', false],
    ['6.1.240', false],
    ['6.2.0', true],
    ['6.2.0-rc1', true],
    ['7.0.15', true],
    ['10.0.0', true],
  ])('version %s is good enough: %s', (version, isGood) => {
    const { faults } = judged({ redis_version: version });
    expect(faults).toEqual(
      isGood
        ? []
        : [
            `redis.url: the server there is Redis ${version}, but 6.2 or newer is needed (or Valkey); ` +
              'update it, or set redis.url to "embedded"',
          ],
    );
  });

  test('Valkey is known by its own name and version', () => {
    const { facts, faults } = judged({ redis_version: '7.2.4', server_name: 'valkey', valkey_version: '8.0.1' });
    expect(faults).toEqual([]);
    expect(facts).toMatchObject({ product: 'valkey', version: '8.0.1', redisVersion: '7.2.4' });
  });

  test('what is no Redis at all is said so', () => {
    expect(judged({}).faults[0]).toMatch(/so it is no Redis/);
  });

  test.each([
    ['noeviction', '0', false, 0, 0],
    ['noeviction', '1000', false, 0, 0],
    ['allkeys-lru', '1000', false, 1, 0],
    ['volatile-ttl', '1000', false, 1, 0],
    ['allkeys-lru', '1000', true, 0, 1],
    ['allkeys-lru', '0', false, 1, 0],
    ['allkeys-lru', '0', true, 0, 1],
  ])('policy %s with maxmemory %s, accepted: %s', (policy, limit, allow, faults, warnings) => {
    const { facts, ...found } = judged({ redis_version: '7.0.0', maxmemory: limit, maxmemory_policy: policy }, allow);
    expect([found.faults.length, facts.warnings.length]).toEqual([faults, warnings]);
  });

  test('an append-only file that is off is a warning', () => {
    expect(judged({ redis_version: '7.0.0', aof_enabled: '0' }).facts.warnings).toEqual([
      expect.stringMatching(/^redis\.url: appendonly is off/),
    ]);
  });
});
