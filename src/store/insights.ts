/** What can be learned from the ledger as it is: errors that came back. Nothing is stored for it. */
import type { Redis } from 'ioredis';
import { KEEP_SESSIONS } from '../domain/errors.js';
import { errorIdOf, FEWEST_CONVERSATIONS, insightOf, type Insight } from '../domain/recurrence.js';
import type { Keys } from './keys.js';
import { loadErrors, type KnownError } from './known-errors.js';
import type { InsightList } from './measures.js';
import { answersOf } from './pipeline.js';

/** Errors that are looked at, those that conversations told of last. */
const LATEST = 200;

export async function listInsights(
  redis: Redis,
  keys: Keys,
  { now, project }: { readonly now: number; readonly project?: string },
): Promise<InsightList> {
  const [ids, errors] = await Promise.all([
    redis.zrevrange(keys.of('told'), 0, LATEST - 1),
    redis.zcard(keys.of('told')),
  ]);
  const known = [...(await loadErrors(redis, keys, ids)).values()];
  const wanted = known.filter(({ record }) => project === undefined || record?.project?.text === project);
  const insights = await insightsOf(redis, keys, wanted, now);
  insights.sort((a, b) => b.confidence - a.confidence || b.lastAt - a.lastAt || (a.id < b.id ? -1 : 1));
  return { insights, lookedAt: ids.length, errors };
}

export async function getInsight(redis: Redis, keys: Keys, id: string, now: number): Promise<Insight | null> {
  const errorId = errorIdOf(id);
  if (errorId === null) return null;
  const known = [...(await loadErrors(redis, keys, [errorId])).values()];
  return (await insightsOf(redis, keys, known, now))[0] ?? null;
}

async function insightsOf(redis: Redis, keys: Keys, known: readonly KnownError[], now: number): Promise<Insight[]> {
  const candidates = known.flatMap(({ record, told, logged }) =>
    record !== null && record.sessions.length >= FEWEST_CONVERSATIONS ? [{ record, told, logged }] : [],
  );
  if (candidates.length === 0) return [];
  const pipeline = redis.pipeline();
  for (const { record, told } of candidates) {
    // Forks and copies of a conversation are not listed there: it is counted once.
    pipeline.zmscore(keys.of('convs'), ...record.sessions);
    for (const id of told) pipeline.zcard(keys.of('err', id, 'ev'));
  }
  const answers = await answersOf(pipeline);
  let at = 0;
  return candidates.flatMap(({ record, told, logged }) => {
    const times = answers[at++] as readonly (string | null)[];
    const counts = answers.slice(at, (at += told.length)) as number[];
    const insight = insightOf(
      {
        record,
        occurrences: counts.reduce((a, b) => a + b, logged?.count ?? 0),
        conversations: times.filter((time) => time !== null).length,
        conversationsAre: record.sessions.length < KEEP_SESSIONS ? 'exact' : 'at_least',
      },
      now,
    );
    return insight === null ? [] : [insight];
  });
}
