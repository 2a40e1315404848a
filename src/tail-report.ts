/** What `tail` says of the logs that it follows, in a file of the state folder: for `status`, also while Redis is away. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { hasCode } from './errors.js';

const TailReport = z.object({
  /** Epoch milliseconds. */
  at: z.number(),
  pid: z.number(),
  /** Files, and outputs of commands, that are followed. */
  logs: z.number(),
  /** Bytes that are there and were not handed over, in all. */
  bytesBehind: z.number(),
  /** The logs that are furthest behind. */
  behind: z.array(z.object({ path: z.string(), bytesBehind: z.number() })),
  problems: z.array(z.object({ path: z.string(), code: z.string(), detail: z.string().nullable(), at: z.number() })),
});
export type TailReport = Readonly<z.infer<typeof TailReport>>;

const fileOf = (home: string): string => join(home, 'tail.json');

/** @param home the state folder, which is there */
export function writeTailReport(home: string, report: TailReport): void {
  const file = fileOf(home);
  writeFileSync(`${file}.new`, `${JSON.stringify(report)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function removeTailReport(home: string): void {
  rmSync(fileOf(home), { force: true });
}

/** Null where `tail` does not run, or another version wrote it. */
export function readTailReport(home: string): TailReport | null {
  let text: string;
  try {
    text = readFileSync(fileOf(home), 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null;
    throw error;
  }
  const read = TailReport.safeParse(JSON.parse(text));
  return read.success && isAlive(read.data.pid) ? read.data : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (hasCode(error, 'EPERM')) return true;
    if (hasCode(error, 'ESRCH')) return false;
    throw error;
  }
}
