/** A task as readers of the ledger see it. */
import { isOpen, type Evidence, type Flag, type Task } from '../model.js';
import { placeOf } from './place.js';
import { bandOf, bonusOf } from './rank.js';
import type { StatusEvent, TaskRecord } from './record.js';
import { standingOf, type Standing } from './standing.js';

const DAY_MS = 86_400_000;
/** An open task without any event for this long is shown as stale. */
const STALE_AFTER_MS = 14 * DAY_MS;

/** Orders the sessions that tell of one thing: the one it belongs to comes first. */
export type SessionOrder = (a: string, b: string) => number;

/** @param now decides only what is stale */
export function taskOf(record: TaskRecord, order: SessionOrder, now: number, sameAs: readonly string[] = []): Task {
  const standing = standingOf(record);
  const bonus = bonusOf(record, standing);
  const place = placeOf(record);
  const sessions = Object.keys(record.sessions).sort(order);
  const sessionOf = (event: StatusEvent): string | null => Object.keys(event.refs).sort(order)[0] ?? null;
  const title = record.title?.value ?? '';
  const last = new Date(record.lastAt).toISOString().slice(0, 10);
  return {
    id: record.id,
    title,
    description: record.description?.value ?? null,
    status: standing.status,
    priority: record.priority?.value ?? bandOf(bonus.days),
    prioritySource: record.priority === null ? 'computed' : 'stated',
    priorityReason: bonus.reasons.length > 0 ? bonus.reasons.join('; ') : 'nothing makes it more or less pressing',
    component: null,
    project: record.project?.value ?? null,
    rank: place?.rank ?? 0,
    rankReason: [`last touched ${last}`, ...bonus.reasons].join('; '),
    source: record.source,
    confidence: record.source === 'structured' ? 1 : 0.5,
    owner: record.owner?.value ?? record.agent,
    firstAt: record.firstAt,
    lastAt: record.lastAt,
    sessionId: sessions[0] ?? '',
    evidence: evidenceOf(record, sessions),
    flags: flagsOf(record, standing, now),
    blockedBy: record.blockedBy,
    blocks: record.blocks,
    relatedErrors: [],
    sameAs,
    history: record.events.map((event) => {
      const sessionId = sessionOf(event);
      return {
        at: event.at,
        status: event.status,
        reason: event.why,
        by: event.by,
        sessionId,
        line: sessionId === null ? null : (event.refs[sessionId] ?? null),
      };
    }),
  };
}

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

function flagsOf(record: TaskRecord, standing: Standing, now: number): Flag[] {
  const flags: Flag[] = [];
  const { event, contradictedBy, status } = standing;
  if (event?.why === 'dropped' && status === 'cancelled') {
    flags.push({ name: 'dropped', why: 'a later list left it out', at: event.at });
  }
  if (event?.why === 'reopened' && isOpen(status))
    flags.push({ name: 'reopened', why: 'it had been closed before', at: event.at });
  if (contradictedBy !== null) {
    flags.push({ name: 'contradicted', why: `the conversation says ${contradictedBy.status}`, at: contradictedBy.at });
  }
  if (isOpen(status) && now - record.lastAt > STALE_AFTER_MS) {
    const days = Math.floor((now - record.lastAt) / DAY_MS);
    flags.push({ name: 'stale', why: `nothing happened for ${days} days`, at: record.lastAt + STALE_AFTER_MS });
  }
  return flags;
}
