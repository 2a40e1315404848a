#!/usr/bin/env node
/** `npm start`: set-up, then `mcp-autobot-tracker start` in this same process, so that signals reach it. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, setUpOrExit } from './setup.mjs';

setUpOrExit({ redis: (process.env.REDIS_URL ?? '') === '' });
const program = join(root, 'dist', 'src', 'cli', 'main.js');
process.argv.splice(1, 1, program, 'start');
await import(pathToFileURL(program).href);
