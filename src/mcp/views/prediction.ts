/** Forecasts of tasks as clients see them, and in so many words why there are none. */
import { z } from 'zod';
import type { Chance, Predictions } from '../../store/measures.js';
import { isoOf } from './contract.js';
import { plain } from './plain.js';

const TITLE_CHARS = 80;

export const PredictionRow = z.looseObject({ task_id: z.string(), title: z.string(), probability_7d: z.number() });

type Forecast = NonNullable<Predictions['forecast']>;

/** Two digits, and never a certainty. */
const shown = (probability: number): number => Math.min(0.99, Math.max(0.01, Math.round(probability * 100) / 100));
const fine = (value: number): number => Math.round(value * 10_000) / 10_000;

export const probabilityIn = ({ chances }: Predictions, id: string): number | null => {
  const chance = chances.get(id);
  return chance === undefined ? null : shown(chance.probability);
};

/** Rows of those tasks of which something can be said, in their order. */
export function predictionsOf(
  tasks: readonly { readonly id: string; readonly title: string }[],
  { forecast, chances }: Predictions,
): z.output<typeof PredictionRow>[] {
  if (forecast?.state !== 'ready') return [];
  const { brier, baseBrier, baseRate } = forecast.score;
  const basis = {
    sample: forecast.history.done + forecast.history.notDone,
    brier: fine(brier),
    base_rate_brier: fine(baseBrier),
    base_rate: fine(baseRate),
  };
  return tasks.flatMap(({ id, title }) => {
    const chance = chances.get(id);
    if (chance === undefined) return [];
    const probability = shown(chance.probability);
    return [{ task_id: id, title: plain(title, TITLE_CHARS), probability_7d: probability, why: whyOf(chance), basis }];
  });
}

const whyOf = ({ why }: Chance): string =>
  why.length === 0
    ? 'nothing sets it apart from the average task'
    : why.map(({ raises, words }) => `${raises ? 'more' : 'less'} likely: ${words}`).join('; ');

/** What the predictions stand on. */
export function forecastOnWire(forecast: Forecast | null) {
  if (forecast === null) return { state: 'not_made_yet' };
  const { state, at, history } = forecast;
  const seen = { state, made_at: isoOf(at), done: history.done, not_done: history.notDone, days: history.days };
  if (forecast.state === 'too_little_history') {
    const { done, notDone, days } = forecast.needed;
    return { ...seen, needed: { done, not_done: notDone, days } };
  }
  const { brier, baseBrier, baseRate, judged } = forecast.score;
  return { ...seen, brier: fine(brier), base_rate_brier: fine(baseBrier), base_rate: fine(baseRate), judged };
}

/** Why there are no predictions; null where there are. */
export function whyNoForecast(forecast: Forecast | null): string | null {
  if (forecast === null)
    return 'predictions: not made yet; the insight worker makes them from the history every half hour';
  const { done, notDone, days } = forecast.history;
  switch (forecast.state) {
    case 'ready':
      return null;
    case 'too_little_history':
      return (
        `predictions: too little history: ${done} tasks that a week got done (${forecast.needed.done} are needed), ` +
        `${notDone} that it did not (${forecast.needed.notDone}), over ${days} days (${forecast.needed.days}), ` +
        'and some of each in every part of that time'
      );
    case 'no_better_than_base_rate':
      return (
        `predictions: none that would be better than the base rate, ${fine(forecast.score.baseRate)} of open tasks a week ` +
        `(Brier ${fine(forecast.score.brier)} against ${fine(forecast.score.baseBrier)})`
      );
  }
}
