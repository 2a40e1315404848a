import { lstat, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { clearShortLink, layoutOf, prepareLayout } from '../../src/supervisor/layout.js';
import { trimLogs } from '../../src/sources/own-logs.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracker-layout-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('only the owner sees into the folders', async () => {
  const layout = layoutOf(join(folder, 'home'));
  prepareLayout(layout);
  for (const path of [layout.home, layout.logs, layout.redis, layout.pm2Home]) {
    expect((await stat(path)).mode & 0o777).toBe(0o700);
  }
  expect(layout.pm2Home).toBe(join(folder, 'home', 'pm2'));
});

test('where the path is too long for sockets, PM2 gets a short link to its folder', async () => {
  const layout = layoutOf(join(folder, 'x'.repeat(120)));
  for (const _ of ['first', 'again']) prepareLayout(layout);
  expect(Buffer.byteLength(join(layout.pm2Home, 'interactor.sock'))).toBeLessThanOrEqual(100);
  expect(await realpath(layout.pm2Home)).toBe(await realpath(join(layout.home, 'pm2')));
  expect((await stat(join(layout.pm2Home, '..'))).mode & 0o777).toBe(0o700);
  clearShortLink(layout);
  await expect(lstat(join(layout.pm2Home, '..'))).rejects.toThrow('ENOENT');
  expect((await stat(join(layout.home, 'pm2'))).isDirectory()).toBe(true);
});

test('a log over its bound is emptied, and its end is kept beside it', async () => {
  await writeFile(join(folder, 'a.log'), `${'x'.repeat(100)}the end`);
  await writeFile(join(folder, 'b.log'), 'short');
  await writeFile(join(folder, 'c.txt'), 'y'.repeat(200));
  trimLogs([folder], 100, 7);
  expect(await readFile(join(folder, 'a.log'), 'utf8')).toBe('');
  expect(await readFile(join(folder, 'a.log.1'), 'utf8')).toBe('the end');
  expect(await readFile(join(folder, 'b.log'), 'utf8')).toBe('short');
  expect((await stat(join(folder, 'c.txt'))).size).toBe(200);
});
