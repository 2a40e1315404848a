/** Reading tasks: pages of the pre-joined lists, and single tasks. */
import type { Redis } from 'ioredis';
import { foldWords } from '../domain/ids.js';
import { OPEN_STATUSES, type Task, type TaskPage, type TaskQuery } from '../domain/model.js';
import { taskOf, type TaskRecord } from '../domain/tasks.js';
import { InputError } from '../errors.js';
import { componentKey, projectKey, type Keys } from './keys.js';
import { sessionOrder } from './sessions.js';

/** Candidates that one page may look at; `nextCursor` goes on from there. */
const BUDGET = 5_000;
/** Candidates looked at only to say how many there are. */
const COUNT_BUDGET = 1_000;
const DAY_MS = 86_400_000;
/** A task ranks at most this many days below the day of its last event: what a stated low priority costs. */
const LOWEST_BONUS_DAYS = 10;

export interface PageCommand {
  trackerPage(base: string, query: string): Promise<PageAnswer>;
}
type Row = readonly [id: string, score: string, record: string, ...alike: string[]];
type PageAnswer = readonly [
  done: number,
  matched: number,
  total: number,
  filtered: number,
  score: string,
  id: string,
  full: number,
  rows: readonly Row[],
];

/** Where a page begins: after this score and id; how many matched before it; and what ties it to its query. */
interface Cursor {
  readonly after: readonly [string, string];
  readonly seen: number;
}

export async function listTasks(
  redis: Redis & PageCommand,
  keys: Keys,
  query: TaskQuery,
  now: number,
): Promise<TaskPage> {
  const limit = Math.min(Math.max(query.limit ?? 10, 1), 200);
  const cursor = query.cursor === undefined ? null : readCursor(query.cursor, query);
  if (query.blockedBy !== undefined) return waitingTasks(redis, keys, query, limit, cursor, now);
  const plan = planOf(query);
  const [done, matched, total, filtered, score, id, full, rows] = await redis.trackerPage(
    keys.base,
    JSON.stringify({ ...plan, after: cursor?.after ?? null, limit, budget: BUDGET, countBudget: COUNT_BUDGET }),
  );
  const seen = (cursor?.seen ?? 0) + matched;
  // What is shown on this page and what was counted beyond it are not told apart by the next page: it counts anew.
  const shown = (cursor?.seen ?? 0) + rows.length;
  const tasks = await present(redis, keys, rows, now);
  return {
    tasks,
    total: filtered === 0 ? total : seen,
    totalIs: filtered === 0 || done === 1 ? 'exact' : 'at_least',
    nextCursor: hasMore(done, full, matched, rows.length, filtered)
      ? writeCursor({ after: [score, id], seen: shown }, query)
      : null,
  };
}

/** Without filters a full page that is not `done` has a next one; with filters, if more matched or not all was looked at. */
const hasMore = (done: number, full: number, matched: number, shown: number, filtered: number): boolean =>
  done === 0 || (full === 1 && filtered === 1 && matched > shown);

/** Which lists to read, and what to filter by on the way. */
function planOf(query: TaskQuery): object {
  const statuses = query.status ?? OPEN_STATUSES;
  const isOpenList = OPEN_STATUSES.every((status) => statuses.includes(status));
  const closed = statuses.filter((status) => !(OPEN_STATUSES as readonly string[]).includes(status));
  const cells = isOpenList ? ['open', ...closed] : statuses;
  const project = query.project === undefined ? '*' : projectKey(query.project);
  const words = (foldWords(query.query ?? '').match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => ` ${word}`);
  const filters = {
    words,
    since: query.since ?? null,
    statuses: [] as readonly string[],
    priorities: [] as readonly string[],
    components: [] as readonly string[],
    project: null as string | null,
    fold: false,
    floor: null as number | null,
  };
  if (query.sessionId !== undefined) {
    const lists = [`s:${query.sessionId}:open`, `s:${query.sessionId}:done`];
    return {
      ...filters,
      lists,
      statuses,
      priorities: query.priority ?? [],
      components: query.component ?? [],
      project: query.project === undefined ? null : project,
    };
  }
  if (query.sort === 'newest') {
    const lists = cells.map((status) => `n:${status}:${project}`);
    return {
      ...filters,
      lists,
      priorities: query.priority ?? [],
      components: query.component ?? [],
      floor: query.since ?? null,
      fold: query.since === undefined,
    };
  }
  const lists = cells.flatMap((status) =>
    (query.priority ?? ['*']).flatMap((priority) =>
      (query.component?.map(componentKey) ?? ['*']).map(
        (component) => `c:${status}:${priority}:${component}:${project}`,
      ),
    ),
  );
  const floor = query.since === undefined ? null : query.since / DAY_MS - LOWEST_BONUS_DAYS;
  return { ...filters, lists: [...new Set(lists)], floor, fold: query.since === undefined };
}

/** The open tasks that wait for one task, or for any whose title has these words. */
async function waitingTasks(
  redis: Redis,
  keys: Keys,
  query: TaskQuery,
  limit: number,
  cursor: Cursor | null,
  now: number,
): Promise<TaskPage> {
  const wanted = query.blockedBy ?? '';
  const waiting = await redis.zrevrange(keys.of('waiting'), 0, BUDGET - 1, 'WITHSCORES');
  const ranked: [string, string][] = [];
  for (let i = 0; i + 1 < waiting.length; i += 2) ranked.push([waiting[i] ?? '', waiting[i + 1] ?? '']);
  const records = await loadTasks(
    redis,
    keys,
    ranked.map(([id]) => id),
  );
  const blockers = await loadTasks(redis, keys, [
    ...new Set([...records.values()].flatMap((record) => record.blockedBy)),
  ]);
  const words = foldWords(wanted).match(/[\p{L}\p{N}]+/gu) ?? [];
  const isBlocker = (id: string): boolean => {
    const title = foldWords(blockers.get(id)?.title?.value ?? '').match(/[\p{L}\p{N}]+/gu) ?? [];
    return (
      id === wanted ||
      blockers.get(id)?.id === wanted ||
      (words.length > 0 && words.every((word) => title.some((t) => t.startsWith(word))))
    );
  };
  const order = await sessionOrder(redis, keys, [...records.values()]);
  const matching = ranked.flatMap(([id, score]): [Task, string][] => {
    const record = records.get(id);
    if (record === undefined || !record.blockedBy.some(isBlocker)) return [];
    const task = taskOf(record, order, now);
    return passes(task, query) ? [[task, score]] : [];
  });
  const from = cursor === null ? 0 : matching.findIndex(([task, score]) => isAfter(score, task.id, cursor.after));
  const page = from < 0 ? [] : matching.slice(from, from + limit);
  const last = page.at(-1);
  return {
    tasks: page.map(([task]) => task),
    total: matching.length,
    totalIs: ranked.length < BUDGET ? 'exact' : 'at_least',
    nextCursor:
      last === undefined || from + limit >= matching.length
        ? null
        : writeCursor({ after: [last[1], last[0].id], seen: from + page.length }, query),
  };
}

const isAfter = (score: string, id: string, after: readonly [string, string]): boolean =>
  Number(score) < Number(after[0]) || (Number(score) === Number(after[0]) && id < after[1]);

/** The other filters, for lists that are short enough to be looked at one by one. */
function passes(task: Task, query: TaskQuery): boolean {
  return (
    (query.status ?? OPEN_STATUSES).some((status) => status === task.status) &&
    (query.priority?.includes(task.priority) ?? true) &&
    (query.component === undefined || (task.component !== null && query.component.includes(task.component))) &&
    (query.project === undefined || query.project === task.project) &&
    (query.since === undefined || task.lastAt >= query.since) &&
    (query.sessionId === undefined || task.evidence.some(({ sessionId }) => sessionId === query.sessionId))
  );
}

async function present(redis: Redis, keys: Keys, rows: readonly Row[], now: number): Promise<Task[]> {
  const records = rows.map(([, , record]) => JSON.parse(record) as TaskRecord);
  const order = await sessionOrder(redis, keys, records);
  const tasks = records.map((record, index) => taskOf(record, order, now, rows[index]?.slice(3) ?? []));
  return resolveLinks(redis, keys, tasks);
}

/** Links to other tasks may have been told under another name of theirs; and the errors tied to each are added. */
async function resolveLinks(redis: Redis, keys: Keys, tasks: readonly Task[]): Promise<Task[]> {
  const linked = [...new Set(tasks.flatMap((task) => [...task.blockedBy, ...task.blocks]))];
  const names = linked.length === 0 ? [] : await redis.hmget(keys.of('aliases'), ...linked);
  const name = new Map(linked.map((id, index) => [id, names[index] ?? id]));
  const pipeline = redis.pipeline();
  for (const task of tasks) pipeline.smembers(keys.of('rel', task.id));
  const related = tasks.length === 0 ? [] : ((await pipeline.exec()) ?? []);
  return tasks.map((task, index) => ({
    ...task,
    blockedBy: task.blockedBy.map((id) => name.get(id) ?? id),
    blocks: task.blocks.map((id) => name.get(id) ?? id),
    relatedErrors: ((related[index]?.[1] as string[] | undefined) ?? []).sort().slice(0, 10),
  }));
}

/** Records by the id that was asked for, also if that is another name of the task. */
export async function loadTasks(redis: Redis, keys: Keys, ids: readonly string[]): Promise<Map<string, TaskRecord>> {
  const found = new Map<string, TaskRecord>();
  if (ids.length === 0) return found;
  let open = ids.map((id) => ({ asked: id, at: id }));
  for (let hops = 0; hops < 200 && open.length > 0; hops++) {
    const names = await redis.hmget(keys.of('aliases'), ...open.map(({ at }) => at));
    const settled = open.filter((_, index) => names[index] == null);
    const pipeline = redis.pipeline();
    for (const { at } of settled) pipeline.hget(keys.of('task', at), 'r');
    const answers = (await pipeline.exec()) ?? [];
    settled.forEach(({ asked }, index) => {
      const record = answers[index]?.[1] as string | null | undefined;
      if (record != null) found.set(asked, JSON.parse(record) as TaskRecord);
    });
    open = open.flatMap(({ asked }, index) => (names[index] == null ? [] : [{ asked, at: names[index] }]));
  }
  return found;
}

export async function getTask(redis: Redis, keys: Keys, id: string, now: number): Promise<Task | null> {
  const record = (await loadTasks(redis, keys, [id])).get(id);
  if (record === undefined) return null;
  const [task] = await resolveLinks(redis, keys, [taskOf(record, await sessionOrder(redis, keys, [record]), now)]);
  return task ?? null;
}

/** What a cursor is good for: everything that decides which tasks are listed, and in which order. */
const fingerprint = ({ cursor: _cursor, limit: _limit, ...query }: TaskQuery): string =>
  projectKey(JSON.stringify(Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1)))).slice(0, 8);

const writeCursor = ({ after, seen }: Cursor, query: TaskQuery): string =>
  Buffer.from([fingerprint(query), Number(after[0]), after[1], seen].join('|')).toString('base64url');

function readCursor(text: string, query: TaskQuery): Cursor {
  const [owner, score = '', id = '', seen = ''] = Buffer.from(text, 'base64url').toString().split('|');
  if (owner === fingerprint(query) && Number.isFinite(Number.parseFloat(score)) && id !== '' && /^\d+$/.test(seen)) {
    return { after: [score, id], seen: Number(seen) };
  }
  throw new InputError(
    'cursor: this cursor does not belong to this query; use the next_cursor of a call with the same filters, or leave it out to begin anew',
  );
}
