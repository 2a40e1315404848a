/** What a worker is: a contract with the code that keeps it. Importing one starts nothing. */
import type { z } from 'zod';
import type { JobContract } from '../jobs/define.js';
import type { Config } from '../src/config.js';
import type { log } from '../src/logger.js';
import type { Defer } from '../src/process.js';
import type { Ask, Enqueuer } from '../src/queue/enqueue.js';
import type { QueueSettings } from '../src/queue/settings.js';
import type { Store } from '../src/store/index.js';

/** What every worker is given, besides its job. */
export interface Tools {
  readonly config: Config;
  readonly store: Store;
  /** Asks for a job: `enqueue('correlate', { reason: 'ingested' }, { delayMs: 2_000 })`. */
  readonly enqueue: Ask;
  /** The state of the queues. */
  readonly queues: Enqueuer;
  readonly now: () => number;
  readonly log: typeof log;
}

/** One run of a job. `signal` is aborted when the job took too long, and when the process stops. */
export interface Job<Payload> {
  readonly id: string;
  readonly payload: Payload;
  /** From 1. */
  readonly attempt: number;
  readonly signal: AbortSignal;
}

export type Context<Payload> = Job<Payload> & Tools;
export type Handler<Payload, Result> = (context: Context<Payload>) => Promise<Result>;

/** A job that failed for good: at once, after its last attempt, or because its workers died again and again. */
export interface Exhausted<Payload> {
  readonly id: string;
  readonly payload: Payload;
  /** The error's class and message, without any content. */
  readonly reason: string;
  readonly attempts: number;
}

type Kinds<Payload, Result> = Payload extends { readonly kind: string }
  ? { readonly [Kind in Payload['kind']]: (context: Context<Extract<Payload, { kind: Kind }>>) => Promise<Result> }
  : never;
/** The same for each kind in a union: `{ transcript: Handler<GrownTranscript>, chat: Handler<Chat> }`. */
type ByKind<Payload, Result> = Payload extends { readonly kind: string }
  ? UnionToIntersection<Kinds<Payload, Result>>
  : never;
type UnionToIntersection<Union> = (Union extends unknown ? (value: Union) => void : never) extends (
  value: infer All,
) => void
  ? All
  : never;

export interface WorkerDefinition<P extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  readonly type: 'worker';
  readonly contract: JobContract<P, R>;
  run(job: Job<z.infer<P>>, tools: Tools): Promise<z.infer<R>>;
  exhausted(job: Exhausted<z.infer<P>>, tools: Tools): Promise<void>;
}

/**
 * A worker of `contract`.
 * @param handlers one function, or one for each `kind` of payload
 * @param onExhausted called once a job has failed for good
 */
export function defineWorker<P extends z.ZodType, R extends z.ZodType>(
  contract: JobContract<P, R>,
  handlers: Handler<z.infer<P>, z.infer<R>> | ByKind<z.infer<P>, z.infer<R>>,
  onExhausted?: (context: Exhausted<z.infer<P>> & Tools) => Promise<void>,
): WorkerDefinition<P, R> {
  const table = handlers as Handler<z.infer<P>, z.infer<R>> | Record<string, Handler<z.infer<P>, z.infer<R>>>;
  return {
    type: 'worker',
    contract,
    run(job, tools) {
      if (typeof table === 'function') return table({ ...job, ...tools });
      const kind = (job.payload as { kind: string }).kind;
      const handler = Object.hasOwn(table, kind) ? table[kind] : undefined;
      if (handler === undefined) throw new Error(`${contract.name} has no handler for kind ${kind}`);
      return handler({ ...job, ...tools });
    },
    async exhausted(job, tools) {
      await onExhausted?.({ ...job, ...tools });
    },
  };
}

/** What a long-lived process is given. */
export interface ProcessContext extends Tools {
  readonly settings: QueueSettings;
  /** Registers what must be undone at the end, also of a start that fails half-way; the last one first. */
  readonly defer: Defer;
  /** Aborted when the process is to stop. */
  readonly signal: AbortSignal;
}

export interface ProcessDefinition {
  readonly type: 'process';
  readonly name: string;
  /** Returns when all is under way; what was started ends through `defer` and `signal`. */
  start(context: ProcessContext): Promise<void>;
}

/** A process that has no queue of its own, such as `watch`. */
export function defineProcess(definition: Omit<ProcessDefinition, 'type'>): ProcessDefinition {
  return { type: 'process', name: definition.name, start: (context) => definition.start(context) };
}
