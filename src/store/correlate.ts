/** What happens to errors after they were counted: patterns, signals, ties, severity; and what that means for tasks. One process does it. */
import type { Redis } from 'ioredis';
import type { KnownComponent } from '../config/components.js';
import { MANY_RESTARTS, severityOf, type Severity } from '../domain/severity.js';
import type { Change } from './changes.js';
import type { CommitCommand } from './commit.js';
import type { Keys } from './keys.js';
import { loadErrors } from './known-errors.js';
import { minedOf, rateErrors } from './log-patterns.js';
import { createMining } from './mine.js';
import { answersOf } from './pipeline.js';
import { createRelating } from './relate.js';
import { createSettling, type SettleStep } from './settle.js';
import { spansOf } from './relate-texts.js';
import { dueSignals, watchSignals } from './signals.js';
import { loadTasks } from './tasks.js';
import { createWeighing } from './weigh.js';

export interface SessionsStep {
  readonly sessions: number;
  readonly links: number;
  readonly more: boolean;
  readonly changes: readonly Change[];
}

export interface ErrorsStep {
  /** Fingerprints that were given their patterns. */
  readonly prints: number;
  /** Errors that were looked at. */
  readonly errors: number;
  /** Of those, errors that something was told of: a spike, its end, new, quiet. */
  readonly signals: number;
  readonly ties: number;
  readonly more: boolean;
  readonly changes: readonly Change[];
}

/** Holds the miner and the words of tasks and errors in memory; both stand in the ledger as well. */
export interface Correlator {
  /** Relates errors and tasks of up to `limit` sessions that changed. */
  sessions(limit: number): Promise<SessionsStep>;
  /** Looks at up to `limit` errors that happened or whose time has come, at as many new fingerprints, and around as many tasks. */
  errors(limit: number, now: number): Promise<ErrorsStep>;
  /** Settles up to `limit` claims. */
  claims(limit: number, now: number): Promise<SettleStep>;
}

/** Failures of one session that are looked at, and of those that were seen before, the latest. */
const MOST_FAILURES = 2_000;
const LATEST_FAILURES = 20;
const MOST_TASKS = 1_000;
/** Times as many are offered as are looked at, since some of them wait for their pattern. */
const OFFERED = 4;
/** Runs come each minute: after a longer pause nobody was there, and perhaps no log was read. */
const PAUSE_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;

export function createCorrelator(
  redis: Redis & CommitCommand,
  keys: Keys,
  components: readonly KnownComponent[] = [],
): Correlator {
  const weighing = createWeighing(redis, keys, components);
  const mining = createMining(redis, keys);
  const relating = createRelating(redis, keys);
  const settling = createSettling(redis, keys);
  const [stirred, stirring] = [keys.of('stirred'), keys.of('stirring')];

  /**
   * What a worker that died has left, and then more; nothing is lost of what happens while these are looked at. One whose
   * pattern was not looked for yet waits: what seems new may be another case of something old.
   */
  async function take(limit: number): Promise<string[]> {
    const left = await redis.srandmember(stirring, limit);
    const some = left.length >= limit ? [] : await redis.srandmember(stirred, OFFERED * limit);
    const next = (await minedOf(redis, keys, some)).slice(0, limit - left.length);
    const pipeline = redis.pipeline();
    for (const id of next) pipeline.smove(stirred, stirring, id);
    await answersOf(pipeline);
    return [...new Set([...left, ...next])];
  }

  /** Since when there was no pause. */
  async function watchedSince(now: number): Promise<number> {
    const key = keys.of('watched');
    const [since, at] = await redis.hmget(key, 'since', 'at');
    const from = since == null || now - Number(at) > PAUSE_MS ? now : Number(since);
    await redis.hset(key, { since: from, at: now });
    return from;
  }

  return {
    async sessions(limit) {
      const sessions = await redis.srandmember(keys.of('touched'), limit);
      const changes: Change[] = [];
      let links = 0;
      for (const session of sessions) {
        const touched = await relateSession(redis, keys, session, relating.knows, changes);
        links += touched.links;
        changes.push(...(await mining.join(touched.errors)));
        const ids = [...touched.errors, ...(await relating.tasks(touched.tasks))];
        if (ids.length > 0) await redis.sadd(stirred, ...ids);
        await settling.note(touched.tasks);
      }
      // Taken off only now: a worker that dies in between leaves the work to the next.
      if (sessions.length > 0) await redis.srem(keys.of('touched'), ...sessions);
      return { sessions: sessions.length, links, more: (await redis.scard(keys.of('touched'))) > 0, changes };
    },

    claims: (limit, now) => settling.step(limit, now),

    async errors(limit, now) {
      const mined = await mining.step(limit);
      await relating.forget(mined.gone);
      const ids = await take(limit);
      const due = await dueSignals(redis, keys, limit, now);
      const asked = [...new Set([...ids, ...due])];
      const signals = await watchSignals(redis, keys, asked, await watchedSince(now), now);
      const related = await relating.errors(ids, now);
      const rated = await rate(redis, keys, asked, { spikes: signals.spikes, critical: related.critical }, now);
      await weighing.stir(ids, now);
      await weighing.stir([...related.retied, ...rated], now, true);
      await weighing.ask(related.untied);
      if (ids.length > 0) await redis.srem(stirring, ...ids);
      const weighed = await weighing.step(limit, now);
      const left = (await redis.scard(stirred)) + (await redis.scard(stirring));
      return {
        prints: mined.prints,
        errors: asked.length,
        signals: signals.told.length,
        ties: related.ties,
        more: mined.more || left > 0 || due.length >= limit || weighed.more,
        changes: [
          ...mined.changes,
          ...related.changes,
          ...weighed.changes,
          ...[...rated, ...signals.told].map((id) => ({ kind: 'error', id }) as const),
        ],
      };
    },
  };
}

interface Touched {
  readonly links: number;
  readonly tasks: readonly string[];
  readonly errors: readonly string[];
}

/** @param changes takes the two ends of each link that was not there before */
async function relateSession(
  redis: Redis,
  keys: Keys,
  session: string,
  isKnown: (error: string) => boolean,
  changes: Change[],
): Promise<Touched> {
  const [open, done, failures] = await Promise.all([
    redis.zrange(keys.of('s', session, 'open'), 0, MOST_TASKS),
    redis.zrange(keys.of('s', session, 'done'), 0, MOST_TASKS),
    redis.zrange(keys.of('serr', session), 0, MOST_FAILURES),
  ]);
  const tasks = [...open, ...done];
  const ids = [...new Set(failures.map((failure) => failure.split(':')[0] ?? ''))];
  // Those that were never looked at, and the latest: the others have not changed.
  const latest = new Set(failures.slice(-LATEST_FAILURES).map((failure) => failure.split(':')[0] ?? ''));
  const errors = ids.filter((id) => latest.has(id) || !isKnown(id));
  if (failures.length === 0 || tasks.length === 0) return { links: 0, tasks, errors };
  const records = await loadTasks(redis, keys, tasks);
  const times = redis.pipeline();
  for (const failure of failures) {
    const [error = '', event = ''] = failure.split(':');
    times.zscore(keys.of('err', error, 'ev'), event);
  }
  const answers = (await times.exec()) ?? [];
  const write = redis.pipeline();
  const seen = new Set<string>();
  const ends: Change[] = [];
  failures.forEach((failure, index) => {
    const at = Number(answers[index]?.[1]);
    const [error = ''] = failure.split(':');
    for (const [id, record] of records) {
      if (seen.has(`${id}:${error}`) || !spansOf(record).some(([from, to]) => at >= from && at < to)) continue;
      seen.add(`${id}:${error}`);
      write.sadd(keys.of('rel', id), error).sadd(keys.of('relt', error), id);
      ends.push({ kind: 'task', id }, { kind: 'error', id: error });
    }
  });
  const added = seen.size > 0 ? await write.exec() : null;
  added?.forEach(([, count], index) => {
    const end = ends[index];
    if (count === 1 && end !== undefined) changes.push(end);
  });
  return { links: seen.size, tasks, errors };
}

/** Tells of something that does not come up. */
const RESTART = /\brestart(?:ed|ing|s)?\b|\bexited with\b|\bback-?off\b|\bcrash ?loop/i;

/** Severity with its reason, of those that logs tell of and those that a critical task is tied to. */
async function rate(
  redis: Redis,
  keys: Keys,
  ids: readonly string[],
  {
    spikes,
    critical,
  }: { readonly spikes: ReadonlyMap<string, string>; readonly critical: ReadonlyMap<string, string> },
  now: number,
): Promise<string[]> {
  const loaded = await loadErrors(redis, keys, ids);
  const errors = [...new Map([...loaded.values()].map((error) => [error.id, error])).values()].filter(
    ({ id, logged }) => logged !== null || critical.has(id),
  );
  const hour = Math.floor(now / HOUR_MS);
  const pipeline = redis.pipeline();
  for (const { id } of errors) {
    pipeline.hget(keys.of('err', id), 'st').hmget(keys.of('err', id, 'h'), String(hour), String(hour - 1));
  }
  const answers = await answersOf(pipeline);
  const ratings = errors.map(
    ({ id, logged, record, message }, index): { id: string; severity: Severity; reason: string } => {
      const [status, hours] = answers.slice(2 * index) as [string | null, (string | null)[]];
      const lately = hours.reduce((sum, count) => sum + Number(count ?? 0), 0);
      const judged = severityOf({
        level: logged?.level ?? null,
        class: logged?.class ?? record?.class ?? null,
        text: message,
        status: status === null ? null : Number(status),
        spike: spikes.get(id) ?? null,
        restarts: lately >= MANY_RESTARTS && RESTART.test(message) ? lately : 0,
        criticalTask: critical.get(id) ?? null,
      });
      return { id, ...judged };
    },
  );
  return rateErrors(redis, keys, ratings);
}
