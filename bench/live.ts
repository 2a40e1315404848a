/**
 * `npm run bench -- live`: the whole system as `up --detach` starts it, over 200 sessions that grow.
 * From the end of an append to the moment at which its task is on the first page of `get_unfinished_tasks`, asked for
 * again and again over stdio; then processor time and memory of all processes while nothing happens.
 */
import { execFile } from 'node:child_process';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { loadConfig, packageFolder } from '../src/config.js';
import { configureLogger } from '../src/logger.js';
import { createEnqueuer, queueSettings, type Enqueuer } from '../src/queue/enqueue.js';
import { connectionOptions } from '../src/store/connection.js';
import { layoutOf } from '../src/supervisor/layout.js';
import { readRuntime } from '../src/supervisor/runtime.js';
import { connectClient, type ToolClient } from './support/client.js';
import { latencies, round } from './support/numbers.js';
import { print, readOptions, say } from './support/options.js';
import { cpuS, processesWith, rssMib } from './support/proc.js';
import { until, withFolder } from './support/system.js';
import { generateTree } from './support/tree.js';

const options = readOptions({ files: '200', pairs: '100', backfill: '400MB', idle: '60', pause: '50', seed: '7' });
const WANTED = { p95Ms: 300, missed: 0, idlePercentOfOneCore: 1 };
/** After that long an append counts as missed; the sweep for recently grown files comes every 30 s. */
const MISSED_AFTER_MS = 15_000;
let appends = 0;

configureLogger({ level: 'error', name: 'bench' });
await withFolder(async (folder) => {
  const claude = join(folder, 'claude');
  const projects = join(claude, 'projects', 'bench');
  await mkdir(projects, { recursive: true });
  const env: NodeJS.ProcessEnv = { ...process.env, TRACKER_HOME: join(folder, 'home'), CLAUDE_CONFIG_DIR: claude };
  delete env['REDIS_URL'];
  const sessions = await Promise.all(
    Array.from({ length: Number(options.files) }, (_, index) => createSession(projects, index)),
  );
  await cli(env, 'up', '--detach');
  try {
    const config = loadConfig({ env });
    const queues = createEnqueuer(queueSettings(config, connectionOptions(config)), { deadlineMs: 30_000 });
    const client = await connectClient(env);
    try {
      await until('all sessions are known', async () => isRead(client, sessions), 50, 120_000);
      await quiet(queues);
      say('appending while nothing else happens …');
      const idle = await measure(client, sessions, () => Promise.resolve(true));
      say(`writing a tree of ${options.backfill} and appending while it is read …`);
      const backfill = await duringBackfill(folder, client, queues, sessions);
      await quiet(queues);
      await client.close();
      say(`doing nothing for ${options.idle} s …`);
      const resting = await rest(env);
      print('live', options, { idle, backfill, resting, wanted: WANTED });
    } finally {
      await client.close();
      await queues.close();
    }
  } finally {
    await cli(env, 'down');
  }
});

interface Session {
  readonly id: string;
  readonly path: string;
  readonly titles: string[];
  line: number;
}

async function createSession(folder: string, index: number): Promise<Session> {
  const id = `bbbbbbbb-0000-4000-8000-${String(index).padStart(12, '0')}`;
  const session: Session = { id, path: join(folder, `${id}.jsonl`), titles: [`Start session ${index}`], line: 0 };
  await writeFile(session.path, linesOf(session));
  return session;
}

/** The list as Claude writes it again each time it changes, and the answer of the tool. */
function linesOf(session: Session): string {
  const todos = session.titles.map((content) => ({ content, status: 'pending', activeForm: content }));
  const id = `toolu_${session.id.slice(-6)}${session.line}`;
  const message = (role: string, block: object): string => {
    session.line += 1;
    const uuid = `${session.id.slice(0, 19)}${session.id.slice(-4)}-${String(session.line).padStart(12, '0')}`;
    const common = { sessionId: session.id, cwd: '/work/bench', version: '2.0.9', uuid, parentUuid: null };
    const timestamp = new Date().toISOString();
    return `${JSON.stringify({ ...common, type: role, timestamp, message: { role, content: [block] } })}\n`;
  };
  return (
    message('assistant', { type: 'tool_use', id, name: 'TodoWrite', input: { todos } }) +
    message('user', { type: 'tool_result', tool_use_id: id, content: 'Todos have been modified successfully.' })
  );
}

async function isRead(client: ToolClient, sessions: readonly Session[]): Promise<boolean> {
  return (await client.unfinished({ limit: 1 })).total >= sessions.length;
}

interface Seen {
  readonly pairs: number;
  readonly firstMs: ReturnType<typeof latencies>;
  readonly secondMs: ReturnType<typeof latencies>;
  readonly allMs: ReturnType<typeof latencies>;
  readonly missed: number;
}

/** Pairs of appends 1 to 50 ms apart, each pair to a file of its own choice, as long as `goOn` says. */
async function measure(client: ToolClient, sessions: readonly Session[], goOn: () => Promise<boolean>): Promise<Seen> {
  const [first, second]: [number[], number[]] = [[], []];
  let missed = 0;
  let pairs = 0;
  for (; pairs < Number(options.pairs) && (await goOn()); pairs++) {
    const session = sessions[Math.floor(Math.random() * sessions.length)];
    if (session === undefined) throw new Error('there is no session');
    const looks = [1, 2].map(async (nth) => {
      if (nth === 2) await sleep(1 + Math.random() * 49);
      const tookMs = await append(client, session);
      if (tookMs === null) missed += 1;
      else (nth === 1 ? first : second).push(tookMs);
    });
    await Promise.all(looks);
    await sleep(Math.random() * 2 * Number(options.pause));
  }
  const all = [...first, ...second];
  return { pairs, firstMs: latencies(first), secondMs: latencies(second), allMs: latencies(all), missed };
}

/** @returns milliseconds until the new task is seen; null if it is not */
async function append(client: ToolClient, session: Session): Promise<number | null> {
  const word = `unique${(appends += 1)}x`;
  session.titles.push(`Append ${word}`);
  await appendFile(session.path, linesOf(session));
  const startedAt = performance.now();
  while (performance.now() - startedAt < MISSED_AFTER_MS) {
    const { tasks } = await client.unfinished({ session_id: session.id, query: word, limit: 1 });
    if (tasks.length > 0) return performance.now() - startedAt;
    await sleep(2);
  }
  return null;
}

/** The tree lies outside of the roots, so that it comes as `ingest PATH` would bring it. */
async function duringBackfill(
  folder: string,
  client: ToolClient,
  queues: Enqueuer,
  sessions: readonly Session[],
): Promise<Seen & { stillReading: boolean }> {
  const tree = join(folder, 'tree');
  const files = await generateTree(tree, { bytes: options.backfill, sessions: '300', seed: options.seed });
  for (const { path } of files)
    await queues.enqueue('ingest', { kind: 'transcript', host: hostname(), path, urgency: 'backfill' });
  const reading = async (): Promise<boolean> => (await queues.queueDepth('ingest')).waiting > 0;
  const seen = await measure(client, sessions, reading);
  return { ...seen, stillReading: await reading() };
}

async function quiet(queues: Enqueuer): Promise<void> {
  const isQuiet = async (): Promise<boolean> => {
    const { waiting, active } = await queues.queueDepth('ingest');
    return waiting + active === 0;
  };
  await until('the queue is empty', isQuiet, 100, 600_000);
  await sleep(5_000);
}

/** Processor time of every process of the system, as a share of one core, while nothing happens. */
async function rest(env: NodeJS.ProcessEnv): Promise<object> {
  const home = env['TRACKER_HOME'] ?? '';
  // The environment of Redis cannot be read: it writes its title there.
  const pids = Object.entries(readRuntime(layoutOf(home).runtime)?.pids ?? {}).flatMap(([name, all]) =>
    all.map((pid) => ({ pid, command: name })),
  );
  const known = new Map(processesWith(`TRACKER_HOME=${home}`).map((one) => [one.pid, one]));
  for (const one of pids) known.set(one.pid, one);
  const before = new Map([...known.keys()].map((pid) => [pid, cpuS(pid)]));
  const startedAt = performance.now();
  await sleep(Number(options.idle) * 1_000);
  const tookS = (performance.now() - startedAt) / 1_000;
  const processes = [...known.values()].map(({ pid, command }) => ({
    command: command.split(' ').slice(0, 4).join(' '),
    rssMib: round(rssMib(pid)),
    percentOfOneCore: round((100 * (cpuS(pid) - (before.get(pid) ?? 0))) / tookS, 2),
  }));
  const sum = (pick: (one: (typeof processes)[number]) => number): number =>
    round(
      processes.reduce((total, one) => total + pick(one), 0),
      2,
    );
  return {
    processes,
    totalPercentOfOneCore: sum((one) => one.percentOfOneCore),
    totalRssMib: sum((one) => one.rssMib),
  };
}

async function cli(env: NodeJS.ProcessEnv, ...args: string[]): Promise<void> {
  const program = join(packageFolder(), 'dist', 'src', 'cli', 'main.js');
  await promisify(execFile)(process.execPath, [program, ...args], { env });
}
