/** Counting what a log tells. */
import { hash } from 'node:crypto';
import { GROUPING_VERSION } from '../domain/grouping-version.js';
import { severityOf } from '../domain/severity.js';
import { PermanentError } from '../errors.js';
import type { Change } from './changes.js';
import { KEEP_ACTIVITY, SEARCHED_CHARS } from './commit.js';
import { componentKey, type Keys } from './keys.js';
import { APPLY } from './log-scripts.js';
import { logKey, type LoggedError, type LoggedPiece } from './logs.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Counts by the minute are kept this long, counts by the hour for so many days. */
export const MINUTES_KEPT = 48 * 60;
const DAYS_KEPT = 90;
const HOURS_KEPT = DAYS_KEPT * 24;
/** Of one pattern; `ranges`: of one file of a log. */
export const MOST = { sources: 20, components: 5, keys: 50, prints: 2_000, ranges: 1_000 } as const;

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
      component: component === null ? '' : componentKey(component),
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
