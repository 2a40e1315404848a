import { expect, test } from '@jest/globals';
import { configureLogger } from '../../src/logger.js';
import correlate from '../../workers/correlate.js';
import { run, withTools } from './tools.js';

configureLogger({ level: 'silent' });

const NOTHING = { sessions: 0, links: 0, prints: 0, errors: 0, signals: 0, ties: 0 };

/** The store with so many changed sessions that each step leaves some. */
function endless(step: () => void) {
  return async () => {
    step();
    return { sessions: 2, links: 1, more: true };
  };
}

test('with nothing changed it is done at once and asks for nothing', () =>
  withTools(async (tools) => {
    expect(await correlate.run(run({ reason: 'asked' as const }), tools)).toEqual({ ...NOTHING, more: false });
    expect((await tools.queues.queueDepth('correlate')).waiting).toBe(0);
  }));

test('it stops after its share of time and asks for itself again', () =>
  withTools(async (tools) => {
    let clock = 0;
    const store = { ...tools.store, correlateTouched: endless(() => (clock += 300)) };
    const result = await correlate.run(run({ reason: 'asked' as const }), { ...tools, store, now: () => clock });
    expect(result).toEqual({ ...NOTHING, sessions: 14, links: 7, more: true });
    expect((await tools.queues.queueDepth('correlate')).waiting).toBe(1);
  }));

test('it stops between two steps when it is aborted', () =>
  withTools(async (tools) => {
    const stop = new AbortController();
    const store = { ...tools.store, correlateTouched: endless(() => stop.abort()) };
    const result = await correlate.run(run({ reason: 'asked' as const }, stop.signal), { ...tools, store });
    expect(result).toEqual({ ...NOTHING, sessions: 2, links: 1, more: true });
  }));
