import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { writeDialogues } from '../support/dialogues.js';
import { extract } from '../support/extract.js';
import { withFolder, write } from '../support/files.js';

const FIXTURES = resolve(import.meta.dirname, '../fixtures');

interface Part {
  readonly precision: number;
  readonly recall: number;
}
interface Score {
  readonly tasks: Part;
  readonly openList: Part;
  readonly status: { readonly accuracy: number };
}

/** The least that each must score, a little below what it does. */
const FLOORS: readonly (readonly [
  set: string,
  tasks: readonly [precision: number, recall: number],
  open: readonly [precision: number, recall: number],
  status: number,
])[] = [['requests', [0.88, 0.82], [0.76, 0.72], 0.92]];

test.each(FLOORS)('%s', (set, tasks, open, status) =>
  withFolder(async (folder) => {
    expect(await writeDialogues(join(FIXTURES, 'dialogues', `${set}.txt`), folder)).toBeGreaterThan(80);
    const reports = await extract(folder);
    const predictions = await write(
      join(folder, 'pred.ndjson'),
      reports.map((one) => `${JSON.stringify(one)}\n`).join(''),
    );
    const script = [join(FIXTURES, 'extraction/score.mjs'), join(folder, 'gold.json'), predictions];
    const score = JSON.parse(execFileSync(process.execPath, script, { encoding: 'utf8' })) as Score;
    const low = Object.entries({
      'tasks precision': score.tasks.precision - tasks[0],
      'tasks recall': score.tasks.recall - tasks[1],
      'open precision': score.openList.precision - open[0],
      'open recall': score.openList.recall - open[1],
      status: score.status.accuracy - status,
    }).filter(([, above]) => above < 0);
    expect(low).toEqual([]);
  }),
);
