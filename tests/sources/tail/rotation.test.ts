/** Rotation while 20,000 lines are written each second, by a process of its own. reference: logs.md 3.3 */
import { expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
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

/** A line of the log that is there before it is written to: `tail -F` looks for a file that is missing once a second only. */
const READY = 'ready';

interface Peer {
  readonly numbers: () => readonly number[];
  readonly stop: () => Promise<unknown>;
}

/** `tail -F` on the same log, once it reads: what a reader that does nothing but read loses in this minute of this machine. */
async function gnuTail(path: string): Promise<Peer> {
  const child = spawn('tail', ['-n', '+1', '-F', path], { stdio: ['ignore', 'pipe', 'ignore'] });
  let printed = '';
  child.stdout.on('data', (bytes: Buffer) => {
    printed += bytes.toString('latin1');
  });
  const closed = new Promise((resolve) => child.on('close', resolve));
  await until('tail reads', () => printed.startsWith(READY));
  return {
    numbers: () => numbersOf(printed.split('\n').filter((line) => line.includes(' of a log '))),
    stop: async () => {
      child.kill();
      await closed;
    },
  };
}

/** The bar, and the most that a machine that is busy with other things may add to it. */
const LOST = 0.003;
const LOST_AT_MOST = 0.02;

/**
 * What is written and truncated before any process of the machine was let run is gone for every reader, so the bar is three of
 * 1,000 lines or what `tail -F` beside us loses, but never more than two of 100; the best of three rounds counts.
 */
async function lossOf(strategy: string): Promise<{ readonly ours: number; readonly allowed: number }> {
  return withFolder(async (folder) => {
    const path = join(folder, 'app.log');
    await writeFile(path, `${READY}\n`);
    const reading = await follow([path]);
    const peer = await gnuTail(path);
    try {
      await until('the first line', () => reading.lines().length === 1);
      const written = await write(folder, strategy, 6_000);
      const last = ` line ${written - 1} of`;
      await until('the last line', () => reading.text().includes(last));
      const [ready, ...lines] = reading.lines();
      expect(ready).toBe(READY);
      const numbers = numbersOf(lines);
      expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
      const theirs = written - new Set(peer.numbers()).size;
      const allowed = Math.max(LOST, Math.min(theirs / written, LOST_AT_MOST));
      return { ours: (written - numbers.length) / written, allowed };
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
