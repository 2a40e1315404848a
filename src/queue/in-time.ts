/**
 * Jobs that are added in time or not at all.
 *
 * Who asks for a job waits two seconds for the answer and then says that it was not queued. That would be a lie where
 * Redis hangs: the command is in the buffer of its socket, and it is carried out when Redis goes on, though the
 * connection is closed by then (tried: SIGSTOP, add, disconnect, SIGCONT; the job appeared). So each of BullMQ's
 * scripts that add a job first compares Redis' clock with the time at which the job was asked for, and refuses what
 * comes late.
 */
import type { Redis } from 'ioredis';

const REFUSED = 'TRACKER-LATE';

/** The time of Redis' clock as a function of our own steady clock; both in milliseconds. */
export async function redisClock(client: Redis): Promise<(steadyMs: number) => number> {
  const before = performance.now();
  const [seconds, micros] = await client.time();
  const between = (before + performance.now()) / 2;
  const offset = Number(seconds) * 1_000 + Number(micros) / 1_000 - between;
  return (steadyMs) => Math.round(steadyMs + offset);
}

/** Whether `error` says that the guard refused a job. */
export function cameLate(error: unknown): boolean {
  return error instanceof Error && error.message.includes(REFUSED);
}

/** Refuses every job that Redis would add more than `withinMs` after the job's `timestamp`. */
export function lateGuard(withinMs: number): string {
  return `
do
  local time = redis.call('TIME')
  local askedAt = tonumber(cmsgpack.unpack(ARGV[1])[4])
  if time[1] * 1000 + time[2] / 1000 - askedAt > ${withinMs} then
    return redis.error_reply('${REFUSED} the job was asked for too long ago')
  end
end`;
}
