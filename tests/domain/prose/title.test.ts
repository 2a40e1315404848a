import { describe, expect, test } from '@jest/globals';
import { GERUND_OPENING, INTERJECTION, MANNERLY, OPENINGS, PLACE } from '../../../src/domain/prose/manners.js';
import { titleOf } from '../../../src/domain/prose/title.js';

describe('a title', () => {
  test.each([
    ['please add a flag, thanks', 'Add a flag'],
    ['ok, could you also drop the shim now?', 'Drop the shim'],
    ["I'd like you to rename the field please", 'Rename the field'],
    ["let's bump the version while we are at it", 'Bump the version'],
    ["you'll need to export CACHE_DIR on the build host", 'Export CACHE_DIR on the build host'],
    ['For this to work you will have to restart the broker', 'Restart the broker'],
    ['would you mind adding a cache to the parser?', 'Add a cache to the parser'],
    ['the retry policy needs to be changed to back off', 'Change the retry policy to back off'],
    ['That form still has to be filled in.', 'Fill in that form'],
    ['removing the shim is left for a later PR', 'Remove the shim'],
    ['the manual needs updating', 'Update the manual'],
    ['I have not tested the restore on a real disk', 'Test the restore on a real disk'],
    ['The importer is not implemented yet', 'Implement the importer'],
    ['The progress bar is still missing', 'Add the progress bar'],
    ['the limit has to follow the plan', 'Make the limit follow the plan'],
    ['we need a quarantine bucket for bad rows', 'Add a quarantine bucket for bad rows'],
    ['on the billing page, please show the plan', 'Show the plan on the billing page'],
    ['no hurry, some day: sort the imports', 'Sort the imports'],
    ['Next steps: compare both models', 'Compare both models'],
    ['- [ ] **Strip** the `debug` keys (high)', 'Strip the debug keys'],
    ['TODO(ana): check the units', 'Check the units'],
    ['useCart.ts: drop the cache', 'useCart.ts: drop the cache'],
    ['first column should be frozen', 'Freeze first column'],
    ['we must not change the schema', 'We must not change the schema'],
    ['retry until it succeeds', 'Retry until it succeeds'],
    ['rename __init__.py', 'Rename __init__.py'],
    ['German labels', 'German labels'],
    ['fix the leak (see', 'Fix the leak'],
  ])('%j is %j', (words, title) => {
    expect(titleOf(words)).toBe(title);
  });

  test('has 80 characters at most and ends at a word', () => {
    const title = titleOf(`add ${'another very long word '.repeat(20)}`);
    expect(title.length).toBeLessThanOrEqual(80);
    expect(title).toMatch(/ (?:another|very|long|word)…$/);
  });

  test.each([
    'Bitte die Tabelle sortieren und nicht umbenennen',
    'Удали старый файл, пожалуйста',
    '古いファイルを削除してください',
  ])('in another language is left as it is: %s', (words) => {
    expect(titleOf(`  ${words} `)).toBe(words);
  });
});

test('what none of the words of manners begins, none of its forms does', () => {
  const forms = [INTERJECTION, ...OPENINGS, GERUND_OPENING, PLACE];
  const words = new Set(forms.flatMap(({ source }) => source.match(/[a-z'-]+/g) ?? []));
  for (const word of words) {
    for (const more of ['', 's', 'ly', 'ups', '-ups', ' to', ' the', ' you need to', 's:', ' (x):', ',']) {
      const text = `${word}${more} add the log`;
      if (forms.some((form) => form.test(text))) expect(text).toMatch(MANNERLY);
    }
  }
});
