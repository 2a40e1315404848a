/** Lessons as the wire has them. What was stored stands in `quote` alone; every other sentence is ours. */
import { z } from 'zod';
import type { Insight } from '../../store/measures.js';
import { isoOf } from './contract.js';
import { plain } from './plain.js';

export const InsightOnWire = z.looseObject({
  id: z.string(),
  title: z.string(),
  statement: z.string(),
  recommendation: z.string(),
  confidence: z.number(),
});

/** @param shape `concise`: a short quote and two sessions; `detailed`: more of both */
export function insightOnWire(insight: Insight, shape: 'concise' | 'detailed') {
  const { statistic: found } = insight;
  const errorClass = plain(insight.errorClass, 20);
  const errorId = plain(insight.errorId, 80);
  const conversations = `${found.conversationsAre === 'at_least' ? 'at least ' : ''}${found.conversations} conversations`;
  const isLong = shape === 'detailed';
  return {
    id: plain(insight.id, 100),
    title: `The same ${errorClass} error in ${conversations}`,
    statement:
      `It happened ${found.occurrences} times in ${conversations} over ${found.observedDays} days, and last ` +
      `${found.silentDays} days ago.`,
    recommendation:
      insight.status === 'active'
        ? `Find its one cause rather than working around it again: call get_error_correlations, then check the fix with validate_fixes {"error_id":"${errorId}"}.`
        : `It has been silent for unusually long. Ask validate_fixes {"error_id":"${errorId}"} whether it was fixed.`,
    confidence: insight.confidence,
    statistic: {
      occurrences: found.occurrences,
      conversations: found.conversations,
      conversations_are: found.conversationsAre,
      observed_days: found.observedDays,
      mean_days_between: found.meanDaysBetween,
      silent_days: found.silentDays,
    },
    evidence: [
      {
        error_id: errorId,
        at: isoOf(insight.firstAt),
        quote: plain(insight.message, isLong ? 400 : 100),
        session_ids: insight.sessions.slice(0, isLong ? 8 : 2).map((id) => plain(id, 80)),
      },
    ],
    category: insight.category,
    component: null,
    project: insight.project === null ? null : plain(insight.project, 200),
    first_seen: isoOf(insight.firstAt),
    last_seen: isoOf(insight.lastAt),
    status: insight.status,
  };
}

/** What `confidence` means, told once per answer. */
export const CONFIDENCE_IS =
  'the chance that the error is met again within 7 days: Poisson rate of conversations with it since the first, Jeffreys prior';
