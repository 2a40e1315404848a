/** `status`: processes, queues, lag, quarantined files, Redis and versions. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { contracts, type JobName } from '../../jobs/index.js';
import type { Config } from '../config.js';
import { loadConfig } from '../config.js';
import type { Quarantine } from '../domain/model.js';
import { ConfigError, UnavailableError } from '../errors.js';
import type { QueueDepth } from '../queue/enqueue.js';
import { createEnqueuer, queueSettings } from '../queue/enqueue.js';
import type { ServerFacts } from '../store/connection.js';
import { connect, connectionOptions, verifyServer } from '../store/connection.js';
import { openStore } from '../store/index.js';
import type { Lag, SystemStatus } from '../supervisor/index.js';
import { readTailReport, type TailReport } from '../tail-report.js';
import { boardAddress, layoutOf, mcpAddress, readLag, systemState, systemStatus } from '../supervisor/index.js';
import { demoHome } from './demo.js';
import { programName, runnable } from './program-name.js';
import { count, megabytes, shellPath, short, shortened } from './screen.js';

/** What Redis knows; null where it cannot be asked. */
interface Stored {
  readonly redis: ServerFacts;
  readonly queues: Readonly<Partial<Record<JobName, QueueDepth>>>;
  readonly lag: Lag;
  readonly quarantined: readonly Quarantine[];
  readonly unknownLines: Readonly<Record<string, number>>;
}

/** Where what runs can be reached; null where it does not. */
interface Addresses {
  readonly board: string | null;
  readonly mcp: string | null;
}

const MAX_FILES_SHOWN = 5;

export function registerStatus(program: Command): void {
  program
    .command('status')
    .description('How the system stands. Ends with 0 also when nothing runs: that is an answer, not a failure.')
    .option('--json', 'the same as one JSON object')
    .action(async ({ json = false }: { json?: boolean }) => {
      const config = loadConfig();
      const system = await systemStatus(config);
      const stored = await readStored(config);
      const layout = layoutOf(config.home);
      const at = system.isRunning
        ? { board: boardAddress(layout), mcp: mcpAddress(layout) }
        : { board: null, mcp: null };
      const tail = system.isRunning ? readTailReport(config.home) : null;
      process.stdout.write(json ? asJson(system, stored, at, config, tail) : asText(system, stored, at, config, tail));
    });
}

async function readStored(config: Config): Promise<Stored | { readonly failure: string }> {
  const probe = connect(config, { name: 'status' });
  try {
    const redis = await verifyServer(probe, config);
    const store = await openStore(config);
    const queues = createEnqueuer(queueSettings(config, connectionOptions(config, 'tracker')));
    try {
      const names = Object.keys(contracts) as JobName[];
      const depths = await Promise.all(names.map(async (name) => [name, await queues.queueDepth(name)] as const));
      return {
        redis,
        queues: Object.fromEntries(depths),
        lag: await readLag(store, config),
        quarantined: await store.files.quarantined(),
        unknownLines: await store.files.unknown(),
      };
    } finally {
      await Promise.all([store.close(), queues.close()]);
    }
  } catch (error) {
    if (error instanceof UnavailableError || error instanceof ConfigError) return { failure: error.message };
    throw error;
  } finally {
    probe.disconnect();
  }
}

function asJson(
  system: SystemStatus,
  stored: Stored | { readonly failure: string },
  at: Addresses,
  config: Config,
  tail: TailReport | null,
): string {
  const { isRunning, runtime, processes, versions, notYet } = system;
  const known = 'failure' in stored ? null : stored;
  const status = {
    running: isRunning,
    started_at: runtime === null ? null : new Date(runtime.startedAt).toISOString(),
    owner_pid: runtime?.owner?.pid ?? null,
    home: config.home,
    dashboard: at.board,
    mcp_http: at.mcp,
    processes: processes.map((app) => ({
      name: app.name,
      pid: app.pid,
      status: app.status,
      uptime_s: app.pid === null ? 0 : Math.round((Date.now() - app.startedAt) / 1_000),
      restarts: app.restarts,
      rss_bytes: app.rssBytes,
      cpu_percent: app.cpuPercent,
    })),
    queues: known?.queues ?? null,
    lag:
      known === null
        ? null
        : {
            files: known.lag.files,
            bytes: known.lag.bytes,
            bytes_behind: known.lag.bytesBehind,
            files_outside: known.lag.filesOutside,
            behind: known.lag.behind.map(({ path, bytesBehind }) => ({ path, bytes_behind: bytesBehind })),
          },
    logs: logsAsJson(config, tail),
    quarantined: known?.quarantined ?? null,
    unknown_lines: known?.unknownLines ?? null,
    redis: 'failure' in stored ? { reachable: false, why: stored.failure } : { reachable: true, ...stored.redis },
    versions,
    not_yet: notYet,
  };
  return `${JSON.stringify(status, null, 2)}\n`;
}

function asText(
  system: SystemStatus,
  stored: Stored | { readonly failure: string },
  { board, mcp }: Addresses,
  config: Config,
  tail: TailReport | null,
): string {
  // Nobody expects the private Redis to answer when nothing runs.
  const isSilent = !system.isRunning && config.redis.url === 'embedded';
  return [
    headline(system),
    `State folder ${short(config.home)}${board === null ? '' : `, dashboard ${board}`}`,
    ...(mcp === null ? [] : [`MCP over HTTP ${mcp}, token in ${short(join(config.home, 'mcp-token'))}`]),
    ...(system.isRunning ? [] : demoLines(config)),
    ...processLines(system),
    ...('failure' in stored ? (isSilent ? [] : ['', shortened(runnable(stored.failure))]) : storedLines(stored)),
    ...(system.isRunning ? logLines(config, tail) : []),
    ...(system.notYet.length === 0 ? [] : ['', ...system.notYet]),
    '',
  ].join('\n');
}

function headline({ isRunning, runtime, versions, hasOwner }: SystemStatus): string {
  if (!isRunning)
    return `Not running (version ${versions.program}). Start it with \`npm start\` or \`${programName()} up --detach\`.`;
  if (runtime === null)
    return `PM2 runs for this home, but no start was finished. Run \`${programName()} up --detach\` to set it right.`;
  const since = `since ${new Date(runtime.startedAt).toISOString()}`;
  const other =
    versions.running === versions.program
      ? ''
      : `, but this program is ${versions.program}: run \`${programName()} up\``;
  const alone =
    hasOwner === false ? ` The command that started it was killed; \`${programName()} down\` stops the rest.` : '';
  return `Running ${since}, version ${versions.running ?? 'unknown'}${other}.${alone}`;
}

/** Whoever has started the samples and asks here would take them for lost. */
function demoLines({ home }: Config): readonly string[] {
  const demo = demoHome();
  if (demo === home || systemState(layoutOf(demo)) !== 'running') return [];
  return [`The samples run in ${short(demo)}: export TRACKER_HOME=${shellPath(demo)}`];
}

function processLines({ processes }: SystemStatus): readonly string[] {
  if (processes.length === 0) return [];
  const header = ['process', 'pid', 'state', 'up', 'restarts', 'RSS', 'CPU'];
  const rows = processes.map((app) => [
    app.name,
    String(app.pid ?? '-'),
    app.status,
    app.pid === null ? '-' : span(Date.now() - app.startedAt),
    String(app.restarts),
    megabytes(app.rssBytes),
    `${app.cpuPercent.toFixed(1)} %`,
  ]);
  return ['', ...table([header, ...rows])];
}

function storedLines({ redis, queues, lag, quarantined, unknownLines }: Stored): readonly string[] {
  const header = ['queue', 'waiting', 'active', 'delayed', 'failed'];
  const depths = Object.entries(queues).map(([name, depth]) => [
    name,
    ...[depth.waiting, depth.active, depth.delayed, depth.failed].map(String),
  ]);
  const unknown = Object.entries(unknownLines).map(([what, number]) => `${what} ${number}`);
  return [
    '',
    ...table([header, ...depths]),
    '',
    `Read ${megabytes(lag.bytesRead)} of ${megabytes(lag.bytes)} in ${count(lag.files, 'session file')}` +
      (lag.filesOutside === 0 ? '' : ` and ${count(lag.filesOutside, 'file')} outside the followed folders`) +
      (lag.bytesBehind === 0 ? '.' : `; ${lag.bytesBehind.toLocaleString('en')} bytes behind:`),
    ...some(lag.behind.map(({ path, bytesBehind }) => `  ${bytesBehind.toLocaleString('en')} bytes  ${short(path)}`)),
    ...(quarantined.length === 0 ? [] : [`${count(quarantined.length, 'file')} given up until it changes:`]),
    ...some(quarantined.map(({ path, reason, attempts }) => `  ${short(path)}: ${reason} (${attempts} attempts)`)),
    `Lines that no reader knows: ${unknown.length === 0 ? 'none' : unknown.join(', ')}`,
    `${redis.product} ${redis.version}, ${redis.mode}, ${megabytes(redis.usedMemoryBytes)}, ` +
      `${redis.maxmemoryPolicy}, append-only file ${redis.aof ? 'on' : 'off'}`,
  ];
}

/** Null where no logs are configured, or found. */
function logsAsJson({ logs }: Config, tail: TailReport | null): object | null {
  if (logs.length === 0) return null;
  return {
    configured: logs.length,
    followed: tail?.logs ?? null,
    bytes_behind: tail?.bytesBehind ?? null,
    behind: tail?.behind.map(({ path, bytesBehind }) => ({ path, bytes_behind: bytesBehind })) ?? [],
    problems: tail?.problems.map(({ at, ...problem }) => ({ ...problem, at: new Date(at).toISOString() })) ?? [],
  };
}

function logLines({ logs }: Config, tail: TailReport | null): readonly string[] {
  if (logs.length === 0) return [];
  if (tail === null)
    return ['', `${count(logs.length, 'log')} configured, but the process that follows them does not answer.`];
  const behind = tail.behind.map(
    ({ path, bytesBehind }) => `  ${bytesBehind.toLocaleString('en')} bytes  ${short(path)}`,
  );
  const problems = tail.problems.map(
    ({ path, code, detail }) => `  ${short(path)}: ${code}${detail === null ? '' : ` (${detail})`}`,
  );
  return [
    '',
    `Follows ${count(tail.logs, 'log')}` +
      (tail.bytesBehind === 0 ? '.' : `; ${tail.bytesBehind.toLocaleString('en')} bytes behind:`),
    ...some(behind),
    ...(problems.length === 0 ? [] : [`Problems with logs:`]),
    ...some(problems),
  ];
}

function some(lines: readonly string[]): readonly string[] {
  if (lines.length <= MAX_FILES_SHOWN) return lines;
  return [...lines.slice(0, MAX_FILES_SHOWN), `  and ${lines.length - MAX_FILES_SHOWN} more (--json lists all)`];
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
}

function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.floor(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3_600)} h` : `${Math.floor(seconds / 86_400)} d`;
}
