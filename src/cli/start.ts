/** `start`, which is what `npm start` runs: the whole system on this terminal. */
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { loadConfig } from '../config.js';
import { useDemo } from './demo.js';
import { follow } from './follow.js';
import { short } from './screen.js';

export function registerStart(program: Command): void {
  program
    .command('start')
    .description('Starts everything, shows what happens, and stops everything on Ctrl-C.')
    .option('--demo', 'follow the sample conversations that come with the project, in a ledger of their own')
    .action(async ({ demo = false }: { demo?: boolean }) => {
      if (demo) useDemo();
      const { roots } = loadConfig().transcripts;
      if (!roots.some((root) => existsSync(root))) {
        process.stdout.write(noTranscripts(roots));
        process.exitCode = 1;
        return;
      }
      await follow();
    });
}

function noTranscripts(roots: readonly string[]): string {
  return [
    'There are no Claude Code transcripts on this machine: none of these folders exists.',
    ...roots.map((root) => `  ${short(root)}`),
    '',
    'Claude Code makes them with its first conversation. If yours are elsewhere, set CLAUDE_CONFIG_DIR, or',
    'transcripts.roots in config.json. To see the tracker at work on sample conversations:',
    '',
    '  npm start -- --demo',
    '',
  ].join('\n');
}
