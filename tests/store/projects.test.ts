import { expect, test } from '@jest/globals';
import { InputError } from '../../src/errors.js';
import type { Bench } from '../support/store.js';
import { withStore } from '../support/store.js';
import { START, taskFact } from '../support/builders.js';

async function known(store: Bench['store'], ...projects: readonly string[]): Promise<void> {
  const facts = projects.map((project, n) =>
    taskFact({ id: `t${n}`, eventId: `e${n}`, title: `Do number ${n}`, at: START, project }),
  );
  await store.record(facts, START);
}

const titles = async ({ store }: Bench, project: string): Promise<readonly string[]> =>
  (await store.tasks.list({ project })).tasks.map(({ title }) => title);

test('a project is found by its path, its folder and any end of its path, whatever the case', () =>
  withStore(async (bench) => {
    await known(bench.store, '/home/mira/ledger-web', '/home/mira/autobot', 'C:\\work\\Shop');
    for (const name of [
      '/home/mira/ledger-web',
      '/home/mira/ledger-web/',
      'ledger-web',
      'Ledger-Web',
      'mira/ledger-web',
    ])
      expect([name, await titles(bench, name)]).toEqual([name, ['Do number 0']]);
    expect(await titles(bench, 'work/shop')).toEqual(['Do number 2']);
    const events = await bench.store.activity({ since: 0, limit: 10, project: 'autobot' });
    expect(events.events.map(({ project }) => project)).toEqual(['/home/mira/autobot']);
    expect(await bench.store.conversations.list({ limit: 1, project: 'autobot' })).toMatchObject({ total: 0 });
  }));

test('a path that is known is meant itself, also where it is the end of another', () =>
  withStore(async (bench) => {
    await known(bench.store, '/work/shop', '/old/work/shop');
    expect(await titles(bench, '/work/shop')).toEqual(['Do number 0']);
  }));

test('a name that fits several or none is refused with those that are known, in all three lists', () =>
  withStore(async ({ store }) => {
    await known(store, ...[1, 2, 3, 4, 5, 6].map((n) => `/w${n}/web`), '/w/api');
    const several =
      'project: "web" fits 6 projects: /w1/web, /w2/web, /w3/web, /w4/web, /w5/web and 1 more. Pass more of the path.';
    const none =
      'project: no conversation of a project "eb" is known. Known: /w/api, /w1/web, /w2/web, /w3/web, /w4/web and 2 more. ' +
      'Pass one of these paths or the name of its folder, or leave project out.';
    await expect(store.tasks.list({ project: 'web' })).rejects.toThrow(new InputError(several));
    await expect(store.conversations.list({ limit: 1, project: 'WEB' })).rejects.toThrow(InputError);
    await expect(store.activity({ since: 0, limit: 1, project: 'web' })).rejects.toThrow(InputError);
    await expect(store.tasks.list({ project: 'eb' })).rejects.toThrow(new InputError(none));
    await expect(store.tasks.list({ project: '/' })).rejects.toThrow(InputError);
  }));

test('an empty ledger knows no project and refuses none', () =>
  withStore(async (bench) => {
    expect(await titles(bench, 'web')).toEqual([]);
  }));
