/**
 * When counts began to be more: where the likelihood of two Poisson means against the usual one alone is largest, which is
 * the change point that a CUSUM with the best fitting second mean finds (Hawkins and Olwell, Cumulative sum charts, 1998).
 * @param counts of equal windows, oldest first, up to the one that stood out
 * @returns index of the first window of the rise; the last one where nothing rises
 */
export function onsetOf(counts: readonly number[], usualMean: number): number {
  let [best, onset, sum] = [0, Math.max(0, counts.length - 1), 0];
  for (let from = counts.length - 1; from >= 0; from--) {
    sum += counts[from] ?? 0;
    const usual = (counts.length - from) * usualMean;
    const gain = sum <= usual ? 0 : sum * Math.log(sum / usual) - (sum - usual);
    if (gain > best) [best, onset] = [gain, from];
  }
  return onset;
}
