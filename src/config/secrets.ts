/** Secrets come from the environment, or from `secrets.env` in the state folder: never from config.json. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { closest } from 'fastest-levenshtein';
import { ConfigError, hasCode } from '../errors.js';
import { variable } from './paths.js';

export const SECRET_NAMES = ['REDIS_URL', 'REDIS_PASSWORD', 'KNOWLEDGE_REDIS_PASSWORD'] as const;
export type SecretName = (typeof SECRET_NAMES)[number];
export type Secrets = Readonly<Record<SecretName, string | null>>;

export const SECRETS_FILE = 'secrets.env';

/**
 * The secrets of this instance; a variable of the environment goes before a line of the file. No fault repeats a value.
 * @param home the state folder, as `trackerHome` gives it
 * @throws ConfigError when the file is open to others or a line of it does not fit
 */
export function readSecrets(home: string, env: NodeJS.ProcessEnv = process.env): Secrets {
  const file = join(home, SECRETS_FILE);
  const { values, faults } = readFile(file);
  if (faults.length > 0) throw new ConfigError(faults, file);
  const read = (name: SecretName): string | null => variable(env, name) ?? values.get(name) ?? null;
  return {
    REDIS_URL: read('REDIS_URL'),
    REDIS_PASSWORD: read('REDIS_PASSWORD'),
    KNOWLEDGE_REDIS_PASSWORD: read('KNOWLEDGE_REDIS_PASSWORD'),
  };
}

function readFile(file: string): { values: ReadonlyMap<string, string>; faults: readonly string[] } {
  const values = new Map<string, string>();
  const faults: string[] = [];
  let text: string;
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) return { values, faults };
    if (!found.isFile()) return { values, faults: [`${SECRETS_FILE}: is no file; make it a file of NAME=value lines`] };
    const mode = found.mode & 0o777;
    if ((mode & 0o077) !== 0 && process.platform !== 'win32') {
      faults.push(`${SECRETS_FILE}: has mode ${mode.toString(8)}, so others can open it; run: chmod 600 ${file}`);
    }
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (!hasCode(error, 'EACCES', 'EPERM')) throw error;
    return { values, faults: [`${SECRETS_FILE}: may not be read by this user; run: chmod u+r ${file}`] };
  }
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const [, name, value] = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) {
      faults.push(`${SECRETS_FILE} line ${index + 1}: is no NAME=value; write one secret a line, or # for a comment`);
    } else if (!isSecretName(name)) {
      faults.push(
        `${SECRETS_FILE} line ${index + 1}: "${name}" is not known; did you mean "${closest(name, [...SECRET_NAMES])}"?`,
      );
    } else {
      const bare = /^\s*(?:"(.*)"|'(.*)'|(.*?))\s*$/.exec(value);
      const secret = bare?.[1] ?? bare?.[2] ?? bare?.[3] ?? '';
      if (secret !== '') values.set(name, secret);
    }
  }
  return { values, faults };
}

function isSecretName(name: string): name is SecretName {
  return (SECRET_NAMES as readonly string[]).includes(name);
}
