/**
 * The record of one task, and what is read off it. Merging is commutative, associative and idempotent: every field is a
 * register that the later event wins, a set, or the latest events of a total order, so the ledger does not depend on
 * the order in which files are read.
 */
import type { AliasFact, TaskFact } from './facts.js';
import { lookOf } from './ids.js';
import { isOpen, SOURCES, STATUSES, type Flag, type Priority, type Source, type Status, type Task } from './model.js';

/** Most that a record keeps of each kind. */
const KEEP = { events: 30, sessions: 40, links: 50, refs: 6 } as const;
const DAY_MS = 86_400_000;
/** An open task without any event for this long is shown as stale. */
const STALE_AFTER_MS = 14 * DAY_MS;

/** A change of status, seen at a line of each session that holds a copy of it. */
export interface StatusEvent {
  readonly ev: string;
  readonly at: number;
  readonly status: Status;
  readonly why: string | null;
  readonly by: 'conversation' | 'hand';
  readonly refs: Readonly<Record<string, number>>;
}

/** A value that the latest event wins. */
interface Register<Value> {
  readonly value: Value;
  readonly at: number;
  readonly ev: string;
}

export interface TaskRecord {
  readonly id: string;
  readonly title: Register<string> | null;
  readonly description: Register<string> | null;
  readonly priority: Register<Priority> | null;
  readonly owner: Register<string> | null;
  /** Of the earliest event. */
  readonly project: Register<string> | null;
  readonly source: Source;
  /** Null as soon as anything in the conversation's own list tells of it. */
  readonly agent: string | null;
  readonly firstAt: number;
  readonly lastAt: number;
  /** The latest events, oldest first. */
  readonly events: readonly StatusEvent[];
  /** The latest change by hand, which may be older than all of `events`. */
  readonly hand: StatusEvent | null;
  /** Sessions that tell of it, each with the first line that does. */
  readonly sessions: Readonly<Record<string, number>>;
  readonly blocks: readonly string[];
  readonly blockedBy: readonly string[];
  /** Place in its list, zero-padded: items of one list keep its order. */
  readonly place: Register<string> | null;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Later first; of equal times the later stage of a task's life, then what copies of the line may tell differently: a copy
 * that begins in the middle does not know that a task was reopened. Any total order would do.
 */
function laterEvent(a: StatusEvent, b: StatusEvent): number {
  return (
    b.at - a.at ||
    STATUSES.indexOf(b.status) - STATUSES.indexOf(a.status) ||
    compare(b.ev, a.ev) ||
    compare(b.why ?? '', a.why ?? '') ||
    compare(b.by, a.by)
  );
}

function later<Value extends string>(a: Register<Value> | null, b: Register<Value> | null): Register<Value> | null {
  if (a === null || b === null) return a ?? b;
  if (a.at !== b.at) return a.at > b.at ? a : b;
  if (a.ev !== b.ev) return a.ev > b.ev ? a : b;
  return a.value >= b.value ? a : b;
}

function earlier<Value extends string>(a: Register<Value> | null, b: Register<Value> | null): Register<Value> | null {
  if (a === null || b === null) return a ?? b;
  if (a.at !== b.at) return a.at < b.at ? a : b;
  if (a.ev !== b.ev) return a.ev < b.ev ? a : b;
  return a.value <= b.value ? a : b;
}

/** The smaller line for each session; of too many sessions those that sort first. */
function mergeLines(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
  limit: number,
): Record<string, number> {
  const merged = new Map(Object.entries(a));
  for (const [session, line] of Object.entries(b)) merged.set(session, Math.min(merged.get(session) ?? line, line));
  return Object.fromEntries([...merged].sort(([one], [two]) => compare(one, two)).slice(0, limit));
}

function mergeEvents(a: readonly StatusEvent[], b: readonly StatusEvent[]): StatusEvent[] {
  const byId = new Map<string, StatusEvent>();
  for (const event of [...a, ...b]) {
    const known = byId.get(event.ev);
    if (known === undefined) byId.set(event.ev, event);
    else {
      const first = laterEvent(known, event) <= 0 ? known : event;
      byId.set(event.ev, { ...first, refs: mergeLines(known.refs, event.refs, KEEP.refs) });
    }
  }
  return [...byId.values()].sort(laterEvent).slice(0, KEEP.events).reverse();
}

const union = (a: readonly string[], b: readonly string[]): string[] =>
  [...new Set([...a, ...b])].sort().slice(0, KEEP.links);

const listOf = (event: StatusEvent | null): readonly StatusEvent[] => (event === null ? [] : [event]);

/** Both records tell of the same task; the id is that of `a`. */
export function mergeTasks(a: TaskRecord, b: TaskRecord): TaskRecord {
  return {
    id: a.id,
    title: later(a.title, b.title),
    description: later(a.description, b.description),
    priority: later(a.priority, b.priority),
    owner: later(a.owner, b.owner),
    project: earlier(a.project, b.project),
    source: SOURCES.indexOf(a.source) <= SOURCES.indexOf(b.source) ? a.source : b.source,
    agent: a.agent === null || b.agent === null ? null : a.agent < b.agent ? a.agent : b.agent,
    firstAt: Math.min(a.firstAt, b.firstAt),
    lastAt: Math.max(a.lastAt, b.lastAt),
    events: mergeEvents(a.events, b.events),
    hand: mergeEvents(listOf(a.hand), listOf(b.hand)).at(-1) ?? null,
    sessions: mergeLines(a.sessions, b.sessions, KEEP.sessions),
    blocks: union(a.blocks, b.blocks),
    blockedBy: union(a.blockedBy, b.blockedBy),
    place: later(a.place, b.place),
  };
}

/** A fact as a record of its own, ready to be merged. */
export function recordOf(fact: TaskFact): TaskRecord {
  const { at, eventId: ev } = fact;
  const register = <Value>(value: Value | null): Register<Value> | null => (value === null ? null : { value, at, ev });
  const refs = fact.sessionId === '' ? {} : { [fact.sessionId]: fact.line };
  const event: StatusEvent | null =
    fact.status === null ? null : { ev, at, status: fact.status, why: fact.reason, by: fact.by, refs };
  return {
    id: fact.id,
    title: register(fact.title === '' ? null : fact.title),
    description: register(fact.description),
    priority: register(fact.priority),
    owner: register(fact.owner),
    project: register(fact.project),
    source: fact.source,
    agent: fact.agent,
    firstAt: at,
    lastAt: at,
    events: event === null ? [] : [event],
    hand: event?.by === 'hand' ? event : null,
    sessions: refs,
    blocks: union(fact.blocks, []),
    blockedBy: union(fact.blockedBy, []),
    place: register(fact.place === null ? null : String(fact.place).padStart(5, '0')),
  };
}

/** Merges facts by task. Aliases within the same facts are not resolved here. */
export function gather(facts: readonly (TaskFact | AliasFact)[]): Map<string, TaskRecord> {
  const records = new Map<string, TaskRecord>();
  for (const fact of facts) {
    if (fact.is !== 'task') continue;
    const record = recordOf(fact);
    const known = records.get(fact.id);
    records.set(fact.id, known === undefined ? record : mergeTasks(known, record));
  }
  return records;
}

/** How the task stands: the latest change by hand, else the latest event. */
export interface Standing {
  readonly status: Status;
  readonly event: StatusEvent | null;
  /** The conversation said otherwise after the hand. */
  readonly contradictedBy: StatusEvent | null;
}

export function standingOf(record: TaskRecord): Standing {
  const said = record.events.findLast((event) => event.by === 'conversation') ?? null;
  const { hand } = record;
  if (hand !== null) {
    const contrary = said !== null && said.at > hand.at && said.status !== hand.status ? said : null;
    return { status: hand.status, event: hand, contradictedBy: contrary };
  }
  return { status: said?.status ?? 'pending', event: said, contradictedBy: null };
}

/** Not shown anywhere: it has no title yet, or the call that brought it failed. */
export function isHidden(record: TaskRecord): boolean {
  const { event } = standingOf(record);
  return record.title === null || event === null || (event.why === 'undone' && event.status === 'cancelled');
}

/** What decides the place in the list beside time, in days that it counts as younger. */
function bonusOf(record: TaskRecord, standing: Standing): { days: number; reasons: string[] } {
  const parts: [number, string][] = [];
  const stated = record.priority?.value ?? null;
  if (stated !== null)
    parts.push([{ critical: 30, high: 14, medium: 3, low: -10 }[stated], `${stated} priority stated`]);
  if (standing.status === 'in_progress') parts.push([3, 'already begun']);
  if (standing.contradictedBy !== null) parts.push([7, 'the conversation says otherwise than the hand']);
  if (standing.event?.why === 'reopened') parts.push([2, 'reopened']);
  const waiting = record.blocks.length;
  if (waiting > 0)
    parts.push([2 * Math.log2(1 + waiting), `${waiting} ${waiting === 1 ? 'task waits' : 'tasks wait'} for it`]);
  const sessions = Object.keys(record.sessions).length;
  if (sessions > 1) parts.push([Math.log2(sessions), `told in ${sessions} sessions`]);
  return { days: parts.reduce((sum, [days]) => sum + days, 0), reasons: parts.map(([, reason]) => reason) };
}

const HOUR_MS = 3_600_000;
/** What a step down in its list costs, in days: under a second, so that it decides only within an hour. */
const STEP_DAYS = 1e-5;

/**
 * Days since 1970 of the hour of the last event, plus what makes a task more pressing in days: the order of "hot" lists,
 * which does not change as time goes by. Items of one list that were touched within the same hour keep the list's order.
 */
function rankOf(record: TaskRecord, bonusDays: number): number {
  const hours = Math.floor(record.lastAt / HOUR_MS);
  const place = Number(record.place?.value ?? 0);
  return Math.round((hours / 24 + bonusDays - Math.min(place, 2_000) * STEP_DAYS) * 1e6) / 1e6;
}

const bandOf = (days: number): Priority =>
  days >= 20 ? 'critical' : days >= 7 ? 'high' : days >= 0 ? 'medium' : 'low';

/** Where the indexes keep a task; null where they do not. All of it follows from the record alone, never from the clock. */
export interface Place {
  readonly status: Status;
  readonly priority: Priority;
  readonly component: string | null;
  readonly project: string | null;
  /** See `rankOf`. */
  readonly rank: number;
  readonly lastAt: number;
  readonly sessions: readonly string[];
  /** Look-alikes share it. */
  readonly look: string;
  readonly blockedBy: readonly string[];
  /** Events for the activity list: `[eventId, at]`. */
  readonly events: readonly (readonly [string, number])[];
}

export function placeOf(record: TaskRecord): Place | null {
  if (isHidden(record) || record.agent !== null) return null;
  const standing = standingOf(record);
  const bonus = bonusOf(record, standing);
  return {
    status: standing.status,
    priority: record.priority?.value ?? bandOf(bonus.days),
    component: null,
    project: record.project?.value ?? null,
    rank: rankOf(record, bonus.days),
    lastAt: record.lastAt,
    sessions: Object.keys(record.sessions),
    look: lookOf(record.title?.value ?? ''),
    blockedBy: record.blockedBy,
    events: record.events.map((event) => [event.ev, event.at] as const),
  };
}

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
    evidence: sessions.slice(0, 5).map((sessionId) => ({
      sessionId,
      line: record.sessions[sessionId] ?? 0,
      at: record.firstAt,
      quote: title,
    })),
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
