/** How far logs were followed, and what their errors became. */
import { hash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Level } from '../domain/log/model.js';
import { fileKey, type Keys } from './keys.js';
import type { AnnounceCommand } from './log-scripts.js';
import { answersOf } from './pipeline.js';

/** Which bytes on disk are meant, as the follower recognises them. */
export interface LogIdentity {
  readonly dev: string;
  readonly ino: string;
  readonly headBytes: number;
  readonly head: string;
}

/**
 * A piece of a log that is about to be queued as one batch. Written before the batch is queued: whoever starts again cuts
 * the same piece, so that no byte is counted twice.
 */
export interface LogIntent {
  readonly host: string;
  readonly path: string;
  readonly generation: { readonly id: string; readonly identity: LogIdentity };
  readonly fromByte: number;
  readonly toByte: number;
  /** Plain JSON of the reader at `fromByte` and at `toByte`. */
  readonly before: unknown;
  readonly after: unknown;
}

/** What is known of one generation of a path. */
export interface LogMemory {
  readonly id: string;
  readonly identity: LogIdentity;
  /** Every byte from the first announced one to this was counted. */
  readonly watermark: number;
  /** Counted pieces beyond the watermark, in order; they do not touch. */
  readonly beyond: readonly (readonly [fromByte: number, toByte: number])[];
  /** The last piece that was announced. */
  readonly intent: Pick<LogIntent, 'fromByte' | 'toByte' | 'before' | 'after'> | null;
  /** The announced piece was counted: go on at its `toByte` with `after`. Else cut it again, from `before`. */
  readonly isApplied: boolean;
  readonly ended: boolean;
  /** When it was last announced or ended. */
  readonly at: number;
}

/** What a batch tells of one fingerprint; its texts are redacted. See `LogBatch` in `jobs/ingest.ts`. */
export interface LoggedError {
  readonly fingerprint: string;
  readonly kind: 'message' | 'trace';
  readonly template: string;
  readonly class: string | null;
  readonly level: Level;
  readonly minutes: readonly (readonly [epochMinute: number, n: number])[];
  readonly firstAt: number;
  readonly lastAt: number;
  readonly samples: readonly {
    readonly at: number;
    readonly byte: number;
    readonly text: string;
    readonly context: readonly string[];
  }[];
  readonly keys: readonly string[];
  readonly logger: string | null;
  readonly status: number | null;
}

/** The errors in one announced piece of a log. */
export interface LoggedPiece {
  readonly host: string;
  readonly path: string;
  readonly generation: string;
  readonly fromByte: number;
  readonly toByte: number;
  readonly component: string | null;
  readonly errors: readonly LoggedError[];
  readonly counts: {
    readonly lines: number;
    readonly bytes: number;
    readonly byLevel: Readonly<Record<string, number>>;
    readonly skipped: Readonly<Record<string, number>>;
  };
}

/** Name of a generation's record. */
export const logKey = (host: string, path: string, generation: string): string =>
  `${fileKey(host, path)}:${hash('sha256', generation).slice(0, 12)}`;

/**
 * The server began again since it was asked for its run, and may have lost what it acknowledged in its last moments
 * (`appendfsync everysec`). What it knows is a state that once was: whoever begins again from there misses nothing.
 */
export class ForgottenError extends Error {
  override readonly name = 'ForgottenError';

  constructor() {
    super('Redis began again and may have forgotten the last pieces of a log: begin again from what it knows');
  }
}

/** Which start of the server this is. */
export async function currentRun(redis: Redis): Promise<string> {
  return /run_id:([0-9a-f]+)/.exec(await redis.info('server'))?.[1] ?? '';
}

/**
 * Announces a piece. The first announcement of a generation says where its counting begins.
 * @param run of the server; '' where it does not matter
 * @throws ForgottenError if this is another run; nothing was written
 */
export async function intendLogBatch(
  redis: Redis & AnnounceCommand,
  keys: Keys,
  intent: LogIntent,
  run: string,
  now: number,
): Promise<void> {
  const { host, path, generation, fromByte, toByte, before, after } = intent;
  const done = await redis.trackerAnnounce(
    keys.base,
    run,
    logKey(host, path, generation.id),
    fileKey(host, path),
    String(fromByte),
    String(now),
    generation.id,
    JSON.stringify(generation.identity),
    JSON.stringify({ fromByte, toByte, before, after }),
    String(toByte),
    JSON.stringify({ host, path }),
  );
  if (done !== 1) throw new ForgottenError();
}

/**
 * Nothing will follow in this generation; it is forgotten a while later.
 * @param run of the server; '' where it does not matter
 * @throws ForgottenError if this is another run; nothing was written
 */
export async function endLog(
  redis: Redis & AnnounceCommand,
  keys: Keys,
  { host, path, generation }: { readonly host: string; readonly path: string; readonly generation: string },
  run: string,
  now: number,
): Promise<void> {
  const done = await redis.trackerEndLog(keys.base, run, logKey(host, path, generation), String(now));
  if (done !== 1) throw new ForgottenError();
}

/** A generation is known for this long after its end, and after its last line where nobody saw it end. */
const ENDED_KEPT_MS = 30 * 86_400_000;
const SILENT_KEPT_MS = 400 * 86_400_000;

/** Forgets up to `limit` generations that are long over. @returns how many */
export async function retireLogs(redis: Redis, keys: Keys, limit: number, now: number): Promise<number> {
  const old = async (list: string, keptMs: number): Promise<string[]> =>
    redis.zrangebyscore(keys.of(list), '-inf', `(${now - keptMs}`, 'LIMIT', 0, limit);
  const logs = [...(await old('logsended', ENDED_KEPT_MS)), ...(await old('logs', SILENT_KEPT_MS))];
  for (const log of logs) {
    const file = log.split(':')[0] ?? '';
    await redis
      .multi()
      .del(keys.of('log', log), keys.of('log', log, 'r'))
      .zrem(keys.of('logs'), log)
      .zrem(keys.of('logsended'), log)
      .srem(keys.of('logs', file), log)
      .exec();
    if ((await redis.scard(keys.of('logs', file))) === 0) await redis.hdel(keys.of('logfiles'), file);
  }
  return logs.length;
}

/**
 * The generations of a path, the one that was announced last at the end.
 * @param generation the only one that is wanted, which costs less
 */
export async function recallLog(
  redis: Redis,
  keys: Keys,
  host: string,
  path: string,
  generation?: string,
): Promise<LogMemory[]> {
  const logs =
    generation === undefined
      ? await redis.smembers(keys.of('logs', fileKey(host, path)))
      : [logKey(host, path, generation)];
  const pipeline = redis.pipeline();
  for (const log of logs) {
    pipeline
      .hmget(keys.of('log', log), 'id', 'identity', 'intent', 'w', 'ended', 'at')
      .zrange(keys.of('log', log, 'r'), 0, -1);
  }
  const answers = await answersOf(pipeline);
  const known = logs.flatMap((_, index): LogMemory[] => {
    const [fields, ranges] = answers.slice(2 * index) as [(string | null)[], string[]];
    const [id, identity, intent, w, ended, at] = fields;
    if (id == null || identity == null) return [];
    const watermark = Number(w ?? 0);
    const beyond = ranges.map((range) => range.split('-').map(Number) as [number, number]);
    const last = intent == null ? null : (JSON.parse(intent) as NonNullable<LogMemory['intent']>);
    const isApplied =
      last !== null &&
      (last.toByte <= watermark || beyond.some(([from, to]) => from <= last.fromByte && last.toByte <= to));
    return [
      {
        id,
        identity: JSON.parse(identity) as LogIdentity,
        watermark,
        beyond,
        intent: last,
        isApplied,
        ended: ended != null,
        at: Number(at ?? 0),
      },
    ];
  });
  return known.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}
