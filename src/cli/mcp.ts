/** `mcp`: the MCP server on stdio, or over HTTP. */
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { loadConfig } from '../config.js';
import { InputError } from '../errors.js';
import { connectCommand, serverFile, shellPath } from './screen.js';

export function registerMcp(program: Command): void {
  program
    .command('mcp')
    .description('Speaks MCP on stdin and stdout until stdin ends, as clients start it; or over HTTP, with --http.')
    .option('--http', 'serve over HTTP instead until Ctrl-C: on loopback unless mcp.http says otherwise, with a token')
    .option('--port <number>', 'with --http: the port, in place of mcp.http.port; the next free one if it is taken')
    .addHelpText('after', () => `\nConnect Claude Code, once:\n  ${connectCommand()}`)
    .action(({ http = false, port }: { http?: boolean; port?: string }) =>
      http || port !== undefined ? overHttp(http, port) : overStdio(),
    );
}

/** The bundle is faster and smaller; before `npm run build` there are only the single modules. Neither comes back. */
async function overStdio(): Promise<void> {
  if (existsSync(serverFile())) await import(pathToFileURL(serverFile()).href);
  else await (await import('../mcp/stdio/process.js')).serveProcess();
}

async function overHttp(isAsked: boolean, port: string | undefined): Promise<never> {
  if (!isAsked) throw new InputError('--port goes with --http.');
  if (port !== undefined && (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)) {
    throw new InputError(`--port must be a number from 0 to 65535, not "${port}".`);
  }
  // Faults are told here as in every command; the process would log them.
  loadConfig();
  const { serveHttpProcess } = await import('../mcp/http/process.js');
  return serveHttpProcess({
    ...(port !== undefined && { port: Number(port) }),
    onListening: ({ url, tokenFile }) => process.stdout.write(listening(url, tokenFile)),
  });
}

function listening(url: string, tokenFile: string): string {
  const token = shellPath(tokenFile);
  return [
    `MCP over HTTP: ${url}`,
    'Connect Claude Code, once:',
    `  claude mcp add --scope user --transport http autobot-tracker ${url} --header "Authorization: Bearer $(cat ${token})"`,
    '',
  ].join('\n');
}
