import { createHmac } from 'node:crypto';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '../../src/errors.js';
import { makeToken } from '../../src/token.js';

const TOKEN = /^[\w-]{43}$/;

/**
 * The key to the dashboard: 32 random bytes in `dashboard-token`, made at the first start, for its owner to read only.
 * Two processes that start at once get the same one.
 */
export function dashboardToken(home: string): string {
  const file = join(home, 'dashboard-token');
  const present = read(file);
  if (present !== null) return present;
  makeToken(file);
  const made = read(file);
  if (made === null) throw new Error(`${file} holds no token; remove the file`);
  return made;
}

function read(file: string): string | null {
  try {
    const token = readFileSync(file, 'utf8').trim();
    chmodSync(file, 0o600);
    return TOKEN.test(token) ? token : null;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** What the cookie holds: it shows that its owner had the token, and is of no use anywhere else. */
export function cookieValue(token: string): string {
  return createHmac('sha256', token).update('dashboard cookie').digest('base64url');
}
