#!/usr/bin/env node
/** `npm test`: set-up, then jest, in a home of its own: no test sees or touches the real one. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, setUpOrExit } from './setup.mjs';

setUpOrExit({ redis: true });

const folder = mkdtempSync(join(tmpdir(), 'tracker-test-'));
const env = { ...process.env, TRACKER_HOME: join(folder, 'tracker'), CLAUDE_CONFIG_DIR: join(folder, 'claude') };
for (const secret of ['REDIS_URL', 'REDIS_PASSWORD', 'TRACKER_CONFIG', 'DEBUG']) delete env[secret];
env.NODE_OPTIONS = `${env.NODE_OPTIONS ?? ''} --experimental-vm-modules --disable-warning=ExperimentalWarning`.trim();
mkdirSync(env.CLAUDE_CONFIG_DIR);

const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const child = spawn(process.execPath, [jest, ...process.argv.slice(2)], { cwd: root, env, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.once('exit', (code) => {
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = code ?? 1;
});
