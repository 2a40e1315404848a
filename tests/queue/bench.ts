/** A Redis for all tests of a file, and what they open on it, which is closed after each. */
import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { Queue } from 'bullmq';
import type { z } from 'zod';
import type { JobContract } from '../../jobs/define.js';
import type { JobName } from '../../jobs/index.js';
import { createEnqueuer, type Enqueuer } from '../../src/queue/enqueue.js';
import { queuePrefix } from '../../src/queue/connection.js';
import { serve, type JobRun, type ServeOptions, type Serving } from '../../src/queue/serve.js';
import type { QueueSettings } from '../../src/queue/settings.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { testSettings } from './support.js';

export interface QueueBench {
  readonly redis: () => TestRedis;
  readonly settings: (changes?: Partial<QueueSettings>) => QueueSettings;
  readonly enqueuer: (settings: QueueSettings) => Enqueuer;
  readonly worker: <P extends z.ZodType, R extends z.ZodType>(
    contract: JobContract<P, R>,
    run: (job: JobRun<z.infer<P>>) => Promise<z.infer<R>>,
    settings: QueueSettings,
    options?: ServeOptions<z.infer<P>>,
  ) => Serving;
  /** BullMQ itself, for what only it can do or see. */
  readonly queue: (settings: QueueSettings, name: JobName) => Queue;
}

export function queueBench(): QueueBench {
  let redis: TestRedis;
  const open: { close(): Promise<void> }[] = [];
  const keep = <T extends { close(): Promise<void> }>(made: T): T => {
    open.push(made);
    return made;
  };
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  afterEach(async () => {
    for (const each of open.splice(0).reverse()) await each.close();
  });
  return {
    redis: () => redis,
    settings: (changes) => testSettings(redis.socket, changes),
    enqueuer: (settings) => keep(createEnqueuer(settings)),
    worker: (...args) => keep(serve(...args)),
    queue: (settings, name) =>
      keep(
        new Queue(name, {
          connection: { path: redis.socket, db: 10 },
          prefix: queuePrefix(settings, name),
          skipVersionCheck: true,
        }),
      ),
  };
}
