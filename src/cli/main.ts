#!/usr/bin/env node
/**
 * `mcp-autobot-tracker`: finds the command and loads only what that one needs, so that `mcp` starts fast and `extract`
 * runs without Redis. Exit codes: 0 done, 1 failed, 2 wrong usage.
 */
import { Command, CommanderError } from 'commander';
import { closest, distance } from 'fastest-levenshtein';
import { packageVersion } from '../config.js';
import { InputError, hasCode, messageOf } from '../errors.js';
import { configureLogger } from '../logger.js';
import { programName, runnable } from './program-name.js';
import { shortened } from './screen.js';

type Register = (program: Command) => void;

interface Entry {
  readonly summary: string;
  readonly load: () => Promise<Register>;
}

const commands: Readonly<Record<string, Entry>> = {
  start: {
    summary: 'start everything, follow it on this terminal, stop everything on Ctrl-C (what `npm start` does)',
    load: async () => (await import('./start.js')).registerStart,
  },
  up: {
    summary: 'start the whole system under PM2; with --detach it stays when this command ends',
    load: async () => (await import('./up.js')).registerUp,
  },
  down: {
    summary: 'stop the whole system and leave no process behind',
    load: async () => (await import('./down.js')).registerDown,
  },
  status: {
    summary: 'processes, queues, lag, quarantined files, Redis and versions',
    load: async () => (await import('./status.js')).registerStatus,
  },
  mcp: {
    summary: 'the MCP server on stdio, for clients to start, or with --http over HTTP',
    load: async () => (await import('./mcp.js')).registerMcp,
  },
  ingest: {
    summary: 'read transcripts, folders or logs now, with a progress bar and a summary',
    load: async () => (await import('./ingest.js')).registerIngest,
  },
  extract: {
    summary: 'print the tasks and errors of transcripts as JSON; needs no Redis',
    load: async () => (await import('./extract.js')).registerExtract,
  },
  patterns: {
    summary: 'group the entries of one log by what they say; needs no Redis',
    load: async () => (await import('./patterns.js')).registerPatterns,
  },
  call: {
    summary: 'call a tool as an MCP client would and print its result',
    load: async () => (await import('./call.js')).registerCall,
  },
  dismiss: {
    summary: 'say that something in the list is no task; the same sentence is not offered again',
    load: async () => (await import('./dismiss.js')).registerDismiss,
  },
  merge: {
    summary: 'say that one task of the list is the same as another',
    load: async () => (await import('./merge.js')).registerMerge,
  },
  redact: {
    summary: 'copy stdin to stdout with secrets masked; needs no Redis',
    load: async () => (await import('./redact.js')).registerRedact,
  },
  doctor: {
    summary: 'check Node, Redis, permissions and limits, each finding with its cure',
    load: async () => (await import('./doctor.js')).registerDoctor,
  },
};

const EXAMPLES: readonly (readonly [command: string, does: string])[] = [
  ['up --detach', 'start in the background'],
  ['status', 'how it stands'],
  ['ingest ~/old-sessions --wait', 'read a folder of transcripts once'],
  ['call get_unfinished_tasks', 'what Claude would see'],
];

const afterHelp = (): string => `
Examples:
${EXAMPLES.map(([command, does]) => `  # ${does}\n  ${programName()} ${command}`).join('\n')}

Environment:
  TRACKER_HOME                state folder, default ~/.mcp-autobot-tracker
  TRACKER_CONFIG              config.json, default in the state folder
  CLAUDE_CONFIG_DIR           as Claude Code reads it
  REDIS_URL, REDIS_PASSWORD   a Redis of your own
  DEBUG                       mcp-autobot-tracker:*, as --verbose
Exit codes: 0 done, 1 failed, 2 wrong usage.`;

const DONE = 0;
const FAILED = 1;
const WRONG_USAGE = 2;

/** A command asked for on the command line, the first word that is no option. */
async function build(args: readonly string[]): Promise<Command> {
  const program = new Command('mcp-autobot-tracker')
    .description(
      'Follows Claude Code conversations and service logs, and keeps a ledger of tasks and errors that Claude can ask over MCP.',
    )
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help, or that of a command')
    .option('--verbose', 'say more on stderr (before or after any command)')
    .addHelpText('after', afterHelp)
    .showHelpAfterError('(--help lists what there is)')
    .exitOverride();
  const name = args.find((arg) => !arg.startsWith('-'));
  const wanted = name === 'help' ? args[args.indexOf('help') + 1] : name;
  for (const [command, { summary, load }] of Object.entries(commands)) {
    if (command === wanted) (await load())(program);
    else program.command(command).description(summary);
  }
  for (const command of program.commands) command.exitOverride().summary(commands[command.name()]?.summary ?? '');
  if (name !== undefined && name !== 'help' && !(name in commands))
    program.error(unknown(name), { exitCode: WRONG_USAGE });
  return program;
}

function unknown(name: string): string {
  const nearest = closest(name, Object.keys(commands));
  const hint = distance(name, nearest) <= Math.max(2, name.length / 2) ? ` Did you mean "${nearest}"?` : '';
  return `error: unknown command "${name}".${hint}`;
}

/** Takes `--verbose` out wherever it stands before a lone `--`; the processes that are started see it as DEBUG. */
function takeVerbose(args: readonly string[]): readonly string[] {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  const rest = args.filter((arg, index) => index >= end || arg !== '--verbose');
  if (rest.length < args.length) process.env['DEBUG'] ||= 'mcp-autobot-tracker:*';
  return rest;
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === DONE ? DONE : WRONG_USAGE;
  process.stderr.write(`${shortened(runnable(messageOf(error)))}\n`);
  if (process.env['DEBUG'] && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  return error instanceof InputError ? WRONG_USAGE : FAILED;
}

// A reader that has enough (`| head`) is no failure.
process.stdout.on('error', (error: unknown) => {
  if (!hasCode(error, 'EPIPE', 'EIO')) throw error;
});

const args = takeVerbose(process.argv.slice(2));
// The program talks to a person here: what its own parts log is of interest only with --verbose.
configureLogger({ name: args[0] ?? 'cli', level: 'error' });
try {
  const program = await build(args);
  if (args.length === 0) program.help({ error: true });
  await program.parseAsync([...args], { from: 'user' });
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
