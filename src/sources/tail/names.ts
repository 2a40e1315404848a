/** What rotation makes of a file's name: `app.log` becomes `app.log.1`, `app.log-20250101`, `app-2025-01-01.log`, `app.log.2.gz`. */
import { basename, dirname, extname, join } from 'node:path';

const COMPRESSED = /\.(?:gz|bz2|xz|zst|lz4|Z|zip)$/;
/** `app-1.log` beside `app-2.log` are two workers' logs: only a date, or as many digits, says that a file was rotated. */
const DATE = String.raw`[-._](?:\d{4}[-._]?\d{2}[-._]?\d{2}[\dT:._-]*Z?|\d{6,})`;
const INNER_MARK = new RegExp(`^${DATE}$`, 'i');
const MARK = new RegExp(String.raw`^(?:${DATE}|\.\d{1,5}|[-._](?:old|bak|prev))$`, 'i');

/** Its bytes are no lines: never followed, at most finished from. */
export function isCompressed(name: string): boolean {
  return COMPRESSED.test(name);
}

/** Whether a file named `name` may be what `base` was called before a rotation, compressed or not. */
export function isRotatedName(name: string, base: string): boolean {
  const plain = name.replace(COMPRESSED, '');
  if (plain === base) return plain !== name;
  if (plain.startsWith(base)) return MARK.test(plain.slice(base.length));
  const extension = extname(base);
  const stem = base.slice(0, base.length - extension.length);
  if (extension === '' || !plain.startsWith(stem) || !plain.endsWith(extension)) return false;
  return plain.length > base.length && INNER_MARK.test(plain.slice(stem.length, -extension.length));
}

/** The paths that `path` may have had before it was rotated; none for a name that does not look so. */
export function basesOf(path: string): readonly string[] {
  const plain = basename(path).replace(COMPRESSED, '');
  const bases = new Set<string>();
  if (plain !== basename(path)) bases.add(plain);
  const extension = extname(plain);
  const stem = plain.slice(0, plain.length - extension.length);
  // From the right, each place where a mark may begin: at the end, and before the extension.
  for (let at = plain.length - 1; at > 0; at -= 1) {
    if (MARK.test(plain.slice(at))) bases.add(plain.slice(0, at));
    if (at < stem.length && INNER_MARK.test(stem.slice(at))) bases.add(stem.slice(0, at) + extension);
  }
  return [...bases].map((base) => join(dirname(path), base));
}
