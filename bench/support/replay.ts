/** A history told again, fact by fact: learning from what was, and judging what was then said of the time after it. */
import type { TaskFact } from '../../src/domain/facts.js';
import {
  chanceOf,
  lifeOf,
  nextDone,
  sightOf,
  type Forecast,
  type Life,
  type Seen,
} from '../../src/domain/forecast/index.js';
import { createHistorian, learn, type Material } from '../../src/domain/learning/index.js';
import { mergeTasks, recordOf, type TaskRecord } from '../../src/domain/tasks/index.js';
import { say } from './options.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const HORIZON_MS = 7 * DAY_MS;
/** Other hours than those that examples are taken at. */
const LOOK_EVERY_MS = 29 * HOUR_MS;

/** What was said of an open task at an instant, and what came of it. */
export interface Said {
  readonly task: string;
  readonly at: number;
  readonly isDone: boolean;
  readonly ours: number;
  /** The pace of all, as it was known: the best that can be said of a task that nothing is known of. */
  readonly base: number;
  readonly bands: number;
}

export interface Replayed {
  readonly said: readonly Said[];
  readonly forecasts: readonly Forecast[];
  readonly learnMs: readonly number[];
}

/** @param facts in the order of time @param share of the open tasks that are asked about at each look */
export function replay(
  facts: readonly TaskFact[],
  { judgeFrom, until, learnEveryDays, share }: Record<'judgeFrom' | 'until' | 'learnEveryDays' | 'share', number>,
): Replayed {
  const records = new Map<string, TaskRecord>();
  const learnMs: number[] = [];
  const forecasts: Forecast[] = [];
  const asked: Omit<Said, 'isDone'>[] = [];
  let told = 0;
  const tellUntil = (at: number): void => {
    for (; told < facts.length && (facts[told]?.at ?? 0) <= at; told++) {
      const fact = facts[told];
      if (fact === undefined) continue;
      const known = records.get(fact.id);
      records.set(fact.id, known === undefined ? recordOf(fact) : mergeTasks(known, recordOf(fact)));
    }
  };
  for (let block = judgeFrom; block + HORIZON_MS <= until; block += learnEveryDays * DAY_MS) {
    tellUntil(block);
    const startedAt = performance.now();
    const material = materialOf(records, block);
    const forecast = learn(material, block, 0);
    learnMs.push(performance.now() - startedAt);
    forecasts.push(forecast);
    if (forecast.state !== 'ready') continue;
    const bands = createBands(material);
    const blockEnd = Math.min(block + learnEveryDays * DAY_MS, until - HORIZON_MS);
    for (let at = Math.ceil(block / LOOK_EVERY_MS) * LOOK_EVERY_MS; at < blockEnd; at += LOOK_EVERY_MS) {
      tellUntil(at);
      for (const [task, life] of openAt(records, at, share)) {
        const sight = sightOf(life, at);
        if (sight === null || sight.ageMs < HOUR_MS) continue;
        const seen: Seen = { ...sight, pace: forecast.paces[life.project ?? ''] ?? forecast.pace };
        const { probability } = chanceOf(forecast.model, seen);
        asked.push({ task, at, ours: probability, base: forecast.pace, bands: bands(seen) });
      }
    }
    say(`judged up to day ${Math.round((blockEnd - (facts[0]?.at ?? 0)) / DAY_MS)} …`);
  }
  tellUntil(Number.POSITIVE_INFINITY);
  const lives = new Map([...records].map(([id, record]) => [id, lifeOf(record)]));
  const said = asked.flatMap((one): Said[] => {
    const life = lives.get(one.task);
    return life == null ? [] : [{ ...one, isDone: nextDone(life, one.at) <= one.at + HORIZON_MS }];
  });
  return { said, forecasts, learnMs };
}

function materialOf(records: ReadonlyMap<string, TaskRecord>, now: number): Material {
  const historian = createHistorian(now);
  for (const record of records.values()) {
    const life = lifeOf(record);
    if (life !== null) historian.add(life);
  }
  return historian.finish();
}

function* openAt(records: ReadonlyMap<string, TaskRecord>, at: number, share: number): Generator<[string, Life]> {
  let nth = Math.floor(at / LOOK_EVERY_MS);
  for (const [id, record] of records) {
    if (record.events.at(-1)?.status === 'completed' || record.events.at(-1)?.status === 'cancelled') continue;
    nth += 1;
    const life = nth % Math.round(1 / share) === 0 ? lifeOf(record) : null;
    if (life !== null) yield [id, life];
  }
}

/**
 * What a table would say: the share that was done of examples of the same status, and about as old and as long untouched
 * (Kaplan and Meier's estimate of a week, stratum by stratum), drawn towards that of all by ten examples.
 */
function createBands({ examples }: Material): (seen: Pick<Seen, 'ageMs' | 'idleMs' | 'status'>) => number {
  const all = examples.filter(({ isDone }) => isDone).length / examples.length;
  const counts = new Map<string, { n: number; done: number }>();
  const band = (logHours: number): number => Math.floor(logHours / 1.2);
  for (const { values, isDone } of examples) {
    const [age = 0, idle = 0, begun = 0, blocked = 0] = values;
    const key = [band(age), band(idle), begun, blocked].join();
    const count = counts.get(key) ?? { n: 0, done: 0 };
    counts.set(key, { n: count.n + 1, done: count.done + (isDone ? 1 : 0) });
  }
  return ({ ageMs, idleMs, status }) => {
    const at = (ms: number): number => band(Math.log1p(ms / HOUR_MS));
    const key = [at(ageMs), at(idleMs), Number(status === 'in_progress'), Number(status === 'blocked')].join();
    const { n, done } = counts.get(key) ?? { n: 0, done: 0 };
    return (done + 10 * all) / (n + 10);
  };
}
