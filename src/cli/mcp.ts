/** `mcp`: the MCP server on stdio. */
import type { Command } from 'commander';
import { serveProcess } from '../mcp/serve-process.js';

export function registerMcp(program: Command): void {
  program
    .command('mcp')
    .description(
      'Speaks MCP on stdin and stdout until stdin ends; meant to be started by a client:\n' +
        '  claude mcp add autobot-tracker -- mcp-autobot-tracker mcp',
    )
    .action(() => serveProcess());
}
