import { describe, expect, test } from '@jest/globals';
import { happened, reportsIn } from '../../../src/domain/failures/index.js';
import { cpuMsOf } from '../../support/cpu.js';

/** What people say of failures without the words of programs. */
const TOLD: readonly string[] = [
  'the editor closes by itself when I rotate the tablet',
  'exports bigger than 2 GB stall halfway',
  'the signup form just spins forever',
  'the whole warehouse is standing still since six',
  'none of the till terminals can log in',
  'nobody can pay right now',
  'the site is offline since the deploy',
  'checkout comes back with a 502',
  "we're getting 503s from the search service",
  '/orders is 500ing',
  '500 on every request to the uploader',
  'the importer chokes on files with a BOM',
  'the worker gets OOM-killed every night',
  'the indexer runs out of memory after an hour',
  'the map page keeps loading and nothing shows',
  'the tablet app force closes on launch',
  'Der Endpunkt antwortet bei leerem Namen mit 500',
  "l'API renvoie une 500 sur /panier",
  'el servicio devuelve un 502 cada noche',
  'the build machine locks up while linking',
  'since monday there is an outage of the label printer service',
  'the game kicks me back to the home screen after level 3',
  'the nightly job errors out',
  'the daemon falls over under load',
  'the dashboard stays on the spinner',
  "the gateway can't be reached from the office",
  'it suddenly quits when I press save',
  'why does the picker just spin forever, it just spins here',
];
const SILENT: readonly string[] = [
  'make sure the editor closes by itself after saving',
  'the dialog closes when you press escape',
  'close the modal on its own',
  'it should exit immediately when the flag is set',
  'return a 500 if the token is missing',
  'show the first 500 rows',
  'we have 503 customers',
  'it gives 512 points per level',
  'the price is 500 euros',
  'add a spinner that spins while loading',
  'no outage so far',
  'what happens if the site is offline?',
  'the process exits with 0',
  'the app never closes by itself any more',
  'handle 5xx errors with a retry',
  'nobody can remember why we did that',
  'none of the pages need a login',
  'lock the file before writing',
  'the job should get killed after ten minutes',
  'if the api comes back with 503, retry twice',
  'in offline mode it uses the cache',
  'it would stall without the index',
  'the wheel spins in the animation as designed',
  'can the site go offline tonight?',
];

describe('what a sentence tells beside what the reader of messages heard', () => {
  test.each(TOLD)('%s', (sentence) => {
    expect(reportsIn([], [sentence])).toHaveLength(1);
  });
  test.each(SILENT)('no failure: %s', (sentence) => {
    expect(reportsIn([], [sentence])).toEqual([]);
  });
  test('what was heard is not told twice', () => {
    const sentence = 'the shop is offline and checkout hangs';
    expect(reportsIn(['the shop is offline'], [sentence])).toEqual(['the shop is offline']);
    expect(reportsIn([sentence], [sentence])).toEqual([sentence]);
  });
  test('of a long sentence only what tells of it', () => {
    const sentence = `we moved the forms to the new host last week (right now it just spins forever), and then ${'the pages '.repeat(20)} came`;
    expect(reportsIn([], [sentence])[0]).toMatch(/spins forever$/);
  });
});

/** Of these words a failure was heard in. */
const HAPPENED: readonly string[] = [
  'the editor crashes on save',
  'still hangs',
  'the deploy fails with a permission problem',
  'the api is down',
  'uploads time out after 30 s',
  "it won't start any more",
  "can't connect to redis",
  'the queue is stuck',
  'the sync got stuck at 40%',
  'no luck, keeps timing out',
  'login refuses every password',
  'the page never loads',
  'it threw a NullPointerException',
  'no hang but it crashes on exit now',
  'the export died halfway',
  'the server refused the connection',
  'the importer aborted with code 3',
  'read timeout again on the second call',
  "the app won't install on android 14",
  "we can't log in since noon",
];
const DID_NOT: readonly string[] = [
  'the parcel is stuck in customs',
  "I'm stuck in a meeting until three",
  '14 restarts, no crash',
  'no more timeouts since yesterday',
  "that we don't start from scratch",
  "so that it doesn't hang forever",
  "2.3 won't run on 3.12",
  'code freeze starts on Thursday',
  'the timeout is 30 seconds',
  'with two exceptions',
  'make an exception for admins',
  'throw the old one away',
  'we aborted the rollout',
  "we don't deploy on fridays",
  'the landlord refused to sign',
  'down to 12 MB now',
  'it stopped crashing',
  'the hang is gone',
  'nothing failed this time',
  'we froze the schema',
  'legal refuses to approve it',
  'I threw it together last night',
  "it doesn't crash any more",
  'the contract is stuck in legal',
  'the tests should fail without the flag',
  "hasn't frozen once since",
  'session timeouts are 15 minutes',
];

describe('what was heard as a failure', () => {
  test.each(HAPPENED)('is one: %s', (said) => {
    expect(reportsIn([said], [])).toEqual([said]);
    expect(happened(said)).toBe(true);
  });
  test.each(DID_NOT)('is none: %s', (said) => {
    expect(reportsIn([said], [said])).toEqual([]);
  });
});

test.each(['the ', 'stall ', 'none of the a ', 'returned a ', 'antwortet ', 'the site a a ', 'no crash, ', '(it '])(
  'any text is read in time linear in its length: %j',
  (part) => {
    const text = part.repeat(Math.ceil(1e5 / part.length));
    const spent = cpuMsOf(() => {
      reportsIn([text.slice(0, 2_000)], [text, text]);
    });
    expect(spent).toBeLessThan(500);
  },
);
