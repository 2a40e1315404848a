import { describe, expect, test } from '@jest/globals';
import { failuresInError, failuresInOutput, failuresInPasted } from '../../../src/domain/failures/index.js';
import { ERRORS, FAILED, HARMLESS, PASTED, type Case } from './cases.js';
import { PEACEFUL, RUN } from './runs.js';
import { QUIET, SENT, SHOWN } from './shown.js';
import { cpuMsOf } from '../../support/cpu.js';

const named = (cases: readonly Case[]): [string, Case][] =>
  cases.map((each) => [`${each.command ?? each.tool}: ${each.text.slice(0, 50).replace(/\n/g, ' ')}`, each]);

/** Each wanted message is there, and no other. */
function check(got: readonly string[], want: readonly string[]): void {
  expect(got.filter((message) => !want.some((pattern) => new RegExp(pattern).test(message)))).toEqual([]);
  for (const pattern of want) expect(got.join('\n\n')).toMatch(new RegExp(pattern));
  expect(got).toHaveLength(want.length);
}

const inOutput = ({ tool, command, text }: Case): readonly string[] =>
  failuresInOutput(text, { tool, command }).map(({ message }) => message);

describe('the output of a call that counts as successful', () => {
  test.each(named([...FAILED, ...SHOWN, ...RUN]))('tells of a failure: %s', (_name, each) => {
    check(inOutput(each), each.want);
  });
  test.each(named([...HARMLESS, ...QUIET, ...PEACEFUL]))('tells of none but in a log: %s', (_name, each) => {
    check(inOutput(each), each.want);
  });
  test('names the line, counted in the whole output', () => {
    const output = `${'building\n'.repeat(20_000)}src/a.ts(3,5): error TS2304: Cannot find name 'fee'.\n`;
    expect(failuresInOutput(output, { tool: 'Bash', command: 'make' })[0]?.line).toBe(20_001);
  });
  test('is looked at in its head and its tail', () => {
    const quiet = 'copying a file\n'.repeat(10_000);
    const failed = 'src/a.ts(3,5): error TS2304: Cannot find name.\n';
    const count = (output: string): number => failuresInOutput(output, { tool: 'Bash', command: 'make' }).length;
    expect([count(failed + quiet), count(quiet + failed + quiet), count(quiet + failed)]).toEqual([1, 0, 1]);
  });
  test('gives messages of at most 2,000 characters, and not too many', () => {
    const output = Array.from({ length: 90 }, (_, at) => `src/f${at}.ts(1,1): error TS1005: ${'x'.repeat(900)}${at}`);
    const found = failuresInOutput(output.join('\n'), { tool: 'Bash', command: 'make' });
    expect(found).toHaveLength(16);
    for (const { message } of found) expect(message.length).toBeLessThanOrEqual(2_000);
  });
});

describe('what a user pastes', () => {
  test.each(named([...PASTED, ...SENT]))('%s', (_name, each) => {
    check(
      failuresInPasted(each.text).map(({ message }) => message),
      each.want,
    );
  });
});

describe('an output that is an error', () => {
  test.each(named(ERRORS))('%s', (_name, each) => {
    check(failuresInError(each.text), each.want);
  });
  test('has a message even where it says nothing', () => {
    expect(failuresInError('')).toEqual(['Tool failed without a message']);
    expect(failuresInError('Exit code 3\n')).toEqual(['Exit code 3']);
  });
  test('keeps what tells of the failure where that stands far down', () => {
    const text = `${'listing one more file of many\n'.repeat(200)}fatal: refusing to merge unrelated histories`;
    expect(failuresInError(text)[0]?.slice(0, 400)).toContain('unrelated histories');
  });
});

const HOSTILE = [
  '[2026-01-01 10:00:00 a b: ',
  'level=error msg="\\" ',
  'E (1) a: ',
  'Jul 02 03:00:00 a b[1]: ',
  'a a failed: ',
  'TODO: (((((',
  'a a a a ',
  'Error: ',
  'error: a\n',
  'error TS1: \n',
  'Traceback (most recent call last):\n',
  '2026-01-01 ERROR x\n',
  '--- FAIL: T\n',
  '  at foo (',
  '1) x\n',
  '"\'`$(',
  'a.b.c.d::',
];

test.each(HOSTILE)('any text is read in time linear in its length: %j', (part) => {
  const text = part.repeat(Math.ceil(1e6 / part.length));
  const spent = cpuMsOf(() => {
    failuresInOutput(text, { tool: 'Bash', command: 'make' });
    failuresInOutput(text, { tool: 'Bash', command: text });
    failuresInOutput(text, { tool: 'Bash', command: 'journalctl' });
    failuresInPasted(text);
    failuresInError(text);
  });
  expect(spent).toBeLessThan(3_000);
});
