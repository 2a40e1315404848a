/** One text that is looked at: what was found in it, and what need not be searched for again. */
import { maskEnd } from '../mask.js';

/** Which part of a text is a secret: from `start` (inclusive) to `end` (exclusive), in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly type: string;
  /**
   * Of two that overlap, the higher one names the type: 1 known by its place, 2 by its form, 3 by a rule of the user, 4 the
   * rest of a line.
   */
  readonly rank: 1 | 2 | 3 | 4;
}

/**
 * So many secrets of a text are masked one by one. A further one is masked with all that follows it in its line: no log has
 * as many in one, and whoever writes such a line would have us work for each of them.
 */
const MAX_SINGLE_SPANS = 2_048;

const NONE = Number.POSITIVE_INFINITY;
const NO_SPANS: readonly Span[] = [];

/** A set of ASCII characters. */
export type CharSet = Uint8Array;

export function charSet(chars: string): CharSet {
  const set = new Uint8Array(128);
  for (const char of chars) set[char.charCodeAt(0)] = 1;
  return set;
}

/** All ASCII characters but these; what is beyond ASCII belongs to it as well. */
export function charSetWithout(chars: string): CharSet {
  const set = new Uint8Array(129).fill(1);
  for (const char of chars) set[char.charCodeAt(0)] = 0;
  return set;
}

export const has = (set: CharSet, code: number): boolean => set[code < 128 ? code : 128] === 1;

interface Run {
  readonly set: CharSet;
  start: number;
  end: number;
}

/** The one seen last of these characters. There are a handful of sets, so a list is quicker than a map. */
function runOf(runs: Run[], set: CharSet): Run {
  for (const run of runs) if (run.set === set) return run;
  const run = { set, start: 0, end: -1 };
  runs.push(run);
  return run;
}

/**
 * Texts are hostile at times: whatever searches forward here remembers how far it has looked, so that a word that
 * stands in a text a hundred thousand times does not search its rest as often.
 */
export class Scene {
  #spans: Span[] | null = null;
  readonly #runs: Run[] = [];
  readonly #starts: Run[] = [];
  readonly #gaps: Run[] = [];
  #found: Map<string, { from: number; place: number }> | null = null;
  /** Start and end of the mask that was seen last, from an earlier redaction. */
  #maskStart = -1;
  #maskEnd = -1;
  #masks: number[] | null = null;
  /** The command that was seen last, and where: its options hold passwords. */
  command: { readonly name: string; readonly end: number } | null = null;
  /** Up to where cookies were read. */
  cookiesEnd = 0;
  /** Up to where spans of each rank reach. */
  readonly #until = [0, 0, 0, 0, 0];
  /**
   * Up to where what was found reaches. What follows stands behind a mask in the end, so it is looked at as if it did: else
   * each of many that touch would come into view a round later than the one before it.
   */
  until = 0;

  constructor(readonly text: string) {}

  get spans(): readonly Span[] {
    return this.#spans ?? NO_SPANS;
  }

  add(start: number, end: number, type: string, rank: Exclude<Span['rank'], 4>): void {
    const spans = (this.#spans ??= []);
    if (spans.length >= MAX_SINGLE_SPANS && rank < 3) {
      const lineEnd = Math.min(this.next('\n', end), this.text.length);
      spans.push({ start, end: lineEnd, type: 'rest-of-line', rank: 4 });
      this.#until.fill(lineEnd);
      this.until = lineEnd;
      return;
    }
    spans.push({ start, end, type, rank });
    if (end > (this.#until[rank] ?? 0)) this.#until[rank] = end;
    if (end > this.until) this.until = end;
  }

  /** Whether something of this rank was found that goes beyond `at`. */
  isCovered(at: number, rank: Span['rank']): boolean {
    return at >= 0 && at < (this.#until[rank] ?? 0);
  }

  addMask(start: number): void {
    const end = maskEnd(this.text, start);
    if (end < 0) return;
    [this.#maskStart, this.#maskEnd] = [start, end];
    (this.#masks ??= []).push(start, end);
  }

  /** Whether `at` stands in the mask that was seen last. */
  isMasked(at: number): boolean {
    return at >= this.#maskStart && at < this.#maskEnd;
  }

  /** Whether a mask from an earlier redaction stands in this part. */
  touchesMask(start: number, end: number): boolean {
    const masks = this.#masks ?? [];
    let [low, high] = [0, masks.length / 2];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((masks[middle * 2 + 1] ?? 0) <= start) low = middle + 1;
      else high = middle;
    }
    return (masks[low * 2] ?? NONE) < end;
  }

  /** Where the run of such characters ends that `at` stands in; `at` itself where it is none of them. */
  runEnd(set: CharSet, at: number): number {
    const run = runOf(this.#runs, set);
    if (at >= run.start && at < run.end) return run.end;
    let end = at;
    while (end < this.text.length && has(set, this.text.charCodeAt(end))) end += 1;
    run.start = at;
    run.end = end;
    return end;
  }

  /** Whether one of these characters stands from `from` to `to` (exclusive). Asked for growing places. */
  holds(set: CharSet, from: number, to: number): boolean {
    const gap = runOf(this.#gaps, set);
    // Between the two none stands: the search goes on where it ended.
    let at = from >= gap.start && from <= gap.end ? gap.end : from;
    while (at < to && !has(set, this.text.charCodeAt(at))) at += 1;
    gap.start = from;
    gap.end = at;
    return at < to;
  }

  /** Where the run of such characters begins that ends at `at`; `at` itself where there is none. Asked for growing places. */
  runStart(set: CharSet, at: number): number {
    const run = runOf(this.#starts, set);
    let start = at;
    while (start > 0 && start !== run.end && has(set, this.text.charCodeAt(start - 1))) start -= 1;
    if (start === run.end) start = run.start;
    run.start = start;
    run.end = at;
    return start;
  }

  /** The first `what` at or behind `at`; Infinity where there is none. */
  next(what: string, at: number): number {
    const found = (this.#found ??= new Map<string, { from: number; place: number }>());
    const known = found.get(what);
    if (known !== undefined && at >= known.from && at <= known.place) return known.place;
    const index = this.text.indexOf(what, at);
    const place = index < 0 ? NONE : index;
    found.set(what, { from: at, place });
    return place;
  }
}
