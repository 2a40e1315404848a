import type { JobName } from './index.js';

/** When a job comes back by itself: every so many milliseconds, or at a cron pattern (five fields, local time). */
export type Schedule = { readonly everyMs: number } | { readonly cron: string };

/** What recurs. `config.json` `schedules` may change or switch off a row; `watch` upserts them at start. */
export const clock = [
  { name: 'correlate', payload: { reason: 'scheduled' }, schedule: { everyMs: 60_000 } },
  { name: 'insight', payload: { reason: 'scheduled' }, schedule: { everyMs: 10 * 60_000 } },
  { name: 'health-check', payload: { reason: 'scheduled' }, schedule: { everyMs: 60_000 } },
] as const satisfies readonly { name: JobName; payload: { reason: 'scheduled' }; schedule: Schedule }[];
