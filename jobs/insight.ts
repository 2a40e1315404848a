import { z } from 'zod';
import { defineJob } from './define.js';

/** Count what the ledger holds, so that the tools and the dashboard can show it without walking it. */
export const insight = defineJob({
  name: 'insight',
  payload: z.strictObject({ reason: z.enum(['scheduled', 'asked']) }),
  result: z.strictObject({ conversations: z.int(), openTasks: z.int(), closedTasks: z.int(), errors: z.int() }),
  key: () => ({ id: 'insight', keepLast: false }),
  attempts: 3,
  backoffMs: 2_000,
  timeoutMs: 5_000,
  keepCompleted: { ageS: 86_400 },
  keepFailed: { ageS: 7 * 86_400, count: 10_000 },
});
