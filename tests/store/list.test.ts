import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { TaskFact } from '../../src/domain/facts.js';
import { foldWords } from '../../src/domain/ids.js';
import { OPEN_STATUSES, PRIORITIES, STATUSES, type TaskQuery } from '../../src/domain/model.js';
import { gather, placeOf, type TaskRecord } from '../../src/domain/tasks/index.js';
import { InputError } from '../../src/errors.js';
import type { Store } from '../../src/store/index.js';
import { HOUR, START, talk, taskFact, todos } from '../support/builders.js';
import { tell, withStore } from '../support/store.js';

const WORDS = ['parse', 'parser', 'log', 'chart', 'draw', 'test', 'queue', 'étage', 'schlüssel'];
const SESSIONS = ['s1', 's2', 's3', 's4', 's5', 's6', 's7', 's8'];
const PROJECTS = ['/work/shop', '/work/shop/sub', '/work/ünï'];
const idOf = (n: number): string => `t${String(n).padStart(3, '0')}`;

/** What is told of a task: every task has words of its own, so that none looks like another. */
const oneTask = (n: number): fc.Arbitrary<TaskFact[]> =>
  fc
    .record({
      words: fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }),
      description: fc.option(
        fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 2 }).map((words) => words.join(' ')),
      ),
      status: fc.constantFrom(...STATUSES),
      priority: fc.option(fc.constantFrom(...PRIORITIES)),
      project: fc.option(fc.constantFrom(...PROJECTS)),
      sessions: fc.subarray(SESSIONS, { minLength: 1 }),
      hours: fc.integer({ min: 0, max: 60 * 24 }),
      minutes: fc.integer({ min: 0, max: 59 }),
      blockedBy: fc.option(fc.array(fc.integer({ min: 0, max: 199 }).map(idOf), { minLength: 1, maxLength: 2 }), {
        freq: 3,
      }),
      place: fc.option(fc.integer({ min: 0, max: 30 })),
    })
    .map(({ words, sessions, hours, minutes, blockedBy, ...said }) => {
      const at = START + hours * HOUR + minutes * 60_000;
      const title = `${words.join(' ')} no${n}`;
      return sessions.map((sessionId) =>
        taskFact({ id: idOf(n), eventId: `e${n}`, at, title, sessionId, blockedBy: blockedBy ?? [], ...said }),
      );
    });
const ledger = (size: number): TaskFact[] =>
  fc.sample(fc.tuple(...Array.from({ length: size }, (_, n) => oneTask(n))), { numRuns: 1, seed: 7 })[0]?.flat() ?? [];

const anyQuery: fc.Arbitrary<TaskQuery> = fc.record(
  {
    sessionId: fc.constantFrom(...SESSIONS, 'none'),
    project: fc.constantFrom(...PROJECTS),
    priority: fc.array(fc.constantFrom(...PRIORITIES), { minLength: 1, maxLength: 3 }),
    status: fc.array(fc.constantFrom(...STATUSES), { minLength: 1, maxLength: 6 }),
    since: fc.oneof(
      fc.integer({ min: START, max: START + 60 * 24 * HOUR }),
      fc.integer({ min: 0, max: 60 * 24 }).map((hours) => START + hours * HOUR + 30 * 60_000),
    ),
    blockedBy: fc.oneof(fc.integer({ min: 0, max: 199 }).map(idOf), fc.constantFrom('parse', 'draw chart', 'zebra')),
    query: fc.constantFrom('parse', 'PARSER', 'pars log', 'draw-chart', 'étage', 'no1', 'zebra', '!'),
    sort: fc.constantFrom('rank' as const, 'newest' as const),
  },
  { requiredKeys: [] },
);

const wordsOf = (text: string): readonly string[] => foldWords(text).match(/[\p{L}\p{N}]+/gu) ?? [];
const has = (text: string, words: string): boolean =>
  wordsOf(words).every((word) => wordsOf(text).some((other) => other.startsWith(word)));

/** The list by its description: every task is looked at. */
function naive(records: ReadonlyMap<string, TaskRecord>, query: TaskQuery): string[] {
  const titleOf = (id: string): string => records.get(id)?.title?.value ?? '';
  return [...records.values()]
    .flatMap((record) => {
      const place = placeOf(record);
      return place === null ? [] : [{ record, place }];
    })
    .filter(({ record, place }) => {
      const statuses: readonly string[] = query.status ?? OPEN_STATUSES;
      const isOpen = (OPEN_STATUSES as readonly string[]).includes(place.status);
      const { blockedBy } = query;
      return (
        statuses.includes(place.status) &&
        (query.priority?.includes(place.priority) ?? true) &&
        (query.project === undefined || place.project === query.project) &&
        (query.sessionId === undefined || place.sessions.includes(query.sessionId)) &&
        (query.since === undefined || place.lastAt >= query.since) &&
        has(`${titleOf(record.id)} ${record.description?.value ?? ''}`, query.query ?? '') &&
        (blockedBy === undefined ||
          (isOpen &&
            record.blockedBy.some(
              (id) => id === blockedBy || (wordsOf(blockedBy).length > 0 && has(titleOf(id), blockedBy)),
            )))
      );
    })
    .sort((a, b) => {
      const by = query.sort === 'newest' ? 'lastAt' : 'rank';
      return b.place[by] - a.place[by] || (a.record.id < b.record.id ? 1 : -1);
    })
    .map(({ record }) => record.id);
}

async function pages(store: Store, query: TaskQuery, limit: number): Promise<{ ids: string[]; totals: Set<number> }> {
  const ids: string[] = [];
  const totals = new Set<number>();
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await store.tasks.list({ ...query, limit, ...(cursor === undefined ? {} : { cursor }) });
    expect(page.totalIs).toBe('exact');
    expect(page.tasks.length).toBeLessThanOrEqual(limit);
    ids.push(...page.tasks.map((task) => task.id));
    totals.add(page.total);
    cursor = page.nextCursor;
  }
  return { ids, totals };
}

test('a list holds what its filters say, in order, on pages of any size, and its total is exact on all of them', () =>
  withStore(async ({ store }) => {
    const facts = ledger(200);
    const records = gather(facts);
    for (let from = 0; from < facts.length; from += 100) await store.record(facts.slice(from, from + 100), START);
    const alone: TaskQuery[] = [
      {},
      { sort: 'newest' },
      ...SESSIONS.map((sessionId) => ({ sessionId })),
      ...PROJECTS.map((project) => ({ project })),
      ...PRIORITIES.map((priority) => ({ priority: [priority] })),
      ...STATUSES.map((status) => ({ status: [status] })),
      { since: START + 30 * 24 * HOUR },
      { blockedBy: 'parse' },
      { query: 'parse' },
      { status: ['completed', 'completed'], sort: 'newest' },
      { status: [...STATUSES], priority: ['high', 'low', 'high'] },
    ];
    const compare = async (query: TaskQuery, limit: number): Promise<void> => {
      const expected = naive(records, query);
      const { ids, totals } = await pages(store, query, limit);
      expect(ids).toEqual(expected);
      expect([...totals]).toEqual([expected.length]);
    };
    for (const query of alone) await compare(query, 50);
    expect(naive(records, {}).length).toBeGreaterThan(80);
    await fc.assert(fc.asyncProperty(anyQuery, fc.integer({ min: 1, max: 60 }), compare), { numRuns: 250 });
  }));

test('what is looked for since some time is found also at the end of its hour, far down its list, at the lowest priority', () =>
  withStore(async ({ store }) => {
    const at = START + 59 * 60_000;
    await store.record([taskFact({ id: 't1', at, priority: 'low', place: 2_000 })], START);
    expect((await store.tasks.list({ since: at })).total).toBe(1);
    expect((await store.tasks.list({ since: at + 1 })).total).toBe(0);
  }));

test('paging returns each task that stays as it is once, while others come, go, rise and sink', () =>
  withStore(async ({ store }) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 59 }), { maxLength: 20 }),
        fc.constantFrom('rank' as const, 'newest' as const),
        async (moved, sort) => {
          const project = `/p/${Math.floor(performance.now() * 1_000)}`;
          const fact = (n: number, said: Partial<TaskFact> = {}): TaskFact =>
            taskFact({ id: `${project}-${n}`, title: `${project} ${n}`, at: START + n * HOUR, project, ...said });
          await store.record(
            Array.from({ length: 60 }, (_, n) => fact(n)),
            START,
          );
          const seen: string[] = [];
          for (let cursor: string | undefined, step = 0; ; step++) {
            const page = await store.tasks.list({
              project,
              sort,
              limit: 7,
              ...(cursor === undefined ? {} : { cursor }),
            });
            seen.push(...page.tasks.map((task) => task.id));
            if (page.nextCursor === null) break;
            cursor = page.nextCursor;
            const n = moved[step];
            if (n === undefined) continue;
            const at = START + (n % 2 === 0 ? 1_000 + step : 90) * HOUR;
            await store.record(
              [
                fact(n, { at, eventId: `m${step}`, status: n % 3 === 0 ? 'completed' : 'in_progress' }),
                fact(100 + step, { at }),
              ],
              START,
            );
          }
          const still = Array.from({ length: 60 }, (_, n) => n).filter((n) => !moved.includes(n));
          for (const n of still) expect(seen.filter((id) => id === `${project}-${n}`)).toHaveLength(1);
        },
      ),
      { numRuns: 15 },
    );
  }));

describe('a cursor', () => {
  const message =
    'cursor: this cursor does not belong to this query; use the next_cursor of a call with the same filters, or leave it out to begin anew';

  test('of another query is refused, and so is one that is none', () =>
    withStore(async ({ store }) => {
      await store.record(
        Array.from({ length: 5 }, (_, n) => taskFact({ id: `t${n}`, title: `Part ${n}` })),
        START,
      );
      const { nextCursor } = await store.tasks.list({ limit: 2 });
      const cursor = nextCursor ?? '';
      expect((await store.tasks.list({ limit: 3, cursor })).tasks).toHaveLength(3);
      const wrong: TaskQuery[] = [
        { cursor, sort: 'newest' },
        { cursor, status: ['pending'] },
        { cursor, project: '/work/shop' },
        { cursor, blockedBy: 'part' },
        { cursor: '' },
        { cursor: 'x' },
        { cursor: Buffer.from('null').toString('base64url') },
        { cursor: Buffer.from('{"q":1}').toString('base64url') },
        { cursor: Buffer.from('{"after":["1","t1"],"seen":0}').toString('base64url') },
      ];
      for (const query of wrong) {
        await expect(store.tasks.list(query)).rejects.toThrow(new InputError(message));
      }
    }));
});

describe('look-alikes of different sessions', () => {
  const alike = (id: string, said: Partial<TaskFact> = {}): TaskFact =>
    taskFact({ id, title: 'Run  the Tests', sessionId: `s-${id}`, ...said });
  const ids = async (store: Store, query: TaskQuery): Promise<(string | string[])[]> =>
    (await store.tasks.list(query)).tasks.map(({ id, sameAs }) => (sameAs.length === 0 ? id : [id, ...sameAs]));

  test('are shown as one with the others named, and counted apart', () =>
    withStore(async ({ store }) => {
      await store.record(
        [
          alike('t1'),
          alike('t2', { title: 'run the tests', at: START + 30 * HOUR }),
          alike('t3', { at: START + 20 * HOUR }),
          taskFact({ id: 't4', title: 'Draw a chart', at: START + 10 * HOUR }),
        ],
        START,
      );
      const page = await store.tasks.list({});
      expect(page.total).toBe(4);
      expect(await ids(store, {})).toEqual([['t2', 't1', 't3'], 't4']);
      expect(await ids(store, { sort: 'newest' })).toEqual([['t2', 't1', 't3'], 't4']);
      const all: unknown[] = [];
      for (let cursor: string | undefined; ;) {
        const one = await store.tasks.list({ limit: 1, ...(cursor === undefined ? {} : { cursor }) });
        all.push(...one.tasks.map((task) => task.id));
        expect(one.total).toBe(4);
        if (one.nextCursor === null) break;
        cursor = one.nextCursor;
      }
      expect(all).toEqual(['t2', 't4']);
    }));

  test('are not alike once one of them is done', () =>
    withStore(async ({ store }) => {
      await store.record([alike('t1'), alike('t2', { at: START + HOUR })], START);
      await store.record([alike('t2', { at: START + 2 * HOUR, status: 'completed', eventId: 'done' })], START);
      expect(await ids(store, {})).toEqual(['t1']);
    }));

  test('are not folded under one that the filters leave out', () =>
    withStore(async ({ store }) => {
      await store.record(
        [
          alike('t1', { priority: 'high', at: START + 9 * HOUR, project: '/a', description: 'on arm' }),
          alike('t2', { priority: 'low', project: '/b', description: 'on intel' }),
        ],
        START,
      );
      for (const sort of ['rank', 'newest'] as const) {
        expect(await ids(store, { sort, priority: ['low'] })).toEqual(['t2']);
        expect(await ids(store, { sort, project: '/b' })).toEqual(['t2']);
        expect(await ids(store, { sort, query: 'intel' })).toEqual(['t2']);
        expect(await ids(store, { sort, sessionId: 's-t2' })).toEqual(['t2']);
      }
      expect(await ids(store, { query: 'tests' })).toEqual([['t1', 't2']]);
    }));

  test('count the same on every page of a search', () =>
    withStore(async ({ store }) => {
      const plain = (n: number): TaskFact =>
        taskFact({ id: `p${n}`, title: `Tests of part ${n}`, at: START - n * HOUR });
      await store.record([alike('t1', { at: START + HOUR }), alike('t2'), ...[1, 2, 3, 4, 5].map(plain)], START);
      const totals: number[] = [];
      const seen: string[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await store.tasks.list({ query: 'tests', limit: 2, ...(cursor === undefined ? {} : { cursor }) });
        totals.push(page.total);
        seen.push(...page.tasks.map((task) => task.id));
        if (page.nextCursor === null) break;
        cursor = page.nextCursor;
      }
      expect(seen).toEqual(['t1', 'p1', 'p2', 'p3', 'p4', 'p5']);
      expect(totals).toEqual(totals.map(() => 7));
    }));

  test('of one list are two tasks, and shown as two', () =>
    withStore(async ({ store }) => {
      const it = talk();
      it.todoWrite('Run the tests', 'Mend the parser', 'Run the tests');
      await tell(store, it.lines);
      const { tasks } = await store.tasks.list({});
      expect(tasks.map((task) => task.title)).toEqual(['Run the tests', 'Mend the parser', 'Run the tests']);
    }));
});

describe('a task as it is read', () => {
  test('names what it waits for by the names these have now, also in the list of what waits', () =>
    withStore(async ({ store }) => {
      await store.record(
        [
          taskFact({ id: 'told', title: 'Mend it' }),
          { is: 'alias', alias: 'once', id: 'told' },
          taskFact({ id: 't2', title: 'Ship it', blockedBy: ['once'] }),
        ],
        START,
      );
      expect((await store.tasks.get('t2'))?.blockedBy).toEqual(['told']);
      for (const blockedBy of ['told', 'once', 'mend']) {
        const { tasks } = await store.tasks.list({ blockedBy });
        expect(tasks.map((task) => [task.id, task.blockedBy])).toEqual([['t2', ['told']]]);
      }
    }));

  test('of a subagent is in no list', () =>
    withStore(async ({ store }) => {
      const it = talk({ agent: 'a1' });
      it.todoWrite('Search the code');
      await tell(store, it.lines);
      expect((await store.tasks.list({})).total).toBe(0);
      expect((await store.tasks.list({ sessionId: 'session-a' })).total).toBe(0);
      expect(await store.count(START)).toMatchObject({ openTasks: 0, closedTasks: 0 });
    }));

  test('leaves every list that it does not belong to any more', () =>
    withStore(async ({ store, redis, keys }) => {
      const it = talk();
      it.todoWrite(['Parse the log', 'pending', 'high']);
      const at = await tell(store, it.lines);
      expect(at.version).toBe(1);
      const { tasks } = await store.tasks.list({});
      const id = tasks[0]?.id ?? '';
      const held = async (): Promise<string[]> => {
        const found: string[] = [];
        for (const key of await redis.keys('*')) {
          if ((await redis.type(key)) === 'zset' && (await redis.zscore(key, id)) !== null)
            found.push(key.slice(keys.base.length + 1));
        }
        return found.map((key) => key.replace(/:[0-9a-f]{16}$/, ':#')).sort();
      };
      expect(await held()).toEqual(
        [
          'c:open:*:*:#',
          'c:open:*:*:*',
          'c:open:high:*:#',
          'c:open:high:*:*',
          'c:pending:*:*:#',
          'c:pending:*:*:*',
          'c:pending:high:*:#',
          'c:pending:high:*:*',
          'n:open:#',
          'n:open:*',
          'n:pending:#',
          'n:pending:*',
          's:session-a:open',
        ].sort(),
      );
      await store.setByHand({ taskId: id, status: 'completed', note: null, at: START + HOUR });
      expect(await held()).toEqual(
        [
          'c:completed:*:*:#',
          'c:completed:*:*:*',
          'c:completed:high:*:#',
          'c:completed:high:*:*',
          'closed',
          'n:completed:#',
          'n:completed:*',
          's:session-a:done',
        ].sort(),
      );
    }));

  test('of a list as a string of JSON is like any other', () =>
    withStore(async ({ store }) => {
      const it = talk();
      it.tool('TodoWrite', { todos: JSON.stringify(todos('Parse the log')) });
      await tell(store, it.lines);
      expect((await store.tasks.list({})).tasks).toMatchObject([{ title: 'Parse the log', project: '/work/shop' }]);
    }));
});
