/** Programs of our sources as they are now, for processes that a test starts. */
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * One file made of `source` and all of ours that it imports; paths in it begin at the project's folder. It lies where the
 * packages are found.
 */
export async function bundled(source: string): Promise<{ entry: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(process.cwd(), 'node_modules', '.tracker-test-'));
  const entry = join(folder, 'program.mjs');
  await build({
    stdin: { contents: source, resolveDir: process.cwd(), loader: 'ts' },
    outfile: entry,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'silent',
  });
  return { entry, remove: () => rm(folder, { recursive: true, force: true }) };
}
