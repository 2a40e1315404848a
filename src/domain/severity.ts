/** How bad an error is, and why. */
import type { Level } from './log/model.js';
import { PRIORITIES, type Priority } from './model.js';

export type Severity = Priority;

export interface SeverityFacts {
  /** The worst level that it was logged at; null for one that only conversations tell of. */
  readonly level: Level | null;
  /** Of conversations the kind of failure, of a stack trace the exception's type; null where neither is known. */
  readonly class: string | null;
  /** Template or message; redacted. */
  readonly text: string;
  /** The worst HTTP status. */
  readonly status?: number | null;
  /** How much more than expected it comes just now: `80 in a minute where 5 are usual`; null when it does not. */
  readonly spike?: string | null;
  /** How often what it tells of has started again within the last hour. */
  readonly restarts?: number;
  /** Title of an open task of critical priority that it is tied to. */
  readonly criticalTask?: string | null;
}

export interface Judged {
  readonly severity: Severity;
  /** In words, for people: at most 300 characters. */
  readonly reason: string;
}

const OF_LEVEL: Readonly<Record<Level, Severity>> = {
  critical: 'critical',
  error: 'high',
  warning: 'medium',
  notice: 'low',
  info: 'low',
  debug: 'low',
  trace: 'low',
};

/** Kinds that are bad whatever level their program gives them. The words are those of the systems themselves. */
const KINDS: readonly { readonly least: Severity; readonly what: string; readonly pattern: RegExp }[] = [
  {
    least: 'critical',
    what: 'out of memory',
    pattern:
      /\bout of memory\b|\bMemoryError\b|\bOutOfMemoryError\b|\bOOM[- ]?(?:kill|command)|\boom-kill|\bENOMEM\b|cannot allocate memory|heap limit|\bOOM command not allowed\b/i,
  },
  {
    least: 'critical',
    what: 'disk full',
    pattern: /\bno space left on device\b|\bENOSPC\b|\bdisk (?:is )?full\b|\bdisk quota exceeded\b/i,
  },
  {
    least: 'critical',
    what: 'data loss',
    pattern:
      /\bdata loss\b|\bcorrupt(?:ed|ion)?\b|\bbad checksum\b|\bchecksum mismatch\b|\bMISCONF\b|\bBad file format reading the append only file\b/i,
  },
  {
    least: 'critical',
    what: 'the process died',
    pattern: /\bsegmentation fault\b|\bSIGSEGV\b|\bSIGABRT\b|\bkernel panic\b|^panic\b|\bcore dumped\b/i,
  },
  {
    least: 'high',
    what: 'security',
    pattern:
      /\bsql injection\b|\bpath traversal\b|\bbrute[- ]?force\b|\bprivilege escalation\b|\bPOSSIBLE BREAK-IN ATTEMPT\b|\bcertificate (?:has )?expired\b|\bCERT_HAS_EXPIRED\b|\bSECURITY ATTACK\b/i,
  },
];

/** From this many starts within an hour on, something does not come up. */
export const MANY_RESTARTS = 3;

/**
 * The worst of: its level (critical, error = high, warning = medium), what kind it is (out of memory, disk full, data loss and
 * a dead process are critical, security is at least high), an HTTP status (5xx is high; 4xx, a caller's mistake, at most
 * medium). A spike raises one step; so do many restarts, to at least high; one tied to a critical task is at least high.
 */
export function severityOf(facts: SeverityFacts): Judged {
  let [severity, reason] = baseOf(facts);
  const atLeast = (least: Severity, why: string): void => {
    if (PRIORITIES.indexOf(least) >= PRIORITIES.indexOf(severity)) return;
    severity = least;
    reason = `${why} (${reason})`;
  };
  const kind = KINDS.find(({ pattern }) => pattern.test(facts.text) || pattern.test(facts.class ?? ''));
  if (kind !== undefined) atLeast(kind.least, kind.what);
  const { spike = null, restarts = 0, criticalTask = null } = facts;
  if (restarts >= MANY_RESTARTS) atLeast('high', `started ${restarts} times within an hour`);
  if (criticalTask !== null) atLeast('high', `tied to the critical task "${criticalTask.slice(0, 80)}"`);
  if (spike !== null) atLeast(raised(severity), `spike: ${spike}`);
  return { severity, reason: reason.slice(0, 300) };
}

function baseOf({ level, status = null }: SeverityFacts): [Severity, string] {
  if (status !== null && status >= 500) return ['high', `HTTP ${status}`];
  if (status !== null && status >= 400) return ['medium', `HTTP ${status}, the caller's mistake`];
  if (level === null) return ['medium', 'failed in a conversation'];
  return [OF_LEVEL[level], `logged as ${level}`];
}

const raised = (severity: Severity): Severity => PRIORITIES[Math.max(0, PRIORITIES.indexOf(severity) - 1)] ?? severity;
