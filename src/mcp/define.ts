/** Declares tools; arguments are checked here, so that every fault is told in the same words. */
import { z } from 'zod';
import { describeFaults } from './arguments.js';
import { follow, start, view } from './asking.js';
import { badArguments } from './errors.js';
import type { AnyTool, AskingArguments, AskingTool, Facts, Tool, ToolDeclaration } from './tool.js';

type Object = z.ZodType<Facts>;

/** A tool that answers from the ledger. */
export function defineTool<Input extends z.ZodType, Output extends Object>(tool: Tool<Input, Output>): AnyTool {
  const { run, ...declaration } = tool;
  return {
    ...declaration,
    call: async (args, open) => {
      const parsed = parse(tool, args);
      return (await run(parsed, await open())) as Facts;
    },
  };
}

/** A tool that asks the workers, and tells how far they are. */
export function defineAskingTool<Input extends z.ZodType<AskingArguments>, Output extends Object>(
  tool: AskingTool<Input, Output>,
): AnyTool {
  const { plan, present, ...declaration } = tool;
  const begin = async (args: z.output<Input>, open: Parameters<AnyTool['call']>[1]) => {
    const context = await open();
    const planned = await plan(args, context);
    return { context, planned };
  };
  return {
    ...declaration,
    call: async (raw, open) => {
      const args = parse(tool, raw);
      const { context, planned } = await begin(args, open);
      if ('known' in planned) return present(null, planned.known, context);
      const started = await start(tool.name, planned, args.idempotency_key, context);
      const report = await follow(started.job, args.wait_ms ?? 0, context);
      return view(tool.name, present, started, report, context);
    },
    asks: {
      start: async (raw, open) => {
        const args = parse(tool, raw);
        const { context, planned } = await begin(args, open);
        if ('known' in planned) return { facts: await present(null, planned.known, context) };
        return start(tool.name, planned, args.idempotency_key, context);
      },
      finish: async (job, report, context) => {
        const record = report.record ?? { tool: tool.name, about: null, createdAt: 0, ttlMs: 0 };
        return view(tool.name, present, { job, record }, report, context);
      },
    },
  };
}

/** @throws InputError */
function parse<Input extends z.ZodType>(tool: ToolDeclaration<Input>, args: unknown): z.output<Input> {
  const parsed = tool.input.safeParse(numbersAsText(tool.input, args));
  if (!parsed.success) throw badArguments(tool.name, describeFaults(parsed.error, args, tool.input));
  return parsed.data;
}

/** Clients send an id such as 42 as a number now and then; where a text is expected it is taken for one. */
function numbersAsText(input: z.ZodType, args: unknown): unknown {
  if (!(input instanceof z.ZodObject) || typeof args !== 'object' || args === null || Array.isArray(args)) return args;
  const shape = input.shape as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(args).map(([key, value]: [string, unknown]) => [
      key,
      typeof value === 'number' && Object.hasOwn(shape, key) && isText(shape[key]) ? String(value) : value,
    ]),
  );
}

const isText = (schema: unknown): boolean =>
  schema instanceof z.ZodString ||
  ((schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) && isText(schema.unwrap()));
