/** Tools called from the command line, with a real worker behind them. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { startLedger, type LedgerRun } from '../support/ledger-run.js';
import { built } from '../support/processes.js';

let ledger: LedgerRun;
beforeAll(async () => {
  ledger = await startLedger();
  await ledger.work(['ingest']);
}, 60_000);
afterAll(() => ledger.stop());

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}
const run = (...args: string[]): Promise<Run> =>
  new Promise((resolve) => {
    const program = [built('src/cli/main.js'), 'call', ...args];
    execFile(process.execPath, program, { env: ledger.env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
/** What the tests look at of the results. */
interface Reply {
  readonly next: { readonly tool: string; readonly arguments: object };
  readonly tasks: readonly { readonly id: string; readonly title: string }[];
  readonly title?: string;
}
async function call(tool: string, args: object = {}): Promise<Reply> {
  const { code, stdout, stderr } = await run(tool, JSON.stringify(args));
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Reply;
}

test('a conversation handed over is asked for, and a task in it is closed by hand', async () => {
  const todos = [
    { content: 'Fix the login', status: 'pending', activeForm: 'Fixing the login' },
    { content: 'Write tests', status: 'in_progress', activeForm: 'Writing tests' },
  ];
  const session_id = '5b0c1f6e-0000-4000-8000-000000000001';
  const messages = [
    {
      role: 'assistant',
      content: [{ type: 'tool_use', id: 'toolu_01', name: 'TodoWrite', input: { todos } }],
      timestamp: '2026-11-22T12:00:00Z',
    },
    {
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: 'toolu_01', content: 'Todos have been modified successfully' }],
    },
  ];
  const taken = await call('ingest_chat', { session_id, messages, wait_ms: 20_000 });
  expect(taken).toMatchObject({ state: 'completed', result: { outcome: 'stored' } });

  const open = await call(taken.next.tool, taken.next.arguments);
  expect(open.tasks.map(({ title }) => title).sort()).toEqual(['Fix the login', 'Write tests']);

  const id = open.tasks.find(({ title }) => title === 'Fix the login')?.id;
  const closed = await call('update_task_status', {
    ...{ task_id: id, status: 'completed', note: 'by hand', wait_ms: 20_000 },
  });
  expect(closed).toMatchObject({ id, status: 'completed' });
  expect(await call('get_unfinished_tasks')).toMatchObject({ tasks: [{ title: 'Write tests' }], total: 1 });
}, 120_000);

test('the command tells wrong use (2) from a call that failed (1)', async () => {
  expect(await run('get_unfinished_task')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('Tools: get_unfinished_tasks, '),
  });
  expect(await run('get_unfinished_tasks', '[1]')).toMatchObject({ code: 2, stdout: '' });
  expect(await run('get_unfinished_tasks', '{"limt":1}')).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('did you mean "limit"?'),
  });
}, 60_000);
