import { z } from 'zod';
import { STATUSES } from '../../domain/model.js';
import { textOf } from '../asking.js';
import { conciseTask, flagOnWire, IdempotencyKey, JobHandle, TaskOnWire, WaitMs } from '../views/contract.js';
import { defineAskingTool } from '../define.js';
import { afterwards, mergeRefused, unknownTask } from '../errors.js';
import { plain } from '../views/plain.js';

const Id = z.string().min(1).max(200);
const input = z
  .strictObject({
    task_id: Id,
    status: z.enum([...STATUSES, 'dismissed', 'merged']),
    merge_into: Id.optional(),
    note: z.string().max(1_000).optional(),
    wait_ms: WaitMs.default(2_000),
    idempotency_key: IdempotencyKey,
  })
  .superRefine(({ status, merge_into: into }, context) => {
    if ((status === 'merged') === (into !== undefined)) return;
    const message =
      into === undefined
        ? 'merge_into is missing: expected the id of the task that it is the same as, since status is "merged"'
        : 'merge_into: expected with status "merged" alone';
    context.addIssue({ code: 'custom', message });
  });

export const updateTaskStatus = defineAskingTool({
  name: 'update_task_status',
  title: 'Set a task’s status',
  description:
    'Set a task’s status by hand: it wins over anything read later. dismissed: no task at all; merged: the same as ' +
    'merge_into; any other status undoes both. Ids are those of get_unfinished_tasks. Returns the task, or a job_id.',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  input,
  output: z.looseObject({ ...TaskOnWire.partial().shape, task_id: z.string(), ...JobHandle }),
  plan: async ({ task_id: id, status, merge_into: into, note }, { store, redact, now }) => {
    const task = await store.tasks.get(id);
    if (task === null) throw unknownTask(id);
    const refusal = into === undefined ? null : await store.tasks.mergeRefusal(id, into);
    if (refusal !== null) throw mergeRefused(id, into ?? '', refusal);
    const [masked] = note === undefined ? [] : await redact([plain(note, 1_000, 'lines')]);
    return {
      name: 'ingest',
      payload: {
        kind: 'hand',
        taskId: task.id,
        status,
        ...(into !== undefined && { into }),
        note: masked?.slice(0, 1_000) ?? null,
        at: now(),
      },
      about: { task_id: task.id, status, ...(into !== undefined && { merge_into: into }) },
    };
  },
  present: async (job, about, { store }) => {
    const id = textOf(about, 'task_id') ?? '';
    if (job?.result?.['outcome'] === 'unknown-task') throw unknownTask(id);
    if (job?.result?.['outcome'] === 'refused') throw mergeRefused(id, textOf(about, 'merge_into') ?? '', 'meanwhile');
    const after = job?.state === 'completed' ? await afterwards(store.tasks.get(id), null) : null;
    const status = textOf(about, 'status');
    const ruled = after?.flags.filter(({ name }) => name === 'dismissed' || name === 'merged_into') ?? [];
    return {
      ...(after !== null && conciseTask(after)),
      ...(ruled.length > 0 && { flags: ruled.map(flagOnWire) }),
      task_id: id,
      next: { tool: 'get_unfinished_tasks', arguments: after === null ? { status: [status], sort: 'newest' } : {} },
    };
  },
});
