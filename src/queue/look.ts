/** How a job is, in one step and at a cost that does not grow with the queue. */
import type { Redis } from 'ioredis';
import type { JobName } from '../../jobs/index.js';
import { defineScript } from './adds.js';
import { CANCELLED, cancelKey } from './cancel.js';
import { queueBase } from './connection.js';
import { unpack, type AskRecord } from './record.js';
import type { QueueSettings } from './settings.js';

/** `gone`: there is no such job, or no longer. */
export type JobState = 'waiting' | 'active' | 'delayed' | 'completed' | 'failed' | 'gone';

export interface JobReport {
  readonly jobId: string;
  readonly state: JobState;
  /** What the worker returned; only of a completed job. */
  readonly result: unknown;
  /** Why the last attempt failed, without any content. */
  readonly reason: string | null;
  readonly attempts: number;
  /** It was cancelled and will not be begun, or has stopped. A job that runs is cancelled when it has stopped. */
  readonly cancelled: boolean;
  /** Epoch milliseconds; null of a job that is gone. */
  readonly createdAt: number | null;
  /** When it was last taken by a worker, or has ended; epoch milliseconds. Null of a job that was never taken. */
  readonly changedAt: number | null;
  /** Null where the worker has said nothing. */
  readonly progressPct: number | null;
  /** How many jobs are begun before it; null of one that does not wait, or where it is far from both ends of the queue. */
  readonly position: number | null;
  /** Who asked for it, of a job that was asked for with a record. */
  readonly record: AskRecord | null;
}

/** `backfill`: it waits behind all that wait otherwise. */
export interface Seen extends Omit<JobReport, 'record'> {
  readonly backfill: boolean;
}

/** So many jobs are looked at from either end of the queue. */
const NEAR = 1_000;

/** KEYS: job, flag of its cancellation. ARGV: base of the queue's keys, id, `data` if that is wanted. */
const LOOK = `
local base, id = ARGV[1], ARGV[2]
local flag = redis.call('GET', KEYS[2])
local job = redis.call('HMGET', KEYS[1],
  'timestamp', 'returnvalue', 'failedReason', 'atm', 'progress', 'processedOn', 'finishedOn')
if not job[1] then return {'gone', false, flag} end
local state, position = nil, false
if redis.call('ZSCORE', base .. 'completed', id) then state = 'completed'
elseif redis.call('ZSCORE', base .. 'failed', id) then state = 'failed'
elseif redis.call('ZSCORE', base .. 'delayed', id) then state = 'delayed'
elseif redis.call('LPOS', base .. 'active', id) then state = 'active'
else
  local waiting = redis.call('LLEN', base .. 'wait')
  local rank = redis.call('ZRANK', base .. 'prioritized', id)
  if rank then
    state, position = 'prioritized', waiting + rank
  else
    local at = redis.call('LPOS', base .. 'wait', id, 'MAXLEN', ${NEAR})
      or redis.call('LPOS', base .. 'wait', id, 'RANK', -1, 'MAXLEN', ${NEAR})
    if at then state, position = 'waiting', waiting - 1 - at
    elseif waiting > ${2 * NEAR} then state = 'waiting'
    else return {'gone', false, flag} end
  end
end
local data = false
if ARGV[3] == 'data' then data = redis.call('HGET', KEYS[1], 'data') end
return {state, position, flag, data, unpack(job)}`;

type Answer = readonly [
  state: JobState | 'prioritized',
  position: number | null,
  flag: string | null,
  data?: string | null,
  ...fields: (string | null)[],
];

export interface Look {
  /** Without the record, for which the whole data of the job would have to be sent. */
  readonly glance: (name: JobName, jobId: string) => Promise<Seen>;
  readonly report: (name: JobName, jobId: string) => Promise<JobReport>;
}

export function defineLook(client: Redis, settings: QueueSettings): Look {
  const look = defineScript(client, 'trackerLook', 2, LOOK);
  const ask = async (name: JobName, jobId: string, wanted: 'data' | 'no data'): Promise<Answer> => {
    const base = queueBase(settings, name);
    return (await look(`${base}${jobId}`, cancelKey(settings, name, jobId), base, jobId, wanted)) as Answer;
  };
  return {
    glance: async (name, jobId) => seen(jobId, await ask(name, jobId, 'no data')),
    report: async (name, jobId) => {
      const answer = await ask(name, jobId, 'data');
      const { backfill: _, ...report } = seen(jobId, answer);
      const data = answer[3];
      return { ...report, record: (data == null ? null : unpack(JSON.parse(data)).beside.record) ?? null };
    },
  };
}

function seen(jobId: string, answer: Answer): Seen {
  const [found, position, flag, , ...fields] = answer;
  const [timestamp, returned, failedReason, attemptsMade, progress, takenAt, endedAt] = fields;
  const changedAt = endedAt ?? takenAt;
  const state = found === 'prioritized' ? 'waiting' : found;
  const completed = state === 'completed';
  const waits = state === 'waiting' || state === 'delayed';
  const progressPct = Number(progress ?? Number.NaN);
  return {
    jobId,
    state,
    result: completed && returned != null ? (JSON.parse(returned) as unknown) : null,
    reason: completed ? null : (failedReason ?? null),
    attempts: Number(attemptsMade ?? 0),
    // A job that was cancelled while it waited is taken once more, to fail.
    cancelled:
      !completed &&
      (failedReason === CANCELLED || flag === 'waiting' || (flag !== null && (waits || state === 'gone'))),
    createdAt: timestamp == null ? null : Number(timestamp),
    changedAt: changedAt == null ? null : Number(changedAt),
    progressPct: progressPct >= 0 && progressPct <= 100 ? progressPct : null,
    position,
    backfill: found === 'prioritized',
  };
}
