/** Asking for jobs, and asking how they are. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ErrorCode, type Job, type JobsOptions, type Queue } from 'bullmq';
import type { z } from 'zod';
import { contracts, type JobName } from '../../jobs/index.js';
import { InputError, UnavailableError } from '../errors.js';
import { openQueues, type QueueLine } from './connection.js';
import { cameLate, redisClock, refuseLateAdds } from './in-time.js';
import { reasonOf } from './reason.js';
import type { PayloadOf, QueueSettings } from './settings.js';

export { queueSettings, type QueueSettings } from './settings.js';

/** `gone`: there is no such job, or no longer. */
export type JobState = 'waiting' | 'active' | 'delayed' | 'completed' | 'failed' | 'gone';

export interface Asked {
  readonly jobId: string;
  readonly state: JobState;
  /** A job with the same key was there already, and this is its id. */
  readonly deduplicated: boolean;
}

export interface JobReport {
  readonly jobId: string;
  readonly state: JobState;
  /** What the worker returned; only of a completed job. */
  readonly result: unknown;
  /** Why the last attempt failed, without any content. */
  readonly reason: string | null;
  readonly attempts: number;
}

export interface QueueDepth {
  /** Those in the order of asking and those with a lower priority. */
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
  /** How many jobs a new one without a lower priority would wait for. */
  readonly position: number;
}

/** @param options.delayMs earliest start from now */
export type Ask = <Name extends JobName>(
  name: Name,
  payload: PayloadOf<Name>,
  options?: { readonly delayMs?: number },
) => Promise<Asked>;

export interface Enqueuer {
  /**
   * Queues a job, unless one with the same key waits or runs.
   * @throws InputError when the payload does not fit the contract
   * @throws UnavailableError when Redis did not answer in time; the job does not appear later
   */
  readonly enqueue: Ask;
  /** @throws UnavailableError as all below */
  jobState(name: JobName, jobId: string): Promise<JobReport>;
  /** Waits until the job is finished, `waitMs` at most or until `signal` aborts, and reports how it is then. */
  waitFor(name: JobName, jobId: string, waitMs: number, signal?: AbortSignal): Promise<JobReport>;
  queueDepth(name: JobName): Promise<QueueDepth>;
  /** How many worker processes (each with its concurrency) serve the queue at this moment. */
  workersOnline(name: JobName): Promise<number>;
  close(): Promise<void>;
}

interface Line extends QueueLine {
  /** Redis' clock as a function of ours, from the first answer on. */
  clock: Promise<(steadyMs: number) => number>;
}

/** Time that the answer of an add has for its way back, so that one carried out in time is also reported in time. */
const ANSWER_MS = 250;
const BACKFILL_PRIORITY = 10;

/**
 * @param options.deadlineMs how long Redis may take for an answer. After that its connection is given up with all that
 *   waits in it, and the next call opens a new one.
 */
export function createEnqueuer(settings: QueueSettings, { deadlineMs = 2_000 } = {}): Enqueuer {
  let line: Line | null = null;
  let closed = false;

  const open = (): Line => {
    if (closed) throw new UnavailableError('The queues are closed.');
    if (line !== null) return line;
    const opened = openQueues(settings, 'enqueue', (client) =>
      refuseLateAdds(client, Math.max(deadlineMs - ANSWER_MS, deadlineMs / 2)),
    );
    const clock = redisClock(opened.client);
    clock.catch(() => undefined);
    line = { ...opened, clock };
    return line;
  };

  /** Does `work` on the present connection, and gives the connection up when that takes too long. */
  const within = async <T>(doing: string, work: (line: Line) => Promise<T>): Promise<T> => {
    const current = open();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Late()), deadlineMs);
    });
    try {
      return await Promise.race([work(current), late]);
    } catch (error) {
      if (!isRedisTrouble(error)) throw error;
      if (line === current) line = null;
      current.drop();
      const why = error instanceof Late ? `no answer within ${deadlineMs} ms` : reasonOf(error);
      throw new UnavailableError(`Redis is not available (${why}), so ${doing}.`, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  };

  const enqueue: Ask = async (name, payload, { delayMs = 0 } = {}) => {
    const contract = contracts[name];
    const parsed = contract.payload.safeParse(payload);
    if (!parsed.success) throw new InputError(`${name}: ${faults(parsed.error)}`);
    // TypeScript cannot see that contract and payload carry the same name.
    const key = (contract.key as (value: unknown) => ReturnType<typeof contract.key>)(parsed.data);
    const waits = isBackfill(parsed.data);
    const options: JobsOptions = {
      ...jobOptions(name, settings),
      // Random, so that the answer tells whether this request made the job.
      jobId: randomUUID(),
      ...(delayMs > 0 && { delay: delayMs }),
      ...(waits && { priority: BACKFILL_PRIORITY }),
      ...(key !== null && { deduplication: { id: key.id, keepLastIfActive: key.keepLast } }),
    };
    const askedAt = performance.now();
    const job = await within('the job was not queued; asking again does no harm', async (current) => {
      const add = async (): Promise<Job> => {
        const timestamp = (await current.clock)(askedAt);
        return current.queue(name).add(name, parsed.data, { ...options, timestamp });
      };
      return add().catch((error: unknown) => {
        if (!cameLate(error) || performance.now() - askedAt > deadlineMs / 2) throw error;
        // Refused though it came in time: one of the two clocks has been set. Compare them again.
        current.clock = redisClock(current.client);
        return add();
      });
    });
    const jobId = String(job.id);
    if (jobId === options.jobId) return { jobId, state: delayMs > 0 ? 'delayed' : 'waiting', deduplicated: false };
    const urgent = delayMs === 0 && !waits;
    const state = await within('the state of the job is not known', ({ queue }) => stateOf(queue(name), jobId, urgent))
      // The job is there, which is what was asked for.
      .catch((error: unknown) => {
        if (!(error instanceof UnavailableError)) throw error;
        return 'waiting' as const;
      });
    return { jobId, state, deduplicated: true };
  };

  const jobState = (name: JobName, jobId: string): Promise<JobReport> =>
    within('the state of the job is not known', ({ queue }) => report(queue(name), jobId));

  return {
    enqueue,
    jobState,
    async waitFor(name, jobId, waitMs, signal) {
      const until = performance.now() + waitMs;
      for (let pauseMs = 15; ; pauseMs = Math.min(pauseMs * 1.5, 250)) {
        const now = await jobState(name, jobId);
        const leftMs = until - performance.now();
        if (['completed', 'failed', 'gone'].includes(now.state) || leftMs <= 0 || signal?.aborted) return now;
        await sleep(Math.min(pauseMs, leftMs), undefined, signal && { signal }).catch(ignoreAbort);
      }
    },
    queueDepth: (name) =>
      within('the depth of the queue is not known', async ({ queue }) => {
        const counts = await queue(name).getJobCounts('wait', 'prioritized', 'active', 'delayed', 'failed');
        const { wait = 0, prioritized = 0, active = 0, delayed = 0, failed = 0 } = counts;
        return { waiting: wait + prioritized, active, delayed, failed, position: wait };
      }),
    workersOnline: (name) => within('the number of workers is not known', ({ queue }) => queue(name).getWorkersCount()),
    async close() {
      closed = true;
      await line?.close();
      line = null;
    },
  };
}

/** What the contract of a job, and the configuration, say to BullMQ about each job. */
export function jobOptions(
  name: JobName,
  settings: QueueSettings,
): Required<Pick<JobsOptions, 'attempts' | 'backoff' | 'removeOnComplete' | 'removeOnFail' | 'stackTraceLimit'>> {
  const { keepCompleted, keepFailed } = contracts[name];
  const { attempts, backoffMs } = settings.queues[name];
  return {
    attempts,
    backoff: { type: 'exponential', delay: backoffMs },
    removeOnComplete: { age: keepCompleted.ageS, count: keepCompleted.count },
    removeOnFail: { age: keepFailed.ageS, count: keepFailed.count },
    stackTraceLimit: 0,
  };
}

class Late extends Error {
  override readonly name = 'Late';
}

/** Whether it is Redis (or the way to it) that failed, and not we. */
function isRedisTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof Late || error.name === 'ReplyError' || error.name === 'MaxRetriesPerRequestError') return true;
  return (
    'syscall' in error || /connection is closed|stream isn't writeable|connection in subscriber/i.test(error.message)
  );
}

/** State of a job that swallowed a request; if the request is urgent, the job is moved to where that would be. */
async function stateOf(queue: Queue, jobId: string, urgent: boolean): Promise<JobState> {
  const state = await queue.getJobState(jobId);
  if (!urgent || (state !== 'prioritized' && state !== 'delayed')) return simple(state);
  const job = (await queue.getJob(jobId)) as Job | undefined;
  if (job === undefined) return 'gone';
  // It may have been started, or finished, in between.
  await job.changePriority({ priority: 0 }).catch(ignoreMoved);
  // In backoff, or asked for with a delay.
  if (state === 'delayed') await job.promote().catch(ignoreMoved);
  return 'waiting';
}

async function report(queue: Queue, jobId: string): Promise<JobReport> {
  const state = simple(await queue.getJobState(jobId));
  const job = (await queue.getJob(jobId)) as Job | undefined;
  if (job === undefined) return { jobId, state: 'gone', result: null, reason: null, attempts: 0 };
  // BullMQ's types promise a reason where there may be none yet.
  const failedReason = (job.failedReason as string | undefined) ?? null;
  return {
    jobId,
    state,
    result: state === 'completed' ? (job.returnvalue as unknown) : null,
    reason: state === 'completed' ? null : failedReason,
    attempts: job.attemptsMade,
  };
}

function simple(state: string): JobState {
  if (state === 'prioritized') return 'waiting';
  const known: readonly JobState[] = ['waiting', 'active', 'delayed', 'completed', 'failed'];
  return known.find((candidate) => candidate === state) ?? 'gone';
}

function isBackfill(payload: unknown): boolean {
  return typeof payload === 'object' && payload !== null && 'urgency' in payload && payload.urgency === 'backfill';
}

/** Paths and kinds of faults only: what was sent is not repeated. */
export function faults(error: z.ZodError): string {
  const each = error.issues.map((issue) => `${issue.path.join('.') || 'payload'} (${issue.code.replaceAll('_', ' ')})`);
  return `the payload does not fit at ${each.slice(0, 5).join(', ')}`;
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}

function ignoreMoved(error: unknown): void {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null;
  if (code !== ErrorCode.JobNotExist && code !== ErrorCode.JobNotInState) throw error;
}
