/** The files by which clients find the server, against what their clients have published of them. */
import { describe, expect, test } from '@jest/globals';
import { cpSync, lstatSync, mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { startRaw } from '../support/mcp-server.js';
import { built } from '../support/processes.js';

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/**
 * A stdio server as `mcpServers` of https://www.schemastore.org/claude-code-plugin-manifest.json has it (of 2026-04-23). That
 * lets unknown keys pass and so do the clients, which is how a misspelt one goes unnoticed; here it does not.
 */
const StdioServer = z.strictObject({
  type: z.literal('stdio').optional(),
  command: z.string().min(1),
  args: z.array(z.string()).default([]),
  env: z.record(z.string(), z.string()).optional(),
});

/** https://modelcontextprotocol.io/docs/develop/connect-local-servers: no `type`, and nothing is expanded. */
const ClaudeDesktop = z.strictObject({ mcpServers: z.record(z.string(), StdioServer.omit({ type: true })) });

/** https://code.claude.com/docs/en/mcp: `.mcp.json` of a project, and the one in the root of a plugin. */
const McpJson = z.strictObject({ mcpServers: z.record(z.string().regex(/^[\w-]+$/), StdioServer) });

/**
 * https://www.schemastore.org/claude-code-plugin-manifest.json, without the components that we have none of, such as hooks;
 * https://code.claude.com/docs/en/plugins/manifest-reference adds that a name is kebab-case and what `--strict` asks for.
 */
const Manifest = z.strictObject({
  $schema: z.literal('https://www.schemastore.org/claude-code-plugin-manifest.json').optional(),
  name: z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  description: z.string().min(1),
  author: z.strictObject({ name: z.string().min(1), email: z.email().optional(), url: z.url().optional() }),
  homepage: z.url().optional(),
  repository: z.string().optional(),
  license: z.string().optional(),
  keywords: z.array(z.string()).optional(),
});

/** `${NAME}` and `${NAME:-default}`, as Claude Code expands them in `.mcp.json`. */
function expand(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(
    /\$\{(\w+)(?::-([^}]*))?\}/g,
    (whole, name: string, otherwise?: string) => env[name] ?? otherwise ?? whole,
  );
}

describe('claude_desktop_config.json', () => {
  const { mcpServers } = ClaudeDesktop.parse(json('claude_desktop_config.json'));

  test('starts the bundle by an absolute path, since Claude Desktop has no folder of its own', () => {
    expect(Object.keys(mcpServers)).toEqual(['autobot-tracker']);
    expect(mcpServers['autobot-tracker']?.args).toEqual([expect.stringMatching(/^\/.*\/dist\/mcp\.js$/)]);
  });

  test('is what the README shows', () => {
    const shown = /```json\n(\{\s*"mcpServers"[\s\S]*?)```/.exec(readFileSync('README.md', 'utf8'))?.[1] ?? '';
    expect(JSON.parse(shown.replace('/path/to', '/absolute/path/to'))).toEqual({ mcpServers });
  });
});

describe('.mcp.example.json', () => {
  const { mcpServers } = McpJson.parse(json('.mcp.example.json'));

  test('finds the bundle by a variable, so that a team can share it, and shows what to write without one', () => {
    const [arg = ''] = mcpServers['autobot-tracker']?.args ?? [];
    expect(expand(arg, { AUTOBOT_TRACKER_DIR: resolve('.') })).toBe(resolve('dist/mcp.js'));
    expect(expand(arg, {})).toMatch(/^\/[^$]*\/dist\/mcp\.js$/);
  });
});

describe('the plugin for Claude Code', () => {
  const manifest = Manifest.parse(json('plugin/.claude-plugin/plugin.json'));
  const { mcpServers } = McpJson.parse(json('plugin/.mcp.json'));

  test('carries the version of the package', () => {
    expect(manifest.version).toBe((json('package.json') as { version: string }).version);
  });

  test('holds the bundle as links, which an installation follows and a path out of the folder would not be', () => {
    for (const file of ['mcp.js', 'mcp-libraries.cjs']) {
      expect(lstatSync(join('plugin', file)).isSymbolicLink()).toBe(true);
      expect(readlinkSync(join('plugin', file))).toBe(`../dist/${file}`);
    }
    for (const { args } of Object.values(mcpServers)) expect(args.join(' ')).not.toContain('..');
  });

  test('starts where it lies, and where a copy of it lies alone', async () => {
    built('mcp.js');
    const folder = mkdtempSync(join(tmpdir(), 'tracker-plugin-'));
    try {
      cpSync('plugin', join(folder, 'copy'), { recursive: true, dereference: true });
      for (const root of [resolve('plugin'), join(folder, 'copy')]) {
        const { command, args = [] } = mcpServers['autobot-tracker'] ?? {};
        expect(command).toBe('node');
        const [entry = ''] = args.map((arg) => expand(arg, { CLAUDE_PLUGIN_ROOT: root }));
        const env = { TRACKER_HOME: folder, CLAUDE_CONFIG_DIR: folder, REDIS_URL: `unix://${folder}/none.sock` };
        const server = startRaw(entry, { ...env, TRACKER_CONFIG: '' });
        expect(await server.open()).toMatchObject({ result: { serverInfo: { version: manifest.version } } });
        const params = { name: 'get_unfinished_tasks', arguments: {} };
        server.send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
        // It has got as far as asking Redis, so all that it needs is there.
        expect(JSON.stringify(await server.reply(1))).toContain('Redis does not answer');
        server.child.stdin.end();
        expect(await server.exited).toEqual({ code: 0, signal: null });
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
