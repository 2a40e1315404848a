/** Batches of logs, and what is announced before them. */
import type { LogBatch, LoggedError } from '../../jobs/ingest.js';
import { ingest } from '../../jobs/ingest.js';
import type { LogIntent, Store } from '../../src/store/index.js';

export const HOST = 'host-a';
export const LOG = '/var/log/backend.log';
const IDENTITY = { dev: '1', ino: '2', headBytes: 4, head: 'head' };

/** 16 digits of a fingerprint, by a short name. */
export const print = (name: string): string => Buffer.from(name).toString('hex').padEnd(16, '0').slice(0, 16);
export const idOf = (name: string): string => `e${print(name)}`;

export const minuteOf = (at: number): number => Math.floor(at / 60_000);

/** An error that was logged `n` times at `at`; below zero it is taken back. */
export function logged(name: string, at: number, n = 1, more: Partial<LoggedError> = {}): LoggedError {
  return {
    fingerprint: print(name),
    kind: 'message',
    template: `${name} failed after <*> ms`,
    class: null,
    level: 'error',
    minutes: [[minuteOf(at), n]],
    firstAt: at,
    lastAt: at,
    samples: [],
    keys: [],
    logger: null,
    status: null,
    ...more,
  };
}

export function batchOf(errors: readonly LoggedError[], more: Partial<LogBatch> = {}): LogBatch {
  const { fromByte = 0, toByte = fromByte + 100 } = more;
  return {
    kind: 'log-batch',
    host: HOST,
    path: LOG,
    generation: 'g1',
    fromByte,
    toByte,
    component: 'backend',
    errors: [...errors],
    counts: { lines: 10, bytes: toByte - fromByte, byLevel: { error: 1 }, skipped: {} },
    readAt: 0,
    ...more,
  };
}

export const intentOf = ({ host, path, generation, fromByte, toByte }: LogBatch): LogIntent => ({
  host,
  path,
  generation: { id: generation, identity: IDENTITY },
  fromByte,
  toByte,
  before: { at: fromByte },
  after: { at: toByte },
});

/** Announces and counts batches, one after the other, as follower and worker do. */
export async function follow(store: Store, now: number, ...batches: readonly LogBatch[]): Promise<boolean[]> {
  const applied: boolean[] = [];
  for (const batch of batches) {
    await store.intendLogBatch(intentOf(batch));
    applied.push((await store.applyLogBatch(ingest.payload.parse(batch) as LogBatch, now)).applied);
  }
  return applied;
}

/** Each batch behind the one before it. */
export const inARow = (...errors: readonly (readonly LoggedError[])[]): LogBatch[] =>
  errors.map((some, index) => batchOf(some, { fromByte: index * 100 }));
