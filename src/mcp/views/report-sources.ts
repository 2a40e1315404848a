/** What a report is made of: the reads of the other tools, all at once. */
import type { Analytics, Predictions } from '../../store/measures.js';
import { instantOf } from './contract.js';
import { readHealth, type HealthView } from './health.js';
import type { ToolContext } from '../tool.js';

/** The most of each list that a report holds; fewer where the bytes do not suffice. */
export const MOST_LISTED = 8;

export interface ReportArguments {
  /** As the caller wrote it. */
  readonly since: string;
  readonly project?: string | undefined;
}

type Store = ToolContext['store'];
type Found<Read extends (query: never) => unknown> = Awaited<ReturnType<Read>>;

/** All that a report is made of. */
export interface Sources {
  readonly asked: ReportArguments;
  readonly since: number;
  readonly now: number;
  readonly analytics: Analytics;
  readonly open: Found<Store['tasks']['list']>;
  readonly done: Found<Store['tasks']['list']>;
  /** What a later list left out without a word: so work gets forgotten. */
  readonly dropped: Found<Store['tasks']['list']>;
  readonly errors: Found<Store['errors']['patterns']>;
  readonly fixes: Found<Store['fixes']>;
  readonly insights: Found<Store['insights']['list']>;
  readonly health: HealthView;
  /** Of the open tasks. */
  readonly predictions: Predictions;
}

export async function readSources(asked: ReportArguments, { store, now }: ToolContext): Promise<Sources> {
  const at = now();
  const since = instantOf(asked.since, at);
  const project = asked.project === undefined ? {} : { project: asked.project };
  const page = { ...project, limit: MOST_LISTED, since, asked: 'report', now: at };
  const [analytics, open, done, dropped, errors, fixes, insights, health] = await Promise.all([
    store.analytics({ ...project, since, now: at, trend: { from: since, step: 'day', most: 31 } }),
    store.tasks.list({ ...project, limit: MOST_LISTED }),
    store.tasks.list({ ...project, status: ['completed'], sort: 'newest', since, limit: MOST_LISTED }),
    store.tasks.list({ ...project, status: ['dropped'], sort: 'newest', since, limit: MOST_LISTED }),
    store.errors.patterns({ ...page, mostTasks: 0 }),
    store.fixes(page),
    store.insights.list({ ...project, now: at }),
    readHealth({ store, now }),
  ]);
  const predictions = await store.predictions({ ids: open.tasks.map(({ id }) => id), now: at });
  return { asked, since, now: at, analytics, open, done, dropped, errors, fixes, insights, health, predictions };
}
