/** PM2 as we use it: its own home, a clean environment, answers as promises. */
import { connect as connectSocket } from 'node:net';
import { join } from 'node:path';
import { enterCleanEnvironment } from './environment.js';
import type { Layout } from './layout.js';
import { prepareLayout } from './layout.js';
import type { ProcessId } from './processes.js';
import { endAll, fromPidFile } from './processes.js';

/** One row of `apps` in ecosystem.config.js, as far as we read it. */
export interface App {
  readonly name: string;
}

export interface AppProcess {
  readonly name: string;
  readonly pid: number | null;
  readonly status: string;
  /** When it was started last, epoch ms. */
  readonly startedAt: number;
  readonly restarts: number;
  readonly rssBytes: number;
  /** Share of one core in percent, as PM2 last measured it. */
  readonly cpuPercent: number;
}

export interface Pm2 {
  start(apps: readonly App[]): Promise<void>;
  list(): Promise<readonly AppProcess[]>;
  /** Stops (SIGINT, then SIGKILL after the app's kill_timeout) and forgets these; names that it does not know are fine. */
  remove(names: readonly string[]): Promise<void>;
}

/** What PM2 answers with, as far as we read it. */
interface Description {
  readonly name?: string;
  readonly pid?: number;
  readonly monit?: { readonly memory?: number; readonly cpu?: number };
  readonly pm2_env?: { readonly status?: string; readonly pm_uptime?: number; readonly restart_time?: number };
}

type Answer<T> = (error: Error | null, result: T) => void;

/** The part of PM2's interface that we use; its own types know neither app lists nor null errors. */
interface Client {
  connect(done: Answer<unknown>): void;
  disconnect(): void;
  start(file: { apps: readonly App[] }, done: Answer<unknown>): void;
  list(done: Answer<readonly Description[]>): void;
  delete(name: string, done: Answer<unknown>): void;
}

/**
 * Runs `work` connected to the daemon of this home, starting it if there is none. This process's own environment is
 * cleaned first, for good: PM2's client hands it on to the daemon and to every app.
 */
export async function withPm2<T>(layout: Layout, work: (pm2: Pm2) => Promise<T>): Promise<T> {
  prepareLayout(layout);
  enterCleanEnvironment(layout);
  // PM2 makes its files and those of the apps with what it inherits; it has no option for it.
  process.umask(0o077);
  const client = (await import('pm2')).default as unknown as Client;
  await promise((done) => client.connect(done));
  try {
    return await work(adapt(client));
  } finally {
    // An open connection would keep this process alive.
    client.disconnect();
  }
}

function adapt(client: Client): Pm2 {
  const list = async (): Promise<readonly AppProcess[]> => {
    const found = await promise<readonly Description[]>((done) => client.list(done));
    return found.map(toAppProcess);
  };
  return {
    list,
    // PM2 writes into what it is given: each app starts from a copy.
    start: async (apps) => {
      await promise((done) => client.start({ apps: structuredClone(apps) }, done));
    },
    remove: async (names) => {
      const known = new Set((await list()).map(({ name }) => name));
      await Promise.all(
        names.filter((name) => known.has(name)).map((name) => promise((done) => client.delete(name, done))),
      );
    },
  };
}

/** The daemon of this home, if it is alive. Its command line is its title, cut to the room that there was for it. */
export function daemonOf(layout: Layout): ProcessId | null {
  return fromPidFile(join(layout.home, 'pm2', 'pm2.pid'), /PM2 v|pm2.*Daemon\.js/);
}

/** Whether the daemon takes connections. */
export function daemonAnswers(layout: Layout): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectSocket(join(layout.pm2Home, 'rpc.sock'));
    const done = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
  });
}

/** Ends the daemon; whatever app still runs under it ends with it. */
export async function endDaemon(layout: Layout): Promise<void> {
  const daemon = daemonOf(layout);
  if (daemon !== null) await endAll([daemon], 'SIGTERM', 10_000);
}

function toAppProcess({ name, pid, monit, pm2_env: state }: Description): AppProcess {
  return {
    name: name ?? '',
    pid: pid === undefined || pid === 0 ? null : pid,
    status: state?.status ?? 'unknown',
    startedAt: state?.pm_uptime ?? 0,
    restarts: state?.restart_time ?? 0,
    rssBytes: monit?.memory ?? 0,
    cpuPercent: monit?.cpu ?? 0,
  };
}

function promise<T>(call: (done: Answer<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, result) => {
      // PM2 gives errors as one, as a list of them, as texts, and as an empty list for none.
      const failure: unknown = Array.isArray(error) ? error[0] : error;
      if (failure === null || failure === undefined) resolve(result);
      else reject(failure instanceof Error ? failure : new Error(`PM2: ${JSON.stringify(failure)}`));
    });
  });
}
