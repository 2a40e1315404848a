import { expect, test } from '@jest/globals';
import { judgeFix, type Claim } from '../../src/domain/fixes.js';

const HOUR = 3_600_000;
const CLAIMED = Date.UTC(2026, 10, 22, 12);
/** Happened `count` times, an hour apart, the last time an hour before the claim. */
const claim = (count: number, change: Partial<Claim> = {}): Claim => ({
  claimedAt: CLAIMED,
  before: { count, firstAt: CLAIMED - count * HOUR, lastAt: CLAIMED - HOUR },
  after: { count: 0, lastAt: 0 },
  ...change,
});

test.each([
  [2.9, 'too_early'],
  // 1 - exp(-3) = 0.9502
  [3, 'validated'],
  [100, 'validated'],
  [0, 'too_early'],
])('what came every hour and is silent for %d hours: %s', (hours, verdict) => {
  const judged = judgeFix(claim(5), CLAIMED + hours * HOUR);
  expect(judged).toMatchObject({ verdict, expectedMs: HOUR, silentMs: hours * HOUR });
  expect(judged.probability).toBeCloseTo(1 - Math.exp(-hours), 12);
});

test('what happened again has regressed, however rarely it was known before', () => {
  const again = { after: { count: 2, lastAt: CLAIMED + HOUR } };
  for (const count of [1, 5]) {
    expect(judgeFix(claim(count, again), CLAIMED + 3 * HOUR)).toMatchObject({
      verdict: 'regressed',
      probability: 0,
      silentMs: 2 * HOUR,
      why: 'happened 2 times after the claim',
    });
  }
});

test.each([
  ['twice is too few', claim(2), 'happened 2 times before the claim: fewer than the 3'],
  ['once is too few', claim(1), 'happened once before'],
  [
    'all at one moment says nothing',
    claim(5, { before: { count: 5, firstAt: CLAIMED, lastAt: CLAIMED } }),
    'all at one moment',
  ],
])('%s: unverified', (_, given, why) => {
  expect(judgeFix(given, CLAIMED + 900 * HOUR)).toMatchObject({
    verdict: 'unverified',
    probability: null,
    expectedMs: null,
    why: expect.stringContaining(why),
  });
});

test('why says how long is long enough, and a clock that runs behind gives no negative silence', () => {
  expect(judgeFix(claim(5), CLAIMED + HOUR).why).toBe(
    'silent for 1 h since the claim, came every 1 h before (5 times); believed after 3 h of silence at that pace',
  );
  expect(judgeFix(claim(5), CLAIMED - HOUR)).toMatchObject({ silentMs: 0, probability: 0, verdict: 'too_early' });
});
