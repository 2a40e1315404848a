/** What can be learned from the ledger as it is: errors that came back. Nothing is stored for it. */
import type { Redis } from 'ioredis';
import { KEEP_SESSIONS, type FailureRecord } from '../domain/errors.js';
import { errorIdOf, FEWEST_CONVERSATIONS, insightOf, type Insight } from '../domain/recurrence.js';
import { loadFailures } from './failures.js';
import type { Keys } from './keys.js';
import type { InsightList } from './measures.js';
import { answersOf } from './pipeline.js';

/** Errors that are looked at, those that happened last. */
const LATEST = 200;

export async function listInsights(
  redis: Redis,
  keys: Keys,
  { now, project }: { readonly now: number; readonly project?: string },
): Promise<InsightList> {
  const [ids, errors] = await Promise.all([
    redis.zrevrange(keys.of('errors'), 0, LATEST - 1),
    redis.zcard(keys.of('errors')),
  ]);
  const records = [...(await loadFailures(redis, keys, ids)).values()];
  const wanted = records.filter((record) => project === undefined || record.project?.text === project);
  const insights = await insightsOf(redis, keys, wanted, now);
  insights.sort((a, b) => b.confidence - a.confidence || b.lastAt - a.lastAt || (a.id < b.id ? -1 : 1));
  return { insights, lookedAt: ids.length, errors };
}

export async function getInsight(redis: Redis, keys: Keys, id: string, now: number): Promise<Insight | null> {
  const errorId = errorIdOf(id);
  if (errorId === null) return null;
  const record = (await loadFailures(redis, keys, [errorId])).get(errorId);
  return record === undefined ? null : ((await insightsOf(redis, keys, [record], now))[0] ?? null);
}

async function insightsOf(
  redis: Redis,
  keys: Keys,
  records: readonly FailureRecord[],
  now: number,
): Promise<Insight[]> {
  const candidates = records.filter(({ sessions }) => sessions.length >= FEWEST_CONVERSATIONS);
  if (candidates.length === 0) return [];
  const pipeline = redis.pipeline();
  for (const { id, sessions } of candidates) {
    // Forks and copies of a conversation are not listed there: it is counted once.
    pipeline.zmscore(keys.of('convs'), ...sessions).zcard(keys.of('err', id, 'ev'));
  }
  const answers = await answersOf(pipeline);
  return candidates.flatMap((record, index) => {
    const [times, count] = answers.slice(2 * index, 2 * index + 2);
    const conversations = (times as readonly (string | null)[]).filter((at) => at !== null).length;
    const insight = insightOf(
      {
        record,
        occurrences: Number(count),
        conversations,
        conversationsAre: record.sessions.length < KEEP_SESSIONS ? 'exact' : 'at_least',
      },
      now,
    );
    return insight === null ? [] : [insight];
  });
}
