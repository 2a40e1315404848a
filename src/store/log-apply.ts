/** Counting what a log tells, and what the patterns' miner makes of it. */
import { hash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { GROUPING_VERSION } from '../domain/pattern/index.js';
import { severityOf, type Severity } from '../domain/severity.js';
import { PermanentError } from '../errors.js';
import type { Change } from './changes.js';
import { KEEP_ACTIVITY, SEARCHED_CHARS } from './commit.js';
import { errorComponentKey, type Keys } from './keys.js';
import { APPLY, MERGE, RATE } from './log-scripts.js';
import { logKey, type LoggedError, type LoggedPiece } from './logs.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Counts by the minute are kept this long, counts by the hour for so many days. */
export const MINUTES_KEPT = 48 * 60;
const DAYS_KEPT = 90;
const HOURS_KEPT = DAYS_KEPT * 24;
const MOST = { sources: 20, components: 5, keys: 50, ranges: 1_000 } as const;

/** The script, as ioredis defines it on a connection. */
export interface ApplyCommand {
  trackerLog(base: string, batch: string): Promise<string[]>;
}
export const APPLY_COMMAND = { numberOfKeys: 1, lua: APPLY } as const;

/**
 * @returns what reads differently now; null where the whole piece had been counted before
 * @throws PermanentError when only a part of it had, and when it was not announced
 */
export async function applyLogBatch(
  redis: ApplyCommand,
  keys: Keys,
  batch: LoggedPiece,
  now: number,
): Promise<readonly Change[] | null> {
  const { path, host, generation, fromByte, toByte, component, errors, counts } = batch;
  const log = logKey(host, path, generation);
  const minute = Math.floor(now / MINUTE_MS);
  const [answer, ...ids] = await redis.trackerLog(
    keys.base,
    JSON.stringify({
      log,
      where: hash('sha256', log).slice(0, 8),
      path,
      fromByte,
      toByte,
      component: component === null ? '' : errorComponentKey(component),
      errors: errors.map((error) => ({ ...ofError(error), samples: samplesOf(error, path) })),
      lines: counts.lines,
      bytes: counts.bytes,
      counts: { ...prefixed('lv:', counts.byLevel), ...prefixed('sk:', counts.skipped) },
      grouping: String(GROUPING_VERSION),
      now,
      minuteFloor: minute - MINUTES_KEPT,
      hourFloor: Math.floor(now / HOUR_MS) - HOURS_KEPT,
      mostMinutes: MINUTES_KEPT + 100,
      mostHours: HOURS_KEPT + 50,
      minuteKeptS: MINUTES_KEPT * 60 + 3_600,
      hourKeptS: (DAYS_KEPT + 1) * 86_400,
      mostSources: MOST.sources,
      mostComponents: MOST.components,
      mostKeys: MOST.keys,
      mostRanges: MOST.ranges,
      mostActivity: KEEP_ACTIVITY,
    }),
  );
  if (answer === 'known') return null;
  const piece = `bytes ${fromByte} to ${toByte} of ${path}`;
  if (answer === 'overlap') throw new PermanentError(`${piece}: a part of them was counted before, and not all`);
  if (answer === 'unannounced') throw new PermanentError(`${piece}: nobody announced that they would be counted`);
  return [...new Set(ids)].map((id) => ({ kind: 'error', id }) as const);
}

/** What the script reads of an error; what is left out says nothing. */
function ofError({
  fingerprint,
  kind,
  template,
  class: type,
  level,
  minutes,
  firstAt,
  lastAt,
  keys,
  ...rest
}: LoggedError) {
  const { logger, status } = rest;
  const { severity, reason } = severityOf({ level, class: type, text: template, status });
  return {
    fingerprint,
    kind,
    template,
    class: type ?? undefined,
    level,
    minutes,
    firstAt,
    lastAt,
    keys,
    logger: logger ?? undefined,
    status: status ?? undefined,
    severity,
    reason,
    words: rest.samples.at(-1)?.text.slice(0, SEARCHED_CHARS),
  };
}

const samplesOf = ({ samples }: LoggedError, path: string): [number, string, string][] =>
  samples.map(({ at, byte, text, context }) => [at, String(byte), JSON.stringify({ at, path, byte, text, context })]);

const prefixed = (prefix: string, counts: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).map(([name, n]) => [`${prefix}${name}`, n]));

/** A fingerprint that logs told of for the first time. */
export interface FreshPrint {
  readonly fingerprint: string;
  readonly kind: 'message' | 'trace';
  readonly template: string;
}

/** Some of the fingerprints that no pattern was looked for yet; they are told of until `minedPrints` names them. */
export async function freshPrints(redis: Redis, keys: Keys, limit: number): Promise<FreshPrint[]> {
  const [, rows] = await redis.hscan(keys.of('fresh'), 0, 'COUNT', limit);
  const found: FreshPrint[] = [];
  for (let index = 0; index < rows.length; index += 2) {
    const [kind, template] = split(rows[index + 1] ?? '', '|');
    found.push({ fingerprint: rows[index] ?? '', kind: kind === 'trace' ? 'trace' : 'message', template });
  }
  return found;
}

const split = (text: string, mark: string): [string, string] => {
  const at = text.indexOf(mark);
  return [text.slice(0, at), text.slice(at + 1)];
};

export async function minedPrints(redis: Redis, keys: Keys, fingerprints: readonly string[]): Promise<void> {
  if (fingerprints.length > 0) await redis.hdel(keys.of('fresh'), ...fingerprints);
}

/** Errors that happened again since they were taken the last time; `stir` puts back what was not finished. */
export const takeStirred = (redis: Redis, keys: Keys, limit: number): Promise<string[]> =>
  redis.spop(keys.of('stirred'), limit);

export async function stir(redis: Redis, keys: Keys, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await redis.sadd(keys.of('stirred'), ...ids);
}

/**
 * Makes one pattern of two, in one step: all that logs told of `from` goes to `into`, and comes there from now on. What
 * conversations told of `from` stays for its sessions, and is listed and counted under `into`.
 * @returns false if they are one already
 */
export async function mergePrint(redis: Redis, keys: Keys, from: string, into: string): Promise<boolean> {
  const { sources, components, keys: most } = MOST;
  return (await redis.eval(MERGE, 1, keys.base, from, into, sources, components, most)) === 1;
}

/** What the miner calls a pattern now. */
export async function describePattern(redis: Redis, keys: Keys, id: string, template: string): Promise<void> {
  if ((await redis.hexists(keys.of('err', id), 'n')) === 1) {
    await redis.hset(keys.of('err', id), { tpl: template, gv: GROUPING_VERSION });
  }
}

/** @returns the ids of the errors that read differently now */
export async function rateErrors(
  redis: Redis,
  keys: Keys,
  ratings: readonly { readonly id: string; readonly severity: Severity; readonly reason: string }[],
): Promise<string[]> {
  if (ratings.length === 0) return [];
  const args = ratings.flatMap(({ id, severity, reason }) => [id, severity, reason]);
  return (await redis.eval(RATE, 1, keys.base, ...args)) as string[];
}
