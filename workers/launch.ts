/** Starts one of the workers: everything they need is put together here and nowhere else. */
import { loadConfig } from '../src/config.js';
import { configureLogger, log } from '../src/logger.js';
import { runProcess } from '../src/process.js';
import { createEnqueuer } from '../src/queue/enqueue.js';
import { serve } from '../src/queue/serve.js';
import { queueSettings, type QueueSettings } from '../src/queue/settings.js';
import { connectionOptions, waitForRedis } from '../src/store/connection.js';
import { openStore } from '../src/store/index.js';
import type { ProcessDefinition, WorkerDefinition } from './define.js';

/** One row a process. Each is loaded only when it is started, so that none pays for the libraries of another. */
const processes: Readonly<Record<string, () => Promise<{ readonly default: unknown }>>> = {
  ingest: () => import('./ingest.js'),
  correlate: () => import('./correlate.js'),
  insight: () => import('./insight.js'),
  'health-check': () => import('./health-check.js'),
  watch: () => import('./watch.js'),
  tail: () => import('./tail.js'),
  board: () => import('./board.js'),
};

export const WORKER_NAMES: readonly string[] = Object.keys(processes);

/**
 * Runs the process `name` until it is told to stop. While Redis is away it waits, and goes on when Redis is back.
 * @param overrides settings of the queues that no configuration has, such as short locks for a test
 */
export async function launch(name: string, overrides: Partial<QueueSettings> = {}): Promise<never> {
  configureLogger({ name: `tracker-${name}` });
  return runProcess(`tracker-${name}`, async (defer, signal) => {
    const load = processes[name];
    if (load === undefined) throw new Error(`there is no worker ${name}; there are ${WORKER_NAMES.join(', ')}`);
    const config = loadConfig();
    configureLogger({ level: config.logLevel });
    await waitForRedis(config, signal);
    const definition = (await load()).default as ProcessDefinition | WorkerDefinition;
    const store = await openStore(config, { name });
    defer(() => store.close());
    const settings = { ...queueSettings(config, connectionOptions(config, 'tracker')), ...overrides };
    const queues = createEnqueuer(settings);
    defer(() => queues.close());
    const tools = { config, store, enqueue: queues.enqueue, queues, now: Date.now, log };
    if (definition.type === 'process') return definition.start({ ...tools, settings, defer, signal });
    const serving = serve(definition.contract, (job) => definition.run(job, tools), settings, {
      onExhausted: (job) => definition.exhausted(job, tools),
    });
    defer(() => serving.close());
    await Promise.race([serving.ready, stopped(signal)]);
  });
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
