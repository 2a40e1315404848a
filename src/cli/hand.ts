/** What a hand says of tasks from the command line, by the same job as the tool asks for. */
import { z } from 'zod';
import type { Call } from './called.js';
import { programName } from './program-name.js';

/** Long enough for a queue that is busy; the job is done later all the same. */
const WAIT_MS = 10_000;

const Answer = z.looseObject({ state: z.string(), title: z.string().optional(), hint: z.string().optional() });

/** Help of every command that says something of tasks. */
export const howToUndo = (): string =>
  `\nTo undo it:\n  ${programName()} call update_task_status '{"task_id":"ID","status":"pending"}'`;

/** @param what was done, as the line says that is printed */
export async function sayOfTask(call: Call, id: string, change: object, what: string): Promise<void> {
  const answer = await call('update_task_status', { task_id: id, wait_ms: WAIT_MS, ...change });
  const { state, title, hint = '' } = Answer.parse(answer);
  // It is done whether or not Redis was there to say once more what it was done to.
  const done = title === undefined ? `${id} ${what}` : `${id} ${what}: ${title}`;
  const line = state === 'completed' ? done : `${id}: the job is ${state}. ${hint}`;
  process.stdout.write(`${line.trimEnd()}\n`);
  if (state === 'failed') process.exitCode = 1;
}
