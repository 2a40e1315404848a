/** Pieces of logs on their way into the ledger: announced first, then queued, however long Redis is away. */
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode, InputError, messageOf, PermanentError, UnavailableError } from '../../src/errors.js';
import type { ProcessContext } from '../define.js';
import type { Piece } from './reading.js';

export interface HandOver {
  /**
   * Returns when the piece is queued or counted: then the next one of the same log may follow. Waits for Redis as long as
   * it takes; rejects when the process is to stop, and when Redis began again: only a new process may go on then.
   */
  give(piece: Piece): Promise<void>;
  /** Queues one that was announced before. */
  giveAgain(piece: Piece): Promise<void>;
  /** Returns when the queue is short enough for more: what is read would only wait there, in the memory of Redis. */
  room(): Promise<void>;
  /** Does something that Redis may not answer at once. */
  insist<T>(ask: () => Promise<T>): Promise<T>;
}

/** Pieces of different logs on their way. */
const AT_ONCE = 8;
/** Jobs that wait: from the first number on nothing is read until there are no more than the second. */
const HIGH_WATER = 24;
const LOW_WATER = 8;
const LOOK_EVERY_MS = 250;
const LOOK_AGAIN_MS = 50;
const FIRST_PAUSE_MS = 100;
const LAST_PAUSE_MS = 2_000;

/** @param run of the Redis server, from before anything was recalled */
export function createHandOver(
  context: Pick<ProcessContext, 'store' | 'enqueue' | 'queues' | 'signal' | 'log' | 'now'>,
  run: string,
): HandOver {
  const { store, enqueue, queues, signal, log, now } = context;
  let lookedAt = -Infinity;

  const insist = async <T>(ask: () => Promise<T>): Promise<T> => {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LAST_PAUSE_MS, pauseMs * 2)) {
      signal.throwIfAborted();
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof UnavailableError)) throw error;
        if (pauseMs === FIRST_PAUSE_MS) log.warn('redis.waiting', { reason: messageOf(error) });
      }
      await pause(pauseMs, signal);
    }
  };

  let free = AT_ONCE;
  const waiting: (() => void)[] = [];
  /** Thousands of logs may have something to say at the same moment. */
  const turn = async (): Promise<void> => {
    while (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    free -= 1;
  };

  const queue = async (batch: Piece['batch']): Promise<void> => {
    // Nothing but a new position: not worth a job.
    if (batch.errors.length === 0) await insist(() => store.applyLogBatch(batch, now()));
    else await insist(() => enqueue('ingest', batch));
  };

  const announce = async ({ intent, batch }: Piece): Promise<void> => {
    await insist(() => store.intendLogBatch(intent, run));
    await queue(batch);
  };

  const inTurn = async ({ batch }: Piece, deliver: () => Promise<void>): Promise<void> => {
    await turn();
    try {
      await deliver();
    } catch (error) {
      if (!(error instanceof InputError || error instanceof PermanentError)) throw error;
      // Nothing will make it fit: the log goes on behind it.
      const { path, fromByte, toByte } = batch;
      log.error('log.refused', { path, fromByte, toByte, reason: messageOf(error).slice(0, 300) });
    } finally {
      free += 1;
      waiting.shift()?.();
    }
  };

  return {
    insist,
    give: (piece) => inTurn(piece, () => announce(piece)),
    giveAgain: (piece) => inTurn(piece, () => queue(piece.batch)),
    async room() {
      if (performance.now() - lookedAt < LOOK_EVERY_MS) return;
      for (let limit = HIGH_WATER; ; limit = LOW_WATER) {
        const { position } = await insist(() => queues.queueDepth('ingest'));
        if (position <= limit) break;
        await pause(LOOK_AGAIN_MS, signal);
      }
      lookedAt = performance.now();
    },
  };
}

/** Waits; returns at once when `signal` aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    if (!hasCode(error, 'ABORT_ERR')) throw error;
  }
}
