import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cued, doorOf } from '../../src/domain/cue/index.js';
import { needOf } from '../../src/domain/cue/needs.js';

describe('what a text must contain for a pattern to match', () => {
  test.each<[RegExp, ReturnType<typeof needOf>]>([
    [/\bnot yet\b/, { is: 'any', of: ['not yet'] }],
    [/Rename|MOVE/, { is: 'any', of: ['move', 'rename'] }],
    [/needs?/, { is: 'any', of: ['need'] }],
    [/(?:un)?tested/, { is: 'any', of: ['tested'] }],
    [
      /(?:left|kept) .{1,60} out/,
      {
        is: 'all',
        of: [
          { is: 'any', of: ['left ', 'kept '] },
          { is: 'any', of: [' out'] },
        ],
      },
    ],
    [/later(?! on)|(?<=so )far\b/, { is: 'any', of: ['far', 'later'] }],
    [/(?:ab){2,}/, { is: 'any', of: ['ab'] }],
    [/it['’]s/u, { is: 'any', of: ["it's", 'it\u0080s'] }],
    [/\?\s*$/, { is: 'any', of: ['?'] }],
    [/\w+(?:done)?/, null],
    [/done|\d+/, null],
    [/a/, null],
    [/(\w)\1/, null],
  ])('%s', (pattern, need) => {
    expect(needOf(pattern)).toEqual(need);
  });
});

/** Forms as rules write them. */
const PATTERNS: readonly RegExp[] = [
  /\b(?:not|never|n't)\s+(?:yet\s+)?(?:done|tested)\b/i,
  /^(?:and |but )*(?:leave|keep) (.{1,60}?) (?:until|till) (.{2,100})$/i,
  /\b(?:still|yet)\s+needs?\s+to\s+([\p{L}-]+)|\bhas\s+yet\s+to\b/iu,
  /(?:skip|park|sink)(?:s|ed)?/iu,
  /^[^:—,]{3,60}?(?::\s|\s—\s)/,
  /(?<![\w-])(?:P0|SEV-?[01])(?!\w)/,
  /(?:keine eile|não é urgente|не ?срочно)|急ぎ|😀?!/iu,
  /ok(?:ay)?[.!]{1,3}$/i,
  /x{2}y{0}z{1,}/,
];
const PIECES =
  "not|Never|n't| |yet|done|TESTED|leave|keep|until|still|needs|to|has|skip|\u212Aeep|\u017Fkip|par|k|s|:|—|P0|SEV-1|é|не|срочно|急ぎ|😀|!|ok|OKAY|.|x|y|z|\n|’".split(
    '|',
  );
const texts = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join('')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join(' ')),
  fc.string({ unit: 'binary' }),
);

test('a pattern with its cue answers as the pattern alone does, whatever is asked before', () => {
  const all = PATTERNS.map((pattern) => ({ pattern, cue: cued(pattern) }));
  fc.assert(
    fc.property(fc.array(texts, { minLength: 1, maxLength: 6 }), (some) => {
      for (const text of [...some, ...some]) {
        for (const { pattern, cue } of all) {
          expect(cue.test(text)).toBe(pattern.test(text));
          expect(cue.exec(text)).toEqual(pattern.exec(text));
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('a door is closed only where none of its patterns matches', () => {
  const all = PATTERNS.map((pattern) => cued(pattern));
  const door = doorOf(all);
  fc.assert(
    fc.property(texts, (text) => {
      const isMet = all.some((one) => one.test(text));
      expect(isMet && !door.isOpen(text)).toBe(false);
    }),
    { numRuns: 500 },
  );
  const late = doorOf([cued(/\bbarge of tar\b/), cued(/\braft of reed\b/)]);
  const asked = Array.from({ length: 40_000 }, (_, nth) => late.isOpen(`nothing afloat on day ${nth}`));
  expect(asked.at(-1)).toBe(false);
  expect(late.isOpen('a raft of reed')).toBe(true);
});

test('the same source with other flags is another pattern', () => {
  expect(cued(/later/i).test('LATER')).toBe(true);
  expect(cued(/later/).test('LATER')).toBe(false);
  expect(cued(/later/i)).toBe(cued(/later/i));
});

test('patterns that are met late are learned too', () => {
  const late = Array.from({ length: 40 }, (_, nth) => cued(new RegExp(`word${nth} of .* late`)));
  for (let round = 0; round < 400; round++) {
    late.forEach((one, nth) => {
      expect(one.test(`a word${nth} of some ${round} late`)).toBe(true);
      expect(one.test(`a word of some ${nth} late`)).toBe(false);
    });
  }
});

test('a megabyte is looked at by the pattern alone', () => {
  const text = 'not '.repeat(250_000);
  expect(cued(/\bnot quite\b/).test(text)).toBe(false);
  expect(cued(/\bnot quite\b/).test(`${text}not quite`)).toBe(true);
});
