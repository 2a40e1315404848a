/** The patterns of one whole file: what `patterns LOG` prints. */
import type { Trace } from '../../log/model.js';
import { fingerprintOf, type Fingerprint } from '../fingerprint.js';
import { createMiner, type Miner } from '../miner.js';

/** One event of the file. */
export interface FileEvent {
  /** Redacted. */
  readonly text: string;
  readonly trace: Trace | null;
  readonly at: number | null;
  readonly repeats: number;
  /** Of its first line, from 1. */
  readonly line: number;
}

export interface FilePattern {
  readonly id: string;
  readonly kind: Fingerprint['kind'];
  readonly template: string;
  readonly count: number;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  /** At most 300 characters of the first event. */
  readonly example: string;
  /** Counts over the file, by time where its lines tell one, else by line; the same span for all patterns of the file. */
  readonly trend: readonly number[];
}

export interface FilePatterns {
  /** @returns a number that belongs to the event's pattern; `idOf` tells which one that is in the end */
  add(event: FileEvent): number;
  idOf(number: number): string;
  /** The most frequent first. */
  list(): FilePattern[];
  explain(fingerprint: Fingerprint): string;
}

const MAX_EXAMPLE = 300;
const CELLS = 24;
/** Beyond so many, events of new patterns are counted together: a file of noise must not fill the memory. */
const MAX_KEPT = 100_000;
const OTHERS = 'e0000000000000000';

interface Kept {
  readonly number: number;
  readonly id: string;
  readonly kind: Fingerprint['kind'];
  template: string;
  count: number;
  firstLine: number;
  lastLine: number;
  firstAt: number | null;
  lastAt: number | null;
  example: string;
  readonly cells: Uint32Array;
  into: Kept | null;
}

/** Counts over a span that is not known beforehand: cells double their width whenever it outgrows them. */
interface Span {
  start: number | null;
  width: number;
}

export function createFilePatterns(options: { readonly maxPatterns?: number } = {}): FilePatterns {
  const miner: Miner = createMiner(options);
  const kept: Kept[] = [];
  const byId = new Map<string, Kept>();
  const span: Span = { start: null, width: 1 };
  let byTime: boolean | null = null;

  const survivor = (one: Kept): Kept => {
    let at = one;
    while (at.into !== null) at = at.into;
    return at;
  };

  function keep(id: string, kind: Fingerprint['kind'], template: string, { line, text }: FileEvent): Kept {
    const one: Kept = {
      number: kept.length,
      id,
      kind,
      template,
      count: 0,
      firstLine: line,
      lastLine: line,
      ...{
        firstAt: null,
        lastAt: null,
        example: text.slice(0, MAX_EXAMPLE),
        cells: new Uint32Array(CELLS),
        into: null,
      },
    };
    kept.push(one);
    byId.set(id, one);
    return one;
  }

  function unite(from: Kept, into: Kept): void {
    into.count += from.count;
    if (from.firstLine < into.firstLine) [into.firstLine, into.example] = [from.firstLine, from.example];
    into.lastLine = Math.max(into.lastLine, from.lastLine);
    into.firstAt = least(into.firstAt, from.firstAt);
    into.lastAt = most(into.lastAt, from.lastAt);
    for (let i = 0; i < CELLS; i++) into.cells[i] = (into.cells[i] ?? 0) + (from.cells[i] ?? 0);
    from.into = into;
    byId.delete(from.id);
  }

  function cellOf({ at, line }: FileEvent): number {
    byTime ??= at !== null;
    const value = byTime ? at : line;
    // Of lines without a time where the others have one nothing is known but that they stand here.
    if (value === null) return lastCell;
    span.start ??= value;
    while (value - span.start >= span.width * CELLS) {
      span.width *= 2;
      for (const { cells } of kept) halve(cells);
    }
    return Math.max(0, Math.floor((value - span.start) / span.width));
  }
  let lastCell = 0;

  return {
    add(event) {
      const mined = miner.add(fingerprintOf(event.text, event.trace));
      for (const { from, into } of mined.merged) {
        const [young, old] = [byId.get(from), byId.get(into)];
        if (young !== undefined) unite(young, old ?? keep(into, young.kind, mined.template, event));
      }
      const { kind } = fingerprintOf(event.text, event.trace);
      const one =
        byId.get(mined.pattern) ??
        (kept.length < MAX_KEPT ? keep(mined.pattern, kind, mined.template, event) : undefined) ??
        byId.get(OTHERS) ??
        keep(OTHERS, 'message', '<*>', event);
      if (one.id !== OTHERS) one.template = mined.template;
      lastCell = cellOf(event);
      one.cells[lastCell] = (one.cells[lastCell] ?? 0) + event.repeats;
      one.count += event.repeats;
      one.lastLine = event.line;
      one.firstAt = least(one.firstAt, event.at);
      one.lastAt = most(one.lastAt, event.at);
      return one.number;
    },
    idOf(number) {
      const one = kept[number];
      return one === undefined ? OTHERS : survivor(one).id;
    },
    list: () =>
      kept
        .filter(({ into }) => into === null)
        .sort((a, b) => b.count - a.count || a.firstLine - b.firstLine)
        .map(({ cells, number: _, into: __, ...one }) => ({ ...one, trend: [...cells] })),
    explain: (fingerprint) => miner.explain(fingerprint),
  };
}

const least = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.min(a, b));
const most = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.max(a, b));

function halve(cells: Uint32Array): void {
  for (let i = 0; i < CELLS; i++) {
    cells[i] = i * 2 < CELLS ? (cells[i * 2] ?? 0) + (cells[i * 2 + 1] ?? 0) : 0;
  }
}
