/** One `up` or `down` at a time per home. Held for seconds; that the system runs is written in runtime.json. */
import { linkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode } from '../errors.js';
import { readIfThere } from './layout.js';
import { isRunning, self } from './processes.js';
import type { ProcessId } from './processes.js';

/**
 * Runs `work` while holding the lock. A lock whose owner has died is taken over; for one whose owner lives we wait.
 * @throws Error after `waitMs`, naming who holds it
 */
export async function withLock<T>(path: string, waitMs: number, work: () => Promise<T>): Promise<T> {
  const mine = JSON.stringify(self());
  const giveUpAt = Date.now() + waitMs;
  while (!create(path, mine)) {
    const found = readIfThere(path);
    if (found === null) continue;
    const owner = parse(found);
    if (owner === null || !isRunning(owner)) {
      discard(path, found);
      continue;
    }
    if (Date.now() > giveUpAt) {
      throw new Error(`Another start or stop is still under way (process ${owner.pid}, ${path}).`);
    }
    await sleep(50);
  }
  try {
    return await work();
  } finally {
    if (readIfThere(path) === mine) rmSync(path, { force: true });
  }
}

/** Whether somebody who lives holds the lock now. */
export function isLocked(path: string): boolean {
  const owner = parse(readIfThere(path) ?? '');
  return owner !== null && isRunning(owner);
}

/** Whole or not at all: the file appears with its content, by a link, so that nobody reads half an owner. */
function create(path: string, content: string): boolean {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, content, { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes the dead owner's lock, unless somebody has put a new one there since it was read. */
function discard(path: string, found: string): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  const taken = readIfThere(aside);
  if (taken !== null && taken !== found) create(path, taken);
  rmSync(aside, { force: true });
}

function parse(text: string): ProcessId | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('start' in value)) return null;
    return { pid: Number(value.pid), start: String(value.start) };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
