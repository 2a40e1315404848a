/** What makes a task more pressing than another, and why. */
import type { Priority } from '../model.js';
import type { TaskRecord } from './record.js';
import type { Standing } from './standing.js';

/** What decides the place in the list beside time, in days that it counts as younger. */
export function bonusOf(record: TaskRecord, standing: Standing): { days: number; reasons: string[] } {
  const parts: [number, string][] = [];
  const stated = record.priority?.value ?? null;
  if (stated !== null)
    parts.push([{ critical: 30, high: 14, medium: 3, low: -10 }[stated], `${stated} priority stated`]);
  if (standing.status === 'in_progress') parts.push([3, 'already begun']);
  if (standing.contradictedBy !== null) parts.push([7, 'the conversation says otherwise than the hand']);
  if (standing.event?.why === 'reopened') parts.push([2, 'reopened']);
  const waiting = record.blocks.length;
  if (waiting > 0)
    parts.push([2 * Math.log2(1 + waiting), `${waiting} ${waiting === 1 ? 'task waits' : 'tasks wait'} for it`]);
  const sessions = Object.keys(record.sessions).length;
  if (sessions > 1) parts.push([Math.log2(sessions), `told in ${sessions} sessions`]);
  return { days: parts.reduce((sum, [days]) => sum + days, 0), reasons: parts.map(([, reason]) => reason) };
}

const HOUR_MS = 3_600_000;
/** What a step down in its list costs, in days: under a second, so that it decides only within an hour. */
const STEP_DAYS = 1e-5;

/**
 * Days since 1970 of the hour of the last event, plus what makes a task more pressing in days: the order of "hot" lists,
 * which does not change as time goes by. Items of one list that were touched within the same hour keep the list's order.
 */
export function rankOf(record: TaskRecord, bonusDays: number): number {
  const hours = Math.floor(record.lastAt / HOUR_MS);
  const place = Number(record.place?.value ?? 0);
  return Math.round((hours / 24 + bonusDays - Math.min(place, 2_000) * STEP_DAYS) * 1e6) / 1e6;
}

export const bandOf = (days: number): Priority =>
  days >= 20 ? 'critical' : days >= 7 ? 'high' : days >= 0 ? 'medium' : 'low';
