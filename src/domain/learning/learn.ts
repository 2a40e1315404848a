/** From examples to a forecast: fitted on the past, straightened on what came after it, judged on what came last. */
import { mean, standardDeviation } from 'simple-statistics';
import {
  FEATURES,
  FORECAST_VERSION,
  logitOf,
  probabilityOf,
  type Forecast,
  type History,
  type Model,
} from '../forecast/index.js';
import { fitLogistic } from './fit.js';
import { HORIZON_MS, type Example, type Material } from './history.js';
import { brierOf, rateOf } from './judge.js';

/** Fewer tell too little: tasks that were seen open and then got done in a week, and that did not, and over how long. */
export const NEEDED: History = { done: 30, notDone: 30, days: 28 };
/** Where the time that a model is made from ends, and where that of the straightening does, in shares of the examples. */
const CUTS = [0.6, 0.8] as const;
/** Examples of each outcome that each part must have. */
const FEWEST_IN_PART = 10;
/** A normal prior on the coefficients of standardised features, which draws them to 0 as its precision. */
const PRECISION = 2;
/** The same for how far the straightening is from leaving everything as it is. */
const SHIFT_PRECISION = 0.5;
const SLOPE_PRECISION = 5;
const LEAST_SLOPE = 0.05;

/** @param tookMs of the walk that brought the material */
export function learn(material: Material, now: number, tookMs: number): Forecast {
  const { history, examples } = material;
  const learned = { version: FORECAST_VERSION, at: now, tookMs, history };
  const tooLittle = { ...learned, state: 'too_little_history', needed: NEEDED } as const;
  if (history.done < NEEDED.done || history.notDone < NEEDED.notDone || history.days < NEEDED.days) return tooLittle;
  const [fitted, straightened, held] = partsOf(examples);
  if (![fitted, straightened, held].every(hasBoth)) return tooLittle;
  // Instants of one task are told apart by little: their number counts as that of the tasks.
  const weight = examples.length / material.tasks;
  const earlier = straighten(fitModel(fitted, weight), straightened, weight);
  const judged = held.map(({ values, isDone }) => ({ probability: probabilityOf(earlier, values), isDone }));
  const baseRate = rateOf(held);
  const score = { brier: brierOf(judged), baseBrier: baseRate * (1 - baseRate), baseRate, judged: held.length };
  if (score.brier >= score.baseBrier) return { ...learned, state: 'no_better_than_base_rate', score };
  return {
    ...learned,
    state: 'ready',
    // The same again, one part later: what was judged is used as well.
    model: straighten(fitModel(before(examples, held), weight), held, weight),
    score,
    examples: examples.length,
    paces: material.paces,
    pace: material.pace,
  };
}

/** Whose outcome was known when the first of `later` was seen. */
const before = (examples: readonly Example[], later: readonly Example[]): readonly Example[] =>
  examples.filter(({ at }) => at + HORIZON_MS <= (later[0]?.at ?? 0));

/** Three times, one after the other, so far apart that no outcome of one was still open in the next. */
function partsOf(examples: readonly Example[]): [readonly Example[], readonly Example[], readonly Example[]] {
  const [one, two] = CUTS.map((share) => examples[Math.floor(share * examples.length)]?.at ?? 0) as [number, number];
  const held = examples.filter(({ at }) => at >= two);
  const straightened = before(
    examples.filter(({ at }) => at >= one),
    held,
  );
  return [before(examples, straightened), straightened, held];
}

const hasBoth = (part: readonly Example[]): boolean => {
  const done = part.filter(({ isDone }) => isDone).length;
  return done >= FEWEST_IN_PART && part.length - done >= FEWEST_IN_PART;
};

function fitModel(examples: readonly Example[], weight: number): Model {
  const columns = FEATURES.map((_, index) => examples.map(({ values }) => values[index] ?? 0));
  const means = columns.map((column) => mean(column));
  const spreads = columns.map((column) => standardDeviation(column) || 1);
  const rows = examples.map(({ values }) => [
    1,
    ...values.map((value, index) => (value - (means[index] ?? 0)) / (spreads[index] ?? 1)),
  ]);
  const [intercept = 0, ...coefficients] = fitLogistic({
    rows,
    outcomes: examples.map(({ isDone }) => isDone),
    penalties: [0, ...FEATURES.map(() => PRECISION * weight)],
    signs: [0, ...FEATURES.map(({ sign }) => sign)],
  });
  return { intercept, means, spreads, coefficients, shift: 0, slope: 1 };
}

/**
 * Platt's straightening: of what a model says of examples that it was not made from, a shift and a slope of the logit. It keeps the
 * order of the probabilities; from few examples it changes little.
 */
function straighten(model: Model, examples: readonly Example[], weight: number): Model {
  const logits = examples.map(({ values }) => logitOf(model, values));
  const [shift = 0, steeper = 0] = fitLogistic({
    rows: logits.map((logit) => [1, logit]),
    outcomes: examples.map(({ isDone }) => isDone),
    offsets: logits,
    penalties: [SHIFT_PRECISION * weight, SLOPE_PRECISION * weight],
  });
  return { ...model, shift, slope: Math.max(LEAST_SLOPE, 1 + steeper) };
}
