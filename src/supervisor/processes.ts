/** Processes by pid and start, since a pid alone may by now belong to another program. */
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode } from '../errors.js';
import { readIfThere } from './layout.js';

/** `start` compares equal for the same process and no other with its pid. */
export interface ProcessId {
  readonly pid: number;
  readonly start: string;
}

/** Ticks of /proc per second: USER_HZ, 100 on every Linux that Node runs on. */
const TICKS_PER_S = 100;
const STATE = 0;
const START_TICKS = 19;

/** Who has this pid now; null if nobody, or only an unreaped corpse. */
export function identify(pid: number): ProcessId | null {
  const start = process.platform === 'linux' ? linuxStart(pid) : psStart(pid);
  return start === null ? null : { pid, start };
}

export function self(): ProcessId {
  return identify(process.pid) ?? { pid: process.pid, start: 'unknown' };
}

export function isRunning(id: ProcessId): boolean {
  return identify(id.pid)?.start === id.start;
}

/** When it started, epoch ms, good to a second. */
export function startedAt({ start }: ProcessId): number {
  if (process.platform !== 'linux') return Date.parse(start);
  const upS = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]);
  return Date.now() - (upS - Number(start) / TICKS_PER_S) * 1_000;
}

/**
 * The process that a pid file names, if it is still that one: its command line fits, and it was there before the file
 * was written (two seconds are for the grain of the clocks). A pid that another program has by now started later.
 */
export function fromPidFile(path: string, command: RegExp): ProcessId | null {
  const pid = Number(readIfThere(path)?.trim() || NaN);
  const id = Number.isInteger(pid) && pid > 1 ? identify(pid) : null;
  if (id === null || !command.test(commandOf(pid))) return null;
  const writtenAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return startedAt(id) <= writtenAt + 2_000 ? id : null;
}

/** Its command line, arguments parted by spaces; empty if it has gone. */
export function commandOf(pid: number): string {
  if (process.platform !== 'linux') return ps(pid, 'command') ?? '';
  return readProc(pid, 'cmdline')?.replaceAll('\0', ' ').trim() ?? '';
}

/** Asks all of them to end, and ends by force those that are still there after `graceMs`. Returns when all are gone. */
export async function endAll(ids: readonly ProcessId[], signal: NodeJS.Signals, graceMs: number): Promise<void> {
  for (const id of ids) send(id, signal);
  const forceAt = Date.now() + graceMs;
  for (let forced = false; ids.some(isRunning); await sleep(20)) {
    if (forced || Date.now() < forceAt) continue;
    forced = true;
    for (const id of ids) send(id, 'SIGKILL');
  }
}

function send(id: ProcessId, signal: NodeJS.Signals): void {
  if (!isRunning(id)) return;
  try {
    process.kill(id.pid, signal);
  } catch (error) {
    if (!hasCode(error, 'ESRCH')) throw error;
  }
}

function linuxStart(pid: number): string | null {
  // The name in parentheses may hold anything, spaces and parentheses too: fields are counted behind the last one.
  const fields = readProc(pid, 'stat')
    ?.replace(/^.*\) /s, '')
    .split(' ');
  if (fields === undefined || fields[STATE] === 'Z' || fields[STATE] === 'X') return null;
  return fields[START_TICKS] ?? null;
}

function readProc(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ESRCH')) return null;
    throw error;
  }
}

function psStart(pid: number): string | null {
  if (/^Z/.test(ps(pid, 'state') ?? 'Z')) return null;
  return ps(pid, 'lstart');
}

/** One column of ps; null when there is no such process (ps then ends with 1). */
function ps(pid: number, column: string): string | null {
  try {
    const options = { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' }, stdio: 'pipe' } as const;
    return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], options).trim();
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'status' in error && error.status === 1) return null;
    throw error;
  }
}
