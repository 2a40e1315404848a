import { z } from 'zod';
import { defineJob } from './define.js';

/**
 * Look at what changed since the last run: sessions with their errors and tasks, errors of logs with their patterns, signals, ties
 * and severity. `scheduled` comes each minute: nothing tells of the end of a spike, or of silence.
 */
export const correlate = defineJob({
  name: 'correlate',
  payload: z.strictObject({ reason: z.enum(['ingested', 'scheduled', 'asked']) }),
  /**
   * `errors` that were looked at, `signals` of which something was told, `ties` to tasks that they have; `claims` of users about work of other
   * sessions that mean a task, and those that are `unclear`.
   */
  result: z.strictObject({
    sessions: z.int(),
    links: z.int(),
    prints: z.int(),
    errors: z.int(),
    signals: z.int(),
    ties: z.int(),
    claims: z.int(),
    unclear: z.int(),
    more: z.boolean(),
  }),
  key: () => ({ id: 'correlate', keepLast: true }),
  attempts: 3,
  backoffMs: 2_000,
  timeoutMs: 5_000,
  keepCompleted: { ageS: 3_600 },
  keepFailed: { ageS: 7 * 86_400, count: 10_000 },
});
