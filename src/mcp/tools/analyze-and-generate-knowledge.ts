import { z } from 'zod';
import { textOf } from '../asking.js';
import { IdempotencyKey, JobHandle, JobId, WaitMs } from '../views/contract.js';
import { defineAskingTool } from '../define.js';

const SCOPES = ['all', 'tasks', 'errors', 'conversations'] as const;

export const analyzeAndGenerateKnowledge = defineAskingTool({
  name: 'analyze_and_generate_knowledge',
  title: 'Analyze and keep knowledge',
  description:
    'Have the ledger analyzed now, for insights, lessons learned and knowledge. Returns job_id, state, deduplicated, next at ' +
    'once; then read get_insights.',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  resource: 'autobot://system_insights',
  input: z.strictObject({
    scope: z.enum(SCOPES).default('all'),
    job_id: JobId,
    wait_ms: WaitMs,
    idempotency_key: IdempotencyKey,
  }),
  output: z.strictObject({
    ...JobHandle,
    result: z.looseObject({}).optional(),
    missing: z.array(z.string()),
  }),
  plan: ({ scope, job_id: jobId }) =>
    Promise.resolve(
      jobId === undefined
        ? { name: 'insight', payload: { reason: 'asked' }, about: { scope } }
        : { name: 'insight', jobId },
    ),
  present: (job, about) => {
    const scope = textOf(about, 'scope') ?? 'all';
    const result = job?.result ?? null;
    return Promise.resolve({
      next: { tool: 'get_insights', arguments: {} },
      ...(result !== null && {
        result: {
          conversations: result['conversations'],
          open_tasks: result['openTasks'],
          closed_tasks: result['closedTasks'],
          errors: result['errors'],
        },
      }),
      missing: [
        'The worker counts the ledger and forgets what is older than its retention; it does not write knowledge entries yet.',
        ...(scope === 'all' ? [] : [`scope "${scope}" is noted, but everything is looked at.`]),
      ],
    });
  },
});
