/** Fingerprints of logs become patterns: one process holds the miner, and its state stands in the ledger. */
import type { Redis } from 'ioredis';
import {
  createMiner,
  fingerprintOf,
  GROUPING_VERSION,
  type MinedTemplate,
  type Miner,
} from '../domain/pattern/index.js';
import type { Change } from './changes.js';
import { loadFailures } from './failures.js';
import type { Keys } from './keys.js';
import { describePatterns, freshPrints, mergePrint, minedPrints } from './log-patterns.js';

/** Patterns that the miner holds; of more the oldest are forgotten, and found anew when they come again. */
const MOST_PATTERNS = 10_000;
/** So that the state of a grouping that is no longer used goes. */
const KEPT_S = 400 * 86_400;
/** Field that counts the writes: whoever finds another number than the own has an old state. */
const WRITES = '#';

export interface MineStep {
  readonly prints: number;
  readonly more: boolean;
  /** Errors that became part of another. */
  readonly gone: readonly string[];
  readonly changes: readonly Change[];
}

export interface Mining {
  /** Gives some of the fresh fingerprints their patterns. Dying in between leaves the work to the next. */
  step(limit: number): Promise<MineStep>;
  /** Errors that only conversations told of join the patterns of logs that they belong to; nothing is learnt from them. */
  join(ids: readonly string[]): Promise<readonly Change[]>;
}

/** With its place in the order of founding, which decides who stays of two. */
type Stored = MinedTemplate & { readonly order: number };

interface Held {
  readonly miner: Miner;
  readonly orders: Map<string, number>;
  writes: number;
  next: number;
}

export function createMining(redis: Redis, keys: Keys): Mining {
  const key = keys.of('miner', String(GROUPING_VERSION));
  let held: Held | null = null;

  async function hold(): Promise<Held> {
    const writes = Number((await redis.hget(key, WRITES)) ?? 0);
    if (held?.writes === writes) return held;
    const rows: Stored[] = [];
    let cursor = '0';
    do {
      const [next, fields] = await redis.hscan(key, cursor, 'COUNT', 1_000);
      cursor = next;
      fields.forEach((text, index) => {
        if (index % 2 === 1 && fields[index - 1] !== WRITES) rows.push(JSON.parse(text) as Stored);
      });
    } while (cursor !== '0');
    rows.sort((a, b) => a.order - b.order);
    const old = rows.slice(0, -MOST_PATTERNS);
    if (old.length > 0) await redis.hdel(key, ...old.map(({ pattern }) => pattern));
    const templates = rows.slice(-MOST_PATTERNS);
    held = {
      miner: createMiner({ state: { version: GROUPING_VERSION, templates }, maxPatterns: MOST_PATTERNS }),
      orders: new Map(templates.map(({ pattern, order }) => [pattern, order])),
      writes,
      next: (templates.at(-1)?.order ?? 0) + 1,
    };
    return held;
  }

  return {
    async step(limit) {
      const prints = await freshPrints(redis, keys, limit);
      if (prints.length === 0) return { prints: 0, more: false, gone: [], changes: [] };
      const now = await hold();
      const touched = new Set<string>();
      const gone: string[] = [];
      try {
        for (const { fingerprint, kind, template } of prints) {
          const { pattern, merged } = now.miner.add({ id: fingerprint, kind, template });
          const own = `e${fingerprint}`;
          // The merges come before the state that takes them for done: both may be done again.
          for (const { from, into } of [...(own === pattern ? [] : [{ from: own, into: pattern }]), ...merged]) {
            if (await mergePrint(redis, keys, from, into)) touched.add(from).add(into);
            gone.push(from);
          }
        }
        const changed = now.miner.changed();
        const write = redis.multi();
        for (const one of changed) {
          const order = now.orders.get(one.pattern) ?? now.next++;
          now.orders.set(one.pattern, order);
          write.hset(key, one.pattern, JSON.stringify({ ...one, order }));
        }
        for (const id of gone) {
          if (changed.some(({ pattern }) => pattern === id)) continue;
          now.orders.delete(id);
          write.hdel(key, id);
        }
        write.expire(key, KEPT_S).hincrby(key, WRITES, 1);
        const answers = (await write.exec()) ?? [];
        now.writes = Number(answers.at(-1)?.[1]);
        await describePatterns(redis, keys, changed);
        for (const { pattern } of changed) touched.add(pattern);
        // The next step forgets what is too much.
        if (now.orders.size > MOST_PATTERNS * 1.2) held = null;
      } catch (error) {
        // What the miner has learnt is not what the ledger knows.
        held = null;
        throw error;
      }
      await minedPrints(
        redis,
        keys,
        prints.map(({ fingerprint }) => fingerprint),
      );
      const more = (await redis.hlen(keys.of('fresh'))) > 0;
      return { prints: prints.length, more, gone, changes: [...touched].map((id) => ({ kind: 'error', id }) as const) };
    },
    async join(ids) {
      if (ids.length === 0) return [];
      const heads = await redis.hmget(keys.of('prints'), ...ids.map((id) => id.slice(1)));
      const records = await loadFailures(
        redis,
        keys,
        ids.filter((_, index) => heads[index] == null),
      );
      if (records.size === 0) return [];
      const { miner } = await hold();
      const changes: Change[] = [];
      for (const [id, { message }] of records) {
        const { kind, template } = fingerprintOf(message.text);
        const pattern = miner.match({ id: id.slice(1), kind, template });
        if (pattern === null || pattern === id || (await redis.hexists(keys.of('err', pattern), 'n')) === 0) continue;
        if (await mergePrint(redis, keys, id, pattern)) {
          changes.push({ kind: 'error', id }, { kind: 'error', id: pattern });
        }
      }
      return changes;
    },
  };
}
