/**
 * What is worth telling of how often errors come. A false alarm budget, not a share, is what people bear: with a q of 0.05 a tick,
 * something would be cried on 5 % of the minutes of a day on which nothing happens, 72 times. So q is one a day over all
 * patterns: 1 / 1,440 a minute.
 */
import { discoveryLimit } from './discoveries.js';
import { expectedFrom, learnt, NO_HABIT, stretched, widened, type Habit } from './expected.js';
import { onsetOf } from './onset.js';
import { upperTail, type Expected } from './tail.js';

export const ALARMS_PER_TICK = 1 / 1_440;
const MINUTE_MS = 60_000;
/** What is usual is read off so many minutes, and known after so few. */
const HOUR = 60;
const LEAST_HISTORY = 5;
const LONG = 10;
/** So many minutes that are usual again, taken together, end a spike: it is told once, however it wavers. */
const CALM_MINUTES = 5;
const CALM = 0.05;
/** What lasts so long is the new usual. */
const LONGEST_SPIKE = 120;
/** Minutes behind the last one that are judged again: lines come late. */
const LATE = 15;
/** Minutes that are judged of a pattern that was never judged: what is older is no news. */
const FIRST_LOOK = 180;

export interface Spike {
  /** Epoch minute of its beginning. */
  readonly from: number;
  /** Most in one minute, and how many were usual. */
  readonly peak: number;
  readonly usual: Expected;
}

export interface SignalState {
  /** The last whole minute that was judged. */
  readonly through: number;
  readonly spike: Spike | null;
  /** Epoch minutes of the one before, up to but without `end`: nobody is told of it again, and it was not usual. */
  readonly past: { readonly from: number; readonly end: number } | null;
  readonly habit: Habit;
}

export interface Observed {
  readonly id: string;
  /** Epoch minute of the first occurrence ever. */
  readonly first: number;
  /** Epoch minute → count, of all minutes that `minutesOf` asks for. */
  readonly counts: ReadonlyMap<number, number>;
  readonly state: SignalState | null;
  /** Minutes of the same hour of earlier days, where three such days are known: what is usual at this time of day. */
  readonly season: Expected | null;
}

export interface Told {
  readonly kind: 'spike' | 'spike-end';
  readonly at: number;
  readonly peak: number;
  readonly perMinuteBefore: number;
}

export interface Verdict {
  readonly state: SignalState;
  readonly told: readonly Told[];
}

/** From which minute on a pattern is judged, and from which its counts are needed. */
export function minutesOf(state: SignalState | null, now: number): { readonly judge: number; readonly read: number } {
  const last = Math.floor(now / MINUTE_MS);
  const begin = state === null ? 0 : Math.max(state.through - LATE + 1, state.past?.end ?? 0);
  const judge = Math.max(last - FIRST_LOOK, begin);
  return { judge, read: Math.min(judge, state?.spike?.from ?? judge) - HOUR - LONG };
}

/** Whether the latest counts could be a spike: only then what is usual at this time of day must be known. */
export function isStriking(observed: Observed, now: number): boolean {
  const last = Math.floor(now / MINUTE_MS);
  const known = observed.state ?? { past: null, habit: NO_HABIT };
  for (let minute = minutesOf(observed.state, now).judge; minute <= last; minute++) {
    if ((chanceOf(observed, known, minute)?.chance ?? 1) <= ALARMS_PER_TICK) return true;
  }
  return false;
}

/** The same minutes of earlier days as one expectation; null where fewer than three are known. */
export function seasonOf(hours: readonly number[], minutesYesterday: readonly number[]): Expected | null {
  if (hours.length < 3) return null;
  const days = expectedFrom(hours);
  const minutes = expectedFrom(minutesYesterday);
  const mean = days.mean / HOUR;
  // Within an hour it spreads as it did yesterday, and from day to day as its hours do.
  const within = minutes.variance * (mean / minutes.mean) ** 2;
  return { mean, variance: Math.max(mean * 1.1, within) + days.variance / (HOUR * HOUR) };
}

/**
 * @param active how many patterns could have struck in this tick: those that are not listed did not
 * @returns a verdict for each listed pattern
 */
export function judge(observed: readonly Observed[], active: number, now: number): Map<string, Verdict> {
  const last = Math.floor(now / MINUTE_MS);
  const tracks = observed.map((one): Track => ({
    one,
    from: minutesOf(one.state, now).judge,
    spike: one.state?.spike ?? null,
    past: one.state?.past ?? null,
    habit: one.state?.habit ?? NO_HABIT,
    told: [],
  }));
  const first = Math.min(last, ...tracks.map(({ from }) => from));
  for (let minute = first; minute <= last; minute++) {
    const suspects: { readonly track: Track; readonly chance: number; readonly usual: Expected }[] = [];
    for (const track of tracks) {
      if (minute < track.from) continue;
      if (track.spike !== null) follow(track, track.spike, minute, minute === last);
      else {
        const found = chanceOf(track.one, track, minute);
        if (minute > (track.one.state?.through ?? 0) && minute < last) learn(track, minute);
        if (found !== null && found.chance <= ALARMS_PER_TICK) suspects.push({ track, ...found });
      }
    }
    const chances = suspects.map(({ chance }) => chance);
    const limit = discoveryLimit(chances, active, ALARMS_PER_TICK);
    for (const { track, chance, usual } of suspects) {
      if (chance > limit) continue;
      const begin = beginOf(track.one, track.past, minute, usual);
      const peak = Math.max(...rangeOf(track.one.counts, begin, minute));
      track.spike = { from: begin, peak, usual };
      track.told.push({ kind: 'spike', at: begin * MINUTE_MS, peak, perMinuteBefore: usual.mean });
    }
  }
  return new Map(
    tracks.map(({ one, spike, past, habit, told }) => [
      one.id,
      { state: { through: last - 1, spike, past, habit }, told },
    ]),
  );
}

interface Track {
  readonly one: Observed;
  readonly from: number;
  spike: Spike | null;
  past: SignalState['past'];
  habit: Habit;
  readonly told: Told[];
}

/** How it spreads is learnt from whole hours: from one alone it is known badly. */
function learn(track: Track, minute: number): void {
  const lately = before(track.one, track.past, minute);
  if (lately.length >= HOUR / 2) track.habit = learnt(track.habit, lately);
}

/** Whether a spike that goes on is over. The minute that is not over yet may still bring more. */
function follow(track: Track, spike: Spike, minute: number, isOpen: boolean): void {
  const { counts } = track.one;
  const count = minute < spike.from ? 0 : (counts.get(minute) ?? 0);
  const { peak, from, usual } = (track.spike = { ...spike, peak: Math.max(spike.peak, count) });
  const calmFrom = minute - CALM_MINUTES + 1;
  if (isOpen || calmFrom <= from) return;
  const isCalm = upperTail(sumOf(counts, calmFrom, minute), stretched(usual, CALM_MINUTES, [])) > CALM;
  if (!isCalm && minute - from < LONGEST_SPIKE) return;
  const end = isCalm ? calmFrom : minute + 1;
  track.told.push({ kind: 'spike-end', at: end * MINUTE_MS, peak, perMinuteBefore: usual.mean });
  track.past = { from, end };
  track.spike = null;
}

const rangeOf = (counts: ReadonlyMap<number, number>, from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => counts.get(from + index) ?? 0);

const sumOf = (counts: ReadonlyMap<number, number>, from: number, to: number): number =>
  rangeOf(counts, from, to).reduce((total, count) => total + count, 0);

/** Up to an hour before `end`, from the first minute on; a spike in it was not usual. */
function before({ counts, first }: Observed, past: SignalState['past'], end: number): number[] {
  const usual: number[] = [];
  for (let minute = Math.max(first, end - HOUR); minute < end; minute++) {
    if (past === null || minute < past.from || minute >= past.end) usual.push(counts.get(minute) ?? 0);
  }
  return usual;
}

/**
 * How likely the count of this minute, or that of the ten up to it, is by what came in the hour before; null where less
 * than five minutes are known before. These are two looks at one pattern, so the smaller chance counts twice.
 */
function chanceOf(
  one: Observed,
  { past, habit }: Pick<SignalState, 'past' | 'habit'>,
  minute: number,
): { readonly chance: number; readonly usual: Expected } | null {
  const { counts, season } = one;
  const count = counts.get(minute) ?? 0;
  if (count <= 0) return null;
  const lately = before(one, past, minute);
  if (lately.length < LEAST_HISTORY) return null;
  const usual = widened(expectedFrom(lately), habit);
  const short = Math.max(upperTail(count, usual), season === null ? 0 : upperTail(count, season));
  const begin = minute - LONG + 1;
  const earlier = before(one, past, begin);
  if (earlier.length >= LEAST_HISTORY && begin >= (past?.end ?? 0)) {
    const sum = sumOf(counts, begin, minute);
    const base = widened(expectedFrom(earlier), habit);
    const byNow = upperTail(sum, stretched(base, LONG, tens(earlier)));
    const byDay = season === null ? 0 : upperTail(sum, stretched(season, LONG, []));
    const long = Math.max(byNow, byDay);
    if (long < short) return { chance: 2 * long, usual: base };
  }
  return { chance: Math.min(1, 2 * short), usual };
}

/** Sums of ten from the end on; what is left at the beginning is left out. */
function tens(counts: readonly number[]): number[] {
  const sums: number[] = [];
  for (let end = counts.length; end >= LONG; end -= LONG) {
    sums.push(counts.slice(end - LONG, end).reduce((total, count) => total + count, 0));
  }
  return sums;
}

function beginOf({ counts, first }: Observed, past: SignalState['past'], minute: number, usual: Expected): number {
  const from = Math.max(first, past?.end ?? 0, minute - 2 * LONG + 1);
  return from + onsetOf(rangeOf(counts, from, minute), usual.mean);
}
