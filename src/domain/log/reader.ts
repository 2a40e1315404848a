/** Events out of the bytes of a log. */
import { Assembly, COUNTERS, type Standing } from './assembly.js';
import { createDetector, type Detector } from './detect.js';
import { LineCutter, type Line } from './line-cutter.js';
import { LEVELS, NO_LEVEL, type Level, type LogEvent } from './model.js';
import type { OpenEvent } from './open-event.js';
import type { LogCounts, LogReader, LogReaderOptions, LogReaderState } from './reader-model.js';

const OPEN_QUIET_MS = 150;
const PARTIAL_QUIET_MS = 1_000;
const CONTEXT_LINES = 3;

/** What was given out though it may still change. */
interface Given {
  /** Behind the last byte that was in it. */
  readonly at: number;
  /** A line without its end was in it. */
  readonly partial: boolean;
}

/** It has lines that were not given out. What only may become an event holds nothing up. */
const isUntold = (event: OpenEvent): boolean => event.shape.sure && event.givenLines !== event.lines;

class Reader implements LogReader {
  private readonly cutter: LineCutter;
  private readonly assembly: Assembly;
  private detector: Detector;
  private given: Given | null = null;
  private reached: number;
  private reported: readonly number[];
  /** Until it has read again what a reader before it had given out. */
  private again: {
    readonly resumeAt: number;
    readonly given: Given | null;
    lineSeen: boolean;
    readonly until: number;
  } | null;
  private started: boolean;

  constructor(private readonly options: LogReaderOptions) {
    const state = options.state?.version === 1 ? options.state : undefined;
    const standing: Standing = { before: state?.before ?? -1, skipping: state?.skipping ?? [] };
    this.detector = createDetector(options.format, state?.detector);
    this.cutter = new LineCutter(state?.readFrom ?? 0, state?.encoding ?? null, this.take, this.skips);
    this.assembly = new Assembly(this.rules(this.detector, state?.nextByte ?? -1), standing);
    this.reported = [...this.assembly.counted];
    this.reached = state?.nextByte ?? 0;
    this.started = state !== undefined;
    const given = state?.givenAt == null ? null : { at: state.givenAt, partial: state.givenPartial };
    this.again =
      state === undefined ? null : { resumeAt: state.resumeAt, given, lineSeen: state.lineSeen, until: state.nextByte };
  }

  read(bytes: Buffer, fromByte: number): readonly LogEvent[] {
    let rest = bytes;
    let at = fromByte;
    const { cutter } = this;
    if (!this.started) {
      cutter.startAt(fromByte);
      this.reached = fromByte;
      this.started = true;
    }
    if (at < cutter.position) {
      rest = rest.subarray(cutter.position - at);
      at = cutter.position;
    } else if (at > cutter.position) {
      this.leap(at);
    }
    if (this.again !== null) rest = this.readAgain(rest);
    cutter.feed(rest);
    return this.handOut();
  }

  settle(quietMs: number): readonly LogEvent[] {
    if (this.again !== null || quietMs < OPEN_QUIET_MS) return [];
    const { assembly } = this;
    const stale = assembly.opens.some(isUntold);
    // What was given out with a line that is still without its end stays as it was given.
    if (stale) this.giveOpen();
    if (quietMs >= PARTIAL_QUIET_MS) this.givePartial();
    return this.handOut();
  }

  end(): readonly LogEvent[] {
    const { assembly, cutter } = this;
    this.again = null;
    const last = cutter.unended();
    if (last !== null) {
      this.take(last);
      for (const event of assembly.opens) event.partial = event.to === last.to;
      cutter.drop();
    }
    assembly.close();
    return this.handOut();
  }

  get nextByte(): number {
    const { assembly, cutter } = this;
    const stale = assembly.opens.find(isUntold);
    let next = Math.max(cutter.lineAt, this.given?.at ?? 0);
    if (stale !== undefined) next = stale.given === null ? stale.from : Math.max(stale.from, this.given?.at ?? 0);
    this.reached = Math.max(this.reached, next);
    return this.reached;
  }

  state(): LogReaderState {
    const { assembly, cutter } = this;
    // Nothing new was read yet.
    if (this.again !== null && this.options.state !== undefined) return this.options.state;
    const nextByte = this.nextByte;
    const first = assembly.opens[0];
    const anchor = first?.anchor ?? assembly.anchor(cutter.contextHere(this.contextLines()));
    const resumeAt = first?.from ?? cutter.lineAt;
    const open = this.given !== null && this.given.at > resumeAt ? this.given : null;
    return {
      version: 1,
      readFrom: Math.min(anchor.contextFrom, resumeAt, nextByte),
      nextByte,
      resumeAt,
      givenAt: open?.at ?? null,
      givenPartial: open?.partial ?? false,
      before: anchor.before,
      skipping: anchor.skipping,
      encoding: cutter.encoding,
      detector: anchor.detector,
      lineSeen: first !== undefined,
    };
  }

  counts(): LogCounts {
    const { assembly } = this;
    const stale = assembly.opens.find(isUntold);
    const now = stale === undefined ? assembly.counted : (stale.givenCounts ?? stale.anchor.counted);
    const delta = now.map((count, index) => Math.max(0, count - (this.reported[index] ?? 0)));
    this.reported = now.map((count, index) => Math.max(count, this.reported[index] ?? 0));
    const byLevel: Partial<Record<Level | 'none', number>> = {};
    for (const [index, level] of [...LEVELS, 'none' as const].entries()) {
      const count = delta[index] ?? 0;
      if (count > 0) byLevel[level] = count;
    }
    return {
      lines: delta[COUNTERS.LINES] ?? 0,
      byLevel,
      unparsed: delta[COUNTERS.UNPARSED] ?? 0,
      truncatedLines: delta[COUNTERS.TRUNCATED] ?? 0,
    };
  }

  private contextLines(): number {
    return this.options.contextLines ?? CONTEXT_LINES;
  }

  private rules(detector: Detector, countedTo: number): ConstructorParameters<typeof Assembly>[0] {
    const { level, multiline, clock } = this.options;
    const minLevel = Math.min(LEVELS.indexOf(level), NO_LEVEL);
    return { minLevel, multiline, clock, detector, countedTo, contextLines: this.contextLines() };
  }

  private readonly take = (line: Line): void => {
    const { again } = this;
    if (again?.lineSeen === true && line.from >= again.resumeAt) {
      again.lineSeen = false;
      if (again.given === null) this.again = null;
      this.assembly.line(line, this.detectorCopy());
    } else this.assembly.line(line);
  };

  private readonly skips = (bytes: Buffer, at: number, to: number): boolean =>
    this.again === null && this.assembly.skips(bytes, at, to);

  private detectorCopy(): Detector {
    return createDetector(this.options.format, structuredClone(this.detector.save()));
  }

  private handOut(): readonly LogEvent[] {
    const { out } = this.assembly;
    if (out.length === 0) return out;
    this.assembly.out = [];
    return out;
  }

  /** Bytes are missing: what was open is over. */
  private leap(at: number): void {
    const { again } = this;
    if (again !== null && at <= again.until) {
      // Only what may still grow and context were to be read again: without them reading goes on all the same.
      if (at > again.resumeAt) this.again = null;
      this.cutter.startAt(at);
      return;
    }
    const last = this.cutter.unended();
    if (last !== null) this.take(last);
    this.assembly.close();
    this.again = null;
    this.given = null;
    this.cutter.startAt(at);
  }

  /** What a reader before this one had read. @returns the bytes behind it */
  private readAgain(bytes: Buffer): Buffer {
    const { again, cutter } = this;
    if (again === null) return bytes;
    let rest = bytes;
    if (cutter.position < again.resumeAt) {
      const context = rest.subarray(0, again.resumeAt - cutter.position);
      cutter.remember(context);
      rest = rest.subarray(context.length);
    }
    if (cutter.position < again.resumeAt) return rest;
    if (again.given !== null) {
      const known = rest.subarray(0, Math.max(0, again.given.at - cutter.position));
      cutter.feed(known);
      rest = rest.subarray(known.length);
      if (cutter.position < again.given.at) return rest;
      this.giveOpen();
      if (again.given.partial) this.givePartial();
      this.given = again.given;
    }
    this.assembly.out = [];
    this.again = again.lineSeen ? { ...again, given: null } : null;
    return rest;
  }

  private giveOpen(): void {
    const { assembly, cutter } = this;
    for (const event of assembly.opens) {
      assembly.give(event, false);
      if (event.given !== null) event.givenCounts = [...assembly.counted];
    }
    this.given = { at: cutter.lineAt, partial: false };
  }

  /** Tries what the last line would do if it ended here, and gives out the event that it is in. */
  private givePartial(): void {
    const { assembly, cutter } = this;
    if (cutter.waiting === 0 || (this.given?.partial === true && this.given.at === cutter.position)) return;
    const line = cutter.unended();
    if (line === null) return;
    const trial = assembly.trial(this.detectorCopy());
    trial.guess = assembly.guess;
    trial.line(line);
    const event = trial.opens.find((each) => each.to === line.to);
    if (event?.shape.sure !== true) return;
    const known = assembly.opens.find((each) => each.from === event.from);
    trial.out = [];
    trial.give(event, true);
    if (known === undefined) assembly.guess = event.given;
    else known.given = event.given;
    assembly.out.push(...trial.out);
    this.given = { at: cutter.position, partial: true };
  }
}

/**
 * @throws SyntaxError where `multiline.start` is no regular expression
 */
export const createLogReader = (options: LogReaderOptions): LogReader => new Reader(options);
