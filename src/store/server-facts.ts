/** What a Redis says about itself, and whether that will do. */
import { ConfigError } from '../errors.js';

interface Settings {
  readonly redis: {
    readonly url: string;
    readonly username: string | null;
    readonly password: string | null;
    readonly databases: { readonly tracker: number };
    readonly prefix: string;
    readonly allowEviction: boolean;
  };
}

export interface ServerFacts {
  readonly product: 'redis' | 'valkey';
  /** The product's own version; Valkey also says which Redis it stands for. */
  readonly version: string;
  readonly redisVersion: string;
  readonly mode: string;
  /** 0: no limit. */
  readonly maxmemoryBytes: number;
  readonly usedMemoryBytes: number;
  readonly maxmemoryPolicy: string;
  /** Whether its policy makes room by dropping keys; a limit may be set at any time, also by who runs the machine. */
  readonly mayEvict: boolean;
  /** Whether each write goes to an append-only file. */
  readonly aof: boolean;
  /** Whether snapshots are configured; null where the server does not say. */
  readonly rdb: boolean | null;
  /** How many keys there are by number of database; an empty database is left out. */
  readonly keysByDatabase: Readonly<Record<number, number>>;
  /** What may become a fault, or costs something; one sentence each with the cure. */
  readonly warnings: readonly string[];
}

export interface Judgement {
  readonly facts: ServerFacts;
  /** Why we cannot stand on it, one sentence each with the cure; empty if we can. */
  readonly faults: readonly string[];
}

const OLDEST = [6, 2] as const;

/**
 * Judges a server by its reply to `INFO`, which also names the eviction policy, so that `CONFIG` is not needed: managed
 * servers forbid it.
 */
export function judgeServer(infoText: string, settings: Settings): Judgement {
  const facts = readFacts(infoText);
  const faults: string[] = [];
  const warnings: string[] = [];
  if (facts.redisVersion === '') {
    faults.push('redis.url: what answers there says no version, so it is no Redis; correct the address');
  } else if (isTooOld(facts.redisVersion)) {
    faults.push(
      `redis.url: the server there is Redis ${facts.redisVersion}, but ${OLDEST.join('.')} or newer is needed ` +
        '(or Valkey); update it, or set redis.url to "embedded"',
    );
  }
  const policy = facts.maxmemoryPolicy;
  const cure = 'run: redis-cli CONFIG SET maxmemory-policy noeviction';
  if (facts.mayEvict) {
    const limit = facts.maxmemoryBytes === 0 ? 'no memory limit yet' : `maxmemory ${facts.maxmemoryBytes} bytes`;
    const why = 'so when it is full it drops keys, BullMQ jobs and the ledger among them, without an error';
    const line = `redis.url: maxmemory-policy is ${policy} with ${limit}, ${why}; ${cure}`;
    if (settings.redis.allowEviction) warnings.push(`${line} (allowed by redis.allowEviction)`);
    else faults.push(`${line}, or set redis.url to "embedded", or accept the loss with redis.allowEviction`);
  }
  if (!facts.aof) {
    warnings.push(
      'redis.url: appendonly is off, so a crash of Redis loses what came since its last snapshot; ' +
        'run: redis-cli CONFIG SET appendonly yes',
    );
  }
  return { facts: { ...facts, warnings }, faults };
}

function readFacts(infoText: string): Omit<ServerFacts, 'warnings'> {
  const fields = new Map(
    infoText.split(/\r?\n/).flatMap((line) => {
      const colon = line.indexOf(':');
      return line.startsWith('#') || colon < 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1)] as const];
    }),
  );
  const field = (name: string): string => fields.get(name) ?? '';
  const valkey = field('valkey_version');
  const maxmemoryBytes = Number(field('maxmemory')) || 0;
  const maxmemoryPolicy = field('maxmemory_policy');
  return {
    product: valkey === '' ? 'redis' : 'valkey',
    version: valkey === '' ? field('redis_version') : valkey,
    redisVersion: field('redis_version'),
    mode: field('redis_mode') || field('server_mode') || 'standalone',
    maxmemoryBytes,
    usedMemoryBytes: Number(field('used_memory')) || 0,
    maxmemoryPolicy,
    mayEvict: maxmemoryPolicy !== '' && maxmemoryPolicy !== 'noeviction',
    aof: field('aof_enabled') === '1',
    rdb: null,
    keysByDatabase: Object.fromEntries(
      [...fields].flatMap(([name, value]) => {
        const db = /^db(\d+)$/.exec(name)?.[1];
        const keys = /(?:^|,)keys=(\d+)/.exec(value)?.[1];
        return db === undefined || keys === undefined ? [] : [[Number(db), Number(keys)]];
      }),
    ),
  };
}

function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10) || 0);
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}

/** What a refused command means for the configuration; null where it may pass by itself. */
export function refusal(message: string, command: string, { redis }: Settings): ConfigError | null {
  const fault = (text: string): ConfigError => new ConfigError([text], 'Redis');
  const user = redis.username === null ? 'the default user' : `the user "${redis.username}"`;
  if (/WRONGPASS|invalid password/i.test(message)) {
    return fault(`REDIS_PASSWORD: the server refuses the password of ${user}; correct it, or redis.username`);
  }
  if (/NOAUTH/.test(message)) {
    return fault(
      'REDIS_PASSWORD: the server wants a password and none is set; put it in the environment or in secrets.env',
    );
  }
  if (/NOPERM/.test(message)) {
    return fault(
      `redis.username: ${user} may not do what we need (${message.replace(/^NOPERM\s*/, '')}); ` +
        `run: redis-cli ACL SETUSER ${redis.username ?? 'default'} +@all -@admin -@dangerous +info '~{${redis.prefix}:*' '&${redis.prefix}:*'`,
    );
  }
  if (command === 'SELECT' && /out of range|not allowed|cluster/i.test(message)) {
    return fault(
      `redis.databases.tracker: the server has no database ${redis.databases.tracker}; ` +
        'give a smaller number, or raise `databases` in redis.conf',
    );
  }
  if (/READONLY/.test(message)) {
    return fault('redis.url: the server there is a replica that takes no writes; give the address of its primary');
  }
  return null;
}
