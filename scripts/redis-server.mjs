/** Finding a Redis binary. No dependencies: the set-up runs this before there are any. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['redis-server', 'valkey-server'];

/** Where package managers put it when a service's PATH does not say so (Debian's sbin, Homebrew, MacPorts, snap). */
const USUAL_FOLDERS = [
  '/usr/bin',
  '/usr/sbin',
  '/usr/local/bin',
  '/usr/local/sbin',
  '/opt/homebrew/bin',
  '/home/linuxbrew/.linuxbrew/bin',
  '/opt/local/bin',
  '/snap/bin',
];

/**
 * Absolute path of redis-server or valkey-server, PATH first; null if there is none.
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | null}
 */
export function findRedisServer(env = process.env) {
  const folders = [...(env.PATH ?? '').split(delimiter).filter(Boolean), ...USUAL_FOLDERS];
  for (const name of NAMES) {
    for (const folder of folders) {
      const path = join(folder, name);
      if (isExecutable(path)) return path;
    }
  }
  return null;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch (error) {
    if (['ENOENT', 'EACCES', 'ENOTDIR', 'ELOOP', 'EPERM'].includes(error.code)) return false;
    throw error;
  }
}
