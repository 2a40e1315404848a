/** The embedded Redis: its configuration file, whether one answers at the socket, and ending it without losing a write. */
import { connect } from 'node:net';
import { writeFileSync } from 'node:fs';
import type { Layout } from './layout.js';
import type { ProcessId } from './processes.js';
import { endAll, identify } from './processes.js';

const ANSWER_WITHIN_MS = 1_000;
/** Redis writes and syncs its append-only file before it ends; on a slow disk that takes a while. */
const FLUSH_WITHIN_MS = 10_000;

/**
 * Writes what PM2 starts Redis with: a unix socket and no port, every write in the append-only file (synced each second),
 * nothing evicted ever.
 * @see https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/
 */
export function writeRedisConf(layout: Layout): void {
  const lines = [
    'port 0',
    `unixsocket ${quote(layout.redisSocket)}`,
    'unixsocketperm 700',
    `dir ${quote(layout.redis)}`,
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    'maxmemory-policy noeviction',
    'daemonize no',
    'databases 16',
    // 10 by default: timers of an idle server that we do not need so often.
    'hz 5',
    'loglevel notice',
  ];
  writeFileSync(layout.redisConf, `${lines.join('\n')}\n`, { mode: 0o600 });
}

const quote = (path: string): string => `"${path.replace(/["\\]/g, '\\$&')}"`;

/** Who answers at this socket; null if nobody does. */
export async function redisAt(socket: string): Promise<ProcessId | null> {
  const info = await ask(socket, 'INFO server\r\n', /redis_mode|valkey_mode|process_id:\d+\r\n[\s\S]*\r\n$/);
  const pid = info?.match(/process_id:(\d+)/)?.[1];
  return pid === undefined ? null : identify(Number(pid));
}

/** Ends the Redis behind `socket`, if there is one, after its file is written. */
export async function endRedis(socket: string): Promise<void> {
  const id = await redisAt(socket);
  if (id !== null) await endAll([id], 'SIGTERM', FLUSH_WITHIN_MS);
}

/** Sends one command and returns the answer once it matches; null if nobody listens or answers in time. */
function ask(socket: string, command: string, whole: RegExp): Promise<string | null> {
  return new Promise((resolve) => {
    let answer = '';
    const client = connect(socket, () => client.write(command));
    const done = (result: string | null): void => {
      client.destroy();
      resolve(result);
    };
    client.setEncoding('utf8');
    client.on('data', (text: string) => {
      answer += text;
      if (whole.test(answer)) done(answer);
    });
    client.once('error', () => done(null));
    client.once('close', () => done(null));
    client.setTimeout(ANSWER_WITHIN_MS, () => done(null));
  });
}
