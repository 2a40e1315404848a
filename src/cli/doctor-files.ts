/** The part of doctor that looks at files: the state folder, the transcripts and Claude Code's settings. */
import { accessSync, constants, lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { claudeFolders, SECRETS_FILE, type Config } from '../config.js';
import { error, ok, warning, type DoctorDeps, type Finding } from './finding.js';

const there = (path: string): ReturnType<typeof statSync> => statSync(path, { throwIfNoEntry: false });
const octal = (mode: number): string => (mode & 0o777).toString(8);
const isOpenToOthers = (mode: number): boolean => (mode & 0o077) !== 0;

export function checkFolders(config: Config, { platform }: DoctorDeps): Finding[] {
  const { home } = config;
  const found = there(home);
  if (found === undefined) return [ok('home', `${home} is not there yet; it is made at the first start`)];
  if (!found.isDirectory()) return [error('home', `${home} is no folder`, 'move it away, or set TRACKER_HOME')];
  if (platform === 'win32') return [];
  const findings: Finding[] = [];
  if (isOpenToOthers(Number(found.mode))) {
    findings.push(
      error('home', `${home} has mode ${octal(Number(found.mode))}, so others can look in`, `chmod 700 ${home}`),
    );
  }
  const secrets = join(home, SECRETS_FILE);
  const file = there(secrets);
  if (file !== undefined && isOpenToOthers(Number(file.mode))) {
    findings.push(error('secrets', `${secrets} has mode ${octal(Number(file.mode))}`, `chmod 600 ${secrets}`));
  }
  return findings.length > 0 ? findings : [ok('home', `${home} is open to its owner alone`)];
}

function isReadable(folder: string): boolean {
  try {
    accessSync(folder, constants.R_OK | constants.X_OK);
    return true;
  } catch {
    // Whatever the code: it is not ours to read.
    return false;
  }
}

export function checkRoots({ transcripts: { roots } }: Config): Finding[] {
  const present = roots.filter((root) => there(root) !== undefined);
  if (present.length === 0) {
    const cure = 'use Claude Code once, set CLAUDE_CONFIG_DIR as it has it, or set transcripts.roots';
    return [error('transcripts', `there is none of ${roots.join(', ')}`, cure)];
  }
  return present.map((root) => {
    if (there(root)?.isDirectory() !== true) {
      return error('transcripts', `${root} is no folder`, 'name a folder in transcripts.roots');
    }
    if (!isReadable(root)) return error('transcripts', `${root} may not be read`, `chmod u+rx ${root}`);
    if (!lstatSync(root).isSymbolicLink()) return ok('transcripts', `${root} can be read`);
    const target = realpathSync(root);
    const isTwice = roots.some(
      (other) => other !== root && there(other) !== undefined && realpathSync(other) === target,
    );
    return isTwice
      ? warning('transcripts', `${root} is a link to ${target}, which is followed anyway`, 'take one of them out')
      : ok('transcripts', `${root} is a link to ${target}, which is followed`);
  });
}

const MAX_COUNTED = 1_000_000;

/** Folders and files below `folder`: each takes one watch. Links are not followed. */
async function count(folder: string, soFar = 0): Promise<number> {
  let found = soFar + 1;
  if (!isReadable(folder)) return found;
  for await (const entry of await opendir(folder)) {
    if (found >= MAX_COUNTED) break;
    found = entry.isDirectory() ? await count(join(folder, entry.name), found) : found + 1;
  }
  return found;
}

/** @see https://man7.org/linux/man-pages/man7/inotify.7.html for max_user_watches */
export async function checkWatches({ transcripts }: Config, deps: DoctorDeps): Promise<Finding[]> {
  const limit = deps.maxUserWatches();
  if (limit === null) return [];
  let needed = 0;
  for (const root of transcripts.roots) if (there(root)?.isDirectory() === true) needed = await count(root, needed);
  const text = `${needed} folders and files to watch, and the limit of this user is ${limit}`;
  const enough = Math.max(524_288, 2 ** Math.ceil(Math.log2(needed * 2 + 1)));
  const cure = `sudo sysctl fs.inotify.max_user_watches=${enough} (and in /etc/sysctl.d to keep it)`;
  if (needed >= limit) return [error('inotify', text, cure)];
  return [needed > limit / 2 ? warning('inotify', text, cure) : ok('inotify', text)];
}

const USUAL_DAYS = 30;
const ENOUGH_DAYS = 365;

/** Claude Code deletes transcripts by itself; what the tracker has read stays, what it has not is lost. */
export function checkRetention({ env }: DoctorDeps): Finding[] {
  return claudeFolders(env)
    .filter((folder) => there(folder) !== undefined)
    .map((folder) => {
      const file = join(folder, 'settings.json');
      const days = cleanupDays(file);
      const cure = `put "cleanupPeriodDays": ${ENOUGH_DAYS} into ${file}`;
      if (typeof days === 'string') return warning('retention', `${file} ${days}`, `correct it, then ${cure}`);
      const isSet = days !== null;
      const text = `Claude Code deletes transcripts in ${folder} after ${days ?? USUAL_DAYS} days${isSet ? '' : ', its default'}`;
      return (days ?? USUAL_DAYS) < ENOUGH_DAYS
        ? warning('retention', `${text}; what was read before stays in the ledger`, cure)
        : ok('retention', text);
    });
}

/** `cleanupPeriodDays` of a settings file; null if it is not set, a text if the file cannot be understood. */
function cleanupDays(file: string): number | null | string {
  if (there(file) === undefined) return null;
  let settings: unknown;
  try {
    settings = JSON.parse(readFileSync(file, 'utf8'));
  } catch (failure) {
    if (failure instanceof SyntaxError) return 'is no JSON';
    return 'cannot be read';
  }
  if (typeof settings !== 'object' || settings === null || !('cleanupPeriodDays' in settings)) return null;
  return typeof settings.cleanupPeriodDays === 'number'
    ? settings.cleanupPeriodDays
    : 'has a cleanupPeriodDays that is no number';
}
