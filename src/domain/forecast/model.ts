/** What was learned, and what it says of a task. Learning it is the business of `../learning`. */
import { FEATURES, valuesOf, WORDS, type About, type Seen } from './features.js';

/** Another number where features or the model's form change: what was learned before is not read any more. */
export const FORECAST_VERSION = 1;
export const HORIZON_DAYS = 7;

/** A logistic regression on standardised features; its logit is then straightened by what happened later. */
export interface Model {
  readonly intercept: number;
  readonly means: readonly number[];
  readonly spreads: readonly number[];
  readonly coefficients: readonly number[];
  /** Platt: logit → shift + slope · logit. */
  readonly shift: number;
  readonly slope: number;
}

/** How a model of the same making did on a time after the one that it was made from. */
export interface Score {
  readonly brier: number;
  /** Of a forecast that always says `baseRate`. */
  readonly baseBrier: number;
  /** Share that was done within the horizon. */
  readonly baseRate: number;
  /** Instants of tasks that it was judged on. */
  readonly judged: number;
}

/** Tasks whose outcome is known, each way, over how long. */
export interface History {
  readonly done: number;
  readonly notDone: number;
  readonly days: number;
}

interface Learned {
  readonly version: number;
  readonly at: number;
  /** Milliseconds of work that it took. */
  readonly tookMs: number;
  readonly history: History;
}

export type Forecast = Learned &
  (
    | { readonly state: 'too_little_history'; readonly needed: History }
    /** On the time that it was judged on, saying the base rate would have been as good. */
    | { readonly state: 'no_better_than_base_rate'; readonly score: Score }
    | {
        readonly state: 'ready';
        readonly model: Model;
        readonly score: Score;
        /** Instants of tasks that the model was made from. */
        readonly examples: number;
        /** Project → its pace, see `Seen`; those of the others are as `pace`. */
        readonly paces: Readonly<Record<string, number>>;
        readonly pace: number;
      }
  );

export interface Chance {
  /** 0 to 1. */
  readonly probability: number;
  /** The two things that tell most against the average task, the weightier first. */
  readonly why: readonly { readonly raises: boolean; readonly words: string }[];
}

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** Before it is straightened. @param values of the features, in their order */
export const logitOf = (model: Model, values: readonly number[]): number =>
  weightsOf(model, values).reduce((sum, weight) => sum + weight, model.intercept);

export const probabilityOf = (model: Model, values: readonly number[]): number =>
  sigmoid(model.shift + model.slope * logitOf(model, values));

/** What each feature adds to the logit of an average task. */
const weightsOf = ({ means, spreads, coefficients }: Model, values: readonly number[]): number[] =>
  values.map((value, index) => ((value - (means[index] ?? 0)) / (spreads[index] ?? 1)) * (coefficients[index] ?? 0));

/** How likely an open task gets done within the horizon, as it is seen now. */
export function chanceOf(model: Model, seen: Seen): Chance {
  const values = valuesOf(seen);
  const byThing = new Map<About, number>();
  weightsOf(model, values).forEach((weight, index) => {
    const about = FEATURES[index]?.about;
    if (about !== undefined) byThing.set(about, (byThing.get(about) ?? 0) + weight);
  });
  const why = [...byThing]
    .filter(([, weight]) => weight !== 0)
    .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
    .slice(0, 2)
    .map(([about, weight]) => ({ raises: weight > 0, words: WORDS[about](seen) }));
  return { probability: probabilityOf(model, values), why };
}
