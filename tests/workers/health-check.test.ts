import { expect, test } from '@jest/globals';
import { healthCheck as contract } from '../../jobs/health-check.js';
import { configureLogger } from '../../src/logger.js';
import { serve, type Serving } from '../../src/queue/serve.js';
import { JOB_NAMES } from '../../src/queue/settings.js';
import { contracts } from '../../jobs/index.js';
import { PermanentError } from '../../src/errors.js';
import healthCheck from '../../workers/health-check.js';
import { run, withTools } from './tools.js';

configureLogger({ level: 'silent' });
const asked = run({ reason: 'asked' as const });

test('Redis is probed by a real write, and a queue that nobody serves is degraded', () =>
  withTools(async (tools) => {
    const { status, targets } = contract.result.parse(await healthCheck.run(asked, tools));
    expect(status).toBe('degraded');
    expect(targets[0]).toMatchObject({ name: 'redis', status: 'up', lastError: null });
    expect(targets[0]?.latencyMs).toBeGreaterThan(0);
    expect(targets.slice(1).map(({ name, status: one }) => [name, one])).toEqual(
      JOB_NAMES.map((name) => [`worker:${name}`, 'degraded']),
    );
    expect((await tools.store.health()).targets.map(({ name }) => name).sort()).toEqual(
      targets.map(({ name }) => name).sort(),
    );
  }));

test('with a worker on each queue all is up, failed jobs are told, and the time of a change is kept', () =>
  withTools(async (tools) => {
    const serving: Serving[] = [];
    try {
      for (const name of JOB_NAMES) {
        const fails = async (): Promise<never> => {
          throw new PermanentError('no');
        };
        serving.push(serve(contracts[name] as typeof contract, fails, tools.settings));
      }
      await Promise.all(serving.map(({ ready }) => ready));
      const { jobId } = await tools.enqueue('insight', { reason: 'asked' });
      await tools.queues.waitFor('insight', jobId, 5_000);

      const first = await healthCheck.run(asked, { ...tools, now: () => 1_000 });
      expect(first.status).toBe('up');
      expect(first.targets.find(({ name }) => name === 'worker:insight')?.lastError).toBe('1 failed job(s) kept');
      await healthCheck.run(asked, { ...tools, now: () => 2_000 });
      const kept = await tools.store.health();
      expect(kept.checkedAt).toBe(2_000);
      expect(kept.targets.map(({ since }) => since)).toEqual(kept.targets.map(() => 1_000));
    } finally {
      for (const each of serving) await each.close();
    }
  }));
