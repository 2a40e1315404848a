import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Ruling, TaskFact } from '../../../src/domain/facts.js';
import { STATUSES } from '../../../src/domain/model.js';
import {
  listingOf,
  mergeTasks,
  placeOf,
  recordOf,
  refusalOf,
  shareOf,
  standingOf,
  taskOf,
  taughtBy,
  verdictOf,
  type Lesson,
  type TaskRecord,
} from '../../../src/domain/tasks/index.js';
import { byName, DAY, HOUR, merged, START, taskFact } from '../../support/builders.js';

/** What is said of one task, `hours` after the start. */
const said = (hours: number, status: TaskFact['status'], more: Partial<TaskFact> = {}): TaskFact =>
  taskFact({ id: 't', eventId: `ev${hours}`, at: START + hours * HOUR, status, source: 'request', ...more });
const byHand = (hours: number, status: TaskFact['status']): TaskFact =>
  said(hours, status, { eventId: `hand${hours}`, by: 'hand', sessionId: '', title: null });
const ruled = (hours: number, is: Ruling['is'], into: string | null = null, why: string | null = null): TaskFact =>
  said(0, null, {
    eventId: `rule${hours}${is}${into ?? ''}`,
    by: 'hand',
    sessionId: '',
    title: null,
    ruling: { is, into, why, at: START + hours * HOUR },
  });
const lesson = (hours: number, is: Lesson['is'] = 'dismissed'): Lesson => ({
  is,
  why: null,
  at: START + hours * HOUR,
  ev: `l${hours}`,
});
const flags = (record: TaskRecord, hours: number): string[] =>
  taskOf(record, byName, START + hours * HOUR).flags.map(({ name, why }) => `${name}: ${why}`);

const anyRecord: fc.Arbitrary<TaskRecord> = fc
  .record({
    hours: fc.integer({ min: 0, max: 5 }),
    status: fc.option(fc.constantFrom(...STATUSES)),
    by: fc.constantFrom('conversation' as const, 'hand' as const),
    ruling: fc.option(
      fc.record({
        is: fc.constantFrom('dismissed' as const, 'merged' as const),
        into: fc.option(fc.constantFrom('t1', 't2')),
        why: fc.option(fc.constantFrom('no', 'twice')),
        at: fc.integer({ min: START, max: START + 3 }),
      }),
    ),
    lesson: fc.option(
      fc.record({
        is: fc.constantFrom('dismissed' as const, 'kept' as const),
        why: fc.option(fc.constantFrom('no', 'yes')),
        at: fc.integer({ min: START, max: START + 3 }),
        ev: fc.constantFrom('l1', 'l2'),
      }),
    ),
    parts: fc.subarray(['t3', 't4', 't5']),
  })
  .map(({ hours, status, by, ruling, lesson: learned, parts }) => {
    const record = recordOf(said(hours, status, { by, ...(ruling === null ? {} : { ruling }) }));
    const withParts = parts.length === 0 ? record : mergeTasks(record, { ...shareOf(record), merged: parts });
    return learned === null ? withParts : mergeTasks(withParts, { ...record, lesson: learned });
  });

describe('merging what hands say', () => {
  test('does not depend on the order, and changes nothing when it is done again', () => {
    fc.assert(
      fc.property(anyRecord, anyRecord, anyRecord, (a, b, c) => {
        expect(mergeTasks(a, b)).toEqual(mergeTasks(b, a));
        expect(mergeTasks(mergeTasks(a, b), c)).toEqual(mergeTasks(a, mergeTasks(b, c)));
        const once = mergeTasks(a, b);
        expect(JSON.stringify(mergeTasks(once, b))).toBe(JSON.stringify(once));
        expect(verdictOf(mergeTasks(a, b))).toEqual(verdictOf(mergeTasks(b, a)));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a task that a hand dismissed', () => {
  test('stands in a list of its own, and says why', () => {
    const record = merged(said(1, 'pending'), ruled(2, 'dismissed', null, 'an example'));
    expect(placeOf(record)).toMatchObject({ status: 'dismissed', tally: { source: 'request', isDismissed: true } });
    expect(standingOf(record).status).toBe('pending');
    expect(flags(record, 900)).toEqual(['dismissed: a hand dismissed it as no task: an example']);
    const { history, lastAt } = taskOf(record, byName, START);
    expect(history.map(({ status, reason, by }) => [status, reason, by])).toEqual([
      ['pending', null, 'conversation'],
      ['dismissed', 'an example', 'hand'],
    ]);
    expect(lastAt).toBe(START + HOUR);
  });

  test('is one again once a hand sets any status, and only by a later one', () => {
    const open = said(1, 'pending');
    expect(verdictOf(merged(open, ruled(2, 'dismissed'), byHand(3, 'blocked')))).toBeNull();
    expect(verdictOf(merged(open, ruled(4, 'dismissed'), byHand(3, 'blocked')))).toMatchObject({ is: 'dismissed' });
    expect(verdictOf(merged(open, ruled(2, 'dismissed'), said(9, 'completed')))).toMatchObject({ is: 'dismissed' });
  });

  test('teaches others with its words, and takes that back', () => {
    expect(taughtBy(merged(said(1, 'pending'), ruled(2, 'dismissed')))).toMatchObject({ is: 'dismissed' });
    const back = merged(said(1, 'pending'), ruled(2, 'dismissed'), byHand(3, 'pending'));
    expect(taughtBy(back)).toMatchObject({ is: 'kept', at: START + 3 * HOUR });
    expect(taughtBy(merged(said(1, 'pending'), byHand(3, 'pending')))).toBeNull();
    expect(taughtBy(merged(said(1, 'pending'), ruled(2, 'merged', 'other')))).toBeNull();
  });
});

describe('a lesson', () => {
  const open = merged(said(1, 'pending'));
  test.each<[string, TaskRecord, boolean]>([
    ['dismisses what is open', open, true],
    ['dismisses what is told later', merged(said(9, 'completed')), true],
    ['leaves what was done by then', merged(said(1, 'pending'), said(2, 'completed')), false],
    ['dismisses what is done afterwards', merged(said(1, 'pending'), said(9, 'completed')), true],
    ['leaves items of lists', merged(said(1, 'pending', { source: 'structured' })), false],
    ['leaves what a hand has given a status', merged(said(1, 'pending'), byHand(2, 'in_progress')), false],
  ])('%s', (_, record, isDismissed) => {
    expect(verdictOf({ ...record, lesson: lesson(5) })?.is === 'dismissed').toBe(isDismissed);
  });

  test('that was taken back does nothing', () => {
    expect(verdictOf({ ...open, lesson: lesson(5, 'kept') })).toBeNull();
    expect(flags({ ...open, lesson: lesson(5) }, 6)).toEqual([
      'dismissed: a hand dismissed the same sentence as no task',
    ]);
  });

  test('counts against what was listed before, and not what was never listed', () => {
    expect(placeOf({ ...open, lesson: lesson(5) })?.tally).toEqual({ source: 'request', isDismissed: true });
    expect(placeOf({ ...merged(said(9, 'pending')), lesson: lesson(5) })?.tally).toBeNull();
    expect(placeOf(merged(said(1, 'pending', { source: 'structured' })))?.tally).toBeNull();
  });
});

describe('a task that a hand merged into another', () => {
  const one = merged(said(1, 'pending', { id: 'one', sessionId: 'a', quote: 'Please mend it.', blocks: ['x'] }));
  const other = merged(taskFact({ id: 'other', at: START, status: 'in_progress', title: 'Mend the lamp' }));
  const into = (record: TaskRecord, target: string): TaskRecord =>
    mergeTasks(record, recordOf(ruled(3, 'merged', target)));

  test('says into which, and stands in a list of its own', () => {
    const record = into(one, 'other');
    expect(listingOf(record)).toBe('merged');
    expect(taskOf(record, byName, START).flags).toEqual([
      { name: 'merged_into', why: 'a hand merged it into other', at: START + 3 * HOUR, taskId: 'other' },
    ]);
    expect(verdictOf(mergeTasks(record, recordOf(byHand(4, 'pending'))))).toBeNull();
  });

  test('adds where it was told of and what waits for it, and leaves words and status', () => {
    const whole = mergeTasks(other, { ...shareOf(into(one, 'other')), id: 'other' });
    const task = taskOf(whole, byName, START);
    expect(task).toMatchObject({
      title: 'Mend the lamp',
      status: 'in_progress',
      source: 'structured',
      merged: ['one'],
    });
    expect(task.evidence.map(({ quote }) => quote)).toContain('Please mend it.');
    expect(task.blocks).toEqual(['x']);
    expect(Object.keys(whole.sessions)).toEqual(['a', 'session-a']);
  });

  test('brings its end along', () => {
    const done = merged(said(1, 'pending'), said(5, 'completed'));
    expect(standingOf(mergeTasks(other, shareOf(done))).status).toBe('completed');
    const dropped = merged(said(1, 'pending'), said(5, 'cancelled', { reason: 'dropped' }));
    expect(standingOf(mergeTasks(other, shareOf(dropped))).status).toBe('in_progress');
  });

  test('goes one step, so that there are neither chains nor rings', () => {
    const holder = { ...other, merged: ['one'] };
    expect(refusalOf(one, other)).toBeNull();
    expect(refusalOf(one, one)).toBe('itself');
    expect(refusalOf(one, null)).toBe('unknown');
    expect(refusalOf(other, into(one, 'third'))).toBe('chain');
    expect(refusalOf(holder, merged(said(1, 'pending')))).toBe('chain');
    expect(refusalOf(other, merged(said(1, 'pending'), ruled(2, 'dismissed')))).toBe('dismissed');
    expect(refusalOf(one, holder)).toBeNull();
  });
});

describe('flags', () => {
  test.each<[string, TaskRecord, number, string[]]>([
    [
      'interrupted',
      merged(said(1, 'in_progress', { reason: 'interrupted' })),
      2,
      ['abandoned: the user interrupted the work'],
    ],
    [
      'limit',
      merged(said(1, 'pending', { reason: 'limit' })),
      2,
      ['abandoned: a limit was reached in the midst of the work'],
    ],
    ['work under way', merged(said(1, 'in_progress')), 24, []],
    [
      'the session ended',
      merged(said(1, 'in_progress')),
      31,
      ['abandoned: its session ended in the midst of the work: nothing happened for 30 hours'],
    ],
    ['a hand is at it', merged(said(1, 'pending'), byHand(1, 'in_progress')), 48, []],
    ['gone on with', merged(said(1, 'in_progress', { reason: 'interrupted' }), said(2, 'completed')), 60, []],
    ['no work for two weeks', merged(said(0, 'pending')), 15 * 24, ['stale: nothing happened for 15 days']],
    [
      'done while tests failed',
      merged(said(1, 'in_progress'), said(2, 'completed', { reason: 'tests-fail' })),
      3,
      ['contradicted: claimed done while its last test run failed'],
    ],
    ['a hand says it is done', merged(said(2, 'completed', { reason: 'tests-fail' }), byHand(3, 'completed')), 4, []],
    ['dropped', merged(said(1, 'cancelled', { reason: 'dropped' })), 2, ['dropped: a later list left it out']],
  ])('%s', (_, record, hours, expected) => expect(flags(record, hours)).toEqual(expected));

  test('say from when on they hold', () => {
    const { flags: all } = taskOf(merged(said(1, 'in_progress')), byName, START + 20 * DAY);
    expect(all.map(({ name, at }) => [name, at])).toEqual([
      ['abandoned', START + HOUR + DAY],
      ['stale', START + HOUR + 14 * DAY],
    ]);
  });
});

test('reasons are words, and a note stays as it was written', () => {
  const record = merged(
    said(1, 'in_progress', { reason: 'begun' }),
    said(2, 'blocked', { reason: 'the review by Ines' }),
    said(3, 'completed', { reason: 'marker-removed' }),
    byHand(4, 'pending'),
    said(5, 'cancelled', { eventId: 'note', by: 'hand', reason: 'dropped', sessionId: '' }),
  );
  expect(taskOf(record, byName, START).history.map(({ reason }) => reason)).toEqual([
    'work on it began',
    'the review by Ines',
    'its marker was taken out of the code',
    null,
    'dropped',
  ]);
});
