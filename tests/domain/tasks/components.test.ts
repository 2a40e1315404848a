import { describe, expect, test } from '@jest/globals';
import { componentOf, type Component } from '../../../src/domain/tasks/index.js';

const inFolder =
  (...folders: readonly string[]) =>
  (path: string): boolean =>
    folders.some((folder) => `/${path}`.includes(`/${folder}/`));
const components: readonly Component[] = [
  { name: 'backend', holds: inFolder('api', 'server'), words: ['uvicorn', 'endpoint'] },
  { name: 'frontend', holds: inFolder('web', 'ui'), words: ['vue', 'browser tab'] },
  { name: 'npu-worker', holds: inFolder('npu'), words: ['inference'] },
];
type Traces = Parameters<typeof componentOf>[1];
const none: Traces = { words: '', named: [], edited: [], project: null, logged: [] };
const found = (traces: Partial<Traces>): string | null => {
  const component = componentOf(components, { ...none, ...traces });
  return component === null ? null : `${component.name}: ${component.why}`;
};

describe('a component', () => {
  const cases: readonly (readonly [what: string, traces: Partial<Traces>, expected: string | null])[] = [
    ['one file of its own that is named', { named: ['server/pay.py'] }, 'backend: names server/pay.py'],
    [
      'a bare name of a file that the conversation worked on',
      { named: ['pay.py'], edited: ['/work/shop/api/pay.py', '/work/shop/web/a.vue'] },
      'backend: names /work/shop/api/pay.py',
    ],
    ['a bare name that nobody knows', { named: ['pay.py'] }, null],
    ['one keyword', { words: 'Restart uvicorn' }, null],
    ['one keyword many times', { words: 'uvicorn, uvicorn and Uvicorn again' }, null],
    ['its name alone', { words: 'Look at the backend' }, null],
    ['two words of it', { words: 'The backend loses an endpoint' }, 'backend: speaks of backend, endpoint'],
    [
      'plurals and names of code',
      { words: 'npuWorker drops inferences' },
      'npu-worker: speaks of npu worker, inference',
    ],
    ['a part of a word', { words: 'The endpointless revue of backends-in-waiting' }, null],
    ['a phrase that is not one', { words: 'vue in the browser and a tab' }, null],
    ['a phrase', { words: 'vue dies with the browser tab' }, 'frontend: speaks of vue, browser tab'],
    ['an error of its log', { logged: ['backend'] }, null],
    ['three errors of its log', { logged: ['backend', 'backend', 'Backend'] }, null],
    [
      'a word, and an error of its log',
      { words: 'The endpoint is slow', logged: ['Backend', 'other'] },
      'backend: speaks of endpoint; an error of its log',
    ],
    ['files that its conversation worked on', { edited: ['web/a.vue', 'web/b.vue', 'web/c.vue'] }, null],
    [
      'those files, and a word',
      { edited: ['web/a.vue', 'web/b.vue', 'docs/c.md'], words: 'Mend the Vue store' },
      'frontend: 2 of 3 files that its conversation worked on; speaks of vue',
    ],
    ['few of those files, and a word', { edited: ['web/a.vue', 'b.md', 'c.md'], words: 'Mend the Vue store' }, null],
    ['a project that lies in it', { project: '/srv/npu' }, 'npu-worker: its project is /srv/npu'],
    [
      'files of two, of which one has more',
      { named: ['api/a.py', 'api/b.py', 'web/a.vue'] },
      'backend: names api/a.py, api/b.py',
    ],
    ['files of two, as many of each', { named: ['api/a.py', 'web/a.vue'] }, null],
    ['nothing', {}, null],
  ];
  test.each(cases)('is found by %s or it is not', (_, traces, expected) => {
    expect(found(traces)).toBe(expected);
  });

  test('is none where none is configured', () => {
    expect(componentOf([], { ...none, named: ['api/a.py'] })).toBeNull();
  });
});
