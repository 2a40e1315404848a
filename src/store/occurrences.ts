/** When errors happened, up to a moment and after it: in conversations to the millisecond, in logs by minute or hour. */
import type { Redis } from 'ioredis';
import { scored, type Keys } from './keys.js';
import type { KnownError } from './known-errors.js';
import { MINUTES_KEPT } from './log-apply.js';
import { answersOf } from './pipeline.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

export interface Occurrences {
  readonly before: { readonly count: number; readonly firstAt: number; readonly lastAt: number };
  readonly after: { readonly count: number; readonly lastAt: number };
}

/** A span of time and how often an error was logged in it. */
type Bucket = readonly [from: number, until: number, n: number];

/** In the order that was asked for; null for an error that never happened. What was logged in the minute (or hour) of the moment came before it. */
export async function occurrencesAround(
  redis: Redis,
  keys: Keys,
  asked: readonly { readonly error: KnownError; readonly at: number }[],
  now: number,
): Promise<(Occurrences | null)[]> {
  const pipeline = redis.pipeline();
  for (const { error, at } of asked) {
    for (const id of error.told) {
      const key = keys.of('err', id, 'ev');
      pipeline
        .zcount(key, '-inf', at)
        .zrange(key, 0, 0, 'WITHSCORES')
        .zrevrangebyscore(key, at, '-inf', 'WITHSCORES', 'LIMIT', 0, 1)
        .zcount(key, `(${at}`, '+inf')
        .zrevrange(key, 0, 0, 'WITHSCORES');
    }
  }
  const logged = [...new Map(asked.map(({ error }) => [error.id, error])).values()].filter(
    ({ logged }) => logged !== null,
  );
  const [answers, buckets] = await Promise.all([answersOf(pipeline), bucketsOf(redis, keys, logged, now)]);
  let next = 0;
  return asked.map(({ error, at }) => {
    const parts = error.told.map((): Occurrences | null => {
      const [before, first, last, later, latest] = answers.slice(next, (next += 5)) as [
        number,
        string[],
        string[],
        number,
        string[],
      ];
      if (first.length === 0) return null;
      return {
        before: { count: before, firstAt: timeOf(first), lastAt: timeOf(last) },
        after: { count: later, lastAt: timeOf(latest) },
      };
    });
    return [...parts, inLogs(error, buckets.get(error.id) ?? [], at)].reduce(joined, null);
  });
}

const timeOf = (rows: string[]): number => scored(rows)[0]?.[1] ?? 0;

function joined(a: Occurrences | null, b: Occurrences | null): Occurrences | null {
  if (a === null || b === null) return a ?? b;
  return {
    before: {
      count: a.before.count + b.before.count,
      firstAt: Math.min(a.before.firstAt, b.before.firstAt),
      lastAt: Math.max(a.before.lastAt, b.before.lastAt),
    },
    after: { count: a.after.count + b.after.count, lastAt: Math.max(a.after.lastAt, b.after.lastAt) },
  };
}

function inLogs({ logged }: KnownError, buckets: readonly Bucket[], at: number): Occurrences | null {
  if (logged === null) return null;
  let [after, lastAt] = [0, 0];
  for (const [from, until, n] of buckets) {
    if (from > at) after += n;
    else if (n > 0) lastAt = Math.max(lastAt, Math.min(until, at, logged.lastAt));
  }
  // What is older than the buckets that are kept came before as well.
  const before = logged.count - after;
  return {
    before: { count: before, firstAt: logged.firstAt, lastAt: lastAt > 0 || before <= 0 ? lastAt : logged.firstAt },
    after: { count: after, lastAt: after > 0 ? logged.lastAt : 0 },
  };
}

/** By the minute where that is kept, else by the hour. */
async function bucketsOf(
  redis: Redis,
  keys: Keys,
  errors: readonly KnownError[],
  now: number,
): Promise<Map<string, Bucket[]>> {
  const pipeline = redis.pipeline();
  for (const { id } of errors) pipeline.hgetall(keys.of('err', id, 'h')).hgetall(keys.of('err', id, 'm'));
  const answers = (await answersOf(pipeline)) as Record<string, string>[];
  const wholeFrom = Math.ceil((now / MINUTE_MS - MINUTES_KEPT) / 60);
  return new Map(
    errors.map(({ id }, index) => {
      const [hours = {}, minutes = {}] = answers.slice(2 * index);
      const byHour = bucketsIn(hours, HOUR_MS).filter(([from]) => from / HOUR_MS < wholeFrom);
      const byMinute = bucketsIn(minutes, MINUTE_MS).filter(([from]) => from / HOUR_MS >= wholeFrom);
      return [id, [...byHour, ...byMinute]] as const;
    }),
  );
}

const bucketsIn = (counts: Readonly<Record<string, string>>, spanMs: number): Bucket[] =>
  Object.entries(counts).map(([bucket, n]) => [Number(bucket) * spanMs, (Number(bucket) + 1) * spanMs - 1, Number(n)]);
