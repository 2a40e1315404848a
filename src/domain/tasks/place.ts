/** Where the lists keep a task. */
import { lookOf } from '../ids.js';
import type { Priority, Status } from '../model.js';
import { bandOf, bonusOf, rankOf } from './rank.js';
import type { TaskRecord } from './record.js';
import { isHidden, standingOf } from './standing.js';

/** Where the indexes keep a task; null where they do not. All of it follows from the record alone, never from the clock. */
export interface Place {
  readonly status: Status;
  readonly priority: Priority;
  readonly component: string | null;
  readonly project: string | null;
  /** See `rankOf`. */
  readonly rank: number;
  readonly lastAt: number;
  readonly sessions: readonly string[];
  /** Look-alikes share it. */
  readonly look: string;
  readonly blockedBy: readonly string[];
  /** Events for the activity list: `[eventId, at]`. */
  readonly events: readonly (readonly [string, number])[];
}

export function placeOf(record: TaskRecord): Place | null {
  if (isHidden(record) || record.agent !== null) return null;
  const standing = standingOf(record);
  const bonus = bonusOf(record, standing);
  return {
    status: standing.status,
    priority: record.priority?.value ?? bandOf(bonus.days),
    component: null,
    project: record.project?.value ?? null,
    rank: rankOf(record, bonus.days),
    lastAt: record.lastAt,
    sessions: Object.keys(record.sessions),
    look: lookOf(record.title?.value ?? ''),
    blockedBy: record.blockedBy,
    events: record.events.map((event) => [event.ev, event.at] as const),
  };
}
