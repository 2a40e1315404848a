/** Which task of another conversation a user meant, and what follows from it. */
import type { ClaimFact } from '../facts.js';
import { lookOf } from '../ids.js';
import { isOpen, type Status } from '../model.js';
import { SAYS_NOTHING } from '../facts.js';
import { isListed, mergeTasks, recordOf, verdictOf, type TaskRecord } from '../tasks/index.js';
import { nearness } from './meaning.js';

/** What was said, at a line of each session that holds a copy of it. */
export interface Claim extends Omit<ClaimFact, 'is' | 'eventId' | 'sessionId' | 'line'> {
  readonly id: string;
  readonly sessions: Readonly<Record<string, number>>;
}

/** What came of it: nobody knows the task; several may be meant; it stood so already. */
export interface Settlement {
  readonly is: 'settled' | 'none' | 'ambiguous' | 'known';
  readonly tasks: readonly string[];
}

/** A task as it stood when something was said. */
export interface Candidate {
  readonly id: string;
  readonly title: string;
  readonly look: string;
  readonly status: Status;
  /** Of its last change. */
  readonly at: number;
}

/** Copies of a line that are kept. */
const MOST_SESSIONS = 6;
/** What was closed for longer is not what comes to mind. */
const LATELY_MS = 30 * 86_400_000;
/** How much surer the one must be than the next. */
const MARGIN = 0.1;
/** Look-alikes that are closed together. */
const MOST_ALIKE = 5;

export function claimOf({ is: _is, eventId, sessionId, line, ...said }: ClaimFact): Claim {
  return { id: eventId, ...said, sessions: sessionId === '' ? {} : { [sessionId]: line } };
}

/** The same line, told by two copies of a conversation. */
export function mergeClaims(a: Claim, b: Claim): Claim {
  const sessions = new Map(Object.entries(a.sessions));
  for (const [id, line] of Object.entries(b.sessions)) sessions.set(id, Math.min(sessions.get(id) ?? line, line));
  const kept = [...sessions].sort(([one], [two]) => (one < two ? -1 : 1)).slice(0, MOST_SESSIONS);
  const project = a.project === null || (b.project !== null && b.project < a.project) ? b.project : a.project;
  return { ...a, project, at: Math.min(a.at, b.at), sessions: Object.fromEntries(kept) };
}

/** In the order in which they are settled: each knows what came of those before it. */
export const byTime = (a: Pick<Claim, 'at' | 'id'>, b: Pick<Claim, 'at' | 'id'>): number =>
  a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/**
 * The task as it stood when this was said; null where it cannot be meant.
 * @param told what conversations and hands tell of it
 * @param known the same with what came of earlier claims
 */
export function candidateOf(claim: Claim, told: TaskRecord, known: TaskRecord = told): Candidate | null {
  if (!isListed(told) || verdictOf(told) !== null || told.firstAt >= claim.at) return null;
  if (!isSameProject(claim.project, told.project?.value ?? null)) return null;
  if (Object.keys(told.sessions).some((session) => session in claim.sessions)) return null;
  const said = known.events.findLast((event) => event.by === 'conversation' && event.at < claim.at);
  const hand = told.hand !== null && told.hand.at < claim.at ? told.hand : undefined;
  const event = hand ?? said;
  const status = event?.status ?? 'pending';
  const at = event?.at ?? told.firstAt;
  if (!isOpen(status) && at < claim.at - LATELY_MS) return null;
  const title = told.title?.value ?? '';
  return { id: told.id, title, look: lookOf(title), status, at };
}

/** Messages that were handed over do not say which project they are of. */
const isSameProject = (a: string | null, b: string | null): boolean => a === null || b === null || a === b;

interface Group {
  readonly tasks: Candidate[];
  readonly score: number;
  readonly isLoose: boolean;
  readonly shared: number;
}

/** @param candidates all that may be meant, in any order */
export function settle(claim: Claim, candidates: readonly Candidate[]): Settlement {
  const groups = groupsOf(claim, candidates);
  const isWanted = ({ status }: Candidate): boolean =>
    claim.says === 'broken' ? status === 'completed' : isOpen(status);
  const meant = groups.filter(({ score }) => score > 0);
  const [best, next] = ranked(claim, meant, isWanted);
  if (best === undefined) return { is: 'none', tasks: [] };
  if (next !== undefined && best.score - next.score < MARGIN) return { is: 'ambiguous', tasks: [] };
  if (best.isLoose && groups.some((group) => group !== best && group.shared > 0)) return { is: 'ambiguous', tasks: [] };
  if (claim.says === 'broken' && best.tasks.some(({ status }) => isOpen(status))) return { is: 'known', tasks: [] };
  const wanted = best.tasks.filter(isWanted).sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
  if (wanted.length === 0) return { is: 'known', tasks: [] };
  const tasks = wanted.slice(0, claim.says === 'broken' ? 1 : MOST_ALIKE).map(({ id }) => id);
  return { is: 'settled', tasks: tasks.sort() };
}

/** Look-alikes are one piece of work, and meant together. */
function groupsOf(claim: Claim, candidates: readonly Candidate[]): Group[] {
  const groups = new Map<string, Group>();
  for (const candidate of candidates) {
    const { score, isLoose, shared } = nearness(claim, candidate.title);
    if (shared === 0) continue;
    const known = groups.get(candidate.look);
    groups.set(candidate.look, {
      tasks: [...(known?.tasks ?? []), candidate],
      score: Math.max(known?.score ?? 0, score),
      isLoose: (known?.isLoose ?? true) && isLoose,
      shared: Math.max(known?.shared ?? 0, shared),
    });
  }
  return [...groups.values()];
}

/** The two that are meant most surely. One that can be meant counts before one that stands so already, where both are as sure. */
function ranked(claim: Claim, groups: readonly Group[], isWanted: (task: Candidate) => boolean): Group[] {
  const sorted = [...groups].sort((a, b) => b.score - a.score);
  if (claim.says === 'broken') return sorted.slice(0, 2);
  const open = sorted.filter(({ tasks }) => tasks.some(isWanted));
  const closed = sorted.find((group) => !open.includes(group));
  const [first] = open;
  if (first === undefined) return closed === undefined ? [] : [closed];
  return closed !== undefined && closed.score - first.score >= MARGIN ? [closed] : open.slice(0, 2);
}

const STATUS = { done: 'completed', cancelled: 'cancelled', broken: 'in_progress' } as const;

/** What a claim tells of a task that it means, to be merged with what is known of it. */
export function tellingOf(claim: Claim, taskId: string): TaskRecord {
  const { at, says, quote, sessions } = claim;
  const places = Object.entries(sessions);
  const records = (places.length === 0 ? [['', 0] as const] : places).map(([sessionId, line]) =>
    recordOf({
      ...SAYS_NOTHING,
      is: 'task',
      id: taskId,
      eventId: claim.id,
      at,
      sessionId,
      line,
      // The last of them, so that the task's own stays.
      source: 'request',
      project: null,
      agent: null,
      by: 'conversation',
      status: STATUS[says],
      reason: says === 'broken' ? 'reopened' : 'user-said',
      quote,
    }),
  );
  return records.reduce(mergeTasks);
}
