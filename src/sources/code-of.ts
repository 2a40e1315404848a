import { hasCode } from '../errors.js';

/** The code of a system error, such as `ENOENT`; null for anything else. */
export function codeOf(error: unknown): string | null {
  // Not `instanceof Error`: Node's own errors come from another realm where a test runner has made one.
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** Nothing stands at this path: it never was there, it has gone, or a folder of it is a file now. */
export function isGone(error: unknown): boolean {
  return hasCode(error, 'ENOENT', 'ENOTDIR');
}
