/** Finds config.json, reads it strictly, and adds what the environment says. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { clock, type Schedule } from '../../jobs/clock.js';
import { ConfigError, hasCode } from '../errors.js';
import { crossFaults } from './cross.js';
import { faultsOf } from './faults.js';
import { parseJson } from './json.js';
import { absolute, claudeFolders, packageFolder, trackerHome, variable } from './paths.js';
import { parseRedisUrl } from './redis-url.js';
import { Log, Settings, type LogSettings } from './schema.js';
import { readSecrets, type Secrets } from './secrets.js';

type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

type RecurringJob = (typeof clock)[number]['name'];

/** The settings as everything else reads them: complete, with absolute paths, secrets and addresses resolved. */
export type Config = Frozen<
  Omit<Settings, 'redis' | 'schedules' | 'knowledge' | 'logs'> & {
    /** The state folder (`TRACKER_HOME`); it need not exist yet. */
    home: string;
    /** The file that was read, or null where there was none. */
    file: string | null;
    /** `url` is `embedded` or an address without credentials and database. */
    redis: Settings['redis'] & { password: string | null };
    knowledge: Settings['knowledge'] & { redisUsername: string | null; redisPassword: string | null };
    /** Those that are configured; where none are, AutoBot's if its folder was found. */
    logs: LogSettings[];
    /** When each job comes back; `false` where it does not. */
    schedules: Record<RecurringJob, Schedule | false>;
  }
>;

type Env = NodeJS.ProcessEnv;

/**
 * Reads the configuration: the file of `path`, else `TRACKER_CONFIG`, else `config.json` in `TRACKER_HOME`, else the
 * project's; defaults where there is none. `REDIS_URL` and the secrets come from the environment or `secrets.env`.
 * @throws ConfigError with all faults at once, one sentence each, that begin with the path of the key
 */
export function loadConfig(options: { env?: Env; path?: string } = {}): Config {
  const env = options.env ?? process.env;
  const home = trackerHome(env);
  const faults: string[] = [];
  const collect = <T>(read: () => T, otherwise: T): T => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      faults.push(...error.faults);
      return otherwise;
    }
  };
  const secrets = collect(() => readSecrets(home, env), NO_SECRETS);
  const place = findFile(options.path, env, home);
  const raw = collect(() => readFile(place), {});
  const base = place === null ? process.cwd() : dirname(place.path);
  const read = Settings.safeParse(raw);
  if (!read.success) faults.push(...faultsOf(read.error, raw));
  const settings = read.data ?? Settings.parse(withoutFaults(raw));
  const located = withPaths(settings, base, env);
  faults.push(...crossFaults(located, secrets, faults), ...missingFiles(located));
  if (faults.length > 0) throw new ConfigError(faults, place?.path ?? 'the configuration');
  const logs = located.logs ?? autobotLogs(located.autobotRoot ?? absolute('~/AutoBot', base, env));
  return { ...located, logs, home, file: place?.path ?? null, ...resolved(located, secrets) };
}

const NO_SECRETS: Secrets = { REDIS_URL: null, REDIS_PASSWORD: null, KNOWLEDGE_REDIS_PASSWORD: null };

interface Place {
  readonly path: string;
  /** How it was named, for a fault. */
  readonly by: string;
}

function findFile(path: string | undefined, env: Env, home: string): Place | null {
  if (path !== undefined) return { path: absolute(path, process.cwd(), env), by: 'the given path' };
  const named = variable(env, 'TRACKER_CONFIG');
  if (named !== null) return { path: absolute(named, process.cwd(), env), by: 'TRACKER_CONFIG' };
  const usual = [join(home, 'config.json'), join(packageFolder(), 'config.json')].find((file) => existsSync(file));
  return usual === undefined ? null : { path: usual, by: 'config.json' };
}

function readFile(place: Place | null): unknown {
  if (place === null) return {};
  const { path, by } = place;
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) {
      throw new ConfigError([`${by}: ${path} does not exist; correct the path, or leave it out for the defaults`]);
    }
    if (found.isDirectory()) {
      throw new ConfigError([`${by}: ${path} is a folder; name the file in it, such as ${join(path, 'config.json')}`]);
    }
    const { value, faults } = parseJson(readFileSync(path, 'utf8'));
    if (faults.length > 0) throw new ConfigError(faults, path);
    return value;
  } catch (error) {
    if (hasCode(error, 'EACCES', 'EPERM')) {
      throw new ConfigError([`${by}: ${path} may not be read by this user; run: chmod u+r ${path}`]);
    }
    throw error;
  }
}

/** What is left of `raw` when all that does not fit is taken out, so that the rest can be judged in the same run. */
function withoutFaults(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return {};
  const copy: unknown = structuredClone(raw);
  for (let read = Settings.safeParse(copy); !read.success; read = Settings.safeParse(copy)) {
    const left = read.error.issues.every((issue) => {
      const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
      return paths.every((path) => remove(copy, path));
    });
    if (!left) return {};
  }
  return copy;
}

/** Takes the value at `path` out; for one inside a list the whole list. False where there is nothing to take out. */
function remove(root: unknown, path: readonly PropertyKey[]): boolean {
  const list = path.findIndex((part) => typeof part === 'number');
  const keys = list < 0 ? path : path.slice(0, list);
  const last = keys.at(-1);
  let holder: unknown = root;
  for (const key of keys.slice(0, -1)) {
    if (typeof holder !== 'object' || holder === null) return true;
    holder = Reflect.get(holder, key);
  }
  if (last === undefined) return false;
  return typeof holder === 'object' && holder !== null ? Reflect.deleteProperty(holder, last) : true;
}

function withPaths(settings: Settings, base: string, env: Env): Settings {
  const at = (path: string): string => absolute(path, base, env);
  const { tls } = settings.redis;
  const { http } = settings.mcp;
  const roots = settings.transcripts.roots.map(at);
  const usual = claudeFolders(env).map((folder) => join(folder, 'projects'));
  return {
    ...settings,
    redis: {
      ...settings.redis,
      tls: { ...tls, ca: tls.ca && at(tls.ca), cert: tls.cert && at(tls.cert), key: tls.key && at(tls.key) },
    },
    transcripts: { ...settings.transcripts, roots: [...new Set(roots.length > 0 ? roots : usual)] },
    mcp: {
      ...settings.mcp,
      http: { ...http, tls: { cert: http.tls.cert && at(http.tls.cert), key: http.tls.key && at(http.tls.key) } },
    },
    autobotRoot: settings.autobotRoot && at(settings.autobotRoot),
    components: settings.components.map((component) => ({
      ...component,
      // Any other is compared with paths as texts name them.
      paths: component.paths.map((glob) => (glob.startsWith('~/') ? at(glob) : glob)),
    })),
    logs: settings.logs?.map((log) => ({ ...log, path: log.path && resolve(at(log.path)) })) ?? null,
  };
}

/** The settings of a log that nobody configured. */
export const usualLog = (path: string): Config['logs'][number] => Log.parse({ path });

/** What `logs` stands for where it is not set. The files need not exist; one that comes later is followed from then on. */
function autobotLogs(root: string): LogSettings[] {
  const folder = join(root, 'data', 'logs');
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return ['backend', 'frontend', 'redis'].map((name) =>
    Log.parse({ path: join(folder, `${name}.log`), component: name }),
  );
}

function missingFiles(settings: Settings): string[] {
  const { redis, mcp } = settings;
  const named = Object.entries({
    'redis.tls.ca': redis.tls.ca,
    'redis.tls.cert': redis.tls.cert,
    'redis.tls.key': redis.tls.key,
    'mcp.http.tls.cert': mcp.http.tls.cert,
    'mcp.http.tls.key': mcp.http.tls.key,
  });
  return named.flatMap(([key, file]) => {
    if (file === null) return [];
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) return [`${key}: ${file} does not exist; name a file in PEM form`];
    return found.isFile() ? [] : [`${key}: ${file} is no file; name a file in PEM form`];
  });
}

function resolved(settings: Settings, secrets: Secrets): Pick<Config, 'redis' | 'knowledge' | 'schedules'> {
  const address = parseRedisUrl(secrets.REDIS_URL ?? settings.redis.url);
  const own = settings.knowledge.redisUrl === null ? null : parseRedisUrl(settings.knowledge.redisUrl);
  if (typeof address === 'string' || typeof own === 'string') throw new TypeError('an address was not checked');
  const scheduled = (job: RecurringJob): Schedule | false => {
    const asked = settings.schedules[job];
    if (asked === false) return false;
    if (asked !== null) return 'everyS' in asked ? { everyMs: asked.everyS * 1_000 } : asked;
    if (job === 'health-check') return { everyMs: settings.health.intervalS * 1_000 };
    return clock.find((row) => row.name === job)?.schedule ?? false;
  };
  return {
    redis: {
      ...settings.redis,
      url: address.url,
      username: address.username ?? settings.redis.username,
      password: address.password ?? secrets.REDIS_PASSWORD,
    },
    knowledge: {
      ...settings.knowledge,
      redisUrl: own?.url ?? null,
      redisUsername: own?.username ?? null,
      redisPassword: secrets.KNOWLEDGE_REDIS_PASSWORD,
    },
    schedules: {
      correlate: scheduled('correlate'),
      insight: scheduled('insight'),
      'health-check': scheduled('health-check'),
    },
  };
}
