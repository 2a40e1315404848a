import { expect, test } from '@jest/globals';
import type { ErrorFact, TaskFact } from '../../src/domain/facts.js';
import type { Status } from '../../src/domain/model.js';
import type { Store } from '../../src/store/index.js';
import { DAY, HOUR, START, talk, taskFact } from '../support/builders.js';
import { tell, withStore } from '../support/store.js';

const NOW = START + 10 * DAY;
const WEEK_AGO = { from: NOW - 7 * DAY, step: 'day', most: 31 } as const;

/** A task told of at these hours after START with these statuses. */
const life = (
  id: string,
  said: Partial<TaskFact>,
  ...events: readonly (readonly [hours: number, status: Status])[]
): TaskFact[] =>
  events.map(([hours, status]) =>
    taskFact({ ...said, id, at: START + hours * HOUR, status, eventId: `${id}-${hours}` }),
  );

const someTasks = (): TaskFact[] => [
  ...life('a', { priority: 'high' }, [4 * 24, 'pending'], [4 * 24 + 6, 'completed']),
  ...life('b', {}, [4 * 24, 'pending'], [5 * 24, 'in_progress']),
  ...life('c', { project: '/work/blog' }, [0, 'pending'], [5 * 24, 'cancelled']),
  ...life('d', { project: '/work/blog', priority: 'high' }, [5 * 24, 'blocked']),
  ...life('e', { agent: 'sub' }, [5 * 24, 'pending']),
];

test('counts are those of the lists, by project and since a moment too', () =>
  withStore(async ({ store }) => {
    await store.record(someTasks(), START);
    const all = await store.analytics({ now: NOW, trend: WEEK_AGO });
    expect(all.byStatus).toEqual({ pending: 0, in_progress: 1, blocked: 1, completed: 1, cancelled: 1 });
    expect(all.openByPriority).toEqual({ critical: 0, high: 1, medium: 1, low: 0 });
    expect(all.leadTime).toMatchObject({ sample: 1, ofCompleted: 1, p50Hours: 6 });
    const blog = await store.analytics({ now: NOW, trend: WEEK_AGO, project: 'blog' });
    expect(blog).toMatchObject({ project: '/work/blog', byStatus: { in_progress: 0, blocked: 1, cancelled: 1 } });
    const late = await store.analytics({ now: NOW, trend: WEEK_AGO, since: START + 5 * DAY });
    expect(late.byStatus).toMatchObject({ completed: 0, cancelled: 1, blocked: 1, in_progress: 1 });
    expect(late.leadTime.sample).toBe(0);
    await expect(store.analytics({ now: NOW, trend: WEEK_AGO, project: 'none' })).rejects.toThrow('Known: /work/blog');
  }));

test('the trend tells on which day tasks began and ended', () =>
  withStore(async ({ store }) => {
    await store.record(someTasks(), START);
    const { trend } = await store.analytics({ now: NOW, trend: WEEK_AGO });
    const rows = trend.map(({ from, opened, completed, cancelled }) => [
      (from - Date.parse('2026-05-01')) / DAY,
      opened,
      completed,
      cancelled,
    ]);
    expect(rows).toEqual([[3, 0, 0, 0], [4, 2, 1, 0], [5, 1, 0, 1], ...[6, 7, 8, 9, 10].map((day) => [day, 0, 0, 0])]);
    const blog = await store.analytics({ now: NOW, trend: WEEK_AGO, project: '/work/blog' });
    expect(blog.trend.map(({ opened }) => opened)).toEqual([0, 0, 1, 0, 0, 0, 0, 0]);
  }));

test('what the events do not tell any more is null, never 0', () =>
  withStore(async ({ store, redis, keys }) => {
    // More events on the last day than are looked at.
    const many = Array.from({ length: 600 }, (_, n) => life(`m${n}`, {}, [9 * 24 + n / 100, 'pending'])).flat();
    await store.record([...someTasks(), ...many], START);
    const { trend } = await store.analytics({ now: NOW, trend: WEEK_AGO });
    expect(trend.slice(0, 7).map(({ opened }) => opened)).toEqual(Array.from({ length: 7 }, () => null));
    expect(trend[1]).toMatchObject({ completed: 1 });
    // Forgotten by retention.
    await redis.zremrangebyscore(keys.of('activity'), '-inf', START + 9 * DAY - 1);
    await redis.zremrangebyrank(keys.of('activity'), 100, -1);
    const later = await store.analytics({ now: NOW, trend: WEEK_AGO });
    expect(later.trend.slice(0, 6).map(({ opened }) => opened)).toEqual(Array.from({ length: 6 }, () => null));
    expect(later.trend[6]?.opened).toBe(100);
  }));

test('groups are rows of projects or priorities, largest first', () =>
  withStore(async ({ store }) => {
    await store.record([...someTasks(), ...life('f', {}, [1, 'pending'])], START);
    const by = async (groupBy: 'project' | 'priority', more = {}) =>
      (await store.analytics({ now: NOW, trend: WEEK_AGO, groupBy, ...more })).groups.map(({ key, byStatus }) => [
        key,
        byStatus.completed,
        Object.values(byStatus).reduce((sum, n) => sum + n, 0),
      ]);
    expect(await by('project')).toEqual([
      ['/work/shop', 1, 3],
      ['/work/blog', 0, 2],
    ]);
    expect(await by('project', { since: START + 5 * DAY })).toEqual([
      ['/work/blog', 0, 2],
      ['/work/shop', 0, 1],
    ]);
    expect(await by('project', { project: 'blog' })).toEqual([['/work/blog', 0, 2]]);
    expect((await by('priority')).map(([key, , all]) => [key, all])).toEqual([
      ['medium', 3],
      ['high', 2],
    ]);
  }));

const failure = (id: string, sessionId: string, hours: number): ErrorFact => ({
  is: 'error',
  id,
  eventId: `${id}-${sessionId}-${hours}`,
  at: START + hours * HOUR,
  sessionId,
  line: 1,
  class: 'tool',
  message: `message of ${id}`,
  project: '/work/shop',
  agent: null,
});

/** A conversation of its own for each of these sessions, as the ledger lists it. */
async function conversations(store: Store, ...ids: readonly string[]): Promise<void> {
  for (const sessionId of ids) {
    const { lines, user } = talk({ sessionId });
    user('hello');
    await tell(store, lines, { path: `/transcripts/${sessionId}.jsonl` });
  }
}

test('an error that came back in three conversations is an insight; in two, or in copies of one, it is not', () =>
  withStore(async ({ store, redis, keys }) => {
    await conversations(store, 's1', 's2', 's3', 's4');
    const often = ['s1', 's2', 's3', 's4'].flatMap((id, n) => [failure('e1', id, n), failure('e1', id, n + 0.5)]);
    const twice = ['s1', 's2'].map((id, n) => failure('e2', id, n));
    // `copy-…` are sessions that the ledger lists under s1.
    const copied = ['s1', 'copy-1', 'copy-2'].map((id) => failure('e3', id, 5));
    await store.record([...often, ...twice, ...copied], START);
    const { insights, lookedAt, errors } = await store.insights.list({ now: NOW });
    expect(insights.map(({ id }) => id)).toEqual(['recurs-e1']);
    expect(insights[0]).toMatchObject({
      statistic: { occurrences: 8, conversations: 4, conversationsAre: 'exact' },
      message: 'message of e1',
      project: '/work/shop',
    });
    expect([lookedAt, errors]).toEqual([3, 3]);
    expect(await store.insights.get('recurs-e1', NOW)).toEqual(insights[0]);
    for (const id of ['recurs-e2', 'recurs-none', 'e1']) expect(await store.insights.get(id, NOW)).toBeNull();
    await redis.hset(keys.of('projects'), 'x', '/work/blog');
    expect((await store.insights.list({ now: NOW, project: '/work/blog' })).insights).toEqual([]);
    expect((await store.insights.list({ now: NOW, project: 'shop' })).insights).toHaveLength(1);
  }));
