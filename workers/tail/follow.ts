/**
 * All configured logs, followed until the process stops. Beyond 300 lines: reading, waiting for silence, handing over and
 * confirming take turns at the same fields of each log.
 */
import { hostname } from 'node:os';
import type { Config } from '../../src/config.js';
import { loadRedactor } from '../../src/redaction.js';
import {
  createFollower,
  type Follower,
  type Generation,
  type Identity,
  type Known,
  type LogSource,
  type Piece as Bytes,
} from '../../src/sources/tail/index.js';
import type { LogReaderState } from '../../src/domain/log/index.js';
import { ForgottenError, type LogMemory } from '../../src/store/index.js';
import type { ProcessContext } from '../define.js';
import { createHandOver, pause } from './hand-over.js';
import { createReading, startOf, type Reading } from './reading.js';
import { createReporter } from './report.js';
import { createUnconfirmed, type Unconfirmed } from './unconfirmed.js';
import { clockOf, componentOf, sourcesOf, type LogConfig } from './sources.js';

export type TailContext = Pick<ProcessContext, 'store' | 'enqueue' | 'queues' | 'defer' | 'signal' | 'now' | 'log'> & {
  readonly config: Pick<Config, 'home' | 'logs' | 'redaction'>;
};

/** All but the last one in milliseconds. */
export interface TailPace {
  /** An event waits so long for company before its piece is handed over. */
  readonly gatherMs: number;
  /** After so much silence an event that could go on is given out, and after so much a line without its end. */
  readonly quietMs: number;
  readonly silentMs: number;
  /** A log without errors tells the ledger its position so often while it grows. */
  readonly checkpointMs: number;
  /** After so much silence an entry has ended. */
  readonly restMs: number;
  readonly tickMs: number;
  /** Whether `status` is told, through a file of the state folder. */
  readonly reports: boolean;
}

const PACE: TailPace = {
  reports: true,
  gatherMs: 50,
  quietMs: 150,
  silentMs: 1_000,
  checkpointMs: 5_000,
  restMs: 2_000,
  tickMs: 20,
};
/** Logs that are being read at a time; more than four times as many wait for one that rests. */
const MANY = 100;
/** Logs of which something was handed over that is not sure to be counted. */
const MAX_UNCONFIRMED = 400;
const CONFIRM_EVERY_MS = 250;
/** Whether Redis began again is asked so often, as long as it may have lost something of ours. */
const RUN_EVERY_MS = 1_000;
/** Of one generation: it is not read on before the ledger has caught up. */
const MAX_UNCONFIRMED_BYTES = 16 * 1_024 * 1_024;
/** So long nothing must have moved for everything to be read. */
const SETTLED_MS = 400;

/** One generation that is being read, and what is on its way. */
interface Open {
  generation: Generation;
  readonly path: string;
  readonly reading: Reading;
  /** Its last bytes came then. */
  bytesAt: number;
  /** What `settle` was told last. */
  quietMs: number;
  /** Since when it has errors that are not handed over. */
  gatheringSince: number | null;
  cutAt: number;
  nextByte: number;
  /** Bytes are being read: nothing may settle in between. */
  busy: boolean;
  handing: Promise<void> | null;
  readonly unconfirmed: Unconfirmed;
  flushing: Promise<void> | null;
}

/** What is followed, while it is. */
export interface Tail {
  /** Returns when everything that is there now was read and handed over. */
  caughtUp(): Promise<void>;
  /** Bytes that are there and were not handed over. */
  behindBytes(): number;
}

/** Follows the configured logs until `signal` aborts. Returns once they are opened. */
export async function followLogs(context: TailContext, pace: Partial<TailPace> = {}): Promise<Tail> {
  const { config, store, defer, signal, now, log } = context;
  const times = { ...PACE, ...pace };
  const host = hostname();
  const redact = loadRedactor(config);
  const run = await store.serverRun();
  const handOver = createHandOver(context, run);
  const sources = sourcesOf(config.logs);
  const clocks = new Map<LogSource, ReturnType<typeof clockOf>>();
  const open = new Map<string, Open>();
  const restless = new Set<Open>();
  const unconfirmed = new Set<Open>();
  /** Generations that nothing came to for a while: all that is needed to go on. */
  const resting = new Map<string, LogReaderState>();
  const memories = new Map<string, LogMemory>();
  /** A path that a glob found may hold a secret, and the ledger is asked by it: always masked in the same way. */
  const told = (path: string): string => redact(path);
  const reporter = createReporter(times.reports ? config.home : null, { now, redact });

  const recall = async (path: string): Promise<readonly Known[]> => {
    const known = await handOver.insist(() => store.recallLog(host, told(path)));
    return known.map((memory) => {
      const { id, identity, ended, intent, isApplied } = memory;
      const after = isApplied ? (intent?.after as LogReaderState | null) : null;
      // Of thousands of logs the whole memory would be too much to keep.
      if (!ended && after?.nextByte === intent?.toByte && after != null) resting.set(id, after);
      else if (!ended) memories.set(id, memory);
      return { id, identity: identity as Identity, nextByte: startOf(memory).readFrom, ended };
    });
  };

  const follower: Follower = await createFollower({
    sources: [...sources.keys()],
    recall,
    from: 'start',
    signal,
    onProblem: (problem) => {
      reporter.problem(problem);
      const { code, detail } = problem;
      log.warn('log.problem', { path: told(problem.path), code, detail });
    },
  });
  defer(() => follower.close());

  const openOf = ({ generation, fromByte }: Bytes): Open => {
    const known = open.get(generation.id);
    if (known !== undefined) {
      known.generation = generation;
      return known;
    }
    const settings = sources.get(generation.source) as LogConfig;
    const clock = clocks.get(generation.source) ?? clockOf(settings);
    clocks.set(generation.source, clock);
    const memory = memories.get(generation.id) ?? null;
    memories.delete(generation.id);
    const path = told(generation.path);
    const component = componentOf(path, settings);
    const rested = resting.get(generation.id) ?? null;
    resting.delete(generation.id);
    const options = { host, path, component, log: settings, memory, rested, redact, clock, now };
    const made: Open = {
      generation,
      path,
      reading: createReading(options, fromByte),
      bytesAt: performance.now(),
      quietMs: 0,
      gatheringSince: null,
      cutAt: performance.now(),
      nextByte: fromByte,
      busy: false,
      handing: null,
      flushing: null,
      unconfirmed: createUnconfirmed(),
    };
    open.set(generation.id, made);
    log.debug('log.followed', { path, generation: generation.id, fromByte, component });
    return made;
  };

  const memoryOf = async (one: Open): Promise<LogMemory | null> => {
    const [known] = await store.recallLog(host, one.path, one.generation.id);
    return known ?? null;
  };
  let runAskedAt = -Infinity;
  const isHurried = (): boolean => unconfirmed.size > MAX_UNCONFIRMED / 2;
  /** Asks the ledger what became of what was handed over, and gives again what it does not know. */
  const confirm = async (one: Open): Promise<void> => {
    const memory = await handOver.insist(() => memoryOf(one));
    const { again, lost } = one.unconfirmed.compare(memory, isHurried());
    for (const piece of again) await handOver.giveAgain(piece);
    for (const { batch } of lost) {
      log.error('log.refused', {
        path: one.path,
        fromByte: batch.fromByte,
        toByte: batch.toByte,
        reason: 'not counted',
      });
    }
    if (one.unconfirmed.size === 0) unconfirmed.delete(one);
    else if (one.unconfirmed.bytes > MAX_UNCONFIRMED_BYTES) await pause(times.tickMs, signal);
  };
  const askRun = async (): Promise<void> => {
    if ((await handOver.insist(() => store.serverRun())) !== run) throw new ForgottenError();
  };
  const confirming = setInterval(() => {
    if (unconfirmed.size > 0 && performance.now() - runAskedAt >= RUN_EVERY_MS) {
      runAskedAt = performance.now();
      void askRun().catch(fail);
    }
    for (const one of unconfirmed) {
      if (one.handing !== null || one.flushing !== null || !one.unconfirmed.isDue(isHurried())) continue;
      one.handing = confirm(one)
        .catch(fail)
        .finally(() => (one.handing = null));
    }
  }, CONFIRM_EVERY_MS);
  defer(() => clearInterval(confirming));

  /** Hands over what was read. While one piece is on its way the next is read, but no third one begun. */
  const flush = (one: Open): Promise<void> => {
    one.flushing ??= (async () => {
      await one.handing;
      while (one.unconfirmed.isDue(isHurried()) || one.unconfirmed.bytes > MAX_UNCONFIRMED_BYTES) await confirm(one);
      one.flushing = null;
      const piece = one.reading.cut(one.generation);
      one.gatheringSince = null;
      one.cutAt = performance.now();
      if (piece === null) return;
      unconfirmed.add(one);
      one.handing = handOver
        .give(piece)
        .then(() => one.unconfirmed.add(piece))
        .catch(fail)
        .finally(() => (one.handing = null));
    })();
    return one.flushing;
  };

  const noteErrors = (one: Open): void => {
    if (one.reading.hasErrors) one.gatheringSince ??= performance.now();
  };

  /**
   * A generation that the ledger knows of says that those before it were read: after a crash none of them is looked for. So
   * what was read of those is handed over before anything of the next one is.
   */
  const announceBefore = async (path: string): Promise<void> => {
    for (const one of open.values()) {
      if (one.generation.path !== path) continue;
      one.reading.settle(Infinity);
      await flush(one);
      await one.handing;
    }
  };

  const take = async (piece: Bytes): Promise<void> => {
    if (!open.has(piece.generation.id)) await announceBefore(piece.generation.path);
    const one = openOf(piece);
    one.busy = true;
    try {
      for (let from = 0; from < piece.bytes.length;) {
        const at = piece.fromByte + from;
        const { announcedTo, sliceBytes } = one.reading;
        const upTo = announcedTo === null ? sliceBytes : Math.min(sliceBytes, announcedTo - at);
        const slice = piece.bytes.subarray(from, from + upTo);
        one.reading.read(slice, at, piece.mtimeMs);
        from += slice.length;
        one.nextByte = at + slice.length;
        if (announcedTo === one.nextByte) {
          // Whoever announced it may have given out what was open there.
          one.reading.settle(Infinity);
          await flush(one);
        } else if (one.reading.isFull) {
          noteErrors(one);
          await flush(one);
        }
      }
      if (piece.ended) await close(one);
    } finally {
      one.busy = false;
      one.bytesAt = performance.now();
      one.quietMs = 0;
    }
    noteErrors(one);
    if (!piece.ended) wake(one);
  };

  const close = async (one: Open): Promise<void> => {
    one.reading.end();
    await flush(one);
    await one.handing;
    const { generation, path } = one;
    await handOver.insist(() => store.endLog({ host, path, generation: generation.id }, now(), run));
    open.delete(generation.id);
    restless.delete(one);
    resting.delete(generation.id);
  };

  let ticking: NodeJS.Timeout | null = null;
  const wake = (one: Open): void => {
    restless.add(one);
    ticking ??= setInterval(tick, times.tickMs);
  };
  const tick = (): void => {
    for (const one of restless) look(one);
    if (restless.size > 0 || ticking === null) return;
    clearInterval(ticking);
    ticking = null;
  };
  defer(() => {
    if (ticking !== null) clearInterval(ticking);
  });

  /** Of thousands of logs only few are written to at a time: the others take next to no memory. */
  const rest = (one: Open): void => {
    restless.delete(one);
    const state = one.nextByte === one.reading.fromByte ? one.reading.rest() : null;
    if (state === null) return;
    resting.set(one.generation.id, state);
    open.delete(one.generation.id);
  };

  const look = (one: Open): void => {
    if (one.busy || one.flushing !== null) return;
    const at = performance.now();
    const quietMs = at - one.bytesAt;
    for (const limit of [times.quietMs, times.silentMs]) {
      if (quietMs < limit || one.quietMs >= limit) continue;
      one.reading.settle(quietMs);
      one.quietMs = limit;
      noteErrors(one);
    }
    const isQuiet = one.quietMs > 0;
    if (one.gatheringSince !== null) {
      if (isQuiet || at - one.gatheringSince >= times.gatherMs) void flush(one).catch(fail);
    } else if (one.reading.doneBytes > 0) {
      if (at - one.cutAt >= (open.size > MANY ? times.silentMs : times.checkpointMs)) void flush(one).catch(fail);
    } else if (one.quietMs >= times.silentMs && one.handing === null && quietMs >= times.restMs) rest(one);
  };

  let failed: (error: unknown) => void = () => undefined;
  const failure = new Promise<never>((_, reject) => (failed = reject));
  const fail = (error: unknown): void => {
    if (!signal.aborted) failed(error);
  };

  let isTaking = false;
  const pump = async (): Promise<void> => {
    for (;;) {
      await handOver.room();
      while (unconfirmed.size > MAX_UNCONFIRMED || open.size > 4 * MANY) await pause(times.tickMs, signal);
      const piece = await follower.next();
      if (piece === null) return;
      isTaking = true;
      reporter.grown(piece.generation.path);
      await take(piece);
      isTaking = false;
    }
  };
  // What cannot be waited out ends the process: PM2 starts another one, which goes on from the ledger.
  const pumping = Promise.race([pump(), failure]).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  void pumping;
  defer(() => pumping.catch(() => undefined));

  /** What was read of a generation and is not handed over. */
  const held = (generation: string): number => {
    const one = open.get(generation);
    return one === undefined ? 0 : Math.max(0, one.nextByte - one.reading.fromByte);
  };
  const reporting = setInterval(() => reporter.write(follower, held, restless.size > 0), 1_000);
  reporter.write(follower, held, true);
  defer(() => clearInterval(reporting));
  defer(() => reporter.remove());

  return {
    behindBytes: () =>
      follower.lag().reduce((sum, { generation, behindBytes }) => sum + behindBytes + held(generation), 0),
    async caughtUp() {
      for (let since = performance.now(); !signal.aborted; await pause(times.tickMs, signal)) {
        const isMoving =
          isTaking ||
          follower.lag().some(({ behindBytes }) => behindBytes > 0) ||
          [...restless].some((one) => one.busy || one.reading.doneBytes > 0 || one.handing !== null);
        if (isMoving) since = performance.now();
        // A file may be opened only when the one before it has been read.
        else if (performance.now() - since >= SETTLED_MS) return;
        for (const one of restless) if (one.quietMs >= times.silentMs) void flush(one).catch(fail);
      }
    },
  };
}
