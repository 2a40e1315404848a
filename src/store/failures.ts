/** Reading errors: those of a session or all, and records by their ids. */
import type { Redis } from 'ioredis';
import type { FailureRecord } from '../domain/errors.js';
import type { ErrorRecord } from '../domain/model.js';
import type { Keys } from './keys.js';
import { loadErrors, type KnownError } from './known-errors.js';
import { answersOf } from './pipeline.js';

/** What conversations tell, by id; ids that they tell nothing of are left out. */
export async function loadFailures(
  redis: Redis,
  keys: Keys,
  ids: readonly string[],
): Promise<Map<string, FailureRecord>> {
  const pipeline = redis.pipeline();
  for (const id of ids) pipeline.hget(keys.of('err', id), 'r');
  const answers = ids.length === 0 ? [] : ((await pipeline.exec()) ?? []);
  return new Map(
    ids.flatMap((id, index) => {
      const record = answers[index]?.[1] as string | null | undefined;
      return record == null ? [] : [[id, JSON.parse(record) as FailureRecord]];
    }),
  );
}

/** Latest first. */
export async function listFailures(
  redis: Redis,
  keys: Keys,
  { limit, sessionId }: { readonly limit: number; readonly sessionId?: string },
): Promise<{ errors: ErrorRecord[]; total: number }> {
  const ids =
    sessionId === undefined
      ? await redis.zrevrange(keys.of('errors'), 0, limit - 1)
      : (await failuresOfSession(redis, keys, sessionId)).errors.map(([id]) => id);
  const total = sessionId === undefined ? await redis.zcard(keys.of('errors')) : ids.length;
  const shown = ids.slice(0, limit);
  const known = await loadErrors(redis, keys, shown);
  const distinct = [...new Map([...known.values()].map((error) => [error.id, error])).values()];
  const told = redis.pipeline();
  for (const one of distinct.flatMap((error) => error.told)) told.zcard(keys.of('err', one, 'ev'));
  const counts = (await answersOf(told)) as number[];
  let at = 0;
  const errors = distinct.map((error) => errorOf(error, counts.slice(at, (at += error.told.length))));
  return { errors, total };
}

/** Failures of one session that are looked at. */
const MOST_OF_SESSION = 2_000;

/** What failed in a session, each with the time it last happened anywhere, latest first. `isCut`: there is more. */
export async function failuresOfSession(
  redis: Redis,
  keys: Keys,
  sessionId: string,
): Promise<{ readonly errors: readonly (readonly [id: string, at: number])[]; readonly isCut: boolean }> {
  const entries = await redis.zrange(keys.of('serr', sessionId), 0, MOST_OF_SESSION);
  const ids = [...new Set(entries.slice(0, MOST_OF_SESSION).map((entry) => entry.split(':')[0] ?? ''))];
  const times = ids.length === 0 ? [] : await redis.zmscore(keys.of('errors'), ...ids);
  const errors = ids.map((id, index) => [id, Number(times[index] ?? 0)] as const);
  errors.sort(([a, x], [b, y]) => y - x || (a < b ? 1 : -1));
  return { errors, isCut: entries.length > MOST_OF_SESSION };
}

function errorOf(error: KnownError, counts: readonly number[]): ErrorRecord {
  const { id, message, record, logged, firstAt, lastAt } = error;
  return {
    id,
    class: error.class,
    message,
    count: counts.reduce((a, b) => a + b, logged?.count ?? 0),
    firstAt,
    lastAt,
    sessions: record?.sessions ?? [],
    project: record?.project?.text ?? null,
  };
}
