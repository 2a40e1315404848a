/** How fast tasks get done, from records of tasks and instants alone. */
import { quantileSorted } from 'simple-statistics';
import { standingOf, type TaskRecord } from './tasks/index.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** 1970-01-01 was a Thursday; weeks begin on Monday. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

export type Step = 'day' | 'week';
const STEP_MS: Readonly<Record<Step, number>> = { day: DAY_MS, week: 7 * DAY_MS };

/** A day or week in UTC; `until` belongs to the next one. */
export interface Bucket {
  readonly from: number;
  readonly until: number;
}

/** The days or weeks (from Monday) from the one that holds `from` to the one that holds `to`; of more than `most` the latest. */
export function bucketsOf(from: number, to: number, step: Step, most: number): readonly Bucket[] {
  const long = STEP_MS[step];
  const origin = step === 'week' ? FIRST_MONDAY_MS : 0;
  const last = Math.floor((to - origin) / long);
  const first = Math.max(Math.min(Math.floor((from - origin) / long), last), last - most + 1);
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const at = origin + (first + index) * long;
    return { from: at, until: at + long };
  });
}

/** How many of `instants` fall into each bucket. */
export const countIn = (buckets: readonly Bucket[], instants: readonly number[]): readonly number[] =>
  buckets.map(({ from, until }) => instants.filter((at) => at >= from && at < until).length);

/** Hours from the first telling of a task to its completion. Percentiles are null where nothing was measured. */
export interface LeadTimes {
  /** Tasks that the percentiles are of. */
  readonly sample: number;
  /** Tasks that were told of only when they were done: nobody knows how long they took. */
  readonly neverOpen: number;
  readonly p50Hours: number | null;
  readonly p75Hours: number | null;
  readonly p90Hours: number | null;
}

/** Lead times of those of `records` that are completed. */
export function leadTimes(records: readonly TaskRecord[]): LeadTimes {
  const spans = records.flatMap((record) => {
    const { status, event } = standingOf(record);
    return status === 'completed' && event !== null ? [event.at - record.firstAt] : [];
  });
  const hours = spans
    .filter((span) => span > 0)
    .map((span) => span / HOUR_MS)
    .sort((a, b) => a - b);
  const at = (share: number): number | null =>
    hours.length === 0 ? null : Math.round(quantileSorted(hours, share) * 100) / 100;
  return {
    sample: hours.length,
    neverOpen: spans.length - hours.length,
    p50Hours: at(0.5),
    p75Hours: at(0.75),
    p90Hours: at(0.9),
  };
}
