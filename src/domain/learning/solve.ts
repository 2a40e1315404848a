/** Solves `matrix · x = right` for a symmetric positive definite matrix, by Cholesky's decomposition. */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const lower: number[][] = [];
  matrix.forEach((row, i) => {
    const line: number[] = [];
    lower.push(line);
    for (let j = 0; j <= i; j++) {
      const other = lower[j] ?? [];
      let rest = row[j] ?? 0;
      for (let k = 0; k < j; k++) rest -= (line[k] ?? 0) * (other[k] ?? 0);
      line.push(i === j ? Math.sqrt(Math.max(rest, 1e-300)) : rest / (other[j] ?? 1));
    }
  });
  const forth: number[] = [];
  lower.forEach((line, i) => {
    let rest = right[i] ?? 0;
    for (let k = 0; k < i; k++) rest -= (line[k] ?? 0) * (forth[k] ?? 0);
    forth.push(rest / (line[i] ?? 1));
  });
  const back = forth.map(() => 0);
  for (let i = forth.length - 1; i >= 0; i--) {
    let rest = forth[i] ?? 0;
    for (let k = i + 1; k < forth.length; k++) rest -= (lower[k]?.[i] ?? 0) * (back[k] ?? 0);
    back[i] = rest / (lower[i]?.[i] ?? 1);
  }
  return back;
}
