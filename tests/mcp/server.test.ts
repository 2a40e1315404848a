import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { taskFact } from '../support/builders.js';
import { startLedger, type LedgerRun } from '../support/ledger-run.js';
import { modernMeta, noisyServer, startRaw, type RawServer } from '../support/mcp-server.js';

let run: LedgerRun;
const started: RawServer[] = [];

beforeAll(async () => {
  run = await startLedger();
  await run.store.record(
    ['t1', 't2', 't3'].map((id) => taskFact({ id })),
    Date.now(),
  );
}, 60_000);
afterEach(() => {
  for (const server of started.splice(0)) server.child.kill('SIGKILL');
});
afterAll(() => run.stop());

const raw = (): RawServer => run.stdio();

/** One whose libraries print on stdout. */
async function noisy(): Promise<RawServer> {
  const { entry, remove } = await noisyServer();
  const server = startRaw(entry, run.env);
  started.push(server);
  void server.exited.then(remove);
  return server;
}

test('a modern list says how long it may be kept', async () => {
  const server = raw();
  const [discovered, tools, read] = await Promise.all([
    server.ask('server/discover', modernMeta()),
    server.ask('tools/list', modernMeta()),
    server.ask('resources/read', { ...modernMeta(), uri: 'autobot://unfinished_tasks' }),
  ]);
  const { instructions, supportedVersions } = discovered.result as {
    instructions: string;
    supportedVersions: string[];
  };
  expect(supportedVersions).toContain('2026-07-28');
  expect(instructions.length).toBeLessThanOrEqual(2_000);
  expect(tools).toMatchObject({ result: { ttlMs: 300_000, cacheScope: 'public' } });
  expect(read).toMatchObject({ result: { ttlMs: 1_000, cacheScope: 'private' } });
});

describe('stdout', () => {
  test('carries nothing but JSON-RPC, whatever comes in and whatever libraries print', async () => {
    const server = await noisy();
    await server.open();
    const line = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record(
          { jsonrpc: fc.constant('2.0'), id: fc.anything(), method: fc.string(), params: fc.anything() },
          { requiredKeys: [] },
        )
        .map((message) => JSON.stringify(message)),
      fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
      fc.constantFrom(
        '{',
        '[]',
        'null',
        '[{"jsonrpc":"2.0"}]',
        '\u0000',
        '{"jsonrpc":"2.0","id":{},"method":"x"}',
        '{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"get_unfinished_tasks","arguments":[]}}',
      ),
    );
    for (const text of fc.sample(line, { numRuns: 400, seed: 7 })) server.write(`${text}\n`);
    server.write(
      Buffer.concat([Buffer.from('{"jsonrpc":"2.0","id":"cut-'), Buffer.from([0xff, 0xfe, 0x80]), Buffer.from('\n')]),
    );
    server.send({ jsonrpc: '2.0', id: 'last', method: 'tools/call', params: { name: 'get_unfinished_tasks' } });
    expect(await server.reply('last')).toMatchObject({ result: { structuredContent: { total: 3 } } });
    for (const text of server.lines) expect(JSON.parse(text)).toMatchObject({ jsonrpc: '2.0' });
    expect(server.stderr()).toContain('a stray line of a library');
  });

  test('a message of more than 16 MiB is refused and the next one answered', async () => {
    const server = raw();
    await server.open();
    server.write(
      `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"${'x'.repeat(17 * 1_024 * 1_024)}"}}\n`,
    );
    server.send({ jsonrpc: '2.0', id: 2, method: 'tools/list' });
    expect(await server.reply(2)).toMatchObject({ result: {} });
    expect(server.lines.some((text) => text.includes('longer than'))).toBe(true);
  });
});

test('what was asked right before the end of stdin is still answered', async () => {
  const server = raw();
  await server.open();
  await server.call('get_unfinished_tasks');
  const last = server.call('get_unfinished_tasks');
  server.child.stdin.end();
  expect(await last).toMatchObject({ structuredContent: { total: 3 } });
  expect(await server.exited).toEqual({ code: 0, signal: null });
});

test('a server whose parent died ends, though somebody else still holds its stdin', async () => {
  const { command, args, env } = run.stdioCommand;
  const fifo = join(run.home, 'stdin');
  execFileSync('mkfifo', [fifo]);
  const held = openSync(fifo, 'r+');
  const script = 'exec 3<&0; "$0" "$1" <&3 & wait';
  const shell = spawn('sh', ['-c', script, command, ...args], { env, stdio: [held, 'pipe', 'ignore'] });
  writeSync(held, `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' })}\n`);
  await new Promise((resolve) => shell.stdout?.once('data', resolve));
  // Its stdout closes when the last process that holds it has ended.
  const ended = new Promise((resolve) => shell.once('close', resolve));
  shell.kill('SIGKILL');
  await ended;
  closeSync(held);
}, 15_000);
