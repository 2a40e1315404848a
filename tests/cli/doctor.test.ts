import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Command } from 'commander';
import { findingOf } from '../../src/cli/doctor-tasks.js';
import { doctor, registerDoctor, type DoctorDeps, type Finding } from '../../src/cli/doctor.js';
import { loadConfig } from '../../src/config.js';
import { configureLogger } from '../../src/logger.js';
import { connect } from '../../src/store/connection.js';
import { startRedis } from '../support/redis.js';

configureLogger({ level: 'silent' });

const releases: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const release of releases.splice(0).reverse()) await release();
});

interface Machine {
  readonly home: string;
  readonly claude: string;
  readonly deps: DoctorDeps;
}

async function machine(deps: Partial<DoctorDeps> = {}): Promise<Machine> {
  const base = await mkdtemp(join(tmpdir(), 'tracker-doctor-'));
  releases.push(() => rm(base, { recursive: true, force: true }));
  const [home, claude] = [join(base, 'home'), join(base, 'claude')];
  await mkdir(home, { mode: 0o700 });
  await mkdir(join(claude, 'projects', 'p'), { recursive: true });
  await writeFile(join(claude, 'projects', 'p', 's.jsonl'), '{}\n');
  await writeFile(join(claude, 'settings.json'), '{"cleanupPeriodDays": 3650}');
  const env = { HOME: base, TRACKER_HOME: home, CLAUDE_CONFIG_DIR: claude };
  return {
    home,
    claude,
    deps: { env, nodeVersion: '20.19.0', platform: 'linux', maxUserWatches: () => 8_192, ...deps },
  };
}

async function withRedis(box: Machine, settings: object = {}): Promise<string> {
  const redis = await startRedis(['--appendonly', 'yes']);
  releases.push(() => redis.stop());
  await writeFile(join(box.home, 'config.json'), JSON.stringify({ redis: { url: redis.url }, ...settings }));
  return redis.url;
}

const findings = (box: Machine): Promise<Finding[]> => doctor(loadConfig({ env: box.deps.env }), box.deps);
const bad = (all: readonly Finding[]): Finding[] => all.filter(({ level }) => level !== 'ok');

test('a machine in order has no finding but ok, and says what it looked at', async () => {
  const box = await machine();
  await withRedis(box);
  const all = await findings(box);
  expect(bad(all)).toEqual([]);
  expect(all.map(({ check }) => check)).toEqual([
    'node',
    'config',
    'home',
    'redis',
    'databases',
    'precision',
    'precision',
    'precision',
    'transcripts',
    'inotify',
    'retention',
  ]);
});

test('an old Node is an error', async () => {
  const all = await findings(await machine({ nodeVersion: '18.20.1' }));
  expect(all[0]).toEqual({
    check: 'node',
    level: 'error',
    text: 'Node 18.20.1 is too old',
    cure: 'install Node 20.19 or newer',
  });
});

test('a Redis that is not there is an error with its cure', async () => {
  const all = await findings(await machine());
  expect(bad(all)).toEqual([
    {
      check: 'redis',
      level: 'error',
      text: expect.stringContaining('does not answer'),
      cure: expect.stringContaining('up'),
    },
  ]);
});

test('keys in the wrong databases are found', async () => {
  const box = await machine();
  await withRedis(box);
  const redis = connect(loadConfig({ env: box.deps.env }), { name: 'test' });
  releases.push(async () => redis.disconnect());
  await redis.set('fact:1', 'x');
  await redis.select(0);
  await redis.set('{autobot-tracker:ledger}:t', 'x');
  expect(bad(await findings(box)).map(({ check, level, text }) => `${level} ${check}: ${text}`)).toEqual([
    'warning databases: database 10 holds keys that are not ours, such as fact:1',
    "error databases: database 0, which is AutoBot's, holds keys of ours: {autobot-tracker:ledger}:t",
  ]);
});

test('a state folder that others can open is an error', async () => {
  const box = await machine();
  await withRedis(box);
  await chmod(box.home, 0o755);
  expect(bad(await findings(box))).toEqual([
    {
      check: 'home',
      level: 'error',
      text: `${box.home} has mode 755, so others can look in`,
      cure: `chmod 700 ${box.home}`,
    },
  ]);
});

test('missing transcripts are an error, a link to them is not', async () => {
  const box = await machine();
  await withRedis(box);
  const other = join(box.home, 'link');
  await symlink(join(box.claude, 'projects'), other);
  await writeFile(join(box.home, 'config.json'), JSON.stringify({ transcripts: { roots: ['link'] } }));
  expect((await findings(box)).find(({ check }) => check === 'transcripts')).toMatchObject({ level: 'ok' });
  await writeFile(join(box.home, 'config.json'), JSON.stringify({ transcripts: { roots: ['none'] } }));
  expect((await findings(box)).find(({ check }) => check === 'transcripts')).toMatchObject({
    level: 'error',
    text: `there is none of ${join(box.home, 'none')}`,
  });
});

test.each([
  [4, 'error'],
  [5, 'warning'],
  [8, 'ok'],
])('with a limit of %i watches, 3 folders and a file is %s', async (limit, level) => {
  const box = await machine({ maxUserWatches: () => limit });
  await mkdir(join(box.claude, 'projects', 'q'));
  expect((await findings(box)).find(({ check }) => check === 'inotify')).toMatchObject({ level });
});

test.each([
  ['{}', 'warning', /after 30 days, its default/],
  ['{"cleanupPeriodDays": 7}', 'warning', /after 7 days/],
  ['{"cleanupPeriodDays": 365}', 'ok', /after 365 days/],
  ['{"cleanupPeriodDays": "x"}', 'warning', /no number/],
  ['{', 'warning', /is no JSON/],
])('settings %s of Claude Code are %s', async (settings, level, text) => {
  const box = await machine();
  await writeFile(join(box.claude, 'settings.json'), settings);
  const found = (await findings(box)).find(({ check }) => check === 'retention');
  expect(found).toMatchObject({ level, text: expect.stringMatching(text) });
  expect(found?.cure ?? 'cleanupPeriodDays').toContain('cleanupPeriodDays');
});

test('what this version does not act on is said', async () => {
  const box = await machine();
  await withRedis(box, { multiHost: true });
  expect(bad(await findings(box)).map(({ text }) => text)).toEqual([
    '`multiHost`: configured, but not supported by this version',
  ]);
});

test('a configuration with faults is reported as findings, and the exit code is 1', async () => {
  const box = await machine();
  await writeFile(join(box.home, 'config.json'), '{"logLevle": "info"}');
  const before = { ...process.env };
  const write = process.stdout.write.bind(process.stdout);
  const program = new Command();
  registerDoctor(program);
  let printed = '';
  try {
    Object.assign(process.env, box.deps.env);
    process.stdout.write = (text) => ((printed += String(text)), true);
    await program.parseAsync(['doctor', '--json'], { from: 'user' });
  } finally {
    process.stdout.write = write;
    process.env = before;
  }
  const exitCode = process.exitCode;
  process.exitCode = 0;
  expect(exitCode).toBe(1);
  expect(JSON.parse(printed).findings[1]).toEqual({
    check: 'config',
    level: 'error',
    text: 'logLevle: is not a known key',
    cure: 'did you mean "logLevel"? Correct it or take it out',
  });
});

describe('how well prose is read', () => {
  test.each([
    [{ offered: 19, dismissed: 9 }, 'ok', 'requests: too few to tell, 9 of 19 were dismissed as no tasks; it takes 20'],
    [
      { offered: 40, dismissed: 2 },
      'ok',
      'requests: 95 % were tasks (95 % interval 83 to 99), 2 of 40 were dismissed as no tasks',
    ],
    [
      { offered: 100, dismissed: 40 },
      'warning',
      'requests: 60 % were tasks (95 % interval 50 to 69), 40 of 100 were dismissed as no tasks',
    ],
  ])('%j', (counts, level, text) => {
    expect(findingOf({ source: 'request', ...counts })).toMatchObject({ check: 'precision', level, text });
  });
});
