import { z } from 'zod';
import { JobHandle, WaitMs } from '../views/contract.js';
import { defineAskingTool } from '../define.js';
import { healthShape, readHealth } from '../views/health.js';
import { namesOf } from '../asking.js';

export const systemHealthCheck = defineAskingTool({
  name: 'system_health_check',
  title: 'System health check',
  description:
    'Is everything up? Services, Redis, workers: up, degraded or down, since when, last error, worst first; fresh checks ' +
    'now. Returns status, checked_at, targets.',
  // It measures and changes nothing of what it looks at: a client need not ask before it.
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  resource: 'autobot://health_status',
  input: z.strictObject({
    targets: z
      .array(z.string().min(1).max(200))
      .max(50)
      .optional()
      .describe('Names from an earlier reply; all without it'),
    fresh: z.boolean().default(false),
    wait_ms: WaitMs.default(5_000),
  }),
  output: z.strictObject({ ...z.object(JobHandle).partial().shape, ...healthShape }),
  plan: ({ targets = [], fresh }) =>
    Promise.resolve(
      fresh ? { name: 'health-check', payload: { reason: 'asked' }, about: { targets } } : { known: { targets } },
    ),
  present: async (job, about, context) => {
    const health = await readHealth(context, namesOf(about, 'targets'));
    if (job === null || job.state === 'completed') return { ...health, ...(job !== null && { next: NEXT }) };
    return { ...health, next: NEXT, hint: `This is the check before the one that was asked for. ${health.hint}` };
  },
});

const NEXT = { tool: 'system_health_check', arguments: {} };
