/**
 * `npm run bench -- patterns`: lines grouped per second, text in, pattern's id out, in one thread, beside Drain; and the
 * memory of 10,000 patterns. `--python` names a Python that has Drain3, which is then measured on the same lines.
 */
import { spawnSync } from 'node:child_process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createMiner, fingerprintOf } from '../src/domain/pattern/index.js';
import { createDrain } from './support/drain.js';
import { manyKinds, realMix, serviceLines } from './support/mixes.js';
import { median, round } from './support/numbers.js';
import { print, readOptions, say } from './support/options.js';

const options = readOptions({ lines: '200000', rounds: '5', patterns: '10000', python: '' });
const WANTED = { linesPerSecond: 400_000, memoryMib: 64 };
const MIB = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

type Grouper = (line: string) => unknown;

const ours = (): Grouper => {
  const miner = createMiner();
  return (line) => miner.add(fingerprintOf(line)).pattern;
};

interface Speed {
  /** The median of the rounds by the clock, as an idle machine would show it. */
  readonly linesPerSecond: number;
  /** By the processor's time, which programs beside it lengthen little: what is judged. */
  readonly linesPerProcessorSecond: number;
  readonly mbPerSecond: number;
}

function speedOf(make: () => Grouper, lines: readonly string[]): Speed {
  const chars = lines.reduce((sum, line) => sum + line.length, 0);
  const walls: number[] = [];
  const processor: number[] = [];
  for (let round = 0; round <= Number(options.rounds); round++) {
    const group = make();
    const before = process.cpuUsage();
    const start = performance.now();
    for (const line of lines) group(line);
    const wall = (performance.now() - start) / 1_000;
    const used = process.cpuUsage(before).user / 1e6;
    // The first round warms up.
    if (round > 0) [walls, processor].forEach((list, index) => list.push(index === 0 ? wall : used));
  }
  return {
    linesPerSecond: round(lines.length / median(walls), 0),
    linesPerProcessorSecond: round(lines.length / median(processor), 0),
    mbPerSecond: round(chars / 1e6 / median(walls)),
  };
}

const SCRIPT = `
import sys, time
from drain3 import TemplateMiner
lines = sys.stdin.read().split("\\n")
miner = TemplateMiner()
start = time.perf_counter()
for line in lines:
    miner.add_log_message(line)
print(len(lines) / (time.perf_counter() - start))
`;

/** Lines per second; null where there is no Drain3. */
function drain3(lines: readonly string[]): number | null {
  if (options.python === '') return null;
  const ran = spawnSync(options.python, ['-c', SCRIPT], { input: lines.join('\n'), encoding: 'utf8' });
  if (ran.status === 0) return round(Number(ran.stdout), 0);
  say(`${options.python} has no Drain3: ${ran.stderr.trim().split('\n').at(-1) ?? ''}`);
  return null;
}

function memoryOf(kinds: readonly string[]): { readonly patterns: number; readonly mib: number } {
  const used = (): number => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = used();
  const miner = createMiner({ maxPatterns: kinds.length });
  for (const kind of kinds) miner.add(fingerprintOf(kind));
  const mib = round((used() - before) / MIB);
  return { patterns: miner.save().templates.length, mib };
}

const memory = memoryOf(manyKinds(Number(options.patterns)));
const real = realMix(Number(options.lines));
const mixes = { mix: real.lines, app: serviceLines(Number(options.lines)) };
const speed = Object.fromEntries(
  Object.entries(mixes).map(([name, lines]) => {
    say(`grouping ${lines.length} lines of ${name} …`);
    return [name, { ours: speedOf(ours, lines), drain: speedOf(createDrain, lines), drain3: drain3(lines) }];
  }),
);
const passed =
  memory.mib <= WANTED.memoryMib &&
  Object.values(speed).every((one) => one.ours.linesPerProcessorSecond >= WANTED.linesPerSecond);
print('patterns', options, {
  wanted: WANTED,
  ...(real.real ? {} : { note: 'no real logs beside the project: mix is made-up lines too' }),
  speed,
  memory,
  passed,
});
if (!passed) process.exitCode = 1;
