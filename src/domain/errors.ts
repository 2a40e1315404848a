/** The record of one error over all sessions; merging is commutative, as that of tasks is. */
import type { ErrorClass, ErrorFact } from './facts.js';

interface Said {
  readonly text: string;
  readonly at: number;
  readonly ev: string;
}

export interface FailureRecord {
  readonly id: string;
  readonly class: ErrorClass;
  /** As it was said first. */
  readonly message: Said;
  readonly project: Said | null;
  readonly lastAt: number;
  /** Of too many sessions those that sort first. */
  readonly sessions: readonly string[];
}

export const KEEP_SESSIONS = 50;

function earlier(a: Said, b: Said): Said {
  if (a.at !== b.at) return a.at < b.at ? a : b;
  if (a.ev !== b.ev) return a.ev < b.ev ? a : b;
  return a.text <= b.text ? a : b;
}

/** Of the occurrence that the message is of. */
function classOf(a: FailureRecord, b: FailureRecord): ErrorClass {
  if (a.message.ev === b.message.ev && a.message.at === b.message.at) return a.class <= b.class ? a.class : b.class;
  return earlier(a.message, b.message) === a.message ? a.class : b.class;
}

export function failureRecord(fact: ErrorFact): FailureRecord {
  const said = (text: string): Said => ({ text, at: fact.at, ev: fact.eventId });
  return {
    id: fact.id,
    class: fact.class,
    message: said(fact.message),
    project: fact.project === null ? null : said(fact.project),
    lastAt: fact.at,
    sessions: fact.sessionId === '' ? [] : [fact.sessionId],
  };
}

export function mergeFailures(a: FailureRecord, b: FailureRecord): FailureRecord {
  return {
    id: a.id,
    class: classOf(a, b),
    message: earlier(a.message, b.message),
    project: a.project === null || b.project === null ? (a.project ?? b.project) : earlier(a.project, b.project),
    lastAt: Math.max(a.lastAt, b.lastAt),
    sessions: [...new Set([...a.sessions, ...b.sessions])].sort().slice(0, KEEP_SESSIONS),
  };
}
