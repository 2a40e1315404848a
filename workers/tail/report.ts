/** Keeps `tail.json` in the state folder up to date, at no cost while nothing happens. */
import { mkdirSync } from 'node:fs';
import type { Redact } from '../../src/domain/redact/index.js';
import type { Follower, Problem } from '../../src/sources/tail/index.js';
import { removeTailReport, writeTailReport, type TailReport } from '../../src/tail-report.js';

export interface Reporter {
  problem(problem: Problem): void;
  /** Bytes of `path` came, so what kept it from being read is over. */
  grown(path: string): void;
  /**
   * @param held bytes of a generation that were read and are not handed over
   * @param isBusy something is under way
   */
  write(follower: Follower, held: (generation: string) => number, isBusy: boolean): void;
  remove(): void;
}

const SHOWN = 50;
const MAX_PROBLEMS = 100;
/** Asking how far everything is looks at every file that is open. */
const IDLE_EVERY_MS = 10_000;
/** What stays true although the log is read on. */
const LASTING = ['lost-bytes', 'command-stderr'];

/** @param home the state folder; null to write nothing */
export function createReporter(home: string | null, { now, redact }: { now: () => number; redact: Redact }): Reporter {
  const problems = new Map<string, TailReport['problems'][number]>();
  let isChanged = true;
  let lookedAt = -Infinity;
  if (home !== null) mkdirSync(home, { recursive: true, mode: 0o700 });
  return {
    problem({ path, code, detail }) {
      if (problems.size >= MAX_PROBLEMS) problems.delete(problems.keys().next().value ?? '');
      problems.set(path, { path: redact(path), code, detail, at: now() });
      isChanged = true;
    },
    grown(path) {
      const known = problems.get(path);
      if (known === undefined || LASTING.includes(known.code)) return;
      problems.delete(path);
      isChanged = true;
    },
    write(follower, held, isBusy) {
      if (home === null) return;
      if (!isBusy && !isChanged && performance.now() - lookedAt < IDLE_EVERY_MS) return;
      lookedAt = performance.now();
      const lag = follower.lag();
      const behind = lag
        .map(({ path, generation, behindBytes }) => ({ path, bytesBehind: behindBytes + held(generation) }))
        .filter(({ bytesBehind }) => bytesBehind > 0)
        .sort((a, b) => b.bytesBehind - a.bytesBehind);
      writeTailReport(home, {
        at: now(),
        pid: process.pid,
        logs: lag.length,
        bytesBehind: behind.reduce((sum, { bytesBehind }) => sum + bytesBehind, 0),
        behind: behind.slice(0, SHOWN).map(({ path, bytesBehind }) => ({ path: redact(path), bytesBehind })),
        problems: [...problems.values()],
      });
      // Whoever was busy is looked at once more when it no longer is.
      isChanged = isBusy;
    },
    remove: () => {
      if (home !== null) removeTailReport(home);
    },
  };
}
