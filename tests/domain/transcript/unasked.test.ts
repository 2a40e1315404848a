/** What is done upon a message that asks for nothing in known words. */
import { describe, expect, test } from '@jest/globals';
import { readAll, recordsOf, shown, talk, type Talk } from '../../support/builders.js';

const edit = (it: Talk): void => {
  it.tool('Edit', { file_path: '/work/shop/src/cart.ts', old_string: 'a', new_string: 'b' });
};
const told = async (...steps: readonly (string | ((it: Talk) => void))[]): Promise<readonly string[]> => {
  const it = talk();
  for (const step of steps) {
    if (typeof step === 'string') it.user(step);
    else step(it);
  }
  return shown(await readAll(it.lines));
};
const say =
  (text: string) =>
  (it: Talk): void =>
    void it.say(text);

describe('work that follows a message', () => {
  test.each([
    ['the importer chokes on tabs', 'chokes on tabs'],
    ['crontab.py with a --quiet', 'with a --quiet'],
    ['node 22 for image, ci alike', 'Node 22 for image'],
    ['Good morning! Might the totals come in euro as well?', 'totals come in euro'],
  ])('was asked for: %s', async (said, title) => {
    expect(await told(said, edit)).toEqual([expect.stringContaining(title)]);
  });

  test('is told at the line of the message', async () => {
    const it = talk();
    it.user('crontab.py with a --quiet');
    edit(it);
    const [record] = recordsOf(await readAll(it.lines));
    expect(Object.values(record?.sessions ?? {})).toEqual([1]);
    expect(record?.title?.value).toContain('--quiet');
  });

  test('is done when that is reported', async () => {
    expect(await told('crontab.py with a --quiet', edit, say('It has one now.'))).toEqual([
      'crontab.py with a --quiet: completed (reported)',
    ]);
  });

  test('is what was offered, where the message speaks of that', async () => {
    const offer = say('The page adds everything up on each visit. I could keep the totals in a table. Should I?');
    expect(await told('why is the revenue page so slow?', offer, 'a table sounds right to us', edit)).toEqual([
      expect.stringMatching(/totals in a table: in_progress/),
    ]);
  });

  test('amid a conversation is asked for by what is missing', async () => {
    const done = say('Done, the form has a coupon field.');
    const before = ['Please add a coupon field to the form.', edit, done] as const;
    expect(await told(...before, 'handy. wants a limit of one per order', edit)).toHaveLength(2);
    expect(await told(...before, 'I like the colour of the button', edit)).toHaveLength(1);
    expect(await told(...before, 'the code came from marketing, fyi, nothing else', edit)).toHaveLength(1);
  });

  test('upon `same here` is the work that was called done', async () => {
    const done = say('Done, large uploads go through.');
    expect(await told('Fix the uploads that stall.', edit, done, 'hm, 40 MB stalls the same way', edit)).toEqual([
      expect.stringMatching(/stall: in_progress/),
    ]);
  });
});

describe('nothing was asked for', () => {
  test.each([
    ['a question', 'why does the importer choke on tabs?'],
    ['a nudge', 'ok, keep going'],
    ['thanks', 'thanks, lovely morning'],
    ['an account of oneself', 'I walked through the importer with Mira yesterday'],
    ['a command', 'python importer.py'],
  ])('in %s', async (_, said) => {
    expect(await told(said, edit)).toEqual([]);
  });

  test('where nothing is done upon it', async () => {
    expect(await told('the importer chokes on tabs at the end', say('It does.'))).toEqual([]);
  });

  test('where a list says what is wanted', async () => {
    const list = (it: Talk): void => void it.todoWrite('Read tabs', 'Read quotes');
    expect(await told('importer and its odd characters at last', list, edit)).toEqual([
      'Read tabs: pending',
      'Read quotes: pending',
    ]);
  });

  test('while other work is under way', async () => {
    expect(await told('Please add a coupon field to the form.', edit, 'the field with a green border', edit)).toEqual([
      'Add a coupon field to the form: in_progress (begun)',
    ]);
  });
});
