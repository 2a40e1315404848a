/** Errors, what ties conversations, and claimed fixes as the wire has them; texts of others stand in their own fields. */
import { z } from 'zod';
import type { Fix, Link, Links, Pattern } from '../../store/correlations.js';
import { isoOf } from './contract.js';
import { plain } from './plain.js';

export const PatternOnWire = z.looseObject({ id: z.string(), template: z.string(), count: z.int(), trend: z.string() });
export const LinkOnWire = z.looseObject({ a: z.string(), b: z.string(), score: z.number() });
export const GroupOnWire = z.looseObject({ sessions: z.array(z.string()), why: z.string() });
export const FixOnWire = z.looseObject({ error_id: z.string(), task_id: z.string(), verdict: z.string() });

const ids = (list: readonly string[], most: number): string[] => list.slice(0, most).map((id) => plain(id, 80));
const rounded = (number: number): number => Math.round(number * 100) / 100;
const seconds = (ms: number): number => Math.round(ms / 1_000);
const many = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
const pathOrNull = (text: string | null): string | null => (text === null ? null : plain(text, 200));

/** How much of a pattern is shown; `tasks` is what a reader of the store asks for. */
export const SHAPES = {
  concise: { chars: 160, tasks: 2, conversations: 3, sources: 3, titleChars: 80 },
  detailed: { chars: 600, tasks: 10, conversations: 20, sources: 20, titleChars: 160 },
} as const;

const MOST_SAMPLES = 5;

export function patternOnWire(pattern: Pattern, shape: keyof typeof SHAPES) {
  const { chars, tasks, conversations, sources, titleChars } = SHAPES[shape];
  return {
    id: plain(pattern.id, 80),
    template: plain(pattern.message, chars),
    class: plain(pattern.class, 40),
    severity: pattern.severity,
    component: pattern.component === null ? null : plain(pattern.component, 80),
    count: pattern.count,
    first_seen: isoOf(pattern.firstAt),
    last_seen: isoOf(pattern.lastAt),
    trend: pattern.trend,
    sources: pattern.sources.slice(0, sources).map((source) => plain(source, 160)),
    conversations: ids(pattern.sessions, conversations),
    conversations_total: pattern.sessions.length,
    tasks: pattern.tasks.slice(0, tasks).map(({ id, title, score, why }) => ({
      id: plain(id, 80),
      title: plain(title, titleChars),
      score: rounded(score),
      why: plain(why, 300),
    })),
    project: pathOrNull(pattern.project),
    ...(shape === 'detailed' && {
      last_24h: pattern.lastDay,
      per_day_before: rounded(pattern.perDayBefore),
      severity_reason: plain(pattern.severityReason, 300),
      ...detailsOnWire(pattern.details),
    }),
  };
}

/** What logs tell of it; nothing of an error that only conversations tell of. */
function detailsOnWire(details: Pattern['details']) {
  if (details === null || details.groupingVersion === null) return {};
  return {
    level: details.level,
    components: ids(details.components, 5),
    by_hour: [...details.hours],
    signals: details.signals.slice(0, 5).map(({ kind, at, why }) => ({
      kind: plain(kind, 20),
      at: isoOf(at),
      why: plain(why, 200),
    })),
    samples: details.samples.slice(0, MOST_SAMPLES).map(({ at, path, byte, text, context }) => ({
      at: isoOf(at),
      file: plain(path, 160),
      byte,
      text: plain(text, 400),
      context: context.slice(-2).map((line) => plain(line, 160)),
    })),
    fingerprints: ids(details.fingerprints, 5),
    grouping_version: details.groupingVersion,
    keys: details.keys.slice(0, 10).map((key) => plain(key, 160)),
  };
}

const MOST_SHARED = 5;
const MOST_IN_GROUP = 20;

export function linkOnWire(link: Link, compared: number) {
  const { errors, tasks, files } = link.shared;
  const kinds = [many(errors.length, 'error'), many(tasks.length, 'task'), many(files.length, 'file')];
  const shared = kinds.filter((kind) => !kind.startsWith('0 ')).join(', ');
  return {
    a: plain(link.a, 80),
    b: plain(link.b, 80),
    a_title: plain(link.aTitle, 80),
    b_title: plain(link.bTitle, 80),
    score: rounded(link.score),
    shared_errors: ids(errors, MOST_SHARED),
    shared_tasks: ids(tasks, MOST_SHARED),
    shared_files: files.slice(0, MOST_SHARED).map((file) => plain(file, 160)),
    why: `${shared} in common; the rarest is in ${link.rarestIn} of ${compared} conversations compared`,
  };
}

export const groupOnWire = ({ members, pairs }: Links['groups'][number]) => ({
  sessions: ids(members, MOST_IN_GROUP),
  why: `${members.length} conversations joined by ${many(pairs, 'link')}`,
});

export const fixOnWire = (fix: Fix) => ({
  error_id: plain(fix.errorId, 80),
  template: plain(fix.message, 120),
  task_id: plain(fix.taskId, 80),
  title: plain(fix.taskTitle, 80),
  claimed_at: isoOf(fix.claimedAt),
  claimed_by: fix.by,
  session_id: fix.sessionId === null ? null : plain(fix.sessionId, 80),
  verdict: fix.verdict,
  // Rounded down: 0.949 is not yet 0.95.
  probability: fix.probability === null ? null : Math.floor(fix.probability * 1_000) / 1_000,
  silent_for_s: seconds(fix.silentMs),
  expected_interval_s: fix.expectedMs === null ? null : seconds(fix.expectedMs),
  why: fix.why,
  count_before: fix.before,
  count_after: fix.after,
  project: pathOrNull(fix.project),
});
