import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readSecrets } from '../../src/config.js';
import { cleanEnvironment, writeSecrets } from '../../src/supervisor/environment.js';
import type { Layout } from '../../src/supervisor/layout.js';
import { layoutOf } from '../../src/supervisor/layout.js';

let layout: Layout;
beforeEach(async () => {
  layout = layoutOf(await mkdtemp(join(tmpdir(), 'tracker-environment-')));
});
afterEach(() => rm(layout.home, { recursive: true, force: true }));

test('nothing is handed on but what the processes need', () => {
  const env = {
    PATH: '/bin',
    TZ: 'UTC',
    REDIS_URL: 'redis://:s3cret@h',
    AWS_SECRET_ACCESS_KEY: 'k',
    NODE_OPTIONS: '-r x',
  };
  const clean = cleanEnvironment(layout, env);
  expect(clean).toMatchObject({ PATH: '/bin', TZ: 'UTC', TRACKER_HOME: layout.home, PM2_HOME: layout.pm2Home });
  expect(Object.keys(clean).filter((name) => /REDIS|AWS|NODE_OPTIONS/.test(name))).toEqual([]);
});

test('paths that were relative to our folder mean the same elsewhere', () => {
  const clean = cleanEnvironment(layout, { TRACKER_CONFIG: 'my.json', CLAUDE_CONFIG_DIR: 'one,/two' });
  expect(clean['TRACKER_CONFIG']).toBe(join(process.cwd(), 'my.json'));
  expect(clean['CLAUDE_CONFIG_DIR']).toBe(`${join(process.cwd(), 'one')},/two`);
});

test.each(['redis://user:p%40ss@host:1/2', 'with "quotes" and \'more\'', ' spaced '])(
  'the secret %j reaches the workers through a file that only the owner reads',
  async (secret) => {
    writeSecrets(layout, { REDIS_URL: 'redis://h', REDIS_PASSWORD: secret });
    expect((await stat(layout.secrets)).mode & 0o777).toBe(0o600);
    expect(readSecrets(layout.home, {})).toMatchObject({ REDIS_URL: 'redis://h', REDIS_PASSWORD: secret });
  },
);

test('a start without a secret forgets that of the start before, and keeps what was written by hand', async () => {
  await writeFile(layout.secrets, '# mine\nREDIS_PASSWORD=by-hand\n', { mode: 0o600 });
  writeSecrets(layout, { REDIS_URL: 'redis://once' });
  writeSecrets(layout, { REDIS_URL: 'redis://twice' });
  expect(readSecrets(layout.home, {})).toMatchObject({ REDIS_URL: 'redis://twice', REDIS_PASSWORD: 'by-hand' });
  writeSecrets(layout, {});
  expect(await readFile(layout.secrets, 'utf8')).toBe('# mine\nREDIS_PASSWORD=by-hand\n');
});

test('where there never was a secret there is no file', async () => {
  writeSecrets(layout, {});
  await expect(stat(layout.secrets)).rejects.toThrow('ENOENT');
});
