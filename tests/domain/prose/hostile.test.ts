import { expect, test } from '@jest/globals';
import { readMessage } from '../../../src/domain/prose/blocks.js';
import { languageOf } from '../../../src/domain/prose/language.js';
import { clausesOf } from '../../../src/domain/prose/clauses.js';
import { sentencesOf } from '../../../src/domain/prose/sentences.js';
import { statedIn } from '../../../src/domain/prose/stated.js';
import { titleOf } from '../../../src/domain/prose/title.js';
import { stem, stemsOf } from '../../../src/domain/prose/words.js';
import { cpuMsOf } from '../../support/cpu.js';

const LENGTH = 1_000_000;

test.each([
  'TODO: (((((',
  'a ',
  '*a ',
  '_a_ ',
  '`` `',
  '[a](',
  '<!-- ',
  '<system-reminder>',
  '- ',
  '> ',
  '| ',
  'add x and ',
  'at f ',
  '. ',
  '; add x',
  'needs to be ',
  'when you have a ',
  'before the ',
  '1. ',
  '\\',
  '\ud83d',
  '"',
  'a: ',
  '=',
  'é',
])('a megabyte of %j is read in time', (piece) => {
  const text = piece.repeat(Math.ceil(LENGTH / piece.length));
  const spent = cpuMsOf(() => {
    const { blocks } = readMessage(text);
    for (const { text: said } of blocks.slice(0, 200)) for (const sentence of sentencesOf(said)) clausesOf(sentence);
    sentencesOf(text);
    clausesOf(text);
    titleOf(text);
    statedIn(text);
    languageOf(text);
    stem(text);
    stemsOf(text.slice(0, 50_000));
  });
  expect(spent).toBeLessThan(1_500);
});

test('any string at all is read', () => {
  let seed = 11;
  const next = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const signs = [
    ...'ab AZ\n\t-*_`>#|[]().:;!?0159"\'<>/é漢かж🚀',
    '\ud800',
    '- [ ] ',
    '**',
    '```',
    ' and add ',
    ' needs to be ',
    '2026-01-01 10:00:00 ',
  ];
  for (let round = 0; round < 400; round++) {
    const text = Array.from({ length: next(120) }, () => signs[next(signs.length)] ?? '').join('');
    const { blocks, language } = readMessage(text);
    expect(language).toMatch(/^[a-z]{2,3}$/);
    for (const block of blocks) {
      expect(block.text).not.toMatch(/\n/);
      for (const sentence of sentencesOf(block.text))
        for (const clause of clausesOf(sentence)) expect(titleOf(clause).length).toBeLessThanOrEqual(80);
    }
  }
});
