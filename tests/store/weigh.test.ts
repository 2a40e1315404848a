/** What is found around tasks: components, live errors, what waits; and where that puts them. */
import { describe, expect, test } from '@jest/globals';
import type { Config } from '../../src/config.js';
import type { TaskFact } from '../../src/domain/facts.js';
import type { Task } from '../../src/domain/model.js';
import { linkKeysOf } from '../../src/domain/relate/index.js';
import { getTaskAnalytics } from '../../src/mcp/tools/get-task-analytics.js';
import { getUnfinishedTasks } from '../../src/mcp/tools/get-unfinished-tasks.js';
import type { Store } from '../../src/store/index.js';
import { talk, taskFact } from '../support/builders.js';
import { callOn, DAY, HOUR, NOW } from '../support/errors-ledger.js';
import { batchOf, follow, logged } from '../support/log-batches.js';
import { dump, tell, withStore } from '../support/store.js';

const components: Config['components'] = [
  { name: 'backend', paths: ['api/**', 'server/*.py'], words: ['endpoint'] },
  { name: 'frontend', paths: ['web/**'], words: ['vue'] },
];

async function settle(store: Store, now = NOW): Promise<void> {
  await store.correlateTouched(99);
  while ((await store.correlateErrors(50, now)).more);
}

const task = (id: string, title: string, said: Partial<TaskFact> = {}): TaskFact =>
  taskFact({ id, title, at: NOW - 2 * HOUR, ...said });

async function get(store: Store, id: string): Promise<Task> {
  const found = await store.tasks.get(id);
  if (found === null) throw new Error(`there is no task ${id}`);
  return found;
}

const payment = (at: number, level: 'error' | 'warning' = 'error') =>
  logged('pay', at, 1, {
    level,
    template: 'TimeoutError in pay',
    class: 'TimeoutError',
    keys: linkKeysOf('TimeoutError: gateway at pay (/opt/shop/api/checkout.py:42:1)', null),
  });

describe('a component', () => {
  test('is found by a path that the task names, kept, listed, filtered by and counted', () =>
    withStore(
      async (bench) => {
        const { store } = bench;
        await store.record(
          [
            task('t1', 'Repair the retry in api/checkout.py'),
            task('t2', 'Make the menu of the app collapse', { project: '/work/other' }),
            task('t3', 'Give web/src/Cart.vue a total', { project: '/work/other', status: 'completed' }),
          ],
          NOW,
        );
        expect((await get(store, 't1')).component).toBeNull();
        await settle(store);
        expect(await get(store, 't1')).toMatchObject({
          component: 'backend',
          componentReason: 'names api/checkout.py',
        });
        expect((await get(store, 't2')).component).toBeNull();
        const filtered = await callOn(bench, getUnfinishedTasks, { component: ['backend'] });
        expect(filtered).toMatchObject({ total: 1, tasks: [{ id: 't1', component: 'backend' }] });
        for (const sort of ['rank', 'newest'] as const) {
          expect((await store.tasks.list({ component: ['backend'], sort })).tasks.map(({ id }) => id)).toEqual(['t1']);
        }
        expect((await store.tasks.list({ component: ['backend'], sessionId: 'session-a' })).total).toBe(1);
        expect((await store.tasks.list({ component: ['frontend'], status: ['completed'] })).total).toBe(1);
        expect((await store.tasks.list({ component: ['frontend'] })).total).toBe(0);
        const counted = await callOn(bench, getTaskAnalytics, { group_by: 'component' });
        expect(counted['by_component']).toEqual({ backend: 1 });
        expect(counted.groups).toMatchObject([
          { key: 'backend', open: 1 },
          { key: 'frontend', open: 0, completed: 1 },
        ]);
      },
      { components },
    ));

  test('is found by files of the conversation and a word, not by one of them', () =>
    withStore(
      async ({ store }) => {
        const said = talk({ at: NOW - HOUR });
        for (const name of ['Cart', 'Menu', 'App']) {
          said.tool('Edit', { file_path: `/work/shop/web/src/${name}.vue`, old_string: 'a', new_string: 'b' });
        }
        said.todoWrite(['Mend the Vue store', 'pending'], ['Tidy up the shelf', 'pending']);
        await tell(store, said.lines);
        await settle(store);
        const { tasks } = await store.tasks.list({});
        expect(new Map(tasks.map(({ title, component }) => [title, component]))).toEqual(
          new Map([
            ['Mend the Vue store', 'frontend'],
            ['Tidy up the shelf', null],
          ]),
        );
        expect(tasks.find(({ component }) => component !== null)?.componentReason).toBe(
          '3 of 3 files that its conversation worked on; speaks of vue',
        );
      },
      { components },
    ));

  test('is found by an error of its log and a word of it, also where only the log is configured', () =>
    withStore(
      async ({ store }) => {
        await store.record([task('t1', 'Find out why the backend says TimeoutError in checkout.py')], NOW);
        await settle(store);
        expect((await get(store, 't1')).component).toBeNull();
        await follow(store, NOW, batchOf([payment(NOW)]));
        await settle(store);
        expect(await get(store, 't1')).toMatchObject({
          component: 'backend',
          componentReason: 'speaks of backend; an error of its log',
        });
      },
      { logs: [{ component: 'backend' }] as unknown as Config['logs'] },
    ));

  test('goes with the configuration, for all tasks that are listed', () =>
    withStore(
      async ({ store, open }) => {
        await store.record(
          [task('t1', 'Repair api/a.py'), task('t2', 'Repair api/b.py', { status: 'completed' })],
          NOW,
        );
        await settle(store);
        const other = await open({ components: [{ name: 'api *|', paths: ['api/**'], words: [] }] });
        await settle(other);
        for (const id of ['t1', 't2']) expect((await get(other, id)).component).toBe('api *|');
        expect((await other.tasks.list({ component: ['backend'] })).total).toBe(0);
        expect((await other.tasks.list({ component: ['api *|'] })).total).toBe(1);
        const none = await open({ components: [] });
        await settle(none);
        expect((await get(none, 't1')).component).toBeNull();
        expect((await none.tasks.list({ component: ['api *|'] })).total).toBe(0);
        expect((await none.tasks.list({})).total).toBe(1);
      },
      { components },
    ));

  test('stays while the task changes, and goes with the words that it was found by', () =>
    withStore(
      async ({ store, redis, keys }) => {
        await store.record([task('t1', 'Repair api/a.py')], NOW);
        await settle(store);
        await store.record([task('t1', 'Repair api/a.py', { at: NOW, status: 'in_progress' })], NOW);
        expect(await store.tasks.list({ component: ['backend'] })).toMatchObject({
          total: 1,
          tasks: [{ status: 'in_progress' }],
        });
        await store.record([task('t1', 'Paint the shed', { at: NOW + 1, status: 'in_progress' })], NOW);
        await settle(store);
        expect((await store.tasks.list({ component: ['backend'] })).total).toBe(0);
        const left = (await redis.keys('*')).map((key) => key.slice(keys.base.length + 1));
        expect(left.filter((key) => key.includes('backend'))).toEqual([]);
      },
      { components },
    ));
});

describe('an error that still happens', () => {
  const story = async (store: Store): Promise<void> => {
    await store.record(
      [task('t1', 'Find the TimeoutError in api/checkout.py'), task('t2', 'Paint the shed', { at: NOW - HOUR })],
      NOW,
    );
    await settle(store);
    expect((await store.tasks.list({})).tasks.map(({ id }) => id)).toEqual(['t2', 't1']);
    await follow(store, NOW, batchOf([payment(NOW)]));
    await settle(store);
  };

  test('puts the task it is tied to first, with high priority, and says why', () =>
    withStore(async ({ store }) => {
      await story(store);
      const { tasks } = await store.tasks.list({});
      expect(tasks.map(({ id, priority }) => [id, priority])).toEqual([
        ['t1', 'high'],
        ['t2', 'medium'],
      ]);
      expect(tasks[0]).toMatchObject({
        prioritySource: 'computed',
        priorityReason: 'a high error tied to it still happens',
        rankReason: expect.stringContaining('a high error tied to it still happens'),
      });
      expect((await store.tasks.list({ priority: ['high'] })).total).toBe(1);
    }));

  test('counts no more once it was silent for a week, and again when it comes back', () =>
    withStore(async ({ store }) => {
      await story(store);
      await settle(store, NOW + 6 * DAY);
      expect((await get(store, 't1')).priority).toBe('high');
      await settle(store, NOW + 7 * DAY + 1);
      expect((await get(store, 't1')).priority).toBe('medium');
      expect((await store.tasks.list({ priority: ['high'] })).total).toBe(0);
      const later = NOW + 9 * DAY;
      await follow(store, later, batchOf([payment(later)], { fromByte: 200 }));
      await settle(store, later);
      expect((await get(store, 't1')).priority).toBe('high');
    }));

  test('does not change what is done', () =>
    withStore(async ({ store }) => {
      await story(store);
      await store.setByHand({ taskId: 't1', status: 'completed', note: null, at: NOW + HOUR });
      await settle(store, NOW + HOUR);
      expect(await get(store, 't1')).toMatchObject({ status: 'completed', priority: 'medium' });
    }));

  test('leaves stated priorities what they are, and moves the task all the same', () =>
    withStore(async ({ store }) => {
      await store.record([task('t1', 'Find the TimeoutError in api/checkout.py', { priority: 'low' })], NOW);
      await settle(store);
      const { rank } = await get(store, 't1');
      await follow(store, NOW, batchOf([payment(NOW)]));
      await settle(store);
      const after = await get(store, 't1');
      expect(after).toMatchObject({ priority: 'low', prioritySource: 'stated', priorityReason: 'stated in its list' });
      expect(after.rank).toBeGreaterThan(rank);
    }));
});

describe('what waits for a task', () => {
  test('is counted while it is open, whichever of the two says so', () =>
    withStore(async ({ store }) => {
      const waiting = ['a', 'b', 'c', 'd', 'e'].map((id) => task(id, `Part ${id}`, { blockedBy: ['t1'] }));
      await store.record([task('t1', 'Lay the ground', { blocks: ['a', 'f'] }), task('f', 'Part f'), ...waiting], NOW);
      await settle(store);
      expect(await get(store, 't1')).toMatchObject({ priority: 'high', priorityReason: '6 tasks wait for it' });
      for (const id of ['a', 'b', 'c', 'd']) {
        await store.setByHand({ taskId: id, status: 'completed', note: null, at: NOW + HOUR });
      }
      await settle(store);
      expect(await get(store, 't1')).toMatchObject({ priority: 'medium', priorityReason: '2 tasks wait for it' });
      expect((await store.tasks.list({ priority: ['high'] })).total).toBe(0);
    }));
});

test('looking again changes nothing, and leaves nothing to be looked at', () =>
  withStore(
    async ({ store, redis, keys, open }) => {
      await store.record([task('t1', 'Repair api/checkout.py'), task('t2', 'Ship it', { blockedBy: ['t1'] })], NOW);
      await follow(store, NOW, batchOf([payment(NOW)]));
      await settle(store);
      const { watched: _, ...once } = await dump(redis, keys);
      const again = await open();
      await settle(again);
      const { watched: __, ...twice } = await dump(redis, keys);
      expect(twice).toEqual(once);
      for (const name of ['unweighed', 'weighing']) expect(await redis.scard(keys.of(name))).toBe(0);
    },
    { components },
  ));

test('what a worker that died was looking at is looked at by the next', () =>
  withStore(
    async ({ store, redis, keys }) => {
      await store.record([task('t1', 'Repair api/a.py')], NOW);
      await redis.smove(keys.of('unweighed'), keys.of('weighing'), 't1');
      await settle(store);
      expect((await get(store, 't1')).component).toBe('backend');
    },
    { components },
  ));
