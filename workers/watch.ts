/** Turns what happens to transcripts, and the clock, into jobs. It reads no transcript and writes nothing but jobs. */
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageVersion } from '../src/config.js';
import { UnavailableError, messageOf } from '../src/errors.js';
import type { Ask } from '../src/queue/enqueue.js';
import { scheduleRows, syncSchedulers } from '../src/queue/schedule.js';
import { trimSystemLogs } from '../src/sources/own-logs.js';
import { found, listTree, statOf, type FoundFile } from '../src/sources/tree.js';
import { NO_WATCHES, watchTree } from '../src/sources/watch.js';
import type { FilePosition, StoreWriter } from '../src/store/writer.js';
import { defineProcess, type ProcessContext } from './define.js';

/** All in milliseconds, but for the last three. */
export interface Pace {
  /** Every file is compared with its checkpoint: what was lost on the way (events, jobs) is asked for again. */
  readonly sweepEveryMs: number;
  /** The same while the kernel gives no more watches. */
  readonly blindSweepEveryMs: number;
  /** The same for files that changed within `recentMs`. */
  readonly recentEveryMs: number;
  readonly recentMs: number;
  readonly retryAfterMs: number;
  /** Requests for jobs on their way at the same time. */
  readonly inFlight: number;
  readonly positionsAtOnce: number;
  /** So many sweeps in a row without a byte of progress, although jobs were asked for, are worth a warning. */
  readonly staleSweeps: number;
}

const PACE: Pace = {
  sweepEveryMs: 600_000,
  blindSweepEveryMs: 60_000,
  recentEveryMs: 30_000,
  recentMs: 600_000,
  retryAfterMs: 1_000,
  inFlight: 8,
  positionsAtOnce: 500,
  staleSweeps: 3,
};

export default defineProcess({ name: 'watch', start: (context) => followTranscripts(context) });

type Needs = Pick<ProcessContext, 'enqueue' | 'settings' | 'defer' | 'signal' | 'now' | 'log'> & {
  readonly config: Pick<ProcessContext['config'], 'home' | 'transcripts' | 'schedules'>;
  readonly store: Pick<StoreWriter, 'positions'>;
};

/**
 * Follows the configured roots until `signal` aborts. Returns once they are watched; the first sweep is then under way,
 * newest files first. The sweeps are the guarantee that every byte is asked for: an event, a job or a request may get
 * lost, since the next sweep sees that the file is ahead of its checkpoint.
 */
export async function followTranscripts(context: Needs, pace: Partial<Pace> = {}): Promise<void> {
  const { config, store, signal, now, log } = context;
  const { roots, include, exclude } = config.transcripts;
  const tree = { roots, include, exclude };
  const times = { ...PACE, ...pace };
  const version = packageVersion();
  const requests = askFor(context.enqueue, times, signal, log);
  /** When each of the files that changed lately did so last. */
  const recent = new Map<string, number>();
  /** Files that were asked for and have not moved: since how many sweeps, and where they stand. */
  const stuck = new Map<string, { readonly nextByte: number; readonly sweeps: number }>();
  let blind = false;

  /** Asks for those of `files` that are not where their checkpoint says. Returns how many, and how many do not move. */
  const compare = async (
    files: readonly FoundFile[],
    urgency: Urgency,
  ): Promise<{ asked: number; stale: string[] }> => {
    let asked = 0;
    const stale: string[] = [];
    for (let from = 0; from < files.length; from += times.positionsAtOnce) {
      signal.throwIfAborted();
      const batch = files.slice(from, from + times.positionsAtOnce);
      const positions = await store.positions(batch.map((file) => file.path));
      for (const [at, file] of batch.entries()) {
        const position = positions[at] ?? null;
        if (!needsLook(file, position, version)) {
          stuck.delete(file.path);
          continue;
        }
        asked += 1;
        requests.ask(file.path, urgency);
        if (urgency === 'live') continue;
        const nextByte = position?.nextByte ?? 0;
        const before = stuck.get(file.path);
        const sweeps = before?.nextByte === nextByte ? before.sweeps + 1 : 0;
        stuck.set(file.path, { nextByte, sweeps });
        // A tail that no one finishes is read, but stays.
        if (sweeps >= times.staleSweeps && position?.size !== file.size) stale.push(file.path);
      }
    }
    return { asked, stale };
  };

  const sweep = async (): Promise<void> => {
    const startedAt = now();
    let unreadable = 0;
    const files = await listTree(tree, () => (unreadable += 1), signal);
    files.sort((a, b) => b.mtimeMs - a.mtimeMs);
    for (const file of files) {
      if (startedAt - file.mtimeMs >= times.recentMs) break;
      recent.set(file.path, Math.max(file.mtimeMs, recent.get(file.path) ?? 0));
    }
    const { asked, stale } = await compare(files, 'backfill');
    const present = new Set(files.map((file) => file.path));
    for (const path of stuck.keys()) if (!present.has(path)) stuck.delete(path);
    log.info('sweep.done', { files: files.length, asked, unreadable, tookMs: now() - startedAt });
    if (stale.length > 0) {
      log.warn('file.stale', { files: stale.length, example: stale[0], sweeps: times.staleSweeps });
    }
  };

  const compareRecent = async (): Promise<void> => {
    const files: FoundFile[] = [];
    for (const [path, changedAt] of recent) {
      const stat = now() - changedAt < times.recentMs ? statOf(path, () => undefined) : null;
      if (stat === null) recent.delete(path);
      else files.push(found(path, stat));
    }
    if (files.length > 0) await compare(files, 'live');
  };

  await watchTree({
    ...tree,
    signal,
    onFile: (path, what) => {
      if (what === 'gone') {
        // What was read of it stays in the ledger.
        recent.delete(path);
        log.info('file.gone', { file: path });
        return;
      }
      recent.set(path, now());
      requests.ask(path, 'live');
      log.debug(what === 'found' ? 'file.found' : 'file.grown', { file: path });
    },
    onUnreadable: (path, code) => {
      if (code === 'ENOSPC') blind = true;
      log.warn('file.unreadable', { file: path, code, ...(code === 'ENOSPC' && { cure: NO_WATCHES }) });
    },
  });

  const untilItWorks = async (what: () => Promise<unknown>): Promise<void> => {
    for (;;) {
      try {
        await what();
        return;
      } catch (error) {
        if (!(error instanceof UnavailableError)) throw error;
        log.warn('redis.waiting', { error: messageOf(error) });
        await sleep(times.retryAfterMs, undefined, { signal });
      }
    }
  };
  const loop = async (everyMs: () => number, what: () => Promise<unknown>, atOnce: boolean): Promise<void> => {
    try {
      if (!atOnce) await sleep(everyMs(), undefined, { signal });
      for (;;) {
        await untilItWorks(what);
        await sleep(everyMs(), undefined, { signal });
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  };
  // Schedulers with the sweep: one whose next job was removed on the board would stay silent for ever.
  const setSchedulers = (): Promise<unknown> => syncSchedulers(context.settings, scheduleRows(config), signal);
  const sweepEveryMs = (): number => (blind ? times.blindSweepEveryMs : times.sweepEveryMs);
  const trimLogs = (): Promise<void> => {
    trimSystemLogs(config.home);
    return Promise.resolve();
  };
  const loops = Promise.all([
    loop(() => times.sweepEveryMs, trimLogs, true),
    loop(() => times.sweepEveryMs, setSchedulers, true),
    loop(sweepEveryMs, sweep, true),
    loop(() => times.recentEveryMs, compareRecent, false),
  ]);
  context.defer(async () => {
    await loops;
    await requests.settled();
  });
}

/** Whether a job could bring the ledger further: the file differs from what its checkpoint has seen, or was not read to its end. */
export function needsLook(file: FoundFile, position: FilePosition | null, version: string): boolean {
  if (position === null) return true;
  if (position.quarantine !== null) {
    return position.quarantine.size !== file.size || position.quarantine.version !== version;
  }
  const same = position.size === file.size && position.mtimeMs === file.mtimeMs && position.ino === file.ino;
  return !same || position.nextByte < file.size;
}

type Urgency = 'live' | 'backfill';

interface Requests {
  /** Sees to it that a job is asked for after this moment, however long Redis is away. Live ones go first. */
  ask(path: string, urgency: Urgency): void;
  /** Resolves when nothing is on its way any more. */
  settled(): Promise<void>;
}

/** Holds each path once until its job is on the queue, a few at a time: memory is bounded by the number of files. */
function askFor(
  enqueue: Ask,
  { inFlight, retryAfterMs }: Pick<Pace, 'inFlight' | 'retryAfterMs'>,
  signal: AbortSignal,
  log: Needs['log'],
): Requests {
  const host = hostname();
  const waiting = { live: new Set<string>(), backfill: new Set<string>() };
  const underWay = new Map<string, Promise<void>>();
  let pause: Promise<void> | null = null;

  const add = (path: string, urgency: Urgency): void => {
    if (urgency === 'live') waiting.backfill.delete(path);
    if (urgency === 'live' || !waiting.live.has(path)) waiting[urgency].add(path);
  };
  const next = (): { path: string; urgency: Urgency } | null => {
    for (const urgency of ['live', 'backfill'] as const) {
      // One that is under way is asked for again when it is done: its job may have run before the latest change.
      for (const path of waiting[urgency]) if (!underWay.has(path)) return { path, urgency };
    }
    return null;
  };
  const request = async (path: string, urgency: Urgency): Promise<void> => {
    try {
      await enqueue('ingest', { kind: 'transcript', host, path, urgency });
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error;
      add(path, urgency);
      if (pause !== null || signal.aborted) return;
      log.warn('redis.waiting', { error: messageOf(error), files: waiting.live.size + waiting.backfill.size });
      pause = sleep(retryAfterMs, undefined, { signal }).catch(() => undefined);
      void pause.then(() => {
        pause = null;
        send();
      });
    }
  };
  const send = (): void => {
    while (pause === null && !signal.aborted && underWay.size < inFlight) {
      const one = next();
      if (one === null) return;
      waiting[one.urgency].delete(one.path);
      const done = request(one.path, one.urgency).finally(() => {
        underWay.delete(one.path);
        send();
      });
      underWay.set(one.path, done);
    }
  };
  return {
    ask: (path, urgency) => {
      add(path, urgency);
      send();
    },
    settled: async () => {
      await Promise.all(underWay.values());
    },
  };
}
