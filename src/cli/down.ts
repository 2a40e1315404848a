/** `down`: stops the whole system. */
import type { Command } from 'commander';
import { down } from '../supervisor/index.js';

export function registerDown(program: Command): void {
  program
    .command('down')
    .description('Stops producers, then workers, then Redis, then PM2. Fine when nothing runs.')
    .action(async () => {
      const anything = await down();
      process.stdout.write(anything ? 'Stopped. Nothing is left running.\n' : 'Nothing was running.\n');
    });
}
