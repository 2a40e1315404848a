import { describe, expect, test } from '@jest/globals';
import type { TaskFact } from '../../src/domain/facts.js';
import { listedTool } from '../../src/mcp/serve/listed-tool.js';
import { validateFixes as tool } from '../../src/mcp/tools/validate-fixes.js';
import { talk, taskFact } from '../support/builders.js';
import {
  allPages,
  callOn,
  DAY,
  failure,
  HOUR,
  listedBytes,
  NOW,
  refusalOn,
  tie,
  type Reply,
} from '../support/errors-ledger.js';
import { batchOf, follow, idOf, logged, minuteOf } from '../support/log-batches.js';
import { tell, withStore, type Bench } from '../support/store.js';

/** A task that was done at `at`. */
const done = (id: string, at: number, said: Partial<TaskFact> = {}): TaskFact =>
  taskFact({ id, at, status: 'completed', title: `Fix ${id}`, eventId: `done-${id}-${at}`, ...said });

/** Happened `count` times, an hour apart, the last time an hour before `at`. */
const hourly = (id: string, at: number, count: number) =>
  Array.from({ length: count }, (_, n) => failure(id, at - (n + 1) * HOUR));

const verdicts = ({ fixes }: Reply): unknown[] => fixes.map((fix) => [fix['error_id'], fix['verdict']]);

async function withFixes(body: (bench: Bench) => Promise<void>): Promise<void> {
  await withStore(async (bench) => {
    const facts = [
      ...hourly('silent', NOW - 9 * HOUR, 5),
      done('t-silent', NOW - 9 * HOUR),
      ...hourly('young', NOW - HOUR, 5),
      done('t-young', NOW - HOUR),
      ...hourly('again', NOW - 5 * HOUR, 5),
      failure('again', NOW - HOUR, { sessionId: 'session-b' }),
      done('t-again', NOW - 5 * HOUR, { project: '/work/web' }),
      ...hourly('seldom', NOW - 7 * HOUR, 2),
      done('t-seldom', NOW - 7 * HOUR, { by: 'hand', sessionId: '' }),
      ...hourly('open', NOW - 3 * HOUR, 5),
      taskFact({ id: 't-open', at: NOW - 3 * HOUR, status: 'in_progress' }),
      done('t-tidy', NOW - 2 * HOUR),
    ];
    await bench.store.record(facts, NOW);
    for (const name of ['silent', 'young', 'again', 'seldom', 'open']) await tie(bench, `t-${name}`, name);
    await body(bench);
  });
}

describe('validate_fixes', () => {
  test('judges the fix of an error of logs by its silence there, also where only what it names ties them', () =>
    withStore(async (bench) => {
      const { store, redis, keys } = bench;
      const hours = (name: string, from: number, count: number) =>
        logged(name, NOW - from * HOUR, 1, {
          minutes: Array.from({ length: count }, (_, n) => [minuteOf(NOW - (from - n) * HOUR), 2]),
          firstAt: NOW - from * HOUR,
          lastAt: NOW - (from - count + 1) * HOUR,
        });
      await follow(store, NOW, batchOf([hours('quiet', 30, 10), hours('back', 30, 29), hours('old', 300, 10)]));
      await store.record(
        ['quiet', 'back', 'old'].map((name) => done(`t-${name}`, NOW - (name === 'old' ? 290 : 20) * HOUR)),
        NOW,
      );
      await tie(bench, 't-quiet', idOf('quiet'));
      await tie(bench, 't-old', idOf('old'));
      await redis.hset(
        keys.of('tie', idOf('back')),
        't-back',
        JSON.stringify({ score: 0.9, by: 'key', why: 'same file' }),
      );
      await redis.sadd(keys.of('tied', 't-back'), idOf('back'), idOf('quiet'));
      const { fixes } = await callOn(bench, tool);
      expect(fixes).toMatchObject([
        { error_id: idOf('quiet'), verdict: 'validated', count_before: 20, count_after: 0 },
        { error_id: idOf('back'), verdict: 'regressed', count_before: 22, count_after: 36 },
        { error_id: idOf('old'), verdict: 'validated', count_before: 20, count_after: 0 },
      ]);
      expect(verdicts(await callOn(bench, tool, { error_id: idOf('back') }))).toEqual([[idOf('back'), 'regressed']]);
    }));

  test('judges every claim that the ledger knows, the latest first', () =>
    withFixes(async (bench) => {
      const reply = await callOn(bench, tool);
      expect(verdicts(reply)).toEqual([
        ['young', 'too_early'],
        ['again', 'regressed'],
        ['seldom', 'unverified'],
        ['silent', 'validated'],
      ]);
      expect(reply.fixes[3]).toEqual({
        error_id: 'silent',
        template: 'silent failed',
        task_id: 't-silent',
        title: 'Fix t-silent',
        claimed_at: new Date(NOW - 9 * HOUR).toISOString(),
        claimed_by: 'conversation',
        session_id: 'session-a',
        verdict: 'validated',
        probability: 0.999,
        silent_for_s: 9 * 3_600,
        expected_interval_s: 3_600,
        why: 'silent for 9 h since the claim, came every 1 h before (5 times); long enough at that pace',
        count_before: 5,
        count_after: 0,
        project: '/work/shop',
      });
      expect(reply.fixes[1]).toMatchObject({ probability: 0, silent_for_s: 3_600, count_after: 1 });
      expect(reply.fixes[2]).toMatchObject({ claimed_by: 'hand', session_id: null, probability: null });
      expect(reply['missing']).toEqual([expect.stringContaining('claims of no task')]);
      expect(reply.hint).toBe('All 4 shown.');
    }));

  test.each([
    [{ error_id: 'again' }, ['again']],
    [{ task_id: 't-silent' }, ['silent']],
    [{ project: 'web' }, ['again']],
    [{ since: '6h' }, ['young', 'again']],
    [{ session_id: 'session-a' }, ['young', 'again', 'silent']],
    [{ session_id: 'session-a', error_id: 'silent' }, ['silent']],
    [{ task_id: 't-silent', error_id: 'again' }, []],
  ])('%j gives %j', (args, expected) =>
    withFixes(async (bench) => {
      const it = talk();
      it.user('Hello');
      await tell(bench.store, it.lines);
      expect((await callOn(bench, tool, args)).fixes.map((fix) => fix['error_id'])).toEqual(expected);
    }),
  );

  test('the claim is the first word that it is done, unless it was taken back', () =>
    withStore(async (bench) => {
      const at = (hours: number) => NOW - hours * HOUR;
      await bench.store.record(
        [
          ...hourly('e', at(50), 5),
          failure('e', at(30)),
          done('t', at(40)),
          taskFact({ id: 't', at: at(25), status: 'in_progress' }),
          done('t', at(20)),
          done('t', at(10)),
        ],
        NOW,
      );
      await tie(bench, 't', 'e');
      expect((await callOn(bench, tool)).fixes).toMatchObject([
        { claimed_at: new Date(at(20)).toISOString(), count_before: 6, count_after: 0 },
      ]);
    }));

  test('loses nothing between pages, also within the errors of one task, and looks on beyond its budget', () =>
    withStore(async (bench) => {
      const names = Array.from({ length: 12 }, (_, n) => `e${String(n).padStart(2, '0')}`);
      const facts = names.flatMap((name) => hourly(name, NOW - DAY, 3));
      await bench.store.record([...facts, done('t', NOW - 5 * HOUR), done('u', NOW - 5 * HOUR)], NOW);
      await tie(bench, 't', ...names);
      await tie(bench, 'u', 'e03', 'e04');
      for (const args of [{}, { session_id: 'session-a' }, { project: 'shop' }]) {
        const it = talk();
        it.user('Hello');
        await tell(bench.store, it.lines, { path: `/${JSON.stringify(args)}` });
        const pages = await allPages(bench, tool, { ...args, limit: 5 });
        expect(
          pages.flatMap(({ fixes }) => fixes.map((fix) => `${String(fix['task_id'])} ${String(fix['error_id'])}`)),
        ).toEqual(['u e03', 'u e04', ...names.map((name) => `t ${name}`)]);
        expect(pages).toHaveLength(3);
      }
      const idle = Array.from({ length: 700 }, (_, n) => done(`idle${n}`, NOW - HOUR));
      for (let from = 0; from < idle.length; from += 500) await bench.store.record(idle.slice(from, from + 500), NOW);
      const [first, ...rest] = await allPages(bench, tool, { since: '1d' });
      expect(first).toMatchObject({
        fixes: [],
        hint: expect.stringMatching(/^No claim among the 600 completed tasks/),
      });
      expect(rest.flatMap(({ fixes }) => fixes)).toHaveLength(14);
    }));

  test('says of an id what is wrong with it, and why nothing is claimed', () =>
    withFixes(async (bench) => {
      expect(await refusalOn(bench, tool, { error_id: 'x\u001b[1m' })).toBe(
        'There is no error with the id "x". Call get_error_correlations and pass an "id" from its reply.',
      );
      expect(await refusalOn(bench, tool, { task_id: 'x' })).toContain(
        'no task with the id "x". Call get_unfinished_tasks',
      );
      expect(await refusalOn(bench, tool, { session_id: 'x' })).toContain('no conversation with the session_id "x"');
      const { next_cursor: cursor } = await callOn(bench, tool, { limit: 1 });
      expect(await refusalOn(bench, tool, { cursor, since: '7d' })).toContain('cursor: not one that this query gave');
      expect((await callOn(bench, tool, { task_id: 't-open' })).hint).toContain('The task is in_progress');
      expect((await callOn(bench, tool, { task_id: 't-tidy' })).hint).toContain('no error is known');
      expect((await callOn(bench, tool, { error_id: 'open' })).hint).toContain('No completed task is tied');
    }));

  test('an empty ledger says how to begin; errors that were forgotten are no claims', () =>
    withStore(async (bench) => {
      expect((await callOn(bench, tool)).hint).toContain('Nothing has been read yet');
      await bench.store.record([done('t', NOW)], NOW);
      await tie(bench, 't', 'forgotten');
      expect((await callOn(bench, tool)).fixes).toEqual([]);
    }));

  test('costs few bytes in the list', () => {
    expect(listedBytes({ ...listedTool(tool) })).toBeLessThanOrEqual(700);
    expect(tool.description.length).toBeLessThanOrEqual(230);
  });
});
