/** Forgetting what is old: closed tasks, conversations, errors, activity. Open tasks and checkpoints stay. */
import type { Redis } from 'ioredis';
import { settled } from '../domain/chat-record.js';
import type { FileStats } from '../domain/facts.js';
import { placeOf, type TaskRecord } from '../domain/tasks/index.js';
import type { Change } from './changes.js';
import { chatKey, chatOps, readChatAt } from './chats.js';
import { forgetOps, loadClaims } from './claims.js';
import { aroundOf, indexOps, runCommit, taskChanges, type CommitCommand } from './commit.js';
import { projectKey, type Keys } from './keys.js';
import { retireLogs } from './logs.js';
import { FORGET } from './pattern-scripts.js';
import type { Op } from './scripts.js';

/** How long each kind is kept, in days. */
export interface Retention {
  readonly closedTasksDays: number;
  readonly conversationsDays: number;
  readonly errorsDays: number;
  readonly activityDays: number;
}

/** Of each kind at once: the rest is for the next call. */
const BATCH = 500;
/** A log whose lines nobody can group makes an error of each: of too many those go that were silent longest, so many at once. */
const MOST_ERRORS = 50_000;
const MOST_EXCESS = 5_000;
/** What a user says of work of other sessions is rare. */
const MOST_CLAIMS = 2_000;
/** Old conversations that are passed over in one call because something of them is still open. */
const MOST_KEPT = 5_000;
const DAY_MS = 86_400_000;

/** @returns how much of each kind was forgotten, and what reads differently for it */
export async function retire(
  redis: Redis & CommitCommand,
  keys: Keys,
  retention: Retention,
  now: number,
): Promise<{ tasks: number; conversations: number; errors: number; events: number; changes: readonly Change[] }> {
  const changes: Change[] = [];
  const before = (days: number): string => `(${now - days * DAY_MS}`;
  const old = (key: string, days: number): Promise<string[]> =>
    redis.zrangebyscore(keys.of(key), '-inf', before(days), 'LIMIT', 0, BATCH);
  const tasks = await retireTasks(redis, keys, await old('closed', retention.closedTasksDays), now, changes);
  const conversations = await retireConversations(redis, keys, before(retention.conversationsDays), changes);
  const tooMany = (await redis.zcard(keys.of('errors'))) - MOST_ERRORS;
  const excess = tooMany > 0 ? await redis.zrange(keys.of('errors'), 0, Math.min(tooMany, MOST_EXCESS) - 1) : [];
  const errors = [...new Set([...(await old('errors', retention.errorsDays)), ...excess])];
  const times = errors.length === 0 ? [] : await redis.zmscore(keys.of('errors'), ...errors);
  for (const [index, id] of errors.entries()) {
    // One that happens again just now stays; the script sees to it.
    const gone = (await redis.eval(FORGET, 1, keys.base, id, Number(times[index] ?? 0) + 1)) as string[];
    changes.push(...gone.map((one): Change => ({ kind: 'error', id: one })));
    if (gone.length > 0) changes.push({ kind: 'insight', id: null });
  }
  await retireLogs(redis, keys, BATCH, now);
  await retireClaims(redis, keys, await old('claims', retention.closedTasksDays));
  let events = 0;
  for (const list of ['activity', 'logged']) {
    events += await redis.zremrangebyscore(keys.of(list), '-inf', before(retention.activityDays));
  }
  return { tasks, conversations, errors: errors.length, events, changes };
}

/** What a hand said leaves a tombstone: the record without its words, which a later reading of the file fills again. */
function tombstone(record: TaskRecord): TaskRecord | null {
  const { hand, mentions: _mentions, merged: _merged, lesson: _lesson, ...rest } = record;
  if (hand === null && record.ruling === undefined) return null;
  const events = hand === null ? [] : [hand];
  return { ...rest, hand, title: null, description: null, events, sessions: {}, blocks: [], blockedBy: [] };
}

/** Of old claims, and of too many the oldest, what they told of tasks stays. */
async function retireClaims(redis: Redis & CommitCommand, keys: Keys, old: readonly string[]): Promise<void> {
  const tooMany = (await redis.zcard(keys.of('claims'))) - MOST_CLAIMS;
  const excess = tooMany > 0 ? await redis.zrange(keys.of('claims'), 0, Math.min(tooMany, BATCH) - 1) : [];
  const ids = [...new Set([...old, ...excess])];
  const claims = await loadClaims(redis, keys, ids);
  for (const id of ids) {
    const stored = claims.get(id);
    const records = [[`claim:${id}`, stored?.version ?? '0']] as const;
    await runCommit(redis, keys, { records, plain: [], ops: forgetOps(id, stored?.claim), session: null });
  }
}

async function retireTasks(
  redis: Redis & CommitCommand,
  keys: Keys,
  ids: readonly string[],
  now: number,
  changes: Change[],
): Promise<number> {
  let retired = 0;
  for (const id of ids) {
    const [version, text, around] = await redis.hmget(keys.of('task', id), 'v', 'r', 'a');
    if (version == null || text == null) {
      await redis.zrem(keys.of('closed'), id);
      continue;
    }
    const record = JSON.parse(text) as TaskRecord;
    const left = tombstone(record);
    const ops: Op[] = [
      ...indexOps(id, placeOf(record, aroundOf(around ?? null)), null, now),
      left === null
        ? ['DEL', `task:${id}`]
        : ['HSET', `task:${id}`, 'v', String(Number(version) + 1), 'r', JSON.stringify(left), 's', ''],
      // What chats told is forgotten as well, and is not told again.
      ['HDEL', `task:${id}`, 'x', 'a'],
      ['SREM', 'unweighed', id],
      ['ZREM', 'weighat', id],
      ['DEL', `rel:${id}`],
      ['DEL', `tied:${id}`],
      ['ZREM', 'closed', id],
    ];
    // A task that changes just now is no longer old; the script refuses it.
    const commit = { records: [[`task:${id}`, version]] as const, plain: [], ops, session: null };
    if ((await runCommit(redis, keys, commit)).answer !== 'ok') continue;
    changes.push(...taskChanges(id, record));
    retired += 1;
  }
  return retired;
}

/** Up to a batch of the conversations before `until`. What is still to be done must still say where it was promised. */
async function retireConversations(
  redis: Redis & CommitCommand,
  keys: Keys,
  until: string,
  changes: Change[],
): Promise<number> {
  let kept = 0;
  for (let retired = 0; retired < BATCH;) {
    const [id] = await redis.zrangebyscore(keys.of('convs'), '-inf', until, 'LIMIT', kept, 1);
    if (id === undefined || kept >= MOST_KEPT) return retired;
    if ((await redis.zcard(keys.of('s', id, 'open'))) > 0) {
      kept += 1;
      continue;
    }
    if (!(await settleChat(redis, keys, id))) {
      kept += 1;
      continue;
    }
    await retireConversation(redis, keys, id);
    changes.push({ kind: 'conversation', id });
    retired += 1;
  }
  return BATCH;
}

/** The messages of a chat go; that they were read stays known, as a checkpoint does. @returns false if it changes just now */
async function settleChat(redis: Redis & CommitCommand, keys: Keys, id: string): Promise<boolean> {
  const at = await readChatAt(redis, keys, id);
  if (at === null) await redis.del(keys.of('file', chatKey(id)));
  if (at?.chat == null || at.chat.isSettled) return true;
  const file = { key: chatKey(id), version: at.version };
  const ops = chatOps(at, settled(at.chat));
  return (await runCommit(redis, keys, { file, chat: id, records: [], plain: [], ops, session: null })).answer === 'ok';
}

async function retireConversation(redis: Redis, keys: Keys, id: string): Promise<void> {
  const files = Object.values(await redis.hgetall(keys.of('sess', id))).map((text) => JSON.parse(text) as FileStats);
  const pipeline = redis.pipeline();
  pipeline.del(
    keys.of('sess', id),
    keys.of('serr', id),
    keys.of('s', id, 'done'),
    keys.of('s', id, 'out'),
    keys.of('roots', id),
  );
  pipeline.hdel(keys.of('sessions'), id).zrem(keys.of('convs'), id).srem(keys.of('touched'), id);
  for (const { roots, project, tip } of files) {
    for (const root of roots) pipeline.srem(keys.of('root', root), id);
    if (project !== null) pipeline.zrem(keys.of('convs', projectKey(project)), id);
    if (tip !== null) pipeline.hdel(keys.of('summaries'), tip);
  }
  await pipeline.exec();
}
