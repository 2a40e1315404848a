import { expect, test } from '@jest/globals';
import { insight as contract } from '../../jobs/insight.js';
import { configureLogger } from '../../src/logger.js';
import insight from '../../workers/insight.js';
import { makeHistory } from '../../bench/support/histories.js';
import { run, withTools, type Bench } from './tools.js';

configureLogger({ level: 'silent' });

test('the counts of the ledger are written where the tools read them', () =>
  withTools(async (tools) => {
    const result = await insight.run(run({ reason: 'asked' as const }), { ...tools, now: () => 1_234 });
    expect(contract.result.parse(result)).toEqual({ conversations: 0, openTasks: 0, closedTasks: 0, errors: 0 });
    expect(await tools.store.counts()).toMatchObject({ at: 1_234, openTasks: 0 });
  }));

const UNTIL = Date.UTC(2026, 10, 22);
const DAY = 86_400_000;

/** Runs a job as often as it asks for itself. */
async function runAll(tools: Bench, reason: 'asked' | 'scheduled', now: number): Promise<number> {
  const asked: ('asked' | 'scheduled' | 'more')[] = [reason];
  const enqueue: Bench['enqueue'] = (_, payload) => {
    asked.push((payload as { reason: 'more' }).reason);
    return Promise.resolve({ jobId: 'next', state: 'waiting', deduplicated: false, position: 0 });
  };
  let runs = 0;
  for (let next = asked.shift(); next !== undefined; next = asked.shift(), runs++) {
    await insight.run(run({ reason: next }), { ...tools, enqueue, now: () => now });
  }
  return runs;
}

test('what is learned of the history is kept, and not learned again before it is old', () =>
  withTools(async (tools) => {
    const { store } = tools;
    expect(await store.forecast()).toBeNull();
    await runAll(tools, 'scheduled', UNTIL);
    expect(await store.forecast()).toMatchObject({ state: 'too_little_history', history: { done: 0, notDone: 0 } });

    const history = makeHistory({ from: UNTIL - 75 * DAY, days: 75, projects: 8, seed: 5 });
    await store.record(history.facts, UNTIL);
    await runAll(tools, 'scheduled', UNTIL + 60_000);
    expect(await store.forecast()).toMatchObject({ at: UNTIL, state: 'too_little_history' });
    await runAll(tools, 'asked', UNTIL + 60_000);
    const forecast = await store.forecast();
    expect(forecast).toMatchObject({ at: UNTIL + 60_000, state: 'ready', score: { judged: expect.any(Number) } });
    await runAll(tools, 'scheduled', UNTIL + 2 * DAY);
    expect(await store.forecast()).toMatchObject({ at: UNTIL + 2 * DAY, state: 'ready' });

    const { tasks } = await store.tasks.list({ limit: 20 });
    const { chances } = await store.predictions({ ids: [...tasks.map(({ id }) => id), 'none'], now: UNTIL + 2 * DAY });
    expect(chances.size).toBe(20);
    for (const { probability } of chances.values()) {
      expect(probability).toBeGreaterThan(0);
      expect(probability).toBeLessThan(1);
    }
  }));

test('a walk that is stopped goes on where it was', () =>
  withTools(async (tools) => {
    const history = makeHistory({ from: UNTIL - 75 * DAY, days: 75, projects: 8, seed: 5 });
    await tools.store.record(history.facts, UNTIL);
    const { signal } = { signal: AbortSignal.abort() };
    const asked: string[] = [];
    const enqueue: Bench['enqueue'] = (name, payload) => {
      asked.push(`${name} ${(payload as { reason: string }).reason}`);
      return Promise.resolve({ jobId: 'next', state: 'waiting', deduplicated: false, position: 0 });
    };
    const once = () => insight.run(run({ reason: 'more' as const }, signal), { ...tools, enqueue, now: () => UNTIL });
    // Each run looks at one page, since it is told to stop.
    for (let runs = 0; (await tools.store.forecast()) === null; runs++) {
      if (runs > 200) throw new Error('a walk without end');
      await once();
    }
    expect(new Set(asked)).toEqual(new Set(['insight more']));
    const inSteps = await tools.store.forecast();
    await runAll(tools, 'asked', UNTIL);
    const { tookMs: _, ...atOnce } = (await tools.store.forecast()) ?? { tookMs: 0 };
    expect(inSteps).toMatchObject(atOnce);
    expect(asked.length).toBeGreaterThan(3);
  }));
