/** What hands say of tasks beside their status, and how it is merged. */
import type { Ruling } from '../facts.js';

/** What a hand said last of tasks with the same words: that such a sentence is no task, or that it is one after all. */
export interface Lesson {
  readonly is: 'dismissed' | 'kept';
  readonly why: string | null;
  readonly at: number;
  readonly ev: string;
}

/** The part of a record that hands tell of. */
export interface Ruled {
  /** What a hand said last of the task as a whole. */
  readonly ruling?: Ruling;
  /** What is known of its words; the ledger puts in what it was taught. */
  readonly lesson?: Lesson;
  /** Tasks that a hand merged into it. */
  readonly merged?: readonly string[];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Later first, and what comes at the same time in an order of its own: any total order would do. */
function laterOf<Said extends Ruling | Lesson>(a: Said | undefined, b: Said | undefined): Said | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const into = (said: Said): string => ('into' in said ? (said.into ?? '') : '');
  const order =
    b.at - a.at ||
    compare(b.ev, a.ev) ||
    compare(b.is, a.is) ||
    compare(into(b), into(a)) ||
    compare(b.why ?? '', a.why ?? '');
  return order <= 0 ? a : b;
}

export const laterLesson = (a: Lesson | undefined, b: Lesson | undefined): Lesson | undefined => laterOf(a, b);

/** Most that one task is kept as the sum of. */
export const MOST_MERGED = 40;

/** The later of each, and all that were merged. */
export function mergeRuled(a: Ruled, b: Ruled): Ruled {
  const ruling = laterOf(a.ruling, b.ruling);
  const lesson = laterOf(a.lesson, b.lesson);
  const merged = [...new Set([...(a.merged ?? []), ...(b.merged ?? [])])].sort().slice(0, MOST_MERGED);
  return {
    ...(ruling === undefined ? {} : { ruling }),
    ...(lesson === undefined ? {} : { lesson }),
    ...(merged.length === 0 ? {} : { merged }),
  };
}
