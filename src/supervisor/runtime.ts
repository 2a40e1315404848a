/** `runtime.json`: what runs for this home, for whoever comes next: a second start, `status`, the MCP server. */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { readIfThere } from './layout.js';

const Id = z.object({ pid: z.int(), start: z.string() });

export const Runtime = z.object({
  /** The PM2 daemon. */
  pid: z.int(),
  start: z.string(),
  version: z.string(),
  build: z.string(),
  startedAt: z.int(),
  /** The command that stays in the foreground and stops everything when it ends; null after `up --detach`. */
  owner: Id.nullable(),
  redisSocket: z.string().nullable(),
  boardPort: z.int().nullable(),
  /** Address of MCP over HTTP; null where it is not served. */
  mcpUrl: z.string().nullable().default(null),
  pids: z.record(z.string(), z.array(z.int())),
});
export type Runtime = z.infer<typeof Runtime>;

/** Null where nothing was started, or where the file is from another hand: then it says nothing to us. */
export function readRuntime(path: string): Runtime | null {
  const text = readIfThere(path);
  if (text === null) return null;
  try {
    return Runtime.safeParse(JSON.parse(text)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export function writeRuntime(path: string, runtime: Runtime): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(runtime, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, path);
}

export function removeRuntime(path: string): void {
  rmSync(path, { force: true });
}
