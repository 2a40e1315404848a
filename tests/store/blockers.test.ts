import { expect, test } from '@jest/globals';
import { START, taskFact } from '../support/builders.js';
import { withStore } from '../support/store.js';

test('what a task waits for is named while it is open, or not known yet', () =>
  withStore(async ({ store }) => {
    const facts = [
      taskFact({
        id: 'waits',
        eventId: 'e1',
        title: 'Deploy it',
        at: START,
        blockedBy: ['begun', 'done', 'dropped', 'unread'],
      }),
      taskFact({ id: 'begun', eventId: 'e2', title: 'Test it', at: START, status: 'in_progress' }),
      taskFact({ id: 'done', eventId: 'e3', title: 'Write it', at: START, status: 'completed' }),
      taskFact({ id: 'dropped', eventId: 'e4', title: 'Draw it', at: START, status: 'cancelled' }),
    ];
    await store.record(facts, START);
    expect((await store.tasks.get('waits'))?.blockedBy).toEqual(['begun', 'unread']);
    const before = await store.tasks.list({ query: 'deploy' });
    expect(before.tasks.map(({ blockedBy }) => blockedBy)).toEqual([['begun', 'unread']]);

    await store.setByHand({ taskId: 'begun', status: 'completed', note: null, at: START + 1 });
    const after = await store.tasks.list({ query: 'deploy' });
    expect(after.tasks.map(({ blockedBy, rank }) => [blockedBy, rank])).toEqual([[['unread'], before.tasks[0]?.rank]]);
  }));
