/** A report over everything, from the reads of the other tools. Stored text stands in `title`, `template` and `last_error` alone. */
import { conciseTask, isoOf } from './contract.js';
import { fixOnWire, patternOnWire } from './contract-errors.js';
import { insightOnWire } from './insight.js';
import { plain } from './plain.js';
import { forecastOnWire, probabilityIn } from './prediction.js';
import { adviceOf } from './report-advice.js';
import type { Sources } from './report-sources.js';

const TITLE_CHARS = 100;
const DAY_MS = 86_400_000;

/**
 * What a task, an error, a fix or a target comes to in a report, and how many of each there are.
 * @param most entries of each list
 */
export function composeReport(sources: Sources, most: number) {
  const { analytics, open, done, dropped, errors, fixes, insights, health, predictions } = sources;
  const { completed, cancelled } = analytics.byStatus;
  const opened = openedSince(sources);
  const notUp = health.targets.filter(({ status }) => status !== 'up');
  const lists = {
    open: open.tasks.slice(0, most).map((task) => ({
      ...taskLine(task),
      probability_7d: probabilityIn(predictions, task.id),
    })),
    completed: done.tasks.slice(0, most).map(taskLine),
    dropped: dropped.tasks.slice(0, most).map(taskLine),
    errors: errors.patterns.slice(0, most).map((pattern) => {
      const { id, template, class: kind, count, trend, last_seen: last } = patternOnWire(pattern, 'concise');
      return { id, template: plain(template, TITLE_CHARS), class: kind, count, trend, last_seen: last };
    }),
    fixes: fixes.fixes.slice(0, most).map((fix) => {
      const { error_id: error, task_id: task, title, claimed_at: at, verdict, probability } = fixOnWire(fix);
      return { error_id: error, task_id: task, title, claimed_at: at, verdict, probability };
    }),
    insights: insights.insights.slice(0, most).map((insight) => {
      const { id, title, statement, confidence, status } = insightOnWire(insight, 'concise');
      return { id, title, statement, confidence, status };
    }),
    notUp: notUp.slice(0, most),
  };
  return {
    summary: {
      since: isoOf(sources.since),
      until: isoOf(sources.now),
      project: analytics.project === null ? null : plain(analytics.project, 200),
      open_tasks: open.total,
      opened,
      completed,
      cancelled,
      dropped: dropped.total,
      errors: errors.total,
      insights: insights.insights.length,
      health: health.status,
    },
    health: {
      status: health.status,
      checked_at: health.checked_at,
      stale: health.stale,
      targets: health.total,
      not_up: lists.notUp,
    },
    tasks: {
      by_priority: { ...analytics.openByPriority },
      lead_time_p50_hours: analytics.leadTime.p50Hours,
      lead_time_sample: analytics.leadTime.sample,
      forecast: forecastOnWire(predictions.forecast),
      open: lists.open,
      completed: lists.completed,
      dropped: lists.dropped,
    },
    errors: { total: errors.total, total_is: errors.totalIs, latest: lists.errors },
    fixes: lists.fixes,
    insights: lists.insights,
    recommendations: adviceOf(sources),
    shown: {
      open: countOf(lists.open, open.total),
      completed: countOf(lists.completed, done.total, done.totalIs),
      dropped: countOf(lists.dropped, dropped.total, dropped.totalIs),
      errors: countOf(lists.errors, errors.total, errors.totalIs),
      fixes: countOf(lists.fixes, fixes.fixes.length, fixes.nextCursor === null ? 'exact' : 'at_least'),
      insights: countOf(lists.insights, insights.insights.length),
      not_up: countOf(lists.notUp, notUp.length, health.targets.length < health.total ? 'at_least' : 'exact'),
    },
  };
}
export type Report = ReturnType<typeof composeReport>;

function taskLine(task: Sources['open']['tasks'][number]) {
  const { id, title, status, priority, project } = conciseTask({ ...task, title: plain(task.title, TITLE_CHARS) });
  return { id, title, status, priority, project };
}

/** Null where the events that tell it do not go back so far; the first day may have begun before `since`. */
function openedSince({ analytics, since }: Sources): number | null {
  const days = analytics.trend;
  if (days.length === 0 || (days[0]?.from ?? 0) > since + DAY_MS) return null;
  return days.reduce<number | null>((sum, { opened }) => (sum === null || opened === null ? null : sum + opened), 0);
}

const countOf = (shown: readonly unknown[], total: number, totalIs: 'exact' | 'at_least' = 'exact'): string =>
  `${shown.length} of ${totalIs === 'at_least' ? 'at least ' : ''}${total}`;
