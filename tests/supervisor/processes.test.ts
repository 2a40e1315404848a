import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  commandOf,
  endAll,
  fromPidFile,
  identify,
  isRunning,
  self,
  startedAt,
} from '../../src/supervisor/processes.js';

let folder = '';
let pidFile = '';
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracker-processes-'));
  pidFile = join(folder, 'app.pid');
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** A process that lives until it is ended; with `script` it may refuse to. */
async function live(script = ''): Promise<number> {
  const child = spawn(process.execPath, ['-e', `${script};setInterval(()=>{},1e6);console.log('up')`, 'a-mark']);
  children.push(child);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child.pid ?? 0;
}

test('a process is known by pid and start', async () => {
  const pid = await live();
  const id = identify(pid);
  expect(id).toEqual({ pid, start: expect.any(String) });
  if (id === null) return;
  expect(isRunning(id)).toBe(true);
  expect(isRunning({ ...id, start: 'another time' })).toBe(false);
  expect(commandOf(pid)).toContain('a-mark');
});

test('a pid that nobody has belongs to nobody', () => {
  expect(identify(2 ** 22 + 1)).toBeNull();
  expect(commandOf(2 ** 22 + 1)).toBe('');
});

test('the start of a process is told to about a second', () => {
  const expected = Date.now() - process.uptime() * 1_000;
  expect(Math.abs(startedAt(self()) - expected)).toBeLessThan(2_000);
});

test('a pid file names a process that was there when it was written', async () => {
  const pid = await live();
  await writeFile(pidFile, `${pid}\n`);
  expect(fromPidFile(pidFile, /a-mark/)).toEqual(identify(pid));
  expect(fromPidFile(pidFile, /another program/)).toBeNull();
});

test('a pid file from before the process that has its pid now names nobody', async () => {
  await writeFile(pidFile, String(await live()));
  const before = Date.now() / 1_000 - 3_600;
  await utimes(pidFile, before, before);
  expect(fromPidFile(pidFile, /a-mark/)).toBeNull();
});

test.each(['', 'x', '-1', '0', '1'])('a pid file that holds %j names nobody', async (content) => {
  await writeFile(pidFile, content);
  expect(fromPidFile(pidFile, /./)).toBeNull();
  expect(fromPidFile(join(folder, 'none.pid'), /./)).toBeNull();
});

test('what does not end when asked is ended by force', async () => {
  const ids = [await live(), await live("process.on('SIGINT',()=>{})")].flatMap((pid) => identify(pid) ?? []);
  expect(ids).toHaveLength(2);
  await endAll(ids, 'SIGINT', 200);
  expect(ids.filter(isRunning)).toEqual([]);
});
