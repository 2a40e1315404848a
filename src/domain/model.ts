/** The nouns of the system: zod schemas with a type of the same name. Instants are epoch milliseconds. */
import { z } from 'zod';

export const STATUSES = ['pending', 'in_progress', 'blocked', 'completed', 'cancelled'] as const;
export type Status = (typeof STATUSES)[number];
export const OPEN_STATUSES = ['pending', 'in_progress', 'blocked'] as const satisfies readonly Status[];
/**
 * Where the lists keep a task: under its status, but for what was dropped, a part of the cancelled ones, and for what a hand
 * has dismissed or merged into another, which stands in no other list.
 */
export const LISTINGS = [...STATUSES, 'dropped', 'dismissed', 'merged'] as const;
export type Listing = (typeof LISTINGS)[number];
export const isOpen = (status: Listing): boolean => (OPEN_STATUSES as readonly Listing[]).includes(status);

export const PRIORITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

export type Effort = 'low' | 'medium' | 'high';

export const SOURCES = ['structured', 'marker', 'deferred', 'request'] as const;
export type Source = (typeof SOURCES)[number];

/**
 * Which bytes on disk are meant. `head` is a hash of the first min(size, 1,024) bytes, over `headBytes` bytes: with the
 * inode it recognises a file under a new name, and a different file under the old one.
 */
export const FileRef = z.strictObject({
  host: z.string(),
  path: z.string(),
  dev: z.number(),
  ino: z.number(),
  head: z.string(),
  headBytes: z.int(),
});
export type FileRef = z.infer<typeof FileRef>;

/** One message of a conversation as a client hands it over; `content` is text, or blocks as the API writes them. */
export const ChatMessage = z.strictObject({
  role: z.enum(['user', 'assistant', 'system']),
  content: z.union([z.string(), z.array(z.looseObject({ type: z.string() }))]),
  timestamp: z.int().nullable(),
});
export type ChatMessage = z.infer<typeof ChatMessage>;

/** Where something was said: a line (from 1) of a session's transcript. */
export interface Evidence {
  readonly sessionId: string;
  readonly line: number;
  readonly at: number;
  readonly quote: string;
}

/** One thing that happened to a task. The status of a task is that of its latest event. */
export interface TaskChange {
  readonly at: number;
  readonly status: Status | 'dismissed' | 'merged';
  /** Why, in words, where it is not plain. */
  readonly reason: string | null;
  readonly by: 'conversation' | 'hand';
  readonly sessionId: string | null;
  readonly line: number | null;
}

/** A circumstance beside the status, with its reason and time. */
export interface Flag {
  readonly name: 'stale' | 'abandoned' | 'dropped' | 'reopened' | 'contradicted' | 'dismissed' | 'merged_into';
  readonly why: string;
  readonly at: number;
  /** The task that it was merged into. */
  readonly taskId?: string;
}

/** A task as a reader of the ledger sees it. */
export interface Task {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  readonly status: Status;
  readonly priority: Priority;
  readonly prioritySource: 'stated' | 'computed';
  readonly priorityReason: string;
  readonly component: string | null;
  /** Null where no component was found. */
  readonly componentReason: string | null;
  readonly project: string | null;
  /** Orders the list, highest first; does not change with the clock. */
  readonly rank: number;
  readonly rankReason: string;
  /** How much work it looks to be. */
  readonly effort: Effort;
  readonly effortReason: string;
  /** Little work, open, held up by nothing and not of low priority. */
  readonly quickWin: boolean;
  readonly source: Source;
  /** 0 to 1: how sure we are that this is a task at all. */
  readonly confidence: number;
  readonly owner: string | null;
  readonly firstAt: number;
  readonly lastAt: number;
  /** The session that the task belongs to: where it was first asked for, not a copy of that session. */
  readonly sessionId: string;
  readonly evidence: readonly Evidence[];
  readonly flags: readonly Flag[];
  readonly blockedBy: readonly string[];
  readonly blocks: readonly string[];
  readonly relatedErrors: readonly string[];
  /** Open tasks of other sessions with the same words, folded into this one on a page. */
  readonly sameAs: readonly string[];
  /** Tasks that a hand merged into this one. */
  readonly merged: readonly string[];
  readonly history: readonly TaskChange[];
}

/** Filters of the task list. Within a filter any value may match; between filters all must. */
export interface TaskQuery {
  readonly sessionId?: string;
  readonly project?: string;
  readonly priority?: readonly Priority[];
  readonly component?: readonly string[];
  /** Default: the open statuses. */
  readonly status?: readonly Listing[];
  /** Only tasks whose last event is at or after this. */
  readonly since?: number;
  /** Only tasks that wait for this task id, whose blocker's title contains these words, or that wait for what these words name. */
  readonly blockedBy?: string;
  /** Words that must all begin a word of title or description. */
  readonly query?: string;
  readonly sort?: 'rank' | 'newest';
  readonly limit?: number;
  readonly cursor?: string;
  /** What a list needs and no more: `blockedBy`, `blocks` and `relatedErrors` stay empty. */
  readonly isBrief?: boolean;
}

export interface TaskPage {
  readonly tasks: readonly Task[];
  readonly total: number;
  /** `at_least`: the search stopped at its budget; `nextCursor` goes on from there. */
  readonly totalIs: 'exact' | 'at_least';
  readonly nextCursor: string | null;
}

/** A conversation: one session with its copies, forks and subagents folded in. */
export interface Conversation {
  readonly sessionId: string;
  readonly title: string;
  readonly project: string | null;
  readonly cwd: string | null;
  readonly branch: string | null;
  readonly versions: readonly string[];
  readonly firstAt: number;
  readonly lastAt: number;
  readonly prompts: number;
  readonly replies: number;
  readonly toolCalls: number;
  readonly errors: number;
  readonly rejections: number;
  readonly compactions: number;
  readonly interruptions: number;
  readonly files: readonly string[];
  readonly pullRequests: readonly string[];
  readonly parent: string | null;
  readonly subagents: readonly string[];
  readonly copies: readonly string[];
  readonly openTasks: number;
  readonly closedTasks: number;
  /** How it stands: `working`, `waiting` (for the user), `interrupted`, `failed` (the API gave up). */
  readonly outcome: 'working' | 'waiting' | 'interrupted' | 'failed';
}

export interface ConversationPage {
  readonly conversations: readonly Conversation[];
  readonly total: number;
  readonly nextCursor: string | null;
}

/** An error as it is known over all sessions. */
export interface ErrorRecord {
  readonly id: string;
  readonly class: string;
  readonly message: string;
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly sessions: readonly string[];
  readonly project: string | null;
}

/** One line of the recent activity. */
export interface Activity {
  readonly at: number;
  readonly kind: 'task' | 'error' | 'health';
  /**
   * What happened: a status for a task, `dismissed` or `merged`; `occurred` for an error in a conversation, `logged` for one in logs, `spike`, `new` or
   * `quiet` where that is out of the ordinary; a health status for a target.
   */
  readonly what: string;
  readonly id: string;
  readonly title: string;
  readonly sessionId: string | null;
  readonly project: string | null;
  /** How often, where one line tells of all that were logged in an hour. */
  readonly count?: number;
}

const HEALTH = ['up', 'degraded', 'down', 'unknown'] as const;

/** How one probed thing is. */
export const TargetHealth = z.strictObject({
  name: z.string(),
  status: z.enum(HEALTH),
  /** Time of the answer in milliseconds; null where there was none. */
  latencyMs: z.number().nullable(),
  /** Since when it has this status. */
  since: z.int(),
  lastError: z.string().nullable(),
});
export type TargetHealth = z.infer<typeof TargetHealth>;

/** What the insight worker counted last. */
export interface LedgerCounts {
  readonly at: number;
  readonly conversations: number;
  readonly openTasks: number;
  readonly closedTasks: number;
  readonly errors: number;
}

/** A file whose reading was given up until it grows or a new version of the tracker comes. */
export interface Quarantine {
  readonly path: string;
  readonly reason: string;
  readonly attempts: number;
  readonly version: string;
  readonly size: number;
  readonly at: number;
}

/** How far a file has been read. */
export interface FileProgress {
  readonly path: string;
  readonly sessionId: string | null;
  readonly nextByte: number;
  /** Size in bytes when it was last read. */
  readonly size: number;
  readonly linesRead: number;
  readonly skipped: Readonly<Record<string, number>>;
  readonly readAt: number;
}
