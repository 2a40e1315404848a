/** All that is learned in one walk over the tasks: a forecast, and counts that no list has. */
import { createCounting, type Census } from '../census.js';
import { lifeOf, type Forecast } from '../forecast/index.js';
import type { TaskRecord } from '../tasks/index.js';
import { createHistorian } from './history.js';
import { learn } from './learn.js';

export interface Learned {
  readonly at: number;
  readonly forecast: Forecast;
  readonly census: Census;
}

export interface Study {
  add(records: readonly TaskRecord[]): void;
  /** @param tookMs of work, for all of it */
  finish(tookMs: number): Learned;
}

/** Memory is bounded, whatever the number of records, and what comes of it does not depend on their order. */
export function createStudy(now: number): Study {
  const historian = createHistorian(now);
  const counting = createCounting(now);
  return {
    add(records) {
      for (const record of records) {
        counting.add(record);
        const life = lifeOf(record);
        if (life !== null) historian.add(life);
      }
    },
    finish: (tookMs) => ({ at: now, forecast: learn(historian.finish(), now, tookMs), census: counting.finish() }),
  };
}
