import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hasCode } from '../../errors.js';

const TRIES = 50;

/** Lets `server` listen on `host` at `port`, or at the next free one after it; 0 takes any. Gives the port that it became. */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  for (let tried = 0; ; tried += 1) {
    try {
      server.listen({ host: host.replace(/^\[|\]$/g, ''), port: port === 0 ? 0 : port + tried, exclusive: true });
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    } catch (error) {
      if (!hasCode(error, 'EADDRINUSE') || tried >= TRIES || port + tried >= 65_535) throw error;
    }
  }
}
