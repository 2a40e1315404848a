import { z } from 'zod';
import { defineJob } from './define.js';

/** Relate what the conversations touched since the last run: errors with the tasks of the same session. */
export const correlate = defineJob({
  name: 'correlate',
  payload: z.strictObject({ reason: z.enum(['ingested', 'scheduled', 'asked']) }),
  result: z.strictObject({ sessions: z.int(), links: z.int(), more: z.boolean() }),
  key: () => ({ id: 'correlate', keepLast: true }),
  attempts: 3,
  backoffMs: 2_000,
  timeoutMs: 5_000,
  keepCompleted: { ageS: 3_600 },
  keepFailed: { ageS: 7 * 86_400, count: 10_000 },
});
