/**
 * Who may speak to the server. The SDK checks neither Host nor Origin nor token. Every request is judged by its headers
 * alone, before its body is read and before a server is made for it.
 *
 * A page in the browser can send requests to loopback. So the Host must be one of ours (a stranger's name that was let
 * point to 127.0.0.1 is not), and an Origin must be allowed. There is no answer to preflights: no page may read us.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isJsonContentType, validateHostHeader, validateOriginHeader } from '@modelcontextprotocol/server';
import { isSameToken } from '../../token.js';

/** The only path. */
export const MCP_PATH = '/mcp';

export interface Door {
  /** Host names in small letters, without port, IPv6 in brackets. */
  readonly hosts: readonly string[];
  readonly origins: readonly string[];
  /** Null: whoever reaches it may use it. */
  readonly token: (() => string) | null;
  readonly maxBodyBytes: number;
}

export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const WILDCARDS = ['0.0.0.0', '[::]'];
const HOST = /^(?:\[[0-9a-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i;

/** Null if the request may pass. */
export function judge({ headers, method, url }: IncomingMessage, door: Door): Refusal | null {
  if (!HOST.test(headers.host ?? '') || !validateHostHeader(headers.host, [...door.hosts]).ok) {
    return {
      status: 403,
      message:
        'This Host is not one of the server. Use the address that it prints, or name it in mcp.http.allowedHosts.',
    };
  }
  if (!validateOriginHeader(headers.origin, [...door.origins]).ok) {
    return { status: 403, message: 'Pages of this Origin may not use the server; see mcp.http.allowedOrigins.' };
  }
  if (url !== MCP_PATH) return { status: 404, message: 'Not found' };
  const barred = door.token === null ? null : judgeToken(headers.authorization, door.token());
  if (barred !== null) return barred;
  if (method !== 'POST') return { status: 405, message: 'Only POST is served here.', headers: { allow: 'POST' } };
  if (!isJsonContentType(headers['content-type'])) {
    return { status: 415, message: 'The body must be JSON: send the header Content-Type: application/json.' };
  }
  if (!['identity', ''].includes(headers['content-encoding'] ?? '')) {
    return { status: 415, message: 'The body must not be compressed.', headers: { 'accept-encoding': 'identity' } };
  }
  return Number(headers['content-length'] ?? 0) > door.maxBodyBytes ? tooLarge(door) : null;
}

function judgeToken(authorization: string | undefined, token: string): Refusal | null {
  const given = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
  if (given !== undefined && isSameToken(given, token)) return null;
  const challenge = 'Bearer realm="mcp-autobot-tracker"';
  return {
    status: 401,
    message:
      'The server needs its token: send the header Authorization: Bearer, with the content of the file mcp-token in ' +
      'the state folder of the tracker.',
    headers: { 'www-authenticate': given === undefined ? challenge : `${challenge}, error="invalid_token"` },
  };
}

export const tooLarge = ({ maxBodyBytes }: Pick<Door, 'maxBodyBytes'>): Refusal => ({
  status: 413,
  message: `The body may have at most ${maxBodyBytes} bytes; send less at a time.`,
});

/** Answers with an error of JSON-RPC. Nothing of the request is in it. */
export function refuse(response: ServerResponse, { status, message, headers = {} }: Refusal): void {
  const body = JSON.stringify({ jsonrpc: '2.0', error: { code: -32_000, message }, id: null });
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
}

/** Whether only this machine can reach what listens there. */
export function isLoopback(host: string): boolean {
  return host.toLowerCase() === 'localhost' || bracketed(host) === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** The names by which the server may be called. @param allowed those of a proxy before it, or of this machine */
export function hostsOf(host: string, allowed: readonly string[]): readonly string[] {
  const own = bracketed(host);
  return [...LOOPBACK, ...(WILDCARDS.includes(own) ? [] : [own]), ...allowed].map((name) => name.toLowerCase());
}

/** The host as it stands in an address. */
function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

/** A name for the address of a server that listens on `host`: a wildcard is none. */
export function addressable(host: string): string {
  return WILDCARDS.includes(bracketed(host)) ? 'localhost' : bracketed(host);
}
