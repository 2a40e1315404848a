/** What has to be there for a job, a tool, a command: each fault names what is missing. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { clock } from '../jobs/clock.js';
import { contracts } from '../jobs/index.js';
import { log } from '../src/logger.js';
import { resources } from '../src/mcp/resources/index.js';
import { tools } from '../src/mcp/tools/index.js';
import { WORKER_NAMES } from '../workers/launch.js';

const jobNames = Object.keys(contracts);
const read = (path: string): string => readFileSync(path, 'utf8');
/** Names, without their ending, of the TypeScript files in a folder. */
const modules = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => (name.endsWith('.ts') ? [basename(name, '.ts')] : []));

/** Names of the PM2 apps, as PM2 reads them: from the file, in a process of its own. */
function appNames(): string[] {
  const home = mkdtempSync(join(tmpdir(), 'tracker-house-'));
  try {
    mkdirSync(join(home, 'pm2'));
    // One process is there only when there are logs to follow.
    writeFileSync(join(home, 'config.json'), JSON.stringify({ logs: [{ path: 'app.log' }] }));
    const env = {
      PATH: process.env['PATH'],
      HOME: home,
      TRACKER_HOME: home,
      PM2_HOME: join(home, 'pm2'),
      CLAUDE_CONFIG_DIR: home,
      // A Redis that stands elsewhere: the list is the same on a machine without one.
      REDIS_URL: 'redis://127.0.0.1:1',
    };
    const script =
      'const { apps } = await import("./ecosystem.config.js"); console.log(JSON.stringify(apps.map((app) => app.name)));';
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], { env, encoding: 'utf8' });
    return JSON.parse(out) as string[];
  } finally {
    rmSync(home, { recursive: true });
  }
}

describe('jobs', () => {
  test.each(jobNames)('%s carries one name from its contract to its test', (name) => {
    expect(contracts[name as keyof typeof contracts].name).toBe(name);
    const wanted = [`jobs/${name}.ts`, `workers/${name}.ts`, `tests/workers/${name}.test.ts`];
    expect(wanted.filter((path) => !existsSync(path))).toEqual([]);
    expect(WORKER_NAMES).toContain(name);
  });

  test('each contract file is in jobs/index.ts', () => {
    const files = modules('jobs');
    expect(files.filter((name) => !['index', 'define', 'clock'].includes(name)).sort()).toEqual([...jobNames].sort());
  });

  test('each row of the clock fits the contract that it names', () => {
    for (const { name, payload } of clock) expect(contracts[name].payload.safeParse(payload).success).toBe(true);
  });

  test('no job may run as long as PM2 waits before it kills', () => {
    for (const { name, timeoutMs } of Object.values(contracts)) expect([name, timeoutMs < 8_000]).toEqual([name, true]);
  });
});

describe('processes', () => {
  test('each worker is a PM2 app of ours, and each app a worker', () => {
    expect(appNames().sort()).toEqual(WORKER_NAMES.map((name) => `tracker-${name}`).sort());
  });

  test.each(WORKER_NAMES)('%s has a file with a default export', (name) => {
    expect(read(`workers/${name}.ts`)).toMatch(/^export default /m);
  });
});

describe('tools', () => {
  test.each(tools.map((tool) => [tool.name, tool] as const))('%s says what it is', (name, tool) => {
    expect(name).toMatch(/^[a-z]+(?:_[a-z]+)+$/);
    expect(existsSync(`src/mcp/tools/${name.replaceAll('_', '-')}.ts`)).toBe(true);
    expect(tool.title.length).toBeGreaterThan(3);
    expect(tool.description.length).toBeGreaterThan(40);
    expect(tool.description.length).toBeLessThan(300);
    expect(Object.entries(tool.annotations).sort()).toEqual([
      ['destructiveHint', expect.any(Boolean)],
      ['idempotentHint', expect.any(Boolean)],
      ['openWorldHint', expect.any(Boolean)],
      ['readOnlyHint', expect.any(Boolean)],
    ]);
    expect(tool.output).toBeDefined();
  });

  test('each file of a tool or a resource is in its list, and each name stands once', () => {
    const files = (folder: string): string[] =>
      modules(`src/mcp/${folder}`)
        .map((name) => name.replaceAll('-', '_'))
        .filter((name) => name !== 'index')
        .sort();
    expect(files('tools')).toEqual(tools.map((tool) => tool.name).sort());
    expect(files('resources')).toEqual(resources.map(({ uri }) => uri.replace('autobot://', '')).sort());
    expect(new Set(tools.map((tool) => tool.name)).size).toBe(tools.length);
  });
});

describe('commands', () => {
  test('each command is in the list of the program, and each has its file', () => {
    const listed = [...read('src/cli/main.ts').matchAll(/^ {2}'?([a-z-]+)'?: \{$/gm)].map(([, name = '']) => name);
    expect(listed.length).toBeGreaterThan(5);
    expect(listed.filter((name) => !existsSync(`src/cli/${name}.ts`))).toEqual([]);
    const registering = modules('src/cli').filter((name) =>
      /export function register[A-Z]/.test(read(`src/cli/${name}.ts`)),
    );
    expect(registering.sort()).toEqual(listed.sort());
  });
});

describe('what is written about the project', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', 'USAGE_EXAMPLES.md', 'docs/configuration.md', 'demo/README.md'];
  const written = pages.filter((page) => existsSync(page)).map((page) => [page, read(page)] as const);
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

  test.each(written)('every file that %s names exists', (_, text) => {
    const named = [...text.matchAll(/`([\w./-]+)`|\]\(([\w./-]+)(?:#[\w-]*)?\)/g)].map(
      ([, code, link]) => code ?? link ?? '',
    );
    const paths = named.filter((name) =>
      /^(?:src|jobs|workers|tests|bench|scripts|demo|docs|\.ci)\/|^[A-Za-z.][\w.-]*\.(?:ts|js|mjs|cjs|json|md|sh)$/.test(
        name,
      ),
    );
    const places = ['', 'src/', 'jobs/', 'workers/', 'docs/', 'demo/', 'src/domain/', 'src/mcp/'];
    expect(paths.filter((path) => !places.some((place) => existsSync(place + path)) && !/[<*{]/.test(path))).toEqual(
      [],
    );
  });

  test.each(written)('every script that %s names exists', (_, text) => {
    const named = [...text.matchAll(/\bnpm run ([a-z][\w:-]*)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  test('the table of who may import whom names every folder that has code', () => {
    const folders = readdirSync('src', { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [`src/${entry.name}`] : [],
    );
    const contributing = read('CONTRIBUTING.md');
    expect(folders.filter((folder) => !contributing.includes(`\`${folder}\``))).toEqual([]);
    const rules = read('.dependency-cruiser.cjs');
    expect(folders.filter((folder) => !rules.includes(`'^${folder}`))).toEqual([]);
  });

  test('a log says no event twice under two names', () => {
    expect(Object.keys(log)).toEqual(['debug', 'info', 'warn', 'error']);
    const events = [...read('src/logger.ts').matchAll(/^ {2}\| '([^']+)'/gm)].map(([, name = '']) => name);
    expect(events.filter((name) => !/^[a-z]+\.[a-z-]+$/.test(name))).toEqual([]);
    expect(new Set(events).size).toBe(events.length);
  });
});
