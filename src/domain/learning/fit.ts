/** Logistic regression with a penalty on its coefficients, fitted by Newton's method. */
import { CholeskyDecomposition, Matrix } from 'ml-matrix';

export interface Question {
  /** Each begins with 1 where an intercept is wanted. */
  readonly rows: readonly (readonly number[])[];
  readonly outcomes: readonly boolean[];
  /** Added to the logit of each row as it is; nothing without it. */
  readonly offsets?: readonly number[];
  /** Of each coefficient: half of it times the square is what it costs. */
  readonly penalties: readonly number[];
  /** The sign that a coefficient may have; 0 for any. */
  readonly signs?: readonly (-1 | 0 | 1)[];
}

const MOST_STEPS = 50;
const CLOSE = 1e-9;

/** The most likely coefficients. Those that come out with a sign that they may not have are 0. */
export function fitLogistic(question: Question): number[] {
  const { penalties, signs = [] } = question;
  const held = new Set<number>();
  for (;;) {
    const found = newton(question, held);
    const wrong = penalties.flatMap((_, index) => ((found[index] ?? 0) * (signs[index] ?? 0) < 0 ? [index] : []));
    if (wrong.length === 0) return found;
    for (const index of wrong) held.add(index);
  }
}

function newton(question: Question, held: ReadonlySet<number>): number[] {
  let at = question.penalties.map(() => 0);
  let loss = lossOf(question, at);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { gradient, hessian } = slopesOf(question, at, held);
    const direction = new CholeskyDecomposition(hessian).solve(Matrix.columnVector(gradient)).to1DArray();
    let length = 1;
    let [next, nextLoss] = [at, loss];
    // The loss is convex: some shorter step makes it smaller, unless this is its lowest.
    for (; length > 1e-6; length /= 2) {
      next = at.map((value, index) => value - length * (direction[index] ?? 0));
      nextLoss = lossOf(question, next);
      if (nextLoss <= loss) break;
    }
    if (!(nextLoss < loss - CLOSE * (1 + Math.abs(loss)))) return at;
    [at, loss] = [next, nextLoss];
  }
  return at;
}

function logitOf(question: Question, at: readonly number[], nth: number): number {
  let logit = question.offsets?.[nth] ?? 0;
  const row = question.rows[nth] ?? [];
  for (let index = 0; index < at.length; index++) logit += (row[index] ?? 0) * (at[index] ?? 0);
  return logit;
}

function lossOf(question: Question, at: readonly number[]): number {
  let loss = 0;
  question.outcomes.forEach((isDone, nth) => {
    const logit = logitOf(question, at, nth);
    const against = isDone ? -logit : logit;
    // ln(1 + e^x) without overflow.
    loss += Math.max(against, 0) + Math.log1p(Math.exp(-Math.abs(against)));
  });
  return at.reduce((sum, value, index) => sum + ((question.penalties[index] ?? 0) / 2) * value * value, loss);
}

function slopesOf(
  question: Question,
  at: readonly number[],
  held: ReadonlySet<number>,
): { gradient: number[]; hessian: Matrix } {
  const size = at.length;
  const gradient = at.map((value, index) => (question.penalties[index] ?? 0) * value);
  const lines = at.map((_, i) => at.map((__, j) => (i === j ? (question.penalties[i] ?? 0) + 1e-9 : 0)));
  question.outcomes.forEach((isDone, nth) => {
    const row = question.rows[nth] ?? [];
    const chance = 1 / (1 + Math.exp(-logitOf(question, at, nth)));
    const off = chance - (isDone ? 1 : 0);
    const spread = chance * (1 - chance);
    for (let i = 0; i < size; i++) {
      const x = row[i] ?? 0;
      if (x === 0) continue;
      gradient[i] = (gradient[i] ?? 0) + off * x;
      const line = lines[i];
      if (line === undefined) continue;
      for (let j = 0; j <= i; j++) line[j] = (line[j] ?? 0) + spread * x * (row[j] ?? 0);
    }
  });
  // The half above the diagonal is that below it, to the last digit.
  lines.forEach((line, i) => {
    for (let j = i + 1; j < size; j++) line[j] = lines[j]?.[i] ?? 0;
  });
  for (const index of held) {
    gradient[index] = 0;
    lines.forEach((line, i) => {
      if (i === index) line.fill(0);
      line[index] = i === index ? 1 : 0;
    });
  }
  return { gradient, hessian: new Matrix(lines) };
}
