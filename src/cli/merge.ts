/** `merge ID INTO`: one task is the same as another. */
import type { Command } from 'commander';
import { withTools } from './called.js';
import { howToUndo, sayOfTask } from './hand.js';

export function registerMerge(program: Command): void {
  program
    .command('merge')
    .description(
      'Says that one task is the same as another: it leaves the lists, and where it was told of counts for the other.',
    )
    .argument('<id>', 'id of the task that leaves the lists')
    .argument('<into>', 'id of the task that stays')
    .option('--note <text>', 'why')
    .addHelpText('after', howToUndo)
    .action(async (id: string, into: string, options: { note?: string }) => {
      const change = { status: 'merged', merge_into: into, ...options };
      await withTools((call) => sayOfTask(call, id, change, `is merged into ${into}`));
    });
}
