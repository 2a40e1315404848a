/**
 * Claims: what users say of work of other sessions. A commit keeps them; `correlate` settles them, again whenever a task comes or
 * changes that they may mean. What a claim tells of a task lies over it as a part of its own, so that it can be taken back, and
 * what is known does not depend on which session was read first.
 */
import type { Redis } from 'ioredis';
import { bucketsBy, claimOf, mergeClaims, tellingOf, type Claim } from '../domain/claims/index.js';
import type { Fact } from '../domain/facts.js';
import type { Keys } from './keys.js';
import type { ChatLayer } from './layered.js';
import { partOfClaim, type Part } from './merged-tasks.js';
import { answersOf } from './pipeline.js';
import type { Op } from './scripts.js';

/** What came of a claim, to be written. */
export interface SettledClaim {
  readonly id: string;
  readonly is: 'settled' | 'none' | 'ambiguous' | 'known';
  readonly tasks: readonly string[];
}

export interface StoredClaim {
  readonly version: string;
  readonly claim: Claim;
  /** Tasks that it was settled to mean. */
  readonly to: readonly string[];
  readonly is: string | null;
}

interface ClaimChanges {
  readonly ops: readonly Op[];
  readonly records: readonly (readonly [key: string, version: string])[];
  readonly parts: readonly Part[];
  /** Sessions that tell of other tasks than before. */
  readonly sessions: readonly string[];
}

const NONE: ClaimChanges = { ops: [], records: [], parts: [], sessions: [] };

export async function loadClaims(redis: Redis, keys: Keys, ids: readonly string[]): Promise<Map<string, StoredClaim>> {
  if (ids.length === 0) return new Map();
  const pipeline = redis.pipeline();
  for (const id of ids) pipeline.hmget(keys.of('claim', id), 'v', 'r', 'to', 'is');
  const answers = (await answersOf(pipeline)) as (string | null)[][];
  return new Map(
    ids.flatMap((id, index) => {
      const [version, text, to, is] = answers[index] ?? [];
      if (version == null || text == null) return [];
      const tasks = to == null ? [] : (JSON.parse(to) as string[]);
      return [[id, { version, claim: JSON.parse(text) as Claim, to: tasks, is: is ?? null }] as const];
    }),
  );
}

/** What a commit has to do about claims: those that it tells of, those that a chat takes back, and one that was settled. */
export async function claimChanges(
  redis: Redis,
  keys: Keys,
  facts: readonly Fact[],
  layer: ChatLayer | null,
  settled: SettledClaim | undefined,
): Promise<ClaimChanges> {
  const told = new Map<string, Claim>();
  for (const fact of facts) {
    if (fact.is !== 'claim') continue;
    const known = told.get(fact.eventId);
    told.set(fact.eventId, known === undefined ? claimOf(fact) : mergeClaims(known, claimOf(fact)));
  }
  const said = layer?.claims ?? new Map<string, Claim | null>();
  const ids = new Set([...told.keys(), ...said.keys(), ...(settled === undefined ? [] : [settled.id])]);
  if (ids.size === 0) return NONE;
  const stored = await loadClaims(redis, keys, [...ids]);
  const ops: Op[] = [];
  const parts: Part[] = [];
  const sessions: string[] = [];
  for (const id of ids) {
    const known = stored.get(id);
    const own = told.get(id) ?? said.get(id) ?? null;
    if (own === null && said.has(id)) {
      ops.push(...forgetOps(id, known?.claim));
      parts.push(...(known?.to ?? []).map((task) => ({ id: task, name: partOfClaim(id), record: null })));
      continue;
    }
    if (own !== null) {
      const claim = known === undefined ? own : mergeClaims(known.claim, own);
      if (JSON.stringify(claim) !== JSON.stringify(known?.claim)) ops.push(...keepOps(claim, known));
    } else if (known !== undefined && settled?.id === id) {
      ops.push(...settleOps(known, settled));
      parts.push(...partsOf(known, settled));
      sessions.push(...Object.keys(known.claim.sessions));
    }
  }
  const records = [...ids].map((id) => [`claim:${id}`, stored.get(id)?.version ?? '0'] as const);
  return { ops, records, parts, sessions };
}

function keepOps(claim: Claim, known: StoredClaim | undefined): Op[] {
  const { id } = claim;
  return [
    ['HSET', `claim:${id}`, 'v', String(Number(known?.version ?? 0) + 1), 'r', JSON.stringify(claim)],
    ['ZADD', 'claims', String(claim.at), id],
    ...bucketsBy(claim.about).map((word): Op => ['SADD', `claimw:${word}`, id]),
    ['SADD', 'claims:due', id],
  ];
}

/** A claim without a trace; what it told of tasks is not touched. */
export function forgetOps(id: string, claim: Claim | undefined): Op[] {
  return [
    ['DEL', `claim:${id}`],
    ['ZREM', 'claims', id],
    ...(claim === undefined ? [] : bucketsBy(claim.about)).map((word): Op => ['SREM', `claimw:${word}`, id]),
    ...['due', 'doing', 'ambiguous'].map((set): Op => ['SREM', `claims:${set}`, id]),
  ];
}

const settleOps = ({ version, claim: { id } }: StoredClaim, { is, tasks }: SettledClaim): Op[] => [
  ['HSET', `claim:${id}`, 'v', String(Number(version) + 1), 'to', JSON.stringify(tasks), 'is', is],
  [is === 'ambiguous' ? 'SADD' : 'SREM', 'claims:ambiguous', id],
];

function partsOf({ claim, to }: StoredClaim, { id, tasks }: SettledClaim): Part[] {
  const name = partOfClaim(id);
  return [
    ...to.filter((task) => !tasks.includes(task)).map((task) => ({ id: task, name, record: null })),
    ...tasks.map((task) => ({ id: task, name, record: tellingOf(claim, task) })),
  ];
}
