/**
 * Sessions for clients of 2025-11-25: what a tool asks of such a client comes back as a request of its own, and must
 * find the server that asked. Production asks nothing of its clients, so it has none: any of its processes may answer.
 */
import { randomUUID } from 'node:crypto';
import {
  isInitializeRequest,
  WebStandardStreamableHTTPServerTransport,
  type EventStore,
  type LegacyHttpHandler,
  type McpServerFactory,
} from '@modelcontextprotocol/server';

const MOST_SESSIONS = 100;
const RETRY_MS = 100;

export interface Sessions {
  readonly handle: LegacyHttpHandler;
  close(): Promise<void>;
}

export function createSessions(factory: McpServerFactory): Sessions {
  const open = new Map<string, WebStandardStreamableHTTPServerTransport>();

  const begin = async (): Promise<WebStandardStreamableHTTPServerTransport> => {
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      eventStore: createEventStore(),
      retryInterval: RETRY_MS,
      onsessioninitialized: async (id) => {
        open.set(id, transport);
        const oldest = open.size > MOST_SESSIONS ? open.entries().next().value : undefined;
        if (oldest === undefined) return;
        open.delete(oldest[0]);
        await oldest[1].close();
      },
      onsessionclosed: (id) => void open.delete(id),
    });
    const server = await factory({ era: 'legacy' });
    await server.connect(transport);
    return transport;
  };

  return {
    handle: async (request) => {
      const id = request.headers.get('mcp-session-id');
      if (id !== null) return (await open.get(id)?.handleRequest(request)) ?? refusal(404, 'There is no such session.');
      const parsedBody: unknown =
        request.method === 'POST'
          ? await request
              .clone()
              .json()
              .catch(() => null)
          : null;
      if (!isInitializeRequest(parsedBody)) return refusal(400, 'A session begins with initialize.');
      return (await begin()).handleRequest(request, { parsedBody });
    },
    close: async () => {
      await Promise.all([...open.values()].map((transport) => transport.close()));
      open.clear();
    },
  };
}

const refusal = (status: number, message: string): Response =>
  Response.json({ jsonrpc: '2.0', id: null, error: { code: -32_000, message } }, { status });

type Stored = {
  readonly id: string;
  readonly streamId: string;
  readonly message: Parameters<EventStore['storeEvent']>[1];
};

/** What was sent in one session, for a client that lost its stream and comes back with the last id it saw. */
function createEventStore(): EventStore {
  const events: Stored[] = [];
  return {
    storeEvent: async (streamId, message) => {
      const id = String(events.length + 1);
      events.push({ id, streamId, message });
      return id;
    },
    getStreamIdForEventId: async (id) => events[Number(id) - 1]?.streamId,
    replayEventsAfter: async (id, { send }) => {
      const streamId = events[Number(id) - 1]?.streamId ?? '';
      for (const event of events.slice(Number(id)).filter((later) => later.streamId === streamId))
        await send(event.id, event.message);
      return streamId;
    },
  };
}
