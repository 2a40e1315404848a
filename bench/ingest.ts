/**
 * `npm run bench -- ingest`: a backfill into Redis by one ingest worker, beside the least that any reader in Node does
 * and beside ccusage, which reads the same files for another purpose. All three take turns on the same tree.
 */
import { execFile, type ExecFileException } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageFolder } from '../src/config.js';
import type { FoundFile } from '../src/sources/tree.js';
import { median, round } from './support/numbers.js';
import { print, readOptions, say } from './support/options.js';
import { cpuS, peakRssMib } from './support/proc.js';
import { withFolder, withSystem } from './support/system.js';
import { allRead, bytesIn, enqueueAll, generateTree } from './support/tree.js';

const options = readOptions({ bytes: '500MB', sessions: '400', seed: '7', rounds: '3', ccusage: 'yes', profile: '' });
const WANTED = { ratioToLimit: 0.5, workerRssMib: 250 };

interface Run {
  readonly tookS: number;
  readonly rssMib?: number;
  readonly workerCpuS?: number;
  readonly redisCpuS?: number;
}

await withFolder(async (tree) => {
  say(`writing a tree of ${options.bytes} …`);
  const files = await generateTree(tree, options);
  const contenders: Record<string, () => Promise<Run>> = {
    ours: () => ours(tree, files),
    limit: () => limit(files),
    ...(options.ccusage === 'yes' && { ccusage: () => ccusage(tree) }),
  };
  const runs: Record<string, Run[]> = {};
  for (let round = 1; round <= Number(options.rounds); round++) {
    for (const [name, run] of Object.entries(contenders)) {
      const one = await run();
      (runs[name] ??= []).push(one);
      say(`round ${round}: ${name} took ${one.tookS.toFixed(2)} s`);
    }
  }
  const bytes = bytesIn(files);
  const took = (name: string): number[] => (runs[name] ?? []).map(({ tookS }) => tookS);
  const speed = (tookS: number): number => round(bytes / 1e6 / tookS);
  const figures = Object.fromEntries(
    Object.keys(runs).map((name) => [
      name,
      {
        medianMBperS: speed(median(took(name))),
        bestMBperS: speed(Math.min(...took(name))),
        tookS: took(name).map((s) => round(s, 2)),
      },
    ]),
  );
  const worst = (pick: (run: Run) => number | undefined): number =>
    round(Math.max(...(runs['ours'] ?? []).map((run) => pick(run) ?? 0)));
  print('ingest', options, {
    files: files.length,
    bytes,
    ...figures,
    ratioToLimit: round(median(took('limit')) / median(took('ours')), 3),
    bestRatioToLimit: round(Math.min(...took('limit')) / Math.min(...took('ours')), 3),
    workerRssMib: worst((run) => run.rssMib),
    workerCpuS: worst((run) => run.workerCpuS),
    redisCpuS: worst((run) => run.redisCpuS),
    wanted: WANTED,
  });
});

/** From the first request to the last commit; the worker waits for jobs before, as it does with a user. */
function ours(tree: string, files: readonly FoundFile[]): Promise<Run> {
  return withSystem(tree, async (system) => {
    const profile = options.profile === '' ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profile}`];
    const worker = await system.worker('ingest', profile);
    const pid = worker.pid ?? 0;
    const before = { worker: cpuS(pid), redis: cpuS(system.redisPid) };
    const startedAt = performance.now();
    await enqueueAll(system, files);
    await allRead(system, files);
    const tookS = (performance.now() - startedAt) / 1_000;
    return {
      tookS,
      rssMib: peakRssMib(pid),
      workerCpuS: cpuS(pid) - before.worker,
      redisCpuS: cpuS(system.redisPid) - before.redis,
    };
  });
}

async function limit(files: readonly FoundFile[]): Promise<Run> {
  const program = fileURLToPath(new URL('./support/limit.js', import.meta.url));
  const stdout = await run([program], process.env, files.map(({ path }) => path).join('\n'));
  return { tookS: (JSON.parse(stdout) as { tookMs: number }).tookMs / 1_000 };
}

/** The whole run of the program: there is no other way to call it. */
async function ccusage(tree: string): Promise<Run> {
  const program = join(packageFolder(), 'node_modules', 'ccusage', 'dist', 'index.js');
  const startedAt = performance.now();
  const env = { ...process.env, CLAUDE_CONFIG_DIR: tree, LOG_LEVEL: '0' };
  JSON.parse(await run([program, 'daily', '--offline', '--json'], env, ''));
  return { tookS: (performance.now() - startedAt) / 1_000 };
}

function run(args: readonly string[], env: NodeJS.ProcessEnv, input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const done = (error: ExecFileException | null, stdout: string, stderr: string): void => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${args.join(' ')}: ${error.message} ${stderr.slice(-2_000)}`));
    };
    const child = execFile(process.execPath, [...args], { env, maxBuffer: 1 << 28 }, done);
    child.stdin?.end(input);
  });
}
