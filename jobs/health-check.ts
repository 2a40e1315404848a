import { z } from 'zod';
import { TargetHealth } from '../src/domain/model.js';
import { defineJob } from './define.js';

/** Probe the tracker's own parts and write down what was found. */
export const healthCheck = defineJob({
  name: 'health-check',
  payload: z.strictObject({ reason: z.enum(['scheduled', 'asked']) }),
  result: z.strictObject({ status: z.enum(['up', 'degraded', 'down', 'unknown']), targets: z.array(TargetHealth) }),
  key: () => ({ id: 'health-check', keepLast: false }),
  attempts: 1,
  backoffMs: 1_000,
  timeoutMs: 5_000,
  keepCompleted: { ageS: 6 * 3_600 },
  keepFailed: { ageS: 7 * 86_400, count: 10_000 },
});
