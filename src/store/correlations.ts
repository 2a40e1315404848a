/** What may be asked of errors, conversations and fixes in their relations, and what comes back. Types alone. */
import type { Affinity, Group } from '../domain/affinity.js';
import type { Judgement } from '../domain/fixes.js';
import type { Severity } from '../domain/severity.js';
import type { Trend } from '../domain/trend.js';

/** A task that an error is tied to. */
export interface TiedTask {
  readonly id: string;
  readonly title: string;
  /**
   * 1 / sqrt(tasks tied to the error · errors tied to the task), 0 to 1: the cosine of two things that share one tie, so
   * that a task that was under way when everything failed says little of each. Where more than that ties them, what
   * `correlate` made of it.
   */
  readonly score: number;
  readonly why: string;
}

/** A text as it was logged. */
export interface Sample {
  readonly at: number;
  readonly path: string;
  /** Where it begins in the file. */
  readonly byte: number;
  readonly text: string;
  /** Lines before it, oldest first. */
  readonly context: readonly string[];
}

/** What is out of the ordinary with how often an error comes. */
export interface Signal {
  readonly kind: string;
  readonly at: number;
  readonly why: string;
}

/** What only one who asks for all of an error is told. */
export interface PatternDetails {
  /** The first two and the latest three of logs, oldest first. */
  readonly samples: readonly Sample[];
  readonly signals: readonly Signal[];
  /** How often logs told of it in each of the last 24 hours; the last one is under way. */
  readonly hours: readonly number[];
  /** Of an error of logs; of others the id says it. */
  readonly fingerprints: readonly string[];
  readonly groupingVersion: number | null;
  readonly level: string | null;
  readonly components: readonly string[];
  readonly keys: readonly string[];
}

export interface Pattern {
  readonly id: string;
  readonly class: string;
  readonly message: string;
  readonly severity: Severity;
  readonly severityReason: string;
  readonly component: string | null;
  /** `conversation`, then the paths of logs, the latest first. */
  readonly sources: readonly string[];
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
  readonly details: PatternDetails | null;
}

export interface PatternQuery {
  readonly limit: number;
  readonly cursor?: string;
  /** Words that must all begin a word of the message or of the first or latest text that was logged. */
  readonly query?: string;
  readonly component?: string;
  readonly severity?: Severity;
  readonly project?: string;
  readonly sessionId?: string;
  /** Only errors that last happened at or after this. */
  readonly since?: number;
  /** The filters as the caller wrote them, which a cursor is bound to. */
  readonly asked: string;
  readonly now: number;
  /** Tasks wanted of each. */
  readonly mostTasks: number;
  readonly isDetailed?: boolean;
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
