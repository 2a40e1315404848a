import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { connectCommand } from '../../src/cli/screen.js';
import { layoutOf } from '../../src/supervisor/layout.js';
import { readRuntime } from '../../src/supervisor/runtime.js';
import { survivors, withSystem } from '../supervisor/system.js';

// Seven processes start and end, also on a machine that is busy with other tests.
jest.setTimeout(90_000);

const UP = 'Following what is new';

test('start shows what it follows and how to connect; a second one finds it; SIGTERM ends everything', () =>
  withSystem(async ({ home, projects, start, run }) => {
    const first = start(['start']);
    await first.shows(UP);
    const second = await run(['start']);
    expect(second.code).toBe(0);
    expect(second.stdout).toContain(`It runs already, in another terminal (process ${first.child.pid})`);

    first.child.kill('SIGTERM');
    const { code, stdout } = await first.ended;
    expect(code).toBe(0);
    expect(stdout).toContain(projects);
    expect(stdout).toMatch(/claude mcp add --scope user autobot-tracker .*TRACKER_HOME=.* -- node \S+dist\/mcp\.js$/m);
    expect(stdout).toContain('What did I leave unfinished?');
    expect(stdout).toContain('Stopped. Nothing is left running.');
    expect(await survivors(home)).toEqual([]);
  }));

test('a start that was killed is followed by one that takes over; its SIGINT ends everything', () =>
  withSystem(async ({ home, start }) => {
    const killed = start(['start']);
    await killed.shows(UP);
    killed.child.kill('SIGKILL');
    await killed.ended;
    const before = readRuntime(layoutOf(home).runtime);

    const next = start(['start']);
    await next.shows('It is ours now');
    await next.shows(UP);
    expect(readRuntime(layoutOf(home).runtime)?.pids).toEqual(before?.pids);
    next.child.kill('SIGINT');
    expect((await next.ended).code).toBe(0);
    expect(await survivors(home)).toEqual([]);
  }));

test('a signal in the middle of the start, as when the terminal closes, ends everything too', () =>
  withSystem(async ({ home, start }) => {
    const closed = start(['start']);
    await closed.shows('What did I leave unfinished?');
    closed.child.kill('SIGHUP');
    expect((await closed.ended).code).toBe(0);
    expect(await survivors(home)).toEqual([]);
  }));

test('down from elsewhere ends a start', () =>
  withSystem(async ({ start, run }) => {
    const running = start(['start']);
    await running.shows(UP);
    await run(['down']);
    const { code, stdout } = await running.ended;
    expect(code).toBe(0);
    expect(stdout).toContain('It was stopped from elsewhere.');
  }));

test('the samples have a ledger of their own that a variable leads to, and never one within it', () =>
  withSystem(async ({ home, projects, start, run }) => {
    const demo = join(home, 'demo');
    const running = start(['start', '--demo']);
    await running.shows(UP);
    try {
      const inside = { TRACKER_HOME: demo, CLAUDE_CONFIG_DIR: '' };
      expect((await run(['status'])).stdout).toContain(`export TRACKER_HOME=${demo}\n`);
      const { stdout } = await run(['status'], inside);
      expect(stdout).toMatch(/^Running since/);
      expect(stdout).toMatch(/Read (\d\.\d MB) of \1 in 7 session files\.\n/);

      const again = await run(['start', '--demo'], inside);
      expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('It runs already') });
      expect(existsSync(join(demo, 'demo'))).toBe(false);

      const outside = join(projects, 'p', 'session.jsonl');
      await writeFile(outside, '{"type":"summary","summary":"Elsewhere","leafUuid":"u"}\n');
      await run(['ingest', outside, '--wait'], inside);
      expect((await run(['status'], inside)).stdout).toContain(
        '7 session files and 1 file outside the followed folders.',
      );
      expect((await run(['status', '--json'], inside)).stdout).toContain('"files_outside": 1');
    } finally {
      running.child.kill('SIGTERM');
    }
    const { stdout } = await running.ended;
    expect(stdout).toContain(`    export TRACKER_HOME=${demo}\n`);
    expect(stdout).toContain('5 conversations (forks, copies and subagents folded in), 6 open tasks');
    expect(stdout).not.toContain('CLAUDE_CONFIG_DIR');
    expect(await survivors(demo)).toEqual([]);
  }));

test('without transcripts start says so, offers the samples and starts nothing', () =>
  withSystem(async ({ home, projects, run }) => {
    await rm(projects, { recursive: true });
    const { code, stdout } = await run(['start']);
    expect(code).toBe(1);
    expect(stdout).toContain('There are no Claude Code transcripts on this machine');
    expect(stdout).toContain(projects);
    expect(stdout).toContain('npm start -- --demo');
    expect(await survivors(home)).toEqual([]);
  }));

test('the line for Claude carries the environment that leads to this ledger, and nothing in the usual place', () => {
  const program = join('dist', 'mcp.js');
  expect(connectCommand({ HOME: '/home/me' })).toMatch(/^claude mcp add --scope user autobot-tracker -- node \S+$/);
  expect(connectCommand({ HOME: '/home/me' })).toContain(program);
  expect(connectCommand({ HOME: '/home/me', TRACKER_HOME: "/my 'state'" })).toContain(
    `autobot-tracker --env 'TRACKER_HOME=/my '\\''state'\\''' -- node`,
  );
});
