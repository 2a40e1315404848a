/** A worker's tools as the launcher makes them: real configuration, store and queues over a Redis of the test's own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config.js';
import { log } from '../../src/logger.js';
import { createEnqueuer } from '../../src/queue/enqueue.js';
import { queueSettings, type QueueSettings } from '../../src/queue/settings.js';
import { connectionOptions } from '../../src/store/connection.js';
import { openStore } from '../../src/store/index.js';
import type { Tools } from '../../workers/define.js';
import { startRedis } from '../support/redis.js';

export interface Bench extends Tools {
  readonly settings: QueueSettings;
  readonly home: string;
}

export async function withTools(use: (bench: Bench) => Promise<void>): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'tracker-home-'));
  const redis = await startRedis();
  const config = loadConfig({ env: { TRACKER_HOME: home, CLAUDE_CONFIG_DIR: home, REDIS_URL: redis.url } });
  const store = await openStore(config);
  const settings = queueSettings(config, connectionOptions(config));
  const queues = createEnqueuer(settings);
  try {
    await use({ config, store, queues, enqueue: queues.enqueue, now: Date.now, log, settings, home });
  } finally {
    await queues.close();
    await store.close();
    await redis.stop();
    await rm(home, { recursive: true, force: true });
  }
}

/** One run of a job outside of a queue. */
export function run<Payload>(payload: Payload, signal = new AbortController().signal) {
  return { id: 'test', payload, attempt: 1, signal };
}
