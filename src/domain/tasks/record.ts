/**
 * The record of one task. Merging is commutative, associative and idempotent: every field is a
 * register that the later event wins, a set, or the latest events of a total order, so the ledger does not depend on
 * the order in which files are read.
 */
import { oneLine } from '../clean.js';
import type { AliasFact, TaskFact } from '../facts.js';
import { SOURCES, STATUSES, type Priority, type Source, type Status } from '../model.js';
import { mergeRuled, type Ruled } from './ruling.js';

/** Most that a record keeps of each kind. */
const KEEP = { events: 30, sessions: 40, links: 50, refs: 6, mentions: 6, quoteChars: 160 } as const;

/** A change of status, seen at a line of each session that holds a copy of it. */
export interface StatusEvent {
  readonly ev: string;
  readonly at: number;
  readonly status: Status;
  readonly why: string | null;
  readonly by: 'conversation' | 'hand';
  readonly refs: Readonly<Record<string, number>>;
}

/** A sentence that tells of a task, at a line of each session that holds a copy of it. */
export interface Mention {
  readonly ev: string;
  readonly at: number;
  readonly quote: string;
  readonly refs: Readonly<Record<string, number>>;
}

/** A value that the latest event wins. */
interface Register<Value> {
  readonly value: Value;
  readonly at: number;
  readonly ev: string;
}

export interface TaskRecord extends Ruled {
  readonly id: string;
  readonly title: Register<string> | null;
  readonly description: Register<string> | null;
  readonly priority: Register<Priority> | null;
  /** The words that state the priority, where words do. */
  readonly grounds?: Register<string>;
  /** Sentences that tell of it, the earliest and the latest; none of what only lists tell of. */
  readonly mentions?: readonly Mention[];
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

/** The earliest, since it says where the task was asked for, and the latest. */
function mergeMentions(a: readonly Mention[], b: readonly Mention[]): readonly Mention[] {
  const byId = new Map<string, Mention>();
  for (const mention of [...a, ...b]) {
    const known = byId.get(mention.ev);
    if (known === undefined) byId.set(mention.ev, mention);
    else {
      const quote = known.quote <= mention.quote ? known.quote : mention.quote;
      byId.set(mention.ev, { ...known, quote, refs: mergeLines(known.refs, mention.refs, KEEP.refs) });
    }
  }
  const sorted = [...byId.values()].sort((one, two) => one.at - two.at || compare(one.ev, two.ev));
  if (sorted.length <= KEEP.mentions) return sorted;
  const half = KEEP.mentions / 2;
  return [...sorted.slice(0, half), ...sorted.slice(-half)];
}

function mergeSaid(a: TaskRecord, b: TaskRecord): Pick<TaskRecord, 'grounds' | 'mentions'> {
  if (a.mentions === undefined && b.mentions === undefined && a.grounds === undefined && b.grounds === undefined) {
    return {};
  }
  const grounds = later(a.grounds ?? null, b.grounds ?? null);
  const mentions = mergeMentions(a.mentions ?? [], b.mentions ?? []);
  return { ...(grounds === null ? {} : { grounds }), ...(mentions.length === 0 ? {} : { mentions }) };
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
    ...mergeSaid(a, b),
    owner: later(a.owner, b.owner),
    project: earlier(a.project, b.project),
    source: SOURCES.indexOf(a.source) <= SOURCES.indexOf(b.source) ? a.source : b.source,
    agent: a.agent === null || b.agent === null ? null : a.agent < b.agent ? a.agent : b.agent,
    firstAt: Math.min(a.firstAt, b.firstAt),
    lastAt: Math.max(a.lastAt, b.lastAt),
    events: mergeEvents(a.events, b.events),
    hand: mergeEvents(listOf(a.hand), listOf(b.hand)).at(-1) ?? null,
    ...mergeRuled(a, b),
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
    ...(fact.priorityWords === null ? {} : { grounds: { value: fact.priorityWords, at, ev } }),
    ...(fact.quote === null ? {} : { mentions: [{ ev, at, quote: oneLine(fact.quote, KEEP.quoteChars), refs }] }),
    owner: register(fact.owner),
    project: register(fact.project),
    source: fact.source,
    agent: fact.agent,
    firstAt: at,
    lastAt: at,
    events: event === null ? [] : [event],
    hand: event?.by === 'hand' ? event : null,
    ...(fact.ruling === undefined ? {} : { ruling: { ...fact.ruling, ev } }),
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
