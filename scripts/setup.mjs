#!/usr/bin/env node
/**
 * From a fresh clone to something that runs: dependencies, a Redis binary, the build. Each step is skipped when it is
 * done already, so that a second start takes no time. Uses nothing but Node; says what it does on stderr, in plain lines.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findRedisServer } from './redis-server.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const MIN_NODE = [20, 19];
const DEPENDENCY_STAMP = join(root, 'node_modules', '.tracker-lock');
const BUILD_STAMP = join(root, 'dist', '.tracker-build');
const BUILT_FROM = [
  'src',
  'jobs',
  'workers',
  'bench',
  'scripts/bundle.mjs',
  'tsconfig.json',
  'tsconfig.build.json',
  'package.json',
];

/** What went wrong, in words for a person; the caller prints it and ends with 1. */
class SetupError extends Error {}

const say = (text) => process.stderr.write(`${text}\n`);
const sha256 = (data) => createHash('sha256').update(data).digest('hex');
const readIfThere = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null);

/**
 * @param {{ redis: boolean }} needs `redis`: whether a Redis binary is needed here (not with a server elsewhere)
 */
export function setUp(needs) {
  checkNode();
  installDependencies();
  if (needs.redis) provideRedis();
  build();
}

/** Runs `setUp` for a command: a failure is one clear text and exit code 1, without a stack. */
export function setUpOrExit(needs) {
  try {
    setUp(needs);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`\nSet-up stopped: ${error.message}`);
    process.exit(1);
  }
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1])) return;
  throw new SetupError(
    `Node ${MIN_NODE.join('.')} or newer is needed, this is ${process.versions.node} (${process.execPath}).\n` +
      'Get a current one from https://nodejs.org or with your version manager, such as `nvm install 22`.',
  );
}

function installDependencies() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  const wanted = sha256(lock);
  if (readIfThere(DEPENDENCY_STAMP)?.trim() === wanted) return;
  if (!installedMatches(JSON.parse(lock.toString()))) {
    say('Installing dependencies (npm ci) …');
    // Set-up needs the compiler also where NODE_ENV is production.
    runNpm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  }
  writeFileSync(DEPENDENCY_STAMP, `${wanted}\n`);
}

/** Whether somebody has run npm already: npm's own record of node_modules lists the same versions as the lock. */
function installedMatches(lock) {
  const record = readIfThere(join(root, 'node_modules', '.package-lock.json'));
  if (record === null) return false;
  const installed = JSON.parse(record).packages;
  return Object.entries(lock.packages).every(
    ([path, wanted]) => path === '' || wanted.optional === true || installed[path]?.version === wanted.version,
  );
}

function runNpm(args) {
  const script = process.env.npm_execpath;
  const [command, ...before] = script?.endsWith('.js') ? [process.execPath, script] : ['npm'];
  run(command, [...before, ...args], `\`npm ${args[0]}\` failed; its own words stand above.`);
}

function provideRedis() {
  if (findRedisServer() !== null) return;
  const install = installer();
  if (install === null) {
    throw new SetupError(
      'no redis-server and no valkey-server was found, and no package manager that we know.\n' +
        'Install Redis 6.2 or newer (https://redis.io/docs/latest/operate/oss_and_stack/install/), or set REDIS_URL.',
    );
  }
  const shown = install.steps.map((step) => [...install.prefixShown, ...step].join(' ')).join(' && ');
  if (install.prefix === null) {
    throw new SetupError(
      `a Redis binary is needed and installing it needs root. Please run:\n\n    ${shown}\n\n` +
        'and start again; or set REDIS_URL to a Redis that you have.',
    );
  }
  say(`Installing Redis: ${shown}`);
  for (const step of install.steps) {
    const [command, ...args] = [...install.prefix, ...step];
    // RUNLEVEL=1 keeps Debian's package from starting a system-wide service: we run a private one.
    run(command, args, `\`${step.join(' ')}\` failed; install Redis by hand, or set REDIS_URL.`, {
      DEBIAN_FRONTEND: 'noninteractive',
      RUNLEVEL: '1',
      HOMEBREW_NO_AUTO_UPDATE: '1',
    });
  }
  if (findRedisServer() === null) throw new SetupError(`\`${shown}\` went well, yet there is no redis-server.`);
}

/** How Redis is installed here. `prefix`: what to put before each step, null where we may not do it ourselves. */
function installer() {
  const isRoot = process.getuid?.() === 0;
  const asRoot = isRoot ? [] : works('sudo', ['-n', 'true']) ? ['sudo', '-n'] : null;
  const prefixShown = isRoot ? [] : ['sudo'];
  if (works('apt-get', ['--version'])) {
    const packages = ['apt-get', 'install', '-y', '--no-install-recommends', 'redis-server'];
    return { prefix: asRoot, prefixShown, steps: [['apt-get', 'update'], packages] };
  }
  for (const name of ['redis', 'valkey']) {
    if (works('dnf', ['-q', 'info', name])) {
      return { prefix: asRoot, prefixShown, steps: [['dnf', 'install', '-y', name]] };
    }
  }
  if (works('apk', ['--version'])) return { prefix: asRoot, prefixShown, steps: [['apk', 'add', 'redis']] };
  // Homebrew refuses root and needs none.
  if (works('brew', ['--version'])) {
    return { prefix: isRoot ? null : [], prefixShown: [], steps: [['brew', 'install', 'redis']] };
  }
  return null;
}

function works(command, args) {
  return spawnSync(command, args, { stdio: 'ignore', timeout: 60_000 }).status === 0;
}

function build() {
  const wanted = fingerprint();
  if (readIfThere(BUILD_STAMP)?.trim() === wanted) return;
  say('Building …');
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  run(process.execPath, [compiler, '-p', 'tsconfig.build.json'], 'the build failed; the compiler says why above.');
  run(
    process.execPath,
    [join('scripts', 'bundle.mjs')],
    'the MCP server could not be bundled; the reason stands above.',
  );
  mkdirSync(dirname(BUILD_STAMP), { recursive: true });
  writeFileSync(BUILD_STAMP, `${wanted}\n`);
}

/** Changes when a source is added, removed or written. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const name of BUILT_FROM) {
    const path = join(root, name);
    if (!existsSync(path)) continue;
    const entries = statSync(path).isDirectory() ? readdirSync(path, { recursive: true }).sort() : [''];
    for (const entry of entries) {
      const { size, mtimeMs } = statSync(join(path, entry));
      if (entry === '' || entry.endsWith('.ts')) hash.update(`${name}/${entry} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

function run(command, args, failure, env = {}) {
  // stdout of what we run goes to stderr: ours belongs to the command that follows.
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 2, 2],
  });
  if (error !== undefined) throw new SetupError(`${command}: ${error.message}`);
  if (status !== 0) throw new SetupError(failure);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  setUpOrExit({ redis: true });
}
