/** Where MCP over HTTP is served: its process writes it down once it listens. */
import { join } from 'node:path';
import { z } from 'zod';
import type { Layout } from './layout.js';
import { readIfThere } from './layout.js';
import { identify } from './processes.js';

const Listening = z.object({ url: z.string(), pid: z.int() });

/** Null while the process does not run. The port may be another than the configured one. */
export function mcpAddress(layout: Layout): string | null {
  const text = readIfThere(join(layout.home, 'mcp-http.json'));
  const at = text === null ? undefined : Listening.safeParse(JSON.parse(text)).data;
  return at === undefined || identify(at.pid) === null ? null : at.url;
}
