import { expect, test } from '@jest/globals';
import { readMessage } from '../../../src/domain/prose/blocks.js';
import type { Before, UserAct } from '../../../src/domain/prose/model.js';
import { userActs } from '../../../src/domain/prose/user/index.js';
import { cpuMsOf } from '../../support/cpu.js';

const NOTHING: Before = { isAsking: false, numbers: [] };
const OFFERED: Before = { isAsking: true, numbers: [] };
const LISTED: Before = { isAsking: false, numbers: [1, 2, 3, 4, 5] };

const read = (text: string, before = NOTHING): readonly UserAct[] => userActs(readMessage(text), before);

/** An act in one line: what it is, and what it is about. */
function brief(act: UserAct): string {
  switch (act.is) {
    case 'ask':
      return `${act.kind === 'change' ? 'ask' : act.kind}: ${act.title}${act.later === null ? '' : ` (${act.later})`}`;
    case 'promise':
      return `promise: ${act.title}`;
    case 'pick':
      return `${act.verdict}: ${typeof act.numbers === 'string' ? act.numbers : act.numbers.join(',')}${act.until === null ? '' : ` until ${act.until}`}`;
    case 'failure':
      return `failure: ${act.message}`;
    case 'hold':
      return `hold: ${act.about ?? '-'} until ${act.until ?? '-'}`;
    default:
      return `${act.is}: ${act.about ?? '-'}`;
  }
}
const acts = (text: string, before = NOTHING): readonly string[] => read(text, before).map(brief);

test.each([
  ['raise the limit to 200 rows', ['ask: Raise the limit to 200 rows']],
  [
    'Hey, can you pin the node version and drop the old workaround?',
    ['ask: Pin the node version', 'ask: Drop the old workaround'],
  ],
  ['would you mind adding a note to the changelog?', ['ask: Add a note to the changelog']],
  ['we need to get rid of moment.js', ['ask: Get rid of moment.js']],
  ["let's rename the package to core-kit", ['ask: Rename the package to core-kit']],
  ["I'd like the panel to remember its width", ['ask: Make the panel remember its width']],
  ['also the supplier names should be lowercased', ['ask: Lowercase the supplier names']],
  ['the report needs a chart for churn', ['ask: Add a chart for churn to the report']],
  ['you forgot the index on user_id', ['ask: Add the index on user_id']],
  ["it'd be great if the tool remembered the last profile", ['ask: Make the tool remember the last profile']],
  ['Two things: bump the image, and delete the fax field.', ['ask: Bump the image', 'ask: Delete the fax field']],
  [
    'add a limit to the uploader and describe it in the guide',
    ['ask: Add a limit to the uploader', 'answer: Describe the limit in the guide'],
  ],
  ['great. now the same for the tablet view', ['ask: Do the same for the tablet view']],
])('asks for work: %s', (text, expected) => {
  expect(acts(text)).toEqual(expected);
});

test.each([
  ['should we move the queue to Kafka?'],
  ['what does the nightly job do?'],
  ['if we used a map here, would that be faster?'],
  ["don't touch the fixtures"],
  ['no need to update the snapshots'],
  ['continue'],
  ['try again'],
  ['thanks!'],
  ['ok'],
  ['I think the cause is the cache. It keeps entries for a day.'],
  ['> please rename everything'],
  ['my laptop crashed, where were we?'],
  ['You are an expert reviewer of shell scripts.\n\n- find the bugs\n- rate them'],
])('asks for no work: %s', (text) => {
  expect(read(text).filter(({ is }) => is === 'ask' || is === 'promise')).toEqual([]);
});

test('how, and until when, is no work of its own', () => {
  expect(acts('Rework the parser, keep the public API as it is and make sure the tests pass')).toEqual([
    'ask: Rework the parser',
  ]);
  expect(acts('Add a form for addresses: the zip must be valid, the street is optional.')).toEqual([
    'ask: Add a form for addresses',
  ]);
});

test.each([
  ['the footer overlaps the total', ['problem: Fix the footer that overlaps the total']],
  [
    'The banner never stops blinking, look into that',
    ['failure: The banner never stops blinking', 'problem: Fix the banner that never stops blinking'],
  ],
  ['sums are off by one euro, please fix', ['problem: Fix sums that are off by one euro']],
  [
    'The editor freezes after a minute. please find it and fix it',
    ['failure: The editor freezes after a minute', 'problem: Fix the editor that freezes after a minute'],
  ],
  ['Orders arrive twice. Dedupe them in the loader.', ['ask: Dedupe orders in the loader']],
  ['the import is broken — please fix and add a test', ['problem: Fix the import that is broken', 'ask: Add a test']],
])('a told problem is work: %s', (text, expected) => {
  expect(acts(text)).toEqual(expected);
});

test('a pasted trace names what is to be fixed', () => {
  const trace =
    'Traceback (most recent call last):\n  File "/srv/app/cart.py", line 4, in total\n    return rows[0]\nIndexError: list index out of range';
  expect(acts(`fix this please\n\n${trace}`)).toEqual([
    'problem: Fix the IndexError: list index out of range in total',
  ]);
});

test('each remark of a pasted review is work, what may be ignored is not', () => {
  const review =
    '> cart.ts:12  the rate should come from settings\n> cart.ts:80  this leaks a handle when it is closed\n> (nit) I would call it `rate`, up to you\n> nice tests!';
  expect(acts(`Kim left comments, please address them:\n\n${review}`)).toEqual([
    'ask: Make the rate come from settings (cart.ts)',
    'ask: Fix cart.ts, which leaks a handle when it is closed',
  ]);
});

test('of a list of notes only what is chosen is work', () => {
  const notes =
    'notes from the demo:\n\n* the lamp flickers near the door\n* crash when you sell the last sword\n* everyone loved the snow!\n* the intro is too long\n* somebody wanted a map. not now';
  expect(
    acts(`${notes}\n\ncan you take the first two and the intro?`).filter((act) => !act.startsWith('failure')),
  ).toEqual([
    'problem: Fix the lamp that flickers near the door',
    'problem: Fix the crash when you sell the last sword',
    'problem: Fix the intro that is too long',
  ]);
  expect(acts('Fix these:\n- login page is blank\n- typo in the header')).toHaveLength(2);
});

test.each([
  ['yes go ahead', ['accept: -']],
  ['yes, but only for staging', ['accept: for staging']],
  ['sure. also write a note for the release', ['accept: -', 'ask: Write a note for the release']],
  ['nah, just curious', ['decline: -']],
  ['no thanks', ['decline: -']],
])('answers an offer: %s', (text, expected) => {
  expect(acts(text, OFFERED)).toEqual(expected);
});

test.each([
  ['do 1 and 3 now', ['do: 1,3']],
  ['just the second one', ['do: 2']],
  ['all except 4', ['do: 1,2,3,5']],
  ['2 once the domain is known. rest: no', ['wait: 2 until the domain is known', 'no: rest']],
  ['3 is on purpose', ['no: 3']],
  ['yes to 1, the others can wait', ['do: 1', 'later: rest']],
  ['set the limit to 2', ['ask: Set the limit to 2']],
])('picks by number: %s', (text, expected) => {
  expect(acts(text, LISTED)).toEqual(expected);
});

test.each([
  ['forget the exporter, they use the API', ['cancel: exporter']],
  ['drop the importer after all', ['cancel: importer']],
  ['drop the column legacy_id', ['ask: Drop the column legacy_id']],
  ['then leave the second replica out', ['cancel: second replica']],
  ['no mongo please', ['cancel: mongo']],
  ['put the redesign on ice until legal has answered', ['hold: redesign until legal has answered']],
  ['not yet, I want Ada’s ok on the schema', ["hold: - until I want Ada's ok on the schema"]],
  ['hold on, Sam has to approve it first', ['hold: - until Sam has to approve it']],
  ['Uma is drawing the icons, so leave that to her', ['elsewhere: icons']],
])('takes back and holds: %s', (text, expected) => {
  expect(acts(text)).toEqual(expected);
});

test.each([
  ["I'll ask the network people tomorrow", ['promise: Ask the network people']],
  ["certificate I'll renew on friday", ['promise: Renew the certificate']],
  ['we must rotate the keys before the launch', ['promise: Rotate the keys']],
  ['the token is revoked, just did it', ['done: token']],
  ['works now, thanks', ['done: -']],
  ['no, still crashes', ['broken: crashes', 'failure: still crashes']],
  ['it came back', ['broken: -']],
  ['the export can wait until spring', ['ask: The export (until spring)']],
  ['no rush, someday when things are quiet: sort the glossary', ['ask: Sort the glossary (someday)']],
  ['commit this and open a PR', ['answer: Commit this', 'answer: Open a PR']],
])('promises and reports: %s', (text, expected) => {
  expect(acts(text)).toEqual(expected);
});

test('how pressing a request is may stand in the sentence before', () => {
  const [ask] = read('The shop is down! Bring it back.').filter(({ is }) => is === 'ask');
  expect(ask).toMatchObject({ title: 'Bring the shop back' });
  expect(read('no rush: sort the glossary')[0]).toMatchObject({ stated: { priority: 'low' } });
});

test.each(['TODO: (((((', 'a a a a ', 'and please fix it, ', '1, ', '- fix a\n', 'no wait, '])(
  'a megabyte of %j is read in time',
  (unit) => {
    const message = readMessage(unit.repeat(Math.ceil(1_000_000 / unit.length)));
    const spent = cpuMsOf(() => {
      expect(() => userActs(message, { isAsking: true, numbers: [1, 2] })).not.toThrow();
    });
    expect(spent).toBeLessThan(2_000);
  },
);

test.each([
  ['nobody but owners should be able to delete a workspace', ['ask: Let nobody but owners delete a workspace']],
  ['only editors may see the drafts', ['ask: Let only editors see the drafts']],
  ['it should be possible to cancel a running import', ['ask: Make it possible to cancel a running import']],
  ['the legacy endpoints can go', ['ask: Remove the legacy endpoints']],
  ['the stale index can be dropped now', ['ask: Drop the stale index']],
  ['the default page size goes up to 50', ['ask: Raise the default page size to 50']],
  [
    'feed.json has trailing commas, drop them before parsing',
    ['ask: Drop trailing commas in feed.json before parsing'],
  ],
  [
    'migrate users to the new table, then orders',
    ['ask: Migrate users to the new table', 'ask: Migrate orders to the new table'],
  ],
  ['have you bumped the lockfile? if not then please', ['ask: Bump the lockfile']],
  ['and the footer too', ['ask: Do the same for the footer']],
  ['in the header replace the logo with the new one', ['ask: Replace the logo with the new one in the header']],
])('hears work in statements: %s', (text, expected) => {
  expect(acts(text)).toEqual(expected);
});

test.each([
  ['the export sounds useful. caching no, we tried that', ['accept: export', 'decline: cache']],
  ['yes to the index, no to the view', ['accept: index', 'decline: view']],
])('tells apart what of an offer is wanted: %s', (text, expected) => {
  expect(acts(text, OFFERED)).toEqual(expected);
});

test.each([
  ["I'll send you the trace tomorrow", ['promise: Send the trace']],
  ["that's Ewa. I'll sit down with her on Monday", ['promise: Sit down with Ewa']],
  ['leave the announcement to me', ['promise: Do the announcement']],
  ['the lamp is still upside down on the tablet', ['broken: lamp upside down on the tablet']],
  ['the cache can be disabled with --no-cache', []],
  ['the notes are on the design board already', ['elsewhere: notes']],
])('promises, reports and leaves to others: %s', (text, expected) => {
  expect(acts(text)).toEqual(expected);
});

test('of a talk that was pasted only what stands before it is said by the user', () => {
  expect(acts('Summarize this talk.\n\nUser: add a filter\n\nAgent: done\n\nUser: remove the header')).toEqual([
    'answer: Summarize this talk',
  ]);
});
