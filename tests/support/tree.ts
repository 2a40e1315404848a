/** Trees of transcripts from the generator, and their growth in random pieces. */
import { execFile } from 'node:child_process';
import { appendFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const GENERATOR = resolve('tests/tools/gen-transcripts.mjs');

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface TreeSize {
  readonly bytes: string;
  readonly sessions: number;
  readonly seed: number;
  readonly era?: 'mixed' | 'old' | 'new';
  /** Share of files that end within a line, and of sessions that are copied into another file. */
  readonly torn?: number;
  readonly fork?: number;
}

/** Writes a tree below `folder`. @returns its transcripts, relative to `folder`, by name */
export async function generateTree(folder: string, size: TreeSize): Promise<string[]> {
  const args = Object.entries(size).flatMap(([name, value]) => [`--${name}`, String(value)]);
  await promisify(execFile)(process.execPath, [GENERATOR, ...args, '--outdir', folder]);
  return transcriptsOf(folder);
}

/** All transcripts below `folder`, relative to it, by name. */
export async function transcriptsOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.jsonl'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

export interface Piece {
  readonly file: string;
  readonly bytes: Buffer;
}

/**
 * The files of a tree cut at random bytes, so within lines and within characters too, in an order in which they could
 * have grown side by side. Sizes are log-uniform: many pieces of a few bytes, few large ones.
 */
export async function cutTree(
  folder: string,
  files: readonly string[],
  random: () => number,
  maxBytes = 100_000,
): Promise<Piece[]> {
  const left = await Promise.all(
    files.map(async (file) => ({ file, pieces: cut(await readFile(join(folder, file)), random, maxBytes) })),
  );
  const order: Piece[] = [];
  let open = left.filter(({ pieces }) => pieces.length > 0);
  while (open.length > 0) {
    const { file, pieces } = open[Math.floor(random() * open.length)] ?? { file: '', pieces: [] };
    const bytes = pieces.shift();
    if (bytes !== undefined) order.push({ file, bytes });
    if (pieces.length === 0) open = open.filter((one) => one.file !== file);
  }
  return order;
}

export function cut(bytes: Buffer, random: () => number, maxBytes: number): Buffer[] {
  const pieces: Buffer[] = [];
  for (let from = 0; from < bytes.length;) {
    const length = Math.ceil(Math.exp(random() * Math.log(maxBytes)));
    pieces.push(bytes.subarray(from, from + length));
    from += length;
  }
  return pieces;
}

/** Appends the pieces to the files of `folder`, evenly over `durationMs`. */
export async function grow(folder: string, pieces: readonly Piece[], durationMs: number): Promise<void> {
  const startedAt = performance.now();
  for (const [index, { file, bytes }] of pieces.entries()) {
    const waitMs = startedAt + (index * durationMs) / pieces.length - performance.now();
    if (waitMs > 1) await sleep(waitMs);
    const path = join(folder, file);
    await mkdir(dirname(path), { recursive: true });
    await appendFile(path, bytes);
  }
}
