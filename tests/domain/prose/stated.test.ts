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
    ['critical', 'rows are getting deleted from the live database'],
    ['critical', 'parcels: bookings get lost since noon'],
    ['critical', 'login is down for all tenants'],
    ['critical', 'production is standing still'],
    ['critical', 'the pager is going nuts'],
    ['critical', 'a cron job wiped the users table on prod'],
    ['high', 'must be in before midnight'],
    ['high', 'has to be solved before we ship the first batch'],
    ['high', 'it needs to be ready for the demo'],
    ['high', "a limit before friday's release"],
    ['high', 'anybody can read anything in there'],
    ['high', 'tokens are stored in plain text'],
    ['high', "without that we can't release"],
    ['high', "that one's top of the list"],
    ['medium', 'mid priority'],
    ['medium', 'prio 2'],
    ['low', 'if you ever get round to it'],
    ['low', 'at the bottom of my list'],
    ['low', 'this is polish'],
    ['low', 'no deadline on that'],
    ['low', 'it does not matter much'],
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
    'set priority 2 on the proxy rule',
    'the queue for lost messages is purged on startup',
    'show the deadline in the list',
    'add a test for when the store is down',
    'add a wish list page',
    'a light that goes off at midnight',
  ])('none: %s', (text) => {
    expect(statedIn(text)).toBeNull();
  });

  test('comes with the words that state it', () => {
    expect(statedIn('please do it today, thanks')).toEqual({ priority: 'high', words: 'today' });
    expect(statedIn('Encrypt it before the 3.1 release')?.words).toBe('before the 3.1 release');
  });
});
