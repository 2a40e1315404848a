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

test('what a task waits for is found by words, whether it is a task or not', () =>
  withStore(async ({ store }) => {
    const blocked = (id: string, reason: string, quote: string | null = null) =>
      taskFact({ id, eventId: `e-${id}`, title: `Work on ${id}`, at: START, status: 'blocked', reason, quote });
    await store.record(
      [
        blocked('rollout', 'Priya approves the plan'),
        blocked('mirror', 'stuck', 'I cannot go on without credentials for the mirror.'),
        blocked('banner', 'user-said', 'Hold the banner until legal has signed the text.'),
        taskFact({ id: 'schema', eventId: 'e-s', title: 'Migrate the schema', at: START }),
        taskFact({ id: 'reports', eventId: 'e-r', title: 'Draw the reports', at: START, blockedBy: ['schema'] }),
        taskFact({ id: 'idle', eventId: 'e-i', title: 'Ask for an approval', at: START }),
      ],
      START,
    );
    for (const sessionId of [undefined, 'session-a'] as const) {
      for (const sort of ['rank', 'newest'] as const) {
        const found = async (blockedBy: string) => {
          const query = { blockedBy, sort, ...(sessionId !== undefined && { sessionId }) };
          return (await store.tasks.list(query)).tasks.map(({ id }) => id).sort();
        };
        expect(await found('approval')).toEqual(['rollout']);
        expect(await found('priya')).toEqual(['rollout']);
        expect(await found('sign-off')).toEqual(['rollout']);
        expect(await found('credentials mirror')).toEqual(['mirror']);
        expect(await found('legal')).toEqual(['banner']);
        expect(await found('schema')).toEqual(['reports']);
        expect(await found('the assistant could not go on')).toEqual([]);
        expect(await found('%.*')).toEqual([]);
      }
    }
    await store.setByHand({ taskId: 'rollout', status: 'in_progress', note: null, at: START + 1 });
    expect((await store.tasks.list({ blockedBy: 'approval' })).tasks).toEqual([]);
    await store.setByHand({ taskId: 'idle', status: 'blocked', note: 'waits for the auditors', at: START + 1 });
    expect((await store.tasks.list({ blockedBy: 'auditors' })).tasks.map(({ id }) => id)).toEqual(['idle']);
  }));
