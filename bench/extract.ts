/**
 * `npm run bench -- extract`: what prose costs. A generated tree is read to facts in this process (chunks, JSON, redaction,
 * folding; no Redis), with prose and without it in turns, and beside them the tasks of each source that came of it.
 */
import type { Fact } from '../src/domain/facts.js';
import { initialState, readLines, sessionOfFile } from '../src/domain/transcript/index.js';
import { redactByType } from '../src/domain/redact/index.js';
import { openTranscript } from '../src/sources/file.js';
import type { FoundFile } from '../src/sources/tree.js';
import { linesOf } from '../tests/support/extract.js';
import { median, round } from './support/numbers.js';
import { print, readOptions, say } from './support/options.js';
import { peakRssMib, rssMib } from './support/proc.js';
import { withFolder } from './support/system.js';
import { bytesIn, generateTree } from './support/tree.js';

const options = readOptions({ bytes: '500MB', sessions: '400', seed: '7', rounds: '5' });
const WANTED = { ratio: 1.6 };

interface Run {
  /** Of the processor, on this thread and on those that collect garbage for it: others use the machine too. */
  readonly cpuS: number;
  readonly tookS: number;
  /** When the last file has been read. */
  readonly rssMib: number;
  readonly tasks: Readonly<Record<string, number>>;
}

/** @param known ids of the tasks of each source: a task is spoken of in many facts, and kept in one */
function count(facts: readonly Fact[], known: Map<string, Set<string>>): void {
  for (const fact of facts) {
    if (fact.is !== 'task') continue;
    const ids = known.get(fact.source) ?? new Set();
    known.set(fact.source, ids.add(fact.id));
  }
}

async function extract(files: readonly FoundFile[], prose: boolean): Promise<Run> {
  const known = new Map<string, Set<string>>();
  const before = process.cpuUsage();
  const startedAt = performance.now();
  for (const { path } of files) {
    const file = openTranscript(path);
    if (file === null) continue;
    let state = initialState(sessionOfFile(path));
    for await (const chunk of file.chunks(0)) {
      const read = readLines(state, linesOf(chunk, 0), redactByType, { prose });
      state = read.state;
      count(read.facts, known);
    }
    file.close();
  }
  const { user, system } = process.cpuUsage(before);
  return {
    cpuS: (user + system) / 1e6,
    tookS: (performance.now() - startedAt) / 1_000,
    rssMib: rssMib(process.pid),
    tasks: Object.fromEntries([...known].map(([source, ids]) => [source, ids.size])),
  };
}

await withFolder(async (tree) => {
  say(`writing a tree of ${options.bytes} …`);
  const files = await generateTree(tree, options);
  const bytes = bytesIn(files);
  const runs: Record<'without' | 'with', Run[]> = { without: [], with: [] };
  // A tenth of the tree each first, so that neither pays for what is compiled and cached.
  const few = files.slice(0, Math.ceil(files.length / 10));
  for (const prose of [false, true]) await extract(few, prose);
  for (let turn = 1; turn <= Number(options.rounds); turn++) {
    // Who goes second finds a warmer cache and a fuller heap: the turns change sides.
    const order = turn % 2 === 1 ? (['without', 'with'] as const) : (['with', 'without'] as const);
    for (const name of order) {
      const run = await extract(files, name === 'with');
      runs[name].push(run);
      say(
        `round ${turn}: ${name} prose ${run.cpuS.toFixed(2)} s of the processor, ${run.tookS.toFixed(2)} s by the clock`,
      );
    }
  }
  const figures = (of: readonly Run[]): object => {
    const cpu = of.map(({ cpuS }) => cpuS);
    return {
      processorS: { min: round(Math.min(...cpu), 2), median: round(median(cpu), 2) },
      clockS: {
        min: round(Math.min(...of.map(({ tookS }) => tookS)), 2),
        median: round(median(of.map(({ tookS }) => tookS)), 2),
      },
      MBperS: { best: round(bytes / 1e6 / Math.min(...cpu)), median: round(bytes / 1e6 / median(cpu)) },
      rssMib: round(Math.max(...of.map((run) => run.rssMib))),
      tasks: of[0]?.tasks ?? {},
    };
  };
  const cpuOf = (name: 'without' | 'with'): number[] => runs[name].map(({ cpuS }) => cpuS);
  const ratio = {
    ofMinima: round(Math.min(...cpuOf('with')) / Math.min(...cpuOf('without')), 3),
    ofMedians: round(median(cpuOf('with')) / median(cpuOf('without')), 3),
  };
  const passed = ratio.ofMedians <= WANTED.ratio;
  print('extract', options, {
    files: files.length,
    bytes,
    withoutProse: figures(runs.without),
    withProse: figures(runs.with),
    ratio,
    peakRssMib: round(peakRssMib(process.pid)),
    wanted: WANTED,
    passed,
  });
  if (!passed) process.exitCode = 1;
});
