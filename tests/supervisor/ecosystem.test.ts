import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { z } from 'zod';

const FILE = pathToFileURL(join(process.cwd(), 'ecosystem.config.js')).href;
const Apps = z.array(z.looseObject({ name: z.string(), instances: z.int().optional(), out_file: z.string() }));
const WORKERS = ['ingest', 'correlate', 'insight', 'health-check', 'board', 'watch'].map((name) => `tracker-${name}`);

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'tracker-ecosystem-'));
  await mkdir(join(home, 'pm2'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** Loads the file as PM2 would, in a process of its own. */
function load(env: NodeJS.ProcessEnv): { apps: z.infer<typeof Apps> | null; stderr: string } {
  const script = `console.log(JSON.stringify((await import(${JSON.stringify(FILE)})).apps))`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { PATH: process.env['PATH'], TRACKER_HOME: home, ...env },
    encoding: 'utf8',
  });
  return { apps: status === 0 ? Apps.parse(JSON.parse(stdout)) : null, stderr };
}

test('the file names every process, in the order of starting', () => {
  const { apps } = load({ PM2_HOME: join(home, 'pm2') });
  expect(apps?.map(({ name }) => name)).toEqual(['tracker-redis', ...WORKERS]);
});

test('every process reports nothing, comes back after a crash, and logs into the home', () => {
  const { apps } = load({ PM2_HOME: join(home, 'pm2') });
  for (const app of apps ?? []) {
    expect(app).toMatchObject({ pmx: false, vizion: false, automation: false, autorestart: true, kill_timeout: 8_000 });
    expect(app.out_file.startsWith(join(home, 'logs'))).toBe(true);
  }
});

test('a Redis elsewhere, no dashboard and more ingest workers change the list, and no secret is in it', async () => {
  const config = { dashboard: { enabled: false }, queues: { ingest: { instances: 3 } } };
  await writeFile(join(home, 'config.json'), JSON.stringify(config));
  const { apps } = load({ PM2_HOME: join(home, 'pm2'), REDIS_URL: 'redis://:s3cret@127.0.0.1:1' });
  expect(apps?.map(({ name }) => name)).toEqual(WORKERS.filter((name) => name !== 'tracker-board'));
  expect(apps?.find(({ name }) => name === 'tracker-ingest')?.instances).toBe(3);
  expect(JSON.stringify(apps)).not.toContain('s3cret');
});

test('logs are followed by one of them when some are configured, or found', async () => {
  const names = (env: NodeJS.ProcessEnv = {}): (string | undefined)[] =>
    (load({ PM2_HOME: join(home, 'pm2'), ...env }).apps ?? []).map(({ name }) => name);
  expect(names()).not.toContain('tracker-tail');
  await mkdir(join(home, 'AutoBot', 'data', 'logs'), { recursive: true });
  expect(names({ HOME: home }).at(-1)).toBe('tracker-tail');
  await writeFile(join(home, 'config.json'), JSON.stringify({ logs: [] }));
  expect(names({ HOME: home })).not.toContain('tracker-tail');
  await writeFile(join(home, 'config.json'), JSON.stringify({ logs: [{ journal: 'nginx' }] }));
  expect(names().at(-1)).toBe('tracker-tail');
});

test('MCP over HTTP is one of them when it is enabled', async () => {
  await writeFile(join(home, 'config.json'), JSON.stringify({ mcp: { http: { enabled: true } } }));
  const { apps } = load({ PM2_HOME: join(home, 'pm2') });
  const app = apps?.find(({ name }) => name === 'tracker-mcp-http');
  expect(app).toMatchObject({ script: expect.stringMatching(/mcp[/\\]http-main\.js$/), args: [], wait_ready: true });
});

test.each([undefined, '', '/', tmpdir()])(
  'with PM2_HOME %j it refuses, so that nobody’s own apps are touched',
  (given) => {
    const { apps, stderr } = load(given === undefined ? {} : { PM2_HOME: given });
    expect(apps).toBeNull();
    expect(stderr).toContain(`PM2_HOME must be ${join(home, 'pm2')}`);
  },
);
