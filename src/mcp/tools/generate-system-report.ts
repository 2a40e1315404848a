import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { Since } from '../views/contract.js';
import { defineTool } from '../define.js';
import { isUnread, NOTHING_READ } from '../errors.js';
import { bytesOf } from '../views/page.js';
import { composeReport, type Report } from '../views/report.js';
import { markdownOf } from '../views/report-markdown.js';
import { MOST_LISTED, readSources, type Sources } from '../views/report-sources.js';

/** Bytes of the whole reply, markdown included. */
const REPORT_BYTES = 7_800;

const Rows = z.array(z.looseObject({}));

export const generateSystemReport = defineTool({
  name: 'generate_system_report',
  title: 'System report',
  description:
    'Report for a hand-off, a weekly review or the overall status of a project or all: tasks, errors, fixes, insights, health ' +
    'since a time, and recommendations (text, tool, arguments).',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  input: z.strictObject({
    since: Since.default('7d'),
    project: z.string().min(1).max(200).optional(),
    format: z.enum(['json', 'markdown']).default('json'),
  }),
  output: z.strictObject({
    summary: z.looseObject({ since: z.string(), until: z.string(), open_tasks: z.int() }),
    health: z.looseObject({ status: z.string() }),
    tasks: z.looseObject({ open: Rows, completed: Rows, dropped: Rows }),
    errors: z.looseObject({ total: z.int(), latest: Rows }),
    fixes: Rows,
    insights: Rows,
    recommendations: z.array(z.strictObject({ text: z.string(), tool: z.string(), arguments: z.looseObject({}) })),
    shown: z.record(z.string(), z.string()),
    markdown: z.string().optional(),
    hint: z.string(),
    missing: z.array(z.string()),
  }),
  run: async ({ format, ...asked }, context) => {
    const sources = await readSources(asked, context);
    const hint = (await isUnread(context.store)) ? NOTHING_READ : HINT;
    const marker = format === 'markdown' ? `data-${randomBytes(8).toString('hex')}` : null;
    return fitted(sources, marker, { hint, missing: missingFor(asked.project) });
  },
});

const HINT =
  'shown says how much of each list is here; the tools of the recommendations, get_unfinished_tasks, ' +
  'get_error_correlations, validate_fixes and get_insights list the rest.';

const missingFor = (project: string | undefined): string[] => [
  'opened: counts from the start of the day of since (UTC); null where that is not kept',
  ...(project === undefined ? [] : ['health: of the whole system; which targets a project needs is not known']),
];

/** The longest lists with which all of it fits. */
function fitted<Beside extends object>(sources: Sources, marker: string | null, beside: Beside) {
  for (let most = MOST_LISTED; ; most -= 1) {
    const report: Report = composeReport(sources, most);
    const answer = { ...report, ...(marker !== null && { markdown: markdownOf(report, marker) }), ...beside };
    if (most === 0 || bytesOf(answer) <= REPORT_BYTES) return answer;
  }
}
