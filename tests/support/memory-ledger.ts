/**
 * A ledger and a queue over plain arrays, with real filtering, sorting and paging: what the MCP server's own tests ask
 * where Redis is not their subject. Only types are imported, so that a child process can load it alone.
 */
import type { Activity, Conversation, Task, TaskQuery } from '../../src/domain/model.js';
import type { Parts } from '../../src/mcp/services.js';
import type { JobReport } from '../../src/queue/enqueue.js';

export const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;

export function aTask(id: string, change: Partial<Task> = {}): Task {
  return {
    id,
    title: `Task ${id}`,
    description: null,
    status: 'pending',
    priority: 'medium',
    prioritySource: 'computed',
    priorityReason: 'rank',
    component: null,
    project: '/home/me/app',
    rank: 100,
    rankReason: 'asked once',
    source: 'structured',
    confidence: 1,
    owner: null,
    firstAt: NOW - HOUR,
    lastAt: NOW - HOUR,
    sessionId: 's-1',
    evidence: [{ sessionId: 's-1', line: 3, at: NOW - HOUR, quote: `I will do ${id} later` }],
    flags: [],
    blockedBy: [],
    blocks: [],
    relatedErrors: [],
    sameAs: [],
    history: [{ at: NOW - HOUR, status: 'pending', reason: null, by: 'conversation', sessionId: 's-1', line: 3 }],
    ...change,
  };
}

export function aConversation(sessionId: string, change: Partial<Conversation> = {}): Conversation {
  return {
    sessionId,
    title: `Conversation ${sessionId}`,
    project: '/home/me/app',
    cwd: '/home/me/app',
    branch: 'main',
    versions: ['2.1.330'],
    firstAt: NOW - 2 * HOUR,
    lastAt: NOW - HOUR,
    prompts: 4,
    replies: 9,
    toolCalls: 20,
    errors: 1,
    rejections: 0,
    compactions: 0,
    interruptions: 0,
    files: ['/home/me/app/a.ts'],
    pullRequests: [],
    parent: null,
    subagents: [],
    copies: [],
    openTasks: 2,
    closedTasks: 1,
    outcome: 'waiting',
    ...change,
  };
}

export interface Ledger {
  readonly tasks: Task[];
  readonly conversations: Conversation[];
  readonly activity: Activity[];
}

export interface MemoryParts extends Parts {
  readonly ledger: Ledger;
  /** Every payload that was queued, in order. */
  readonly queued: { readonly name: string; readonly payload: unknown }[];
}

/** @param badCursor the error that a reader throws for a cursor of another query */
export function memoryParts(
  ledger: Ledger,
  badCursor: () => Error,
  options: { workers?: number; roots?: string[] } = {},
): MemoryParts {
  const { workers = 1, roots = [] } = options;
  const queued: MemoryParts['queued'] = [];
  const jobs = new Map<string, unknown>();
  const byKey = new Map<string, string>();
  const records = new Map<string, JobReport['record']>();
  const cancelled = new Set<string>();
  const report = (jobId: string): JobReport => {
    const result = jobs.get(jobId) ?? null;
    const state = !records.has(jobId) ? 'gone' : result === null ? 'waiting' : 'completed';
    return {
      ...{ jobId, state, result, reason: null, attempts: state === 'completed' ? 1 : 0, progressPct: null },
      ...{ createdAt: NOW, changedAt: null, position: state === 'waiting' ? 0 : null },
      ...{ cancelled: cancelled.has(jobId), record: records.get(jobId) ?? null },
    };
  };
  return {
    ledger,
    queued,
    roots,
    redact: (texts) => Promise.resolve(texts.map((text) => text.replace(/sk-[a-z0-9]{8,}/g, '[redacted:key]'))),
    enqueuer: {
      enqueue: (name, payload, { record = null } = {}) => {
        const key = JSON.stringify([name, { ...payload, at: 0, receivedAt: 0 }]);
        const known = byKey.get(key);
        const asked = { state: 'waiting', position: 0 } as const;
        if (known !== undefined) return Promise.resolve({ ...asked, jobId: known, deduplicated: true });
        const jobId = `job-${queued.push({ name, payload })}`;
        records.set(jobId, record);
        if (workers > 0) jobs.set(jobId, work(ledger, payload as unknown as Payload));
        else byKey.set(key, jobId);
        return Promise.resolve({ ...asked, jobId, deduplicated: false });
      },
      jobState: (_name, jobId) => Promise.resolve(report(jobId)),
      waitFor: (_name, jobId) => Promise.resolve(report(jobId)),
      cancel: (_name, jobId) => {
        if (jobs.has(jobId)) return Promise.resolve('finished');
        if (!records.has(jobId)) return Promise.resolve('gone');
        cancelled.add(jobId);
        return Promise.resolve('asked');
      },
      workersOnline: () => Promise.resolve(workers),
      close: () => Promise.resolve(),
    },
    store: {
      tasks: {
        list: (query) => Promise.resolve(listTasks(ledger, query, badCursor)),
        get: (id) => Promise.resolve(ledger.tasks.find((task) => task.id === id) ?? null),
      },
      conversations: {
        list: ({ limit, project }) => {
          const all = ledger.conversations
            .filter((conversation) => project === undefined || conversation.project === project)
            .sort((a, b) => b.lastAt - a.lastAt);
          const nextCursor = all.length > limit ? `c${limit}` : null;
          return Promise.resolve({ conversations: all.slice(0, limit), total: all.length, nextCursor });
        },
        get: (id) => Promise.resolve(ledger.conversations.find(({ sessionId }) => sessionId === id) ?? null),
      },
      errors: {
        list: () => Promise.resolve({ errors: [], total: 0 }),
        patterns: () => Promise.resolve({ patterns: [], total: 0, totalIs: 'exact', nextCursor: null }),
        pattern: () => Promise.resolve(null),
      },
      links: () => Promise.resolve({ links: [], total: 0, groups: [], compared: 0 }),
      fixes: () => Promise.resolve({ fixes: [], nextCursor: null, lookedAt: 0 }),
      analytics: ({ project }) =>
        Promise.resolve({
          project: project ?? null,
          byStatus: { pending: 0, in_progress: 0, blocked: 0, completed: 0, cancelled: 0 },
          openByPriority: { critical: 0, high: 0, medium: 0, low: 0 },
          trend: [],
          leadTime: { sample: 0, neverOpen: 0, ofCompleted: 0, p50Hours: null, p75Hours: null, p90Hours: null },
          groups: [],
          groupsLeftOut: 0,
        }),
      insights: {
        list: () => Promise.resolve({ insights: [], lookedAt: 0, errors: 0 }),
        get: () => Promise.resolve(null),
      },
      activity: ({ since, limit, project }) => {
        const all = ledger.activity
          .filter((event) => event.at >= since && (project === undefined || event.project === project))
          .sort((a, b) => a.at - b.at);
        return Promise.resolve({ events: all.slice(-limit), total: all.length });
      },
      health: () => Promise.resolve({ checkedAt: null, targets: [] }),
      counts: () => Promise.resolve({ at: NOW, conversations: 0, openTasks: 0, closedTasks: 0, errors: 0 }),
      files: {
        list: async function* () {
          await Promise.resolve();
          yield* [];
        },
        quarantined: () => Promise.resolve([]),
        unknown: () => Promise.resolve({}),
      },
      changes: () => Promise.resolve(() => Promise.resolve()),
      close: () => Promise.resolve(),
    },
  };
}

interface Payload {
  readonly kind: string;
  readonly taskId?: string;
  readonly status?: Task['status'];
  readonly note?: string | null;
  readonly at?: number;
}

function work(ledger: Ledger, { kind, taskId, status, note, at }: Payload): unknown {
  const done = { kept: 1, skipped: 0, nextByte: 0, more: false };
  if (kind !== 'hand') return { outcome: 'stored', ...done };
  const index = ledger.tasks.findIndex((task) => task.id === taskId);
  const task = ledger.tasks[index];
  if (task === undefined || status === undefined) return { outcome: 'unknown-task', ...done, kept: 0 };
  const change = { at: at ?? NOW, status, reason: note ?? null, by: 'hand', sessionId: null, line: null } as const;
  ledger.tasks[index] = { ...task, status, history: [...task.history, change] };
  return { outcome: 'stored', ...done };
}

function listTasks(ledger: Ledger, query: TaskQuery, badCursor: () => Error) {
  const { limit = 10, cursor, sort = 'rank', status = ['pending', 'in_progress', 'blocked'] } = query;
  const words = query.query?.toLowerCase().split(/\s+/) ?? [];
  const found = ledger.tasks
    .filter((task) => status.includes(task.status))
    .filter((task) => query.priority === undefined || query.priority.includes(task.priority))
    .filter((task) => query.component === undefined || query.component.includes(task.component ?? ''))
    .filter((task) => query.project === undefined || query.project === task.project)
    .filter((task) => query.sessionId === undefined || query.sessionId === task.sessionId)
    .filter((task) => query.since === undefined || task.lastAt >= query.since)
    .filter((task) => query.blockedBy === undefined || task.blockedBy.includes(query.blockedBy))
    .filter((task) => words.every((word) => `${task.title} ${task.description ?? ''}`.toLowerCase().includes(word)))
    .sort((a, b) => (sort === 'rank' ? b.rank - a.rank : b.lastAt - a.lastAt) || (a.id < b.id ? -1 : 1));
  const from = cursor === undefined ? 0 : found.findIndex((task) => `after:${task.id}` === cursor) + 1;
  if (cursor !== undefined && from === 0) throw badCursor();
  const tasks = found.slice(from, from + limit);
  const last = tasks.at(-1);
  const more = from + limit < found.length && last !== undefined;
  return { tasks, total: found.length, totalIs: 'exact' as const, nextCursor: more ? `after:${last.id}` : null };
}
