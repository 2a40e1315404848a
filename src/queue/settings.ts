import type { RedisOptions } from 'ioredis';
import type { z } from 'zod';
import { contracts, type JobName } from '../../jobs/index.js';

export type PayloadOf<Name extends JobName> = z.infer<(typeof contracts)[Name]['payload']>;

/** What may differ from the contract of a job. */
export interface QueueTuning {
  /** Jobs at the same time in one worker process. */
  readonly concurrency: number;
  readonly attempts: number;
  readonly backoffMs: number;
}

/** All that the queue needs to know of the configuration. */
export interface QueueSettings {
  readonly connection: RedisOptions;
  /** P of the keys `{P:q:<queue>}`. */
  readonly prefix: string;
  readonly queues: Readonly<Record<JobName, QueueTuning>>;
  /** How long a job belongs to a worker that no longer says that it lives. */
  readonly lockMs: number;
  /** How often a worker looks for jobs whose worker died. */
  readonly stalledEveryMs: number;
}

/** The part of the configuration that is read here. */
interface QueueConfig {
  readonly redis: { readonly prefix: string };
  readonly queues?: Readonly<Partial<Record<JobName, Partial<{ [Key in keyof QueueTuning]: number | undefined }>>>>;
}

export const JOB_NAMES = Object.keys(contracts) as readonly JobName[];

/**
 * The settings of all queues: what the configuration says, else what the contract says.
 * @param connection how to reach Redis: database, TLS and password included
 */
export function queueSettings(config: QueueConfig, connection: RedisOptions): QueueSettings {
  const tuning = (name: JobName): QueueTuning => ({
    concurrency: config.queues?.[name]?.concurrency ?? 1,
    attempts: config.queues?.[name]?.attempts ?? contracts[name].attempts,
    backoffMs: config.queues?.[name]?.backoffMs ?? contracts[name].backoffMs,
  });
  return {
    connection,
    prefix: config.redis.prefix,
    queues: {
      ingest: tuning('ingest'),
      correlate: tuning('correlate'),
      insight: tuning('insight'),
      'health-check': tuning('health-check'),
    },
    // BullMQ's own 30 s freeze a file for up to a minute after a crash.
    lockMs: 10_000,
    stalledEveryMs: 5_000,
  };
}
