/** How single tasks stand by a report that goes through them. */
import { describe, expect, test } from '@jest/globals';
import { readAll, seen, talk } from '../../support/builders.js';

async function after(ask: string, report: string, edits = true): Promise<string[]> {
  const it = talk();
  it.user(ask);
  if (edits) it.tool('Edit', { file_path: 'src/a.ts', old_string: 'a', new_string: 'b' }, { content: 'ok' });
  it.say(report);
  return seen(await readAll(it.lines))
    .map(({ title, status }) => `${title}: ${status}`)
    .sort();
}

const TWO = 'Please translate the glossary and compress the map tiles.';
const LIST = 'Three things:\n1. translate the glossary\n2. compress the map tiles\n3. rename the harbour layer';
const LETTERS = 'Please:\na) translate the glossary\nb) compress the map tiles';

const glossary = (status: string): string => `Translate the glossary: ${status}`;
const tiles = (status: string): string => `Compress the map tiles: ${status}`;
const layer = (status: string): string => `Rename the harbour layer: ${status}`;

describe('a report on two tasks', () => {
  test.each([
    ["Done with the glossary. What's left are the map tiles.", 'completed', 'pending'],
    ['The glossary is translated, but the map tiles are not.', 'completed', 'pending'],
    ['Translated the glossary, not the map tiles.', 'completed', 'pending'],
    ['- glossary: done\n- map tiles: not started', 'completed', 'pending'],
    ['- map tiles: half done\n- glossary: translated', 'completed', 'in_progress'],
    ['✅ glossary\n❌ map tiles', 'completed', 'pending'],
    [
      '### Glossary\nIt is translated now.\n\n### Map tiles\nI could not do this: my token has expired.',
      'completed',
      'blocked',
    ],
    ['Everything but the map tiles is done.', 'completed', 'pending'],
    ['All done, except for the glossary.', 'pending', 'completed'],
    ['The first one is done, the second is not.', 'completed', 'pending'],
    ['I only translated the glossary.', 'completed', 'pending'],
    ['The glossary is done. The other one is still open.', 'completed', 'pending'],
    [
      "The glossary is translated. I'd rather not compress the map tiles, that would lose detail.",
      'completed',
      'blocked',
    ],
    [
      'Compressing the map tiles did not work: the licence of the encoder has expired. The glossary is in.',
      'completed',
      'blocked',
    ],
    [
      'The glossary is translated. The map tiles are not done. Doing that needs a key that only the owner has.',
      'completed',
      'blocked',
    ],
    [
      'The glossary is translated. The map tiles are compressed in two of five zoom levels.',
      'completed',
      'in_progress',
    ],
    ['Both are done.', 'completed', 'completed'],
    ['I translated the glossary and compressed the map tiles.', 'completed', 'completed'],
  ])('%s', async (report, first, second) => {
    expect(await after(TWO, report)).toEqual([glossary(first), tiles(second)].sort());
  });
});

describe('a report by numbers and letters', () => {
  test.each([
    ['1 is done. 2 and 3 are still open.', 'completed', 'pending', 'pending'],
    ['1 and 2 are in; with 3 I am stuck, the server denies my key.', 'completed', 'completed', 'blocked'],
    ['1. Done.\n2. Half done.\n3. Not started.', 'completed', 'in_progress', 'pending'],
    ['The glossary is translated. The other two are still to do.', 'completed', 'pending', 'pending'],
  ])('%s', async (report, first, second, third) => {
    expect(await after(LIST, report)).toEqual([glossary(first), tiles(second), layer(third)].sort());
  });

  test.each([
    ['(a) is in, with (b) I am stuck: no access.', 'completed', 'blocked'],
    ['a) done\nb) not started', 'completed', 'pending'],
  ])('%s', async (report, first, second) => {
    expect(await after(LETTERS, report)).toEqual([glossary(first), tiles(second)].sort());
  });
});

describe('a report on one task', () => {
  const ask = 'Please throttle the pending badge.';
  test.each([
    ['The pending badge is throttled.', 'completed'],
    ['Throttled the pending badge. Orders without a badge keep waiting for a clerk, as before.', 'completed'],
    ['The pending badge was missing a guard. I added it.', 'completed'],
    ['The pending badge is only half throttled; the second part is still missing.', 'in_progress'],
    ["That's as far as I get with the pending badge: the vendor has to send the key first.", 'blocked'],
    ["I'd rather not do that, the badge is there by law.", 'blocked'],
    ['I tried three ways and none of them works. So the pending badge remains unsolved.', 'blocked'],
    ['I have not changed anything yet. My login for the archive has expired.', 'blocked'],
  ])('%s', async (report, status) => {
    expect(await after(ask, report)).toEqual([`Throttle the pending badge: ${status}`]);
  });
});

test('a plan of the next edits is no report', async () => {
  expect(
    await after(TWO, 'Let me start with the glossary:\n1. Rename the file\n2. Translate the glossary'),
  ).not.toContain(glossary('pending'));
});
