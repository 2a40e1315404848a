/** Nothing that is killed, however often and at whatever moment, changes what the ledger says in the end. */
import { expect, test } from '@jest/globals';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig } from '../../src/config.js';
import { openStore, type Store } from '../../src/store/index.js';
import { until, withFolder } from '../support/files.js';
import { differences, dumpLedger } from '../support/ledger-dump.js';
import { command, keepRedis, keepWorker, type Kept } from '../support/processes.js';
import { startRedis } from '../support/redis.js';
import { cutTree, generateTree, grow, seeded, transcriptsOf } from '../support/tree.js';

const KILLS = 30;
/** Locks as in production would leave a file for 15 s after each kill. */
const SHORT_LOCKS = { lockMs: 1_000, stalledEveryMs: 500 };
const SETTLED_WITHIN_MS = 45_000;

test('kill -9 of worker, watch and Redis, 30 times while a tree grows, leaves the ledger of one quiet pass', async () => {
  const seed = Number(process.env['CRASH_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  process.stderr.write(`crash test: CRASH_SEED=${seed}\n`);
  const random = seeded(seed);
  await withFolder(async (folder) => {
    const [source, claude, data] = ['source', 'claude', 'redis'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await Promise.all([join(claude, 'projects'), data].map((each) => mkdir(each, { recursive: true })));
    const files = await generateTree(source, { bytes: '12MB', sessions: 14, seed: seed % 1_000, torn: 0.2, fork: 0.2 });
    const pieces = await cutTree(source, files, random);
    const kills = Array.from({ length: KILLS }, () => ({
      afterMs: 200 + random() * 1_800,
      victim: (['ingest', 'watch', 'redis'] as const)[Math.floor(random() * 3)] ?? 'ingest',
    }));
    const lastsMs = kills.reduce((sum, { afterMs }) => sum + afterMs, 0);

    const redis = keepRedis(data);
    const env = envOf(folder, claude, redis.url);
    const kept: Record<'ingest' | 'watch' | 'redis', Kept> = {
      redis,
      ingest: keepWorker('ingest', env, SHORT_LOCKS),
      watch: keepWorker('watch', env, SHORT_LOCKS),
    };
    try {
      const growth = grow(claude, pieces, lastsMs);
      for (const { afterMs, victim } of kills) {
        await sleep(afterMs);
        kept[victim].kill();
      }
      await growth;
      expect(await transcriptsOf(claude)).toEqual(files);
      const paths = files.map((file) => join(claude, file));
      await settled(env, paths, () => `${kept.ingest.stderr()}\n${kept.watch.stderr()}`);
      const starts = kept.ingest.starts() + kept.watch.starts() + kept.redis.starts();
      expect(starts).toBeGreaterThanOrEqual(KILLS + 3);

      const [after, reported] = [await dumpLedger(redis.url), await command(['extract', '--ledger', claude], env)];
      const quiet = await quietPass(folder, claude, paths);
      expect(Object.keys(quiet.ledger).length).toBeGreaterThan(100);
      expect(reported).toBe(quiet.reported);
      expect(differences(after, quiet.ledger)).toEqual([]);
      expect(reported).toBe(await command(['extract', claude], env));
    } finally {
      await Promise.all(Object.values(kept).map((process) => process.stop()));
    }
  });
}, 120_000);

/** What the same files come to when nothing happens on the way. */
async function quietPass(
  folder: string,
  claude: string,
  paths: readonly string[],
): Promise<{ ledger: Record<string, unknown>; reported: string }> {
  const redis = await startRedis();
  const env = envOf(folder, claude, redis.url);
  const worker = keepWorker('ingest', env);
  try {
    await command(['ingest', claude], env);
    await settled(env, paths, () => worker.stderr());
    return { ledger: await dumpLedger(redis.url), reported: await command(['extract', '--ledger', claude], env) };
  } finally {
    await worker.stop();
    await redis.stop();
  }
}

const envOf = (folder: string, claude: string, url: string): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_OPTIONS: '',
  TRACKER_HOME: join(folder, 'home'),
  CLAUDE_CONFIG_DIR: claude,
  REDIS_URL: url,
});

/** Waits until every file has been read as it is now. */
async function settled(env: NodeJS.ProcessEnv, paths: readonly string[], logs: () => string): Promise<void> {
  const store = await openStore(loadConfig({ env }), { name: 'test', deadlineMs: 20_000 });
  try {
    let behind: string[] = [];
    await until(
      'all files are read',
      async () => {
        behind = await notRead(store, paths);
        return behind.length === 0;
      },
      SETTLED_WITHIN_MS,
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${behind.join('\n')}\n${logs()}`, { cause: error });
    });
  } finally {
    await store.close();
  }
}

async function notRead(store: Store, paths: readonly string[]): Promise<string[]> {
  const positions = await store.positions(paths);
  const stats = await Promise.all(paths.map((path) => stat(path)));
  return paths.flatMap((path, index) => {
    const [position, file] = [positions[index], stats[index]];
    if (position != null && position.quarantine === null && position.size === file?.size) return [];
    return [`${path}: ${JSON.stringify(position ?? null)} of ${file?.size}`];
  });
}
