/** Random sequences of what may happen to a log, compared with a model. The seed of one that fails is in its message. */
import { expect, test } from '@jest/globals';
import fs from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { until, withFolder } from '../../support/files.js';
import { follow, type Read, type Reading } from './reading.js';

const SEQUENCES = 100;
const AT_ONCE = 10;

/** Mulberry32: the same numbers for the same seed. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

/** A log, what was written to it, and what of that cannot be read any more. */
class Model {
  readonly log: string;
  written = 0;
  readonly lost = new Set<number>();
  #current: number[] = [];
  #pending = '';
  #links = 0;
  /** Lines of files that were removed: nobody can read them again. */
  readonly removed = new Set<number>();
  /** The first line of each file. */
  readonly firsts: number[] = [];

  constructor(
    readonly folder: string,
    readonly linked: boolean,
    readonly random: (below: number) => number,
  ) {
    this.log = join(folder, 'app.log');
    this.create();
  }

  create(): void {
    this.#current = [];
    if (!this.linked) {
      fs.writeFileSync(this.log, '', { flag: 'a' });
      return;
    }
    this.#links += 1;
    const target = join(this.folder, `real-${this.#links}`);
    fs.writeFileSync(target, '');
    fs.symlinkSync(target, `${this.log}.new`);
    fs.renameSync(`${this.log}.new`, this.log);
  }

  write(): void {
    if (this.#current.length === 0) this.firsts.push(this.written);
    const lines = Array.from({ length: 1 + this.random(this.random(20) === 0 ? 3_000 : 20) }, () => {
      this.#current.push(this.written);
      return `line ${this.written++} ${'x'.repeat(this.random(80))}\n`;
    });
    const text = this.#pending + lines.join('');
    const cut = this.random(3) === 0 ? text.length - this.random(5) : text.length;
    fs.appendFileSync(this.log, text.slice(0, cut));
    this.#pending = text.slice(cut);
  }

  isCurrent(line: number | undefined): boolean {
    return line !== undefined && this.#current.includes(line);
  }

  /** Rotation happens between two lines. */
  whole(): void {
    if (this.#pending !== '') fs.appendFileSync(this.log, this.#pending);
    this.#pending = '';
  }

  rename(): void {
    this.whole();
    if (!this.linked) {
      this.shift();
      fs.renameSync(this.log, `${this.log}.1`);
    }
    this.create();
  }

  /** Makes room for `app.log.1`. The last one is not dropped: what nobody has read would be lost with it. */
  shift(): void {
    let last = 1;
    while (fs.existsSync(`${this.log}.${last}`)) last += 1;
    for (let number = last; number > 1; number -= 1)
      fs.renameSync(`${this.log}.${number - 1}`, `${this.log}.${number}`);
  }

  remove(): void {
    this.whole();
    for (const line of this.#current) this.removed.add(line);
    fs.unlinkSync(this.log);
  }

  /** @param seen whether a line was read before */
  truncate(copy: boolean, seen: (line: number) => boolean): void {
    this.whole();
    if (copy) {
      this.shift();
      fs.copyFileSync(this.log, `${this.log}.1`);
    }
    for (const line of this.#current) {
      if (!seen(line)) this.lost.add(line);
      if (!copy) this.removed.add(line);
    }
    fs.truncateSync(this.log, 0);
    this.#current = [];
  }
}

function numbersIn(reads: readonly Read[]): readonly number[] {
  return reads.flatMap(({ text }) =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => Number(/^line (\d+) x*$/.exec(line)?.[1] ?? Number.NaN)),
  );
}

/** Joins what one generation gave to followers one after the other. */
function join2(before: readonly Read[], after: readonly Read[]): Read[] {
  const all = before.map((read) => ({ ...read }));
  for (const read of after) {
    const same = all.find(({ id }) => id === read.id);
    if (same === undefined) all.push(read);
    else {
      same.text = same.text.slice(0, read.fromByte - same.fromByte) + read.text;
      same.nextByte = read.nextByte;
      same.ended = read.ended;
      same.identity = read.identity;
    }
  }
  return all;
}

/** Numbers as spans: `0-12 20-31`. */
function runsOf(numbers: readonly number[]): string {
  const starts = numbers.flatMap((number, at) => (at === 0 || number !== (numbers[at - 1] ?? 0) + 1 ? [at] : []));
  return starts.map((at, next) => `${numbers[at]}-${numbers[(starts[next + 1] ?? numbers.length) - 1]}`).join(' ');
}

async function run(seed: number, truncating: boolean): Promise<void> {
  await withFolder(async (folder) => {
    const random = randomOf(seed);
    const model = new Model(folder, !truncating && random(4) === 0, random);
    const pattern = !model.linked && random(2) === 0 ? `${model.log}*` : model.log;
    let past: Read[] = [];
    const actions: string[] = [];
    const start = async (known?: Awaited<ReturnType<Reading['stop']>>): Promise<Reading> =>
      follow([pattern], { pollMs: 20 + random(60), graceMs: 100, ...(known === undefined ? {} : { known }) });
    let reading: Reading | null = await start();
    const reads = (): Read[] => (reading === null ? past : join2(past, reading.generations));
    const stop = async (running: Reading): Promise<Awaited<ReturnType<Reading['stop']>>> => {
      const known = await running.stop();
      past = join2(past, running.generations);
      reading = null;
      return known;
    };
    try {
      for (let left = 10 + random(15); left > 0; left -= 1) {
        const action = random(12);
        if (action < 5) {
          actions.push('write');
          model.write();
        } else if (action < 7) {
          actions.push('rename');
          // Under which name a link's old target lies nobody can know.
          if (model.linked) await sleep(10);
          model.rename();
        } else if (action === 7 && !model.linked && !truncating) {
          // What nobody could have opened yet may be lost.
          actions.push('remove');
          model.whole();
          const { size } = fs.statSync(model.log);
          await sleep(10);
          const { follower } = reading;
          await until('opened', () =>
            follower.lag().some(({ nextByte, behindBytes }) => nextByte + behindBytes === size),
          );
          model.remove();
          await sleep(random(30));
          model.create();
        } else if (action === 7 && truncating) {
          const copy = random(2) === 0;
          actions.push(copy ? 'copytruncate' : 'truncate');
          const seen = new Set(numbersIn(reads()));
          model.truncate(copy, (line) => seen.has(line));
        } else if (action === 8) {
          actions.push('pause');
          reading.pause();
        } else if (action === 9) {
          actions.push('resume');
          reading.resume();
        } else if (action === 10) {
          actions.push('restart');
          // A file of which nothing was read is one that the next follower does not know.
          model.whole();
          reading.resume();
          await until('a piece of each file', () => {
            const read = new Set(numbersIn(reads()));
            return [...model.firsts, ...model.removed].every((line) => read.has(line) || model.lost.has(line));
          });
          const isKnown = model.isCurrent(numbersIn(reads()).at(-1));
          const known = await stop(reading);
          // Not all of it was acknowledged.
          for (const [path, ones] of known) {
            known.set(
              path,
              ones.map((one) => {
                const from = past.find(({ id }) => id === one.id)?.fromByte ?? 0;
                const isGone = numbersIn(past.filter(({ id }) => id === one.id)).some((line) =>
                  model.removed.has(line),
                );
                const unacknowledged = one.ended || isGone ? 0 : random(2) * random(Math.max(1, one.nextByte - from));
                const nextByte = one.nextByte - unacknowledged;
                past = past.map((read) =>
                  read.id === one.id ? { ...read, text: read.text.slice(0, nextByte - read.fromByte) } : read,
                );
                return { ...one, nextByte };
              }),
            );
          }
          for (let meanwhile = random(4); meanwhile > 0; meanwhile -= 1) {
            actions.push('(write)');
            model.write();
            if (!model.linked && isKnown && random(2) === 0) {
              actions.push('(rename)');
              model.rename();
            }
          }
          reading = await start(known);
        } else {
          actions.push('wait');
          await sleep(random(60));
        }
        if (random(3) > 0) await sleep(random(6));
      }
      model.whole();
      reading.resume();
      const has = (): Set<number> => new Set(numbersIn(reads()));
      await until(
        'every line',
        () => {
          const read = has();
          return Array.from({ length: model.written }, (_, line) => line).every(
            (line) => read.has(line) || model.lost.has(line),
          );
        },
        3_000,
      );
      // What would come twice would come now.
      await sleep(150);
      const numbers = numbersIn(reads());
      const inOrder = [...new Set(numbers)].sort((a, b) => a - b);
      // Each generation is read in order, and one after the other where one name is followed and nothing is copied.
      expect(pattern === model.log && !truncating ? numbers : numbers.toSorted((a, b) => a - b)).toEqual(inOrder);
      for (const read of reads()) expect(numbersIn([read])).toEqual(numbersIn([read]).toSorted((a, b) => a - b));
      if (!truncating) expect(numbers).toHaveLength(model.written);
    } catch (failure) {
      const numbers = numbersIn(reads());
      const missing = Array.from({ length: model.written }, (_, line) => line).filter(
        (line) => !numbers.includes(line) && !model.lost.has(line),
      );
      const twice = numbers.filter((line, at) => numbers.indexOf(line) !== at);
      const what = failure instanceof Error ? (failure.message.split('\n')[0] ?? '') : String(failure);
      throw new Error(
        `${what}; seed ${seed} (${truncating ? 'truncating' : 'exact'}, ${pattern}): ${actions.join(' ')}: ` +
          `missing ${missing.slice(0, 5).join()} of ${missing.length}, twice ${twice.slice(0, 5).join()} of ${twice.length}, written ${model.written}, order ${runsOf(numbers)}`,
      );
    } finally {
      await reading.stop();
    }
  });
}

test.each([
  ['that never truncates, every line is read once and in order', false],
  ['that truncates, no line is read twice or out of order, and only what was not read before is lost', true],
])(
  'after any sequence %s',
  async (_, truncating) => {
    const first = Number(process.env['TAIL_SEED'] ?? Date.now() % 1_000_000);
    const sequences = process.env['TAIL_SEED'] === undefined ? SEQUENCES : 1;
    const failures: string[] = [];
    for (let at = 0; at < sequences; at += AT_ONCE) {
      const seeds = Array.from({ length: Math.min(AT_ONCE, sequences - at) }, (_seed, next) => first + at + next);
      const runs = await Promise.allSettled(seeds.map((seed) => run(seed, truncating)));
      failures.push(...runs.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : [])));
    }
    expect(failures).toEqual([]);
  },
  60_000,
);
