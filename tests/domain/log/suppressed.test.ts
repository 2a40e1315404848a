import { expect, test } from '@jest/globals';
import { suppressed } from '../../../src/domain/log/suppressed.js';

test.each([
  ['Redis connection failed (47 similar errors suppressed)', 'Redis connection failed', 47],
  ['Redis connection failed (1 similar error suppressed)', 'Redis connection failed', 1],
  ['disk full [12 messages were suppressed in the last 60 s]', 'disk full', 12],
  ['timeout ... suppressed 12 similar messages', 'timeout', 12],
  ['timeout; suppressed 3 more errors', 'timeout', 3],
  ['message repeated 5 times: [ Failed password for root]', 'Failed password for root', 4],
  ['Connection refused (repeated 3 times)', 'Connection refused', 2],
  ['Connection refused (x3)', 'Connection refused', 2],
  [
    'boom (2 similar errors suppressed)\nTraceback (most recent call last):',
    'boom\nTraceback (most recent call last):',
    2,
  ],
])('%j counts and groups with the plain line', (message, text, more) => {
  expect(suppressed(message)).toEqual({ text, more });
});

test('a counter that is the whole message belongs to the entry before', () => {
  expect(suppressed('last message repeated 3 times')).toEqual({ text: '', more: 3 });
});

test.each([
  'boom',
  '47 similar errors suppressed by the user is what the page says',
  'found 3 errors',
  'image (2x)',
  'suppressed',
  'array (3)',
])('%j has no counter', (message) => {
  expect(suppressed(message)).toEqual({ text: message, more: 0 });
});

test('a hostile message costs no time', () => {
  const began = process.cpuUsage();
  for (const text of [
    '(1 '.repeat(300_000),
    ' '.repeat(1e6),
    '1'.repeat(1e6),
    'message repeated 1 times: ['.repeat(40_000),
  ])
    suppressed(text);
  expect(process.cpuUsage(began).user).toBeLessThan(300_000);
});
