/** What is usual: mean and variance of a count, from those that were seen before. */
import type { Expected } from './tail.js';

/**
 * Fitted by moments. Two floors keep a quiet past from making the first count a wonder, and a past of equal counts from
 * making one more than that one: half an occurrence beside what was seen, and a variance a little above that of counts
 * that know nothing of each other (Poisson), with what the mean itself is uncertain by.
 */
export function expectedFrom(counts: readonly number[]): Expected {
  const n = Math.max(1, counts.length);
  const sum = counts.reduce((total, count) => total + count, 0);
  const mean = (sum + 0.5) / n;
  const own = sum / n;
  const spread = counts.reduce((total, count) => total + (count - own) ** 2, 0) / Math.max(1, n - 1);
  const floor = mean * MIN_DISPERSION;
  return { mean, variance: Math.max(spread, floor) * (1 + 1 / n) };
}

const MIN_DISPERSION = 1.1;

/** The same of windows `times` as long; never less sure than counts that know nothing of each other allow. */
export function stretched({ mean, variance }: Expected, times: number, seen: readonly number[]): Expected {
  const long = expectedFrom(seen);
  return { mean: mean * times, variance: Math.max(variance * times, seen.length < 2 ? 0 : long.variance) };
}

/**
 * How a pattern spreads, over many hours: sums that fade of variance beyond the mean, and of the mean squared. Their ratio
 * is 1/k, how bursty it is, which one hour alone tells badly: a burst in six hours is missing in five of them.
 */
export interface Habit {
  readonly beyond: number;
  readonly squares: number;
}

export const NO_HABIT: Habit = { beyond: 0, squares: 0 };
/** What was learnt a minute ago counts so much less: half after some eight hours. */
const FADING = 1 - 1 / 720;

export function learnt(habit: Habit, counts: readonly number[]): Habit {
  const mean = counts.reduce((total, count) => total + count, 0) / counts.length;
  const spread = counts.reduce((total, count) => total + (count - mean) ** 2, 0) / Math.max(1, counts.length - 1);
  return { beyond: habit.beyond * FADING + spread - mean, squares: habit.squares * FADING + mean * mean };
}

/**
 * Half of what sixty counts say of their spread may be luck: measured on 120 patterns of eight levels and four spreads that go on
 * unchanged for a day, taking it as it is cries 13 times where once was meant, taking it twice 6 times.
 */
const DOUBT = 2;

/** At least as wide as its habit has it, and wider by what is not known of that. */
export function widened({ mean, variance }: Expected, { beyond, squares }: Habit): Expected {
  const bursty = squares <= 0 ? 0 : Math.max(0, beyond / squares);
  const known = Math.max(variance, mean * MIN_DISPERSION + bursty * mean * mean);
  return { mean, variance: mean + (known - mean) * DOUBT };
}
