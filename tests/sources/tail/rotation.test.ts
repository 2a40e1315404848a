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

/** `tail -F` on the same log: what a reader that does nothing but read loses in this minute of this machine. */
function gnuTail(path: string): { readonly lines: () => readonly string[]; readonly stop: () => Promise<unknown> } {
  const child = spawn('tail', ['-n', '+1', '-F', path], { stdio: ['ignore', 'pipe', 'ignore'] });
  let printed = '';
  child.stdout.on('data', (bytes: Buffer) => {
    printed += bytes.toString('latin1');
  });
  const closed = new Promise((resolve) => child.on('close', resolve));
  return {
    lines: () => printed.split('\n').filter(Boolean),
    stop: async () => {
      child.kill();
      await closed;
    },
  };
}

/**
 * What is written and truncated before any process of the machine was let run is gone for every reader, so the bar is three of
 * 1,000 lines or, on a machine that is busy with other things, what `tail -F` beside us loses; the best of three rounds counts.
 */
async function lossOf(strategy: string): Promise<{ readonly ours: number; readonly allowed: number }> {
  return withFolder(async (folder) => {
    const path = join(folder, 'app.log');
    const reading = await follow([path]);
    const peer = gnuTail(path);
    try {
      const written = await write(folder, strategy, 6_000);
      const last = ` line ${written - 1} of`;
      await until('the last line', () => reading.text().includes(last));
      const numbers = numbersOf(reading.lines());
      expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
      const theirs = written - new Set(numbersOf(peer.lines())).size;
      return { ours: written - numbers.length, allowed: Math.max(written * 0.003, theirs) };
    } finally {
      await peer.stop();
      await reading.stop();
    }
  });
}

test.each(['copytruncate', 'truncate'])(
  'at most 3 of 1,000 lines are lost and none is doubled by rotation with %s',
  async (strategy) => {
    let loss = await lossOf(strategy);
    for (let round = 2; round <= 3 && loss.ours > loss.allowed; round += 1) loss = await lossOf(strategy);
    expect(loss.ours).toBeLessThanOrEqual(loss.allowed);
  },
  60_000,
);
