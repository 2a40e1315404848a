import type { Enqueuer } from '../queue/enqueue.js';
import { ENQUEUE_MS, type Parts } from './services.js';

/**
 * Opens what the tools stand on. Nothing here waits for Redis to answer. What is large is loaded by itself when it is
 * first needed, one after the other: while a module is evaluated no signal is seen.
 * @throws ConfigError
 */
export async function connectParts(): Promise<Parts> {
  const { loadConfig } = await import('../config.js');
  const config = loadConfig();
  const { connect, connectionOptions, verifyServer } = await import('../store/connection.js');
  const { openStore } = await import('../store/index.js');
  const store = await openStore(config, { name: 'mcp' });
  const redaction = once(async () => (await import('../redaction.js')).loadRedactor(config));
  const queues = once(async (): Promise<Enqueuer> => {
    const { createEnqueuer, queueSettings } = await import('../queue/enqueue.js');
    return createEnqueuer(queueSettings(config, connectionOptions(config)), { deadlineMs: ENQUEUE_MS });
  });
  return {
    store,
    roots: config.transcripts.roots,
    verify: async () => {
      const probe = connect(config, { name: 'mcp-verify' });
      try {
        await verifyServer(probe, config);
      } finally {
        probe.disconnect();
      }
    },
    redact: async (texts) => texts.map(await redaction.get()),
    enqueuer: {
      enqueue: async (name, payload, options) => (await queues.get()).enqueue(name, payload, options),
      jobState: async (name, jobId) => (await queues.get()).jobState(name, jobId),
      cancel: async (name, jobId) => (await queues.get()).cancel(name, jobId),
      waitFor: async (name, jobId, waitMs, signal) => (await queues.get()).waitFor(name, jobId, waitMs, signal),
      workersOnline: async (name) => (await queues.get()).workersOnline(name),
      close: async () => (await queues.begun())?.close(),
    },
  };
}

/** Makes a thing once, when it is first asked for. */
function once<T>(make: () => Promise<T>): { get: () => Promise<T>; begun: () => Promise<T> | undefined } {
  let made: Promise<T> | undefined;
  return { get: () => (made ??= make()), begun: () => made };
}
