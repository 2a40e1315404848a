/** Which tasks an error is tied to. What is compared with stands in memory, so that what changed is what costs. */
import type { Redis } from 'ioredis';
import type { FileStats } from '../domain/facts.js';
import { isOpen } from '../domain/model.js';
import {
  mentionsOf,
  pathKey,
  Shelf,
  SPAN_MS,
  tieOf,
  togetherReasons,
  type ErrorText,
  type Reason,
  type TaskText,
  type Tie,
} from '../domain/relate/index.js';
import { isHidden, placeOf, standingOf, type TaskRecord } from '../domain/tasks.js';
import type { Change } from './changes.js';
import type { Keys } from './keys.js';
import { headsOf, loadErrors, type KnownError } from './known-errors.js';
import { answersOf } from './pipeline.js';
import { loadTasks } from './tasks.js';

/** What is compared with: the newest of each. `sessions`: whose files are known. */
const MOST = { openTasks: 5_000, closedTasks: 500, errors: 2_000, sessions: 500, files: 100 } as const;
const MOST_TIES = 20;
const STEP = 500;
/** When an error happened is compared with when tasks were under way once in so long, over so long. */
const TIMES_EVERY_MS = 60_000;
const TIMES_BACK_MS = 48 * 3_600_000;
const MINUTE_MS = 60_000;

export interface RelateStep {
  /** Ties of the errors that were looked at. */
  readonly ties: number;
  readonly changes: readonly Change[];
  /** Error → title of an open critical task that it is tied to. */
  readonly critical: ReadonlyMap<string, string>;
}

export interface Relating {
  /** Takes in tasks as they are now. @returns errors that they may be tied to, or were */
  tasks(ids: readonly string[]): Promise<readonly string[]>;
  errors(ids: readonly string[], now: number): Promise<RelateStep>;
  /** Errors that became part of another. */
  forget(ids: readonly string[]): Promise<void>;
  /** Whether this error was looked at before. */
  readonly knows: (error: string) => boolean;
}

/** What was found the last time. */
interface Known {
  /** Of the tasks and errors that it was compared with. */
  readonly version: number;
  readonly ties: readonly (readonly [task: string, tie: Tie])[];
  readonly timesAt: number;
  readonly times: ReadonlyMap<string, Reason>;
}

export function createRelating(redis: Redis, keys: Keys): Relating {
  let loading: Promise<Shelf> | null = null;
  const known = new Map<string, Known>();
  const tiedTo = new Map<string, Set<string>>();

  /** Loaded once; what fails is tried again the next time. */
  function shelf(): Promise<Shelf> {
    loading ??= load(redis, keys).catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  }

  return {
    knows: (error) => known.has(error),

    async tasks(ids) {
      if (ids.length === 0) return [];
      const books = await shelf();
      const asked = new Set<string>();
      const records = await loadTasks(redis, keys, ids);
      const tasks = await taskTexts(redis, keys, [...new Set(records.values())]);
      const alive = new Set(tasks.map(({ id }) => id));
      for (const id of ids) {
        if (alive.has(id)) continue;
        books.removeTask(id);
        for (const error of tiedTo.get(id) ?? []) asked.add(error);
      }
      for (const task of tasks) {
        if (!books.putTask(task)) continue;
        for (const error of [...books.errorsNear(task), ...(tiedTo.get(task.id) ?? [])]) asked.add(error);
      }
      return [...asked];
    },

    async errors(ids, now) {
      const books = await shelf();
      const errors = await errorTexts(redis, keys, await headsOf(redis, keys, ids));
      const fresh = new Set(errors.flatMap(({ text }) => (books.putError(text) ? [text.id] : [])));
      const due = errors.filter(({ text }) => (known.get(text.id)?.timesAt ?? 0) <= now - TIMES_EVERY_MS);
      const times = await timesOf(redis, keys, due, books, now);
      const changes: Change[] = [];
      const critical = new Map<string, string>();
      const write = redis.pipeline();
      let count = 0;
      for (const { text } of errors) {
        const { id } = text;
        const before = known.get(id);
        // What comes a thousand times a second is compared again only when there is something else to compare.
        const isSame = before?.version === books.version && !fresh.has(id) && !times.has(id);
        const together = times.get(id) ?? before?.times ?? new Map<string, Reason>();
        const best = isSame ? before.ties : bestTies(books, text, together);
        count += best.length;
        const dire = best
          .map(([task]) => books.task(task))
          .find((task) => task?.isOpen && task.priority === 'critical');
        if (dire !== undefined) critical.set(id, dire.title);
        const timesAt = times.has(id) ? now : (before?.timesAt ?? 0);
        remember(id, { version: books.version, ties: best, times: together, timesAt });
        if (before !== undefined && JSON.stringify(before.ties) === JSON.stringify(best)) continue;
        write.del(keys.of('tie', id));
        if (best.length > 0)
          write.hset(keys.of('tie', id), Object.fromEntries(best.map(([task, tie]) => [task, JSON.stringify(tie)])));
        // The way back, which readers check against the ties themselves.
        for (const [task] of best) write.sadd(keys.of('tied', task), id);
        changes.push({ kind: 'error', id });
      }
      await answersOf(write);
      return { ties: count, changes, critical };
    },

    async forget(ids) {
      if (ids.length === 0) return;
      const books = await shelf();
      for (const id of ids) {
        books.removeError(id);
        for (const [task] of known.get(id)?.ties ?? []) tiedTo.get(task)?.delete(id);
        known.delete(id);
      }
      await redis.del(...ids.map((id) => keys.of('tie', id)));
    },
  };

  function remember(id: string, now: Known): void {
    for (const [task] of known.get(id)?.ties ?? []) tiedTo.get(task)?.delete(id);
    known.delete(id);
    known.set(id, now);
    for (const [task] of now.ties) tiedTo.set(task, (tiedTo.get(task) ?? new Set()).add(id));
    for (const [first, { ties }] of known) {
      if (known.size <= MOST.errors) break;
      known.delete(first);
      for (const [task] of ties) tiedTo.get(task)?.delete(first);
    }
  }
}

/** The closest first. */
function bestTies(books: Shelf, error: ErrorText, together: ReadonlyMap<string, Reason>): (readonly [string, Tie])[] {
  const reasons = books.reasonsFor(error);
  for (const [task, reason] of together) reasons.set(task, [...(reasons.get(task) ?? []), reason]);
  return [...reasons]
    .flatMap(([task, own]): [string, Tie][] => {
      const tie = books.task(task) === undefined ? null : tieOf(own);
      return tie === null ? [] : [[task, tie]];
    })
    .sort(([a, x], [b, y]) => y.score - x.score || (a < b ? -1 : 1))
    .slice(0, MOST_TIES);
}

async function load(redis: Redis, keys: Keys): Promise<Shelf> {
  const books = new Shelf({ tasks: MOST.openTasks + MOST.closedTasks, errors: MOST.errors });
  const [closed, open, errors] = await Promise.all([
    redis.zrevrange(keys.of('closed'), 0, MOST.closedTasks - 1),
    redis.zrevrange(keys.of('n:open:*'), 0, MOST.openTasks - 1),
    redis.zrevrange(keys.of('errors'), 0, MOST.errors - 1),
  ]);
  // The newest last, since of too many the first go.
  const tasks = [...closed.reverse(), ...open.reverse()];
  for (let from = 0; from < tasks.length; from += STEP) {
    const records = await loadTasks(redis, keys, tasks.slice(from, from + STEP));
    for (const task of await taskTexts(redis, keys, [...records.values()])) books.putTask(task);
  }
  for (const { text } of await errorTexts(redis, keys, errors.reverse())) books.putError(text);
  return books;
}

async function taskTexts(redis: Redis, keys: Keys, records: readonly TaskRecord[]): Promise<TaskText[]> {
  const shown = [...new Map(records.map((record) => [record.id, record])).values()].filter(
    (record) => !isHidden(record) && placeOf(record) !== null,
  );
  const firstSession = (record: TaskRecord): string => Object.keys(record.sessions)[0] ?? '';
  const sessions = [...new Set(shown.map(firstSession))].filter((id) => id !== '').slice(-MOST.sessions);
  const pipeline = redis.pipeline();
  for (const id of sessions) {
    pipeline
      .hvals(keys.of('sess', id))
      .zcard(keys.of('s', id, 'open'))
      .zcard(keys.of('s', id, 'done'));
  }
  const answers = await answersOf(pipeline);
  const workOf = new Map(
    sessions.map((id, index) => {
      const [files, open, done] = answers.slice(3 * index) as [string[], number, number];
      const paths = files.flatMap((text) => (JSON.parse(text) as FileStats).files);
      const edited = [...new Set(paths.map((path) => `file:${pathKey(path)}`))].slice(0, MOST.files);
      return [id, { edited, companions: open + done }];
    }),
  );
  return shown.map((record) => {
    const title = record.title?.value ?? '';
    const description = record.description?.value.slice(0, 2_000) ?? '';
    const work = workOf.get(firstSession(record));
    return {
      id: record.id,
      title,
      description,
      keys: [
        `task:${record.id}`,
        ...Object.keys(record.sessions).map((id) => `session:${id}`),
        ...mentionsOf(`${title}\n${description}`),
      ],
      edited: work?.edited ?? [],
      companions: work?.companions ?? 1,
      isOpen: isOpen(standingOf(record).status),
      priority: placeOf(record)?.priority ?? 'low',
      spans: spansOf(record),
    };
  });
}

/** Spans of time in which the task was in progress; the last one may still be open. */
export function spansOf(record: TaskRecord): (readonly [from: number, to: number])[] {
  return record.events.flatMap((event, index) =>
    event.status === 'in_progress'
      ? [[event.at, record.events[index + 1]?.at ?? Number.MAX_SAFE_INTEGER] as const]
      : [],
  );
}

interface Loaded {
  readonly error: KnownError;
  readonly text: ErrorText;
}

async function errorTexts(redis: Redis, keys: Keys, ids: readonly string[]): Promise<Loaded[]> {
  const errors = await loadErrors(redis, keys, ids);
  const distinct = [...new Map([...errors.values()].map((error) => [error.id, error])).values()];
  const pipeline = redis.pipeline();
  for (const { id } of distinct) pipeline.zrevrange(keys.of('err', id, 'keys'), 0, -1);
  const answers = (await answersOf(pipeline)) as string[][];
  return distinct.map((error, index) => {
    const { id, message, record, logged } = error;
    const said = record?.message.text ?? '';
    const words = [message, said, logged?.class ?? '', logged?.words ?? ''].join('\n');
    const own = answers[index] ?? [];
    // A conversation's own sessions are no mention: they are where it happened.
    const found = [...new Set([...own, ...mentionsOf(said)])].sort();
    return { error, text: { id, text: words, keys: found, components: logged?.components ?? [] } };
  });
}

/** For each error the tasks that were under way when it happened, where that is more than chance. */
async function timesOf(
  redis: Redis,
  keys: Keys,
  errors: readonly Loaded[],
  books: Shelf,
  now: number,
): Promise<Map<string, Map<string, Reason>>> {
  const since = now - TIMES_BACK_MS;
  const underWay = new Map<string, ReadonlySet<number>>();
  for (const { id, spans } of books.tasks()) {
    const numbers = new Set<number>();
    for (const [from, to] of spans) {
      const last = Math.floor(Math.min(to, now) / SPAN_MS);
      for (let span = Math.floor(Math.max(from, since) / SPAN_MS); span <= last; span++) numbers.add(span);
    }
    if (numbers.size > 0) underWay.set(id, numbers);
  }
  const pipeline = redis.pipeline();
  for (const { error } of underWay.size === 0 ? [] : errors) {
    pipeline.hkeys(keys.of('err', error.id, 'm'));
    for (const id of error.told) pipeline.zrangebyscore(keys.of('err', id, 'ev'), since, now, 'WITHSCORES');
  }
  const answers = (await answersOf(pipeline)) as string[][];
  let at = 0;
  return new Map(
    errors.map(({ error }) => {
      const happened = new Set(
        (answers[at++] ?? []).map((minute) => Math.floor((Number(minute) * MINUTE_MS) / SPAN_MS)),
      );
      for (const _ of error.told) {
        (answers[at++] ?? []).forEach((score, index) => {
          if (index % 2 === 1) happened.add(Math.floor(Number(score) / SPAN_MS));
        });
      }
      return [error.id, togetherReasons(happened, underWay)];
    }),
  );
}
