/** What a tool and a resource are. Nothing here, and nothing that is declared with it, knows an SDK, Redis or BullMQ. */
import type { z } from 'zod';
import type { contracts, JobName } from '../../jobs/index.js';
import type {
  Asked,
  AskOptions,
  AskRecord,
  Enqueuer,
  JobReport as QueuedJob,
  Json,
  TraceContext,
} from '../queue/enqueue.js';
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

export type { AskRecord, Json, TraceContext };

/** How a job stands. */
export type JobReport = Pick<
  QueuedJob,
  'state' | 'result' | 'attempts' | 'position' | 'cancelled' | 'changedAt' | 'record'
>;

/** The way to the workers. All methods throw UnavailableError where Redis does not answer in time. */
export interface ToolQueue {
  enqueue<Name extends JobName>(
    name: Name,
    payload: JobPayload<Name>,
    options?: Omit<AskOptions, 'delayMs'>,
  ): Promise<Asked>;
  report(name: JobName, jobId: string): Promise<JobReport>;
  /** Waits at most `waitMs` for the end of a job. */
  waitFor(name: JobName, jobId: string, waitMs: number): Promise<JobReport>;
  /** Workers of a queue that are connected; null where that could not be asked in time. */
  workersOnline(name: JobName): Promise<number | null>;
  /** Asks for the end of a job; one that runs is told, and settles. */
  cancel(name: JobName, jobId: string): ReturnType<Enqueuer['cancel']>;
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
  /** W3C trace context, where the client sends one. */
  readonly trace?: TraceContext;
}

export type Facts = Readonly<Record<string, unknown>>;

/** What a tool says of itself. */
export interface ToolDeclaration<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
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
  /** Address of the resource with the same read: a client whose reply was cut finds it there. */
  readonly resource?: string;
}

/** A tool that reads. */
export interface Tool<Input extends z.ZodType, Output extends z.ZodType> extends ToolDeclaration<Input, Output> {
  readonly run: (args: z.output<Input>, context: ToolContext) => Promise<z.input<Output>>;
}

/** What a call asks the workers for: a new job, or how one stands that was asked for before. */
export type Plan<Name extends JobName = JobName> = Name extends JobName
  ? | { readonly name: Name; readonly payload: JobPayload<Name>; readonly about: Json }
    | { readonly name: Name; readonly jobId: string }
  : never;

/** There is nothing to ask for: `present` says what is known. */
export interface Known {
  readonly known: Json;
}

/** Arguments that every asking tool shares; a tool may leave out what makes no sense for it. */
export interface AskingArguments {
  readonly wait_ms?: number | undefined;
  readonly idempotency_key?: string | undefined;
}

/** How a job of an asking tool stood when the wait was over. `result` is what the contract says, of a completed one. */
export interface JobView {
  readonly state: JobReport['state'];
  readonly result: Facts | null;
}

/** A tool that asks for a job. Its reply holds the job's handle, and what `present` says. */
export interface AskingTool<Input extends z.ZodType, Output extends z.ZodType> extends ToolDeclaration<Input, Output> {
  readonly plan: (args: z.output<Input>, context: ToolContext) => Promise<Plan | Known>;
  /**
   * The facts beside the handle. Called with null where nothing was asked for, and for a client of the Tasks extension when
   * the task has ended, maybe by another server: all it knows of the call is `about`.
   */
  readonly present: (job: JobView | null, about: Json, context: ToolContext) => Promise<Facts>;
}

/** A tool whatever its types: what the registry holds and the adapter serves. */
export interface AnyTool extends ToolDeclaration {
  /**
   * Checks `args` and does what the tool does; `open` is called only for arguments that fit.
   * @throws InputError with the faults of `args` by field; whatever the body throws
   */
  readonly call: (args: unknown, open: () => Promise<ToolContext>) => Promise<Facts>;
  /** Only of tools that may ask for a job. */
  readonly asks?: {
    /** Asks and does not wait. @returns the job, or the facts where none was needed */
    readonly start: (args: unknown, open: () => Promise<ToolContext>) => Promise<Started | { readonly facts: Facts }>;
    /** The reply of a call whose job has ended. */
    readonly finish: (job: AskedJobOf, report: JobReport, context: ToolContext) => Promise<Facts>;
  };
}

/** A job with its queue: all that leads back to it. */
export interface AskedJobOf extends Asked {
  readonly queue: JobName;
}
export interface Started {
  readonly job: AskedJobOf;
  readonly record: AskRecord;
}

/** One fixed address, or a family of them with one variable. */
export interface ResourceDeclaration {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** `autobot://nouns` */
  readonly uri: string;
  /** The first page, as the tool of the same read gives it. */
  readonly list: (context: ToolContext) => Promise<Facts>;
  readonly item: {
    readonly name: string;
    readonly title: string;
    readonly description: string;
    /** The variable of `<uri>/{variable}`. */
    readonly variable: string;
    /** Null where there is none of this id. */
    readonly read: (id: string, context: ToolContext) => Promise<Facts | null>;
  };
}

export function defineResource(declaration: ResourceDeclaration): ResourceDeclaration {
  return declaration;
}

/** Text that a user sends as if typed: in Claude Code a slash command. */
export interface PromptDeclaration {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly arguments: readonly { readonly name: string; readonly description: string; readonly required: boolean }[];
  /** @param args cleaned and cut; only names that are declared */
  readonly text: (args: Readonly<Record<string, string>>) => string;
}
