/** The sample conversations that come with the project, in a ledger of their own. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder, trackerHome } from '../config.js';

/**
 * The samples get a state folder, defaults and a Redis of their own, so that the real ledger stays as it is. What they need
 * stands in its config.json: whoever sets TRACKER_HOME to it has all.
 */
export function useDemo(): void {
  const home = demoHome();
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const roots = [join(packageFolder(), 'demo', 'projects')];
  writeFileSync(join(home, 'config.json'), `${JSON.stringify({ transcripts: { roots } }, null, 2)}\n`);
  writeFileSync(join(home, DEMO_MARK), 'The ledger of the sample conversations.\n');
  for (const name of ['REDIS_URL', 'REDIS_PASSWORD', 'TRACKER_CONFIG', 'CLAUDE_CONFIG_DIR'])
    Reflect.deleteProperty(process.env, name);
  process.env['TRACKER_HOME'] = home;
}

const DEMO_MARK = 'demo.txt';

/** Below the state folder, unless that is the demo's already: then the variable is set as the first screen says. */
export function demoHome(env: NodeJS.ProcessEnv = process.env): string {
  const home = trackerHome(env);
  const isDemo = existsSync(join(home, DEMO_MARK)) || home === join(trackerHome({ HOME: env['HOME'] }), 'demo');
  return isDemo ? home : join(home, 'demo');
}
