/** The part of `ingest` that reads logs: each once, by a `tail` of its own that ends at the end of what is there. */
import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageFolder, type Config } from '../config.js';
import type { Redact } from '../domain/redact/index.js';
import { patternOf } from '../sources/tail/index.js';
import type { Store } from '../store/index.js';
import { readTailReport } from '../tail-report.js';
import { showProgress } from './progress.js';

const LOOK_AGAIN_MS = 100;

/** Of the PATH arguments those that are logs: files that are no transcripts, and in folders without transcripts `*.log`. */
export function splitLogs(paths: readonly string[]): { transcripts: string[]; logs: string[] } {
  const split = { transcripts: [] as string[], logs: [] as string[] };
  for (const path of paths) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isFile() === true && !path.endsWith('.jsonl')) split.logs.push(resolve(path));
    else if (found?.isDirectory() === true && hasLogsAlone(path)) split.logs.push(...logsIn(path));
    else split.transcripts.push(path);
  }
  return { ...split, logs: [...new Set(split.logs)] };
}

const logsIn = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => (name.endsWith('.log') ? [resolve(folder, name)] : []));

function hasLogsAlone(folder: string): boolean {
  return (
    logsIn(folder).length > 0 &&
    !readdirSync(folder, { recursive: true }).some((name) => String(name).endsWith('.jsonl'))
  );
}

/** Whether `tail` would follow this path. */
const isFollowed = (path: string, logs: Config['logs']): boolean =>
  logs.some((log) => log.path !== null && patternOf({ kind: 'files', pattern: log.path }).matches(path));

/**
 * Reads `paths` to their present ends; what is read is queued when this returns.
 * @returns those that `tail` follows anyway, and were not read here
 * @throws Error when the process that reads ends early; it has said why on stderr
 */
export async function readLogs(paths: readonly string[], config: Config): Promise<{ followed: readonly string[] }> {
  const isRunning = readTailReport(config.home) !== null;
  const followed = isRunning ? paths.filter((path) => isFollowed(path, config.logs)) : [];
  const left = paths.filter((path) => !followed.includes(path));
  if (left.length > 0) await runTail(left);
  return { followed };
}

function runTail(paths: readonly string[]): Promise<void> {
  const main = join(packageFolder(), 'dist', 'workers', 'main.js');
  const total = paths.reduce((sum, path) => sum + statSync(path).size, 0);
  const progress = showProgress('Reading', process.stderr);
  return new Promise((done, failed) => {
    let isDone = false;
    const child = spawn(process.execPath, [main, 'tail', '--once', ...paths], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let said = '';
    child.stderr?.on('data', (data: Buffer) => (said = (said + data.toString()).slice(-4_000)));
    child.on('message', (message: { behindBytes?: number; done?: true }) => {
      if (message.done === true) isDone = true;
      if (message.behindBytes !== undefined)
        progress.update(total - message.behindBytes, total, `${paths.length} logs`);
    });
    child.once('error', failed);
    child.once('exit', (code) => {
      progress.stop();
      if (isDone) done();
      else
        failed(
          new Error(`reading ended with ${String(code)} before it was done: ${said.trim().split('\n').at(-1) ?? ''}`),
        );
    });
  });
}

/** Waits until every piece of `paths` that was announced is counted. */
export async function logsCounted(store: Store, paths: readonly string[], redact: Redact): Promise<void> {
  for (const path of paths) {
    for (;;) {
      const known = await store.recallLog(hostname(), redact(path));
      if (known.every(({ intent, isApplied }) => intent === null || isApplied)) break;
      await sleep(LOOK_AGAIN_MS);
    }
  }
}
