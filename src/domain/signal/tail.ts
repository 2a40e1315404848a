/** Tails of counts: how likely so many, or none at all, were by chance. */

/** Mean and variance of a count in one window. */
export interface Expected {
  readonly mean: number;
  /** Above the mean. */
  readonly variance: number;
}

/** Lanczos' approximation with g = 7 and nine terms, about 15 digits: Press et al., Numerical Recipes, 3rd ed., 6.1. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln Γ(x) for x > 0. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const at = x - 1;
  const base = at + 7.5;
  const sum = LANCZOS.reduce((total, term, index) => total + (index === 0 ? term : term / (at + index)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (at + 0.5) * Math.log(base) - base + Math.log(sum);
}

/** Steps of the continued fraction; it needs about the square root of the larger parameter. */
const MOST_STEPS = 20_000;
const TINY = 1e-300;

/**
 * The regularised incomplete beta function I_x(a, b), by its continued fraction in Lentz's way.
 * @see https://dlmf.nist.gov/8.17#v
 */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast on this side of the mean; the other is its mirror.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x) - Math.log(a),
  );
  const awayFromZero = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= MOST_STEPS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    for (const term of [even, odd]) {
      d = 1 / awayFromZero(1 + term * d);
      c = awayFromZero(1 + term / c);
      fraction *= d * c;
    }
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return Math.min(1, front * fraction);
}

/**
 * How likely a negative binomial count with this mean and variance is `n` or more.
 * P(X ≥ n) = I_q(n, r) with r = mean² / (variance - mean) and q = mean / (mean + r): https://dlmf.nist.gov/8.17#E24
 */
export function upperTail(n: number, { mean, variance }: Expected): number {
  if (n <= 0) return 1;
  const r = (mean * mean) / (variance - mean);
  return incompleteBeta(mean / (mean + r), n, r);
}

/** How likely it is that `windows` independent such counts are all zero: (r / (r + mean)) to the power of r · windows. */
export function logNone({ mean, variance }: Expected, windows: number): number {
  const r = (mean * mean) / (variance - mean);
  return -windows * r * Math.log1p(mean / r);
}
