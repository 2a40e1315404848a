/** Tasks dismissed and merged from the command line, with a real worker behind it, and what doctor makes of it. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { START, taskFact } from '../support/builders.js';
import { startLedger, type LedgerRun } from '../support/ledger-run.js';
import { built } from '../support/processes.js';

let ledger: LedgerRun;
beforeAll(async () => {
  ledger = await startLedger();
  await ledger.work(['ingest']);
  const titles = ['Mend the lamp', 'Paint the door', 'Sweep the floor', 'mend the LAMP'];
  const facts = titles.map((title, n) => taskFact({ id: `t${n}`, title, source: 'request', sessionId: `s${n}` }));
  await ledger.store.record(facts, START);
}, 60_000);
afterAll(() => ledger.stop());

const run = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [built('src/cli/main.js'), ...args], { env: ledger.env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
const left = async (): Promise<string[]> => (await ledger.store.tasks.list({})).tasks.map(({ title }) => title).sort();

test('a task is dismissed with its like, and comes back', async () => {
  const { code, stdout } = await run('dismiss', 't0', '--note', 'only an example');
  expect({ code, stdout }).toEqual({ code: 0, stdout: 't0 is dismissed: Mend the lamp\n' });
  expect(await left()).toEqual(['Paint the door', 'Sweep the floor']);
  expect((await ledger.store.tasks.get('t3'))?.flags).toMatchObject([{ name: 'dismissed' }]);
  const { stdout: found } = await run('doctor');
  expect(found).toMatch(/precision +requests: too few to tell, 2 of 4 were dismissed as no tasks; it takes 20/);
  const undo = { task_id: 't0', status: 'pending', wait_ms: 20_000 };
  expect(await run('call', 'update_task_status', JSON.stringify(undo))).toMatchObject({ code: 0 });
  expect(await left()).toHaveLength(3);
}, 60_000);

test('a task is merged into another, and what cannot be is refused in words', async () => {
  expect(await run('merge', 't2', 't1')).toMatchObject({ code: 0, stdout: 't2 is merged into t1: Sweep the floor\n' });
  expect(await left()).toHaveLength(2);
  for (const [args, text] of [
    [['merge', 't1', 't2'], 'merging goes one step'],
    [['merge', 't1', 't1'], 'both ids name the same task'],
    [['merge', 't1', 'none'], 'no task with the id "none" to merge it into'],
    [['dismiss', 'none'], 'no task with the id "none"'],
  ] as const) {
    expect(await run(...args)).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(text) });
  }
}, 60_000);
