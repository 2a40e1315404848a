/** Starting the system of one home, or finding that it runs already. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.js';
import { loadConfig, packageFolder, packageVersion, trackerHome } from '../config.js';
import { connect, verifyServer } from '../store/connection.js';
import { boardPort } from './board.js';
import { enterCleanEnvironment, writeSecrets } from './environment.js';
import type { Layout } from './layout.js';
import { clearShortLink, closeLogs, layoutOf, prepareLayout, programBuild } from './layout.js';
import { withLock } from './lock.js';
import { trimSystemLogs } from '../sources/own-logs.js';
import { mcpAddress } from './mcp-http.js';
import type { App, Pm2 } from './pm2.js';
import { daemonAnswers, daemonOf, withPm2 } from './pm2.js';
import type { ProcessId } from './processes.js';
import { isRunning, self } from './processes.js';
import { redisAt, writeRedisConf } from './redis.js';
import type { Runtime } from './runtime.js';
import { readRuntime, removeRuntime, writeRuntime } from './runtime.js';
import { endLeftovers, stopAll } from './stop.js';

const LOCK_WITHIN_MS = 60_000;
const REDIS_WITHIN_MS = 30_000;
const REDIS_APP = 'tracker-redis';
const PRODUCERS = ['tracker-watch'];

export interface UpOptions {
  /** Whether the caller stays and stops everything when it ends. */
  readonly attached: boolean;
  /** Told what is done, one plain line each. */
  readonly say: (line: string) => void;
  /** Called as soon as Redis answers; the workers are still on their way then. */
  readonly onRedis?: (config: Config) => void;
}

export interface UpResult {
  /** `found`: it ran before and goes on under whoever started it; `adopted`: who started it has gone, now it is ours. */
  readonly outcome: 'started' | 'found' | 'adopted';
  readonly runtime: Runtime;
  readonly config: Config;
  readonly layout: Layout;
}

/**
 * Starts everything and returns when it is ready: Redis first, then the workers, `watch` last. A system of the same
 * version that runs already is left as it is; one of another version is restarted with this one's code.
 * @throws ConfigError, UnavailableError or Error with a text for the user; nothing is left running then
 */
export function up(options: UpOptions): Promise<UpResult> {
  const layout = layoutOf(trackerHome());
  prepareLayout(layout);
  return withLock(layout.lock, LOCK_WITHIN_MS, async () => {
    const runtime = readRuntime(layout.runtime);
    const alive = await isAlive(layout, runtime);
    if (runtime !== null && alive && isThisProgram(runtime)) return found(layout, runtime, options);
    let owner = options.attached ? self() : null;
    if (runtime !== null && alive) {
      options.say(`Restarting what runs (version ${runtime.version}) with the code of this version …`);
      if (runtime.owner !== null && isRunning(runtime.owner)) owner = runtime.owner;
    }
    if (daemonOf(layout) === null ? await endLeftovers(layout) : await stopAll(layout)) {
      if (!alive) options.say('Ended what an earlier start had left behind.');
    }
    removeRuntime(layout.runtime);
    return start(layout, owner, options);
  });
}

function isThisProgram({ version, build }: Runtime): boolean {
  return version === packageVersion() && build === programBuild();
}

async function isAlive(layout: Layout, runtime: Runtime | null): Promise<boolean> {
  const daemon = daemonOf(layout);
  return daemon !== null && daemon.pid === runtime?.pid && daemon.start === runtime.start && daemonAnswers(layout);
}

function found(layout: Layout, runtime: Runtime, { attached }: UpOptions): UpResult {
  const config = loadConfig();
  const abandoned = runtime.owner !== null && !isRunning(runtime.owner);
  if (!attached || !abandoned) return { outcome: 'found', runtime, config, layout };
  const adopted = { ...runtime, owner: self() };
  writeRuntime(layout.runtime, adopted);
  return { outcome: 'adopted', runtime: adopted, config, layout };
}

async function start(layout: Layout, owner: ProcessId | null, options: UpOptions): Promise<UpResult> {
  writeSecrets(layout, process.env);
  const config = loadConfig();
  enterCleanEnvironment(layout);
  const isEmbedded = config.redis.url === 'embedded';
  if (isEmbedded) writeRedisConf(layout);
  else await checkServer(config);
  const apps = await readApps();
  trimSystemLogs(layout.home);
  closeLogs(layout);
  try {
    return await withPm2(layout, async (pm2) => {
      if (isEmbedded) {
        await pm2.start(apps.filter(({ name }) => name === REDIS_APP));
        await redisAnswers(layout);
        await checkServer(config);
      }
      options.onRedis?.(config);
      await pm2.start(apps.filter(({ name }) => name !== REDIS_APP && !PRODUCERS.includes(name)));
      await pm2.start(apps.filter(({ name }) => PRODUCERS.includes(name)));
      const runtime = await describe(layout, pm2, owner, isEmbedded);
      writeRuntime(layout.runtime, runtime);
      return { outcome: 'started', runtime, config, layout } as const;
    });
  } catch (error) {
    await stopAll(layout);
    throw error;
  }
}

async function readApps(): Promise<readonly App[]> {
  const file = pathToFileURL(join(packageFolder(), 'ecosystem.config.js')).href;
  const { apps } = (await import(file)) as { apps: readonly App[] };
  return apps;
}

async function redisAnswers(layout: Layout): Promise<void> {
  const giveUpAt = Date.now() + REDIS_WITHIN_MS;
  while ((await redisAt(layout.redisSocket)) === null) {
    if (Date.now() > giveUpAt) {
      throw new Error(`Redis did not answer within 30 s; it says why in ${join(layout.logs, 'redis.log')}`);
    }
    await sleep(20);
  }
}

async function checkServer(config: Config): Promise<void> {
  const redis = connect(config, { name: 'up' });
  try {
    await verifyServer(redis, config);
  } finally {
    redis.disconnect();
  }
}

async function describe(layout: Layout, pm2: Pm2, owner: ProcessId | null, isEmbedded: boolean): Promise<Runtime> {
  const daemon = daemonOf(layout);
  if (daemon === null) throw new Error(`PM2 ended during the start; see ${join(layout.home, 'pm2', 'pm2.log')}`);
  const pids: Record<string, number[]> = {};
  for (const { name, pid } of await pm2.list()) if (pid !== null) (pids[name] ??= []).push(pid);
  return {
    ...daemon,
    version: packageVersion(),
    build: programBuild(),
    startedAt: Date.now(),
    owner,
    redisSocket: isEmbedded ? layout.redisSocket : null,
    boardPort: boardPort(layout),
    mcpUrl: mcpAddress(layout),
    pids,
  };
}

/**
 * Stops everything of this home in the order in which nothing is lost. Fine when nothing runs.
 * @returns whether there was anything to stop
 */
export function down(): Promise<boolean> {
  const layout = layoutOf(trackerHome());
  prepareLayout(layout);
  return withLock(layout.lock, LOCK_WITHIN_MS, async () => {
    const anything = await stopAll(layout);
    removeRuntime(layout.runtime);
    clearShortLink(layout);
    return anything;
  });
}
