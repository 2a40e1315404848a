/** A real ledger and all that serves it: its own Redis, workers and MCP servers from the build, each a process. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobName } from '../../jobs/index.js';
import { loadConfig, type Config } from '../../src/config.js';
import { configureLogger } from '../../src/logger.js';
import type { Parts } from '../../src/mcp/services.js';
import { createEnqueuer, queueSettings, type Enqueuer, type QueueSettings } from '../../src/queue/enqueue.js';
import { loadRedactor } from '../../src/redaction.js';
import { connect, connectionOptions, verifyServer } from '../../src/store/connection.js';
import { openStore, type Store } from '../../src/store/index.js';
import { until } from './mcp-http.js';
import { startRaw, type RawServer } from './mcp-server.js';
import { built, keepWorker, type Kept } from './processes.js';
import { startRedis, type TestRedis } from './redis.js';

export interface HttpProcess {
  readonly url: string;
  readonly port: number;
  readonly token: string;
  /** Ends it the hard way. */
  kill(): Promise<void>;
}

export interface LedgerRun {
  readonly home: string;
  /** For processes on this ledger. */
  readonly env: Readonly<Record<string, string>>;
  readonly config: Config;
  readonly redis: TestRedis;
  readonly store: Store;
  readonly queues: Enqueuer;
  /** What the tools stand on, for those that are called without a server. */
  parts(): Parts;
  /** Starts one process of each worker, and waits until it serves its queue. */
  work(names: readonly JobName[], overrides?: Partial<QueueSettings>): Promise<readonly Kept[]>;
  /** The file that clients start; killed at the end. */
  stdio(): RawServer;
  /** How a client of an SDK starts the same. */
  readonly stdioCommand: { readonly command: string; readonly args: string[]; readonly env: Record<string, string> };
  http(): Promise<HttpProcess>;
  stop(): Promise<void>;
}

/** All workers that tools ask. */
export const ALL_WORKERS = ['ingest', 'correlate', 'insight', 'health-check'] as const satisfies readonly JobName[];

/** @param redisArgs such as `--appendonly yes` */
export async function startLedger(redisArgs: readonly string[] = []): Promise<LedgerRun> {
  configureLogger({ level: 'silent' });
  const entry = built('mcp.js');
  const home = await mkdtemp(join(tmpdir(), 'tracker-ledger-'));
  const claude = join(home, 'claude');
  await mkdir(join(claude, 'projects'), { recursive: true });
  // Any free port; what else it could say are the defaults.
  await writeFile(join(home, 'config.json'), JSON.stringify({ mcp: { http: { enabled: true, port: 0 } } }));
  const redis = await startRedis(redisArgs);
  const own = {
    TRACKER_HOME: home,
    TRACKER_CONFIG: join(home, 'config.json'),
    CLAUDE_CONFIG_DIR: claude,
    REDIS_URL: redis.url,
    DEBUG: '',
    NODE_OPTIONS: '',
  };
  const env = { ...inherited(), ...own };
  const config = loadConfig({ env: { HOME: home, ...own } });
  const settings = queueSettings(config, connectionOptions(config));
  const store = await openStore(config, { name: 'test' });
  // Patient: what a test itself asks for must come to pass on a busy machine too.
  const queues = createEnqueuer(settings, { deadlineMs: 10_000 });
  const workers: Kept[] = [];
  const servers: RawServer[] = [];
  const https: HttpProcess[] = [];
  return {
    ...{ home, env, config, redis, store, queues },
    parts: () => ({
      store,
      enqueuer: queues,
      redact: (texts) => Promise.resolve(texts.map(loadRedactor(config))),
      roots: config.transcripts.roots,
      verify: async () => {
        const probe = connect(config, { name: 'test-verify' });
        await verifyServer(probe, config).finally(() => probe.disconnect());
      },
    }),
    work: async (names, overrides) => {
      const begun = names.map((name) => keepWorker(name, env, overrides));
      workers.push(...begun);
      for (const [index, name] of names.entries()) {
        await until(async () => (await queues.workersOnline(name)) > 0, 30_000).catch((error: unknown) => {
          throw new Error(`${name} does not serve: ${begun[index]?.stderr() ?? ''}`, { cause: error });
        });
      }
      return begun;
    },
    stdio: () => {
      const server = startRaw(entry, env);
      servers.push(server);
      return server;
    },
    stdioCommand: { command: process.execPath, args: [entry], env },
    http: async () => {
      const server = await startHttp(home, env);
      https.push(server);
      return server;
    },
    stop: async () => {
      for (const { child } of servers) child.kill('SIGKILL');
      const ends = [...servers.map(({ exited }) => exited), ...https.map((server) => server.kill())];
      await Promise.all([...ends, ...workers.map((worker) => worker.stop())]);
      await queues.close();
      await store.close();
      await redis.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

async function startHttp(home: string, env: Readonly<Record<string, string>>): Promise<HttpProcess> {
  const child = spawn(process.execPath, [built('src/mcp/http-main.js')], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const exited = ended(child);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  const url = (): string | undefined => /"event":"mcp\.listening","url":"([^"]+)"/.exec(said)?.[1];
  await until(() => url() !== undefined || child.exitCode !== null, 30_000);
  const at = url();
  if (at === undefined) throw new Error(`it does not listen: ${said}`);
  const token = (await readFile(join(home, 'mcp-token'), 'utf8')).trim();
  return {
    url: at,
    port: Number(new URL(at).port),
    token,
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

const ended = (child: ChildProcess): Promise<void> => new Promise((resolve) => child.once('exit', () => resolve()));
