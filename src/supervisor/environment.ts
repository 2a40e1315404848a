/** What the processes under PM2 see of our environment: PM2 writes all of it to files that others may read. */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Secrets } from '../config.js';
import { claudeFolders } from '../config.js';
import type { Layout } from './layout.js';
import { readIfThere } from './layout.js';

/** Names that are handed on. TMPDIR since socket paths may depend on it; the certificate file for a Redis over TLS. */
const HANDED_ON = [
  'PATH',
  'HOME',
  'USER',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'TMP',
  'TEMP',
  'XDG_CONFIG_HOME',
  'DEBUG',
  'NODE_ENV',
  'NODE_EXTRA_CA_CERTS',
];

/** Secrets that may be given in the environment. */
const SECRET_NAMES = [
  'REDIS_URL',
  'REDIS_PASSWORD',
  'KNOWLEDGE_REDIS_PASSWORD',
] as const satisfies readonly (keyof Secrets)[];
const BEGIN = '# From the environment of the last `up`: rewritten by each.';
const END = '# End of what `up` wrote.';

/** An environment for PM2 and its apps: the names above and PM2's own switches, nothing else. */
export function cleanEnvironment(layout: Layout, env: NodeJS.ProcessEnv): Record<string, string> {
  const kept = HANDED_ON.flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    // The apps run in another folder: a path that was relative to ours would mean something else there.
    ...(env['TRACKER_CONFIG'] ? { TRACKER_CONFIG: resolve(env['TRACKER_CONFIG']) } : {}),
    ...(env['CLAUDE_CONFIG_DIR'] ? { CLAUDE_CONFIG_DIR: claudeFolders(env).join(',') } : {}),
    TRACKER_HOME: layout.home,
    PM2_HOME: layout.pm2Home,
    // It would ask its maker's server otherwise.
    PM2_DISABLE_VERSION_CHECK: 'true',
    PM2_NO_INTERACTION: 'true',
    PM2_DISCRETE_MODE: 'true',
    PM2_PROGRAMMATIC: 'true',
    PM2_CONCURRENT_ACTIONS: '8',
  };
}

/** Makes the clean environment that of this very process, as PM2's client hands on what it finds there. */
export function enterCleanEnvironment(layout: Layout): void {
  const clean = cleanEnvironment(layout, process.env);
  for (const name of Object.keys(process.env)) if (!(name in clean)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, clean);
}

/**
 * Puts secrets of the environment into the file that only the owner reads, where the workers find them. Lines written by
 * hand stay; what an earlier start has put there goes, so that a start without `REDIS_URL` means what it says.
 */
export function writeSecrets(layout: Layout, env: NodeJS.ProcessEnv): void {
  const before = readIfThere(layout.secrets) ?? '';
  const [head = '', rest = ''] = before.split(`${BEGIN}\n`, 2);
  const byHand = head + (rest.split(`${END}\n`, 2)[1] ?? '');
  const given = SECRET_NAMES.flatMap((name) => (env[name] ? [`${name}="${env[name]}"`] : []));
  const content = byHand + (given.length === 0 ? '' : [BEGIN, ...given, END, ''].join('\n'));
  if (content === before) return;
  if (content === '') {
    rmSync(layout.secrets, { force: true });
    return;
  }
  const draft = `${layout.secrets}.${process.pid}`;
  writeFileSync(draft, content, { mode: 0o600 });
  renameSync(draft, layout.secrets);
}
