import { expect, test } from '@jest/globals';
import { wordsWaitedFor } from '../../../src/domain/tasks/index.js';

test.each([
  ['waits for sign-off from legal', ['approval', 'approved', 'signoff', 'sign', 'off', 'legal']],
  ['needs the approval of the auditors', ['approval', 'signoff', 'sign', 'off', 'auditors']],
  ['waiting on the code-review', ['code', 'review', 'reviewer']],
  ['Zugänge fehlen', ['zugänge', 'fehlen']],
])('%s is found by each of its words and by those that mean the same', (text, words) => {
  expect(wordsWaitedFor(text)).toEqual(expect.arrayContaining(words));
});

test('a word that is part of a hyphenated one does not stand for it', () => {
  expect(wordsWaitedFor('the sign in page')).not.toContain('approval');
});
