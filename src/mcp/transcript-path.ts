import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, sep } from 'node:path';
import { unreadableTranscript } from './errors.js';

/**
 * The real path of a transcript that a client names. Links are resolved on both sides before the prefixes are compared:
 * a root may be a link itself, and a link below it must not lead out.
 * @throws InputError when it is not an existing .jsonl file below one of `roots`
 */
export async function transcriptBelow(roots: readonly string[], path: string): Promise<string> {
  const refuse = (why: string) => unreadableTranscript(path, why, roots);
  if (path.includes('\0') || !isAbsolute(path)) throw refuse('is not an absolute path');
  const real = await realOf(path);
  // The same words for what is outside and what does not exist: a client learns nothing about files beyond the roots.
  const outside = refuse('is not a file below a configured transcript root');
  if (real === null) throw outside;
  const realRoots = await Promise.all(roots.map(realOf));
  if (!realRoots.some((root) => root !== null && real.startsWith(root.endsWith(sep) ? root : root + sep)))
    throw outside;
  if (!real.endsWith('.jsonl')) throw refuse('is not a .jsonl file');
  if (!(await stat(real)).isFile()) throw outside;
  return real;
}

const NOT_THERE: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP', 'ENAMETOOLONG']);

async function realOf(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch (error) {
    if (NOT_THERE.has((error as NodeJS.ErrnoException).code)) return null;
    throw error;
  }
}
