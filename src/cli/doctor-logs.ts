/** The part of doctor that looks at the logs that are to be followed, and at what `tail` says of them. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Config } from '../config.js';
import { hasCode } from '../errors.js';
import { readTailReport } from '../tail-report.js';
import { error, ok, warning, type Finding } from './finding.js';

type Log = Config['logs'][number];

/** What to do about what `tail` met. */
const CURES: Readonly<Record<string, string>> = {
  'no-permission': 'give this user the right to read it, such as by membership in the group adm',
  'not-a-file': 'name a file, or a glob that finds files, in logs',
  'no-watches': 'raise fs.inotify.max_user_watches; until then new lines are seen some seconds later',
  'no-descriptors': 'raise the number of open files (ulimit -n); until then new lines are seen some seconds later',
  'lost-bytes': 'let the log be rotated by renaming it instead of copytruncate',
  'command-ended': 'see that the command works by hand for this user',
  'command-stderr': 'see what the command says by hand',
};

export function checkLogs(config: Config): Finding[] {
  return [...config.logs.map((log) => checkLog(log)), ...problems(config)];
}

function checkLog(log: Log): Finding {
  if (log.journal !== null) return checkCommand('journalctl', `the journal of ${log.journal}`);
  if (log.docker !== null) return checkCommand('docker', `the log of container ${log.docker}`);
  const path = log.path ?? '';
  const folder = wholeFolder(path);
  try {
    const found = statSync(path === folder.glob ? folder.path : path, { throwIfNoEntry: false });
    if (found === undefined) return ok('logs', `${path} is not there yet; it is followed as soon as it is`);
    if (path === folder.glob) {
      accessSync(folder.path, constants.R_OK | constants.X_OK);
      return ok('logs', `${path}: what it finds is followed`);
    }
    if (!found.isFile()) return error('logs', `${path} is no file`, 'name a file, or a glob that finds files');
    accessSync(path, constants.R_OK);
    return ok('logs', `${path} can be read`);
  } catch (failure) {
    if (!hasCode(failure, 'EACCES', 'EPERM', 'ELOOP', 'ENOTDIR')) throw failure;
    const text = failure.code === 'ENOTDIR' ? `${path}: a part of it is no folder` : `${path} may not be read`;
    return error('logs', text, CURES['no-permission'] ?? '');
  }
}

/** The folder that a glob begins with; `glob` is the path itself where it is one. */
function wholeFolder(path: string): { path: string; glob: string | null } {
  const at = path.search(/[*?[\]{}()!]/);
  return at < 0 ? { path, glob: null } : { path: dirname(`${path.slice(0, at)}x`), glob: path };
}

function checkCommand(program: string, what: string): Finding {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const isThere = folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      // Whatever the code: it cannot be run from there.
      return false;
    }
  });
  return isThere
    ? ok('logs', `${what}: ${program} is there`)
    : error(
        'logs',
        `${what}: there is no ${program} on the PATH`,
        `install ${program}, or take the log out of the configuration`,
      );
}

function problems({ home }: Config): Finding[] {
  const found = readTailReport(home)?.problems ?? [];
  return found.map(({ path, code, detail }) =>
    warning('logs', `${path}: ${code}${detail === null ? '' : ` (${detail})`}`, CURES[code] ?? 'look at the file'),
  );
}
