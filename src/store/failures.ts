/** Reading errors: those of a session or all, and records by their ids. */
import type { Redis } from 'ioredis';
import type { FailureRecord } from '../domain/errors.js';
import type { ErrorRecord } from '../domain/model.js';
import type { Keys } from './keys.js';

/** Records by id; ids that nothing is known of are left out. */
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
  const [records, counts] = await Promise.all([
    loadFailures(redis, keys, shown),
    Promise.all(shown.map((id) => redis.zcard(keys.of('err', id, 'ev')))),
  ]);
  const errors = shown.flatMap((id, index) => {
    const record = records.get(id);
    return record === undefined ? [] : [errorOf(record, counts[index] ?? 0)];
  });
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

function errorOf(record: FailureRecord, count: number): ErrorRecord {
  return {
    id: record.id,
    class: record.class,
    message: record.message.text,
    count,
    firstAt: record.message.at,
    lastAt: record.lastAt,
    sessions: record.sessions,
    project: record.project?.text ?? null,
  };
}
