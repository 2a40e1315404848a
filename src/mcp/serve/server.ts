/**
 * The serving adapter: one registry, served to both eras. It owns `tools/list` and `tools/call` itself: McpServer's own
 * handlers would validate and word errors in their way, and refuse tasks.
 */
import {
  ProtocolError,
  Server,
  type CallToolResult,
  type McpRequestContext,
  type McpServerFactory,
  type Transport,
} from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { log } from '../../logger.js';
import type { Registry } from './registry.js';
import { createWanted, forwardChanges, tapListens, type Wanted } from './subscriptions.js';
import { serveTasks, TASKS_EXTENSION } from './tasks.js';

const INVALID_PARAMS = -32_602;

/**
 * Serves one connection until it closes: with `initialize` up to 2025-11-25, and with `server/discover` 2026-07-28.
 * @returns ends the connection; calls that are under way are aborted
 */
export function serve(transport: Transport, registry: Registry): () => Promise<void> {
  const { tapped, wanted } = tapListens(transport);
  const handle = serveStdio((request) => createServer(registry, request, wanted), {
    transport: tapped,
    onerror: (error) => log.warn('mcp.bad-message', { error: error.name }),
  });
  return () => handle.close();
}

/** A server for each request over HTTP, which knows of no other. Changes travel on the bus of the HTTP handler. */
export function serverFactory(registry: Registry): McpServerFactory {
  return (request) => createServer(registry, request, request.era === 'legacy' ? createWanted() : null);
}

/**
 * A server of one connection or request. All may share `registry`; nothing else is shared.
 * @param wanted addresses that this connection subscribes to; null where there is no connection
 */
function createServer(registry: Registry, { era }: Pick<McpRequestContext, 'era'>, wanted: Wanted | null): Server {
  const { info, instructions, tools, prompts, resources, complete, tasks, changes, options } = registry;
  const server = new Server(info, {
    capabilities: {
      tools: {},
      resources: { ...(changes !== undefined && { subscribe: true }) },
      ...(prompts.length > 0 && { prompts: {} }),
      ...(complete !== undefined && { completions: {} }),
      ...(tasks !== undefined && era === 'modern' && { extensions: { [TASKS_EXTENSION]: {} } }),
      ...registry.capabilities,
    },
    ...(instructions !== undefined && { instructions }),
    ...options,
  });
  const listedTools = tools.map(({ listed }) => listed);
  const toolsByName = new Map(tools.map((tool) => [tool.listed.name, tool]));
  server.setRequestHandler('tools/list', () => {
    registry.warm?.();
    return { tools: listedTools };
  });
  server.setRequestHandler('tools/call', async ({ params }, context) => {
    const tool = toolsByName.get(params.name);
    if (tool === undefined) throw new ProtocolError(INVALID_PARAMS, registry.unknownTool(params.name));
    const result = await tool.call(params.arguments ?? {}, context);
    // What is still to come is no result yet. The SDK's types know none of extensions; its wire lets them pass.
    if (result.resultType === 'task' || result.resultType === 'input_required') return result as never;
    return server.projectCallToolResult(result as CallToolResult, tool.listed.outputSchema);
  });
  server.setRequestHandler('resources/list', () => ({ resources: [...resources.listed] }));
  server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: [...resources.templates] }));
  server.setRequestHandler('resources/read', ({ params }, context) => resources.read(params.uri, context));
  if (prompts.length > 0) servePrompts(server, registry);
  if (complete !== undefined)
    server.setRequestHandler('completion/complete', ({ params }, context) => complete(params, context));
  if (tasks !== undefined) serveTasks(server, tasks, era);
  if (changes !== undefined) forwardChanges(server, changes, era, wanted);
  return server;
}

function servePrompts(server: Server, { prompts }: Registry): void {
  server.setRequestHandler('prompts/list', () => ({ prompts: prompts.map(({ listed }) => listed) }));
  server.setRequestHandler('prompts/get', ({ params }, context) => {
    const prompt = prompts.find(({ listed }) => listed.name === params.name);
    if (prompt === undefined) {
      const known = prompts.map(({ listed }) => listed.name).join(', ');
      throw new ProtocolError(INVALID_PARAMS, `There is no such prompt. Prompts: ${known}.`);
    }
    for (const { name, required } of prompt.listed.arguments ?? []) {
      if (required === true && params.arguments?.[name] === undefined)
        throw new ProtocolError(INVALID_PARAMS, `${prompt.listed.name}: ${name} is missing: expected a text`);
    }
    return prompt.get(params.arguments ?? {}, context);
  });
}
