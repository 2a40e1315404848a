/** A ledger in memory, for reading without Redis: the same facts, merged by the same functions. */
import { claimOf, mergeClaims, withClaims, type Claim } from './claims/index.js';
import { failureRecord, mergeFailures, type FailureRecord } from './errors.js';
import type { Fact, FileStats } from './facts.js';
import type { SessionFacts } from './report.js';
import { infoOf, mergeInfo, orderBy, type SessionInfo } from './sessions.js';
import { mergeTasks, recordOf, type TaskRecord } from './tasks/index.js';

export interface Gathering {
  add(facts: readonly Fact[]): void;
  /** Statistics of a file that has been read to its end. */
  addFile(stats: FileStats): void;
  known(): SessionFacts;
}

export function createGathering(): Gathering {
  const tasks = new Map<string, TaskRecord>();
  const aliases = new Map<string, string>();
  const errors = new Map<string, FailureRecord>();
  const failures = new Map<string, Map<string, { error: string; event: string; line: number }>>();
  const sessions = new Map<string, SessionInfo>();
  const claims = new Map<string, Claim>();
  return {
    add(facts) {
      for (const fact of facts) {
        if (fact.is === 'task') {
          const known = tasks.get(fact.id);
          tasks.set(fact.id, known === undefined ? recordOf(fact) : mergeTasks(known, recordOf(fact)));
        } else if (fact.is === 'alias') aliases.set(fact.alias, fact.id);
        else if (fact.is === 'claim') {
          const known = claims.get(fact.eventId);
          claims.set(fact.eventId, known === undefined ? claimOf(fact) : mergeClaims(known, claimOf(fact)));
        } else if (fact.is === 'error') {
          const known = errors.get(fact.id);
          errors.set(fact.id, known === undefined ? failureRecord(fact) : mergeFailures(known, failureRecord(fact)));
          if (fact.sessionId === '' || fact.agent !== null) continue;
          const inSession =
            failures.get(fact.sessionId) ?? new Map<string, { error: string; event: string; line: number }>();
          failures.set(fact.sessionId, inSession);
          const key = `${fact.id}:${fact.eventId}`;
          const line = Math.min(inSession.get(key)?.line ?? fact.line, fact.line);
          inSession.set(key, { error: fact.id, event: fact.eventId, line });
        }
      }
    },
    addFile(stats) {
      if (stats.sessionId === null || stats.agentId !== null || stats.firstAt === null) return;
      const known = sessions.get(stats.sessionId);
      const info = infoOf(stats);
      sessions.set(stats.sessionId, known === undefined ? info : mergeInfo(known, info));
    },
    known: () => ({
      tasks: withClaims(resolved(tasks, aliases), claims.values()),
      errors,
      failures: new Map([...failures].map(([session, found]) => [session, [...found.values()]])),
      order: orderBy((id) => sessions.get(id)),
    }),
  };
}

/** Tasks under the ids that their aliases lead to. */
function resolved(tasks: ReadonlyMap<string, TaskRecord>, aliases: ReadonlyMap<string, string>): TaskRecord[] {
  const found = new Map<string, TaskRecord>();
  for (const [id, record] of tasks) {
    let lead = id;
    for (let hops = 0; hops < 200 && aliases.has(lead); hops++) lead = aliases.get(lead) ?? lead;
    const known = found.get(lead);
    found.set(lead, known === undefined ? { ...record, id: lead } : mergeTasks({ ...known, id: lead }, record));
  }
  return [...found.values()];
}
