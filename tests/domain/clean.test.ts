import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { clean, oneLine } from '../../src/domain/clean.js';

test.each([
  ['colours', '\u001b[1;31mFAIL\u001b[0m tests', 'FAIL tests'],
  ['a link', 'see \u001b]8;;https://x.example\u0007docs\u001b]8;;\u001b\\ now', 'see docs now'],
  ['a window title that never ends', '\u001b]0;title\nnext', '0;title\nnext'],
  ['eight-bit sequences', '\u009b31mred\u009b0m', 'red'],
  ['a charset switch', '\u001b(Bplain', 'plain'],
  ['controls', 'a\u0000b\u0007c\u007fd\u0085e\u0099f', 'abcd\nef'],
  ['what is white space', 'a\tb\nc', 'a\tb\nc'],
  ['line ends of other systems', 'a\r\nb\rc', 'a\nb\nc'],
  ['text that runs backwards', 'user\u202etxt.exe\u202c \u2066x\u2069\u200f', 'usertxt.exe x'],
  ['zero-width signs', 'pass\u200bword\ufeff \u2060x\u200c', 'password x'],
  ['hidden tags', 'ok\u{e0049}\u{e0067}\u{e006e}\u{e006f}\u{e0072}\u{e0065}', 'ok'],
  ['hidden variation selectors', 'ok\u{e0100}\u{e01ef}', 'ok'],
  ['lone surrogates', 'a\ud83d b\ude00', 'a b'],
  ['emoji that are joined', '👩‍💻 👨‍👩‍👧 ❤️‍🔥 👩🏽‍🚀', '👩‍💻 👨‍👩‍👧 ❤️‍🔥 👩🏽‍🚀'],
  ['a joiner that joins nothing', 'a\u200db 👩\u200d x', 'ab 👩 x'],
])('%s', (_, text, expected) => {
  expect(clean(text, 1_000)).toBe(expected);
});

test('a cut text ends in an ellipsis within its limit and never inside a character', () => {
  expect(clean('abcdef', 6)).toBe('abcdef');
  expect(clean('abcdef', 5)).toBe('abcd…');
  expect(clean('abc😀def', 5)).toBe('abc…');
  expect(clean('👩‍💻👩‍💻', 4)).toBe('👩…');
  expect(clean('abc', 1)).toBe('…');
  expect(clean('abc', 0)).toBe('');
});

test('on one line, white space is folded', () => {
  expect(oneLine('  a\n\n b\t c\u00a0 d ', 100)).toBe('a b c d');
  expect(oneLine('a b', 100)).toBe('a b');
  expect(oneLine('one\ntwo three', 8)).toBe('one two…');
});

const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        '\u001b[',
        '\u001b]',
        '\u001b',
        'm',
        '\u0007',
        '👩',
        '\u200d',
        '💻',
        '\ufe0f',
        '\ud83d',
        '\ude00',
        '\r',
        '\n',
        ' ',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

test('any text is bounded, well formed, and stays as it is the second time', () => {
  fc.assert(
    fc.property(anyText, fc.nat(40), (text, maxChars) => {
      for (const make of [clean, oneLine]) {
        const made = make(text, maxChars);
        expect(made.length).toBeLessThanOrEqual(maxChars);
        expect(made).not.toMatch(/\p{Cs}/u);
        expect(made).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        expect(make(made, maxChars)).toBe(made);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('fit text is returned as it is', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[\x20-\x7eäöü→“”\n\t😀]*$/u), (text) => {
      expect(clean(text, text.length)).toBe(text);
    }),
  );
});
