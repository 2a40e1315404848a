/** What `extract` prints: the tasks and errors of each session file, each once. */
import type { FailureRecord } from './errors.js';
import type { FileStats } from './facts.js';
import type { Priority, Source, Status } from './model.js';
import { isHidden, standingOf, type SessionOrder, type TaskRecord } from './tasks/index.js';

export interface FileReport {
  readonly file: string;
  readonly session_id: string | null;
  readonly tasks: readonly {
    readonly id: string;
    readonly title: string;
    readonly description: string | null;
    readonly status: Status;
    readonly priority: Priority | null;
    readonly source: Source;
    readonly evidence: readonly { readonly session_id: string; readonly line: number }[];
  }[];
  readonly errors: readonly {
    readonly id: string;
    readonly message: string;
    readonly class: string;
    readonly count: number;
    readonly lines: readonly number[];
  }[];
  readonly lines: { readonly read: number; readonly skipped: Readonly<Record<string, number>> };
}

/** What is known of some sessions, wherever it is kept. */
export interface SessionFacts {
  readonly tasks: readonly TaskRecord[];
  readonly errors: ReadonlyMap<string, FailureRecord>;
  /** Session → what failed there: error and event, with the line. */
  readonly failures: ReadonlyMap<
    string,
    readonly { readonly error: string; readonly event: string; readonly line: number }[]
  >;
  readonly order: SessionOrder;
}

/** A session file, by the name it is reported under. */
export interface ReportedFile {
  readonly file: string;
  readonly stats: Pick<FileStats, 'sessionId' | 'agentId' | 'lines' | 'skipped'>;
}

/** One report per session file, in the order of names; a subagent's own file is part of its parent's session. */
export function reportFiles(files: readonly ReportedFile[], known: SessionFacts): FileReport[] {
  const sorted = files
    .filter(({ stats }) => stats.agentId === null)
    .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  const homes = new Map<string, string>();
  for (const { file, stats } of sorted) {
    if (stats.sessionId !== null && !homes.has(stats.sessionId)) homes.set(stats.sessionId, file);
  }
  const tasksByFile = new Map<string, TaskRecord[]>();
  for (const record of known.tasks) {
    if (isHidden(record) || record.agent !== null) continue;
    const home = homes.get(Object.keys(record.sessions).sort(known.order)[0] ?? '');
    if (home !== undefined) tasksByFile.set(home, [...(tasksByFile.get(home) ?? []), record]);
  }
  const owners = ownersOf(known);
  return sorted.map(({ file, stats }) => {
    const isHome = stats.sessionId !== null && homes.get(stats.sessionId) === file;
    return {
      file,
      session_id: stats.sessionId,
      tasks: (tasksByFile.get(file) ?? []).sort(byFirst).map((record) => ({
        id: record.id,
        title: record.title?.value ?? '',
        description: record.description?.value ?? null,
        status: standingOf(record).status,
        priority: record.priority?.value ?? null,
        source: record.source,
        evidence: Object.entries(record.sessions)
          .sort(([a], [b]) => known.order(a, b))
          .map(([session_id, line]) => ({ session_id, line })),
      })),
      errors: isHome ? errorsOf(stats.sessionId ?? '', known, owners) : [],
      lines: { read: stats.lines, skipped: stats.skipped },
    };
  });
}

const byFirst = (a: TaskRecord, b: TaskRecord): number =>
  a.firstAt - b.firstAt || Number(a.place?.value ?? 0) - Number(b.place?.value ?? 0) || (a.id < b.id ? -1 : 1);

/** Event → the session that it happened in: of several that hold a copy of the line, the first. */
function ownersOf(known: SessionFacts): Map<string, string> {
  const owners = new Map<string, string>();
  for (const [session, failures] of known.failures) {
    for (const { event } of failures) {
      const other = owners.get(event);
      if (other === undefined || known.order(session, other) < 0) owners.set(event, session);
    }
  }
  return owners;
}

function errorsOf(session: string, known: SessionFacts, owners: ReadonlyMap<string, string>): FileReport['errors'] {
  const lines = new Map<string, number[]>();
  for (const { error, event, line } of known.failures.get(session) ?? []) {
    if (owners.get(event) === session) lines.set(error, [...(lines.get(error) ?? []), line]);
  }
  return [...lines]
    .map(([id, at]) => {
      const record = known.errors.get(id);
      const sorted = at.sort((a, b) => a - b);
      return {
        id,
        message: record?.message.text ?? '',
        class: record?.class ?? 'exit',
        count: at.length,
        lines: sorted,
      };
    })
    .sort((a, b) => (a.lines[0] ?? 0) - (b.lines[0] ?? 0) || (a.id < b.id ? -1 : 1));
}
