import { describe, expect, it } from '@jest/globals';
import { readMessage, userActs } from '../../../src/domain/prose/index.js';

const said = (text: string, topics: readonly string[] = []): readonly string[] =>
  (userActs(readMessage(text), { isAsking: false, numbers: [], topics }) ?? [])
    .filter(({ is }) => is !== 'failure')
    .map((act) =>
      'title' in act && act.is !== 'broken'
        ? `${act.is}: ${act.title}`
        : 'about' in act
          ? `${act.is}: ${act.about ?? ''}`
          : act.is,
    );

describe('needs in few words', () => {
  it.each<[string, readonly string[]]>([
    ['need a healthcheck on the worker', ['ask: Add a healthcheck on the worker']],
    ['needs a --verbose flag', ['ask: Add a --verbose flag']],
    ['export.py wants a progress bar', ['ask: Add a progress bar to export.py']],
    ['cli could do with a --quiet', ['ask: Add a --quiet to cli']],
    ['node 22, dockerfile + ci', ['ask: Move dockerfile to node 22', 'ask: Move ci to node 22']],
    ['react 19 everywhere', ['ask: Move everything to react 19']],
    ['stale feature flags in billing can go', ['ask: Remove stale feature flags in billing']],
    ['marketing wants a banner', ['ask: Add a banner']],
  ])('are requests: %s', (text, want) => {
    expect(said(text)).toEqual(want);
  });

  it.each(['need a coffee', 'line 14, src and docs', 'Omar can go', 'need a hand?', 'step 2, then ci', 'I can go now'])(
    'are none: %s',
    (text) => {
      expect(said(text).filter((act) => act.startsWith('ask'))).toEqual([]);
    },
  );
});

describe('faults with any verb', () => {
  it.each<[string, readonly string[]]>([
    [
      "cron doesn't pick up the new config on web-2",
      ["ask: Fix the cron that doesn't pick up the new config on web-2"],
    ],
    ['the zip field does not validate', ['ask: Fix the zip field that does not validate']],
    ["retries aren't logged", ["ask: Fix retries that aren't logged"]],
    ["filters don't survive a reload", ["ask: Fix filters that don't survive a reload"]],
    ['large downloads stall', ['ask: Fix large downloads that stall']],
    ["debug: the worker isn't producing metrics", ["ask: Fix the worker that isn't producing metrics"]],
    ['we fail the build', ['ask: Fix the build, which fails']],
    ['nothing happens when I hit enter', ['ask: Fix nothing happens when I hit enter']],
    ['cancel does nothing', ['ask: Fix the cancel that does nothing']],
    ['release notes missing', ['ask: Fix release notes missing']],
  ])('are problems: %s', (text, want) => {
    expect(said(text)).toEqual(want);
  });

  it.each([
    "the docs don't mention it, that is fine",
    "it doesn't matter which one",
    "the tests don't cover that on purpose",
    "this doesn't have to be perfect",
    "we don't use redis anymore",
    "the customer doesn't care",
    "Tom isn't here today",
    'there are other nodes and branch info we want to see',
  ])('are none: %s', (text) => {
    expect(said(text)).toEqual([]);
  });
});

describe('wishes that are put kindly', () => {
  it.each<[string, readonly string[]]>([
    ['Could the endpoint be called sessions, please?', ['ask: Call the endpoint sessions']],
    ['can the toolbar be hidden in print mode', ['ask: Hide the toolbar in print mode']],
    ['Might it be possible to send the report as a PDF?', ['ask: Send the report as a PDF']],
    ["I'd much prefer the full name there", ['ask: Use the full name there']],
    ["They'd expect the prices in their own currency", ['ask: Show the prices in their own currency']],
    ['I wonder whether we could show the totals in the header', ['ask: Show the totals in the header']],
    ['I would appreciate a bigger font in the table', ['ask: Add a bigger font in the table']],
    ['May I ask for a retry button?', ['ask: Add a retry button']],
    ['so want to default all margins to that', ['ask: Default all margins to that']],
  ])('are requests: %s', (text, want) => {
    expect(said(text)).toEqual(want);
  });

  it.each([
    'Thank you so much in advance!',
    'Thank you for explaining it so clearly!',
    'Have a lovely evening!',
    'Gimme a sec',
    'would you take redis or memcached for that',
    'can you read avro directly or do I have to convert it?',
    'could the crash be caused by the cache?',
    'make tickets of it and start at the top',
  ])('are none: %s', (text) => {
    expect(said(text).filter((act) => !act.startsWith('answer'))).toEqual([]);
  });
});

describe('what is kept, put off and taken back, the thing first', () => {
  it.each<[string, readonly string[]]>([
    ['the runbook is mine, friday', ['promise: Do the runbook, friday']],
    ['retry logic is next sprint', ['ask: Retry logic']],
    ['the migration of the archive i do myself', ['promise: Do the migration of the archive']],
    ['I shall ask Bilal when he is back', ['promise: Ask Bilal when he is back']],
    ['stress test we skip', ['cancel: stress test']],
    ['the wiki is off the table', ['cancel: wiki']],
    ['on reflection nobody would use it', ['cancel: ']],
    ['shelve it till they give you access', ['hold: ']],
    ['registrar done', ['done: registrar']],
    ["checked row 40, it's fine", ['done: check row 40']],
    ["No worries about Firefox, I've just opened it there", ['done: Firefox']],
    ['lint ok, types not', ['done: lint', 'broken: types']],
    ['the release is next week', []],
    ['push up', []],
    ['the fault is mine', []],
  ])('%s', (text, want) => {
    expect(said(text).filter((act) => !/^ask: Push/.test(act))).toEqual(want);
  });
});

describe('choices among what was spoken of', () => {
  const lettered = ['I could (a) colour overdue loans, (b) mail the borrowers, (c) print a weekly list.'];
  it.each<[string, readonly string[], readonly string[]]>([
    ['a please', lettered, ['ask: Colour overdue loans']],
    ['a please. b noooo. c later', lettered, ['ask: Colour overdue loans', 'ask: Print a weekly list']],
    [
      'the former',
      ['Either the cache is cleared at night, or the key gets a version.'],
      ['ask: Go with: the cache is cleared at night'],
    ],
    [
      'The table sounds like the right fit',
      ['an index on the date', 'a table with one row per day'],
      ['ask: Add a table with one row per day'],
    ],
    ['the table sounds loud', ['an index on the date', 'a table with one row per day'], []],
    ['a please', [], []],
  ])('%s', (text, topics, want) => {
    expect(said(text, topics)).toEqual(want);
  });
});

describe('several things in one breath', () => {
  it.each<[string, readonly string[]]>([
    [
      'the banner covers the login can you move the box down and then shorten the text',
      ['ask: Move the box down', 'ask: Shorten the text'],
    ],
    [
      "from the testers 1) drop the intro sound 2) add a mute key 3) confetti when you win, that one's nice to have",
      ['ask: Drop the intro sound', 'ask: Add a mute key', 'ask: Confetti when you win'],
    ],
    ['i want a mail when it fails. not now, the box is busy', ['ask: Add a mail when it fails']],
    ['dkim has an old key in it. harmless, when someone is bored', ['ask: Fix the dkim that has an old key in it']],
    ['how can you tell whether it works', []],
  ])('%s', (text, want) => {
    expect(said(text)).toEqual(want);
  });

  it('takes the remarks that are asked for', () => {
    const remarks =
      '> loop.py L12: the wait has no cap\n> test_loop.py: freeze the clock here please\n> nit: `x` or `y`?';
    expect(
      said(`Comments from Olga on my PR, take the first two, the third is a matter of taste:\n${remarks}`),
    ).toEqual(['ask: The wait has no cap (loop.py)', 'ask: Freeze the clock here (test_loop.py)']);
    const letter =
      '> Hi Ben!\n> 1) the opening hours should be 9 to 5\n> 2) a slider on the start page please\n> Best, Olga\n> Ben';
    expect(said(`from my client, do everything in there except the slider\n${letter}`)).toHaveLength(1);
  });
});
