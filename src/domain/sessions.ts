/** Conversations: sessions with their copies, forks and subagents folded in. */
import type { FileStats } from './facts.js';
import type { Conversation } from './model.js';
import type { SessionOrder } from './tasks/index.js';

/** What decides which of several sessions is the one that something belongs to. */
export interface SessionInfo {
  readonly forked: boolean;
  readonly firstOwnAt: number | null;
  readonly lastAt: number;
}

export function infoOf(stats: FileStats): SessionInfo {
  return { forked: stats.forked, firstOwnAt: stats.firstOwnAt, lastAt: stats.lastAt ?? 0 };
}

/** The session of several files. */
export function mergeInfo(a: SessionInfo, b: SessionInfo): SessionInfo {
  const firstOwnAt =
    a.firstOwnAt === null || b.firstOwnAt === null
      ? (a.firstOwnAt ?? b.firstOwnAt)
      : Math.min(a.firstOwnAt, b.firstOwnAt);
  return { forked: a.forked && b.forked, firstOwnAt, lastAt: Math.max(a.lastAt, b.lastAt) };
}

/** The session that was not forked first, then the one with the earliest line of its own, then by id. */
export function orderBy(infoOfSession: (sessionId: string) => SessionInfo | undefined): SessionOrder {
  return (a, b) => {
    const [x, y] = [infoOfSession(a), infoOfSession(b)];
    return (
      Number(x?.forked ?? false) - Number(y?.forked ?? false) ||
      (x?.firstOwnAt ?? Number.MAX_SAFE_INTEGER) - (y?.firstOwnAt ?? Number.MAX_SAFE_INTEGER) ||
      (a < b ? -1 : a > b ? 1 : 0)
    );
  };
}

/** The conversation's own file: of several copies the one that tells most. */
function mainOf(files: readonly FileStats[]): FileStats | undefined {
  return files
    .filter((file) => file.agentId === null)
    .sort((a, b) => b.lines - a.lines || (b.lastAt ?? 0) - (a.lastAt ?? 0))[0];
}

/**
 * @param files all files of the session: its own, copies of it, its subagents'
 * @param copies other sessions that hold the same lines
 * @param summaryOf summary of the session whose last message this is, told by another file
 */
export function conversationOf(
  sessionId: string,
  files: readonly FileStats[],
  copies: readonly string[],
  tasks: { readonly open: number; readonly closed: number },
  project: string | null,
  summaryOf: (leaf: string) => string | undefined,
): Conversation {
  const main = mainOf(files) ?? files[0];
  const agents = new Map(files.filter((file) => file.agentId !== null).map((file) => [file.agentId, file]));
  const all = main === undefined ? [] : [main, ...[...agents.values()].filter((file) => file !== main)];
  const sum = (pick: (file: FileStats) => number): number => all.reduce((total, file) => total + pick(file), 0);
  const names = (pick: (file: FileStats) => readonly (string | null)[]): string[] =>
    [...new Set(all.flatMap(pick))].filter((name) => name !== null);
  const times = all.flatMap((file) => [file.firstAt, file.lastAt]).filter((at) => at !== null);
  const title = main?.title;
  const summary = title?.summary ?? (main?.tip == null ? undefined : summaryOf(main.tip));
  const prompt = title?.prompt?.replace(/\s+/g, ' ').trim();
  return {
    sessionId,
    title: title?.custom ?? title?.ai ?? summary ?? (prompt === undefined || prompt === '' ? 'Untitled' : prompt),
    project,
    cwd: main?.cwd ?? null,
    branch: main?.branch ?? null,
    versions: names((file) => file.versions).sort(),
    firstAt: times.length === 0 ? 0 : Math.min(...times),
    lastAt: times.length === 0 ? 0 : Math.max(...times),
    prompts: main?.prompts ?? 0,
    replies: sum((file) => file.replies),
    toolCalls: sum((file) => file.toolCalls),
    errors: sum((file) => file.errors),
    rejections: sum((file) => file.rejections),
    compactions: main?.compactions ?? 0,
    interruptions: main?.interruptions ?? 0,
    files: names((file) => file.files).slice(0, 200),
    pullRequests: names((file) => file.pullRequests),
    parent: main?.agentId === null ? null : sessionId,
    subagents: names((file) => [file.agentId, ...file.subagents]).sort(),
    copies,
    openTasks: tasks.open,
    closedTasks: tasks.closed,
    outcome: main?.outcome ?? 'working',
  };
}
