/** Reading tasks: pages of the pre-joined lists, and single tasks. */
import type { Redis } from 'ioredis';
import {
  isOpen,
  LISTINGS,
  OPEN_STATUSES,
  type Listing,
  type Task,
  type TaskPage,
  type TaskQuery,
} from '../domain/model.js';
import {
  listingOf,
  LOWEST_DAYS,
  standingOf,
  taskOf,
  waitsOf,
  wordsWaitedFor,
  type Around,
  type TaskRecord,
} from '../domain/tasks/index.js';
import { InputError } from '../errors.js';
import { aroundOf, SEARCHED_CHARS, wordsOf } from './commit.js';
import { componentKey, projectKey, type Keys } from './keys.js';
import { answersOf } from './pipeline.js';
import { sessionOrder } from './sessions.js';
import { errorsOfTasks } from './task-errors.js';

/** Candidates that one page may look at; `nextCursor` goes on from there. */
const BUDGET = 5_000;
/** Candidates looked at only to say how many there are. */
const COUNT_BUDGET = 250;
const DAY_MS = 86_400_000;

export interface PageCommand {
  trackerPage(base: string, query: string): Promise<PageAnswer>;
}
type Row = readonly [id: string, score: string, record: string, around: string, ...alike: string[]];
type PageAnswer = readonly [
  done: number,
  matched: number,
  total: number,
  filtered: number,
  score: string,
  id: string,
  passed: number,
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
  const { sessionId } = query;
  if (sessionId !== undefined && query.sort === 'newest') {
    return sessionTasks(redis, keys, { ...query, sessionId }, limit, cursor, now);
  }
  const plan = planOf(query);
  const [done, matched, total, filtered, score, id, passed, rows] = await redis.trackerPage(
    keys.base,
    JSON.stringify({ ...plan, after: cursor?.after ?? null, limit, budget: BUDGET, countBudget: COUNT_BUDGET }),
  );
  const before = cursor?.seen ?? 0;
  return {
    tasks: await present(redis, keys, rows, now, query.isBrief),
    total: filtered === 0 ? total : before + matched,
    totalIs: filtered === 0 || done === 1 ? 'exact' : 'at_least',
    // What was counted beyond this page is counted again by the next.
    nextCursor:
      done === 0 || matched > passed ? writeCursor({ after: [score, id], seen: before + passed }, query) : null,
  };
}

const behindBlanks = (text: string): readonly string[] => wordsOf(text).map((word) => ` ${word}`);

/** Which lists to read, and what to filter by on the way. */
function planOf(query: TaskQuery): object {
  // What is closed waits for nothing.
  const asked = query.status ?? OPEN_STATUSES;
  const statuses = query.blockedBy === undefined ? asked : asked.filter(isOpen);
  const isOpenList = OPEN_STATUSES.every((status) => statuses.includes(status));
  // What was dropped stands among the cancelled as well.
  const isTwice = (status: Listing): boolean => status === 'dropped' && statuses.includes('cancelled');
  const closed = statuses.filter((status) => !isOpen(status) && !isTwice(status));
  const cells = isOpenList ? ['open', ...closed] : [...statuses.filter(isOpen), ...closed];
  const project = query.project === undefined ? '*' : projectKey(query.project);
  const words = behindBlanks(query.query ?? '');
  const filters = {
    words,
    since: query.since ?? null,
    statuses: [] as readonly string[],
    priorities: [] as readonly string[],
    components: [] as readonly string[],
    project: null as string | null,
    fold: false,
    floor: null as number | null,
    counts: [] as readonly string[],
    blocker: query.blockedBy === undefined ? null : { id: query.blockedBy, words: behindBlanks(query.blockedBy) },
  };
  const fields = {
    statuses: withParts(statuses),
    priorities: query.priority ?? [],
    components: (query.component ?? []).map(componentKey),
  };
  if (query.sessionId !== undefined) {
    const lists = statuses.length === 0 ? [] : SESSION_LISTS.map((kind) => `s:${query.sessionId}:${kind}`);
    return { ...filters, ...fields, lists, project: query.project === undefined ? null : project };
  }
  const joined = [
    ...new Set(
      cells.flatMap((status) =>
        (query.priority ?? ['*']).flatMap((priority) =>
          (query.component?.map(componentKey) ?? ['*']).map(
            (component) => `c:${status}:${priority}:${component}:${project}`,
          ),
        ),
      ),
    ),
  ];
  if (query.sort === 'newest') {
    const lists = [...new Set(cells.map((status) => `n:${status}:${project}`))];
    return {
      ...filters,
      lists,
      priorities: fields.priorities,
      components: fields.components,
      floor: query.since ?? null,
      fold: query.since === undefined && query.blockedBy === undefined,
      counts: words.length === 0 && query.since === undefined && query.blockedBy === undefined ? joined : [],
    };
  }
  if (query.blockedBy !== undefined) {
    return {
      ...filters,
      ...fields,
      lists: statuses.length === 0 ? [] : ['waiting'],
      project: query.project === undefined ? null : project,
    };
  }
  const floor = query.since === undefined ? null : query.since / DAY_MS + LOWEST_DAYS;
  return { ...filters, lists: joined, floor, fold: query.since === undefined };
}

/** What a session tells of: to be done, done, and out of the lists by a hand. */
const SESSION_LISTS = ['open', 'done', 'out'] as const;

/** The statuses that records are filtered by, where each has one. */
const withParts = (asked: readonly Listing[]): readonly Listing[] =>
  asked.includes('cancelled') ? [...asked, 'dropped'] : asked;

/** The tasks of a session, newest first: a list that is short enough to be looked at one by one. */
async function sessionTasks(
  redis: Redis,
  keys: Keys,
  query: TaskQuery & { readonly sessionId: string },
  limit: number,
  cursor: Cursor | null,
  now: number,
): Promise<TaskPage> {
  const { blockedBy, sessionId } = query;
  const lists = SESSION_LISTS.map((kind) => redis.zrevrange(keys.of('s', sessionId, kind), 0, BUDGET - 1));
  const ids = (await Promise.all(lists)).flat();
  const known = await loadKnown(redis, keys, ids);
  const records = new Map([...known].map(([id, { record }]) => [id, record]));
  const isWaiting = blockedBy === undefined ? () => true : await waitsFor(redis, keys, blockedBy, records);
  const order = await sessionOrder(redis, keys, [...records.values()]);
  const matching = ids.flatMap((id): [Task, string][] => {
    const { record, around } = known.get(id) ?? {};
    if (record === undefined || !isWaiting(record)) return [];
    const task = taskOf(record, order, now, { ...(around && { around }) });
    if (blockedBy !== undefined && !isOpen(listingOf(record))) return [];
    return passes(task, record, query) ? [[task, String(task.lastAt)]] : [];
  });
  matching.sort(([a, scoreA], [b, scoreB]) => Number(scoreB) - Number(scoreA) || (a.id < b.id ? 1 : -1));
  const from = cursor === null ? 0 : matching.findIndex(([task, score]) => isAfter(score, task.id, cursor.after));
  const page = from < 0 ? [] : matching.slice(from, from + limit);
  const last = page.at(-1);
  const tasks = page.map(([task]) => task);
  return {
    tasks: await linked(redis, keys, tasks, query.isBrief),
    total: matching.length,
    totalIs: ids.length < BUDGET ? 'exact' : 'at_least',
    nextCursor:
      last === undefined || from + limit >= matching.length
        ? null
        : writeCursor({ after: [last[1], last[0].id], seen: from + page.length }, query),
  };
}

/** Whether a task waits for the one with this id, for one whose title has these words, or for something that they name. */
async function waitsFor(
  redis: Redis,
  keys: Keys,
  wanted: string,
  records: ReadonlyMap<string, TaskRecord>,
): Promise<(record: TaskRecord) => boolean> {
  const ids = [...new Set([wanted, ...[...records.values()].flatMap((record) => record.blockedBy)])];
  const [blockers, leads] = await Promise.all([loadTasks(redis, keys, ids), leadsOf(redis, keys, ids)]);
  const lead = leads.get(wanted)?.id ?? wanted;
  const isBlocker = (id: string): boolean => {
    const blocker = blockers.get(id);
    return (
      id === wanted ||
      leads.get(id)?.id === lead ||
      (wordsOf(wanted).length > 0 && hasWords(blocker?.title?.value ?? '', wanted))
    );
  };
  return (record) => {
    const waits = waitsOf(record, standingOf(record));
    const isNamed = waits !== null && wordsOf(wanted).length > 0 && hasWords(wordsWaitedFor(waits).join(' '), wanted);
    return isNamed || record.blockedBy.some(isBlocker);
  };
}

/** Each of `words` begins a word of the text. */
export function hasWords(text: string, words: string): boolean {
  const own = wordsOf(text);
  return wordsOf(words).every((word) => own.some((other) => other.startsWith(word)));
}

const isAfter = (score: string, id: string, after: readonly [string, string]): boolean =>
  Number(score) < Number(after[0]) || (Number(score) === Number(after[0]) && id < after[1]);

/** The other filters, for lists that are short enough to be looked at one by one. */
function passes(task: Task, record: TaskRecord, query: TaskQuery): boolean {
  return (
    withParts(query.status ?? OPEN_STATUSES).includes(listingOf(record)) &&
    (query.priority?.includes(task.priority) ?? true) &&
    (query.component === undefined || (task.component !== null && query.component.includes(task.component))) &&
    (query.project === undefined || query.project === task.project) &&
    (query.since === undefined || task.lastAt >= query.since) &&
    (query.sessionId === undefined || Object.hasOwn(record.sessions, query.sessionId)) &&
    hasWords(`${task.title} ${task.description?.slice(0, SEARCHED_CHARS) ?? ''}`, query.query ?? '')
  );
}

async function present(
  redis: Redis,
  keys: Keys,
  rows: readonly Row[],
  now: number,
  isBrief: boolean | undefined,
): Promise<readonly Task[]> {
  const records = rows.map(([, , record]) => JSON.parse(record) as TaskRecord);
  const order = await sessionOrder(redis, keys, records);
  const tasks = records.map((record, index) => {
    const [, , , around = '', ...sameAs] = rows[index] ?? [];
    return taskOf(record, order, now, { sameAs, around: aroundOf(around) });
  });
  return linked(redis, keys, tasks, isBrief);
}

/** With links resolved, or without any, which saves two ways to Redis. */
const linked = (
  redis: Redis,
  keys: Keys,
  tasks: readonly Task[],
  isBrief: boolean | undefined,
): Promise<readonly Task[]> | readonly Task[] =>
  isBrief === true
    ? tasks.map((task) => ({ ...task, blockedBy: [], blocks: [], relatedErrors: [] }))
    : resolveLinks(redis, keys, tasks);

/**
 * Links to other tasks may have been told under another name of theirs, and what a task waited for may be closed by now: that
 * blocks nothing any more. The errors tied to each are added.
 */
async function resolveLinks(redis: Redis, keys: Keys, tasks: readonly Task[]): Promise<Task[]> {
  const [leads, errors] = await Promise.all([
    leadsOf(redis, keys, [...new Set(tasks.flatMap((task) => [...task.blockedBy, ...task.blocks]))]),
    errorsOfTasks(
      redis,
      keys,
      tasks.map(({ id }) => id),
    ),
  ]);
  const resolved = (own: string, ids: readonly string[], isLeft: (id: string) => boolean): string[] => {
    const found = ids.filter(isLeft).map((id) => leads.get(id)?.id ?? id);
    return [...new Set(found)].filter((id) => id !== own);
  };
  const isUnfinished = (id: string): boolean => leads.get(id)?.isClosed !== true;
  return tasks.map((task) => {
    const blockedBy = resolved(task.id, task.blockedBy, isUnfinished);
    return {
      ...task,
      blockedBy,
      blocks: resolved(task.id, task.blocks, () => true),
      relatedErrors: (errors.get(task.id) ?? []).slice(0, 10),
      // What waits for another is not to be had quickly.
      quickWin: task.quickWin && blockedBy.length === 0,
    };
  });
}

/** Where ids lead: past other names of a task, and to the one that a hand merged it into. */
async function leadsOf(
  redis: Redis,
  keys: Keys,
  ids: readonly string[],
): Promise<Map<string, { readonly id: string; readonly isClosed: boolean }>> {
  const found = new Map<string, { readonly id: string; readonly isClosed: boolean }>();
  let open = ids.map((id) => ({ asked: id, at: id }));
  for (let hops = 0; hops < 200 && open.length > 0; hops++) {
    const pipeline = redis.pipeline().hmget(keys.of('aliases'), ...open.map(({ at }) => at));
    for (const { at } of open) pipeline.hmget(keys.of('task', at), 's', 'm');
    const [names, ...places] = (await answersOf(pipeline)) as (string | null)[][];
    open = open.flatMap(({ asked, at }, index) => {
      const [listing, into] = places[index] ?? [];
      const next = names?.[index] ?? (into == null || into === '' ? null : into);
      if (next !== null) return [{ asked, at: next }];
      found.set(asked, { id: at, isClosed: CLOSED.has(listing ?? '') });
      return [];
    });
  }
  return found;
}

const CLOSED: ReadonlySet<string> = new Set(LISTINGS.filter((status) => !isOpen(status)));

/** Records by the id that was asked for, also if that is another name of the task. */
export async function loadTasks(redis: Redis, keys: Keys, ids: readonly string[]): Promise<Map<string, TaskRecord>> {
  return new Map([...(await loadKnown(redis, keys, ids))].map(([id, { record }]) => [id, record]));
}

interface Known {
  readonly record: TaskRecord;
  readonly around: Around;
}

/** The same with what is around each. */
async function loadKnown(redis: Redis, keys: Keys, ids: readonly string[]): Promise<Map<string, Known>> {
  const found = new Map<string, Known>();
  if (ids.length === 0) return found;
  let open = ids.map((id) => ({ asked: id, at: id }));
  for (let hops = 0; hops < 200 && open.length > 0; hops++) {
    const names = await redis.hmget(keys.of('aliases'), ...open.map(({ at }) => at));
    const settled = open.filter((_, index) => names[index] == null);
    const pipeline = redis.pipeline();
    for (const { at } of settled) pipeline.hmget(keys.of('task', at), 'r', 'a');
    const answers = (await pipeline.exec()) ?? [];
    settled.forEach(({ asked }, index) => {
      const [record, around] = (answers[index]?.[1] ?? []) as (string | null)[];
      if (record == null) return;
      found.set(asked, { record: JSON.parse(record) as TaskRecord, around: aroundOf(around ?? null) });
    });
    open = open.flatMap(({ asked }, index) => (names[index] == null ? [] : [{ asked, at: names[index] }]));
  }
  return found;
}

export async function getTask(redis: Redis, keys: Keys, id: string, now: number): Promise<Task | null> {
  const known = (await loadKnown(redis, keys, [id])).get(id);
  if (known === undefined) return null;
  const { record, around } = known;
  const order = await sessionOrder(redis, keys, [record]);
  const [task] = await resolveLinks(redis, keys, [taskOf(record, order, now, { around })]);
  return task ?? null;
}

/** What a cursor is good for: everything that decides which tasks are listed, and in which order. */
const fingerprint = ({ cursor: _cursor, limit: _limit, isBrief: _isBrief, ...query }: TaskQuery): string =>
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
