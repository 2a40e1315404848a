/**
 * Lines in, events out: which line begins an entry, which goes on with one, and which is skipped. A little beyond 300 lines:
 * all of it moves the same few fields.
 */
import type { Detector } from './detect.js';
import type { Context, Line } from './line-cutter.js';
import { LEVELS, NO_LEVEL, type Carried, type LineClock, type LogEvent, type LogFormat } from './model.js';
import { append, build, copyOf, levelOf, opened, sameEvent, type Anchor, type OpenEvent } from './open-event.js';
import type { Multiline, Skipped } from './reader-model.js';
import { afterHeader, goesOn, isWithin, startOf, tellsCrash, type Shape } from './starts.js';
import { stripAnsi } from './strip.js';

const ERROR = LEVELS.indexOf('error');
const WARNING = LEVELS.indexOf('warning');
const MAX_STREAMS = 16;
const MAX_SKIPPING = 32;
/** Where several programs write one file, an entry is over when so many lines of others came since its last. */
const MAX_LINES_BETWEEN = 256;
/** A pattern of the configuration sees no more of a line. */
const MAX_MATCHED_CHARS = 2_000;

/** Behind those of the levels and of none. */
const LINES = NO_LEVEL + 1;
const UNPARSED = NO_LEVEL + 2;
const TRUNCATED = NO_LEVEL + 3;
export const COUNTERS = { LINES, UNPARSED, TRUNCATED, SIZE: NO_LEVEL + 4 } as const;

export interface Rules {
  readonly minLevel: number;
  readonly multiline: Multiline;
  readonly contextLines: number;
  readonly clock: () => LineClock;
  readonly detector: Detector;
  /** Lines that end here or before were counted by a reader before this one. */
  readonly countedTo: number;
}

const copied = (skipping: readonly Skipped[]): readonly Skipped[] =>
  skipping.map(({ stream, shape }) => ({ stream, shape: shape === null ? null : { ...shape } }));

export interface Standing {
  readonly before: number;
  readonly skipping: readonly Skipped[];
}

export class Assembly {
  opens: OpenEvent[] = [];
  out: LogEvent[] = [];
  counted: number[] = Array.from({ length: COUNTERS.SIZE }, () => 0);
  /** What was given out of a line that had no end yet and that began an event. */
  guess: LogEvent | null = null;
  private before: number;
  private skipping: readonly Skipped[];
  private lineNumber = 0;
  private levelSeen = -1;
  private readonly pattern: RegExp | null;

  constructor(
    private readonly rules: Rules,
    standing: Standing,
  ) {
    this.before = standing.before;
    this.skipping = copied(standing.skipping);
    const { multiline } = rules;
    this.pattern = typeof multiline === 'object' ? new RegExp(multiline.start) : null;
  }

  /** Another that can be asked what a line would do. @param detector one of its own */
  trial(detector: Detector): Assembly {
    const other = new Assembly({ ...this.rules, detector, countedTo: Number.MAX_SAFE_INTEGER }, this.standing());
    other.opens = this.opens.map(copyOf);
    other.lineNumber = this.lineNumber;
    return other;
  }

  standing(): Standing {
    return { before: this.before, skipping: copied(this.skipping) };
  }

  /** @param detector where the line was seen already, one that may see it again */
  line(line: Line, detector: Detector = this.rules.detector): void {
    this.lineNumber += 1;
    const rough = line.coloured ? stripAnsi(line.rough) : line.rough;
    const format = detector.see(rough);
    const level = detector.lastLevel;
    this.levelSeen = level;
    const counts = line.to > this.rules.countedTo;
    const anchorCounts = counts ? this.counted : null;
    if (this.opens.length > 0 && format.carried !== undefined) this.age();
    if (this.pattern !== null) this.matched(line, rough, format, level, this.pattern);
    else if (level === -1) this.headless(line, rough, format, counts);
    else this.headed(line, rough, format, level);
    if (anchorCounts !== null) {
      this.counted[LINES] = (this.counted[LINES] ?? 0) + 1;
      if (level !== -1) this.counted[level] = (this.counted[level] ?? 0) + 1;
      if (line.leftOut > 0) this.counted[TRUNCATED] = (this.counted[TRUNCATED] ?? 0) + 1;
    }
    if (this.guess !== null) this.retract(line);
  }

  /** Takes the line that begins at byte `at` if its first bytes tell that it is an entry below the level: false otherwise. */
  skips(bytes: Uint8Array, at: number, to: number): boolean {
    const { detector, minLevel, countedTo } = this.rules;
    const { format } = detector;
    if (format?.quick === undefined || this.pattern !== null || this.guess !== null) return false;
    const alone = this.opens.length === 0 && this.skipping.length === 0;
    // Which of several streams the line is of takes more than its first bytes.
    if (!alone && format.carried !== undefined) return false;
    const level = format.quick(bytes, at);
    if (level < 0 || (level >= minLevel && level !== NO_LEVEL) || (level === WARNING && format.carried !== undefined))
      return false;
    detector.know(level);
    this.lineNumber += 1;
    this.levelSeen = level;
    if (!alone) this.closeAll();
    this.before = level;
    if (to > countedTo) {
      this.counted[LINES] = (this.counted[LINES] ?? 0) + 1;
      this.counted[level] = (this.counted[level] ?? 0) + 1;
    }
    return true;
  }

  /** Everything is over. */
  close(): void {
    for (const event of this.opens) event.closed = true;
    this.drain();
  }

  private headed(line: Line, rough: string, format: LogFormat, told: number): void {
    let carried: Carried | null = null;
    const last = this.opens.at(-1);
    // Each line of its blocks has the same header.
    if (last?.shape.kind === 'npm' && format.name === 'npm' && told >= ERROR && this.rules.multiline !== false) {
      this.join(last, line, format);
      return;
    }
    if (last !== undefined && !last.closed && format.loose === true && isWithin(last.shape, rough)) {
      this.join(last, line, format);
      return;
    }
    // Node calls the end of a program a warning.
    const level = told === WARNING && rough.startsWith('(node:') && startOf(rough, 'no') !== null ? ERROR : told;
    if (this.opens.length > 0 || this.skipping.length > 0) {
      if (format.carried === undefined) this.closeAll();
      else {
        carried = format.carried(rough);
        this.closeStream(keyOf(carried.stream));
      }
    }
    this.before = level;
    if (level === WARNING && level < this.rules.minLevel && format.carried !== undefined) {
      // As in `headless`: its stack is no crash, and other streams may come between.
      const key = keyOf((carried ?? format.carried(rough)).stream);
      this.skip(key, null);
    }
    if (level >= this.rules.minLevel && (level !== NO_LEVEL || (this.rules.minLevel <= ERROR && tellsCrash(rough))))
      this.open(line, format, level, null, carried);
  }

  private headless(line: Line, rough: string, format: LogFormat, counts: boolean): void {
    const carried = format.carried?.(rough) ?? null;
    const text = carried === null ? rough : carried.text;
    const key = carried === null ? null : keyOf(carried.stream);
    const loose = format.loose === true;
    const event = carried === null ? this.opens.at(-1) : this.openOf(key);
    if (event !== undefined && !event.closed) {
      if (this.rules.multiline !== false && goesOn(event.shape, text, loose)) {
        this.join(event, line, format);
        return;
      }
      event.closed = true;
      this.drain();
    } else if (key !== null && this.isSkipped(key, text, loose)) {
      return;
    }
    if (counts && text !== '' && (loose || this.before === -1))
      this.counted[loose ? NO_LEVEL : UNPARSED] = (this.counted[loose ? NO_LEVEL : UNPARSED] ?? 0) + 1;
    // What follows a warning is its own: it was written with a stack on purpose. A crash may follow any other line.
    const free = loose || carried !== null || this.before < WARNING || this.before === NO_LEVEL;
    if (!free || this.rules.minLevel > ERROR) return;
    const shape = startOf(text, loose || this.before === -1 ? 'sure' : 'unsure');
    if (shape !== null) this.open(line, format, ERROR, shape, carried);
  }

  /** Entries begin where the configuration says. */
  private matched(line: Line, rough: string, format: LogFormat, level: number, pattern: RegExp): void {
    const seen = (/[\u0080-\uffff]/.test(rough) ? line.text() : rough).slice(0, MAX_MATCHED_CHARS);
    const event = this.opens.at(-1);
    if (!pattern.test(seen)) {
      if (event !== undefined) this.join(event, line, format);
      return;
    }
    this.closeAll();
    this.before = level === -1 ? NO_LEVEL : level;
    const wanted = level !== -1 && level !== NO_LEVEL ? level >= this.rules.minLevel : this.rules.minLevel <= ERROR;
    if (!wanted) return;
    const crash = level === -1 || level === NO_LEVEL;
    if (!crash) this.open(line, format, level, null, null);
    else if (tellsCrash(rough) || startOf(rough, 'sure')?.sure === true)
      this.open(line, format, ERROR, startOf(rough, 'sure'), null);
  }

  private open(line: Line, format: LogFormat, level: number, start: Shape | null, told: Carried | null): void {
    const context = line.context(this.rules.contextLines);
    const text = stripAnsi(line.text());
    const headed = start === null || this.levelSeen !== -1;
    const header = headed ? format.header(text, this.rules.clock()) : null;
    const carried = told ?? format.carried?.(text) ?? null;
    const message =
      header === null
        ? carried === null
          ? text
          : (format.carried?.(text).text ?? text)
        : (header.message ?? text.slice(header.messageAt));
    const { multiline } = this.rules;
    const event = opened(
      {
        from: line.from,
        to: line.to,
        level: level === NO_LEVEL ? 'error' : levelOf(level),
        header,
        stream: carried === null ? null : keyOf(carried.stream),
        streamName: carried?.stream ?? null,
        context: context.lines(),
        anchor: this.anchor(context),
        shape: start ?? afterHeader(format.name === 'npm' ? text : message),
        unfinished: carried?.unfinished ?? false,
        lastLine: this.lineNumber,
        maxLines: typeof multiline === 'object' ? multiline.maxLines : null,
      },
      message,
    );
    if (this.guess?.fromByte === line.from) {
      event.given = this.guess;
      this.guess = null;
    }
    this.opens.push(event);
    if (this.opens.length > MAX_STREAMS) this.finish(this.opens[0]);
  }

  /** What there was before the line that is being read. */
  anchor(context: Context): Anchor {
    return {
      contextFrom: context.from,
      before: this.before,
      skipping: copied([
        ...this.skipping,
        ...this.opens.flatMap(({ closed, stream, shape }) => (closed || stream === null ? [] : [{ stream, shape }])),
      ]).slice(-MAX_SKIPPING),
      detector: this.rules.detector.save(),
      counted: [...this.counted],
    };
  }

  private join(event: OpenEvent, line: Line, format: LogFormat): void {
    const text = stripAnsi(line.text());
    const carried = format.carried?.(text) ?? null;
    event.lastLine = this.lineNumber;
    const plain = format.name === 'npm' ? text.slice(format.header(text, this.rules.clock()).messageAt) : text;
    if (!append(event, carried?.text ?? plain, line.to, carried?.unfinished ?? false)) this.finish(event);
  }

  private openOf(key: number | null): OpenEvent | undefined {
    return this.opens.findLast((event) => event.stream === key && !event.closed);
  }

  private closeAll(): void {
    for (const event of this.opens) event.closed = true;
    this.skipping = [];
    this.drain();
  }

  private closeStream(key: number | null): void {
    for (const event of this.opens) if (event.stream === key) event.closed = true;
    if (this.skipping.length > 0) this.skipping = this.skipping.filter(({ stream }) => stream !== key);
    this.drain();
  }

  /** Is over though its stream may go on: what comes of it then is skipped. */
  private finish(event: OpenEvent | undefined): void {
    if (event === undefined) return;
    event.closed = true;
    if (event.stream !== null) this.skip(event.stream, event.shape);
    else this.before = Math.max(WARNING, this.before === NO_LEVEL ? ERROR : this.before);
    this.drain();
  }

  private skip(stream: number, shape: Shape | null): void {
    const others = this.skipping.filter((each) => each.stream !== stream);
    this.skipping = [...others, { stream, shape }].slice(-MAX_SKIPPING);
  }

  /** Whether the line goes on with an entry of its stream that is over. */
  private isSkipped(key: number, text: string, loose: boolean): boolean {
    const skipped = this.skipping.find(({ stream }) => stream === key);
    if (skipped === undefined) return false;
    if (skipped.shape === null || goesOn(skipped.shape, text, loose)) return true;
    this.skipping = this.skipping.filter((each) => each !== skipped);
    return false;
  }

  private age(): void {
    const old = this.opens.find((event) => !event.closed && this.lineNumber - event.lastLine > MAX_LINES_BETWEEN);
    if (old !== undefined) this.finish(old);
  }

  /** In the order of the file, so that what is given out leaves no gap behind it. */
  private drain(): void {
    while (this.opens[0]?.closed === true) {
      const event = this.opens.shift();
      if (event !== undefined) this.give(event, event.partial);
    }
  }

  /** @param partial its last line has no end yet */
  give(event: OpenEvent, partial: boolean): void {
    const { given } = event;
    if (!event.shape.sure) return;
    event.givenLines = event.lines;
    const now = build(event, partial);
    event.given = now;
    if (given === null) this.out.push(now);
    else if (!sameEvent(given, now)) this.out.push({ ...now, amends: given });
  }

  /** The line that a guess was made of has come to its end, and began no event after all. */
  private retract(line: Line): void {
    const { guess } = this;
    if (guess === null || guess.fromByte !== line.from) return;
    this.guess = null;
    this.out.push({ ...guess, toByte: line.to, repeats: 0, partial: false, amends: guess });
  }
}

/** Streams are compared, never shown: a number is enough. FNV-1a. */
function keyOf(stream: string | null): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < (stream?.length ?? 0); at += 1)
    hash = Math.imul(hash ^ (stream?.charCodeAt(at) ?? 0), 0x01000193);
  return hash >>> 0;
}
