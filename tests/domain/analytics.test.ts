import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bucketsOf, countIn, leadTimes } from '../../src/domain/analytics.js';
import type { Status } from '../../src/domain/model.js';
import { gather, type TaskRecord } from '../../src/domain/tasks/index.js';
import { DAY, HOUR, START, taskFact } from '../support/builders.js';

const iso = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** A task told of at these hours with these statuses. */
function record(id: string, ...events: readonly (readonly [hours: number, status: Status])[]): TaskRecord {
  const facts = events.map(([hours, status]) => taskFact({ id, at: START + hours * HOUR, status }));
  const found = gather(facts).get(id);
  if (found === undefined) throw new Error('no record');
  return found;
}

describe('buckets', () => {
  test('days are those of UTC, weeks begin on Monday, and the last holds the end', () => {
    const at = Date.parse('2026-11-22T10:00:00Z');
    expect(bucketsOf(at - 2 * DAY, at, 'day', 31).map(({ from }) => iso(from))).toEqual([
      '2026-11-20',
      '2026-11-21',
      '2026-11-22',
    ]);
    expect(bucketsOf(at - 10 * DAY, at, 'week', 53).map(({ from }) => iso(from))).toEqual(['2026-11-09', '2026-11-16']);
    expect(new Date(bucketsOf(at, at, 'week', 53)[0]?.from ?? 0).getUTCDay()).toBe(1);
  });

  test('whatever the span, they are gapless, bounded, and every instant of theirs is counted once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -DAY, max: 4e12 }),
        fc.integer({ min: 0, max: 4e12 }),
        fc.constantFrom('day' as const, 'week' as const),
        fc.integer({ min: 1, max: 60 }),
        (from, to, step, most) => {
          const buckets = bucketsOf(from, to, step, most);
          expect(buckets.length).toBeGreaterThan(0);
          expect(buckets.length).toBeLessThanOrEqual(most);
          expect(buckets.slice(1).map((bucket) => bucket.from)).toEqual(buckets.slice(0, -1).map(({ until }) => until));
          expect(countIn(buckets, [to, to + 8 * DAY]).reduce((sum, n) => sum + n, 0)).toBe(1);
        },
      ),
    );
  });
});

describe('lead times', () => {
  test('run from the first telling to the completion, in hours', () => {
    const records = [1, 2, 3, 4, 10].map((hours, n) =>
      record(`t${n}`, [0, 'pending'], [hours / 2, 'in_progress'], [hours, 'completed']),
    );
    expect(leadTimes(records)).toEqual({ sample: 5, neverOpen: 0, p50Hours: 3, p75Hours: 4, p90Hours: 7.6 });
  });

  test('tasks that are open, cancelled or were never seen open are not measured', () => {
    const records = [
      record('open', [0, 'pending']),
      record('reopened', [0, 'pending'], [1, 'completed'], [2, 'pending']),
      record('dropped', [0, 'pending'], [3, 'cancelled']),
      record('late', [5, 'completed']),
      record('done', [0, 'pending'], [7, 'completed']),
    ];
    expect(leadTimes(records)).toMatchObject({ sample: 1, neverOpen: 1, p50Hours: 7, p90Hours: 7 });
    expect(leadTimes([])).toEqual({ sample: 0, neverOpen: 0, p50Hours: null, p75Hours: null, p90Hours: null });
  });
});
