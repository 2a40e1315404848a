import { describe, expect, test } from '@jest/globals';
import { lookOf } from '../../../src/domain/ids.js';
import { cpuMsOf } from '../../support/cpu.js';

describe('look alike', () => {
  test.each([
    ['Fix the login timeout', 'fix login timeout'],
    ['Fix the login timeout', 'Please fix the login timeout'],
    ['Fix the login timeout', 'Resolve the login timeout.'],
    ['Add retries to the upload client', 'Implement retries for the upload client'],
    ['Add tests for the parser', 'Write parser tests'],
    ['Tests for the parser', 'Write tests for the parser'],
    ['Update the docs', 'Updating the documentation'],
    ['Back up the db', 'Back up the database'],
    ['Add a rate limiter', 'Create rate limiter'],
    ['Rotate the signing keys', 'Rotate the signing key'],
    ['Migrate users from MySQL to Postgres', 'Migrate the users from MySQL to Postgres'],
    ['Remove the legacy flag', 'remove legacy flags'],
    ['Add `retry` to upload.ts', 'Add retry to upload.ts'],
    ['Add an index on orders', 'Build index on the orders'],
  ])('%s / %s', (a, b) => {
    expect(lookOf(a)).toBe(lookOf(b));
  });
});

describe('do not look alike', () => {
  test.each([
    ['Fix the login timeout', 'Fix the logout timeout'],
    ['Fix the login timeout', 'Add a login timeout'],
    ['Fix the login timeout', 'Test the login timeout'],
    ['Fix the login timeout', 'Document the login timeout'],
    ['Fix the importer', 'Fix the imports'],
    ['Fix the router', 'Fix the route'],
    ['Fix the author page', 'Fix the auth page'],
    ['Fix the connector', 'Fix the connection'],
    ['Add retries to the upload client', 'Add retries to the download client'],
    ['Add retries to the upload client', 'Add retries to the upload worker'],
    ['Convert PNG to SVG', 'Convert SVG to PNG'],
    ['Move users from staging to production', 'Move users from production to staging'],
    ['Rename a to b', 'Rename b to a'],
    ['Cache errors', 'Do not cache errors'],
    ['Retry with a token', 'Retry without a token'],
    ['Turn logging on', 'Turn logging off'],
    ['Enable the cache', 'Disable the cache'],
    ['Write plan A', 'Write plan B'],
    ['Upgrade to 1.2.3', 'Upgrade to 3.2.1'],
    ['Support C++', 'Support C#'],
    ['Scale the pool up', 'Scale the pool down'],
    ['Write tests for page 1', 'Write tests for page 2'],
    ['Fix worker_a.py', 'Fix worker_b.py'],
    ['Deploy before the migration', 'Migrate before the deployment'],
    ['Show only errors', 'Show errors'],
    ['Fix log in', 'Fix log out'],
  ])('%s / %s', (a, b) => {
    expect(lookOf(a)).not.toBe(lookOf(b));
  });
});

test('any text has a look, soon', () => {
  const spent = cpuMsOf(() => {
    for (const text of ['', '…', 'the', 'TODO: '.padEnd(1_000_000, '('), 'a '.repeat(500_000), "a'".repeat(500_000)])
      expect(lookOf(text)).toMatch(/^[0-9a-f]{16}$/);
  });
  expect(spent).toBeLessThan(2_000);
});
