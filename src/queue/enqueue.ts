/** Asking for jobs, and asking how they are. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ErrorCode, type Job, type JobsOptions } from 'bullmq';
import type { z } from 'zod';
import { contracts, type JobName } from '../../jobs/index.js';
import { InputError, UnavailableError } from '../errors.js';
import type { Cancelled } from './cancel.js';
import { cameLate, redisClock } from './in-time.js';
import { openLines, type Line } from './line.js';
import type { JobReport, JobState, Seen } from './look.js';
import { digestOf, once, usedFor } from './once.js';
import { checkRecord, pack, traceOf, type AskRecord, type TraceContext } from './record.js';
import type { PayloadOf, QueueSettings } from './settings.js';

export type { JobReport, JobState } from './look.js';
export type { AskRecord, Json, TraceContext } from './record.js';
export { queueSettings, type QueueSettings } from './settings.js';

export interface Asked {
  readonly jobId: string;
  readonly state: JobState;
  /** The same was asked for before, and this is the id of that job. */
  readonly deduplicated: boolean;
  /** How many jobs are begun before it; null where it does not wait, nobody waits for it, or it could not be learnt. */
  readonly position: number | null;
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

export interface AskOptions {
  /** Earliest start from now. */
  readonly delayMs?: number;
  /**
   * The caller's own key of this request. A repeat leads to the same job while that waits and runs, and as long as the
   * contract keeps it afterwards; one that failed or was cancelled is asked for anew. Stands in for the contract's key.
   */
  readonly onceKey?: string;
  /** Makes the job one that can be asked about, and cancelled while it runs, until its `ttlMs` are over. */
  readonly record?: AskRecord;
  /** On whose behalf; what is malformed or longer than 512 characters is left out. */
  readonly trace?: TraceContext;
}

export type Ask = <Name extends JobName>(name: Name, payload: PayloadOf<Name>, options?: AskOptions) => Promise<Asked>;

export interface Enqueuer {
  /**
   * Queues a job, unless one with the same key waits or runs. When it returns, the job and its record can be read.
   * @throws InputError when the payload or the record does not fit, or `onceKey` was used for something else
   * @throws UnavailableError when Redis did not answer in time; the job does not appear later
   * @throws RefusedError (an UnavailableError) when Redis is full, or must or will not write
   */
  readonly enqueue: Ask;
  /** @throws UnavailableError as all below */
  jobState(name: JobName, jobId: string): Promise<JobReport>;
  /** Waits until the job is finished, `waitMs` at most or until `signal` aborts, and reports how it is then. */
  waitFor(name: JobName, jobId: string, waitMs: number, signal?: AbortSignal): Promise<JobReport>;
  /**
   * Sees to it that a job is not begun, or is told to stop if it was asked for with a record. Asking again does no harm.
   * @returns `finished` where it is too late, `gone` where there is no such job
   */
  cancel(name: JobName, jobId: string): Promise<Cancelled>;
  queueDepth(name: JobName): Promise<QueueDepth>;
  /** How many worker processes (each with its concurrency) serve the queue at this moment. */
  workersOnline(name: JobName): Promise<number>;
  close(): Promise<void>;
}

const BACKFILL_PRIORITY = 10;
/** How long a job that is queued already may keep its caller waiting for the number of jobs before it. */
const GLANCE_MS = 250;

/**
 * @param options.deadlineMs how long Redis may take for an answer. After that its connection is given up with all that
 *   waits in it, and the next call opens a new one.
 */
export function createEnqueuer(settings: QueueSettings, { deadlineMs = 2_000 } = {}): Enqueuer {
  const { within, close } = openLines(settings, deadlineMs);

  /** Adds a job, or finds the one that swallows it. */
  const add = async (name: JobName, data: object, options: JobsOptions): Promise<{ jobId: string; line: Line }> => {
    const askedAt = performance.now();
    return within('the job was not queued; asking again does no harm', async (line) => {
      const send = async (): Promise<Job> => {
        const timestamp = (await line.clock)(askedAt);
        return line.queue(name).add(name, data, { ...options, timestamp });
      };
      const job = await send().catch((error: unknown) => {
        const other = usedFor(error);
        if (other !== null) throw new InputError(keyIsTaken(other));
        if (!cameLate(error) || performance.now() - askedAt > deadlineMs / 2) throw error;
        // Refused though it came in time: one of the two clocks has been set. Compare them again.
        line.clock = redisClock(line.client);
        return send();
      });
      return { jobId: String(job.id), line };
    });
  };

  const enqueue: Ask = async (name, payload, { delayMs = 0, onceKey, record, trace } = {}) => {
    const contract = contracts[name];
    const parsed = contract.payload.safeParse(payload);
    if (!parsed.success) throw new InputError(`${name}: ${faults(parsed.error)}`);
    const keptMs = contract.keepCompleted.ageS * 1_000;
    if (record !== undefined) checkRecord(record, keptMs);
    // TypeScript cannot see that contract and payload carry the same name.
    const of = contract as {
      key: (value: unknown) => ReturnType<typeof contract.key>;
      forget?: (value: unknown) => boolean;
    };
    const key = of.key(parsed.data);
    const forgotten = of.forget?.(parsed.data) === true;
    const awaited = !forgotten || onceKey !== undefined || record !== undefined;
    const backfill = isBackfill(parsed.data);
    const traced = traceOf(trace);
    const data = pack(parsed.data, {
      ...(onceKey !== undefined && { digest: digestOf(key, parsed.data) }),
      ...(record !== undefined && { record }),
      ...(traced !== undefined && { trace: traced }),
    });
    // One that is forgotten at its end must not swallow one that someone will ask about.
    const contentId = key !== null && forgotten && awaited ? `awaited:${key.id}` : key?.id;
    const deduplication =
      onceKey !== undefined
        ? once(name, onceKey, keptMs)
        : key !== null && contentId !== undefined && { id: contentId, keepLastIfActive: key.keepLast };
    const options: JobsOptions = {
      ...jobOptions(name, settings),
      ...(!awaited && { removeOnComplete: true }),
      ...(delayMs > 0 && { delay: delayMs }),
      ...(backfill && { priority: BACKFILL_PRIORITY }),
      ...(deduplication !== false && { deduplication }),
    };
    const startedAt = performance.now();
    const leftMs = (): number => Math.max(deadlineMs / 4, deadlineMs - (performance.now() - startedAt));
    for (;;) {
      // Random, so that the answer tells whether this request made the job.
      const ownId = randomUUID();
      const { jobId, line } = await add(name, data, { ...options, jobId: ownId });
      if (jobId === ownId) {
        const seen = awaited ? await glance(line, name, jobId) : null;
        return {
          jobId,
          state: delayMs > 0 ? 'delayed' : 'waiting',
          deduplicated: false,
          position: seen?.position ?? null,
        };
      }
      if (record !== undefined) {
        const attached = await within(
          'the request was not noted; asking again does no harm',
          ({ attach }) => attach(name, jobId, record),
          leftMs(),
        );
        // Removed in this moment.
        if (!attached) continue;
      }
      const urgent = delayMs === 0 && !backfill;
      const seen = await within('its state is not known', (present) => hasten(present, name, jobId, urgent), leftMs())
        // The job is there, which is what was asked for.
        .catch((error: unknown) => {
          if (!(error instanceof UnavailableError)) throw error;
          return { state: 'waiting', position: null } as const;
        });
      return { jobId, state: seen.state, deduplicated: true, position: seen.position };
    }
  };

  const jobState = (name: JobName, jobId: string): Promise<JobReport> =>
    within('the state of the job is not known', ({ report }) => report(name, jobId));

  return {
    enqueue,
    jobState,
    async waitFor(name, jobId, waitMs, signal) {
      const until = performance.now() + waitMs;
      for (let pauseMs = 15; ; pauseMs = Math.min(pauseMs * 1.5, 250)) {
        const now = await within('the state of the job is not known', (line) => line.glance(name, jobId));
        const leftMs = until - performance.now();
        const ended = ['completed', 'failed', 'gone'].includes(now.state) || now.cancelled;
        if (ended || leftMs <= 0 || signal?.aborted) return jobState(name, jobId);
        await sleep(Math.min(pauseMs, leftMs), undefined, signal && { signal }).catch(ignoreAbort);
      }
    },
    cancel: (name, jobId) => within('the job was not cancelled', ({ cancel }) => cancel(name, jobId)),
    queueDepth: (name) =>
      within('the depth of the queue is not known', async ({ queue }) => {
        const counts = await queue(name).getJobCounts('wait', 'prioritized', 'active', 'delayed', 'failed');
        const { wait = 0, prioritized = 0, active = 0, delayed = 0, failed = 0 } = counts;
        return { waiting: wait + prioritized, active, delayed, failed, position: wait };
      }),
    workersOnline: (name) => within('the number of workers is not known', ({ queue }) => queue(name).getWorkersCount()),
    close,
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
    removeOnComplete: { age: keepCompleted.ageS },
    removeOnFail: { age: keepFailed.ageS, count: keepFailed.count },
    stackTraceLimit: 0,
  };
}

/** A look that is not worth waiting for, and whose failure is nobody's. */
async function glance(line: Line, name: JobName, jobId: string): Promise<Seen | null> {
  const timeUp = new AbortController();
  const late = sleep(GLANCE_MS, null, { signal: timeUp.signal }).catch(() => null);
  try {
    return await Promise.race([line.glance(name, jobId).catch(() => null), late]);
  } finally {
    timeUp.abort();
  }
}

/** How a job is that swallowed a request; if the request is urgent, the job is moved to where that would be. */
async function hasten(line: Line, name: JobName, jobId: string, urgent: boolean): Promise<Seen> {
  const seen = await line.glance(name, jobId);
  if (!urgent || !(seen.backfill || seen.state === 'delayed')) return seen;
  const job = (await line.queue(name).getJob(jobId)) as Job | undefined;
  // It may have been started, or finished, in between.
  await job?.changePriority({ priority: 0 }).catch(ignoreMoved);
  // In backoff, or asked for with a delay.
  if (seen.state === 'delayed') await job?.promote().catch(ignoreMoved);
  return line.glance(name, jobId);
}

function isBackfill(payload: unknown): boolean {
  return typeof payload === 'object' && payload !== null && 'urgency' in payload && payload.urgency === 'backfill';
}

const keyIsTaken = (jobId: string): string =>
  `This idempotency key was used for another request (job ${jobId}), so nothing was queued. Repeat that request ` +
  'unchanged to get its job, or use a new key for a new request.';

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
