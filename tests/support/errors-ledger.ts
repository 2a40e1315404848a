/** Errors, tasks and conversations written straight into a ledger, and tools called on it. */
import { expect } from '@jest/globals';
import type { ErrorFact } from '../../src/domain/facts.js';
import { InputError } from '../../src/errors.js';
import { answerFor } from '../../src/mcp/errors.js';
import type { AnyTool, ToolContext } from '../../src/mcp/tool.js';
import { errorFact } from './builders.js';
import type { Bench } from './store.js';

export const DAY = 86_400_000;
export const HOUR = 3_600_000;
export const NOW = Date.UTC(2026, 10, 22, 12);

export const failure = (id: string, at: number, said: Partial<ErrorFact> = {}): ErrorFact =>
  errorFact({ id, at, ...said });

/** Writes which errors happened while a task was under way, as the correlate worker does. */
export async function tie({ redis, keys }: Bench, task: string, ...errors: string[]): Promise<void> {
  for (const error of errors) {
    await redis.sadd(keys.of('rel', task), error);
    await redis.sadd(keys.of('relt', error), task);
  }
}

/** What a tool that reads sees of a real ledger; nothing is ever queued. */
export const contextOn = ({ store }: Bench): ToolContext => {
  const refuse = (): never => {
    throw new Error('a tool that reads has asked for a job');
  };
  return {
    store,
    queue: { enqueue: refuse, report: refuse, waitFor: refuse, workersOnline: refuse, cancel: refuse },
    redact: refuse,
    transcripts: { roots: [], host: 'here' },
    now: () => NOW,
    signal: new AbortController().signal,
  };
};

export interface Reply {
  readonly hint: string;
  readonly next_cursor: string | null;
  readonly patterns: readonly Row[];
  readonly links: readonly Row[];
  readonly groups: readonly Row[];
  readonly fixes: readonly Row[];
  readonly [key: string]: unknown;
}
export interface Row {
  readonly [key: string]: unknown;
}

/** Calls a tool; its reply must fit its schema and a page. */
export async function callOn(bench: Bench, tool: AnyTool, args: unknown = {}): Promise<Reply> {
  const result = await tool.call(args, () => Promise.resolve(contextOn(bench)));
  expect(tool.output.safeParse(result)).toMatchObject({ success: true });
  expect(Buffer.byteLength(JSON.stringify(result))).toBeLessThanOrEqual(8_000);
  return result as Reply;
}

/** The text that a caller reads of a call that is the caller's mistake. */
export async function refusalOn(bench: Bench, tool: AnyTool, args: unknown): Promise<string> {
  const error: unknown = await callOn(bench, tool, args).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InputError);
  return answerFor(error, { name: tool.name, writes: false }) ?? '';
}

/** Follows the hints of a reply until the last page. */
export async function allPages(bench: Bench, tool: AnyTool, args: Record<string, unknown>): Promise<Reply[]> {
  const pages = [await callOn(bench, tool, args)];
  for (let at = pages[0]; at !== undefined && at.next_cursor !== null; at = pages.at(-1)) {
    const next = new RegExp(`call ${tool.name} (\\{.*\\})$`).exec(at.hint)?.[1] ?? '';
    const call = JSON.parse(next) as Record<string, unknown>;
    expect(call).toEqual({ ...args, cursor: at.next_cursor });
    pages.push(await callOn(bench, tool, call));
    if (pages.length > 200) throw new Error('pages without end');
  }
  return pages;
}

/** Bytes that the tool's entry costs a client that shows it to a model. */
export function listedBytes({ name, title, description, inputSchema }: Row): number {
  return Buffer.byteLength(JSON.stringify({ name, title, description, inputSchema }));
}
