/** How good probabilities were, when what happened is known. */

export interface Judged {
  readonly probability: number;
  readonly isDone: boolean;
}

/** Probabilities from `from` up to `to`, what they were on average, and the share that happened. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly predicted: number | null;
  readonly observed: number | null;
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean square of what a probability was off by: 0 for one that knows, 0.25 for one that always says a half. */
export const brierOf = (judged: readonly Judged[]): number =>
  mean(judged.map(({ probability, isDone }) => (probability - (isDone ? 1 : 0)) ** 2)) ?? 0;

export const rateOf = (judged: readonly { readonly isDone: boolean }[]): number =>
  mean(judged.map(({ isDone }) => (isDone ? 1 : 0))) ?? 0;

/** Whether things that were given 30 % happen in 30 of 100 cases. */
export function reliabilityOf(judged: readonly Judged[], bins = 10): readonly Bin[] {
  const held = Array.from({ length: bins }, (): Judged[] => []);
  for (const one of judged) held[Math.min(bins - 1, Math.floor(one.probability * bins))]?.push(one);
  return held.map((ones, index) => ({
    from: index / bins,
    to: (index + 1) / bins,
    count: ones.length,
    predicted: mean(ones.map(({ probability }) => probability)),
    observed: ones.length === 0 ? null : rateOf(ones),
  }));
}

/** Mean distance of predicted and observed, each bin by its share: the expected calibration error. */
export function calibrationError(bins: readonly Bin[]): number {
  const all = bins.reduce((sum, { count }) => sum + count, 0);
  return bins.reduce((sum, { count, predicted, observed }) => {
    return predicted === null || observed === null ? sum : sum + (count / all) * Math.abs(predicted - observed);
  }, 0);
}
