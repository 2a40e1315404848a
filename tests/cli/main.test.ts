import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { withSystem } from '../supervisor/system.js';

// Seven processes start and end, also on a machine that is busy with other tests.
jest.setTimeout(90_000);

const COMMANDS = [
  'start',
  'up',
  'down',
  'status',
  'mcp',
  'ingest',
  'extract',
  'call',
  'dismiss',
  'merge',
  'redact',
  'doctor',
];

test('help lists every command with what it does', () =>
  withSystem(async ({ run }) => {
    const { code, stdout } = await run(['--help']);
    expect(code).toBe(0);
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command} +\\w`, 'm'));
  }));

test.each(COMMANDS)('%s --help says what it does', (command) =>
  withSystem(async ({ run }) => {
    const { code, stdout, stderr } = await run([command, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Usage: mcp-autobot-tracker ${command}`);
    // Text is wrapped at 80 columns, and no line of it ends early; lines to be typed are indented and stay whole.
    const text = stdout.split('\n').filter((line) => !/^ {2}(?:node|claude|mcp-autobot-tracker) /.test(line));
    expect(text.filter((line) => line.length > 80)).toEqual([]);
    const description = stdout.split('\n\n')[1]?.split('\n') ?? [];
    const early = description.filter(
      (line, at) => `${line} ${description[at + 1]?.split(' ')[0] ?? '-'.repeat(80)}`.length <= 80,
    );
    expect(early).toEqual([]);
  }),
);

test('mcp --help shows the line that connects Claude Code in every folder', () =>
  withSystem(async ({ run }) => {
    expect((await run(['mcp', '--help'])).stdout).toMatch(
      /^ {2}claude mcp add --scope user autobot-tracker .*-- node \S+mcp\.js$/m,
    );
  }));

test.each([
  { args: ['statsu'], says: 'unknown command "statsu". Did you mean "status"?' },
  { args: ['xyzzy'], says: 'unknown command "xyzzy".' },
  { args: ['status', '--jsn'], says: "unknown option '--jsn'" },
  { args: ['down', 'now'], says: 'too many arguments' },
  { args: [], says: 'Usage: mcp-autobot-tracker' },
])('$args is wrong usage', ({ args, says }) =>
  withSystem(async ({ run }) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
  }),
);

test('the version is that of the package', () =>
  withSystem(async ({ run }) => {
    expect(await run(['--version'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  }));

test('--verbose may stand before and after the command', () =>
  withSystem(async ({ run }) => {
    for (const args of [
      ['--verbose', 'status'],
      ['status', '--verbose'],
    ]) {
      expect(await run(args)).toMatchObject({ code: 0, stdout: expect.stringContaining('Not running') });
    }
  }));

test('status of what does not run says so once, with what to type', () =>
  withSystem(async ({ home, run }) => {
    const [first, second, ...more] = (await run(['status'])).stdout.trimEnd().split('\n');
    expect(first).toMatch(/^Not running \(version .*\)\. Start it with `npm start` or `.+ up --detach`\.$/);
    expect([second, more]).toEqual([`State folder ${home}`, []]);
  }));

test('a configuration that does not fit ends with 1 and every fault', () =>
  withSystem(async ({ run }) => {
    const folder = await mkdtemp(join(tmpdir(), 'tracker-main-'));
    const { code, stderr } = await run(['up', '--detach'], { TRACKER_CONFIG: join(folder, 'none.json') });
    expect(code).toBe(1);
    expect(stderr).toContain('none.json does not exist');
    await rm(folder, { recursive: true });
  }));
