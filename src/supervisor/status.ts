/** How the system of one home is, for `status`, the dashboard and health. Reads only; works when nothing runs. */
import { loadavg } from 'node:os';
import type { Config } from '../config.js';
import { notYet, packageVersion } from '../config.js';
import type { Layout } from './layout.js';
import { layoutOf } from './layout.js';
import { isLocked } from './lock.js';
import type { AppProcess } from './pm2.js';
import { daemonAnswers, daemonOf, withPm2 } from './pm2.js';
import { isRunning } from './processes.js';
import type { Runtime } from './runtime.js';
import { readRuntime } from './runtime.js';

export interface SystemStatus {
  readonly isRunning: boolean;
  readonly runtime: Runtime | null;
  /** Whether the command that started it in the foreground is still there; null after `up --detach`. */
  readonly hasOwner: boolean | null;
  readonly processes: readonly AppProcess[];
  readonly versions: { readonly program: string; readonly running: string | null; readonly node: string };
  readonly load: number;
  readonly notYet: readonly string[];
}

/**
 * How the system is, as one who stays with it wants to know: `changing` while a start or stop is under way, `broken` when
 * the supervisor has ended without having been told to.
 */
export function systemState(layout: Layout): 'running' | 'changing' | 'stopped' | 'broken' {
  if (isLocked(layout.lock)) return 'changing';
  const runtime = readRuntime(layout.runtime);
  if (runtime === null) return 'stopped';
  return isRunning(runtime) ? 'running' : 'broken';
}

/** Never starts anything: PM2 is asked only when its daemon is there. */
export async function systemStatus(config: Config): Promise<SystemStatus> {
  const layout = layoutOf(config.home);
  const runtime = readRuntime(layout.runtime);
  const runs = daemonOf(layout) !== null && (await daemonAnswers(layout));
  const processes = runs ? await withPm2(layout, (pm2) => pm2.list()) : [];
  return {
    isRunning: runs,
    runtime: runs ? runtime : null,
    hasOwner: runs && runtime !== null && runtime.owner !== null ? isRunning(runtime.owner) : null,
    processes,
    versions: {
      program: packageVersion(),
      running: runs ? (runtime?.version ?? null) : null,
      node: process.versions.node,
    },
    load: loadavg()[0] ?? 0,
    notYet: notYet(config),
  };
}
