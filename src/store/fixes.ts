/** Fixes that were claimed: completed tasks, with the errors that happened while each was under way. */
import type { Redis } from 'ioredis';
import { judgeFix } from '../domain/fixes.js';
import { standingOf, type StatusEvent, type TaskRecord } from '../domain/tasks/index.js';
import type { Fix, FixPage, FixQuery } from './correlations.js';
import { projectKey, type Keys } from './keys.js';
import { loadErrors } from './known-errors.js';
import { occurrencesAround } from './occurrences.js';
import { loadTasks } from './tasks.js';
import { errorsOfTasks } from './task-errors.js';
import { piecesOf, readPlace, walkDown, writePlace, type Entry, type Place } from './walk.js';

/** Tasks that one page may look at, and how many at once. */
const BUDGET = 600;
const STEP = 150;
/** Tasks of one error or session that are looked at. */
const MOST_TASKS = 1_000;

interface Candidate {
  readonly record: TaskRecord;
  readonly claim: StatusEvent;
  readonly errorId: string;
}

/**
 * Tasks with the latest event first, the errors of each by id.
 * @throws InputError for a cursor that this query did not give out
 */
export async function listFixes(redis: Redis, keys: Keys, query: FixQuery): Promise<FixPage> {
  const after = query.cursor === undefined ? null : readPlace(query.cursor, query.asked);
  const since = after === null ? (query.since ?? null) : after.since;
  let place: Place = { ...(after ?? { at: 0, id: '', part: '', seen: 0 }), since };
  const found: Candidate[] = [];
  let [lookedAt, isMore] = [0, false];
  for await (const piece of piecesFor(redis, keys, query, { after, since })) {
    if (lookedAt >= BUDGET) {
      isMore = true;
      break;
    }
    lookedAt += piece.length;
    const errors = await errorsOfTasks(
      redis,
      keys,
      piece.map(([id]) => id),
    );
    const withErrors = piece.filter(([id]) => (errors.get(id)?.length ?? 0) > 0);
    const records = await loadTasks(
      redis,
      keys,
      withErrors.map(([id]) => id),
    );
    for (const [id, at] of piece) {
      const record = records.get(id);
      const claim = record === undefined ? null : claimOf(record);
      for (const errorId of errors.get(id) ?? []) {
        // The page before may have ended in the middle of a task's errors.
        const isShown = after !== null && id === after.id && at === after.at && errorId <= after.part;
        if (record === undefined || claim === null || isShown || !passes(record, claim, errorId, query, since))
          continue;
        if (found.length >= query.limit) {
          isMore = true;
          break;
        }
        found.push({ record, claim, errorId });
        place = { ...place, at, id, part: errorId };
      }
      if (isMore) break;
      // All errors of this task are done with: `~` comes after every id.
      place = { ...place, at, id, part: '~' };
    }
    if (isMore) break;
  }
  return {
    fixes: await judge(redis, keys, found, query.now),
    nextCursor: isMore ? writePlace({ ...place, seen: (after?.seen ?? 0) + found.length }, query.asked) : null,
    lookedAt,
  };
}

/** A task's last word is that it is done; the claim is the first time that it said so without taking it back. */
function claimOf(record: TaskRecord): StatusEvent | null {
  const { status, event } = standingOf(record);
  if (status !== 'completed' || event === null) return null;
  if (event.by === 'hand') return event;
  const said = record.events.filter(({ by }) => by === 'conversation');
  const before = said.findLastIndex((one) => one.status !== 'completed');
  return said[before + 1] ?? event;
}

const passes = (
  record: TaskRecord,
  claim: StatusEvent,
  errorId: string,
  { errorId: wanted, project }: FixQuery,
  since: number | null,
): boolean =>
  (wanted === undefined || errorId === wanted) &&
  (project === undefined || record.project?.value === project) &&
  (since === null || claim.at >= since);

/** Tasks that may hold a claim, by their last event; as far as the filters allow, from a list that is short. */
async function* piecesFor(
  redis: Redis,
  keys: Keys,
  { errorId, taskId, sessionId, project }: FixQuery,
  { after, since }: { readonly after: Place | null; readonly since: number | null },
): AsyncGenerator<readonly Entry[]> {
  if (taskId !== undefined || sessionId !== undefined || errorId !== undefined) {
    const ids =
      taskId !== undefined
        ? [taskId]
        : sessionId !== undefined
          ? await redis.zrevrange(keys.of('s', sessionId, 'done'), 0, MOST_TASKS - 1)
          : await tasksOf(redis, keys, errorId ?? '');
    const records = new Map([...(await loadTasks(redis, keys, ids)).values()].map((record) => [record.id, record]));
    const told = [...records.values()].filter(
      (record) => sessionId === undefined || Object.hasOwn(record.sessions, sessionId),
    );
    const entries = told.map((record) => [record.id, record.lastAt] as const);
    // The task at which the last page ended may have more errors.
    const from = after === null ? null : { ...after, id: `${after.id}~` };
    yield* piecesOf(entries, from, STEP);
    return;
  }
  const key = keys.of(`n:completed:${project === undefined ? '*' : projectKey(project)}`);
  if (after !== null) {
    const at = await redis.zscore(key, after.id);
    if (at !== null && Number(at) === after.at) yield [[after.id, after.at]];
  }
  yield* walkDown(redis, key, { after, floor: since, step: STEP });
}

async function tasksOf(redis: Redis, keys: Keys, errorId: string): Promise<string[]> {
  const [[, underWay], tied] = await Promise.all([
    redis.sscan(keys.of('relt', errorId), 0, 'COUNT', MOST_TASKS),
    redis.hkeys(keys.of('tie', errorId)),
  ]);
  return [...new Set([...underWay, ...tied])];
}

/** Errors that were forgotten since are left out. */
async function judge(redis: Redis, keys: Keys, claims: readonly Candidate[], now: number): Promise<Fix[]> {
  const errors = await loadErrors(redis, keys, [...new Set(claims.map(({ errorId }) => errorId))]);
  const found = claims.flatMap((candidate) => {
    const error = errors.get(candidate.errorId);
    return error === undefined ? [] : [{ ...candidate, error, at: candidate.claim.at }];
  });
  const around = await occurrencesAround(redis, keys, found, now);
  return found.flatMap(({ record, claim, errorId, error }, index): Fix[] => {
    const occurrences = around[index];
    if (occurrences == null) return [];
    const { before, after } = occurrences;
    return [
      {
        ...judgeFix({ claimedAt: claim.at, before, after }, now),
        errorId,
        message: error.message,
        taskId: record.id,
        taskTitle: record.title?.value ?? '',
        claimedAt: claim.at,
        by: claim.by,
        sessionId: Object.keys(claim.refs)[0] ?? null,
        project: record.project?.value ?? null,
        before: before.count,
        after: after.count,
      },
    ];
  });
}
