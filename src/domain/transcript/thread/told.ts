/** What a report tells of single tasks, beside the acts that are read from it. */
import type { Status } from '../../model.js';
import { covers, masked, type AssistantAct } from '../../prose/index.js';
import { standings, type Told } from './standing.js';
import type { ThreadTask } from './state.js';
import type { Scene } from './tasks.js';
import type { Unit } from './units.js';

/** As much of a quote tells which sentence it is. */
const QUOTE_CHARS = 80;

export const REASONS: Partial<Record<Status, string>> = {
  blocked: 'stuck',
  pending: 'not-begun',
  in_progress: 'unfinished',
};

/** What is said in so many words. Where that is only that things are done, what else is said may say less of them. */
export function tellings(
  scene: Scene,
  acts: readonly AssistantAct[],
  units: readonly Unit[],
): ReadonlyMap<ThreadTask, Told> {
  const told = standings(scene, units);
  const isLess = [...told.values()].some(({ status }) => status !== 'completed');
  const isGoingOn = acts.some((act) => act.is === 'narration');
  const less = acts.filter((act) => act.is === 'stuck' || act.is === 'unfinished');
  return new Map(
    [...told].filter(([task, { status, quote, isCounted }]) => {
      if (status !== 'completed' || isCounted) return true;
      if (task.asked === null && isGoingOn) return false;
      return (
        isLess ||
        !less.some(
          (act) =>
            act.about === null || quote.includes(act.quote.slice(0, QUOTE_CHARS)) || covers(act.about, task.title) > 0,
        )
      );
    }),
  );
}

/** Work that is told to be left, and is no more than what it was told of a task that it is not done: or its other half. */
export function isTold(act: AssistantAct, told: ReadonlyMap<ThreadTask, Told>): boolean {
  if (act.is !== 'defer') return false;
  for (const [{ title }, { status, quote }] of told) {
    if (masked(act.title, title).text.replace(NO_NAMES, ' ').trim() !== '') continue;
    if (status === 'completed') {
      if (NO_WORK.test(act.title)) return true;
      continue;
    }
    if (quote.includes(act.quote.slice(0, QUOTE_CHARS)) || act.quote.includes(quote)) return true;
    if (status === 'in_progress' && PART.test(act.title)) return true;
  }
  return false;
}

/** `Not done yet`, read as said of what was named before. */
const NO_WORK = /^(?:do|handle)\b/i;
const PART = /\b(?:half|halves|parts?|pieces?|rest|others?|ones?)\b/i;
/** Words of a title that name no work of their own beside a task's. */
const NO_NAMES =
  /¤(?:do(?:ne|ing)?)?|[^\p{L}¤]+|\b(?:finish|handle|do|add|make|complete|continue|get|go on|with|solve|tackle|start|begin|wire|compile|build|work|run|pass|the|an?|first|second|third|fourth|last|other|others|rest|remaining|missing|half|halves|parts?|pieces?|ones?|two|three|four|of|it|them|this|that|and|to|for|number|points?|items?|[a-h])\b/giu;
