import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { makeHistory } from '../../bench/support/histories.js';
import { shuffled } from '../../bench/support/mixes.js';
import type { TaskFact } from '../../src/domain/facts.js';
import { chanceOf, type Life, type Seen } from '../../src/domain/forecast/index.js';
import { fitLogistic } from '../../src/domain/learning/fit.js';
import { createHistorian } from '../../src/domain/learning/history.js';
import {
  brierOf,
  calibrationError,
  createStudy,
  learn,
  NEEDED,
  rateOf,
  reliabilityOf,
} from '../../src/domain/learning/index.js';
import { gather, type TaskRecord } from '../../src/domain/tasks/index.js';
import { DAY, HOUR, START, taskFact } from '../support/builders.js';

describe('logistic regression', () => {
  const LINES = Array.from({ length: 4_000 }, (_, n) => {
    const x = Math.sin(n * 12.9898) * 2;
    const chance = 1 / (1 + Math.exp(1 - 2 * x));
    return { row: [1, x], isDone: (n * 0.618_033_99) % 1 < chance };
  });
  const question = { rows: LINES.map(({ row }) => row), outcomes: LINES.map(({ isDone }) => isDone) };

  test('finds what the outcomes were drawn with', () => {
    const [intercept = 0, slope = 0] = fitLogistic({ ...question, penalties: [0, 1e-6] });
    expect(intercept).toBeCloseTo(-1, 0);
    expect(slope).toBeCloseTo(2, 0);
  });

  test('a penalty draws to 0, and a sign that may not be is 0', () => {
    expect(fitLogistic({ ...question, penalties: [0, 1e9] })[1]).toBeCloseTo(0, 3);
    expect(fitLogistic({ ...question, penalties: [0, 1], signs: [0, -1] })[1]).toBe(0);
  });

  test('outcomes that one line divides have finite coefficients', () => {
    const rows = Array.from({ length: 50 }, (_, n) => [1, n - 24.5]);
    const found = fitLogistic({ rows, outcomes: rows.map(([, x = 0]) => x > 0), penalties: [0, 1] });
    expect(found.every(Number.isFinite)).toBe(true);
    expect(found[1]).toBeGreaterThan(0);
  });

  test('whatever the rows, the coefficients are numbers', () => {
    const row = fc.tuple(fc.constant(1), fc.integer({ min: -9, max: 9 }), fc.integer({ min: 0, max: 1 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(row, fc.boolean()), { minLength: 1, maxLength: 60 }), (cases) => {
        const [rows, outcomes] = [cases.map(([values]) => values), cases.map(([, isDone]) => isDone)];
        const found = fitLogistic({ rows, outcomes, penalties: [0.01, 1, 1] });
        expect(found.every(Number.isFinite)).toBe(true);
      }),
    );
  });
});

describe('how good probabilities were', () => {
  const said = [
    { probability: 0.1, isDone: false },
    { probability: 0.1, isDone: true },
    { probability: 0.9, isDone: true },
    { probability: 1, isDone: true },
  ];
  test('by their distance from what happened', () => {
    expect(brierOf(said)).toBeCloseTo((0.01 + 0.81 + 0.01) / 4);
    expect(rateOf(said)).toBe(0.75);
  });
  test('bin by bin', () => {
    const bins = reliabilityOf(said);
    expect(bins).toHaveLength(10);
    expect(bins[1]).toEqual({ from: 0.1, to: 0.2, count: 2, predicted: 0.1, observed: 0.5 });
    expect(bins[9]).toMatchObject({ count: 2, predicted: 0.95, observed: 1 });
    expect(bins[5]).toMatchObject({ count: 0, predicted: null, observed: null });
    expect(calibrationError(bins)).toBeCloseTo(0.5 * 0.4 + 0.5 * 0.05);
  });
});

/** A task that is open between these hours, and then done, or open for good. */
const life = (id: string, from: number, until: number | null): Life => ({
  ...{ id, project: '/work/shop', source: 'structured', place: null, priority: null, priorityAt: 0, sessions: [] },
  ...{ firstAt: START + from * HOUR, touches: [START + from * HOUR] },
  stages: [
    { at: START + from * HOUR, status: 'pending', isReopened: false },
    ...(until === null ? [] : [{ at: START + until * HOUR, status: 'completed' as const, isReopened: false }]),
  ],
});

describe('examples', () => {
  const drawnFrom = (now: number, ...lives: readonly Life[]) => {
    const historian = createHistorian(now);
    for (const one of lives) historian.add(one);
    return historian.finish();
  };

  test('are open tasks whose next week is over, done within it or not', () => {
    const { examples, history } = drawnFrom(START + 60 * DAY, life('a', 0, 20 * 24));
    expect(examples.length).toBeGreaterThan(25);
    for (const { at, isDone } of examples) {
      expect(at).toBeLessThan(START + 20 * DAY);
      expect(isDone).toBe(at + 7 * DAY >= START + 20 * DAY);
    }
    expect(history).toMatchObject({ done: 1, notDone: 1 });
  });

  test('have their outcome: none is younger than a week, and none is a look into what has not happened', () => {
    const now = START + 10 * DAY;
    const { examples } = drawnFrom(now, life('a', 0, null));
    expect(examples.length).toBeGreaterThan(0);
    expect(Math.max(...examples.map(({ at }) => at))).toBeLessThanOrEqual(now - 7 * DAY);
  });

  test('are none of a task that an hour got done, or that was told of when it was done', () => {
    const quick = Array.from({ length: 200 }, (_, n) => life(`q${n}`, n / 3, n / 3 + 0.99));
    const told = { ...life('t', 0, null), stages: [{ at: START, status: 'completed' as const, isReopened: false }] };
    expect(drawnFrom(START + 60 * DAY, ...quick, told).examples).toEqual([]);
  });

  test('know the pace of a project by outcomes that were known then', () => {
    const swift = Array.from({ length: 40 }, (_, n) => life(`s${n}`, n * 24, n * 24 + 48));
    const paceOf = (upTo: number): number | undefined =>
      drawnFrom(START + upTo * DAY, ...swift.filter((_, n) => n <= upTo)).paces['/work/shop'];
    expect(paceOf(40)).toBeGreaterThan(0.25);
    // The same instant seen from later on: what came after it is in no value.
    const [early, late] = [START + 30 * DAY, START + 60 * DAY].map((now) => drawnFrom(now, ...swift).examples);
    const known = new Map(late?.map(({ at, values }) => [`${at}|${values[0] ?? 0}`, values]));
    for (const { at, values } of early ?? []) expect(known.get(`${at}|${values[0] ?? 0}`)).toEqual(values);
  });

  test('are so many at most, always the same ones', () => {
    const lives = Array.from({ length: 30 }, (_, n) => life(`l${n}`, n * 5, null));
    const drawn = (order: readonly Life[]) => {
      const historian = createHistorian(START + 90 * DAY, 100);
      for (const one of order) historian.add(one);
      return historian.finish();
    };
    const one = drawn(lives);
    expect(one.examples).toHaveLength(100);
    expect(drawn(shuffled(lives, 3))).toEqual(one);
    expect(drawn([...lives].reverse())).toEqual(one);
  });
});

const recordsOf = (facts: readonly TaskFact[]): TaskRecord[] => [...gather(facts).values()];

describe('a forecast', () => {
  const history = makeHistory({ from: START, days: 120, projects: 8, seed: 5 });
  const study = (records: readonly TaskRecord[], now: number) => {
    const made = createStudy(now);
    made.add(records);
    return made.finish(0);
  };
  const records = recordsOf(history.facts);

  test('is ready when there is enough, better than the base rate, and the same in any order', () => {
    const { forecast } = study(records, history.until);
    if (forecast.state !== 'ready') throw new Error(forecast.state);
    const { brier, baseBrier, baseRate } = forecast.score;
    expect(brier).toBeLessThan(baseBrier);
    expect(baseBrier).toBeCloseTo(baseRate * (1 - baseRate));
    expect(forecast.history.done).toBeGreaterThan(NEEDED.done);
    expect(forecast.model.slope).toBeGreaterThan(0);
    expect(study(shuffled(records, 9), history.until).forecast).toEqual(forecast);
    const seen: Seen = {
      ...{ ageMs: DAY, idleMs: HOUR, status: 'in_progress', source: 'structured', priority: null, place: 0 },
      ...{ sessions: 1, isReopened: false, pace: forecast.pace },
    };
    const forgotten: Seen = { ...seen, ageMs: 90 * DAY, idleMs: 80 * DAY, status: 'pending' };
    expect(chanceOf(forecast.model, seen).probability).toBeGreaterThan(
      2 * chanceOf(forecast.model, forgotten).probability,
    );
  });

  test.each([
    ['no tasks', []],
    ['a few', records.slice(0, 20)],
    ['many that were never done', Array.from({ length: 99 }, (_, n) => recordsOf([taskFact({ id: `n${n}` })])).flat()],
  ])('needs more than %s, and says how much', (_, few) => {
    const { forecast } = study(few, history.until);
    expect(forecast).toMatchObject({ state: 'too_little_history', needed: NEEDED });
    expect(forecast).not.toHaveProperty('model');
  });

  test('that is no better than the base rate is none', () => {
    const examples = Array.from({ length: 1_000 }, (_, n) => ({
      at: START + n * 3 * HOUR,
      values: Array.from({ length: 13 }, (__, index) => ((n * (index + 3) * 2_654_435_761) % 1_000) / 1_000),
      // Of the last part, what was seldom before is the rule.
      isDone: n < 800 ? n % 7 === 0 : n % 7 !== 0,
    }));
    const material = { examples, tasks: 1_000, history: { done: 200, notDone: 800, days: 125 }, paces: {}, pace: 0.2 };
    expect(learn(material, START + 200 * DAY, 0)).toMatchObject({
      state: 'no_better_than_base_rate',
      score: { baseRate: expect.any(Number) },
    });
  });
});
