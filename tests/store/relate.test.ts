import { describe, expect, test } from '@jest/globals';
import { linkKeysOf } from '../../src/domain/relate/index.js';
import { getErrorCorrelations } from '../../src/mcp/tools/get-error-correlations.js';
import type { Store } from '../../src/store/index.js';
import { START, talk, taskFact } from '../support/builders.js';
import { callOn, DAY, failure, NOW, tie } from '../support/errors-ledger.js';
import { batchOf, follow, idOf, logged } from '../support/log-batches.js';
import { tell, withStore } from '../support/store.js';

const TRACE =
  'Traceback (most recent call last):\n  File "/opt/shop/api/checkout.py", line 42, in pay\nTimeoutError: gateway';

async function settle(store: Store): Promise<void> {
  await store.correlateTouched(99);
  while ((await store.correlateErrors(50, NOW)).more);
}

async function tiesOf(store: Store, name: string): Promise<string[]> {
  const found = await store.errors.pattern(idOf(name), { now: NOW, mostTasks: 9 });
  return (found?.tasks ?? []).map(({ title, why }) => `${title}: ${why}`);
}

test('an error of a log is tied to the task that names its file, and the tool says why', () =>
  withStore(async (bench) => {
    const { store } = bench;
    const said = talk({ at: NOW - 3_600_000 });
    said.user('The payment hangs. Please repair it.');
    said.todoWrite(
      ['Repair the hanging call in api/checkout.py', 'in_progress'],
      ['Write the release notes', 'pending'],
    );
    await tell(store, said.lines);
    const error = logged('pay', NOW, 1, {
      template: 'TimeoutError in pay',
      class: 'TimeoutError',
      keys: linkKeysOf(TRACE, null),
    });
    await follow(store, NOW, batchOf([error]));
    await settle(store);
    const { patterns } = await callOn(bench, getErrorCorrelations, { response_format: 'detailed' });
    const own = patterns.find(({ id }) => id === idOf('pay')) as {
      tasks: { score: number; why: string; title: string }[];
    };
    expect(own.tasks).toHaveLength(1);
    expect(own.tasks[0]).toMatchObject({ title: 'Repair the hanging call in api/checkout.py' });
    expect(own.tasks[0]?.score).toBeGreaterThanOrEqual(0.8);
    expect(own.tasks[0]?.why).toMatch(
      /^the task names api\/checkout\.py, the error happened at opt\/shop\/api\/checkout\.py:42/,
    );
  }));

describe('ties', () => {
  const task = (id: string, title: string, more = {}) => taskFact({ id, title, at: START, ...more });

  test('come when the task comes after the error, and go with its words', () =>
    withStore(async ({ store }) => {
      await follow(
        store,
        NOW,
        batchOf([logged('a', NOW, 1, { template: 'ECONNREFUSED of redis', keys: ['code:ECONNREFUSED'] })]),
      );
      await settle(store);
      expect(await tiesOf(store, 'a')).toEqual([]);
      await store.record([task('t1', 'Find out why ECONNREFUSED comes up')], NOW);
      await settle(store);
      expect(await tiesOf(store, 'a')).toEqual([
        expect.stringMatching(/^Find out why ECONNREFUSED comes up: the task names the code ECONNREFUSED/),
      ]);
      await store.record([task('t1', 'Rename the menu', { at: START + 1_000 })], NOW);
      await settle(store);
      expect(await tiesOf(store, 'a')).toEqual([]);
    }));

  test('hold over a restart of the worker, which ties the next error to the same task', () =>
    withStore(async ({ store, open }) => {
      await store.record([task('t1', 'Repair load_settings in config/reader.ts')], NOW);
      await settle(store);
      const other = await open();
      const keys = linkKeysOf('TypeError at load_settings (/srv/app/config/reader.ts:7:3)', null);
      await follow(other, NOW, batchOf([logged('b', NOW, 1, { template: 'TypeError in load_settings', keys })]));
      await settle(other);
      expect(await tiesOf(store, 'b')).toHaveLength(1);
    }));

  test('lead from a request id, from words, and from a component in the title', () =>
    withStore(async ({ store }) => {
      await store.record(
        [
          task('t1', 'Look into request_id=req-77ab12 of Monday'),
          task('t2', 'The inventory reservation lock expires too early'),
          task('t3', 'Move the backend to the new host'),
          task('t4', 'Plant a tree'),
        ],
        NOW,
      );
      const errors = [
        logged('x', NOW, 1, { keys: ['request:req-77ab12'], template: 'boom' }),
        logged('y', NOW, 1, { template: 'Reservation of inventory item <*>: lock expired' }),
      ];
      await follow(store, NOW, batchOf(errors));
      await settle(store);
      const [first = '', ...others] = await tiesOf(store, 'x');
      expect(first).toBe('Look into request_id=req-77ab12 of Monday: both name request req-77ab12');
      expect(others).toEqual(["Move the backend to the new host: the task's title names backend"]);
      const words = await tiesOf(store, 'y');
      expect(words[0]).toMatch(/^The inventory reservation lock expires too early: both speak of /);
      expect(words.join()).not.toContain('Plant');
    }));

  test('are cut at 20', () =>
    withStore(async ({ store }) => {
      const many = Array.from({ length: 30 }, (_, index) => task(`t${index}`, `Part ${index} of api/checkout.py`));
      await store.record(many, NOW);
      const error = logged('c', NOW, 1, { level: 'warning', keys: ['file:api/checkout.py:42'] });
      await follow(store, NOW, batchOf([error]));
      await settle(store);
      const found = await store.errors.pattern(idOf('c'), { now: NOW, mostTasks: 50 });
      expect(found?.tasks.length).toBeLessThanOrEqual(20);
      expect(found?.tasks[0]?.score).toBeGreaterThanOrEqual(found?.tasks.at(-1)?.score ?? 1);
    }));

  test('to a critical task raise the severity, until it is closed by hand', () =>
    withStore(async ({ store }) => {
      const severity = async () => (await store.errors.pattern(idOf('c'), { now: NOW, mostTasks: 0 }))?.severityReason;
      await store.record([task('dire', 'Save api/checkout.py', { priority: 'critical' })], NOW);
      const error = logged('c', NOW, 1, { level: 'warning', keys: ['file:api/checkout.py:42'] });
      await follow(store, NOW, batchOf([error]));
      await settle(store);
      expect(await severity()).toBe('tied to the critical task "Save api/checkout.py" (logged as warning)');
      await store.setByHand({ taskId: 'dire', status: 'completed', note: null, at: NOW });
      await follow(store, NOW, batchOf([error], { fromByte: 100 }));
      await settle(store);
      expect(await severity()).toBe('logged as warning');
    }));

  test('tell when an error comes while a task is under way more often than else', () =>
    withStore(async ({ store }) => {
      const span = 600_000;
      const begin = NOW - 100 * span;
      const facts = [
        task('work', 'Migrate the queue', { at: begin + 40 * span, status: 'in_progress' }),
        task('work', 'Migrate the queue', { at: begin + 50 * span, status: 'completed' }),
        task('all', 'Watch the night', { at: begin, status: 'in_progress' }),
      ];
      await store.record(facts, NOW);
      const minutes = Array.from({ length: 9 }, (_, index): [number, number] => [
        (begin + (40 + index) * span) / 60_000 + 1,
        3,
      ]);
      const firstAt = begin + 40 * span;
      await follow(
        store,
        NOW,
        batchOf([logged('q', firstAt, 1, { minutes, firstAt, lastAt: firstAt + 9 * span, template: 'zzz' })]),
      );
      await settle(store);
      const ties = await tiesOf(store, 'q');
      expect(ties).toHaveLength(1);
      expect(ties[0]).toMatch(/^Migrate the queue: happened in 9 of the 1[01] ten-minute spans while it was under way/);
    }));

  test('go with the error, from both of their ends', () =>
    withStore(async ({ store, redis, keys }) => {
      await store.record([task('t1', 'Repair api/checkout.py')], NOW);
      const error = (n: number) => logged('c', NOW, n, { keys: ['file:api/checkout.py:42'] });
      await follow(store, NOW, batchOf([error(1)]));
      await settle(store);
      expect(await redis.smembers(keys.of('tied', 't1'))).toEqual([idOf('c')]);
      await follow(store, NOW, batchOf([error(-1)], { fromByte: 100 }));
      expect(await redis.exists(keys.of('tied', 't1'), keys.of('tie', idOf('c')), keys.of('sig', idOf('c')))).toBe(0);
      await follow(store, NOW, batchOf([error(1)], { fromByte: 200 }));
      await settle(store);
      await store.record([task('t1', 'Plant a tree', { at: START + 1_000 })], NOW);
      await settle(store);
      expect(await redis.exists(keys.of('tied', 't1'), keys.of('tie', idOf('c')))).toBe(0);
    }));

  test('of an error that is forgotten do not stay with the open task', () =>
    withStore(async (bench) => {
      const { store, redis, keys } = bench;
      await store.record([task('t1', 'Repair api/checkout.py')], NOW);
      await follow(store, NOW, batchOf([logged('c', NOW, 1, { keys: ['file:api/checkout.py:42'] })]));
      await settle(store);
      await tie(bench, 't1', idOf('c'));
      const retention = { closedTasksDays: 400, conversationsDays: 400, errorsDays: 30, activityDays: 30 };
      expect(await store.retire(retention, NOW + 31 * DAY)).toMatchObject({ tasks: 0, errors: 1 });
      expect(await redis.exists(keys.of('tied', 't1'), keys.of('rel', 't1'), keys.of('tie', idOf('c')))).toBe(0);
      expect((await store.tasks.get('t1'))?.status).toBe('pending');
    }));

  test('of errors in conversations are found as well', () =>
    withStore(async ({ store }) => {
      const id = 'e0123456789abcdef';
      await store.record(
        [
          task('t1', 'Repair src/cart/total.ts'),
          failure(id, NOW, {
            message: 'src/cart/total.ts(12,5): error TS2304: Cannot find name',
            sessionId: 'session-b',
          }),
        ],
        NOW,
      );
      await settle(store);
      const found = await store.errors.pattern(id, { now: NOW, mostTasks: 9 });
      expect(found?.tasks).toMatchObject([{ title: 'Repair src/cart/total.ts' }]);
    }));
});
