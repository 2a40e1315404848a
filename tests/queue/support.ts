import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { JobName } from '../../jobs/index.js';
import { queueSettings, type PayloadOf, type QueueSettings } from '../../src/queue/settings.js';
import { queuePrefix } from '../../src/queue/connection.js';

/** Settings with a prefix of the test's own. */
export function testSettings(socket: string, changes: Partial<QueueSettings> = {}): QueueSettings {
  const config = { redis: { prefix: `test-${randomUUID().slice(0, 8)}` } };
  return { ...queueSettings(config, { path: socket, db: 10 }), ...changes };
}

/** Settings in which one queue is tuned otherwise. */
export function tuned(
  settings: QueueSettings,
  name: JobName,
  tuning: Partial<QueueSettings['queues'][JobName]>,
): QueueSettings {
  return { ...settings, queues: { ...settings.queues, [name]: { ...settings.queues[name], ...tuning } } };
}

/** Waits until `condition` holds, and fails after `withinMs`. */
export async function until(condition: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline)
      throw new Error(`it did not happen within ${withinMs} ms: ${condition.toString()}`);
    await sleep(10);
  }
}

/** Ids of all jobs that a queue has in any state, as Redis knows them. */
export async function jobKeys(settings: QueueSettings, name: JobName): Promise<readonly string[]> {
  const client = new Redis({ ...settings.connection });
  try {
    const base = `${queuePrefix(settings, name)}:${name}:`;
    const keys = await client.keys('*');
    return keys
      .filter((key) => key.startsWith(base))
      .map((key) => key.slice(base.length))
      .filter((key) => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(key));
  } finally {
    client.disconnect();
  }
}

export function transcript(path: string, urgency: 'live' | 'backfill' | 'asked' = 'live') {
  return { kind: 'transcript', host: 'here', path, urgency } as const;
}

export function chat(content: string, receivedAt = 1): PayloadOf<'ingest'> {
  return { kind: 'chat', sessionId: 's', messages: [{ role: 'user', content, timestamp: null }], receivedAt };
}

export const READ = { outcome: 'read', kept: 0, skipped: 0, nextByte: 0, more: false } as const;

/** A promise with its handles outside. */
export function gate(): { readonly opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

/** A run of `ingest` jobs that says when one has begun, and ends when it is let go; all that were begun are counted. */
export function heldRun() {
  const [begun, end] = [gate(), gate()];
  const held = {
    begun: begun.opened,
    letGo: end.open,
    runs: 0,
    run: async () => {
      held.runs += 1;
      begun.open();
      await end.opened;
      return READ;
    },
  };
  return held;
}
