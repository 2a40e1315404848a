import { expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { until } from '../support/files.js';
import { withTailing } from './tailing.js';

const stamp = (second: number): string => new Date(Date.parse('2026-11-20T10:00:00Z') + second * 1_000).toISOString();
const line = (second: number, level: string, text: string): string => `${stamp(second)} ${level} app: ${text}\n`;

test('an error that is appended is seen, with its component, count and context', () =>
  withTailing(async ({ at, follow, patterns }) => {
    await writeFile(at('backend.log'), line(0, 'INFO', 'started'));
    await follow([{ path: at('backend.log') }]);
    await appendFile(
      at('backend.log'),
      line(1, 'INFO', 'asking the pool') + line(2, 'ERROR', 'pool exhausted after 5 s'),
    );
    await until('it is there', async () => (await patterns()).length === 1, 5_000);
    const [found] = await patterns();
    expect(found).toMatchObject({
      component: 'backend',
      count: 1,
      firstAt: Date.parse(stamp(2)),
      sources: [at('backend.log')],
    });
    expect(found?.details?.samples[0]).toMatchObject({
      text: 'app: pool exhausted after 5 s',
      context: [line(0, 'INFO', 'started').trim(), line(1, 'INFO', 'asking the pool').trim()],
    });
  }));

test('a hundred equal errors are counted a hundred times, and nothing else is an error', () =>
  withTailing(async ({ at, follow, settled, counts }) => {
    const access = '127.0.0.1 - - [20/Nov/2026:10:00:00 +0000] "GET /api/error_monitoring HTTP/1.1" 200 512\n';
    const fine = line(3, 'INFO', 'health sweep finished: 0 errors');
    await writeFile(at('app.log'), (line(1, 'ERROR', 'cannot reach the NPU worker') + fine).repeat(100));
    await writeFile(at('access.log'), access.repeat(50));
    const tail = await follow([{ path: at('*.log') }]);
    await settled(tail);
    expect(Object.values(await counts())).toEqual([100]);
  }));

test('a log that is not there is not created, and is read from its first byte when it comes', () =>
  withTailing(async ({ at, follow, settled, counts }) => {
    const tail = await follow([{ path: at('later/app.log'), from: 'end' }]);
    await settled(tail);
    expect(existsSync(at('later'))).toBe(false);
    await mkdir(at('later'));
    await writeFile(at('later/app.log'), line(1, 'ERROR', 'first of all'));
    await until('it is there', async () => Object.values(await counts()).length === 1, 10_000);
    expect(Object.values(await counts())).toEqual([1]);
  }));

test('Redis in its own format is understood: its gravest mark is an error', () =>
  withTailing(async ({ at, follow, settled, counts }) => {
    const redis = (sign: string, text: string): string => `1234:M 20 Nov 2026 10:00:00.123 ${sign} ${text}\n`;
    await writeFile(
      at('redis.log'),
      redis('*', 'Ready to accept connections unix') + redis('#', 'WARNING Memory overcommit must be enabled!'),
    );
    const tail = await follow([{ path: at('redis.log'), level: 'warning' }]);
    await settled(tail);
    expect(Object.values(await counts())).toEqual([1]);
  }));

const TRACEBACK = [
  'Traceback (most recent call last):',
  '  File "/srv/app/pool.py", line 41, in acquire',
  '    raise TimeoutError("no free connection")',
  'TimeoutError: no free connection',
];

test(
  'a traceback that comes line by line is one error',
  () =>
    withTailing(async ({ at, follow, settled, patterns }) => {
      await writeFile(at('app.log'), '');
      const tail = await follow();
      await appendFile(at('app.log'), line(1, 'ERROR', 'Exception in handler'));
      for (const part of TRACEBACK) {
        await appendFile(at('app.log'), `${part}\n`);
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
      await appendFile(at('app.log'), line(2, 'INFO', 'next'));
      await settled(tail);
      await until('it is one', async () => (await patterns()).length === 1, 5_000);
      const [found] = await patterns();
      expect(found?.count).toBe(1);
      expect(found?.details?.samples.map(({ text }) => text)).toEqual([
        ['app: Exception in handler', ...TRACEBACK].join('\n'),
      ]);
    }),
  30_000,
);

test(
  'what was read is not read again, and what came meanwhile is, also after a rotation',
  () =>
    withTailing(async ({ at, follow, settled, counts }) => {
      const error = (n: number): string => line(n, 'ERROR', 'disk is full');
      await writeFile(at('app.log'), error(1) + error(2));
      const first = await follow();
      await settled(first);
      await first.stop();
      await appendFile(at('app.log'), error(3));
      await rename(at('app.log'), at('app.log.1'));
      await writeFile(at('app.log'), error(4) + error(5));
      const second = await follow();
      await settled(second);

      expect(Object.values(await counts())).toEqual([5]);
      await second.stop();
      await settled(await follow());
      expect(Object.values(await counts())).toEqual([5]);
    }),
  30_000,
);

test('only the end of a log is read where that is wanted', () =>
  withTailing(async ({ at, follow, settled, counts }) => {
    await writeFile(at('app.log'), line(1, 'ERROR', 'long ago'));
    const tail = await follow([{ from: 'end' }]);
    await settled(tail);
    await appendFile(at('app.log'), line(2, 'ERROR', 'just now'));
    await until('it is there', async () => Object.values(await counts()).length === 1, 5_000);
    expect(Object.keys(await counts())[0]).toMatch(/just now/);
  }));

test(
  'lines that are all different errors are handed over in batches that Redis counts in no time',
  () =>
    withTailing(async ({ at, follow, settled, counts, jobs }) => {
      const letters = 'abcdefghijklmnop';
      const word = (n: number): string =>
        [...n.toString(16).padStart(4, '0')].map((digit) => letters[parseInt(digit, 16)]).join('');
      const lines = Array.from({ length: 4_000 }, (_, n) => line(1, 'ERROR', `${word(n)} q${word(n * 7)}z`));
      await writeFile(at('app.log'), lines.join(''));
      await settled(await follow());
      const sizes = jobs.map((job) => (JSON.parse(job) as { errors?: unknown[] }).errors?.length ?? 0);
      const [first = 0, ...others] = sizes;
      expect(first).toBeLessThanOrEqual(600);
      expect(Math.max(...others)).toBeLessThanOrEqual(250);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThanOrEqual(4_000);
      expect(Object.keys(await counts()).length).toBeGreaterThan(100);
    }),
  60_000,
);
