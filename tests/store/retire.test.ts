import { expect, test } from '@jest/globals';
import { START, talk } from '../support/builders.js';
import { tell, withStore } from '../support/store.js';

const DAY = 86_400_000;
const RETENTION = { closedTasksDays: 400, conversationsDays: 400, errorsDays: 400, activityDays: 30 };
const ALL = ['pending', 'in_progress', 'blocked', 'completed', 'cancelled'] as const;

function twoSessions() {
  const done = talk({ sessionId: 'session-done' });
  done.user('Do it');
  done.todoWrite(['Write the parser', 'completed'], ['Write the docs', 'completed']);
  done.tool('Bash', { command: 'npm test' }, { content: 'Exit code 1\nError: it broke', isError: true });
  const open = talk({ sessionId: 'session-open' });
  open.user('Do that too');
  open.todoWrite(['Ship it', 'pending'], ['Pack it', 'completed']);
  return { done, open };
}

test('closed tasks, conversations, errors and activity go after their time; what is open stays', () =>
  withStore(async ({ store }) => {
    const { done, open } = twoSessions();
    await tell(store, done.lines, { path: '/done.jsonl' });
    await tell(store, open.lines, { path: '/open.jsonl' });

    const early = await store.retire(RETENTION, START + 20 * DAY);
    expect(early).toEqual({ tasks: 0, conversations: 0, errors: 0, events: 0 });

    const late = await store.retire(RETENTION, START + 500 * DAY);
    expect(late).toMatchObject({ tasks: 3, conversations: 1, errors: 1 });
    expect(late.events).toBeGreaterThan(0);
    expect((await store.tasks.list({ status: ALL })).tasks.map(({ title }) => title)).toEqual(['Ship it']);
    const { conversations } = await store.conversations.list({ limit: 9 });
    expect(conversations.map(({ sessionId }) => sessionId)).toEqual(['session-open']);
    expect((await store.errors.list({ limit: 9 })).total).toBe(0);
    expect((await store.activity({ since: 0, limit: 9 })).total).toBe(0);
    // The checkpoint outlives what it read.
    const files: string[] = [];
    for await (const file of store.files.list()) files.push(file.path);
    expect(files).toEqual(['/done.jsonl', '/open.jsonl']);
  }));

test('a status set by hand is still known when the file of a forgotten task is read again', () =>
  withStore(async ({ store }) => {
    const { open } = twoSessions();
    await tell(store, open.lines, { path: '/open.jsonl' });
    const [task] = (await store.tasks.list({})).tasks;
    await store.setByHand({ taskId: task?.id ?? '', status: 'cancelled', note: 'not needed', at: START + DAY });
    await store.retire(RETENTION, START + 500 * DAY);
    expect((await store.tasks.list({ status: ALL })).total).toBe(0);

    await tell(store, open.lines, { path: '/copy.jsonl' });
    const again = (await store.tasks.list({ status: ['cancelled'] })).tasks;
    expect(again).toMatchObject([{ id: task?.id, title: 'Ship it', status: 'cancelled' }]);
  }));
