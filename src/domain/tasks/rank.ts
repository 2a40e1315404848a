/** What makes a task more pressing than another, and why. */
import type { Priority } from '../model.js';
import { NOTHING, type Around } from './around.js';
import type { TaskRecord } from './record.js';
import type { Standing } from './standing.js';

/** Another one whenever the same task ranks differently: the ledger then looks at all that it lists. */
export const RANK_VERSION = 1;

/** In days that a task counts as younger. What is computed is measured by what a stated priority counts. */
const STATED: Readonly<Record<Priority, number>> = { critical: 30, high: 14, medium: 3, low: -10 };
/** The worst error that still happens: one of high severity makes a task of high priority. */
const LIVE: Readonly<Record<Priority, number>> = { critical: 16, high: 9, medium: 4, low: 1 };
const WEIGHT = {
  contradicted: 7,
  reopened: 2,
  waiting: 3.5,
  again: 1.5,
  age: 0.5,
  more: 1,
  mark: -4,
  begun: 3,
  blocked: -2,
} as const;
const MOST = { age: 4, live: 3 } as const;
const DAY_MS = 86_400_000;
/** Of less nobody would say that a task has been around. */
const OLD_DAYS = 7;

/** Something that bears on a task, in days, and in words. */
type Ground = readonly [days: number, reason: string];

export interface Pressing {
  /** What is stated of it, and what is known of it. */
  readonly grounds: readonly Ground[];
  /** What decides only what to do first: whether it was begun, whether it can go on. */
  readonly state: readonly Ground[];
}

/** Sum of the days; also of none. */
const sum = (grounds: readonly Ground[]): number => grounds.reduce((all, [days]) => all + days, 0);

export function pressingOf(record: TaskRecord, standing: Standing, around: Around = NOTHING): Pressing {
  const grounds: Ground[] = [];
  const add = (days: number, reason: string): void => void grounds.push([days, reason]);
  const stated = record.priority?.value ?? null;
  if (stated !== null) add(STATED[stated], `${stated} priority stated`);
  if (standing.contradictedBy !== null) add(WEIGHT.contradicted, 'the conversation says otherwise than the hand');
  const reopened = record.events.filter(({ why }) => why === 'reopened').length;
  if (reopened > 0)
    add(WEIGHT.reopened * Math.log2(1 + reopened), reopened === 1 ? 'reopened' : `reopened ${reopened} times`);
  const { live, waiting = record.blocks.length } = around;
  if (live !== undefined) {
    add(LIVE[live.severity] + Math.min(MOST.live, WEIGHT.more * Math.log2(live.count)), liveReason(live));
  }
  if (waiting > 0) {
    add(WEIGHT.waiting * Math.log2(1 + waiting), `${waiting} ${waiting === 1 ? 'task waits' : 'tasks wait'} for it`);
  }
  const { sessions, days } = tellings(record);
  if (sessions > 1 || days > 1) {
    const reason = sessions >= days ? `told in ${sessions} sessions` : `told on ${days} days`;
    add(WEIGHT.again * Math.log2(Math.max(sessions, days)), reason);
  }
  const old = Math.floor((record.lastAt - record.firstAt) / DAY_MS);
  if (old >= OLD_DAYS) add(Math.min(MOST.age, WEIGHT.age * Math.log2(1 + old)), `around for ${old} days`);
  // A mark in a file or a box is a wish until anybody asks for it.
  if (record.source === 'marker' && sessions <= 1 && days <= 1) add(WEIGHT.mark, 'only a mark, told once');
  const state: Ground[] = [];
  if (standing.status === 'in_progress') state.push([WEIGHT.begun, 'already begun']);
  if (standing.status === 'blocked') state.push([WEIGHT.blocked, 'blocked']);
  return { grounds, state };
}

function liveReason({ count, severity }: NonNullable<Around['live']>): string {
  if (count === 1) return `a ${severity} error tied to it still happens`;
  return `${count} errors tied to it still happen, the worst ${severity}`;
}

/** In how many sessions, and on how many days, it was told of. Copies of a line are one telling: of its sessions the first counts. */
function tellings({ events, mentions = [] }: TaskRecord): { readonly sessions: number; readonly days: number } {
  const sessions = new Set<string>();
  const days = new Set<number>();
  for (const { at, refs } of [...events, ...mentions]) {
    const [first, ...others] = Object.keys(refs);
    if (first === undefined) continue;
    sessions.add(others.reduce((least, other) => (other < least ? other : least), first));
    days.add(Math.floor(at / DAY_MS));
  }
  return { sessions: sessions.size, days: days.size };
}

/**
 * The priority whose stated weight the grounds come closest to. Begun or blocked is no ground: that decides the order and not
 * how much depends on it.
 */
export function priorityOf({ grounds }: Pressing): Priority {
  const days = sum(grounds);
  if (days >= between('critical', 'high')) return 'critical';
  if (days >= between('high', 'medium')) return 'high';
  return days >= between('medium', 'low') ? 'medium' : 'low';
}
const between = (a: Priority, b: Priority): number => (STATED[a] + STATED[b]) / 2;

export const reasonsOf = (grounds: readonly Ground[]): readonly string[] => grounds.map(([, reason]) => reason);

/** Why a task has its priority: the words that state it, where it is stated. */
export function priorityReason(record: TaskRecord, { grounds }: Pressing): string {
  const { priority, grounds: said } = record;
  if (priority === null) {
    return grounds.length > 0 ? reasonsOf(grounds).join('; ') : 'nothing makes it more or less pressing';
  }
  // A field may have stated another priority after words did.
  if (said?.ev === priority.ev) return `stated: '${said.value}'`;
  return record.source === 'structured' ? 'stated in its list' : 'stated';
}

const HOUR_MS = 3_600_000;
/** What a step down in its list costs, in days: under a second, so that it decides only within an hour. */
const STEP_DAYS = 1e-5;
const MOST_STEPS = 2_000;
/** A task ranks at most so many days below its last event. */
export const LOWEST_DAYS = STATED.low + WEIGHT.mark + WEIGHT.blocked - 1 / 24 - MOST_STEPS * STEP_DAYS;

/**
 * Days since 1970 of the hour of the last event, plus what makes a task more pressing in days: the order of "hot" lists,
 * which does not change as time goes by. Items of one list that were touched within the same hour keep the list's order.
 */
export function rankOf(record: TaskRecord, { grounds, state }: Pressing): number {
  const hours = Math.floor(record.lastAt / HOUR_MS);
  const place = Number(record.place?.value ?? 0);
  const days = hours / 24 + sum(grounds) + sum(state) - Math.min(place, MOST_STEPS) * STEP_DAYS;
  return Math.round(days * 1e6) / 1e6;
}
