import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';

const program = resolve('dist/src/cli/main.js');

interface Pattern {
  readonly id: string;
  readonly template: string;
  readonly count: number;
  readonly first_line: number;
  readonly example: string;
  readonly trend: readonly number[];
}

function patterns(
  log: string | Buffer,
  ...args: readonly string[]
): { status: number | null; out: string; err: string } {
  const home = mkdtempSync(join(tmpdir(), 'tracker-patterns-'));
  try {
    const file = join(home, 'a.log');
    writeFileSync(file, log);
    const env = { PATH: process.env['PATH'], HOME: home, TRACKER_HOME: home, CLAUDE_CONFIG_DIR: home };
    const ran = spawnSync(process.execPath, [program, 'patterns', file, ...args], { env, encoding: 'utf8' });
    return { status: ran.status, out: ran.stdout, err: ran.stderr };
  } finally {
    rmSync(home, { recursive: true });
  }
}

const assignments = (log: string | Buffer): string[] => patterns(log, '--assignments').out.split('\n').slice(0, -1);
const list = (log: string): Pattern[] => JSON.parse(patterns(log).out) as Pattern[];

const secret = 'hunter2' + '-Real';
const LOG = [
  '2026-11-22 10:00:00,001 INFO [main] app.Pool: Opened connection 1 to 10.0.0.1:5432',
  '2026-11-22 10:00:01,001 ERROR [main] app.Pool: Query 17 failed',
  'java.lang.IllegalStateException: closed',
  '\tat app.Pool.query(Pool.java:17)',
  '',
  '2026-11-22 10:00:02,001 INFO [main] app.Pool: Opened connection 22 to 10.0.0.9:5432',
  `2026-11-22 10:00:03,001 WARN [main] app.Pool: Retrying with password=${secret}`,
  '2026-11-22 10:00:04,001 INFO [main] app.Pool: Opened connection 3 to 10.0.0.1:5432',
];

test('each line has one id, in order; all lines of an entry have that of the entry', () => {
  for (const end of ['\n', '\r\n']) {
    for (const last of ['', end]) {
      const ids = assignments(LOG.join(end) + last);
      expect(ids).toHaveLength(LOG.length);
      expect(ids.every((id) => /^e[0-9a-f]{16}$/.test(id))).toBe(true);
      expect(ids.map((id) => ids.indexOf(id))).toEqual([0, 1, 1, 1, 1, 0, 6, 0]);
    }
  }
});

test('an empty line is a line, and so is one that is not UTF-8', () => {
  expect(assignments('')).toHaveLength(0);
  expect(assignments('\n\n\n')).toHaveLength(3);
  expect(assignments(Buffer.from([0x61, 0xff, 0x0a, 0x00, 0x0a, 0x62]))).toHaveLength(3);
  expect(assignments(Buffer.from('\ufeffuser 1 left\nuser 2 left\n', 'utf16le'))).toHaveLength(2);
});

test('the patterns come with count, place, example and trend, the most frequent first, without secrets', () => {
  const found = list(LOG.join('\n'));
  expect(found.map(({ count }) => count)).toEqual([3, 1, 1]);
  expect(found[0]).toMatchObject({
    template: 'Opened connection <*> to <*>',
    ...{ first_line: 1, last_line: 8, example: 'Opened connection 1 to 10.0.0.1:5432' },
  });
  expect(found.map(({ trend }) => trend.reduce((sum, n) => sum + n, 0))).toEqual([3, 1, 1]);
  expect(JSON.stringify(found)).not.toContain(secret);
  expect(found.some(({ example }) => example.includes('[redacted:password]'))).toBe(true);
  expect(
    found.some(({ template }) => template === 'java.lang.IllegalStateException in app.Pool.query (Pool.java)'),
  ).toBe(true);
});

test('what a counter at the end of a line tells is counted, and the line groups with the plain one', () => {
  const [first, ...rest] = list('10:00:00 ERROR disk full\n10:00:09 ERROR disk full (47 similar errors suppressed)\n');
  expect(first).toMatchObject({ template: 'disk full', count: 49 });
  expect(rest).toEqual([]);
});

test('lines of a log without headers are not joined, whatever they begin with', () => {
  const lines = [' indented 1', 'plain = 2', ' indented 3', '}', 'plain = 4'];
  const ids = assignments(lines.join('\n'));
  expect(ids.map((id) => ids.indexOf(id))).toEqual([0, 1, 0, 3, 1]);
});

test('says why a line is in its pattern', () => {
  const reason = JSON.parse(patterns(LOG.join('\n'), '--explain', '6').out) as {
    readonly why: string;
    readonly count: number;
  };
  expect(reason).toMatchObject({ line: 6, count: 3, text: 'Opened connection 22 to 10.0.0.9:5432' });
  expect(reason.why).toContain('once numbers, addresses');
});

test.each([
  [['--explain', '99'], 'There is no line 99: the log has 8.'],
  [['--explain', 'x'], '--explain takes the number of a line, counted from 1; this is "x".'],
])('%j is refused with a reason', (args, reason) => {
  const { status, err } = patterns(LOG.join('\n'), ...args);
  expect({ status, err: err.trim() }).toEqual({ status: 2, err: reason });
});

test('a file that is not there is refused with a reason', () => {
  const ran = spawnSync(process.execPath, [program, 'patterns', '/nowhere/a.log'], { encoding: 'utf8' });
  expect({ status: ran.status, err: ran.stderr.trim() }).toEqual({
    status: 2,
    err: '/nowhere/a.log: there is no such file.',
  });
});
