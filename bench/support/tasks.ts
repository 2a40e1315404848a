/** Invented tasks as reading many real sessions would bring them: most are done, some alike, a few wait for others. */
import type { TaskFact } from '../../src/domain/facts.js';
import type { Priority, Status } from '../../src/domain/model.js';

const VERBS = 'Add Fix Remove Rename Document Test Migrate Cache Retry Profile Parse Index Export Verify Batch'.split(
  ' ',
);
const THINGS =
  'session parser|job queue|login form|retry policy|health probe|config loader|task table|webhook handler|search index|rate limiter|date filter|schema migration|dashboard chart|worker pool|log tailer|token refresh'.split(
    '|',
  );
const PLACES = 'server.ts worker.ts schema.ts routes.ts tail.ts lines.ts app.tsx tasks.tsx seed.ts Dockerfile'.split(
  ' ',
);
export const PROJECTS = Array.from({ length: 30 }, (_, index) => `/home/dev/work/project-${index}`);
const TASKS_PER_SESSION = 12;
const DAY_MS = 86_400_000;

/** Statuses with their share of all tasks. */
const STATUSES: readonly (readonly [Status, number])[] = [
  ['pending', 0.3],
  ['in_progress', 0.06],
  ['blocked', 0.04],
  ['completed', 0.5],
  ['cancelled', 0.1],
];
/** Three of four tasks have no priority of their own. */
const STATED: readonly (readonly [Priority | null, number])[] = [
  [null, 0.75],
  ['critical', 0.02],
  ['high', 0.08],
  ['medium', 0.1],
  ['low', 0.05],
];

export const taskId = (index: number): string => `t${index.toString(16).padStart(16, '0')}`;
export const sessionOf = (index: number): string => {
  const session = Math.floor(index / TASKS_PER_SESSION);
  return `cccccccc-0000-4000-8000-${session.toString(16).padStart(12, '0')}`;
};
/** A third of all sessions are in the first project, and so on. */
const projectOf = (session: number): string => PROJECTS[Math.floor(30 * draw(session, 1) ** 3)] ?? '';

/** What is said of the task `index`: that it is there, and for most of them what became of it. */
export function factsOf(index: number, now: number): TaskFact[] {
  const session = Math.floor(index / TASKS_PER_SESSION);
  const startedAt = Math.floor(now - 400 * DAY_MS * draw(session, 2) ** 2 - 3_600_000);
  const firstAt = startedAt + (index % TASKS_PER_SESSION) * 60_000;
  const status = choose(STATUSES, draw(index, 3));
  const isCopy = draw(index, 4) < 0.05;
  const words = isCopy ? index % 50 : index;
  const place = `${pick(PLACES, words, 7)}${isCopy ? '' : ` (part ${index})`}`;
  const title = `${pick(VERBS, words, 5)} ${pick(THINGS, words, 6)} in ${place}`;
  const first: TaskFact = {
    ...{ is: 'task', id: taskId(index), eventId: `${taskId(index)}a`.slice(-12), at: firstAt },
    ...{ sessionId: sessionOf(index), line: 10 + (index % TASKS_PER_SESSION) * 20, source: 'structured' },
    ...{ project: projectOf(session), agent: null, status: 'pending', reason: null, title },
    description: draw(index, 8) < 0.3 ? `${title}, and keep old rows valid while readers go on working.` : null,
    priority: choose(STATED, draw(index, 9)),
    ...{ owner: null, quote: null, priorityWords: null, blocks: [], place: index % TASKS_PER_SESSION },
    by: 'conversation',
    // Always on an earlier task, so that every size holds both ends.
    blockedBy: draw(index, 10) < 0.02 && index > 0 ? [taskId(index - 1)] : [],
  };
  if (status === 'pending') return [first];
  const next: TaskFact = {
    ...first,
    ...{ eventId: `${taskId(index)}b`.slice(-12), at: firstAt + 600_000, line: first.line + 10, status },
    ...{ title: null, description: null, priority: null, blockedBy: [] },
  };
  return [first, next];
}

/** A number from 0 to 1 that belongs to `index` and `use`. */
function draw(index: number, use: number): number {
  let mixed = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(use, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}

const pick = (list: readonly string[], index: number, use: number): string =>
  list[Math.floor(draw(index, use) * list.length)] ?? '';

function choose<Value>(shares: readonly (readonly [Value, number])[], at: number): Value {
  let sum = 0;
  for (const [value, share] of shares) {
    sum += share;
    if (at < sum) return value;
  }
  throw new RangeError('the shares are less than 1');
}
