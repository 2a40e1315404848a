import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { TaskFact } from '../../src/domain/facts.js';
import type { Status, Task } from '../../src/domain/model.js';
import type { Store } from '../../src/store/index.js';
import { DAY, HOUR, jsonl, START, talk, taskFact } from '../support/builders.js';
import { asMessages, handOver } from '../support/chat.js';
import { withFolder, write } from '../support/files.js';
import { dump, ingestFile, tell, withStore, type Bench } from '../support/store.js';

const RETENTION = { closedTasksDays: 400, conversationsDays: 400, errorsDays: 400, activityDays: 400 };

const prose = (id: string, title: string, more: Partial<TaskFact> = {}): TaskFact =>
  taskFact({ id, title, source: 'request', quote: `Please: ${title}`, sessionId: `session-${id}`, ...more });

const titles = async (store: Store, status?: readonly Status[]): Promise<string[]> =>
  (await store.tasks.list({ ...(status !== undefined && { status }), limit: 50 })).tasks
    .map(({ title }) => title)
    .sort();
/** Without `since` look-alikes are folded into one. */
const ids = async (store: Store, query: Parameters<Store['tasks']['list']>[0] = {}): Promise<string[]> =>
  (await store.tasks.list({ limit: 50, since: 0, ...query })).tasks.map(({ id }) => id).sort();
const flagsOf = (task: Task | null | undefined): string[] => (task?.flags ?? []).map(({ name }) => name);

let minute = 0;
const say = (
  store: Store,
  taskId: string,
  status: Status | 'dismissed' | 'merged',
  into?: string,
): Promise<Task | null> => store.setByHand({ taskId, status, into, note: null, at: START + DAY + ++minute * 60_000 });

describe('a dismissed task', () => {
  test('leaves the lists and the counts, is listed apart, and comes back with any status', () =>
    withStore(async ({ store }) => {
      await store.record([prose('a', 'Mend the lamp'), prose('b', 'Paint the door')], START);
      const after = await say(store, 'a', 'dismissed');
      expect(after).toMatchObject({ id: 'a', status: 'pending', flags: [{ name: 'dismissed' }] });
      expect(await ids(store)).toEqual(['b']);
      expect(await ids(store, { sessionId: 'session-a' })).toEqual([]);
      const { events } = await store.activity({ since: START + DAY, limit: 9 });
      expect(events).toMatchObject([{ kind: 'task', what: 'dismissed', id: 'a' }]);
      expect(await ids(store, { sessionId: 'session-a', sort: 'newest' })).toEqual([]);
      for (const query of [{}, { sort: 'newest' }, { sessionId: 'session-a' }] as const) {
        expect(await ids(store, { ...query, status: ['dismissed'] })).toEqual(['a']);
      }
      expect(await ids(store, { sessionId: 'session-a', sort: 'newest', status: ['dismissed'] })).toEqual(['a']);
      expect(await store.count(START)).toMatchObject({ openTasks: 1, closedTasks: 0 });
      expect(flagsOf(await say(store, 'a', 'pending'))).toEqual([]);
      expect(await ids(store)).toEqual(['a', 'b']);
      expect(await ids(store, { status: ['dismissed'] })).toEqual([]);
    }));

  test('of what is said within one instant the last holds, and a job that runs twice says it once', () =>
    withStore(async ({ store }) => {
      await store.record([prose('a', 'Mend the lamp'), prose('b', 'Paint the door')], START);
      const at = START + DAY;
      const change = (status: Status | 'dismissed' | 'merged', into?: string): Promise<Task | null> =>
        store.setByHand({ taskId: 'a', status, into, note: null, at });
      await change('merged', 'b');
      expect(flagsOf(await change('dismissed'))).toEqual(['dismissed']);
      expect(await change('blocked')).toMatchObject({ status: 'blocked', flags: [] });
      const done = await change('completed');
      expect(done).toMatchObject({ status: 'completed' });
      expect((await change('completed'))?.history).toEqual(done?.history);
    }));

  test('stays so when its file is read again, also after it was forgotten', () =>
    withFolder((folder) =>
      withStore(async (bench) => {
        const { store, redis, keys } = bench;
        const it = talk();
        it.todoWrite('Parse the log', 'Draw a chart');
        const path = await write(join(folder, 'a.jsonl'), jsonl(it.lines));
        await ingestFile(store, path);
        const [task] = (await store.tasks.list({ query: 'parse' })).tasks;
        await say(store, task?.id ?? '', 'dismissed');
        const once = await dump(redis, keys);
        await tell(store, it.lines, { path: '/copy.jsonl' });
        await tell(store, it.lines, { path: '/other.jsonl' });
        expect(await titles(store)).toEqual(['Draw a chart']);
        expect((await dump(redis, keys))[`task:${task?.id ?? ''}`]).toEqual(once[`task:${task?.id ?? ''}`]);
        await store.retire(RETENTION, START + 900 * DAY);
        expect(flagsOf(await store.tasks.get(task?.id ?? ''))).toEqual(['dismissed']);
        expect((await store.tasks.get(task?.id ?? ''))?.title).toBe('');
        await tell(store, it.lines, { path: '/again.jsonl' });
        expect(await titles(store)).toEqual(['Draw a chart']);
        expect(await store.tasks.get(task?.id ?? '')).toMatchObject({ title: 'Parse the log' });
      }),
    ));
});

describe('a dismissal teaches', () => {
  const told = (id: string, more: Partial<TaskFact> = {}): TaskFact => prose(id, 'Mend  the LAMP', more);

  test('what looks alike, whether it is known already or told later, and never an item of a list', () =>
    withStore(async ({ store }) => {
      const first = [prose('a', 'Mend the lamp'), told('b'), told('listed', { source: 'structured' })];
      await store.record([...first, told('done', { status: 'completed' }), prose('c', 'Mend the lamp twice')], START);
      await say(store, 'a', 'dismissed');
      await store.record([told('d', { at: START + 2 * DAY }), told('e', { source: 'marker' })], START);
      await store.record([told('item', { source: 'structured' })], START);
      expect(await ids(store)).toEqual(['c', 'item', 'listed']);
      expect(await ids(store, { status: ['completed'] })).toEqual(['done']);
      expect((await store.tasks.get('d'))?.flags).toEqual([
        { name: 'dismissed', why: 'a hand dismissed the same sentence as no task', at: expect.any(Number) },
      ]);
      // Listed before it: a, b, c, done; and e, which was said before it. d never was.
      expect(await store.tasks.offers()).toEqual([
        { source: 'marker', offered: 1, dismissed: 1 },
        { source: 'deferred', offered: 0, dismissed: 0 },
        { source: 'request', offered: 4, dismissed: 2 },
      ]);
    }));

  test('until a hand says of one of them that it is a task', () =>
    withStore(async ({ store }) => {
      await store.record([told('a'), told('b'), told('c')], START);
      await say(store, 'a', 'dismissed');
      expect(await ids(store)).toEqual([]);
      await say(store, 'b', 'in_progress');
      expect(await ids(store)).toEqual(['b', 'c']);
      await store.record([told('d', { at: START + 2 * DAY })], START);
      expect(await ids(store)).toEqual(['b', 'c', 'd']);
      await say(store, 'a', 'pending');
      expect(await ids(store)).toEqual(['a', 'b', 'c', 'd']);
    }));

  test('the same, whether the others were read before it or after', () =>
    withStore(async ({ store, redis, keys, flush }) => {
      const others = [
        told('b'),
        told('c', { status: 'completed' }),
        told('d', { at: START + 5 * DAY }),
        prose('e', 'Sweep'),
      ];
      const change = { taskId: 'a', status: 'dismissed', note: 'no', at: START + 3 * DAY } as const;
      const seen = async (): Promise<unknown> => {
        const flags = await Promise.all(
          ['a', 'b', 'c', 'd', 'e'].map(async (id) => flagsOf(await store.tasks.get(id))),
        );
        const { aliases: _, ...content } = await dump(redis, keys);
        const sets = Object.entries(content).filter(([key]) => /^(offered|look|dismissed|c:|n:|s:)/.test(key));
        return [flags, Object.fromEntries(sets), await store.tasks.offers()];
      };
      await store.record([told('a'), ...others], START);
      await store.setByHand(change);
      const before = await seen();
      await flush();
      await store.record([told('a')], START);
      await store.setByHand(change);
      await store.record(others, START);
      expect(await seen()).toEqual(before);
    }));

  test('tasks that another worker writes at the same time', () =>
    withStore(async ({ store, open }) => {
      const other = await open();
      await store.record([told('first')], START);
      const facts = Array.from({ length: 40 }, (_, n) => told(`t${n}`));
      await Promise.all([
        ...facts.map((fact, n) => (n % 2 === 0 ? store : other).record([fact], START)),
        say(other, 'first', 'dismissed'),
      ]);
      expect(await ids(store)).toEqual([]);
      expect(await store.tasks.offers()).toContainEqual({ source: 'request', offered: 41, dismissed: 41 });
    }));
});

describe('a merged task', () => {
  const record = (bench: Bench): Promise<void> =>
    bench.store.record(
      [
        prose('a', 'Retry uploads', { blocks: ['x'] }),
        prose('b', 'Add retries to uploads', { at: START - HOUR }),
        prose('c', 'Sweep the floor', { blockedBy: ['a'] }),
      ],
      START,
    );

  test('leaves the lists, and its evidence, sessions and blocks count for the other', () =>
    withStore(async (bench) => {
      const { store } = bench;
      await record(bench);
      const after = await say(store, 'a', 'merged', 'b');
      expect(after).toMatchObject({ id: 'a', flags: [{ name: 'merged_into', taskId: 'b' }] });
      expect(await ids(store)).toEqual(['b', 'c']);
      expect(await ids(store, { status: ['merged'] })).toEqual(['a']);
      const whole = await store.tasks.get('b');
      expect(whole).toMatchObject({ title: 'Add retries to uploads', merged: ['a'], blocks: ['x'], status: 'pending' });
      expect(whole?.evidence.map(({ quote }) => quote)).toEqual([
        'Please: Add retries to uploads',
        'Please: Retry uploads',
      ]);
      expect(await ids(store, { sessionId: 'session-a' })).toEqual(['b']);
      expect((await store.tasks.get('c'))?.blockedBy).toEqual(['b']);
      expect(await ids(store, { blockedBy: 'b' })).toEqual(['c']);
      expect(await ids(store, { blockedBy: 'a' })).toEqual(['c']);
    }));

  test('goes on to count: what is told of it later, and its end', () =>
    withStore(async (bench) => {
      const { store } = bench;
      await record(bench);
      await say(store, 'a', 'merged', 'b');
      await store.record([prose('a', 'Retry uploads', { at: START + 2 * DAY, sessionId: 'late' })], START);
      expect(await ids(store, { sessionId: 'late' })).toEqual(['b']);
      await store.record([prose('a', 'Retry uploads', { at: START + 3 * DAY, status: 'completed' })], START);
      expect(await store.tasks.get('b')).toMatchObject({ status: 'completed' });
      expect((await store.tasks.get('c'))?.blockedBy).toEqual([]);
    }));

  test('is parted from it by any status, and leaves nothing behind', () =>
    withStore(async (bench) => {
      const { store, redis, keys } = bench;
      await record(bench);
      const before = await dump(redis, keys);
      await say(store, 'a', 'merged', 'b');
      await say(store, 'a', 'pending');
      expect(await ids(store)).toEqual(['a', 'b', 'c']);
      const after = await dump(redis, keys);
      expect(after['task:b']).toEqual(before['task:b']);
      expect((await store.tasks.get('c'))?.blockedBy).toEqual(['a']);
    }));

  test('makes neither chains nor rings', () =>
    withStore(async (bench) => {
      const { store } = bench;
      await record(bench);
      await say(store, 'a', 'merged', 'b');
      for (const [id, into, refusal] of [
        ['b', 'a', 'chain'],
        ['c', 'a', 'chain'],
        ['b', 'c', 'chain'],
        ['c', 'c', 'itself'],
        ['c', 'none', 'unknown'],
      ] as const) {
        expect(await store.tasks.mergeRefusal(id, into)).toBe(refusal);
        await expect(say(store, id, 'merged', into)).rejects.toMatchObject({ name: 'MergeRefusedError', refusal });
      }
      expect(await store.tasks.mergeRefusal('none', 'b')).toBe('task');
      expect(await say(store, 'none', 'merged', 'b')).toBeNull();
      expect(await store.tasks.mergeRefusal('c', 'b')).toBeNull();
      expect(await ids(store)).toEqual(['b', 'c']);
    }));

  test('of two that are merged into each other at the same time one is refused', () =>
    withStore(async (bench) => {
      await record(bench);
      const other = await bench.open();
      const done = await Promise.allSettled([say(bench.store, 'a', 'merged', 'b'), say(other, 'b', 'merged', 'a')]);
      expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await ids(bench.store)).toHaveLength(2);
    }));

  test('follows its target to another name of that', () =>
    withStore(async (bench) => {
      const { store } = bench;
      await record(bench);
      await say(store, 'a', 'merged', 'b');
      const alias = { is: 'alias', alias: 'b', id: 'target' } as const;
      await store.record([alias, prose('target', 'Add retries to uploads')], START);
      await store.record([prose('a', 'Retry uploads', { at: START + HOUR, sessionId: 'late' })], START);
      expect(await ids(store)).toEqual(['c', 'target']);
      expect(await store.tasks.get('target')).toMatchObject({ merged: ['a'], blocks: ['x'] });
      expect(await ids(store, { sessionId: 'late' })).toEqual(['target']);
    }));
});

describe('dropped tasks', () => {
  test('are listed apart and among the cancelled', () =>
    withStore(async ({ store }) => {
      const it = talk();
      it.todoWrite('Parse the log', 'Draw a chart');
      it.todoWrite('Draw a chart');
      await tell(store, it.lines);
      await store.record([taskFact({ id: 'given up', at: START + HOUR, status: 'cancelled' })], START);
      for (const query of [{}, { sort: 'newest' }, { sessionId: 'session-a' }] as const) {
        const shown = async (status: readonly ('dropped' | 'cancelled')[]): Promise<string[]> =>
          (await store.tasks.list({ ...query, status })).tasks.map(({ title }) => title).sort();
        expect(await shown(['dropped'])).toEqual(['Parse the log']);
        expect(await shown(['cancelled'])).toEqual(['Parse the log', 'given up']);
        expect(await shown(['cancelled', 'dropped'])).toEqual(['Parse the log', 'given up']);
      }
    }));
});

describe('what a hand said of a task of a chat', () => {
  const conversation = () => {
    const it = talk({ sessionId: 'chat' });
    it.user('Please add retries to the upload client.');
    it.say('I have not started on that yet.');
    it.user('Please rename the billing module as well.');
    it.say('I have not started on that yet either.');
    it.todoWrite('Draw a chart', 'Sweep the floor');
    return it;
  };

  test.each<[string, (store: Store, title: (words: string) => Promise<string>) => Promise<unknown>, string[]]>([
    ['status', async (store, id) => say(store, await id('retries'), 'completed'), ['billing', 'chart', 'floor']],
    ['dismissal', async (store, id) => say(store, await id('retries'), 'dismissed'), ['billing', 'chart', 'floor']],
    [
      'merge',
      async (store, id) => say(store, await id('retries'), 'merged', await id('billing')),
      ['billing', 'chart', 'floor'],
    ],
    [
      'merge of items',
      async (store, id) => say(store, await id('chart'), 'merged', await id('floor')),
      ['billing', 'floor', 'retries'],
    ],
  ])('%s holds when its transcript is read', (_, act, left) =>
    withStore(async ({ store }) => {
      const it = conversation();
      const lines = it.lines.map((line) => line);
      await handOver(store, 'chat', asMessages(lines));
      const idOf = async (words: string): Promise<string> =>
        (await store.tasks.list({ query: words, limit: 1 })).tasks[0]?.id ?? `no task ${words}`;
      await act(store, idOf);
      const words = async (): Promise<string[]> =>
        (await titles(store)).map((title) => /retries|billing|chart|floor/.exec(title)?.[0] ?? title).sort();
      expect(await words()).toEqual(left);
      await tell(store, lines, { path: '/chat.jsonl' });
      expect(await words()).toEqual(left);
    }),
  );
});
