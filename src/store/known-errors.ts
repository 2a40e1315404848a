/** Errors with all that is known of them: what conversations tell, what logs tell, and what was merged into one. */
import type { Redis } from 'ioredis';
import { mergeFailures, type FailureRecord } from '../domain/errors.js';
import { LEVELS, type Level } from '../domain/log/model.js';
import { PRIORITIES } from '../domain/model.js';
import { severityOf, type Severity } from '../domain/severity.js';
import type { Keys } from './keys.js';
import { answersOf } from './pipeline.js';

/** What logs tell of an error. */
export interface Logged {
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly template: string;
  readonly kind: 'message' | 'trace';
  /** Type of the exception. */
  readonly class: string | null;
  /** The worst. */
  readonly level: Level | null;
  readonly components: readonly string[];
  readonly groupingVersion: number;
  /** The first and the latest text, shortened: what a search looks at. */
  readonly words: string;
}

export interface KnownError {
  /** Of its head: an error that was merged into a pattern is known by the pattern's id. */
  readonly id: string;
  /** Under which conversations told of it: its own id, and those that were merged into it. */
  readonly told: readonly string[];
  /** What they told, as one record. */
  readonly record: FailureRecord | null;
  readonly logged: Logged | null;
  readonly severity: Severity;
  readonly severityReason: string;
  readonly firstAt: number;
  readonly lastAt: number;
  /** The template of logs, else what was said first. */
  readonly message: string;
  readonly class: string;
}

const FIELDS = [
  'r',
  'n',
  'first',
  'last',
  'tpl',
  'kind',
  'class',
  'comps',
  'gv',
  'sl',
  'why',
  'm',
  'q1',
  'q2',
  'pl',
] as const;
const WORST_FIRST = [...LEVELS].reverse();
/** Of an error's record: how often it was logged at each level, the worst first. */
export const LEVEL_FIELDS = WORST_FIRST.map((level) => `lv:${level}`);
/** Merged errors of conversations that are counted with one pattern. */
const MOST_TOLD = 50;

/** Ids of the patterns that these errors belong to, in their order: mostly their own. */
export async function headsOf(redis: Redis, keys: Keys, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const heads = await redis.hmget(keys.of('prints'), ...ids.map((id) => id.slice(1)));
  return ids.map((id, index) => heads[index] ?? id);
}

/** By the ids that were asked for; ids that nothing is known of are left out. */
export async function loadErrors(redis: Redis, keys: Keys, ids: readonly string[]): Promise<Map<string, KnownError>> {
  const heads = await headsOf(redis, keys, ids);
  const distinct = [...new Set(heads)];
  const pipeline = redis.pipeline();
  for (const id of distinct) {
    pipeline.hmget(keys.of('err', id), ...FIELDS, ...LEVEL_FIELDS);
  }
  const answers = (await answersOf(pipeline)) as (string | null)[][];
  const merged = await membersOf(
    redis,
    keys,
    distinct.filter((_, index) => answers[index]?.[FIELDS.indexOf('m')] != null),
  );
  const known = new Map<string, KnownError>();
  distinct.forEach((id, index) => {
    const error = errorOf(id, answers[index] ?? [], merged.get(id) ?? []);
    if (error !== null) known.set(id, error);
  });
  return new Map(
    ids.flatMap((id, index) => {
      const error = known.get(heads[index] ?? id);
      return error === undefined ? [] : [[id, error] as const];
    }),
  );
}

type Member = readonly [id: string, record: FailureRecord];

/** What conversations tell of the errors that were merged into these. */
async function membersOf(redis: Redis, keys: Keys, heads: readonly string[]): Promise<Map<string, Member[]>> {
  const lists = redis.pipeline();
  for (const id of heads) lists.sscan(keys.of('err', id, 'conv'), 0, 'COUNT', MOST_TOLD);
  const members = ((await answersOf(lists)) as [string, string[]][]).map(([, ids]) => ids.slice(0, MOST_TOLD).sort());
  const records = redis.pipeline();
  for (const id of members.flat()) records.hget(keys.of('err', id), 'r');
  const texts = (await answersOf(records)) as (string | null)[];
  let at = 0;
  return new Map(
    heads.map((head, index) => [
      head,
      (members[index] ?? []).flatMap((id): Member[] => {
        const text = texts[at++];
        return text == null ? [] : [[id, JSON.parse(text) as FailureRecord]];
      }),
    ]),
  );
}

/** @param counts of `LEVEL_FIELDS` */
export const worstLevel = (counts: readonly (string | null)[]): Level | null =>
  WORST_FIRST.find((_, index) => Number(counts[index] ?? 0) > 0) ?? null;

const severityIn = (place: string | null | undefined): Severity | null =>
  PRIORITIES.find((severity) => place?.startsWith(`${severity}|`)) ?? null;

function errorOf(id: string, values: readonly (string | null)[], members: readonly Member[]): KnownError | null {
  const [r, n, first, last, tpl, kind, type, comps, gv, sl, why, , q1, q2, pl] = values;
  const own = r == null ? null : (JSON.parse(r) as FailureRecord);
  const records = [...(own === null ? [] : [own]), ...members.map(([, record]) => record)];
  const record = records.length === 0 ? null : { ...records.reduce(mergeFailures), id };
  const count = Number(n ?? 0);
  if (record === null && count <= 0) return null;
  const level = worstLevel(values.slice(FIELDS.length));
  const logged: Logged | null =
    count <= 0
      ? null
      : {
          count,
          firstAt: Number(first ?? 0),
          lastAt: Number(last ?? 0),
          template: tpl ?? '',
          kind: kind === 'trace' ? 'trace' : 'message',
          class: type ?? null,
          level,
          components: (comps ?? '').split(',').filter(Boolean).map(decodeURIComponent),
          groupingVersion: Number(gv ?? 0),
          words: `${q1 ?? ''} ${q2 ?? ''}`,
        };
  const message = logged?.template ?? record?.message.text ?? '';
  const rated =
    sl == null
      ? severityOf({ level: null, class: record?.class ?? null, text: record?.message.text ?? '' })
      : { severity: sl as Severity, reason: why ?? '' };
  return {
    id,
    told: [id, ...members.map(([member]) => member)],
    record,
    logged,
    // As it stands in the lists.
    severity: severityIn(pl) ?? rated.severity,
    severityReason: rated.reason,
    firstAt: Math.min(record?.message.at ?? Infinity, logged?.firstAt ?? Infinity),
    lastAt: Math.max(record?.lastAt ?? 0, logged?.lastAt ?? 0),
    message,
    class: record?.class ?? logged?.class ?? 'log',
  };
}
