/** A task as readers of the ledger see it. */
import type { Evidence, Task } from '../model.js';
import { filesNamedIn } from '../paths.js';
import { NOTHING, type Around } from './around.js';
import { effortOf } from './effort.js';
import { flagsOf } from './flags.js';
import { historyOf } from './history.js';
import { isListed, listingOf } from './place.js';
import { pressingOf, priorityOf, priorityReason, rankOf, reasonsOf } from './rank.js';
import type { StatusEvent, TaskRecord } from './record.js';
import { standingOf } from './standing.js';

/** Orders the sessions that tell of one thing: the one it belongs to comes first. */
export type SessionOrder = (a: string, b: string) => number;

/** @param now decides only flags */
export function taskOf(
  record: TaskRecord,
  order: SessionOrder,
  now: number,
  { sameAs = [], around = NOTHING }: { readonly sameAs?: readonly string[]; readonly around?: Around } = {},
): Task {
  const standing = standingOf(record);
  const pressing = pressingOf(record, standing, around);
  const sessions = Object.keys(record.sessions).sort(order);
  const sessionOf = (event: StatusEvent): string | null => Object.keys(event.refs).sort(order)[0] ?? null;
  const title = record.title?.value ?? '';
  const description = record.description?.value ?? null;
  const priority = record.priority?.value ?? priorityOf(pressing);
  const listing = listingOf(record, standing);
  const { effort, reason: effortReason } = effortOf(title, description, filesIn(record));
  const last = new Date(record.lastAt).toISOString().slice(0, 10);
  return {
    id: record.id,
    title,
    description,
    status: standing.status,
    priority,
    prioritySource: record.priority === null ? 'computed' : 'stated',
    priorityReason: priorityReason(record, pressing),
    component: around.component?.name ?? null,
    componentReason: around.component?.why ?? null,
    project: record.project?.value ?? null,
    rank: isListed(record) ? rankOf(record, pressing) : 0,
    rankReason: [`last touched ${last}`, ...reasonsOf([...pressing.grounds, ...pressing.state])].join('; '),
    effort,
    effortReason,
    quickWin: effort === 'low' && priority !== 'low' && (listing === 'pending' || listing === 'in_progress'),
    source: record.source,
    confidence: record.source === 'structured' ? 1 : 0.5,
    owner: record.owner?.value ?? record.agent,
    firstAt: record.firstAt,
    lastAt: record.lastAt,
    sessionId: sessions[0] ?? '',
    evidence: evidenceOf(record, sessions),
    flags: flagsOf(record, now),
    blockedBy: record.blockedBy,
    blocks: record.blocks,
    relatedErrors: [],
    sameAs,
    merged: record.merged ?? [],
    history: historyOf(record, sessionOf),
  };
}

/** Files that the words of a task name, each once. */
const filesIn = ({ title, description }: TaskRecord): number =>
  new Set(filesNamedIn(`${title?.value ?? ''}\n${description?.value.slice(0, 2_000) ?? ''}`).map(({ path }) => path))
    .size;

const MOST_EVIDENCE = 5;

/** Sentences that tell of the task, else its title where each session tells of it first. */
function evidenceOf(record: TaskRecord, sessions: readonly string[]): Evidence[] {
  const said = (record.mentions ?? []).flatMap(({ at, quote, refs }): Evidence[] => {
    const sessionId = sessions.find((session) => session in refs);
    return sessionId === undefined ? [] : [{ sessionId, line: refs[sessionId] ?? 0, at, quote }];
  });
  const told = new Set(said.map(({ sessionId }) => sessionId));
  const others = sessions
    .filter((sessionId) => !told.has(sessionId))
    .map((sessionId) => ({
      sessionId,
      line: record.sessions[sessionId] ?? 0,
      at: record.firstAt,
      quote: record.title?.value ?? '',
    }));
  return [...said, ...others].slice(0, MOST_EVIDENCE);
}
