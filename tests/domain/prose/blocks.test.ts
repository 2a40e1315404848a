import { describe, expect, test } from '@jest/globals';
import { readMessage } from '../../../src/domain/prose/blocks.js';

const shown = (text: string): readonly string[] =>
  readMessage(text).blocks.map(({ kind, text: said, number, checked, depth, heading, lead }) =>
    [kind, number ?? '', checked ? 'x' : '', depth === 0 ? '' : `>${depth}`, said, heading ?? '', lead ?? ''].join('|'),
  );
const said = (text: string): readonly string[] => readMessage(text).blocks.map(({ text: words }) => words);

describe('blocks of Markdown', () => {
  test.each([
    [
      'a list under what leads in it',
      'Left over:\n\n- port the reader\n- drop the shim',
      ['paragraph|||| Left over:||', 'item||||port the reader||Left over', 'item||||drop the shim||Left over'],
    ],
    [
      'a heading stays until the next',
      '## Open\n1. Port it\n2. Ship it\n## Done\nAll else.',
      [
        'heading||||Open||',
        'item|1|||Port it|Open|',
        'item|2|||Ship it|Open|',
        'heading||||Done||',
        'paragraph||||All else.|Done|',
      ],
    ],
    [
      'a bold line is a heading',
      '**Next steps**\n- wire it',
      ['heading||||Next steps||', 'item||||wire it|Next steps|Next steps'],
    ],
    [
      'a bold lead in a paragraph',
      '**Still open:** the cache is cold.',
      ['paragraph||||the cache is cold.||Still open'],
    ],
    [
      'numbers of all kinds',
      '### 2. Cold cache\n(4) warm it\n#5: time it\n3) log it\n6️⃣ ship it',
      [
        'heading|2|||Cold cache||',
        'item|4|||warm it|Cold cache|',
        'item|5|||time it|Cold cache|',
        'item|3|||log it|Cold cache|',
        'item|6|||ship it|Cold cache|',
      ],
    ],
    ['a finding with its number in the heading', '## Issue 3: Cold cache', ['heading|3|||Cold cache||']],
    [
      'boxes',
      '- [ ] pin it\n* [x] move it\n☐ name it\n✅ paint it',
      ['box||||pin it||', 'box||x||move it||', 'box||||name it||', 'box||x||paint it||'],
    ],
    [
      'items within items',
      '- Reader:\n  - port it\n    - test it\n- Writer',
      ['item||||Reader:||', 'item|||>1|port it||Reader', 'item|||>2|test it||Reader', 'item||||Writer||'],
    ],
    [
      'bullets that are pictures or letters',
      '🚀 ship it\na) name it\n• pin it',
      ['item||||ship it||', 'item||||name it||', 'item||||pin it||'],
    ],
    ['an item over two lines', '- port the reader\n  to the new API', ['item||||port the reader to the new API||']],
  ])('%s', (_, text, blocks) => {
    expect(shown(text)).toEqual(blocks.map((block) => block.replace('|||| ', '||||')));
  });

  test('inline marks go, inline code and names stay', () => {
    expect(said('Rename **`old_name`** in [the docs](https://x.test/a_(b)) and `__init__.py`, *please*')).toEqual([
      'Rename old_name in the docs and __init__.py, please',
    ]);
    expect(said('a * b and snake_case_name and __main__.py')).toEqual(['a * b and snake_case_name and __main__.py']);
  });

  test('requests on lines of their own stay apart, a wrapped line does not', () => {
    expect(said('add a flag\nupdate the manual')).toEqual(['add a flag', 'update the manual']);
    expect(said('change the way in which the importer reads what it is given so that\nit needs less memory')).toEqual([
      'change the way in which the importer reads what it is given so that it needs less memory',
    ]);
    expect(said('add a flag, then\nupdate the manual')).toEqual(['add a flag, then update the manual']);
  });

  test('tables and rules are dropped', () => {
    expect(said('Before.\n\n| a | b |\n|---|---|\n| fix | me |\n\n---\nAfter.')).toEqual(['Before.', 'After.']);
  });
});

describe('what was pasted', () => {
  test.each([
    ['a fence', 'see\n```py\n# TODO: port it\n```\nthanks a lot', 'fence', '# TODO: port it'],
    ['a fence that is never closed', 'see\n~~~\nadd a flag', 'fence', 'add a flag'],
    ['a quote', 'they say\n\n> rename it\n> and ship it', 'quote', 'rename it\nand ship it'],
    ['indented code', 'like this\n\n    x = fix(y)', 'fence', '    x = fix(y)'],
    [
      'a log',
      'why?\n\n2026-03-01 10:00:00,123 - app - ERROR - need to reload the index',
      'output',
      '2026-03-01 10:00:00,123 - app - ERROR - need to reload the index',
    ],
    [
      'one line of a log amid a request',
      'I see\n[ERROR] app: should retry\nand it is slow',
      'output',
      '[ERROR] app: should retry',
    ],
    [
      'a trace',
      'fix it\nTraceback (most recent call last):\n  File "a.py", line 3, in f\n    return g["x"]\nKeyError: \'x\'',
      'output',
      'Traceback (most recent call last):\n  File "a.py", line 3, in f\n    return g["x"]\nKeyError: \'x\'',
    ],
    [
      'a trace of another machine',
      'fix it\nNullPointerException: no user\n    at com.acme.Shop.pay(Shop.java:31)',
      'output',
      'NullPointerException: no user\n    at com.acme.Shop.pay(Shop.java:31)',
    ],
    [
      'a diff',
      'apply it\ndiff --git a/x b/x\n@@ -1,2 +1,2 @@\n-add one\n+add two',
      'output',
      'diff --git a/x b/x\n@@ -1,2 +1,2 @@\n-add one\n+add two',
    ],
    [
      'a prompt and its output',
      'look\n$ npm run lint\n> acme@1.0.0 lint\n> eslint .',
      'output',
      '$ npm run lint\n> acme@1.0.0 lint\n> eslint .',
    ],
    [
      'a test run with blank lines',
      'look\nFAIL src/a.test.ts\n  ● adds\n\n    Expected: 3\n    Received: 4',
      'output',
      'FAIL src/a.test.ts\n  ● adds\n\n    Expected: 3\n    Received: 4',
    ],
    [
      'an error of a compiler',
      'look\nsrc/a.ts(3,1): error TS2304: Cannot find name',
      'output',
      'src/a.ts(3,1): error TS2304: Cannot find name',
    ],
    ['a record', 'look\n{"level":"error","msg":"must restart"}', 'output', '{"level":"error","msg":"must restart"}'],
  ] as const)('%s is no block', (_, text, kind, paste) => {
    const message = readMessage(text);
    expect(message.pasted).toEqual([{ kind, text: paste }]);
    expect(message.blocks.map(({ text: words }) => words).join(' ')).not.toMatch(
      /TODO|retry|Expected|rename|reload|flag/,
    );
  });

  test.each([
    'at the moment the shop (v2) is slow',
    'CRITICAL: please bring the shop back',
    '3 errors in the log, please look into them',
    'docker build fails since yesterday',
    'coverage 80% is too low, add tests',
    'static files: move them to the CDN',
    'the page shows TypeError: x is undefined when I click',
    'import the users from the old table',
    'ERROR handling: add retries',
    '... and then fix the tests',
  ])('a person said: %s', (text) => {
    expect(readMessage(text).pasted).toEqual([]);
    expect(readMessage(text).blocks).toHaveLength(1);
  });

  test('what programs put between tags of their own was said by nobody', () => {
    expect(said('set it to 5\n\n<system-reminder>\nYou must add a TODO\n</system-reminder>\nthanks')).toEqual([
      'set it to 5',
      'thanks',
    ]);
    expect(said('<command-name>/x</command-name>\n<command-args>add y</command-args>')).toEqual([]);
    expect(said('<local-command-stdout>Set model</local-command-stdout>')).toEqual([]);
    expect(said('<ide_opened_file>The user opened a.ts</ide_opened_file>go on')).toEqual(['go on']);
    expect(said('make <Sidebar> narrow, x < 3')).toEqual(['make <Sidebar> narrow, x < 3']);
    expect(said('ok <system-reminder>never closed, add a flag')).toEqual(['ok']);
  });
});
