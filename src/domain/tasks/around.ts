/**
 * What is known of a task beside what conversations say of it. `correlate` finds it and the ledger keeps it beside the
 * record, so that merging records, in whatever order files are read, knows nothing of it.
 */
import { PRIORITIES, type Priority } from '../model.js';

export interface Around {
  readonly component?: { readonly name: string; readonly why: string };
  /** Errors tied to it that still happen, and how bad the worst of them is. */
  readonly live?: { readonly count: number; readonly severity: Priority };
  /** Open tasks that wait for it, where that is another number than its record names. */
  readonly waiting?: number;
}

/** So it is until `correlate` has looked, and of most tasks ever after. */
export const NOTHING: Around = {};

const DAY_MS = 86_400_000;
/** An error that was silent for this long is not live any more. */
const LIVE_MS = 7 * DAY_MS;

export interface TiedError {
  /** `named`: texts or names tie it. `meanwhile`: it happened while the task was under way, as failures of any work do. */
  readonly by: 'named' | 'meanwhile';
  readonly lastAt: number;
  readonly severity: Priority;
}

/**
 * Which of the errors that a task is tied to still happen: within the last week, and where they only happened beside the
 * work, again after the task was last touched.
 * @param touchedAt the task's last event
 * @returns `until`: when the first of them stops being live if it stays silent
 */
export function liveOf(
  errors: readonly TiedError[],
  touchedAt: number,
  now: number,
): { readonly live: NonNullable<Around['live']>; readonly until: number } | null {
  const live = errors.filter(({ by, lastAt }) => lastAt > now - LIVE_MS && (by === 'named' || lastAt > touchedAt));
  const [first, ...rest] = live;
  if (first === undefined) return null;
  const worst = rest.reduce((worse, { severity }) => graver(worse, severity), first.severity);
  return {
    live: { count: live.length, severity: worst },
    until: Math.min(...live.map(({ lastAt }) => lastAt)) + LIVE_MS,
  };
}

const graver = (a: Priority, b: Priority): Priority => (PRIORITIES.indexOf(a) <= PRIORITIES.indexOf(b) ? a : b);
