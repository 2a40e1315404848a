/** Counts of tasks that no list is ordered by: by the day that they were first told of, and by where they come from. */
import { SOURCES, STATUSES, type Source, type Status } from './model.js';
import { placeOf, standingOf, type TaskRecord } from './tasks/index.js';

const DAY_MS = 86_400_000;
/** As long as closed tasks are kept by default; what is older counts as of the first of these days. */
const MOST_DAYS = 400;
/** Others are counted in the sum alone; the walk begins with what is open and was touched last. */
const MOST_PROJECTS = 300;

/** Days since 1970, in UTC, each with a count. */
type ByDay = Record<string, number>;

export interface Figures {
  /** By the day of the first telling. */
  readonly opened: ByDay;
  /** By the day of the last event. */
  readonly sources: Record<string, ByDay>;
}

export interface Census {
  /** Of all tasks. */
  readonly all: Figures;
  readonly byProject: ReadonlyMap<string, Figures>;
}

export interface Counting {
  add(record: TaskRecord): void;
  finish(): Census;
}

const none = (): Figures => ({ opened: {}, sources: {} });
const dayOf = (at: number): number => Math.floor(at / DAY_MS);
const cellOf = (source: Source, status: Status): string => `${source}|${status}`;

export function createCounting(now: number): Counting {
  const earliest = dayOf(now) - MOST_DAYS;
  const all = none();
  const byProject = new Map<string, Figures>();

  const figuresOf = (project: string): Figures | undefined => {
    const known = byProject.get(project);
    if (known !== undefined || byProject.size >= MOST_PROJECTS) return known;
    const fresh = none();
    byProject.set(project, fresh);
    return fresh;
  };
  const count = (days: ByDay, at: number): void => {
    const day = String(Math.max(earliest, dayOf(at)));
    days[day] = (days[day] ?? 0) + 1;
  };

  return {
    add(record) {
      const listing: string | undefined = placeOf(record)?.status;
      if (listing === undefined || listing === 'dismissed' || listing === 'merged') return;
      const { status } = standingOf(record);
      const project = record.project?.value;
      for (const figures of [all, project === undefined ? undefined : figuresOf(project)]) {
        if (figures === undefined) continue;
        count(figures.opened, record.firstAt);
        count((figures.sources[cellOf(record.source, status)] ??= {}), record.lastAt);
      }
    },
    finish: () => ({ all, byProject }),
  };
}

/** How many tasks were first told of in whole days from `from` until `until`. */
export function openedBetween({ opened }: Figures, from: number, until: number): number {
  let sum = 0;
  for (let day = Math.ceil(from / DAY_MS); day < dayOf(until); day++) sum += opened[String(day)] ?? 0;
  return sum;
}

/** By source and status, those whose last event is on the day of `since` or later. */
export function bySource({ sources }: Figures, since: number): Record<Source, Record<Status, number>> {
  const from = Number.isFinite(since) ? dayOf(since) : Number.NEGATIVE_INFINITY;
  const sum = (days: ByDay = {}): number =>
    Object.entries(days).reduce((total, [day, n]) => (Number(day) >= from ? total + n : total), 0);
  const statuses = (source: Source): Record<Status, number> =>
    Object.fromEntries(STATUSES.map((status) => [status, sum(sources[cellOf(source, status)])])) as Record<
      Status,
      number
    >;
  return Object.fromEntries(SOURCES.map((source) => [source, statuses(source)])) as Record<
    Source,
    Record<Status, number>
  >;
}
