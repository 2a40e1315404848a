/**
 * Who may see the dashboard. Every request is judged here, before anything looks at its path, so that no route, asset
 * or odd spelling of a path gets around it.
 *
 * A web page that the user visits can make the browser send requests to loopback. So the Host must be one of ours (a name
 * that a stranger let point to 127.0.0.1 is not), an Origin must be our own, and whatever changes something must come
 * from our own pages.
 */
import { isSameToken } from '../../src/token.js';
import { cookieValue } from './token.js';

export interface Door {
  readonly token: string;
  readonly port: number;
  /** As configured; its own name is allowed beside those of loopback. */
  readonly host: string;
}

const COOKIE_PREFIX = 'tracker-board-';

/** Null if the request may pass; else the answer it gets. */
export function judge(request: Request, door: Door): Response | null {
  const url = new URL(request.url);
  const host = request.headers.get('host')?.toLowerCase() ?? '';
  const hosts = hostsOf(door);
  if (!hosts.includes(host)) return refuse(403, 'This address is not one of the dashboard.');
  const own = hosts.map((each) => `http://${each}`);
  const origin = request.headers.get('origin');
  if (origin !== null && !own.includes(origin.toLowerCase())) {
    return refuse(403, 'Other sites may not use the dashboard.');
  }
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (!isRead && origin === null && request.headers.get('sec-fetch-site') !== 'same-origin') {
    return refuse(403, 'Changes are accepted from the pages of the dashboard only.');
  }
  const asked = url.searchParams.get('token');
  if (asked !== null && isRead && isSameToken(asked, door.token)) return welcome(url, door);
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (bearer !== undefined && isSameToken(bearer, door.token)) return null;
  const cookie = cookieOf(request, COOKIE_PREFIX + door.port);
  if (cookie !== null && isSameToken(cookie, cookieValue(door.token))) return null;
  return refuse(
    401,
    'The dashboard needs its token. Open the address that `mcp-autobot-tracker status` prints, ' +
      'or add ?token=… with the content of the file dashboard-token in the state folder.',
  );
}

/** The token comes once, in the address; then it is taken out of it, so that it stays in no history and no screenshot. */
function welcome(url: URL, door: Door): Response {
  url.searchParams.delete('token');
  // Two slashes at the start would lead to another host.
  const path = url.pathname.replace(/^[/\\]+/, '/');
  const cookie = `${COOKIE_PREFIX}${door.port}=${cookieValue(door.token)}; Path=/; HttpOnly; SameSite=Strict`;
  return new Response(null, {
    status: 303,
    headers: { location: `${path}${url.search}`, 'set-cookie': cookie, ...plain() },
  });
}

function hostsOf({ host, port }: Door): readonly string[] {
  const wildcards = ['0.0.0.0', '::', '[::]'];
  const configured = wildcards.includes(host) ? [] : [host.includes(':') && !host.startsWith('[') ? `[${host}]` : host];
  const names = ['127.0.0.1', 'localhost', '[::1]', ...configured].map((name) => name.toLowerCase());
  // Browsers leave the usual port out.
  return names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
}

function cookieOf(request: Request, name: string): string | null {
  for (const part of (request.headers.get('cookie') ?? '').split(';')) {
    const [key, value] = part.split('=', 2);
    if (key?.trim() === name) return value?.trim() ?? '';
  }
  return null;
}

function refuse(status: number, text: string): Response {
  return new Response(`${text}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...plain() } });
}

/** Headers that every answer carries. */
export function plain(): Record<string, string> {
  return {
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };
}
