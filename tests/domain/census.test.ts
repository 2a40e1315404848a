import { expect, test } from '@jest/globals';
import { bySource, createCounting, openedBetween } from '../../src/domain/census.js';
import { gather } from '../../src/domain/tasks/index.js';
import { DAY, START, taskFact } from '../support/builders.js';

const midnight = Math.floor(START / DAY) * DAY;

function counted() {
  const facts = [
    taskFact({ id: 'a', at: START, source: 'request' }),
    taskFact({ id: 'a', at: START + 3 * DAY, source: 'request', status: 'completed', eventId: 'a2' }),
    taskFact({ id: 'b', at: START + DAY, source: 'marker' }),
    taskFact({ id: 'c', at: START + DAY, source: 'marker', project: '/work/blog' }),
    taskFact({ id: 'd', at: START - 900 * DAY, project: null }),
    taskFact({ id: 'e', agent: 'sub' }),
  ];
  const counting = createCounting(START + 10 * DAY);
  for (const record of gather(facts).values()) counting.add(record);
  return counting.finish();
}

test('tasks are counted by source, all of them or those since a day', () => {
  const { all, byProject } = counted();
  expect(bySource(all, -Infinity)).toMatchObject({
    structured: { pending: 1 },
    request: { completed: 1, pending: 0 },
    marker: { pending: 2 },
    deferred: { pending: 0 },
  });
  expect(bySource(all, START + 2 * DAY)).toMatchObject({ request: { completed: 1 }, marker: { pending: 0 } });
  const blog = byProject.get('/work/blog');
  expect(blog === undefined ? null : bySource(blog, -Infinity)).toMatchObject({ marker: { pending: 1 } });
});

test('tasks are counted by the whole day on which they were first told of', () => {
  const { all } = counted();
  expect([-1, 0, 1, 2, 3].map((day) => openedBetween(all, midnight + day * DAY, midnight + (day + 1) * DAY))).toEqual([
    0, 1, 2, 0, 0,
  ]);
  expect(openedBetween(all, midnight, midnight + 7 * DAY)).toBe(3);
});
