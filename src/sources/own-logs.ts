/** Log files with an upper bound: PM2 only ever appends, and a worker that crashes again and again must not fill a disk. */
import { closeSync, existsSync, openSync, readdirSync, readSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '../errors.js';

const MAX_BYTES = 5 * 1024 * 1024;
const KEPT_BYTES = 1024 * 1024;

/** Keeps the logs of the processes and of PM2 itself below their bound. @param home the state folder */
export function trimSystemLogs(home: string): void {
  trimLogs([join(home, 'logs'), join(home, 'pm2')]);
}

/**
 * Cuts each `*.log` of `folders` that has grown over 5 MiB to nothing and keeps its last 1 MiB as `<name>.1`. PM2 opens
 * logs for appending, so it goes on at the new end. A folder that is not there has no logs.
 */
export function trimLogs(folders: readonly string[], maxBytes = MAX_BYTES, keptBytes = KEPT_BYTES): void {
  for (const folder of folders) {
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      if (name.endsWith('.log')) trim(join(folder, name), maxBytes, keptBytes);
    }
  }
}

function trim(path: string, maxBytes: number, keptBytes: number): void {
  try {
    const { size } = statSync(path);
    if (size <= maxBytes) return;
    const tail = Buffer.alloc(Math.min(size, keptBytes));
    const file = openSync(path, 'r');
    try {
      readSync(file, tail, 0, tail.length, size - tail.length);
    } finally {
      closeSync(file);
    }
    writeFileSync(`${path}.1`, tail, { mode: 0o600 });
    truncateSync(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}
