/** `call TOOL [JSON]`: what a client would get. */
import type { Command } from 'commander';
import { InputError } from '../errors.js';
import { toolNames } from '../mcp/tools/index.js';
import { withTools } from './called.js';

export function registerCall(program: Command): void {
  program
    .command('call')
    .description(
      'Calls a tool as an MCP client would and prints its structured result; an error goes to stderr (exit 1).',
    )
    .argument('<tool>', 'name of the tool, such as get_unfinished_tasks')
    .argument('[json]', 'its arguments as a JSON object', '{}')
    .addHelpText('after', `\nTools:\n${toolNames.map((name) => `  ${name}`).join('\n')}`)
    .action(async (tool: string, json: string) => {
      const args = argumentsOf(json);
      await withTools(async (call) => {
        process.stdout.write(`${JSON.stringify(await call(tool, args), null, 2)}\n`);
      });
    });
}

function argumentsOf(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new InputError(`The arguments are no JSON object. Write them as one word: '{"limit": 5}'`);
}
