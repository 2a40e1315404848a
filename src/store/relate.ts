/** Which tasks an error is tied to. What is compared with stands in memory, so that what changed is what costs. */
import type { Redis } from 'ioredis';
import { Shelf, tieOf, type ErrorText, type Reason, type TaskText, type Tie } from '../domain/relate/index.js';
import type { Change } from './changes.js';
import type { Keys } from './keys.js';
import { headsOf } from './known-errors.js';
import { answersOf } from './pipeline.js';
import { errorTexts, taskTexts, timesOf } from './relate-texts.js';
import { loadTasks } from './tasks.js';

/** What is compared with: the newest of each. */
const MOST = { openTasks: 5_000, closedTasks: 500, errors: 2_000 } as const;
const MOST_TIES = 20;
const STEP = 500;
/** When an error happened is compared with when tasks were under way once in so long. */
const TIMES_EVERY_MS = 60_000;

export interface RelateStep {
  /** Ties of the errors that were looked at. */
  readonly ties: number;
  readonly changes: readonly Change[];
  /** Errors that are tied to other tasks than before, and tasks that are not tied to one of them any more. */
  readonly retied: readonly string[];
  readonly untied: readonly string[];
  /** Error → title of an open critical task that it is tied to. */
  readonly critical: ReadonlyMap<string, string>;
}

export interface Relating {
  /** Takes in tasks as they are now. @returns errors that they may be tied to, or were */
  tasks(ids: readonly string[]): Promise<readonly string[]>;
  errors(ids: readonly string[], now: number): Promise<RelateStep>;
  /** Errors that became part of another; the ledger has forgotten their ties. */
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
      const dire = new Map<string, string>();
      const tied: { readonly id: string; readonly best: Known['ties'] }[] = [];
      let count = 0;
      for (const { text } of errors) {
        const { id } = text;
        const before = known.get(id);
        // What comes a thousand times a second is compared again only when there is something else to compare.
        const isSame = before?.version === books.version && !fresh.has(id) && !times.has(id);
        const together = times.get(id) ?? before?.times ?? new Map<string, Reason>();
        const best = isSame ? before.ties : bestTies(books, text, together);
        count += best.length;
        const critical = best.find(([task]) => isCritical(books.task(task)));
        if (critical !== undefined) dire.set(id, critical[0]);
        const timesAt = times.has(id) ? now : (before?.timesAt ?? 0);
        remember(id, { version: books.version, ties: best, times: together, timesAt });
        if (before !== undefined && JSON.stringify(before.ties) === JSON.stringify(best)) continue;
        tied.push({ id, best });
        changes.push({ kind: 'error', id });
      }
      const untied = await writeTies(redis, keys, tied);
      const retied = tied.map(({ id }) => id);
      return { ties: count, changes, retied, untied, critical: await stillCritical(dire) };
    },

    async forget(ids) {
      if (ids.length === 0) return;
      const books = await shelf();
      for (const id of ids) {
        books.removeError(id);
        unlearn(id);
      }
    },
  };

  /** A status that was set by hand is told to nobody, so the few that matter are read again. @param dire error → task */
  async function stillCritical(dire: ReadonlyMap<string, string>): Promise<Map<string, string>> {
    const records = await loadTasks(redis, keys, [...new Set(dire.values())]);
    const texts = new Map((await taskTexts(redis, keys, [...records.values()])).map((task) => [task.id, task]));
    return new Map(
      [...dire].flatMap(([error, id]) => {
        const task = texts.get(id);
        return task !== undefined && isCritical(task) ? [[error, task.title] as const] : [];
      }),
    );
  }

  function remember(id: string, now: Known): void {
    unlearn(id);
    known.set(id, now);
    for (const [task] of now.ties) tiedTo.set(task, (tiedTo.get(task) ?? new Set()).add(id));
    for (const first of known.keys()) {
      if (known.size <= MOST.errors) break;
      unlearn(first);
    }
  }

  function unlearn(id: string): void {
    for (const [task] of known.get(id)?.ties ?? []) {
      const others = tiedTo.get(task);
      others?.delete(id);
      if (others?.size === 0) tiedTo.delete(task);
    }
    known.delete(id);
  }
}

/**
 * Ties in both ways; readers check the way back, from task to errors, against the ties themselves.
 * @returns tasks that were tied to one of these and are not any more
 */
async function writeTies(
  redis: Redis,
  keys: Keys,
  tied: readonly { readonly id: string; readonly best: Known['ties'] }[],
): Promise<string[]> {
  const read = redis.pipeline();
  for (const { id } of tied) read.hkeys(keys.of('tie', id));
  const former = (await answersOf(read)) as string[][];
  const write = redis.pipeline();
  const untied = new Set<string>();
  tied.forEach(({ id, best }, index) => {
    const tasks = new Set(best.map(([task]) => task));
    // Open tasks are never forgotten: neither would be what they were once tied to.
    for (const task of former[index] ?? []) {
      if (tasks.has(task)) continue;
      untied.add(task);
      write.srem(keys.of('tied', task), id);
    }
    for (const task of tasks) write.sadd(keys.of('tied', task), id);
    write.del(keys.of('tie', id));
    if (best.length === 0) return;
    write.hset(keys.of('tie', id), Object.fromEntries(best.map(([task, tie]) => [task, JSON.stringify(tie)])));
  });
  await answersOf(write);
  return [...untied];
}

const isCritical = (task: TaskText | undefined): boolean => task?.isOpen === true && task.priority === 'critical';

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
