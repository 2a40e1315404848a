import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { TaskFact } from '../../src/domain/facts.js';
import { PRIORITIES, SOURCES, STATUSES } from '../../src/domain/model.js';
import { isHidden, mergeTasks, placeOf, recordOf, standingOf, taskOf } from '../../src/domain/tasks/index.js';
import { byName, DAY, HOUR, merged, START, taskFact } from '../support/builders.js';

const anyFact: fc.Arbitrary<TaskFact> = fc
  .record({
    // A line says what it says at one time; what different copies make of it may differ.
    moment: fc.integer({ min: 0, max: 40 }),
    status: fc.option(fc.constantFrom(...STATUSES)),
    reason: fc.option(fc.constantFrom('dropped', 'reopened', 'undone', 'deleted')),
    by: fc.constantFrom('conversation' as const, 'conversation' as const, 'hand' as const),
    sessionId: fc.constantFrom('', 'a', 'b', 'c', 'constructor', '__proto__'),
    line: fc.integer({ min: 1, max: 9 }),
    source: fc.constantFrom(...SOURCES),
    project: fc.option(fc.constantFrom('/p', '/q')),
    agent: fc.option(fc.constantFrom('x', 'y')),
    title: fc.option(fc.constantFrom('', 'Mend it', 'Mend it well')),
    description: fc.option(fc.constantFrom('one', 'two')),
    priority: fc.option(fc.constantFrom(...PRIORITIES)),
    owner: fc.option(fc.constantFrom('mira', 'ada')),
    blocks: fc.array(fc.constantFrom('t3', 't1', 't2'), { maxLength: 3 }),
    blockedBy: fc.array(fc.constantFrom('t3', 't1', 't2'), { maxLength: 3 }),
    place: fc.option(fc.integer({ min: 0, max: 300 })),
  })
  .map(({ moment, ...said }) => taskFact({ id: 't', eventId: `ev${moment}`, at: START + moment * HOUR, ...said }));
const anyRecord = fc.array(anyFact, { minLength: 1, maxLength: 6 }).map((facts) => merged(...facts));

describe('merging records', () => {
  test('does not depend on which comes first', () => {
    fc.assert(
      fc.property(anyRecord, anyRecord, (a, b) => expect(mergeTasks(a, b)).toEqual(mergeTasks(b, a))),
      { numRuns: 1_000 },
    );
  });
  test('does not depend on which are merged first', () => {
    fc.assert(
      fc.property(anyRecord, anyRecord, anyRecord, (a, b, c) =>
        expect(mergeTasks(mergeTasks(a, b), c)).toEqual(mergeTasks(a, mergeTasks(b, c))),
      ),
      { numRuns: 1_000 },
    );
  });
  test('changes nothing when it is done again', () => {
    fc.assert(
      fc.property(anyRecord, anyRecord, (a, b) => {
        const once = mergeTasks(a, b);
        expect(JSON.stringify(mergeTasks(once, b))).toBe(JSON.stringify(once));
        expect(JSON.stringify(mergeTasks(b, once))).toBe(JSON.stringify(once));
      }),
      { numRuns: 1_000 },
    );
  });
  test('of one fact with itself is that fact', () => {
    fc.assert(
      fc.property(anyFact, (fact) =>
        expect(JSON.stringify(mergeTasks(recordOf(fact), recordOf(fact)))).toBe(JSON.stringify(recordOf(fact))),
      ),
    );
  });
  test('keeps the latest of more events than a record holds, in whatever order they come', () => {
    const facts = Array.from({ length: 80 }, (_, n) =>
      taskFact({
        id: 't',
        eventId: `ev${n}`,
        at: START + n * HOUR,
        sessionId: `s${n}`,
        status: STATUSES[n % 5] ?? null,
      }),
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(facts, { minLength: 80 }), (shuffled) => {
        const record = merged(...shuffled);
        expect(record).toEqual(merged(...facts));
        expect(record.events).toHaveLength(30);
        expect(record.events.at(-1)?.ev).toBe('ev79');
        expect(Object.keys(record.sessions)).toHaveLength(40);
      }),
      { numRuns: 30 },
    );
  });
});

describe('how a task stands', () => {
  const at = (hours: number): number => START + hours * HOUR;
  const event = (hours: number, status: TaskFact['status'], more: Partial<TaskFact> = {}): TaskFact =>
    taskFact({ id: 't', eventId: `ev${hours}`, at: at(hours), status, ...more });

  test('is what was said last', () => {
    expect(standingOf(merged(event(2, 'completed'), event(1, 'in_progress')))).toMatchObject({ status: 'completed' });
  });

  test('of two things said at one time is the later stage of its life', () => {
    const facts = [event(1, 'pending', { eventId: 'z' }), event(1, 'completed', { eventId: 'a' })];
    expect(standingOf(merged(...facts)).status).toBe('completed');
    expect(standingOf(merged(...facts.reverse())).status).toBe('completed');
  });

  test('is what a hand said, also when the conversation says otherwise later, and then it is contradicted', () => {
    const record = merged(event(1, 'pending'), event(2, 'completed', { by: 'hand' }), event(3, 'in_progress'));
    expect(standingOf(record)).toMatchObject({ status: 'completed', contradictedBy: { status: 'in_progress' } });
    const task = taskOf(record, byName, at(4));
    expect(task.status).toBe('completed');
    expect(task.flags).toEqual([{ name: 'contradicted', why: 'the conversation says in_progress', at: at(3) }]);
  });

  test('is not contradicted by what was said before, or by the same words', () => {
    const before = merged(event(1, 'in_progress'), event(2, 'completed', { by: 'hand' }));
    const same = merged(event(2, 'completed', { by: 'hand' }), event(3, 'completed'));
    expect([before, same].map((record) => taskOf(record, byName, at(4)).flags)).toEqual([[], []]);
  });

  test('is what the latest of several hands said, however many events follow', () => {
    const hands = [event(1, 'blocked', { by: 'hand' }), event(2, 'cancelled', { by: 'hand' })];
    const later = Array.from({ length: 60 }, (_, n) => event(3 + n, 'in_progress'));
    expect(standingOf(merged(...hands, ...later)).status).toBe('cancelled');
  });

  test('outranks the same task without contradiction', () => {
    const hand = event(2, 'blocked', { by: 'hand' });
    const plain = placeOf(merged(hand, event(3, 'blocked')));
    const contradicted = placeOf(merged(hand, event(3, 'in_progress')));
    expect(contradicted?.rank).toBeGreaterThan(plain?.rank ?? Number.NaN);
  });

  test('is hidden while it has no title, and when the call that brought it failed', () => {
    expect(isHidden(merged(event(1, 'pending', { title: null })))).toBe(true);
    expect(isHidden(merged(event(1, 'pending'), event(2, 'cancelled', { reason: 'undone', title: null })))).toBe(true);
    expect(isHidden(merged(event(1, 'pending'), event(2, 'cancelled', { reason: 'dropped' })))).toBe(false);
  });

  test('of a subagent is listed nowhere, unless the conversation tells of it too', () => {
    const own = event(1, 'pending', { agent: 'x' });
    expect(placeOf(merged(own))).toBeNull();
    expect(placeOf(merged(own, event(2, 'pending')))).not.toBeNull();
  });
});

describe('flags', () => {
  const flagged = (facts: readonly TaskFact[], now: number): string[] =>
    taskOf(merged(...facts), byName, now).flags.map((flag) => flag.name);
  const event = (status: TaskFact['status'], reason: string | null = null): TaskFact =>
    taskFact({ id: 't', status, reason });
  test.each([
    ['dropped', event('cancelled', 'dropped'), START, ['dropped']],
    ['reopened', event('in_progress', 'reopened'), START, ['reopened']],
    ['an open task of 15 days', event('pending'), START + 15 * DAY, ['stale']],
    ['an open task of 13 days', event('pending'), START + 13 * DAY, []],
    ['a closed task of 15 days', event('completed'), START + 15 * DAY, []],
  ])('of %s', (_, fact, now, expected) => {
    expect(flagged([fact], now)).toEqual(expected);
  });
});

describe('the place in the list', () => {
  test('does not depend on when one looks', () => {
    const record = merged(taskFact({ id: 't', status: 'in_progress' }));
    const [early, late] = [taskOf(record, byName, START), taskOf(record, byName, START + 400 * DAY)];
    expect(late.rank).toBe(early.rank);
    expect(late.priority).toBe(early.priority);
  });

  const rank = (said: Partial<TaskFact>, ...more: readonly TaskFact[]): number =>
    placeOf(merged(taskFact({ id: 't', ...said }), ...more))?.rank ?? Number.NaN;

  test('is higher for what was touched later, is stated to be pressing, was begun, or is waited for', () => {
    const plain = rank({});
    expect(rank({ at: START + 2 * HOUR })).toBeGreaterThan(plain);
    expect(rank({ priority: 'critical' })).toBeGreaterThan(rank({ priority: 'high' }));
    expect(rank({ priority: 'high' })).toBeGreaterThan(rank({ priority: 'medium' }));
    expect(rank({ priority: 'medium' })).toBeGreaterThan(plain);
    expect(rank({ priority: 'low' })).toBeLessThan(plain);
    expect(rank({ status: 'in_progress' })).toBeGreaterThan(plain);
    expect(rank({ blocks: ['t1', 't2'] })).toBeGreaterThan(rank({ blocks: ['t1'] }));
    expect(rank({ blocks: ['t1'] })).toBeGreaterThan(plain);
  });

  test('within one hour is that in its list, also when a later item was touched last', () => {
    const first = rank({ place: 0 });
    const second = rank({ place: 1, at: START + 5 * 60_000 });
    expect(second).toBeLessThan(first);
    expect(first - second).toBeLessThan(0.001);
  });

  test('follows from the record alone, so two ledgers agree', () => {
    fc.assert(
      fc.property(anyRecord, anyRecord, (a, b) => expect(placeOf(mergeTasks(a, b))).toEqual(placeOf(mergeTasks(b, a)))),
    );
  });

  test('is in the band of its stated priority, else in that of what makes it pressing', () => {
    const priority = (said: Partial<TaskFact>): unknown => {
      const task = taskOf(merged(taskFact({ id: 't', ...said })), byName, START);
      return [task.priority, task.prioritySource];
    };
    expect(priority({ priority: 'low', status: 'in_progress' })).toEqual(['low', 'stated']);
    expect(priority({})).toEqual(['medium', 'computed']);
    expect(priority({ status: 'in_progress', blocks: ['1', '2', '3', '4', '5', '6'] })).toEqual(['high', 'computed']);
  });
});

test('a task shows first the session that it belongs to, and what copies say of one line once', () => {
  const line = { eventId: 'ev', at: START, status: 'pending' as const };
  const record = merged(
    taskFact({ id: 't', ...line, sessionId: 'copy', line: 4 }),
    taskFact({ id: 't', ...line, sessionId: 'original', line: 9 }),
    taskFact({ id: 't', ...line, sessionId: 'original', line: 2 }),
  );
  const originalFirst = (a: string, b: string): number => Number(b === 'original') - Number(a === 'original');
  const task = taskOf(record, originalFirst, START);
  expect(task.sessionId).toBe('original');
  expect(task.evidence.map(({ sessionId, line: at }) => [sessionId, at])).toEqual([
    ['original', 2],
    ['copy', 4],
  ]);
  expect(task.history).toMatchObject([{ status: 'pending', sessionId: 'original', line: 2 }]);
});
