import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';

interface Report {
  readonly file: string;
  readonly tasks: readonly { readonly title: string; readonly status: string; readonly priority: string | null }[];
  readonly errors: readonly { readonly class: string }[];
  readonly lines: { readonly read: number; readonly skipped: Readonly<Record<string, number>> };
}

function extract(path: string): Report[] {
  const home = mkdtempSync(join(tmpdir(), 'tracker-samples-'));
  try {
    const env = { PATH: process.env['PATH'], HOME: home, TRACKER_HOME: home, CLAUDE_CONFIG_DIR: home };
    const program = resolve('dist/src/cli/main.js');
    const ran = spawnSync(process.execPath, [program, 'extract', path], { env, encoding: 'utf8', maxBuffer: 1 << 26 });
    expect({ status: ran.status, stderr: ran.stderr }).toEqual({ status: 0, stderr: '' });
    return ran.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Report);
  } finally {
    rmSync(home, { recursive: true });
  }
}

const titles = (reports: readonly Report[], ...statuses: string[]): string[] =>
  reports
    .flatMap(({ tasks }) => tasks)
    .filter(({ status }) => statuses.includes(status))
    .map(({ title }) => title)
    .sort();

test('the sample set that ships with the project shows what its page says', () => {
  const reports = extract('demo');
  expect(reports).toHaveLength(6);
  expect(reports.map(({ lines }) => lines.skipped)).toEqual(reports.map(() => ({})));
  expect(titles(reports, 'in_progress')).toEqual([
    'Read the stream with a consumer group',
    'Stop the redirect loop on /login',
  ]);
  expect(titles(reports, 'pending', 'blocked')).toEqual([
    'Document the probe settings in docs/health.md',
    'Remove the pub/sub channel',
    'Tell support which users have to sign in again',
    'Test names with umlauts and semicolons',
  ]);
  expect(titles(reports, 'cancelled')).toEqual(['Stream large exports']);
  // What is asked for in prose is one with the item of the list that it became.
  expect(titles(reports, 'completed')).toEqual([
    'Add GET /invoices.csv',
    'Add a test for the last day of a month',
    'Add an export button to the invoices page',
    'Compute the month in the zone of the customer',
    'Fix the time limit of the health probe',
    'Reproduce the false "down" of the NPU worker',
    'Reproduce with a customer in Lisbon',
    'Test a worker that answers slowly',
    'Write chat events to a Redis stream',
    'Write the migration note for the operators',
  ]);
  // `fix it today` and `urgent` are the only grounds that anybody gives.
  expect(
    reports
      .flatMap(({ tasks }) => tasks.filter(({ priority }) => priority !== null))
      .map(({ title }) => title)
      .sort(),
  ).toEqual(['Fix the time limit of the health probe', 'Stop the redirect loop on /login']);
  expect(reports.flatMap(({ errors }) => errors.map((error) => error.class)).sort()).toEqual(
    ['api', 'connection', 'hook', 'test', 'test', 'test', 'type'].sort(),
  );
});

const FIX = 'Fix the login form';

test.each([
  { file: 'torn-tail', open: [FIX, 'Add a test'], done: [], skipped: 0 },
  { file: 'whole-tail', open: [], done: [FIX], skipped: 0 },
  { file: 'binary-line', open: [FIX], done: [], skipped: 4 },
  { file: 'not-utf8', open: [FIX], done: [], skipped: 0 },
  { file: 'too-deep', open: [FIX], done: [], skipped: 1 },
  { file: 'unknown-type', open: [FIX], done: [], skipped: 4 },
  { file: 'crlf', open: [FIX, 'Add a test'], done: [], skipped: 0 },
  { file: 'empty', open: [], done: [], skipped: 0 },
])('$file is read to its end', ({ file, open, done, skipped }) => {
  const reports = extract(`tests/fixtures/transcripts/${file}.jsonl`);
  expect(titles(reports, 'pending', 'in_progress')).toEqual([...open].sort());
  expect(titles(reports, 'completed')).toEqual(done);
  expect(Object.values(reports[0]?.lines.skipped ?? {}).reduce((a, b) => a + b, 0)).toBe(skipped);
});

test('fields of other types than usual stop nothing and are counted', () => {
  const [report] = extract('tests/fixtures/transcripts/wrong-shape.jsonl');
  expect(report?.tasks.map(({ title }) => title)).toEqual(
    expect.arrayContaining(['A list as a JSON string', 'Its second item', 'An item without a status']),
  );
  expect(report?.lines.skipped).toMatchObject({ 'not-an-object': 5, 'no-type': 3 });
});
