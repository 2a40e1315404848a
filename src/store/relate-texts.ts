/** Tasks and errors as they are compared, read from the ledger. */
import type { Redis } from 'ioredis';
import type { FileStats } from '../domain/facts.js';
import { isOpen } from '../domain/model.js';
import {
  compareWith,
  mentionsOf,
  pathKey,
  SPAN_MS,
  type ErrorText,
  type Reason,
  type Shelf,
  type TaskText,
} from '../domain/relate/index.js';
import { isHidden, placeOf, standingOf, verdictOf, type TaskRecord } from '../domain/tasks/index.js';
import type { Keys } from './keys.js';
import { loadErrors, type KnownError } from './known-errors.js';
import { answersOf } from './pipeline.js';

/** `sessions`: whose files are known; `underWay`: tasks whose times are compared. */
const MOST = { sessions: 500, files: 100, underWay: 200 } as const;
const TIMES_BACK_MS = 48 * 3_600_000;
const MINUTE_MS = 60_000;

/** Tasks that are shown, each once, with the files that its first conversation worked on. */
export async function taskTexts(redis: Redis, keys: Keys, records: readonly TaskRecord[]): Promise<TaskText[]> {
  const shown = [...new Map(records.map((record) => [record.id, record])).values()].filter(
    (record) => !isHidden(record) && placeOf(record) !== null && verdictOf(record) === null,
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
      // Only what is stated: a computed one follows from how bad the errors are that it would make worse.
      priority: record.priority?.value ?? 'medium',
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

export interface LoadedError {
  readonly error: KnownError;
  readonly text: ErrorText;
}

/** Errors by their patterns, each once; ids that nothing is known of are left out. */
export async function errorTexts(redis: Redis, keys: Keys, ids: readonly string[]): Promise<LoadedError[]> {
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
export async function timesOf(
  redis: Redis,
  keys: Keys,
  errors: readonly LoadedError[],
  books: Shelf,
  now: number,
): Promise<Map<string, Map<string, Reason>>> {
  if (errors.length === 0) return new Map();
  const since = now - TIMES_BACK_MS;
  const underWay = underWaySince(books, since, now);
  const pipeline = redis.pipeline();
  for (const { error } of underWay.size === 0 ? [] : errors) {
    pipeline.hkeys(keys.of('err', error.id, 'm'));
    for (const id of error.told) pipeline.zrangebyscore(keys.of('err', id, 'ev'), since, now, 'WITHSCORES');
  }
  const tasksAt = compareWith(underWay);
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
      return [error.id, tasksAt(happened)];
    }),
  );
}

/** Numbers of the spans in which each task was in progress; of many tasks those that were begun last. */
function underWaySince(books: Shelf, since: number, now: number): Map<string, ReadonlySet<number>> {
  const begun: { readonly id: string; readonly at: number; readonly spans: TaskText['spans'] }[] = [];
  for (const { id, spans } of books.tasks()) {
    const late = spans.filter(([from, to]) => to >= since && from <= now);
    const last = late.at(-1);
    if (last !== undefined) begun.push({ id, at: last[0], spans: late });
  }
  begun.sort((a, b) => b.at - a.at);
  return new Map(
    begun.slice(0, MOST.underWay).map(({ id, spans }) => {
      const numbers = new Set<number>();
      for (const [from, to] of spans) {
        const last = Math.floor(Math.min(to, now) / SPAN_MS);
        for (let span = Math.floor(Math.max(from, since) / SPAN_MS); span <= last; span++) numbers.add(span);
      }
      return [id, numbers];
    }),
  );
}
