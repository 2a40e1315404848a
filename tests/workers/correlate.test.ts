import { expect, test } from '@jest/globals';
import { configureLogger } from '../../src/logger.js';
import { connect } from '../../src/store/connection.js';
import { openStore } from '../../src/store/index.js';
import { ledgerKeys } from '../../src/store/keys.js';
import correlate from '../../workers/correlate.js';
import { taskFact } from '../support/builders.js';
import { batchOf, follow, idOf, logged } from '../support/log-batches.js';
import { run, withTools } from './tools.js';

configureLogger({ level: 'silent' });

const NOTHING = { sessions: 0, links: 0, prints: 0, errors: 0, signals: 0, ties: 0, claims: 0, unclear: 0 };

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

test('what a batch of a log brought is mined, tied and judged in one run, and a new process keeps the ids', () =>
  withTools(async (tools) => {
    const now = Date.now();
    const keys = ['file:api/checkout.py:42'];
    await tools.store.record([taskFact({ id: 't1', title: 'Repair api/checkout.py', at: now })], now);
    await follow(tools.store, now, batchOf([logged('pay', now, 3, { keys })]));
    const first = await correlate.run(run({ reason: 'ingested' as const }), tools);
    expect(first).toMatchObject({ prints: 1, errors: 1, signals: 1, ties: 1, more: false });
    const other = await openStore(tools.config);
    try {
      await follow(other, now, batchOf([logged('pay', now, 1, { keys })], { fromByte: 100 }));
      const second = await correlate.run(run({ reason: 'scheduled' as const }), { ...tools, store: other });
      expect(second).toMatchObject({ prints: 0, errors: 1, signals: 0, ties: 1, more: false });
      const found = await other.errors.pattern(idOf('pay'), { now, mostTasks: 5 });
      expect(found).toMatchObject({ count: 4, tasks: [{ id: 't1', why: expect.stringContaining('api/checkout.py') }] });
    } finally {
      await other.close();
    }
  }));

test('what a run that died had begun is done by the next', () =>
  withTools(async (tools) => {
    const now = Date.now();
    await follow(tools.store, now, batchOf([logged('pay', now, 3), logged('load', now, 3)]));
    const redis = connect(tools.config, { name: 'test' });
    try {
      const { of } = ledgerKeys(tools.config.redis.prefix);
      await redis.smove(of('stirred'), of('stirring'), idOf('pay'));
      expect(await correlate.run(run({ reason: 'asked' as const }), tools)).toMatchObject({ errors: 2, signals: 2 });
      expect(await redis.exists(of('stirred'), of('stirring'), of('fresh'))).toBe(0);
    } finally {
      redis.disconnect();
    }
  }));
