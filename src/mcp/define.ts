import type { z } from 'zod';
import { describeFaults } from './arguments.js';
import { badArguments } from './errors.js';
import type { AnyTool, Tool } from './tool.js';

/** Declares a tool; its arguments are checked here, so that every fault is told in the same words. */
export function defineTool<Input extends z.ZodType, Output extends z.ZodType<Readonly<Record<string, unknown>>>>(
  tool: Tool<Input, Output>,
): AnyTool {
  const { run, ...declaration } = tool;
  return {
    ...declaration,
    call: async (args, open) => {
      const parsed = tool.input.safeParse(args);
      if (!parsed.success) throw badArguments(tool.name, describeFaults(parsed.error, args, tool.input));
      return (await run(parsed.data, await open())) as Readonly<Record<string, unknown>>;
    },
  };
}
