/** One generation of one log: bytes in, pieces of the log out, each with its errors counted. */
import { BATCH, type LogBatch } from '../../jobs/ingest.js';
import { createLogReader, type LogReader, type LogReaderState } from '../../src/domain/log/index.js';
import type { LineClock, LogEvent } from '../../src/domain/log/model.js';
import type { Redact } from '../../src/domain/redact/index.js';
import type { Generation } from '../../src/sources/tail/index.js';
import type { LogIntent, LogMemory } from '../../src/store/index.js';
import { cleanEvent } from './clean.js';
import type { LogConfig } from './sources.js';
import { createTally, type Counted } from './tally.js';

/** A piece of a log that is ready to be handed over. */
export interface Piece {
  readonly intent: LogIntent;
  readonly batch: LogBatch;
}

export interface ReadingOptions {
  readonly host: string;
  /** As the ledger knows it: without secrets. */
  readonly path: string;
  readonly component: string | null;
  readonly log: LogConfig;
  readonly memory: LogMemory | null;
  /** How a reading of ours was left that rested. */
  readonly rested: LogReaderState | null;
  readonly redact: Redact;
  readonly clock: (at: number) => LineClock;
  readonly now: () => number;
}

export interface Reading {
  /** How many bytes to read at a time, so that a piece is cut about where it is full. */
  readonly sliceBytes: number;
  /** @param bytes small ones: a piece is cut between two calls. @param writtenAt when the log was last written to */
  read(bytes: Buffer, fromByte: number, writtenAt: number): void;
  /** Nothing has come for `quietMs`: what waits for more lines is counted as it is. */
  settle(quietMs: number): void;
  /** Nothing will come any more. */
  end(): void;
  /** It must be cut before more is read. */
  readonly isFull: boolean;
  readonly hasErrors: boolean;
  /** Bytes that were read since the last cut and can be handed over. */
  readonly doneBytes: number;
  /** What was read so far; null where that is nothing. */
  cut(generation: Generation): Piece | null;
  /** How to go on later without this reading; null while something is left that may still grow. */
  rest(): LogReaderState | null;
  /** Where the next piece begins. */
  readonly fromByte: number;
  /** Where the next `read` must stop for a piece that was announced by one before us; null where there is none. */
  readonly announcedTo: number | null;
}

/** Of one batch, far below what the queue refuses. */
const FULL_BYTES = 400_000;
const FULL_MINUTES = 900;
const FULL_LOG_BYTES = 4 * 1_024 * 1_024;
/** Of a log without errors: what a restart would read again. */
const FULL_QUIET_BYTES = 64 * 1_024 * 1_024;
/** Bytes that are read between two looks at whether a piece is full; few where nearly every line is another error. */
const MOST_SLICE_BYTES = 16 * 1_024;
const LEAST_SLICE_BYTES = 1_024;
/** A time further ahead than a clock that goes wrong would be is none. */
const AHEAD_MS = 86_400_000;

/** Where a new reader of this generation begins, as the one before it left it. */
export function startOf(memory: LogMemory | null): {
  readFrom: number;
  fromByte: number;
  state: LogReaderState | null;
} {
  const intent = memory?.intent ?? null;
  if (memory === null || intent === null)
    return { readFrom: memory?.watermark ?? 0, fromByte: memory?.watermark ?? 0, state: null };
  const state = (memory.isApplied ? intent.after : intent.before) as LogReaderState | null;
  const fromByte = memory.isApplied ? intent.toByte : intent.fromByte;
  return { readFrom: state?.readFrom ?? fromByte, fromByte, state };
}

export function createReading(options: ReadingOptions, firstByte: number): Reading {
  const { host, path, component, log, memory, redact, clock, now } = options;
  const { rested } = options;
  const start = rested === null ? startOf(memory) : { fromByte: rested.nextByte, state: rested };
  let at = now();
  const reader: LogReader = createLogReader({
    format: log.format,
    level: log.level,
    multiline: log.multiline,
    contextLines: BATCH.contextLines,
    clock: () => clock(at),
    ...(start.state !== null && { state: start.state }),
  });
  const tally = createTally();
  /** Of the events that may still be amended; those of a reader before us are counted anew. */
  const counted = new WeakMap<LogEvent, Counted>();
  let fromByte = memory === null && rested === null ? firstByte : start.fromByte;
  let before: LogReaderState | null = start.state;
  let announcedTo = memory?.intent != null && !memory.isApplied ? memory.intent.toByte : null;
  let readTo = 0;
  const minutes = new Set<number>();
  /** Different errors per byte, lately. */
  let density = 0;

  const countOf = (event: LogEvent): Counted => {
    const known = counted.get(event);
    if (known !== undefined) return known;
    const told = event.at === null || event.at > now() + AHEAD_MS || event.at < 0 ? at : event.at;
    const made = {
      event: cleanEvent(event, redact),
      at: Math.floor(told),
      byte: event.fromByte,
      repeats: event.repeats,
    };
    return made;
  };

  const count = (events: readonly LogEvent[], mayGrow = false): void => {
    for (const event of events) {
      if (event.amends !== null) tally.takeBack(countOf(event.amends));
      const one = countOf(event);
      if (mayGrow) counted.set(event, one);
      minutes.add(Math.floor(one.at / 60_000));
      tally.add(one);
    }
  };

  return {
    read(bytes, from, writtenAt) {
      at = writtenAt;
      readTo = from + bytes.length;
      const before = tally.size;
      count(reader.read(bytes, from));
      density = Math.max(density / 2, (tally.size - before) / Math.max(1, bytes.length));
    },
    get sliceBytes() {
      if (density === 0) return MOST_SLICE_BYTES;
      const room = (BATCH.errors - tally.size) / density;
      return Math.max(LEAST_SLICE_BYTES, Math.min(MOST_SLICE_BYTES, Math.ceil(room)));
    },
    settle: (quietMs) => count(reader.settle(quietMs), true),
    end: () => count(reader.end()),
    get isFull() {
      if (announcedTo !== null) return false;
      return (
        tally.size >= BATCH.errors ||
        tally.bytes >= FULL_BYTES ||
        minutes.size >= FULL_MINUTES ||
        reader.nextByte - fromByte >= (tally.size > 0 ? FULL_LOG_BYTES : FULL_QUIET_BYTES)
      );
    },
    get hasErrors() {
      return tally.size > 0;
    },
    get doneBytes() {
      return Math.max(0, reader.nextByte - fromByte);
    },
    rest() {
      if (announcedTo !== null || tally.size > 0 || reader.nextByte !== fromByte) return null;
      const state = reader.state();
      if (state.givenPartial) return null;
      // The entry that was given out last has ended: nothing was added to it for long.
      return { ...state, readFrom: fromByte, resumeAt: fromByte, givenAt: null, before: -1 };
    },
    get fromByte() {
      return fromByte;
    },
    get announcedTo() {
      return announcedTo;
    },
    cut(generation) {
      // A piece that was announced is cut at the same byte again, so that it is the same batch.
      if (announcedTo !== null && readTo < announcedTo) return null;
      const toByte = announcedTo ?? reader.nextByte;
      if (toByte <= fromByte) return null;
      const after = reader.state();
      const { lines, byLevel, unparsed, truncatedLines } = reader.counts();
      const skipped = { ...(unparsed > 0 && { unparsed }), ...(truncatedLines > 0 && { truncated: truncatedLines }) };
      const common = { host, path, fromByte, toByte };
      const { id, identity } = generation;
      const piece: Piece = {
        intent: { ...common, generation: { id, identity }, before, after },
        batch: {
          kind: 'log-batch',
          ...common,
          generation: id,
          component,
          errors: tally.take(),
          counts: { lines, bytes: toByte - fromByte, byLevel, skipped },
          readAt: now(),
        },
      };
      minutes.clear();
      announcedTo = null;
      before = after;
      fromByte = toByte;
      return piece;
    },
  };
}
