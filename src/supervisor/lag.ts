/** How far reading is behind what lies on disk. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.js';
import { codeOf } from '../sources/code-of.js';
import type { StoreReader } from '../store/reader.js';

export interface FileLag {
  readonly path: string;
  readonly bytesBehind: number;
}

export interface Lag {
  readonly files: number;
  readonly bytes: number;
  readonly bytesRead: number;
  readonly bytesBehind: number;
  /** Files of which something is unread, the furthest behind first. */
  readonly behind: readonly FileLag[];
}

/** Sizes in bytes of the transcripts on disk, by their real path. A root that is not there has none. */
export async function transcriptSizes(roots: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  for (const root of roots) {
    for (const path of await transcriptsIn(root)) {
      const size = await sizeOf(path);
      if (size !== null) sizes.set(path, size);
    }
  }
  return sizes;
}

/** Compares what is on disk with what the ledger says it has read. A last line without its end counts as unread. */
export async function readLag(store: StoreReader, config: Config): Promise<Lag> {
  const sizes = await transcriptSizes(config.transcripts.roots);
  const read = new Map<string, number>();
  for await (const { path, nextByte } of store.files.list()) read.set(path, nextByte);
  const behind: FileLag[] = [];
  let [bytes, bytesRead] = [0, 0];
  for (const [path, size] of sizes) {
    const done = Math.min(read.get(path) ?? 0, size);
    bytes += size;
    bytesRead += done;
    if (done < size) behind.push({ path, bytesBehind: size - done });
  }
  behind.sort((a, b) => b.bytesBehind - a.bytesBehind);
  return { files: sizes.size, bytes, bytesRead, bytesBehind: bytes - bytesRead, behind };
}

async function transcriptsIn(root: string): Promise<readonly string[]> {
  try {
    const real = await realpath(root);
    const names = await readdir(real, { recursive: true });
    return names.filter((name) => name.endsWith('.jsonl')).map((name) => join(real, name));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(codeOf(error) ?? '')) return [];
    throw error;
  }
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : null;
  } catch (error) {
    if (['ENOENT', 'EACCES'].includes(codeOf(error) ?? '')) return null;
    throw error;
  }
}
