import { join } from 'node:path';
import { appendFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readChat } from '../../src/domain/chat.js';
import { reportFiles } from '../../src/domain/report.js';
import { StaleCheckpointError, type Store } from '../../src/store/index.js';
import { forked, HOUR, jsonl, START, talk, type Talk } from '../support/builders.js';
import { asMessages, failed, handOver, listed, said } from '../support/chat.js';
import { withFolder, write } from '../support/files.js';
import { dump, ingestFile, tell, withStore, type Bench } from '../support/store.js';

const ALL = ['pending', 'in_progress', 'blocked', 'completed', 'cancelled'] as const;
const DAY = 86_400_000;

const tasksOf = async (store: Store) => (await store.tasks.list({ status: ALL, limit: 100 })).tasks;
const titles = async (store: Store): Promise<string[]> =>
  (await tasksOf(store)).map((task) => `${task.title}: ${task.status}`).sort();
const idOf = async (store: Store, title: string): Promise<string> =>
  (await tasksOf(store)).find((task) => task.title === title)?.id ?? '';

/** What is known, but for other names of tasks and for what a transcript has yet to say. */
async function ledger({ redis, keys }: Bench): Promise<Record<string, unknown>> {
  const { aliases: _, ...known } = await dump(redis, keys);
  return Object.fromEntries(Object.entries(known).filter(([, value]) => !Object.hasOwn(Object(value), 'names')));
}

/** A conversation with lists, numbered tasks and errors. */
function shop(sessionId = 'chat'): Talk {
  const it = talk({ sessionId });
  it.user('Mend the shop');
  it.todoWrite(['Parse the log', 'in_progress'], 'Draw a chart');
  it.tool('Bash', {}, { content: 'panic: boom', isError: true });
  it.user('ok');
  it.taskCreate('1', 'Rotate the key');
  it.taskUpdate('1', { status: 'in_progress' });
  it.user('ok');
  it.todoWrite(['Parse the log', 'completed'], 'Draw a chart', 'Sweep the floor');
  return it;
}

describe('messages that a client hands over', () => {
  test('count once, however often and in whatever portions they come', () =>
    withStore(async ({ store, redis, keys }) => {
      const messages = [
        said('user', 'Mend the shop', 0),
        said('user', 'Mend the shop', 1),
        said('assistant', listed('c1', 'Parse the log', 'Draw a chart'), 2),
        said('assistant', listed('c2', ['Parse the log', 'completed'], 'Draw a chart'), 3),
      ];
      expect(await handOver(store, 'chat', messages.slice(0, 3))).toBe(3);
      expect(await handOver(store, 'chat', messages)).toBe(1);
      const once = await dump(redis, keys);
      expect(await handOver(store, 'chat', messages)).toBe(0);
      expect(await handOver(store, 'chat', messages.slice(1, 3))).toBe(0);
      expect(await dump(redis, keys)).toEqual(once);
      expect(await titles(store)).toEqual([
        'Draw a chart: pending',
        'Mend the shop: pending',
        'Parse the log: completed',
      ]);
      expect(await store.conversations.get('chat')).toMatchObject({ prompts: 2, openTasks: 2, closedTasks: 1 });
    }));

  test('are one conversation in any portions that grow, as if they had come at once', () =>
    withStore(async (bench) => {
      const messages = asMessages(shop().lines);
      const known = async (): Promise<unknown> => {
        // How the messages are kept says when they came.
        const { store, keys } = bench;
        const at = await store.chat('chat');
        const content = await dump(bench.redis, keys);
        const rest = Object.entries(content).filter(([, value]) => !Object.hasOwn(Object(value), 'chat'));
        return [Object.fromEntries(rest), at?.chat?.state, at?.chat?.said.map(({ key }) => key)];
      };
      await handOver(bench.store, 'chat', messages);
      const atOnce = await known();
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.nat(9), fc.nat(6)), { maxLength: 5 }),
          fc.boolean(),
          async (cuts, isWhole) => {
            await bench.flush();
            let end = 0;
            for (const [back, more] of [...cuts, [3, messages.length] as const]) {
              const from = isWhole ? 0 : Math.max(0, end - back);
              end = Math.min(messages.length, end + more);
              for (let times = 0; times < 2 && end > from; times++) {
                await handOver(bench.store, 'chat', messages.slice(from, end));
              }
            }
            expect(await known()).toEqual(atOnce);
          },
        ),
        { numRuns: 25 },
      );
    }));

  test('that have no times keep their order: a list that was written later says how its items stand', () =>
    withStore(async ({ store }) => {
      const messages = asMessages(shop().lines, false);
      await handOver(store, 'chat', messages.slice(6), START + HOUR);
      // Only now does it show what had been said before.
      await handOver(store, 'chat', messages, START + 2 * HOUR);
      await handOver(store, 'chat', messages.slice(2, 9), START + 3 * HOUR);
      expect(await titles(store)).toEqual([
        'Draw a chart: pending',
        'Parse the log: completed',
        'Rotate the key: in_progress',
        'Sweep the floor: pending',
      ]);
      expect(await store.conversations.get('chat')).toMatchObject({ prompts: 3, errors: 1 });
      expect(await store.errors.list({ limit: 9 })).toMatchObject({ total: 1, errors: [{ count: 1 }] });
    }));

  test('that come to light late leave ids that were given out leading to the same tasks', () =>
    withStore(async ({ store }) => {
      const first = said('assistant', listed('c1', 'Add tests', 'Draw a chart'), 1);
      const later = said('assistant', listed('c2', 'Add tests for the parser', ['Draw a chart', 'completed']), 2);
      await handOver(store, 'chat', [later]);
      const id = await idOf(store, 'Add tests for the parser');
      await store.setByHand({ taskId: id, status: 'blocked', note: null, at: START + HOUR });
      await handOver(store, 'chat', [first, later]);
      expect(await titles(store)).toEqual(['Add tests for the parser: blocked', 'Draw a chart: completed']);
      expect(await store.tasks.get(id)).toMatchObject({ title: 'Add tests for the parser', status: 'blocked' });
      await handOver(store, 'chat', [first, later, said('assistant', listed('c3', 'Add tests', 'Rest'), 3)]);
      expect(await tasksOf(store)).toHaveLength(3);
    }));

  test('are refused where somebody else was faster', () =>
    withStore(async ({ store }) => {
      const at = await store.chat('chat');
      const reading = readChat(null, 'chat', [said('user', 'Hello', 0)], START);
      if (at === null || reading === null) throw new Error('there is nothing yet');
      await store.commitChat(at, reading, START);
      await expect(store.commitChat(at, reading, START)).rejects.toThrow(StaleCheckpointError);
    }));

  test('tell of a failure that files tell of too, and take back only their own', () =>
    withStore(async (bench) => {
      const { store } = bench;
      const other = talk({ sessionId: 'other', name: 'other', at: START + HOUR });
      other.tool('Bash', {}, { content: 'panic: boom', isError: true });
      await tell(store, other.lines, { path: '/other.jsonl' });
      const fileAlone = await ledger(bench);
      await handOver(store, 'chat', [said('user', failed('x', 'panic: boom'), 0)]);
      await handOver(store, 'more', [said('user', failed('y', 'panic: boom'), 200)]);
      expect((await store.errors.list({ limit: 9 })).errors).toMatchObject([
        { count: 3, firstAt: START, lastAt: START + 200 * 60_000, sessions: ['chat', 'more', 'other'] },
      ]);
      for (const sessionId of ['chat', 'more']) {
        const transcript = talk({ sessionId, name: sessionId });
        transcript.user('Nothing of the sort');
        await tell(store, transcript.lines, { path: `/${sessionId}.jsonl` });
      }
      expect((await store.errors.list({ limit: 9 })).errors).toMatchObject([{ count: 1, sessions: ['other'] }]);
      const known = await ledger(bench);
      for (const [name, value] of Object.entries(fileAlone)) {
        if (name.startsWith('err') || name === 'activity' || name.startsWith('serr'))
          expect(known[name]).toEqual(value);
      }
    }));

  test('go over to tasks that a copy of the conversation knows by the same calls', () =>
    withStore(async (bench) => {
      const { store } = bench;
      const it = shop('chat');
      await handOver(store, 'chat', asMessages(it.lines).slice(0, 9));
      await tell(store, forked(it.lines, 'fork'), { path: '/fork.jsonl', sessionId: 'fork' });
      const id = await idOf(store, 'Rotate the key');
      expect((await store.tasks.get(id))?.evidence.map(({ sessionId }) => sessionId).sort()).toEqual(['chat', 'fork']);
      await tell(store, it.lines, { path: '/chat.jsonl' });
      const after = await ledger(bench);
      await bench.flush();
      await tell(store, forked(it.lines, 'fork'), { path: '/fork.jsonl', sessionId: 'fork' });
      await tell(store, it.lines, { path: '/chat.jsonl' });
      expect(after).toEqual(await ledger(bench));
    }));

  test('of a very long conversation still count once, and can still be taken back', () =>
    withStore(async (bench) => {
      const { store } = bench;
      await tell(store, shop().lines, { path: '/chat.jsonl' });
      const alone = await ledger(bench);
      await bench.flush();
      const long = Array.from({ length: 40 }, (_, n) => said('user', `${n} ${'x'.repeat(20_000)}`, n));
      const list = said('assistant', listed('c1', 'Parse the log', 'Draw a chart'), 50);
      await handOver(store, 'chat', [...long, list]);
      expect((await store.chat('chat'))?.chat?.isSettled).toBe(true);
      expect(await handOver(store, 'chat', [...long, list])).toBe(0);
      const next = [list, said('assistant', listed('c2', ['Parse the log', 'completed'], 'Draw a chart'), 51)];
      expect(await handOver(store, 'chat', next)).toBe(1);
      expect(await handOver(store, 'chat', [...next, said('user', failed('x', 'panic: boom'), 52)])).toBe(1);
      expect(await titles(store)).toEqual(['Draw a chart: pending', 'Parse the log: completed']);
      expect(await store.conversations.get('chat')).toMatchObject({ prompts: 40, errors: 1 });
      await tell(store, shop().lines, { path: '/chat.jsonl' });
      expect(await ledger(bench)).toEqual(alone);
    }));

  test('of a session with any name at all are taken in, and taken back', () =>
    withStore(async (bench) => {
      for (const sessionId of ['__proto__', 'constructor', 'a:b|c*', '\u{1f600}', ' ']) {
        const it = shop(sessionId);
        await bench.flush();
        await tell(bench.store, it.lines, { path: '/named.jsonl', sessionId });
        const alone = await ledger(bench);
        await bench.flush();
        await handOver(bench.store, sessionId, asMessages(it.lines));
        expect(await tasksOf(bench.store)).toHaveLength(4);
        expect(await bench.store.conversations.get(sessionId)).toMatchObject({ prompts: 3 });
        await tell(bench.store, it.lines, { path: '/named.jsonl', sessionId });
        expect(await ledger(bench)).toEqual(alone);
      }
    }));
});

describe('where the transcript is known', () => {
  test('messages say nothing', () =>
    withStore(async ({ store }) => {
      await tell(store, shop('session-a').lines);
      expect(await handOver(store, 'session-a', [said('assistant', listed('c1', 'Something else'), 0)])).toBeNull();
      expect(await handOver(store, 'session-b', [said('user', 'Hello', 0)])).toBe(0);
      expect(await store.conversations.get('session-b')).toMatchObject({ prompts: 1 });
    }));

  test('a commit that was begun before it came is refused', () =>
    withStore(async (bench) => {
      const { store } = bench;
      const at = await store.chat('chat');
      const reading = readChat(null, 'chat', asMessages(shop().lines), START);
      await tell(store, shop().lines);
      const alone = await ledger(bench);
      if (at === null || reading === null) throw new Error('there is nothing yet');
      await expect(store.commitChat(at, reading, START)).rejects.toThrow(StaleCheckpointError);
      expect(await ledger(bench)).toEqual(alone);
      expect(await store.chat('chat')).toBeNull();
    }));

  test('a file of a subagent alone, or one that says nothing yet, leaves the messages their say', () =>
    withStore(async ({ store }) => {
      const agent = talk({ sessionId: 'chat', agent: 'a1' });
      agent.todoWrite('Search the code');
      await tell(store, agent.lines, { path: '/agent.jsonl' });
      await tell(store, [{ type: 'mode', mode: 'x', sessionId: 'chat' }], { path: '/begun.jsonl' });
      expect(await handOver(store, 'chat', asMessages(shop().lines))).toBeGreaterThan(0);
    }));

  test('what a hand said of their tasks stays, and their ids lead on, also as the transcript is read bit by bit', () =>
    withFolder((folder) =>
      withStore(async ({ store }) => {
        const it = shop('3f3f3f3f-0000-4000-8000-000000000001');
        const { sessionId } = it;
        await handOver(store, sessionId, asMessages(it.lines));
        const ids = new Map((await tasksOf(store)).map(({ id, title }) => [title, id]));
        await store.setByHand({
          taskId: ids.get('Sweep the floor') ?? '',
          status: 'blocked',
          note: 'no broom',
          at: START + HOUR,
        });
        await store.setByHand({
          taskId: ids.get('Rotate the key') ?? '',
          status: 'cancelled',
          note: null,
          at: START + HOUR,
        });
        const path = await write(join(folder, `${sessionId}.jsonl`), '');
        const shown: string[] = [];
        for (const line of it.lines) {
          await appendFile(path, jsonl([line]));
          await ingestFile(store, path);
          shown.push((await titles(store)).filter((title) => title.startsWith('Sweep')).join());
        }
        expect(new Set(shown)).toEqual(new Set(['', 'Sweep the floor: blocked']));
        expect(await titles(store)).toEqual([
          'Draw a chart: pending',
          'Parse the log: completed',
          'Rotate the key: cancelled',
          'Sweep the floor: blocked',
        ]);
        for (const [title, id] of ids) expect(await store.tasks.get(id)).toMatchObject({ title });
        const changed = await store.setByHand({
          taskId: ids.get('Draw a chart') ?? '',
          status: 'completed',
          note: null,
          at: START + 2 * HOUR,
        });
        expect(changed).toMatchObject({ title: 'Draw a chart', status: 'completed' });
        expect(await tasksOf(store)).toHaveLength(4);
      }),
    ));
});

test('words that an item had only for a while still lead to it, however much of its transcript is read at once', () =>
  withStore(async ({ store }) => {
    const it = talk({ sessionId: 'chat' });
    it.todoWrite('Add tests', 'Draw a chart');
    it.todoWrite('Add tests for the parser', 'Draw a chart');
    it.boundary();
    it.todoWrite('Add tests for the parser', ['Draw a chart', 'completed']);
    await handOver(store, 'chat', asMessages(it.lines).slice(0, 2));
    const id = await idOf(store, 'Add tests');
    await store.setByHand({ taskId: id, status: 'blocked', note: null, at: START + HOUR });
    await tell(store, it.lines);
    expect(await titles(store)).toEqual(['Add tests for the parser: blocked', 'Draw a chart: completed']);
    expect(await store.tasks.get(id)).toMatchObject({ title: 'Add tests for the parser' });
  }));

test('a chat that grows at the very moment in which its transcript is committed leaves nothing', () =>
  withStore(async (bench) => {
    const names = Array.from({ length: 25 }, (_, n) => `Step ${'abcdefghijklmnopqrstuvwxyz'[n]}`);
    const messages = names.map((_, n) => said('assistant', listed(`c${n}`, ...names.slice(0, n + 1)), n));
    const other = await bench.open();
    const it = talk({ sessionId: 'chat' });
    it.todoWrite('Another thing');
    for (let run = 0; run < 20; run++) {
      await bench.flush();
      let done = 0;
      const growing = (async () => {
        for (const message of messages) {
          done += 1;
          if ((await handOver(other, 'chat', [message])) === null) return;
        }
      })();
      while (done < 2 + run / 2) await new Promise((resolve) => setImmediate(resolve));
      await tell(bench.store, it.lines);
      await growing;
      expect(await titles(bench.store)).toEqual(['Another thing: pending']);
    }
  }));

/** What happens in a conversation, in a few words. */
const Step = fc.oneof(
  fc.record({ is: fc.constant('say' as const), text: fc.constantFrom('ok', 'go on', 'Mend the shop') }),
  fc.record({
    is: fc.constant('list' as const),
    items: fc.uniqueArray(
      fc.tuple(
        fc.constantFrom('Parse the log', 'Draw a chart', 'Sweep the floor', 'Rotate the key'),
        fc.constantFrom('pending', 'in_progress', 'completed'),
      ),
      { selector: ([content]) => content, maxLength: 4 },
    ),
  }),
  fc.record({ is: fc.constant('fail' as const), text: fc.constantFrom('panic: boom', 'npm error code E404') }),
  fc.record({ is: fc.constant('create' as const), text: fc.constantFrom('Buy bread', 'Paint the door') }),
  fc.record({ is: fc.constant('update' as const), status: fc.constantFrom('in_progress', 'completed', 'deleted') }),
);
const Steps = fc.array(Step, { minLength: 1, maxLength: 7 });

function conversation(sessionId: string, steps: readonly Step[]): Talk {
  const it = talk({ sessionId });
  let created = 0;
  for (const step of steps) {
    if (step.is === 'say') it.user(step.text);
    else if (step.is === 'list') it.todoWrite(...step.items);
    else if (step.is === 'fail') it.tool('Bash', {}, { content: step.text, isError: true });
    else if (step.is === 'create') it.taskCreate(String(++created), step.text);
    else if (created > 0) it.taskUpdate(String(created), { status: step.status });
  }
  if (it.lines.length === 0) it.user('ok');
  return it;
}
type Step = typeof Step extends fc.Arbitrary<infer Value> ? Value : never;

/** A stretch of messages handed over, or the file grown up to a share of it and read. */
const Act = fc.oneof(
  fc.record({
    is: fc.constant('hand' as const),
    from: fc.nat(12),
    count: fc.integer({ min: 1, max: 30 }),
    isTimed: fc.boolean(),
  }),
  fc.record({ is: fc.constant('read' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ is: fc.constant('close' as const), nth: fc.nat(3) }),
);
type Act = typeof Act extends fc.Arbitrary<infer Value> ? Value : never;

describe('once the whole transcript is read, the ledger is what it says', () => {
  const sessionId = '5e5e5e5e-0000-4000-8000-000000000001';

  async function alone(bench: Bench, path: string): Promise<unknown> {
    await bench.flush();
    await ingestFile(bench.store, path);
    return [await ledger(bench), await reportOf(bench.store, path)];
  }
  async function reportOf(store: Store, path: string): Promise<unknown> {
    const stats = await store.fileStats(path);
    return stats && reportFiles([{ file: 'it', stats }], await store.sessions([sessionId]));
  }

  test('whatever stretches were handed over before, between and after', () =>
    withFolder((folder) =>
      withStore(async (bench) => {
        let run = 0;
        await fc.assert(
          fc.asyncProperty(Steps, fc.array(Act, { maxLength: 8 }), async (steps, acts) => {
            const it = conversation(sessionId, steps);
            const content = jsonl(it.lines);
            const messages = asMessages(it.lines);
            const whole = await write(join(folder, `${(run += 1)}`, `${sessionId}.jsonl`), content);
            const expected = await alone(bench, whole);
            await bench.flush();
            const { store } = bench;
            const path = await write(whole, '');
            let share = 0;
            const byHand = new Map<string, string>();
            for (const act of acts) {
              if (act.is === 'hand') {
                const part = messages.slice(act.from, act.from + act.count);
                const bare = part.map((message) => ({ ...message, timestamp: null }));
                if (part.length > 0) await handOver(store, sessionId, act.isTimed ? part : bare, START + run);
              } else if (act.is === 'read') {
                const upTo = Math.floor(content.length * act.share);
                if (upTo > share) await appendFile(path, content.slice(share, upTo));
                share = Math.max(share, upTo);
                await ingestFile(store, path);
              } else {
                const task = (await tasksOf(store))[act.nth];
                if (task === undefined) continue;
                await store.setByHand({ taskId: task.id, status: 'blocked', note: null, at: START + DAY });
                byHand.set(task.id, task.title);
              }
            }
            await appendFile(path, content.slice(share));
            await ingestFile(store, path);
            for (const [id, title] of byHand) {
              expect(await store.tasks.get(id)).toMatchObject({ title, status: 'blocked' });
            }
            if (byHand.size === 0) expect([await ledger(bench), await reportOf(store, path)]).toEqual(expected);
            else expect((await titles(store)).map(titleOf)).toEqual(reportTitles(expected));
          }),
          { numRuns: 60 },
        );
      }),
    ));

  test('however many hand over and read at once', () =>
    withFolder((folder) =>
      withStore(async (bench) => {
        const readers = [bench.store, await bench.open(), await bench.open()];
        let run = 0;
        await fc.assert(
          fc.asyncProperty(Steps, fc.array(fc.nat(10), { minLength: 2, maxLength: 6 }), async (steps, froms) => {
            const it = conversation(sessionId, steps);
            const path = await write(join(folder, `r${(run += 1)}`, `${sessionId}.jsonl`), jsonl(it.lines));
            const expected = await alone(bench, path);
            await bench.flush();
            const messages = asMessages(it.lines);
            await Promise.all([
              ...froms.map(async (from, n) => {
                const part = messages.slice(from);
                if (part.length > 0) await handOver(readers[n % 3] ?? bench.store, sessionId, part);
              }),
              ...readers.map((store) => ingestFile(store, path, { chunkBytes: 600 })),
            ]);
            expect([await ledger(bench), await reportOf(bench.store, path)]).toEqual(expected);
          }),
          { numRuns: 25 },
        );
      }),
    ));
});

const titleOf = (line: string): string => line.replace(/: \w+$/, '');
function reportTitles(expected: unknown): string[] {
  const [, reports] = expected as [unknown, { tasks: { title: string }[] }[]];
  return reports.flatMap(({ tasks }) => tasks.map(({ title }) => title)).sort();
}

describe('what is old', () => {
  const RETENTION = { closedTasksDays: 400, conversationsDays: 400, errorsDays: 400, activityDays: 30 };
  const closing = [
    said('user', 'Good morning', 0),
    said('assistant', listed('c1', ['Parse the log', 'completed']), 1),
    said('user', failed('x', 'panic: boom'), 2),
  ];

  test('does not come back when it is handed over again, and what is new does', () =>
    withStore(async ({ store, redis, keys }) => {
      await handOver(store, 'chat', closing);
      const late = START + 500 * DAY;
      expect(await store.retire(RETENTION, late)).toMatchObject({ tasks: 1, conversations: 1, errors: 1 });
      const forgotten = await dump(redis, keys);
      expect((await store.chat('chat'))?.chat?.said.map(({ content }) => content)).toEqual([null, null, null]);
      expect(JSON.stringify(forgotten)).not.toContain('panic: boom');
      expect(await handOver(store, 'chat', closing, late)).toBe(0);
      expect(await handOver(store, 'chat', closing.slice(1), late)).toBe(0);
      expect(await dump(redis, keys)).toEqual(forgotten);
      const next = said('assistant', listed('c2', ['Parse the log', 'completed'], 'Draw a chart'), 500 * 24 * 60);
      expect(await handOver(store, 'chat', [...closing, next], late)).toBe(1);
      expect(await titles(store)).toEqual(['Draw a chart: pending']);
      expect((await store.errors.list({ limit: 9 })).total).toBe(0);
    }));

  test('does not come back when the conversation goes on', () =>
    withStore(async ({ store }) => {
      await handOver(store, 'chat', [...closing, said('assistant', listed('c2', 'Draw a chart'), 3)]);
      const late = START + 500 * DAY;
      // What is open keeps its conversation.
      expect(await store.retire(RETENTION, late)).toMatchObject({ tasks: 1, conversations: 0, errors: 1 });
      const more = said('assistant', listed('c3', 'Draw a chart', 'Sweep the floor'), 500 * 24 * 60);
      await handOver(store, 'chat', [more], late);
      expect(await titles(store)).toEqual(['Draw a chart: pending', 'Sweep the floor: pending']);
      expect((await store.errors.list({ limit: 9 })).total).toBe(0);
    }));

  test('of a transcript does not come back through messages', () =>
    withStore(async ({ store }) => {
      const it = talk({ sessionId: 'chat' });
      it.todoWrite(['Parse the log', 'completed']);
      await tell(store, it.lines);
      await store.retire(RETENTION, START + 500 * DAY);
      expect(await store.conversations.get('chat')).toBeNull();
      expect(await handOver(store, 'chat', asMessages(it.lines), START + 500 * DAY)).toBeNull();
      expect(await titles(store)).toEqual([]);
    }));

  test('leaves a hand its say when the messages come again', () =>
    withStore(async ({ store }) => {
      await handOver(store, 'chat', closing);
      const id = await idOf(store, 'Parse the log');
      await store.setByHand({ taskId: id, status: 'cancelled', note: null, at: START + DAY });
      await store.retire(RETENTION, START + 500 * DAY);
      expect(await titles(store)).toEqual([]);
      const it = talk({ sessionId: 'chat' });
      it.todoWrite(['Parse the log', 'completed']);
      await tell(store, it.lines);
      expect(await titles(store)).toEqual(['Parse the log: cancelled']);
      expect(await store.tasks.get(id)).toMatchObject({ title: 'Parse the log' });
    }));
});
