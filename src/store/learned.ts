/** What the insight worker learned in its last walk over all tasks, and what that says of some of them. */
import type { Redis } from 'ioredis';
import type { Census, Figures } from '../domain/census.js';
import { chanceOf, FORECAST_VERSION, lifeOf, sightOf, type Chance, type Forecast } from '../domain/forecast/index.js';
import { projectKey, type Keys } from './keys.js';
import type { Predictions } from './measures.js';
import { loadTasks } from './tasks.js';

/** One step, so that counts of one walk are never seen beside those of another. */
export async function writeLearned(
  redis: Redis,
  keys: Keys,
  { at, forecast, census }: { readonly at: number; readonly forecast: Forecast; readonly census: Census },
): Promise<void> {
  const figures = keys.of('figures');
  await redis
    .multi()
    .set(keys.of('forecast'), JSON.stringify(forecast))
    .del(figures)
    .hset(figures, {
      at: String(at),
      '*': JSON.stringify(census.all),
      ...Object.fromEntries(
        [...census.byProject].map(([project, own]) => [projectKey(project), JSON.stringify(own)] as const),
      ),
    })
    .exec();
}

/** Null where nothing was learned yet, or by another version. */
export async function readForecast(redis: Redis, keys: Keys): Promise<Forecast | null> {
  const text = await redis.get(keys.of('forecast'));
  const forecast = text === null ? null : (JSON.parse(text) as Forecast);
  return forecast?.version === FORECAST_VERSION ? forecast : null;
}

/** @param project its part of a key, `*` for all */
export async function readFigures(
  redis: Redis,
  keys: Keys,
  project: string,
): Promise<{ readonly at: number; readonly figures: Figures } | null> {
  const [at, text] = await redis.hmget(keys.of('figures'), 'at', project);
  return at == null || text == null ? null : { at: Number(at), figures: JSON.parse(text) as Figures };
}

/** Cost grows with the tasks that are asked about. */
export async function predict(
  redis: Redis,
  keys: Keys,
  { ids, now }: { readonly ids: readonly string[]; readonly now: number },
): Promise<Predictions> {
  const [forecast, records] = await Promise.all([readForecast(redis, keys), loadTasks(redis, keys, ids)]);
  const chances = new Map<string, Chance>();
  if (forecast?.state !== 'ready') return { forecast, chances };
  for (const [id, record] of records) {
    const life = lifeOf(record);
    const sight = life === null ? null : sightOf(life, now);
    if (life === null || sight === null) continue;
    const pace = forecast.paces[life.project ?? ''] ?? forecast.pace;
    chances.set(id, chanceOf(forecast.model, { ...sight, pace }));
  }
  return { forecast, chances };
}
