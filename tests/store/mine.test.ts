import { expect, test } from '@jest/globals';
import type { LoggedError } from '../../jobs/ingest.js';
import { errorIdOf } from '../../src/domain/ids.js';
import { fingerprintOf } from '../../src/domain/pattern/index.js';
import type { Store } from '../../src/store/index.js';
import { mergePrint } from '../../src/store/log-patterns.js';
import { failure, NOW } from '../support/errors-ledger.js';
import { talk } from '../support/builders.js';
import { batchOf, follow, inARow, logged } from '../support/log-batches.js';
import { tell, withStore } from '../support/store.js';

/** One line as a follower tells of it. */
function line(text: string, at = NOW): LoggedError {
  const { id, kind, template } = fingerprintOf(text);
  return logged('', at, 1, { fingerprint: id, kind, template });
}

const WORDS = ['alpha', 'bravo', 'charlie', 'delta', 'foxtrot', 'golf', 'hotel', 'india', 'juliet', 'kilo'];
const texts = WORDS.map((word) => `Cannot open the index ${word} for reading by the search service`);

async function patterns(store: Store): Promise<string[]> {
  const { patterns: found } = await store.errors.patterns({ limit: 99, asked: '', now: NOW, mostTasks: 0 });
  return found.map(({ id, count, message }) => `${id} ${count} ${message}`).sort();
}

async function settle(store: Store): Promise<number> {
  let prints = 0;
  for (let more = true; more;) {
    const step = await store.correlateErrors(50, NOW);
    prints += step.prints;
    more = step.more;
  }
  return prints;
}

test('fingerprints of one template become one record, under the id of the first', () =>
  withStore(async ({ store }) => {
    await follow(store, NOW, ...inARow(...texts.map((text) => [line(text)]), [line('Something else broke down')]));
    expect(await patterns(store)).toHaveLength(11);
    expect(await settle(store)).toBe(11);
    const [merged = '', other = ''] = (await patterns(store)).sort(
      (a, b) => Number(b.split(' ')[1]) - Number(a.split(' ')[1]),
    );
    expect(merged).toMatch(/^e[0-9a-f]{16} 10 Cannot open the index <\*> for reading by the search service$/);
    expect(other).toContain('Something else broke down');
    const ids = texts.map((text) => `e${fingerprintOf(text).id}`);
    expect(ids).toContain(merged.split(' ')[0]);
    // What comes later counts there at once, and so does a word that was never seen, after the next step.
    const more = batchOf([line(texts[7] ?? ''), line('Cannot open the index lima for reading by the search service')], {
      fromByte: 5_000,
    });
    await store.intendLogBatch({
      host: more.host,
      path: more.path,
      generation: { id: 'g1', identity: { dev: '1', ino: '2', headBytes: 4, head: 'head' } },
      fromByte: 5_000,
      toByte: 5_100,
      before: null,
      after: null,
    });
    await store.applyLogBatch(more, NOW);
    await settle(store);
    expect(await patterns(store)).toContainEqual(merged.replace(' 10 ', ' 12 '));
  }));

test('another process goes on with the same ids', () =>
  withStore(async ({ store, open }) => {
    const [first, ...rest] = inARow(...texts.map((text) => [line(text)]));
    await follow(store, NOW, ...(first === undefined ? [] : [first]), ...rest.slice(0, 8));
    await settle(store);
    const before = await patterns(store);
    const other = await open();
    await follow(other, NOW, ...rest.slice(8));
    await settle(other);
    const after = await patterns(other);
    expect(after).toHaveLength(before.length);
    expect(after[0]?.split(' ')[0]).toBe(before[0]?.split(' ')[0]);
    // The first process notices that its state is old.
    await follow(
      store,
      NOW,
      batchOf([line('Cannot open the index mike for reading by the search service')], { fromByte: 9_000 }),
    );
    await settle(store);
    expect(await patterns(store)).toHaveLength(before.length);
  }));

test('what only a conversation told of joins the pattern of a log, and teaches it nothing', () =>
  withStore(async ({ store }) => {
    await follow(store, NOW, ...inARow(...texts.slice(1).map((text) => [line(text)])));
    await settle(store);
    const [text = ''] = texts;
    const id = errorIdOf(text);
    await store.record(
      [failure(id, NOW, { message: text }), failure(errorIdOf('Unheard of'), NOW, { message: 'Unheard of' })],
      NOW,
    );
    await store.correlateTouched(9);
    await settle(store);
    const found = await store.errors.pattern(id, { now: NOW, mostTasks: 0 });
    expect(found).toMatchObject({ count: 10, message: 'Cannot open the index <*> for reading by the search service' });
    expect(found?.sources[0]).toBe('conversation');
    expect(await patterns(store)).toHaveLength(2);
  }));

test('two conversations that met errors of one pattern have an error in common', () =>
  withStore(async ({ store }) => {
    await follow(store, NOW, ...inARow(...texts.slice(2).map((text) => [line(text)])));
    await settle(store);
    for (const [index, text] of texts.slice(0, 2).entries()) {
      const said = talk({ sessionId: `session-${index}`, at: NOW });
      said.user(`Look at number ${index}`);
      said.tool('Bash', { command: 'search' }, { content: text, isError: true });
      await tell(store, said.lines, { path: `/transcripts/${index}.jsonl` });
    }
    const links = () => store.links({ sessionId: 'session-0', minScore: 0, limit: 9 });
    expect((await links())?.links).toEqual([]);
    await store.correlateTouched(9);
    const found = await links();
    expect(found?.links).toMatchObject([{ a: 'session-0', b: 'session-1' }]);
    expect(found?.links[0]?.shared.errors).toHaveLength(1);
  }));

test('a pattern whose text is never the same twice does not grow for ever', () =>
  withStore(async ({ store, redis, keys }) => {
    const print = (index: number): string => index.toString(16).padStart(16, '0');
    const head = logged('', NOW, 1, { fingerprint: print(0) });
    await follow(store, NOW, batchOf([head]));
    await redis.sadd(
      keys.of('err', `e${print(0)}`, 'fp'),
      ...Array.from({ length: 2_100 }, (_, index) => print(index)),
    );
    await redis.hset(
      keys.of('prints'),
      Object.fromEntries(Array.from({ length: 2_100 }, (_, index) => [print(index), `e${print(0)}`])),
    );
    await follow(store, NOW, batchOf([logged('', NOW, 1, { fingerprint: print(5_000) })], { fromByte: 100 }));
    await mergePrint(redis, keys, `e${print(5_000)}`, `e${print(0)}`);
    const left = await redis.smembers(keys.of('err', `e${print(0)}`, 'fp'));
    expect(left.length).toBeGreaterThanOrEqual(1_990);
    expect(left.length).toBeLessThanOrEqual(2_001);
    expect((await redis.hkeys(keys.of('prints'))).sort()).toEqual(left.sort());
    expect(left).toContain(print(0));
  }));

test('what was taken back before the miner saw it leaves nothing', () =>
  withStore(async ({ store, redis, keys }) => {
    const print = fingerprintOf(texts[0] ?? '').id;
    await follow(store, NOW, ...inARow(...texts.slice(1).map((text) => [line(text)])));
    await settle(store);
    const [pattern = ''] = (await patterns(store)).map((row) => row.split(' ')[0]);
    expect(await mergePrint(redis, keys, `e${print}`, pattern)).toBe(false);
    expect(await redis.hexists(keys.of('prints'), print)).toBe(0);
  }));
