/** Where the lists keep a task. */
import { lookOf } from '../ids.js';
import type { Listing, Priority } from '../model.js';
import { NOTHING, type Around } from './around.js';
import { pressingOf, priorityOf, rankOf } from './rank.js';
import type { TaskRecord } from './record.js';
import { isHidden, standingOf, type Standing } from './standing.js';
import { tallyOf, verdictOf, type Tally } from './verdict.js';
import { waitsOf } from './waits.js';

/** Where the indexes keep a task; null where they do not. All of it follows from the record and what is around it, never from the clock. */
export interface Place {
  readonly status: Listing;
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
  /** What it waits for, in words; see `waitsOf`. */
  readonly waits: string | null;
  /** The task that it was merged into. */
  readonly into: string | null;
  readonly tally: Tally | null;
  /** Events for the activity list: `[eventId, at]`. */
  readonly events: readonly (readonly [string, number])[];
}

/** What subagents list for themselves is in no list. */
export const isListed = (record: TaskRecord): boolean => !isHidden(record) && record.agent === null;

export function placeOf(record: TaskRecord, around: Around = NOTHING): Place | null {
  if (!isListed(record)) return null;
  const standing = standingOf(record);
  const verdict = verdictOf(record);
  const pressing = pressingOf(record, standing, around);
  return {
    status: listingOf(record, standing),
    priority: record.priority?.value ?? priorityOf(pressing),
    component: around.component?.name ?? null,
    project: record.project?.value ?? null,
    rank: rankOf(record, pressing),
    lastAt: record.lastAt,
    sessions: Object.keys(record.sessions),
    look: lookOf(record.title?.value ?? ''),
    blockedBy: record.blockedBy,
    waits: waitsOf(record, standing),
    into: verdict?.is === 'merged' ? verdict.into : null,
    tally: tallyOf(record),
    events: [...record.events, ...(record.ruling === undefined ? [] : [record.ruling])].map(
      (event) => [event.ev, event.at] as const,
    ),
  };
}

/** See `LISTINGS`. */
export function listingOf(record: TaskRecord, { status, event }: Standing = standingOf(record)): Listing {
  return verdictOf(record)?.is ?? (status === 'cancelled' && event?.why === 'dropped' ? 'dropped' : status);
}
