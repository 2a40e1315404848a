import { expect, test } from '@jest/globals';
import { insight as contract } from '../../jobs/insight.js';
import { configureLogger } from '../../src/logger.js';
import insight from '../../workers/insight.js';
import { run, withTools } from './tools.js';

configureLogger({ level: 'silent' });

test('the counts of the ledger are written where the tools read them', () =>
  withTools(async (tools) => {
    const result = await insight.run(run({ reason: 'asked' as const }), { ...tools, now: () => 1_234 });
    expect(contract.result.parse(result)).toEqual({ conversations: 0, openTasks: 0, closedTasks: 0, errors: 0 });
    expect(await tools.store.counts()).toMatchObject({ at: 1_234, openTasks: 0 });
  }));
