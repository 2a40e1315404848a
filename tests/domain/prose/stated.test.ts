import { describe, expect, test } from '@jest/globals';
import { statedIn } from '../../../src/domain/prose/stated.js';

const priorityOf = (text: string): string | null => statedIn(text)?.priority ?? null;

describe('a stated priority', () => {
  test.each([
    ['critical', 'the shop is broken in production'],
    ['critical', 'prod is completely down since 9'],
    ['critical', 'we are losing orders'],
    ['critical', 'this is a critical bug'],
    ['critical', 'P0: nothing works'],
    ['high', 'this is urgent'],
    ['high', 'please do it asap'],
    ['high', 'rotate the key today, please'],
    ['high', 'that has to be in before we launch'],
    ['high', 'it blocks the release'],
    ['high', 'there is a security hole in the upload'],
    ['high', 'Missing check in upload (high)'],
    ['medium', 'Verbose messages (medium)'],
    ['medium', 'priority: medium'],
    ['low', 'nice to have: a dark theme'],
    ['low', 'not urgent, but rename it'],
    ['low', 'no rush at all'],
    ['low', 'when you have some time, sort them'],
    ['low', 'the empty page can wait'],
    ['low', 'XSS filter for the preview (low)'],
    ['low', 'das ist nicht dringend'],
    ['high', 'das ist dringend'],
    ['high', 'это срочно'],
    ['low', '急ぎではないです'],
    ['high', '至急お願いします'],
  ])('%s: %s', (priority, text) => {
    expect(priorityOf(text)).toBe(priority);
  });

  test.each([
    'the call returns immediately',
    'it crashes right away',
    'today we have five workers',
    "tonight's run was green",
    'open one port in the security group',
    'move the critical section into a lock',
    'add a high priority queue',
    'drop the column after the release',
    'the client can wait for the lock',
    'use p5.js for the sketch',
    'an ad blocker hides the banner',
    'make the field optional',
    'staging is down',
    'add a whenever hook',
    'FIXME: wrong for leap years',
  ])('none: %s', (text) => {
    expect(statedIn(text)).toBeNull();
  });

  test('comes with the words that state it', () => {
    expect(statedIn('please do it today, thanks')).toEqual({ priority: 'high', words: 'today' });
    expect(statedIn('Encrypt it before the 3.1 release')?.words).toBe('before the 3.1 release');
  });
});
