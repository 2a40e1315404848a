/** `dismiss ID…` and `merge ID INTO`: what a hand says of tasks, by the same job as the tool asks for. */
import type { Command } from 'commander';
import { z } from 'zod';
import { withTools, type Call } from './called.js';
import { programName } from './program-name.js';

/** Long enough for a queue that is busy; the job is done later all the same. */
const WAIT_MS = 10_000;

const Answer = z.looseObject({
  task_id: z.string(),
  state: z.string(),
  title: z.string().optional(),
  hint: z.string().optional(),
});

export function registerDismiss(program: Command): void {
  program
    .command('dismiss')
    .description(
      'Says that these are no tasks. They leave the lists, and the same sentence of prose is not taken for one again. ' +
        'Setting any status brings a task back.',
    )
    .argument('<id...>', 'ids of tasks, as get_unfinished_tasks shows them')
    .option('--note <text>', 'why')
    .addHelpText('after', undone())
    .action(async (ids: string[], { note }: { note?: string }) => {
      await withTools(async (call) => {
        for (const id of ids) await set(call, id, { status: 'dismissed', note }, 'dismissed');
      });
    });
}

export function registerMerge(program: Command): void {
  program
    .command('merge')
    .description(
      'Says that one task is the same as another: it leaves the lists, and where it was told of counts for the other. ' +
        'Setting any status parts them.',
    )
    .argument('<id>', 'id of the task that leaves the lists')
    .argument('<into>', 'id of the task that stays')
    .option('--note <text>', 'why')
    .addHelpText('after', undone())
    .action(async (id: string, into: string, { note }: { note?: string }) => {
      await withTools((call) => set(call, id, { status: 'merged', merge_into: into, note }, `merged into ${into}`));
    });
}

const undone = (): string =>
  `\nTo undo it: ${programName()} call update_task_status '{"task_id":"ID","status":"pending"}'`;

async function set(call: Call, id: string, change: object, what: string): Promise<void> {
  const answer = Answer.parse(await call('update_task_status', { task_id: id, wait_ms: WAIT_MS, ...change }));
  const { state, title = '', hint } = answer;
  const isDone = state === 'completed';
  process.stdout.write(isDone ? `${id} ${what}: ${title}\n` : `${id} is still ${state}. ${hint ?? ''}\n`);
  if (state === 'failed') process.exitCode = 1;
}
