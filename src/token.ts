/** Tokens that open a port of ours to whoever can read a file of the state folder. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { linkSync, rmSync, writeFileSync } from 'node:fs';
import { hasCode } from './errors.js';

/** Writes 256 random bits into `file` (0600) unless it is there; of two processes that start at once the first one's stay. */
export function makeToken(file: string): void {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    // Unlike a rename this never replaces the token that another process has just made.
    linkSync(draft, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Compares in a time that does not depend on where the two differ, nor on their lengths. */
export function isSameToken(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
