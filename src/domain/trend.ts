/** Whether something happens more often than it used to. */

const DAY_MS = 86_400_000;

export type Trend = 'rising' | 'falling' | 'steady' | 'new' | 'quiet';

interface Pace {
  readonly firstAt: number;
  /** All occurrences. */
  readonly count: number;
  /** Of those, within the 24 hours before `now`. */
  readonly lastDay: number;
}

/** Mean occurrences a day from the first one up to 24 hours ago; 0 for what is younger. Less than a day counts as one. */
export function perDayBefore({ firstAt, count, lastDay }: Pace, now: number): number {
  const before = count - lastDay;
  return before <= 0 ? 0 : before / Math.max(1, (now - DAY_MS - firstAt) / DAY_MS);
}

/**
 * The last 24 hours against the mean day before them: `new`, when the first occurrence lies in them; `quiet`, when none
 * does; `rising` from two on and above, `falling` below the mean by more than twice its square root, the standard
 * deviation of a count whose occurrences know nothing of each other (Poisson); else `steady`.
 */
export function trendOf(pace: Pace, now: number): Trend {
  const { firstAt, lastDay } = pace;
  if (lastDay === 0) return 'quiet';
  if (firstAt >= now - DAY_MS) return 'new';
  const mean = perDayBefore(pace, now);
  const spread = 2 * Math.sqrt(mean);
  if (lastDay >= 2 && lastDay > mean + spread) return 'rising';
  return lastDay < mean - spread ? 'falling' : 'steady';
}
