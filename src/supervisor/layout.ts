/** Where things are below `TRACKER_HOME`, and making the folders so that only their owner can read them. */
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  rmdirSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { packageFolder } from '../config.js';
import { hasCode } from '../errors.js';
import { embeddedSocket, shortSocketPath } from '../store/connection.js';

export interface Layout {
  readonly home: string;
  /** What `PM2_HOME` has to be: `home`/pm2, or a short link to it where sockets below it would not work. */
  readonly pm2Home: string;
  readonly logs: string;
  /** Data folder of the embedded Redis. */
  readonly redis: string;
  readonly redisConf: string;
  /** Where the embedded Redis listens. */
  readonly redisSocket: string;
  readonly runtime: string;
  readonly lock: string;
  readonly secrets: string;
}

/** PM2 makes several sockets in its home; this one has the longest name. */
const PM2_SOCKET = 'pm2/interactor.sock';

export function layoutOf(home: string): Layout {
  const own = resolve(home);
  return {
    home: own,
    pm2Home: pm2HomeOf(own),
    logs: join(own, 'logs'),
    redis: join(own, 'redis'),
    redisConf: join(own, 'redis.conf'),
    redisSocket: embeddedSocket(own),
    runtime: join(own, 'runtime.json'),
    lock: join(own, 'up.lock'),
    secrets: join(own, 'secrets.env'),
  };
}

function pm2HomeOf(home: string): string {
  const folder = dirname(shortSocketPath(home, PM2_SOCKET));
  return folder === join(home, 'pm2') ? folder : join(folder, 'pm2');
}

/** Makes the folders, for their owner alone, and the short link where one is needed. May be called at any time. */
export function prepareLayout(layout: Layout): void {
  const plain = join(layout.home, 'pm2');
  const folders = [layout.home, plain, layout.logs, layout.redis, dirname(layout.redisSocket)];
  for (const folder of folders) makePrivate(folder);
  if (layout.pm2Home === plain) return;
  // A link and not another folder: a socket is found through it again after the temp folder has been swept.
  makePrivate(dirname(layout.pm2Home));
  try {
    if (readlinkSync(layout.pm2Home) === plain) return;
    rmSync(layout.pm2Home);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
  symlinkSync(plain, layout.pm2Home);
}

/** Logs that an earlier version has left are open to their owner alone from now on, as new ones are by the umask of PM2. */
export function closeLogs(layout: Layout): void {
  for (const folder of [layout.logs, join(layout.home, 'pm2')]) {
    for (const name of readdirSync(folder)) if (/\.log(?:\.\d+)?$/.test(name)) chmodSync(join(folder, name), 0o600);
  }
}

/** Removes the short link and its folder, when nothing else is in it. */
export function clearShortLink(layout: Layout): void {
  if (layout.pm2Home === join(layout.home, 'pm2')) return;
  rmSync(layout.pm2Home, { force: true });
  try {
    rmdirSync(dirname(layout.pm2Home));
  } catch (error) {
    if (!hasCode(error, 'ENOENT', 'ENOTEMPTY', 'EEXIST')) throw error;
  }
}

function makePrivate(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid } = statSync(folder);
  const me = process.getuid?.();
  if (me !== undefined && uid !== me) {
    throw new Error(`${folder} belongs to another user (uid ${uid}): move it away, or set TRACKER_HOME elsewhere.`);
  }
  chmodSync(folder, 0o700);
}

/** What tells this build from another of the same version; empty where the program was not built by the set-up. */
export function programBuild(): string {
  return (
    readIfThere(join(packageFolder(), 'dist', '.tracker-build'))
      ?.trim()
      .slice(0, 12) ?? ''
  );
}

export function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}
