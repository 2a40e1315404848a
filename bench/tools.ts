/**
 * `npm run bench -- tools`: six queries of `get_unfinished_tasks` by a real client over stdio, on ledgers of several
 * sizes that were written by the store's own commit. The client's own work is in the figures.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { connectClient, type ToolClient } from './support/client.js';
import { latencies, round } from './support/numbers.js';
import { print, readOptions } from './support/options.js';
import { rssMib } from './support/proc.js';
import { withFolder, withSystem } from './support/system.js';
import { seedTasks } from './support/seed.js';
import { PROJECTS } from './support/tasks.js';

const options = readOptions({ sizes: '1000,100000,1000000', calls: '300', batch: '1000' });
const WANTED = { p50Ms: 2, p99Ms: 15, growthOfExactP50: 1.5 };

const QUERIES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'first page': {},
  'one project': { project: PROJECTS[0] },
  'one priority, in progress': { priority: ['high'], status: ['in_progress'] },
  'newest of two priorities in a project': { project: PROJECTS[3], priority: ['critical', 'high'], sort: 'newest' },
  'words, last 30 days': { query: 'retry login', since: '30d' },
  'waiting for a task': { blocked_by: 'search index' },
};

interface Measured {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly total: number;
  readonly totalIs: string;
}

await withFolder(async (claude) => {
  await mkdir(join(claude, 'projects'));
  await withSystem(
    claude,
    async (system) => {
      const sizes = options.sizes.split(',').map(Number);
      const results: Record<string, object> = {};
      const byQuery: Record<string, Measured[]> = {};
      let from = 0;
      for (const size of sizes) {
        const seeding = await seedTasks(system, from, size, Number(options.batch));
        from = size;
        const client = await connectClient(system.env);
        const queries: Record<string, Measured> = {};
        for (const [name, args] of Object.entries(QUERIES)) {
          const measured = await measure(client, args);
          queries[name] = measured;
          (byQuery[name] ??= []).push(measured);
        }
        results[size] = { seeding, queries, serverRssMib: round(rssMib(client.pid)) };
        await client.close();
      }
      const all = Object.values(byQuery).flat();
      const growth = Object.entries(byQuery)
        .filter(([, measured]) => measured.every(({ totalIs }) => totalIs === 'exact'))
        .map(([name, measured]) => [name, round((measured.at(-1)?.p50 ?? 0) / (measured[0]?.p50 ?? 1), 2)] as const);
      print('tools', options, {
        queries: QUERIES,
        results,
        worst: { p50Ms: Math.max(...all.map(({ p50 }) => p50)), p99Ms: Math.max(...all.map(({ p99 }) => p99)) },
        growthOfExactP50: Object.fromEntries(growth),
        wanted: WANTED,
      });
    },
    false,
  );
});

async function measure(client: ToolClient, args: Readonly<Record<string, unknown>>): Promise<Measured> {
  for (let warm = 0; warm < 50; warm++) await client.unfinished(args);
  const tookMs: number[] = [];
  let last = await client.unfinished(args);
  for (let call = 0; call < Number(options.calls); call++) {
    const startedAt = performance.now();
    last = await client.unfinished(args);
    tookMs.push(performance.now() - startedAt);
  }
  const { p50, p99, max } = latencies(tookMs);
  return { p50, p99, max, total: last.total, totalIs: last.total_is };
}
