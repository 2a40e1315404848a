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
 * Spans of ten minutes in which some task was in progress: with the others the question would be whether somebody was at
 * work, which errors of all kinds go with.
 * @param happened numbers of the spans in which the error happened
 * @param underWay for each task, numbers of the spans in which it was in progress
 */
export function togetherReasons(
  happened: ReadonlySet<number>,
  underWay: ReadonlyMap<string, ReadonlySet<number>>,
): Map<string, Reason> {
  const all = new Set<number>();
  for (const spans of underWay.values()) for (const span of spans) all.add(span);
  const ofError = [...happened].filter((span) => all.has(span)).length;
  const tests = [...underWay].flatMap(([task, spans]) => {
    let both = 0;
    for (const span of spans) if (happened.has(span)) both += 1;
    if (both < LEAST_TOGETHER) return [];
    const onlyB = ofError - both;
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
}
