/**
 * Requests that carry a key of the caller's own: the same key asks for the same job while it waits and runs, and for as
 * long after it has completed as the contract keeps it. A job that failed, was cancelled or is gone does not count.
 *
 * BullMQ keeps a deduplication key that has a time to live also after its job has completed (6.7: only keys without one
 * are removed then), but it does so for failed jobs too, and does not compare what was asked.
 */
import { createHash } from 'node:crypto';
import type { JobName } from '../../jobs/index.js';

const PREFIX = 'once:';
const OTHER = 'TRACKER-OTHER';
/** A job waits this long at most before its key is forgotten; after it has completed, the guard looks at its age. */
const WAITS_MS = 7 * 86_400_000;

/** The deduplication of a request with a key. @param keptMs how long the job is kept once it has completed */
export function once(name: JobName, onceKey: string, keptMs: number): { readonly id: string; readonly ttl: number } {
  return { id: `${PREFIX}${name}:${sha256(onceKey)}`, ttl: WAITS_MS + keptMs };
}

/**
 * What makes two requests the same: what the contract's own key says, since a payload may also hold the time at which it
 * was made.
 */
export function digestOf(key: { readonly id: string } | null, payload: unknown): string {
  return sha256(key?.id ?? JSON.stringify(payload)).slice(0, 32);
}

/** The id of the job that the key was used for, if `error` says that this was with another payload. */
export function usedFor(error: unknown): string | null {
  const at = error instanceof Error ? error.message.indexOf(OTHER) : -1;
  return at < 0 ? null : (/^\S+ (\S+)/.exec((error as Error).message.slice(at))?.[1] ?? '');
}

/** Lets go of a key whose job does not count any more, and refuses one that was used for something else. */
export const ONCE_GUARD = `
do
  local base = cmsgpack.unpack(ARGV[1])[1]
  local opts = cmsgpack.unpack(ARGV[3])
  local id = opts.de and opts.de.id
  if id and string.sub(id, 1, ${PREFIX.length}) == '${PREFIX}' then
    local current = redis.call('GET', base .. 'de:' .. id)
    if current then
      local job = redis.call('HMGET', base .. current, 'data', 'finishedOn')
      local time = redis.call('TIME')
      local function digest(data)
        return string.match(data, '^{"%$asked":{"digest":"(%x+)"')
      end
      if not job[1] or redis.call('ZSCORE', base .. 'failed', current)
        or (job[2] and time[1] * 1000 - tonumber(job[2]) > opts.removeOnComplete.age * 1000) then
        redis.call('DEL', base .. 'de:' .. id)
      elseif digest(job[1]) ~= digest(ARGV[2]) then
        return redis.error_reply('${OTHER} ' .. current .. ' was asked for with this key')
      end
    end
  end
end`;

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
