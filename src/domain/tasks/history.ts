/** What happened to a task, as readers see it. */
import type { TaskChange } from '../model.js';
import { reasonInWords } from './reasons.js';
import type { StatusEvent, TaskRecord } from './record.js';

/** Changes of its status, with what a hand said of the task as a whole among them; oldest first. */
export function historyOf(record: TaskRecord, sessionOf: (event: StatusEvent) => string | null): TaskChange[] {
  const changes = record.events.map((event): TaskChange => {
    const sessionId = sessionOf(event);
    const line = sessionId === null ? null : (event.refs[sessionId] ?? null);
    return { at: event.at, status: event.status, reason: reasonInWords(event), by: event.by, sessionId, line };
  });
  const { ruling } = record;
  if (ruling === undefined) return changes;
  const { is, into, why, at } = ruling;
  const reason = is === 'merged' ? `into ${into ?? ''}${why === null ? '' : `: ${why}`}` : why;
  const said: TaskChange = { at, status: is, reason, by: 'hand', sessionId: null, line: null };
  const later = changes.findIndex((change) => change.at > at);
  return later < 0 ? [...changes, said] : changes.toSpliced(later, 0, said);
}
