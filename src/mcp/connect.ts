import type { Parts } from './services.js';
import { ENQUEUE_MS } from './services.js';

/** Loads what talks to Redis, and opens it. Nothing here waits for Redis to answer. */
export async function connectParts(): Promise<Parts> {
  const [{ loadConfig }, { connectionOptions }, { openStore }, { createEnqueuer, queueSettings }, { redactTexts }] =
    await Promise.all([
      import('../config.js'),
      import('../store/connection.js'),
      import('../store/index.js'),
      import('../queue/enqueue.js'),
      import('../domain/redact.js'),
    ]);
  const config = loadConfig();
  const enqueuer = createEnqueuer(queueSettings(config, connectionOptions(config)), { deadlineMs: ENQUEUE_MS });
  return {
    store: await openStore(config),
    enqueuer,
    redact: (texts) => redactTexts(texts, config.redaction),
    roots: config.transcripts.roots,
  };
}
