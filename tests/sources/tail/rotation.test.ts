/** Rotation while 20,000 lines are written each second, by a process of its own. reference: logs.md 3.3 */
import { expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until, withFolder } from '../../support/files.js';
import { follow } from './reading.js';

const WRITER = fileURLToPath(new URL('../../support/log-writer.mjs', import.meta.url));

/** @returns how many lines were written */
async function write(folder: string, strategy: string, durationMs: number): Promise<number> {
  const child = spawn(process.execPath, [WRITER, folder, strategy, '20000', '500', String(durationMs)]);
  let printed = '';
  child.stdout.on('data', (bytes: Buffer) => {
    printed += bytes.toString();
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(code).toBe(0);
  return Number(printed);
}

function numbersOf(lines: readonly string[]): readonly number[] {
  return lines.map((line) => Number(/ line (\d+) of a log /.exec(line)?.[1] ?? Number.NaN));
}

test.each(['rename', 'gap', 'unlink', 'symlink'])(
  'no line is lost or doubled by rotation with %s',
  async (strategy) =>
    withFolder(async (folder) => {
      const reading = await follow([join(folder, 'app.log')]);
      const written = await write(folder, strategy, 3_500);
      await until('all lines', () => reading.lines().length >= written);
      await reading.stop();
      expect(numbersOf(reading.lines())).toEqual(Array.from({ length: written }, (_, number) => number));
    }),
  20_000,
);

test.each(['copytruncate', 'truncate'])(
  'at most 3 of 1,000 lines are lost and none is doubled by rotation with %s',
  async (strategy) =>
    withFolder(async (folder) => {
      const reading = await follow([join(folder, 'app.log')]);
      const written = await write(folder, strategy, 6_000);
      await until('the last line', () => reading.text().includes(` line ${written - 1} of`));
      await reading.stop();
      const numbers = numbersOf(reading.lines());
      expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
      expect(written - numbers.length).toBeLessThanOrEqual(written * 0.003);
    }),
  20_000,
);
