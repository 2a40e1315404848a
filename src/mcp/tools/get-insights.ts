import { hash } from 'node:crypto';
import { z } from 'zod';
import type { Insight } from '../../store/measures.js';
import { defineTool } from '../define.js';
import { badCursor, isUnread, NOTHING_READ } from '../errors.js';
import { CONFIDENCE_IS, InsightOnWire, insightOnWire } from '../views/insight.js';
import { nextCall } from '../views/next-call.js';
import { fitting, PAGE_BYTES } from '../views/page.js';
import type { ToolContext } from '../tool.js';

const Name = z.string().min(1).max(200);
const DEFAULTS = { min_confidence: 0, limit: 10, response_format: 'concise' } as const;
const input = z.strictObject({
  category: Name.optional(),
  component: Name.optional(),
  project: Name.optional(),
  min_confidence: z.number().min(0).max(1).default(DEFAULTS.min_confidence),
  limit: z.int().min(1).max(50).default(DEFAULTS.limit),
  cursor: z.string().min(1).max(500).optional(),
  response_format: z.enum(['concise', 'detailed']).default(DEFAULTS.response_format),
});
type InsightArguments = z.output<typeof input>;

const output = z.strictObject({
  insights: z.array(InsightOnWire),
  total: z.int(),
  next_cursor: z.string().nullable(),
  confidence_is: z.string(),
  hint: z.string(),
  missing: z.array(z.string()),
});

export const getInsights = defineTool({
  name: 'get_insights',
  title: 'Insights',
  description:
    'Insights and lessons learned: what keeps coming back, with numbers, evidence and a recommendation. ' +
    'Returns insights, total, next_cursor, hint, missing.',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  resource: 'autobot://system_insights',
  input,
  output,
  run: readInsights,
});

/** The read behind the tool and its resource. */
export async function readInsights(
  args: InsightArguments,
  context: Pick<ToolContext, 'store' | 'now'>,
): Promise<z.output<typeof output>> {
  const { project } = args;
  const at = args.cursor === undefined ? { now: context.now(), from: 0 } : cursorIn(args.cursor, args);
  const found = await context.store.insights.list({ now: at.now, ...(project !== undefined && { project }) });
  const fit = found.insights.filter((insight) => passes(insight, args));
  const asked = fit.slice(at.from, at.from + args.limit).map((insight) => insightOnWire(insight, args.response_format));
  const insights = asked.slice(0, fitting(asked, PAGE_BYTES));
  const until = at.from + insights.length;
  const next = until < fit.length ? writeCursor({ now: at.now, from: until }, args) : null;
  return {
    insights,
    total: fit.length,
    next_cursor: next,
    confidence_is: CONFIDENCE_IS,
    hint:
      fit.length === 0 && (await isUnread(context.store))
        ? NOTHING_READ
        : hintFor(insights.length, fit.length, next, args),
    missing: missingFor(args, found.lookedAt, found.errors),
  };
}

const passes = ({ category, confidence }: Insight, args: InsightArguments): boolean =>
  (args.category === undefined || args.category === category) &&
  // Nothing knows its component yet, so none is of the one that was asked for.
  args.component === undefined &&
  confidence >= args.min_confidence;

function missingFor({ category, component }: InsightArguments, lookedAt: number, errors: number): string[] {
  const parts = ['insights: only errors that came back in 3 conversations or more, category "recurring_error"'];
  if (errors > lookedAt) parts.push(`insights: of ${errors} errors the latest ${lookedAt} were looked at`);
  if (component !== undefined) parts.push('component: not recorded yet, so none matches; leave it out');
  if (category !== undefined && category !== 'recurring_error') parts.push('category: there is no other yet');
  return parts;
}

function hintFor(shown: number, total: number, next: string | null, args: InsightArguments): string {
  if (next !== null) {
    return `${shown} of ${total} shown. For the rest call ${nextCall('get_insights', { ...args, cursor: next }, DEFAULTS)}`;
  }
  if (shown > 0) return `${shown} of ${total} shown, surest first.`;
  return 'Nothing to tell. get_error_correlations shows single errors, get_task_analytics how tasks go.';
}

/** The clock of the first page goes along: with a later one the order might be another. */
interface Place {
  readonly now: number;
  readonly from: number;
}

const queryOf = ({ category, component, project, min_confidence: least }: InsightArguments): string =>
  hash('sha256', JSON.stringify([category, component, project, least])).slice(0, 12);

const writeCursor = ({ now, from }: Place, args: InsightArguments): string =>
  Buffer.from(JSON.stringify([now, from, queryOf(args)])).toString('base64url');

const CursorText = z.tuple([z.int().min(0), z.int().min(0), z.string()]);

function cursorIn(text: string, args: InsightArguments): Place {
  const read = CursorText.safeParse(jsonOf(Buffer.from(text, 'base64url').toString()));
  if (!read.success || read.data[2] !== queryOf(args)) throw badCursor();
  return { now: read.data[0], from: read.data[1] };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
