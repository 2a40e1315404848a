/** What to do next, as sentences of ours made of numbers, each with the call that goes on from it. No stored text. */
import type { ReportArguments, Sources } from './report-sources.js';

interface Advice {
  readonly text: string;
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** Most pressing first. */
export function adviceOf(sources: Sources): Advice[] {
  return [healthAdvice(sources), ...fixAdvice(sources), ...taskAdvice(sources), ...errorAdvice(sources)].filter(
    (advice) => advice !== null,
  );
}

const filters = ({ project }: ReportArguments): Readonly<Record<string, unknown>> =>
  project === undefined ? {} : { project };
const lately = (asked: ReportArguments): Readonly<Record<string, unknown>> => ({
  since: asked.since,
  ...filters(asked),
});
const are = (count: number, noun: string): string => (count === 1 ? `1 ${noun} is` : `${count} ${noun}s are`);

function healthAdvice({ health }: Sources): Advice | null {
  const check = { tool: 'system_health_check', arguments: { fresh: true } };
  if (health.checked_at === null) return { text: 'Nothing was ever checked: ask for a health check.', ...check };
  if (health.stale) return { text: 'The last health check is old: check again before you rely on it.', ...check };
  const bad = health.targets.filter(({ status }) => status !== 'up').length;
  return bad === 0 ? null : { text: `${are(bad, 'target')} not up: look at those first.`, ...check };
}

function fixAdvice({ asked, fixes }: Sources): readonly Advice[] {
  const regressed = fixes.fixes.filter(({ verdict }) => verdict === 'regressed').length;
  if (regressed === 0) return [];
  const text = `${regressed} claimed ${regressed === 1 ? 'fix' : 'fixes'} did not hold: the error came back.`;
  return [{ text, tool: 'validate_fixes', arguments: lately(asked) }];
}

function taskAdvice({ asked, analytics, dropped }: Sources): readonly Advice[] {
  const { critical, high } = analytics.openByPriority;
  const { blocked } = analytics.byStatus;
  const pressing = {
    text: `${are(critical + high, 'open task')} critical or high: begin there.`,
    tool: 'get_unfinished_tasks',
    arguments: { priority: ['critical', 'high'], ...filters(asked) },
  };
  const stuck = {
    text: `${are(blocked, 'task')} blocked: see what they wait for.`,
    tool: 'get_unfinished_tasks',
    arguments: { status: ['blocked'], response_format: 'detailed', ...lately(asked) },
  };
  const left = {
    text: `${dropped.total === 1 ? '1 task was' : `${dropped.total} tasks were`} left out of a later list without a word: was that meant?`,
    tool: 'get_unfinished_tasks',
    arguments: { status: ['dropped'], sort: 'newest', ...lately(asked) },
  };
  return [
    ...(critical + high > 0 ? [pressing] : []),
    ...(blocked > 0 ? [stuck] : []),
    ...(dropped.total > 0 ? [left] : []),
  ];
}

function errorAdvice({ asked, errors, insights }: Sources): readonly Advice[] {
  const recurring = insights.insights.filter(({ status }) => status === 'active').length;
  const growing = errors.patterns.filter(({ trend }) => trend === 'rising' || trend === 'new').length;
  const lessons = {
    text: `${recurring} ${recurring === 1 ? 'error keeps' : 'errors keep'} coming back: solve the cause once.`,
    tool: 'get_insights',
    arguments: filters(asked),
  };
  const fresh = {
    text: `${are(growing, 'recent error')} new or rising.`,
    tool: 'get_error_correlations',
    arguments: lately(asked),
  };
  return [...(recurring > 0 ? [lessons] : []), ...(growing > 0 ? [fresh] : [])];
}
