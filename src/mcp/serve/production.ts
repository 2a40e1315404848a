/** Our tools, resources and prompts as one registry: where declarations meet the wire. */
import {
  BAGGAGE_META_KEY,
  ProtocolError,
  ResourceNotFoundError,
  TRACEPARENT_META_KEY,
  TRACESTATE_META_KEY,
  type CallToolResult,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { messageOf } from '../../errors.js';
import { log } from '../../logger.js';
import { bounded } from '../views/bounded.js';
import { createChangeSource } from './changes.js';
import { answerFor, internalFault, unknownResource, unknownTool } from '../errors.js';
import { INSTRUCTIONS } from '../instructions.js';
import { jobTasks, taskOf } from './job-tasks.js';
import { listedTool } from './listed-tool.js';
import { plain } from '../views/plain.js';
import { prompts } from '../prompts/index.js';
import type { Registry, ServedTool } from './registry.js';
import { addressOf, findResource, resources, resourceUris } from '../resources/index.js';
import type { Services } from '../services.js';
import { declaresTasks, taskCreated } from './tasks.js';
import { nearestTool, toolNames, tools } from '../tools/index.js';
import type { AnyTool, Facts, PromptDeclaration, ToolContext, TraceContext } from '../tool.js';
import { trackerVersion } from '../version.js';

/** Key of our own notes in `_meta`: which results hold text that others wrote. */
const CONTENT_META = 'dev.mcp-autobot-tracker/content';
const UNTRUSTED = { [CONTENT_META]: { integrity: 'untrusted' } } as const;
const PROGRESS_EVERY_MS = 1_000;
const INTERNAL_ERROR = -32_603;
const JSON_TYPE = 'application/json';

/** Lists are the same for everyone until the next version; what is read changes all the time. */
const FIXED = { ttlMs: 300_000, cacheScope: 'public' } as const;
const CACHE_HINTS = {
  'tools/list': FIXED,
  'prompts/list': FIXED,
  'resources/list': FIXED,
  'resources/templates/list': FIXED,
  'server/discover': FIXED,
  'resources/read': { ttlMs: 1_000, cacheScope: 'private' },
} as const;

/** The server that people run. Made once a process, whatever the number of its connections. */
export function productionRegistry(services: Services): Registry {
  return {
    info: { name: 'mcp-autobot-tracker', title: 'MCP AutoBot Tracker', version: trackerVersion() },
    instructions: INSTRUCTIONS,
    tools: tools.map((tool) => servedTool(tool, services)),
    prompts: prompts.map(servedPrompt),
    resources: {
      listed: resources.map(({ name, title, description, uri }) => ({
        ...{ name, title, description, uri, mimeType: JSON_TYPE },
      })),
      templates: resources.map(({ uri, item: { name, title, description, variable } }) => ({
        ...{ name, title, description, uriTemplate: `${uri}/{${variable}}`, mimeType: JSON_TYPE },
      })),
      read: (uri, context) => readResource(uri, services, context),
    },
    tasks: jobTasks((context) => contextOf(services, context, false), resultOf),
    changes: createChangeSource((listener) => services.changes(listener), addressOf),
    unknownTool: (name) => unknownTool(name, toolNames, nearestTool(name)),
    options: { cacheHints: CACHE_HINTS },
    warm: () => services.warm(),
  };
}

function servedTool(tool: AnyTool, services: Services): ServedTool {
  /** Whether a call may queue something, which takes its share of the time. */
  const writes = tool.asks !== undefined;
  return {
    listed: listedTool(tool),
    call: async (args, context) => {
      const open = (): Promise<ToolContext> => contextOf(services, context, writes);
      const endProgress = reportProgress(context);
      try {
        if (tool.asks === undefined || !declaresTasks(context)) return resultOf(tool, await tool.call(args, open));
        const begun = await tool.asks.start(args, open);
        if ('facts' in begun) return resultOf(tool, begun.facts);
        return taskCreated(taskOf(begun));
      } catch (error) {
        return {
          isError: true,
          content: [{ type: 'text', text: told(error, tool.name, !tool.annotations.readOnlyHint) }],
        };
      } finally {
        endProgress();
      }
    },
  };
}

/** Facts on the wire: structured, the same as text for clients that know no better, and never too large. */
function resultOf(tool: AnyTool, facts: Facts): CallToolResult {
  const checked = tool.output.safeParse(facts);
  if (!checked.success) {
    log.error('tool.failed', {
      name: tool.name,
      error: 'OutputError',
      message: checked.error.issues.map(({ path }) => path.join('.')).join(' '),
    });
    return { isError: true, content: [{ type: 'text', text: internalFault(tool.name) }] };
  }
  const { value, text, cut } = bounded(checked.data as Facts);
  return {
    content: [
      { type: 'text', text },
      ...(cut && tool.resource !== undefined
        ? [{ type: 'resource_link' as const, uri: tool.resource, name: tool.resource, mimeType: JSON_TYPE }]
        : []),
    ],
    structuredContent: { ...value },
    ...(tool.annotations.openWorldHint && { _meta: UNTRUSTED }),
  };
}

function servedPrompt(prompt: PromptDeclaration): Registry['prompts'][number] {
  const { name, title, description } = prompt;
  const known = prompt.arguments.map((argument) => argument.name);
  return {
    listed: { name, title, description, arguments: prompt.arguments.map((argument) => ({ ...argument })) },
    get: (args) => {
      const given = Object.fromEntries(
        known.flatMap((key) => (args[key] === undefined ? [] : [[key, plain(args[key], 200)]])),
      );
      return Promise.resolve({
        description,
        messages: [{ role: 'user', content: { type: 'text', text: prompt.text(given) } }],
      });
    },
  };
}

async function readResource(uri: string, services: Services, context: ServerContext) {
  const notFound = (): Error => new ResourceNotFoundError(uri.slice(0, 200), unknownResource(uri, resourceUris));
  const read = findResource(uri);
  if (read === null) throw notFound();
  let found: Facts | null;
  try {
    found = await read(await contextOf(services, context, false));
  } catch (error) {
    throw new ProtocolError(INTERNAL_ERROR, told(error, uri, false));
  }
  if (found === null) throw notFound();
  const { text } = bounded(found);
  return { contents: [{ uri, mimeType: JSON_TYPE, text, _meta: UNTRUSTED }] };
}

/** The text for a failure; what is not in the catalogue is logged and told as a fault of ours. */
function told(error: unknown, name: string, writes: boolean): string {
  const answer = answerFor(error, { name, writes });
  if (answer !== null) return answer;
  log.error('tool.failed', {
    name,
    error: error instanceof Error ? error.name : typeof error,
    message: messageOf(error).slice(0, 300),
  });
  return internalFault(name);
}

async function contextOf(services: Services, { mcpReq }: ServerContext, writes: boolean): Promise<ToolContext> {
  const meta = mcpReq._meta;
  const toolUseId = meta?.['claudecode/toolUseId'];
  const trace = traceOf(meta);
  return {
    ...(await services.open({ writes, signal: mcpReq.signal })),
    now: () => Date.now(),
    signal: mcpReq.signal,
    ...(typeof toolUseId === 'string' && toolUseId.length <= 200 && { toolUseId }),
    ...(trace !== null && { trace }),
  };
}

function traceOf(meta: ServerContext['mcpReq']['_meta']): TraceContext | null {
  const traceparent = meta?.[TRACEPARENT_META_KEY];
  if (typeof traceparent !== 'string') return null;
  const tracestate = meta?.[TRACESTATE_META_KEY];
  const baggage = meta?.[BAGGAGE_META_KEY];
  return {
    traceparent,
    ...(typeof tracestate === 'string' && { tracestate }),
    ...(typeof baggage === 'string' && { baggage }),
  };
}

/** Tells a client that asked for it, once a second, that its call is still being worked on. */
function reportProgress({ mcpReq }: ServerContext): () => void {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return () => undefined;
  let progress = 0;
  const timer = setInterval(() => {
    progress += 1;
    mcpReq
      .notify({ method: 'notifications/progress', params: { progressToken, progress, message: 'waiting for the job' } })
      .catch(() => clearInterval(timer));
  }, PROGRESS_EVERY_MS);
  return () => clearInterval(timer);
}
