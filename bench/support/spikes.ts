/** The simulation of reference 4.1: how well a detector finds sudden rises in series that differ in level and spread. */

/** A generator with a seed, so that every run draws the same: Mulberry32. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A count with this mean and variance mean + mean² / k: Poisson with a mean that is itself drawn from a gamma. */
function countOf(draw: () => number, mean: number, k: number): number {
  return poisson(draw, (mean / k) * gamma(draw, k));
}

function poisson(draw: () => number, mean: number): number {
  const limit = Math.exp(-mean);
  let product = draw();
  let n = 0;
  while (product > limit) {
    product *= draw();
    n += 1;
  }
  return n;
}

/** Marsaglia and Tsang, A simple method for generating gamma variables, 2000. */
function gamma(draw: () => number, shape: number): number {
  if (shape < 1) return gamma(draw, shape + 1) * draw() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - draw()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Occurrences a minute, how far they spread (k), and how many more a spike brings. */
export const SERIES = [
  { name: 'quiet', mean: 0.05, k: 0.5, spike: 5 },
  { name: 'low', mean: 1, k: 3, spike: 8 },
  { name: 'bursty', mean: 2, k: 0.5, spike: 20 },
  { name: 'busy', mean: 40, k: 9, spike: 80 },
] as const;

/** Gives a score to the latest count against those of the hour before it; the lower, the stranger. */
export type Detector = (count: number, before: readonly number[]) => number;

export interface Outcome {
  readonly falseAlarms: readonly number[];
  /** Share of the spikes that were found, per series. */
  readonly power: readonly number[];
}

const MINUTES = 6_000;
const SPIKES = 1_000;
/** One false alarm in so many minutes, over all series together. */
const MINUTES_PER_ALARM = 2_000;

/** One threshold for all four series, set by the budget of false alarms; then spikes of one minute against it. */
export function simulate(detect: Detector, seed: number): Outcome {
  const draw = random(seed);
  const series = SERIES.map(({ mean, k }) => Array.from({ length: MINUTES + 60 }, () => countOf(draw, mean, k)));
  const before = (own: readonly number[], at: number): readonly number[] => own.slice(at - 60, at);
  const scores = series.map((own) => own.slice(60).map((count, index) => detect(count, before(own, index + 60))));
  const all = scores.flat().sort((a, b) => a - b);
  const threshold = all[Math.round(all.length / MINUTES_PER_ALARM) - 1] ?? 0;
  return {
    falseAlarms: scores.map((own) => own.filter((score) => score <= threshold).length),
    power: SERIES.map(({ spike }, index) => {
      const own = series[index] ?? [];
      let found = 0;
      for (let nth = 0; nth < SPIKES; nth++) {
        const at = 60 + Math.floor(draw() * MINUTES);
        if (detect((own[at] ?? 0) + spike, before(own, at)) <= threshold) found += 1;
      }
      return found / SPIKES;
    }),
  };
}
