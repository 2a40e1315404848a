import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { initialState } from '../../src/domain/transcript/index.js';
import { StaleCheckpointError, type Store } from '../../src/store/index.js';
import { forked, HOUR, jsonl, START, talk, taskFact, type Line } from '../support/builders.js';
import { withFolder, write } from '../support/files.js';
import { chunkOf, dump, ingestFile, tell, withStore } from '../support/store.js';

const titles = async (store: Store): Promise<string[]> =>
  (
    await store.tasks.list({ status: ['pending', 'in_progress', 'blocked', 'completed', 'cancelled'], limit: 100 })
  ).tasks
    .map((task) => `${task.title}: ${task.status}`)
    .sort();

function shop(): Line[] {
  const it = talk();
  it.todoWrite(['Parse the log', 'in_progress'], 'Draw a chart');
  it.tool('Bash', {}, { content: 'panic: boom', isError: true });
  return it.lines;
}

describe('a commit', () => {
  test('that is done again from the beginning changes nothing', () =>
    withStore(async ({ store, redis, keys }) => {
      const { write: first, facts } = await chunkOf([...shop(), { type: 'brand-new' }]);
      const at = await store.commit(null, first, facts);
      const once = await dump(redis, keys);
      await store.commit(at, first, facts);
      expect(await dump(redis, keys)).toEqual(once);
      await store.record(facts, START);
      expect(await dump(redis, keys)).toEqual(once);
    }));

  test('from a checkpoint that has moved on is refused, and writes nothing', () =>
    withStore(async ({ store, redis, keys }) => {
      const at = await tell(store, shop());
      const more = talk({ at: START + HOUR });
      more.todoWrite(['Parse the log', 'completed'], 'Draw a chart');
      const chunk = await chunkOf([...shop(), ...more.lines]);
      await store.commit(at, chunk.write, chunk.facts);
      const before = await dump(redis, keys);
      const other = await chunkOf([{ type: 'brand-new' }, ...shop()]);
      await expect(store.commit(at, other.write, [taskFact({ id: 'tx' })])).rejects.toThrow(StaleCheckpointError);
      await expect(store.commit(null, other.write, [taskFact({ id: 'tx' })])).rejects.toThrow(
        'the checkpoint has moved on',
      );
      expect(await dump(redis, keys)).toEqual(before);
    }));

  test('of facts that many write at once loses none', () =>
    withStore(async ({ store, open }) => {
      const stores = [store, await open(), await open()];
      const sessions = Array.from({ length: 15 }, (_, n) => `s${n}`);
      await Promise.all(
        sessions.map((sessionId, n) =>
          (stores[n % 3] ?? store).record(
            [taskFact({ id: 't1', eventId: `ev${n}`, at: START + n * HOUR, sessionId, title: `Told by ${n}` })],
            START,
          ),
        ),
      );
      const task = await store.tasks.get('t1');
      expect(task?.title).toBe('Told by 14');
      expect(task?.history).toHaveLength(15);
    }));

  test('of an alias takes along what others write under it at that moment', () =>
    withStore(async ({ store, open, flush }) => {
      const other = await open();
      for (let round = 0; round < 25; round++) {
        await flush();
        await Promise.all([
          store.record(
            [taskFact({ id: 'told', title: 'Mend it' }), { is: 'alias', alias: 'copied', id: 'told' }],
            START,
          ),
          other.record([taskFact({ id: 'copied', title: 'Mend it', status: 'completed', at: START + HOUR })], START),
        ]);
        expect(await titles(store)).toEqual(['Mend it: completed']);
        expect((await store.tasks.get('copied'))?.id).toBe('told');
      }
    }));

  test('keeps all that is needed to go on from there', () =>
    withStore(async ({ store }) => {
      const { write: chunk, facts } = await chunkOf(shop());
      const at = await store.commit(null, chunk, facts);
      expect(at.version).toBe(1);
      expect(await store.checkpoint(hostname(), '/transcripts/a.jsonl')).toEqual(at);
      expect(await store.checkpoint(hostname(), '/transcripts/b.jsonl')).toBeNull();
      expect(await store.fileStats('/transcripts/a.jsonl')).toEqual(chunk.state.stats);
      expect(await store.relatives({ ...chunk.ref, path: '/elsewhere' })).toEqual([
        { path: '/transcripts/a.jsonl', by: 'inode' },
      ]);
      expect(await store.relatives({ ...chunk.ref, path: '/elsewhere', ino: 77 })).toEqual([
        { path: '/transcripts/a.jsonl', by: 'head' },
      ]);
      expect(await store.relatives(chunk.ref)).toEqual([]);
    }));
});

describe('a status set by hand', () => {
  test('survives that the conversation is read again, and that it goes on otherwise', () =>
    withFolder((folder) =>
      withStore(async ({ store }) => {
        const it = talk();
        it.todoWrite(['Parse the log', 'in_progress']);
        const path = await write(join(folder, 'a.jsonl'), jsonl(it.lines));
        await ingestFile(store, path);
        const [task] = (await store.tasks.list({})).tasks;
        const id = task?.id ?? '';
        const after = await store.setByHand({ taskId: id, status: 'cancelled', note: 'not needed', at: START + HOUR });
        expect(after).toMatchObject({ id, status: 'cancelled', title: 'Parse the log' });
        expect(after?.history.at(-1)).toMatchObject({ by: 'hand', reason: 'not needed' });

        it.wait(2 * HOUR);
        it.todoWrite(['Parse the log', 'pending']);
        await write(path, jsonl(it.lines));
        await ingestFile(store, path);
        await tell(store, forked(it.lines, 'copy'), { path: join(folder, 'copy.jsonl') });
        const now = await store.tasks.get(id);
        expect(now?.status).toBe('cancelled');
        expect(now?.flags.map((flag) => flag.name)).toContain('contradicted');
        expect((await store.tasks.list({})).total).toBe(0);
      }),
    ));

  test('of a task that there is not says so', () =>
    withStore(async ({ store }) => {
      expect(await store.setByHand({ taskId: 'tnone', status: 'completed', note: null, at: START })).toBeNull();
      expect(await store.tasks.get('tnone')).toBeNull();
    }));

  test('is found under every name of the task', () =>
    withStore(async ({ store }) => {
      await store.record(
        [
          taskFact({ id: 'told' }),
          { is: 'alias', alias: 'once', id: 'told' },
          { is: 'alias', alias: 'twice', id: 'once' },
        ],
        START,
      );
      const task = await store.setByHand({ taskId: 'twice', status: 'completed', note: null, at: START + 1 });
      expect(task).toMatchObject({ id: 'told', status: 'completed' });
    }));
});

describe('what was read of files', () => {
  const unknown = (n: number): Line[] => Array.from({ length: n }, () => ({ type: 'brand-new' }));

  test('is counted once, and less when a file is written anew with fewer odd lines', () =>
    withStore(async ({ store }) => {
      const a = await tell(store, [...shop(), ...unknown(5), 'torn {'], { path: '/a.jsonl' });
      await tell(store, unknown(2), { path: '/b.jsonl' });
      expect(await store.files.unknown()).toEqual({ 'unknown-type:brand-new': 7, 'not-json': 1 });
      const again = await chunkOf([...shop(), ...unknown(1)], { path: '/a.jsonl' });
      await store.commit(a, again.write, again.facts);
      expect(await store.files.unknown()).toEqual({ 'unknown-type:brand-new': 3 });
    }));

  test('is listed in the order of paths, below one folder and not beside it', () =>
    withStore(async ({ store }) => {
      for (const path of ['/r/p/b.jsonl', '/r/p/a.jsonl', '/r/pp/c.jsonl', '/r/\u{1f600}.jsonl', '/z.jsonl']) {
        await tell(store, unknown(3), { path, sessionId: 'session-x', now: START + 7 });
      }
      const under = async (root?: string): Promise<string[]> => {
        const paths: string[] = [];
        for await (const file of store.files.list(root)) paths.push(file.path);
        return paths;
      };
      expect(await under()).toEqual([
        '/r/p/a.jsonl',
        '/r/p/b.jsonl',
        '/r/pp/c.jsonl',
        '/r/\u{1f600}.jsonl',
        '/z.jsonl',
      ]);
      expect(await under('/r/p')).toEqual(['/r/p/a.jsonl', '/r/p/b.jsonl']);
      expect(await under('/r/p/')).toEqual(['/r/p/a.jsonl', '/r/p/b.jsonl']);
      expect(await under('/r')).toHaveLength(4);
      expect(await under('/nowhere')).toEqual([]);
      for await (const file of store.files.list()) {
        if (file.path !== '/z.jsonl') continue;
        expect(file).toEqual({
          path: '/z.jsonl',
          sessionId: 'session-x',
          nextByte: 3,
          size: 3,
          linesRead: 3,
          skipped: { 'unknown-type:brand-new': 3 },
          readAt: START + 7,
        });
      }
    }));

  test('goes on beyond the first few hundred files', () =>
    withStore(async ({ store }) => {
      const { write: chunk } = await chunkOf([]);
      const state = initialState(null);
      await Promise.all(
        Array.from({ length: 1_100 }, (_, n) => {
          const ref = { ...chunk.ref, path: `/many/${String(n).padStart(5, '0')}.jsonl`, ino: n, headBytes: 0 };
          return store.commit(null, { ...chunk, ref, state }, []);
        }),
      );
      const paths: string[] = [];
      for await (const file of store.files.list('/many')) paths.push(file.path);
      expect(paths).toHaveLength(1_100);
      expect(paths).toEqual([...paths].sort());
    }));

  test('says where each file stands, in the order asked for', () =>
    withStore(async ({ store }) => {
      await tell(store, unknown(3), { path: '/a.jsonl', now: START + 5 });
      const held = { reason: 'broken', attempts: 5, version: '1.0', size: 9, at: START };
      await store.quarantine('/bad.jsonl', held);
      expect(await store.positions(['/none.jsonl', '/a.jsonl', '/bad.jsonl'])).toEqual([
        null,
        { nextByte: 3, size: 3, mtimeMs: START + 5, ino: '/a.jsonl'.length, quarantine: null },
        { nextByte: 0, size: 9, mtimeMs: 0, ino: 0, quarantine: { path: '/bad.jsonl', ...held } },
      ]);
      expect(await store.positions([])).toEqual([]);
    }));

  test('is given up until the file is read again, or released', () =>
    withStore(async ({ store }) => {
      const held = { reason: 'broken', attempts: 5, version: '1.0', size: 9, at: START };
      await store.quarantine('/a.jsonl', held);
      await store.quarantine('/b.jsonl', held);
      expect((await store.files.quarantined()).map(({ path }) => path).sort()).toEqual(['/a.jsonl', '/b.jsonl']);
      await tell(store, unknown(1), { path: '/a.jsonl' });
      expect((await store.files.quarantined()).map(({ path }) => path)).toEqual(['/b.jsonl']);
      await store.release('/b.jsonl');
      expect(await store.files.quarantined()).toEqual([]);
    }));
});
