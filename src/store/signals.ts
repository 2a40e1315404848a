/** Spikes, new errors and silence, from the counts of logs by minute and hour. */
import type { Redis } from 'ioredis';
import { LEVELS, type Level } from '../domain/log/model.js';
import {
  ALARMS_PER_TICK,
  isStriking,
  judge,
  minutesOf,
  quietDueAt,
  seasonOf,
  silenceOf,
  type Observed,
  type SignalState,
} from '../domain/signal/index.js';
import { KEEP_ACTIVITY } from './commit.js';
import type { Keys } from './keys.js';
import { headsOf, LEVEL_FIELDS, worstLevel } from './known-errors.js';
import { answersOf } from './pipeline.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** What began longer ago is not new any more, and is told of as new for so long. */
const NEW_MS = HOUR_MS;
const NEW_SHOWN_MS = DAY_MS;
/** Hours that silence is judged by, and earlier days that say what is usual at this time of day. */
const QUIET_HOURS = 7 * 24;
const SEASON_DAYS = 7;
/** A log that is read from its beginning, or after a pause, has told what it holds by then. */
const LATE_MS = 10 * MINUTE_MS;
/** What was found out about an error that never comes again. */
const KEPT_S = 8 * 86_400;
const SHOWN_S = 90 * 86_400;

/** What is remembered of one error between two looks. */
interface Memory {
  readonly judged: SignalState;
  readonly isNewTold: boolean;
  readonly quietSince: number | null;
  /** Epoch hour in which its silence was thought about, and when it would be told. */
  readonly hour: number;
  readonly quietAt: number | null;
}

interface Facts {
  readonly id: string;
  readonly first: number;
  readonly last: number;
  readonly level: Level | null;
  readonly memory: Memory | null;
}

/** One thing to tell of an error. */
interface News {
  readonly id: string;
  readonly kind: 'spike' | 'spike-end' | 'new' | 'quiet';
  readonly at: number;
  readonly why: string;
}

export interface SignalsStep {
  /** Errors that something was told of. */
  readonly told: readonly string[];
  /** What is out of the ordinary with those that were looked at and spike just now. */
  readonly spikes: ReadonlyMap<string, string>;
}

/** Errors whose silence or the end of whose spike is due, whether or not anything came. */
export const dueSignals = (redis: Redis, keys: Keys, limit: number, now: number): Promise<string[]> =>
  redis.zrangebyscore(keys.of('due'), '-inf', now, 'LIMIT', 0, limit);

/**
 * @param asked errors that happened, or that are due
 * @param watchedSince nobody knows that something was silent before
 */
export async function watchSignals(
  redis: Redis,
  keys: Keys,
  asked: readonly string[],
  watchedSince: number,
  now: number,
): Promise<SignalsStep> {
  const ids = [...new Set(await headsOf(redis, keys, asked))];
  const merged = asked.filter((id) => !ids.includes(id));
  if (merged.length > 0) await redis.zrem(keys.of('due'), ...merged);
  const facts = await factsOf(redis, keys, ids);
  const observed = await observe(redis, keys, facts, now);
  const active = await redis.zcount(keys.of('errors'), now - HOUR_MS, '+inf');
  const verdicts = judge(observed, active, now);
  const limit = Math.log(ALARMS_PER_TICK / Math.max(1, active));
  const quiet = await quietOf(redis, keys, facts, { limit, watchedSince }, now);
  const news: News[] = [];
  const spikes = new Map<string, string>();
  const write = redis.pipeline();
  for (const one of facts) {
    const { id, first, last, level, memory } = one;
    const verdict = verdicts.get(id);
    if (verdict === undefined) continue;
    for (const { kind, at, peak, perMinuteBefore } of verdict.told) {
      news.push({ id, kind, at, why: spikeWords(peak, perMinuteBefore) });
    }
    const { spike } = verdict.state;
    if (spike !== null) spikes.set(id, spikeWords(spike.peak, spike.usual.mean));
    const isNew = isBad(level) && first >= now - NEW_MS;
    if (isNew && memory?.isNewTold !== true) {
      news.push({ id, kind: 'new', at: first, why: `first seen ${new Date(first).toISOString()}` });
    }
    const silence = quiet.get(id);
    const cameAgain = memory?.quietSince != null && last > memory.quietSince;
    if (silence?.told !== undefined) news.push({ id, kind: 'quiet', ...silence.told });
    const quietSince = silence?.told !== undefined ? last : cameAgain ? null : (memory?.quietSince ?? null);
    const quietAt = silence === undefined ? (memory?.quietAt ?? null) : silence.dueAt;
    const next: Memory = {
      judged: verdict.state,
      isNewTold: isNew || memory?.isNewTold === true,
      quietSince,
      hour: silence === undefined ? (memory?.hour ?? 0) : Math.floor(last / HOUR_MS),
      quietAt,
    };
    // As long as it is shown to be quiet, whoever finds it come again must know.
    write.set(keys.of('sig', id, 'now'), JSON.stringify(next), 'EX', quietSince === null ? KEPT_S : SHOWN_S);
    const stale = [
      ...(spike === null && memory?.judged.spike != null ? ['spike'] : []),
      ...(cameAgain ? ['quiet'] : []),
      ...(first < now - NEW_SHOWN_MS ? ['new'] : []),
    ];
    if (stale.length > 0) write.hdel(keys.of('sig', id), ...stale);
    const due = spike !== null ? (Math.floor(now / MINUTE_MS) + 1) * MINUTE_MS : quietAt;
    if (due === null || (due <= now && spike === null)) write.zrem(keys.of('due'), id);
    else write.zadd(keys.of('due'), due, id);
  }
  const known = new Set(facts.map(({ id }) => id));
  for (const id of ids)
    if (!known.has(id)) write.zrem(keys.of('due'), id).del(keys.of('sig', id), keys.of('sig', id, 'now'));
  for (const { id, kind, at, why } of news) {
    write.zadd(keys.of('activity'), at, `p:${id}:${kind}:${Math.floor(at / MINUTE_MS)}`);
    if (kind === 'spike-end' || (kind === 'spike' && !spikes.has(id))) continue;
    write.hset(keys.of('sig', id), kind, JSON.stringify({ at, why })).expire(keys.of('sig', id), SHOWN_S);
  }
  if (news.length > 0) write.zremrangebyrank(keys.of('activity'), 0, -KEEP_ACTIVITY - 1);
  await answersOf(write);
  return { told: [...new Set(news.map(({ id }) => id))], spikes };
}

const isBad = (level: Level | null): boolean => level !== null && LEVELS.indexOf(level) >= LEVELS.indexOf('error');

const spikeWords = (peak: number, usual: number): string =>
  `up to ${peak} in a minute where ${usual < 0.1 ? 'hardly any' : usual.toFixed(1)} are usual`;

/** Of those that logs tell of: only they are counted by the minute. */
async function factsOf(redis: Redis, keys: Keys, ids: readonly string[]): Promise<Facts[]> {
  const pipeline = redis.pipeline();
  for (const id of ids) {
    pipeline.hmget(keys.of('err', id), 'first', 'last', 'n', ...LEVEL_FIELDS).get(keys.of('sig', id, 'now'));
  }
  const answers = await answersOf(pipeline);
  return ids.flatMap((id, index): Facts[] => {
    const [first, last, n, ...levels] = answers[2 * index] as (string | null)[];
    const memory = answers[2 * index + 1] as string | null;
    if (first == null || last == null || Number(n ?? 0) <= 0) return [];
    const known = memory === null ? null : (JSON.parse(memory) as Memory);
    return [{ id, first: Number(first), last: Number(last), level: worstLevel(levels), memory: known }];
  });
}

const range = (from: number, to: number): string[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => String(from + index));

const numbered = (fields: readonly string[], values: readonly (string | null)[]): Map<number, number> =>
  new Map(
    fields.flatMap((field, index) => {
      const count = Number(values[index] ?? 0);
      return count > 0 ? [[Number(field), count] as const] : [];
    }),
  );

async function observe(redis: Redis, keys: Keys, facts: readonly Facts[], now: number): Promise<Observed[]> {
  const minute = Math.floor(now / MINUTE_MS);
  const fields = facts.map(({ memory }) => range(minutesOf(memory?.judged ?? null, now).read, minute));
  const pipeline = redis.pipeline();
  facts.forEach(({ id }, index) => pipeline.hmget(keys.of('err', id, 'm'), ...(fields[index] ?? [])));
  const answers = (await answersOf(pipeline)) as (string | null)[][];
  const observed = facts.map(({ id, first, memory }, index): Observed => {
    const counts = numbered(fields[index] ?? [], answers[index] ?? []);
    return { id, first: Math.floor(first / MINUTE_MS), counts, state: memory?.judged ?? null, season: null };
  });
  const striking = observed.filter((one) => isStriking(one, now));
  // Only what stands out must be compared with other days.
  const hour = Math.floor(now / HOUR_MS);
  const days = Array.from({ length: SEASON_DAYS }, (_, index) => hour - 24 * (index + 1));
  const yesterday = range((hour - 24) * 60, (hour - 24) * 60 + 59);
  const seasons = redis.pipeline();
  for (const { id } of striking) {
    seasons.hmget(keys.of('err', id, 'h'), ...days.map(String)).hmget(keys.of('err', id, 'm'), ...yesterday);
  }
  const told = (await answersOf(seasons)) as (string | null)[][];
  return observed.map((one) => {
    const at = striking.indexOf(one);
    if (at < 0) return one;
    const known = days.filter((day) => (day + 1) * 60 > one.first);
    const hours = (told[2 * at] ?? []).slice(0, known.length).map((n) => Number(n ?? 0));
    return {
      ...one,
      season: seasonOf(
        hours,
        (told[2 * at + 1] ?? []).map((n) => Number(n ?? 0)),
      ),
    };
  });
}

interface Quiet {
  readonly dueAt: number | null;
  readonly told?: { readonly at: number; readonly why: string };
}

/**
 * Thought about once for each hour in which an error came, and again when its silence is due. What seems silent when it has just
 * been counted is read late: its log may tell more before long.
 * @param limit of the logarithm of the chance of a silence that is told
 */
async function quietOf(
  redis: Redis,
  keys: Keys,
  facts: readonly Facts[],
  { limit, watchedSince }: { readonly limit: number; readonly watchedSince: number },
  now: number,
): Promise<Map<string, Quiet>> {
  const asked = facts.filter(
    ({ last, memory }) =>
      memory === null ||
      memory.hour !== Math.floor(last / HOUR_MS) ||
      (memory.quietAt !== null && memory.quietAt <= now),
  );
  const fields = asked.map(({ last }) =>
    range(Math.floor(last / HOUR_MS) - QUIET_HOURS + 1, Math.floor(last / HOUR_MS)),
  );
  const pipeline = redis.pipeline();
  asked.forEach(({ id }, index) => pipeline.hmget(keys.of('err', id, 'h'), ...(fields[index] ?? [])));
  const answers = (await answersOf(pipeline)) as (string | null)[][];
  return new Map(
    asked.map(({ id, first, last, memory }, index): [string, Quiet] => {
      const hours = numbered(fields[index] ?? [], answers[index] ?? []);
      const isCounted = memory?.hour !== Math.floor(last / HOUR_MS);
      const times = { firstAt: first, lastAt: last };
      // What fell silent long ago is no news to one who begins to follow its log.
      const ownDueAt = quietDueAt(hours, times, limit);
      if (ownDueAt === null || ownDueAt <= now - DAY_MS) return [id, { dueAt: null }];
      const watched = { ...times, silentFrom: Math.max(last, watchedSince) };
      const due = watched.silentFrom === last ? ownDueAt : quietDueAt(hours, watched, limit);
      const dueAt = due === null || !isCounted ? due : Math.max(due, now + LATE_MS);
      if (dueAt === null || dueAt > now) return [id, { dueAt }];
      const silence = silenceOf(hours, watched, now);
      if (memory?.quietSince != null || silence === null) return [id, { dueAt: null }];
      const rate = silence.perHourBefore.toFixed(1);
      const why = `silent since ${new Date(last).toISOString()}, where ${rate} an hour were usual`;
      return [id, { dueAt: null, told: { at: dueAt, why } }];
    }),
  );
}
