/** The reference servers that we stand beside, in a folder of their own: they are no dependency of ours. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { say } from './options.js';

const VERSION = '2026.8.31';
const PEERS = { everything: 'server-everything', memory: 'server-memory' } as const;

/** Installs, the first time, into `folder`. @returns the program of each */
export async function installPeers(folder: string): Promise<Readonly<Record<keyof typeof PEERS, string>>> {
  const place = join(folder, VERSION);
  const program = (name: string): string =>
    join(place, 'node_modules', '@modelcontextprotocol', name, 'dist', 'index.js');
  const names = Object.values(PEERS);
  if (!names.every((name) => existsSync(program(name)))) {
    say(`installing ${names.join(' and ')} ${VERSION} into ${place} …`);
    await mkdir(place, { recursive: true });
    const packages = names.map((name) => `@modelcontextprotocol/${name}@${VERSION}`);
    const flags = ['--prefix', place, '--no-audit', '--no-fund', '--ignore-scripts', '--no-save', '--save-exact'];
    await promisify(execFile)('npm', ['install', ...flags, ...packages]);
  }
  return { everything: program(PEERS.everything), memory: program(PEERS.memory) };
}
