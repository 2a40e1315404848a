/** `call TOOL [JSON]`: what a client would get. */
import type { Command } from 'commander';
import { InputError } from '../errors.js';
import { connectLocally } from '../mcp/serve/local-client.js';
import { connectParts } from '../mcp/connect.js';
import { createServices } from '../mcp/services.js';
import { toolNames } from '../mcp/tools/index.js';

/** After the answer nothing is worth waiting for; a Redis that hangs would hold the process. */
const LEAVE_MS = 300;

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
      const parts = await connectParts();
      const services = createServices(() => Promise.resolve(parts));
      const client = await connectLocally(services);
      try {
        const names = await client.list();
        if (!names.includes(tool)) throw new InputError(`There is no tool "${tool}". Tools: ${names.join(', ')}.`);
        const called = await client.call(tool, args);
        if ('error' in called) throw new Error(called.error);
        process.stdout.write(`${JSON.stringify(called.structured, null, 2)}\n`);
      } finally {
        setTimeout(() => process.exit(), LEAVE_MS).unref();
        await client.close();
        await services.close();
      }
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
