/** What a forecast looks at: few things, each known at the time, each with words for a reader. */
import type { Source } from '../model.js';
import type { Sight } from './life.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What is seen of a task, and how fast its project is: the share of its open tasks that a week got done lately. */
export interface Seen extends Sight {
  readonly pace: number;
}

/** Things that a reader is told as one. */
export type About = 'age' | 'idle' | 'status' | 'source' | 'priority' | 'place' | 'sessions' | 'reopened' | 'pace';

interface Feature {
  readonly name: string;
  readonly about: About;
  /**
   * Which way it may work. Of tasks that differ in ways nobody sees, those with the better chances leave first, so the chances
   * of those that stay sink with time; a coefficient that says otherwise was learned from too little.
   */
  readonly sign: -1 | 0 | 1;
  readonly of: (seen: Seen) => number;
}

const isIt = (holds: boolean): number => (holds ? 1 : 0);
const logit = (share: number): number => Math.log(share / (1 - share));

export const FEATURES: readonly Feature[] = [
  { name: 'age', about: 'age', sign: -1, of: ({ ageMs }) => Math.log1p(Math.max(ageMs, 0) / HOUR_MS) },
  { name: 'idle', about: 'idle', sign: -1, of: ({ idleMs }) => Math.log1p(Math.max(idleMs, 0) / HOUR_MS) },
  { name: 'in_progress', about: 'status', sign: 0, of: ({ status }) => isIt(status === 'in_progress') },
  { name: 'blocked', about: 'status', sign: 0, of: ({ status }) => isIt(status === 'blocked') },
  { name: 'marker', about: 'source', sign: 0, of: ({ source }) => isIt(source === 'marker') },
  { name: 'deferred', about: 'source', sign: 0, of: ({ source }) => isIt(source === 'deferred') },
  { name: 'request', about: 'source', sign: 0, of: ({ source }) => isIt(source === 'request') },
  { name: 'urgent', about: 'priority', sign: 0, of: ({ priority: p }) => isIt(p === 'critical' || p === 'high') },
  { name: 'low', about: 'priority', sign: 0, of: ({ priority }) => isIt(priority === 'low') },
  { name: 'place', about: 'place', sign: 0, of: ({ place }) => Math.log1p(Math.min(place ?? 0, 100)) },
  { name: 'sessions', about: 'sessions', sign: 0, of: ({ sessions }) => Math.log2(Math.max(1, sessions)) },
  { name: 'reopened', about: 'reopened', sign: 0, of: ({ isReopened }) => isIt(isReopened) },
  { name: 'pace', about: 'pace', sign: 1, of: ({ pace }) => logit(Math.min(Math.max(pace, 0.001), 0.999)) },
];

export const valuesOf = (seen: Seen): number[] => FEATURES.map((feature) => feature.of(seen));

const SOURCE_WORDS: Readonly<Record<Source, string>> = {
  structured: 'it stands in a task list',
  marker: 'it is a mark such as TODO',
  deferred: 'it was put off when it came up',
  request: 'it was asked for in a message',
};

/** What is the case, as a reader is told why a chance is high or low. */
export const WORDS: Readonly<Record<About, (seen: Seen) => string>> = {
  age: ({ ageMs }) => `first told of ${span(ageMs)} ago`,
  idle: ({ idleMs }) => `untouched for ${span(idleMs)}`,
  status: ({ status }) => ({ in_progress: 'already begun', blocked: 'blocked' })[status as string] ?? 'not begun yet',
  source: ({ source }) => SOURCE_WORDS[source],
  priority: ({ priority }) => (priority === null ? 'no priority stated' : `${priority} priority stated`),
  place: ({ place }) => (place === null ? 'it has no place in a list' : `number ${place + 1} of its list`),
  sessions: ({ sessions }) => (sessions > 1 ? `told in ${sessions} sessions` : 'told in one session'),
  reopened: ({ isReopened }) => (isReopened ? 'it had been closed before' : 'it was never closed before'),
  pace: ({ pace }) => `its project lately got ${Math.round(pace * 100)} % of its open tasks done in a week`,
};

function span(ms: number): string {
  const [n, unit] = ms < 2 * DAY_MS ? [ms / HOUR_MS, 'hour'] : [ms / DAY_MS, 'day'];
  const whole = Math.max(0, Math.floor(n));
  return `${whole} ${unit}${whole === 1 ? '' : 's'}`;
}
