import { z } from 'zod';
import { ActivityOnWire, activityOnWire, isoOf } from '../views/contract.js';
import { defineTool } from '../define.js';
import { isUnread, NOTHING_READ } from '../errors.js';
import { fitting, PAGE_BYTES } from '../views/page.js';

const MINUTE_MS = 60_000;

export const getRecentActivity = defineTool({
  name: 'get_recent_activity',
  title: 'Recent activity',
  description:
    'What happened in the last minutes or hours: tasks opened and closed, errors, health changes. Returns events (oldest ' +
    'first, the latest of many), total, since, hint.',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  input: z.strictObject({
    minutes: z.int().min(1).max(43_200).default(60),
    limit: z.int().min(1).max(200).default(20),
    project: z.string().min(1).max(200).optional().describe('Folder name, or path of the repository'),
  }),
  output: z.strictObject({
    events: z.array(ActivityOnWire),
    total: z.int(),
    since: z.string(),
    hint: z.string(),
  }),
  run: async ({ minutes, limit, project }, { store, now }) => {
    const since = now() - minutes * MINUTE_MS;
    const found = await store.activity({ since, limit, ...(project !== undefined && { project }) });
    const newestFirst = found.events.map(activityOnWire).reverse();
    const events = newestFirst.slice(0, fitting(newestFirst, PAGE_BYTES)).reverse();
    return {
      events,
      total: found.total,
      since: isoOf(since),
      hint:
        found.total === 0 && (await isUnread(store))
          ? NOTHING_READ
          : hintFor(events.length, found.total, minutes, limit),
    };
  },
});

function hintFor(shown: number, total: number, minutes: number, limit: number): string {
  if (total === 0)
    return `Nothing happened in the last ${minutes} minutes. Ask for more with {"minutes":${Math.min(43_200, minutes * 24)}}.`;
  if (shown >= total) return `All ${total} shown.`;
  const rest = `The latest ${shown} of ${total} shown`;
  return shown >= limit && limit < 200
    ? `${rest}. For more call get_recent_activity {"minutes":${minutes},"limit":${Math.min(200, limit * 4)}}`
    : `${rest}; the page is full. Pass fewer minutes or a project.`;
}
