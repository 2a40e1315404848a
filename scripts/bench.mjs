#!/usr/bin/env node
/** `npm run bench -- <name> [args]`: set-up, then `bench/<name>.ts` as it was built; without a name, what there is. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, setUpOrExit } from './setup.mjs';

setUpOrExit({ redis: true });

const folder = join(root, 'bench');
const names = existsSync(folder)
  ? readdirSync(folder).flatMap((file) => (/^[a-z-]+\.ts$/.test(file) ? [file.slice(0, -3)] : []))
  : [];
const name = process.argv[2];
if (name === undefined || !names.includes(name)) {
  process.stderr.write(`Usage: npm run bench -- <name> [arguments]\nThere are: ${names.join(', ') || 'none yet'}\n`);
  process.exit(2);
}
const program = join(root, 'dist', 'bench', `${name}.js`);
process.argv.splice(1, 2, program);
// `npm run bench -- extract -- --rounds 1` says the same.
if (process.argv[2] === '--') process.argv.splice(2, 1);
await import(pathToFileURL(program).href);
