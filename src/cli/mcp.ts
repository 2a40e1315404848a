/** `mcp`: the MCP server on stdio. */
import type { Command } from 'commander';
import { serveProcess } from '../mcp/serve-process.js';
import { connectCommand } from './screen.js';

export function registerMcp(program: Command): void {
  program
    .command('mcp')
    .description('Speaks MCP on stdin and stdout until stdin ends; meant to be started by a client.')
    .addHelpText('after', () => `\nConnect Claude Code, once:\n  ${connectCommand()}`)
    .action(() => serveProcess());
}
