/**
 * The one list of processes. `mcp-autobot-tracker up` starts them; by hand `pm2 start ecosystem.config.js` does, with
 * PM2_HOME set to TRACKER_HOME/pm2, so that nobody's own PM2 apps are touched. The order is that of starting.
 */
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfig } from './dist/src/config.js';
import { findRedisServer } from './scripts/redis-server.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const config = loadConfig();
const pm2Home = join(config.home, 'pm2');

// A short link to it counts too: `up` makes one where the path is too long for sockets.
const given = process.env.PM2_HOME ?? '';
if (given === '' || !existsSync(given) || realpathSync(given) !== realpathSync(pm2Home)) {
  throw new Error(
    `PM2_HOME must be ${pm2Home}, so that these processes stay apart from others under PM2. ` +
      'Use `mcp-autobot-tracker up`, or run `up` once and then pm2 with that variable.',
  );
}

/** What all have in common. Nothing is reported anywhere, and what crashes comes back after 0.1 to 15 s. */
const common = (name) => ({
  name: `tracker-${name}`,
  cwd: root,
  exec_mode: 'fork',
  pmx: false,
  vizion: false,
  automation: false,
  autorestart: true,
  exp_backoff_restart_delay: 100,
  kill_timeout: 8_000,
  merge_logs: true,
  out_file: join(config.home, 'logs', `${name}.log`),
  error_file: join(config.home, 'logs', `${name}.log`),
});

/**
 * `heapMb` bounds the old generation: a leak ends in a restart, not in a full machine. `youngMb` bounds each half of the
 * young one: measured, 1 instead of Node's 16 saves 10 to 25 MB of RSS in a process that mostly waits, and costs `ingest`
 * 15 % of its speed.
 */
const worker = (name, { instances = 1, heapMb = 128, youngMb = 1 } = {}) => ({
  ...common(name),
  script: join(root, 'dist', 'workers', 'main.js'),
  args: [name],
  instances,
  wait_ready: true,
  listen_timeout: 10_000,
  node_args: [`--max-old-space-size=${heapMb}`, `--max-semi-space-size=${youngMb}`],
  env: { PROCESS_TITLE: `tracker-${name}` },
});

/** No worker: it asks and reads, as the server on stdio does. */
const mcpHttp = () => ({
  ...worker('mcp-http', { heapMb: 192 }),
  script: join(root, 'dist', 'src', 'mcp', 'http-main.js'),
  args: [],
});

const redis = () => {
  const script = findRedisServer();
  if (script === null)
    throw new Error('There is no redis-server on this machine: run `npm start` once, it installs one.');
  return { ...common('redis'), script, interpreter: 'none', args: [join(config.home, 'redis.conf')] };
};

export const apps = [
  ...(config.redis.url === 'embedded' ? [redis()] : []),
  worker('ingest', { instances: config.queues.ingest.instances, heapMb: 256, youngMb: 16 }),
  worker('correlate'),
  worker('insight'),
  worker('health-check'),
  ...(config.dashboard.enabled ? [worker('board')] : []),
  ...(config.mcp.http.enabled ? [mcpHttp()] : []),
  worker('watch', { heapMb: 192 }),
  ...(config.logs.length > 0 ? [worker('tail', { heapMb: 112, youngMb: 4 })] : []),
];
