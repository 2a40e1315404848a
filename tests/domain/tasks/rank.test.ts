import { describe, expect, test } from '@jest/globals';
import type { TaskFact } from '../../../src/domain/facts.js';
import { PRIORITIES, STATUSES, type Priority } from '../../../src/domain/model.js';
import {
  liveOf,
  LOWEST_DAYS,
  NOTHING,
  placeOf,
  taskOf,
  type Around,
  type TaskRecord,
  type TiedError,
} from '../../../src/domain/tasks/index.js';
import { byName, DAY, HOUR, merged, START, taskFact } from '../../support/builders.js';

const fact = (days: number, said: Partial<TaskFact> = {}): TaskFact =>
  taskFact({ id: 't', at: START + days * DAY, eventId: `ev${days}`, ...said });
const shown = (record: TaskRecord, around: Around = NOTHING) => taskOf(record, byName, START, { around });
const rank = (record: TaskRecord, around: Around = NOTHING): number => placeOf(record, around)?.rank ?? Number.NaN;
const live = (severity: Priority, count = 1): Around => ({ live: { severity, count } });

describe('the reason of a stated priority', () => {
  test.each([
    [
      'the words that state it',
      merged(fact(0, { priority: 'high', priorityWords: 'needs to be out today', source: 'request' })),
      "stated: 'needs to be out today'",
    ],
    ['a field of its list', merged(fact(0, { priority: 'low' })), 'stated in its list'],
    [
      'the field that came after the words',
      merged(fact(0, { priority: 'high', priorityWords: 'urgent' }), fact(1, { priority: 'low' })),
      'stated in its list',
    ],
    [
      'the words that came after the field',
      merged(fact(0, { priority: 'low' }), fact(1, { priority: 'high', priorityWords: 'urgent' })),
      "stated: 'urgent'",
    ],
    ['neither is known', merged(fact(0, { priority: 'low', source: 'deferred' })), 'stated'],
  ])('is %s', (_, record, expected) => {
    expect(shown(record)).toMatchObject({ prioritySource: 'stated', priorityReason: expected });
  });
});

describe('a task ranks', () => {
  const plain = merged(fact(0));
  const cases: readonly (readonly [why: string, record: TaskRecord, around: Around, reason: string | null])[] = [
    ['higher when a task waits for it', plain, { waiting: 1 }, '1 task waits for it'],
    ['higher for an error that still happens', plain, live('low'), 'a low error tied to it still happens'],
    ['higher for several of them', plain, live('medium', 3), '3 errors tied to it still happen, the worst medium'],
    ['higher when it was reopened', merged(fact(0, { reason: 'reopened' })), NOTHING, 'reopened'],
    [
      'higher when another session asks for it again',
      merged(fact(0, { at: START - HOUR, eventId: 'b', sessionId: 's2' }), fact(0)),
      NOTHING,
      'told in 2 sessions',
    ],
    [
      'higher when it has been around for long',
      merged(fact(-40, { status: null }), fact(0)),
      NOTHING,
      'around for 40 days',
    ],
  ];
  test.each(cases)('%s', (_, record, around, reason) => {
    expect(rank(record, around)).toBeGreaterThan(rank(plain));
    expect(shown(record, around).rankReason).toBe(
      `last touched 2026-11-01; ${reason}`.replace('2026-11-01', day(START)),
    );
  });

  const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

  test('lower when it is blocked, or only a mark that nobody spoke of again', () => {
    expect(rank(merged(fact(0, { status: 'blocked' })))).toBeLessThan(rank(plain));
    const mark = fact(0, { source: 'marker' });
    expect(rank(merged(mark))).toBeLessThan(rank(plain));
    expect(rank(merged(mark, fact(0, { eventId: 'b', sessionId: 's2', source: 'marker' })))).toBeGreaterThan(
      rank(plain),
    );
  });

  test('by what the ledger counts of waiting tasks, where that differs from what was said', () => {
    const said = merged(fact(0, { blocks: ['t1', 't2', 't3'] }));
    expect(rank(said, { waiting: 1 })).toBeLessThan(rank(said));
    expect(rank(said, { waiting: 0 })).toBe(rank(plain));
  });

  test('the same for copies of one line as for the line', () => {
    const copies = merged(fact(0), fact(0, { sessionId: 'copy', line: 9 }));
    expect(rank(copies)).toBe(rank(plain));
  });

  test('never further below its last event than a page that begins at an instant looks', () => {
    for (const status of STATUSES) {
      for (const priority of [...PRIORITIES, null]) {
        const record = merged(fact(0, { status, priority, source: 'marker', place: 99_999 }));
        expect(rank(record)).toBeGreaterThanOrEqual(START / DAY + LOWEST_DAYS);
      }
    }
  });
});

describe('a computed priority', () => {
  const priority = (record: TaskRecord, around: Around = NOTHING): string => shown(record, around).priority;
  const many = (...ids: string[]): string[] => ids;

  test.each([
    ['critical', merged(fact(0, { reason: 'reopened', blocks: many('1', '2') })), live('critical')],
    ['high', merged(fact(0)), live('high')],
    ['high', merged(fact(0)), live('critical')],
    ['high', merged(fact(0, { blocks: many('1', '2', '3', '4', '5') })), NOTHING],
    ['high', merged(fact(0, { reason: 'reopened' }), fact(1, { status: 'completed', by: 'hand' }), fact(2)), NOTHING],
    ['medium', merged(fact(0)), NOTHING],
    ['medium', merged(fact(0, { status: 'in_progress', blocks: many('1') })), NOTHING],
    ['medium', merged(fact(0, { status: 'blocked' })), NOTHING],
    ['medium', merged(fact(0)), live('medium')],
    ['medium', merged(fact(-90, { status: null }), fact(0, { reason: 'reopened' })), NOTHING],
    ['low', merged(fact(0, { source: 'marker' })), NOTHING],
    ['medium', merged(fact(0, { source: 'marker' })), live('medium')],
  ])('is %s', (expected, record, around) => {
    expect([priority(record, around), shown(record, around).prioritySource]).toEqual([expected, 'computed']);
  });

  test('has its reason in words', () => {
    expect(shown(merged(fact(0))).priorityReason).toBe('nothing makes it more or less pressing');
    expect(shown(merged(fact(0, { status: 'in_progress' })), live('high')).priorityReason).toBe(
      'a high error tied to it still happens',
    );
  });

  test('of a month of ordinary work is mostly medium, and not always', () => {
    // 300 tasks as they come: a few are waited for, reopened, told again, tied to live errors, or mere marks.
    const tasks = Array.from({ length: 300 }, (_, n) => {
      const source = n % 11 === 0 ? ('marker' as const) : n % 3 === 0 ? ('structured' as const) : ('request' as const);
      const again =
        n % 7 === 0 ? [fact(n % 30, { eventId: 'again', sessionId: 'later', status: null, quote: 'And again.' })] : [];
      const record = merged(
        fact((n % 30) - (n % 5), { source, ...(n % 13 === 0 && { reason: 'reopened' }) }),
        ...again,
        ...(n % 17 === 0
          ? [fact(0, { eventId: 'waits', status: null, blocks: many(...'abcdefgh'.slice(0, n % 9)) })]
          : []),
      );
      const around = n % 19 === 0 ? live(PRIORITIES[n % 4] ?? 'low', 1 + (n % 3)) : NOTHING;
      return shown(record, around).priority;
    });
    const share = (wanted: string): number => tasks.filter((one) => one === wanted).length / tasks.length;
    expect(share('medium')).toBeGreaterThan(0.7);
    expect(share('medium')).toBeLessThan(0.95);
    expect(share('high')).toBeGreaterThan(0.02);
    expect(share('critical')).toBeLessThan(0.02);
    expect(share('low')).toBeGreaterThan(0.03);
  });
});

describe('errors tied to a task', () => {
  const now = START + 10 * DAY;
  const error = (daysAgo: number, said: Partial<TiedError> = {}): TiedError => ({
    by: 'named',
    lastAt: now - daysAgo * DAY,
    severity: 'medium',
    ...said,
  });
  test.each([
    ['one of yesterday', [error(1)], 1, 'medium'],
    ['one of last week', [error(8)], null, null],
    ['one beside the work', [error(1, { by: 'meanwhile' })], null, null],
    ['one beside the work that came again later', [error(0.1, { by: 'meanwhile', severity: 'high' })], 1, 'high'],
    [
      'several',
      [error(1), error(2, { severity: 'critical' }), error(3), error(20, { severity: 'high' })],
      3,
      'critical',
    ],
    ['none', [], null, null],
  ] as const)('are live or not: %s', (_, errors, count, severity) => {
    const found = liveOf(errors, now - 0.5 * DAY, now);
    expect(found?.live ?? null).toEqual(count === null ? null : { count, severity });
  });

  test('stop being live when the first of them has been silent for a week', () => {
    expect(liveOf([error(1), error(3)], 0, now)?.until).toBe(now + 4 * DAY);
  });
});

describe('a quick win', () => {
  const isQuick = (said: Partial<TaskFact>): boolean => shown(merged(fact(0, said))).quickWin;
  test.each([
    [true, { title: 'Rename the flag' }],
    [true, { title: 'Rename the flag', priority: 'high' }],
    [false, { title: 'Rename the flag', priority: 'low' }],
    [false, { title: 'Rename the flag', source: 'marker' }],
    [false, { title: 'Rename the flag', status: 'completed' }],
    [false, { title: 'Rename the flag', status: 'blocked' }],
    [false, { title: 'Rewrite the importer', priority: 'high' }],
  ] as const)('is %s for %j', (expected, said) => {
    expect(isQuick(said)).toBe(expected);
  });
});
