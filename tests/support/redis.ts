import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A real Redis of the test's own: unix socket in a temp folder, nothing on a port, gone with `stop`. */
export interface TestRedis {
  readonly socket: string;
  /** `unix://` address for `redis.url`. */
  readonly url: string;
  readonly pid: number;
  /** Ends it the hard way, as a crash would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts redis-server (or valkey-server) and waits until it answers.
 * @param args further arguments, such as `--appendonly yes` or `--requirepass …`
 * @param dir data folder to use again after a crash; by default a new one, removed at the end
 */
export async function startRedis(args: readonly string[] = [], dir?: string): Promise<TestRedis> {
  const folder = dir ?? (await mkdtemp(join(tmpdir(), 'tracker-redis-')));
  const socket = join(folder, 'r.sock');
  const base = [
    '--port',
    '0',
    '--unixsocket',
    socket,
    '--dir',
    folder,
    '--save',
    '',
    '--maxmemory-policy',
    'noeviction',
  ];
  const child = spawn(process.env['TEST_REDIS_SERVER'] ?? 'redis-server', [...base, ...args], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let failure: Error | undefined;
  child.once('error', (error) => (failure = error));
  const deadline = Date.now() + 10_000;
  while (!(await answers(socket))) {
    if (failure ?? child.exitCode !== null) throw failure ?? new Error(`redis-server exited with ${child.exitCode}`);
    if (Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error('redis-server did not answer within 10 s');
    }
    await sleep(10);
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return {
    socket,
    url: `unix://${socket}`,
    pid: child.pid ?? 0,
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGKILL');
      if (dir === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const client = connect(socket);
    const done = (answer: boolean): void => {
      client.destroy();
      resolve(answer);
    };
    client.once('connect', () => client.write('PING\r\n'));
    client.once('data', (data) => done(/^\+PONG|^-NOAUTH/.test(data.toString())));
    client.once('error', () => done(false));
    client.setTimeout(500, () => done(false));
  });
}
