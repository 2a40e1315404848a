/**
 * Who is told that a resource has changed: only who asked. A modern client asks with `subscriptions/listen`, which the SDK
 * answers and filters by; a legacy one with `resources/subscribe`, which is ours.
 */
import type { JSONRPCMessage, Server, ServerEventBus, Transport } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { log } from '../../logger.js';
import type { ChangeSource } from './changes.js';

/** A connection may hold this many addresses; one that asks for more is not told of them. */
const MOST_ADDRESSES = 1_000;

/** The addresses that one connection asked for. */
export interface Wanted {
  has(uri: string): boolean;
  add(uri: string): void;
  delete(uri: string): void;
  /** Calls `told` with each address, those that are there included. */
  onAdd(told: (uri: string) => void): void;
  /** Calls `begin` once, when there is something to wait for. */
  onFirst(begin: () => void): void;
}

export function createWanted(): Wanted {
  const uris = new Set<string>();
  let begin: (() => void) | null = null;
  let told: (uri: string) => void = () => undefined;
  return {
    has: (uri) => uris.has(uri),
    add: (uri) => {
      if (uris.size >= MOST_ADDRESSES) return;
      uris.add(uri);
      told(uri);
      begin?.();
      begin = null;
    },
    delete: (uri) => void uris.delete(uri),
    onAdd: (tell) => {
      told = tell;
      uris.forEach(tell);
    },
    onFirst: (start) => {
      if (uris.size > 0) start();
      else begin = start;
    },
  };
}

/**
 * Sees which addresses a modern client listens to: the SDK keeps that to itself, and without it we would have to wait for
 * changes on behalf of every client. Over-long interest does no harm, since the SDK filters once more.
 */
export function tapListens(transport: Transport): { tapped: Transport; wanted: Wanted } {
  const wanted = createWanted();
  const see = (message: JSONRPCMessage): void => listenedTo(message).forEach((uri) => wanted.add(uri));
  const tapped = new Proxy(transport, {
    set: (target, key, value: unknown) => {
      if (key !== 'onmessage' || typeof value !== 'function') return Reflect.set(target, key, value);
      const deliver = value as NonNullable<Transport['onmessage']>;
      target.onmessage = (message, extra) => {
        see(message);
        deliver(message, extra);
      };
      return true;
    },
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' && key !== 'onmessage' ? (value.bind(target) as unknown) : value;
    },
  });
  return { tapped, wanted };
}

/** The addresses that a message asks to listen to. */
export function listenedTo(message: unknown): string[] {
  const parsed = Listen.safeParse(message);
  return parsed.success ? (parsed.data.params.notifications.resourceSubscriptions ?? []) : [];
}

const Listen = z.looseObject({
  method: z.literal('subscriptions/listen'),
  params: z.looseObject({
    notifications: z.looseObject({ resourceSubscriptions: z.array(z.string().max(1_000)).optional() }),
  }),
});

/** Changes as the HTTP handler of the SDK takes them; it sends each listener only what that asked for. */
export function busOf(changes: ChangeSource): ServerEventBus {
  return {
    publish: () => undefined,
    subscribe: (listener) => changes.watch((uri) => listener({ kind: 'resource_updated', uri })),
  };
}

/** Hands changes on to this connection, from its first wish until it closes. */
export function forwardChanges(
  server: Server,
  changes: ChangeSource,
  era: 'legacy' | 'modern',
  wanted: Wanted | null,
): void {
  if (era === 'legacy') {
    // Over HTTP without a session nothing outlives the request: the wish is granted and never comes true.
    server.setRequestHandler('resources/subscribe', ({ params }) => {
      wanted?.add(params.uri);
      return {};
    });
    server.setRequestHandler('resources/unsubscribe', ({ params }) => {
      wanted?.delete(params.uri);
      return {};
    });
  }
  if (wanted === null) return;
  wanted.onAdd((uri) => changes.note(uri));
  wanted.onFirst(() => {
    const end = changes.watch((uri) => {
      if (!wanted.has(uri)) return;
      server.sendResourceUpdated({ uri }).catch((error: unknown) => {
        log.debug('mcp.bad-message', { error: error instanceof Error ? error.name : typeof error });
      });
    });
    const closed = server.onclose;
    server.onclose = () => {
      end();
      closed?.();
    };
  });
}
