/**
 * The key to MCP over HTTP: 256 random bits in `mcp-token`, made at the first start, for its owner to read only. Any
 * program of any user of this machine, and any page in a browser, can reach a port of loopback; a file only its owner.
 */
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, hasCode } from '../../errors.js';
import { makeToken } from '../../token.js';

/** What an Authorization header can carry (RFC 6750), in no less than the length of 256 bits. */
const TOKEN = /^[A-Za-z0-9\-._~+/]{43,512}=*$/;
/** A file that was deleted or changed counts after this time. */
const LOOK_EVERY_MS = 1_000;

export const tokenFile = (home: string): string => join(home, 'mcp-token');

/**
 * The token of the state folder, made if there is none; two processes that start at once get the same one. Deleting the
 * file makes the next call give a new one.
 * @throws ConfigError when others may read the file, or when there is no token in it
 */
export function mcpToken(home: string): string {
  const file = tokenFile(home);
  const present = read(file);
  if (present !== null) return present;
  mkdirSync(home, { recursive: true, mode: 0o700 });
  makeToken(file);
  return read(file) ?? mcpToken(home);
}

/** The token as the file has it now, give or take a second: one that leaked is worthless as soon as the file is deleted. */
export function currentToken(home: string, now: () => number = () => performance.now()): () => string {
  let token = mcpToken(home);
  let readAt = now();
  return () => {
    if (now() - readAt >= LOOK_EVERY_MS) {
      token = mcpToken(home);
      readAt = now();
    }
    return token;
  };
}

/** Null where there is no file. Judged and read through one descriptor: what is checked is what is read. */
function read(file: string): string | null {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    if (hasCode(error, 'EACCES', 'EPERM')) throw fault(`${file} may not be read by this user; run: chmod 600 ${file}`);
    throw error;
  }
  try {
    const { mode, uid } = fstatSync(descriptor);
    if ((mode & 0o170_000) !== 0o100_000) throw fault(`${file} is no file; move it away, and a new token is made`);
    const me = process.getuid?.();
    if (me !== undefined && uid !== me)
      throw fault(`${file} belongs to another user; delete it, and a new one is made`);
    if (me !== undefined && (mode & 0o077) !== 0) {
      throw fault(
        `${file} may be read by others (mode ${(mode & 0o777).toString(8)}); delete it, and a new token is made, ` +
          `or keep the token and run: chmod 600 ${file}`,
      );
    }
    const token = readFileSync(descriptor, 'utf8').trim();
    if (!TOKEN.test(token)) throw fault(`${file} holds no token of 256 bits; delete it, and a new one is made`);
    return token;
  } finally {
    closeSync(descriptor);
  }
}

const fault = (text: string): ConfigError => new ConfigError([text], 'The token of MCP over HTTP');
