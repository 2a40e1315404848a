/** A real MCP client of the built server, over stdio. */
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { join } from 'node:path';
import { packageFolder } from '../../src/config.js';

export interface TaskReply {
  readonly tasks: readonly { readonly id: string; readonly title: string }[];
  readonly total: number;
  readonly total_is: 'exact' | 'at_least';
  readonly next_cursor: string | null;
}

export interface ErrorReply {
  readonly patterns: readonly { readonly id: string; readonly count: number }[];
}

export interface ToolClient {
  errors(args: Readonly<Record<string, unknown>>): Promise<ErrorReply>;
  unfinished(args: Readonly<Record<string, unknown>>): Promise<TaskReply>;
  readonly pid: number;
  close(): Promise<void>;
}

export async function connectClient(env: NodeJS.ProcessEnv): Promise<ToolClient> {
  const client = new Client({ name: 'bench', version: '1.0.0' });
  const program = join(packageFolder(), 'dist', 'mcp.js');
  const given = Object.fromEntries(
    Object.entries(env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [program],
    env: given,
    stderr: 'ignore',
  });
  await client.connect(transport);
  const call = async (name: string, args: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const { isError, structuredContent, content } = await client.callTool({ name, arguments: args });
    if (isError === true) throw new Error(JSON.stringify(content));
    return structuredContent;
  };
  return {
    pid: transport.pid ?? 0,
    unfinished: async (args) => (await call('get_unfinished_tasks', args)) as TaskReply,
    errors: async (args) => (await call('get_error_correlations', args)) as ErrorReply,
    close: () => client.close(),
  };
}
