/** How far reading is behind what lies on disk. */
import type { Config } from '../config.js';
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
