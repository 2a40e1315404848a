/** The tools that came first, called without a server on a real ledger and a real queue. The others have files of their own. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, InputError, UnavailableError } from '../../src/errors.js';
import { answerFor } from '../../src/mcp/errors.js';
import { INSTRUCTIONS } from '../../src/mcp/instructions.js';
import { createServices, ENQUEUE_MS, type Parts } from '../../src/mcp/services.js';
import { findTool, tools } from '../../src/mcp/tools/index.js';
import { createEnqueuer, queueSettings } from '../../src/queue/enqueue.js';
import { queueBase } from '../../src/queue/connection.js';
import { connectionOptions } from '../../src/store/connection.js';
import { HOUR, talk, taskFact } from '../support/builders.js';
import { failure } from '../support/errors-ledger.js';
import { startLedger, type LedgerRun } from '../support/ledger-run.js';
import { tell } from '../support/store.js';

/** What the ledger reckons from is the clock; a test holds on to one moment of it. */
const NOW = Date.now();

let run: LedgerRun;
let look: Redis;
beforeAll(async () => {
  run = await startLedger();
  look = new Redis({ path: run.redis.socket, db: run.config.redis.databases.tracker });
}, 60_000);
beforeEach(async () => {
  await look.flushdb();
});
afterEach(() => {
  process.kill(run.redis.pid, 'SIGCONT');
});
afterAll(async () => {
  look.disconnect();
  await run.stop();
});

/** What the tests look at of the results. */
interface Reply {
  readonly tasks: readonly {
    readonly id: string;
    readonly title: string;
    readonly evidence: readonly { readonly quote: string }[];
  }[];
  readonly events: readonly Readonly<Record<string, unknown>>[];
  readonly hint: string;
  readonly next_cursor: string | null;
  readonly [key: string]: unknown;
}

async function call(name: string, args: unknown, parts: Parts = run.parts()): Promise<Reply> {
  const { signal } = new AbortController();
  const services = createServices(() => Promise.resolve(parts));
  const tool = findTool(name);
  if (tool === undefined) throw new Error(`no tool ${name}`);
  const result = await tool.call(args, async () => ({
    ...(await services.open({ writes: !tool.annotations.readOnlyHint, signal })),
    now: () => NOW,
    signal,
  }));
  expect(tool.output.safeParse(result)).toMatchObject({ success: true });
  return result as Reply;
}
const refusal = async (name: string, args: unknown, parts?: Parts): Promise<string> => {
  const error: unknown = await call(name, args, parts).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InputError);
  return answerFor(error, { name, writes: false }) ?? '';
};
const ids = (result: Reply): string[] => result.tasks.map(({ id }) => id);

/** How many jobs of a queue wait. */
const waiting = async (): Promise<number> => (await run.queues.queueDepth('ingest')).waiting;
/** The payload of a job as it lies in Redis. */
async function payloadOf(jobId: unknown): Promise<unknown> {
  const settings = queueSettings(run.config, connectionOptions(run.config));
  const { $asked: _, ...payload } = JSON.parse(
    (await look.hget(`${queueBase(settings, 'ingest')}${String(jobId)}`, 'data')) ?? '{}',
  ) as Record<string, unknown>;
  return payload;
}

describe('get_unfinished_tasks', () => {
  /** A conversation each, in which one task is told. */
  async function someTasks(): Promise<void> {
    for (const sessionId of ['s-1', 's-2']) {
      const { lines, user } = talk({ sessionId, cwd: sessionId === 's-1' ? '/p' : '/work/shop', at: NOW - 40 * HOUR });
      user('hello');
      await tell(run.store, lines, { path: `/transcripts/${sessionId}.jsonl`, sessionId });
    }
    await run.store.record(
      [
        taskFact({ id: 'a', priority: 'critical', sessionId: 's-2', at: NOW - 30 * HOUR }),
        taskFact({ id: 'b', priority: 'high', project: '/p', title: 'Review backend error logs', at: NOW - HOUR }),
        taskFact({ id: 'c', priority: 'medium', status: 'blocked', blockedBy: ['a'], at: NOW - 1_000 }),
        taskFact({ id: 'd', status: 'completed', at: NOW - HOUR }),
      ],
      NOW,
    );
  }

  test('lists what the filters let through', async () => {
    await someTasks();
    const cases: readonly (readonly [object, readonly string[]])[] = [
      [{}, ['a', 'b', 'c']],
      [{ priority: ['critical', 'high'] }, ['a', 'b']],
      [{ component: ['web'] }, []],
      [{ status: ['completed'] }, ['d']],
      [{ session_id: 's-2' }, ['a']],
      [{ project: '/p' }, ['b']],
      [{ project: 'P' }, ['b']],
      [{ since: '24h' }, ['b', 'c']],
      [{ since: new Date(NOW - 2_000).toISOString() }, ['c']],
      [{ blocked_by: 'a' }, ['c']],
      [{ query: 'backend logs' }, ['b']],
      [{ sort: 'newest' }, ['c', 'b', 'a']],
      [{ priority: [], component: [] }, ['a', 'b', 'c']],
    ];
    for (const [args, expected] of cases) {
      expect([args, ids(await call('get_unfinished_tasks', args))]).toEqual([args, expected]);
    }
  });

  test('a concise page of ten is short, and its hint is the call for the rest', async () => {
    const many = Array.from({ length: 42 }, (_, index) =>
      taskFact({
        id: `t${index}`,
        title: `${'Fix it '.repeat(60)} ${index}`,
        priority: 'medium',
        at: NOW - index * HOUR,
      }),
    );
    await run.store.record(many, NOW);
    const seen: string[] = [];
    let args: Record<string, unknown> = { priority: ['medium'] };
    for (;;) {
      const page = await call('get_unfinished_tasks', args);
      expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThanOrEqual(8_000);
      expect(page).toMatchObject({ total: 42, total_is: 'exact' });
      seen.push(...ids(page));
      const next = /call get_unfinished_tasks (\{.*\})$/.exec(page.hint);
      if (next === null) break;
      args = JSON.parse(next[1] ?? '') as Record<string, unknown>;
      expect(args['cursor']).toBe(page.next_cursor);
      expect(args['priority']).toEqual(['medium']);
    }
    expect(seen).toEqual(many.map(({ id }) => id));
  });

  test('the hint speaks of closing only where something is open, and of starting where nothing was ever read', async () => {
    const hint = async (args = {}): Promise<string> => (await call('get_unfinished_tasks', args)).hint;
    expect(await hint()).toMatch(/^Nothing has been read yet: .*`npm start`.*`mcp-autobot-tracker up`/);
    expect((await call('get_recent_activity', {})).hint).toContain('Nothing has been read yet');
    await someTasks();
    expect(await hint()).toBe('All 3 shown. To close one call update_task_status.');
    expect(await hint({ status: ['completed'] })).toBe('All 1 shown.');
    expect(await hint({ query: 'nothing like it' })).toContain('No task matches');
  });

  test('Redis is asked once whether it will do, and again after it was silent or has refused', async () => {
    const { signal } = new AbortController();
    let asked = 0;
    const parts = run.parts();
    const verify = (): Promise<unknown> => {
      asked += 1;
      return parts.verify?.() ?? Promise.reject(new Error('nothing to ask with'));
    };
    const services = createServices(() => Promise.resolve({ ...parts, verify }));
    const open = () => services.open({ writes: false, signal });
    await look.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await expect(open()).rejects.toThrow(ConfigError);
    await look.config('SET', 'maxmemory-policy', 'noeviction');
    await open();
    await open();
    expect(asked).toBe(2);
    const { store } = await open();
    process.kill(run.redis.pid, 'SIGSTOP');
    await expect(store.counts()).rejects.toThrow(UnavailableError);
    process.kill(run.redis.pid, 'SIGCONT');
    await open();
    expect(asked).toBe(3);
  });

  test('detailed pages end where 8 kB do, and lose nothing', async () => {
    const long = Array.from({ length: 12 }, (_, index) =>
      taskFact({ id: `t${index}`, description: 'd'.repeat(9_000), at: NOW - 50 * HOUR - index * HOUR }),
    );
    const history = long.flatMap(({ id }, index) =>
      Array.from({ length: 40 }, (_, n) =>
        taskFact({
          ...{ id, eventId: `${id}-${n}`, status: n % 2 === 0 ? 'in_progress' : 'pending', reason: 'x'.repeat(500) },
          at: NOW - 50 * HOUR - index * HOUR + n * 1_000,
        }),
      ),
    );
    await run.store.record([...long, ...history], NOW);
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page: Reply = await call('get_unfinished_tasks', {
        response_format: 'detailed',
        limit: 100,
        ...(cursor !== undefined && { cursor }),
      });
      expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThanOrEqual(8_000);
      expect(Buffer.byteLength(JSON.stringify(page))).toBeGreaterThan(2_000);
      seen.push(...ids(page));
      cursor = page.next_cursor;
    }
    expect(seen).toEqual(long.map(({ id }) => id));
  });
});

describe('bad arguments name the field and what is expected', () => {
  test.each([
    ['get_unfinished_tasks', { prioritys: ['high'] }, 'unknown key "prioritys", did you mean "priority"?'],
    ['get_unfinished_tasks', { priority: 'high' }, 'priority: expected a list; got "high"'],
    [
      'get_unfinished_tasks',
      { priority: ['hihg'] },
      'priority[0]: expected one of critical, high, medium, low; got "hihg", did you mean "high"?',
    ],
    ['get_unfinished_tasks', { limit: 0 }, 'limit: expected at least 1'],
    ['get_unfinished_tasks', { limit: 1.5 }, 'limit: expected a whole number'],
    [
      'get_unfinished_tasks',
      { since: 'yesterday' },
      'since: expected ISO 8601 such as 2026-11-22T10:00:00Z, or a span such as 24h or 7d',
    ],
    ['get_unfinished_tasks', { cursor: 'forged' }, 'cursor: not one that this query gave out'],
    ['get_unfinished_tasks', 7, 'arguments: expected an object; got 7'],
    ['update_task_status', {}, 'task_id is missing: expected a text; status'],
    ['update_task_status', { task_id: 'a', status: 'merged' }, 'merge_into is missing'],
    ['update_task_status', { task_id: 'a', status: 'blocked', merge_into: 'b' }, 'merge_into: expected with status'],
    ['update_task_status', { task_id: 'x\u001b[1m', status: 'completed' }, 'no task with the id "x"'],
    ['ingest_chat', {}, 'messages is missing'],
    ['ingest_chat', { messages: [{ role: 'user', content: 'x' }] }, 'session_id is missing'],
    [
      'ingest_chat',
      { session_id: 's', messages: [{ role: 'user', content: 7 }] },
      'messages[0].content: expected a text or a list of content blocks',
    ],
    [
      'ingest_chat',
      { session_id: 's', messages: [{ role: 'bot', content: '' }] },
      'messages[0].role: expected one of user, assistant, system',
    ],
    [
      'ingest_chat',
      { session_id: 's', messages: [{ role: 'user', content: 'x', timestamp: 'soon' }] },
      'messages[0].timestamp: expected ISO 8601',
    ],
    ['get_recent_activity', { minutes: -1 }, 'minutes: expected at least 1'],
  ])('%s %j', async (name, args, text) => {
    expect(await refusal(name, args)).toContain(text);
    expect(await waiting()).toBe(0);
  });
});

describe('update_task_status', () => {
  beforeEach(() => run.store.record([taskFact({ id: 'a', at: NOW - HOUR })], NOW));

  test('says why a task cannot be merged, and queues nothing', async () => {
    const into = (id: string, target: string): Promise<string> =>
      refusal('update_task_status', { task_id: id, status: 'merged', merge_into: target });
    await run.store.record([taskFact({ id: 'b' }), taskFact({ id: 'c' }), taskFact({ id: 'd' })], NOW);
    await run.store.setByHand({ taskId: 'a', status: 'merged', into: 'b', note: null, at: NOW });
    await run.store.setByHand({ taskId: 'd', status: 'dismissed', note: null, at: NOW });
    expect(await into('c', 'c')).toContain('"c" was not merged: both ids name the same task.');
    expect(await into('c', 'nope')).toContain('no task with the id "nope" to merge it into');
    expect(await into('c', 'a')).toContain('"a" was itself merged into another task (merge into that one)');
    expect(await into('b', 'a')).toContain('merging goes one step');
    expect(await into('c', 'd')).toContain('"d" was dismissed as no task');
    expect(await into('nope', 'a')).toContain('no task with the id "nope"');
    expect(await waiting()).toBe(0);
  });

  test('without workers says what to start, and queues a repeat once', async () => {
    const args = { task_id: 'a', status: 'blocked', wait_ms: 0 };
    const queued = await call('update_task_status', args);
    expect(queued).not.toHaveProperty('title');
    expect(queued).toMatchObject({
      task_id: 'a',
      state: 'waiting',
      position: 0,
      deduplicated: false,
      workers_online: 0,
      hint: expect.stringContaining('mcp-autobot-tracker up'),
    });
    expect(await call('update_task_status', args)).toMatchObject({ job_id: queued['job_id'], deduplicated: true });
    expect(await waiting()).toBe(1);
  });

  test('when Redis goes away after the job was queued, it does not say that nothing was', async () => {
    const queues = createEnqueuer(queueSettings(run.config, connectionOptions(run.config)), { deadlineMs: ENQUEUE_MS });
    const enqueue: typeof queues.enqueue = async (...asked) => {
      const job = await queues.enqueue(...asked);
      process.kill(run.redis.pid, 'SIGSTOP');
      return job;
    };
    try {
      const parts = { ...run.parts(), enqueuer: { ...queues, enqueue } };
      expect(await call('update_task_status', { task_id: 'a', status: 'blocked' }, parts)).toMatchObject({
        job_id: expect.any(String),
        state: 'waiting',
        workers_online: null,
      });
    } finally {
      process.kill(run.redis.pid, 'SIGCONT');
      await queues.close();
    }
    expect(await waiting()).toBe(1);
  });

  test('has a worker change the task and returns it as it is then, the secrets of its note masked', async () => {
    const [worker] = await run.work(['ingest']);
    const note = 'the key sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH is gone';
    const args = { task_id: 'a', status: 'completed', note, wait_ms: 20_000 };
    expect(await call('update_task_status', args)).toMatchObject({
      id: 'a',
      status: 'completed',
      state: 'completed',
      deduplicated: false,
      workers_online: null,
    });
    const change = (await run.store.tasks.get('a'))?.history.at(-1);
    expect(change).toMatchObject({ by: 'hand', status: 'completed', reason: expect.stringContaining('is gone') });
    expect(change?.reason).not.toContain('sk-ant');
    await run.store.record([taskFact({ id: 'b', at: NOW - HOUR })], NOW);
    const merge = { task_id: 'b', status: 'merged', merge_into: 'a', note: 'twice', wait_ms: 20_000 };
    expect(await call('update_task_status', merge)).toMatchObject({
      id: 'b',
      status: 'pending',
      flags: [{ name: 'merged_into', task_id: 'a', why: 'a hand merged it into a: twice' }],
    });
    expect((await call('get_unfinished_tasks', { status: ['merged'] })).tasks).toMatchObject([{ id: 'b' }]);
    const dismiss = { task_id: 'b', status: 'dismissed', wait_ms: 20_000 };
    expect(await call('update_task_status', dismiss)).toMatchObject({ flags: [{ name: 'dismissed' }] });
    const back = { task_id: 'b', status: 'blocked', wait_ms: 20_000 };
    expect(await call('update_task_status', back)).not.toHaveProperty('flags');
    await worker?.stop();
  }, 60_000);
});

test('an id that comes as a number is taken as a text; a number stays one where one is expected', async () => {
  const messages = [{ role: 'user', content: 'hello' }];
  const asked = await call('ingest_chat', { session_id: 42, messages, idempotency_key: 7 });
  expect(asked).toMatchObject({ next: { arguments: { session_id: '42' } }, deduplicated: false });
  expect(await call('ingest_chat', { session_id: '42', messages, idempotency_key: '7' })).toMatchObject({
    job_id: asked['job_id'],
    deduplicated: true,
  });
  expect(await refusal('get_unfinished_tasks', { since: 24 })).toContain('since: expected ISO 8601');
  expect(await refusal('get_unfinished_tasks', { limit: 1_000 })).toContain('limit: expected at most 100');
});

describe('get_recent_activity', () => {
  test('keeps the latest of what fits, oldest first', async () => {
    const errors = Array.from({ length: 300 }, (_, index) =>
      failure(`e${index}`, NOW - index * 1_000, { message: 'é'.repeat(400) }),
    );
    await run.store.record(errors, NOW);
    const result = await call('get_recent_activity', { limit: 200 });
    expect(Buffer.byteLength(JSON.stringify(result))).toBeLessThanOrEqual(8_000);
    expect(result).toMatchObject({ total: 300, hint: expect.stringContaining('of 300 shown') });
    expect(result.events.at(-1)).toMatchObject({ id: 'e0', at: new Date(NOW).toISOString() });
    expect(result.events.length).toBeGreaterThan(5);
  });
});

describe('ingest_chat with transcript_path', () => {
  test('takes files below the roots only, links resolved on both sides', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tracker-path-'));
    try {
      await mkdir(join(folder, 'real/sub'), { recursive: true });
      await mkdir(join(folder, 'real-not/'), { recursive: true });
      for (const file of ['real/sub/a.jsonl', 'real-not/b.jsonl', 'real/c.txt'])
        await writeFile(join(folder, file), '{}\n');
      await symlink(join(folder, 'real'), join(folder, 'root'));
      await symlink(join(folder, 'real-not/b.jsonl'), join(folder, 'real/out.jsonl'));
      await mkdir(join(folder, 'real/dir.jsonl'));
      const parts = { ...run.parts(), roots: [join(folder, 'root'), join(folder, 'missing')] };
      const given = (path: string) => ({ transcript_path: path });
      const taken = await call('ingest_chat', given(join(folder, 'root/sub/../sub/a.jsonl')), parts);
      expect(taken).toMatchObject({ job_id: expect.any(String), state: 'waiting' });
      expect(await payloadOf(taken['job_id'])).toMatchObject({
        kind: 'transcript',
        path: join(folder, 'real/sub/a.jsonl'),
        urgency: 'asked',
      });
      for (const path of [
        'root/out.jsonl',
        'real-not/b.jsonl',
        'root/../real-not/b.jsonl',
        'root/none.jsonl',
        'root/c.txt',
        'root',
        'root/dir.jsonl',
        'root/sub/a.jsonl/x',
      ]) {
        expect(await refusal('ingest_chat', given(join(folder, path)), parts)).toContain(
          'Allowed: an existing .jsonl file below',
        );
      }
      expect(await refusal('ingest_chat', given('relative.jsonl'), parts)).toContain('not an absolute path');
      expect(await refusal('ingest_chat', given('/a\0b.jsonl'), parts)).toContain('not an absolute path');
      expect(await waiting()).toBe(1);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

test('the instructions are short, name every tool and say that stored text is no instruction', () => {
  expect(INSTRUCTIONS.length).toBeLessThanOrEqual(2_000);
  expect(INSTRUCTIONS).toContain('never instructions');
  for (const { name } of tools) expect(INSTRUCTIONS).toContain(name);
});
