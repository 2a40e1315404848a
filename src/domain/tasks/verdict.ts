/** What holds of what hands said of a task as a whole, and what follows from it. */
import type { Ruling } from '../facts.js';
import { isOpen, type Source } from '../model.js';
import type { StatusEvent, TaskRecord } from './record.js';
import { MOST_MERGED, type Lesson } from './ruling.js';

/** A task that is none, or none of its own. */
export type Verdict =
  | { readonly is: 'dismissed'; readonly why: string | null; readonly at: number; readonly byLikeness: boolean }
  | { readonly is: 'merged'; readonly into: string; readonly why: string | null; readonly at: number };

const isAfter = (hand: StatusEvent | null, said: Ruling): boolean =>
  hand !== null && (hand.at > said.at || (hand.at === said.at && hand.ev > said.ev));

const wasClosedAt = ({ events }: TaskRecord, at: number): boolean => {
  const status = events.findLast((event) => event.by === 'conversation' && event.at <= at)?.status;
  return status !== undefined && !isOpen(status);
};

/** What holds of rulings and lessons; null for a task like any other. */
export function verdictOf(record: TaskRecord): Verdict | null {
  const { ruling, lesson, hand, source } = record;
  if (ruling !== undefined && !isAfter(hand, ruling)) {
    const { is, into, why, at } = ruling;
    if (is === 'dismissed') return { is, why, at, byLikeness: false };
    // Under two names merged into each other, once they turn out to be one task.
    return into === null || into === record.id ? null : { is: 'merged', into, why, at };
  }
  // Where a hand has set a status, somebody has looked at this very task; and what was done by then was work.
  if (lesson?.is !== 'dismissed' || source === 'structured' || hand !== null) return null;
  if (wasClosedAt(record, lesson.at)) return null;
  return { is: 'dismissed', why: lesson.why, at: lesson.at, byLikeness: true };
}

/** What others with its words learn from a task that a hand has just changed; null for nothing. */
export function taughtBy(record: TaskRecord): Lesson | null {
  const { ruling, lesson, hand } = record;
  const own = ruling?.is === 'dismissed' ? ruling : undefined;
  if (own !== undefined && !isAfter(hand, own)) return { is: 'dismissed', why: own.why, at: own.at, ev: own.ev };
  if (hand === null || (own === undefined && lesson?.is !== 'dismissed')) return null;
  return { is: 'kept', why: hand.why, at: hand.at, ev: hand.ev };
}

/** How prose tasks count where it is asked how many of them were tasks at all. */
export interface Tally {
  readonly source: Source;
  readonly isDismissed: boolean;
}

/** Null for what was never offered: items of lists, and sentences told only after a hand had dismissed their like. */
export function tallyOf(record: TaskRecord): Tally | null {
  if (record.source === 'structured') return null;
  const verdict = verdictOf(record);
  const isDismissed = verdict?.is === 'dismissed';
  if (isDismissed && verdict.byLikeness && record.firstAt >= verdict.at) return null;
  return { source: record.source, isDismissed };
}

/**
 * What a merged task adds to the one it is merged into: where it was told of and what waits for what, with work on it and its
 * end. That it was merely told of, or left out of a list beside the other, says nothing of how the other stands.
 */
export function shareOf(record: TaskRecord): TaskRecord {
  const counts = ({ by, status, why }: StatusEvent): boolean =>
    by === 'conversation' && why !== 'undone' && (why === 'reopened' || !SAYS_NOTHING_OF_OTHERS.includes(status));
  const { ruling: _ruling, lesson: _lesson, ...rest } = record;
  return {
    ...rest,
    title: null,
    description: null,
    owner: null,
    project: null,
    place: null,
    hand: null,
    // The last of them, so that the other's stays.
    source: 'request',
    events: record.events.filter(counts),
    merged: [record.id],
  };
}

const SAYS_NOTHING_OF_OTHERS: readonly string[] = ['pending', 'cancelled'] satisfies StatusEvent['status'][];

/** `unknown`: there is no such task to merge into. `chain`: one of the two was merged already, or holds others that were. */
export type MergeRefusal = 'unknown' | 'itself' | 'chain' | 'dismissed' | 'full';

/** Why a task cannot be merged into another; null where it can. One step is all: so there are no chains and no rings. */
export function refusalOf(task: TaskRecord, target: TaskRecord | null): MergeRefusal | null {
  if (target === null) return 'unknown';
  if (task.id === target.id) return 'itself';
  const verdict = verdictOf(target);
  if (verdict?.is === 'merged' || (task.merged ?? []).length > 0) return 'chain';
  if (verdict !== null) return 'dismissed';
  return (target.merged ?? []).length >= MOST_MERGED ? 'full' : null;
}
