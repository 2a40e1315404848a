/** From the configuration to what is followed. */
import { basename } from 'node:path';
import { zoneMinutes, type Config } from '../../src/config.js';
import type { LineClock } from '../../src/domain/log/model.js';
import type { LogSource } from '../../src/sources/tail/index.js';

export type LogConfig = Config['logs'][number];

/** What the follower is asked for, and how what it finds there is read. */
export function sourcesOf(logs: readonly LogConfig[]): ReadonlyMap<LogSource, LogConfig> {
  return new Map(logs.map((log) => [sourceOf(log), log]));
}

function sourceOf(log: LogConfig): LogSource {
  if (log.journal !== null) {
    // Lines with a time that a later run can be asked to go on from; the level is what the program's own format says.
    const argv = [
      'journalctl',
      '--follow',
      '--no-pager',
      '--quiet',
      '--output=short-iso-precise',
      '--unit',
      log.journal,
    ];
    return { kind: 'command', name: `journal:${log.journal}`, argv, resume: 'journald' };
  }
  if (log.docker !== null) {
    const argv = ['docker', 'logs', '--follow', '--timestamps', log.docker];
    return { kind: 'command', name: `docker:${log.docker}`, argv, resume: 'docker' };
  }
  return { kind: 'files', pattern: log.path ?? '', from: log.from };
}

/** Endings that a rotation adds, from the last one on, and those that every log has. */
const ROTATED = /(?:\.(?:gz|bz2|xz|zst|old|bak|\d{1,3})|[.-]\d{4}-?\d{2}-?\d{2}(?:[T_-]?\d{2,6})?)$/i;
const USUAL = /\.(?:log|out|err|txt|json|jsonl)$/i;

/** The component of a log that was given none: `backend` for `backend.log`, `backend.log.1` and `backend-20260101.log.gz`. */
export function componentOf(path: string, log: LogConfig): string | null {
  const given = log.component ?? log.docker ?? log.journal?.replace(/\.service$/, '');
  if (given != null) return given.slice(0, 100);
  let name = basename(path);
  for (let before = ''; before !== name;) {
    before = name;
    for (const ending of [ROTATED, USUAL]) name = name.replace(ending, '') || name;
  }
  return name === '' ? null : name.slice(0, 100);
}

/** What the lines of `log` leave out, at the instant `at`. The zone is looked up once a quarter of an hour. */
export function clockOf(log: LogConfig): (at: number) => LineClock {
  let known = { quarter: Number.NaN, minutes: 0 };
  return (at) => {
    const quarter = Math.floor(at / 900_000);
    if (quarter !== known.quarter) known = { quarter, minutes: zoneMinutes(log.zone, at) };
    return { now: at, zoneMinutes: known.minutes };
  };
}
