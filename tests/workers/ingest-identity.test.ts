/** Which file it is: renamed, copied, truncated, rewritten, gone or not to be read at all. */
import { expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { appendFile, copyFile, mkdir, rename, rm, rmdir, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configureLogger } from '../../src/logger.js';
import { needsLook } from '../../workers/watch.js';
import { withFolder, write } from '../support/files.js';
import { conversation, sessionId, withReading, type Reading } from './reading.js';

configureLogger({ level: 'silent' });
const [A, B] = [sessionId('a'), sessionId('b')];

const reading = (use: (folder: string, reading: Reading) => Promise<void>): Promise<void> =>
  withFolder((folder) => withReading((tools) => use(folder, tools)));

const changes = async ({ store }: Reading): Promise<number> =>
  (await store.tasks.list({})).tasks.reduce((sum, task) => sum + task.history.length, 0);

test('a renamed file goes on where it was, and nothing of it is read twice', () =>
  reading(async (folder, tools) => {
    const lines = conversation(A);
    const old = await write(join(folder, 'one', `${A}.jsonl`), lines.todos({ 'Fix login': 'pending' }));
    const { nextByte } = await tools.read(old);
    const path = join(folder, `${A}.jsonl`);
    await rename(old, path);
    await appendFile(path, lines.todos({ 'Fix login': 'in_progress' }));
    tools.logged();
    expect(await tools.read(path)).toMatchObject({ outcome: 'read', kept: 1, nextByte: (await stat(path)).size });
    expect(tools.logged()).toContain('file.adopted');
    expect(nextByte).toBeLessThan((await stat(path)).size);
    expect(await tools.tasks()).toEqual({ 'Fix login': 'in_progress' });
    expect(await changes(tools)).toBe(2);
    expect(await tools.read(old)).toMatchObject({ outcome: 'gone' });
  }));

test('a file that was moved by copying is adopted once the original has gone', () =>
  reading(async (folder, tools) => {
    const lines = conversation(A).todos({ 'Fix login': 'pending' });
    const old = await write(join(folder, 'one', `${A}.jsonl`), lines);
    await tools.read(old);
    const path = join(folder, `${A}.jsonl`);
    await copyFile(old, path);
    await rm(old);
    expect(await tools.read(path)).toMatchObject({ outcome: 'unchanged', kept: 0, nextByte: lines.length });
    expect(tools.logged()).toContain('file.adopted');
  }));

test('a copy beside its original is read by itself and adds no task and no change', () =>
  reading(async (folder, tools) => {
    const lines = conversation(A);
    const original = await write(join(folder, `${A}.jsonl`), lines.todos({ 'Fix login': 'pending' }));
    await tools.read(original);
    const copy = join(folder, `${B}.jsonl`);
    await copyFile(original, copy);
    expect(await tools.read(copy)).toMatchObject({ outcome: 'read', nextByte: (await stat(copy)).size });
    expect(tools.logged()).not.toContain('file.adopted');
    expect(await tools.tasks()).toEqual({ 'Fix login': 'pending' });
    expect(await changes(tools)).toBe(1);
    await appendFile(original, lines.todos({ 'Fix login': 'completed' }));
    await tools.read(original);
    expect(await tools.tasks()).toEqual({ 'Fix login': 'completed' });
  }));

test('files that share their first kilobyte are each read whole, also when one takes the place of the other', () =>
  reading(async (folder, tools) => {
    const start = conversation(A).says('The same words. '.repeat(100));
    expect(start.length).toBeGreaterThan(1_024);
    const [later, other] = [Date.parse('2026-11-02'), Date.parse('2026-11-03')];
    const one = await write(
      join(folder, 'one.jsonl'),
      start + conversation(A, later).todos({ 'Fix login': 'pending' }),
    );
    const two = await write(join(folder, 'two.jsonl'), start + conversation(B, other).todos({ 'Add test': 'pending' }));
    for (const path of [one, two]) expect(await tools.read(path)).toMatchObject({ kept: 1 });
    expect(await tools.tasks()).toEqual({ 'Add test': 'pending', 'Fix login': 'pending' });

    await rm(one);
    const third = conversation(sessionId('c'), other).todos({ 'Write docs': 'pending', 'Ask Ann': 'pending' });
    const three = await write(join(folder, 'three.jsonl'), start + third);
    expect(await tools.read(three)).toMatchObject({ outcome: 'read', kept: 2 });
    expect(tools.logged()).not.toContain('file.adopted');
    await rename(two, one);
    await rename(three, two);
    expect(await tools.read(two)).toMatchObject({ kept: 2, nextByte: (await stat(two)).size });
    expect(await tools.tasks()).toMatchObject({ 'Write docs': 'pending', 'Ask Ann': 'pending' });
  }));

test('a truncated file is read from the start, and what it said before stays known', () =>
  reading(async (folder, tools) => {
    const lines = conversation(A);
    const first = lines.todos({ 'Fix login': 'pending' });
    const path = await write(join(folder, `${A}.jsonl`), first + lines.todos({ 'Fix login': 'completed' }));
    await tools.read(path);
    await truncate(path, first.length);
    tools.logged();
    expect(await tools.read(path)).toMatchObject({ outcome: 'read', nextByte: first.length });
    expect(tools.logged()).toContain('file.rewritten');
    expect(await tools.tasks()).toEqual({ 'Fix login': 'completed' });

    await truncate(path, 0);
    await tools.read(path);
    expect((await tools.store.positions([path]))[0]).toMatchObject({ nextByte: 0, size: 0 });
    const again = conversation(A, Date.parse('2026-11-05')).todos({ 'Add test': 'pending' });
    await appendFile(path, again);
    expect(await tools.read(path)).toMatchObject({ kept: 1, nextByte: again.length });
    expect((await tools.store.fileStats(path))?.lines).toBe(2);
  }));

test.each([
  ['at its beginning', 1],
  ['at its end', -1],
])('a file rewritten %s with the same size is read again', (_, place) =>
  reading(async (folder, tools) => {
    const lines = conversation(A);
    const talk = Array.from({ length: 20 }, () => lines.says('All the same. '.repeat(20)));
    const list = lines.todos({ 'Fix login': 'pending' });
    const before = (place === 1 ? [list, ...talk] : [...talk, list]).join('');
    const path = await write(join(folder, `${A}.jsonl`), before);
    await tools.read(path);
    await writeFile(path, before.replaceAll('Fix login', 'Add tests').replaceAll('Todos have', 'Lists have'));
    tools.logged();
    expect(await tools.read(path)).toMatchObject({ outcome: 'read', kept: 1 });
    expect(tools.logged()).toContain('file.rewritten');
    expect(Object.keys(await tools.tasks())).toContain('Add tests');
    expect((await tools.store.fileStats(path))?.lines).toBe(22);
  }),
);

test.each([
  ['a folder', (path: string) => mkdir(path), (path: string) => rmdir(path)],
  ['a named pipe', (path: string) => Promise.resolve(execFileSync('mkfifo', [path])), (path: string) => rm(path)],
])('%s that is called like a transcript is given up with the reason, and read once it is one', (_, make, remove) =>
  reading(async (folder, tools) => {
    const path = join(folder, `${A}.jsonl`);
    await make(path);
    await expect(tools.read(path)).rejects.toThrow('is not a regular file');
    await tools.idle();
    const [entry] = await quarantined(tools);
    expect(entry).toMatchObject({ path, attempts: 1, reason: expect.stringContaining('is not a regular file') });

    const lines = conversation(A).todos({ 'Fix login': 'pending' });
    await remove(path);
    await writeFile(path, lines);
    const { size, mtimeMs, ino, dev } = await stat(path);
    const [position = null] = await tools.store.positions([path]);
    expect(needsLook({ path, size, mtimeMs, ino, dev }, position, entry?.version ?? '')).toBe(true);
    expect(await tools.read(path)).toMatchObject({ outcome: 'read', kept: 1 });
    expect(await tools.store.files.quarantined()).toEqual([]);
  }),
);

/** A link to itself can be opened by nobody, not even by root. */
test('a file that cannot be opened is given up at once with the code, until it can be', () =>
  reading(async (folder, tools) => {
    const path = join(folder, `${A}.jsonl`);
    await symlink(path, path);
    expect(await tools.read(path)).toMatchObject({ outcome: 'unreadable', kept: 0, nextByte: 0 });
    expect(tools.logged()).toContain('file.unreadable');
    expect(await tools.store.files.quarantined()).toMatchObject([{ path, reason: 'unreadable: ELOOP', attempts: 1 }]);
    await rm(path);
    await writeFile(path, conversation(A).todos({ 'Fix login': 'pending' }));
    expect(await tools.read(path)).toMatchObject({ outcome: 'read', kept: 1 });
    expect(await tools.store.files.quarantined()).toEqual([]);
  }));

/** The report of a failure comes after its job is marked as failed. */
async function quarantined({ store }: Reading) {
  const deadline = Date.now() + 5_000;
  for (;;) {
    const found = await store.files.quarantined();
    if (found.length > 0 || Date.now() > deadline) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
