/**
 * `npm run bench -- big`: one file of several gigabytes, and one with a line of 64 MB, through a real ingest worker whose
 * memory must not grow with them.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FoundFile } from '../src/sources/tree.js';
import { round } from './support/numbers.js';
import { bytesOf, print, readOptions, say } from './support/options.js';
import { peakRssMib } from './support/proc.js';
import { withFolder, withSystem } from './support/system.js';
import { allRead, enqueueAll } from './support/tree.js';

const options = readOptions({ bytes: '4GB', line: '64MB' });
const WANTED = { workerRssMib: 250 };
let count = 0;

await withFolder(async (claude) => {
  const folder = join(claude, 'projects', 'bench');
  await mkdir(folder, { recursive: true });
  const results: Record<string, object> = {};
  for (const [name, write] of [
    ['line', writeLongLine],
    ['file', writeBigFile],
  ] as const) {
    say(`writing ${options[name === 'file' ? 'bytes' : 'line']} …`);
    const path = join(folder, `dddddddd-0000-4000-8000-00000000000${name.length}.jsonl`);
    write(path);
    const { size, mtimeMs, ino, dev } = await stat(path);
    results[name] = await read(claude, { path, size, mtimeMs, ino, dev });
  }
  print('big', options, { ...results, wanted: WANTED });
});

function read(claude: string, file: FoundFile): Promise<object> {
  return withSystem(claude, async (system) => {
    const { pid = 0 } = await system.worker('ingest');
    const startedAt = performance.now();
    await enqueueAll(system, [file]);
    await allRead(system, [file]);
    const tookS = (performance.now() - startedAt) / 1_000;
    const stats = await system.store.fileStats(file.path);
    const { openTasks, closedTasks } = await system.store.count(Date.now());
    return {
      bytes: file.size,
      tookS: round(tookS, 2),
      MBperS: round(file.size / 1e6 / tookS),
      workerRssMib: round(peakRssMib(pid)),
      lines: stats?.lines,
      skipped: stats?.skipped,
      tasks: openTasks + closedTasks,
    };
  });
}

function line(type: string, content: unknown): string {
  count += 1;
  const uuid = `dddddddd-0000-4000-8000-${String(count).padStart(12, '0')}`;
  const timestamp = new Date(Date.parse('2026-11-01T00:00:00Z') + count * 1_000).toISOString();
  const common = { sessionId: 'dddddddd-0000-4000-8000-000000000004', cwd: '/work/bench', version: '2.0.9' };
  return `${JSON.stringify({ ...common, uuid, parentUuid: null, type, timestamp, message: { role: type, content } })}\n`;
}

function todo(content: string): string {
  const todos = [{ content, status: 'pending', activeForm: content }];
  return line('assistant', [{ type: 'tool_use', id: `toolu_${count}`, name: 'TodoWrite', input: { todos } }]);
}

/** A task before the line and one after it. */
function writeLongLine(path: string): void {
  const fd = openSync(path, 'w');
  writeSync(fd, `${todo('Before the long line')}{"type":"user","uuid":"u","message":"`);
  const mib = Buffer.alloc(1_000_000, 'x');
  for (let left = bytesOf(options.line); left > 0; left -= mib.length) writeSync(fd, mib);
  writeSync(fd, `"}\n${todo('After the long line')}`);
  closeSync(fd);
}

/** Tool results of 4 kB as in real sessions, each with a uuid of its own, and a list of one task that goes through them. */
function writeBigFile(path: string): void {
  const fd = openSync(path, 'w');
  const output = 'const answer = await fetch(url); // keeps old rows valid\n'.repeat(64);
  for (let left = bytesOf(options.bytes); left > 0;) {
    const results = Array.from({ length: 250 }, (_, index) =>
      line('user', [{ type: 'tool_result', tool_use_id: `toolu_${count}_${index}`, content: output }]),
    );
    const bytes = Buffer.from(todo('Go through it all') + results.join(''));
    writeSync(fd, bytes);
    left -= bytes.length;
  }
  closeSync(fd);
}
