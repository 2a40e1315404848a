/** Who asked for a job can ask how it went; what `watch` asks for leaves nothing behind, and pushes nothing out. */
import { expect, test } from '@jest/globals';
import { ingest } from '../../jobs/ingest.js';
import { PermanentError } from '../../src/errors.js';
import { configureLogger } from '../../src/logger.js';
import { queueBench } from './bench.js';
import { jobKeys, READ, transcript, tuned, until } from './support.js';

configureLogger({ level: 'silent' });
const { settings: freshSettings, enqueuer, worker } = queueBench();
const record = { tool: 't', about: null, createdAt: 1, ttlMs: 60_000 } as const;

test('jobs that nobody waits for are gone when they have completed, and do not push out those of others', async () => {
  const settings = tuned(freshSettings(), 'ingest', { concurrency: 20 });
  const queues = enqueuer(settings);
  let runs = 0;
  worker(
    ingest,
    async ({ payload }) => {
      runs += 1;
      if (payload.kind === 'transcript' && payload.path === '/bad') throw new PermanentError('no');
      return READ;
    },
    settings,
  );
  const asked = await queues.enqueue('ingest', transcript('/asked', 'asked'), { record });
  const live = await queues.enqueue('ingest', transcript('/live', 'live'), { record });
  const bad = await queues.enqueue('ingest', transcript('/bad', 'backfill'));
  const many = 1_500;
  for (let from = 0; from < many; from += 100) {
    await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        queues.enqueue('ingest', transcript(`/${from + index}`, index % 2 === 0 ? 'live' : 'backfill')),
      ),
    );
  }
  await until(() => runs === many + 3, 20_000);
  await until(async () => (await queues.queueDepth('ingest')).active === 0);
  expect([...(await jobKeys(settings, 'ingest'))].sort()).toEqual([asked, live, bad].map(({ jobId }) => jobId).sort());
  for (const { jobId } of [asked, live]) {
    expect(await queues.jobState('ingest', jobId)).toMatchObject({ state: 'completed', record });
  }
  expect(await queues.jobState('ingest', bad.jobId)).toMatchObject({ state: 'failed' });
}, 60_000);

test('a file that is asked for is not swallowed by what watch wants to know of it, nor the other way round', async () => {
  const queues = enqueuer(freshSettings());
  const jobs = [
    await queues.enqueue('ingest', transcript('/a', 'backfill')),
    await queues.enqueue('ingest', transcript('/a', 'asked')),
    await queues.enqueue('ingest', transcript('/a', 'live'), { record }),
  ];
  expect(new Set(jobs.map(({ jobId }) => jobId)).size).toBe(3);
  expect(await queues.enqueue('ingest', transcript('/a', 'live'))).toMatchObject({ jobId: jobs[0]?.jobId });
  expect(await queues.enqueue('ingest', transcript('/a', 'asked'))).toMatchObject({ jobId: jobs[1]?.jobId });
});

test('the position is the number of jobs before it, which an urgent one has fewer of', async () => {
  const queues = enqueuer(freshSettings());
  for (let file = 0; file < 2_500; file += 100) {
    await Promise.all(
      Array.from({ length: 100 }, (_, n) => queues.enqueue('ingest', transcript(`/old-${file + n}`, 'backfill'))),
    );
  }
  const first = await queues.enqueue('ingest', transcript('/a', 'asked'));
  const second = await queues.enqueue('ingest', transcript('/b', 'asked'));
  expect([first.position, second.position]).toEqual([0, 1]);
  const last = await queues.enqueue('ingest', transcript('/c', 'backfill'), { record });
  expect(last.position).toBe(2_502);
  expect((await queues.enqueue('ingest', transcript('/d', 'live'))).position).toBeNull();
  expect((await queues.enqueue('ingest', transcript('/e', 'asked'), { delayMs: 60_000 })).position).toBeNull();
  for (let file = 0; file < 2_500; file += 100) {
    await Promise.all(
      Array.from({ length: 100 }, (_, n) => queues.enqueue('ingest', transcript(`/new-${file + n}`, 'asked'))),
    );
  }
  expect(await queues.jobState('ingest', first.jobId)).toMatchObject({ state: 'waiting', position: 0 });
  const newest = await queues.enqueue('ingest', transcript('/z', 'asked'));
  expect(newest.position).toBe(2_503);
  // In the middle nobody counts.
  const middle = await queues.enqueue('ingest', transcript('/new-1250', 'asked'));
  expect(middle).toMatchObject({ state: 'waiting', position: null, deduplicated: true });
}, 60_000);
