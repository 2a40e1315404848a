import { expect, test } from '@jest/globals';
import { getUnfinishedTasks as tool } from '../../src/mcp/tools/get-unfinished-tasks.js';
import { contextOn, HOUR, NOW, refusalOn } from '../support/errors-ledger.js';
import { taskFact } from '../support/builders.js';
import { withStore } from '../support/store.js';

interface Page {
  readonly tasks: readonly { readonly id: string }[];
  readonly next_cursor: string | null;
}

test('pages of the last 24 hours follow each other, though the clock goes on between them', () =>
  withStore(async (bench) => {
    const facts = Array.from({ length: 7 }, (_, n) =>
      taskFact({ id: `t${n}`, title: `Task number ${n}`, at: NOW - (n + 1) * HOUR }),
    );
    await bench.store.record([...facts, taskFact({ id: 'old', title: 'Old', at: NOW - 25 * HOUR })], NOW);
    const seen: string[] = [];
    let cursor: string | null = null;
    for (let now = NOW; now === NOW || cursor !== null; now += 60_000) {
      const args = { since: '24h', sort: 'newest', limit: 3, ...(cursor !== null && { cursor }) };
      const page = (await tool.call(args, () =>
        Promise.resolve({ ...contextOn(bench), now: () => now }),
      )) as never as Page;
      seen.push(...page.tasks.map(({ id }) => id));
      cursor = page.next_cursor;
    }
    expect(seen).toEqual(facts.map(({ id }) => id));
  }));

test('a cursor is good for its own filters only', () =>
  withStore(async (bench) => {
    const facts = Array.from({ length: 3 }, (_, n) => taskFact({ id: `t${n}`, title: `Task ${n}`, at: NOW - HOUR }));
    await bench.store.record(facts, NOW);
    const { next_cursor: cursor } = (await tool.call({ since: '24h', limit: 1 }, () =>
      Promise.resolve(contextOn(bench)),
    )) as never as Page;
    for (const args of [
      { cursor },
      { cursor: cursor?.split('.')[0], since: '24h' },
      { cursor, since: '24h', sort: 'newest' },
    ])
      expect(await refusalOn(bench, tool, args)).toContain('cursor: not one that this query gave out');
  }));

test('the detailed form says how much work a task looks to be, what is a quick win, and why', () =>
  withStore(async (bench) => {
    await bench.store.record(
      [
        taskFact({ id: 't1', title: 'Rename the flag', at: NOW - HOUR }),
        taskFact({ id: 't2', title: 'Migrate all tables to the new schema', at: NOW - 2 * HOUR }),
        taskFact({ id: 't3', title: 'Rename the menu', at: NOW - 3 * HOUR, blockedBy: ['t2'] }),
        taskFact({
          id: 't4',
          title: 'Look into the outage',
          at: NOW - 4 * HOUR,
          source: 'request',
          priority: 'high',
          priorityWords: 'needs to be out today',
        }),
      ],
      NOW,
    );
    const tasksOf = async (format: string): Promise<readonly object[]> => {
      const page = await tool.call({ response_format: format }, () => Promise.resolve(contextOn(bench)));
      expect(tool.output.safeParse(page)).toMatchObject({ success: true });
      return (page as never as Page).tasks;
    };
    expect(await tasksOf('detailed')).toMatchObject([
      { id: 't4', effort: 'medium', priority_reason: "stated: 'needs to be out today'" },
      { id: 't1', effort: 'low', quick_win: true, component: null, component_reason: null },
      {
        id: 't2',
        effort: 'high',
        effort_reason:
          'a large change ("migrate"); much of the system ("all tables"); a part with many sides ("schema")',
        priority_reason: 'nothing makes it more or less pressing',
        quick_win: false,
      },
      { id: 't3', effort: 'low', quick_win: false, blocked_by: ['t2'] },
    ]);
    expect(Object.keys((await tasksOf('concise'))[0] ?? {})).not.toContain('effort');
  }));
