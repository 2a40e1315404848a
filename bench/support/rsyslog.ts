/** rsyslog's file reader beside ours: lines of a file into another file, in a process of the benchmark's own. */
import { spawn } from 'node:child_process';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuS, peakRssMib } from './proc.js';

const PROGRAM = '/usr/sbin/rsyslogd';
const WITHIN_MS = 600_000;

export interface RsyslogRun {
  readonly tookS: number;
  readonly cpuS: number;
  readonly rssMib: number;
}

/** Null where there is no rsyslogd. Never a service: own configuration, own pid file, ended with the run. */
export async function runRsyslog(log: string, folder: string): Promise<RsyslogRun | null> {
  if (!existsSync(PROGRAM)) return null;
  const work = join(folder, 'rsyslog');
  await mkdir(work);
  const [config, out] = [join(work, 'rsyslog.conf'), join(work, 'out')];
  writeFileSync(
    config,
    [
      `global(workDirectory="${work}")`,
      'module(load="imfile")',
      'template(name="raw" type="string" string="%msg%\\n")',
      `input(type="imfile" File="${log}" Tag="bench")`,
      `action(type="omfile" file="${out}" template="raw")`,
      '',
    ].join('\n'),
  );
  const size = statSync(log).size;
  const startedAt = performance.now();
  const child = spawn(PROGRAM, ['-n', '-f', config, '-i', join(work, 'pid')], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const pid = child.pid ?? 0;
  try {
    let grown = { bytes: 0, at: startedAt };
    // Blanks at the beginning of a message may be left out, so the sizes need not be the same.
    while (performance.now() - startedAt < WITHIN_MS) {
      const bytes = statSync(out, { throwIfNoEntry: false })?.size ?? 0;
      if (bytes !== grown.bytes) grown = { bytes, at: performance.now() };
      else if (bytes >= size * 0.95 && performance.now() - grown.at > 2_000) break;
      await sleep(20);
    }
    return { tookS: (grown.at - startedAt) / 1_000, cpuS: cpuS(pid), rssMib: peakRssMib(pid) };
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}
