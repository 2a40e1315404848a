/** Reading how tasks come and go: sizes of the pre-joined lists, and bounded samples where a list does not say it. */
import type { ChainableCommander, Redis } from 'ioredis';
import { bucketsOf, countIn, leadTimes, type Bucket } from '../domain/analytics.js';
import { bySource, openedBetween } from '../domain/census.js';
import { PRIORITIES, STATUSES, type Status } from '../domain/model.js';
import { componentKey, projectKey, scored, type Keys } from './keys.js';
import { readFigures } from './learned.js';
import type { Analytics, AnalyticsQuery } from './measures.js';
import { answersOf } from './pipeline.js';
import { loadTasks } from './tasks.js';

/** Latest completed tasks that lead times are measured on. */
const SAMPLE = 100;
/** Latest events that are looked at to see which tasks were opened. */
const EVENTS = 500;
const MOST_PROJECTS = 200;
const MOST_COMPONENTS = 100;

/** Cost grows with the number of days asked for and with the samples, never with the ledger. */
export async function readAnalytics(redis: Redis, keys: Keys, query: AnalyticsQuery): Promise<Analytics> {
  const project = query.project === undefined ? '*' : projectKey(query.project);
  const since = query.since ?? '-inf';
  const buckets = bucketsOf(query.trend.from, query.now, query.trend.step, query.trend.most);
  const sizes = redis.pipeline();
  for (const status of STATUSES) sizes.zcount(keys.of('n', status, project), since, '+inf');
  for (const priority of PRIORITIES) sizes.zcard(keys.of('c', 'open', priority, '*', project));
  for (const { from, until } of buckets) {
    for (const status of CLOSED) sizes.zcount(keys.of('n', status, project), from, `(${until}`);
  }
  const done = keys.of('n', 'completed', project);
  const [numbers, opened, latest, counted, components] = await Promise.all([
    numbersOf(sizes),
    openedIn(redis, keys, buckets, project),
    redis.zrevrangebyscore(done, '+inf', since, 'LIMIT', 0, SAMPLE),
    readFigures(redis, keys, project),
    componentsOf(redis, keys),
  ]);
  const { groups, leftOut } =
    query.groupBy === 'source'
      ? { groups: rowsOf(counted === null ? {} : bySource(counted.figures, query.since ?? -Infinity)), leftOut: 0 }
      : await groupsOf(redis, keys, query, project, components);
  const byStatus = inOrder(STATUSES, numbers.slice(0, STATUSES.length));
  const trendFrom = STATUSES.length + PRIORITIES.length;
  const records = await loadTasks(redis, keys, latest);
  return {
    project: query.project ?? null,
    byStatus,
    openByPriority: inOrder(PRIORITIES, numbers.slice(STATUSES.length)),
    trend: buckets.map((bucket, index) => ({
      ...bucket,
      opened: opened[index] ?? openedThen(bucket, counted),
      completed: numbers[trendFrom + 2 * index] ?? 0,
      cancelled: numbers[trendFrom + 2 * index + 1] ?? 0,
    })),
    leadTime: { ...leadTimes([...records.values()]), ofCompleted: byStatus.completed },
    openByComponent: await openIn(redis, keys, components, project),
    groups,
    groupsLeftOut: leftOut,
    countedAt: counted?.at ?? null,
  };
}

/** What the last walk over all tasks counted, where that was after the bucket. */
const openedThen = ({ from, until }: Bucket, counted: Awaited<ReturnType<typeof readFigures>>): number | null =>
  counted === null || counted.at < until ? null : openedBetween(counted.figures, from, until);

/** Names in the order of the alphabet. */
const componentsOf = async (redis: Redis, keys: Keys): Promise<readonly string[]> =>
  (await redis.srandmember(keys.of('components'), MOST_COMPONENTS)).sort();

async function openIn(
  redis: Redis,
  keys: Keys,
  components: readonly string[],
  project: string,
): Promise<Record<string, number>> {
  const sizes = redis.pipeline();
  for (const name of components) sizes.zcard(keys.of('c', 'open', '*', componentKey(name), project));
  const numbers = await numbersOf(sizes);
  const found = components.flatMap((name, index) => ((numbers[index] ?? 0) > 0 ? [[name, numbers[index] ?? 0]] : []));
  return Object.fromEntries(found) as Record<string, number>;
}

const CLOSED = ['completed', 'cancelled'] as const satisfies readonly Status[];

const numbersOf = async (pipeline: ChainableCommander): Promise<number[]> => (await answersOf(pipeline)).map(Number);

const inOrder = <Name extends string>(names: readonly Name[], numbers: readonly number[]): Record<Name, number> =>
  Object.fromEntries(names.map((name, index) => [name, numbers[index] ?? 0])) as Record<Name, number>;

/**
 * When the tasks of the latest events were first told of. KEYS[1] is the ledger's base; ARGV: the earliest event, how many
 * events, the project's part of a key or ''. A record's text is searched, not parsed: within a string of JSON the quote
 * after the name would be escaped.
 * @returns `[events looked at, time of the earliest of them, [firstAt…]]`
 */
const STARTS = `
local base = KEYS[1] .. ':'
local rows = redis.call('ZREVRANGEBYSCORE', base .. 'activity', '+inf', ARGV[1], 'WITHSCORES', 'LIMIT', 0, ARGV[2])
local told, counted, starts = {}, {}, {}
for i = 1, #rows, 2 do
  local id = string.match(rows[i], '^t:([^:]+)')
  if id and not told[id] then
    told[id] = true
    for _ = 1, 200 do
      local target = redis.call('HGET', base .. 'aliases', id)
      if not target then break end
      id = target
    end
    local f = redis.call('HMGET', base .. 'task:' .. id, 'r', 'j')
    if f[1] and not counted[id] and (ARGV[3] == '' or f[2] == ARGV[3]) then
      starts[#starts + 1] = string.match(f[1], '"firstAt":(%-?%d+)')
    end
    counted[id] = true
  end
end
return { #rows / 2, rows[#rows] or '', starts }
`;

/** Tasks first told of in each bucket, from the activity list: no list is ordered by when tasks began. */
async function openedIn(
  redis: Redis,
  keys: Keys,
  buckets: readonly Bucket[],
  project: string,
): Promise<(number | null)[]> {
  const from = buckets[0]?.from ?? 0;
  const only = project === '*' ? '' : project;
  const [looked, earliest, starts] = (await redis.eval(STARTS, 1, keys.base, from, EVENTS, only)) as [
    number,
    string,
    string[],
  ];
  const counted = countIn(buckets, starts.map(Number));
  const isCut = looked >= EVENTS;
  const wholeFrom = isCut ? Number(earliest) : await keptFrom(redis, keys);
  return buckets.map((bucket, index) => {
    const isKnown = isCut ? bucket.from > wholeFrom : bucket.until > wholeFrom;
    return isKnown ? (counted[index] ?? 0) : null;
  });
}

/** Since when all events are kept: where a task is older than the oldest event, events were forgotten; else there were none. */
async function keptFrom(redis: Redis, keys: Keys): Promise<number> {
  const lowest = redis.pipeline().zrange(keys.of('activity'), 0, 0, 'WITHSCORES');
  for (const status of STATUSES) lowest.zrange(keys.of('n', status, '*'), 0, 0, 'WITHSCORES');
  const [event = Number.POSITIVE_INFINITY, ...tasks] = (await answersOf(lowest)).map(
    (rows) => scored(rows as string[])[0]?.[1],
  );
  return tasks.some((at) => at !== undefined && at < event) ? event : Number.NEGATIVE_INFINITY;
}

async function groupsOf(
  redis: Redis,
  keys: Keys,
  { groupBy, since = Number.NEGATIVE_INFINITY, project: only }: AnalyticsQuery,
  project: string,
  components: readonly string[],
): Promise<{ groups: Analytics['groups']; leftOut: number }> {
  if (groupBy === undefined) return { groups: [], leftOut: 0 };
  const counts = redis.pipeline();
  let names: readonly string[] = PRIORITIES;
  let leftOut = 0;
  if (groupBy === 'priority') {
    for (const name of names) for (const status of STATUSES) counts.zcard(keys.of('c', status, name, '*', project));
  } else if (groupBy === 'component') {
    names = components;
    for (const name of names) {
      for (const status of STATUSES) counts.zcard(keys.of('c', status, '*', componentKey(name), project));
    }
  } else {
    const known = only === undefined ? (await redis.hvals(keys.of('projects'))).sort() : [only];
    names = known.slice(0, MOST_PROJECTS);
    leftOut = known.length - names.length;
    const from = Number.isFinite(since) ? since : '-inf';
    for (const name of names) {
      for (const status of STATUSES) counts.zcount(keys.of('n', status, projectKey(name)), from, '+inf');
    }
  }
  const numbers = await numbersOf(counts);
  const rows = names.map((name, index) => {
    const own = numbers.slice(index * STATUSES.length, (index + 1) * STATUSES.length);
    return [name, inOrder(STATUSES, own)] as const;
  });
  return { groups: rowsOf(Object.fromEntries(rows)), leftOut };
}

/** Largest first; those that are as large stay in their order. */
function rowsOf(counts: Readonly<Record<string, Readonly<Record<Status, number>>>>): Analytics['groups'] {
  return Object.entries(counts)
    .map(([key, byStatus]) => ({ key, byStatus, all: Object.values(byStatus).reduce((sum, n) => sum + n, 0) }))
    .filter(({ all }) => all > 0)
    .sort((a, b) => b.all - a.all);
}
