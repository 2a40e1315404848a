/** What all tools that ask for a job share: asking once, waiting, and the handle in the reply. */
import { contracts, type JobName } from '../../jobs/index.js';
import { afterwards, jobFailed, NO_WORKERS, unknownJob } from './errors.js';
import type { AskedJobOf, AskingTool, Facts, JobReport, JobView, Json, Plan, Started, ToolContext } from './tool.js';

/** A job that nobody works on is not asked about more often than this. */
const POLL_AFTER_MS = 2_000;

/**
 * Asks for what was planned. The request is known by the caller's key, else by the client's id of this use, else by its
 * content; asked for again it leads to the same job.
 * @throws UnavailableError when Redis has not confirmed the job: then there is none, now or later
 */
export async function start(
  tool: string,
  plan: Plan,
  key: string | undefined,
  { queue, toolUseId, trace, now }: ToolContext,
): Promise<Started> {
  if ('jobId' in plan) {
    const { record, state, position } = await queue.report(plan.name, plan.jobId);
    if (state === 'gone' || record?.tool !== tool) throw unknownJob(tool, plan.jobId);
    return { job: { queue: plan.name, jobId: plan.jobId, state, position, deduplicated: true }, record };
  }
  const record = { tool, about: plan.about, createdAt: now(), ttlMs: ttlOf(plan.name) };
  const onceKey = key === undefined ? toolUseId && `use:${toolUseId}` : `key:${tool}:${key}`;
  const asked = await queue.enqueue(plan.name, plan.payload, {
    record,
    ...(onceKey !== undefined && onceKey !== '' && { onceKey }),
    ...(trace !== undefined && { trace }),
  });
  return { job: { ...asked, queue: plan.name }, record };
}

/** How long a job of this queue can be asked about at least: as long as finished ones are kept. */
const ttlOf = (name: JobName): number => contracts[name].keepCompleted.ageS * 1_000;

/**
 * How the job stands after at most `waitMs`. What is only told beside a job that is queued never fails the call; where Redis
 * went silent meanwhile, `isSilent` says so: to ask it one thing more would take too long.
 */
export async function follow(
  job: AskedJobOf,
  waitMs: number,
  { queue }: ToolContext,
): Promise<JobReport & { readonly isSilent: boolean }> {
  const asAsked: JobReport = {
    state: job.state,
    result: null,
    attempts: 0,
    position: job.position,
    cancelled: false,
    changedAt: null,
    record: null,
  };
  if (waitMs <= 0 && !job.deduplicated) return { ...asAsked, isSilent: false };
  const seen = await afterwards(queue.waitFor(job.queue, job.jobId, waitMs), null);
  return { ...(seen ?? asAsked), isSilent: seen === null };
}

/** The reply: the handle of the job, and what the tool says. */
export async function view(
  tool: string,
  present: AskingTool<never, never>['present'],
  { job, record }: Started,
  report: JobReport & { readonly isSilent?: boolean },
  context: ToolContext,
): Promise<Facts> {
  const ended = report.state === 'completed' || report.state === 'failed' || report.cancelled;
  const workersOnline =
    ended || report.isSilent === true ? null : await afterwards(context.queue.workersOnline(job.queue), null);
  const facts = await present(jobView(job.queue, report), record.about, context);
  return {
    job_id: job.jobId,
    queue: job.queue,
    state: report.cancelled ? 'cancelled' : report.state,
    position: ended ? null : report.position,
    deduplicated: job.deduplicated,
    workers_online: workersOnline,
    poll_after_ms: ended ? null : POLL_AFTER_MS,
    ...facts,
    ...(workersOnline === 0 && { hint: NO_WORKERS }),
    ...(report.state === 'failed' && !report.cancelled && { hint: jobFailed(tool) }),
  };
}

function jobView(queue: JobName, { state, result }: JobReport): JobView {
  if (state !== 'completed') return { state, result: null };
  return { state, result: contracts[queue].result.parse(result) };
}

/** A field of `about`, which came out of a job's data and may be anybody's. */
export function textOf(about: Json, key: string): string | null {
  const value = fieldOf(about, key);
  return typeof value === 'string' ? value : null;
}

/** The same for a list of texts. */
export function namesOf(about: Json, key: string): string[] {
  const value = fieldOf(about, key);
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}

function fieldOf(about: Json, key: string): unknown {
  return typeof about === 'object' && about !== null ? Reflect.get(about, key) : undefined;
}
