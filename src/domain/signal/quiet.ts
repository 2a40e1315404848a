/** Whether something that used to come is silent for longer than chance explains. */
import { expectedFrom } from './expected.js';
import { logNone } from './tail.js';

const HOUR_MS = 3_600_000;
const HOURS_A_DAY = 24;
/** Fewer say nothing of how regularly it comes. */
const LEAST_COUNT = 20;
const LEAST_HOURS = 6;
const LEAST_DAYS = 3;

interface Times {
  readonly firstAt: number;
  readonly lastAt: number;
  /** From when silence counts, where that is later than the last occurrence: nobody listened before. */
  readonly silentFrom?: number;
}

export interface Silence {
  /** The natural logarithm of how likely it is that nothing came since, if all were as before. */
  readonly logChance: number;
  readonly perHourBefore: number;
}

/**
 * Null where too little is known: under 20 occurrences in under 6 hours. Only whole hours count, since within one an error
 * may always have come at its beginning; with three earlier days, only those hours of the day in which it used to come.
 * @param hours epoch hour → count, of the days before it fell silent
 */
export function silenceOf(
  hours: ReadonlyMap<number, number>,
  { firstAt, lastAt, silentFrom = lastAt }: Times,
  now: number,
): Silence | null {
  const [first, last] = [Math.floor(firstAt / HOUR_MS), Math.floor(lastAt / HOUR_MS)];
  const from = Math.max(first, Math.min(last, ...hours.keys()));
  const counts = Array.from({ length: last - from + 1 }, (_, index) => hours.get(from + index) ?? 0);
  const sum = counts.reduce((total, count) => total + count, 0);
  if (counts.length < LEAST_HOURS || sum < LEAST_COUNT) return null;
  const silent = Math.floor((now - silentFrom) / HOUR_MS);
  const begin = Math.floor(silentFrom / HOUR_MS) + 1;
  const hasDays = counts.length >= LEAST_DAYS * HOURS_A_DAY;
  const active = hasDays ? Array.from({ length: silent }, (_, index) => begin + index).filter(usedToCome) : [];
  const windows = hasDays ? active.length : silent;
  const usual = expectedFrom(hasDays ? counts.filter((_, index) => usedToCome(from + index)) : counts);
  return { logChance: logNone(usual, windows), perHourBefore: sum / counts.length };

  /** In at least half of the known days, at this hour. */
  function usedToCome(hour: number): boolean {
    let [days, came] = [0, 0];
    for (let at = hour - HOURS_A_DAY * Math.ceil((hour - last) / HOURS_A_DAY); at >= from; at -= HOURS_A_DAY) {
      if (at > last) continue;
      days += 1;
      if ((hours.get(at) ?? 0) > 0) came += 1;
    }
    return 2 * came >= days;
  }
}

/** When it is worth looking again, if nothing comes until then; null where nothing would be found. */
export function quietDueAt(hours: ReadonlyMap<number, number>, times: Times, limit: number): number | null {
  // A week without a word is looked at no more: what came so rarely is not missed.
  const { silentFrom = times.lastAt } = times;
  let [least, most] = [1, 7 * HOURS_A_DAY];
  const isEnough = (ahead: number): boolean | null => {
    const silence = silenceOf(hours, times, silentFrom + ahead * HOUR_MS);
    return silence === null ? null : silence.logChance <= limit;
  };
  if (isEnough(most) !== true) return null;
  // Each hour of silence makes it stranger.
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    if (isEnough(middle) === true) most = middle;
    else least = middle + 1;
  }
  return silentFrom + least * HOUR_MS;
}
