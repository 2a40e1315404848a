/**
 * The ledger. This file is the store's only door; what it may be asked is in `reader.ts` and `writer.ts`. A little beyond 300
 * lines: each question has its line here.
 */
import type { Redis } from 'ioredis';
import { hostname } from 'node:os';
import type { ChatReading } from '../domain/chat-record.js';
import type { Fact, FileStats } from '../domain/facts.js';
import type { FileRef, LedgerCounts, Quarantine, Task, TargetHealth } from '../domain/model.js';
import { UnavailableError } from '../errors.js';
import { listActivity } from './activity.js';
import { readAnalytics } from './analytics.js';
import { ANY_RECORD, createPublisher, createSubscriber, type Change } from './changes.js';
import { writeCommit, type Commit, type CommitCommand } from './commit.js';
import { chatKey, readChatAt, readingOps, type ChatAt } from './chats.js';
import { connect, type ConnectionSettings } from './connection.js';
import type { Correlator } from './correlate.js';
import { listFailures } from './failures.js';
import {
  checkpointOps,
  findRelatives,
  listFiles,
  readCheckpoint,
  readPositions,
  type Checkpoint,
  type CheckpointWrite,
  type Relative,
} from './files.js';
import { listFixes } from './fixes.js';
import { changeByHand, mergeRefusal, readOffers, type HandChange } from './hand.js';
import { walkHistory } from './history.js';
import { getInsight, listInsights } from './insights.js';
import { fileKey, ledgerKeys } from './keys.js';
import { predict, readForecast, writeLearned } from './learned.js';
import { linkConversations } from './links.js';
import { APPLY_COMMAND, applyLogBatch, type ApplyCommand } from './log-apply.js';
import { ANNOUNCE, END, type AnnounceCommand } from './log-scripts.js';
import { currentRun, endLog, intendLogBatch, recallLog } from './logs.js';
import { getPattern, listPatterns } from './patterns.js';
import { resolveProject } from './projects.js';
import { readSessions, type SessionReport } from './report.js';
import { retire } from './retire.js';
import { COMMIT, PAGE } from './scripts.js';
import { getConversation, listConversations } from './sessions.js';
import { getTask, listTasks, type PageCommand } from './tasks.js';
import type { StoreWriter } from './writer.js';

export type { Change } from './changes.js';
export { MergeRefusedError, StaleCheckpointError } from './commit.js';
export type { Checkpoint, CheckpointWrite, Relative } from './files.js';
export { ForgottenError, type LogIntent, type LogMemory } from './logs.js';
export type { SessionReport } from './report.js';
export type { StoreWriter } from './writer.js';

export interface Store extends StoreWriter {
  checkpoint(host: string, path: string): Promise<Checkpoint | null>;
  relatives(ref: FileRef): Promise<readonly Relative[]>;
  /**
   * Writes what a chunk told and moves the checkpoint on, in one step.
   * @param before the checkpoint that the chunk was read from; null for a file that was never read
   * @returns the new checkpoint
   * @throws StaleCheckpointError if somebody else has read on meanwhile; nothing was written
   */
  commit(before: Checkpoint | null, write: CheckpointWrite, facts: readonly Fact[]): Promise<Checkpoint>;
  /** Writes facts that come from no file. */
  record(facts: readonly Fact[], now: number): Promise<void>;
  /**
   * A status set by hand, or what a hand says of a task as a whole: that it is none, or the same as another.
   * @returns the task as it is then; null if there is no such task
   * @throws MergeRefusedError; nothing was written
   */
  setByHand(change: HandChange): Promise<Task | null>;
  /** What is known of a session that exists only as messages; null where its transcript is known, whose records win. */
  chat(sessionId: string): Promise<ChatAt | null>;
  /** @throws StaleCheckpointError if the chat has grown, or its transcript was read, meanwhile; nothing was written */
  commitChat(before: ChatAt, reading: ChatReading, now: number): Promise<void>;
  /** Statistics of one file of this host, as it was last read. */
  fileStats(path: string): Promise<FileStats | null>;
  /** What `extract` prints of these sessions. */
  sessions(ids: readonly string[]): Promise<SessionReport>;
}

export interface StoreOptions {
  /** Shown by `CLIENT LIST`. */
  readonly name?: string;
  /** Answer with UnavailableError after this long without Redis; without it, wait until Redis is back. */
  readonly deadlineMs?: number;
}

type Client = Redis & CommitCommand & PageCommand & ApplyCommand & AnnounceCommand;

export function openStore(settings: ConnectionSettings, options: StoreOptions = {}): Promise<Store> {
  const { name = 'store', deadlineMs } = options;
  const redis = connect(settings, { name, maxRetriesPerRequest: null }) as Client;
  redis.defineCommand('trackerCommit', { numberOfKeys: 1, lua: COMMIT });
  redis.defineCommand('trackerPage', { numberOfKeys: 1, lua: PAGE });
  redis.defineCommand('trackerLog', APPLY_COMMAND);
  redis.defineCommand('trackerAnnounce', { numberOfKeys: 1, lua: ANNOUNCE });
  redis.defineCommand('trackerEndLog', { numberOfKeys: 1, lua: END });
  const store = storeOn(redis, settings, name);
  return Promise.resolve(deadlineMs === undefined ? store : hurried(store, deadlineMs));
}

function storeOn(redis: Client, settings: ConnectionSettings, name: string): Store {
  const keys = ledgerKeys(settings.redis.prefix);
  const publisher = createPublisher(redis, settings);
  const subscriber = createSubscriber(settings, `${name}-changes`);
  let correlator: Promise<Correlator> | null = null;
  /** Only one process relates errors and tasks, so only that one loads what it takes. */
  const correlating = (): Promise<Correlator> =>
    (correlator ??= Promise.all([import('./correlate.js'), import('../config/components.js')]).then(
      ([{ createCorrelator }, { componentsOf }]) => createCorrelator(redis, keys, componentsOf(settings)),
    ));
  const host = hostname();
  return {
    tasks: {
      list: async (query) => listTasks(redis, keys, await withProject(query), Date.now()),
      get: (id) => getTask(redis, keys, id, Date.now()),
      mergeRefusal: (id, into) => mergeRefusal(redis, keys, id, into),
      offers: () => readOffers(redis, keys),
    },
    conversations: {
      list: async (query) => listConversations(redis, keys, await withProject(query)),
      get: (sessionId) => getConversation(redis, keys, sessionId),
    },
    errors: {
      list: (query) => listFailures(redis, keys, query),
      patterns: async (query) => listPatterns(redis, keys, await withProject(query)),
      pattern: (id, query) => getPattern(redis, keys, id, query),
    },
    links: async (query) => linkConversations(redis, keys, await withProject(query)),
    fixes: async (query) => listFixes(redis, keys, await withProject(query)),
    analytics: async (query) => readAnalytics(redis, keys, await withProject(query)),
    predictions: (query) => predict(redis, keys, query),
    history: () => walkHistory(redis, keys),
    forecast: () => readForecast(redis, keys),
    writeLearned: (learned) => writeLearned(redis, keys, learned),
    insights: {
      list: async (query) => listInsights(redis, keys, await withProject(query)),
      get: (id, now) => getInsight(redis, keys, id, now),
    },
    activity: async (query) => listActivity(redis, keys, await withProject(query)),
    async health() {
      const { checkedAt, ...targets } = await redis.hgetall(keys.of('health'));
      return {
        checkedAt: checkedAt === undefined ? null : Number(checkedAt),
        targets: Object.values(targets).map((target) => JSON.parse(target) as TargetHealth),
      };
    },
    counts: async () => {
      const text = await redis.get(keys.of('counts'));
      return text === null ? count() : (JSON.parse(text) as LedgerCounts);
    },
    files: {
      list: (root) => listFiles(redis, keys, root),
      quarantined: async () =>
        Object.values(await redis.hgetall(keys.of('quarantine'))).map((entry) => JSON.parse(entry) as Quarantine),
      async unknown() {
        const skipped = await redis.hgetall(keys.of('skipped'));
        return Object.fromEntries(
          Object.entries(skipped)
            .map(([why, n]) => [why, Number(n)] as const)
            .filter(([, n]) => n > 0),
        );
      },
    },
    positions: (paths) => readPositions(redis, keys, host, paths),
    quarantine: async (path, entry) => {
      await redis.hset(keys.of('quarantine'), path, JSON.stringify({ path, ...entry }));
      publisher.note([{ kind: 'health', id: null }]);
    },
    release: async (path) => {
      await redis.hdel(keys.of('quarantine'), path);
      publisher.note([{ kind: 'health', id: null }]);
    },
    count,
    writeCounts: async (counts) => {
      await redis.set(keys.of('counts'), JSON.stringify(counts));
      publisher.note([{ kind: 'insight', id: null }]);
    },
    async writeHealth(targets, now) {
      const known = await redis.hgetall(keys.of('health'));
      const pipeline = redis.pipeline().hset(keys.of('health'), 'checkedAt', now);
      for (const target of targets) {
        const text = known[target.name];
        const before = text === undefined ? null : (JSON.parse(text) as TargetHealth);
        const same = before?.status === target.status;
        pipeline.hset(
          keys.of('health'),
          target.name,
          JSON.stringify(same ? { ...target, since: before.since } : target),
        );
        if (before !== null && !same)
          pipeline.zadd(keys.of('activity'), now, `h:${encodeURIComponent(target.name)}:${target.status}`);
      }
      for (const name of Object.keys(known)) {
        if (name !== 'checkedAt' && !targets.some((target) => target.name === name))
          pipeline.hdel(keys.of('health'), name);
      }
      await pipeline.exec();
      publisher.note([{ kind: 'health', id: null }]);
    },
    async exercise() {
      const started = performance.now();
      const key = keys.of('exercise');
      const value = `${process.pid}-${started}`;
      await redis.set(key, value, 'EX', 60);
      if ((await redis.get(key)) !== value) throw new Error('Redis did not give back what was written');
      return performance.now() - started;
    },
    async retire(retention, now) {
      const { changes, ...retired } = await written(retire(redis, keys, retention, now), (done) => done.changes);
      return retired;
    },
    async correlateTouched(limit) {
      const { changes, ...related } = await written((await correlating()).sessions(limit), (done) => done.changes);
      return related;
    },
    async correlateErrors(limit, now) {
      const { changes, ...done } = await written((await correlating()).errors(limit, now), (step) => step.changes);
      return done;
    },
    async settleClaims(limit, now) {
      const { changes, ...done } = await written((await correlating()).claims(limit, now), (step) => step.changes);
      return done;
    },
    recallLog: (logHost, path, generation) => recallLog(redis, keys, logHost, path, generation),
    serverRun: () => currentRun(redis),
    intendLogBatch: (intent, run = '') => intendLogBatch(redis, keys, intent, run, Date.now()),
    async applyLogBatch(batch, now) {
      const changes = await written(applyLogBatch(redis, keys, batch, now), (done) => done ?? []);
      return { applied: changes !== null };
    },
    endLog: (log, now, run = '') => endLog(redis, keys, log, run, now),
    checkpoint: (fileHost, path) => readCheckpoint(redis, keys, fileHost, path),
    relatives: (ref) => findRelatives(redis, keys, ref),
    async commit(before, write, facts) {
      const version = (before?.version ?? 0) + 1;
      await save({
        facts,
        now: write.readAt,
        file: {
          key: fileKey(write.ref.host, write.ref.path),
          version: before?.version ?? 0,
          stats: write.state.stats,
          lists: write.state.lists[''],
          ops: checkpointOps(before, write, version),
        },
      });
      return { version, nextByte: write.nextByte, tailHash: write.tailHash, ref: write.ref, state: write.state };
    },
    record: (facts, now) => save({ facts, now }),
    async setByHand(change) {
      const id = await changeByHand(redis, keys, save, change);
      return id === null ? null : getTask(redis, keys, id, change.at);
    },
    chat: (sessionId) => readChatAt(redis, keys, sessionId),
    commitChat: (before, reading, now) => {
      const { sessionId, version } = before;
      const { stats } = reading.chat.state;
      const file = { key: chatKey(sessionId), version, stats, ops: readingOps(before, reading) };
      return save({ facts: reading.aliases, now, chat: { ...reading, sessionId }, file });
    },
    fileStats: async (path) => (await readCheckpoint(redis, keys, host, path))?.state.stats ?? null,
    sessions: (ids) => readSessions(redis, keys, ids),
    changes: (listener) => subscriber.listen(listener),
    async close() {
      subscriber.close();
      await publisher.close();
      redis.disconnect();
    },
  };

  async function save(commit: Commit): Promise<void> {
    await written(writeCommit(redis, keys, commit), (changes) => changes);
  }

  /** Publishes what was written. What failed may have been written for all that, as when only its answer was lost. */
  async function written<Result>(work: Promise<Result>, of: (done: Result) => readonly Change[]): Promise<Result> {
    try {
      const done = await work;
      publisher.note(of(done));
      return done;
    } catch (error) {
      publisher.note(ANY_RECORD);
      throw error;
    }
  }

  async function withProject<Query extends { readonly project?: string }>(query: Query): Promise<Query> {
    if (query.project === undefined) return query;
    return { ...query, project: await resolveProject(redis, keys, query.project) };
  }

  async function count(now = Date.now()): Promise<LedgerCounts> {
    const cells = ['open', 'completed', 'cancelled'].map((status) => keys.of(`c:${status}:*:*:*`));
    const [open = 0, completed = 0, cancelled = 0, conversations = 0, errors = 0] = await Promise.all(
      [...cells, keys.of('convs'), keys.of('errors')].map((key) => redis.zcard(key)),
    );
    return { at: now, conversations, openTasks: open, closedTasks: completed + cancelled, errors };
  }
}

/** The same store for someone who cannot wait: every answer comes within `deadlineMs`, if only that there is none. */
function hurried<T extends object>(target: T, deadlineMs: number): T {
  const inTime = async (answer: Promise<unknown>): Promise<unknown> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((_, reject) => {
      timer = setTimeout(
        () => reject(new UnavailableError(`Redis did not answer within ${deadlineMs} ms`)),
        deadlineMs,
      );
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  };
  return new Proxy(target, {
    get(object, key) {
      const member: unknown = Reflect.get(object, key);
      if (typeof member === 'object' && member !== null) return hurried(member, deadlineMs);
      if (typeof member !== 'function' || key === 'close' || key === 'changes') return member;
      return (...args: unknown[]): unknown => {
        const answer: unknown = Reflect.apply(member, object, args);
        return answer instanceof Promise ? inTime(answer) : answer;
      };
    },
  });
}
