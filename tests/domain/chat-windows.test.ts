import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { layWindow, type Placed } from '../../src/domain/windows.js';

/** `ok` is a text, `#1` a tool call with that id; `ok@5` was said at 5. */
function said(words: string, gotAt = 0): Placed[] {
  return words
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => {
      const [key = '', at] = word.split('@');
      return { key, at: at === undefined ? null : Number(at), gotAt, isUnique: key.startsWith('#') };
    });
}

const shown = (messages: readonly Placed[]): string =>
  messages.map(({ key, at }) => (at === null ? key : `${key}@${at}`)).join(' ');

/** What is known after these stretches, each handed over later than the one before. */
const after = (...stretches: readonly string[]): string =>
  shown(stretches.reduce<readonly Placed[]>((known, words, n) => layWindow(known, said(words, n)), []));

describe('a stretch of a conversation', () => {
  test.each([
    ['the whole each time', ['a', 'a b', 'a b ok c ok'], 'a b ok c ok'],
    ['only what is new', ['a b', 'c', 'd ok', 'e'], 'a b c d ok e'],
    ['windows that overlap', ['a b c', 'b c d', 'd e'], 'a b c d e'],
    ['the same again', ['a ok b', 'a ok b', 'ok', 'ok b'], 'a ok b'],
    ['equal texts, the whole each time', ['ok', 'ok ok', 'ok ok ok'], 'ok ok ok'],
    ['equal texts in windows that show both', ['ok a', 'ok a ok', 'a ok b'], 'ok a ok b'],
    ['a text that is said again after a call', ['ok #1', '#1 ok b'], 'ok #1 ok b'],
    ['a text that is said again at another time', ['ok@1 a@2', 'ok@3 b@4'], 'ok@1 a@2 ok@3 b@4'],
    ['what came before, shown later', ['c d', 'a b c d e'], 'a b c d e'],
    ['what came before, up to what is known', ['c d', 'a b c d'], 'a b c d'],
    ['a gap that is filled later', ['a b', '#5 f', 'a b c #5 f g'], 'a b c #5 f g'],
    ['a gap that is filled from inside', ['#1 #2 #3', '#5 #6', '#2 #3 #4 #5'], '#1 #2 #3 #4 #5 #6'],
    ['new words that end in the first one', ['ok a', 'b ok'], 'ok a b'],
    ['times where there were none', ['a ok', 'a@1 ok@2 b@3'], 'a@1 ok@2 b@3'],
    ['times for what has none', ['a ok', 'a@1 ok@2'], 'a@1 ok@2'],
    ['no times where there were some', ['a@1 ok@2', 'a ok b'], 'a@1 ok@2 b'],
  ] as const)('is laid where it belongs: %s', (_, stretches, expected) => {
    expect(after(...stretches)).toBe(expected);
  });

  test('that repeats a text by itself is the same message, until a time or its surroundings say otherwise', () => {
    expect(after('a ok', 'ok', 'b ok')).toBe('a ok b');
    expect(after('a ok', 'ok', 'a ok ok b')).toBe('a ok ok b');
    expect(after('a@1 ok@2', 'ok@3')).toBe('a@1 ok@2 ok@3');
  });

  test('that overtook an earlier one comes after it all the same', () => {
    const [early, late] = [said('a b', 1), said('c d', 2)];
    expect(shown(layWindow(layWindow([], late), early))).toBe('a b c d');
  });

  test('that adds nothing leaves what is known as it is', () => {
    const known = said('a ok b');
    for (const words of ['a ok b', 'ok', 'ok b']) expect(layWindow(known, said(words, 9))).toBe(known);
  });
});

/** A conversation and stretches of it: `[from, to)`. */
const conversation = (word: fc.Arbitrary<string>) =>
  fc
    .array(word, { minLength: 1, maxLength: 12 })
    .map((words) => words.map((key, n) => ({ key: key === '#' ? `#${n}` : key, at: n, isUnique: key === '#' })));

const stretches = fc.array(fc.tuple(fc.nat(12), fc.nat(12)), { minLength: 1, maxLength: 8 });

const untimed = (whole: readonly Omit<Placed, 'gotAt'>[], gotAt: number): Placed[] =>
  whole.map((message) => ({ ...message, at: null, gotAt }));

/** Each reaches as far as the one before, or further, and begins where that one ended at the latest. */
function growing<Message>(whole: readonly Message[], cuts: readonly (readonly [number, number])[]): Message[][] {
  let end = 0;
  const windows = cuts.map(([back, more]) => {
    const from = Math.max(0, end - back);
    end = Math.min(whole.length, end + more);
    return whole.slice(from, end);
  });
  return [...windows, whole.slice(Math.max(0, end - 1))].filter((window) => window.length > 0);
}

const countOf = (messages: readonly Placed[], key: string): number =>
  messages.filter((message) => message.key === key).length;

describe('whatever the stretches of a growing conversation', () => {
  const words = fc.constantFrom('ok', 'go on', '#', '#');

  test('the whole is known exactly where messages have times', () =>
    fc.assert(
      fc.property(conversation(words), stretches, (whole, cuts) => {
        let known: readonly Placed[] = [];
        growing(whole, cuts).forEach((window, gotAt) => {
          for (let times = 0; times < 2; times++)
            known = layWindow(
              known,
              window.map((one) => ({ ...one, gotAt })),
            );
        });
        expect(shown(known)).toBe(shown(whole.map((one) => ({ ...one, gotAt: 0 }))));
      }),
    ));

  test('without times calls of tools are known once and in order, and no text more often than it was said', () =>
    fc.assert(
      fc.property(conversation(words), stretches, (whole, cuts) => {
        let known: readonly Placed[] = [];
        growing(untimed(whole, 0), cuts).forEach((window, gotAt) => {
          for (let times = 0; times < 2; times++)
            known = layWindow(
              known,
              window.map((one) => ({ ...one, gotAt })),
            );
        });
        const calls = (messages: readonly { key: string }[]): string[] =>
          messages.flatMap(({ key }) => (key.startsWith('#') ? [key] : []));
        expect(calls(known)).toEqual(calls(whole));
        const truth = untimed(whole, 0);
        for (const { key } of truth) expect(countOf(known, key)).toBeLessThanOrEqual(countOf(truth, key));
        expect(shown(layWindow(known, untimed(whole, 99)))).toBe(shown(truth));
      }),
      { numRuns: 500 },
    ));
});

test('in any order of stretches calls of tools are known once, and the whole puts them in order', () =>
  fc.assert(
    fc.property(conversation(fc.constantFrom('ok', '#')), stretches, (whole, places) => {
      const truth = untimed(whole, 0);
      let known: readonly Placed[] = [];
      places.forEach(([from, length], gotAt) => {
        const window = untimed(whole, gotAt).slice(from, from + length);
        if (window.length > 0) known = layWindow(known, window);
      });
      for (const { key, isUnique } of truth) if (isUnique) expect(countOf(known, key)).toBeLessThanOrEqual(1);
      known = layWindow(known, untimed(whole, 99));
      const calls = known.filter(({ isUnique }) => isUnique);
      expect(shown(calls)).toBe(shown(truth.filter(({ isUnique }) => isUnique)));
      expect(layWindow(known, untimed(whole, 100))).toBe(known);
    }),
    { numRuns: 500 },
  ));
