/** The built MCP server as a child process. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';

const dist = resolve('dist/src');

/** The entry of the built server. */
export function builtServer(): string {
  const entry = join(dist, 'mcp/main.js');
  if (!existsSync(entry)) throw new Error('dist is missing: run `npm run build` before these tests (`npm test` does)');
  return entry;
}

/** The built server with libraries that print on stdout when they are loaded, as the path of a script for `node`. */
export async function noisyServer(): Promise<{ entry: string; remove: () => Promise<void> }> {
  builtServer();
  const folder = await mkdtemp(join(tmpdir(), 'tracker-mcp-'));
  const entry = join(folder, 'server.mjs');
  const from = (path: string): string => JSON.stringify(pathToFileURL(join(dist, path)).href);
  await writeFile(
    entry,
    `import { serveProcess } from ${from('mcp/stdio/process.js')};
await serveProcess(async () => {
  console.log('a stray line of a library');
  process.stdout.write('and another\\n');
  return (await import(${from('mcp/connect.js')})).connectParts();
});
`,
  );
  return { entry, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** What tests look at of a reply. */
export interface RawReply {
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}
/** And of the result of a tool. */
export interface RawResult {
  readonly isError?: boolean;
  readonly content: readonly { readonly text: string }[];
  readonly structuredContent?: Readonly<Record<string, unknown>>;
  readonly _meta?: Readonly<Record<string, unknown>>;
}

/** What a client of 2026-07-28 puts into each request. */
export const modernMeta = (capabilities: object = {}): { readonly _meta: object } => ({
  _meta: {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientInfo': { name: 'raw', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': capabilities,
  },
});

export interface RawServer {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  /** Every line of stdout so far. */
  readonly lines: string[];
  send(message: unknown): void;
  write(text: string | Buffer): void;
  /** Sends a request with an id of its own. @returns the reply, an error too */
  ask(method: string, params?: object, withinMs?: number): Promise<RawReply>;
  /** Calls a tool as a client of 2025-11-25 does. */
  call(name: string, args?: object, withinMs?: number): Promise<RawResult>;
  /** The reply with this id. */
  reply(id: number | string, withinMs?: number): Promise<Record<string, unknown>>;
  /** Initializes at 2025-11-25. */
  open(): Promise<Record<string, unknown>>;
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  stderr(): string;
}

/** Starts `node entry` and speaks with it line by line, with no SDK between. */
export function startRaw(entry: string, env: NodeJS.ProcessEnv = {}, args: readonly string[] = []): RawServer {
  const child = spawn(process.execPath, [entry, ...args], { stdio: 'pipe', env: { ...process.env, ...env } });
  // Each reply that is waited for wants to know of its end.
  child.setMaxListeners(0);
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  let rest = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    for (const listener of listeners) listener();
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
  child.stdin.on('error', () => undefined);
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal })),
  );
  const write = (text: string | Buffer): void => void child.stdin.write(text);
  const send = (message: unknown): void => write(`${JSON.stringify(message)}\n`);
  const find = (id: number | string): Record<string, unknown> | undefined => {
    for (const line of lines) {
      const message = JSON.parse(line) as Record<string, unknown>;
      if (message['id'] === id && !('method' in message)) return message;
    }
    return undefined;
  };
  const reply = (id: number | string, withinMs = 10_000): Promise<Record<string, unknown>> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = find(id);
        if (found === undefined) return;
        done();
        resolve(found);
      };
      const fail = (why: string) => (): void => {
        done();
        reject(new Error(`no reply to ${id}: ${why}\n${errors}`));
      };
      const timer = setTimeout(fail(`none within ${withinMs} ms`), withinMs);
      const ended = fail('the server ended');
      const done = (): void => {
        clearTimeout(timer);
        listeners.delete(look);
        child.off('close', ended);
      };
      listeners.add(look);
      child.once('close', ended);
      look();
    });
  let asked = 0;
  const ask = (method: string, params: object = {}, withinMs?: number): Promise<RawReply> => {
    asked += 1;
    const id = `asked ${asked}`;
    send({ jsonrpc: '2.0', id, method, params });
    return reply(id, withinMs);
  };
  return {
    child,
    lines,
    send,
    write,
    reply,
    ask,
    call: async (name, args = {}, withinMs) => {
      const { result, error } = await ask('tools/call', { name, arguments: args }, withinMs);
      if (result === undefined) throw new Error(`${name}: ${error?.message ?? 'no result'}`);
      return result as unknown as RawResult;
    },
    exited,
    stderr: () => errors,
    open: () => {
      const clientInfo = { name: 'raw', version: '1' };
      const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
      send({ jsonrpc: '2.0', id: 'open', method: 'initialize', params });
      send({ jsonrpc: '2.0', method: 'notifications/initialized' });
      return reply('open');
    },
  };
}
