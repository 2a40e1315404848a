import { z } from 'zod';
import { conciseTask, JobHandle, StatusName, TaskOnWire } from '../contract.js';
import { defineTool } from '../define.js';
import { afterwards, NO_WORKERS, unknownTask } from '../errors.js';
import { plain } from '../plain.js';

const WAIT_MS = 2_000;

export const updateTaskStatus = defineTool({
  name: 'update_task_status',
  title: 'Set a task’s status',
  description:
    'Set the status of a task by hand: mark it done, cancelled, blocked or open again. Wins over anything read from ' +
    'conversations later. task_id is "id" of get_unfinished_tasks. Returns the task after the change; only a job_id if it is still queued.',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  input: z.strictObject({
    task_id: z.string().min(1).max(200),
    status: StatusName,
    note: z.string().max(1_000).optional().describe('Why; kept in the history'),
  }),
  output: z.looseObject({
    ...TaskOnWire.partial().shape,
    task_id: z.string(),
    ...JobHandle,
  }),
  run: async ({ task_id: id, status, note }, { store, queue, redact, now }) => {
    const task = await store.tasks.get(id);
    if (task === null) throw unknownTask(id);
    const [masked] = note === undefined ? [] : await redact([plain(note, 1_000, 'lines')]);
    const asked = await queue.enqueue('ingest', {
      kind: 'hand',
      taskId: task.id,
      status,
      note: masked?.slice(0, 1_000) ?? null,
      at: now(),
    });
    const outcome = await afterwards(queue.waitFor('ingest', asked.jobId, WAIT_MS), {
      state: 'pending',
      phase: asked.state,
    });
    if (outcome.state === 'completed' && outcome.result.outcome === 'unknown-task') throw unknownTask(id);
    const done = outcome.state === 'completed';
    const after = done ? await afterwards(store.tasks.get(task.id), null) : null;
    const workersOnline = done ? null : await afterwards<number | null>(queue.workersOnline('ingest'), null);
    return {
      ...(after !== null && conciseTask(after)),
      task_id: task.id,
      job_id: asked.jobId,
      state: outcome.state === 'pending' ? outcome.phase : outcome.state,
      deduplicated: asked.deduplicated,
      workers_online: workersOnline,
      next: { tool: 'get_unfinished_tasks', arguments: done ? {} : { status: [status], sort: 'newest' } },
      ...(workersOnline === 0 && { hint: NO_WORKERS }),
      ...(outcome.state === 'failed' && { hint: 'The job failed; run `mcp-autobot-tracker doctor`, then call again.' }),
    };
  },
});
