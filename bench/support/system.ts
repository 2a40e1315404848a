/** A system of the benchmark's own: a Redis, processes of ours as PM2 would start them, and what they need. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { loadConfig, packageFolder, type Config } from '../../src/config.js';
import { configureLogger } from '../../src/logger.js';
import { createEnqueuer, queueSettings, type Enqueuer } from '../../src/queue/enqueue.js';
import { connectionOptions } from '../../src/store/connection.js';
import { openStore, type Store } from '../../src/store/index.js';

export interface System {
  /** For everything that is started here. */
  readonly env: NodeJS.ProcessEnv;
  readonly config: Config;
  readonly store: Store;
  readonly queues: Enqueuer;
  readonly redisPid: number;
  /** Starts a worker as ecosystem.config.js has it, with further arguments for Node. */
  worker(name: string, nodeArgs?: readonly string[]): Promise<ChildProcess>;
  /** Memory that the data takes in Redis, in bytes. */
  redisBytes(): Promise<number>;
}

/** What ecosystem.config.js passes to Node for this worker. */
async function nodeArgsOf(name: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const pm2Home = join(env['TRACKER_HOME'] ?? '', 'pm2');
  await mkdir(pm2Home, { recursive: true });
  const file = pathToFileURL(join(packageFolder(), 'ecosystem.config.js')).href;
  const script = `const { apps } = await import(${JSON.stringify(file)});
    process.stdout.write(JSON.stringify(apps.find(({ name }) => name === ${JSON.stringify(`tracker-${name}`)}).node_args));`;
  const asked = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...env, PM2_HOME: pm2Home },
  });
  return JSON.parse(asked.stdout) as string[];
}

/** A temp folder, gone at the end. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'tracker-bench-')));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param claude the folder that stands for `~/.claude`
 * @param durable whether Redis writes its append-only file, as the embedded one does
 */
export async function withSystem<T>(claude: string, use: (system: System) => Promise<T>, durable = true): Promise<T> {
  configureLogger({ level: 'error', name: 'bench' });
  return withFolder(async (folder) => {
    const children: ChildProcess[] = [];
    const start = (command: string, args: readonly string[], env = process.env): ChildProcess => {
      const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      children.push(child);
      return child;
    };
    const socket = join(folder, 'r.sock');
    const settings = {
      port: '0',
      unixsocket: socket,
      dir: folder,
      save: '',
      appendonly: durable ? 'yes' : 'no',
      hz: '5',
    };
    const server = start('redis-server', [
      ...Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
      ...['--loglevel', 'warning', '--maxmemory-policy', 'noeviction'],
    ]);
    const home = join(folder, 'home');
    await mkdir(home);
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      TRACKER_HOME: home,
      CLAUDE_CONFIG_DIR: claude,
      REDIS_URL: `unix://${socket}`,
      DEBUG: '',
    };
    const config = loadConfig({ env });
    const redis = new Redis({ path: socket, retryStrategy: () => 50, maxRetriesPerRequest: null });
    redis.on('error', () => undefined);
    await redis.ping();
    const store = await openStore(config, { name: 'bench' });
    const queues = createEnqueuer(queueSettings(config, connectionOptions(config)), { deadlineMs: 60_000 });
    try {
      return await use({
        env,
        config,
        store,
        queues,
        redisPid: server.pid ?? 0,
        async worker(name, nodeArgs = []) {
          const main = join(packageFolder(), 'dist', 'workers', 'main.js');
          const child = start(process.execPath, [...(await nodeArgsOf(name, env)), ...nodeArgs, main, name], env);
          await new Promise<void>((resolve, reject) => {
            child.once('message', () => resolve());
            child.once('exit', (code) => reject(new Error(`${name} ended with ${String(code)}`)));
          });
          return child;
        },
        redisBytes: async () => Number(/used_memory_dataset:(\d+)/.exec(await redis.info('memory'))?.[1]),
      });
    } finally {
      await queues.close();
      await store.close();
      redis.disconnect();
      await Promise.all(children.reverse().map(end));
    }
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 9_000);
  await ended;
  clearTimeout(late);
}

/** Waits until `condition` holds. @throws after `withinMs` */
export async function until(
  what: string,
  condition: () => Promise<boolean>,
  everyMs: number,
  withinMs: number,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms in vain: ${what}`);
    await sleep(everyMs);
  }
}
