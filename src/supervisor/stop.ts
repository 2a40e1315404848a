/** Ending everything of one home, in the order in which nothing is lost. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode } from '../errors.js';
import type { Layout } from './layout.js';
import { daemonAnswers, daemonOf, endDaemon, withPm2 } from './pm2.js';
import type { ProcessId } from './processes.js';
import { endAll, fromPidFile, isRunning } from './processes.js';
import { endRedis, redisAt } from './redis.js';

const PREFIX = 'tracker-';
const REDIS = 'tracker-redis';

/** Who asks for work ends first, then who does it, then who shows it; Redis last, as all of them write to it. */
const STAGES: readonly ((name: string) => boolean)[] = [
  (name) => ['tracker-watch', 'tracker-tail'].includes(name),
  (name) => !['tracker-board', 'tracker-mcp-http', REDIS].includes(name),
  (name) => name !== REDIS,
  () => true,
];

/** A worker ends within 7.5 s of SIGINT; PM2 waits as long. */
const GRACE_MS = 8_000;
/** Workers end by themselves when their supervisor has gone; a signal on top of that would cut them short. */
const LEFT_ALONE_MS = 2_000;

/** Ends what runs under PM2, PM2 itself, and whatever an earlier crash has left. Returns whether there was anything. */
export async function stopAll(layout: Layout): Promise<boolean> {
  const wasManaged = daemonOf(layout) !== null && (await daemonAnswers(layout));
  if (wasManaged) {
    await withPm2(layout, async (pm2) => {
      for (const inStage of STAGES) {
        const names = (await pm2.list()).map(({ name }) => name).filter((name) => name.startsWith(PREFIX));
        await pm2.remove([...new Set(names)].filter(inStage));
      }
    });
  }
  await endDaemon(layout);
  return (await endLeftovers(layout)) || wasManaged;
}

/** Ends processes whose supervisor was killed: those that PM2's pid files name, and the Redis at our socket. */
export async function endLeftovers(layout: Layout): Promise<boolean> {
  const left = leftovers(layout);
  const waitUntil = Date.now() + LEFT_ALONE_MS;
  while (left.some(({ id, name }) => name !== REDIS && isRunning(id)) && Date.now() < waitUntil) await sleep(50);
  for (const inStage of STAGES) {
    const ids = left.filter(({ name }) => inStage(name)).map(({ id }) => id);
    await endAll(ids, 'SIGINT', GRACE_MS);
  }
  const socket = layout.redisSocket;
  const redis = await redisAt(socket);
  if (redis !== null) await endRedis(socket);
  for (const path of [socket, join(layout.pm2Home, 'rpc.sock'), join(layout.pm2Home, 'pub.sock')]) {
    rmSync(path, { force: true });
  }
  for (const path of pidFiles(layout)) rmSync(path, { force: true });
  return left.length > 0 || redis !== null;
}

function leftovers(layout: Layout): readonly { readonly name: string; readonly id: ProcessId }[] {
  return pidFiles(layout).flatMap((path) => {
    const name = /(tracker-[a-z-]+?)-\d+\.pid$/.exec(path)?.[1];
    const id =
      name === undefined ? null : fromPidFile(path, /^tracker-|workers[/\\]main\.js|redis-server|valkey-server/);
    return name === undefined || id === null ? [] : [{ name, id }];
  });
}

function pidFiles(layout: Layout): readonly string[] {
  const folder = join(layout.home, 'pm2', 'pids');
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}
