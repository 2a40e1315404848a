import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FailureRecord } from '../../src/domain/errors.js';
import { chanceOfReturn, errorIdOf, insightOf } from '../../src/domain/recurrence.js';
import { DAY, START } from '../support/builders.js';

const record = (lastAt: number): FailureRecord => ({
  id: 'e1',
  class: 'tool',
  message: { text: 'String to replace not found', at: START, ev: 'ev' },
  project: null,
  lastAt,
  sessions: ['a', 'b', 'c', 'd'],
});

/** How often a Poisson process of a rate drawn from the posterior returns within a week; the formula's own definition. */
function simulated(conversations: number, days: number): number {
  // A fixed grid over the quantiles of Gamma(n - 1/2, T) instead of chance: integrates 1 - exp(-7 r) over its density.
  const shape = conversations - 0.5;
  let weight = 0;
  let returns = 0;
  for (let rate = 0.0005; rate < 20; rate += 0.001) {
    const density = rate ** (shape - 1) * Math.exp(-rate * days);
    weight += density;
    returns += density * (1 - Math.exp(-7 * rate));
  }
  return returns / weight;
}

describe('the chance of a return', () => {
  test.each([
    [3, 7],
    [3, 30],
    [10, 30],
    [4, 300],
  ])('of %i conversations in %i days is that of the posterior', (conversations, days) => {
    expect(chanceOfReturn(conversations, days)).toBeCloseTo(simulated(conversations, days), 2);
  });

  test('lies within 0 and 1, grows with conversations and falls with silence', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 4_000, noNaN: true }), (n, days) => {
        const chance = chanceOfReturn(n, days);
        expect(chance).toBeGreaterThan(0);
        expect(chance).toBeLessThanOrEqual(1);
        expect(chanceOfReturn(n + 1, days)).toBeGreaterThanOrEqual(chance);
        expect(chanceOfReturn(n, days + 30)).toBeLessThanOrEqual(chance);
      }),
    );
  });

  test('a burst within an hour is not projected as if it went on for a week', () => {
    expect(chanceOfReturn(3, 0.04)).toBe(chanceOfReturn(3, 7));
    expect(chanceOfReturn(3, 7)).toBeCloseTo(0.82, 2);
  });
});

describe('an insight', () => {
  const found = (conversations: number, lastAt = START + 6 * DAY) => ({
    record: record(lastAt),
    occurrences: 9,
    conversations,
    conversationsAre: 'exact' as const,
  });

  test('needs three conversations', () => {
    expect(insightOf(found(2), START + 7 * DAY)).toBeNull();
    expect(insightOf(found(3), START + 7 * DAY)).toMatchObject({ id: 'recurs-e1', confidence: 0.82, status: 'active' });
  });

  test('tells counts and days as they are, and that it has fallen silent', () => {
    const now = START + 6 * DAY + 20 * DAY;
    const insight = insightOf(found(4), now);
    expect(insight?.statistic).toEqual({
      occurrences: 9,
      conversations: 4,
      conversationsAre: 'exact',
      observedDays: 26,
      meanDaysBetween: 2,
      silentDays: 20,
    });
    expect(insight?.status).toBe('quiet');
    expect(insightOf(found(4), START + 11 * DAY)?.status).toBe('active');
  });

  test('its id leads back to the error, and no other id does', () => {
    expect(errorIdOf('recurs-e1')).toBe('e1');
    expect(errorIdOf('e1')).toBeNull();
    expect(errorIdOf('recurs-')).toBeNull();
  });
});
