/** A tool called as an MCP client would, for commands. */
import { InputError } from '../errors.js';
import { connectParts } from '../mcp/connect.js';
import { connectLocally } from '../mcp/serve/local-client.js';
import { createServices } from '../mcp/services.js';

/** After the answer nothing is worth waiting for; a Redis that hangs would hold the process. */
const LEAVE_MS = 300;

export type Call = (tool: string, args: unknown) => Promise<unknown>;

/** @throws the text of the answer where that is an error */
export async function withTools(use: (call: Call) => Promise<void>): Promise<void> {
  const parts = await connectParts();
  const services = createServices(() => Promise.resolve(parts));
  const client = await connectLocally(services);
  try {
    await use(async (tool, args) => {
      const names = await client.list();
      if (!names.includes(tool)) throw new InputError(`There is no tool "${tool}". Tools: ${names.join(', ')}.`);
      const called = await client.call(tool, args);
      if ('error' in called) throw new Error(called.error);
      return called.structured;
    });
  } finally {
    setTimeout(() => process.exit(), LEAVE_MS).unref();
    await client.close();
    await services.close();
  }
}
