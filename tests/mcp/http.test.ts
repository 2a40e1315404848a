import { connect as connectSocket } from 'node:net';
import { createServer } from 'node:http';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as secureRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { InMemoryServerEventBus } from '@modelcontextprotocol/server';
import { serveHttp, type HttpOptions, type HttpServer } from '../../src/mcp/http/server.js';
import { clients, listTools, modern, send, smallServer, TOKEN, until, usual } from '../support/mcp-http.js';

const servers: HttpServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

async function start(options: Partial<HttpOptions> = {}): Promise<HttpServer> {
  const server = await serveHttp({
    factory: smallServer().factory,
    host: '127.0.0.1',
    port: 0,
    token: () => TOKEN,
    ...options,
  });
  servers.push(server);
  return server;
}

describe.each(Object.entries(clients))('%s', (_, connect) => {
  test('lists and calls with the token', async () => {
    const { url } = await start();
    const client = await connect(url);
    expect(await client.list()).toEqual(['echo']);
    expect(await client.call('echo', { text: 'hello' })).toEqual({ found: { text: 'hello' } });
    await client.close();
  });

  test('gets nowhere without it', async () => {
    const { factory, counts } = smallServer();
    const { url } = await start({ factory });
    await expect(connect(url, 'another')).rejects.toThrow();
    expect(counts.made).toBe(0);
  });

  test('that leaves in the middle of a call leaves nothing behind', async () => {
    let [begun, aborted] = [0, 0];
    const { factory, counts } = smallServer({
      wait: async (_args, { mcpReq }) => {
        begun += 1;
        await new Promise<void>((resolve) => mcpReq.signal.addEventListener('abort', () => resolve()));
        aborted += 1;
      },
    });
    const { url } = await start({ factory });
    const client = await connect(url);
    const leaving = new AbortController();
    const call = client.call('wait', {}, leaving.signal).catch(() => 'left');
    await until(() => begun === 1);
    leaving.abort();
    await client.close();
    expect(await call).toBe('left');
    await until(() => aborted === 1 && counts.ended === counts.made);
  });
});

describe('what is refused', () => {
  const cases: readonly (readonly [string, number, Parameters<typeof send>[2], Parameters<typeof send>[3]?])[] = [
    ['no token', 401, { authorization: undefined }],
    ['another token', 401, { authorization: 'Bearer another' }],
    ['the token under another scheme', 401, { authorization: `Basic ${TOKEN}` }],
    ['the token with something behind it', 401, { authorization: `Bearer ${TOKEN}x` }],
    ['the token in the address', 404, { authorization: undefined }, { path: `/mcp?token=${TOKEN}` }],
    ['a foreign host', 403, { host: 'evil.example' }],
    ['a foreign host with our port', 403, { host: 'evil.example:8788' }],
    ['a host that begins like ours', 403, { host: 'localhost.evil.example' }],
    ['a host that hides another', 403, { host: 'evil.example@127.0.0.1' }],
    ['a foreign origin', 403, { origin: 'https://evil.example' }],
    ['an origin of nowhere', 403, { origin: 'null' }],
    ['the root', 404, {}, { path: '/' }],
    ['a path below', 404, {}, { path: '/mcp/' }],
    ['the metadata of OAuth', 404, {}, { path: '/.well-known/oauth-protected-resource' }],
    ['GET', 405, {}, { method: 'GET' }],
    ['DELETE', 405, {}, { method: 'DELETE' }],
    ['a preflight with the token', 405, { origin: 'http://localhost' }, { method: 'OPTIONS' }],
    ['a preflight', 401, { origin: 'http://localhost', authorization: undefined }, { method: 'OPTIONS' }],
    ['a form', 415, { 'content-type': 'application/x-www-form-urlencoded' }],
    ['text', 415, { 'content-type': 'text/plain' }],
    ['no content type', 415, { 'content-type': undefined }],
    ['a compressed body', 415, { 'content-encoding': 'gzip' }],
  ];

  test.each(cases.map((row) => ({ row })))('$row.0: $row.1', async ({ row: [, status, change, target] }) => {
    const { factory, counts } = smallServer();
    const { port } = await start({ factory });
    const answer = await send(port, listTools, change, target);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toMatchObject({ jsonrpc: '2.0', id: null, error: { code: -32_000 } });
    expect(answer.text).not.toContain('evil');
    expect(JSON.stringify(answer)).not.toContain(TOKEN);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect(counts.made).toBe(0);
  });

  test('a missing token is asked for, and a wrong one called invalid', async () => {
    const { port } = await start();
    const challenge = async (authorization?: string): Promise<unknown> =>
      (await send(port, listTools, { authorization })).headers['www-authenticate'];
    expect(await challenge()).toBe('Bearer realm="mcp-autobot-tracker"');
    expect(await challenge('Bearer x')).toBe('Bearer realm="mcp-autobot-tracker", error="invalid_token"');
    expect((await send(port, undefined, {}, { method: 'GET' })).headers.allow).toBe('POST');
    expect((await send(port, listTools, {}, { path: '/' })).text).not.toMatch(/mcp|token/i);
  });

  test('a body over the limit, announced or not, and the client gets to know', async () => {
    const { factory, counts } = smallServer();
    const { port } = await start({ factory, limits: { maxBodyBytes: 10_000 } });
    const body = Buffer.alloc(3_000_000, 32);
    expect(await send(port, body)).toMatchObject({ status: 413, text: expect.stringContaining('10000 bytes') });
    expect((await send(port, body, { 'transfer-encoding': 'chunked' })).status).toBe(413);
    expect(counts.made).toBe(0);
    expect((await send(port, JSON.stringify(listTools).padEnd(10_000))).status).toBe(200);
  });

  test('headers over the limit', async () => {
    const { port } = await start();
    expect((await send(port, listTools, { 'x-long': 'x'.repeat(20_000) })).status).toBe(431);
  });

  test('a body that is no JSON, and headers that disagree with the body', async () => {
    const { port } = await start();
    expect((await send(port, '{"jsonrpc":')).status).toBe(400);
    const [body, headers] = modern('tools/call', { name: 'echo', arguments: {} });
    expect((await send(port, body, headers)).status).toBe(200);
    for (const wrong of [{ 'mcp-method': 'tools/list' }, { 'mcp-name': 'other' }, { 'mcp-name': undefined }]) {
      const answer = await send(port, body, { ...headers, ...wrong });
      expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([400, -32_020]);
    }
  });
});

test('hosts and origins of loopback pass, and those that were named', async () => {
  const { port } = await start({ allowedHosts: ['Tracker.example'], allowedOrigins: ['pages.example'] });
  for (const host of ['localhost', '127.0.0.1:1', '[::1]', 'LOCALHOST:80', 'tracker.example', 'tracker.example:443']) {
    expect([host, (await send(port, listTools, { host })).status]).toEqual([host, 200]);
  }
  for (const origin of ['http://localhost:5173', 'https://pages.example', 'http://[::1]:1']) {
    expect([origin, (await send(port, listTools, { origin })).status]).toEqual([origin, 200]);
  }
});

test('who listens is told of what it asked for, from the bus, and we know what that is', async () => {
  const bus = new InMemoryServerEventBus();
  const heard: unknown[] = [];
  const { port } = await start({ bus, onListen: (message) => heard.push(message) });
  const [body, headers] = modern('subscriptions/listen', { notifications: { resourceSubscriptions: ['a://1'] } });
  const listening = send(port, body, headers);
  await until(() => bus.listenerCount === 1);
  for (const uri of ['a://1', 'a://2']) bus.publish({ kind: 'resource_updated', uri });
  await servers.pop()?.close();
  const { text } = await listening;
  expect(text.match(/notifications\/resources\/updated/g)).toHaveLength(1);
  expect(text).toContain('"uri":"a://1"');
  expect(heard).toEqual([body]);
  expect(bus.listenerCount).toBe(0);
});

describe('time and number', () => {
  /** Sends `text` and nothing more. @returns what came until the other side closed */
  const trickle = (port: number, text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connectSocket(port, '127.0.0.1', () => socket.write(text));
      let got = '';
      socket.setEncoding('utf8').on('data', (chunk: string) => (got += chunk));
      socket.once('close', () => resolve(got));
      socket.once('error', reject);
    });
  const head = ['POST /mcp HTTP/1.1', 'Host: localhost', ...Object.entries(usual).map((pair) => pair.join(': '))];
  const limits = { headersTimeoutMs: 150, requestTimeoutMs: 200, checkEveryMs: 50 };

  test.each([
    ['nothing', ''],
    ['half a header', 'POST /mcp HT'],
    ['half a body', [...head, 'Content-Length: 100', '', '{"jsonrpc"'].join('\r\n')],
    ['half a body of a stranger', 'POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{'],
  ])('a client that sends %s is cut off', async (what, text) => {
    const { factory, counts } = smallServer();
    const { port } = await start({ factory, limits });
    const got = await trickle(port, text);
    if (what.startsWith('half a body')) expect(got).toMatch(/^HTTP\/1\.1 4(?:08|01) /);
    expect(counts.made).toBe(0);
    expect((await send(port, listTools)).status).toBe(200);
  });

  test('one that asks first is told to go on only if it may', async () => {
    const { port } = await start({ limits });
    const asking = (token: string): string =>
      [
        'POST /mcp HTTP/1.1',
        'Host: localhost',
        `Authorization: Bearer ${token}`,
        'Content-Type: application/json',
        'Content-Length: 10',
        'Expect: 100-continue',
        '',
        '',
      ].join('\r\n');
    expect(await trickle(port, asking('another'))).toMatch(/^HTTP\/1\.1 401 /);
    expect(await trickle(port, asking(TOKEN))).toMatch(/^HTTP\/1\.1 100 /);
  });

  test('more calls at once than allowed are told so', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { factory, counts } = smallServer({ wait: () => held });
    const { port } = await start({ factory, limits: { maxCalls: 1, maxStreams: 1 } });
    const call = (): ReturnType<typeof send> => send(port, ...modern('tools/call', { name: 'wait', arguments: {} }));
    const held2 = [call(), call()];
    await until(() => counts.made === 2);
    expect(await call()).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    release();
    expect((await Promise.all(held2)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await call()).status).toBe(200);
  });

  test('streams have a limit of their own, told in the protocol', async () => {
    const { port } = await start({ limits: { maxStreams: 1 } });
    const [body, headers] = modern('subscriptions/listen', { notifications: { toolsListChanged: true } });
    const open = send(port, body, headers);
    await until(async () => (await send(port, body, headers)).text.includes('Subscription limit reached'));
    expect((await send(port, listTools)).status).toBe(200);
    await servers.pop()?.close();
    expect((await open).text).toContain('"resultType":"complete"');
  });

  test('a thousand requests leave nothing behind', async () => {
    const { factory, counts } = smallServer();
    const { port } = await start({ factory });
    const [body, headers] = modern('tools/call', { name: 'echo', arguments: { n: 1 } });
    const resources = (): number => process.getActiveResourcesInfo().length;
    await send(port, body, headers);
    const before = resources();
    for (let round = 0; round < 50; round += 1) {
      const legacy = { ...listTools, id: round };
      const sent = Array.from({ length: 20 }, (_, n) => (n % 2 ? send(port, body, headers) : send(port, legacy)));
      for (const { status } of await Promise.all(sent)) expect(status).toBe(200);
    }
    expect(counts.made).toBe(1_001);
    await until(() => counts.ended === counts.made);
    await until(() => resources() <= before + 2);
  }, 60_000);
});

describe('the end', () => {
  test('a call under way is answered, listeners get their result, and nobody else comes in', async () => {
    let release = (): void => undefined;
    const { factory, counts } = smallServer({
      wait: () => new Promise<string>((resolve) => (release = () => resolve('done'))),
    });
    const { port, close } = await start({ factory });
    const listening = send(port, ...modern('subscriptions/listen', { notifications: { toolsListChanged: true } }, 'l'));
    const call = send(port, ...modern('tools/call', { name: 'wait', arguments: {} }));
    await until(() => counts.made === 2);
    const closing = close();
    await expect(send(port, listTools)).rejects.toThrow(/ECONNREFUSED|ECONNRESET|hang up/);
    release();
    expect(JSON.parse((await call).text)).toMatchObject({ result: { structuredContent: { found: 'done' } } });
    await closing;
    const last =
      (await listening).text
        .trim()
        .split('\n')
        .at(-1)
        ?.replace(/^data: /, '') ?? '';
    expect(JSON.parse(last)).toMatchObject({ id: 'l', result: { resultType: 'complete' } });
  });

  test('calls that do not end are aborted within 2 s, those of both eras', async () => {
    const aborted: string[] = [];
    const { factory, counts } = smallServer({
      wait: ({ era }, { mcpReq }) =>
        new Promise<void>((resolve) =>
          mcpReq.signal.addEventListener('abort', () => {
            aborted.push(String(era));
            resolve();
          }),
        ),
    });
    const { port, close } = await start({ factory });
    const params = (era: string): object => ({ name: 'wait', arguments: { era } });
    const modernCall = send(port, ...modern('tools/call', params('modern')));
    const legacyCall = send(port, { ...listTools, method: 'tools/call', params: params('legacy') }).catch(() => 'cut');
    await until(() => counts.made === 2);
    const from = performance.now();
    await close();
    expect(performance.now() - from).toBeLessThan(2_100);
    expect(await modernCall).toMatchObject({ status: 503, text: expect.stringContaining('stopping') });
    await legacyCall;
    await until(() => aborted.length === 2);
    expect(aborted.sort()).toEqual(['legacy', 'modern']);
  });
});

describe('where it listens', () => {
  test('at the next free port when its own is taken', async () => {
    const first = await start();
    const second = await start({ port: first.port });
    expect(second.port).toBeGreaterThan(first.port);
    expect(second.url).toBe(`http://127.0.0.1:${second.port}/mcp`);
    expect((await send(second.port, listTools)).status).toBe(200);
  });

  test.each([
    [{ host: '0.0.0.0' }, /^mcp\.http\.host: is 0\.0\.0\.0, which others can reach; set mcp\.http\.tls/],
    [{ host: 'tracker.example' }, /set mcp\.http\.tls, or mcp\.http\.allowInsecure/],
    [{ host: '0.0.0.0', token: null, allowInsecure: true }, /needs the token/],
  ])('never beyond loopback with %j', async (options, fault) => {
    await expect(start(options)).rejects.toMatchObject({ faults: [expect.stringMatching(fault)] });
  });

  test('beyond loopback where it is asked for, with the token all the same', async () => {
    const { port, url } = await start({ host: '0.0.0.0', allowInsecure: true });
    expect(url).toBe(`http://localhost:${port}/mcp`);
    expect((await send(port, listTools)).status).toBe(200);
    expect((await send(port, listTools, { authorization: undefined })).status).toBe(401);
  });

  test('without a token on loopback, for those who say so', async () => {
    const { port } = await start({ token: null });
    expect((await send(port, listTools, { authorization: undefined })).status).toBe(200);
    expect((await send(port, listTools, { authorization: undefined, host: 'evil.example' })).status).toBe(403);
  });

  test('over TLS with certificate and key', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tracker-tls-'));
    try {
      const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
      const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
      const files = ['-keyout', key, '-out', cert, '-days', '1', '-nodes', '-newkey', 'ec'];
      const curve = ['-pkeyopt', 'ec_paramgen_curve:prime256v1'];
      execFileSync('openssl', ['req', '-x509', ...files, ...curve, ...subject], { stdio: 'pipe' });
      const ca = readFileSync(cert, 'utf8');
      const { port, url } = await start({ tls: { cert: ca, key: readFileSync(key, 'utf8') } });
      expect(url).toBe(`https://127.0.0.1:${port}/mcp`);
      const status = await new Promise((resolve, reject) => {
        const target = { host: '127.0.0.1', servername: 'localhost', port, path: '/mcp', method: 'POST', ca };
        const request = secureRequest({ ...target, headers: usual, agent: false }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        request.once('error', reject);
        request.end(JSON.stringify(listTools));
      });
      expect(status).toBe(200);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('another program on the port is left alone', async () => {
    const other = createServer((_, response) => void response.end('mine'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const server = await start({ port });
    expect(server.port).not.toBe(port);
    expect((await send(port, listTools)).text).toBe('mine');
    await new Promise((resolve) => other.close(resolve));
  });
});
