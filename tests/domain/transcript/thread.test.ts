/** What a conversation comes to when nobody keeps a list: one story a row. */
import { describe, expect, test } from '@jest/globals';
import { readAll, recordsOf, seen, shown, talk, type Talk } from '../../support/builders.js';
import { standingOf } from '../../../src/domain/tasks/index.js';

const edit = (it: Talk, path = '/work/shop/src/cart.ts'): string =>
  it.tool('Edit', { file_path: path, old_string: 'a', new_string: 'b' });
const write = (it: Talk, content: string, path = '/work/shop/src/new.ts'): string =>
  it.tool('Write', { file_path: path, content });

const stories: readonly (readonly [name: string, tell: (it: Talk) => void, shown: readonly string[]])[] = [
  [
    'a request that nobody has looked at yet',
    (it) => it.user('Please add a coupon field to the checkout form.'),
    ['Add a coupon field to the checkout form: pending'],
  ],
  [
    'work that has begun',
    (it) => {
      it.user('Please add a coupon field to the checkout form.');
      edit(it);
    },
    ['Add a coupon field to the checkout form: in_progress (begun)'],
  ],
  [
    'work that is reported done',
    (it) => {
      it.user('Please add a coupon field to the checkout form.');
      edit(it);
      it.say('The checkout form has a coupon field now.');
    },
    ['Add a coupon field to the checkout form: completed (reported)'],
  ],
  [
    'tests back the report',
    (it) => {
      it.user('Please add a coupon field to the checkout form.');
      edit(it);
      it.tool('Bash', { command: 'npm test' }, { content: 'Tests: 12 passed, 12 total' });
      it.say('The checkout form has a coupon field now.');
    },
    ['Add a coupon field to the checkout form: completed (tests-pass)'],
  ],
  [
    'a pull request backs the report, and says more than its commits',
    (it) => {
      it.user('Please add a coupon field to the checkout form.');
      edit(it);
      it.tool('Bash', { command: 'gh pr create --fill' });
      it.add({ type: 'pr-link', prNumber: 7, prUrl: 'https://example.com/pull/7' });
      it.tool('Bash', { command: 'git commit -am "Explain the field"' });
      it.say('The checkout form has a coupon field now.');
    },
    ['Add a coupon field to the checkout form: completed (pull-request)'],
  ],
  [
    'the pull request of other work is no proof',
    (it) => {
      it.user('Please add a coupon field to the checkout form.');
      it.add({ type: 'pr-link', prNumber: 7, prUrl: 'https://example.com/pull/7' });
      edit(it);
      it.say('The checkout form has a coupon field now.');
    },
    ['Add a coupon field to the checkout form: completed (reported)'],
  ],
  [
    'a refused call does nothing, and says what is waited for',
    (it) => {
      it.user('Deploy the shop to production.');
      const id = it.call('Bash', { command: './deploy.sh production' });
      it.result(id, {
        isError: true,
        content:
          "The user doesn't want to proceed with this tool use. The tool use was rejected. To tell you how to proceed, the user said:\nwait until Noor has signed off",
      });
      it.say('Nothing was deployed.');
    },
    ['Deploy the shop to production: blocked (Noor has signed off)'],
  ],
  [
    'what the settings forbid waits for whoever may change them',
    (it) => {
      it.user('Delete the orphaned volumes of the shop.');
      const id = it.call('Bash', { command: 'kubectl -n shop delete pvc -l orphaned=true' });
      it.result(id, {
        isError: true,
        content: 'Permission to use Bash with command kubectl -n shop delete pvc -l orphaned=true has been denied.',
      });
      it.say('All eleven are still there.');
    },
    ['Delete the orphaned volumes of the shop: blocked (refused)'],
  ],
  [
    'what the settings forbid is done in another way',
    (it) => {
      it.user('Delete the orphaned volumes of the shop.');
      const id = it.call('Bash', { command: 'kubectl -n shop delete pvc -l orphaned=true' });
      it.result(id, {
        isError: true,
        content: 'Permission to use Bash with command kubectl -n shop delete pvc -l orphaned=true has been denied.',
      });
      it.say('kubectl is out.');
      it.tool('Bash', { command: './tools/prune-volumes shop' });
      it.say('The orphaned volumes are deleted, by the script.');
    },
    ['Delete the orphaned volumes of the shop: completed (reported)'],
  ],
  [
    'a report that goes through what was asked for part by part',
    (it) => {
      it.user('Please store the gift note for the way back. And disable the Pay button until the address is there.');
      edit(it);
      it.say(
        "**Gift note:** survives a trip back now.\n**Pay button:** no luck, I'm afraid. I can't go on without a new contract.",
      );
    },
    [
      'Store the gift note for the way back: completed (reported)',
      'Disable the Pay button until the address is there: blocked (stuck)',
    ],
  ],
  [
    'a report after which the user stopped the work was none',
    (it) => {
      it.user('Please add a coupon field to the checkout form.');
      edit(it);
      it.say('Their names come from a table; it is in the settings.');
      it.user([{ type: 'text', text: '[Request interrupted by user]' }]);
    },
    ['Add a coupon field to the checkout form: in_progress (interrupted)'],
  ],
  [
    'an interruption before anything was done',
    (it) => {
      it.user('Deploy the shop to production.');
      it.user([{ type: 'text', text: '[Request interrupted by user]' }]);
    },
    ['Deploy the shop to production: pending (interrupted)'],
  ],
  [
    'two requests, one taken back',
    (it) => {
      it.user('Add a dark theme and remove the carousel.');
      edit(it);
      it.say('The carousel is removed. Next is the theme.');
      it.user('forget the theme');
    },
    ['Add a dark theme: cancelled (user-said)', 'Remove the carousel: completed (reported)'],
  ],
  [
    'an offer that is accepted',
    (it) => {
      it.user('why is the search slow?');
      it.say('It scans the table. I could add an index on the title column. Shall I?');
      it.user('yes please');
      edit(it);
      it.say('There is an index on the title column now.');
    },
    ['Add an index on the title column: completed (reported)'],
  ],
  [
    'an offer that nobody takes up',
    (it) => {
      it.user('why is the search slow?');
      it.say('It scans the table. I could add an index on the title column. Shall I?');
      it.user('no, I just wanted to know');
    },
    [],
  ],
  [
    'work that the last report leaves',
    (it) => {
      it.user('Add a coupon field to the checkout form.');
      edit(it);
      it.say('The checkout form has a coupon field now. I have not tested it with expired coupons yet.');
    },
    [
      'Add a coupon field to the checkout form: completed (reported)',
      'Test the checkout form with expired coupons: pending',
    ],
  ],
  [
    'what an amid-work report leaves is narration, if work goes on',
    (it) => {
      it.user('Add a coupon field to the checkout form.');
      edit(it);
      it.say('The field is there. Still to do: the validation.');
      edit(it);
      it.say('The coupon field is in the checkout form, with its validation.');
    },
    ['Add a coupon field to the checkout form: completed (reported)'],
  ],
  [
    'not fixed after all, and then it is',
    (it) => {
      it.user('The cart loses its items on reload, please fix that.');
      edit(it);
      it.say('Fixed: the cart keeps its items on reload.');
      it.user('no, it still loses them');
      edit(it);
      it.say('There was a second place. The cart keeps its items on reload now.');
    },
    ['Fix the cart that loses its items on reload: completed (reported)'],
  ],
  [
    'a comment that an edit adds, and one that was there',
    (it) => {
      it.user('Round the prices.');
      it.tool('Edit', {
        file_path: '/work/shop/src/price.ts',
        old_string: '// TODO: use cents\nreturn price;',
        new_string: '// TODO: use cents\n// TODO: read the currency from the shop\nreturn round(price);',
      });
      it.say('Prices are rounded.');
    },
    ['Round the prices: completed (reported)', 'Read the currency from the shop: pending'],
  ],
  [
    'a comment that a later edit removes',
    (it) => {
      write(it, '// TODO: read the currency from the shop\nexport const CURRENCY = 1;\n');
      it.tool('Edit', {
        file_path: '/work/shop/src/new.ts',
        old_string: '// TODO: read the currency from the shop\nexport const CURRENCY = 1;',
        new_string: 'export const CURRENCY = shop.currency;',
      });
    },
    ['Read the currency from the shop: completed (marker-removed)'],
  ],
  [
    'an edit that failed put nothing into the code',
    (it) => {
      const id = it.call('Edit', {
        file_path: '/work/shop/src/price.ts',
        old_string: 'x',
        new_string: '// TODO: read the currency from the shop\nx',
      });
      it.result(id, {
        isError: true,
        content: '<tool_use_error>String to replace not found in file.</tool_use_error>',
      });
    },
    [],
  ],
  [
    'a list takes the place of what asked for it',
    (it) => {
      it.user('Build a newsletter signup for the shop.');
      it.todoWrite(['Add the newsletter form to the footer', 'in_progress'], 'Store newsletter addresses');
      edit(it);
    },
    ['Add the newsletter form to the footer: in_progress', 'Store newsletter addresses: pending'],
  ],
  [
    'numbers of the list that asked',
    (it) => {
      it.user('1) round the prices\n2) deploy the shop to production\n3) rename the cart table');
      edit(it);
      it.say('1 and 3 are done. 2 is stuck: I have no access to the production cluster.');
    },
    [
      'Round the prices: completed (reported)',
      'Deploy the shop to production: blocked (stuck)',
      'Rename the cart table: completed (reported)',
    ],
  ],
  [
    'a promise for later attaches to what it is about',
    (it) => {
      it.user('Add an index on the title column.');
      edit(it);
      it.say('The index is in the migration. You will need to run the migration on the production database.');
      it.user("I'll run the migration on the production database on friday");
    },
    ['Add an index on the title column: completed (reported)', 'Run the migration on the production database: pending'],
  ],
];

describe('a conversation without a list', () => {
  test.each(stories)('%s', async (_, tell, expected) => {
    const it = talk();
    tell(it);
    expect(shown(await readAll(it.lines))).toEqual(expected);
  });

  test('an item of a list keeps the sentence that asked for it as evidence', async () => {
    const it = talk();
    it.user('Store newsletter addresses in Redis, and add the form to the footer.');
    it.todoWrite('Store newsletter addresses in Redis', 'Add the form to the footer');
    edit(it);
    const records = recordsOf(await readAll(it.lines));
    expect(records.map(({ source, mentions }) => [source, mentions?.[0]?.quote])).toEqual([
      ['structured', 'Store newsletter addresses in Redis, and add the form to the footer.'],
      ['structured', 'Store newsletter addresses in Redis, and add the form to the footer.'],
    ]);
  });

  test('a report while tests fail says so', async () => {
    const it = talk();
    it.user('Add a coupon field to the checkout form.');
    edit(it);
    it.tool('Bash', { command: 'npm test' }, { isError: true, content: 'Exit code 1\nTests: 2 failed, 10 passed' });
    it.say('Done! The checkout form has a coupon field now.');
    expect(seen(await readAll(it.lines))).toMatchObject([{ status: 'completed', why: 'tests-fail' }]);
  });

  test('every change says when and where', async () => {
    const it = talk();
    it.user('Add a coupon field to the checkout form.');
    edit(it);
    it.say('The checkout form has a coupon field now.');
    const [record] = recordsOf(await readAll(it.lines));
    expect(record?.events.map(({ status, refs }) => [status, refs['session-a']])).toEqual([
      ['pending', 1],
      ['in_progress', 2],
      ['completed', 4],
    ]);
    expect(record === undefined ? null : standingOf(record).status).toBe('completed');
  });
});
