/** What followers of logs got wrong, by the classes of reference: logs.md 3.1. */
import { expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { createFollower, type Known } from '../../../src/sources/tail/index.js';
import { until, withFolder } from '../../support/files.js';
import { follow, type Options, type Reading } from './reading.js';

type Body = (
  log: string,
  start: (options?: Options, pattern?: string) => Promise<Reading>,
  folder: string,
) => Promise<void>;

/** A folder with a log in it, and followers that are stopped at the end. */
function withLog(body: Body, content: string | null = ''): () => Promise<void> {
  return () =>
    withFolder(async (folder) => {
      const log = join(folder, 'app.log');
      if (content !== null) fs.writeFileSync(log, content);
      const readings: Reading[] = [];
      try {
        await body(
          log,
          async (options, pattern = log) => {
            const reading = await follow([pattern], options);
            readings.push(reading);
            return reading;
          },
          folder,
        );
      } finally {
        for (const reading of readings) await reading.stop();
      }
    });
}

/** What is read is `text` in the end, and stays so. */
async function gives(reading: Reading, text: string): Promise<void> {
  await until(`to read ${text.slice(0, 200)}`, () => reading.text().length >= text.length);
  await sleep(120);
  expect(reading.text()).toBe(text);
}

const LONG = 'a line of a log\n'.repeat(100);

test(
  'what is appended is read, bytes as they come',
  withLog(async (log, start) => {
    const reading = await start();
    await gives(reading, 'one\n');
    fs.appendFileSync(log, 'tw');
    await gives(reading, 'one\ntw');
    fs.appendFileSync(log, 'o\n');
    await gives(reading, 'one\ntwo\n');
    expect(reading.generations).toHaveLength(1);
  }, 'one\n'),
);

test(
  'a file that was there and is not known is read from after its last whole line, if so wanted',
  withLog(async (log, start) => {
    const reading = await start({ from: 'end' });
    fs.appendFileSync(log, 'f line\nnext\n');
    await gives(reading, 'half of line\nnext\n');
    expect(reading.generations[0]?.fromByte).toBe(4);
  }, 'old\nhalf o'),
);

test(
  'a file that appears later is read from its beginning all the same',
  withLog(async (log, start) => {
    const reading = await start({ from: 'end' });
    fs.writeFileSync(log, 'first\n');
    await gives(reading, 'first\n');
  }, null),
);

test(
  'neither a file nor its folder has to exist, and none is made',
  withFolderOnly(async (folder) => {
    const log = join(folder, 'not', 'yet', 'app.log');
    const reading = await follow([log]);
    await sleep(150);
    expect(fs.existsSync(join(folder, 'not'))).toBe(false);
    fs.mkdirSync(join(folder, 'not', 'yet'), { recursive: true });
    fs.writeFileSync(log, 'there\n');
    await gives(reading, 'there\n');
    await reading.stop();
  }),
);

function withFolderOnly(body: (folder: string) => Promise<void>): () => Promise<void> {
  return () => withFolder(body);
}

test(
  'files shorter than 1,024 bytes with the same first line are files of their own',
  withLog(async (log, start, folder) => {
    fs.writeFileSync(join(folder, 'b.log'), 'header\n');
    const reading = await start({}, join(folder, '*.log'));
    await gives(reading, 'header\nheader\n');
    fs.appendFileSync(log, 'one\n');
    fs.appendFileSync(join(folder, 'b.log'), 'two\n');
    await until('both', () => reading.text().length === 22);
    expect(reading.generations.map(({ text }) => text).sort()).toEqual(['header\none\n', 'header\ntwo\n']);
  }, 'header\n'),
);

test(
  'a new file with the same first kilobyte as the one before it is not taken for it',
  withLog(async (log, start) => {
    const first = await start();
    await gives(first, `${LONG}one\n`);
    const known = await first.stop();
    fs.renameSync(log, `${log}.1`);
    fs.writeFileSync(log, `${LONG}other\n`);
    await gives(await start({ known }), `${LONG}other\n`);
  }, `${LONG}one\n`),
);

test(
  'an inode that is used again while nobody follows is another file',
  withLog(async (log, start) => {
    const first = await start();
    await gives(first, 'first\n');
    const known = await first.stop();
    // The same inode for certain: what is told apart is the content.
    fs.writeFileSync(log, 'other and longer than before\n');
    const again = await start({ known });
    await gives(again, 'other and longer than before\n');
    expect(again.generations.filter(({ text }) => text !== '')).toHaveLength(1);
  }, 'first\n'),
);

test(
  'a restart goes on at the next byte, in the same generation, and gives a half line once',
  withLog(async (log, start) => {
    const first = await start();
    await gives(first, 'whole\nha');
    const known = await first.stop();
    fs.appendFileSync(log, 'lf\n');
    const second = await start({ known });
    await gives(second, 'lf\n');
    expect(second.generations[0]).toMatchObject({ id: first.generations[0]?.id, fromByte: 8 });
  }, 'whole\nha'),
);

test(
  'what was not acknowledged is given again',
  withLog(async (log, start) => {
    const first = await start();
    await gives(first, 'one\ntwo\n');
    const known = await first.stop();
    const behind = new Map([[log, (known.get(log) ?? []).map((one): Known => ({ ...one, nextByte: 4 }))]]);
    await gives(await start({ known: behind }), 'two\n');
  }, 'one\ntwo\n'),
);

test(
  'a log that is truncated to nothing is read from its beginning',
  withLog(async (log, start) => {
    const reading = await start();
    await gives(reading, 'one\ntwo\n');
    fs.truncateSync(log, 0);
    fs.appendFileSync(log, 'three\n');
    await gives(reading, 'one\ntwo\nthree\n');
    expect(reading.generations.map(({ ended }) => ended)).toEqual([true, false]);
  }, 'one\ntwo\n'),
);

test(
  'a log that is truncated and has grown beyond the old place is read from its beginning',
  withLog(async (log, start) => {
    const reading = await start();
    await gives(reading, 'one\n');
    fs.writeFileSync(log, 'another, longer than what was there\n');
    await gives(reading, 'one\nanother, longer than what was there\n');
  }, 'one\n'),
);

test(
  'a log written over in place with the same head and size is read again',
  withLog(async (log, start) => {
    const reading = await start();
    await gives(reading, `${LONG}one\n`);
    fs.writeFileSync(log, `${LONG}two\n`);
    await gives(reading, `${LONG}one\n${LONG}two\n`);
  }, `${LONG}one\n`),
);

test(
  'a log truncated while nobody followed is read from its beginning, once',
  withLog(async (log, start) => {
    const known = await readAll(await start(), 'first line\n');
    fs.writeFileSync(log, 'after\n');
    const second = await start({ known });
    await gives(second, 'after\n');
    const third = await start({ known: await second.stop() });
    await sleep(150);
    expect(third.text()).toBe('');
  }, 'first line\n'),
);

async function readAll(reading: Reading, text: string): Promise<Map<string, Known[]>> {
  await gives(reading, text);
  return reading.stop();
}

test(
  'after copytruncate a writer that goes on at its old place leaves a hole that is passed over',
  withLog(async (log, start) => {
    const fd = fs.openSync(log, 'w');
    fs.writeSync(fd, LONG);
    const reading = await start();
    await gives(reading, LONG);
    fs.copyFileSync(log, `${log}.1`);
    fs.truncateSync(log, 0);
    fs.writeSync(fd, 'after\n');
    await gives(reading, `${LONG}after\n`);
    expect(reading.generations.map(({ fromByte }) => fromByte)).toEqual([0, LONG.length]);
    fs.closeSync(fd);
  }, ''),
);

test(
  'NUL bytes amid a log are given as they are',
  withLog(async (_log, start) => {
    await gives(await start(), 'a\0\0b\n');
  }, 'a\0\0b\n'),
);

test(
  'the rest of a log that was copied and truncated before it was read is taken from the copy',
  withLog(async (log, start) => {
    const reading = await start();
    await gives(reading, LONG);
    reading.pause();
    fs.appendFileSync(log, 'unread\n');
    fs.appendFileSync(log, 'unread\n');
    fs.copyFileSync(log, `${log}.1`);
    fs.writeFileSync(log, 'new\n');
    reading.resume();
    await gives(reading, `${LONG}unread\nunread\nnew\n`);
  }, LONG),
);

test(
  'a file that is deleted and created again at once is read to its end, and the new one from its beginning',
  withLog(async (log, start) => {
    const reading = await start();
    await gives(reading, 'one\n');
    fs.appendFileSync(log, 'two\n');
    fs.unlinkSync(log);
    fs.writeFileSync(log, 'three\n');
    await gives(reading, 'one\ntwo\nthree\n');
    await until('the end of the old one', () => reading.generations[0]?.ended === true);
  }, 'one\n'),
);

test(
  'what is written to a renamed log before its writer notices is read',
  withLog(async (log, start) => {
    const reading = await start({ graceMs: 2_000 });
    await gives(reading, 'one\n');
    fs.renameSync(log, `${log}.1`);
    fs.writeFileSync(log, '');
    await sleep(100);
    fs.appendFileSync(`${log}.1`, 'two\n');
    await gives(reading, 'one\ntwo\n');
    expect(reading.generations).toHaveLength(1);
  }, 'one\n'),
);

test(
  'a rotated name that the glob means too is not read twice',
  withLog(async (log, start) => {
    const reading = await start({}, `${log}*`);
    await gives(reading, 'one\n');
    fs.renameSync(log, `${log}.1`);
    fs.writeFileSync(log, 'two\n');
    await gives(reading, 'one\ntwo\n');
    fs.renameSync(`${log}.1`, `${log}.2`);
    fs.renameSync(log, `${log}.1`);
    fs.writeFileSync(log, 'three\n');
    await gives(reading, 'one\ntwo\nthree\n');
    const again = await start({ known: await reading.stop() }, `${log}*`);
    await sleep(150);
    expect(again.text()).toBe('');
  }, 'one\n'),
);

test(
  'a copy with a rotated name that the glob means is not read again',
  withLog(async (log, start) => {
    const reading = await start({}, `${log}*`);
    await gives(reading, LONG);
    fs.copyFileSync(log, `${log}.1`);
    await sleep(200);
    fs.truncateSync(log, 0);
    fs.appendFileSync(log, 'two\n');
    await gives(reading, `${LONG}two\n`);
  }, LONG),
);

test(
  'several rotations while nobody follows: each log is finished or read, oldest first',
  withLog(async (log, start) => {
    const known = await readAll(await start(), 'one\n');
    fs.appendFileSync(log, 'one more\n');
    fs.writeFileSync(`${log}.3`, 'never followed\n');
    fs.utimesSync(`${log}.3`, 1, 1);
    fs.renameSync(log, `${log}.2`);
    await sleep(20);
    fs.writeFileSync(`${log}.1`, 'two\n');
    await sleep(20);
    fs.writeFileSync(log, 'three\n');
    await gives(await start({ known }), 'one more\ntwo\nthree\n');
  }, 'one\n'),
);

test.each([
  ['one member', 1],
  ['two members', 2],
])('a log compressed while nobody followed is finished from %s', (_, members) =>
  withLog(async (log, start) => {
    const known = await readAll(await start(), LONG);
    const rest = 'unread\n'.repeat(100_000);
    fs.writeFileSync(log, 'new\n');
    const whole = LONG + rest;
    const cut = members === 1 ? whole.length : 5_000;
    fs.writeFileSync(`${log}.2.gz`, Buffer.concat([gzipSync(whole.slice(0, cut)), gzipSync(whole.slice(cut))]));
    fs.writeFileSync(`${log}.1.gz`, gzipSync('of another log\n'));
    const reading = await start({ known });
    await gives(reading, `${rest}new\n`);
    expect(reading.generations.map(({ ended }) => ended)).toEqual([true, false]);
  }, LONG)(),
);

test(
  'siblings that were never followed are not read',
  withLog(async (log, start) => {
    fs.writeFileSync(`${log}.1`, 'history\n');
    fs.writeFileSync(`${log}.2.gz`, gzipSync('more history\n'));
    await gives(await start(), 'now\n');
  }, 'now\n'),
);

test(
  'a generation that is nowhere any more is ended',
  withLog(async (log, start) => {
    const known = await readAll(await start(), 'one\n');
    fs.unlinkSync(log);
    fs.writeFileSync(log, 'two\n');
    const reading = await start({ known });
    await gives(reading, 'two\n');
    expect(reading.generations.map(({ text, ended }) => [text, ended])).toEqual([
      ['', true],
      ['two\n', false],
    ]);
  }, 'one\n'),
);

test(
  'a link is followed to wherever it leads, in its own folder or another',
  withLog(async (log, start, folder) => {
    fs.mkdirSync(join(folder, 'far'));
    fs.writeFileSync(join(folder, 'far', 'a'), 'one\n');
    fs.symlinkSync(join(folder, 'far', 'a'), log);
    const reading = await start();
    await gives(reading, 'one\n');
    fs.appendFileSync(join(folder, 'far', 'a'), 'two\n');
    fs.writeFileSync(join(folder, 'b'), 'three\n');
    fs.symlinkSync(join(folder, 'b'), `${log}.new`);
    fs.renameSync(`${log}.new`, log);
    await gives(reading, 'one\ntwo\nthree\n');
  }, null),
);

test(
  'a file with two names is read once',
  withLog(async (log, start, folder) => {
    fs.linkSync(log, join(folder, 'same.log'));
    fs.symlinkSync(log, join(folder, 'link.log'));
    await gives(await start({}, join(folder, '*.log')), 'one\n');
  }, 'one\n'),
);

test(
  'names may be in any script',
  withFolderOnly(async (folder) => {
    const log = join(folder, 'журнал-日志 ä.log');
    const reading = await follow([join(folder, '*.log')]);
    fs.writeFileSync(log, 'there\n');
    await gives(reading, 'there\n');
    expect(reading.generations[0]?.path).toBe(log);
    await reading.stop();
  }),
);

test(
  'globs find files in folders that come later',
  withFolderOnly(async (folder) => {
    const reading = await follow([join(folder, '**', '*.log')]);
    fs.mkdirSync(join(folder, 'a', 'b'), { recursive: true });
    fs.writeFileSync(join(folder, 'a', 'b', 'c.log'), 'deep\n');
    fs.writeFileSync(join(folder, 'a', 'b', 'c.txt'), 'not this\n');
    await gives(reading, 'deep\n');
    await reading.stop();
  }),
);

test(
  'a FIFO, a folder and a device are refused, each told once',
  withFolderOnly(async (folder) => {
    execFileSync('mkfifo', [join(folder, 'fifo')]);
    fs.mkdirSync(join(folder, 'folder'));
    const reading = await follow([join(folder, 'fifo'), join(folder, 'folder'), '/dev/zero']);
    await sleep(300);
    await reading.stop();
    expect(reading.problems.map(({ path, code }) => [path, code])).toEqual([
      [join(folder, 'fifo'), 'not-a-file'],
      [join(folder, 'folder'), 'not-a-file'],
      ['/dev/zero', 'not-a-file'],
    ]);
  }),
);

test(
  'files beyond the limit of open handles are read all the same',
  withFolderOnly(async (folder) => {
    const names = Array.from({ length: 30 }, (_, number) => join(folder, `${number}.log`));
    for (const name of names) fs.writeFileSync(name, 'one\n');
    const reading = await follow([join(folder, '*.log')], { maxOpen: 5 });
    await until('all', () => reading.lines().length === 30);
    const handles = fs.readdirSync('/proc/self/fd').filter((fd) => {
      try {
        return fs.readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder);
      } catch {
        return false;
      }
    });
    expect(handles.length).toBeLessThanOrEqual(6);
    for (const name of names) fs.appendFileSync(name, 'two\n');
    await until('all again', () => reading.lines().length === 60);
    for (const name of names) {
      fs.appendFileSync(name, 'three\n');
      fs.renameSync(name, `${name}.1`);
      fs.writeFileSync(name, 'four\n');
    }
    await until('through a rotation', () => reading.lines().length === 120);
    expect(reading.generations).toHaveLength(60);
    await reading.stop();
  }),
);

test(
  'what was not given yet is the lag',
  withFolderOnly(async (folder) => {
    for (const name of ['a.log', 'b.log', 'c.log']) fs.writeFileSync(join(folder, name), 'x'.repeat(1_000_000));
    const reading = await follow([join(folder, '*.log')], { held: true });
    expect(reading.follower.lag().map(({ behindBytes }) => behindBytes)).toEqual([1_000_000, 1_000_000, 1_000_000]);
    reading.resume();
    await until('all', () => reading.text().length === 3_000_000);
    expect(reading.follower.lag().map(({ behindBytes }) => behindBytes)).toEqual([0, 0, 0]);
    await reading.stop();
  }),
);

test(
  'files with much to read take turns',
  withFolderOnly(async (folder) => {
    for (const name of ['a.log', 'b.log', 'c.log']) fs.writeFileSync(join(folder, name), 'x'.repeat(600_000));
    const follower = await createFollower({
      sources: [{ kind: 'files', pattern: join(folder, '*.log') }],
      recall: async () => [],
      from: 'start',
      onProblem: () => undefined,
    });
    const order: string[] = [];
    for (let piece = 0; piece < 6; piece += 1) order.push((await follower.next())?.generation.path ?? '');
    await follower.close();
    expect(new Set(order.slice(0, 3)).size).toBe(3);
    expect(order.slice(3)).toEqual(order.slice(0, 3));
    expect(await follower.next()).toBeNull();
  }),
);

const isRoot = process.getuid?.() === 0;

(isRoot ? test.skip : test)(
  'a file without the right to read it is told once and read when it is given',
  withLog(async (log, start) => {
    fs.chmodSync(log, 0);
    const reading = await start({ from: 'end' });
    await sleep(200);
    expect(reading.problems).toEqual([{ path: log, code: 'no-permission', detail: null }]);
    fs.chmodSync(log, 0o600);
    await until('opened', () => reading.follower.lag().length === 1);
    fs.appendFileSync(log, 'two\n');
    await gives(reading, 'two\n');
  }, 'one\n'),
);

test(
  'a ledger that does not answer yet is asked again, and nothing is lost meanwhile',
  withLog(async (log) => {
    let asked = 0;
    const reading = await follow([log], {
      recall: async () => {
        asked += 1;
        if (asked === 1) throw new Error('away');
        return [];
      },
    });
    await gives(reading, 'one\n');
    expect(asked).toBe(2);
    await reading.stop();
  }, 'one\n'),
);
