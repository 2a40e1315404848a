/** The transcripts that a command's PATH arguments name, each with the name it is reported under. */
import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, relative } from 'node:path';
import { InputError, hasCode } from '../errors.js';
import { listTree } from '../sources/tree.js';

export interface SessionFile {
  /** Real path. */
  readonly path: string;
  /** Relative to the given folder; of a file given by itself its base name. */
  readonly name: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/**
 * @returns each file once, in the order of names
 * @throws InputError naming a path that is not there
 */
export async function sessionFiles(
  paths: readonly string[],
  onUnreadable: (path: string, code: string) => void,
): Promise<SessionFile[]> {
  const found = new Map<string, SessionFile>();
  for (const path of paths) {
    const real = realPathOf(path);
    const isFile = statSync(real).isFile();
    const files = isFile
      ? await listTree({ roots: [dirname(real)], include: [basename(real)], exclude: ['*/**'] }, onUnreadable)
      : await listTree({ roots: [real], include: ['**/*.jsonl'], exclude: [] }, onUnreadable);
    for (const file of files) {
      const name = isFile ? basename(path) : relative(real, file.path);
      if (!found.has(file.path))
        found.set(file.path, { path: file.path, name, size: file.size, mtimeMs: file.mtimeMs });
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP')) throw error;
    throw new InputError(
      `${path}: cannot be read (${error.code}). Name a transcript (.jsonl) or a folder that holds some.`,
    );
  }
}
