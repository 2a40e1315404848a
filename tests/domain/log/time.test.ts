import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { timeEnd, timeOf } from '../../../src/domain/log/time.js';

const CLOCK = { now: Date.UTC(2025, 0, 1, 12), zoneMinutes: 0 };

test.each([
  ['2025-01-01 12:00:00,123', '2025-01-01T12:00:00.123Z'],
  ['2025-01-01T12:00:00.123456789Z', '2025-01-01T12:00:00.123Z'],
  ['2025-01-01T12:00:00+02:00', '2025-01-01T10:00:00.000Z'],
  ['2025-01-01T12:00:00-0530', '2025-01-01T17:30:00.000Z'],
  ['2025-01-01 12:00:00 +0100', '2025-01-01T11:00:00.000Z'],
  ['2025-01-01 12:00:00.5 CET', '2025-01-01T11:00:00.500Z'],
  ['2025/01/31 12:00:00', '2025-01-31T12:00:00.000Z'],
  ['2025-01-01, 12:00:00', '2025-01-01T12:00:00.000Z'],
  ['20250101T120000Z', '2025-01-01T12:00:00.000Z'],
  ['20171223-22:15:29:606', '2017-12-23T22:15:29.606Z'],
  ['20171224-0:28:0:83', '2017-12-24T00:28:00.083Z'],
  ['2005-06-03-15.42.50.363779', '2005-06-03T15:42:50.363Z'],
  ['2005.06.03', '2005-06-03T00:00:00.000Z'],
  ['17/06/09 20:10:40', '2017-06-09T20:10:40.000Z'],
  ['01/31/2025 1:02:03 PM', '2025-01-31T13:02:03.000Z'],
  ['31.01.2025 12:00:00', '2025-01-31T12:00:00.000Z'],
  ['01 Jan 2025 12:00:00.123', '2025-01-01T12:00:00.123Z'],
  ['01/Jan/2025:12:00:00 -0700', '2025-01-01T19:00:00.000Z'],
  ['Jan 01, 2025 12:00:00 AM', '2025-01-01T00:00:00.000Z'],
  ['Sat Jan 04 12:00:00.123456 2025', '2025-01-04T12:00:00.123Z'],
  ['Sat, 04 Jan 2025 12:00:00 GMT', '2025-01-04T12:00:00.000Z'],
  ['Sat 2025-01-04 12:00:00 UTC', '2025-01-04T12:00:00.000Z'],
  ['2024-02-29T23:59:60Z', '2024-03-01T00:00:00.000Z'],
])('%s is read whole', (text, expected) => {
  expect(timeEnd(text, 0)).toBe(text.length);
  expect(new Date(timeOf(text, 0, CLOCK) ?? NaN).toISOString()).toBe(expected);
});

test.each([
  ['Dec 31 23:59:59', '2024-12-31T23:59:59.000Z'],
  ['Jan  2 00:00:01', '2025-01-02T00:00:01.000Z'],
  ['03-17 16:13:38.811', '2025-03-17T16:13:38.811Z'],
  ['10.30 16:49:06', '2024-10-30T16:49:06.000Z'],
  ['23:59:59', '2024-12-31T23:59:59.000Z'],
  ['12:00:30 PM', '2025-01-01T12:00:30.000Z'],
])('%s is the one nearest to the clock', (text, expected) => {
  const clock = { now: Date.UTC(2025, 0, 1, 0, 30), zoneMinutes: 0 };
  const at = timeOf(text, 0, text.includes('PM') ? CLOCK : clock);
  expect(new Date(at ?? NaN).toISOString()).toBe(expected);
});

test('a time without a zone is in the clock’s own', () => {
  expect(timeOf('2025-01-01 12:00:00', 0, { now: 0, zoneMinutes: 120 })).toBe(Date.UTC(2025, 0, 1, 10));
  expect(timeOf('2025-01-01 12:00:00Z', 0, { now: 0, zoneMinutes: 120 })).toBe(Date.UTC(2025, 0, 1, 12));
  const past = Date.UTC(2025, 0, 1, 23, 30);
  expect(timeOf('01:00:00', 0, { now: past, zoneMinutes: 120 })).toBe(Date.UTC(2025, 0, 1, 23));
});

test.each(['081109 203518', '1117838570', '1735732800123', '1735732800.5'])(
  '%s is a time only where digits alone may be one',
  (text) => {
    expect(timeEnd(text, 0)).toBe(-1);
    expect(timeEnd(text, 0, true)).toBe(text.length);
  },
);

test.each([
  '',
  '12',
  '12:00',
  '2025-13-01',
  '2025-01-32 12:00:00',
  '25:00:00',
  '13:00:00 PM',
  '1.2.3',
  '192.168.0.1',
  'Marching 1',
  'Jan 2',
  '9999999999999',
])('%j is no time', (text) => {
  expect(timeEnd(text, 0, true)).toBe(-1);
  expect(timeOf(text, 0, CLOCK, true)).toBeNull();
});

test('any text at any place is a time or none, never an exception', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(20), (text, at) => {
      const end = timeEnd(text, at, true);
      expect(end === -1 || (end > at && end <= text.length)).toBe(true);
      expect(timeOf(text, at, CLOCK, true) === null).toBe(end === -1);
    }),
  );
});

test('every instant written as ISO-8601 is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4e12 }), (at) => {
      expect(timeOf(new Date(at).toISOString(), 0, CLOCK)).toBe(at);
    }),
  );
});
