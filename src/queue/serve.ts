/** Doing jobs: one BullMQ worker for one contract. */
import { setTimeout as sleep } from 'node:timers/promises';
import { UnrecoverableError, WaitingError, Worker, type ConnectionOptions, type Job } from 'bullmq';
import type { z } from 'zod';
import type { JobContract } from '../../jobs/define.js';
import type { JobName } from '../../jobs/index.js';
import { PermanentError } from '../errors.js';
import { log } from '../logger.js';
import { abortIfCancelled, cancelKey, CANCELLED, CancelledError } from './cancel.js';
import { outages, patient, queuePrefix } from './connection.js';
import { faults } from './enqueue.js';
import { reasonOf } from './reason.js';
import { traceIds, unpack } from './record.js';
import type { QueueSettings } from './settings.js';

/** One run of a job. */
export interface JobRun<Payload> {
  readonly id: string;
  readonly payload: Payload;
  /** From 1. */
  readonly attempt: number;
  /** Aborted when the job took longer than its `timeoutMs`, when it is cancelled, and when the worker closes. */
  readonly signal: AbortSignal;
}

export interface ServeOptions<Payload> {
  /**
   * Called once a job has failed for good, with the error's class and message, but not for one that was cancelled. A
   * crash in between loses the call: it must not be the only thing that keeps something from being forgotten.
   */
  readonly onExhausted?: (job: { id: string; payload: Payload; reason: string; attempts: number }) => Promise<void>;
}

export interface Serving {
  /** Resolves once the worker has reached Redis for the first time. */
  readonly ready: Promise<void>;
  /** Lets running jobs come to an end, `withinMs` at most; those that do not are done again later by another worker. */
  close(withinMs?: number): Promise<void>;
}

/** How long a job that was aborted may take to notice, before it counts as failed without having noticed. */
const NOTICE_MS = 1_000;

/**
 * Serves the queue of `contract` until it is closed, through any absence of Redis.
 * What `run` throws is an attempt that failed; a PermanentError, or a payload that does not fit, fails the job at once.
 */
export function serve<P extends z.ZodType, R extends z.ZodType>(
  contract: JobContract<P, R> & { readonly name: string },
  run: (job: JobRun<z.infer<P>>) => Promise<z.infer<R>>,
  settings: QueueSettings,
  { onExhausted }: ServeOptions<z.infer<P>> = {},
): Serving {
  const name = contract.name as JobName;
  const running = new Set<AbortController>();
  const afterwards = new Set<Promise<void>>();
  let closing = false;

  const process = async (job: Job, token?: string): Promise<unknown> => {
    const id = String(job.id);
    const startedAt = performance.now();
    const abort = new AbortController();
    running.add(abort);
    if (closing) abort.abort(new Error('the worker is closing'));
    const { payload: given, beside } = unpack(job.data);
    const trace = traceIds(beside);
    let endWatch = (): void => undefined;
    try {
      const payload = contract.payload.safeParse(given);
      if (!payload.success) throw new PermanentError(faults(payload.error));
      const attempt = job.attemptsMade + 1;
      log.debug('job.started', { job: name, id, attempt, ...trace });
      if (beside.record !== undefined) endWatch = abortIfCancelled(abort, () => isCancelled(id));
      const result = await withTimeout(contract.timeoutMs, abort, (signal) =>
        run({ id, payload: payload.data, attempt, signal }),
      );
      const parsed = contract.result.safeParse(result);
      if (!parsed.success) throw new PermanentError(`the result of ${name} is not what its contract says`);
      log.debug('job.completed', { job: name, id, tookMs: Math.round(performance.now() - startedAt), ...trace });
      return parsed.data;
    } catch (error) {
      if (abort.signal.reason instanceof CancelledError) throw new UnrecoverableError(CANCELLED);
      const reason = reasonOf(error);
      if (error instanceof PermanentError) throw new UnrecoverableError(reason);
      if (closing && abort.signal.aborted) {
        // Cut short by our own end, which is no failure of the job: it goes back to the head of the queue.
        await job.moveToWait(token);
        throw new WaitingError();
      }
      throw new Error(reason);
    } finally {
      endWatch();
      running.delete(abort);
    }
  };

  const worker = new Worker<unknown, unknown, string>(name, process, {
    connection: patient(settings.connection) as ConnectionOptions,
    prefix: queuePrefix(settings, name),
    concurrency: settings.queues[name].concurrency,
    lockDuration: settings.lockMs,
    stalledInterval: settings.stalledEveryMs,
    // A crash is not the job's fault as a rule; what fails by itself is bounded by its attempts.
    maxStalledCount: 100,
    // Seconds. An idle worker asks this often; a new job wakes it at once.
    drainDelay: 30,
    runRetryDelay: 500,
    skipVersionCheck: true,
  });
  const isCancelled = async (id: string): Promise<boolean> =>
    (await (await worker.backend.client).get(cancelKey(settings, name, id))) !== null;
  const outage = outages(name);
  worker.on('error', outage.away);
  worker.on('ready', outage.back);
  worker.on('active', outage.back);
  worker.on('stalled', (id) => log.warn('job.stalled', { job: name, id }));
  worker.on('failed', (job, error) => {
    if (job === undefined) return;
    const exhausted = job.finishedOn !== undefined;
    const { id = '', attemptsMade } = job;
    const { payload: given, beside } = unpack(job.data);
    const reason = error.message.slice(0, 300);
    log.warn('job.failed', { job: name, id, attempt: attemptsMade, exhausted, reason, ...traceIds(beside) });
    if (reason === CANCELLED) {
      // The job says so itself now, and may be tried again on the board.
      worker.backend.client.then((client) => client.del(cancelKey(settings, name, id))).catch(() => undefined);
      return;
    }
    const payload = contract.payload.safeParse(given);
    if (!exhausted || onExhausted === undefined || !payload.success) return;
    const call = onExhausted({ id, payload: payload.data, reason, attempts: attemptsMade })
      .catch((failure: unknown) => log.error('job.failed', { job: name, id, reason: reasonOf(failure) }))
      .finally(() => afterwards.delete(call));
    afterwards.add(call);
  });

  const ready = worker.waitUntilReady();
  ready.catch(() => undefined);
  return {
    ready,
    async close(withinMs = 6_000) {
      closing = true;
      for (const abort of running) abort.abort(new Error('the worker is closing'));
      const timeUp = new AbortController();
      const graceful = worker.close().then(() => Promise.all(afterwards));
      graceful.catch(() => undefined);
      await Promise.race([graceful, sleep(withinMs, undefined, { signal: timeUp.signal }).catch(() => undefined)]);
      timeUp.abort();
      // Does nothing after a graceful end; without Redis, `close` would wait for it.
      await Promise.race([worker.disconnect().catch(() => undefined), sleep(500)]);
    },
  };
}

/** Runs `work` and aborts it after `timeoutMs`. Work that does not notice is left behind, and counts as failed. */
async function withTimeout<T>(
  timeoutMs: number,
  abort: AbortController,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timer = setTimeout(() => abort.abort(new Error(`took longer than ${timeoutMs} ms`)), timeoutMs);
  let notice: NodeJS.Timeout | undefined;
  const unnoticed = new Promise<never>((_, reject) => {
    const give = (): void => {
      notice = setTimeout(() => reject(abort.signal.reason as Error), NOTICE_MS);
    };
    if (abort.signal.aborted) give();
    else abort.signal.addEventListener('abort', give, { once: true });
  });
  try {
    return await Promise.race([work(abort.signal), unnoticed]);
  } finally {
    clearTimeout(timer);
    clearTimeout(notice);
  }
}
