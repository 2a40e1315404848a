import { z } from 'zod';
import { textOf } from '../asking.js';
import { conciseTask, IdempotencyKey, JobHandle, StatusName, TaskOnWire, WaitMs } from '../views/contract.js';
import { defineAskingTool } from '../define.js';
import { afterwards, unknownTask } from '../errors.js';
import { plain } from '../views/plain.js';

export const updateTaskStatus = defineAskingTool({
  name: 'update_task_status',
  title: 'Set a task’s status',
  description:
    'Set a task to done, cancelled, blocked or open again, by hand: it wins over anything read later. task_id is "id" of ' +
    'get_unfinished_tasks. Returns the task after the change, or a job_id if it is still queued.',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  input: z.strictObject({
    task_id: z.string().min(1).max(200),
    status: StatusName,
    note: z.string().max(1_000).optional().describe('Why; kept in the history'),
    wait_ms: WaitMs.default(2_000),
    idempotency_key: IdempotencyKey,
  }),
  output: z.looseObject({ ...TaskOnWire.partial().shape, task_id: z.string(), ...JobHandle }),
  plan: async ({ task_id: id, status, note }, { store, redact, now }) => {
    const task = await store.tasks.get(id);
    if (task === null) throw unknownTask(id);
    const [masked] = note === undefined ? [] : await redact([plain(note, 1_000, 'lines')]);
    return {
      name: 'ingest',
      payload: { kind: 'hand', taskId: task.id, status, note: masked?.slice(0, 1_000) ?? null, at: now() },
      about: { task_id: task.id, status },
    };
  },
  present: async (job, about, { store }) => {
    const id = textOf(about, 'task_id') ?? '';
    if (job?.result?.['outcome'] === 'unknown-task') throw unknownTask(id);
    const after = job?.state === 'completed' ? await afterwards(store.tasks.get(id), null) : null;
    const status = textOf(about, 'status');
    return {
      ...(after !== null && conciseTask(after)),
      task_id: id,
      next: { tool: 'get_unfinished_tasks', arguments: after === null ? { status: [status], sort: 'newest' } : {} },
    };
  },
});
