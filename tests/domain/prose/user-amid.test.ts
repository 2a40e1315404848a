import { describe, expect, it } from '@jest/globals';
import { readMessage, userActs } from '../../../src/domain/prose/index.js';

const answered = (text: string, numbers: readonly number[] = [], isAsking = numbers.length > 0): readonly string[] =>
  (userActs(readMessage(text), { isAsking, numbers, topics: ['The tram map is cached now.'] }) ?? [])
    .filter(({ is }) => is !== 'failure')
    .map((act) =>
      act.is === 'pick'
        ? `${String(act.numbers)}: ${act.verdict}`
        : 'about' in act
          ? `${act.is}: ${act.about ?? ''}`
          : 'title' in act
            ? `${act.is}: ${act.title}`
            : act.is,
    );

describe('choosing by number', () => {
  it.each<[string, readonly string[]]>([
    ['2', ['2: do']],
    ['1, 3 and 4, thanks', ['1,3,4: do']],
    ['1 and 4 are obvious, go ahead. 2 would only help if we had a cluster, 3 stays.', ['1,4: do', '2: no', '3: no']],
    ['2 yes, 3 no, 4 yes', ['2: do', '3: no', '4: do']],
    ['skip 3, do the rest', ['3: no', 'rest: do']],
    ['Not 1, but the others please.', ['1: no', 'rest: do']],
    ['4 can wait, the first two please', ['4: later', '1,2: do']],
    ['everything except 2', ['1,3,4: do']],
    ['2, 3 and the ferry page', ['2,3: do', 'accept: ferry page']],
    ['everything except the ferry page', ['decline: ferry page', 'all: do']],
    ['Take 1; 2 is handled by Odile; 4 next week', ['1: do', '2: no', '4: later']],
    ['yes to 1, no to 3, 4 later', ['1: do', '3: no', '4: later']],
    ['Two and four please', ['2,4: do']],
    ['number 3 is intentional, we need it that way', ['3: no']],
    ['1 and 2, and also rename the ramp', ['1,2: do', 'ask: Rename the ramp']],
  ])('%s', (text, acts) => {
    expect(answered(text, [1, 2, 3, 4])).toEqual(acts);
  });

  it.each(['set the limit to 2', 'what do you mean by 3?', '3 tests fail on the server', 'use 2 spaces'])(
    'chooses nothing: %s',
    (text) => {
      expect(answered(text, [1, 2, 3, 4]).filter((act) => /^\d/.test(act))).toEqual([]);
    },
  );
});

describe('found amiss', () => {
  it.each([
    'still not ok',
    'just tried it, still lands in Oslo',
    "hm, doesn't work for me",
    'nope, same as before',
    'I rebooted the box and it is exactly the same as before.',
    'not quite there yet',
    'it works on my laptop but not on the kiosk',
    "it worked this morning, but now it's empty again",
    'checked on the kiosk: no difference',
    "that's not what I meant",
    'that made it worse',
    "I don't see any change",
  ])('%s', (text) => {
    expect(answered(text)).toEqual(['broken: ']);
  });

  it.each([
    ["The ferry page isn't right yet.", 'ferry page'],
    ['there are still problems with the ferry page', 'ferry page'],
    ['reopen the ferry page, it fails on Firefox', 'ferry page'],
    ['that fixed the timetable, but not the ferry page', 'ferry page'],
    ['the ferry page is gone again', 'ferry page'],
  ])('%s', (text, about) => {
    expect(answered(text)).toEqual([`broken: ${about}`]);
  });

  it.each(['still works, thanks', 'I still need the ferry page', "that's fine", 'no problem', 'is it still red?'])(
    'is not: %s',
    (text) => {
      expect(answered(text).filter((act) => act.startsWith('broken'))).toEqual([]);
    },
  );
});

describe('done by somebody, whatever it is', () => {
  it.each([
    ["I've archived the ferry logs.", 'archive ferry logs'],
    ['ok did the ferry page just now', 'ferry page'],
    ['the ferry page can be ticked off, Odile finished that', 'ferry page'],
    ['you can tick off the ferry page', 'ferry page'],
    ['Never mind the ferry page, Odile has done it', 'ferry page'],
    ['our admin widened the pool an hour ago', 'widen pool'],
    ['the tags have been pinned by ops', 'pin the tags'],
    ['no need, Odile filled them in while you were busy', ''],
    ['did it by hand, all fine', ''],
    ['done', ''],
  ])('%s', (text, about) => {
    expect(answered(text)).toEqual([`done: ${about}`]);
  });

  it.each([
    'I noticed the gap in the ferry logs',
    'I changed my mind',
    'the ferry page is hidden now',
    'I archived the ferry logs and now it crashes',
    'Odile will have archived it by then',
  ])('is not: %s', (text) => {
    expect(answered(text).filter((act) => act.startsWith('done: archive') || act === 'done: ')).toEqual([]);
  });

  it('hands on what a ticket was opened for', () => {
    expect(answered("I opened a ticket for the ferry account, they'll get to it")).toEqual([
      'elsewhere: ferry account',
    ]);
  });
});

describe('taken back, put off or kept', () => {
  it.each<[string, string]>([
    ["I've changed my mind, leave everything as it is.", 'cancel: '],
    ["on second thought, we don't need it", 'cancel: '],
    ["let's leave the ferry page as it is", 'cancel: ferry page'],
    ["you don't have to cache the ferry page after all", 'cancel: cache the ferry page'],
    ['ok, then without the ferry page', 'cancel: ferry page'],
    ['we can drop the ferry page from the list', 'cancel: ferry page'],
    ['the ferry page has to wait for the harbour office', 'hold: ferry page'],
    ['the ferry page is blocked until we have the keys', 'hold: ferry page'],
    ['note to self: renew the ferry domain', 'promise: Renew the ferry domain'],
  ])('%s', (text, act) => {
    expect(answered(text)).toEqual([act]);
  });

  it.each(["don't touch the ferry page", "don't deploy the ferry page yet", 'the old ferry column can be dropped'])(
    'takes nothing back: %s',
    (text) => {
      expect(answered(text).filter((act) => act.startsWith('cancel'))).toEqual([]);
    },
  );
});
