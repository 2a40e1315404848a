/**
 * Invented histories of people who work differently, hour by hour, in which it is known how likely a task gets done: it goes
 * through its states by chances that depend on the state, on the task and on the hour alone. Two things nobody else sees: how
 * hard the task is, and whether its owner has it on the mind.
 */
import { SAYS_NOTHING, type TaskFact } from '../../src/domain/facts.js';
import type { Priority, Source } from '../../src/domain/model.js';

const HOUR_MS = 3_600_000;
const HORIZON_HOURS = 7 * 24;

/** How somebody works. Rates are per hour of work of a task that is on the mind. */
export interface Habit {
  readonly name: string;
  readonly tasksPerDay: number;
  readonly done: number;
  readonly cancelled: number;
  readonly begun: number;
  /** How long a task stays on the mind, in hours, and how long it is forgotten. */
  readonly mindHours: number;
  readonly forgottenHours: number;
  readonly blocked: number;
  readonly sources: Readonly<Record<Source, number>>;
  /** How much faster what is urgent gets done, and slower what is further down in its list. */
  readonly urgentTimes: number;
  readonly placeTimes: number;
  /** Share of the usual pace in a week, from 0. */
  readonly pace: (week: number) => number;
}

const steady = (): number => 1;

const HABITS: readonly Habit[] = [
  habit('finishes what was begun', { done: 0.06, begun: 0.08, mindHours: 90 }),
  habit('defers and forgets', {
    done: 0.02,
    cancelled: 0.0005,
    mindHours: 10,
    forgottenHours: 1_500,
    sources: { structured: 0.1, marker: 0.2, deferred: 0.5, request: 0.2 },
  }),
  habit('works through lists', {
    done: 0.08,
    placeTimes: 0.8,
    sources: { structured: 0.95, marker: 0, deferred: 0.03, request: 0.02 },
  }),
  habit('does what is urgent', { done: 0.02, urgentTimes: 6, forgottenHours: 500 }),
  habit('comes in bursts', { done: 0.08, pace: (week) => (week % 4 === 0 ? 1 : 0.04) }),
  habit('waits for others', { done: 0.05, blocked: 0.03, begun: 0.06 }),
  habit('loses interest', { done: 0.06, pace: (week) => Math.exp(-week / 12) }),
  habit('picks up speed', { done: 0.05, pace: (week) => Math.min(1, 0.1 + week / 40) }),
];

function habit(name: string, said: Partial<Habit>): Habit {
  return {
    name,
    ...{
      tasksPerDay: 1.6,
      done: 0.04,
      cancelled: 0.0008,
      begun: 0.03,
      mindHours: 40,
      forgottenHours: 300,
      blocked: 0.004,
    },
    ...{ sources: { structured: 0.5, marker: 0.1, deferred: 0.15, request: 0.25 }, urgentTimes: 2, placeTimes: 0.97 },
    pace: steady,
    ...said,
  };
}

type Open = 'pending' | 'in_progress' | 'blocked';
const OPEN: readonly Open[] = ['pending', 'in_progress', 'blocked'];
interface State {
  readonly status: Open;
  readonly onMind: boolean;
}
const STATES: readonly State[] = OPEN.flatMap((status) => [true, false].map((onMind) => ({ status, onMind })));
const indexOf = (state: State): number =>
  STATES.findIndex(({ status, onMind }) => status === state.status && onMind === state.onMind);

/** What decides about a task beside its state. */
interface Traits {
  readonly habit: Habit;
  readonly ease: number;
  readonly times: number;
  readonly firstWeekAt: number;
}

type Next = 'completed' | 'cancelled' | State;

/** The chances of the next hour, the first that is drawn happens; with what is left it stays as it is. */
function chancesOf({ status, onMind }: State, { habit: how, ease, times, firstWeekAt }: Traits, hour: number) {
  const isWork = hour % 24 >= 8 && hour % 24 < 20;
  const pace = (isWork ? 1 : 0.02) * how.pace(Math.max(0, Math.floor((hour - firstWeekAt) / (7 * 24))));
  const mind = onMind ? 1 : 0.01;
  const speed = { pending: 0.6, in_progress: 2.5, blocked: 0.05 }[status];
  const chances: [number, Next][] = [
    [1 - Math.exp(-how.done * ease * times * pace * mind * speed), 'completed'],
    [how.cancelled * pace, 'cancelled'],
  ];
  if (status === 'pending') chances.push([how.begun * pace * mind * ease, { status: 'in_progress', onMind: true }]);
  if (status === 'blocked') chances.push([0.01 * pace, { status: 'pending', onMind: true }]);
  else chances.push([how.blocked * pace * mind, { status: 'blocked', onMind }]);
  chances.push([onMind ? 1 / how.mindHours : 1 / how.forgottenHours, { status, onMind: !onMind }]);
  return chances;
}

/** What the ledger is told, and the truth behind it. */
export interface History {
  /** In the order of time. */
  readonly facts: readonly TaskFact[];
  readonly until: number;
  /** The chance that a task that is open at a full hour gets done within the next 7 days. */
  truthOf(task: string, at: number): number;
  /** Whose task it is. */
  habitOf(task: string): string;
}

interface Made {
  readonly traits: Traits;
  /** From which hour on it was in which open state. */
  readonly states: readonly (readonly [hour: number, state: State])[];
}

export function makeHistory({
  from,
  days,
  projects,
  seed,
}: Record<'from' | 'days' | 'projects' | 'seed', number>): History {
  const chance = chances(seed);
  const facts: TaskFact[] = [];
  const made = new Map<string, Made>();
  const firstHour = Math.floor(from / HOUR_MS);
  const lastHour = firstHour + days * 24;
  for (let project = 0; project < projects; project++) {
    const how = HABITS[project % HABITS.length];
    if (how === undefined) continue;
    for (let day = 0; day < days; day++) {
      // A list of some, now and then.
      const size = chance() < how.tasksPerDay / 4 ? 1 + Math.floor(chance() * 7) : 0;
      const hour = firstHour + day * 24 + 8 + Math.floor(chance() * 12);
      for (let place = 0; place < size; place++) {
        const id = `t${project}-${day}-${place}`;
        made.set(
          id,
          liveTask({ id, project: `/work/p${project}`, how, hour, place, firstHour, lastHour }, chance, facts),
        );
      }
    }
  }
  return {
    facts: facts.sort((a, b) => a.at - b.at || (a.eventId < b.eventId ? -1 : 1)),
    until: lastHour * HOUR_MS,
    truthOf(task, at) {
      const known = made.get(task);
      const hour = Math.floor(at / HOUR_MS);
      const state = known?.states.findLast(([since]) => since <= hour)?.[1];
      return known === undefined || state === undefined ? Number.NaN : chanceWithin(state, known.traits, hour);
    },
    habitOf: (task) => made.get(task)?.traits.habit.name ?? '',
  };
}

/** Forward through all states, hour by hour. */
function chanceWithin(state: State, traits: Traits, hour: number): number {
  let shares: number[] = STATES.map((_, index) => (index === indexOf(state) ? 1 : 0));
  let done = 0;
  for (let at = hour; at < hour + HORIZON_HOURS; at++) {
    const next: number[] = STATES.map(() => 0);
    shares.forEach((share, index) => {
      const here = STATES[index];
      if (share === 0 || here === undefined) return;
      let left = share;
      for (const [chance, what] of chancesOf(here, traits, at)) {
        const gone = left * chance;
        left -= gone;
        if (what === 'completed') done += gone;
        else if (what !== 'cancelled') next[indexOf(what)] = (next[indexOf(what)] ?? 0) + gone;
      }
      next[index] = (next[index] ?? 0) + left;
    });
    shares = next;
  }
  return done;
}

interface Told {
  readonly id: string;
  readonly project: string;
  readonly how: Habit;
  readonly hour: number;
  readonly place: number;
  readonly firstHour: number;
  readonly lastHour: number;
}

/** Lives a task from its first telling on, and tells the ledger what is said of it. */
function liveTask(told: Told, chance: () => number, facts: TaskFact[]): Made {
  const { id, project, how, hour: bornAt, place, firstHour, lastHour } = told;
  const source = drawn(how.sources, chance());
  const isUrgent = chance() < 0.12;
  const isLow = !isUrgent && chance() < 0.1;
  const priority: Priority | null = isUrgent ? 'high' : isLow ? 'low' : null;
  const traits: Traits = {
    habit: how,
    ease: Math.exp(1.2 * (chance() + chance() + chance() - 1.5)),
    times:
      (isUrgent ? how.urgentTimes : isLow ? 0.4 : 1) *
      how.placeTimes ** place *
      { structured: 1.2, marker: 0.3, deferred: 0.5, request: 1 }[source],
    firstWeekAt: firstHour,
  };
  const tell = (hour: number, said: Partial<TaskFact>): void => {
    const at = hour * HOUR_MS;
    const day = Math.floor(hour / 24);
    facts.push({
      ...{ is: 'task', ...SAYS_NOTHING, id, eventId: `${id}-${facts.length}`, at, sessionId: `${project}-${day}` },
      ...{ line: 1, source, project, agent: null, by: 'conversation' },
      ...said,
    });
  };
  tell(bornAt, { status: 'pending', title: id, priority, place: source === 'structured' ? place : null });
  let state: State = { status: 'pending', onMind: true };
  const states: [number, State][] = [[bornAt, state]];
  for (let hour = bornAt; hour < lastHour; hour++) {
    if (state.onMind && hour % 24 >= 8 && hour % 24 < 20 && chance() < 0.04) tell(hour, { quote: `about ${id}` });
    const next = drawnNext(state, traits, hour, chance);
    if (next === null) continue;
    if (next === 'completed' || next === 'cancelled') {
      tell(hour + 1, { status: next });
      break;
    }
    if (next.status !== state.status) tell(hour + 1, { status: next.status });
    else if (next.onMind && chance() < 0.8) tell(hour + 1, { quote: `back to ${id}` });
    state = next;
    states.push([hour + 1, state]);
  }
  return { traits, states };
}

function drawnNext(state: State, traits: Traits, hour: number, chance: () => number): Next | null {
  for (const [share, next] of chancesOf(state, traits, hour)) if (chance() < share) return next;
  return null;
}

function drawn(shares: Readonly<Record<Source, number>>, at: number): Source {
  let sum = 0;
  for (const [source, share] of Object.entries(shares) as [Source, number][]) {
    sum += share;
    if (at < sum) return source;
  }
  return 'structured';
}

/** A sequence that is the same in every run: mulberry32. */
function chances(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
