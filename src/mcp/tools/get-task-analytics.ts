import { z } from 'zod';
import type { Analytics } from '../../store/measures.js';
import { instantOf, isoOf, Since } from '../views/contract.js';
import { defineTool } from '../define.js';
import { isUnread, NOTHING_READ } from '../errors.js';
import { bytesOf, fitting, PAGE_BYTES } from '../views/page.js';
import { plain } from '../views/plain.js';
import type { ToolContext } from '../tool.js';

const DAY_MS = 86_400_000;
/** Without `since` the trend goes back this many days. */
const USUAL_DAYS = { day: 14, week: 84 } as const;
/** A trend by day that would be longer is one by week; of a longer one the latest weeks are told. */
const MOST = { day: 31, week: 53 } as const;

const input = z.strictObject({
  since: Since.optional(),
  project: z.string().min(1).max(200).optional(),
  group_by: z.enum(['day', 'week', 'project', 'priority', 'component', 'status']).default('day'),
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
  predictions: z.array(z.looseObject({})),
  hint: z.string(),
  missing: z.array(z.string()),
});

export const getTaskAnalytics = defineTool({
  name: 'get_task_analytics',
  title: 'Task analytics',
  description:
    'How tasks go: how fast they get done (lead time), completion rate, opened and completed per day or week, counts by ' +
    'status, priority, project. since limits it to tasks touched since then.',
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
  const found = await store.analytics({
    now: at,
    trend: { from: since ?? at - USUAL_DAYS[step] * DAY_MS, step, most: MOST[step] },
    ...(since !== null && { since }),
    ...(args.project !== undefined && { project: args.project }),
    ...((args.group_by === 'project' || args.group_by === 'priority') && { groupBy: args.group_by }),
  });
  const totals = totalsOf(found.byStatus);
  const answer = {
    totals,
    completion_rate: rateOf(totals),
    by_status: { ...found.byStatus },
    by_priority: { ...found.openByPriority },
    by_component: {},
    trend: found.trend.map(({ from, opened, completed, cancelled }) => ({
      from: isoOf(from).slice(0, 10),
      opened,
      completed,
      cancelled,
    })),
    lead_time: leadTimeOf(found.leadTime),
    predictions: [],
    hint:
      totals.all === 0 && (await isUnread(store))
        ? NOTHING_READ
        : hintFor(args.group_by, since, step, found.trend.length),
    missing: missingFor(args.group_by, found),
  };
  return withGroups(answer, args.group_by, found);
}

function stepOf(groupBy: AnalyticsArguments['group_by'], since: number | null, now: number): 'day' | 'week' {
  if (groupBy === 'week') return 'week';
  return since !== null && now - since > (MOST.day - 1) * DAY_MS ? 'week' : 'day';
}

type ByStatus = Analytics['byStatus'];
const totalsOf = ({ pending, in_progress: begun, blocked, completed, cancelled }: ByStatus) => {
  const open = pending + begun + blocked;
  return { all: open + completed + cancelled, open, completed, cancelled };
};

const rateOf = ({ all, completed }: { readonly all: number; readonly completed: number }): number | null =>
  all === 0 ? null : Math.round((completed / all) * 1_000) / 1_000;

const leadTimeOf = ({ sample, neverOpen, p50Hours, p75Hours, p90Hours, ofCompleted }: Analytics['leadTime']) => ({
  p50_hours: p50Hours,
  p75_hours: p75Hours,
  p90_hours: p90Hours,
  sample,
  never_open: neverOpen,
  of_completed: ofCompleted,
  is: 'hours from first mention to completion, of the latest completed tasks (at most 100); never_open were first told of as done and are left out',
});

/** Rows of the grouping that was asked for, as many as fit; days and weeks are in `trend`. */
function withGroups<Answer extends object>(answer: Answer, by: AnalyticsArguments['group_by'], found: Analytics) {
  if (by === 'day' || by === 'week') return answer;
  const rows =
    by === 'status'
      ? Object.entries(found.byStatus).map(([key, all]) => ({ key, all }))
      : found.groups.map(({ key, byStatus }) => {
          const totals = totalsOf(byStatus);
          return { key: plain(key, 200), ...totals, completion_rate: rateOf(totals) };
        });
  const groups = rows.length === 0 ? [] : rows.slice(0, fitting(rows, PAGE_BYTES - bytesOf(answer)));
  return { ...answer, groups, groups_total: rows.length + found.groupsLeftOut };
}

function hintFor(
  by: AnalyticsArguments['group_by'],
  since: number | null,
  step: 'day' | 'week',
  shown: number,
): string {
  const scope =
    since === null
      ? 'Counts are of the whole ledger'
      : `Counts and lead_time are of tasks whose last event is since ${isoOf(since)}`;
  return (
    `${scope}; completion_rate = completed / (open + completed + cancelled). ${by === 'priority' ? 'by_priority counts all open tasks, groups all tasks' : 'by_priority counts all open tasks'}. ` +
    `trend: the last ${shown} ${step}s, UTC${step === 'week' ? ' from Monday' : ''}, completed and cancelled by last event. ` +
    'get_unfinished_tasks lists the tasks themselves.'
  );
}

function missingFor(by: AnalyticsArguments['group_by'], { trend, groupsLeftOut }: Analytics): string[] {
  const parts = ['predictions: not made yet', 'by_component: components are not recorded yet'];
  if (by === 'component') parts.push('groups: group by project, priority or status instead');
  if (trend.some(({ opened }) => opened === null)) {
    parts.push('trend: opened is null where the events that tell it are not kept, or too many to be read at once');
  }
  if (groupsLeftOut > 0) parts.push(`groups: ${groupsLeftOut} projects were not looked at`);
  return parts;
}
