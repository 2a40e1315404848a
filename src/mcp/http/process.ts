/** The HTTP server as a process: what is made once and what each request gets. */
import { readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig, type Config } from '../../config.js';
import { configureLogger, log } from '../../logger.js';
import { runProcess } from '../../process.js';
import { serveHttp } from './server.js';
import { productionRegistry } from '../serve/production.js';
import { serverFactory } from '../serve/server.js';
import { createServices, type Parts } from '../services.js';
import { busOf, listenedTo } from '../serve/subscriptions.js';
import { currentToken, tokenFile } from './token.js';

export interface HttpProcessOptions {
  /** In place of the configured one. */
  readonly port?: number;
  /** Writes `mcp-http.json` into the state folder while it listens, for `status`. */
  readonly isManaged?: boolean;
  readonly onListening?: (at: { readonly url: string; readonly tokenFile: string }) => void;
  /** Opens what the tools stand on; called after the first list or with the first call. */
  readonly connect?: () => Promise<Parts>;
}

/** Serves MCP over HTTP as configured, until it is told to stop. Redis may come and go meanwhile. */
export function serveHttpProcess(options: HttpProcessOptions = {}): Promise<never> {
  configureLogger({ name: 'tracker-mcp-http' });
  return runProcess('tracker-mcp-http', async (defer) => {
    const config = loadConfig();
    configureLogger({ level: config.logLevel });
    const { host, port, tls, allowInsecure, allowedHosts, allowedOrigins, ...limits } = config.mcp.http;
    const services = createServices(options.connect ?? connectLater);
    defer(() => services.close());
    const registry = productionRegistry(services);
    const { changes } = registry;
    const server = await serveHttp({
      factory: serverFactory(registry),
      ...(changes !== undefined && {
        bus: busOf(changes),
        onListen: (message) => listenedTo(message).forEach((uri) => changes.note(uri)),
      }),
      host,
      port: options.port ?? port,
      token: currentToken(config.home),
      tls: pemOf(tls),
      allowInsecure,
      allowedHosts,
      allowedOrigins,
      limits: {
        maxBodyBytes: limits.maxBodyBytes,
        maxConnections: limits.maxConnections,
        maxStreams: limits.maxStreams,
      },
    });
    defer(() => server.close());
    if (options.isManaged === true) defer(await record(config.home, server.url));
    log.info('mcp.listening', { url: server.url });
    options.onListening?.({ url: server.url, tokenFile: tokenFile(config.home) });
  });
}

const connectLater = async (): Promise<Parts> => (await import('../connect.js')).connectParts();

function pemOf({ cert, key }: Config['mcp']['http']['tls']): { cert: string; key: string } | null {
  return cert === null || key === null ? null : { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
}

/** @returns takes it back */
async function record(home: string, url: string): Promise<() => Promise<void>> {
  const file = join(home, 'mcp-http.json');
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, JSON.stringify({ url, pid: process.pid }), { mode: 0o600 });
  await rename(draft, file);
  return () => rm(file, { force: true });
}
