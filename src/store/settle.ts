/** Settling claims: which task of another session a user meant. One process does it, in bounded steps. */
import type { Redis } from 'ioredis';
import { bucketsBy, bucketsOf, byTime, candidateOf, nearness, settle, tellingOf } from '../domain/claims/index.js';
import type { Claim } from '../domain/claims/index.js';
import { flatten, setLayer, type Layered } from '../domain/layers.js';
import { mergeTasks, type TaskRecord } from '../domain/tasks/index.js';
import type { Change } from './changes.js';
import { loadClaims, type SettledClaim, type StoredClaim } from './claims.js';
import { writeCommit, type CommitCommand } from './commit.js';
import { projectKey, type Keys } from './keys.js';
import { loadRecords } from './layered.js';
import { claimOfPart, partOfClaim } from './merged-tasks.js';
import { answersOf } from './pipeline.js';

/** Tasks of a project that may be meant, the latest of each kind. */
const MOST = { open: 1_000, completed: 300, cancelled: 100 } as const;
/** Tasks whose last look is remembered. */
const MOST_SEEN = 5_000;
const PAGE = 500;

export interface SettleStep {
  /** Claims that were looked at; of those, some that mean a task, and some that may mean several. */
  readonly claims: number;
  readonly settled: number;
  readonly ambiguous: number;
  readonly more: boolean;
  readonly changes: readonly Change[];
}

export interface Settling {
  /** These tasks may have changed: claims that may mean them are settled again. */
  note(tasks: readonly string[]): Promise<void>;
  step(limit: number, now: number): Promise<SettleStep>;
}

type Pool = Map<string, Layered<TaskRecord>>;

export function createSettling(redis: Redis & CommitCommand, keys: Keys): Settling {
  const [due, doing] = [keys.of('claims:due'), keys.of('claims:doing')];
  const seen = new Map<string, number>();

  /** What a worker that died has left, and then more. */
  async function take(limit: number): Promise<string[]> {
    const left = await redis.srandmember(doing, limit);
    const next = left.length >= limit ? [] : await redis.srandmember(due, limit - left.length);
    const pipeline = redis.pipeline();
    for (const id of next) pipeline.smove(due, doing, id);
    await answersOf(pipeline);
    return [...new Set([...left, ...next])];
  }

  /** Has the claims settled again that have words of these titles. */
  async function stir(titles: readonly string[], but: string | null = null): Promise<void> {
    const words = [...new Set(titles.flatMap(bucketsOf))];
    const pipeline = redis.pipeline();
    for (const word of words) pipeline.smembers(keys.of('claimw', word));
    const found = (await answersOf(pipeline)) as string[][];
    const ids = [...new Set(found.flat())].filter((id) => id !== but);
    const claims = await loadClaims(redis, keys, ids);
    const near = ids.filter((id) => {
      const claim = claims.get(id)?.claim;
      return claim !== undefined && titles.some((title) => nearness(claim, title).shared > 0);
    });
    for (let from = 0; from < near.length; from += PAGE) await redis.sadd(due, ...near.slice(from, from + PAGE));
  }

  return {
    async note(ids) {
      if (ids.length === 0 || (await redis.zcard(keys.of('claims'))) === 0) return;
      if (seen.size > MOST_SEEN) seen.clear();
      const loaded = await loadRecords<TaskRecord>(redis, keys, 'task:', ids);
      const titles = [...loaded].flatMap(([id, { version, value }]) => {
        if (value?.title == null || seen.get(id) === version) return [];
        seen.set(id, version);
        return [value.title.value];
      });
      if (titles.length > 0) await stir([...new Set(titles)]);
    },

    async step(limit, now) {
      const taken = await take(limit);
      const claims = [...(await loadClaims(redis, keys, taken)).values()];
      const sorted = claims.sort((a, b) => byTime(a.claim, b.claim));
      const pools = new Map<string | null, Pool>();
      const changes: Change[] = [];
      let [settled, ambiguous] = [0, 0];
      for (const stored of sorted) {
        const { project } = stored.claim;
        const pool = pools.get(project) ?? (await loadPool(redis, keys, project));
        pools.set(project, pool);
        const found = settlementOf(stored.claim, pool);
        if (found.is === 'settled') settled += 1;
        if (found.is === 'ambiguous') ambiguous += 1;
        if (isSo(stored, found, pool)) continue;
        changes.push(...(await writeCommit(redis, keys, { facts: [], settled: found, now })));
        for (const other of pools.values()) apply(stored, found, other);
        const concerned = [...found.tasks, ...stored.to].flatMap((id) => titleOf(pool.get(id)) ?? []);
        if (concerned.length > 0) await stir(concerned, stored.claim.id);
      }
      if (taken.length > 0) await redis.srem(doing, ...taken);
      const left = (await redis.scard(due)) + (await redis.scard(doing));
      return { claims: sorted.length, settled, ambiguous, more: left > 0, changes };
    },
  };
}

const titleOf = (layered: Layered<TaskRecord> | undefined): string | null =>
  layered === undefined ? null : (flatten(layered, mergeTasks)?.title?.value ?? null);

/** The latest tasks of a project, and those of which nobody knows the project. */
async function loadPool(redis: Redis, keys: Keys, project: string | null): Promise<Pool> {
  const lists = project === null ? ['*'] : [projectKey(project), '*'];
  const pipeline = redis.pipeline();
  for (const list of lists) {
    for (const [status, most] of Object.entries(MOST)) pipeline.zrevrange(keys.of('n', status, list), 0, most - 1);
  }
  const ids = [...new Set(((await answersOf(pipeline)) as string[][]).flat())];
  const pool: Pool = new Map();
  for (let from = 0; from < ids.length; from += PAGE) {
    const loaded = await loadRecords<TaskRecord>(redis, keys, 'task:', ids.slice(from, from + PAGE));
    for (const [id, { value, layered }] of loaded) {
      const own = value?.project?.value ?? null;
      if (value !== null && (project === null || own === null || own === project)) pool.set(id, layered);
    }
  }
  return pool;
}

function settlementOf(claim: Claim, pool: Pool): SettledClaim {
  const words = new Set(bucketsBy(claim.about));
  const candidates = [...pool.values()].flatMap((layered) => {
    const title = titleOf(layered);
    if (title === null || !bucketsOf(title).some((word) => words.has(word))) return [];
    const told = flatten(
      partsBut(layered, () => false),
      mergeTasks,
    );
    const known = flatten(
      partsBut(layered, (id, at) => byTime({ id, at }, claim) < 0),
      mergeTasks,
    );
    return told === null || known === null ? [] : (candidateOf(claim, told, known) ?? []);
  });
  return { id: claim.id, ...settle(claim, candidates) };
}

/** What is told of a task, with no claims but some. */
function partsBut(
  { base, chats }: Layered<TaskRecord>,
  isKept: (claim: string, at: number) => boolean,
): Layered<TaskRecord> {
  const kept = [...chats].filter(([name, { lastAt }]) => {
    const claim = claimOfPart(name);
    return claim === null || isKept(claim, lastAt);
  });
  return { base, chats: new Map(kept) };
}

/** Whether all of it is written already. */
function isSo({ claim, to, is }: StoredClaim, found: SettledClaim, pool: Pool): boolean {
  if (is !== found.is || JSON.stringify(to) !== JSON.stringify(found.tasks)) return false;
  return found.tasks.every((id) => {
    const part = pool.get(id)?.chats.get(partOfClaim(claim.id));
    return JSON.stringify(part) === JSON.stringify(tellingOf(claim, id));
  });
}

/** What was written, for the claims that come after it. */
function apply({ claim, to }: StoredClaim, { tasks }: SettledClaim, pool: Pool): void {
  for (const id of new Set([...to, ...tasks])) {
    const layered = pool.get(id);
    const part = tasks.includes(id) ? tellingOf(claim, id) : null;
    if (layered !== undefined) pool.set(id, setLayer(layered, partOfClaim(claim.id), part, mergeTasks));
  }
}
