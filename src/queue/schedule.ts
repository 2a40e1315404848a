/** What recurs: job schedulers in Redis, which go on whoever is running. */
import { isDeepStrictEqual } from 'node:util';
import { clock, type Schedule } from '../../jobs/clock.js';
import type { JobName } from '../../jobs/index.js';
import { log } from '../logger.js';
import { openQueues } from './connection.js';
import { jobOptions } from './enqueue.js';
import { JOB_NAMES, type QueueSettings } from './settings.js';

/** One recurring job; there is one row a queue, and `schedule` false switches it off. */
export interface ScheduleRow {
  readonly name: JobName;
  readonly payload: { readonly reason: 'scheduled' };
  readonly schedule: Schedule | false;
}

/** The rows of `jobs/clock.ts`, each with the schedule that the configuration gives it. */
export function scheduleRows(config: {
  readonly schedules: Readonly<Record<(typeof clock)[number]['name'], Schedule | false>>;
}): readonly ScheduleRow[] {
  return clock.map((row) => ({ ...row, schedule: config.schedules[row.name] }));
}

/**
 * Makes the schedulers in Redis be those of `rows`: sets new and changed ones, leaves the others as they are, so that
 * a start does not put off what was due, and removes those that have no row. Waits for Redis until `signal` aborts.
 */
export async function syncSchedulers(
  settings: QueueSettings,
  rows: readonly ScheduleRow[],
  signal?: AbortSignal,
): Promise<{ readonly set: readonly string[]; readonly removed: readonly string[] }> {
  const line = openQueues(settings, 'schedules');
  const give = (): void => line.drop();
  signal?.addEventListener('abort', give, { once: true });
  if (signal?.aborted) give();
  const set: string[] = [];
  const removed: string[] = [];
  try {
    for (const name of JOB_NAMES) {
      const queue = line.queue(name);
      const row = rows.find((candidate) => candidate.name === name);
      const present = await queue.getJobSchedulers(0, -1);
      for (const { key } of present) {
        if (key === row?.name && row.schedule !== false) continue;
        await queue.removeJobScheduler(key);
        removed.push(key);
        log.info('scheduler.removed', { job: name, scheduler: key });
      }
      if (row === undefined || row.schedule === false) continue;
      const wanted = 'cron' in row.schedule ? { pattern: row.schedule.cron } : { every: row.schedule.everyMs };
      const same = present.find(({ key }) => key === name);
      const opts = jobOptions(name, settings);
      const unchanged =
        same !== undefined &&
        ('every' in wanted ? Number(same.every) === wanted.every : same.pattern === wanted.pattern) &&
        isDeepStrictEqual(same.template?.data, row.payload) &&
        same.template?.opts?.attempts === opts.attempts &&
        isDeepStrictEqual(same.template.opts.backoff, opts.backoff) &&
        // Each job that completes trims all others by its own options.
        isDeepStrictEqual(same.template.opts.removeOnComplete, opts.removeOnComplete) &&
        isDeepStrictEqual(same.template.opts.removeOnFail, opts.removeOnFail);
      // Someone may have removed its next job on the board, which stops a scheduler for good.
      if (unchanged && (await queue.getJob(`repeat:${name}:${same.next}`)) !== undefined) continue;
      await queue.upsertJobScheduler(name, wanted, { name, data: row.payload, opts });
      set.push(name);
      log.info('scheduler.set', { job: name, ...wanted });
    }
    return { set, removed };
  } finally {
    signal?.removeEventListener('abort', give);
    await line.close();
  }
}
