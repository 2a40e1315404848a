/**
 * What tools stand on, made when it is first needed: Redis, BullMQ and the redaction rules take longer to load than all
 * the rest of the server, and a client that only lists tools needs none of them.
 */
import { hostname } from 'node:os';
import type { Enqueuer } from '../queue/enqueue.js';
import { UnavailableError } from '../errors.js';
import type { StoreReader } from '../store/reader.js';
import type { Change } from '../store/changes.js';
import type { ToolContext, ToolQueue } from './tool.js';

/** The part of a tool's context that does not belong to one call. */
export type Shared = Pick<ToolContext, 'store' | 'queue' | 'redact' | 'transcripts'>;

export interface Services {
  /** Starts loading, without waiting and without asking Redis. */
  warm(): void;
  /**
   * @param call.writes a call that will also queue something has less time for its reads
   * @throws UnavailableError, ConfigError; the next call tries again
   */
  open(call: { readonly writes: boolean; readonly signal: AbortSignal }): Promise<Shared>;
  /** Hears of what workers write, until the returned function is called. @throws UnavailableError, ConfigError */
  changes(listener: (changes: readonly Change[]) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** What `services` are made of; the tests give other ones. */
export interface Parts {
  readonly store: StoreReader;
  readonly enqueuer: Pick<Enqueuer, 'enqueue' | 'jobState' | 'waitFor' | 'workersOnline' | 'cancel' | 'close'>;
  readonly redact: (texts: readonly string[]) => Promise<readonly string[]>;
  readonly roots: readonly string[];
  /**
   * Whether Redis is one that we can stand on, as `up` asks it.
   * @throws ConfigError with the cure, UnavailableError
   */
  readonly verify?: () => Promise<unknown>;
}

/**
 * A call must have answered within 2 s when Redis does not. One that only reads has this long for all it reads; one that
 * also queues must leave time for that.
 */
const READ_MS = 1_300;
const READ_BEFORE_WRITE_MS = 700;
/** What a single question gets in any case, such as the one for the task after its job was awaited. */
const LEAST_MS = 400;
export const ENQUEUE_MS = 900;
/** From the beginning of a call that queues until what is told beside its job must be there; a wait for the job comes on top. */
const BESIDE_MS = 1_700;
const LEAST_BESIDE_MS = 250;

export function createServices(load: () => Promise<Parts>): Services {
  let parts: Promise<Parts> | undefined;
  const loaded = (): Promise<Parts> => {
    if (parts === undefined) {
      parts = load();
      // Not kept: a configuration may be corrected and Redis started while the client stays connected.
      parts.catch(() => (parts = undefined));
    }
    return parts;
  };
  // Asked once, and again after a silence: another server may stand there then.
  let verified: Promise<unknown> | undefined;
  const verify = ({ verify: ask }: Parts): Promise<unknown> => {
    if (verified === undefined && ask !== undefined) {
      const asked = ask();
      verified = asked;
      asked.catch(() => {
        if (verified === asked) verified = undefined;
      });
    }
    return verified ?? Promise.resolve();
  };
  const onLate = (): void => {
    verified = undefined;
  };
  return {
    warm: () => {
      if (parts !== undefined) return;
      setTimeout(() => {
        loaded().catch(() => undefined);
      }, 0);
    },
    open: async ({ writes, signal }) => {
      // Loading waits for nobody, and on a busy machine its time must not be held against Redis.
      const all = await loaded();
      const { store, enqueuer, redact, roots } = all;
      const openedAt = performance.now();
      const until = openedAt + (writes ? READ_BEFORE_WRITE_MS : READ_MS);
      const leftMs = (): number => {
        const left = until - performance.now();
        return left > 0 ? left : LEAST_MS;
      };
      await inTime(verify(all), leftMs());
      return {
        store: timed(store, leftMs, onLate),
        queue: queueOf(enqueuer, signal, openedAt + BESIDE_MS),
        redact,
        transcripts: { roots, host: hostname() },
      };
    },
    changes: async (listener) => (await loaded()).store.changes(listener),
    close: async () => {
      if (parts === undefined) return;
      const { store, enqueuer } = await parts;
      await Promise.allSettled([enqueuer.close(), store.close()]);
    },
  };
}

/** @param until what is only told beside a job is given up after this, by `performance.now` */
function queueOf(enqueuer: Parts['enqueuer'], signal: AbortSignal, until: number): ToolQueue {
  const besideMs = (): number => Math.max(LEAST_BESIDE_MS, until - performance.now());
  return {
    enqueue: (name, payload, options) => enqueuer.enqueue(name, payload, options),
    report: (name, jobId) => enqueuer.jobState(name, jobId),
    waitFor: (name, jobId, waitMs) => inTime(enqueuer.waitFor(name, jobId, waitMs, signal), waitMs + besideMs()),
    workersOnline: (name) => inTime(enqueuer.workersOnline(name), besideMs()),
    cancel: (name, jobId) => enqueuer.cancel(name, jobId),
  };
}

/** `target` with a time limit on every question; `onLate` is told of those that have missed it. */
function timed<T extends object>(target: T, leftMs: () => number, onLate: () => void): T {
  return new Proxy(target, {
    get: (object, key, receiver): unknown => {
      const value: unknown = Reflect.get(object, key, receiver);
      if (typeof value === 'function') {
        return (...args: unknown[]): unknown => {
          const answer: unknown = Reflect.apply(value, object, args);
          return answer instanceof Promise ? inTime(answer, leftMs(), onLate) : answer;
        };
      }
      return typeof value === 'object' && value !== null ? timed(value, leftMs, onLate) : value;
    },
  });
}

async function inTime<T>(answer: Promise<T>, withinMs: number, onLate?: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      onLate?.();
      reject(new UnavailableError(`no answer within ${withinMs} ms`));
    }, withinMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
    answer.catch(() => undefined);
  }
}
