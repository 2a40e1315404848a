/** Keys in the wrong database: theirs in ours, ours in theirs. */
import { Redis } from 'ioredis';
import { connectionOptions, within, type ConnectionSettings } from './connection.js';

/** Keys that stand where they should not, a few of each. */
export interface Clashes {
  /** Keys in our database that are not ours. */
  readonly foreign: readonly string[];
  /** Keys of ours in AutoBot's database. */
  readonly strayed: readonly string[];
}

const MAX_SCANS = 50;

/** Looks for keys in the wrong database, with a bounded number of SCANs that change nothing. */
export async function findClashes(settings: ConnectionSettings): Promise<Clashes> {
  const own = `{${settings.redis.prefix}:`;
  const { tracker, autobot } = settings.redis.databases;
  const foreign = await scan(settings, tracker, '*', (key) => !key.startsWith(own));
  const strayed = await scan(settings, autobot, `${own}*`, () => true);
  return { foreign, strayed };
}

async function scan(
  settings: ConnectionSettings,
  db: number,
  match: string,
  isWanted: (key: string) => boolean,
): Promise<string[]> {
  const redis = new Redis({ ...connectionOptions(settings), db, lazyConnect: true, maxRetriesPerRequest: 0 });
  redis.on('error', () => undefined);
  const found: string[] = [];
  try {
    let cursor = '0';
    for (let times = 0; times < MAX_SCANS && found.length < 5; times += 1) {
      const [next, keys] = await within(redis.scan(cursor, 'MATCH', match, 'COUNT', 1_000));
      found.push(...keys.filter(isWanted));
      cursor = next;
      if (cursor === '0') break;
    }
  } finally {
    redis.disconnect();
  }
  return found.slice(0, 5);
}
