/**
 * What one server offers, in the shapes of the wire: what the adapter in `server.ts` serves, to either era and over any
 * transport. Our own declarations become one in `production.ts`; the conformance fixtures make another.
 */
import type {
  CallToolResult,
  CompleteRequestParams,
  CompleteResult,
  GetPromptResult,
  Implementation,
  InputRequiredResult,
  Prompt,
  ReadResourceResult,
  Resource,
  ResourceTemplateType,
  ServerCapabilities,
  ServerContext,
  ServerOptions,
  Tool,
} from '@modelcontextprotocol/server';
import type { ChangeSource } from './changes.js';
import type { TaskBackend, TaskCreated } from './tasks.js';

export interface ServedTool {
  readonly listed: Tool;
  /** What it throws is a fault of ours and told without words of it; faults of the caller are results with `isError`. */
  readonly call: (args: Args, context: ServerContext) => Promise<CallToolResult | InputRequiredResult | TaskCreated>;
}
type Args = Readonly<Record<string, unknown>>;

export interface ServedPrompt {
  readonly listed: Prompt;
  readonly get: (
    args: Readonly<Record<string, string>>,
    context: ServerContext,
  ) => Promise<GetPromptResult | InputRequiredResult>;
}

export interface ServedResources {
  readonly listed: readonly Resource[];
  readonly templates: readonly ResourceTemplateType[];
  /** @throws ResourceNotFoundError */
  readonly read: (uri: string, context: ServerContext) => Promise<ReadResourceResult | InputRequiredResult>;
}

export interface Registry {
  readonly info: Implementation;
  readonly instructions?: string;
  /** In the order in which clients see them, which is part of what they cache. */
  readonly tools: readonly ServedTool[];
  readonly prompts: readonly ServedPrompt[];
  readonly resources: ServedResources;
  readonly complete?: (params: CompleteRequestParams, context: ServerContext) => Promise<CompleteResult>;
  /** For clients that declare the Tasks extension. */
  readonly tasks?: TaskBackend;
  readonly changes?: ChangeSource;
  /** The text for a tool that there is not. */
  readonly unknownTool: (name: string) => string;
  /** Beside those that follow from what is offered. */
  readonly capabilities?: ServerCapabilities;
  readonly options?: Pick<ServerOptions, 'cacheHints' | 'requestState' | 'inputRequired'>;
  /** Called after the first list: a client that lists will call. */
  readonly warm?: () => void;
}
