/** What a tool and a resource are. Nothing here, and nothing that is declared with it, knows an SDK, Redis or BullMQ. */
import type { z } from 'zod';
import type { contracts, JobName } from '../../jobs/index.js';
import type { StoreReader } from '../store/reader.js';

/** All four are stated by every tool: a client that misses one asks for approval, or runs reads one after the other. */
export interface ToolHints {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  /** True wherever text of stored conversations or logs comes back. */
  readonly openWorldHint: boolean;
}

export type JobPayload<Name extends JobName> = z.infer<(typeof contracts)[Name]['payload']>;
export type JobResult<Name extends JobName> = z.infer<(typeof contracts)[Name]['result']>;

/** A job as Redis has confirmed it. */
export interface AskedJob {
  readonly jobId: string;
  readonly state: string;
  /** The same was already waiting or running; this is that job. */
  readonly deduplicated: boolean;
}

/** How a job stood when the wait was over. */
export type JobOutcome<Name extends JobName> =
  | { readonly state: 'completed'; readonly result: JobResult<Name> }
  | { readonly state: 'failed' }
  | { readonly state: 'pending'; readonly phase: string };

/** The way to the workers. All methods throw UnavailableError where Redis does not answer in time. */
export interface ToolQueue {
  enqueue<Name extends JobName>(name: Name, payload: JobPayload<Name>): Promise<AskedJob>;
  /** Waits at most `waitMs` for the end of a job. */
  waitFor<Name extends JobName>(name: Name, jobId: string, waitMs: number): Promise<JobOutcome<Name>>;
  /** Workers of a queue that are connected; null where that could not be asked in time. */
  workersOnline(name: JobName): Promise<number | null>;
}

/** All that a tool may see. */
export interface ToolContext {
  readonly store: StoreReader;
  readonly queue: ToolQueue;
  /** Masks secrets; one result per text, in order. */
  readonly redact: (texts: readonly string[]) => Promise<readonly string[]>;
  /** Where transcripts may lie, and how this machine is called in payloads. */
  readonly transcripts: { readonly roots: readonly string[]; readonly host: string };
  readonly now: () => number;
  /** Aborted when the client cancels or leaves. */
  readonly signal: AbortSignal;
  /** The client's own id of this use, where it sends one. */
  readonly toolUseId?: string;
}

export interface Tool<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  /** snake_case, verb first; with deferred loading it is all that a model sees at first. */
  readonly name: string;
  readonly title: string;
  /** At most 300 characters; says when to use it and what comes back, with the words that a user would say. */
  readonly description: string;
  readonly annotations: ToolHints;
  /** A strict object with snake_case keys. */
  readonly input: Input;
  readonly output: Output;
  /** Asks the client to load it up front. For one or two entry tools only. */
  readonly alwaysLoad?: boolean;
  readonly run: (args: z.output<Input>, context: ToolContext) => Promise<z.input<Output>>;
}

/** A tool whatever its types: what the registry holds and the adapter serves. */
export interface AnyTool extends Omit<Tool, 'run'> {
  /**
   * Checks `args` and runs the body; `open` is called only for arguments that fit.
   * @throws InputError with the faults of `args` by field; whatever the body throws
   */
  readonly call: (args: unknown, open: () => Promise<ToolContext>) => Promise<Readonly<Record<string, unknown>>>;
}

/** One fixed address, or a family of them with one variable. */
export interface ResourceDeclaration {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** `autobot://nouns` */
  readonly uri: string;
  /** The first page, as the tool of the same read gives it. */
  readonly list: (context: ToolContext) => Promise<Readonly<Record<string, unknown>>>;
  readonly item: {
    readonly name: string;
    readonly title: string;
    readonly description: string;
    /** The variable of `<uri>/{variable}`. */
    readonly variable: string;
    /** Null where there is none of this id. */
    readonly read: (id: string, context: ToolContext) => Promise<Readonly<Record<string, unknown>> | null>;
  };
}

export function defineResource(declaration: ResourceDeclaration): ResourceDeclaration {
  return declaration;
}
