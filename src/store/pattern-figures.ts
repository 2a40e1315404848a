/** How often and how lately an error happened, where, and which tasks it is tied to. */
import type { Redis } from 'ioredis';
import { verdictOf } from '../domain/tasks/index.js';
import { perDayBefore, trendOf } from '../domain/trend.js';
import type { Pattern, PatternDetails, Sample, Signal, TiedTask } from './correlations.js';
import type { Keys } from './keys.js';
import type { KnownError } from './known-errors.js';
import { answersOf } from './pipeline.js';
import { loadTasks } from './tasks.js';

/** Tasks of one error that are weighed against each other. */
const WEIGHED = 100;
const MOST_SOURCES = 20;
const MOST_PRINTS = 20;
const HOURS = 24;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export interface PatternShape {
  readonly now: number;
  /** Tasks wanted of each. */
  readonly mostTasks: number;
  readonly isDetailed?: boolean;
}

interface Figures {
  /** In conversations: all, and in the last 24 hours. */
  readonly told: number;
  readonly toldLately: number;
  /** In logs, by the hour; the last one is under way. */
  readonly hours: readonly number[];
  readonly sources: readonly string[];
  /** What `correlate` tied to it: task → score and reason. */
  readonly tied: ReadonlyMap<string, { readonly score: number; readonly why: string }>;
  /** How many tasks were under way when it happened, and some of them. */
  readonly underWay: number;
  readonly taskIds: readonly string[];
}

export async function patternsOf(
  redis: Redis,
  keys: Keys,
  errors: readonly KnownError[],
  shape: PatternShape,
): Promise<Pattern[]> {
  const { now } = shape;
  const figures = await figuresOf(redis, keys, errors, now);
  const tied = await tiedTasks(redis, keys, figures, shape.mostTasks);
  const details = shape.isDetailed === true ? await detailsOf(redis, keys, errors, figures) : [];
  return errors.map((error, index): Pattern => {
    const { id, record, logged, firstAt, lastAt } = error;
    const { told = 0, toldLately = 0, hours = [], sources = [] } = figures[index] ?? {};
    const count = told + (logged?.count ?? 0);
    const lastDay = Math.min(count, toldLately + sum(hours));
    const pace = { firstAt, count, lastDay };
    const [tasks, tasksTotal] = tied[index] ?? [[], 0];
    return {
      id,
      class: error.class,
      message: error.message,
      severity: error.severity,
      severityReason: error.severityReason,
      component: logged?.components[0] ?? null,
      sources: [...(record === null ? [] : ['conversation']), ...sources],
      project: record?.project?.text ?? null,
      count,
      firstAt,
      lastAt,
      trend: trendOf(pace, now),
      lastDay,
      perDayBefore: perDayBefore(pace, now),
      sessions: record?.sessions ?? [],
      tasks,
      tasksTotal,
      details: details[index] ?? null,
    };
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

async function figuresOf(redis: Redis, keys: Keys, errors: readonly KnownError[], now: number): Promise<Figures[]> {
  const hour = Math.floor(now / HOUR_MS);
  const lately = Array.from({ length: HOURS }, (_, back) => String(hour - HOURS + 1 + back));
  const pipeline = redis.pipeline();
  for (const { id, told } of errors) {
    pipeline
      .hmget(keys.of('err', id, 'h'), ...lately)
      .zrevrange(keys.of('err', id, 'src'), 0, MOST_SOURCES - 1)
      .hscan(keys.of('tie', id), 0, 'COUNT', WEIGHED);
    for (const one of told) {
      pipeline
        .zcard(keys.of('err', one, 'ev'))
        .zcount(keys.of('err', one, 'ev'), now - DAY_MS, '+inf')
        .scard(keys.of('relt', one))
        .sscan(keys.of('relt', one), 0, 'COUNT', WEIGHED);
    }
  }
  const answers = await answersOf(pipeline);
  let at = 0;
  return errors.map(({ told }): Figures => {
    const hours = (answers[at++] as (string | null)[]).map((n) => Math.max(0, Number(n ?? 0)));
    const sources = answers[at++] as string[];
    const [, ties] = answers[at++] as [string, string[]];
    const tied = new Map<string, { score: number; why: string }>();
    for (let index = 0; index < ties.length; index += 2) {
      tied.set(ties[index] ?? '', JSON.parse(ties[index + 1] ?? '') as { score: number; why: string });
    }
    const figures = { told: 0, toldLately: 0, underWay: 0 };
    const taskIds = new Set<string>();
    for (const _ of told) {
      figures.told += answers[at++] as number;
      figures.toldLately += answers[at++] as number;
      figures.underWay += answers[at++] as number;
      for (const task of (answers[at++] as [string, string[]])[1]) taskIds.add(task);
    }
    return { ...figures, hours, sources, tied, taskIds: [...taskIds].slice(0, WEIGHED) };
  });
}

/** For each error its tasks, the closest first, and how many there are; tasks that were forgotten since are left out. */
async function tiedTasks(
  redis: Redis,
  keys: Keys,
  errors: readonly Figures[],
  most: number,
): Promise<(readonly [tasks: TiedTask[], total: number])[]> {
  const ids = [...new Set(errors.flatMap(({ taskIds }) => taskIds))];
  const pipeline = redis.pipeline();
  for (const id of ids) pipeline.scard(keys.of('rel', id));
  const sizes = (await answersOf(pipeline)) as number[];
  const errorsOf = new Map(ids.map((id, index) => [id, Math.max(1, sizes[index] ?? 1)]));
  const ranked = errors.map(({ taskIds, tied, underWay }) => {
    const all = new Map<string, { readonly score: number; readonly why: string }>();
    for (const id of taskIds) {
      const errorsOfTask = errorsOf.get(id) ?? 1;
      const why = `under way when it happened, as ${many(underWay, 'task')} in all; tied to ${many(errorsOfTask, 'error')}`;
      all.set(id, { score: 1 / Math.sqrt(Math.max(1, underWay) * errorsOfTask), why });
    }
    for (const [id, tie] of tied) {
      const known = all.get(id);
      const [best, other] = known === undefined || known.score < tie.score ? [tie, known] : [known, tie];
      all.set(id, other === undefined ? best : { score: best.score, why: `${best.why}; ${other.why}` });
    }
    // Twice what is wanted, since some may be forgotten or other names of one.
    const best = [...all].sort(([a, x], [b, y]) => y.score - x.score || (a < b ? -1 : 1)).slice(0, 2 * most);
    const total = underWay + [...tied.keys()].filter((id) => !taskIds.includes(id)).length;
    return { best, total };
  });
  const records = await loadTasks(redis, keys, [...new Set(ranked.flatMap(({ best }) => best.map(([id]) => id)))]);
  return ranked.map(({ best, total }) => {
    const found = new Map<string, TiedTask>();
    for (const [asked, tie] of best) {
      const record = records.get(asked);
      const title = record?.title?.value;
      if (record === undefined || title === undefined || found.has(record.id) || verdictOf(record) !== null) continue;
      found.set(record.id, { id: record.id, title, ...tie });
    }
    return [[...found.values()].slice(0, most), total] as const;
  });
}

const many = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

async function detailsOf(
  redis: Redis,
  keys: Keys,
  errors: readonly KnownError[],
  figures: readonly Figures[],
): Promise<PatternDetails[]> {
  const pipeline = redis.pipeline();
  for (const { id } of errors) {
    pipeline
      .zrange(keys.of('err', id, 'smp'), 0, -1)
      .hgetall(keys.of('sig', id))
      .sscan(keys.of('err', id, 'fp'), 0, 'COUNT', MOST_PRINTS)
      .zrevrange(keys.of('err', id, 'keys'), 0, -1);
  }
  const answers = await answersOf(pipeline);
  return errors.map(({ logged }, index): PatternDetails => {
    const [samples, signals, [, prints], linkKeys] = answers.slice(4 * index) as [
      string[],
      Record<string, string>,
      [string, string[]],
      string[],
    ];
    return {
      // In front of each stands which bytes of which file it is.
      samples: samples.map((member) => JSON.parse(member.slice(member.indexOf('|') + 1)) as Sample),
      signals: Object.entries(signals)
        .map(([kind, text]) => ({ kind, ...(JSON.parse(text) as Omit<Signal, 'kind'>) }))
        .sort((a, b) => b.at - a.at || (a.kind < b.kind ? -1 : 1)),
      hours: figures[index]?.hours ?? [],
      fingerprints: prints.sort().slice(0, MOST_PRINTS),
      groupingVersion: logged?.groupingVersion ?? null,
      level: logged?.level ?? null,
      components: logged?.components ?? [],
      keys: linkKeys,
    };
  });
}
