import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { loadConfig, type Config } from '../../src/config.js';
import type { Fact } from '../../src/domain/facts.js';
import { initialState, readLines, sessionOfFile } from '../../src/domain/transcript/index.js';
import { openTranscript } from '../../src/sources/file.js';
import { connect } from '../../src/store/connection.js';
import {
  openStore,
  StaleCheckpointError,
  type Checkpoint,
  type CheckpointWrite,
  type Store,
} from '../../src/store/index.js';
import { ledgerKeys, type Keys } from '../../src/store/keys.js';
import { readAll, START, type LineOrText } from './builders.js';
import { linesOf } from './extract.js';
import { startRedis } from './redis.js';

export interface Bench {
  readonly store: Store;
  /** A connection of the test's own, to look at what was written. */
  readonly redis: Redis;
  readonly keys: Keys;
  /** One more store on the same ledger, as another process has it. */
  open(other?: Partial<Pick<Config, 'components' | 'logs'>>): Promise<Store>;
  /** Forgets everything. */
  flush(): Promise<void>;
}

/** Runs `body` with a store on a Redis of its own. */
export async function withStore<Result>(
  body: (bench: Bench) => Promise<Result>,
  settings: Partial<Pick<Config, 'components' | 'logs'>> = {},
): Promise<Result> {
  const home = await mkdtemp(join(tmpdir(), 'tracker-store-'));
  const server = await startRedis();
  const env = { HOME: home, TRACKER_HOME: home, CLAUDE_CONFIG_DIR: home, REDIS_URL: server.url };
  const config = { ...loadConfig({ env }), ...settings };
  const stores: Store[] = [];
  const open: Bench['open'] = async (other = {}) => {
    const store = await openStore({ ...config, ...other }, { name: 'test' });
    stores.push(store);
    return store;
  };
  const redis = connect(config, { name: 'look' });
  try {
    const store = await open();
    return await body({
      store,
      redis,
      keys: ledgerKeys(config.redis.prefix),
      open,
      flush: async () => {
        await redis.flushdb();
      },
    });
  } finally {
    for (const store of stores) await store.close();
    redis.disconnect();
    await server.stop();
    await rm(home, { recursive: true, force: true });
  }
}

const HOST = hostname();

/** Reads a file into the ledger from its checkpoint on, as the worker does; whoever loses a race begins again. */
export async function ingestFile(
  store: Store,
  path: string,
  options: { chunkBytes?: number; now?: number } = {},
): Promise<void> {
  for (;;) {
    const file = openTranscript(path);
    if (file === null) throw new Error(`${path} is gone`);
    try {
      let at = await store.checkpoint(HOST, path);
      let state = at?.state ?? initialState(sessionOfFile(path));
      const { line } = state;
      const chunks = file.chunks(
        at?.nextByte ?? 0,
        options.chunkBytes === undefined ? {} : { chunkBytes: options.chunkBytes },
      );
      for await (const chunk of chunks) {
        const read = readLines(state, linesOf(chunk, line));
        const { nextByte } = chunk;
        const write = { nextByte, tailHash: file.hashBefore(nextByte) ?? '', ref: file.ref, state: read.state };
        const { size, mtimeMs } = file;
        at = await store.commit(at, { ...write, size, mtimeMs, readAt: options.now ?? START }, read.facts);
        state = read.state;
      }
      return;
    } catch (error) {
      if (!(error instanceof StaleCheckpointError)) throw error;
    } finally {
      file.close();
    }
  }
}

/** What a commit of these lines, as the whole of one file, consists of. */
export async function chunkOf(
  lines: readonly LineOrText[],
  options: { path?: string; sessionId?: string | null; now?: number } = {},
): Promise<{ write: CheckpointWrite; facts: readonly Fact[] }> {
  const { path = '/transcripts/a.jsonl', sessionId = null, now = START } = options;
  const { state, facts } = await readAll(lines, { sessionId });
  const ref = { host: HOST, path, dev: 1, ino: path.length, head: `head of ${path}`, headBytes: 9 };
  return {
    facts,
    write: {
      ref,
      state,
      nextByte: lines.length,
      tailHash: `${lines.length}`,
      size: lines.length,
      mtimeMs: now,
      readAt: now,
    },
  };
}

/** Commits lines as the whole of one file that was not read before. */
export async function tell(
  store: Store,
  lines: readonly LineOrText[],
  options: { path?: string; sessionId?: string | null; now?: number } = {},
): Promise<Checkpoint> {
  const { write, facts } = await chunkOf(lines, options);
  return store.commit(null, write, facts);
}

/** What a reader writes beside the ledger's content: how often, when, and on which disk. */
const BESIDE = new Set(['v', 'readAt', 'ref', 'ino', 'mtimeMs', 'size']);

/** The ledger's content, key by key, such that two ledgers can be compared. */
export async function dump(redis: Redis, keys: Keys): Promise<Readonly<Record<string, unknown>>> {
  const content: Record<string, unknown> = {};
  for (const key of (await redis.keys('*')).sort()) {
    const name = key.slice(keys.base.length + 1);
    if (name === 'touched' || name === 'unweighed' || name === 'ino' || name.startsWith('head:')) continue;
    content[name] = await valueOf(redis, key, name);
  }
  return content;
}

async function valueOf(redis: Redis, key: string, name: string): Promise<unknown> {
  const type = await redis.type(key);
  switch (type) {
    case 'hash': {
      const fields = Object.entries(await redis.hgetall(key)).filter(([field]) => !BESIDE.has(field));
      return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
    }
    case 'set':
      return (await redis.smembers(key)).sort();
    case 'zset': {
      const members = await redis.zrange(key, 0, -1, 'WITHSCORES');
      const pairs = members.flatMap((member, index) =>
        index % 2 === 0 ? [[member, members[index + 1]] as const] : [],
      );
      return name === 'closed' ? pairs.map(([member]) => member).sort() : Object.fromEntries(pairs);
    }
    default:
      return type === 'string' ? redis.get(key) : `a ${type}`;
  }
}
