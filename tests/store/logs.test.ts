import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ingest, type LogBatch } from '../../jobs/ingest.js';
import { PermanentError } from '../../src/errors.js';
import type { Pattern } from '../../src/store/correlations.js';
import type { Store } from '../../src/store/index.js';
import { freshPrints, mergePrint, minedPrints, rateErrors } from '../../src/store/log-patterns.js';
import { DAY, failure, HOUR, NOW } from '../support/errors-ledger.js';
import { batchOf, follow, HOST, idOf, inARow, intentOf, LOG, logged, minuteOf, print } from '../support/log-batches.js';
import { dump, withStore } from '../support/store.js';

const MINUTE = 60_000;
const NO_FILTER = { limit: 99, asked: '', now: NOW, mostTasks: 5 };

async function listed(store: Store, query: object = {}): Promise<readonly Pattern[]> {
  return (await store.errors.patterns({ ...NO_FILTER, ...query })).patterns;
}

const countOf = async (store: Store, name: string): Promise<number> =>
  (await store.errors.pattern(idOf(name), { now: NOW, mostTasks: 0 }))?.count ?? 0;

describe('a piece of a log', () => {
  test('is counted once, however often it comes', () =>
    withStore(async ({ store, redis, keys }) => {
      const batch = batchOf([logged('redis', NOW, 3)]);
      expect(await follow(store, NOW, batch, batch)).toEqual([true, false]);
      const before = await dump(redis, keys);
      // As after a kill between announcing and queueing, when the queue had it after all.
      const [memory] = await store.recallLog(HOST, LOG);
      expect(memory).toMatchObject({ watermark: 100, isApplied: true, beyond: [], ended: false });
      expect(await store.applyLogBatch(batch, NOW)).toEqual({ applied: false });
      expect(await dump(redis, keys)).toEqual(before);
      expect(await countOf(store, 'redis')).toBe(3);
    }));

  test('that was announced and not counted is told of with the state that it was cut from', () =>
    withStore(async ({ store }) => {
      const [first, second] = inARow([logged('a', NOW)], [logged('a', NOW)]) as [LogBatch, LogBatch];
      await follow(store, NOW, first);
      await store.intendLogBatch(intentOf(second));
      const [memory] = await store.recallLog(HOST, LOG);
      expect(memory).toMatchObject({
        id: 'g1',
        identity: { ino: '2' },
        watermark: 100,
        isApplied: false,
        intent: { fromByte: 100, toByte: 200, before: { at: 100 }, after: { at: 200 } },
      });
      expect(await follow(store, NOW, second, second)).toEqual([true, false]);
      expect((await store.recallLog(HOST, LOG))[0]).toMatchObject({ watermark: 200, isApplied: true });
      expect(await countOf(store, 'a')).toBe(2);
    }));

  test('may come in any order, and holes are known', () =>
    withStore(async ({ store }) => {
      const batches = inARow(...Array.from({ length: 6 }, () => [logged('a', NOW)]));
      for (const batch of batches) await store.intendLogBatch(intentOf(batch));
      const apply = async (...which: number[]): Promise<void> => {
        for (const index of which) {
          const batch = batches[index];
          if (batch !== undefined) expect(await store.applyLogBatch(batch, NOW)).toEqual({ applied: true });
        }
      };
      await apply(3, 1);
      expect((await store.recallLog(HOST, LOG))[0]).toMatchObject({
        watermark: 0,
        beyond: [
          [100, 200],
          [300, 400],
        ],
      });
      expect(await store.applyLogBatch(batchOf([], { fromByte: 120, toByte: 150 }), NOW)).toEqual({ applied: false });
      await apply(2, 5);
      expect((await store.recallLog(HOST, LOG))[0]?.beyond).toEqual([
        [100, 400],
        [500, 600],
      ]);
      await apply(0, 4);
      expect((await store.recallLog(HOST, LOG))[0]).toMatchObject({ watermark: 600, beyond: [] });
      for (const batch of batches) expect(await store.applyLogBatch(batch, NOW)).toEqual({ applied: false });
      expect(await countOf(store, 'a')).toBe(6);
    }));

  test('any order and any repetition give the ledger of one pass', async () => {
    const event = fc.record({
      name: fc.constantFrom('a', 'b', 'c'),
      at: fc.integer({ min: NOW - 3 * DAY, max: NOW }),
      n: fc.integer({ min: 1, max: 9 }),
      level: fc.constantFrom('warning' as const, 'error' as const),
    });
    const pieces = fc.array(fc.array(event, { maxLength: 3 }), { minLength: 2, maxLength: 8 });
    await withStore(async ({ store, redis, keys, flush }) => {
      const ledgerOf = async (batches: readonly LogBatch[], order: readonly number[]): Promise<unknown> => {
        await flush();
        for (const batch of batches) await store.intendLogBatch(intentOf(batch));
        for (const index of order) {
          const batch = batches[index];
          if (batch !== undefined) await store.applyLogBatch(batch, NOW);
        }
        const ledger = await dump(redis, keys);
        // When something was written, and which text was the last to come, depend on the order.
        return JSON.parse(
          JSON.stringify(ledger, (key, value: unknown) =>
            ['at', 'q1', 'q2', 'logs'].includes(key) ? undefined : value,
          ),
        );
      };
      await fc.assert(
        fc.asyncProperty(pieces, fc.infiniteStream(fc.nat()), async (told, numbers) => {
          const batches = told.map((events, index) =>
            batchOf(
              events.map(({ name, at, n, level }, k) =>
                logged(name, at, n, { level, samples: [{ at, byte: index * 100 + k, text: name, context: [] }] }),
              ),
              { fromByte: index * 100 },
            ),
          );
          const all = batches.map((_, index) => index);
          const drawn = [...all, ...all].map((index) => [numbers.next().value ?? 0, index] as const);
          const order = drawn.sort(([a], [b]) => a - b).map(([, index]) => index);
          expect(await ledgerOf(batches, order)).toEqual(await ledgerOf(batches, all));
        }),
        { numRuns: 40 },
      );
    });
  }, 60_000);

  test.each([
    [50, 150],
    [0, 101],
    [250, 350],
    [350, 450],
    [0, 1_000],
    [200, 400],
  ])('that was counted in part, %d to %d, is refused', (fromByte, toByte) =>
    withStore(async ({ store, redis, keys }) => {
      await store.intendLogBatch(intentOf(batchOf([], { fromByte: 0, toByte: 9_999 })));
      await store.applyLogBatch(batchOf([logged('a', NOW)]), NOW);
      await store.applyLogBatch(batchOf([logged('a', NOW)], { fromByte: 300 }), NOW);
      const before = await dump(redis, keys);
      const again = store.applyLogBatch(batchOf([logged('a', NOW)], { fromByte, toByte }), NOW);
      await expect(again).rejects.toThrow(PermanentError);
      await expect(again).rejects.toThrow(
        `bytes ${fromByte} to ${toByte} of ${LOG}: a part of them was counted before`,
      );
      expect(await dump(redis, keys)).toEqual(before);
    }),
  );

  test('that nobody announced is refused', () =>
    withStore(async ({ store }) => {
      await expect(store.applyLogBatch(batchOf([logged('a', NOW)]), NOW)).rejects.toThrow('nobody announced');
      expect(await listed(store)).toEqual([]);
    }));

  test('is neither announced nor ended by one who knows another run of the server', () =>
    withStore(async ({ store }) => {
      const run = await store.serverRun();
      expect(run).toMatch(/^[0-9a-f]{40}$/);
      const [first, second] = inARow([logged('a', NOW)], [logged('a', NOW)]) as [LogBatch, LogBatch];
      await store.intendLogBatch(intentOf(first), run);
      const other = '0'.repeat(40);
      await expect(store.intendLogBatch(intentOf(second), other)).rejects.toThrow('began again');
      const log = { host: HOST, path: LOG, generation: 'g1' };
      await expect(store.endLog(log, NOW, other)).rejects.toThrow('began again');
      expect(await store.recallLog(HOST, LOG)).toMatchObject([{ ended: false, intent: { toByte: 100 } }]);
      // A job that is left of what Redis has forgotten: its bytes will be cut anew.
      await expect(store.applyLogBatch(second, NOW)).rejects.toThrow('nobody announced');
    }));

  test('of another generation is another piece; generations are forgotten 30 days after their end', () =>
    withStore(async ({ store, redis, keys }) => {
      await follow(store, NOW, batchOf([logged('a', NOW)]));
      await store.endLog({ host: HOST, path: LOG, generation: 'g1' }, NOW);
      await follow(store, NOW, batchOf([logged('a', NOW)], { generation: 'g2' }));
      expect(await countOf(store, 'a')).toBe(2);
      const known = async (): Promise<unknown> =>
        (await store.recallLog(HOST, LOG)).map(({ id, ended }) => [id, ended]).sort();
      expect(await known()).toEqual([
        ['g1', true],
        ['g2', false],
      ]);
      const retention = { closedTasksDays: 400, conversationsDays: 400, errorsDays: 400, activityDays: 30 };
      await store.retire(retention, NOW + 31 * DAY);
      expect(await known()).toEqual([['g2', false]]);
      expect((await redis.keys(keys.of('log', '*'))).length).toBe(1);
    }));

  test('is known by its bytes on the queue, and bounded', () => {
    const batch = batchOf([logged('a', NOW)]);
    expect(ingest.key(batch)).toEqual(ingest.key({ ...batch, readAt: 5, errors: [] }));
    expect(ingest.key(batch)).not.toEqual(ingest.key({ ...batch, toByte: 101 }));
    expect(ingest.forget?.(batch)).toBe(true);
    const sample = { at: NOW, byte: 0, text: 'x'.repeat(2_000), context: ['y'.repeat(300)] };
    const large = Array.from({ length: 500 }, (_, n) => logged(`a${n}`, NOW, 1, { samples: [sample] }));
    expect(ingest.payload.safeParse(batchOf(large)).success).toBe(false);
    expect(ingest.payload.safeParse(batchOf(large.slice(0, 400))).success).toBe(true);
    for (const wrong of [
      { toByte: 0 },
      { more: 1 },
      { errors: Array.from({ length: 3_001 }, () => logged('a', NOW)) },
    ]) {
      expect(ingest.payload.safeParse({ ...batch, ...wrong }).success).toBe(false);
    }
  });
});

describe('an error of logs', () => {
  test('tells how often, since when, where, and how bad', () =>
    withStore(async ({ store }) => {
      const sample = (byte: number) => ({ at: NOW - HOUR, byte, text: `refused at ${byte}`, context: ['before'] });
      await follow(
        store,
        NOW,
        ...inARow(
          [logged('redis', NOW - 3 * DAY, 2), logged('slow', NOW - DAY, 1, { level: 'warning' })],
          [logged('redis', NOW - HOUR, 5, { samples: [sample(7)], keys: ['file:a.py:3'], level: 'critical' })],
        ),
      );
      expect(await listed(store)).toMatchObject([
        {
          id: idOf('redis'),
          message: 'redis failed after <*> ms',
          class: 'log',
          count: 7,
          firstAt: NOW - 3 * DAY,
          lastAt: NOW - HOUR,
          lastDay: 5,
          trend: 'rising',
          severity: 'critical',
          severityReason: 'logged as critical',
          component: 'backend',
          sources: [LOG],
          sessions: [],
        },
        { id: idOf('slow'), severity: 'medium' },
      ]);
      const found = await store.errors.pattern(idOf('redis'), { now: NOW, mostTasks: 1, isDetailed: true });
      expect(found?.details).toMatchObject({
        samples: [{ path: LOG, byte: 7, text: 'refused at 7', context: ['before'] }],
        fingerprints: [print('redis')],
        level: 'critical',
        keys: ['file:a.py:3'],
        components: ['backend'],
      });
      expect(found?.details?.hours.slice(-3)).toEqual([0, 5, 0]);
    }));

  test('a million lines in twenty batches leave a handful of keys, five samples and one line of activity an hour', () =>
    withStore(async ({ store, redis }) => {
      const batches = inARow(
        ...Array.from({ length: 20 }, (_, n) => [
          logged('storm', NOW + n * 1_000, 50_000, {
            samples: [0, 1, 2].map((k) => ({ at: NOW + n * 1_000 + k, byte: 3 * n + k, text: 'x', context: [] })),
          }),
        ]),
      );
      await follow(store, NOW, ...batches);
      expect(await countOf(store, 'storm')).toBe(1_000_000);
      expect((await redis.keys('*')).length).toBeLessThan(20);
      const found = await store.errors.pattern(idOf('storm'), { now: NOW, mostTasks: 0, isDetailed: true });
      expect(found?.details?.samples.map(({ byte }) => byte)).toEqual([0, 1, 57, 58, 59]);
      expect(await store.activity({ since: NOW - DAY, limit: 99 })).toMatchObject({
        total: 1,
        events: [{ kind: 'error', what: 'logged', id: idOf('storm'), count: 1_000_000 }],
      });
    }));

  test('minutes are kept for 48 hours and hours for 90 days, whatever comes in', () =>
    withStore(async ({ store, redis, keys }) => {
      let byte = 0;
      const tell = async (from: number, stepMs: number, count: number, now: number): Promise<void> => {
        const minutes = Array.from({ length: count }, (_, n) => [minuteOf(from + n * stepMs), 1] as [number, number]);
        const lastAt = from + (count - 1) * stepMs;
        const error = logged('a', from, 1, { minutes, firstAt: from, lastAt });
        await follow(store, now, batchOf([error], { fromByte: byte, toByte: (byte += 100) }));
      };
      await tell(NOW - 100 * DAY, HOUR, 2_400, NOW);
      expect(await redis.hlen(keys.of('err', idOf('a'), 'h'))).toBe(2_160);
      for (let day = 0; day < 4; day++) await tell(NOW + day * DAY, MINUTE, 1_440, NOW + (day + 1) * DAY);
      expect(await redis.hlen(keys.of('err', idOf('a'), 'm'))).toBeLessThanOrEqual(48 * 60 + 101);
      expect(await redis.hlen(keys.of('err', idOf('a'), 'h'))).toBeLessThanOrEqual(90 * 24 + 51);
      expect(await redis.ttl(keys.of('err', idOf('a'), 'm'))).toBeGreaterThan(0);
      expect(await countOf(store, 'a')).toBe(2_400 + 4 * 1_440);
    }));

  test('that is taken back is no more, in either order', () =>
    withStore(async ({ store, redis, keys }) => {
      const sample = { at: NOW, byte: 5, text: 'ValueError', context: [] };
      const given = batchOf([logged('short', NOW, 1, { samples: [sample] })]);
      const amended = batchOf([logged('short', NOW, -1, { samples: [sample] }), logged('whole', NOW)], {
        fromByte: 100,
      });
      await follow(store, NOW, given);
      expect(await countOf(store, 'short')).toBe(1);
      await follow(store, NOW, amended);
      expect((await listed(store)).map(({ id }) => id)).toEqual([idOf('whole')]);
      expect((await redis.keys(keys.of('err', idOf('short') + '*'))).length).toBe(0);
      expect(await redis.hexists(keys.of('prints'), print('short'))).toBe(0);
      const inOrder = await dump(redis, keys);

      await redis.flushdb();
      await store.intendLogBatch(intentOf(given));
      await follow(store, NOW, amended);
      expect((await listed(store)).map(({ id }) => id)).toEqual([idOf('whole')]);
      expect(await redis.ttl(keys.of('err', idOf('short')))).toBeGreaterThan(0);
      await store.applyLogBatch(given, NOW);
      const { logs: _, logged: __, ...reversed } = await dump(redis, keys);
      expect(inOrder).toMatchObject(
        JSON.parse(
          JSON.stringify(reversed, (key, v: unknown) => (key === 'intent' || key === 'at' ? undefined : v)),
        ) as object,
      );
      expect(await countOf(store, 'short')).toBe(0);
    }));

  test('with a conversation it is one record, and each side may go', () =>
    withStore(async ({ store }) => {
      await store.record([failure(idOf('redis'), NOW - DAY, { message: 'Redis failed after 3 ms' })], NOW);
      const [, back] = inARow([], [logged('redis', NOW, -4)]) as [LogBatch, LogBatch];
      await follow(store, NOW, batchOf([logged('redis', NOW, 4)]));
      expect(await listed(store)).toMatchObject([
        { count: 5, firstAt: NOW - DAY, lastAt: NOW, sources: ['conversation', LOG], sessions: ['session-a'] },
      ]);
      expect((await listed(store, { component: 'backend', severity: 'high' })).length).toBe(1);
      expect((await store.errors.list({ limit: 9 })).errors).toMatchObject([{ count: 5 }]);
      await follow(store, NOW, back);
      expect(await listed(store)).toMatchObject([{ count: 1, lastAt: NOW - DAY, sources: ['conversation'] }]);
      expect((await listed(store, { component: 'backend' })).length).toBe(0);
    }));
});

describe('patterns', () => {
  const retention = { closedTasksDays: 400, conversationsDays: 400, errorsDays: 100, activityDays: 30 };

  test('that are one are counted, listed and found as one, also by conversations that come later', () =>
    withStore(async ({ store, redis, keys }) => {
      await store.record([failure(idOf('b'), NOW - 2 * DAY, { sessionId: 'session-b' })], NOW);
      await follow(
        store,
        NOW,
        ...inARow([logged('a', NOW - HOUR, 2)], [logged('b', NOW - DAY, 3, { level: 'critical', keys: ['type:X'] })]),
        batchOf([logged('b', NOW - HOUR, 4)], { path: '/var/log/b.log', component: 'b' }),
      );
      expect(await mergePrint(redis, keys, idOf('b'), idOf('a'))).toBe(true);
      const merged = await dump(redis, keys);
      expect(await mergePrint(redis, keys, idOf('b'), idOf('a'))).toBe(false);
      expect(await dump(redis, keys)).toEqual(merged);
      expect(await listed(store)).toMatchObject([
        {
          id: idOf('a'),
          count: 10,
          severity: 'critical',
          sources: ['conversation', LOG, '/var/log/b.log'],
          sessions: ['session-b'],
          firstAt: NOW - 2 * DAY,
        },
      ]);
      await store.record([failure(idOf('b'), NOW, { sessionId: 'session-c' })], NOW);
      await follow(store, NOW, batchOf([logged('b', NOW, 1)], { fromByte: 200 }));
      const [found] = await listed(store);
      expect(found).toMatchObject({ id: idOf('a'), count: 12, lastAt: NOW, sessions: ['session-b', 'session-c'] });
      expect((await listed(store, { sessionId: 'session-c' })).map(({ id }) => id)).toEqual([idOf('a')]);
      expect((await listed(store, { component: 'b' })).map(({ id }) => id)).toEqual([idOf('a')]);
      expect((await store.errors.pattern(idOf('b'), { now: NOW, mostTasks: 0 }))?.id).toBe(idOf('a'));
      expect(
        (await store.activity({ since: 0, limit: 99 })).events.filter(({ what }) => what === 'logged'),
      ).toMatchObject([
        { id: idOf('a'), count: 3 },
        { id: idOf('a'), count: 6 },
        { id: idOf('a'), count: 1 },
      ]);
      await store.retire(retention, NOW + 101 * DAY);
      expect(await listed(store)).toEqual([]);
      expect(await redis.keys(keys.of('err*'))).toEqual([]);
      expect(await redis.hlen(keys.of('prints'))).toBe(0);
      expect(await redis.keys(keys.of('errors*'))).toEqual([]);
    }));

  test('are found by component, severity, time and words, in pages with exact totals', () =>
    withStore(async ({ store, redis, keys }) => {
      const many = Array.from({ length: 60 }, (_, n) =>
        logged(`e${n}`, NOW - n * MINUTE, 1, { level: n % 3 === 0 ? 'warning' : 'error' }),
      );
      await follow(
        store,
        NOW,
        batchOf(many.filter((_, n) => n % 2 === 0)),
        batchOf(
          many.filter((_, n) => n % 2 === 1),
          { path: '/var/log/front.log', component: 'front*end' },
        ),
        batchOf([logged('needle', NOW, 1, { samples: [{ at: NOW, byte: 0, text: 'Zebra crossing', context: [] }] })], {
          fromByte: 100,
        }),
      );
      const page = await store.errors.patterns({ ...NO_FILTER, component: 'front*end', severity: 'medium', limit: 4 });
      expect(page).toMatchObject({ total: 10, totalIs: 'exact' });
      expect(page.patterns.map(({ id }) => id)).toEqual([3, 9, 15, 21].map((n) => idOf(`e${n}`)));
      const rest = await store.errors.patterns({
        ...NO_FILTER,
        component: 'front*end',
        severity: 'medium',
        cursor: page.nextCursor ?? '',
      });
      expect(rest).toMatchObject({ total: 10, nextCursor: null });
      expect(rest.patterns.length).toBe(6);
      expect((await listed(store, { query: 'zebra' })).map(({ id }) => id)).toEqual([idOf('needle')]);
      expect((await listed(store, { component: 'backend', since: NOW - 5 * MINUTE })).map(({ id }) => id)).toEqual(
        ['needle', 'e0', 'e2', 'e4'].map(idOf),
      );
      expect((await listed(store, { component: 'nope' })).length).toBe(0);
      // Rated anew, it is found there and no longer here.
      expect(await rateErrors(redis, keys, [{ id: idOf('e3'), severity: 'critical', reason: 'spike' }])).toEqual([
        idOf('e3'),
      ]);
      expect(await listed(store, { severity: 'critical' })).toMatchObject([
        { id: idOf('e3'), severityReason: 'spike' },
      ]);
      expect((await listed(store, { severity: 'medium' })).map(({ id }) => id)).not.toContain(idOf('e3'));
    }));

  test('what is out of the ordinary with them is told with them, and among what happened', () =>
    withStore(async ({ store, redis, keys }) => {
      await follow(store, NOW, batchOf([logged('a', NOW - DAY, 2), logged('b', NOW - DAY)]));
      await redis.zadd(keys.of('activity'), NOW, `p:${idOf('a')}:spike:5`);
      await redis.hset(keys.of('sig', idOf('a')), 'spike', JSON.stringify({ at: NOW, why: '80 where 5 are usual' }));
      await redis.hset(keys.of('tie', idOf('a')), 'gone', JSON.stringify({ score: 0.9, why: 'same file' }));
      expect((await store.activity({ since: NOW - HOUR, limit: 9 })).events).toMatchObject([
        { at: NOW, kind: 'error', what: 'spike', id: idOf('a'), title: 'a failed after <*> ms' },
      ]);
      const found = await store.errors.pattern(idOf('a'), { now: NOW, mostTasks: 3, isDetailed: true });
      expect(found).toMatchObject({
        details: { signals: [{ kind: 'spike', at: NOW, why: '80 where 5 are usual' }] },
        // A task that was forgotten is not shown.
        tasks: [],
      });
      await mergePrint(redis, keys, idOf('a'), idOf('b'));
      expect((await store.activity({ since: NOW - HOUR, limit: 9 })).events).toMatchObject([
        { what: 'spike', id: idOf('b') },
      ]);
    }));

  test('what is new to the miner waits until it has seen it', () =>
    withStore(async ({ store, redis, keys }) => {
      await follow(store, NOW, batchOf([logged('a', NOW), logged('b', NOW, 1, { kind: 'trace' })]));
      const found = await freshPrints(redis, keys, 10);
      expect(found.sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1))).toEqual([
        { fingerprint: print('a'), kind: 'message', template: 'a failed after <*> ms' },
        { fingerprint: print('b'), kind: 'trace', template: 'b failed after <*> ms' },
      ]);
      await minedPrints(redis, keys, [print('a'), print('b')]);
      expect((await redis.smembers(keys.of('stirred'))).sort()).toEqual([idOf('a'), idOf('b')]);
      await redis.del(keys.of('stirred'));
      await follow(store, NOW, batchOf([logged('a', NOW)], { fromByte: 100 }));
      expect(await freshPrints(redis, keys, 10)).toEqual([]);
      expect(await redis.smembers(keys.of('stirred'))).toEqual([idOf('a')]);
    }));
});
