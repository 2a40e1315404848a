/** Errors as patterns: those that are asked for, the latest first. */
import type { Redis } from 'ioredis';
import type { PatternPage, PatternQuery, Pattern } from './correlations.js';
import { failuresOfSession } from './failures.js';
import { componentKey, type Keys } from './keys.js';
import { headsOf, loadErrors, type KnownError } from './known-errors.js';
import { patternsOf, type PatternShape } from './pattern-figures.js';
import { hasWords } from './tasks.js';
import { piecesOf, readPlace, walkDown, writePlace, type Place } from './walk.js';

/** Errors that one page may look at, and those looked at only to say how many there are. */
const BUDGET = 1_000;
const COUNT_BUDGET = 250;
const STEP = 200;

/**
 * Latest first. An error that happens again while pages are turned moves to the front, where the first page shows it.
 * @throws InputError for a cursor that this query did not give out
 */
export async function listPatterns(redis: Redis, keys: Keys, query: PatternQuery): Promise<PatternPage> {
  const after = query.cursor === undefined ? null : readPlace(query.cursor, query.asked);
  const since = after === null ? (query.since ?? null) : after.since;
  const list = listFor(keys, query);
  const isFiltered = query.query !== undefined || query.project !== undefined || query.sessionId !== undefined;
  const step = isFiltered ? STEP : Math.min(STEP, query.limit + 1);
  const source =
    query.sessionId === undefined
      ? { pieces: walkDown(redis, list, { after, floor: since, step }), isCut: false }
      : await ofSession(redis, keys, query.sessionId, { after, since });
  const rows: KnownError[] = [];
  let place: Place = { ...(after ?? { at: 0, id: '', part: '', seen: 0 }), since };
  const seen = after?.seen ?? 0;
  let [walked, matched, isDone] = [0, 0, true];
  for await (const piece of source.pieces) {
    const isFull = rows.length >= query.limit;
    if (walked >= BUDGET || (isFull && (!isFiltered || walked >= COUNT_BUDGET))) {
      isDone = false;
      break;
    }
    walked += piece.length;
    const records = await loadErrors(
      redis,
      keys,
      piece.map(([id]) => id),
    );
    for (const [id, at] of piece) {
      const record = records.get(id);
      const isMatch = record !== undefined && passes(record, query);
      if (isMatch) matched += 1;
      if (rows.length >= query.limit) continue;
      if (isMatch) rows.push(record);
      place = { ...place, at, id, seen: seen + rows.length };
    }
  }
  const isMore = !isDone || matched > rows.length;
  const all = isFiltered ? seen + matched : await redis.zcount(list, since ?? '-inf', '+inf');
  return {
    patterns: await patternsOf(redis, keys, rows, query),
    total: all,
    totalIs: (isDone || !isFiltered) && !source.isCut ? 'exact' : 'at_least',
    nextCursor: isMore ? writePlace(place, query.asked) : null,
  };
}

/** The shortest list that holds all of them. */
const listFor = (keys: Keys, { severity, component }: PatternQuery): string =>
  severity === undefined && component === undefined
    ? keys.of('errors')
    : keys.of('errors', severity ?? '*', component === undefined ? '*' : componentKey(component));

/** Null if there is no such error; an id that was merged into a pattern leads there. */
export async function getPattern(redis: Redis, keys: Keys, id: string, shape: PatternShape): Promise<Pattern | null> {
  const known = await loadErrors(redis, keys, [id]);
  const [pattern] = await patternsOf(redis, keys, [...known.values()], shape);
  return pattern ?? null;
}

async function ofSession(
  redis: Redis,
  keys: Keys,
  sessionId: string,
  { after, since }: { readonly after: Place | null; readonly since: number | null },
) {
  const { errors, isCut } = await failuresOfSession(redis, keys, sessionId);
  const heads = [
    ...new Set(
      await headsOf(
        redis,
        keys,
        errors.map(([id]) => id),
      ),
    ),
  ];
  const times = heads.length === 0 ? [] : await redis.zmscore(keys.of('errors'), ...heads);
  const entries = heads.map((id, index) => [id, Number(times[index] ?? 0)] as const);
  const wanted = entries.filter(([, at]) => since === null || at >= since);
  return { pieces: piecesOf(wanted, after, STEP), isCut };
}

const passes = (error: KnownError, { query, project, component, severity }: PatternQuery): boolean =>
  (project === undefined || error.record?.project?.text === project) &&
  (component === undefined || error.logged?.components.includes(component) === true) &&
  (severity === undefined || error.severity === severity) &&
  (query === undefined ||
    hasWords(`${error.message} ${error.record?.message.text ?? ''} ${error.logged?.words ?? ''}`, query));
