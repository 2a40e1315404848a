/**
 * Jobs that are added in time or not at all.
 *
 * Who asks for a job waits two seconds for the answer and then says that it was not queued. That would be a lie where
 * Redis hangs: the command is in the buffer of its socket, and it is carried out when Redis goes on, though the
 * connection is closed by then (tried: SIGSTOP, add, disconnect, SIGCONT; the job appeared). So each of BullMQ's
 * scripts that add a job first compares Redis' clock with the time at which the job was asked for, and refuses what
 * comes late. The first argument of these scripts holds that time (`timestamp`, BullMQ 6.7); a test would notice a change.
 */
import type { Redis } from 'ioredis';

const ADDS = /^add(Standard|Prioritized|Delayed)Job:/;
const REFUSED = 'TRACKER-LATE';

/** Makes `client` refuse every job that Redis would add more than `withinMs` after the job's `timestamp`. */
export function refuseLateAdds(client: Redis, withinMs: number): void {
  const define = client.defineCommand.bind(client);
  client.defineCommand = (name, definition) => {
    if (!ADDS.test(name)) return define(name, definition);
    return define(name, { ...definition, lua: `${guard(withinMs)}\n${definition.lua}` });
  };
}

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

function guard(withinMs: number): string {
  return `
do
  local time = redis.call('TIME')
  local askedAt = tonumber(cmsgpack.unpack(ARGV[1])[4])
  if time[1] * 1000 + time[2] / 1000 - askedAt > ${withinMs} then
    return redis.error_reply('${REFUSED} the job was asked for too long ago')
  end
end`;
}
