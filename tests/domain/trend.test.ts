import { expect, test } from '@jest/globals';
import { perDayBefore, trendOf } from '../../src/domain/trend.js';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 22, 12);
const pace = (daysAgo: number, count: number, lastDay: number) => ({ firstAt: NOW - daysAgo * DAY, count, lastDay });

test.each([
  ['nothing for a day', pace(10, 9, 0), 'quiet'],
  ['first seen an hour ago', pace(1 / 24, 40, 40), 'new'],
  ['once after a long silence', pace(30, 2, 1), 'steady'],
  ['twice after a long silence', pace(101, 3, 2), 'rising'],
  ['as often as ever', pace(11, 110, 10), 'steady'],
  ['just twice the spread above', pace(11, 60 + 16, 16), 'rising'],
  ['within the spread above', pace(11, 90 + 15, 15), 'steady'],
  ['far less than it was', pace(11, 90 + 2, 2), 'falling'],
  ['less, but that seldom that it says nothing', pace(11, 30 + 1, 1), 'steady'],
])('%s: %j is %s', (_, given, expected) => {
  expect(trendOf(given, NOW)).toBe(expected);
});

test('the mean is that of the days before the last one, and of a day at least', () => {
  expect(perDayBefore(pace(11, 30, 10), NOW)).toBe(2);
  expect(perDayBefore(pace(1.5, 14, 10), NOW)).toBe(4);
  expect(perDayBefore(pace(0.5, 3, 3), NOW)).toBe(0);
});
