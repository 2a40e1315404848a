/** Figures of repeated measurements. */

/** The value below which this share (0 to 1) of `values` lies. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

/** Milliseconds as people compare them. */
export function latencies(valuesMs: readonly number[]): { p50: number; p95: number; p99: number; max: number } {
  const at = (share: number): number => round(quantile(valuesMs, share), 2);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}
