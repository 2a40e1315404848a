import { z } from 'zod';
import { defineJob } from './define.js';

/**
 * Count what the ledger holds, and learn from how tasks went, so that the tools and the dashboard can show it without walking
 * it. `more`: a walk that had no more time goes on.
 */
export const insight = defineJob({
  name: 'insight',
  payload: z.strictObject({ reason: z.enum(['scheduled', 'asked', 'more']) }),
  result: z.strictObject({ conversations: z.int(), openTasks: z.int(), closedTasks: z.int(), errors: z.int() }),
  key: ({ reason }) =>
    reason === 'more' ? { id: 'insight-more', keepLast: true } : { id: 'insight', keepLast: false },
  attempts: 3,
  backoffMs: 2_000,
  timeoutMs: 5_000,
  keepCompleted: { ageS: 86_400 },
  keepFailed: { ageS: 7 * 86_400, count: 10_000 },
});
