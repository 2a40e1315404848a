import { z } from 'zod';
import type { Links } from '../../store/correlations.js';
import { instantOf, Since } from '../views/contract.js';
import { GroupOnWire, groupOnWire, LinkOnWire, linkOnWire } from '../views/contract-errors.js';
import { defineTool } from '../define.js';
import { isUnread, NOTHING_READ, unknownConversation } from '../errors.js';
import { nextCall } from '../views/next-call.js';
import { bytesOf, fitting, PAGE_BYTES } from '../views/page.js';

const Name = z.string().min(1).max(200);
const DEFAULTS = { min_score: 0.2, limit: 10 } as const;
const MOST = 50;
/** Of the page; the rest is for the links. */
const GROUP_BYTES = 2_000;
const input = z.strictObject({
  session_id: Name.optional().describe('Only what is related to this one'),
  project: Name.optional(),
  since: Since.optional(),
  min_score: z.number().min(0).max(1).default(DEFAULTS.min_score),
  limit: z.int().min(1).max(MOST).default(DEFAULTS.limit),
});

export const correlateConversations = defineTool({
  name: 'correlate_conversations',
  title: 'Related conversations',
  description:
    'Related conversations: which sessions worked on the same thing, by errors, tasks and files in common, best first, and ' +
    'which form a group. Returns links with score and why, groups, hint.',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  input,
  output: z.strictObject({
    links: z.array(LinkOnWire),
    total: z.int(),
    groups: z.array(GroupOnWire),
    hint: z.string(),
    missing: z.array(z.string()).optional(),
  }),
  run: async (args, { store, now }) => {
    const found = await store.links({
      minScore: args.min_score,
      limit: args.limit,
      ...(args.session_id !== undefined && { sessionId: args.session_id }),
      ...(args.project !== undefined && { project: args.project }),
      ...(args.since !== undefined && { since: instantOf(args.since, now()) }),
    });
    if (found === null) throw unknownConversation(args.session_id ?? '');
    const wholes = found.groups.map(groupOnWire);
    const groups = wholes.slice(0, fitting(wholes, GROUP_BYTES));
    const all = found.links.map((link) => linkOnWire(link, found.compared));
    const links = all.slice(0, fitting(all, PAGE_BYTES - bytesOf(groups)));
    return {
      links,
      total: found.total,
      groups,
      hint: found.compared === 0 && (await isUnread(store)) ? NOTHING_READ : hintFor(args, links.length, found),
      missing: ['prose: compared are errors, tasks and files, not yet what is only talked about'],
    };
  },
});

function hintFor(args: z.output<typeof input>, shown: number, { total, compared }: Links): string {
  const scope = args.session_id === undefined ? `the latest ${compared} conversations` : `${compared} conversations`;
  if (total === 0) {
    const next =
      args.min_score > 0
        ? ` Ask for weaker links: ${nextCall('correlate_conversations', { ...args, min_score: 0 }, DEFAULTS)}`
        : '';
    return `No link among ${scope} scores ${args.min_score} or more.${next}`;
  }
  if (shown >= total)
    return `All ${total} shown, of ${scope}. What broke in one: get_error_correlations with "session_id".`;
  const rest = `The best ${shown} of ${total} shown, of ${scope}.`;
  return shown >= args.limit && args.limit < MOST
    ? `${rest} For more call ${nextCall('correlate_conversations', { ...args, limit: Math.min(MOST, args.limit * 4) }, DEFAULTS)}`
    : `${rest} Pass a session_id, a project or a higher min_score for the rest.`;
}
