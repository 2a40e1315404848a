/** The whole ledger as a value, to compare two of them. */
import { isDeepStrictEqual } from 'node:util';
import { Redis } from 'ioredis';

/** What says when and how often something was written, not what is known; and what other workers than `ingest` write. */
const PASSING = /^(touched|unweighed|weigh.*|components|health|counts|exercise|rel:.*|relt:.*)$/;
const PASSING_FIELDS: Readonly<Record<string, readonly string[]>> = {
  file: ['v', 'readAt'],
  task: ['v', 'a'],
  err: ['v'],
};

/** Every key of the ledger with its content, but for times of reading and counters of writes. */
export async function dumpLedger(url: string, prefix = 'autobot-tracker', db = 10): Promise<Record<string, unknown>> {
  const redis = new Redis(url.replace(/^unix:\/\//, ''), { db, maxRetriesPerRequest: 3 });
  const base = `{${prefix}:ledger}:`;
  const dump: Record<string, unknown> = {};
  try {
    const keys = new Set<string>();
    for await (const batch of redis.scanStream({ match: `${base}*`, count: 1_000 }))
      for (const key of batch as string[]) keys.add(key);
    for (const key of [...keys].sort()) {
      const name = key.slice(base.length);
      if (!PASSING.test(name)) dump[name] = await contentOf(redis, key, name);
    }
    return dump;
  } finally {
    redis.disconnect();
  }
}

async function contentOf(redis: Redis, key: string, name: string): Promise<unknown> {
  const type = await redis.type(key);
  if (type === 'hash') {
    const drop = PASSING_FIELDS[name.split(':')[0] ?? ''] ?? [];
    const fields = Object.entries(await redis.hgetall(key)).filter(([field]) => !drop.includes(field));
    return Object.fromEntries(fields.map(([field, value]) => [field, parsed(value)]));
  }
  if (type === 'set') return (await redis.smembers(key)).sort();
  // Closed tasks stand there by the time of their ingest.
  if (name === 'closed') return (await redis.zrange(key, 0, -1)).sort();
  if (type === 'zset') return redis.zrange(key, 0, -1, 'WITHSCORES');
  return parsed((await redis.get(key)) ?? '');
}

/** Records are JSON: the order of their keys says nothing. */
function parsed(value: string): unknown {
  if (!/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch (error) {
    if (error instanceof SyntaxError) return value;
    throw error;
  }
}

/** Names of the keys in which two dumps differ, with what each holds, cut short; empty for equal ones. */
export function differences(a: Record<string, unknown>, b: Record<string, unknown>): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((name) => !isDeepStrictEqual(a[name], b[name]))
    .sort()
    .map((name) => `${name}: ${excerpt(a[name])} / ${excerpt(b[name])}`);
}

const excerpt = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 1_500));
