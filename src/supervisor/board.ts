/** Where the dashboard is: the `board` process writes it down once it listens. */
import { join } from 'node:path';
import { z } from 'zod';
import type { Layout } from './layout.js';
import { readIfThere } from './layout.js';

const Listening = z.object({ host: z.string(), port: z.int() });

/** The port that it got, which is not the configured one where that was taken; null while it does not run. */
export function boardPort(layout: Layout): number | null {
  return listening(layout)?.port ?? null;
}

/** An address that lets its owner in, for a person's browser; null while the dashboard does not run. */
export function boardAddress(layout: Layout): string | null {
  const at = listening(layout);
  const token = readIfThere(join(layout.home, 'dashboard-token'))?.trim() ?? '';
  if (at === null) return null;
  const host = at.host.includes(':') ? `[${at.host}]` : at.host;
  return `http://${host}:${at.port}/${token === '' ? '' : `?token=${encodeURIComponent(token)}`}`;
}

function listening(layout: Layout): z.infer<typeof Listening> | null {
  const text = readIfThere(join(layout.home, 'board.json'));
  return text === null ? null : (Listening.safeParse(JSON.parse(text)).data ?? null);
}
