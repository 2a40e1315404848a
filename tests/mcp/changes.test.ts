import { afterEach, expect, test } from '@jest/globals';
import { createChangeSource } from '../../src/mcp/serve/changes.js';
import { addressOf } from '../../src/mcp/resources/index.js';
import type { Change } from '../../src/store/changes.js';
import { until } from '../support/files.js';

type Listener = (changes: readonly Change[]) => void;
const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

/** A source whose changes the test makes up, and all that was told. */
function source() {
  const listeners = new Set<Listener>();
  let opened = 0;
  const changes = createChangeSource((listener) => {
    opened += 1;
    listeners.add(listener);
    return Promise.resolve(() => Promise.resolve(void listeners.delete(listener)));
  }, addressOf);
  const told: string[] = [];
  const watch = (): (() => void) => {
    const end = changes.watch((uri) => told.push(uri));
    ends.push(end);
    return end;
  };
  const say = (...list: Change[]): void => listeners.forEach((listener) => listener(list));
  return { changes, told, watch, say, listeners, opened: () => opened };
}

test('nothing is asked of Redis before somebody watches, and nothing after the last has left', async () => {
  const { watch, listeners, opened } = source();
  expect(opened()).toBe(0);
  const [one, two] = [watch(), watch()];
  await until('a listener', () => listeners.size === 1);
  expect(opened()).toBe(1);
  one();
  expect(listeners.size).toBe(1);
  two();
  await until('no listener', () => listeners.size === 0);
});

test('a record that changed is told under the address of its kind and its own', async () => {
  const { watch, say, told, listeners } = source();
  watch();
  await until('a listener', () => listeners.size === 1);
  say({ kind: 'task', id: 'a/b' }, { kind: 'health', id: null });
  expect(told).toEqual(['autobot://unfinished_tasks', 'autobot://unfinished_tasks/a%2Fb', 'autobot://health_status']);
});

test('an address is told of at once, and then once a second at most with the last change included', async () => {
  const { watch, say, told, listeners } = source();
  watch();
  await until('a listener', () => listeners.size === 1);
  const startedAt = performance.now();
  for (let nth = 0; nth < 50; nth += 1) say({ kind: 'error', id: null });
  expect(told).toEqual(['autobot://error_patterns']);
  await until('a second notice', () => told.length === 2);
  expect(performance.now() - startedAt).toBeGreaterThan(900);
});

test('when all of a kind may have changed, the items that somebody asked for are told of as well', async () => {
  const { changes, watch, say, told, listeners } = source();
  changes.note('autobot://unfinished_tasks/t1');
  changes.note('autobot://conversations/s1');
  watch();
  await until('a listener', () => listeners.size === 1);
  say({ kind: 'task', id: null });
  expect(told).toEqual(['autobot://unfinished_tasks', 'autobot://unfinished_tasks/t1']);
});
