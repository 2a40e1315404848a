import { describe, expect, test } from '@jest/globals';
import { SERIES, simulate } from '../../bench/support/spikes.js';
import {
  discoveryLimit,
  expectedFrom,
  isStriking,
  judge,
  logGamma,
  logNone,
  onsetOf,
  quietDueAt,
  seasonOf,
  silenceOf,
  upperTail,
  type Observed,
  type SignalState,
} from '../../src/domain/signal/index.js';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const START = 29_000_000;

test.each([
  [0.5, Math.log(Math.sqrt(Math.PI))],
  [1, 0],
  [5, Math.log(24)],
  [100, 359.1342053695754],
  [0.1, 2.252712651734206],
])('ln gamma of %d is %d', (x, value) => {
  expect(logGamma(x)).toBeCloseTo(value, 10);
});

/** Independent of the other: the sum of all terms below, each from the one before. */
function tailBySum(n: number, mean: number, variance: number): number {
  const p = mean / variance;
  const r = (mean * mean) / (variance - mean);
  let term = p ** r;
  let below = 0;
  for (let k = 0; k < n; k++) {
    below += term;
    term *= ((r + k) / (k + 1)) * (1 - p);
  }
  return 1 - below;
}

test.each([
  [1, 0.05, 0.06],
  [3, 1, 1.5],
  [9, 1, 1.25],
  [20, 2, 10],
  [60, 40, 120],
  [120, 40, 200],
  [5, 5, 5.05],
  [900, 800, 2_000],
])('%d or more, at a mean of %d and a variance of %d, is as likely as the sum of its terms', (n, mean, variance) => {
  expect(upperTail(n, { mean, variance })).toBeCloseTo(tailBySum(n, mean, variance), 9);
});

test('the tail is 1 at none, falls with the count, and reaches far below what subtraction from 1 can tell', () => {
  const usual = { mean: 5, variance: 6 };
  expect(upperTail(0, usual)).toBe(1);
  const tails = [1, 2, 5, 10, 20, 40, 80].map((n) => upperTail(n, usual));
  expect([...tails].sort((a, b) => b - a)).toEqual(tails);
  expect(tails.at(-1)).toBeGreaterThan(0);
  expect(tails.at(-1)).toBeLessThan(1e-30);
});

test('none at all is as likely as what is left of one or more', () => {
  const usual = { mean: 2, variance: 10 };
  expect(Math.exp(logNone(usual, 1))).toBeCloseTo(1 - upperTail(1, usual), 12);
  expect(logNone(usual, 5)).toBeCloseTo(5 * logNone(usual, 1), 12);
});

test('of the fifteen tests in the paper of Benjamini and Hochberg four count', () => {
  const values = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719];
  const all = [...values, 0.6528, 0.759, 1];
  expect(discoveryLimit(all, 15, 0.05)).toBe(0.0095);
  expect(discoveryLimit([0.04], 1_000, 0.05)).toBe(-1);
  expect(discoveryLimit([], 0, 0.05)).toBe(-1);
});

test('one threshold serves quiet and busy patterns alike', () => {
  const { falseAlarms, power } = simulate((n, before) => upperTail(n, expectedFrom(before)), 11);
  expect(falseAlarms.reduce((sum, n) => sum + n, 0)).toBe(12);
  expect(Math.max(...falseAlarms)).toBeLessThanOrEqual(7);
  const least = { quiet: 0.7, low: 0.4, bursty: 0.1, busy: 0.5 };
  for (const [index, { name }] of SERIES.entries()) expect(power[index]).toBeGreaterThan(least[name]);
});

test('a rise is dated to its first minute', () => {
  expect(onsetOf([1, 2, 0, 1, 9, 12, 8], 1)).toBe(4);
  expect(onsetOf([0, 0, 0, 80], 5)).toBe(3);
  expect(onsetOf([1, 1, 2, 2, 3, 3, 4, 4, 5, 6], 1)).toBeLessThan(6);
  expect(onsetOf([0, 0], 1)).toBe(1);
});

describe('a pattern that is judged each minute', () => {
  /** Kinds of what is told, each with its minute from the start. */
  function follow(counts: readonly number[], season: Observed['season'] = null, active = 500): string[] {
    const known = new Map<number, number>();
    let state: SignalState | null = null;
    const all: string[] = [];
    for (const [index, count] of counts.entries()) {
      known.set(START + index, count);
      // Twice within the minute, as the worker comes by.
      for (const second of [20, 59]) {
        const now = (START + index) * MINUTE + second * 1_000;
        const verdict = judge([{ id: 'a', first: START, counts: known, state, season }], active, now).get('a');
        state = JSON.parse(JSON.stringify(verdict?.state ?? null)) as SignalState | null;
        all.push(...(verdict?.told ?? []).map(({ kind, at }) => `${kind} ${at / MINUTE - START}`));
      }
    }
    return all;
  }
  const usual = (minutes: number): number[] => Array.from({ length: minutes }, (_, index) => 4 + (index % 3));

  test('says nothing of what is usual', () => {
    expect(follow(usual(200))).toEqual([]);
  });
  test('tells of a spike once, with its beginning and its end', () => {
    expect(follow([...usual(60), 80, ...usual(60)])).toEqual(['spike 60', 'spike-end 61']);
  });
  test('holds a spike that wavers for one', () => {
    expect(follow([...usual(60), 80, 5, 70, 6, 5, 90, ...usual(40)])).toEqual(['spike 60', 'spike-end 66']);
  });
  test('tells of two that lie apart as two', () => {
    expect(follow([...usual(60), 80, ...usual(30), 70, ...usual(30)])).toEqual([
      'spike 60',
      'spike-end 61',
      'spike 91',
      'spike-end 92',
    ]);
  });
  test('sees a slow rise in ten minutes together, and dates it back', () => {
    const [first = ''] = follow([...usual(60), ...Array.from({ length: 15 }, () => 13)]);
    expect(first).toMatch(/^spike 6[0-2]$/);
  });
  test('takes what goes on for the new usual', () => {
    const told = follow([...usual(60), ...Array.from({ length: 300 }, () => 50)]);
    expect(told).toEqual(['spike 60', 'spike-end 181']);
  });
  test('knows too little in the first minutes', () => {
    expect(follow([1, 40, 2])).toEqual([]);
  });
  test('expects what comes at this time of each day', () => {
    const nightly = [200, ...Array.from({ length: 59 }, () => 0)];
    const rare = Array.from({ length: 60 }, () => 0);
    expect(follow([...rare, 200, 0, 0])).toEqual(['spike 60']);
    expect(follow([...rare, 200, 0, 0], seasonOf([200, 210, 190, 200], nightly))).toEqual([]);
    expect(seasonOf([200, 210], nightly)).toBeNull();
  });
  test('of many in one tick the same count stands out less', () => {
    const counts = [...usual(60), 22, ...usual(9)];
    expect(follow(counts, null, 1)).toHaveLength(2);
    expect(follow(counts, null, 1_000_000)).toHaveLength(0);
  });
  test('is striking only where something stands out', () => {
    const counts = new Map(usual(70).map((count, index) => [START + index, count]));
    const now = (START + 69) * MINUTE;
    const one: Observed = { id: 'a', first: START, counts, state: null, season: null };
    expect(isStriking(one, now)).toBe(false);
    counts.set(START + 69, 80);
    expect(isStriking(one, now)).toBe(true);
  });
});

describe('silence', () => {
  const hours = (counts: readonly number[]): Map<number, number> =>
    new Map(counts.flatMap((count, index) => (count === 0 ? [] : [[1_000 + index, count] as const])));
  const times = (length: number) => ({ firstAt: 1_000 * HOUR, lastAt: (1_000 + length) * HOUR - 1 });
  const LIMIT = Math.log(1e-6);
  const dueIn = (counts: readonly number[]): number | null => {
    const due = quietDueAt(hours(counts), times(counts.length), LIMIT);
    return due === null ? null : Math.round((due - times(counts.length).lastAt) / HOUR);
  };

  test('of a pattern that came 30 times an hour is told after an hour', () => {
    expect(dueIn(Array.from({ length: 24 }, () => 30))).toBe(1);
  });
  test('of one that came twice an hour takes longer', () => {
    expect(dueIn(Array.from({ length: 24 }, () => 2))).toBeGreaterThan(4);
  });
  test('of one that comes in bursts takes longer than of a steady one', () => {
    expect(dueIn([60, 0, 0, 0, 0, 0, 60, 0, 0, 0, 0, 0, 60])).toBeGreaterThan(8);
  });
  test('of one that came too rarely is never told', () => {
    expect(dueIn([5, 5, 5, 4])).toBeNull();
    expect(dueIn([1, 0, 0, 0, 0, 0, 0, 1])).toBeNull();
  });
  test('at night says nothing of one that comes by day', () => {
    const days = Array.from({ length: 5 * 24 }, (_, hour) => (hour % 24 < 10 ? 40 : 0)).slice(0, 4 * 24 + 10);
    const silence = (after: number) =>
      silenceOf(hours(days), times(days.length), times(days.length).lastAt + after * HOUR);
    expect(silence(13)?.logChance).toBeCloseTo(0, 10);
    expect(silence(17)?.logChance).toBeLessThan(LIMIT);
  });
});
