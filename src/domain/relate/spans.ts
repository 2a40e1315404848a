/** Tasks that are in progress when an error happens, more often than chance has it. */
import { discoveryLimit } from '../signal/index.js';
import { fisherExact, leastLift } from './fisher.js';
import { timeReason, type Reason } from './ties.js';

export const SPAN_MS = 600_000;
/** Once or twice together is nothing. */
const LEAST_TOGETHER = 3;
const LEAST_LIFT = 1.5;
const FALSE_SHARE = 0.05;

/**
 * Compares errors with spans of ten minutes in which some task was in progress: with the others the question would be whether
 * somebody was at work, which errors of all kinds go with.
 * @param underWay for each task, numbers of the spans in which it was in progress
 * @returns for the numbers of the spans in which an error happened, the tasks that it goes with
 */
export function compareWith(
  underWay: ReadonlyMap<string, ReadonlySet<number>>,
): (happened: ReadonlySet<number>) => Map<string, Reason> {
  const all = new Set<number>();
  for (const spans of underWay.values()) for (const span of spans) all.add(span);
  return (happened) => {
    const at = [...happened].filter((span) => all.has(span));
    if (at.length < LEAST_TOGETHER) return new Map();
    const tests = [...underWay].flatMap(([task, spans]) => {
      const both = at.filter((span) => spans.has(span)).length;
      if (both < LEAST_TOGETHER) return [];
      const onlyB = at.length - both;
      const table = { both, onlyA: spans.size - both, onlyB, neither: all.size - spans.size - onlyB };
      return [{ task, both, ofTask: spans.size, chance: fisherExact(table), lift: leastLift(table) }];
    });
    const limit = discoveryLimit(
      tests.map(({ chance }) => chance),
      underWay.size,
      FALSE_SHARE,
    );
    const found = tests.filter(({ chance, lift }) => chance <= limit && lift >= LEAST_LIFT);
    return new Map(found.map((test) => [test.task, timeReason(test)]));
  };
}
