/** Where things are: our state, Claude Code's folders, the package itself. */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

type Env = NodeJS.ProcessEnv;

/** A variable that is set to nothing counts as not set, as in a shell's `${NAME:-default}`. */
export function variable(env: Env, name: string): string | null {
  const value = env[name]?.trim() ?? '';
  return value === '' ? null : value;
}

function userHome(env: Env): string {
  return variable(env, 'HOME') ?? homedir();
}

/** An absolute path; `~` is the user's home, and a relative path starts at `base`. */
export function absolute(path: string, base: string, env: Env): string {
  if (path === '~') return userHome(env);
  return path.startsWith('~/') ? join(userHome(env), path.slice(2)) : resolve(base, path);
}

/** The state folder: `TRACKER_HOME`, by default `~/.mcp-autobot-tracker`. It need not exist. */
export function trackerHome(env: Env = process.env): string {
  const named = variable(env, 'TRACKER_HOME');
  return named === null ? join(userHome(env), '.mcp-autobot-tracker') : absolute(named, process.cwd(), env);
}

/**
 * The folders in which Claude Code keeps its settings and transcripts: `CLAUDE_CONFIG_DIR`, which may be a list with
 * commas, by default both that it has used, `~/.claude` and `~/.config/claude`. They need not exist.
 */
export function claudeFolders(env: Env = process.env): string[] {
  const named = (variable(env, 'CLAUDE_CONFIG_DIR') ?? '')
    .split(',')
    .map((path) => path.trim())
    .filter((path) => path !== '')
    .map((path) => absolute(path, process.cwd(), env));
  if (named.length > 0) return [...new Set(named)];
  const shared = variable(env, 'XDG_CONFIG_HOME') ?? join(userHome(env), '.config');
  return [join(userHome(env), '.claude'), join(shared, 'claude')];
}

/** The folder of our package.json, from the sources as well as from the built files. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('there is no package.json above the program; install it again');
    folder = parent;
  }
  return folder;
}

/** The version in our package.json. */
export function packageVersion(): string {
  const text = readFileSync(join(packageFolder(), 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
