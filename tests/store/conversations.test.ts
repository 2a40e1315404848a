import { describe, expect, test } from '@jest/globals';
import type { ErrorFact } from '../../src/domain/facts.js';
import { InputError } from '../../src/errors.js';
import type { Store } from '../../src/store/index.js';
import { errorFact, forked, HOUR, MINUTE, rewritten, START, talk, taskFact } from '../support/builders.js';
import { tell, withStore } from '../support/store.js';

const listed = async (store: Store, project?: string): Promise<string[]> => {
  const query = { limit: 50, ...(project === undefined ? {} : { project }) };
  return (await store.conversations.list(query)).conversations.map((one) => one.sessionId);
};

const failure = (id: string, said: Partial<ErrorFact> = {}): ErrorFact => errorFact({ id, ...said });

describe('conversations', () => {
  test('are listed by their latest activity, page by page', () =>
    withStore(async ({ store }) => {
      for (let n = 0; n < 9; n++) {
        const it = talk({
          sessionId: `s${n}`,
          at: START + ((n * 5) % 9) * HOUR,
          cwd: n % 3 === 0 ? '/work/a' : '/work/b',
        });
        it.user(`Prompt ${n}`);
        await tell(store, it.lines, { path: `/${n}.jsonl` });
      }
      const order = [7, 5, 3, 1, 8, 6, 4, 2, 0].map((n) => `s${n}`);
      const all: string[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await store.conversations.list({ limit: 4, ...(cursor === undefined ? {} : { cursor }) });
        expect(page.total).toBe(9);
        all.push(...page.conversations.map((one) => one.sessionId));
        if (page.nextCursor === null) break;
        cursor = page.nextCursor;
      }
      expect(all).toEqual(order);
      expect(await listed(store, '/work/a')).toEqual(order.filter((id) => ['s0', 's3', 's6'].includes(id)));
      await expect(store.conversations.list({ limit: 4, cursor: 'x' })).rejects.toThrow(
        new InputError(
          'cursor: not one of ours; use the next_cursor of an earlier answer, or leave it out to begin anew',
        ),
      );
    }));

  test('are all reached, also when many ended at the same moment', () =>
    withStore(async ({ store }) => {
      for (let n = 0; n < 70; n++) {
        const it = talk({ sessionId: `s${n}` });
        it.user('Hello');
        await tell(store, it.lines, { path: `/${n}.jsonl` });
      }
      const all = new Set<string>();
      for (let cursor: string | undefined; ;) {
        const page = await store.conversations.list({ limit: 6, ...(cursor === undefined ? {} : { cursor }) });
        for (const { sessionId } of page.conversations) all.add(sessionId);
        if (page.nextCursor === null) break;
        cursor = page.nextCursor;
      }
      expect(all.size).toBe(70);
    }));

  test('that are copies of one another are one, under the one that was there first', () =>
    withStore(async ({ store, redis }) => {
      const original = talk({ sessionId: 'original' });
      original.user('Good morning');
      original.todoWrite('Parse the log');
      original.boundary();
      const fork = talk({ sessionId: 'fork', name: 'f', at: START + HOUR, cwd: '/work/elsewhere' });
      fork.user('Another way');
      const resumed = talk({ sessionId: 'a-resumed', name: 'r', at: START + 2 * HOUR });
      resumed.user('And on');
      await tell(store, [...forked(original.lines, 'fork'), ...fork.lines], { path: '/fork.jsonl' });
      await tell(store, [...rewritten(original.lines.slice(-1), 'a-resumed'), ...resumed.lines], { path: '/r.jsonl' });
      await tell(store, original.lines, { path: '/original.jsonl' });
      await tell(store, original.lines, { path: '/same.jsonl' });
      expect(await listed(store)).toEqual(['original']);
      for (const key of await redis.keys('*:convs:*')) expect(await redis.zrange(key, 0, -1)).toEqual(['original']);
      const one = await store.conversations.get('original');
      expect(one).toMatchObject({ copies: ['a-resumed', 'fork'], prompts: 1, openTasks: 1, compactions: 1 });
      expect((await store.conversations.get('fork'))?.copies).toEqual(['a-resumed', 'original']);
      const [task] = (await store.tasks.list({})).tasks;
      expect(task).toMatchObject({ sessionId: 'original', project: '/work/shop' });
      expect((await store.tasks.list({ sessionId: 'fork' })).total).toBe(1);
      expect(await store.conversations.get('none')).toBeNull();
    }));

  test('tell what happened in them, with their subagents', () =>
    withStore(async ({ store }) => {
      const it = talk();
      it.user('Mend the shop');
      it.tool('Edit', { file_path: '/work/shop/a.ts' });
      it.tool('Bash', {}, { content: 'panic: boom', isError: true });
      it.tool('Bash', {}, { content: "The user doesn't want to proceed", isError: true });
      it.add({ type: 'pr-link', prUrl: 'https://example.com/pull/1' });
      it.user('[Request interrupted by user]');
      const agent = talk({ agent: 'a1', at: START + HOUR });
      agent.tool('Bash', {}, { content: 'panic: other', isError: true });
      await tell(store, agent.lines, { path: '/agent.jsonl' });
      await tell(store, it.lines, { path: '/a.jsonl' });
      expect(await store.conversations.get('session-a')).toEqual({
        sessionId: 'session-a',
        title: 'Mend the shop',
        project: '/work/shop',
        cwd: '/work/shop',
        branch: 'main',
        versions: ['2.1.237'],
        firstAt: START + 1_000,
        lastAt: START + HOUR + 2_000,
        prompts: 1,
        replies: 4,
        toolCalls: 4,
        errors: 2,
        rejections: 1,
        compactions: 0,
        interruptions: 1,
        files: ['/work/shop/a.ts'],
        pullRequests: ['https://example.com/pull/1'],
        parent: null,
        subagents: ['a1'],
        copies: [],
        openTasks: 1,
        closedTasks: 0,
        outcome: 'interrupted',
      });
    }));

  test('take the title that a person gave, then that of the program, a summary told elsewhere, the first prompt', () =>
    withStore(async ({ store }) => {
      const it = talk();
      it.user('Mend   the\nshop');
      const at = await tell(store, it.lines);
      expect(at.version).toBe(1);
      const title = async (): Promise<string | undefined> => (await store.conversations.get('session-a'))?.title;
      expect(await title()).toBe('Mend the shop');
      const other = talk({ sessionId: 'other' });
      await tell(
        store,
        [{ type: 'summary', summary: 'How it was mended', leafUuid: it.lines.at(-1)?.['uuid'] }, ...other.lines],
        { path: '/o' },
      );
      expect(await title()).toBe('How it was mended');
      await tell(store, [...it.lines, { type: 'ai-title', aiTitle: 'Shop repairs' }], { path: '/longer' });
      expect(await title()).toBe('Shop repairs');
      await tell(
        store,
        [...it.lines, { type: 'ai-title', aiTitle: 'No' }, { type: 'custom-title', customTitle: 'Mine' }],
        { path: '/longest' },
      );
      expect(await title()).toBe('Mine');
    }));
});

describe('errors', () => {
  test('are listed latest first, each once with its count', () =>
    withStore(async ({ store }) => {
      await store.record(
        [
          failure('e9'),
          failure('e2', { at: START + HOUR, sessionId: 'session-b' }),
          failure('e9', { at: START + 3 * HOUR, line: 9 }),
          failure('e3', { at: START + 2 * HOUR }),
        ],
        START,
      );
      const ids = async (query: Parameters<Store['errors']['list']>[0]): Promise<unknown> => {
        const { errors, total } = await store.errors.list(query);
        return [errors.map(({ id, count }) => `${id} ${count}`), total];
      };
      expect(await ids({ limit: 9 })).toEqual([['e9 2', 'e3 1', 'e2 1'], 3]);
      expect(await ids({ limit: 1 })).toEqual([['e9 2'], 3]);
      expect(await ids({ limit: 9, sessionId: 'session-b' })).toEqual([['e2 1'], 1]);
      expect(await ids({ limit: 9, sessionId: 'session-a' })).toEqual([['e9 2', 'e3 1'], 2]);
      expect((await store.errors.list({ limit: 1 })).errors).toMatchObject([
        {
          id: 'e9',
          class: 'exit',
          message: 'e9 failed',
          firstAt: START,
          lastAt: START + 3 * HOUR,
          sessions: ['session-a'],
        },
      ]);
    }));

  test('are tied to the task that was under way when they happened, and to no other', () =>
    withStore(async ({ store }) => {
      const it = talk();
      const fail = (message: string): string => it.tool('Bash', {}, { content: message, isError: true });
      fail('TypeError: before');
      it.todoWrite(['Parse the log', 'in_progress'], 'Draw a chart');
      fail('TypeError: during');
      fail('TypeError: during');
      it.todoWrite(['Parse the log', 'completed'], 'Draw a chart');
      fail('TypeError: after');
      await tell(store, it.lines);
      expect(await store.correlateTouched(10)).toEqual({ sessions: 1, links: 1, more: false });
      expect(await store.correlateTouched(10)).toEqual({ sessions: 0, links: 0, more: false });
      const { tasks } = await store.tasks.list({ status: ['pending', 'completed'] });
      const related = new Map(tasks.map((task) => [task.title, task.relatedErrors]));
      const [during] = (await store.errors.list({ limit: 9 })).errors.filter((error) =>
        error.message.includes('during'),
      );
      expect(during?.count).toBe(2);
      expect(related.get('Parse the log')).toEqual([during?.id]);
      expect(related.get('Draw a chart')).toEqual([]);
    }));

  test('are correlated a few sessions at a time', () =>
    withStore(async ({ store }) => {
      for (const n of [1, 2, 3]) await store.record([failure('e9', { sessionId: `s${n}`, eventId: `ev${n}` })], START);
      const steps = [await store.correlateTouched(2), await store.correlateTouched(2)];
      expect(steps.map(({ sessions, more }) => [sessions, more])).toEqual([
        [2, true],
        [1, false],
      ]);
    }));
});

describe('the recent activity', () => {
  test('is what happened since some time, oldest first, and of too much the latest', () =>
    withStore(async ({ store }) => {
      await store.record(
        [
          taskFact({ id: 't1', at: START, eventId: 'a' }),
          taskFact({ id: 't1', at: START + 20 * MINUTE, eventId: 'b', status: 'completed', title: 'Mend it' }),
          failure('e9', { at: START + 10 * MINUTE }),
        ],
        START,
      );
      await store.writeHealth([{ name: 'redis', status: 'up', latencyMs: 1, since: START, lastError: null }], START);
      await store.writeHealth(
        [{ name: 'redis', status: 'down', latencyMs: null, since: START + 30 * MINUTE, lastError: 'no' }],
        START + 30 * MINUTE,
      );
      const { events, total } = await store.activity({ since: START, limit: 10 });
      expect(events.map(({ at, kind, what, id, title }) => [(at - START) / MINUTE, kind, what, id, title])).toEqual([
        [0, 'task', 'pending', 't1', 'Mend it'],
        [10, 'error', 'occurred', 'e9', 'e9 failed'],
        [20, 'task', 'completed', 't1', 'Mend it'],
        [30, 'health', 'down', 'redis', 'redis'],
      ]);
      expect(total).toBe(4);
      const few = await store.activity({ since: START + MINUTE, limit: 2 });
      expect(few.events.map((event) => event.what)).toEqual(['completed', 'down']);
      expect(few.total).toBe(3);
    }));

  test('of one project is found behind that of others', () =>
    withStore(async ({ store }) => {
      const facts = Array.from({ length: 40 }, (_, n) =>
        taskFact({ id: `t${n}`, at: START + n * MINUTE, project: n < 3 ? '/work/quiet' : '/work/busy' }),
      );
      await store.record(facts, START);
      const { events, total } = await store.activity({ since: START, limit: 2, project: '/work/quiet' });
      expect(events.map((event) => event.id)).toEqual(['t1', 't2']);
      expect(total).toBe(3);
    }));
});

test('health says since when each target has its status, and forgets targets that are gone', () =>
  withStore(async ({ store }) => {
    expect(await store.health()).toEqual({ checkedAt: null, targets: [] });
    const target = (name: string, status: 'up' | 'down', since: number) => ({
      name,
      status,
      latencyMs: 1,
      since,
      lastError: null,
    });
    await store.writeHealth([target('redis', 'up', START), target('old', 'up', START)], START);
    await store.writeHealth([target('redis', 'up', START + HOUR), target('web', 'down', START + HOUR)], START + HOUR);
    const { checkedAt, targets } = await store.health();
    expect(checkedAt).toBe(START + HOUR);
    expect(targets.map(({ name, since }) => [name, since]).sort()).toEqual([
      ['redis', START],
      ['web', START + HOUR],
    ]);
    await store.writeHealth([target('redis', 'down', START + 2 * HOUR)], START + 2 * HOUR);
    expect((await store.health()).targets).toMatchObject([{ name: 'redis', status: 'down', since: START + 2 * HOUR }]);
  }));

test('counts are those of the lists', () =>
  withStore(async ({ store }) => {
    const it = talk();
    it.todoWrite('Parse the log', ['Draw a chart', 'completed'], 'Add tests');
    it.todoWrite('Parse the log');
    it.tool('Bash', {}, { content: 'panic: boom', isError: true });
    await tell(store, it.lines);
    const counts = { at: START, conversations: 1, openTasks: 1, closedTasks: 2, errors: 1 };
    expect(await store.count(START)).toEqual(counts);
    await store.writeCounts({ ...counts, errors: 7 });
    expect(await store.counts()).toEqual({ ...counts, errors: 7 });
    expect(await store.exercise()).toBeGreaterThan(0);
  }));
