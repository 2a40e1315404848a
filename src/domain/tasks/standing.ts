/** What a record says of how its task stands. */
import type { Status } from '../model.js';
import type { StatusEvent, TaskRecord } from './record.js';

/** How the task stands: the latest change by hand, else the latest event. */
export interface Standing {
  readonly status: Status;
  readonly event: StatusEvent | null;
  /** The conversation said otherwise after the hand. */
  readonly contradictedBy: StatusEvent | null;
}

export function standingOf(record: TaskRecord): Standing {
  const said = record.events.findLast((event) => event.by === 'conversation') ?? null;
  const { hand } = record;
  if (hand !== null) {
    const contrary = said !== null && said.at > hand.at && said.status !== hand.status ? said : null;
    return { status: hand.status, event: hand, contradictedBy: contrary };
  }
  return { status: said?.status ?? 'pending', event: said, contradictedBy: null };
}

/** Not shown anywhere: it has no title yet, or the call that brought it failed. */
export function isHidden(record: TaskRecord): boolean {
  const { event } = standingOf(record);
  return record.title === null || event === null || (event.why === 'undone' && event.status === 'cancelled');
}
