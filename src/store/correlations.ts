/** What may be asked of errors, conversations and fixes in their relations, and what comes back. Types alone. */
import type { Affinity, Group } from '../domain/affinity.js';
import type { Judgement } from '../domain/fixes.js';
import type { Trend } from '../domain/trend.js';

/** A task that was under way when the error happened. */
export interface TiedTask {
  readonly id: string;
  readonly title: string;
  /**
   * 1 / sqrt(tasks tied to the error · errors tied to the task), 0 to 1: the cosine of two things that share one tie, so
   * that a task that was under way when everything failed says little of each.
   */
  readonly score: number;
  readonly errorsOfTask: number;
}

export interface Pattern {
  readonly id: string;
  readonly class: string;
  readonly message: string;
  readonly project: string | null;
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly trend: Trend;
  readonly lastDay: number;
  readonly perDayBefore: number;
  readonly sessions: readonly string[];
  readonly tasks: readonly TiedTask[];
  readonly tasksTotal: number;
}

export interface PatternQuery {
  readonly limit: number;
  readonly cursor?: string;
  /** Words that must all begin a word of the message. */
  readonly query?: string;
  readonly project?: string;
  readonly sessionId?: string;
  /** Only errors that last happened at or after this. */
  readonly since?: number;
  /** The filters as the caller wrote them, which a cursor is bound to. */
  readonly asked: string;
  readonly now: number;
  /** Tasks wanted of each. */
  readonly mostTasks: number;
}

export interface PatternPage {
  readonly patterns: readonly Pattern[];
  readonly total: number;
  readonly totalIs: 'exact' | 'at_least';
  readonly nextCursor: string | null;
}

export interface Fix extends Judgement {
  readonly errorId: string;
  /** As it was said first. */
  readonly message: string;
  readonly taskId: string;
  readonly taskTitle: string;
  readonly claimedAt: number;
  readonly by: 'conversation' | 'hand';
  /** Where the claim was made; null for one by hand. */
  readonly sessionId: string | null;
  readonly project: string | null;
  /** Occurrences up to the claim and after it. */
  readonly before: number;
  readonly after: number;
}

export interface FixQuery {
  readonly limit: number;
  readonly cursor?: string;
  readonly errorId?: string;
  readonly taskId?: string;
  readonly sessionId?: string;
  readonly project?: string;
  /** Only claims at or after this. */
  readonly since?: number;
  /** The filters as the caller wrote them, which a cursor is bound to. */
  readonly asked: string;
  readonly now: number;
}

export interface FixPage {
  readonly fixes: readonly Fix[];
  /** Set also where the search stopped at its budget. */
  readonly nextCursor: string | null;
  /** Tasks that were looked at. */
  readonly lookedAt: number;
}

export interface LinkQuery {
  /** Only links of this conversation. */
  readonly sessionId?: string;
  readonly project?: string;
  /** Only conversations that were active at or after this. */
  readonly since?: number;
  /** 0 to 1. */
  readonly minScore: number;
  readonly limit: number;
}

export interface Link extends Affinity {
  readonly aTitle: string;
  readonly bTitle: string;
}

export interface Links {
  /** Best first; tasks by the ids that `a` has for them. */
  readonly links: readonly Link[];
  readonly total: number;
  /** Of all links, not only of those that are shown. */
  readonly groups: readonly Group[];
  readonly compared: number;
}
