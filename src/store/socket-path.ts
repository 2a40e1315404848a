/** Where the sockets of this instance lie. */
import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { basename, join } from 'node:path';
import { ConfigError } from '../errors.js';

/** The kernel takes 107 bytes (103 on macOS) for the path of a socket; Redis and PM2 fail without a word beyond it. */
const MAX_SOCKET_BYTES = 100;

/**
 * Where a socket of this instance lies: `<home>/<name>`, or in a short folder of the temp directory where that would be
 * too long. `/tmp` and not `TMPDIR`, which differs between a shell, a service and the program that starts our MCP server.
 * @param home the state folder, an absolute path
 * @param name path below it, such as `redis/redis.sock`; the short folder takes its last part
 */
export function shortSocketPath(home: string, name: string): string {
  const usual = join(home, name);
  if (Buffer.byteLength(usual) <= MAX_SOCKET_BYTES) return usual;
  const uid = String(userInfo().uid);
  const hash = createHash('sha256').update(`${home}\0${uid}`).digest('hex').slice(0, 8);
  const temp = process.platform === 'win32' ? tmpdir() : '/tmp';
  return join(temp, `tracker-${uid}-${hash}`, basename(name));
}

/** The socket of the embedded Redis. Its folder is made by whoever starts that Redis, with mode 0700. */
export function embeddedSocket(home: string): string {
  return shortSocketPath(home, 'redis/redis.sock');
}

/**
 * The embedded socket, for a client: anyone may make a folder in /tmp, so one that is not ours alone may have somebody
 * else's Redis in it.
 * @throws ConfigError for such a folder
 */
export function ownSocket(home: string): string {
  const socket = embeddedSocket(home);
  if (socket.startsWith(home)) return socket;
  const folder = join(socket, '..');
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found !== undefined && (found.uid !== userInfo().uid || (found.mode & 0o077) !== 0)) {
    throw new ConfigError([
      `redis.url: ${folder} is not yours alone; remove it, or set TRACKER_HOME to a shorter path`,
    ]);
  }
  return socket;
}
