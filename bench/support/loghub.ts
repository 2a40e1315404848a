/** Logs with a known grouping: the data sets of loghub, where someone put them beside the project. They are no part of it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../src/config.js';

export interface GroupedLog {
  readonly name: string;
  /** The messages, without headers. */
  readonly texts: readonly string[];
  /** Of each message its group. */
  readonly truth: readonly string[];
}

const SUFFIX = '_2k.log_structured.csv';

export const LOGHUB = join(packageFolder(), '..', 'shared', 'data', 'loghub');

/** @returns none where the folder is not there */
export function readGroupedLogs(folder = LOGHUB): readonly GroupedLog[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const file = join(folder, name, `${name}${SUFFIX}`);
      if (!existsSync(file)) return [];
      const [head = [], ...rows] = parseCsv(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
      const column = (wanted: string): readonly string[] => rows.map((row) => row[head.indexOf(wanted)] ?? '');
      return [{ name, texts: column('Content'), truth: column('EventId') }];
    });
}

/** RFC 4180. */
function parseCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  const cell = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/y;
  let row: string[] = [];
  while (cell.lastIndex < text.length) {
    const [, raw = '', end = ''] = cell.exec(text) ?? [];
    row.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

export interface GroupingScore {
  /** Share of lines in a group that holds just the lines of their true group. */
  readonly ga: number;
  /** F1 of the exact groups among those found and those that are. */
  readonly fga: number;
}

/** As `score-log-grouping.mjs` computes them. */
export function scoreGrouping(truth: readonly string[], found: readonly string[]): GroupingScore {
  const real = sizes(truth);
  const made = sizes(found);
  const both = sizes(truth.map((id, index) => `${id}\n${found[index] ?? ''}`));
  let [lines, groups] = [0, 0];
  for (const [pair, size] of both) {
    const [id = '', pattern = ''] = pair.split('\n');
    if (real.get(id) !== size || made.get(pattern) !== size) continue;
    lines += size;
    groups++;
  }
  return { ga: lines / truth.length, fga: (2 * groups) / (real.size + made.size) };
}

function sizes(ids: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
