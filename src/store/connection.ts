/** The way to Redis: where it is, whether it is one that we can stand on, and waiting for it. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { AbstractConnector, Redis, type RedisOptions } from 'ioredis';
import { ConfigError, hasCode, messageOf, UnavailableError } from '../errors.js';
import { log } from '../logger.js';
import { changesChannel } from './keys.js';
import { judgeServer, refusal, type ServerFacts } from './server-facts.js';
import { embeddedSocket, ownSocket } from './socket-path.js';

export { judgeServer, type ServerFacts } from './server-facts.js';
export { embeddedSocket, shortSocketPath } from './socket-path.js';

/** What a connection needs of the configuration; `Config` is one. */
export interface ConnectionSettings {
  /** The state folder, an absolute path. */
  readonly home: string;
  readonly redis: {
    /** `embedded`, or an address without credentials and database. */
    readonly url: string;
    readonly username: string | null;
    readonly password: string | null;
    readonly tls: {
      readonly ca: string | null;
      readonly cert: string | null;
      readonly key: string | null;
      readonly rejectUnauthorized: boolean;
      readonly servername: string | null;
    };
    readonly databases: { readonly tracker: number; readonly knowledge: number; readonly autobot: number };
    readonly prefix: string;
    readonly allowEviction: boolean;
  };
  readonly knowledge: {
    readonly redisUrl: string | null;
    readonly redisUsername: string | null;
    readonly redisPassword: string | null;
  };
  /** What tasks may belong to: see `componentsOf`. */
  readonly components?: readonly {
    readonly name: string;
    readonly paths: readonly string[];
    readonly words: readonly string[];
  }[];
  readonly logs?: readonly { readonly component: string | null }[];
}

type Purpose = 'tracker' | 'knowledge';

const ANSWER_WITHIN_MS = 2_000;
/** A connection that does not close by then is cut; it would keep an ending process alive. */
const CLOSE_WITHIN_MS = 250;
const SAY_AGAIN_AFTER_MS = 10_000;
const DEFAULT_PORT = 6_379;

/**
 * How to reach Redis for the tracker's own data or for knowledge. Certificates are read anew each time, as they change.
 * @throws ConfigError when a certificate cannot be read, or the folder of the embedded socket belongs to someone else
 */
export function connectionOptions(settings: ConnectionSettings, purpose: Purpose = 'tracker'): RedisOptions {
  const { redis, knowledge } = settings;
  const apart = purpose === 'knowledge' ? knowledge.redisUrl : null;
  const url = apart ?? redis.url;
  // The embedded one has neither: a password in the environment is then meant for another Redis.
  const [username, password] =
    url === 'embedded'
      ? [null, null]
      : apart !== null
        ? [knowledge.redisUsername, knowledge.redisPassword]
        : [redis.username, redis.password];
  return {
    ...address(url, settings),
    ...(username === null ? {} : { username }),
    ...(password === null ? {} : { password }),
    db: redis.databases[purpose],
    connectTimeout: ANSWER_WITHIN_MS,
    disconnectTimeout: CLOSE_WITHIN_MS,
    disableClientInfo: true,
    retryStrategy: (times: number) => Math.min(50 * 2 ** Math.min(times, 6), 1_000),
  };
}

function address(url: string, settings: ConnectionSettings): RedisOptions {
  if (url === 'embedded') return { path: ownSocket(settings.home) };
  if (url.startsWith('unix://')) return { path: url.slice('unix://'.length) };
  const parsed = new URL(url);
  const host = parsed.hostname.replace(/^\[|\]$/g, '');
  const port = parsed.port === '' ? DEFAULT_PORT : Number(parsed.port);
  return parsed.protocol === 'rediss:'
    ? { host, port, tls: secured(settings, host), Connector: TlsConnector }
    : { host, port };
}

/**
 * ioredis listens to one `error` of a TLS socket. One that is closed while its certificate is refused has two (seen in 13
 * of 60 tries), and the second would end the process.
 */
class TlsConnector extends AbstractConnector {
  private readonly options: RedisOptions;

  constructor(options: unknown) {
    super(CLOSE_WITHIN_MS);
    // ioredis declares `unknown`, and passes the options of the connection.
    this.options = options as RedisOptions;
  }

  override async connect(): Promise<TLSSocket> {
    this.connecting = true;
    const { host = 'localhost', port = DEFAULT_PORT, tls } = this.options;
    const stream = connectTls({ host, port, ...tls });
    stream.on('error', (error) => {
      this.firstError ??= error;
    });
    this.stream = stream;
    return stream;
  }
}

function secured({ redis }: ConnectionSettings, host: string): NonNullable<RedisOptions['tls']> {
  const { ca, cert, key, rejectUnauthorized, servername } = redis.tls;
  const name = servername ?? (/^[\d.]+$|:/.test(host) ? null : host);
  return {
    rejectUnauthorized,
    ...(ca === null ? {} : { ca: pem('ca', ca) }),
    ...(cert === null ? {} : { cert: pem('cert', cert) }),
    ...(key === null ? {} : { key: pem('key', key) }),
    ...(name === null ? {} : { servername: name }),
  };
}

function pem(key: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if (!hasCode(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EISDIR')) throw error;
    throw new ConfigError([`redis.tls.${key}: ${file} cannot be read (${error.code}); name a file in PEM form`]);
  }
}

/**
 * A connection that comes back by itself and never throws what nobody listens to. Nothing here waits for Redis.
 * @param options.name shown by `CLIENT LIST`
 * @param options.maxRetriesPerRequest null, the default, lets a command wait until Redis is back
 */
export function connect(
  settings: ConnectionSettings,
  options: { purpose?: Purpose; name: string; maxRetriesPerRequest?: number | null },
): Redis {
  const { purpose = 'tracker', name, maxRetriesPerRequest = null } = options;
  const redis = new Redis({
    ...connectionOptions(settings, purpose),
    connectionName: `${settings.redis.prefix}:${name}`,
    maxRetriesPerRequest,
    // Whoever subscribes does it again by itself: when ioredis does and is refused, nobody catches that.
    autoResubscribe: false,
  });
  let saidAt = -Infinity;
  redis.on('error', (error: Error) => {
    const now = performance.now();
    if (now - saidAt < SAY_AGAIN_AFTER_MS) return;
    saidAt = now;
    log.warn('redis.error', { name, message: messageOf(error).slice(0, 300) });
  });
  return redis;
}

/**
 * Asks the server behind `redis`, over a connection of its own, whether we can stand on it: that it answers, lets us in,
 * is new enough, keeps what it is given, and runs a script that writes our keys. Waits while it loads its data.
 * @throws UnavailableError within 2 s when nobody answers
 * @throws ConfigError when it answers but will not do, with the cure
 */
export async function verifyServer(
  redis: Redis,
  settings: ConnectionSettings,
  signal?: AbortSignal,
): Promise<ServerFacts> {
  // Credentials and database are sent below, as commands whose replies we see.
  const { username, password, db = 0, ...options } = redis.options;
  const probe = new Redis({
    ...options,
    lazyConnect: true,
    enableReadyCheck: false,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    connectTimeout: ANSWER_WITHIN_MS,
  });
  let reason: Error | undefined;
  probe.on('error', (error: Error) => (reason = error));
  try {
    await within(probe.connect()).catch((error: unknown) => {
      throw unreachable(settings, reason ?? error);
    });
    if (password) await authenticate(probe, username ?? null, password, settings);
    const info = await loaded(probe, settings, signal);
    const { facts, faults } = judgeServer(info, settings);
    if (faults.length > 0) throw new ConfigError(faults, 'Redis');
    await ask(settings, () => probe.call('SELECT', String(db)), 'SELECT');
    await ask(settings, () => probe.call('EVAL', WRITE, '1', `{${settings.redis.prefix}:ledger}:verify`), 'EVAL');
    const silent = await publishes(probe, settings);
    return { ...facts, warnings: [...facts.warnings, ...silent], rdb: await savesSnapshots(probe) };
  } finally {
    probe.disconnect();
  }
}

/** Scripts, our keys, enough memory, a primary: one write that is gone at once shows them all. */
const WRITE = "return redis.call('SET', KEYS[1], '1', 'PX', 1)";

/** @throws Error when `work` takes longer than the 2 s that anyone has to wait for Redis */
export async function within<T>(work: Promise<T>): Promise<T> {
  const late = new AbortController();
  const tooLate = sleep(ANSWER_WITHIN_MS - 100, undefined, { signal: late.signal }).then(() => {
    throw new Error(`no answer within ${ANSWER_WITHIN_MS / 1_000} s`);
  });
  // The loser of the race is stopped, and its rejection has nobody to go to.
  tooLate.catch(() => undefined);
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    late.abort();
  }
}

async function ask(settings: ConnectionSettings, command: () => Promise<unknown>, name: string): Promise<unknown> {
  try {
    return await within(command());
  } catch (error) {
    throw refusal(messageOf(error), name, settings) ?? unreachable(settings, error);
  }
}

async function authenticate(
  probe: Redis,
  username: string | null,
  password: string,
  settings: ConnectionSettings,
): Promise<void> {
  try {
    await within(probe.call('AUTH', ...(username === null ? [] : [username]), password));
  } catch (error) {
    // A server without a password lets everyone in.
    if (/no password is set|without any password configured/i.test(messageOf(error))) return;
    throw refusal(messageOf(error), 'AUTH', settings) ?? unreachable(settings, error);
  }
}

function unreachable(settings: ConnectionSettings, error: unknown): Error {
  const { url } = settings.redis;
  const where = url === 'embedded' ? `the embedded one, ${embeddedSocket(settings.home)}` : url;
  const cure = url === 'embedded' ? 'start it with `mcp-autobot-tracker up`' : 'start it, or correct redis.url';
  return new UnavailableError(`Redis (${where}) does not answer: ${messageOf(error)}; ${cure}`, { cause: error });
}

async function loaded(probe: Redis, settings: ConnectionSettings, signal?: AbortSignal): Promise<string> {
  for (let saidAt = -Infinity; ;) {
    const info = String(await ask(settings, () => probe.call('INFO'), 'INFO'));
    if (!/^loading:1\r?$/m.test(info)) return info;
    if (performance.now() - saidAt > SAY_AGAIN_AFTER_MS) {
      saidAt = performance.now();
      log.info('redis.waiting', { why: 'it loads its data' });
    }
    await sleep(100, undefined, signal === undefined ? {} : { signal });
  }
}

/** Without the right to our channel everything works but for subscriptions, so that is a warning. The message says nothing. */
async function publishes(probe: Redis, settings: ConnectionSettings): Promise<readonly string[]> {
  const { prefix, databases, username } = settings.redis;
  try {
    await within(probe.call('PUBLISH', changesChannel(prefix, databases.tracker), '{}'));
    return [];
  } catch (error) {
    if (!/NOPERM/.test(messageOf(error))) throw unreachable(settings, error);
    const user = username ?? 'default';
    return [
      `redis.username: the user "${user}" may not use our channel, so nobody is told of changes; ` +
        `run: redis-cli ACL SETUSER ${user} +@pubsub '&${prefix}:*'`,
    ];
  }
}

/** Whether snapshots are configured; null where `CONFIG` is forbidden, as on managed servers. */
async function savesSnapshots(probe: Redis): Promise<boolean | null> {
  try {
    const reply = await within(probe.call('CONFIG', 'GET', 'save'));
    return Array.isArray(reply) && typeof reply[1] === 'string' ? reply[1] !== '' : null;
  } catch (error) {
    if (error instanceof Error && /NOPERM|unknown command|not allowed|disabled/i.test(error.message)) return null;
    throw error;
  }
}

/**
 * Waits until Redis answers and will do, however long that takes.
 * @throws ConfigError when it answers but will not do; the reason of `signal` when that is aborted
 */
export async function waitForRedis(settings: ConnectionSettings, signal: AbortSignal): Promise<ServerFacts> {
  const redis = new Redis({ ...connectionOptions(settings), lazyConnect: true });
  const from = performance.now();
  let saidAt = -Infinity;
  for (let times = 0; ; times += 1) {
    signal.throwIfAborted();
    try {
      const facts = await verifyServer(redis, settings, signal);
      log.info('redis.ready', {
        product: facts.product,
        version: facts.version,
        waitedMs: Math.round(performance.now() - from),
      });
      return facts;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof UnavailableError)) throw error;
      if (performance.now() - saidAt > SAY_AGAIN_AFTER_MS) {
        saidAt = performance.now();
        log.warn('redis.waiting', { message: error.message.slice(0, 300) });
      }
    }
    await pause(Math.min(50 * 2 ** Math.min(times, 6), 1_000), signal);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
