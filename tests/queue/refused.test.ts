/** A Redis that answers, but will not. */
import { afterEach, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { RefusedError, UnavailableError } from '../../src/errors.js';
import { configureLogger } from '../../src/logger.js';
import { createEnqueuer } from '../../src/queue/enqueue.js';
import { startRedis } from '../support/redis.js';
import { jobKeys, testSettings, transcript } from './support.js';

configureLogger({ level: 'silent' });
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function place(...args: string[]) {
  const redis = await startRedis(args);
  ends.push(() => redis.stop());
  const admin = new Redis({ path: redis.socket, db: 10 });
  ends.push(async () => admin.disconnect());
  const settings = testSettings(redis.socket);
  const queues = createEnqueuer(settings);
  ends.push(() => queues.close());
  return { admin, settings, queues };
}

const connections = async (admin: Redis): Promise<number> =>
  ((await admin.client('LIST')) as string).trim().split('\n').length;

test('a Redis without memory refuses, says so, keeps the connection, and works again when it has some', async () => {
  const { admin, settings, queues } = await place();
  const before = await queues.enqueue('ingest', transcript('/before', 'asked'));
  await admin.config('SET', 'maxmemory', '1mb');
  await admin.config('SET', 'maxmemory', '100');
  const clients = await connections(admin);
  for (const path of ['/full', '/still']) {
    const error: unknown = await queues.enqueue('ingest', transcript(path, 'asked')).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RefusedError);
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error).toMatchObject({ name: 'RefusedError', full: true });
    expect(String(error)).toContain('the job was not queued');
  }
  expect(await queues.jobState('ingest', before.jobId)).toMatchObject({ state: 'waiting' });
  expect(await queues.cancel('ingest', before.jobId).catch((thrown: unknown) => thrown)).toMatchObject({ full: true });
  expect((await queues.jobState('ingest', before.jobId)).cancelled).toBe(false);
  expect(await connections(admin)).toBe(clients);
  await admin.config('SET', 'maxmemory', '0');
  const after = await queues.enqueue('ingest', transcript('/after', 'asked'));
  expect(after.deduplicated).toBe(false);
  expect([...(await jobKeys(settings, 'ingest'))].sort()).toEqual([before.jobId, after.jobId].sort());
});

test('one that must not write, or does not let us, refuses for another reason', async () => {
  const { admin, settings, queues } = await place();
  await queues.enqueue('ingest', transcript('/before', 'asked'));
  const refusal = async (): Promise<unknown> =>
    queues.enqueue('ingest', transcript('/no', 'asked')).catch((thrown: unknown) => thrown);
  await admin.config('SET', 'min-replicas-to-write', '1');
  expect(await refusal()).toMatchObject({
    name: 'RefusedError',
    full: false,
    message: expect.stringContaining('NOREPLICAS'),
  });
  await admin.config('SET', 'min-replicas-to-write', '0');
  // The administrator first, since the next line would shut it out.
  await admin.acl('SETUSER', 'admin', 'on', '>pw', '~*', '&*', '+@all');
  await admin.auth('admin', 'pw');
  await admin.acl('SETUSER', 'default', '-evalsha', '-eval');
  expect(await refusal()).toMatchObject({
    name: 'RefusedError',
    full: false,
    message: expect.stringContaining('NOPERM'),
  });
  await admin.acl('SETUSER', 'default', '+@all');
  const { jobId } = await queues.enqueue('ingest', transcript('/after', 'asked'));
  expect(await jobKeys(settings, 'ingest')).toContain(jobId);
  expect(await jobKeys(settings, 'ingest')).toHaveLength(2);
});
