/** What is found around tasks: their component, errors tied to them that still happen, tasks that wait for them. */
import type { Redis } from 'ioredis';
import type { KnownComponent } from '../config/components.js';
import type { FileStats } from '../domain/facts.js';
import { isOpen, OPEN_STATUSES, PRIORITIES, type Priority } from '../domain/model.js';
import { filesNamedIn } from '../domain/paths.js';
import { componentOf, listingOf, liveOf, type Around, type TaskRecord, type TiedError } from '../domain/tasks/index.js';
import { componentOfKey, type Keys } from './keys.js';
import { headsOf } from './known-errors.js';
import { answersOf } from './pipeline.js';
import { tiesOfTasks, type TaskTies } from './task-errors.js';

/** Of one task. */
const MOST = { waiting: 200, errors: 50, sessions: 3, files: 300, words: 4_000 } as const;

interface Task {
  readonly id: string;
  readonly record: TaskRecord;
}

export interface Found {
  readonly around: Around;
  /** When it is to be looked at again, if nothing happens before. */
  readonly until: number | null;
}

export async function lookAround(
  redis: Redis,
  keys: Keys,
  components: readonly KnownComponent[],
  tasks: readonly Task[],
  now: number,
): Promise<Map<string, Found>> {
  const ids = tasks.map(({ id }) => id);
  const ties = await tiesOfTasks(redis, keys, ids);
  const [errors, waiting, files] = await Promise.all([
    errorsOf(redis, keys, [...new Set([...ties.values()].flatMap(({ named, meanwhile }) => [...named, ...meanwhile]))]),
    waitingFor(redis, keys, tasks),
    components.length === 0 ? new Map<string, readonly string[]>() : filesOf(redis, keys, tasks),
  ]);
  return new Map(
    tasks.map(({ id, record }) => {
      const own = ties.get(id) ?? { named: [], meanwhile: [] };
      const component = componentFor(components, record, files, own, errors);
      const shown: Around = component == null ? {} : { component };
      if (!isOpen(listingOf(record))) return [id, { around: shown, until: null }];
      const live = liveOf(tiedErrors(own, errors), record.lastAt, now);
      const count = waiting.get(id) ?? 0;
      return [
        id,
        {
          around: {
            ...shown,
            ...(live !== null && { live: live.live }),
            ...(count !== record.blocks.length && { waiting: count }),
          },
          until: live?.until ?? null,
        },
      ];
    }),
  );
}

interface KnownError {
  readonly head: string;
  readonly lastAt: number;
  readonly severity: Priority;
  readonly components: readonly string[];
}

/** By the ids that were asked for, each with its head, under which it is listed. */
async function errorsOf(redis: Redis, keys: Keys, ids: readonly string[]): Promise<Map<string, KnownError>> {
  const heads = await headsOf(redis, keys, ids);
  const distinct = [...new Set(heads)];
  const pipeline = redis.pipeline();
  for (const id of distinct) pipeline.zscore(keys.of('errors'), id).hget(keys.of('err', id), 'pl');
  const answers = (await answersOf(pipeline)) as (string | null)[];
  const known = new Map(
    distinct.flatMap((head, index) => {
      const [lastAt, place] = answers.slice(2 * index);
      if (lastAt == null || place == null) return [];
      const [named = '', logs = ''] = place.split('|');
      const severity = PRIORITIES.find((one) => one === named) ?? 'medium';
      const components = logs.split(',').filter((part) => part !== '');
      return [[head, { head, lastAt: Number(lastAt), severity, components: components.map(componentOfKey) }] as const];
    }),
  );
  return new Map(
    ids.flatMap((id, index) => {
      const error = known.get(heads[index] ?? id);
      return error === undefined ? [] : [[id, error] as const];
    }),
  );
}

/** Each pattern once; one that a text names is that, though it happened beside the work as well. */
function tiedErrors({ named, meanwhile }: TaskTies, errors: ReadonlyMap<string, KnownError>): TiedError[] {
  const found = new Map<string, TiedError>();
  for (const [by, ids] of [
    ['meanwhile', meanwhile],
    ['named', named],
  ] as const) {
    for (const id of ids) {
      const error = errors.get(id);
      if (error !== undefined) found.set(error.head, { by, lastAt: error.lastAt, severity: error.severity });
    }
  }
  return [...found.values()].slice(0, MOST.errors);
}

/** How many open tasks wait for each: those that say so, and those that it says of itself. */
async function waitingFor(redis: Redis, keys: Keys, tasks: readonly Task[]): Promise<Map<string, number>> {
  const said = [...new Set(tasks.flatMap(({ record }) => record.blocks))];
  const names = said.length === 0 ? [] : await redis.hmget(keys.of('aliases'), ...said);
  const leads = new Map(said.map((id, index) => [id, names[index] ?? id]));
  const pipeline = redis.pipeline();
  for (const { id } of tasks) pipeline.sscan(keys.of('waits', id), 0, 'COUNT', MOST.waiting);
  for (const id of said) pipeline.hget(keys.of('task', leads.get(id) ?? id), 's');
  const answers = await answersOf(pipeline);
  const statuses = answers.slice(tasks.length) as (string | null)[];
  const open = new Set(said.filter((_, index) => OPEN.has(statuses[index] ?? '')));
  return new Map(
    tasks.map(({ id, record }, index) => {
      const [, waits] = answers[index] as [string, string[]];
      const own = record.blocks.filter((other) => open.has(other)).map((other) => leads.get(other) ?? other);
      return [id, new Set([...waits, ...own]).size];
    }),
  );
}

const OPEN: ReadonlySet<string> = new Set(OPEN_STATUSES);

const sessionsOf = (record: TaskRecord): readonly string[] =>
  Object.keys(record.sessions)
    .filter((id) => id !== '')
    .slice(0, MOST.sessions);

/** Files that each session worked on. */
async function filesOf(redis: Redis, keys: Keys, tasks: readonly Task[]): Promise<Map<string, readonly string[]>> {
  const sessions = [...new Set(tasks.flatMap(({ record }) => sessionsOf(record)))];
  const pipeline = redis.pipeline();
  for (const id of sessions) pipeline.hvals(keys.of('sess', id));
  const answers = (await answersOf(pipeline)) as string[][];
  return new Map(
    sessions.map((id, index) => {
      const files = (answers[index] ?? []).flatMap((text) => (JSON.parse(text) as FileStats).files);
      return [id, [...new Set(files)].slice(0, MOST.files)];
    }),
  );
}

function componentFor(
  components: readonly KnownComponent[],
  record: TaskRecord,
  files: ReadonlyMap<string, readonly string[]>,
  { named }: TaskTies,
  errors: ReadonlyMap<string, KnownError>,
): Around['component'] | null {
  if (components.length === 0) return null;
  const told = [record.title?.value, record.description?.value, ...(record.mentions ?? []).map(({ quote }) => quote)];
  const words = told.join('\n').slice(0, MOST.words);
  const tied = new Map(
    named.flatMap((id) => (errors.has(id) ? [[errors.get(id)?.head, errors.get(id)] as const] : [])),
  );
  return componentOf(components, {
    words,
    named: filesNamedIn(words).map(({ path }) => path),
    edited: [...new Set(sessionsOf(record).flatMap((id) => files.get(id) ?? []))],
    project: record.project?.value ?? null,
    logged: [...tied.values()].flatMap((error) => error?.components ?? []),
  });
}
