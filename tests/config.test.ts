import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { clock } from '../jobs/clock.js';
import { contracts, type JobName } from '../jobs/index.js';
import { componentsOf } from '../src/config/components.js';
import { LOG_FORMATS } from '../src/config/log-formats.js';
import {
  leafPaths,
  loadConfig,
  notYet,
  packageVersion,
  readSecrets,
  trackerHome,
  zoneMinutes,
  type Config,
} from '../src/config.js';
import { FORMAT_NAMES } from '../src/domain/log/formats/index.js';

let base = '';
let home = '';
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'tracker-config-'));
});
beforeEach(async () => {
  home = await mkdtemp(join(base, 'home-'));
});
afterAll(() => rm(base, { recursive: true, force: true }));

const projectFile = (name: string): string => join(import.meta.dirname, '..', name);

async function load(settings: unknown, env: NodeJS.ProcessEnv = {}): Promise<Config> {
  await writeFile(join(home, 'config.json'), JSON.stringify(settings));
  return loadConfig({ env: { HOME: home, TRACKER_HOME: home, ...env } });
}

/** `{a: {b: [value]}}` for `a.b[]`: only what the path names. */
function nested(path: string, value: unknown, around: object = {}): Record<string, unknown> {
  const [head = '', ...rest] = path.split('.');
  const inner = rest.length === 0 ? value : nested(rest.join('.'), value, around);
  return head.endsWith('[]') ? { [head.slice(0, -2)]: [{ ...around, ...Object(inner) }] } : { [head]: inner };
}

function at(root: unknown, path: string): unknown {
  return path.split('.').reduce((value: unknown, part) => {
    const found: unknown = Reflect.get(Object(value), part.replace('[]', ''));
    return part.endsWith('[]') && Array.isArray(found) ? (found as unknown[])[0] : found;
  }, root);
}

interface Change {
  readonly to: unknown;
  /** What must stand in the loaded configuration, where that is not `to` itself. */
  readonly becomes?: unknown;
  /** What else a list item, or another key, has to have. */
  readonly around?: object;
  readonly with?: Record<string, object>;
}

const queue = (name: JobName): Record<string, Change> => ({
  [`queues.${name}.concurrency`]: { to: 7 },
  [`queues.${name}.attempts`]: { to: contracts[name].attempts + 1 },
  [`queues.${name}.backoffMs`]: { to: contracts[name].backoffMs + 1 },
});
const log = { path: '/a.log' };
const target = { name: 'a', url: 'tcp://localhost:1' };
const rule = { name: 'a', pattern: 'b' };
const secured = { with: { redis: { url: 'rediss://localhost' } } };

/** Every key, with a value that is not its default. */
const changes: Readonly<Record<string, Change>> = {
  'redis.url': { to: 'redis://localhost:7000' },
  'redis.username': { to: 'tracker' },
  'redis.tls.ca': { to: '/etc/hosts', ...secured },
  'redis.tls.cert': { to: '/etc/hosts', with: { redis: { url: 'rediss://localhost', tls: { key: '/etc/hosts' } } } },
  'redis.tls.key': { to: '/etc/hosts', with: { redis: { url: 'rediss://localhost', tls: { cert: '/etc/hosts' } } } },
  'redis.tls.rejectUnauthorized': { to: false, ...secured },
  'redis.tls.servername': { to: 'redis.internal', ...secured },
  'redis.databases.tracker': { to: 11 },
  'redis.databases.knowledge': { to: 2 },
  'redis.databases.autobot': { to: 3 },
  'redis.prefix': { to: 'other' },
  'redis.allowEviction': { to: true },
  'transcripts.roots': { to: ['/srv/projects'] },
  'transcripts.include': { to: ['**/*.log'] },
  'transcripts.exclude': { to: ['**/tmp/**'] },
  'logs[].path': { to: '/b.log' },
  'logs[].component': { to: 'backend', around: log },
  'logs[].format': { to: 'redis', around: log },
  'logs[].journal': { to: 'nginx.service', around: { path: null } },
  'logs[].docker': { to: 'web', around: { path: null } },
  'logs[].level': { to: 'warning', around: log },
  'logs[].from': { to: 'end', around: log },
  'logs[].zone': { to: 'Europe/Berlin', around: log },
  autobotRoot: { to: '/srv/autobot' },
  'components[].name': { to: 'backend' },
  'components[].paths': { to: ['api/**'], around: { name: 'a' } },
  'components[].words': { to: ['uvicorn'], around: { name: 'a' } },
  'logs[].multiline': { to: { start: '^\\d', maxLines: 9 }, around: log },
  'health.preset': { to: 'autobot' },
  'health.targets[].name': { to: 'b', around: target },
  'health.targets[].component': { to: 'backend', around: target },
  'health.targets[].url': { to: 'http://localhost', around: target },
  'health.targets[].expect.status': { to: [204], around: target },
  'health.targets[].expect.body': { to: { status: 'ok' }, around: target },
  'health.intervalS': { to: 30 },
  'health.timeoutMs': { to: 500 },
  'health.thresholds.slowMs': { to: 5 },
  'health.thresholds.downAfter': { to: 5 },
  'health.thresholds.upAfter': { to: 5 },
  'health.thresholds.restartsPerHour': { to: 5 },
  ...queue('ingest'),
  'queues.ingest.instances': { to: 2 },
  ...queue('correlate'),
  ...queue('insight'),
  ...queue('health-check'),
  'schedules.correlate': { to: { everyS: 5 }, becomes: { everyMs: 5_000 } },
  'schedules.insight': { to: { cron: '0 3 * * mon-fri' } },
  'schedules.health-check': { to: false },
  'knowledge.enabled': { to: true },
  'knowledge.redisUrl': { to: 'redis://kb:6379' },
  'knowledge.autobotApi': { to: 'http://localhost:8001' },
  'retention.closedTasksDays': { to: 5 },
  'retention.conversationsDays': { to: 5 },
  'retention.errorsDays': { to: 5 },
  'retention.activityDays': { to: 5 },
  'redaction.rules[].name': { to: 'b', around: rule },
  'redaction.rules[].pattern': { to: 'c', around: rule },
  'redaction.allow': { to: ['localhost'] },
  'dashboard.enabled': { to: false },
  'dashboard.host': { to: '0.0.0.0' },
  'dashboard.port': { to: 9_000 },
  'mcp.http.enabled': { to: true },
  'mcp.http.host': { to: '::1' },
  'mcp.http.port': { to: 9_001 },
  'mcp.http.tls.cert': { to: '/etc/hosts', with: { mcp: { http: { tls: { key: '/etc/hosts' } } } } },
  'mcp.http.tls.key': { to: '/etc/hosts', with: { mcp: { http: { tls: { cert: '/etc/hosts' } } } } },
  'mcp.http.allowInsecure': { to: true },
  'mcp.http.allowedHosts': { to: ['tracker.example', '[fd00::1]'] },
  'mcp.http.allowedOrigins': { to: ['pages.example'] },
  'mcp.http.maxBodyBytes': { to: 2_048 },
  'mcp.http.maxConnections': { to: 500 },
  'mcp.http.maxStreams': { to: 5 },
  logLevel: { to: 'debug' },
  multiHost: { to: true },
};

test('the table of changes has every key of the schema, and no other', () => {
  expect(Object.keys(changes).sort()).toEqual(leafPaths().sort());
});

function merge(one: unknown, two: unknown): unknown {
  if (typeof one !== 'object' || typeof two !== 'object' || one === null || two === null || Array.isArray(two))
    return two;
  const merged: Record<string, unknown> = { ...one };
  for (const [key, value] of Object.entries(two)) merged[key] = key in merged ? merge(merged[key], value) : value;
  return merged;
}

test.each(Object.entries(changes))('a changed %s changes the configuration', async (path, change) => {
  const usual = at(await load({}), path);
  const settings = merge(change.with ?? {}, nested(path, change.to, change.around));
  const found = at(await load(settings), path);
  expect(found).toEqual(change.becomes ?? change.to);
  expect(found).not.toEqual(usual);
});

test('the defaults of the queues and schedules are those of the contracts and the clock', async () => {
  const { queues, schedules } = await load({});
  for (const name of Object.keys(contracts) as JobName[]) {
    expect(queues[name]).toMatchObject({ attempts: contracts[name].attempts, backoffMs: contracts[name].backoffMs });
  }
  expect(schedules).toEqual(Object.fromEntries(clock.map(({ name, schedule }) => [name, schedule])));
});

test('health.intervalS sets when health is checked', async () => {
  expect((await load({ health: { intervalS: 5 } })).schedules['health-check']).toEqual({ everyMs: 5_000 });
});

describe('the file', () => {
  const env = (): NodeJS.ProcessEnv => ({ HOME: home, TRACKER_HOME: home });

  test('is that of the path, else of TRACKER_CONFIG, else in the state folder, else the one that we ship', async () => {
    const write = async (name: string): Promise<string> => {
      const file = join(home, name);
      await writeFile(file, JSON.stringify({ redis: { prefix: name.replace('.json', '') } }));
      return file;
    };
    expect(loadConfig({ env: env() })).toMatchObject({ file: projectFile('config.json'), home });
    await write('config.json');
    expect(loadConfig({ env: env() }).redis.prefix).toBe('config');
    const named = { ...env(), TRACKER_CONFIG: await write('named.json') };
    expect(loadConfig({ env: named }).redis.prefix).toBe('named');
    expect(loadConfig({ env: named, path: await write('given.json') }).redis.prefix).toBe('given');
  });

  test('that we ship changes nothing', async () => {
    const { file, ...shipped } = loadConfig({ env: env() });
    const { file: other, ...empty } = await load({});
    expect(shipped).toEqual(empty);
    expect(file).not.toBe(other);
  });

  test('may begin with a byte order mark', async () => {
    await writeFile(join(home, 'config.json'), '\uFEFF{"logLevel": "warn"}');
    expect(loadConfig({ env: env() }).logLevel).toBe('warn');
  });
});

describe('folders', () => {
  test('the state folder is TRACKER_HOME, by default in the home of the user', () => {
    expect(trackerHome({ HOME: '/home/a' })).toBe('/home/a/.mcp-autobot-tracker');
    expect(trackerHome({ HOME: '/home/a', TRACKER_HOME: '' })).toBe('/home/a/.mcp-autobot-tracker');
    expect(trackerHome({ HOME: '/home/a', TRACKER_HOME: '~/t' })).toBe('/home/a/t');
    expect(trackerHome({ HOME: '/home/a', TRACKER_HOME: '/t' })).toBe('/t');
  });

  test.each([
    [{}, ['/h/.claude/projects', '/h/.config/claude/projects']],
    [{ XDG_CONFIG_HOME: '/x' }, ['/h/.claude/projects', '/x/claude/projects']],
    [{ CLAUDE_CONFIG_DIR: '/c' }, ['/c/projects']],
    [{ CLAUDE_CONFIG_DIR: '/c, ~/d,,/c' }, ['/c/projects', '/h/d/projects']],
  ])('with %j the transcripts are looked for in %j', async (env, roots) => {
    expect((await load({}, { ...env, HOME: '/h' })).transcripts.roots).toEqual(roots);
  });

  test('named roots go before CLAUDE_CONFIG_DIR; ~ and paths relative to the file are resolved', async () => {
    const settings = { transcripts: { roots: ['~', '~/a', 'b', '/c', './b'] } };
    const { transcripts } = await load(settings, { HOME: '/h', CLAUDE_CONFIG_DIR: '/x' });
    expect(transcripts.roots).toEqual(['/h', '/h/a', join(home, 'b'), '/c']);
  });
});

test('the names of log formats are those that the reader knows', () => {
  expect([...LOG_FORMATS].sort()).toEqual([...FORMAT_NAMES].sort());
});

describe('logs that nobody configured', () => {
  const paths = (config: Config): (string | null)[] => config.logs.map(({ path }) => path);
  const autobot = async (root: string): Promise<string> => {
    const folder = join(root, 'data', 'logs');
    await mkdir(folder, { recursive: true });
    return folder;
  };

  test('are those of AutoBot in the home of the user, once its folder is there', async () => {
    expect(paths(await load({}))).toEqual([]);
    const folder = await autobot(join(home, 'AutoBot'));
    const { logs } = await load({});
    expect(logs.map(({ path, component }) => [path, component])).toEqual(
      ['backend', 'frontend', 'redis'].map((name) => [join(folder, `${name}.log`), name]),
    );
  });

  test('are those of `autobotRoot` where it is set', async () => {
    await autobot(join(home, 'AutoBot'));
    const folder = await autobot(join(home, 'elsewhere'));
    expect(paths(await load({ autobotRoot: '~/elsewhere' }))[0]).toBe(join(folder, 'backend.log'));
    expect(paths(await load({ autobotRoot: '/not/there' }))).toEqual([]);
  });

  test('are none where the list of logs is empty', async () => {
    await autobot(join(home, 'AutoBot'));
    expect(paths(await load({ logs: [] }))).toEqual([]);
  });
});

describe('components', () => {
  const component = (name: string, paths: readonly string[] = [], words: readonly string[] = []) => ({
    name,
    paths,
    words,
  });

  test('are those that are configured, then those that only logs name', async () => {
    const { components, logs } = await load({
      components: [component('Backend', ['api/**'], ['uvicorn'])],
      logs: [{ path: '/a.log', component: 'backend' }, { path: '/b.log', component: 'redis' }, { path: '/c.log' }],
    });
    expect(componentsOf({ components, logs }).map(({ name, words }) => [name, words])).toEqual([
      ['Backend', ['uvicorn']],
      ['redis', []],
    ]);
    expect(componentsOf({})).toEqual([]);
  });

  test('may lie in the home of the user', async () => {
    const { components } = await load({ components: [component('a', ['~/shop/**', 'api/**'])] }, { HOME: '/h' });
    expect(components[0]?.paths).toEqual(['/h/shop/**', 'api/**']);
  });

  test.each([
    ['api/**', '/work/shop/api/pay.py', true],
    ['./api/**', 'api/pay.py', true],
    ['api/**', 'C:\\work\\api\\pay.py', true],
    ['api/**', '/work/shop/apix/pay.py', false],
    ['/work/shop/*.py', '/work/shop/a.py', true],
    ['/work/shop/*.py', '/srv/work/shop/a.py', false],
    ['**/*.vue', 'web/a.vue', true],
    ['*.vue', '/work/web/a.vue', true],
    ['.github/**', '/work/shop/.github/ci.yml', true],
  ])('%s holds %s: %s', (glob, path, expected) => {
    const [only] = componentsOf({ components: [component('a', [glob])] });
    expect(only?.holds(path)).toBe(expected);
  });
});

test.each([
  [null, 0, 0 - new Date(0).getTimezoneOffset()],
  ['UTC', 0, 0],
  ['+05:30', 0, 330],
  ['-0330', 0, -210],
  ['Europe/Berlin', Date.parse('2026-01-15T12:34:56.789Z'), 60],
  ['Europe/Berlin', Date.parse('2026-07-15T23:59:59.999Z'), 120],
  ['America/St_Johns', Date.parse('2026-07-15T00:00:00Z'), -150],
])('the zone %s at %i is %i minutes east', (zone, instant, minutes) => {
  expect(zoneMinutes(zone, instant)).toBe(minutes);
});

describe('the address of Redis', () => {
  test('from REDIS_URL goes before that of the file, and is taken apart', async () => {
    const { redis } = await load(
      { redis: { url: 'redis://file', username: 'filed' } },
      { REDIS_URL: 'rediss://user:p%40ss@env:7000/10' },
    );
    expect(redis).toMatchObject({ url: 'rediss://env:7000', username: 'user', password: 'p@ss' });
    expect(redis.databases.tracker).toBe(10);
  });

  test.each([
    ['redis://localhost', 'redis://localhost'],
    ['redis://[::1]:7000/10', 'redis://[::1]:7000'],
    ['unix:///run/redis.sock', 'unix:///run/redis.sock'],
    ['unix:///run/my%20redis.sock?db=10', 'unix:///run/my redis.sock'],
    ['embedded', 'embedded'],
    ['  embedded ', 'embedded'],
  ])('%s is known', async (url, known) => {
    expect((await load({}, { REDIS_URL: url })).redis).toMatchObject({ url: known, username: null, password: null });
  });

  test('an empty REDIS_URL is none', async () => {
    expect((await load({ redis: { url: 'redis://file' } }, { REDIS_URL: '' })).redis.url).toBe('redis://file');
  });
});

describe('secrets', () => {
  test('come from the file, and the environment goes before it', async () => {
    const lines = ['# mine', '', 'REDIS_PASSWORD="from file"', 'export KNOWLEDGE_REDIS_PASSWORD=a=b#c', ''];
    await writeFile(join(home, 'secrets.env'), lines.join('\r\n'), { mode: 0o600 });
    expect(readSecrets(home, {})).toEqual({
      REDIS_URL: null,
      REDIS_PASSWORD: 'from file',
      KNOWLEDGE_REDIS_PASSWORD: 'a=b#c',
    });
    expect(readSecrets(home, { REDIS_PASSWORD: 'from env' }).REDIS_PASSWORD).toBe('from env');
    expect(await load({})).toMatchObject({ redis: { password: 'from file' }, knowledge: { redisPassword: 'a=b#c' } });
  });

  test('a folder in the place of the file is a fault', async () => {
    await mkdir(join(home, 'secrets.env'));
    expect(() => readSecrets(home, {})).toThrow(/secrets\.env: is no file/);
  });
});

test('what this version does not act on is said, once for each key', async () => {
  expect(notYet(await load({}))).toEqual([]);
  const settings = {
    health: { preset: 'autobot', targets: [target], timeoutMs: 1_000, thresholds: { upAfter: 2 } },
    knowledge: { enabled: true },
    multiHost: true,
  };
  expect(notYet(await load(settings))).toEqual([
    '`health.preset`: configured, but not probed by this version',
    '`health.targets`: configured, but not probed by this version',
    '`health.timeoutMs`: configured, but not used by this version',
    '`health.thresholds`: configured, but not used by this version',
    '`knowledge`: configured, but not written or read by this version',
    '`multiHost`: configured, but not supported by this version',
  ]);
});

describe('what is written about the keys', () => {
  test('config.example.json fits and has every key', async () => {
    const text = await readFile(projectFile('config.example.json'), 'utf8');
    expect((await load(JSON.parse(text))).health.preset).toBe('off');
    const example: unknown = JSON.parse(text);
    expect(leafPaths().filter((path) => at(example, path) === undefined)).toEqual([]);
  });

  test('docs/configuration.md has a row for every key, and for no other', async () => {
    const text = await readFile(projectFile('docs/configuration.md'), 'utf8');
    const rows = [...text.matchAll(/^\| `([^`]+)`/gm)].map(([, key]) => key);
    expect(rows.filter((key) => /^[a-z]/.test(key ?? '')).sort()).toEqual(leafPaths().sort());
  });
});

test('the version is that of package.json', async () => {
  const { version } = JSON.parse(await readFile(projectFile('package.json'), 'utf8')) as { version: string };
  expect(packageVersion()).toBe(version);
});
