import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { configureLogger } from '../../src/logger.js';
import type { Release } from '../../src/process.js';
import type { Config } from '../../src/config.js';
import board from '../../workers/board.js';
import { firstPage } from '../../workers/board/page.js';
import { dashboardToken } from '../../workers/board/token.js';
import { aTask } from '../support/builders.js';
import { withTools, type Bench } from './tools.js';

configureLogger({ level: 'silent' });

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function ask(port: number, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => (body += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

async function withBoard(
  use: (at: { port: number; token: string; bearer: Record<string, string>; bench: Bench }) => Promise<void>,
  change: (config: Config) => Config = (config) => ({ ...config, dashboard: { ...config.dashboard, port: 0 } }),
): Promise<void> {
  await withTools(async (bench) => {
    const releases: Release[] = [];
    const stopping = new AbortController();
    try {
      await board.start({
        ...bench,
        config: change(bench.config),
        defer: (release) => releases.push(release),
        signal: stopping.signal,
      });
      const { port } = JSON.parse(await readFile(join(bench.home, 'board.json'), 'utf8')) as { port: number };
      const token = dashboardToken(bench.home);
      await use({ port, token, bearer: { authorization: `Bearer ${token}` }, bench });
    } finally {
      for (const release of releases.reverse()) await release();
    }
    await expect(stat(join(bench.home, 'board.json'))).rejects.toThrow('ENOENT');
  });
}

test('who has no token, comes under another name or from another site stays outside, on every path', () =>
  withBoard(async ({ port, token, bearer, bench }) => {
    const script = /static\/js\/main\.[0-9a-f]+\.js/.exec((await ask(port, '/queues', bearer)).body)?.[0];
    const paths = [
      '/',
      '/queues',
      '/queues/',
      '/queues/api/queues',
      `/queues/${script}`,
      '//queues',
      '/%71ueues',
      '/x',
    ];
    for (const path of paths) {
      expect([path, (await ask(port, path)).status]).toEqual([path, 401]);
      expect((await ask(port, path, { authorization: 'Bearer wrong' })).status).toBe(401);
      expect((await ask(port, `${path}?token=wrong`)).status).toBe(401);
      expect((await ask(port, path, { ...bearer, host: `evil.example:${port}` })).status).toBe(403);
      expect((await ask(port, path, { ...bearer, host: '127.0.0.1:1' })).status).toBe(403);
      expect((await ask(port, path, { ...bearer, origin: 'http://evil.example' })).status).toBe(403);
      expect((await ask(port, path, { ...bearer, origin: 'null' })).status).toBe(403);
      expect((await ask(port, path, { ...bearer, origin: 'http://127.0.0.1:1' })).status).toBe(403);
    }
    for (const path of ['/', '/queues', '/queues/api/queues', `/queues/${script}`]) {
      for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
        const host = `${name}:${port}`;
        expect([path, (await ask(port, path, { ...bearer, host, origin: `http://${host}` })).status]).toEqual([
          path,
          200,
        ]);
      }
    }
    for (const file of ['dashboard-token', 'board.json']) {
      expect((await stat(join(bench.home, file))).mode & 0o777).toBe(0o600);
    }
    expect(token).toMatch(/^[\w-]{43}$/);
  }));

test('the token in the address is exchanged for a cookie, once and for our own host only', () =>
  withBoard(async ({ port, token }) => {
    const welcome = await ask(port, `/queues?a=1&token=${token}`);
    expect(welcome).toMatchObject({ status: 303, headers: { location: '/queues?a=1', 'cache-control': 'no-store' } });
    const set = welcome.headers['set-cookie']?.[0] ?? '';
    expect(set).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(set).not.toContain(token);
    const cookie = set.split(';')[0] ?? '';
    expect((await ask(port, '/', { cookie: `other=1; ${cookie}` })).status).toBe(200);
    expect((await ask(port, '/', { cookie: `${cookie}x` })).status).toBe(401);
    expect((await ask(port, `//evil.example/?token=${token}`)).headers.location).toBe('/evil.example/');
  }));

test('changes come from our own pages only', () =>
  withBoard(async ({ port, bearer, bench }) => {
    const { jobId } = await bench.enqueue('insight', { reason: 'asked' });
    const path = `/queues/api/queues/insight/${jobId}/clean`;
    const own = `http://127.0.0.1:${port}`;
    for (const method of ['PUT', 'POST', 'DELETE', 'PATCH']) {
      expect((await ask(port, path, bearer, method)).status).toBe(403);
      expect((await ask(port, path, { ...bearer, 'sec-fetch-site': 'cross-site' }, method)).status).toBe(403);
      expect((await ask(port, path, { origin: own }, method)).status).toBe(401);
    }
    expect((await bench.queues.jobState('insight', jobId)).state).toBe('waiting');
    expect((await ask(port, path, { ...bearer, origin: own }, 'PUT')).status).toBe(204);
    expect((await bench.queues.jobState('insight', jobId)).state).toBe('gone');
  }));

test('every answer forbids frames, foreign content and storing', () =>
  withBoard(async ({ port, bearer }) => {
    for (const path of ['/', '/queues', '/queues/api/queues', '/nowhere']) {
      const { headers } = await ask(port, path, bearer);
      expect(headers).toMatchObject({
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
    }
  }));

test('a port that is taken leads to the next one', async () => {
  const other = createServer();
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port: taken } = other.address() as AddressInfo;
  try {
    await withBoard(
      async ({ port, bearer }) => {
        expect(port).toBeGreaterThan(taken);
        expect((await ask(port, '/', bearer)).status).toBe(200);
      },
      (config) => ({ ...config, dashboard: { ...config.dashboard, port: taken } }),
    );
  } finally {
    other.close();
  }
});

test('the token outlives a start, and one that was lost half-written is named', () =>
  withTools(async ({ home }) => {
    const first = dashboardToken(home);
    expect(dashboardToken(home)).toBe(first);
    await writeFile(join(home, 'dashboard-token'), '');
    expect(() => dashboardToken(home)).toThrow('dashboard-token holds no token; remove the file');
  }));

test('the first page shows what is stored as text, whatever it contains', () => {
  const evil = `<script>alert("1")</script>'&`;
  const page = firstPage(
    {
      at: 100_000,
      version: evil,
      counts: { at: 95_000, conversations: 1_234, openTasks: 1, closedTasks: 0, errors: 0 },
      tasks: [aTask('1', { title: evil, project: evil })],
      queues: [{ name: evil, waiting: 1, active: 0, delayed: 0, failed: 0, position: 1, workers: 0 }],
      health: {
        checkedAt: 90_000,
        targets: [{ name: evil, status: 'up', latencyMs: 0.4, since: 1, lastError: evil }],
      },
      quarantined: [{ path: evil, reason: evil, attempts: 5, version: '1', size: 1, at: 1 }],
    },
    'nonce',
  );
  expect(page).not.toContain('<script');
  expect(page.match(/&#60;script&#62;alert\(&#34;1&#34;\)/g)).toHaveLength(7);
  expect(page).toContain('1,234');
  expect(page).toContain('Checked 10 seconds ago');
});
