import { describe, expect, it } from '@jest/globals';
import { readMessage, userActs } from '../../../src/domain/prose/index.js';

const said = (text: string): readonly string[] =>
  (userActs(readMessage(text), { isAsking: false, numbers: [], topics: [] }) ?? [])
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
