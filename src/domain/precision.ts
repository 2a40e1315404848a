/** How many of the tasks that prose was read as were tasks, going by what hands dismissed. */
import type { Source } from './model.js';

/** Tasks of one source that were listed, and how many of them a hand dismissed. */
export interface Offers {
  readonly source: Source;
  readonly offered: number;
  readonly dismissed: number;
}

export interface Precision extends Offers {
  /** Share that was not dismissed, with its interval; null where too few were listed to tell. */
  readonly share: number | null;
  readonly interval: readonly [from: number, to: number];
}

/** With fewer the interval may reach more than 20 points to either side, and says next to nothing. */
export const FEWEST_OFFERS = 20;
/** Quantile of the normal distribution at 97.5 %; the approximation of simple-statistics is wrong in the third place. */
const Z = 1.959964;

export function precisionOf(offers: Offers): Precision {
  const { offered, dismissed } = offers;
  const kept = offered - dismissed;
  return {
    ...offers,
    share: offered < FEWEST_OFFERS ? null : kept / offered,
    interval: wilsonInterval(kept, offered),
  };
}

/**
 * Wilson's score interval for a share, at 95 %. It holds for few cases, and where all or none of them are.
 * @see E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22 (1927); recommended for
 * small numbers by L. D. Brown, T. T. Cai and A. DasGupta, Interval Estimation for a Binomial Proportion (2001)
 */
export function wilsonInterval(hits: number, of: number): readonly [from: number, to: number] {
  if (of <= 0) return [0, 1];
  const share = hits / of;
  const scale = 1 + Z ** 2 / of;
  const middle = (share + Z ** 2 / (2 * of)) / scale;
  const half = (Z / scale) * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
