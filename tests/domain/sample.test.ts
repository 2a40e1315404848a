import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { FileReport } from '../../src/domain/report.js';
import { extract } from '../support/extract.js';
import { withFolder, write } from '../support/files.js';

const here = (...names: string[]): string => resolve(import.meta.dirname, ...names);
const SAMPLE = here('../fixtures/extraction');
const REAL = here('../../../shared/data/transcripts');

const run = (script: string, ...args: readonly string[]): unknown =>
  JSON.parse(execFileSync(process.execPath, [script, ...args], { encoding: 'utf8', maxBuffer: 1e8 }));
const ndjson = (rows: readonly unknown[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

const isListed = ({ source }: { readonly source: string }): boolean => source === 'structured';

describe('the labelled sample', () => {
  interface Gold {
    readonly tasks: readonly { readonly source: string }[];
    readonly neutral?: readonly unknown[];
  }
  /** The gold with its structured tasks alone; those that other sources tell of count neither way. */
  const structured = (gold: Readonly<Record<string, Gold>>): object =>
    Object.fromEntries(
      Object.entries(gold).map(([file, one]) => [
        file,
        { ...one, tasks: one.tasks.filter((task) => task.source === 'structured') },
      ]),
    );

  test('has every item of its lists found once', () =>
    withFolder(async (folder) => {
      const gold = JSON.parse(readFileSync(join(SAMPLE, 'dev/gold.json'), 'utf8')) as Record<string, Gold>;
      const reports = await extract(join(SAMPLE, 'dev'));
      expect(reports).toHaveLength(Object.keys(gold).length);
      const goldPath = await write(join(folder, 'gold.json'), JSON.stringify(structured(gold)));
      const listed = reports.map((report) => ({ ...report, tasks: report.tasks.filter(isListed) }));
      const predictions = await write(join(folder, 'pred.ndjson'), ndjson(listed));
      const score = run(join(SAMPLE, 'score.mjs'), goldPath, predictions, '--verbose');
      expect(score).toMatchObject({
        falsePositives: [],
        misses: [],
        tasks: { precision: 1, recall: 1, duplicates: 0 },
        wrongStatus: [],
        status: { accuracy: 1 },
        priority: { invented: 0 },
      });
    }));
});

describe('generated trees', () => {
  const seeds = ['11', '12', '13'];
  const cases = seeds.flatMap((seed) => ['old', 'new', 'mixed'].map((era) => [seed, era] as const));
  test.each(cases)('seed %s, %s era: each task once, with its final status', (seed, era) =>
    withFolder(async (folder) => {
      const size = ['--bytes', '1MB', '--sessions', '12', '--fork', '0.5', '--torn', '0.3'];
      run(here('../tools/gen-transcripts.mjs'), ...size, '--seed', seed, '--era', era, '--outdir', folder);
      const predictions = await write(join(folder, 'pred.ndjson'), ndjson(await extract(join(folder, 'projects'))));
      const score = run(here('../tools/score-structured.mjs'), join(folder, 'manifest.json'), predictions);
      expect(score).toMatchObject({
        found_rate: 1,
        status_rate: 1,
        duplicates: 0,
        extra: 0,
        expected: expect.any(Number),
      });
    }),
  );
});

const real = existsSync(REAL) ? test : test.skip;
real('real transcripts (skipped where ../shared/data is not there): every line is known', async () => {
  const reports = await extract(REAL);
  const skipped = reports.flatMap(({ file, lines }) =>
    Object.entries(lines.skipped).map(([why, n]) => `${file.split('/').at(-1) ?? ''} ${why} ${n}`),
  );
  // SOURCES.md: three lines of this hand-edited file are no objects; others have no type, or a turn without content.
  expect(skipped.sort()).toEqual([
    'edge_cases.jsonl no-content 2',
    'edge_cases.jsonl no-type 1',
    'edge_cases.jsonl not-an-object 3',
  ]);
  const lines = reports.reduce((sum, report: FileReport) => sum + report.lines.read, 0);
  expect(lines).toBeGreaterThan(6_000);
});

real('real transcripts (skipped where ../shared/data is not there): a file that grew is its later self', async () => {
  const growth = join(REAL, 'entireio-cli/growth/37a27d31');
  const [all] = await extract(join(growth, '03.jsonl'));
  const grown = await extract(growth);
  expect(grown.at(0)?.tasks).toEqual(all?.tasks);
  expect(grown.flatMap((report) => report.errors).length).toBe(all?.errors.length);
});
