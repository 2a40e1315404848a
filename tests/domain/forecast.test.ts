import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { TaskFact } from '../../src/domain/facts.js';
import {
  chanceOf,
  FEATURES,
  lifeOf,
  nextDone,
  openSpans,
  probabilityOf,
  sightOf,
  valuesOf,
  type Life,
  type Model,
  type Seen,
} from '../../src/domain/forecast/index.js';
import { SOURCES, STATUSES } from '../../src/domain/model.js';
import { mergeTasks, recordOf, standingOf, type TaskRecord } from '../../src/domain/tasks/index.js';
import { DAY, HOUR, START, taskFact } from '../support/builders.js';

const at = (hours: number): number => START + hours * HOUR;

const recordFrom = (facts: readonly TaskFact[]): TaskRecord => {
  const [first, ...rest] = facts.map(recordOf);
  if (first === undefined) throw new RangeError('no facts');
  return rest.reduce(mergeTasks, first);
};
const lifeFrom = (...said: readonly Partial<TaskFact>[]): Life => {
  const facts = said.map((fact, nth) => taskFact({ id: 'a', eventId: `e${nth}`, status: null, ...fact }));
  const life = lifeOf(recordFrom(facts));
  if (life === null) throw new RangeError('in no list');
  return life;
};

describe('what was known at an instant', () => {
  // What follows comes from a list.
  const prose = { source: 'request', quote: 'please do it' } as const;
  const life = lifeFrom(
    { at: at(0), status: 'pending', priority: 'high', priorityWords: 'asap', ...prose, sessionId: 's1' },
    { at: at(24), status: 'in_progress', sessionId: 's1' },
    { at: at(30), quote: 'it goes on', sessionId: 's2' },
    { at: at(48), status: 'completed', sessionId: 's2' },
    { at: at(72), status: 'pending', reason: 'reopened', sessionId: 's3' },
  );

  test.each([
    [1, { status: 'pending', ageMs: HOUR, idleMs: HOUR, sessions: 1, isReopened: false }],
    [24, { status: 'in_progress', idleMs: 0 }],
    [31, { status: 'in_progress', idleMs: HOUR, sessions: 2 }],
    [80, { status: 'pending', idleMs: 8 * HOUR, sessions: 3, isReopened: true }],
  ])('after %i hours', (hours, seen) => {
    expect(sightOf(life, at(hours))).toMatchObject({ source: 'request', priority: 'high', ...seen });
  });

  test.each([-1, 48, 60])('nothing after %i hours: it was not open', (hours) => {
    expect(sightOf(life, at(hours))).toBeNull();
  });

  test('spans in which it was open, and when it was done next', () => {
    expect([...openSpans(life)]).toEqual([
      [at(0), at(48)],
      [at(72), Number.POSITIVE_INFINITY],
    ]);
    expect(nextDone(life, at(10))).toBe(at(48));
    expect(nextDone(life, at(48))).toBe(Number.POSITIVE_INFINITY);
  });

  test('a priority counts from when it was stated', () => {
    const later = lifeFrom({ status: 'pending' }, { at: at(10), priority: 'high', priorityWords: 'now it is urgent' });
    expect([5, 15].map((hours) => sightOf(later, at(hours))?.priority)).toEqual([null, 'high']);
  });

  test('a status set by hand stays, whatever the conversation says later', () => {
    const byHand = lifeFrom(
      { at: at(0), status: 'pending' },
      { at: at(5), status: 'blocked', by: 'hand' },
      { at: at(9), status: 'completed' },
    );
    expect(sightOf(byHand, at(20))).toMatchObject({ status: 'blocked', idleMs: 11 * HOUR });
    expect(nextDone(byHand, at(0))).toBe(Number.POSITIVE_INFINITY);
  });

  test('what was told of only when it was done was never seen open', () => {
    expect([...openSpans(lifeFrom({ at: at(1), status: 'completed' }))]).toEqual([]);
  });

  test('what no list shows has no life', () => {
    expect(lifeOf(recordOf(taskFact({ id: 'a', agent: 'sub' })))).toBeNull();
    expect(lifeOf(recordOf(taskFact({ id: 'a', title: null })))).toBeNull();
  });
});

/** Told in the order of time: at most 12 events and 4 quotes, so that the record forgets none. */
const told = fc
  .array(
    fc.record({
      hours: fc.integer({ min: 0, max: 2_000 }),
      status: fc.constantFrom(...STATUSES, null),
      session: fc.constantFrom('s1', 's2', 's3', 's4'),
      hand: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((rows) => {
    let quotes = 0;
    return [...rows]
      .sort((a, b) => a.hours - b.hours)
      .map(({ hours, status, session, hand }, nth) => {
        const isQuoted = status === null && quotes++ < 4;
        return taskFact({
          ...{ id: 'a', eventId: `e${String(nth).padStart(2, '0')}`, at: at(hours) + nth, sessionId: session },
          ...{
            status: nth === 0 ? 'pending' : status,
            by: hand && status !== null && nth > 0 ? 'hand' : 'conversation',
          },
          ...(isQuoted ? { quote: `words ${nth}` } : {}),
        });
      });
  });

test('nothing that was told later changes what was known', () => {
  fc.assert(
    fc.property(told, fc.integer({ min: 0, max: 2_100 }), (facts, hours) => {
      const instant = at(hours);
      const known = facts.filter((fact) => fact.at <= instant);
      if (known.length === 0) return;
      const [whole, then] = [lifeOf(recordFrom(facts)), lifeOf(recordFrom(known))];
      expect(whole === null ? null : sightOf(whole, instant)).toEqual(then === null ? null : sightOf(then, instant));
    }),
  );
});

test('the last stage is how the task stands, and the spans agree with it', () => {
  fc.assert(
    fc.property(told, (facts) => {
      const record = recordFrom(facts);
      const life = lifeOf(record);
      const last = life?.stages.at(-1)?.status;
      expect(last).toBe(standingOf(record).status);
      const isOpenNow = life !== null && [...openSpans(life)].some(([, until]) => until === Number.POSITIVE_INFINITY);
      expect(isOpenNow).toBe(last !== 'completed' && last !== 'cancelled');
    }),
  );
});

const seen: fc.Arbitrary<Seen> = fc.record({
  ageMs: fc.integer({ min: 0, max: 1_000 * DAY }),
  idleMs: fc.integer({ min: 0, max: 1_000 * DAY }),
  status: fc.constantFrom('pending' as const, 'in_progress' as const, 'blocked' as const),
  source: fc.constantFrom(...SOURCES),
  priority: fc.constantFrom('critical' as const, 'low' as const, null),
  place: fc.option(fc.integer({ min: 0, max: 99_999 })),
  sessions: fc.integer({ min: 0, max: 40 }),
  isReopened: fc.boolean(),
  pace: fc.double({ min: 0, max: 1, noNaN: true }),
});

/** One that fits may have: coefficients have the signs that they may have. */
const model: fc.Arbitrary<Model> = fc
  .tuple(
    fc.double({ min: -5, max: 5, noNaN: true }),
    fc.tuple(...FEATURES.map(() => fc.double({ min: -3, max: 3, noNaN: true }))),
    fc.double({ min: -2, max: 2, noNaN: true }),
    fc.double({ min: 0.05, max: 2, noNaN: true }),
  )
  .map(([intercept, weights, shift, slope]) => ({
    ...{ intercept, shift, slope, means: FEATURES.map(() => 0.3), spreads: FEATURES.map(() => 1.5) },
    coefficients: FEATURES.map(({ sign }, index) => {
      const weight = weights[index] ?? 0;
      return sign === 0 ? weight : sign * Math.abs(weight);
    }),
  }));

describe('a chance', () => {
  test('is one, with at most two reasons', () => {
    fc.assert(
      fc.property(model, seen, (made, one) => {
        const { probability, why } = chanceOf(made, one);
        expect(probability).toBeGreaterThanOrEqual(0);
        expect(probability).toBeLessThanOrEqual(1);
        expect(why.length).toBeLessThanOrEqual(2);
        for (const { words } of why) expect(words).not.toMatch(/NaN|undefined|Infinity/);
        expect(chanceOf(made, one)).toEqual({ probability, why });
      }),
    );
  });

  test.each([
    ['sinks the longer nothing happens', 'idleMs', -1],
    ['sinks with age', 'ageMs', -1],
    ['rises with the pace of the project', 'pace', 1],
  ] as const)('%s', (_, name, way) => {
    fc.assert(
      fc.property(model, seen, seen, (made, one, other) => {
        const [low, high] = [Math.min(one[name], other[name]), Math.max(one[name], other[name])];
        const chance = (value: number): number => probabilityOf(made, valuesOf({ ...one, [name]: value }));
        expect(way * (chance(high) - chance(low))).toBeGreaterThanOrEqual(-1e-12);
      }),
    );
  });

  test('says what tells most, the weightier first', () => {
    const coefficients = FEATURES.map(({ name }) => ({ idle: -2, in_progress: 1, age: -0.1 })[name] ?? 0);
    const made = { intercept: -1, shift: 0, slope: 1, means: FEATURES.map(() => 0), spreads: FEATURES.map(() => 1) };
    const one: Seen = {
      ...{ ageMs: 9 * DAY, idleMs: 9 * DAY, status: 'in_progress', source: 'request', priority: null, place: null },
      ...{ sessions: 1, isReopened: false, pace: 0.2 },
    };
    expect(chanceOf({ ...made, coefficients }, one).why).toEqual([
      { raises: false, words: 'untouched for 9 days' },
      { raises: true, words: 'already begun' },
    ]);
  });
});
