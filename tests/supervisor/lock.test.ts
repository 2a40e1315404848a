import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { isLocked, withLock } from '../../src/supervisor/lock.js';
import { identify, self } from '../../src/supervisor/processes.js';

let folder = '';
let lock = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracker-lock-'));
  lock = join(folder, 'up.lock');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('one at a time: the second begins when the first has ended', async () => {
  const order: string[] = [];
  const enter = (name: string): Promise<void> =>
    withLock(lock, 5_000, async () => {
      order.push(`${name} in`);
      await sleep(20);
      order.push(`${name} out`);
    });
  await Promise.all([enter('a'), enter('b')]);
  expect(order).toEqual(['a in', 'a out', 'b in', 'b out']);
  expect(await readdir(folder)).toEqual([]);
});

test('a lock whose owner has died is taken over', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  const dead = identify(child.pid ?? 0);
  await new Promise((resolve) => child.once('exit', resolve));
  await writeFile(lock, JSON.stringify(dead));
  expect(await withLock(lock, 100, async () => 'done')).toBe('done');
});

test('a lock whose pid belongs to another program by now is taken over', async () => {
  await writeFile(lock, JSON.stringify({ pid: process.pid, start: 'another time' }));
  expect(isLocked(lock)).toBe(false);
  expect(await withLock(lock, 100, async () => 'done')).toBe('done');
});

test.each(['', 'not json', '{}', '[]', 'null'])('a lock file that holds %j is nobody’s', async (content) => {
  await writeFile(lock, content);
  expect(await withLock(lock, 100, async () => 'done')).toBe('done');
});

test('a lock whose owner lives is waited for, then named', async () => {
  await writeFile(lock, JSON.stringify(self()));
  expect(isLocked(lock)).toBe(true);
  await expect(withLock(lock, 100, async () => 'done')).rejects.toThrow(`(process ${process.pid}, ${lock})`);
});

test('work that fails gives the lock back', async () => {
  const work = withLock(lock, 100, () => Promise.reject(new Error('no luck')));
  await expect(work).rejects.toThrow('no luck');
  expect(isLocked(lock)).toBe(false);
});
