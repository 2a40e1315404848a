/** What a worker leaves behind when it is killed in the middle of a job. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { configureLogger } from '../../src/logger.js';
import { createEnqueuer } from '../../src/queue/enqueue.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { compile, type Compiled } from './compiled.js';
import { testSettings } from './support.js';

configureLogger({ level: 'silent' });
const LOCK_MS = 300;
let redis: TestRedis;
let compiled: Compiled;
beforeAll(async () => {
  redis = await startRedis();
  compiled = compile(
    'src/queue',
    'src/errors.ts',
    'src/logger.ts',
    'src/domain/model.ts',
    'src/domain/log/model.ts',
    'jobs',
  );
  // Says that it has begun; then it hangs until it is killed, or returns where it is told to.
  writeFileSync(
    join(compiled.folder, 'worker.js'),
    `import { serve } from './src/queue/serve.js';
     import { insight } from './jobs/insight.js';
     import { configureLogger } from './src/logger.js';
     configureLogger({ level: 'silent' });
     const [settings, hang] = JSON.parse(process.argv[2]);
     serve(insight, async () => {
       process.send('begun');
       if (hang) await new Promise(() => undefined);
       return { conversations: 1, openTasks: 0, closedTasks: 0, errors: 0 };
     }, settings);`,
  );
});
afterAll(async () => {
  compiled.remove();
  await redis.stop();
});

async function worker(settings: unknown, hang: boolean): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(compiled.folder, 'worker.js'), JSON.stringify([settings, hang])], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

test('a job whose worker is killed ten times is done by the eleventh, soon after the lock has run out', async () => {
  const settings = testSettings(redis.socket, { lockMs: LOCK_MS, stalledEveryMs: 100 });
  const queues = createEnqueuer(settings);
  try {
    const { jobId } = await queues.enqueue('insight', { reason: 'asked' });
    const recoveredAfterMs: number[] = [];
    for (let death = 1; death <= 10; death += 1) {
      const before = performance.now();
      const child = await worker(settings, true);
      if (death > 1) recoveredAfterMs.push(performance.now() - before);
      await kill(child);
      expect((await queues.jobState('insight', jobId)).state).toBe('active');
    }
    const last = await worker(settings, false);
    expect(await queues.waitFor('insight', jobId, 5_000)).toMatchObject({ state: 'completed', attempts: 1 });
    await kill(last);
    // The start of a process is in it.
    expect(Math.max(...recoveredAfterMs)).toBeLessThan(LOCK_MS + 3_000);
  } finally {
    await queues.close();
  }
}, 60_000);
