/** How this program is called from the terminal that reads its texts: after a clone nothing of it is on PATH. */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { programFile, shellPath, shellWord } from './screen.js';

const NAME = 'mcp-autobot-tracker';
/** What the installer puts on PATH is a script of two lines; a longer file is not read. */
const MAX_SCRIPT_CHARS = 4_096;

/** What to type in front of a command: `mcp-autobot-tracker` where PATH leads to this very program, else `node …/main.js`. */
export function programName(env: NodeJS.ProcessEnv = process.env, cwd = process.cwd()): string {
  const file = programFile();
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  if (folders.some((folder) => leadsTo(join(folder, NAME), file))) return NAME;
  const near = relative(cwd, file);
  return `node ${near.startsWith('..') ? shellPath(file) : shellWord(near)}`;
}

function leadsTo(entry: string, file: string): boolean {
  if (!existsSync(entry)) return false;
  if (existsSync(file) && realpathSync(entry) === realpathSync(file)) return true;
  const script = readFileSync(entry, 'utf8');
  return script.length <= MAX_SCRIPT_CHARS && script.includes(file);
}

/** The same text with each `mcp-autobot-tracker <command>` of it as it can be typed here. */
export function runnable(text: string): string {
  return text.includes(`\`${NAME} `) ? text.replaceAll(`\`${NAME} `, `\`${programName()} `) : text;
}
