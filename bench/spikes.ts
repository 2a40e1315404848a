/** `npm run bench -- spikes`: false alarms and power of detectors of sudden rises, as in reference 4.1. */
import { expectedFrom, upperTail } from '../src/domain/signal/index.js';
import { SERIES, simulate, type Detector } from './support/spikes.js';

const mean = (counts: readonly number[]): number => counts.reduce((sum, n) => sum + n, 0) / counts.length;
const spread = (counts: readonly number[]): number => {
  const middle = mean(counts);
  return Math.sqrt(counts.reduce((sum, n) => sum + (n - middle) ** 2, 0) / (counts.length - 1));
};

const DETECTORS: readonly (readonly [name: string, detect: Detector])[] = [
  ['negative binomial tail (ours)', (n, before) => upperTail(n, expectedFrom(before))],
  [
    'Poisson tail',
    (n, before) => {
      const { mean: usual } = expectedFrom(before);
      return upperTail(n, { mean: usual, variance: usual * 1.000_1 });
    },
  ],
  ['z-score, sd >= 1', (n, before) => -(n - mean(before)) / Math.max(1, spread(before))],
  ['z-score', (n, before) => -(n - mean(before)) / Math.max(1e-3, spread(before))],
  ['ratio to mean', (n, before) => -n / Math.max(mean(before), 1 / 60)],
];

const SEEDS = [1, 2, 3, 4, 5];
const names = SERIES.map(({ name }) => name).join(' / ');
process.stdout.write(`mean of ${SEEDS.length} runs of 4 x 6,000 minutes; one threshold a detector, 1 alarm in 2,000\n`);
process.stdout.write(`| detector | false alarms ${names} | power ${names} |\n| --- | --- | --- |\n`);
for (const [name, detect] of DETECTORS) {
  const runs = SEEDS.map((seed) => simulate(detect, seed));
  const alarms = SERIES.map((_, index) => mean(runs.map((run) => run.falseAlarms[index] ?? 0)).toFixed(1));
  const power = SERIES.map((_, index) => mean(runs.map((run) => run.power[index] ?? 0)).toFixed(2));
  process.stdout.write(`| ${name} | ${alarms.join(' / ')} | ${power.join(' / ')} |\n`);
}
