/**
 * What the reader must remember between two chunks of a file. It travels in the file's checkpoint, so it is plain JSON
 * and bounded: what no longer fits is forgotten, oldest first, and counted.
 */
import type { FileStats } from '../facts.js';
import type { Priority, Status } from '../model.js';
import { newThread, type Thread } from './thread/state.js';

/** Raised when the meaning of the state changes: a checkpoint of another version is read again from the start. */
export const READER_VERSION = 4;

/** Most that is remembered of each kind. */
export const LIMIT = {
  calls: 512,
  callBytes: 48 * 1024,
  known: 600,
  knownBytes: 48 * 1024,
  /** Of the list as it was last written, and of the one before it. */
  todoBytes: 32 * 1024,
  numbered: 1_000,
  /** Subagents whose lists are remembered, and how large all of them may be together. */
  agents: 64,
  agentBytes: 48 * 1024,
  sidechains: 256,
  roots: 64,
  recent: 64,
  files: 200,
  names: 50,
} as const;

/** An unanswered tool call. */
export interface OpenCall {
  readonly tool: string;
  /** Whose list it is about: '' for the conversation's own, else the subagent's id. */
  readonly agent: string;
  /** What it is about: a path, or description and command. */
  readonly summary?: string;
  /** It does more than to look. */
  readonly isWork?: true;
  /** Tasks of markers that it puts into code. */
  readonly brought?: readonly string[];
  readonly subject?: string;
  readonly description?: string | null;
  readonly patch?: {
    readonly number: string;
    readonly status: Status | 'deleted' | null;
    readonly subject: string | null;
    readonly description: string | null;
    readonly owner: string | null;
    readonly blocks: readonly string[];
    readonly blockedBy: readonly string[];
  };
}

/** An item of the list as it was last written. */
export interface LiveTodo {
  readonly id: string;
  /** Its id under the present root: differs from `id` after a compaction. */
  readonly handle: string;
  readonly content: string;
  readonly nth: number;
  readonly status: Status;
  readonly priority: Priority | null;
  /** Not written again since the last compaction. */
  readonly isInherited?: true;
}

export interface NumberedTask {
  readonly id: string;
  readonly handle: string;
  readonly status: Status;
}

/** The lists of one agent: the written one (TodoWrite) and the numbered one (TaskCreate). */
export interface Lists {
  todos: LiveTodo[];
  /** Every item ever written, by folded wording and place among equals: also those that left the list. */
  known: Record<string, { readonly id: string; readonly handle: string; readonly status: Status }>;
  numbered: Record<string, NumberedTask>;
  /** The list before the last call, until its result is known. */
  undo: {
    readonly callId: string;
    readonly todos: readonly LiveTodo[];
    readonly isNew: readonly string[];
    /** Items that the call brought back, as they were before it. */
    readonly back: readonly LiveTodo[];
  } | null;
}

export interface ReaderState {
  readonly version: typeof READER_VERSION;
  /** Number of the last line that was read. */
  line: number;
  /** First uuid of the file, then that of the latest compaction: list items are known by it. */
  root: string | null;
  /** Last time seen, for lines that carry none. */
  clock: number;
  calls: Record<string, OpenCall>;
  lists: Record<string, Lists>;
  /** Subagent lines without an agent id: uuid of a line → first uuid of its chain. */
  sidechains: Record<string, string>;
  thread: Thread;
  lastMessageId: string | null;
  /** Latest uuids: a summary that points at one of them is about this file. */
  recent: string[];
  stats: FileStats;
}

export function initialState(sessionId: string | null): ReaderState {
  return {
    version: READER_VERSION,
    line: 0,
    root: null,
    clock: 0,
    calls: {},
    lists: {},
    sidechains: {},
    thread: newThread(),
    lastMessageId: null,
    recent: [],
    stats: {
      sessionId,
      agentId: null,
      firstAt: null,
      lastAt: null,
      firstOwnAt: null,
      forked: false,
      roots: [],
      tip: null,
      title: { custom: null, ai: null, summary: null, prompt: null },
      cwd: null,
      project: null,
      branch: null,
      versions: [],
      prompts: 0,
      replies: 0,
      toolCalls: 0,
      errors: 0,
      rejections: 0,
      denials: 0,
      cascades: 0,
      apiRetries: 0,
      compactions: 0,
      interruptions: 0,
      files: [],
      pullRequests: [],
      subagents: [],
      outcome: 'working',
      lines: 0,
      skipped: {},
      forgotten: 0,
    },
  };
}

export function listsOf(state: ReaderState, agent: string): Lists {
  return (state.lists[agent] ??= { todos: [], known: {}, numbered: {}, undo: null });
}

/** Drops the oldest entries of a record beyond `limit`. @returns how many */
export function bound(record: Record<string, unknown>, limit: number): number {
  const keys = Object.keys(record);
  const excess = Math.max(0, keys.length - limit);
  for (const key of keys.slice(0, excess)) Reflect.deleteProperty(record, key);
  return excess;
}

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** Drops the oldest entries of a record beyond this many bytes of JSON. @returns how many */
export function boundBytes(record: Record<string, unknown>, limit: number): number {
  let bytes = 0;
  let dropped = 0;
  for (const [key, value] of Object.entries(record).reverse()) {
    if (bytes <= limit) bytes += bytesOf(key) + bytesOf(value) + 2;
    if (bytes <= limit) continue;
    Reflect.deleteProperty(record, key);
    dropped += 1;
  }
  return dropped;
}

/** The first items that fit into this many bytes of JSON. */
export function fitting<Item>(items: readonly Item[], limit: number): Item[] {
  let bytes = 0;
  const end = items.findIndex((item) => (bytes += bytesOf(item) + 1) > limit);
  return end < 0 ? [...items] : items.slice(0, end);
}

/** Adds to a bounded list of distinct names; what does not fit is left out. */
export function remember(names: string[], name: string, limit: number): void {
  if (names.length < limit && !names.includes(name)) names.push(name);
}
