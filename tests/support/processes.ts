/** Real processes of ours that come back at once when they end, as under PM2. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { QueueSettings } from '../../src/queue/settings.js';

const LAUNCHER = resolve('tests/support/launch-worker.mjs');

/** A file of the build. @throws when there is none */
export function built(path: string): string {
  const file = resolve('dist', path);
  if (!existsSync(file))
    throw new Error(`${file} is missing: run \`npm run build\` before this test (\`npm test\` does)`);
  return file;
}

export interface Kept {
  /** Ends it the hard way; another one is started as soon as it has ended. */
  kill(): void;
  /** Ends it for good. */
  stop(): Promise<void>;
  /** Of the one that runs now. */
  pid(): number;
  /** How often it was started. */
  starts(): number;
  /** The end of what it and those before it wrote on stderr. */
  stderr(): string;
}

/** Starts a program, and again whenever it ends. */
export function keepRunning(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Kept {
  let stopped = false;
  let starts = 0;
  let said = '';
  let ended: Promise<void> = Promise.resolve();
  const start = (): ChildProcess => {
    starts += 1;
    const started = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    started.stderr.on('data', (data: Buffer) => (said = (said + data.toString()).slice(-20_000)));
    ended = new Promise((resolve) => {
      started.once('exit', () => {
        if (!stopped) child = start();
        resolve();
      });
      started.once('error', (error) => {
        said += String(error);
        stopped = true;
        resolve();
      });
    });
    return started;
  };
  let child = start();
  return {
    kill: () => void child.kill('SIGKILL'),
    async stop() {
      stopped = true;
      child.kill('SIGKILL');
      await ended;
    },
    pid: () => child.pid ?? 0,
    starts: () => starts,
    stderr: () => said,
  };
}

/** One of our workers from the build, with settings of the queues that no configuration has, such as short locks. */
export function keepWorker(name: string, env: NodeJS.ProcessEnv, overrides: Partial<QueueSettings> = {}): Kept {
  built('workers/launch.js');
  return keepRunning(process.execPath, [LAUNCHER, name, JSON.stringify(overrides)], env);
}

/** A Redis whose socket is `folder`/r.sock and which keeps each acknowledged write in its append-only file. */
export function keepRedis(folder: string): Kept & { readonly url: string } {
  const socket = join(folder, 'r.sock');
  const settings = {
    port: '0',
    unixsocket: socket,
    dir: folder,
    save: '',
    appendonly: 'yes',
    appendfsync: 'everysec',
    'maxmemory-policy': 'noeviction',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const server = process.env['TEST_REDIS_SERVER'] ?? 'redis-server';
  return { ...keepRunning(server, args, process.env), url: `unix://${socket}` };
}

/** Runs the command line to its end. @returns stdout @throws with stderr when it fails */
export function command(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const program = built('src/cli/main.js');
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [program, ...args], { env, maxBuffer: 256 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${args.join(' ')} ended with ${String(error.code)}: ${stderr}`));
    });
  });
}
