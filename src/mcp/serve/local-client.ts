/** A client in the same process, for the command line: what it sees went over the wire like anyone else's. */
import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  InMemoryTransport,
  PROTOCOL_VERSION_META_KEY,
  type JSONRPCMessage,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import { serve } from './server.js';
import type { Services } from '../services.js';
import { productionRegistry } from './production.js';
import { trackerVersion } from '../version.js';

/** How a call ended: with facts, or with the text that a model would read. */
export type Called = { readonly structured: unknown } | { readonly error: string };

export interface LocalClient {
  /** Names of all tools. */
  list(): Promise<readonly string[]>;
  call(tool: string, args: unknown): Promise<Called>;
  close(): Promise<void>;
}

const MODERN_REVISION = '2026-07-28';
const ToolNames = z.object({ tools: z.array(z.object({ name: z.string() })) });
const CallResult = z.object({
  isError: z.boolean().optional(),
  structuredContent: z.unknown().optional(),
  content: z.array(z.object({ type: z.string(), text: z.string().optional() })),
});

export async function connectLocally(services: Services): Promise<LocalClient> {
  const [wire, far] = InMemoryTransport.createLinkedPair();
  const waiting = new Map<unknown, (message: JSONRPCMessage) => void>();
  wire.onmessage = (message) => {
    if ('id' in message && !('method' in message)) waiting.get(message.id)?.(message);
  };
  await wire.start();
  const close = serve(far, productionRegistry(services));
  const envelope = {
    [PROTOCOL_VERSION_META_KEY]: MODERN_REVISION,
    [CLIENT_INFO_META_KEY]: { name: 'mcp-autobot-tracker-call', version: trackerVersion() },
    [CLIENT_CAPABILITIES_META_KEY]: {},
  };
  let id = 0;
  const request = async (method: string, params: Record<string, unknown> = {}): Promise<unknown> => {
    id += 1;
    const own = id;
    const reply = new Promise<JSONRPCMessage>((resolve) => waiting.set(own, resolve));
    await wire.send({ jsonrpc: '2.0', id: own, method, params: { ...params, _meta: envelope } });
    const message = await reply;
    waiting.delete(own);
    if ('error' in message) throw new Error(message.error.message);
    return 'result' in message ? message.result : undefined;
  };
  return {
    list: async () => ToolNames.parse(await request('tools/list')).tools.map(({ name }) => name),
    call: async (tool, args) => {
      const { isError, structuredContent, content } = CallResult.parse(
        await request('tools/call', { name: tool, arguments: args }),
      );
      if (isError !== true) return { structured: structuredContent };
      return { error: content.map(({ text }) => text ?? '').join('\n') };
    },
    close,
  };
}
