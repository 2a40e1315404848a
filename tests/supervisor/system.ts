/** The built program in a home of the test's own, as a user runs it. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode } from '../../src/errors.js';

const program = join(process.cwd(), 'dist', 'src', 'cli', 'main.js');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  /** Resolves once stdout contains `text`; fails after 20 s, or when the program ends before. */
  shows(text: string): Promise<void>;
  readonly ended: Promise<Ended>;
}

export interface System {
  readonly home: string;
  /** The folder with transcripts, `<claude>/projects`. */
  readonly projects: string;
  start(args: readonly string[], env?: NodeJS.ProcessEnv): Running;
  run(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended>;
}

/** Runs `work` with a home (below `deep`, if given), and leaves nothing of it running. */
export async function withSystem(work: (system: System) => Promise<void>, deep = ''): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tracker-system-'));
  const home = join(folder, deep, 'home');
  const projects = join(folder, 'claude', 'projects');
  await mkdir(join(projects, 'p'), { recursive: true });
  await writeFile(join(projects, 'p', 'session.jsonl'), '');
  const base = { TRACKER_HOME: home, CLAUDE_CONFIG_DIR: join(folder, 'claude'), NODE_OPTIONS: '' };
  const start: System['start'] = (args, env = {}) => launch(args, { ...process.env, ...base, ...env });
  const system: System = { home, projects, start, run: (args, env) => start(args, env).ended };
  try {
    await work(system);
  } finally {
    // Most commands start nothing, and then there is no such folder.
    if (existsSync(join(home, 'pm2'))) await system.run(['down']);
    await rm(folder, { recursive: true, force: true });
  }
}

function launch(args: readonly string[], env: NodeJS.ProcessEnv): Running {
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  let isOver = false;
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => {
      isOver = true;
      resolve({ code, stdout, stderr });
    });
  });
  const shows = async (text: string): Promise<void> => {
    const giveUpAt = Date.now() + 20_000;
    while (!stdout.includes(text)) {
      if (isOver || Date.now() > giveUpAt) throw new Error(`${text} was not shown, but:\n${stdout}\n${stderr}`);
      await sleep(20);
    }
  };
  return { child, shows, ended };
}

/** Command lines of the processes whose environment names this home. Linux only; elsewhere there are none to see. */
export async function survivors(home: string): Promise<readonly string[]> {
  if (process.platform !== 'linux') return [];
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const environ = await readIfOurs(`/proc/${pid}/environ`);
    if (!environ.split('\0').includes(`TRACKER_HOME=${home}`)) continue;
    found.push(`${pid} ${(await readIfOurs(`/proc/${pid}/cmdline`)).replaceAll('\0', ' ').trim()}`);
  }
  return found;
}

async function readIfOurs(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ESRCH', 'EACCES', 'EPERM')) return '';
    throw error;
  }
}
