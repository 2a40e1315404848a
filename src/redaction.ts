/** The redactor of this machine: the rules of the configuration, and the key of the state folder. */
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { trackerHome, type Config } from './config.js';
import { createRedactor, type RedactionRules, type Redact } from './domain/redact/index.js';
import { ConfigError, hasCode } from './errors.js';
import { makeToken } from './token.js';

/** In the state folder. Who has it can tell whether a guessed secret is one that was masked: it is never shown. */
export const REDACTION_KEY_FILE = 'redaction.key';
const KEY_BYTES = 32;

const loaded = new Map<string, Redact>();

/**
 * Masks as the ledger holds them: equal secrets have equal tags in every process of this state folder. The key is made
 * when it is first asked for.
 * @throws ConfigError where the file holds no key or others may read it; the file system's error where it cannot be made
 */
export function loadRedactor(config: Pick<Config, 'redaction'> & Partial<Pick<Config, 'home'>>): Redact {
  const home = config.home ?? trackerHome();
  const name = JSON.stringify([home, config.redaction]);
  let redact = loaded.get(name);
  if (redact === undefined) {
    redact = createRedactor(config.redaction satisfies RedactionRules, readKey(join(home, REDACTION_KEY_FILE), home));
    loaded.set(name, redact);
  }
  return redact;
}

function readKey(file: string, home: string): Uint8Array {
  const text = textOf(file) ?? makeKey(file, home);
  const key = Buffer.from(text, 'base64url');
  if (key.length === KEY_BYTES) return key;
  throw refuse(file, 'holds no key; delete it, and a new one is made (what was masked before is then not linked)');
}

function makeKey(file: string, home: string): string {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  // Of several processes that start at once the first one's key stays, so what counts is what is read back.
  makeToken(file);
  return textOf(file) ?? '';
}

/** Null where there is no file. Judged and read through one descriptor: what is checked is what is read. */
function textOf(file: string): string | null {
  let fd: number;
  try {
    fd = openSync(file, 'r');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
  try {
    if ((fstatSync(fd).mode & 0o077) !== 0) throw refuse(file, `others may read it; run: chmod 600 ${file}`);
    return readFileSync(fd, 'utf8').trim();
  } finally {
    closeSync(fd);
  }
}

const refuse = (file: string, fault: string): ConfigError => new ConfigError([fault], file);
