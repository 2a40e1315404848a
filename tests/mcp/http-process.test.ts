import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, request as forward, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { bundled } from '../support/bundle.js';
import { clients, listTools, modern, send, until } from '../support/mcp-http.js';

const SMALL = `
import { serveHttp } from './src/mcp/http/server.ts';
import { currentToken } from './src/mcp/http/token.ts';
import { smallServer } from './tests/support/mcp-http.ts';
const whoami = async () => { await new Promise((done) => setTimeout(done, 20)); return process.pid; };
const token = currentToken(process.env.TRACKER_HOME);
const server = await serveHttp({ factory: smallServer({ whoami }).factory, host: '127.0.0.1', port: 0, token });
console.log(server.url);
`;
const PROGRAM = `import './src/cli/main.ts';`;

let small: Awaited<ReturnType<typeof bundled>>;
let program: Awaited<ReturnType<typeof bundled>>;
beforeAll(async () => {
  [small, program] = await Promise.all([bundled(SMALL), bundled(PROGRAM)]);
});
afterAll(() => Promise.all([small.remove(), program.remove()]));

let home = '';
const children: ChildProcess[] = [];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tracker-http-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }
  rmSync(home, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly port: number;
  /** All that it wrote. */
  output(): string;
  readonly ended: Promise<number | null>;
}

/** Starts it and waits until it says where it listens. */
async function start(entry: string, args: readonly string[] = []): Promise<Started> {
  const child = run(entry, args);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const found = (): string | undefined => /http:\/\/127\.0\.0\.1:\d+\/mcp/.exec(output)?.[0];
  await until(() => found() !== undefined || child.exitCode !== null, 20_000);
  const url = found();
  if (url === undefined) throw new Error(`it does not listen:\n${output}`);
  return { child, url, port: Number(new URL(url).port), output: () => output, ended };
}

function run(entry: string, args: readonly string[]): ChildProcess {
  // A Redis that is not there: lists and refusals need none.
  const env = { ...process.env, TRACKER_HOME: home, CLAUDE_CONFIG_DIR: home, REDIS_URL: 'redis://127.0.0.1:1' };
  const child = spawn(process.execPath, [entry, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  return child;
}

const token = (): string => readFileSync(join(home, 'mcp-token'), 'utf8').trim();
const bearer = (): { authorization: string } => ({ authorization: `Bearer ${token()}` });

/** One address; each request goes to the next of `ports`, whoever sent it. */
async function roundRobin(ports: readonly number[]): Promise<{ proxy: Server; url: string }> {
  let turn = 0;
  const proxy = createServer((incoming, outgoing) => {
    const port = ports[(turn += 1) % ports.length];
    const { method, url: path, headers } = incoming;
    const onward = forward({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    onward.once('error', () => outgoing.destroy());
    outgoing.once('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return { proxy, url: `http://127.0.0.1:${(proxy.address() as { port: number }).port}/mcp` };
}

describe('two processes behind one address', () => {
  test('answer the requests of one client in turn, without knowing of each other, and share the token', async () => {
    const both = await Promise.all([start(small.entry), start(small.entry)]);
    const { proxy, url } = await roundRobin(both.map(({ port }) => port));
    try {
      for (const connect of Object.values(clients)) {
        const client = await connect(url, token());
        const calls = Array.from({ length: 12 }, (_, n) =>
          n % 3 === 0 ? client.call('echo', { n }) : client.call('whoami', {}),
        );
        const answers = await Promise.all(calls);
        for (const [n, answer] of answers.entries()) if (n % 3 === 0) expect(answer).toEqual({ found: { n } });
        const pids = new Set(answers.flatMap((answer, n) => (n % 3 === 0 ? [] : [JSON.stringify(answer)])));
        expect([...pids].sort()).toEqual(both.map(({ child }) => JSON.stringify({ found: child.pid })).sort());
        expect(await client.list()).toEqual(['echo', 'whoami']);
        await client.close();
      }
    } finally {
      proxy.closeAllConnections();
      proxy.close();
    }
  }, 60_000);
});

describe('mcp --http', () => {
  test('serves our tools, Redis or not, to those who have the token, and never says it', async () => {
    const { port, output } = await start(program.entry, ['mcp', '--http', '--port', '0', '--verbose']);
    expect(statSync(join(home, 'mcp-token')).mode & 0o777).toBe(0o600);
    await until(() => output().includes('claude mcp add --scope user --transport http'));

    const listed = await send(port, listTools, bearer());
    expect(listed.status).toBe(200);
    expect(listed.text).toContain('get_unfinished_tasks');
    const [body, headers] = modern('tools/call', { name: 'get_unfinished_tasks', arguments: {} });
    const called = await send(port, body, { ...headers, ...bearer() });
    expect(JSON.parse(called.text)).toMatchObject({ result: { isError: true } });
    expect((await send(port, listTools, { authorization: 'Bearer wrong' })).status).toBe(401);
    expect(output()).not.toContain(token());
  }, 60_000);

  test('a deleted token is worth nothing within a second, nor one that others may read', async () => {
    const { port, output } = await start(program.entry, ['mcp', '--http', '--port', '0']);
    const old = bearer();
    expect((await send(port, listTools, old)).status).toBe(200);
    rmSync(join(home, 'mcp-token'));
    await until(async () => (await send(port, listTools, old)).status === 401);
    expect((await send(port, listTools, bearer())).status).toBe(200);
    chmodSync(join(home, 'mcp-token'), 0o644);
    await until(async () => (await send(port, listTools, bearer())).status === 500);
    expect(output()).toContain('may be read by others (mode 644)');
    chmodSync(join(home, 'mcp-token'), 0o600);
    await until(async () => (await send(port, listTools, bearer())).status === 200);
  }, 60_000);

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'on %s listeners get their last result and it ends with 0',
    async (signal) => {
      const { child, port, ended } = await start(program.entry, ['mcp', '--http', '--port', '0']);
      const filter = { notifications: { resourceSubscriptions: ['autobot://unfinished_tasks'] } };
      const [body, headers] = modern('subscriptions/listen', filter);
      let isHeard = false;
      const onBegin = (): void => void (isHeard = true);
      const listening = send(port, body, { ...headers, ...bearer() }, { onBegin });
      await until(() => isHeard);
      const from = performance.now();
      child.kill(signal);
      expect(await ended).toBe(0);
      expect(performance.now() - from).toBeLessThan(2_500);
      expect((await listening).text).toContain('"resultType":"complete"');
    },
    60_000,
  );

  test.each([
    [['--port', '1'], 2, '--port goes with --http'],
    [['--http', '--port', '70000'], 2, 'must be a number from 0 to 65535'],
  ])('%j is wrong usage', async (args, code, text) => {
    const child = run(program.entry, ['mcp', ...args]);
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(code);
    expect(stderr).toContain(text);
  });
});
