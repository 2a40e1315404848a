/**
 * `npm run bench -- mcp`: the server as clients start it, beside the reference servers and beside itself as single
 * modules, in turns: start, list, reading a large ledger, queueing, memory.
 */
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageFolder } from '../src/config.js';
import { round } from './support/numbers.js';
import { print, readOptions, say } from './support/options.js';
import { installPeers } from './support/peers.js';
import { callOften, startOnce, summaryOf, type Contender, type Start } from './support/probe.js';
import { seedTasks } from './support/seed.js';
import { withFolder, withSystem } from './support/system.js';

const options = readOptions({
  ...{ starts: '15', calls: '500', warmup: '50', tasks: '100000' },
  peers: join(tmpdir(), 'tracker-bench-peers'),
});
const WANTED = {
  ...{ startMs: 150, startToEverything: 0.75, listBytes: 24_000, shownBytes: 9_000, rssMib: 85 },
  ...{ readP50Ms: 1.5, readP99Ms: 10, enqueueP50Ms: 3, enqueueP99Ms: 10 },
};

/** New words each time, or the second call would find that the job is there already. */
const aChat = (turn: number): object => ({
  session_id: `bench-${turn}`,
  messages: [
    { role: 'user', content: `Please look at the failing import number ${turn}.` },
    { role: 'assistant', content: 'The import fails since the column was renamed. I will add the migration next.' },
  ],
});

await withFolder(async (claude) => {
  await mkdir(join(claude, 'projects'));
  const peers = await installPeers(options.peers);
  await withSystem(
    claude,
    async (system) => {
      await seedTasks(system, 0, Number(options.tasks));
      const ours: Omit<Contender, 'args'> = {
        env: system.env,
        calls: {
          read: { tool: 'get_unfinished_tasks', args: () => ({}) },
          enqueue: { tool: 'ingest_chat', args: aChat },
        },
      };
      const dist = join(packageFolder(), 'dist');
      const echo = (turn: number): object => ({ message: `hello ${turn}` });
      const contenders: Readonly<Record<string, Contender>> = {
        bundle: { ...ours, args: [join(dist, 'mcp.js')] },
        modules: { ...ours, args: [join(dist, 'src', 'mcp', 'main.js')] },
        everything: {
          args: [peers.everything, 'stdio'],
          env: process.env,
          calls: { read: { tool: 'echo', args: echo } },
        },
        memory: {
          args: [peers.memory],
          env: { ...process.env, MEMORY_FILE_PATH: join(claude, 'memory.jsonl') },
          calls: { read: { tool: 'read_graph', args: () => ({}) } },
        },
      };
      const runs: Record<string, Start[]> = {};
      for (let turn = 0; turn <= Number(options.starts); turn++) {
        for (const [name, contender] of Object.entries(contenders)) {
          const run = await startOnce(contender);
          // The first round brings the files into memory.
          if (turn > 0) (runs[name] ??= []).push(run);
        }
      }
      const startMs = Object.fromEntries(Object.entries(runs).map(([name, all]) => [name, summaryOf(all)]));
      const results: Record<string, object> = {};
      for (const [name, contender] of Object.entries(contenders)) {
        say(`calling ${name} …`);
        const called = await callOften(contender, Number(options.calls), Number(options.warmup));
        results[name] = { startMs: startMs[name], ...called };
      }
      const ratio = (of: 'min' | 'p50' | 'cpuMean'): number =>
        round((startMs['bundle']?.[of] ?? Number.NaN) / (startMs['everything']?.[of] ?? Number.NaN), 2);
      const startToEverything = { min: ratio('min'), p50: ratio('p50'), cpuMean: ratio('cpuMean') };
      print('mcp', options, { results, startToEverything, wanted: WANTED });
    },
    false,
  );
});
