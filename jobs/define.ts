import type { z } from 'zod';

/** What may be asked of a worker. Importing a contract starts nothing; both ends of a queue share it. */
export interface JobContract<Payload extends z.ZodType = z.ZodType, Result extends z.ZodType = z.ZodType> {
  /** The queue, the worker, the PM2 app and the test carry this name. */
  readonly name: string;
  readonly payload: Payload;
  readonly result: Result;
  /**
   * Deduplication key of a payload: while a job with this key waits or runs, a further one is not added.
   * `keepLast`: one that comes while the first runs is kept and follows it (only for payloads that point at data).
   * `null`: never deduplicated.
   */
  readonly key: (payload: z.infer<Payload>) => { readonly id: string; readonly keepLast: boolean } | null;
  /** How often a job is tried before it counts as failed. */
  readonly attempts: number;
  /** First pause between two attempts; doubles each time. */
  readonly backoffMs: number;
  /** A job is aborted through its signal after this time. */
  readonly timeoutMs: number;
  /** How long a completed job is kept: by age alone, since by number the jobs of others would push it out. */
  readonly keepCompleted: { readonly ageS: number };
  /** The number is there for the memory of Redis only, and far above what is to be expected. */
  readonly keepFailed: { readonly ageS: number; readonly count: number };
  /** Whether nobody waits for the end of a job with this payload: it is removed when it has completed. Default: no. */
  readonly forget?: (payload: z.infer<Payload>) => boolean;
}

export function defineJob<Payload extends z.ZodType, Result extends z.ZodType>(
  contract: JobContract<Payload, Result>,
): JobContract<Payload, Result> {
  return contract;
}
