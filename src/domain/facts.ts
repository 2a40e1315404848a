/**
 * What reading a piece of a conversation establishes. Facts may arrive in any order and more than once: each is about a
 * thing with an id that every copy of the same line gives, and carries the time that decides between contrary ones.
 */
import type { Priority, Source, Status } from './model.js';

/** What a hand says of a task as a whole: that it is none, or the same as another. A status that is set later takes it back. */
export interface Ruling {
  readonly is: 'dismissed' | 'merged';
  /** The task that it was merged into. */
  readonly into: string | null;
  readonly why: string | null;
  readonly at: number;
  readonly ev: string;
}

/** Something said of one task. Fields that are null say nothing. */
export interface TaskFact {
  readonly is: 'task';
  readonly id: string;
  /** The same in every copy of the line. */
  readonly eventId: string;
  readonly at: number;
  readonly sessionId: string;
  readonly line: number;
  readonly source: Source;
  readonly project: string | null;
  /** The subagent whose private list this is; null for the conversation's own list. */
  readonly agent: string | null;
  readonly status: Status | null;
  readonly reason: string | null;
  readonly title: string | null;
  readonly description: string | null;
  readonly priority: Priority | null;
  /** The words that state the priority; null where a field does. */
  readonly priorityWords: string | null;
  /** The sentence that tells of it. */
  readonly quote: string | null;
  readonly owner: string | null;
  readonly blocks: readonly string[];
  readonly blockedBy: readonly string[];
  /** Place in its list, from 0. */
  readonly place: number | null;
  /** `hand` wins over anything that a conversation says. */
  readonly by: 'conversation' | 'hand';
  /** Said by a hand of the task as a whole, at a time of its own. */
  readonly ruling?: Omit<Ruling, 'ev'>;
}

/** The fields of a task fact that says nothing yet. */
export const SAYS_NOTHING = {
  status: null,
  reason: null,
  title: null,
  description: null,
  priority: null,
  priorityWords: null,
  quote: null,
  owner: null,
  blocks: [],
  blockedBy: [],
  place: null,
} as const;

/** `alias` is another id of the task `id`: what a copy that begins at a compaction knows it by. */
export interface AliasFact {
  readonly is: 'alias';
  readonly alias: string;
  readonly id: string;
}

/** A failure that really happened, once. */
export interface ErrorFact {
  readonly is: 'error';
  readonly id: string;
  readonly eventId: string;
  readonly at: number;
  readonly sessionId: string;
  readonly line: number;
  readonly class: ErrorClass;
  readonly message: string;
  readonly project: string | null;
  /** Set if it happened in a subagent's own file. */
  readonly agent: string | null;
}

/** A summary of the session whose last message is `leaf`; it stands in another session's file. */
export interface SummaryFact {
  readonly is: 'summary';
  readonly leaf: string;
  readonly text: string;
}

/**
 * Said by the user of work that this conversation does not know: it is done, taken back, or still broken. Which task of another
 * session is meant is settled where all of them are known.
 */
export interface ClaimFact {
  readonly is: 'claim';
  readonly eventId: string;
  readonly at: number;
  readonly sessionId: string;
  readonly line: number;
  readonly project: string | null;
  readonly says: 'done' | 'cancelled' | 'broken';
  /** The words that say what is meant. */
  readonly about: string;
  /** These are not the user's word for it, but the sentence that it was spoken of in before. */
  readonly isContext: boolean;
  readonly quote: string;
}

export type Fact = TaskFact | AliasFact | ErrorFact | SummaryFact | ClaimFact;

export const ERROR_CLASSES = [
  'api',
  'hook',
  'tool',
  'permission',
  'timeout',
  'resource',
  'connection',
  'dependency',
  'vcs',
  'type',
  'test',
  'lint',
  'filesystem',
  'command',
  'exception',
  'exit',
] as const;
export type ErrorClass = (typeof ERROR_CLASSES)[number];

/**
 * What one file tells of its session: a plain function of the file's content, kept per file, so that reading a file
 * again, or a copy of it, changes nothing.
 */
export interface FileStats {
  sessionId: string | null;
  /** Set for a subagent's own file. */
  agentId: string | null;
  firstAt: number | null;
  lastAt: number | null;
  /** First line that was not copied from another session. */
  firstOwnAt: number | null;
  forked: boolean;
  /** The first uuid of the file and that of each compaction: files that share one are one conversation. */
  roots: string[];
  /** Last uuid of the file. */
  tip: string | null;
  title: { custom: string | null; ai: string | null; summary: string | null; prompt: string | null };
  cwd: string | null;
  /** Of the first working folder. */
  project: string | null;
  branch: string | null;
  versions: string[];
  prompts: number;
  replies: number;
  toolCalls: number;
  errors: number;
  rejections: number;
  denials: number;
  cascades: number;
  apiRetries: number;
  compactions: number;
  interruptions: number;
  files: string[];
  pullRequests: string[];
  subagents: string[];
  outcome: 'working' | 'waiting' | 'interrupted' | 'failed';
  lines: number;
  skipped: Record<string, number>;
  /** Unanswered calls and list items that were forgotten to keep the state bounded. */
  forgotten: number;
}
