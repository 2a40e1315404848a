import { z } from 'zod';
import { InputError } from '../../errors.js';
import { isOpen, LISTINGS, type Task, type TaskPage, type TaskQuery } from '../../domain/model.js';
import {
  conciseTask,
  detailedTask,
  instantOf,
  ListingName,
  PriorityName,
  Since,
  TaskOnWire,
} from '../views/contract.js';
import { nextCall } from '../views/next-call.js';
import { defineTool } from '../define.js';
import { badCursor, isUnread, NOTHING_READ } from '../errors.js';
import { fillPage } from '../views/page.js';
import type { ToolContext } from '../tool.js';

const Name = z.string().min(1).max(200);
const input = z.strictObject({
  session_id: Name.optional(),
  project: Name.optional().describe('Folder name, or path of the repository'),
  priority: z.array(PriorityName).max(4).optional(),
  component: z.array(Name).max(20).optional(),
  status: z.array(ListingName).max(LISTINGS.length).optional().describe('Default: open ones'),
  since: Since.optional(),
  blocked_by: Name.optional().describe('Task id, or what is awaited'),
  query: Name.optional().describe('Words in title or description'),
  sort: z.enum(['rank', 'newest']).default('rank'),
  limit: z.int().min(1).max(100).default(10),
  cursor: z.string().min(1).max(500).optional().describe('next_cursor of the last reply'),
  response_format: z.enum(['concise', 'detailed']).default('concise'),
});
type Arguments = z.output<typeof input>;

const output = z.strictObject({
  tasks: z.array(TaskOnWire),
  total: z.int(),
  total_is: z.enum(['exact', 'at_least']),
  next_cursor: z.string().nullable(),
  hint: z.string(),
});

export const getUnfinishedTasks = defineTool({
  name: 'get_unfinished_tasks',
  title: 'Unfinished tasks',
  description:
    'What was left unfinished: open tasks, todos and promises of all conversations, most pressing first, and where each was ' +
    'promised. Returns tasks, total, next_cursor, hint; response_format "detailed" adds history and reasons.',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  alwaysLoad: true,
  resource: 'autobot://unfinished_tasks',
  input,
  output,
  run: readTasks,
});

/** The read behind the tool and behind its resource. */
export async function readTasks(args: Arguments, { store, now }: ToolContext): Promise<z.output<typeof output>> {
  const show: (task: Task) => z.output<typeof TaskOnWire> =
    args.response_format === 'detailed' ? detailedTask : conciseTask;
  const { cursor, since } = pageOf(args, now());
  const query = queryOf(args, cursor, since);
  const read = async (limit: number): Promise<TaskPage> => {
    try {
      return await store.tasks.list({ ...query, limit });
    } catch (error) {
      // An unclear project is told in the store's words.
      const isCursor =
        error instanceof InputError && args.cursor !== undefined && !error.message.startsWith('project:');
      throw isCursor ? badCursor() : error;
    }
  };
  const { page, items } = await fillPage(args.limit, read, (found) => found.tasks.map(show));
  const nextCursor = page.nextCursor === null || since === null ? page.nextCursor : `${page.nextCursor}.${since}`;
  return {
    tasks: [...items],
    total: page.total,
    total_is: page.totalIs,
    next_cursor: nextCursor,
    hint: page.tasks.length === 0 && (await isUnread(store)) ? NOTHING_READ : hintFor(args, { ...page, nextCursor }),
  };
}

/** A span such as 24h would be another instant on the next page, so the instant of the first goes along. */
function pageOf(args: Arguments, now: number): { cursor: string | null; since: number | null } {
  const since = args.since === undefined ? null : instantOf(args.since, now);
  if (args.cursor === undefined || since === null) return { cursor: args.cursor ?? null, since };
  const [cursor = '', first = ''] = args.cursor.split('.');
  if (!/^\d{1,15}$/.test(first)) throw badCursor();
  return { cursor, since: Number(first) };
}

function queryOf(args: Arguments, cursor: string | null, since: number | null): TaskQuery {
  return {
    sort: args.sort,
    isBrief: args.response_format === 'concise',
    ...(args.session_id !== undefined && { sessionId: args.session_id }),
    ...(args.project !== undefined && { project: args.project }),
    ...(args.priority !== undefined && args.priority.length > 0 && { priority: args.priority }),
    ...(args.component !== undefined && args.component.length > 0 && { component: args.component }),
    ...(args.status !== undefined && args.status.length > 0 && { status: args.status }),
    ...(since !== null && { since }),
    ...(args.blocked_by !== undefined && { blockedBy: args.blocked_by }),
    ...(args.query !== undefined && { query: args.query }),
    ...(cursor !== null && { cursor }),
  };
}

function hintFor(args: Arguments, { tasks, total, totalIs, nextCursor }: TaskPage): string {
  const shown = tasks.length;
  if (nextCursor !== null) {
    const { cursor: _, ...rest } = args;
    const known = `${totalIs === 'at_least' ? 'at least ' : ''}${total}`;
    return `${shown} of ${known} shown. For the rest call ${nextCall('get_unfinished_tasks', { ...rest, cursor: nextCursor }, DEFAULTS)}`;
  }
  if (shown > 0) {
    const all = `${args.cursor === undefined ? 'All' : 'The last'} ${shown} shown.`;
    return tasks.some(({ status }) => isOpen(status)) ? `${all} To close one call update_task_status.` : all;
  }
  return 'No task matches. Leave out filters, or pass "status" to see closed ones; get_recent_activity shows what happened lately.';
}

const DEFAULTS: Readonly<Record<string, unknown>> = { sort: 'rank', limit: 10, response_format: 'concise' };
