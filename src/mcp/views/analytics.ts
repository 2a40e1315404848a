/** How tasks go, as clients see it. */
import type { Analytics, Predictions } from '../../store/measures.js';
import { isoOf } from './contract.js';
import { bytesOf, fitting, PAGE_BYTES } from './page.js';
import { plain } from './plain.js';
import { whyNoForecast } from './prediction.js';

export const GROUPINGS = ['day', 'week', 'project', 'priority', 'component', 'source', 'status'] as const;
type GroupBy = (typeof GROUPINGS)[number];

/** Left for the rows of a grouping, where one is asked for. */
const GROUP_BYTES = 2_500;
const MOST_COMPONENTS = 30;

type ByStatus = Analytics['byStatus'];
export const totalsOf = ({ pending, in_progress: begun, blocked, completed, cancelled }: ByStatus) => {
  const open = pending + begun + blocked;
  return { all: open + completed + cancelled, open, completed, cancelled };
};

export const rateOf = ({ all, completed }: { readonly all: number; readonly completed: number }): number | null =>
  all === 0 ? null : Math.round((completed / all) * 1_000) / 1_000;

export const leadTimeOf = ({
  sample,
  neverOpen,
  p50Hours,
  p75Hours,
  p90Hours,
  ofCompleted,
}: Analytics['leadTime']) => ({
  p50_hours: p50Hours,
  p75_hours: p75Hours,
  p90_hours: p90Hours,
  sample,
  never_open: neverOpen,
  of_completed: ofCompleted,
  is: 'hours from first mention to completion, of the latest completed tasks (at most 100); never_open were first told of as done and are left out',
});

/** A long trend may leave no room for all predictions. */
function fitted<Answer extends { readonly predictions: readonly unknown[] }>(answer: Answer, bytes: number): Answer {
  for (let most = answer.predictions.length; ; most -= 1) {
    const shorter = { ...answer, predictions: answer.predictions.slice(0, most) };
    if (most === 0 || bytesOf(shorter) <= bytes) return shorter;
  }
}

/** Of many components those with the most open tasks. */
export const byComponentOf = ({ openByComponent }: Analytics): Record<string, number> =>
  Object.fromEntries(
    Object.entries(openByComponent)
      .sort(([, a], [, b]) => b - a)
      .slice(0, MOST_COMPONENTS)
      .map(([name, n]) => [plain(name, 60), n]),
  );

/** As many predictions as fit, and rows of the grouping that was asked for; days and weeks are in `trend`. */
export function pageOf<Answer extends { readonly predictions: readonly unknown[] }>(
  whole: Answer,
  by: GroupBy,
  found: Analytics,
) {
  if (by === 'day' || by === 'week') return fitted(whole, PAGE_BYTES);
  const answer = fitted(whole, PAGE_BYTES - GROUP_BYTES);
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

export function hintFor(
  by: GroupBy,
  since: number | null,
  step: 'day' | 'week',
  { trend, countedAt }: Analytics,
): string {
  const scope =
    since === null
      ? 'Counts are of the whole ledger'
      : `Counts and lead_time are of tasks whose last event is since ${isoOf(since)}`;
  return (
    `${scope}; completion_rate = completed / (open + completed + cancelled). by_priority and by_component count all open tasks${by === 'priority' || by === 'component' ? ', groups all tasks' : ''}. ` +
    (by === 'source' && countedAt !== null
      ? `groups were counted at ${isoOf(countedAt)}${since === null ? '' : ', from the start of the day of since (UTC)'}. `
      : '') +
    `trend: the last ${trend.length} ${step}s, UTC${step === 'week' ? ' from Monday' : ''}, completed and cancelled by last event. ` +
    'predictions are of the top open tasks. get_unfinished_tasks lists the tasks themselves.'
  );
}

export function missingFor(
  by: GroupBy,
  { trend, groupsLeftOut, openByComponent, countedAt }: Analytics,
  forecast: Predictions['forecast'],
): string[] {
  const unsaid = whyNoForecast(forecast);
  const parts = unsaid === null ? [] : [unsaid];
  if (Object.keys(openByComponent).length === 0) parts.push('by_component: no open task was found to belong to one');
  if (by === 'source' && countedAt === null) parts.push('groups: the insight worker has not counted by source yet');
  if (trend.some(({ opened }) => opened === null)) {
    parts.push('trend: opened is null where the events that tell it are not kept, or too many to be read at once');
  }
  if (groupsLeftOut > 0) parts.push(`groups: ${groupsLeftOut} projects were not looked at`);
  return parts;
}
