/** Where in what a command prints a line began with which time: for going on after it in another run's output. */

/** How far apart marks are, and how many of them are kept: what a ledger may be behind. */
const MARK_BYTES = 64 * 1024;
const MARKS = 12;
const NEWLINE = 10;
/** `2025-01-01T00:00:00.123456+0000` (journald) and `2025-01-01T00:00:00.123456789Z` (docker). */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)/;
const TIME_BYTES = 40;

interface Mark {
  readonly byte: number;
  readonly time: string;
  /** Lines with the same time before it. */
  readonly before: number;
}

/** Of a run that goes on with another: what is known already, to be left out. */
interface Known {
  readonly mark: Mark;
  /** Before the one that is marked. */
  lines: number;
  isMet: boolean;
  /** From there on. */
  bytes: number;
}

export class Marks {
  #marks: readonly Mark[] = [];
  /** The time of the line that was noted last, and how many with it. */
  #time = '';
  #sameTime = 0;
  #known: Known | null = null;

  /** The time since which output has to be asked for; null to begin anew. */
  get since(): string | null {
    return this.#known?.mark.time ?? null;
  }

  /** Notes times at the beginnings of lines. */
  note(bytes: Buffer, fromByte: number): void {
    for (let at = 0; at < bytes.length; at = bytes.indexOf(NEWLINE, at) + 1 || bytes.length) {
      const time = timeOf(bytes.subarray(at, at + TIME_BYTES));
      if (time === null) continue;
      this.#sameTime = time === this.#time ? this.#sameTime + 1 : 0;
      this.#time = time;
      const last = this.#marks.at(-1);
      const byte = fromByte + at;
      if (last !== undefined && byte - last.byte < MARK_BYTES) continue;
      this.#marks = [...this.#marks, { byte, time, before: this.#sameTime }].slice(-MARKS);
    }
  }

  /** Prepares for a run that goes on at `nextByte`. @returns false if nothing says where that would be */
  goOn(nextByte: number): boolean {
    const mark = this.#marks.at(-1);
    if (mark === undefined) return false;
    this.#known = { mark, lines: mark.before, bytes: nextByte - mark.byte, isMet: false };
    // The line that is marked is noted again.
    this.#time = mark.time;
    this.#sameTime = mark.before - 1;
    return true;
  }

  /**
   * Prepares for going on where a ledger is.
   * @param saved what `save` gave
   * @returns the first byte that will be given; null if nothing says where that would be
   */
  resume(saved: string, nextByte: number): number | null {
    const marks = marksOf(saved);
    const mark = marks.findLast(({ byte }) => byte <= nextByte) ?? marks[0];
    if (mark === undefined) return null;
    const from = Math.max(nextByte, mark.byte);
    this.#marks = marks.filter(({ byte }) => byte <= from);
    this.goOn(from);
    return from;
  }

  /** Of a run's output what the one before it did not give. @param nextByte of the first byte that was not given */
  news(bytes: Buffer, nextByte: number): Buffer {
    const known = this.#known;
    if (known === null) return bytes;
    let rest = bytes;
    while (rest.length > 0 && !known.isMet) {
      const line = rest.subarray(0, rest.indexOf(NEWLINE) + 1 || rest.length);
      const time = timeOf(line);
      if (time !== null && time !== known.mark.time) return this.#lost(rest);
      if (time !== null && known.lines === 0) {
        known.isMet = true;
        break;
      }
      // Those that go on with a line have no time.
      if (time !== null) known.lines -= 1;
      rest = rest.subarray(line.length);
    }
    const over = Math.min(known.bytes, rest.length);
    this.note(rest.subarray(0, over), nextByte - known.bytes);
    known.bytes -= over;
    if (known.isMet && known.bytes === 0) this.#known = null;
    return rest.subarray(over);
  }

  /** As text, for the identity of a generation. */
  save(): string {
    return this.#marks.map(({ byte, time, before }) => `${byte} ${time} ${before}`).join(';');
  }

  /** What was marked is not there any more: what comes is new, and no mark leads to it. */
  #lost(news: Buffer): Buffer {
    this.#known = null;
    this.#marks = [];
    this.#time = '';
    return news;
  }
}

function timeOf(line: Buffer): string | null {
  return TIME.exec(line.toString('latin1', 0, TIME_BYTES))?.[0] ?? null;
}

function marksOf(saved: string): readonly Mark[] {
  return saved.split(';').flatMap((one) => {
    const [byte, time, before] = one.split(' ');
    return time === undefined ? [] : [{ byte: Number(byte), time, before: Number(before) }];
  });
}
