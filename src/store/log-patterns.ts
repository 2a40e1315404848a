/** What `correlate` is told of logs, and what it makes of their fingerprints: patterns, each with a template and a severity. */
import type { Redis } from 'ioredis';
import { GROUPING_VERSION } from '../domain/grouping-version.js';
import type { Severity } from '../domain/severity.js';
import type { Keys } from './keys.js';
import { MOST } from './log-apply.js';
import { DESCRIBE, MERGE, RATE } from './pattern-scripts.js';

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

/** Their patterns were found: these are not told of again. */
export async function minedPrints(redis: Redis, keys: Keys, fingerprints: readonly string[]): Promise<void> {
  if (fingerprints.length > 0) await redis.hdel(keys.of('fresh'), ...fingerprints);
}

/** Those of these errors whose pattern was looked for. */
export async function minedOf(redis: Redis, keys: Keys, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const fresh = await redis.hmget(keys.of('fresh'), ...ids.map((id) => id.slice(1)));
  return ids.filter((_, index) => fresh[index] == null);
}

/**
 * Makes one pattern of two, in one step: all that logs told of `from` goes to `into`, and comes there from now on. What
 * conversations told of `from` stays for its sessions, and is listed and counted under `into`.
 * @returns false if they are one already, or nothing is known of `from`
 */
export async function mergePrint(redis: Redis, keys: Keys, from: string, into: string): Promise<boolean> {
  const { sources, components, keys: most, prints } = MOST;
  return (await redis.eval(MERGE, 1, keys.base, from, into, sources, components, most, prints)) === 1;
}

/** What the miner calls these patterns now. */
export async function describePatterns(
  redis: Redis,
  keys: Keys,
  patterns: readonly { readonly pattern: string; readonly template: string }[],
): Promise<void> {
  if (patterns.length === 0) return;
  const args = patterns.flatMap(({ pattern, template }) => [pattern, template]);
  await redis.eval(DESCRIBE, 1, keys.base, GROUPING_VERSION, ...args);
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
