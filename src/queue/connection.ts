import { Queue } from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import type { JobName } from '../../jobs/index.js';
import { log } from '../logger.js';
import { JOB_NAMES, type QueueSettings } from './settings.js';

/** Each queue has a hash tag of its own, so that a cluster keeps its keys together. */
export function queuePrefix(settings: QueueSettings, name: JobName): string {
  return `{${settings.prefix}:q:${name}}`;
}

/** What all keys that BullMQ has for the queue begin with: `<base><job id>` is a job. */
export function queueBase(settings: QueueSettings, name: JobName): string {
  return `${queuePrefix(settings, name)}:${name}:`;
}

/** Comes back within a second of Redis; BullMQ's own pauses grow to 20 s. */
export function patient(options: RedisOptions): RedisOptions {
  return {
    ...options,
    maxRetriesPerRequest: null,
    // A socket that was closed already keeps the process for as long (ioredis: 2 s).
    disconnectTimeout: 100,
    retryStrategy: (times) => Math.min(25 * 2 ** Math.min(times, 6), 1_000),
  };
}

/** A listener of `error` events that says once that Redis is away, and says so again only after `back`. */
export function outages(what: string): { away: (error: Error) => void; back: () => void } {
  let away = false;
  return {
    away: (error) => {
      if (away) return;
      away = true;
      log.warn('redis.waiting', { what, error: error.name, message: error.message.slice(0, 300) });
    },
    back: () => {
      if (away) log.info('redis.ready', { what });
      away = false;
    },
  };
}

/** A connection with the queues that use it. */
export interface QueueLine {
  readonly client: Redis;
  readonly queue: (name: JobName) => Queue;
  /** Gives up the connection and all that waits in it, without asking Redis. */
  drop(): void;
  close(): Promise<void>;
}

/**
 * Opens one connection for all queues. Nothing here waits for Redis.
 * @param prepare is given the connection before BullMQ defines its scripts on it
 */
export function openQueues(settings: QueueSettings, what: string, prepare?: (client: Redis) => void): QueueLine {
  const client = new Redis(patient(settings.connection));
  const outage = outages(what);
  client.on('error', outage.away);
  client.on('ready', outage.back);
  prepare?.(client);
  const queues = new Map<JobName, Queue>();
  for (const name of JOB_NAMES) {
    const queue = new Queue(name, {
      connection: client,
      prefix: queuePrefix(settings, name),
      skipVersionCheck: true,
      streams: { events: { maxLen: 1_000 } },
    });
    queue.on('error', outage.away);
    queues.set(name, queue);
  }
  const drop = (): void => client.disconnect(false);
  return {
    client,
    queue: (name) => {
      const queue = queues.get(name);
      if (queue === undefined) throw new Error(`there is no queue ${name}`);
      return queue;
    },
    drop,
    async close() {
      drop();
      await Promise.allSettled([...queues.values()].map((queue) => queue.close()));
    },
  };
}
