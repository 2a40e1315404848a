import { expect, test } from '@jest/globals';
import type { Store } from '../../src/store/index.js';
import { DAY, HOUR, START, talk, type Talk } from '../support/builders.js';
import { handOver, said } from '../support/chat.js';
import { chunkOf, dump, tell, withStore, type Bench } from '../support/store.js';

const NOW = START + 30 * DAY;

/** Work that is asked for and not begun. */
function asks(session: string, at: number, ...requests: string[]): Talk {
  const talking = talk({ sessionId: session, at });
  talking.user(requests.join(' '));
  return talking;
}
function says(session: string, at: number, text: string): Talk {
  const talking = talk({ sessionId: session, at });
  talking.user(text);
  return talking;
}
const read = (store: Store, { sessionId, lines }: Talk) =>
  tell(store, lines, { path: `/transcripts/${sessionId}.jsonl`, sessionId });

/** What the correlate worker does, until nothing is left. */
async function settle(store: Store): Promise<{ settled: number; ambiguous: number }> {
  for (let steps = 0, settled = 0, ambiguous = 0; ; steps++) {
    const touched = await store.correlateTouched(25);
    const done = await store.settleClaims(50, NOW);
    settled += done.settled;
    ambiguous += done.ambiguous;
    if (!touched.more && !done.more) return { settled, ambiguous };
    if (steps > 50) throw new Error('claims are settled without end');
  }
}
async function tasksIn({ store }: Bench): Promise<Record<string, string>> {
  const status = ['pending', 'in_progress', 'blocked', 'completed', 'cancelled'] as const;
  const { tasks } = await store.tasks.list({ status, limit: 100 });
  return Object.fromEntries(tasks.map((task) => [task.title, task.status]));
}
async function taskOf({ store }: Bench, title: string) {
  const { tasks } = await store.tasks.list({ status: ['pending', 'in_progress', 'completed'], query: title, limit: 5 });
  const [task] = tasks;
  if (task === undefined || tasks.length > 1) throw new Error(`${tasks.length} tasks are called ${title}`);
  return task;
}

const FIRST = asks('session-1', START, 'Please fix the login timeout.', 'Please add a timeout to the ollama client.');
const LATER = says('session-2', START + 2 * DAY, 'The login timeout is fixed now.');

test('a word of the user in a later session completes the task that it names, with the line as evidence', () =>
  withStore(async (bench) => {
    await read(bench.store, FIRST);
    await read(bench.store, LATER);
    expect(await settle(bench.store)).toMatchObject({ settled: expect.any(Number), ambiguous: 0 });
    expect(await tasksIn(bench)).toEqual({
      'Fix the login timeout': 'completed',
      'Add a timeout to the ollama client': 'pending',
    });
    const task = await taskOf(bench, 'login');
    expect(task.sessionId).toBe('session-1');
    expect(task.evidence).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ sessionId: 'session-1', line: 1 }),
        expect.objectContaining({ sessionId: 'session-2', line: 1, quote: 'The login timeout is fixed now.' }),
      ]),
    );
    expect(task.history.at(-1)).toMatchObject({
      status: 'completed',
      reason: 'the user said so',
      by: 'conversation',
      sessionId: 'session-2',
      line: 1,
    });
  }));

const SESSIONS: readonly Talk[] = [
  FIRST,
  LATER,
  says('session-3', START + 3 * DAY, 'The login timeout is still broken.'),
  asks('session-4', START + DAY, 'Please fix the flaky importer test.'),
  says('session-5', START + 5 * DAY, 'fyi the importer is fixed.'),
  says('session-6', START + 6 * DAY, 'forget the ollama client timeout'),
  asks('session-7', START + 4 * DAY, 'Please fix the login timeout.'),
  asks('session-9', START + 1.5 * DAY, 'Please fix the importer.'),
  says('session-8', START + 7 * DAY, 'The login timeout is fixed now.'),
];

test('the order in which sessions are read and settled makes no difference, and reading again changes nothing', async () => {
  const orders = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8],
    [8, 7, 6, 5, 4, 3, 2, 1, 0],
    [2, 5, 1, 7, 0, 4, 6, 3, 8],
    [1, 4, 7, 2, 6, 0, 3, 5, 8],
  ];
  const ends = await Promise.all(
    orders.map((order, nth) =>
      withStore(async (bench) => {
        for (const index of order) {
          const session = SESSIONS[index];
          if (session !== undefined) await read(bench.store, session);
          // Some are settled one by one, some all at once.
          if (nth % 2 === 0) await settle(bench.store);
        }
        await settle(bench.store);
        const end = { tasks: await tasksIn(bench), dump: await known(bench) };
        if (nth === 0) {
          for (const session of SESSIONS) await bench.store.record((await chunkOf(session.lines)).facts, START);
          await settle(bench.store);
          expect(await known(bench)).toEqual(end.dump);
        }
        return end;
      }),
    ),
  );
  expect(ends[0]?.tasks).toEqual({
    'Fix the login timeout': 'completed',
    'Add a timeout to the ollama client': 'cancelled',
    'Fix the flaky importer test': 'pending',
    'Fix the importer': 'completed',
  });
  for (const end of ends.slice(1)) expect(end).toEqual(ends[0]);
});

/** The ledger without what says how often it was written. */
async function known({ redis, keys }: Bench): Promise<Record<string, unknown>> {
  const all = await dump(redis, keys);
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => !/^(weigh|components|rel|relt|watched|tied)/.test(name)),
  );
}

test('where several may be meant nothing happens, until one of them is told apart', () =>
  withStore(async (bench) => {
    const { store, redis, keys } = bench;
    await read(store, asks('a', START, 'Please add retries to the upload client.'));
    await read(store, says('c', START + DAY, 'The client retries are done.'));
    await settle(store);
    expect(await tasksIn(bench)).toEqual({ 'Add retries to the upload client': 'completed' });
    await read(store, asks('b', START + HOUR, 'Please add retries to the download client.'));
    await settle(store);
    expect(await tasksIn(bench)).toEqual({
      'Add retries to the upload client': 'pending',
      'Add retries to the download client': 'pending',
    });
    expect(await redis.scard(keys.of('claims:ambiguous'))).toBe(1);
  }));

test('a status set by hand stays, and is said to be contradicted', () =>
  withStore(async (bench) => {
    await read(bench.store, FIRST);
    const { id } = await taskOf(bench, 'login');
    await bench.store.setByHand({ taskId: id, status: 'blocked', note: 'waits for ops', at: START + DAY });
    await read(bench.store, LATER);
    await settle(bench.store);
    expect(await bench.store.tasks.get(id)).toMatchObject({
      status: 'blocked',
      flags: expect.arrayContaining([expect.objectContaining({ name: 'contradicted' })]),
    });
  }));

test('what a chat said is taken back with it, and said again by its transcript', () =>
  withStore(async (bench) => {
    const { store, redis, keys } = bench;
    await read(store, FIRST);
    const words = 'The login timeout is fixed now.';
    await handOver(store, 'session-2', [said('user', words, 2 * 24 * 60)], START + 2 * DAY);
    await settle(store);
    expect(await tasksIn(bench)).toMatchObject({ 'Fix the login timeout': 'completed' });
    await read(store, says('session-2', START + 2 * DAY, 'How is the weather in Oslo?'));
    await settle(store);
    expect(await tasksIn(bench)).toMatchObject({ 'Fix the login timeout': 'pending' });
    expect(await redis.keys(keys.of('claim*'))).toEqual([]);
    const task = await taskOf(bench, 'login');
    expect(task.evidence.map(({ sessionId }) => sessionId)).not.toContain('session-2');
  }));

test('a task that only a chat told of leaves nothing behind with it', () =>
  withStore(async (bench) => {
    const { store, redis, keys } = bench;
    await handOver(store, 'chat-1', [said('user', 'Please fix the login timeout.', 0)], START);
    await read(store, LATER);
    await settle(store);
    expect(await tasksIn(bench)).toEqual({ 'Fix the login timeout': 'completed' });
    await read(store, says('chat-1', START, 'How is the weather in Oslo?'));
    await settle(store);
    expect(await tasksIn(bench)).toEqual({});
    expect(await redis.keys(keys.of('task:*'))).toEqual([]);
  }));

test('old claims are forgotten, and what they told stays', () =>
  withStore(async (bench) => {
    const { store, redis, keys } = bench;
    await read(store, FIRST);
    await read(store, LATER);
    await settle(store);
    const retention = { closedTasksDays: 10, conversationsDays: 400, errorsDays: 400, activityDays: 400 };
    await store.retire(retention, START + 9 * DAY);
    expect(await redis.keys(keys.of('claim*'))).not.toEqual([]);
    await store.retire({ ...retention, closedTasksDays: 20 }, START + 28 * DAY);
    expect(await redis.keys(keys.of('claim*'))).toEqual([]);
    await settle(store);
    expect(await tasksIn(bench)).toMatchObject({ 'Fix the login timeout': 'completed' });
  }));
