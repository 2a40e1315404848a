/**
 * Examples from the ledger's own history: open tasks at past instants, with what was known then and whether the following
 * week got them done. Records come in any order, one at a time; memory is bounded, whatever their number.
 */
import {
  HORIZON_DAYS,
  nextDone,
  openSpans,
  sightOf,
  valuesOf,
  type History,
  type Life,
  type Sight,
} from '../forecast/index.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
export const HORIZON_MS = HORIZON_DAYS * DAY_MS;
/** Goes through all hours of the day, so that evenings count as mornings do. */
const EVERY_MS = 17 * HOUR_MS;
/** How people worked longer ago says little of how they work now. */
const LOOK_BACK_DAYS = 180;
/** What a pace is measured on, and of how many tasks (each open for all that time) it is taken for the average one. */
const PACE_DAYS = 28;
const PACE_PRIOR_TASKS = 5;
/** Before anything is known; weighs as much as one task. */
const FIRST_GUESS = 0.2;
/** Younger ones are what the conversation is at: those of prose that the same turn completes are never seen open. */
const YOUNGEST_MS = HOUR_MS;

const HORIZON_SLOTS = Math.ceil(HORIZON_MS / EVERY_MS);
const PACE_SLOTS = Math.round((PACE_DAYS * DAY_MS) / EVERY_MS);
const MOST_EXAMPLES = 10_000;
const MOST_PROJECTS = 1_000;

/** An open task at an instant. */
export interface Example {
  readonly at: number;
  readonly values: readonly number[];
  readonly isDone: boolean;
}

export interface Material {
  /** Oldest first. */
  readonly examples: readonly Example[];
  /** Tasks that the examples were drawn from. */
  readonly tasks: number;
  readonly history: History;
  /** As of now: of those projects whose tasks were open lately, and of all. */
  readonly paces: Readonly<Record<string, number>>;
  readonly pace: number;
}

interface Drawn {
  readonly lot: number;
  readonly id: string;
  readonly slot: number;
  readonly sight: Sight;
  readonly project: string | null;
  readonly isDone: boolean;
}

export interface Historian {
  add(life: Life): void;
  finish(): Material;
}

/** @param now nothing later than a horizon before it is an example: what came of it is not known yet */
export function createHistorian(now: number, most = MOST_EXAMPLES): Historian {
  const last = Math.floor((now - HORIZON_MS) / EVERY_MS);
  const first = Math.ceil((now - HORIZON_MS - LOOK_BACK_DAYS * DAY_MS) / EVERY_MS);
  const talliedFrom = first - HORIZON_SLOTS - PACE_SLOTS;
  const paces = createPaces(talliedFrom, last);
  let drawn: Drawn[] = [];
  let highest = Number.POSITIVE_INFINITY;
  let done = 0;
  let notDone = 0;
  let tasks = 0;
  let earliest = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;

  return {
    add(life) {
      const seed = hashOf(life.id);
      let [hasDone, hasNotDone] = [false, false];
      for (const [from, until] of openSpans(life)) {
        const start = Math.max(from, life.firstAt + YOUNGEST_MS);
        const lastHere = Math.min(last, Math.ceil(until / EVERY_MS) - 1);
        const doneAt = nextDone(life, from);
        for (let slot = Math.max(talliedFrom, Math.ceil(start / EVERY_MS)); slot <= lastHere; slot++) {
          const at = slot * EVERY_MS;
          const isDone = doneAt > at && doneAt <= at + HORIZON_MS;
          paces.count(life.project, slot, isDone);
          if (slot < first) continue;
          if (isDone) hasDone = true;
          else hasNotDone = true;
          earliest = Math.min(earliest, slot);
          latest = Math.max(latest, slot);
          draw(life, slot, isDone, lotOf(seed, slot));
        }
      }
      if (hasDone) done += 1;
      if (hasNotDone) notDone += 1;
      if (hasDone || hasNotDone) tasks += 1;
    },

    finish() {
      keepLowest();
      const paceAt = paces.settle();
      const examples = drawn
        .sort((a, b) => a.slot - b.slot || (a.id < b.id ? -1 : 1))
        .map(({ slot, sight, project, isDone }): Example => {
          const pace = paceAt(project, slot - HORIZON_SLOTS);
          return { at: slot * EVERY_MS, values: valuesOf({ ...sight, pace }), isDone };
        });
      return {
        examples,
        tasks,
        history: { done, notDone, days: tasks === 0 ? 0 : Math.round(((latest - earliest) * EVERY_MS) / DAY_MS) },
        paces: Object.fromEntries(paces.projects().map((project) => [project, paceAt(project, last)])),
        pace: paceAt(null, last),
      };
    },
  };

  /** Those with the lowest lots stay: which ones does not depend on the order of the records. */
  function draw(life: Life, slot: number, isDone: boolean, lot: number): void {
    if (lot >= highest) return;
    const sight = sightOf(life, slot * EVERY_MS);
    if (sight === null) return;
    drawn.push({ lot, id: life.id, slot, sight, project: life.project, isDone });
    if (drawn.length >= 2 * most) keepLowest();
  }

  function keepLowest(): void {
    drawn.sort((a, b) => a.lot - b.lot || (a.id < b.id ? -1 : a.id > b.id ? 1 : a.slot - b.slot));
    drawn = drawn.slice(0, most);
    if (drawn.length === most) highest = drawn.at(-1)?.lot ?? highest;
  }
}

interface Paces {
  count(project: string | null, slot: number, isDone: boolean): void;
  /** @returns the pace of a project (null: of all) as the outcomes of the slots up to one tell it */
  settle(): (project: string | null, slot: number) => number;
  projects(): readonly string[];
}

/** Per project and slot, how many tasks were open, and how many of them the week got done. */
function createPaces(from: number, to: number): Paces {
  const size = Math.max(0, to - from + 1);
  const all = tallies(size);
  const byProject = new Map<string, ReturnType<typeof tallies>>();
  return {
    count(project, slot, isDone) {
      const index = slot - from;
      add(all, index, isDone);
      if (project === null) return;
      let own = byProject.get(project);
      if (own === undefined) {
        if (byProject.size >= MOST_PROJECTS) return;
        own = tallies(size);
        byProject.set(project, own);
      }
      add(own, index, isDone);
    },
    settle() {
      for (const { open, done } of [all, ...byProject.values()]) {
        for (let index = 1; index < size; index++) {
          open[index] = (open[index] ?? 0) + (open[index - 1] ?? 0);
          done[index] = (done[index] ?? 0) + (done[index - 1] ?? 0);
        }
      }
      return (project, slot) => {
        const base = shareIn(all, slot - from, FIRST_GUESS, 1);
        const own = project === null ? undefined : byProject.get(project);
        return own === undefined ? base : shareIn(own, slot - from, base, PACE_PRIOR_TASKS);
      };
    },
    projects: () => [...byProject.keys()].sort(),
  };
}

const tallies = (size: number) => ({ open: new Float64Array(size), done: new Float64Array(size) });

function add({ open, done }: ReturnType<typeof tallies>, index: number, isDone: boolean): void {
  open[index] = (open[index] ?? 0) + 1;
  if (isDone) done[index] = (done[index] ?? 0) + 1;
}

/** The share in the slots up to `index`, drawn towards `prior` as by so many tasks that were open all the time. */
function shareIn({ open, done }: ReturnType<typeof tallies>, index: number, prior: number, tasks: number): number {
  const sum = (counts: Float64Array): number => ((counts[index] ?? 0) - (counts[index - PACE_SLOTS] ?? 0)) / PACE_SLOTS;
  return (sum(done) + tasks * prior) / (sum(open) + tasks);
}

/** FNV-1a: the lots need no secrecy, and there may be millions of them. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}

function lotOf(seed: number, slot: number): number {
  let mixed = Math.imul(seed ^ Math.imul(slot, 0x9e3779b1), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
