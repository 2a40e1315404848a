/** The domain as the wire has it: snake_case, instants as ISO 8601 UTC, texts cleaned and cut. The only file that maps. */
import { z } from 'zod';
import { LISTINGS, PRIORITIES } from '../../domain/model.js';
import type { Activity, Conversation, Evidence, Flag, Task } from '../../domain/model.js';
import { plain } from './plain.js';

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const SPAN = /^(\d{1,5})([mhdw])$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** Epoch milliseconds of an ISO 8601 instant (without a zone: UTC) or of a span back from `now`; NaN if it is neither. */
export function instantOf(text: string, now: number): number {
  const span = SPAN.exec(text);
  if (span !== null) return now - Number(span[1]) * (UNIT_MS[span[2] ?? ''] ?? Number.NaN);
  const instant = INSTANT.exec(text);
  if (instant === null) return Number.NaN;
  return Date.parse(text.length <= 10 || instant[1] !== undefined ? text : `${text.replace(' ', 'T')}Z`);
}

export const isoOf = (at: number): string => new Date(Number.isFinite(at) ? at : 0).toISOString();

const TIME_FORMS = 'expected ISO 8601 such as 2026-11-22T10:00:00Z, or a span such as 24h or 7d';
export const Since = z
  .string()
  .max(40)
  .refine((text) => !Number.isNaN(instantOf(text, 0)), TIME_FORMS)
  .describe('7d, or ISO 8601');
export const Instant = z
  .string()
  .max(40)
  .refine(
    (text) => !SPAN.test(text) && !Number.isNaN(instantOf(text, 0)),
    'expected ISO 8601 such as 2026-11-22T10:00:00Z',
  );
export const WaitMs = z.int().min(0).max(20_000).default(0);
/** Statuses, and lists of what stands apart. */
export const ListingName = z.enum(LISTINGS);
export const PriorityName = z.enum(PRIORITIES);

/** What a model may call as it stands. */
const Next = z.strictObject({ tool: z.string(), arguments: z.record(z.string(), z.unknown()) });

/**
 * What every tool that asks for a job gives back. `position`: jobs that come before it; `workers_online` is null where the
 * job has ended or it could not be asked in time.
 */
export const JobHandle = {
  job_id: z.string(),
  queue: z.string(),
  state: z.string(),
  position: z.int().nullable(),
  deduplicated: z.boolean(),
  workers_online: z.int().nullable(),
  poll_after_ms: z.int().nullable(),
  next: Next,
  hint: z.string().optional(),
};

/** A repeat with the same key leads to the same job. */
export const IdempotencyKey = z.string().min(1).max(200).optional();
export const JobId = z.string().min(1).max(100).optional().describe('Instead: an earlier job');

const textOrNull = (text: string | null, maxChars: number): string | null =>
  text === null ? null : plain(text, maxChars);

const ids = (list: readonly string[], most: number): string[] => list.slice(0, most).map((id) => plain(id, 80));

const evidenceOnWire = (evidence: Evidence, quoteChars: number) => ({
  session_id: plain(evidence.sessionId, 80),
  line: evidence.line,
  at: isoOf(evidence.at),
  quote: plain(evidence.quote, quoteChars),
});

/** Loose on purpose: the schema names what a caller may count on; its text is not shown to models and costs bytes. */
export const TaskOnWire = z.looseObject({
  id: z.string(),
  title: z.string(),
  status: z.string(),
  priority: z.string(),
});

/** A task in short: one piece of evidence, its quote at most 80 characters. */
export function conciseTask(task: Task) {
  return {
    id: plain(task.id, 80),
    title: plain(task.title, 160),
    status: task.status,
    priority: task.priority,
    priority_source: task.prioritySource,
    component: textOrNull(task.component, 80),
    project: textOrNull(task.project, 200),
    rank: task.rank,
    evidence: task.evidence.slice(0, 1).map((evidence) => evidenceOnWire(evidence, 80)),
  };
}

const MOST = { evidence: 5, history: 10, flags: 8, related: 20 } as const;

export const flagOnWire = ({ name, why, at, taskId }: Flag) => ({
  name,
  why: plain(why, 160),
  at: isoOf(at),
  ...(taskId !== undefined && { task_id: plain(taskId, 80) }),
});

/** A task with all that is known of it; lists are cut to their latest entries, at most about 7 kB in all. */
export function detailedTask(task: Task) {
  return {
    ...conciseTask(task),
    title: plain(task.title, 300),
    evidence: task.evidence.slice(0, MOST.evidence).map((evidence) => evidenceOnWire(evidence, 240)),
    description: task.description === null ? null : plain(task.description, 1_500, 'lines'),
    priority_reason: plain(task.priorityReason, 200),
    rank_reason: plain(task.rankReason, 200),
    component_reason: textOrNull(task.componentReason, 160),
    effort: task.effort,
    effort_reason: plain(task.effortReason, 120),
    quick_win: task.quickWin,
    source: task.source,
    confidence: task.confidence,
    owner: textOrNull(task.owner, 80),
    session_id: plain(task.sessionId, 80),
    first_seen: isoOf(task.firstAt),
    last_seen: isoOf(task.lastAt),
    flags: task.flags.slice(-MOST.flags).map(flagOnWire),
    blocked_by: ids(task.blockedBy, MOST.related),
    blocks: ids(task.blocks, MOST.related),
    related_errors: ids(task.relatedErrors, MOST.related),
    same_as: ids(task.sameAs, MOST.related),
    merged: ids(task.merged, MOST.related),
    history: task.history.slice(-MOST.history).map((change) => ({
      at: isoOf(change.at),
      status: change.status,
      reason: textOrNull(change.reason, 120),
      by: change.by,
      session_id: textOrNull(change.sessionId, 80),
      line: change.line,
    })),
    history_total: task.history.length,
    evidence_total: task.evidence.length,
  };
}

export const ActivityOnWire = z.looseObject({
  at: z.string(),
  kind: z.string(),
  what: z.string(),
  id: z.string(),
  title: z.string(),
});

export const activityOnWire = (event: Activity) => ({
  at: isoOf(event.at),
  kind: event.kind,
  what: plain(event.what, 40),
  id: plain(event.id, 80),
  title: plain(event.title, 120),
  session_id: textOrNull(event.sessionId, 80),
  project: textOrNull(event.project, 200),
  ...(event.count !== undefined && { count: event.count }),
});

/** A conversation as a line of the list. */
export const conciseConversation = (conversation: Conversation) => ({
  session_id: plain(conversation.sessionId, 80),
  title: plain(conversation.title, 120),
  project: textOrNull(conversation.project, 200),
  outcome: conversation.outcome,
  open_tasks: conversation.openTasks,
  closed_tasks: conversation.closedTasks,
  errors: conversation.errors,
  first_at: isoOf(conversation.firstAt),
  last_at: isoOf(conversation.lastAt),
});

export const detailedConversation = (conversation: Conversation) => ({
  ...conciseConversation(conversation),
  cwd: textOrNull(conversation.cwd, 200),
  branch: textOrNull(conversation.branch, 120),
  versions: ids(conversation.versions, 10),
  prompts: conversation.prompts,
  replies: conversation.replies,
  tool_calls: conversation.toolCalls,
  rejections: conversation.rejections,
  compactions: conversation.compactions,
  interruptions: conversation.interruptions,
  files: conversation.files.slice(0, 20).map((file) => plain(file, 200)),
  files_total: conversation.files.length,
  pull_requests: conversation.pullRequests.slice(0, 10).map((link) => plain(link, 200)),
  parent: textOrNull(conversation.parent, 80),
  subagents: ids(conversation.subagents, MOST.related),
  copies: ids(conversation.copies, MOST.related),
});
