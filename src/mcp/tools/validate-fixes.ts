import { z } from 'zod';
import { InputError } from '../../errors.js';
import type { FixPage } from '../../store/correlations.js';
import { instantOf, Since } from '../views/contract.js';
import { FixOnWire, fixOnWire } from '../views/contract-errors.js';
import { defineTool } from '../define.js';
import { badCursor, isUnread, NOTHING_READ, unknownConversation, unknownError, unknownTask } from '../errors.js';
import { nextCall } from '../views/next-call.js';
import { fillPage } from '../views/page.js';
import type { ToolContext } from '../tool.js';

const Name = z.string().min(1).max(200);
const DEFAULTS = { limit: 10 } as const;
const input = z.strictObject({
  error_id: Name.optional(),
  task_id: Name.optional(),
  session_id: Name.optional(),
  project: Name.optional(),
  since: Since.optional(),
  limit: z.int().min(1).max(50).default(DEFAULTS.limit),
  cursor: z.string().min(1).max(500).optional(),
});
type Arguments = z.output<typeof input>;

export const validateFixes = defineTool({
  name: 'validate_fixes',
  title: 'Validate fixes',
  description:
    'Was the fix real, or is it the same error again? Judges claimed fixes by the silence since. Returns fixes with verdict ' +
    '(validated, regressed, too_early, unverified), probability, why; next_cursor, hint.',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  input,
  output: z.strictObject({
    fixes: z.array(FixOnWire),
    next_cursor: z.string().nullable(),
    hint: z.string(),
    missing: z.array(z.string()).optional(),
  }),
  run: async (args, context) => {
    const { store, now } = context;
    const { limit: most, cursor, ...filters } = args;
    const query = {
      asked: JSON.stringify(filters),
      now: now(),
      ...(cursor !== undefined && { cursor }),
      ...(args.error_id !== undefined && { errorId: args.error_id }),
      ...(args.task_id !== undefined && { taskId: args.task_id }),
      ...(args.session_id !== undefined && { sessionId: args.session_id }),
      ...(args.project !== undefined && { project: args.project }),
      ...(args.since !== undefined && { since: instantOf(args.since, now()) }),
    };
    const read = async (limit: number): Promise<FixPage> => {
      try {
        return await store.fixes({ ...query, limit });
      } catch (error) {
        throw error instanceof InputError && error.message.startsWith('cursor:') ? badCursor() : error;
      }
    };
    const { page, items } = await fillPage(most, read, (found) => found.fixes.map(fixOnWire));
    return {
      fixes: [...items],
      next_cursor: page.nextCursor,
      hint: items.length === 0 ? await hintForNone(args, page, context) : hintFor(args, page),
      missing: [
        'claims of no task: a claim is a task, completed by its list or in words, that was under way when the error happened',
      ],
    };
  },
});

function hintFor(args: Arguments, { fixes, nextCursor, lookedAt }: FixPage): string {
  if (nextCursor === null) return `${args.cursor === undefined ? 'All' : 'The last'} ${fixes.length} shown.`;
  const next = nextCall('validate_fixes', { ...args, cursor: nextCursor }, DEFAULTS);
  return fixes.length === 0
    ? `No claim among the ${lookedAt} completed tasks looked at. To look further call ${next}`
    : `${fixes.length} shown, there are more. For the rest call ${next}`;
}

/** @throws InputError for an id that nothing has */
async function hintForNone(args: Arguments, page: FixPage, { store, now }: ToolContext): Promise<string> {
  const { error_id: error, task_id: task, session_id: session } = args;
  if (error !== undefined && (await store.errors.pattern(error, { now: now(), mostTasks: 0 })) === null)
    throw unknownError(error);
  const claimed = task === undefined ? null : await store.tasks.get(task);
  if (task !== undefined && claimed === null) throw unknownTask(task);
  if (session !== undefined && (await store.conversations.get(session)) === null) throw unknownConversation(session);
  if (page.nextCursor !== null) return hintFor(args, page);
  if (claimed !== null && claimed.status !== 'completed')
    return `The task is ${claimed.status}, so nobody claims that it is fixed. Once it is, call update_task_status.`;
  if (claimed !== null) return 'The task is completed, but no error is known to have happened while it was under way.';
  if (error !== undefined)
    return 'No completed task is tied to this error. get_error_correlations lists the tasks it is tied to.';
  if (await isUnread(store)) return NOTHING_READ;
  return 'No claimed fix is known: no completed task was under way when an error happened. get_error_correlations lists errors.';
}
