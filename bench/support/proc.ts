/** What Linux says of a process; benchmarks run there. */
import { readFileSync, readdirSync } from 'node:fs';
import { hasCode } from '../../src/errors.js';

/** Ticks of /proc per second: USER_HZ, 100 on every Linux that Node runs on. */
const TICKS_PER_S = 100;

function field(pid: number, name: string): number {
  const line = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? Number.NaN) / 1024;
}

/** Resident memory in MiB: now, and at its highest. */
export const rssMib = (pid: number): number => field(pid, 'VmRSS');
export const peakRssMib = (pid: number): number => field(pid, 'VmHWM');

/** Processor time since its start, in seconds, user and system. */
export function cpuS(pid: number): number {
  // The name in brackets may hold spaces.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S;
}

/** Processes whose environment has `entry`, such as `TRACKER_HOME=…`, with their command lines. */
export function processesWith(entry: string): { pid: number; command: string }[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) return [];
    try {
      if (!readFileSync(`/proc/${name}/environ`, 'utf8').split('\0').includes(entry)) return [];
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return [{ pid: Number(name), command }];
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ESRCH', 'EACCES')) return [];
      throw error;
    }
  });
}
