/**
 * The adapter between our declarations and the SDK; with `stdio.ts` and `client.ts` the only code that knows it. It owns
 * `tools/list` and `tools/call` itself: McpServer's own handlers would validate and word errors in their way.
 */
import {
  ProtocolError,
  ResourceNotFoundError,
  Server,
  type CallToolResult,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Transport } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { messageOf } from '../errors.js';
import { log } from '../logger.js';
import { answerFor, internalFault, unknownResource, unknownTool } from './errors.js';
import { INSTRUCTIONS } from './instructions.js';
import { findResource, resources, resourceUris } from './resources/index.js';
import type { Services } from './services.js';
import { findTool, nearestTool, toolNames, tools } from './tools/index.js';
import type { ToolContext } from './tool.js';
import { trackerVersion } from './version.js';

/** Key of our own notes in `_meta`: which results hold text that others wrote. */
const CONTENT_META = 'dev.mcp-autobot-tracker/content';
const UNTRUSTED = { [CONTENT_META]: { integrity: 'untrusted' } } as const;
const PROGRESS_EVERY_MS = 1_000;
const INVALID_PARAMS = -32_602;
const INTERNAL_ERROR = -32_603;

/** Lists are the same for everyone until the next version; what is read changes all the time. */
const FIXED = { ttlMs: 300_000, cacheScope: 'public' } as const;
const CACHE_HINTS = {
  'tools/list': FIXED,
  'resources/list': FIXED,
  'resources/templates/list': FIXED,
  'server/discover': FIXED,
  'resources/read': { ttlMs: 1_000, cacheScope: 'private' },
} as const;

/**
 * Serves one connection until it closes: with `initialize` up to 2025-11-25, and with `server/discover` 2026-07-28.
 * @returns ends the connection; calls that are under way are aborted
 */
export function serve(transport: Transport, services: Services): () => Promise<void> {
  const handle = serveStdio(() => createServer(services), {
    transport,
    onerror: (error) => log.warn('mcp.bad-message', { error: error.name }),
  });
  return () => handle.close();
}

/* eslint-disable @typescript-eslint/no-deprecated -- the low-level server is meant for what we do: own tools/list and tools/call */
/** A server of one connection. All connections may share `services`; nothing else is shared. */
function createServer(services: Services): Server {
  const server = new Server(
    { name: 'mcp-autobot-tracker', title: 'MCP AutoBot Tracker', version: trackerVersion() },
    { capabilities: { tools: {}, resources: {} }, instructions: INSTRUCTIONS, cacheHints: CACHE_HINTS },
  );
  /* eslint-enable @typescript-eslint/no-deprecated */
  server.setRequestHandler('tools/list', () => {
    services.warm();
    return { tools: listedTools() };
  });
  server.setRequestHandler('tools/call', async ({ params }, context) =>
    server.projectCallToolResult(await callTool(params.name, params.arguments ?? {}, services, context), undefined),
  );
  server.setRequestHandler('resources/list', () => ({
    resources: resources.map(({ name, title, description, uri }) => ({
      name,
      title,
      description,
      uri,
      mimeType: 'application/json',
    })),
  }));
  server.setRequestHandler('resources/templates/list', () => ({
    resourceTemplates: resources.map(({ uri, item: { name, title, description, variable } }) => ({
      name,
      title,
      description,
      uriTemplate: `${uri}/{${variable}}`,
      mimeType: 'application/json',
    })),
  }));
  server.setRequestHandler('resources/read', ({ params }, context) => readResource(params.uri, services, context));
  return server;
}

async function callTool(
  name: string,
  args: unknown,
  services: Services,
  context: ServerContext,
): Promise<CallToolResult> {
  const tool = findTool(name);
  if (tool === undefined) throw new ProtocolError(INVALID_PARAMS, unknownTool(name, toolNames, nearestTool(name)));
  const endProgress = reportProgress(context);
  try {
    const writes = !tool.annotations.readOnlyHint;
    const structuredContent = await tool.call(args, () => contextOf(services, context, writes));
    return {
      content: [{ type: 'text', text: JSON.stringify(structuredContent) }],
      structuredContent,
      ...(tool.annotations.openWorldHint && { _meta: UNTRUSTED }),
    };
  } catch (error) {
    return { isError: true, content: [{ type: 'text', text: told(error, name, !tool.annotations.readOnlyHint) }] };
  } finally {
    endProgress();
  }
}

async function readResource(uri: string, services: Services, context: ServerContext) {
  const read = findResource(uri);
  if (read === null) throw new ResourceNotFoundError(uri.slice(0, 200), unknownResource(uri, resourceUris));
  const found = await readOf(uri, async () => read(await contextOf(services, context, false)));
  if (found === null) throw new ResourceNotFoundError(uri.slice(0, 200), unknownResource(uri, resourceUris));
  return { contents: [{ uri, mimeType: 'application/json', text: JSON.stringify(found), _meta: UNTRUSTED }] };
}

async function readOf<T>(uri: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new ProtocolError(INTERNAL_ERROR, told(error, uri, false));
  }
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
  const toolUseId = mcpReq._meta?.['claudecode/toolUseId'];
  return {
    ...(await services.open({ writes, signal: mcpReq.signal })),
    now: () => Date.now(),
    signal: mcpReq.signal,
    ...(typeof toolUseId === 'string' && { toolUseId }),
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

type ListedTool = { name: string; inputSchema: { type: 'object' } & Record<string, unknown> };
let listed: ListedTool[] | undefined;

/** The reply to `tools/list`, made once. */
function listedTools(): ListedTool[] {
  listed ??= tools.map(({ name, title, description, annotations, input, output, alwaysLoad }) => ({
    name,
    title,
    description,
    inputSchema: schemaOf(input, 'input'),
    outputSchema: schemaOf(output, 'output'),
    annotations: { ...annotations },
    ...(alwaysLoad === true && { _meta: { 'anthropic/alwaysLoad': true } }),
  }));
  return listed;
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): { type: 'object' } & Record<string, unknown> {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    // Every byte of the list is paid for by each client: what says nothing to a caller is left out.
    override: ({ jsonSchema, path }) => {
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      delete jsonSchema.minLength;
      delete jsonSchema.maxLength;
      delete jsonSchema.maxItems;
      // Models never see a result's schema, and clients need no more of it than its top level.
      if (io === 'output' && path.length > 1) {
        delete jsonSchema.properties;
        delete jsonSchema.required;
        delete jsonSchema.additionalProperties;
      }
      if (isEmpty(jsonSchema.additionalProperties)) delete jsonSchema.additionalProperties;
      delete jsonSchema.propertyNames;
    },
  });
  return { ...json, type: 'object' };
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;
