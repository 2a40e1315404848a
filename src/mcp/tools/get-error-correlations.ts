import { z } from 'zod';
import { PRIORITIES } from '../../domain/model.js';
import { InputError } from '../../errors.js';
import type { PatternPage } from '../../store/correlations.js';
import { instantOf, Since } from '../views/contract.js';
import { PatternOnWire, patternOnWire, SHAPES } from '../views/contract-errors.js';
import { defineTool } from '../define.js';
import { badCursor, isUnread, NOTHING_READ, unknownConversation } from '../errors.js';
import { nextCall } from '../views/next-call.js';
import { fillPage } from '../views/page.js';
import type { ToolContext } from '../tool.js';

const Name = z.string().min(1).max(200);
const DEFAULTS = { limit: 10, response_format: 'concise' } as const;
const input = z.strictObject({
  component: Name.optional(),
  severity: z.enum(PRIORITIES).optional(),
  since: Since.optional(),
  query: Name.optional(),
  project: Name.optional(),
  session_id: Name.optional(),
  limit: z.int().min(1).max(100).default(DEFAULTS.limit),
  cursor: z.string().min(1).max(500).optional(),
  response_format: z.enum(['concise', 'detailed']).default(DEFAULTS.response_format),
});
type Arguments = z.output<typeof input>;

const output = z.strictObject({
  patterns: z.array(PatternOnWire),
  total: z.int(),
  total_is: z.enum(['exact', 'at_least']),
  next_cursor: z.string().nullable(),
  hint: z.string(),
});

export const getErrorCorrelations = defineTool({
  name: 'get_error_correlations',
  title: 'Error patterns',
  description:
    'What keeps breaking, in conversations and logs, latest first, with count, trend, severity, related tasks and ' +
    'conversations. Returns patterns, total, next_cursor, hint.',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  resource: 'autobot://error_patterns',
  input,
  output,
  run: readPatterns,
});

/** The read behind the tool and behind its resource. */
export async function readPatterns(
  args: Arguments,
  { store, now }: Pick<ToolContext, 'store' | 'now'>,
): Promise<z.output<typeof output>> {
  const { limit: most, cursor, response_format: shape, ...filters } = args;
  const query = {
    asked: JSON.stringify(filters),
    now: now(),
    mostTasks: SHAPES[shape].tasks,
    isDetailed: shape === 'detailed',
    ...(args.component !== undefined && { component: args.component }),
    ...(args.severity !== undefined && { severity: args.severity }),
    ...(cursor !== undefined && { cursor }),
    ...(args.query !== undefined && { query: args.query }),
    ...(args.project !== undefined && { project: args.project }),
    ...(args.session_id !== undefined && { sessionId: args.session_id }),
    ...(args.since !== undefined && { since: instantOf(args.since, now()) }),
  };
  const read = async (limit: number): Promise<PatternPage> => {
    try {
      return await store.errors.patterns({ ...query, limit });
    } catch (error) {
      throw error instanceof InputError && error.message.startsWith('cursor:') ? badCursor() : error;
    }
  };
  const { page, items } = await fillPage(most, read, (found) =>
    found.patterns.map((pattern) => patternOnWire(pattern, shape)),
  );
  if (items.length === 0 && args.session_id !== undefined && (await store.conversations.get(args.session_id)) === null)
    throw unknownConversation(args.session_id);
  return {
    patterns: [...items],
    total: page.total,
    total_is: page.totalIs,
    next_cursor: page.nextCursor,
    hint:
      items.length === 0 && page.nextCursor === null && (await isUnread(store)) ? NOTHING_READ : hintFor(args, page),
  };
}

function hintFor(args: Arguments, { patterns, total, totalIs, nextCursor }: PatternPage): string {
  if (nextCursor !== null) {
    const known = `${totalIs === 'at_least' ? 'at least ' : ''}${total}`;
    const next = nextCall('get_error_correlations', { ...args, cursor: nextCursor }, DEFAULTS);
    if (patterns.length === 0) return `No match so far. For the rest call ${next}`;
    return `${patterns.length} of ${known} shown. For the rest call ${next}`;
  }
  if (patterns.length === 0) return 'No error matches. Leave out filters, or ask since when: {"since":"30d"}.';
  const all = `${args.cursor === undefined ? 'All' : 'The last'} ${patterns.length} shown.`;
  return `${all} Whether a fix held: validate_fixes with "error_id".`;
}
