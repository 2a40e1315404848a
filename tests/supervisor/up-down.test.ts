import { spawnSync } from 'node:child_process';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, jest, test } from '@jest/globals';
import { z } from 'zod';
import { layoutOf } from '../../src/supervisor/layout.js';
import { identify, isRunning } from '../../src/supervisor/processes.js';
import { readRuntime } from '../../src/supervisor/runtime.js';
import { startRedis } from '../support/redis.js';
import { survivors, withSystem } from './system.js';

// Seven processes start and end, also on a machine that is busy with other tests.
jest.setTimeout(90_000);

const ALL = ['board', 'correlate', 'health-check', 'ingest', 'insight', 'redis', 'watch'].map(
  (name) => `tracker-${name}`,
);

const Status = z.object({
  running: z.boolean(),
  processes: z.array(z.object({ name: z.string(), pid: z.int().nullable(), status: z.string() })),
  redis: z.object({ reachable: z.boolean() }),
});
const statusOf = (stdout: string): z.infer<typeof Status> => Status.parse(JSON.parse(stdout));

/** Sends one line to the Redis of `home` and returns the first of its answer. */
function redis(home: string, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const client = connect(layoutOf(home).redisSocket, () => client.write(`${command}\r\n`));
    client.once('data', (data) => {
      client.destroy();
      resolve(data.toString().trim());
    });
    client.once('error', reject);
  });
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) throw new Error('it did not come to pass within 20 s');
    await sleep(50);
  }
}

/** Files below `home` that anybody but their owner may read. */
async function openFiles(home: string): Promise<readonly string[]> {
  const open: string[] = [];
  for (const entry of await readdir(home, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && ((await stat(path)).mode & 0o077) !== 0) open.push(path);
  }
  return open;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('in a home too deep for sockets: up, status, a second up, an upgrade, down, and nothing is left', () =>
  withSystem(async ({ home, run }) => {
    const before = await run(['status', '--json']);
    expect(before.code).toBe(0);
    expect(statusOf(before.stdout)).toMatchObject({ running: false, processes: [], redis: { reachable: false } });

    expect(await run(['up', '--detach'])).toMatchObject({ code: 0, stdout: expect.stringContaining('Running.') });
    const status = statusOf((await run(['status', '--json'])).stdout);
    expect(status.processes.map(({ name }) => name).sort()).toEqual(ALL);
    expect(status.processes.filter((app) => app.status !== 'online')).toEqual([]);
    expect(status.redis.reachable).toBe(true);

    expect(await openFiles(home)).toEqual([]);

    const { runtime: file, pm2Home, redisSocket } = layoutOf(home);
    const first = readRuntime(file);
    expect(await run(['up', '--detach'])).toMatchObject({ code: 0, stdout: expect.stringContaining('runs already') });
    expect(readRuntime(file)).toEqual(first);

    await writeFile(file, JSON.stringify({ ...first, version: '0.0.1' }));
    expect((await run(['up', '--detach'])).stdout).toContain('Restarting what runs (version 0.0.1)');
    expect(readRuntime(file)?.pids['tracker-ingest']).not.toEqual(first?.pids['tracker-ingest']);

    expect(await run(['down'])).toMatchObject({ code: 0, stdout: 'Stopped. Nothing is left running.\n' });
    expect(await survivors(home)).toEqual([]);
    for (const path of [file, pm2Home, redisSocket]) await expect(stat(path)).rejects.toThrow('ENOENT');
    expect((await run(['down'])).stdout).toBe('Nothing was running.\n');
  }, 'd'.repeat(110)));

test('after kill -9 of the supervisor, up ends what is left, and no write is lost', () =>
  withSystem(async ({ home, run }) => {
    await run(['up', '--detach']);
    const killed = readRuntime(layoutOf(home).runtime);
    if (killed === null) throw new Error('there is no runtime.json');
    const left = Object.values(killed.pids)
      .flat()
      .flatMap((pid) => identify(pid) ?? []);
    expect(left.length).toBe(ALL.length);
    expect(await redis(home, 'SET kept-by-test yes')).toBe('+OK');

    process.kill(killed.pid, 'SIGKILL');
    const again = await run(['up', '--detach']);
    expect(again.stdout).toContain('Ended what an earlier start had left behind.');
    expect(left.filter(isRunning)).toEqual([]);
    expect(await redis(home, 'GET kept-by-test')).toBe('$3\r\nyes');
    expect(
      statusOf((await run(['status', '--json'])).stdout)
        .processes.map(({ name }) => name)
        .sort(),
    ).toEqual(ALL);

    await run(['down']);
    expect(await survivors(home)).toEqual([]);
  }));

test('a password never leaves secrets.env, and a Redis that is not ours stays up', async () => {
  const [port, secret] = [await freePort(), 'pAsSw0rd-that-nobody-sees'];
  const server = await startRedis(['--port', String(port), '--requirepass', secret]);
  try {
    await withSystem(async ({ home, run }) => {
      const env = { REDIS_URL: `redis://:${secret}@127.0.0.1:${port}`, UNRELATED_TOKEN: secret };
      expect(await run(['up', '--detach'], env)).toMatchObject({ code: 0, stderr: '' });
      const runtime = readRuntime(layoutOf(home).runtime);
      expect(Object.keys(runtime?.pids ?? {}).sort()).toEqual(ALL.filter((name) => name !== 'tracker-redis'));
      for (const pid of [runtime?.pid ?? 0, ...Object.values(runtime?.pids ?? {}).flat()]) {
        if (process.platform === 'linux') expect(await readFile(`/proc/${pid}/environ`, 'utf8')).not.toContain(secret);
      }
      expect((await run(['status'])).stdout).toContain('append-only file off');

      // PM2 writes its whole environment into dump.pm2 when it is told to end with apps still running.
      process.kill(runtime?.pid ?? 0, 'SIGTERM');
      await until(async () => (await survivors(home)).length === 0);
      expect(await readdir(join(home, 'pm2'))).toContain('dump.pm2');
      expect(identify(server.pid)).not.toBeNull();
      expect(spawnSync('grep', ['-rlF', secret, home]).stdout.toString()).toBe(`${join(home, 'secrets.env')}\n`);
      expect((await stat(join(home, 'secrets.env'))).mode & 0o777).toBe(0o600);
    });
  } finally {
    await server.stop();
  }
});

test('a Redis that does not answer or will not do is refused, and nothing stays running', () =>
  withSystem(async ({ home, run }) => {
    const away = await run(['up', '--detach'], { REDIS_URL: `redis://127.0.0.1:${await freePort()}` });
    expect(away).toMatchObject({ code: 1, stderr: expect.stringContaining('does not answer') });
    expect(await survivors(home)).toEqual([]);
  }));
