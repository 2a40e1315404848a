/** A small MCP server behind the real HTTP one, the clients that speak with it, and requests that no client would send. */
import { request as plainRequest, type IncomingHttpHeaders } from 'node:http';
import { Client as ClientV2, StreamableHTTPClientTransport as HttpV2 } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { Server, type McpServerFactory, type ServerContext } from '@modelcontextprotocol/server';

export const TOKEN = 'a-token-for-tests-that-is-as-long-as-256-bits-are';

type Run = (args: Readonly<Record<string, unknown>>, context: ServerContext) => unknown;

/** A factory with these tools, and how many of its servers were made and have ended. */
export function smallServer(tools: Readonly<Record<string, Run>> = {}): {
  readonly factory: McpServerFactory;
  readonly counts: { made: number; ended: number };
} {
  const all: Record<string, Run> = { echo: (args) => args, ...tools };
  const counts = { made: 0, ended: 0 };
  const factory: McpServerFactory = () => {
    counts.made += 1;
    const server = new Server(
      { name: 'small', version: '1' },
      { capabilities: { tools: { listChanged: true }, resources: { subscribe: true } } },
    );
    server.onclose = () => (counts.ended += 1);
    server.setRequestHandler('tools/list', () => ({
      tools: Object.keys(all).map((name) => ({ name, inputSchema: { type: 'object' } })),
    }));
    server.setRequestHandler('tools/call', async ({ params }, context) => {
      const found = await all[params.name]?.(params.arguments ?? {}, context);
      return { content: [{ type: 'text', text: JSON.stringify(found) }], structuredContent: { found } };
    });
    return server;
  };
  return { factory, counts };
}

export interface AnyClient {
  list(): Promise<readonly string[]>;
  call(name: string, args: Record<string, unknown>, signal?: AbortSignal): Promise<unknown>;
  close(): Promise<void>;
}

const info = { name: 'test', version: '1' };

/** Real clients, by what they open with. */
export const clients: Readonly<Record<string, (url: string, token?: string) => Promise<AnyClient>>> = {
  'client 2.x, modern': (url, token) => connectV2(url, token, true),
  'client 2.x, legacy': (url, token) => connectV2(url, token, false),
  'sdk 1.x': async (url, token = TOKEN) => {
    const client = new ClientV1(info);
    await client.connect(new HttpV1(new URL(url), { requestInit: withToken(token) }));
    return {
      list: async () => (await client.listTools()).tools.map(({ name }) => name),
      call: async (name, args, signal) =>
        (await client.callTool({ name, arguments: args }, undefined, signal && { signal })).structuredContent,
      close: () => client.close(),
    };
  },
};

async function connectV2(url: string, token = TOKEN, isModern: boolean): Promise<AnyClient> {
  const client = new ClientV2(info, isModern ? { versionNegotiation: { mode: { pin: '2026-07-28' } } } : {});
  await client.connect(new HttpV2(new URL(url), { requestInit: withToken(token) }));
  return {
    list: async () => (await client.listTools()).tools.map(({ name }) => name),
    call: async (name, args, signal) =>
      (await client.callTool({ name, arguments: args }, signal && { signal })).structuredContent,
    close: () => client.close(),
  };
}

const withToken = (token: string): RequestInit => ({ headers: { authorization: `Bearer ${token}` } });

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** What every proper request of 2025-11-25 carries. */
export const usual = {
  authorization: `Bearer ${TOKEN}`,
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
};

/** One request to the port on loopback, as it is given; `change` replaces headers, undefined takes one out. */
export function send(
  port: number,
  body: unknown,
  change: Readonly<Record<string, string | undefined>> = {},
  { method = 'POST', path = '/mcp', onBegin = (): void => undefined } = {},
): Promise<Answer> {
  const all: Readonly<Record<string, string | undefined>> = { ...usual, ...change };
  const headers = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return new Promise((resolve, reject) => {
    const request = plainRequest({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      let text = '';
      response.once('data', onBegin);
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      response.once('error', reject);
    });
    request.once('error', reject);
    if (Buffer.isBuffer(body) || typeof body === 'string') request.end(body);
    else request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

export const listTools = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} };

/** A request of 2026-07-28 and the headers that belong to it. */
export function modern(method: string, params: object = {}, id: number | string = 1): [object, Record<string, string>] {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientInfo': info,
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const name = 'name' in params ? { 'mcp-name': String(params.name) } : {};
  return [
    { jsonrpc: '2.0', id, method, params: { ...params, _meta } },
    { 'mcp-protocol-version': '2026-07-28', 'mcp-method': method, ...name },
  ];
}

export async function until(condition: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
  const giveUpAt = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) throw new Error(`it did not come to pass within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
