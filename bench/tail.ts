/**
 * `npm run bench -- tail`: a log from the disk into the ledger by one follower, beside rsyslog's imfile where that is
 * installed; then from an append to `get_error_correlations` over stdio; then processor time over many logs that rest.
 */
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readTailReport } from '../src/tail-report.js';
import { connectClient, type ToolClient } from './support/client.js';
import { ERRORS, logLine, writeLog } from './support/log-lines.js';
import { latencies, median, round } from './support/numbers.js';
import { bytesOf, print, readOptions, say } from './support/options.js';
import { cpuS, peakRssMib, rssMib } from './support/proc.js';
import { runRsyslog, type RsyslogRun } from './support/rsyslog.js';
import { until, withFolder, withSystem, type System } from './support/system.js';

const options = readOptions({
  ...{ bytes: '1GB', errors: '0.02', rounds: '3', appends: '100', pause: '200', files: '10000', idle: '20' },
  ...{ peer: 'yes', profile: '' },
});
const WANTED = { MBperS: 109, rssMib: 120, p95Ms: 500, missed: 0, idlePercentOfOneCore: 5 };
const MISSED_AFTER_MS = 15_000;

interface Run {
  readonly tookS: number;
  readonly tailCpuS: number;
  readonly ingestCpuS: number;
  readonly rssMib: number;
  readonly counted: number;
}

await withFolder(async (folder) => {
  const log = join(folder, 'backend.log');
  const bytes = bytesOf(options.bytes);
  say(`writing a log of ${options.bytes} …`);
  const written = writeLog(log, bytes, Number(options.errors));
  const runs: Run[] = [];
  const peers: RsyslogRun[] = [];
  for (let turn = 1; turn <= Number(options.rounds); turn++) {
    const run = await fromDisk(folder, log, written.lines * 111);
    runs.push(run);
    say(`round ${turn}: ${round(bytes / 1e6 / run.tookS)} MB/s, ${run.counted} of ${written.errors} errors counted`);
    const peer = options.peer === 'yes' ? await withFolder((own) => runRsyslog(log, own)) : null;
    if (peer !== null) {
      peers.push(peer);
      say(`round ${turn}: rsyslog ${round(bytes / 1e6 / peer.tookS)} MB/s`);
    }
  }
  say('appending …');
  const live = await withLogs(folder, [{ path: join(folder, 'live.log') }], (system) => measureAppends(folder, system));
  say(`${options.files} logs at rest …`);
  const resting = await rest(folder);
  const speed = (took: readonly number[]): number => round(bytes / 1e6 / median(took));
  const worst = (values: readonly number[]): number => round(Math.max(...values));
  print('tail', options, {
    lines: written.lines,
    errors: written.errors,
    counted: runs.map(({ counted }) => counted),
    ours: {
      MBperS: speed(runs.map(({ tookS }) => tookS)),
      tookS: runs.map(({ tookS }) => round(tookS, 2)),
      tailCpuS: worst(runs.map((run) => run.tailCpuS)),
      ingestCpuS: worst(runs.map((run) => run.ingestCpuS)),
      tailRssMib: worst(runs.map((run) => run.rssMib)),
    },
    rsyslog:
      peers.length === 0
        ? null
        : {
            MBperS: speed(peers.map(({ tookS }) => tookS)),
            tookS: peers.map(({ tookS }) => round(tookS, 2)),
            cpuS: worst(peers.map((peer) => peer.cpuS)),
            rssMib: worst(peers.map((peer) => peer.rssMib)),
          },
    live,
    resting,
    wanted: WANTED,
  });
});

type Log = Readonly<Record<string, unknown>>;

/** A system that is configured to follow `logs`, with an ingest worker and nothing else. */
function withLogs<T>(claude: string, logs: readonly Log[], use: (system: System) => Promise<T>): Promise<T> {
  return withSystem(claude, async (system) => {
    await writeFile(join(system.config.home, 'config.json'), JSON.stringify({ logs }));
    return use(system);
  });
}

/** From the start of the process to the moment at which the ledger has counted the last byte. */
function fromDisk(claude: string, log: string, size: number): Promise<Run> {
  return withLogs(claude, [{ path: log }], async (system) => {
    const ingest = await system.worker('ingest');
    const before = cpuS(ingest.pid ?? 0);
    const startedAt = performance.now();
    const tail = await system.worker(
      'tail',
      options.profile === '' ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profile}`],
    );
    const pid = tail.pid ?? 0;
    const isCounted = async (): Promise<boolean> => {
      const [memory] = await system.store.recallLog(hostname(), log);
      return memory !== undefined && memory.watermark >= size;
    };
    await until('all is counted', isCounted, 20, 600_000);
    const tookS = (performance.now() - startedAt) / 1_000;
    const query = { limit: 100, asked: '', now: Date.now(), mostTasks: 1 };
    const { patterns } = await system.store.errors.patterns(query);
    return {
      tookS,
      tailCpuS: cpuS(pid),
      ingestCpuS: cpuS(ingest.pid ?? 0) - before,
      rssMib: peakRssMib(pid),
      counted: patterns.reduce((sum, { count }) => sum + count, 0),
    };
  });
}

async function measureAppends(folder: string, system: System): Promise<object> {
  const log = join(folder, 'live.log');
  await writeFile(log, `${logLine(Date.now(), 'INFO', 'started ')}\n`);
  await system.worker('ingest');
  await system.worker('correlate');
  const tail = await system.worker('tail');
  const client = await connectClient(system.env);
  const tookMs: number[] = [];
  let missed = 0;
  try {
    for (let index = 0; index < Number(options.appends); index += 1) {
      const took = await append(client, log, index);
      if (took === null) missed += 1;
      else tookMs.push(took);
      await sleep(Math.random() * 2 * Number(options.pause));
    }
  } finally {
    await client.close();
  }
  return {
    appends: Number(options.appends),
    appendToVisibleMs: latencies(tookMs),
    missed,
    tailRssMib: round(rssMib(tail.pid ?? 0)),
  };
}

/** @returns milliseconds until the count of this error has grown; null if it does not */
async function append(client: ToolClient, log: string, index: number): Promise<number | null> {
  const message = ERRORS[index % ERRORS.length] ?? '';
  const query = message.split('#')[0]?.trim() ?? '';
  const wanted = Math.floor(index / ERRORS.length) + 1;
  await appendFile(log, `${logLine(Date.now(), 'ERROR', `${message.replace('#', String(index))} `)}\n`);
  const startedAt = performance.now();
  while (performance.now() - startedAt < MISSED_AFTER_MS) {
    const { patterns } = await client.errors({ query, limit: 1 });
    if ((patterns[0]?.count ?? 0) >= wanted) return performance.now() - startedAt;
    await sleep(2);
  }
  return null;
}

/** Many logs that nobody writes to: what it costs to have them in view. */
async function rest(folder: string): Promise<object> {
  const many = join(folder, 'many');
  const count = Number(options.files);
  const perFolder = 100;
  for (let at = 0; at < count; at += perFolder) {
    const own = join(many, String(at / perFolder));
    await mkdir(own, { recursive: true });
    const text = `${logLine(Date.now(), 'INFO', 'started ')}\n${logLine(Date.now(), 'ERROR', 'went wrong once ')}\n`;
    await Promise.all(
      Array.from({ length: Math.min(perFolder, count - at) }, (_, index) =>
        writeFile(
          join(own, `service-${at + index}.log`),
          `${logLine(Date.now(), 'INFO', `service ${at + index} `)}\n${text}`,
        ),
      ),
    );
  }
  return withLogs(folder, [{ path: join(many, '**', '*.log') }], async (system) => {
    await system.worker('ingest');
    const startedAt = performance.now();
    const tail = await system.worker('tail');
    const pid = tail.pid ?? 0;
    const isRead = (): Promise<boolean> => {
      const report = readTailReport(system.config.home);
      return Promise.resolve(report !== null && report.logs >= count && report.bytesBehind === 0);
    };
    await until('all logs are read', isRead, 200, 300_000);
    const readS = (performance.now() - startedAt) / 1_000;
    await sleep(15_000);
    const [before, from] = [cpuS(pid), performance.now()];
    await sleep(Number(options.idle) * 1_000);
    const percentOfOneCore = round((100_000 * (cpuS(pid) - before)) / (performance.now() - from), 2);
    return { files: count, readS: round(readS), percentOfOneCore, tailRssMib: round(rssMib(pid)) };
  });
}
