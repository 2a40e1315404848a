import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { appendFile, rm, stat, truncate, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ingest } from '../../jobs/ingest.js';
import { UnavailableError } from '../../src/errors.js';
import { configureLogger, log } from '../../src/logger.js';
import { createEnqueuer } from '../../src/queue/enqueue.js';
import { serve } from '../../src/queue/serve.js';
import { queueSettings } from '../../src/queue/settings.js';
import type { FoundFile } from '../../src/sources/tree.js';
import type { FilePosition } from '../../src/store/writer.js';
import { followTranscripts, needsLook, type Pace } from '../../workers/watch.js';
import { until, withFolder, write } from '../support/files.js';
import { startRedis, type TestRedis } from '../support/redis.js';

configureLogger({ level: 'silent' });
let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const scheduleOff = { correlate: false, insight: false, 'health-check': false } as const;
const never: Partial<Pace> = { sweepEveryMs: 3_600_000, recentEveryMs: 3_600_000, retryAfterMs: 20 };

interface Following {
  /** Paths of the jobs in the order in which they ran, with their urgency. */
  readonly ran: { readonly path: string; readonly urgency: string }[];
  /** How far the jobs have come, as the ledger would have it. */
  readonly positions: Map<string, FilePosition>;
  readonly logged: string[];
  ranFor(path: string): number;
  /** While false the worker takes jobs and does nothing, as one that is killed. */
  works: boolean;
  /** While false every request to the queue and to the ledger fails. */
  redisThere: boolean;
}

/** Follows `root` with a real queue and a worker that only notes how large the file is. */
async function following(
  root: string,
  body: (following: Following) => Promise<void>,
  pace: Partial<Pace> = never,
  start: { positions?: [string, FilePosition][]; works?: boolean; redisThere?: boolean } = {},
): Promise<void> {
  const settings = queueSettings(
    { redis: { prefix: `test-${randomUUID().slice(0, 8)}` } },
    { path: redis.socket, db: 10 },
  );
  const queues = createEnqueuer(settings);
  const stop = new AbortController();
  const releases: (() => Promise<void> | void)[] = [];
  const state: Following = {
    ran: [],
    positions: new Map(start.positions),
    logged: [],
    ranFor: (path) => state.ran.filter((job) => job.path === path).length,
    works: start.works ?? true,
    redisThere: start.redisThere ?? true,
  };
  const there = <T>(answer: () => Promise<T>): Promise<T> =>
    state.redisThere ? answer() : Promise.reject(new UnavailableError('Redis is away.'));
  await followTranscripts(
    {
      config: {
        home: root,
        transcripts: { roots: [root], include: ['**/*.jsonl'], exclude: [] },
        schedules: scheduleOff,
      },
      settings,
      enqueue: (...request) => there(() => queues.enqueue(...request)),
      store: {
        positions: (paths) => there(() => Promise.resolve(paths.map((path) => state.positions.get(path) ?? null))),
      },
      defer: (release) => releases.push(release),
      signal: stop.signal,
      now: Date.now,
      log: {
        ...log,
        info: (event, fields) => state.logged.push(`${event} ${JSON.stringify(fields)}`),
        warn: (event, fields) => state.logged.push(`${event} ${JSON.stringify(fields)}`),
      },
    },
    pace,
  );
  const serving = serve(
    ingest,
    async ({ payload }) => {
      const result = { outcome: 'read', kept: 0, skipped: 0, nextByte: 0, more: false } as const;
      if (payload.kind !== 'transcript') return result;
      expect(payload.host).toBe(hostname());
      state.ran.push({ path: payload.path, urgency: payload.urgency });
      if (state.works) state.positions.set(payload.path, await readTo(payload.path));
      return result;
    },
    settings,
  );
  try {
    await body(state);
  } finally {
    stop.abort();
    for (const release of releases.reverse()) await release();
    await serving.close();
    await queues.close();
  }
}

async function readTo(path: string): Promise<FilePosition> {
  const { size, mtimeMs, ino } = await stat(path);
  return { nextByte: size, size, mtimeMs, ino, quarantine: null };
}

const FILE: FoundFile = { path: '/a', size: 10, mtimeMs: 5, ino: 3, dev: 1 };
const READ: FilePosition = { nextByte: 10, size: 10, mtimeMs: 5, ino: 3, quarantine: null };
const quarantined = (size: number, version: string): FilePosition => ({
  ...READ,
  nextByte: 2,
  quarantine: { path: '/a', reason: 'r', attempts: 5, version, size, at: 1 },
});

test.each<[string, FilePosition | null, boolean]>([
  ['is not known', null, true],
  ['was read to its end', READ, false],
  ['has grown', { ...READ, size: 9, nextByte: 9 }, true],
  ['was cut', { ...READ, size: 11, nextByte: 11 }, true],
  ['was written to without growing', { ...READ, mtimeMs: 4 }, true],
  ['is another file under the same name', { ...READ, ino: 4 }, true],
  ['was left half-way by a job that died', { ...READ, nextByte: 4 }, true],
  ['is quarantined', quarantined(10, '1.0.0'), false],
  ['is quarantined and has grown', quarantined(9, '1.0.0'), true],
  ['was quarantined by another version', quarantined(10, '0.9.0'), true],
])('whether a job is asked for a file that %s', (_, position, expected) => {
  expect(needsLook(FILE, position, '1.0.0')).toBe(expected);
});

test('at the start files that differ from their checkpoint are asked for, newest first, as backfill', () =>
  withFolder(async (root) => {
    const paths: string[] = [];
    for (let file = 0; file < 12; file += 1) {
      const path = await write(join(root, `p${file % 3}`, `${file}.jsonl`), '{}\n');
      const atS = 1_700_000_000 + ((file * 7) % 12) * 1_000;
      await utimes(path, atS, atS);
      paths.push(path);
    }
    const known = paths[5] ?? '';
    const newestFirst = [...paths]
      .sort((a, b) => ((paths.indexOf(b) * 7) % 12) - ((paths.indexOf(a) * 7) % 12))
      .filter((path) => path !== known);
    await following(
      root,
      async ({ ran, logged }) => {
        await until('all have run', () => ran.length === 11);
        expect(ran.map((job) => job.path)).toEqual(newestFirst);
        expect(new Set(ran.map((job) => job.urgency))).toEqual(new Set(['backfill']));
        expect(logged.find((line) => line.startsWith('sweep.done'))).toContain('"files":12,"asked":11,"unreadable":0');
      },
      { ...never, inFlight: 1, positionsAtOnce: 5 },
      { positions: [[known, await readTo(known)]] },
    );
  }));

test('new files, growth and truncation are asked for as live at once; a removed file is only logged', () =>
  withFolder(async (root) => {
    await following(root, async ({ ran, positions, logged }) => {
      await until('the first sweep is over', () => logged.some((line) => line.startsWith('sweep.done')));
      const path = await write(join(root, 'new', 'a.jsonl'), '{"a":1}\n');
      const upTo = (size: number): Promise<void> =>
        until(`a job has seen ${size} bytes`, () => positions.get(path)?.size === size);
      await upTo(8);
      await appendFile(path, '{"b":2}\n');
      await upTo(16);
      await truncate(path, 8);
      await upTo(8);
      expect(new Set(ran.map((job) => job.urgency))).toEqual(new Set(['live']));
      const jobs = ran.length;
      await rm(path);
      await until('the removal is logged', () => logged.includes(`file.gone {"file":${JSON.stringify(path)}}`));
      expect(ran).toHaveLength(jobs);
    });
  }));

test('the last of pairs of appends is always read, and a burst makes few jobs', () =>
  withFolder(async (root) => {
    const path = await write(join(root, 'a.jsonl'), '');
    await following(root, async ({ positions, ranFor }) => {
      for (let append = 0; append < 1_000; append += 1) await appendFile(path, '{}\n');
      await until('all is read', () => positions.get(path)?.size === 3_000);
      expect(ranFor(path)).toBeLessThan(50);
    });
  }));

test('a job that got lost is asked for again by the next sweep, and a file that is done is not', () =>
  withFolder(async (root) => {
    const lost = await write(join(root, 'lost.jsonl'), '{}\n');
    const done = await write(join(root, 'done.jsonl'), '{}\n');
    await utimes(lost, 1_700_000_000, 1_700_000_000);
    await following(
      root,
      async (state) => {
        await until('the first jobs have run', () => state.ranFor(lost) > 0 && state.ranFor(done) > 0);
        expect(state.positions.size).toBe(0);
        state.works = true;
        await until('both are read', () => state.positions.size === 2);
        // A request that was under way may still follow.
        await until('no request is left', () => state.logged.at(-1)?.includes('"asked":0') ?? false);
        const before = state.ran.length;
        const sweeps = (): number => state.logged.filter((line) => line.startsWith('sweep.done')).length;
        const swept = sweeps();
        await until('two more sweeps', () => sweeps() >= swept + 2);
        expect(state.ran).toHaveLength(before);
      },
      { ...never, sweepEveryMs: 30 },
      { works: false },
    );
  }));

test('a file that grew lately is compared with its checkpoint between the sweeps', () =>
  withFolder(async (root) => {
    const path = await write(join(root, 'a.jsonl'), '{}\n');
    await following(
      root,
      async (state) => {
        await until('it is read', () => state.positions.has(path));
        // As if the job for the last bytes had been removed on the board.
        state.positions.set(path, { nextByte: 1, size: 1, mtimeMs: 0, ino: 0, quarantine: null });
        await until('it is read again', () => state.positions.get(path)?.size === 3);
        expect(state.ran.at(-1)).toEqual({ path, urgency: 'live' });
      },
      { ...never, recentEveryMs: 30 },
    );
  }));

test('while Redis is away no path is lost, and all are asked for when it is back', () =>
  withFolder(async (root) => {
    const old = await write(join(root, 'old.jsonl'), '{}\n');
    await following(root, async (state) => {
      await until('the first is read', () => state.positions.has(old));
      state.redisThere = false;
      const paths: string[] = [];
      for (let file = 0; file < 60; file += 1) paths.push(await write(join(root, `${file}.jsonl`), '{}\n'));
      await appendFile(old, '{}\n');
      await until('it is said', () => state.logged.some((line) => line.startsWith('redis.waiting')));
      state.redisThere = true;
      await until('all are read', () => paths.every((path) => state.positions.has(path)));
      await until('so is the growth', () => state.positions.get(old)?.size === 6);
    });
  }));

test('the first sweep is tried until the ledger answers', () =>
  withFolder(async (root) => {
    const path = await write(join(root, 'a.jsonl'), '{}\n');
    await following(
      root,
      async (state) => {
        await until('it is said', () => state.logged.some((line) => line.startsWith('redis.waiting')));
        expect(state.ran).toEqual([]);
        state.redisThere = true;
        await until('the file is read', () => state.positions.has(path));
        expect(state.ran).toEqual([{ path, urgency: 'backfill' }]);
      },
      never,
      { redisThere: false },
    );
  }));

test('a file that does not move though jobs are asked for is warned of', () =>
  withFolder(async (root) => {
    const path = await write(join(root, 'a.jsonl'), '{}\n');
    await following(
      root,
      async (state) => {
        await until('the warning', () => state.logged.some((line) => line.startsWith('file.stale')));
        expect(state.logged.find((line) => line.startsWith('file.stale'))).toBe(
          `file.stale {"files":1,"example":${JSON.stringify(path)},"sweeps":3}`,
        );
        state.works = true;
        await until('it is read', () => state.positions.has(path));
      },
      { ...never, sweepEveryMs: 30 },
      { works: false },
    );
  }));
