/** What may be asked of how tasks go and of what was learned, and the answers: apart from the code that reads them. */
import type { Bucket, LeadTimes, Step } from '../domain/analytics.js';
import type { Priority, Status } from '../domain/model.js';
import type { Insight } from '../domain/recurrence.js';

export type { Insight } from '../domain/recurrence.js';

export interface AnalyticsQuery {
  readonly project?: string;
  /** Only tasks whose last event is at or after this. */
  readonly since?: number;
  readonly now: number;
  readonly trend: { readonly from: number; readonly step: Step; readonly most: number };
  readonly groupBy?: 'project' | 'priority';
}

type ByStatus = Readonly<Record<Status, number>>;

export interface TrendRow extends Bucket {
  /** Tasks first told of; null where the events that tell it are not kept, or are too many to be looked at. */
  readonly opened: number | null;
  /** Tasks that are closed and had their last event here. */
  readonly completed: number;
  readonly cancelled: number;
}

export interface Analytics {
  /** The path that the filter meant. */
  readonly project: string | null;
  readonly byStatus: ByStatus;
  /** Of the open tasks, whenever they were touched. */
  readonly openByPriority: Readonly<Record<Priority, number>>;
  readonly trend: readonly TrendRow[];
  readonly leadTime: LeadTimes & { readonly ofCompleted: number };
  /** By project, those since `since`; by priority, all. Largest first. */
  readonly groups: readonly { readonly key: string; readonly byStatus: ByStatus }[];
  readonly groupsLeftOut: number;
}

export interface InsightList {
  /** Surest first. */
  readonly insights: readonly Insight[];
  /** How many errors were looked at, of how many. */
  readonly lookedAt: number;
  readonly errors: number;
}
