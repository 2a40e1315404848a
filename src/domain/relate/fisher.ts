/** Whether two things happen together more often than chance has it. */
import { logGamma } from '../signal/index.js';

/** Spans of time, or sessions, by whether each of the two was there. */
export interface Together {
  readonly both: number;
  readonly onlyA: number;
  readonly onlyB: number;
  readonly neither: number;
}

const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);

/**
 * Fisher's exact test to one side: how likely it is by chance that both are there so often, or more often, with these
 * totals (hypergeometric). Exact also where every expected count is large, so no other test is needed.
 */
export function fisherExact({ both, onlyA, onlyB, neither }: Together): number {
  const [a, b] = [both + onlyA, both + onlyB];
  const all = a + onlyB + neither;
  let sum = 0;
  for (let n = both; n <= Math.min(a, b); n++) {
    if (b - n > all - a) continue;
    sum += Math.exp(logChoose(a, n) + logChoose(all - a, b - n) - logChoose(all, b));
  }
  return Math.min(1, sum);
}

/** 95 %, to one side. */
const Z = 1.645;

/**
 * How much more often at least: the lower bound of the ratio between the share of A's spans that have B and the share of
 * the others, by the logarithm's normal approximation (Katz and others, 1978), with half a count added to each cell.
 */
export function leastLift({ both, onlyA, onlyB, neither }: Together): number {
  const [x, y, m, n] = [both + 0.5, onlyB + 0.5, both + onlyA + 1, onlyB + neither + 1];
  const ratio = Math.log(x / m / (y / n));
  const deviation = Math.sqrt(1 / x - 1 / m + 1 / y - 1 / n);
  return Math.exp(ratio - Z * deviation);
}
