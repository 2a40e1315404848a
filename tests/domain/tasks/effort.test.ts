import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { effortOf } from '../../../src/domain/tasks/effort.js';
import { cpuMsOf } from '../../support/cpu.js';

const cases: readonly (readonly [effort: string, title: string, description?: string])[] = [
  ['low', 'Rename `fetchAll` to `listAll`'],
  ['low', 'Fix the typo in the login dialog'],
  ['low', 'Bump lodash to 4.17.21'],
  ['low', 'Remove the debug print in worker.py'],
  ['low', 'Raise the timeout of the upload client'],
  ['low', 'Delete the unused import in src/app.ts'],
  ['low', 'Set the default page size to 50'],
  ['low', 'Quick: hide the beta badge'],
  ['low', 'Change the tooltip of the save button'],
  ['low', 'Reword the error message for an empty cart'],
  ['low', 'Add a trivial null check'],
  ['high', 'Migrate the session store to Redis'],
  ['high', 'Rewrite the importer in Rust'],
  ['high', 'Redesign the settings page'],
  ['high', 'Refactor every controller to async handlers'],
  ['high', 'Convert 40 class components to hooks'],
  ['high', 'Implement offline mode across the app'],
  ['high', 'Replace moment in 23 modules'],
  ['high', 'Port the old CLI over to the new framework'],
  ['high', 'Build the billing dashboard'],
  ['high', 'Add tests for the parser', 'Covers:\n- numbers\n- strings\n- comments\n- nesting\n- errors\n- unicode'],
  ['low', 'Revoke the deploy key of the old runner'],
  ['low', 'Ask Noor which colour the banner gets'],
  ['low', 'Small: sort the imports'],
  ['low', 'Task 4: Set the flag'],
  ['medium', 'Keep at most 50 entries in the cache'],
  ['medium', 'Make the header collapse on small screens'],
  ['medium', 'Task 5: Implement the new flags'],
  ['medium', 'Write tests for the new flag'],
  ['medium', 'Keep recordings for 14 days'],
  ['medium', 'Poll the queue every 10 seconds'],
  ['medium', 'Add retries to the upload client'],
  ['medium', 'Fix the crash when the cart is empty'],
  ['medium', 'Investigate why the nightly job stops'],
  ['medium', 'Implement the retry button'],
  ['medium', 'Fix the typo in all pages of the wiki'],
  ['medium', 'Update the docs', 'One day we should migrate to another site. Or not.'.slice(0, 8)],
  ['medium', 'Handle 404 answers of the gateway'],
  ['medium', 'Wait 30 seconds before the second try'],
  ['medium', 'ログイン画面を直す'],
  ['medium', ''],
];

describe('effort', () => {
  test.each(cases.map(([effort, title, description]) => ({ effort, title, description })))(
    'is $effort: $title',
    (one) => {
      const { effort, title, description = null } = one;
      const { effort: found, reason } = effortOf(title, description, 0);
      expect([found, reason]).toEqual([effort, expect.any(String)]);
    },
  );

  test('grows with the files that are named, and is small for one', () => {
    expect(effortOf('Pin the version', null, 1)).toMatchObject({
      effort: 'low',
      reason: expect.stringContaining('one file'),
    });
    expect(effortOf('Add logging', null, 7)).toEqual({ effort: 'high', reason: '7 files' });
    expect(effortOf('Add logging', null, 3).effort).toBe('medium');
  });

  test('says which words it follows from', () => {
    expect(effortOf('Rename the flag', null, 0).reason).toBe('a small change ("rename"); one small thing ("flag")');
    expect(effortOf('Migrate all tables', null, 0).reason).toBe(
      'a large change ("migrate"); much of the system ("all tables")',
    );
    expect(effortOf('Answer Femi about the lunch', null, 0).reason).toContain('a plain step');
    expect(effortOf('Look into it', null, 0).reason).toBe('nothing says how much work it is');
  });

  test('reads any text, and long ones at once', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        fc.nat(9),
        (title, description, files) => {
          expect(['low', 'medium', 'high']).toContain(effortOf(title, description, files).effort);
        },
      ),
    );
    const spent = cpuMsOf(() => {
      for (const piece of ['a ', '- ', '1 ', 'all ', '((((', 'port the '])
        effortOf(piece.repeat(400_000), piece.repeat(400_000), 0);
    });
    expect(spent).toBeLessThan(500);
  });
});
