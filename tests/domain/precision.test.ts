import { describe, expect, test } from '@jest/globals';
import { FEWEST_OFFERS, precisionOf, wilsonInterval } from '../../src/domain/precision.js';

describe('the interval of a share', () => {
  // By hand from Wilson's formula; 8 of 10 is the textbook's case.
  test.each([
    [8, 10, 0.4902, 0.9433],
    [0, 10, 0, 0.2775],
    [10, 10, 0.7225, 1],
    [90, 100, 0.8256, 0.9448],
    [0, 0, 0, 1],
  ])('%i of %i', (hits, of, from, to) => {
    const [low, high] = wilsonInterval(hits, of);
    expect(low).toBeCloseTo(from, 4);
    expect(high).toBeCloseTo(to, 4);
  });
});

test('too few offers tell nothing', () => {
  const offers = { source: 'request', dismissed: 1 } as const;
  expect(precisionOf({ ...offers, offered: FEWEST_OFFERS - 1 }).share).toBeNull();
  expect(precisionOf({ ...offers, offered: FEWEST_OFFERS }).share).toBeCloseTo(0.95);
});
