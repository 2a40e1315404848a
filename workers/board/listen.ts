import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hasCode } from '../../src/errors.js';

const TRIES = 50;

/** Listens on `host` at `port`, or at the next free one after it; 0 takes any. Gives the port that it became. */
export async function listen(
  host: string,
  port: number,
  listener: RequestListener,
): Promise<{ readonly server: Server; readonly port: number }> {
  for (let tried = 0; ; tried += 1) {
    const server = createServer(listener);
    try {
      server.listen({ host: host.replace(/^\[|\]$/g, ''), port: port === 0 ? 0 : port + tried, exclusive: true });
      await once(server, 'listening');
      return { server, port: (server.address() as AddressInfo).port };
    } catch (error) {
      if (!hasCode(error, 'EADDRINUSE') || tried >= TRIES || port + tried >= 65_535) throw error;
    }
  }
}
