/** What may be asked of how tasks go and of what was learned, and the answers: apart from the code that reads them. */
import type { Bucket, LeadTimes, Step } from '../domain/analytics.js';
import type { Chance, Forecast } from '../domain/forecast/index.js';
import type { Priority, Status } from '../domain/model.js';
import type { Insight } from '../domain/recurrence.js';

export type { Chance, Forecast } from '../domain/forecast/index.js';
export type { Insight } from '../domain/recurrence.js';

export interface AnalyticsQuery {
  readonly project?: string;
  /** Only tasks whose last event is at or after this. */
  readonly since?: number;
  readonly now: number;
  readonly trend: { readonly from: number; readonly step: Step; readonly most: number };
  readonly groupBy?: 'project' | 'priority' | 'component' | 'source';
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
  /** Of the open tasks, whenever they were touched; those of components that tasks were found to belong to. */
  readonly openByComponent: Readonly<Record<string, number>>;
  /** By project, those since `since`; by source, those since its day; by priority and component, all. Largest first. */
  readonly groups: readonly { readonly key: string; readonly byStatus: ByStatus }[];
  readonly groupsLeftOut: number;
  /** When all tasks were counted last, which grouping by source and what events do not tell stand on; null if never. */
  readonly countedAt: number | null;
}

/** How likely some tasks get done within a week. */
export interface Predictions {
  /** What they stand on, or why there are none; null where nothing was learned yet. */
  readonly forecast: Forecast | null;
  /** Of the open ones among those that were asked about. */
  readonly chances: ReadonlyMap<string, Chance>;
}

export interface InsightList {
  /** Surest first. */
  readonly insights: readonly Insight[];
  /** How many errors were looked at, of how many. */
  readonly lookedAt: number;
  readonly errors: number;
}
