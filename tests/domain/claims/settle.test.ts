import { describe, expect, test } from '@jest/globals';
import { candidateOf, claimOf, settle, type Claim } from '../../../src/domain/claims/index.js';
import type { ClaimFact, TaskFact } from '../../../src/domain/facts.js';
import { recordOf } from '../../../src/domain/tasks/index.js';
import { HOUR, START, taskFact } from '../../support/builders.js';

const claim = (about: string, quote: string, said: Partial<ClaimFact> = {}): Claim =>
  claimOf({
    is: 'claim',
    eventId: 'claim-1',
    at: START + 24 * HOUR,
    sessionId: 'session-later',
    line: 3,
    project: '/work/shop',
    says: 'done',
    about,
    isContext: false,
    quote,
    ...said,
  });

const known = (title: string, said: Partial<TaskFact> = {}) =>
  recordOf(taskFact({ id: title, title, source: 'request', sessionId: 'session-first', ...said }));

const meant = (said: Claim, ...titles: string[]): readonly string[] =>
  settle(
    said,
    titles.flatMap((title) => candidateOf(said, known(title)) ?? []),
  ).tasks;

describe('what a user says is done means the task that it names', () => {
  test.each([
    ['login timeout', 'The login timeout is fixed now.', 'Fix the login timeout'],
    ['flaky checkout test', 'fyi the flaky checkout test is fixed', 'Fix the flaky test of the checkout'],
    ['importer', 'The importer is fixed.', 'Fix the importer'],
    ['crash of the importer', 'the crash of the importer is gone', 'Fix the importer crash'],
    ['rate limiter', 'The rate limiter is done and deployed.', 'Add a rate limiter'],
    [
      'rate limiter for the public API',
      'We added the rate limiter for the public API',
      'Add a rate limiter to the API',
    ],
    ['signing key', 'I rotated the signing key this morning.', 'Rotate the signing key'],
    ['changelog for 2.4', 'I wrote the changelog for 2.4', 'Write the changelog for 2.4'],
    ['staging database migration', 'the staging database migration is done', 'Migrate the staging database'],
    ['dark mode toggle', 'Dark mode toggle works now', 'Add a dark mode toggle'],
    ['CSV export', 'the CSV export is merged', 'Implement the CSV export'],
    ['docs for the webhook', 'Docs for the webhook are written', 'Document the webhook'],
    [
      'memory leak in the worker',
      'the memory leak in the worker is solved',
      'Investigate the memory leak of the worker',
    ],
    ['worker_registry.py', 'I fixed worker_registry.py myself', 'Fix the timeouts in worker_registry.py'],
    ['importer', 'The importer is fixed.', 'Fix the importer crash on empty files'],
  ])('%s: %s', (about, quote, title) => {
    expect(meant(claim(about, quote), title, 'Repaint the bike shed', 'Bump the linter')).toEqual([title]);
  });
});

describe('what only looks alike is not meant', () => {
  test.each([
    ['login timeout', 'The login timeout is fixed.', 'Add a timeout to the ollama client'],
    ['timeout', 'the timeout is fixed', 'Add a timeout to the ollama client'],
    ['login', 'login is fixed', 'Add a login audit log to the admin console'],
    ['upload client', 'the upload client is fixed', 'Add retries to the upload client'],
    ['retries of the download client', 'Retries of the download client are done', 'Add retries to the upload client'],
    ['light mode toggle', 'the light mode toggle works', 'Fix the dark mode toggle'],
    ['login timeout', 'the login timeout is fixed', 'Document the login timeout'],
    ['login timeout', 'the login timeout is fixed', 'Test the login timeout'],
    ['login timeout', 'the login timeout is fixed', 'Remove the login timeout'],
    ['API key', 'I revoked the API key', 'Rotate the API key'],
    ['gateway', 'The gateway is merged', 'Deploy the gateway to the second region of the cluster'],
    ['tests', 'the tests are fixed', 'Write tests for the parser'],
    ['parser tests', 'the parser tests are fixed', 'Fix the parser'],
    ['npu worker', 'the npu worker is fixed', 'Fix the browser worker'],
    ['redis backup of staging cluster two', 'the redis backup of staging cluster two is done', 'Restore redis'],
    ['it all', 'it all works', 'Fix all of it'],
  ])('%s: %s / %s', (about, quote, title) => {
    expect(meant(claim(about, quote), title)).toEqual([]);
  });

  test('of two that fit as well neither is', () => {
    const said = claim('client retries', 'the client retries are done');
    const titles = ['Add retries to the upload client', 'Add retries to the download client'];
    expect(
      settle(
        said,
        titles.flatMap((title) => candidateOf(said, known(title)) ?? []),
      ),
    ).toEqual({ is: 'ambiguous', tasks: [] });
    expect(
      meant(claim('importer', 'importer is fixed'), 'Fix the importer crash on dates', 'Speed up the importer'),
    ).toEqual([]);
  });

  test('the one that is named exactly is meant before one that is more', () => {
    const titles = ['Fix the login timeout on mobile phones', 'Fix the login timeout'];
    expect(meant(claim('login timeout', 'login timeout is fixed'), ...titles)).toEqual(['Fix the login timeout']);
  });
});

describe('which tasks may be meant', () => {
  const said = claim('login timeout', 'The login timeout is fixed.');
  const title = 'Fix the login timeout';
  const candidate = (fact: Partial<TaskFact>) => candidateOf(said, known(title, fact));

  test.each<[string, Partial<TaskFact>]>([
    ['told later than it was said', { at: START + 25 * HOUR }],
    ['of the same conversation', { sessionId: 'session-later' }],
    ['of another project', { project: '/work/bakery' }],
    ['closed long ago', { at: START - 40 * 24 * HOUR, status: 'completed' }],
    ['of a subagent', { agent: 'a1' }],
  ])('not one %s', (_, fact) => {
    expect(candidate(fact)).toBeNull();
  });

  test('one whose project is not known', () => {
    expect(candidate({ project: null })).toMatchObject({ title, status: 'pending' });
  });

  test('one that is done already stays as it is, and no other is closed for it', () => {
    const tasks = [known(title, { status: 'completed' }), known('Fix the login timeout on mobile')];
    const settled = settle(
      said,
      tasks.flatMap((task) => candidateOf(said, task) ?? []),
    );
    expect(settled).toEqual({ is: 'known', tasks: [] });
  });

  test('look-alikes of two conversations are one piece of work', () => {
    const twins = ['s1', 's2'].map((sessionId) => known(title, { id: sessionId, sessionId }));
    const settled = settle(
      said,
      twins.flatMap((task) => candidateOf(said, task) ?? []),
    );
    expect(settled).toEqual({ is: 'settled', tasks: ['s1', 's2'] });
  });

  test('what is still broken comes back, if it was done lately', () => {
    const broken = claim('login timeout', 'the login timeout is still there', { says: 'broken' });
    const settledWith = (fact: Partial<TaskFact>) =>
      settle(
        broken,
        [known(title, fact)].flatMap((task) => candidateOf(broken, task) ?? []),
      );
    expect(settledWith({ status: 'completed' })).toEqual({ is: 'settled', tasks: [title] });
    expect(settledWith({ status: 'cancelled' })).toEqual({ is: 'known', tasks: [] });
    expect(settledWith({ status: 'pending' })).toEqual({ is: 'known', tasks: [] });
  });

  test('a sentence means what it names in full', () => {
    const said = (about: string) => claim(about, 'That is fixed now.', { isContext: true });
    expect(meant(said('I had another look at the timeout of the login yesterday.'), title)).toEqual([title]);
    expect(meant(said('I had another look at the login page yesterday.'), title)).toEqual([]);
  });
});
