/**
 * MCP on Streamable HTTP, both eras, without sessions: each request carries all it needs and gets a server of its own, so
 * that any process behind one address may answer it. It knows no tool; what it serves comes with the factory.
 */
import { createServer as createPlain, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { toNodeHandler } from '@modelcontextprotocol/node';
import {
  createMcpHandler,
  isLegacyRequest,
  type LegacyHttpHandler,
  type McpServerFactory,
  type ServerEventBus,
} from '@modelcontextprotocol/server';
import { ConfigError } from '../../errors.js';
import { log } from '../../logger.js';
import { readBody } from './body.js';
import { addressable, hostsOf, isLoopback, judge, MCP_PATH, refuse, tooLarge, type Door } from './guards.js';
import { HTTP_LIMITS, type HttpLimits } from './limits.js';
import { listen } from './listen.js';

export interface HttpOptions {
  /** Makes the server of one request; what is worth keeping lies outside of it. */
  readonly factory: McpServerFactory;
  /** Brings what changed to open `subscriptions/listen` streams; without one they get what this process publishes. */
  readonly bus?: ServerEventBus;
  /** Sees each request to listen before the SDK answers it, which keeps to itself what it asks for. */
  readonly onListen?: (message: unknown) => void;
  /** Answers clients of 2025-11-25 and older in its own way, such as with sessions; else each request is answered for itself. */
  readonly legacy?: LegacyHttpHandler;
  readonly host: string;
  /** The next free one if it is taken; 0 for any. */
  readonly port: number;
  /** Asked for each request. Null asks for none, which is for loopback alone. */
  readonly token: (() => string) | null;
  /** Certificate and key in PEM form, for HTTPS. */
  readonly tls?: { readonly cert: string; readonly key: string } | null;
  /** Beyond loopback without TLS, where something else encrypts. */
  readonly allowInsecure?: boolean;
  /** Host names that count as ours beside those of loopback and `host`, and those of pages that may ask. */
  readonly allowedHosts?: readonly string[];
  readonly allowedOrigins?: readonly string[];
  readonly limits?: Partial<HttpLimits>;
}

export interface HttpServer {
  readonly url: string;
  readonly port: number;
  /** Calls under way may end, listeners get their last result, and within 2 s no connection is left. */
  close(): Promise<void>;
}

const CLOSE_STREAMS_MS = 300;
/** nginx' word for a client that has left; the SDK answers so too when a call is cut short by `close`. */
const CLIENT_GONE = 499;
const STOPPING = { status: 503, message: 'The server is stopping; try again.', headers: { 'retry-after': '1' } };
const BUSY = { status: 503, message: 'Too many calls are under way; try again.', headers: { 'retry-after': '1' } };
const FAILED = { status: 500, message: 'The server could not answer; its log says why.' };

/**
 * Listens and serves until `close`.
 * @throws ConfigError when others than this machine could reach it without encryption or without a token
 */
export async function serveHttp(options: HttpOptions): Promise<HttpServer> {
  const { factory, bus, legacy, host, tls = null, token } = options;
  checkReach(options);
  const limits = { ...HTTP_LIMITS, ...options.limits };
  const handler = createMcpHandler(factory, {
    ...(bus !== undefined && { bus }),
    maxSubscriptions: limits.maxStreams,
    maxRequestBodySize: limits.maxBodyBytes,
    keepAliveMs: limits.streamAliveMs,
    onerror: (error) => log.warn('mcp.bad-message', { error: error.name }),
  });
  const door: Door = {
    hosts: hostsOf(host, options.allowedHosts ?? []),
    origins: hostsOf(host, options.allowedOrigins ?? []),
    token,
    maxBodyBytes: limits.maxBodyBytes,
  };
  const calls = new Set<ServerResponse>();
  const streams = new Set<ServerResponse>();
  let isStopping = false;

  const handle = toNodeHandler(
    {
      fetch: async (request, extra) => {
        const own = legacy !== undefined && (await isLegacyRequest(request)) ? legacy : handler.fetch;
        const response = await own(request, extra);
        return response.status === CLIENT_GONE && isStopping ? asResponse(STOPPING) : response;
      },
    },
    { maxRequestBodySize: limits.maxBodyBytes, onerror: (error) => report(error) },
  );

  const answer = async (request: IncomingMessage, response: ServerResponse, expects: boolean): Promise<void> => {
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-content-type-options', 'nosniff');
    const isListen = request.headers['mcp-method'] === 'subscriptions/listen';
    const refusal = judge(request, door) ?? (isStopping ? STOPPING : null) ?? (isFull() ? BUSY : null);
    if (refusal !== null) {
      // Whoever asks first whether to send its body may send it all the same: where the next request begins is unknown.
      if (expects) response.shouldKeepAlive = false;
      return refuse(response, refusal);
    }
    const open = isListen ? streams : calls;
    open.add(response);
    response.once('close', () => open.delete(response));
    if (expects) response.writeContinue();
    const body = await readBody(request, limits.maxBodyBytes);
    if (body === null) return refuse(response, tooLarge(limits));
    if (isListen) options.onListen?.(parsed(body));
    if (!response.destroyed) await handle(withBody(request, body), response);
  };
  // The limit of streams alone is the SDK's, which says so in the words of the protocol.
  const isFull = (): boolean => calls.size + streams.size >= limits.maxCalls + limits.maxStreams;

  const serve = (expects: boolean) => (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response, expects).catch((error: unknown) => {
      // Whoever has left gets no answer, and that is no failure.
      if (response.destroyed) return;
      report(error);
      if (response.headersSent) response.destroy();
      else refuse(response, FAILED);
    });
  };
  const server = createServer(tls, limits);
  server.on('request', serve(false));
  server.on('checkContinue', serve(true));
  const port = await listen(server, host, options.port);
  // Such as too many open files: the next connection may come in again.
  server.on('error', report);

  return {
    url: `${tls === null ? 'http' : 'https'}://${addressable(host)}:${port}${MCP_PATH}`,
    port,
    close: async () => {
      isStopping = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const response of calls) response.shouldKeepAlive = false;
      await emptied(calls, limits.drainMs);
      await handler.close();
      await Promise.all([emptied(calls, CLOSE_STREAMS_MS), emptied(streams, CLOSE_STREAMS_MS)]);
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Undefined where it is no JSON; the SDK tells the client. */
function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function checkReach({ host, tls, allowInsecure, token }: HttpOptions): void {
  if (isLoopback(host)) return;
  const faults = [
    ...(token === null ? [`mcp.http.host: is ${host}, which others can reach, and so needs the token`] : []),
    ...(tls == null && allowInsecure !== true
      ? [`mcp.http.host: is ${host}, which others can reach; set mcp.http.tls, or mcp.http.allowInsecure`]
      : []),
  ];
  if (faults.length > 0) throw new ConfigError(faults);
}

function createServer(tls: HttpOptions['tls'], limits: HttpLimits): Server {
  const options = {
    maxHeaderSize: limits.maxHeaderBytes,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    connectionsCheckingInterval: limits.checkEveryMs,
    keepAliveTimeout: limits.headersTimeoutMs,
  };
  const server = tls == null ? createPlain(options) : createSecure({ ...options, ...tls, minVersion: 'TLSv1.2' });
  server.maxConnections = limits.maxConnections;
  server.timeout = limits.idleTimeoutMs;
  return server;
}

/** The request as the SDK's adapter reads it, with a body that is there already. */
function withBody(
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Parameters<ReturnType<typeof toNodeHandler>>[0] {
  return {
    ...(method !== undefined && { method }),
    ...(url !== undefined && { url }),
    headers,
    async *[Symbol.asyncIterator]() {
      yield body;
    },
  };
}

function asResponse({ status, message, headers }: typeof STOPPING): Response {
  return Response.json({ jsonrpc: '2.0', error: { code: -32_000, message }, id: null }, { status, headers });
}

/** Until none of these is open any more, at most for `withinMs`. */
async function emptied(open: ReadonlySet<ServerResponse>, withinMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, withinMs)));
  const ended = [...open].map((response) => new Promise((resolve) => response.once('close', resolve)));
  await Promise.race([Promise.all(ended), late]);
  clearTimeout(timer);
}

function report(error: unknown): void {
  const faults = error instanceof ConfigError ? { faults: error.faults } : {};
  log.error('mcp.failed', { error: error instanceof Error ? error.name : typeof error, ...faults });
}
