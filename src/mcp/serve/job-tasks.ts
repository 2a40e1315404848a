/**
 * Tasks of the Tasks extension, each a job of ours. What is to be known of it stands in the job's data, so that any server
 * process can tell of it, before and after any restart.
 */
import type { CallToolResult, ServerContext } from '@modelcontextprotocol/server';
import { contracts, type JobName } from '../../../jobs/index.js';
import { internalFault, jobFailed } from '../errors.js';
import type { TaskBackend, TaskReport, TaskState } from './tasks.js';
import { findTool } from '../tools/index.js';
import type { AnyTool, Facts, AskRecord, JobReport, Started, ToolContext } from '../tool.js';

const INTERNAL_ERROR = -32_603;
/** Between two polls: a job that runs is soon done, one that waits is asked about less often the more wait before it. */
const POLL_MS = { least: 1_000, most: 5_000, perJob: 250 } as const;
/** `<queue>.<job id>`; a job's id is a random UUID. */
const TASK_ID = /^([a-z-]+)\.([0-9a-f]{8}-[0-9a-f-]{27})$/;

/** The task for a job that has just been confirmed. */
export function taskOf({ job, record }: Started): TaskState {
  return {
    taskId: `${job.queue}.${job.jobId}`,
    status: 'working',
    statusMessage: messageFor(job.state, job.position, 0),
    createdAt: record.createdAt,
    lastUpdatedAt: record.createdAt,
    ttlMs: record.ttlMs,
    pollIntervalMs: pollMs(job.position),
  };
}

/** @param result what a tool's facts look like on the wire */
export function jobTasks(
  open: (context: ServerContext) => Promise<ToolContext>,
  result: (tool: AnyTool, facts: Facts) => CallToolResult,
): TaskBackend {
  return {
    get: async (taskId, request) => {
      const found = await find(taskId, open, request);
      if (found === null) return null;
      const { report, record } = found;
      const base = {
        taskId,
        createdAt: record.createdAt,
        lastUpdatedAt: report.changedAt ?? record.createdAt,
        ttlMs: record.ttlMs,
      };
      if (report.cancelled) return { ...base, status: 'cancelled', statusMessage: 'cancelled on request' };
      if (report.state !== 'completed' && report.state !== 'failed') {
        return {
          ...base,
          status: 'working',
          statusMessage: messageFor(report.state, report.position, report.attempts),
          pollIntervalMs: pollMs(report.position),
        };
      }
      return { ...base, ...(await ended(found)) };
    },
    // None of our jobs asks for anything while it runs.
    update: async (taskId, _responses, request) => (await find(taskId, open, request)) !== null,
    cancel: async (taskId, request) => {
      const found = await find(taskId, open, request);
      if (found === null) return false;
      await found.context.queue.cancel(found.queue, found.jobId);
      return true;
    },
  };

  async function ended({ queue, jobId, report, record, context }: Found): Promise<Ending> {
    const tool = findTool(record.tool);
    if (tool?.asks === undefined) {
      return { status: 'failed', error: { code: INTERNAL_ERROR, message: internalFault('tasks/get') } };
    }
    if (report.state === 'failed') {
      return {
        status: 'completed',
        result: { isError: true, content: [{ type: 'text', text: jobFailed(tool.name) }] },
      };
    }
    const job = { queue, jobId, state: report.state, position: null, deduplicated: false };
    return { status: 'completed', result: result(tool, await tool.asks.finish(job, report, context)) };
  }
}

type Ending =
  | Pick<Extract<TaskReport, { status: 'completed' }>, 'status' | 'result'>
  | Pick<Extract<TaskReport, { status: 'failed' }>, 'status' | 'error'>;
interface Place {
  readonly queue: JobName;
  readonly jobId: string;
}
interface Found extends Place {
  readonly report: JobReport;
  readonly record: AskRecord;
  readonly context: ToolContext;
}

/** Where the job of a task is; null where no task of ours has such an id. */
function locate(taskId: string): Place | null {
  const [, queue = '', jobId = ''] = TASK_ID.exec(taskId) ?? [];
  return Object.hasOwn(contracts, queue) ? { queue: queue as JobName, jobId } : null;
}

async function find(
  taskId: string,
  open: (context: ServerContext) => Promise<ToolContext>,
  request: ServerContext,
): Promise<Found | null> {
  const at = locate(taskId);
  if (at === null) return null;
  const context = await open(request);
  const report = await context.queue.report(at.queue, at.jobId);
  const { record } = report;
  return report.state === 'gone' || record === null ? null : { ...at, report, record, context };
}

function messageFor(state: string, position: number | null, attempts: number): string {
  const again = attempts > 0 ? `, after ${attempts} failed attempt${attempts === 1 ? '' : 's'}` : '';
  if (state === 'active') return `a worker is at it${again}`;
  return `waits${position === null ? '' : ` behind ${position} job${position === 1 ? '' : 's'}`}${again}`;
}

const pollMs = (position: number | null): number =>
  Math.min(POLL_MS.most, POLL_MS.least + (position ?? 0) * POLL_MS.perJob);
