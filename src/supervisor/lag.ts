/** How far reading is behind what lies on disk. */
import { realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Config } from '../config.js';
import { hasCode } from '../errors.js';
import { listTree } from '../sources/tree.js';
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
  /** Files that the ledger knows although no followed folder holds them: `ingest` was asked for them. */
  readonly filesOutside: number;
  /** Files of which something is unread, the furthest behind first. */
  readonly behind: readonly FileLag[];
}

/** Sizes in bytes of the transcripts that `watch` follows, by their real path. */
export async function transcriptSizes({ transcripts }: Config): Promise<ReadonlyMap<string, number>> {
  return new Map((await listTree(transcripts)).map(({ path, size }) => [path, size]));
}

/** Compares what is on disk with what the ledger says it has read. A last line without its end counts as unread. */
export async function readLag(store: StoreReader, config: Config): Promise<Lag> {
  const sizes = await transcriptSizes(config);
  const read = new Map<string, number>();
  const folders = config.transcripts.roots.flatMap(realFolder);
  let filesOutside = 0;
  for await (const { path, nextByte } of store.files.list()) {
    read.set(path, nextByte);
    if (!sizes.has(path) && !folders.some((folder) => path.startsWith(folder))) filesOutside += 1;
  }
  const behind: FileLag[] = [];
  let [bytes, bytesRead] = [0, 0];
  for (const [path, size] of sizes) {
    const done = Math.min(read.get(path) ?? 0, size);
    bytes += size;
    bytesRead += done;
    if (done < size) behind.push({ path, bytesBehind: size - done });
  }
  behind.sort((a, b) => b.bytesBehind - a.bytesBehind);
  return { files: sizes.size, bytes, bytesRead, bytesBehind: bytes - bytesRead, filesOutside, behind };
}

/** The root as the paths in the ledger have it, with a slash at its end; a root may be a link, or not be there. */
function realFolder(root: string): readonly string[] {
  try {
    return [join(realpathSync(root), sep)];
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP')) return [];
    throw error;
  }
}
