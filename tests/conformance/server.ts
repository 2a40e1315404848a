/**
 * The fixture server: what the conformance suite wants to find, on the adapter, the guards and the HTTP server of
 * production. Says its address on stdout; ends when stdin ends, so that it outlives nobody.
 */
import { InMemoryServerEventBus } from '@modelcontextprotocol/server';
import { serveHttp } from '../../src/mcp/http/server.js';
import { serverFactory } from '../../src/mcp/serve/server.js';
import { fixtureRegistry } from './registry.js';
import { createSessions } from './sessions.js';

const bus = new InMemoryServerEventBus();
const factory = serverFactory(fixtureRegistry(bus));
const sessions = createSessions(factory);
const server = await serveHttp({ factory, bus, legacy: sessions.handle, host: '127.0.0.1', port: 0, token: null });
process.stdout.write(`${server.url}\n`);

process.stdin.once('end', () => {
  void Promise.all([sessions.close(), server.close()]).then(() => process.exit(0));
});
process.stdin.resume();
