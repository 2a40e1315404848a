/** Errors as patterns: how often and how lately each happened, where, and which tasks were under way. */
import type { Redis } from 'ioredis';
import type { FailureRecord } from '../domain/errors.js';
import { perDayBefore, trendOf } from '../domain/trend.js';
import type { Pattern, PatternPage, PatternQuery, TiedTask } from './correlations.js';
import { failuresOfSession, loadFailures } from './failures.js';
import type { Keys } from './keys.js';
import { answersOf } from './pipeline.js';
import { hasWords, loadTasks } from './tasks.js';
import { piecesOf, readPlace, walkDown, writePlace, type Place } from './walk.js';

/** Errors that one page may look at, and those looked at only to say how many there are. */
const BUDGET = 1_000;
const COUNT_BUDGET = 250;
const STEP = 200;
/** Tasks of one error that are weighed against each other. */
const WEIGHED = 100;
const DAY_MS = 86_400_000;

/**
 * Latest first. An error that happens again while pages are turned moves to the front, where the first page shows it.
 * @throws InputError for a cursor that this query did not give out
 */
export async function listPatterns(redis: Redis, keys: Keys, query: PatternQuery): Promise<PatternPage> {
  const after = query.cursor === undefined ? null : readPlace(query.cursor, query.asked);
  const since = after === null ? (query.since ?? null) : after.since;
  const isFiltered = query.query !== undefined || query.project !== undefined || query.sessionId !== undefined;
  const step = isFiltered ? STEP : Math.min(STEP, query.limit + 1);
  const source =
    query.sessionId === undefined
      ? { pieces: walkDown(redis, keys.of('errors'), { after, floor: since, step }), isCut: false }
      : await ofSession(redis, keys, query.sessionId, { after, since });
  const rows: FailureRecord[] = [];
  let place: Place = { ...(after ?? { at: 0, id: '', part: '', seen: 0 }), since };
  const seen = after?.seen ?? 0;
  let [walked, matched, isDone] = [0, 0, true];
  for await (const piece of source.pieces) {
    const isFull = rows.length >= query.limit;
    if (walked >= BUDGET || (isFull && (!isFiltered || walked >= COUNT_BUDGET))) {
      isDone = false;
      break;
    }
    walked += piece.length;
    const records = await loadFailures(
      redis,
      keys,
      piece.map(([id]) => id),
    );
    for (const [id, at] of piece) {
      const record = records.get(id);
      const isMatch = record !== undefined && passes(record, query);
      if (isMatch) matched += 1;
      if (rows.length >= query.limit) continue;
      if (isMatch) rows.push(record);
      place = { ...place, at, id, seen: seen + rows.length };
    }
  }
  const isMore = !isDone || matched > rows.length;
  const all = isFiltered ? seen + matched : await redis.zcount(keys.of('errors'), since ?? '-inf', '+inf');
  return {
    patterns: await patternsOf(redis, keys, rows, query),
    total: all,
    totalIs: (isDone || !isFiltered) && !source.isCut ? 'exact' : 'at_least',
    nextCursor: isMore ? writePlace(place, query.asked) : null,
  };
}

/** Null if there is no such error. */
export async function getPattern(
  redis: Redis,
  keys: Keys,
  id: string,
  query: { readonly now: number; readonly mostTasks: number },
): Promise<Pattern | null> {
  const records = await loadFailures(redis, keys, [id]);
  const [pattern] = await patternsOf(redis, keys, [...records.values()], query);
  return pattern ?? null;
}

async function ofSession(
  redis: Redis,
  keys: Keys,
  sessionId: string,
  { after, since }: { readonly after: Place | null; readonly since: number | null },
) {
  const { errors, isCut } = await failuresOfSession(redis, keys, sessionId);
  const entries = errors.filter(([, at]) => since === null || at >= since);
  return { pieces: piecesOf(entries, after, STEP), isCut };
}

const passes = (record: FailureRecord, { query, project }: PatternQuery): boolean =>
  (project === undefined || record.project?.text === project) &&
  (query === undefined || hasWords(record.message.text, query));

async function patternsOf(
  redis: Redis,
  keys: Keys,
  records: readonly FailureRecord[],
  { now, mostTasks }: { readonly now: number; readonly mostTasks: number },
): Promise<Pattern[]> {
  const pipeline = redis.pipeline();
  for (const { id } of records) {
    pipeline
      .zcard(keys.of('err', id, 'ev'))
      .zcount(keys.of('err', id, 'ev'), now - DAY_MS, '+inf')
      .scard(keys.of('relt', id))
      .sscan(keys.of('relt', id), 0, 'COUNT', WEIGHED);
  }
  const answers = await answersOf(pipeline);
  const figures = records.map((record, index) => {
    const [count, lastDay, ties, scan] = answers.slice(4 * index) as [number, number, number, [string, string[]]];
    return { record, count, lastDay, ties, taskIds: scan[1].slice(0, WEIGHED) };
  });
  const tied = await tiedTasks(redis, keys, figures, mostTasks);
  return figures.map(({ record, count, lastDay, ties }, index) => {
    const pace = { firstAt: record.message.at, count, lastDay };
    return {
      id: record.id,
      class: record.class,
      message: record.message.text,
      project: record.project?.text ?? null,
      count,
      firstAt: record.message.at,
      lastAt: record.lastAt,
      trend: trendOf(pace, now),
      lastDay,
      perDayBefore: perDayBefore(pace, now),
      sessions: record.sessions,
      tasks: tied[index] ?? [],
      tasksTotal: ties,
    };
  });
}

/** For each error its tasks, the closest first; tasks that were forgotten since are left out. */
async function tiedTasks(
  redis: Redis,
  keys: Keys,
  errors: readonly { readonly ties: number; readonly taskIds: readonly string[] }[],
  most: number,
): Promise<TiedTask[][]> {
  const ids = [...new Set(errors.flatMap(({ taskIds }) => taskIds))];
  const pipeline = redis.pipeline();
  for (const id of ids) pipeline.scard(keys.of('rel', id));
  const sizes = (await answersOf(pipeline)) as number[];
  const errorsOf = new Map(ids.map((id, index) => [id, Math.max(1, sizes[index] ?? 1)]));
  // Twice what is wanted, since some may be forgotten or other names of one.
  const best = errors.map(({ taskIds }) =>
    [...taskIds].sort((a, b) => (errorsOf.get(a) ?? 1) - (errorsOf.get(b) ?? 1) || (a < b ? -1 : 1)).slice(0, 2 * most),
  );
  const records = await loadTasks(redis, keys, [...new Set(best.flat())]);
  return best.map((taskIds, index) => {
    const ties = errors[index]?.ties ?? 1;
    const found = new Map<string, TiedTask>();
    for (const asked of taskIds) {
      const record = records.get(asked);
      const title = record?.title?.value;
      if (record === undefined || title === undefined || found.has(record.id)) continue;
      const errorsOfTask = errorsOf.get(asked) ?? 1;
      found.set(record.id, { id: record.id, title, score: 1 / Math.sqrt(ties * errorsOfTask), errorsOfTask });
    }
    return [...found.values()].slice(0, most);
  });
}
