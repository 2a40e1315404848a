/** Which errors a task is tied to. */
import type { Redis } from 'ioredis';
import type { Keys } from './keys.js';
import { answersOf } from './pipeline.js';

/** Of one task. */
const MOST_ERRORS = 200;
/** A tie that says less does not make the error one of the task. */
const LEAST_TIE = 0.5;

export interface TaskTies {
  /** Tied by names, words or times. */
  readonly named: readonly string[];
  /** Happened while the task was under way. */
  readonly meanwhile: readonly string[];
}

export async function tiesOfTasks(redis: Redis, keys: Keys, ids: readonly string[]): Promise<Map<string, TaskTies>> {
  const pipeline = redis.pipeline();
  for (const id of ids) {
    pipeline.sscan(keys.of('rel', id), 0, 'COUNT', MOST_ERRORS).sscan(keys.of('tied', id), 0, 'COUNT', MOST_ERRORS);
  }
  const answers = ((await answersOf(pipeline)) as [string, string[]][]).map(([, some]) => some.slice(0, MOST_ERRORS));
  const tied = ids.flatMap((id, index) => (answers[2 * index + 1] ?? []).map((error) => [id, error] as const));
  const ties = redis.pipeline();
  for (const [id, error] of tied) ties.hget(keys.of('tie', error), id);
  const texts = (await answersOf(ties)) as (string | null)[];
  const named = new Map<string, string[]>(ids.map((id) => [id, []]));
  tied.forEach(([id, error], index) => {
    const text = texts[index];
    if (text != null && (JSON.parse(text) as { score: number }).score >= LEAST_TIE) named.get(id)?.push(error);
  });
  return new Map(ids.map((id, index) => [id, { named: named.get(id) ?? [], meanwhile: answers[2 * index] ?? [] }]));
}

/** The errors that each task is tied to, sorted: those that happened while it was under way, and those that it names. */
export async function errorsOfTasks(redis: Redis, keys: Keys, ids: readonly string[]): Promise<Map<string, string[]>> {
  const ties = await tiesOfTasks(redis, keys, ids);
  return new Map(
    [...ties].map(([id, { named, meanwhile }]) => [
      id,
      [...new Set([...meanwhile, ...named])].sort().slice(0, MOST_ERRORS),
    ]),
  );
}
