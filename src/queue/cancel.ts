/**
 * Cancelling jobs. One that waits is never begun: it fails when a worker takes it. One that runs is told through its
 * signal if it carries a record, since only such are watched. One that has completed stays completed.
 */
import type { Redis } from 'ioredis';
import { contracts, type JobName } from '../../jobs/index.js';
import { defineScript } from './adds.js';
import { queueBase, queuePrefix } from './connection.js';
import type { QueueSettings } from './settings.js';

/** `asked`: it will not be begun, or was told to stop. `finished`: too late. `gone`: there is no such job. */
export type Cancelled = 'asked' | 'finished' | 'gone';

/** The reason of a job that was cancelled. Reasons of other failures begin with the class of an error. */
export const CANCELLED = 'cancelled';

export class CancelledError extends Error {
  override readonly name = 'CancelledError';
}

/** The key that says of a job that it is to be cancelled, and whether it was `active` or `waiting` then. */
export function cancelKey(settings: QueueSettings, name: JobName, jobId: string): string {
  return `${queuePrefix(settings, name)}:cancel:${jobId}`;
}

/**
 * KEYS: job, flag. ARGV: base of the queue's keys, id, milliseconds.
 * `defa` is BullMQ's own field for "fail this job instead of running it". The job's deduplication key is released: who
 * asks for the same again must not be given a job that nobody will do. Only where a job that runs keeps the last request
 * for after it, the key stays until it has ended, which takes a moment.
 */
const CANCEL = `
local base, id = ARGV[1], ARGV[2]
if redis.call('EXISTS', KEYS[1]) == 0 then return 'gone' end
if redis.call('ZSCORE', base .. 'completed', id) or redis.call('ZSCORE', base .. 'failed', id) then return 'finished' end
local active = redis.call('LPOS', base .. 'active', id)
redis.call('SET', KEYS[2], active and 'active' or 'waiting', 'PX', ARGV[3], 'NX')
redis.call('HSET', KEYS[1], 'defa', '${CANCELLED}')
local job = redis.call('HMGET', KEYS[1], 'deid', 'opts')
if job[1] then
  local de = cjson.decode(job[2]).de
  if not (active and de and de.keepLastIfActive) then
    local key = base .. 'de:' .. job[1]
    if redis.call('GET', key) == id then redis.call('DEL', key) end
    redis.call('HDEL', KEYS[1], 'deid')
  end
end
return 'asked'`;

export type Cancel = (name: JobName, jobId: string) => Promise<Cancelled>;

export function defineCancel(client: Redis, settings: QueueSettings): Cancel {
  const cancel = defineScript(client, 'trackerCancel', 2, CANCEL);
  return async (name, jobId) => {
    const base = queueBase(settings, name);
    // The flag must not go before the job does.
    const keptMs = Math.max(contracts[name].keepFailed.ageS, contracts[name].keepCompleted.ageS) * 1_000;
    return (await cancel(`${base}${jobId}`, cancelKey(settings, name, jobId), base, jobId, keptMs)) as Cancelled;
  };
}

/** How often a running job is looked after; what a caller waits for a cancellation to be noticed. */
const LOOK_EVERY_MS = 250;

/**
 * Aborts `abort` with a CancelledError as soon as `isCancelled`.
 * @returns ends the watch
 */
export function abortIfCancelled(abort: AbortController, isCancelled: () => Promise<boolean>): () => void {
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const look = async (): Promise<void> => {
    // Without Redis nobody can cancel, and the next look may find it back.
    const cancelled = await isCancelled().catch(() => false);
    if (ended) return;
    if (cancelled) abort.abort(new CancelledError(CANCELLED));
    else timer = setTimeout(() => void look(), LOOK_EVERY_MS);
  };
  void look();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}
