/**
 * A task as it was at past instants. Only what had been told by then counts: a model that saw more would learn from the
 * answers. So nothing is read here of which a record keeps the latest value alone, but where that is told at the first
 * telling: its place in the list, its kind, and a priority that a field states.
 */
import { isOpen, type Priority, type Source, type Status } from '../model.js';
import { placeOf, type StatusEvent, type TaskRecord } from '../tasks/index.js';

/** How a task stood from `at` on. */
interface Stage {
  readonly at: number;
  readonly status: Status;
  readonly isReopened: boolean;
}

export interface Life {
  readonly id: string;
  readonly project: string | null;
  readonly source: Source;
  readonly place: number | null;
  readonly priority: Priority | null;
  /** When the priority was stated, where that is known. */
  readonly priorityAt: number;
  readonly firstAt: number;
  /** Oldest first. A status set by hand stays until a hand changes it. */
  readonly stages: readonly Stage[];
  /** When anything was told of it, oldest first. */
  readonly touches: readonly number[];
  /** When each session that tells of it first did, oldest first; copies of one telling count as one session. */
  readonly sessions: readonly number[];
}

/** What was known of an open task at an instant. */
export interface Sight {
  readonly ageMs: number;
  readonly idleMs: number;
  readonly status: Status;
  readonly source: Source;
  readonly priority: Priority | null;
  readonly place: number | null;
  readonly sessions: number;
  readonly isReopened: boolean;
}

/** Null for what no list shows: nobody asks how likely that is, and a hand that dismisses a task says nothing of how work goes. */
export function lifeOf(record: TaskRecord): Life | null {
  const listing: string | undefined = placeOf(record)?.status;
  if (listing === undefined || listing === 'dismissed' || listing === 'merged') return null;
  const { events, hand, mentions = [] } = record;
  // The latest change by hand may be older than all events that are kept. How it stood before the first of these is not known.
  const known = hand === null || events.some(({ ev }) => ev === hand.ev) ? events : [hand, ...events];
  const told = [...known.map(({ at, refs }) => ({ at, refs })), ...mentions.map(({ at, refs }) => ({ at, refs }))].sort(
    (a, b) => a.at - b.at,
  );
  return {
    id: record.id,
    project: record.project?.value ?? null,
    source: originOf(record),
    place: record.place === null ? null : Number(record.place.value),
    priority: record.priority?.value ?? null,
    priorityAt: record.grounds?.at ?? Number.NEGATIVE_INFINITY,
    firstAt: record.firstAt,
    stages: stagesOf(known),
    touches: [record.firstAt, ...told.map(({ at }) => at)],
    sessions: sessionsOf(told),
  };
}

/**
 * A record's source is the surest of all that tell of it, so that what was asked for in prose becomes part of a list once it is
 * written into one: that has not happened yet when it is first told of. Only lists tell without a sentence.
 */
function originOf({ source, mentions = [], firstAt }: TaskRecord): Source {
  return source === 'structured' && mentions[0]?.at === firstAt ? 'request' : source;
}

function stagesOf(events: readonly StatusEvent[]): Stage[] {
  const stages: Stage[] = [];
  let isByHand = false;
  let wasClosed = false;
  for (const { at, status, why, by } of events) {
    if (isByHand && by !== 'hand') continue;
    isByHand ||= by === 'hand';
    const open = isOpen(status);
    stages.push({ at, status, isReopened: open && (wasClosed || why === 'reopened') });
    wasClosed = status === 'completed' || (wasClosed && open);
  }
  return stages;
}

function sessionsOf(
  told: readonly { readonly at: number; readonly refs: Readonly<Record<string, number>> }[],
): number[] {
  const seen = new Set<string>();
  const firsts: number[] = [];
  for (const { at, refs } of told) {
    const names = Object.keys(refs);
    if (names.length > 0 && !names.some((name) => seen.has(name))) firsts.push(at);
    for (const name of names) seen.add(name);
  }
  return firsts;
}

const stageAt = ({ stages }: Life, at: number): Stage | undefined => stages.findLast((stage) => stage.at <= at);

/** What was known at `at`; null if it was not open then, or nobody knows any more how it stood. */
export function sightOf(life: Life, at: number): Sight | null {
  const stage = stageAt(life, at);
  if (stage === undefined || !isOpen(stage.status)) return null;
  const touched = life.touches.findLast((touch) => touch <= at) ?? life.firstAt;
  return {
    ageMs: at - life.firstAt,
    idleMs: at - touched,
    status: stage.status,
    source: life.source,
    priority: life.priorityAt <= at ? life.priority : null,
    place: life.place,
    sessions: life.sessions.filter((first) => first <= at).length,
    isReopened: stage.isReopened,
  };
}

/** While it was open: `[from, until)`, without end for one that is open. */
export function* openSpans({ stages }: Life): Generator<readonly [from: number, until: number]> {
  let from: number | null = null;
  for (const { at, status } of stages) {
    if (isOpen(status)) from ??= at;
    else if (from !== null) {
      yield [from, at];
      from = null;
    }
  }
  if (from !== null) yield [from, Number.POSITIVE_INFINITY];
}

/** The first time after `at` that it was done; infinite if it never was. */
export const nextDone = ({ stages }: Life, at: number): number =>
  stages.find((stage) => stage.at > at && stage.status === 'completed')?.at ?? Number.POSITIVE_INFINITY;
