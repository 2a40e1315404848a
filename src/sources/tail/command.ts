/**
 * What a command prints, as one generation for as long as it can be gone on with.
 *
 * Where the source says how, a new run is asked for what was printed since a time that a line began with (`--since`).
 * The output since a given line is the same in each run, so bytes are counted on from there and those that were given
 * before are left out. The identity of the generation carries the marks for it: at which byte a line began, with which
 * time, and how many lines with that time stood before it. If the journal was emptied meanwhile the first line comes
 * with a later time, and nothing is left out. A machine's clock that is set back can make lines come twice.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import { joinedPipe } from './joined.js';
import type { Memory, Remembered } from './memory.js';
import type { CommandSource, Identity, Lag, Piece } from './model.js';
import type { Problems } from './problems.js';
import type { Feed, Turns } from './turns.js';

const PAUSES_MS = [1_000, 2_000, 5_000, 15_000, 60_000];
/** A run that lasted so long was a good one: the next pause is the shortest again. */
const GOOD_RUN_MS = 30_000;
const PIECE_BYTES = 256 * 1024;
/** How far apart marks are, and how many of them are kept: what a ledger may be behind. */
const MARK_BYTES = 64 * 1024;
const MARKS = 12;
const NEWLINE = 10;
const NOTHING: Buffer = Buffer.alloc(0);
/** `2025-01-01T00:00:00.123456+0000` (journald) and `2025-01-01T00:00:00.123456789Z` (docker). */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)/;

interface Mark {
  readonly byte: number;
  readonly time: string;
  /** Lines with the same time before it. */
  readonly before: number;
}

export class Commands {
  readonly #runs: readonly Command[];

  constructor(
    sources: readonly CommandSource[],
    memory: Memory,
    turns: Turns,
    problems: Problems,
    private readonly pausesMs: readonly number[] = PAUSES_MS,
  ) {
    this.#runs = sources.map((source) => new Command(source, memory, turns, problems, this.pausesMs));
  }

  async start(): Promise<void> {
    await Promise.all(this.#runs.map((run) => run.start()));
  }

  async close(): Promise<void> {
    await Promise.all(this.#runs.map((run) => run.close()));
  }

  lag(): readonly Lag[] {
    return this.#runs.flatMap((run) => run.lag());
  }
}

class Command implements Feed {
  readonly #path: string;
  #id = randomBytes(8).toString('hex');
  /** Of the next byte that is given. */
  #nextByte = 0;
  #marks: Mark[] = [];
  /** The time of the line that was given last, and how many with it. */
  #time = '';
  #sameTime = 0;
  /** Whole lines that wait to be taken, and the beginning of one. */
  #waiting: Buffer = NOTHING;
  #rest: Buffer = NOTHING;
  /** Of a run that goes on with another: what is known already is left out. */
  #known: { readonly mark: Mark; lines: number; bytes: number } | null = null;
  #child: ChildProcess | null = null;
  #output: Readable | null = null;
  #timer: NodeJS.Timeout | null = null;
  #startedAtMs = 0;
  #failures = 0;
  #stderrBytes = 0;
  #ending: Piece | null = null;
  #closed = false;

  constructor(
    private readonly source: CommandSource,
    private readonly memory: Memory,
    private readonly turns: Turns,
    private readonly problems: Problems,
    private readonly pausesMs: readonly number[],
  ) {
    this.#path = `command:${source.name}`;
  }

  async start(): Promise<void> {
    await this.memory.load([this.#path]);
    const known = this.memory.of([this.#path]).findLast(({ ended }) => !ended);
    if (known !== undefined) this.#resume(known);
    if (!this.#closed) await this.#run();
  }

  waits(): boolean {
    return false;
  }

  take(): Piece | null {
    if (this.#ending !== null && this.#waiting.length === 0) {
      const piece = this.#ending;
      this.#ending = null;
      return piece;
    }
    const bytes = this.#waiting.subarray(0, PIECE_BYTES);
    if (bytes.length === 0) return null;
    this.#waiting = this.#waiting.subarray(bytes.length);
    const fromByte = this.#nextByte;
    this.#nextByte += bytes.length;
    this.#mark(bytes, fromByte);
    if (this.#waiting.length > 0 || this.#ending !== null) this.turns.add(this);
    else this.#output?.resume();
    const behindBytes = this.#waiting.length;
    return { ...this.#piece(fromByte, bytes), atEnd: behindBytes === 0, behindBytes };
  }

  lag(): readonly Lag[] {
    const behindBytes = this.#waiting.length;
    return [{ path: this.#path, generation: this.#id, behindBytes, nextByte: this.#nextByte, mtimeMs: Date.now() }];
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const child = this.#child;
    if (child === null) return;
    const gone = new Promise((resolve) => child.once('close', resolve));
    this.#output?.destroy();
    child.kill('SIGTERM');
    const kill = setTimeout(() => child.kill('SIGKILL'), 2_000);
    await gone;
    clearTimeout(kill);
  }

  async #run(): Promise<void> {
    const [program = '', ...args] = this.source.argv;
    const since = this.#known === null ? [] : sinceOf(this.source.resume, this.#known.mark.time);
    const joined = this.source.resume === 'docker' ? await joinedPipe() : null;
    if (this.#closed) {
      joined?.write.destroy();
      joined?.read.destroy();
      return;
    }
    this.#startedAtMs = Date.now();
    this.#rest = NOTHING;
    const child = spawn(program, withOptions(args, since), {
      stdio: joined === null ? ['ignore', 'pipe', 'pipe'] : ['ignore', joined.write, joined.write],
      env: process.env,
    });
    joined?.write.destroy();
    const output = joined?.read ?? child.stdout;
    this.#child = child;
    this.#output = output;
    output?.on('data', (bytes: Buffer) => this.#receive(bytes));
    // A connection that breaks ends like one that is closed.
    output?.on('error', () => undefined);
    child.stderr?.on('data', (bytes: Buffer) => {
      this.#stderrBytes += bytes.length;
    });
    let failure: string | null = null;
    child.on('error', (error: NodeJS.ErrnoException) => {
      failure = error.code ?? 'unknown';
    });
    // Its pipes are children's too, the socket is not: what it holds comes before the end.
    const drained = joined === null ? Promise.resolve() : new Promise((resolve) => joined.read.once('close', resolve));
    child.on('close', (code, signal) => {
      void drained.then(() => {
        this.#child = null;
        if (!this.#closed) this.#again(failure ?? (signal === null ? `exit ${code}` : signal));
      });
    });
  }

  #again(why: string): void {
    if (this.#rest.length > 0) this.#accept(this.#rest);
    this.#rest = NOTHING;
    this.problems.report(this.#path, 'command-ended', why);
    if (this.#stderrBytes > 0) this.problems.happened(this.#path, 'command-stderr', String(this.#stderrBytes));
    this.#stderrBytes = 0;
    if (Date.now() - this.#startedAtMs > GOOD_RUN_MS) this.#failures = 0;
    const pauseMs = this.pausesMs[Math.min(this.#failures, this.pausesMs.length - 1)] ?? 0;
    this.#failures += 1;
    const run = (): void => {
      // Only when all was taken: where to go on is after it.
      if (this.#waiting.length > 0 || this.#ending !== null) {
        this.#timer = setTimeout(run, 50);
        return;
      }
      this.#next();
      void this.#run();
    };
    this.#timer = setTimeout(run, pauseMs);
  }

  /** Prepares for going on after the last byte, or for a new generation. */
  #next(): void {
    const mark = this.#marks.at(-1);
    if (mark !== undefined) {
      this.#known = { mark, lines: mark.before, bytes: this.#nextByte - mark.byte };
    } else if (this.#nextByte > 0) {
      this.#ending = { ...this.#piece(this.#nextByte, NOTHING), atEnd: true, ended: true, behindBytes: 0 };
      this.turns.add(this);
      this.#fresh();
    }
  }

  #fresh(): void {
    this.#id = randomBytes(8).toString('hex');
    this.#nextByte = 0;
    this.#marks = [];
    this.#time = '';
    this.#sameTime = 0;
    this.#known = null;
  }

  #resume(known: Remembered): void {
    const marks = this.source.resume === 'none' ? [] : marksOf(known.identity.tail);
    const mark = marks.findLast(({ byte }) => byte <= known.nextByte) ?? marks[0];
    if (mark === undefined) return;
    this.#id = known.id;
    this.#nextByte = Math.max(known.nextByte, mark.byte);
    this.#marks = marks.filter(({ byte }) => byte <= this.#nextByte);
    this.#known = { mark, lines: mark.before, bytes: this.#nextByte - mark.byte };
    this.#time = '';
    this.#sameTime = 0;
  }

  #receive(bytes: Buffer): void {
    this.problems.solved(this.#path);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    if (end === 0) {
      this.#rest = Buffer.concat([this.#rest, bytes]);
      // A line without an end is given as it comes, or it would grow without bounds.
      if (this.#rest.length < PIECE_BYTES) return;
      this.#accept(this.#rest);
      this.#rest = NOTHING;
      return;
    }
    this.#accept(Buffer.concat([this.#rest, bytes.subarray(0, end)]));
    this.#rest = Buffer.from(bytes.subarray(end));
  }

  #accept(bytes: Buffer): void {
    const news = this.#known === null ? bytes : this.#leaveOut(bytes, this.#known);
    if (news.length === 0) return;
    this.#waiting = this.#waiting.length === 0 ? news : Buffer.concat([this.#waiting, news]);
    this.#output?.pause();
    this.turns.add(this);
  }

  /** Of a run's output what the one before it gave. */
  #leaveOut(bytes: Buffer, known: { readonly mark: Mark; lines: number; bytes: number }): Buffer {
    let rest = bytes;
    while (rest.length > 0 && known.lines > 0) {
      // Not there any more: what comes is new.
      const line = rest.subarray(0, rest.indexOf(NEWLINE) + 1 || rest.length);
      if (timeOf(line) !== known.mark.time) {
        this.#known = null;
        return rest;
      }
      known.lines -= 1;
      rest = rest.subarray(line.length);
    }
    const over = Math.min(known.bytes, rest.length);
    this.#mark(rest.subarray(0, over), this.#nextByte - known.bytes);
    known.bytes -= over;
    if (known.lines === 0 && known.bytes === 0) this.#known = null;
    return rest.subarray(over);
  }

  /** Notes times at the beginnings of lines. */
  #mark(bytes: Buffer, fromByte: number): void {
    if (this.source.resume === 'none') return;
    for (let at = 0; at < bytes.length; at = bytes.indexOf(NEWLINE, at) + 1 || bytes.length) {
      const time = timeOf(bytes.subarray(at, at + 40));
      if (time === null) continue;
      this.#sameTime = time === this.#time ? this.#sameTime + 1 : 0;
      this.#time = time;
      const last = this.#marks.at(-1);
      const byte = fromByte + at;
      if (last !== undefined && byte - last.byte < MARK_BYTES) continue;
      this.#marks = [...this.#marks, { byte, time, before: this.#sameTime }].slice(-MARKS);
    }
  }

  #piece(fromByte: number, bytes: Buffer): Omit<Piece, 'atEnd' | 'behindBytes'> {
    const tail = this.#marks.map(({ byte, time, before }) => `${byte} ${time} ${before}`).join(';');
    const identity: Identity = {
      dev: 'command',
      ino: this.source.name,
      headBytes: 0,
      head: '',
      tailByte: fromByte + bytes.length,
      tail,
    };
    const generation = { id: this.#id, path: this.#path, source: this.source, identity };
    return { generation, fromByte, bytes, ended: false, mtimeMs: Date.now() };
  }
}

function timeOf(line: Buffer): string | null {
  return TIME.exec(line.toString('latin1', 0, 40))?.[0] ?? null;
}

function marksOf(tail: string): Mark[] {
  return tail.split(';').flatMap((one) => {
    const [byte, time, before] = one.split(' ');
    return time === undefined ? [] : [{ byte: Number(byte), time, before: Number(before) }];
  });
}

/** journalctl wants a blank for the `T`, and knows no zone but UTC by name: seconds since the epoch it always reads. */
function sinceOf(resume: CommandSource['resume'], time: string): readonly string[] {
  if (resume === 'none') return [];
  if (resume === 'docker') return ['--since', time];
  const fraction = /[.,](\d+)/.exec(time)?.[1] ?? '0';
  const whole = time.replace(/[.,]\d+/, '').replace(/([+-]\d\d):?(\d\d)$/, '$1:$2');
  return ['--since', `@${Math.floor(Date.parse(whole) / 1_000)}.${fraction}`];
}

/** In place of options that say from where; before the container's name, which stands last. */
function withOptions(args: readonly string[], since: readonly string[]): readonly string[] {
  if (since.length === 0) return args;
  const own = args.filter((arg, at) => {
    const before = args[at - 1] ?? '';
    const takesValue = /^(?:--since|--lines|-n|-S|--tail)$/;
    return !takesValue.test(arg) && !takesValue.test(before) && !/^(?:--since|--lines|--tail)=|^-n\d+$/.test(arg);
  });
  const name = own.at(-1);
  if (name === undefined || name.startsWith('-')) return [...own, ...since];
  // A value of the option before it stays beside it.
  const keeps = (own.at(-2) ?? '').startsWith('-') && !/^(?:-f|--follow|-t|--timestamps)$/.test(own.at(-2) ?? '');
  return keeps ? [...own, ...since] : [...own.slice(0, -1), ...since, name];
}
