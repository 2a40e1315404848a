/** What a tool, a resource, the dashboard or a command may ask of the ledger. Nothing here writes. */
import type {
  Activity,
  Conversation,
  ConversationPage,
  ErrorRecord,
  FileProgress,
  LedgerCounts,
  Quarantine,
  Task,
  TaskPage,
  TaskQuery,
  TargetHealth,
} from '../domain/model.js';
import type { Offers } from '../domain/precision.js';
import type { MergeRefusal } from '../domain/tasks/index.js';
import type { ChangeListener } from './changes.js';
import type { FixPage, FixQuery, LinkQuery, Links, Pattern, PatternPage, PatternQuery } from './correlations.js';
import type { PatternShape } from './pattern-figures.js';
import type { Analytics, AnalyticsQuery, Insight, InsightList, Predictions } from './measures.js';

/** A `project` may be the end of a path, as `resolveProject` has it. */
export interface StoreReader {
  readonly tasks: {
    /** @throws InputError for a cursor that this query did not give out, and for a project that is not clear */
    list(query: TaskQuery): Promise<TaskPage>;
    /** By id; ids that were merged into another task lead to that one. Null if there is none. */
    get(id: string): Promise<Task | null>;
    /** Why one task cannot be merged into another; `task` if there is no such task, null where nothing is in the way. */
    mergeRefusal(id: string, into: string): Promise<MergeRefusal | 'task' | null>;
    /** How many tasks that prose tells of were listed, by source, and how many of them a hand dismissed. */
    offers(): Promise<readonly Offers[]>;
  };
  readonly conversations: {
    /** Latest activity first. */
    list(query: { limit: number; cursor?: string; project?: string }): Promise<ConversationPage>;
    get(sessionId: string): Promise<Conversation | null>;
  };
  readonly errors: {
    /** Latest first. */
    list(query: { limit: number; sessionId?: string }): Promise<{ errors: readonly ErrorRecord[]; total: number }>;
    /** The same with trend, tasks and pages. @throws InputError as `tasks.list` does */
    patterns(query: PatternQuery): Promise<PatternPage>;
    pattern(id: string, query: PatternShape): Promise<Pattern | null>;
  };
  /** What conversations have in common. Null if there is no conversation `sessionId`. */
  links(query: LinkQuery): Promise<Links | null>;
  /** Fixes that were claimed, each judged. @throws InputError as `tasks.list` does */
  fixes(query: FixQuery): Promise<FixPage>;
  /** How many tasks come and go, and how long they take; bounded, whatever the ledger's size. */
  analytics(query: AnalyticsQuery): Promise<Analytics>;
  /** How likely these tasks get done within a week, by what the insight worker learned last. */
  predictions(query: { ids: readonly string[]; now: number }): Promise<Predictions>;
  insights: {
    list(query: { now: number; project?: string }): Promise<InsightList>;
    get(id: string, now: number): Promise<Insight | null>;
  };
  /** What happened since `since`, oldest first; of more than `limit` events the latest. */
  activity(query: {
    since: number;
    limit: number;
    project?: string;
  }): Promise<{ events: readonly Activity[]; total: number }>;
  health(): Promise<{ checkedAt: number | null; targets: readonly TargetHealth[] }>;
  counts(): Promise<LedgerCounts>;
  files: {
    /** Progress of every known file under `root` (all without it), in the order of paths. */
    list(root?: string): AsyncIterable<FileProgress>;
    quarantined(): Promise<readonly Quarantine[]>;
    /** Lines that no reader understood, by reason or unknown type, over all files. */
    unknown(): Promise<Readonly<Record<string, number>>>;
  };
  /**
   * Tells `listener` which records others write, within about 300 ms, until the returned function is called. It is told that
   * anything may have changed (`id` null for each kind) whenever something may have been missed. Resolves when it is heard
   * from then on; while Redis is away after 2 s.
   * @throws ConfigError when the server does not let us subscribe
   */
  changes(listener: ChangeListener): Promise<() => Promise<void>>;
  close(): Promise<void>;
}
