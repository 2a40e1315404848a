/** `up`: the whole system under PM2. */
import type { Command } from 'commander';
import { up } from '../supervisor/index.js';
import { follow } from './follow.js';
import { programName } from './program-name.js';
import { short } from './screen.js';

export function registerUp(program: Command): void {
  program
    .command('up')
    .description(
      'Starts Redis (if it is the embedded one), the workers and the board, and follows transcripts and logs.',
    )
    .option('-d, --detach', 'return when everything runs; `down` stops it')
    .action(async ({ detach = false }: { detach?: boolean }) => {
      if (!detach) return follow();
      const { outcome, runtime, layout } = await up({ attached: false, say });
      say(
        outcome === 'started'
          ? `Running. ${Object.values(runtime.pids).flat().length} processes; stop with \`${programName()} down\`.`
          : `It runs already, since ${new Date(runtime.startedAt).toISOString()} (version ${runtime.version}).`,
      );
      say(`State: ${short(layout.home)}`);
    });
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
