/** Generated trees of transcripts, and reading them through the queue. */
import { execFile } from 'node:child_process';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageFolder } from '../../src/config.js';
import { listTree, type FoundFile } from '../../src/sources/tree.js';
import { until, type System } from './system.js';

/** Writes a tree below `folder`. @returns its transcripts, newest first */
export async function generateTree(
  folder: string,
  size: { readonly bytes: string; readonly sessions: string; readonly seed: string },
): Promise<FoundFile[]> {
  const generator = join(packageFolder(), 'tests', 'tools', 'gen-transcripts.mjs');
  const { bytes, sessions, seed } = size;
  const args = ['--bytes', bytes, '--sessions', sessions, '--seed', seed];
  await promisify(execFile)(process.execPath, [generator, ...args, '--outdir', folder]);
  const files = await listTree({ roots: [folder], include: ['**/*.jsonl'], exclude: [] }, () => undefined);
  return [...files].sort((a, b) => b.mtimeMs - a.mtimeMs);
}

export const bytesIn = (files: readonly FoundFile[]): number => files.reduce((sum, { size }) => sum + size, 0);

/** Asks for all files as `ingest` does. */
export async function enqueueAll({ queues }: System, files: readonly FoundFile[]): Promise<void> {
  const host = hostname();
  for (let from = 0; from < files.length; from += 50) {
    await Promise.all(
      files
        .slice(from, from + 50)
        .map(({ path }) => queues.enqueue('ingest', { kind: 'transcript', host, path, urgency: 'backfill' })),
    );
  }
}

/** Waits until every file has been read to its end. */
export async function allRead({ store }: System, files: readonly FoundFile[], withinMs = 1_800_000): Promise<void> {
  let open = [...files];
  const look = async (): Promise<boolean> => {
    const batch = open.slice(0, 100);
    const positions = await store.positions(batch.map(({ path }) => path));
    const left = batch.filter((file, index) => (positions[index]?.size ?? -1) < file.size);
    open = [...open.slice(100), ...left];
    return open.length === 0;
  };
  await until('all files are read', look, 50, withinMs);
}
