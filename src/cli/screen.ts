/** Texts for a person at a terminal. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../config.js';
import { packageFolder, packageVersion, trackerHome } from '../config.js';
import type { Activity } from '../domain/model.js';

export interface Transcripts {
  readonly files: number;
  readonly bytes: number;
}

/** What `npm start` shows first: what is followed, where the results go, how Claude gets at them. */
export function firstScreen(config: Config, found: Transcripts): string {
  const roots = config.transcripts.roots.map(short);
  return [
    '',
    `MCP AutoBot Tracker ${packageVersion()}`,
    '',
    `  Follows     ${roots.join('\n              ')}`,
    `              ${count(found.files, 'session file')}, ${megabytes(found.bytes)}`,
    ...logsOf(config),
    `  Ledger      ${short(config.home)}`,
    '',
    '  Connect Claude Code (once, in another terminal):',
    `    ${connectCommand()}`,
    '  and then ask it:  What did I leave unfinished?',
    ...elsewhere(),
  ].join('\n');
}

const MAX_LOGS_SHOWN = 6;

function logsOf({ logs }: Config): readonly string[] {
  const names = logs.map(({ path, journal, docker }) =>
    path === null ? (journal === null ? `container ${docker ?? ''}` : `journal of ${journal}`) : short(path),
  );
  const shown = names.length <= MAX_LOGS_SHOWN ? names : names.slice(0, MAX_LOGS_SHOWN - 1);
  const more = names.length === shown.length ? [] : [`and ${count(names.length - shown.length, 'log')} more`];
  return [...shown, ...more].map((name, index) => (index === 0 ? `  Logs        ${name}` : `              ${name}`));
}

/** What has to be set first where other commands are to find this ledger; nothing for the usual one. */
function elsewhere(env: NodeJS.ProcessEnv = process.env): readonly string[] {
  const home = trackerHome(env);
  if (home === trackerHome({ HOME: env['HOME'] })) return [];
  return ['', '  Other commands find this ledger after', `    export TRACKER_HOME=${shellPath(home)}`];
}

/** The line that tells Claude Code of our server, with the environment that makes it find this ledger. */
export function connectCommand(env: NodeJS.ProcessEnv = process.env): string {
  const isUsual = trackerHome(env) === trackerHome({ HOME: env['HOME'] });
  const settings = [
    ...(isUsual ? [] : [`TRACKER_HOME=${trackerHome(env)}`]),
    ...['TRACKER_CONFIG', 'CLAUDE_CONFIG_DIR'].flatMap((name) => (env[name] ? [`${name}=${env[name]}`] : [])),
  ];
  const given = settings.map((setting) => `--env ${shellWord(setting)} `).join('');
  return `claude mcp add --scope user autobot-tracker ${given}-- node ${shellWord(serverFile())}`;
}

/** The file that runs. */
export const programFile = (): string => join(packageFolder(), 'dist', 'src', 'cli', 'main.js');

/** The MCP server on stdio as one file, for clients: `mcp` runs it too, but has to load itself first. */
export const serverFile = (): string => join(packageFolder(), 'dist', 'mcp.js');

/** One line of what happens, without anything that could steer the terminal: titles come from transcripts. */
export function activityLine({ at, kind, what, title }: Activity): string {
  const time = new Date(at).toTimeString().slice(0, 8);
  const text = title.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ');
  return `${time}  ${kind.padEnd(6)} ${what.padEnd(11)} ${text.length > 100 ? `${text.slice(0, 99)}…` : text}`;
}

export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

export function short(path: string): string {
  const home = homedir();
  return path === home || path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}

/** A text with the home folder as `~`, and a path that stands twice in one sentence of Node's only once. */
export function shortened(text: string): string {
  const once = text.replace(/(\S+\/\S+)(\) does not answer: connect [A-Z]+) \1(?=;|$)/gm, '$1$2');
  const home = homedir();
  if (home.length < 2) return once;
  const escaped = home.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return once.replace(new RegExp(`(?<![\\w./-])${escaped}(?=[/\\s,;:)\`'"]|$)`, 'g'), '~');
}

/** A path as a shell takes it. `~` stays outside of quotes: a shell would not see it there. */
export function shellPath(path: string): string {
  return /^~[\w@%+=:,./-]+$/.test(short(path)) ? short(path) : shellWord(path);
}

/** A word as a shell takes it. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
