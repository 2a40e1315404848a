/** `dismiss ID…`: these are no tasks. */
import type { Command } from 'commander';
import { withTools } from './called.js';
import { howToUndo, sayOfTask } from './hand.js';

export function registerDismiss(program: Command): void {
  program
    .command('dismiss')
    .description(
      'Says that these are no tasks: they leave the lists, and the same sentence of prose is not taken for one again.',
    )
    .argument('<id...>', 'ids of tasks, as get_unfinished_tasks shows them')
    .option('--note <text>', 'why')
    .addHelpText('after', howToUndo)
    .action(async (ids: string[], options: { note?: string }) => {
      await withTools(async (call) => {
        for (const id of ids) await sayOfTask(call, id, { status: 'dismissed', ...options }, 'is dismissed');
      });
    });
}
