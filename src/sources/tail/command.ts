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
import { Marks } from './marks.js';
import type { Memory, Remembered } from './memory.js';
import type { CommandSource, Identity, Lag, Piece } from './model.js';
import type { Problems } from './problems.js';
import { argumentsOf } from './since.js';
import type { Feed, Turns } from './turns.js';

const PAUSES_MS = [1_000, 2_000, 5_000, 15_000, 60_000];
/** A run that lasted so long was a good one: the next pause is the shortest again. */
const GOOD_RUN_MS = 30_000;
const PIECE_BYTES = 256 * 1024;
const NEWLINE = 10;
const NOTHING: Buffer = Buffer.alloc(0);

export class Commands {
  readonly #runs: readonly Command[];

  constructor(
    sources: readonly CommandSource[],
    memory: Memory,
    turns: Turns,
    problems: Problems,
    pausesMs: readonly number[] = PAUSES_MS,
  ) {
    this.#runs = sources.map((source) => new Command(source, memory, turns, problems, pausesMs));
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
  readonly #marks = new Marks();
  /** Whole lines that wait to be taken, and the beginning of one. */
  #waiting: Buffer = NOTHING;
  #rest: Buffer = NOTHING;
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
    if (this.source.resume !== 'none') this.#marks.note(bytes, fromByte);
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
    const [program = ''] = this.source.argv;
    const joined = this.source.resume === 'docker' ? await joinedPipe() : null;
    if (this.#closed) {
      joined?.write.destroy();
      joined?.read.destroy();
      return;
    }
    this.#startedAtMs = Date.now();
    this.#rest = NOTHING;
    const child = spawn(program, argumentsOf(this.source, this.#marks.since), {
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
    if (this.#marks.goOn(this.#nextByte) || this.#nextByte === 0) return;
    this.#ending = { ...this.#piece(this.#nextByte, NOTHING), atEnd: true, ended: true, behindBytes: 0 };
    this.turns.add(this);
    this.#id = randomBytes(8).toString('hex');
    this.#nextByte = 0;
  }

  #resume(known: Remembered): void {
    if (this.source.resume === 'none') return;
    const nextByte = this.#marks.resume(known.identity.tail, known.nextByte);
    if (nextByte === null) return;
    this.#id = known.id;
    this.#nextByte = nextByte;
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
    const news = this.#marks.news(bytes, this.#nextByte);
    if (news.length === 0) return;
    this.#waiting = this.#waiting.length === 0 ? news : Buffer.concat([this.#waiting, news]);
    this.#output?.pause();
    this.turns.add(this);
  }

  #piece(fromByte: number, bytes: Buffer): Omit<Piece, 'atEnd' | 'behindBytes'> {
    const identity: Identity = {
      dev: 'command',
      ino: this.source.name,
      headBytes: 0,
      head: '',
      tailByte: fromByte + bytes.length,
      tail: this.#marks.save(),
    };
    const generation = { id: this.#id, path: this.#path, source: this.source, identity };
    return { generation, fromByte, bytes, ended: false, mtimeMs: Date.now() };
  }
}
