/** Which of many tests found something. */

/**
 * Benjamini and Hochberg, Controlling the false discovery rate, 1995: of the tests with the `i` smallest values those
 * count whose `i`-th is at most `i · q / tests`, for the largest such `i`.
 * @param tests how many there were in all; those that are not listed found nothing
 * @returns the largest value that counts; -1 where none does
 */
export function discoveryLimit(values: readonly number[], tests: number, q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const most = Math.max(tests, sorted.length);
  for (let index = sorted.length - 1; index >= 0; index--) {
    const value = sorted[index] ?? 1;
    if (value <= ((index + 1) * q) / most) return value;
  }
  return -1;
}
