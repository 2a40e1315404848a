import { z } from 'zod';
import { instantOf, isoOf, Since } from '../views/contract.js';
import { defineTool } from '../define.js';
import { isUnread, NOTHING_READ } from '../errors.js';
import {
  byComponentOf,
  GROUPINGS,
  hintFor,
  leadTimeOf,
  missingFor,
  pageOf,
  rateOf,
  totalsOf,
} from '../views/analytics.js';
import { forecastOnWire, PredictionRow, predictionsOf } from '../views/prediction.js';
import type { ToolContext } from '../tool.js';

const DAY_MS = 86_400_000;
/** Without `since` the trend goes back this many days. */
const USUAL_DAYS = { day: 14, week: 84 } as const;
/** Open tasks that are predicted, those that the list of tasks begins with. */
const PREDICTED = 10;
/** A trend by day that would be longer is one by week; of a longer one the latest weeks are told. */
const MOST = { day: 31, week: 53 } as const;

const input = z.strictObject({
  since: Since.optional(),
  project: z.string().min(1).max(200).optional(),
  group_by: z.enum(GROUPINGS).default('day'),
});
type AnalyticsArguments = z.output<typeof input>;

const Count = z.record(z.string(), z.int());
const output = z.strictObject({
  totals: z.looseObject({ all: z.int(), open: z.int(), completed: z.int(), cancelled: z.int() }),
  /** completed / (open + completed + cancelled) of what `totals` counts; null where there is nothing to divide by. */
  completion_rate: z.number().nullable(),
  by_status: Count,
  by_priority: Count,
  by_component: Count,
  groups: z.array(z.looseObject({ key: z.string(), all: z.int() })).optional(),
  groups_total: z.int().optional(),
  trend: z.array(z.looseObject({ from: z.string(), opened: z.int().nullable(), completed: z.int() })),
  lead_time: z.looseObject({ sample: z.int(), p50_hours: z.number().nullable() }),
  predictions: z.array(PredictionRow),
  /** What the predictions stand on, or what is wanting for them. */
  forecast: z.looseObject({ state: z.string() }),
  hint: z.string(),
  missing: z.array(z.string()),
});

export const getTaskAnalytics = defineTool({
  name: 'get_task_analytics',
  title: 'Task analytics',
  description:
    'Lead time, completion rate, trend by day or week, counts by status, priority, component, project or source; chances that ' +
    'the top open tasks get done in 7 days. since: tasks touched since then.',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  input,
  output,
  run: readAnalytics,
});

async function readAnalytics(
  args: AnalyticsArguments,
  { store, now }: Pick<ToolContext, 'store' | 'now'>,
): Promise<z.output<typeof output>> {
  const at = now();
  const since = args.since === undefined ? null : instantOf(args.since, at);
  const step = stepOf(args.group_by, since, at);
  const scope = args.project === undefined ? {} : { project: args.project };
  const { group_by: by } = args;
  const [found, { tasks }] = await Promise.all([
    store.analytics({
      ...scope,
      now: at,
      trend: { from: since ?? at - USUAL_DAYS[step] * DAY_MS, step, most: MOST[step] },
      ...(since !== null && { since }),
      ...(by !== 'day' && by !== 'week' && by !== 'status' && { groupBy: by }),
    }),
    store.tasks.list({ ...scope, limit: PREDICTED, isBrief: true }),
  ]);
  const predictions = await store.predictions({ ids: tasks.map(({ id }) => id), now: at });
  const totals = totalsOf(found.byStatus);
  const answer = {
    totals,
    completion_rate: rateOf(totals),
    by_status: { ...found.byStatus },
    by_priority: { ...found.openByPriority },
    by_component: byComponentOf(found),
    trend: found.trend.map(({ from, opened, completed, cancelled }) => ({
      from: isoOf(from).slice(0, 10),
      opened,
      completed,
      cancelled,
    })),
    lead_time: leadTimeOf(found.leadTime),
    predictions: predictionsOf(tasks, predictions),
    forecast: forecastOnWire(predictions.forecast),
    hint: totals.all === 0 && (await isUnread(store)) ? NOTHING_READ : hintFor(by, since, step, found),
    missing: missingFor(by, found, predictions.forecast),
  };
  return pageOf(answer, by, found);
}

function stepOf(groupBy: AnalyticsArguments['group_by'], since: number | null, now: number): 'day' | 'week' {
  if (groupBy === 'week') return 'week';
  return since !== null && now - since > (MOST.day - 1) * DAY_MS ? 'week' : 'day';
}
